//! The task that a command names: `5 …`, `第5项 …`, `营商环境第5项 …`, `《营商环境》5 …`.

use super::steps::numbered;
use crate::office::called::Called;

pattern!(OF_PLAN, r"^(?:《(?P<title>[^》]+)》|(?P<name>[^\s\d第《]{1,30}?))(?P<rest>\s*(?:第|[\d０-９（(])(?s:.*))$");
// A name with digits ends before 第5项, or before a number between blanks.
pattern!(OF_PLAN_WITH_DIGITS, r"^(?P<name>[^\s《》]{1,30}?)(?P<rest>\s*第(?s:.*)|\s+[\d０-９（）()]+(?:\s(?s:.*))?)$");

/// The task, and what follows.
pub fn task_called(text: &str) -> Option<(Called, &str)> {
    let text = text.trim();
    if let (Some(number), rest) = numbered(text) {
        return Some((Called { plan: None, number }, rest));
    }
    [&OF_PLAN_WITH_DIGITS, &OF_PLAN].iter().find_map(|pattern| {
        let found = pattern.captures(text)?;
        let plan = found.name("name").or_else(|| found.name("title"))?.as_str().to_owned();
        let (number, rest) = numbered(found.name("rest")?.as_str());
        Some((Called { plan: Some(plan), number: number? }, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_called_by_its_number_and_its_plan() {
        let called = |text: &str| {
            let (called, rest) = task_called(text)?;
            Some(format!("{}|{}|{rest}", called.plan.unwrap_or_default(), called.number))
        };
        for (text, read) in [
            ("5", "|5|"),
            ("第五项 全文", "|5|全文"),
            ("5（1） 省公安厅", "|5（1）|省公安厅"),
            ("营商环境 5", "营商环境|5|"),
            ("营商环境第5项 全文", "营商环境|5|全文"),
            ("《优化营商环境2019年要点》5", "优化营商环境2019年要点|5|"),
            ("营商2026 5 省公安厅", "营商2026|5|省公安厅"),
            ("营商2026第5项", "营商2026|5|"),
            ("营商环境5 6月30日前", "营商环境|5|6月30日前"),
            ("2第5项", "2|5|"),
            ("第一批要点第5项", "第一批要点|5|"),
        ] {
            assert_eq!(called(text).as_deref(), Some(read), "{text}");
        }
        assert_eq!(called("省公安厅"), None);
    }
}
