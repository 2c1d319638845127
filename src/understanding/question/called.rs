//! Units by what people call them: 住建厅 or 住建 for 省住房城乡建设厅, 湘西州 for 湘西土家族苗族自治州人民政府.
//!
//! No short form is listed. A name is shortened by leaving characters out: its beginning and its ending stay, a place keeps its
//! stem, and without an ending what stays is the first character of each word.

use std::cmp::Reverse;

/// Which unit is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    Nobody,
    /// By its full name.
    One(String),
    /// Several that are called so, by their full names, in the order of their names.
    Several(Vec<String>),
}

impl Meant {
    /// The unit, where one is named; the ones to choose among, where it is not said which.
    pub fn chosen(self) -> Result<Option<String>, Vec<String>> {
        match self {
            Meant::Nobody => Ok(None),
            Meant::One(unit) => Ok(Some(unit)),
            Meant::Several(units) => Err(units),
        }
    }
}

/// How near what was said is to a name; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The name itself.
    Name,
    /// It begins and ends as the name does: 省住建厅. Or it is the place: 长沙.
    Short,
    /// Without the ending: 住建.
    Bare,
    /// The last part of the name: 金融监管局.
    Part,
}

/// Longer words are no short form.
const LONGEST: usize = 12;
/// So many units at most are worth asking about.
const MOST_ASKED: usize = 5;
/// The shortest last part of a name that stands for it.
const SHORTEST_PART: usize = 3;
/// A place of one of these levels has others within it, with departments of their own.
const LEVELS: &str = "市州县区旗盟乡镇";
/// After these begins what is called by its bare name.
const LEADS: &str = "项条号看查问催给让请跟对把将由说下了月周是呢";
/// With these goes on what is said of a bare name; 教育 in 教育投入 is none.
const GOES_ON: &str = "那这还没未怎呢咋逾有是卡都报如什几吗啥负承超拖到现目最进情反完的办上在本下";

/// The unit that is named in a text. `roll` are all names and aliases with the full name behind each.
pub fn within(text: &str, roll: &[(String, String)]) -> Meant {
    let found = calls(&characters(text), roll);
    let nearest = found.iter().map(|(rank, _)| *rank).min();
    among(found.iter().filter(|(rank, _)| Some(*rank) == nearest).map(|(_, full)| *full))
}

/// The same text without what names a unit in it, cut there.
pub(super) fn without(text: &str, roll: &[(String, String)]) -> String {
    let text = characters(text);
    let Some((Reverse(length), _, start)) = calls(&text, roll).iter().map(|(rank, _)| *rank).min() else {
        return text.into_iter().collect();
    };
    text[..start].iter().chain(&['，']).chain(&text[start + length..]).collect()
}

/// What calls a unit in a text: how long it is, how near, and where; with the full name behind it.
type Call<'a> = ((Reverse<usize>, Nearness, usize), &'a String);

fn calls<'a>(text: &[char], roll: &'a [(String, String)]) -> Vec<Call<'a>> {
    let found = roll.iter().flat_map(|(name, full)| {
        let name = Name::new(name);
        let calls = (0..text.len()).filter_map(move |start| name.called_at(text, start).map(|call| (start, call)));
        calls.map(move |(start, (length, nearness))| ((Reverse(length), nearness, start), full))
    });
    found.collect()
}

/// The unit that words alone mean: also one of which they hold some characters in their order.
pub fn by(words: &str, roll: &[(String, String)]) -> Meant {
    match plainly(words, roll) {
        Meant::Nobody => {}
        meant => return meant,
    }
    let words = characters(words);
    if !(2..=LONGEST).contains(&words.len()) || words[0] == '各' || words[0] == '全' {
        return Meant::Nobody;
    }
    let holds = |name: &str| {
        let mut rest = characters(name).into_iter();
        words.iter().all(|wanted| rest.any(|found| found == *wanted))
    };
    among(roll.iter().filter(|(name, _)| holds(name)).map(|(_, full)| full))
}

/// The unit whose name, or a short form of it with its ending, these words are.
pub fn plainly(words: &str, roll: &[(String, String)]) -> Meant {
    let words = characters(words);
    let is_called = |name: &str| match Name::new(name).called_at(&words, 0) {
        Some((length, nearness)) if length == words.len() && nearness <= Nearness::Short => Some(nearness),
        _ => None,
    };
    let called: Vec<_> = roll.iter().filter_map(|(name, full)| Some((is_called(name)?, full))).collect();
    let nearest = called.iter().map(|(nearness, _)| *nearness).min();
    among(called.iter().filter(|(nearness, _)| Some(*nearness) == nearest).map(|(_, full)| *full))
}

