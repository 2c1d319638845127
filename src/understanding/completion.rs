//! Completion: what a clause with 完成, 办结 or 搞定 in it says, and of what.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use super::clause::{Clause, Rule};
use super::fact::What;
use super::lexicon::Class;
use super::milestone;
use super::token::Token;

/// What may stand before the act of completing where the task as a whole is meant.
const BEFORE: &str = "(courtesy|own|it|task|already|all|manner|now|date|de|link|quote|blank|pause|label_progress|le|tick|noproblem|share|manner duration|period(already|all|own)|already period)";
/// What may follow it.
const AFTER: &str = "(le|de|courtesy|now|date|task|it|all|already|done|closed|signoff|blank|quote|own|share|manner|manner duration|link|noproblem|tick|link already? (act|stage|thing))";

rules! {
    WHOLE: "done_whole" = format!("^{BEFORE}*(done|closed)+{AFTER}*$");
    // 减证这个事情已经搞完了: what the words point back to is the task.
    POINTED: "done_whole_pointed_at" = format!("^{BEFORE}*(unknown|plain|topic|act|place|de|link|thing)+ it task?{BEFORE}*(done|closed)+{AFTER}*$");
    // 第9项减证专项行动任务已全部完成
    ENTITLED: "done_whole_by_title" = format!("^{BEFORE}*(it(unknown|plain|topic|quote)+|topic+)task{BEFORE}*(done|closed)+{AFTER}*$");
    // 电价：弄完了, where the name stands for the task
    NAMED: "done_whole_by_name" = format!("^it?topic+{BEFORE}*(done|closed)+{AFTER}*$");
    ENTIRE: "done_whole_entire" = format!("it task?{BEFORE}*(done|closed)+{AFTER}*$");
    // 忙了半年总算把这个任务完成了
    TAKEN: "done_whole_taken" = format!("^(unknown|plain|act|le|duration|now|already|manner|own|going)+(it|all)* task{BEFORE}*(done|closed)+{AFTER}*$");
    pub TICKED: "ticked" = "^(courtesy|it)*tick courtesy*$";
    SIGN_OFF: "asks_for_sign_off" = format!("^{BEFORE}*(signoff){AFTER}*$");
    // “2019年9月前”这个节点可以销号了
    OF_A_DATE: "sign_off_of_a_date" = "(deadline|dated).* signoff";
    DENIED: "done_denied" = "not (already|all|manner|le|it|task|will|link|now)*(done|closed)";
    // 完成后, 完成需要, 完成的: not told as a fact.
    CONDITION: "done_condition" = "(done|closed)(le)?(will|cond|request)";
    ATTRIBUTE: "done_attribute" = "(done|closed)(le)? de (unknown|plain|stage|thing|act|count|number|task)";
    HELD_UP: "done_to_come" = "will|cond|approx|hearsay|extend|vague";
    // 已于6月底前完成
    IN_TIME: "done_in_time" = "already(manner|it|task|own)*deadline|deadline(manner|own)*(already|all)";
    // 全面实现“一网通办”的任务仍在推进
    STILL: "still_under_way" = "(done|closed).* de .* going";
    CERTAIN: "certain" = "already|all|le|it|task|share";
    BARE: "done_bare" = "^(manner|courtesy|own|now|date)*(done|closed)+(courtesy|manner)*$";
}

