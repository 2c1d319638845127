//! 责任人：生产部 刘某（牵头）、采购部 吴某: persons whose units answer for a task, where no unit is named in its own right.

use std::sync::LazyLock;

use regex::Regex;

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第一|直接|主要|整改|具体)?(?:责任人|负责人|经办人|承办人)\s*[：:]").expect("a constant")
});
/// 生产部 刘某（牵头）
static ONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<unit>\p{Han}{1,14}[部处科室局委办院组队厂站所]|\p{Han}{2,14}(?:中心|公司|车间|支部))[\s\u{3000}]+(?:\p{Han}{2,4}|\p{Han}[\s\u{3000}]+\p{Han})(?:[（(](?P<leads>牵头)[）)])?$")
        .expect("a constant")
});
static ALL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^各\p{Han}{1,8}$").expect("a constant"));

/// A unit that is named with its person, or a collective among such units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfPerson {
    pub unit: String,
    pub leads: bool,
    pub collective: bool,
}

/// The units in what a label of persons announces; `None` unless every part names a unit, and one of them a person.
pub fn units(announced: &str) -> Option<Vec<OfPerson>> {
    let persons = &announced[LABEL.find(announced)?.end()..];
    let mut named = Vec::new();
    let mut has_person = false;
    for part in persons.split(['、', '，', '；', ',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let one = ONE.captures(part);
        has_person |= one.is_some();
        named.push(match one {
            Some(one) => {
                OfPerson { unit: one["unit"].to_owned(), leads: one.name("leads").is_some(), collective: false }
            }
            None if ALL.is_match(part) => OfPerson { unit: part.to_owned(), leads: false, collective: true },
            None => return None,
        });
    }
    has_person.then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_with_their_units() {
        let named = units("责任人：生产部 刘某某（牵头）、采购部 吴某，各车间").expect("units");
        let names: Vec<_> = named.iter().map(|unit| (unit.unit.as_str(), unit.leads, unit.collective)).collect();
        assert_eq!(names, [("生产部", true, false), ("采购部", false, false), ("各车间", false, true)]);
        for other in ["责任人：张某某", "联系人：财务部 何某", "责任人：各车间", "责任人：财务部 何某、李某"]
        {
            assert_eq!(units(other), None, "{other}");
        }
    }
}