fn among<'a>(units: impl Iterator<Item = &'a String>) -> Meant {
    let mut units: Vec<&String> = units.collect();
    units.sort_unstable();
    units.dedup();
    match units.as_slice() {
        [only] => Meant::One((*only).clone()),
        several if (2..=MOST_ASKED).contains(&several.len()) => Meant::Several(units.into_iter().cloned().collect()),
        _ => Meant::Nobody,
    }
}

/// The characters of what official names say in two ways, in the shorter one.
fn characters(text: &str) -> Vec<char> {
    const WAYS: [(&str, &str); 8] = [
        ("监督管理", "监管"),
        ("管理委员会", "管委"),
        ("管委会", "管委"),
        ("委员会", "委"),
        ("办公室", "办"),
        ("中心支行", "中支"),
        ("人民政府", "政府"),
        ("和", ""),
    ];
    let shorter = WAYS.iter().fold(text.to_owned(), |text, (long, short)| text.replace(long, short));
    shorter.chars().collect()
}

/// A name as it may be shortened.
struct Name {
    characters: Vec<char>,
    kind: Kind,
}

enum Kind {
    /// It stands for several, or for something in one task only; so many characters of it do at least.
    Whole(usize),
    /// The government of a place, whose name has so many characters.
    Place(usize),
    /// Where the name begins, with its province or what it belongs to, and where without.
    Department { beginnings: Vec<usize>, core: usize },
}

impl Name {
    fn new(name: &str) -> Name {
        let characters = characters(name);
        let text: String = characters.iter().collect();
        let seat = ["政府", "管委"].iter().find(|seat| text.ends_with(*seat) && !text.ends_with("监管委"));
        let several =
            text.contains(['各', '(', '（']) || ["有关", "相关", "其他"].iter().any(|word| text.contains(word));
        let kind = match seat.map(|seat| characters.len() - seat.chars().count()) {
            place if several => Kind::Whole(place.unwrap_or(characters.len())),
            Some(place) => Kind::Place(place),
            None if characters.last().is_some_and(|last| LEVELS.contains(*last)) => Kind::Place(characters.len()),
            None => {
                let beginnings = beginnings(&characters);
                Kind::Department { core: beginnings.last().copied().unwrap_or(0), beginnings }
            }
        };
        Name { characters, kind }
    }

    /// How many characters of the text from `start` on call this name, and how near they are to it.
    fn called_at(&self, text: &[char], start: usize) -> Option<(usize, Nearness)> {
        let rest = &text[start..];
        if rest.starts_with(&self.characters) {
            return Some((self.characters.len(), Nearness::Name));
        }
        match &self.kind {
            Kind::Whole(least) => rest.starts_with(&self.characters[..*least]).then_some((*least, Nearness::Short)),
            Kind::Place(length) => {
                place_called(&self.characters[..*length], rest).map(|length| (length, Nearness::Short))
            }
            // 市教育局 is no 教育局 of the province.
            Kind::Department { .. } if start > 0 && LEVELS.contains(text[start - 1]) => None,
            Kind::Department { beginnings, core } => {
                let stands_apart = start == 0 || !is_han(text[start - 1]) || LEADS.contains(text[start - 1]);
                // What begins with its level alone may be another place's.
                let own = |from: &usize| *from == 0 || stands_apart || !LEVELS.contains(self.characters[*from]);
                let shortened =
                    beginnings.iter().filter(|from| own(from)).filter_map(|from| self.shortened(rest, *from, *core));
                let short = shortened.max().map(|length| (length, Nearness::Short));
                let apart = || self.bare(rest, *core).or_else(|| self.part(rest)).filter(|_| stands_apart);
                short.or_else(apart)
            }
        }
    }

    /// The length of what begins as the name does at `from` and ends as the name does, with two characters of its core.
    fn shortened(&self, rest: &[char], from: usize, core: usize) -> Option<usize> {
        let (last, body) = self.characters.split_last()?;
        let whole_core = body.len().checked_sub(core)?;
        let places = in_order(rest, body, from);
        let ends = |length: &usize| {
            let kept = places[..*length].iter().filter(|place| **place >= core).count();
            rest.get(*length) == Some(last) && kept >= whole_core.min(2) && kept > 0
        };
        (1..=places.len()).rev().find(ends).map(|length| length + 1)
    }

