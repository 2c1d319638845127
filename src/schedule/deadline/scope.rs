//! What a deadline is limited to: a place or a group of units named beside it, or a condition in front of it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::clause;

/// A place right after a date and before what it is to do: 6月底前长沙市全面实施.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "^[，,]?(?P<scope>[^，,。；;、\\s]{1,3}[市州县区旗盟](?:[、和][^，,。；;、\\s]{1,3}[市州县区旗盟])*)(?:全面|率先|先行|基本|普遍|全部|完成|实现|建成|启动|开展|实施|推行|推广|达到|力争|试点|要)",
    )
    .expect("a constant")
});
/// A group of units that what is to be done is about: 三年内实现市政府组成部门….
static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[，,]?(?:实现|完成|推动|推进|组织)?(?P<scope>[省市州县区]?(?:人民)?政府(?:组成|工作|所属|直属)(?:部门|机构|单位))")
        .expect("a constant")
});

/// The words in `text` that limit the phrase at `phrase`.
pub fn find(text: &str, phrase: &Range<usize>) -> Option<Range<usize>> {
    let after = &text[phrase.end..];
    let named = [&*PLACE, &*GROUP].into_iter().find_map(|pattern| {
        let scope = pattern.captures(after)?.name("scope")?;
        scope.as_str().split('、').all(is_name).then(|| phrase.end + scope.start()..phrase.end + scope.end())
    });
    let before = &text[..phrase.start];
    named.or_else(|| subject(before)).or_else(|| condition(before))
}

/// A place right before a date: 其中，青山县6月底前….
fn subject(before: &str) -> Option<Range<usize>> {
    const LONGEST_NAME: usize = 4;
    const AMONG_THEM: &str = "其中";
    let words = clause::last(before, AMONG_THEM.chars().count() + LONGEST_NAME);
    let place = words.strip_prefix(AMONG_THEM).unwrap_or_else(|| clause::last(before, LONGEST_NAME));
    let start = before.len() - place.len();
    let above = before[..start].strip_suffix(AMONG_THEM).unwrap_or(&before[..start]);
    let whole = above.is_empty() || above.ends_with(clause::ENDS);
    let is_place = place.ends_with(['市', '州', '县', '区', '旗', '盟']) && place.chars().nth(1).is_some();
    (whole && is_place && is_name(place)).then_some(start..before.len())
}

/// Whether 长沙市 and the like are a name: 试点市, 示范区 and 各县 are none.
fn is_name(scope: &str) -> bool {
    const NO_BEGINNING: &str = "其全各本我将把在对所有每该建完实形创打推先";
    const NO_NAMES: [&str; 34] = [
        "城市",
        "超市",
        "股市",
        "楼市",
        "县市",
        "地区",
        "山区",
        "社区",
        "园区",
        "城区",
        "景区",
        "小区",
        "灾区",
        "特区",
        "市区",
        "县区",
        "辖区",
        "街区",
        "片区",
        "校区",
        "厂区",
        "库区",
        "牧区",
        "林区",
        "矿区",
        "港区",
        "开发区",
        "示范区",
        "试点市",
        "试点县",
        "试点区",
        "试验区",
        "保税区",
        "贫困县",
    ];
    !scope.starts_with(|first| NO_BEGINNING.contains(first)) && !NO_NAMES.iter().any(|word| scope.ends_with(word))
}

/// A condition of its own before a date: 确有困难的，不迟于….
fn condition(before: &str) -> Option<Range<usize>> {
    const LONGEST: usize = 16;
    const LONGEST_LIMIT: usize = 4;
    let limit = clause::last(before, LONGEST_LIMIT);
    let end = before[..before.len() - limit.len()].strip_suffix(['，', ','])?.len();
    let condition = clause::last(&before[..end], LONGEST);
    let start = end - condition.len();
    let whole = start == 0 || before[..start].ends_with(clause::ENDS);
    (whole && condition.ends_with('的')).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::find;

    fn scope(before: &str, phrase: &str, after: &str) -> Option<String> {
        let text = format!("{before}{phrase}{after}");
        find(&text, &(before.len()..before.len() + phrase.len())).map(|range| text[range].to_owned())
    }

    #[test]
    fn places_and_groups() {
        assert_eq!(scope("", "6月底前", "青山县率先建成").as_deref(), Some("青山县"));
        assert_eq!(scope("", "6月底前", "，青山县全面实施").as_deref(), Some("青山县"));
        assert_eq!(scope("", "两年内", "推动市政府所属部门数据共享").as_deref(), Some("市政府所属部门"));
        assert_eq!(scope("其中，青山县", "6月底前", "完成").as_deref(), Some("青山县"));
        assert_eq!(scope("完成改造，其中青山县", "6月底前", "完成").as_deref(), Some("青山县"));
        assert_eq!(scope("", "12月底前", "，长沙市、株洲市率先实现").as_deref(), Some("长沙市、株洲市"));
        assert_eq!(scope("其他市州", "6月底前", "完成"), None);
        assert_eq!(scope("全县", "6月底前", "完成"), None);
        for after in ["各县全面实施", "建成示范区", "试点市率先实施", "全市基本完成", "完成改造"]
        {
            assert_eq!(scope("", "6月底前", after), None, "{after}");
        }
    }

    #[test]
    fn conditions() {
        assert_eq!(scope("5月底前完成；确需延期的，最迟", "6月底", "").as_deref(), Some("确需延期的"));
        assert_eq!(scope("整改到位，", "6月底前", ""), None);
    }
}
