//! 目标值: figures that a task is to reach, as printed: 120个工作日以内, 不少于50户, 三分之二以上.

use std::sync::LazyLock;

use regex::Regex;

static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    let measure = "(?:%|％|个百分点|个?工作日|个小时|小时|分钟|万?平方米|平方公里|公里|千米|立方米|万?千瓦时?|万?吨|公顷|万?亩|万?亿?元|亿美元|万美元|\
                   人次|场次|批次|人|名|户|家|项|个|件|条|次|场|期|处|所|座|套|台|辆|批|篇|门|张|份|倍|平米|米|天|床|股|对|类|宗|起|幅|节|颗|头|只|株|艘|班|村|镇)";
    let figure = r"\d+(?:\.\d+)?[万亿]?";
    let share = "[一二三四五六七八九十百]+分之[一二三四五六七八九十百]+";
    Regex::new(&format!(
        "(?:不低于|不少于|不超过|不高于|不小于|不大于|至少|最多)?(?:{figure}(?:{measure}、{figure})*{measure}|{share})(?:以上|以下|以内|之内|内|左右)?"
    ))
    .expect("a constant")
});

/// The figures of a task's text and of its deadlines, in order. Ordinal figures (第28次), dates and titles are none.
pub fn find(text: &str) -> Vec<String> {
    let figures = TARGET.find_iter(text).filter(|figure| {
        let before = &text[..figure.start()];
        let part_of_other =
            before.ends_with(|character: char| character.is_ascii_digit() || "第.-—/".contains(character));
        let month = figure.as_str().ends_with('个') && text[figure.end()..].starts_with('月');
        !part_of_other && !month
    });
    figures.map(|figure| figure.as_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn figures_with_their_bounds() {
        let text =
            "办理用时分别压到8个、3个工作日内，抽查比例不低于25%，新建4.5万亩，减少三分之一以上，培训2000人次左右";
        assert_eq!(find(text), ["8个、3个工作日内", "不低于25%", "4.5万亩", "三分之一以上", "2000人次左右"]);
    }

    #[test]
    fn no_figures_to_reach() {
        assert!(find("第28次会议，3个月内，2024年5月10日前，“一件事一次办”").is_empty());
    }
}