    /// The length of what has no ending: the whole core, its last part, or the beginnings of its words.
    fn bare(&self, rest: &[char], core: usize) -> Option<(usize, Nearness)> {
        let before_core = core.saturating_sub(1);
        let lead =
            usize::from(core > 0 && rest.first() == self.characters.get(before_core) && rest.first() == Some(&'省'));
        let (rest, core) = (&rest[lead..], &self.characters[core..self.characters.len() - 1]);
        let whole = core.len() > 1 && rest.starts_with(core);
        let last_part = || (3..core.len()).rev().find(|length| rest.starts_with(&core[core.len() - length..]));
        // Most words have two characters: 住房, 城乡, 建设.
        let firsts: Vec<char> = core.chunks(2).map(|word| word[0]).collect();
        let initials = || {
            let places = in_order(rest, &firsts, 0);
            (places.first() == Some(&0)).then_some(places.len()).filter(|length| *length > 1)
        };
        let length = if whole { Some(core.len()) } else { initials().or_else(last_part) }?;
        let goes_on = rest.get(length).is_none_or(|next| !is_han(*next) || GOES_ON.contains(*next));
        goes_on.then_some((lead + length, Nearness::Bare))
    }

    /// The length of the last part of the name.
    fn part(&self, rest: &[char]) -> Option<(usize, Nearness)> {
        let longest = self.characters.len();
        let found =
            (SHORTEST_PART..longest).rev().find(|length| rest.starts_with(&self.characters[longest - length..]));
        found.map(|length| (length, Nearness::Part))
    }
}

/// Where a department's name may begin: with its first character, with its province, and after what it belongs to.
fn beginnings(name: &[char]) -> Vec<usize> {
    let mut beginnings = vec![0];
    for (place, character) in name.iter().enumerate() {
        let is_place = place >= 2 && LEVELS.contains(*character) && !name[..place].contains(&'省');
        if (is_place || *character == '省') && place + 3 <= name.len() {
            let after = &name[place + 1..];
            let owner = if after.starts_with(&['政', '府']) { 2 } else { usize::from(after[0] == '委') };
            let owner = if after.len() > owner + 1 { owner } else { 0 };
            beginnings.extend([place, place + 1, place + 1 + owner]);
        }
    }
    beginnings.sort_unstable();
    beginnings.dedup();
    beginnings
}

/// The length of what a place is called: 长沙市, 长沙, 长沙市政府; 湘西州 and 湘西 for 湘西土家族苗族自治州.
fn place_called(place: &[char], rest: &[char]) -> Option<usize> {
    let (level, stem) = place.split_last()?;
    let with_seat = |length: usize| length + if rest[length..].starts_with(&['政', '府']) { 2 } else { 0 };
    if rest.starts_with(place) {
        return Some(with_seat(place.len()));
    }
    if stem.len() < 2 || !rest.starts_with(&stem[..2]) {
        return None;
    }
    let kept = in_order(rest, stem, 0).len();
    let with_level = (2..=kept).rev().find(|length| rest.get(*length) == Some(level)).map(|length| length + 1);
    let peoples: String = place[2..].iter().collect();
    let stems = if peoples.contains("自治") { 2..=stem.len() } else { stem.len()..=stem.len() };
    let other_place = |length: usize| rest.get(length).is_some_and(|next| LEVELS.contains(*next));
    let bare = || stems.clone().rev().find(|length| rest.starts_with(&stem[..*length]) && !other_place(*length));
    with_level.or_else(bare).map(with_seat)
}

/// Where in `name` from `from` on the characters of `rest` stand in their order, the first at `from`; as many as do.
fn in_order(rest: &[char], name: &[char], from: usize) -> Vec<usize> {
    if name.get(from).is_none() || name.get(from) != rest.first() {
        return Vec::new();
    }
    let mut next = from;
    let places = rest.iter().map_while(|wanted| {
        let place = next + name.get(next..)?.iter().position(|found| found == wanted)?;
        next = place + 1;
        Some(place)
    });
    places.collect()
}