/// What a clause says of completion, and the rule; `None` where it does not speak of it.
pub fn read(clause: &Clause<'_>) -> Option<(What, &'static str)> {
    let told = clause.has(Class::Done) || clause.has(Class::Closed);
    // 5天办结有点悬
    if told && DOUBTED.is_match(clause.text()) {
        return Some((What::Open { passing: false }, "done_doubted"));
    }
    // 已经办结了吧
    if told && SUPPOSED.is_match(clause.text()) {
        return Some((What::Question(true), "supposes"));
    }
    // 按期完成都没问题
    pattern!(CONFIDENT, "^(?:都|均|也|应该|肯定|是)*(?:没问题|没有问题|不成问题|有把握|有保障)");
    let hopes = told && !clause.has_any(&[Class::Already, Class::Le]);
    if hopes && CONFIDENT.is_match(&clause.plain[clause.range().end..]) {
        return Some((What::Open { passing: false }, "done_hoped"));
    }
    // 达到国家要求
    if MET.is_match(clause.text()) && !clause.has(Class::Done) {
        return None;
    }
    if REPORTED.is_match(clause.text()) {
        return Some((What::Whole { firm: true }, "reported_as_done"));
    }
    if !told {
        if clause.is(&OF_A_DATE) {
            return Some((What::Part, OF_A_DATE.name));
        }
        // 9完
        if ["完", "完了", "已完", "已完了"].contains(&clause.text()) {
            return Some((What::Whole { firm: false }, WHOLE.name));
        }
        let rule = [&*SIGN_OFF, &*TICKED].into_iter().find(|rule| clause.is(rule));
        return rule.map(|rule| (What::Whole { firm: is_firm(clause) }, rule.name));
    }
    let attributed = without_attribute(clause);
    let clause = attributed.as_ref().unwrap_or(clause);
    if clause.is(&DENIED) {
        return Some((What::Open { passing: false }, DENIED.name));
    }
    if clause.is(&CONDITION) || clause.is(&HELD_UP) {
        return Some((What::Open { passing: true }, HELD_UP.name));
    }
    if clause.is(&STILL) {
        return Some((What::Open { passing: false }, STILL.name));
    }
    // 第9项月底完成
    if BY_THEN.is_match(clause.text())
        && !clause.has_any(&[Class::Already, Class::Le])
        && !clause.text().contains("提前完成")
    {
        return Some((What::Open { passing: true }, "done_by_a_date"));
    }
    if clause.has(Class::Deadline) && !clause.is(&IN_TIME) {
        return Some((What::Open { passing: true }, "done_by_a_date"));
    }
    // 还有那个电子化系统全都到位 lists what is done.
    if ALL_OF_THEM.is_match(clause.text()) {
        return Some((What::Part, "part_done"));
    }
    if clause.has(Class::Left) {
        return Some((What::Remains { some_done: true }, "something_left"));
    }
    // What is only closed needs a sign that it happened.
    let happened =
        clause.has_any(&[Class::Done, Class::SignOff]) || clause.has_any(&[Class::Already, Class::All, Class::Le]);
    // 更正为已完成
    let opens = |words: &[&str]| words.iter().any(|word| clause.text().starts_with(word));
    let bare = match opens(&["更正为", "改为", "改成", "应为", "应改为", "应更正为", "修正为", "更改为"])
    {
        true => clause.without(Class::Correct),
        false => clause.clone(),
    };
    // 时间紧，但已完成
    let follows = bare.tokens.get(1).is_some_and(|next| next.class == Class::Already);
    let but = |token: &Token| token.class == Class::Contrast && follows;
    let clause = &bare.filtered(|place, token| token.class != Class::Deadline && !(place == 0 && but(token)));
    if clause.is(&ATTRIBUTE) || !happened {
        return Some((What::Part, "part_named"));
    }
    // 减证专项行动整项任务已完成
    if ENTIRE_SAID.is_match(clause.text()) && clause.is(&ENTIRE) {
        return Some((What::Whole { firm: true }, ENTIRE.name));
    }
    if milestone::all_dates(clause.text()) {
        return Some((What::Whole { firm: true }, "all_dates_done"));
    }
    // 第一阶段已完成, 上半年已完成; but 本月已完成 says when.
    let is_stretch =
        |token: &Token| token.class == Class::Period && STRETCH.is_match(&clause.plain[token.range.clone()]);
    if clause.tokens.iter().any(is_stretch) && !ENTIRE_SAID.is_match(clause.text()) {
        return Some((What::Part, "part_done"));
    }
    for rule in [&*WHOLE, &*NAMED, &*POINTED, &*ENTITLED, &*TAKEN] {
        if clause.is(rule) {
            return Some((What::Whole { firm: is_firm(clause) }, rule.name));
        }
    }
    Some((What::Part, "part_done"))
}

pattern!(
    ALL_OF_THEM,
    r"还有[^，。；]{1,16}(?:全都|都|全部|也)已?经?(?:到位|完成|办结|上线|搞定|落实|通过|弄完|做完|办完|开展|启动|发|弄好)了?$"
);

