//! 共用词尾: names that print once what they end with: 广州、深圳市人民政府, 普外一、二科, 第一、第二管理所.

use std::sync::LazyLock;

use regex::Regex;

use super::units;
use super::units::Name;

/// Gives each name the ending that it shares with a later one. A number that is left alone names nobody.
pub fn complete(names: &mut Vec<Name>) {
    complete_numbers(names);
    names.retain(|name| !is_number(&name.text));
    complete_places(names);
    complete_offices(names);
}

/// 二, in 普外一、二、三科.
pub fn is_number(name: &str) -> bool {
    NUMBER.is_match(name)
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[一二三四五六七八九十]$").expect("a constant"));
static ENDS_IN_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?P<stem>.*?)(?P<prefix>第?)(?P<number>[一二三四五六七八九十])$").expect("a constant")
});
static BEGINS_WITH_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^第?(?P<number>[一二三四五六七八九十])(?P<ending>\p{Han}{1,14})$").expect("a constant")
});

/// 普外一、二科, 市第一、第二人民医院: the last of the numbers has the ending, and the first what stands before them.
fn complete_numbers(names: &mut [Name]) {
    let mut first = 0;
    while first + 1 < names.len() {
        let Some(begins) = ENDS_IN_NUMBER.captures(&names[first].text) else {
            first += 1;
            continue;
        };
        let (stem, prefix) = (begins["stem"].to_owned(), begins["prefix"].to_owned());
        let number = |name: &Name| {
            let found = ENDS_IN_NUMBER.captures(&name.text).filter(|found| found["stem"].is_empty());
            found.map(|found| found["number"].to_owned())
        };
        let mut numbers = vec![begins["number"].to_owned()];
        numbers.extend(names[first + 1..].iter().map_while(number));
        let last = first + numbers.len();
        let ending = names.get(last).and_then(|name| BEGINS_WITH_NUMBER.captures(&name.text));
        let ending = ending.filter(|found| units::ends_like_unit(&format!("某{}", &found["ending"])));
        if let Some(found) = ending {
            let ending = found["ending"].to_owned();
            numbers.push(found["number"].to_owned());
            for (name, number) in names[first..=last].iter_mut().zip(numbers) {
                name.text = format!("{stem}{prefix}{number}{ending}");
                name.likely = true;
            }
        }
        first = last;
    }
}

/// What short names of units end with, and the names of places do not.
const NOT_OF_PLACES: [char; 14] = ['局', '厅', '委', '办', '部', '院', '市', '县', '区', '会', '社', '府', '网', '村'];

/// What names of places end with, and those of units too: 云台, 杭州.
const ALSO_OF_PLACES: [char; 2] = ['台', '州'];

/// 广州、深圳市人民政府, 东江、西江发电公司: what the names of several places end with is printed once.
fn complete_places(names: &mut [Name]) {
    static SHARED: LazyLock<Regex> = LazyLock::new(|| {
        let work = "发电|热电|供电|电力|供水|排水|水务|燃气|热力|供热|公交|客运|分|子";
        Regex::new(&format!(
            r"^[\p{{Han}}A-Z]{{1,4}}?(?P<office>[市县区州乡镇](?:人民)?政府|(?:{work})?公司|街道(?:办(?:事处)?)?|社区|分局|[乡镇村])$"
        ))
        .expect("a constant")
    });
    // 澜东、澜西两区人民政府
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<place>\p{Han}{1,3})[两二三四五](?P<office>[市县区州乡镇](?:人民)?政府|[县区乡镇])$")
            .expect("a constant")
    });
    if let [.., _, last] = names
        && let Some(found) = COUNTED.captures(&last.text)
    {
        last.text = format!("{}{}", &found["place"], &found["office"]);
    }
    let mut office: Option<String> = None;
    for name in names.iter_mut().rev() {
        let found = SHARED.captures(&name.text).map(|found| found["office"].to_owned());
        let length = name.text.chars().count();
        let may_be_place = !name.likely || (length == 2 && name.text.ends_with(ALSO_OF_PLACES));
        let short = length < 4 && (length > 1 || name.text.is_ascii());
        let is_place = short && may_be_place && !name.text.ends_with(NOT_OF_PLACES);
        // 沅南区、沅北区人民政府
        let of_kind = office.as_deref().filter(|office| office.ends_with("政府") && (3..5).contains(&length));
        let government = of_kind.and_then(|office| office.strip_prefix(name.text.chars().next_back()?));
        if let Some(government) = government {
            name.text.push_str(government);
            continue;
        }
        office = found.or(office.filter(|_| is_place));
        if let Some(office) = office.as_ref().filter(|_| is_place) {
            name.text.push_str(office);
            name.likely = true;
        }
    }
}

/// 市财政、住建局: of the names before the last the first has its place, and the last what all of them end with.
fn complete_offices(names: &mut [Name]) {
    static FIRST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?P<place>[省市州县区])\p{Han}{2,4}$").expect("a constant"));
    let is_field = |name: &Name| !name.likely && (2..5).contains(&name.text.chars().count());
    for first in 0..names.len() {
        let Some(place) = FIRST.captures(&names[first].text).filter(|_| !names[first].likely) else { continue };
        let place = place["place"].to_owned();
        let last = first + 1 + names[first + 1..].iter().take_while(|name| is_field(name)).count();
        let closes = |name: &Name| name.text.ends_with('局') && name.text.chars().nth(5).is_none();
        if !names.get(last).is_some_and(|name| closes(name) && !name.text.starts_with(&place)) {
            continue;
        }
        names[first..last].iter_mut().for_each(|name| {
            name.text.push('局');
            name.likely = true;
        });
        names[first + 1..=last].iter_mut().for_each(|name| name.text.insert_str(0, &place));
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::script::Span;
    use crate::plan::units::names;

    #[test]
    fn endings_that_are_printed_once() {
        let lists = [
            ("广州、深圳市人民政府", "广州市人民政府 深圳市人民政府"),
            ("县教育局，白石、云台、龙潭镇", "县教育局 白石镇 云台镇 龙潭镇"),
            ("澜东、澜西两区人民政府", "澜东区人民政府 澜西区人民政府"),
            ("青峰、大坪乡人民政府", "青峰乡人民政府 大坪乡人民政府"),
            ("沅南区、沅北区人民政府", "沅南区人民政府 沅北区人民政府"),
            ("东江、北江发电公司", "东江发电公司 北江发电公司"),
            ("A、B公司", "A公司 B公司"),
            ("手术科、普外一、二科", "手术科 普外一科 普外二科"),
            ("交警一、二、三大队、县法院", "交警一大队 交警二大队 交警三大队 县法院"),
            ("政策股、第一、第二水利工程管理所", "政策股 第一水利工程管理所 第二水利工程管理所"),
            ("市第一、二人民医院", "市第一人民医院 市第二人民医院"),
            ("县妇联、龙潭镇", "县妇联 龙潭镇"),
            ("市财政、住建局", "市财政局 市住建局"),
            ("市住建局、城管局", "市住建局 城管局"),
            ("二、县档案局", "县档案局"),
        ];
        for (list, expected) in lists {
            let found: Vec<String> =
                names(Span { printed: list, plain: list }).into_iter().map(|name| name.text).collect();
            assert_eq!(found.join(" "), expected, "{list}");
        }
    }
}