fn is_han(character: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICIAL: [&str; 34] = [
        "省委编办",
        "省委机构编制委员会办公室",
        "省委宣传部",
        "省发展和改革委员会",
        "省科学技术厅",
        "省民族宗教事务委员会",
        "省生态环境厅",
        "省住房和城乡建设厅",
        "省交通运输厅",
        "省农业农村厅",
        "省文化和旅游厅",
        "省退役军人事务厅",
        "省应急管理厅",
        "省人民政府国有资产监督管理委员会",
        "省市场监督管理局",
        "省体育局",
        "省医疗保障局",
        "省药品监督管理局",
        "省地方金融监督管理局",
        "省政务管理服务局",
        "省高级人民法院",
        "省总工会",
        "国家税务总局湖南省税务局",
        "人民银行长沙中心支行",
        "长沙市教育局",
        "长沙市人民政府",
        "长沙县人民政府",
        "湘潭市人民政府",
        "张家界市人民政府",
        "湘西土家族苗族自治州人民政府",
        "城步苗族自治县人民政府",
        "湘江新区管理委员会",
        "各市州人民政府",
        "省直各部门",
    ];

    fn roll() -> Vec<(String, String)> {
        OFFICIAL.iter().map(|name| (name.to_string(), name.to_string())).collect()
    }

    #[test]
    fn natural_short_forms_stand_anywhere() {
        let cases = [
            ("省编办还没报吗", "省委编办"),
            ("宣传部的任务", "省委宣传部"),
            ("省发改委逾期了几项", "省发展和改革委员会"),
            ("发改怎么样", "省发展和改革委员会"),
            ("科技厅", "省科学技术厅"),
            ("第5项民宗委报了吗", "省民族宗教事务委员会"),
            ("环境厅", "省生态环境厅"),
            ("生态环境厅下周到期的", "省生态环境厅"),
            ("催一下住建", "省住房和城乡建设厅"),
            ("交通厅有什么困难", "省交通运输厅"),
            ("农业厅", "省农业农村厅"),
            ("文旅厅本月到期", "省文化和旅游厅"),
            ("文旅逾期的", "省文化和旅游厅"),
            ("退役军人厅", "省退役军人事务厅"),
            ("应急厅还有几项", "省应急管理厅"),
            ("国资委进展", "省人民政府国有资产监督管理委员会"),
            ("省国资委进展", "省人民政府国有资产监督管理委员会"),
            ("市监局", "省市场监督管理局"),
            ("省市场监管局", "省市场监督管理局"),
            ("医保局", "省医疗保障局"),
            ("药监局那边", "省药品监督管理局"),
            ("金融监管局", "省地方金融监督管理局"),
            ("政务服务局", "省政务管理服务局"),
            ("总工会", "省总工会"),
            ("省税务局", "国家税务总局湖南省税务局"),
            ("税务局怎样", "国家税务总局湖南省税务局"),
            ("长沙中支", "人民银行长沙中心支行"),
            ("长沙市", "长沙市人民政府"),
            ("长沙县", "长沙县人民政府"),
            ("长沙市教育局", "长沙市教育局"),
            ("湘潭的进度", "湘潭市人民政府"),
            ("张家界", "张家界市人民政府"),
            ("湘西州政府", "湘西土家族苗族自治州人民政府"),
            ("湘西", "湘西土家族苗族自治州人民政府"),
            ("城步县", "城步苗族自治县人民政府"),
            ("湘江新区", "湘江新区管理委员会"),
            ("各市州", "各市州人民政府"),
        ];
        for (text, unit) in cases {
            assert_eq!(within(text, &roll()), Meant::One(unit.to_owned()), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_short_form() {
        let texts = [
            "住房保障的任务",
            "交通建设进展",
            "市局怎么样",
            "衡阳市教育局",
            "某县税务局",
            "湘潭县",
            "教育投入",
            "省政府",
            "人民政府",
            "省直部门",
            "委员会",
            "文化旅游节",
            "体育设施",
        ];
        for text in texts {
            assert_eq!(within(text, &roll()), Meant::Nobody, "{text}");
        }
    }

    #[test]
    fn of_several_none_is_taken() {
        let several = |units: &[&str]| Meant::Several(units.iter().map(|unit| unit.to_string()).collect());
        assert_eq!(within("长沙进展如何", &roll()), several(&["长沙县人民政府", "长沙市人民政府"]));
        assert_eq!(within("省编办", &roll()), Meant::One("省委编办".to_owned()));
        assert_eq!(by("编办", &roll()), Meant::One("省委编办".to_owned()));
        assert_eq!(by("省法院", &roll()), Meant::One("省高级人民法院".to_owned()));
        assert_eq!(plainly("机构改革", &roll()), Meant::Nobody);
        assert_eq!(plainly("住建", &roll()), Meant::Nobody);
    }
}