// 这项我们报完成
pattern!(
    REPORTED,
    "^(?:所以|因此|那|这项|该项|此项|本项|这个|我们?|我[局厅委办处市县州]|单位|可以|现|现在|特此|申请|同意)*报(?:为|已)?(?:完成|办结)$"
);
pattern!(SUPPOSED, "(?:完成|办结|办完|做完|完|搞定|弄好|办好)了(?:的?吧|没错吧|对吧)[？?]?$");
pattern!(DOUBTED, "(?:悬|够呛|难说|不好说)(?:得很)?(?:了|啊|呢)?$");
/// The same without what only says that a day is demanded: 今年底要的那一段.
fn without_attribute<'a>(clause: &Clause<'a>) -> Option<Clause<'a>> {
    let is_day = |token: &Token| matches!(token.class, Class::Date | Class::Deadline | Class::Dated | Class::Period);
    let demands = |at: &usize| {
        let class = |place: usize| clause.tokens.get(place).map(|token| token.class);
        class(*at) == Some(Class::Will) && class(at + 1) == Some(Class::De) && clause.tokens[..*at].iter().any(is_day)
    };
    // 2019年底前的时限要求, 6月底前应当完成的部分
    pattern!(
        DEMANDED,
        "(?:时限|目标|节点|任务)要求|前的要求|(?:应当|应该|应|须|需要|需|必须|要求|要)(?:完成|做|办|落实)的(?:部分|任务|内容|工作|事项|目标|那部分)"
    );
    if let Some(found) = DEMANDED.find(clause.text()).filter(|_| clause.tokens.iter().any(is_day)) {
        let from = clause.range().start;
        let within = from + found.start()..from + found.end();
        let left = clause.filtered(|_, token| !(within.start <= token.range.start && token.range.end <= within.end));
        return (!left.tokens.is_empty()).then_some(left);
    }
    let at = (0..clause.tokens.len()).find(demands)?;
    Some(clause.filtered(|place, _| place != at))
}

pattern!(STRETCH, "阶段|[批期轮步审程场段]|部分|子项|季度|半年");
pattern!(ENTIRE_SAID, "整项|全项|整个任务|整体任务|全部任务|本项任务|该项任务");
pattern!(MET, "(?:达到|符合|满足|超过|超出|高于|优于)了?[^，。；]{0,8}(?:要求|标准|规定|目标)$");
pattern!(BY_THEN, "(?:月底|月末|月内|年底|年末|年内|周末|下周|下个?月|明天|后天|明年|季度末)");
// 该项工作圆满完成
pattern!(FULLY, "圆满|顺利|如期");

/// Whether what is done is named behind the act and is a draft, a meeting or another stage: 9月前的已完成初稿.
pub fn is_of_something(clause: &Clause<'_>) -> bool {
    let act = clause.tokens.iter().rposition(|token| matches!(token.class, Class::Done | Class::Closed));
    let behind = act.map_or(&[][..], |act| &clause.tokens[act + 1..]);
    behind.iter().any(|token| match token.class {
        Class::Stage | Class::Approx | Class::Count | Class::Vague => true,
        Class::Share => !clause.word(token).starts_with("100"),
        _ => false,
    })
}

/// Whether the task is named, and that it has happened: 该项任务已全部完成.
fn is_firm(clause: &Clause<'_>) -> bool {
    clause.has_any(&[Class::It, Class::Task, Class::SignOff])
        && (clause.has_any(&[Class::Already, Class::Le, Class::All]) || FULLY.is_match(clause.text()))
}

/// Whether it is told with a day that lies ahead, and nothing shows that it has happened: 7月5日办结.
pub fn is_to_come(clause: &Clause<'_>, on: NaiveDate) -> bool {
    pattern!(DAY, r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})?");
    let Some(day) = DAY.captures(clause.text()) else { return false };
    let number = |name: &str| day.name(name).and_then(|number| number.as_str().parse::<u32>().ok());
    let year = number("year").unwrap_or(on.year_ce().1);
    let told = (year, number("month").unwrap_or(0), number("day").unwrap_or(31));
    told > (on.year_ce().1, on.month(), on.day()) && !clause.has_any(&[Class::Already, Class::Le])
}

/// Whether nothing shows that it has happened: 按期完成 beside other words is a wish.
pub fn is_bare(clause: &Clause<'_>) -> bool {
    clause.is(&BARE) && !clause.is(&CERTAIN)
}
