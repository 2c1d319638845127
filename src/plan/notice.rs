//! 通知: a text that divides no work and asks for one thing: 请各单位于2月10日前报送年度总结. Read as a single task: what is
//! asked, of whom (the units that the sentence names, else 主送), and by when.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use crate::office::plan::{Draft, DraftMilestone, DraftTask, MilestoneKind, Problem, SetAside};
use crate::plan::duty::Duties;
use crate::plan::heading::Heading;
use crate::plan::label::Label;
use crate::plan::script::Span;
use crate::plan::text::Line;
use crate::plan::units::Name;
use crate::plan::{ordinal, script, units};
use crate::schedule::deadline;
use crate::schedule::deadline::{Context, Phrase, Place};

/// What a text asks for.
#[derive(Debug)]
pub struct Notice {
    pub task: DraftTask,
    pub problems: Vec<Problem>,
}

/// A sentence where it stands.
struct Sentence<'a> {
    line: usize,
    printed: &'a str,
    plain: String,
}

/// A sentence that asks for something by a day.
struct Ask<'a> {
    sentence: Sentence<'a>,
    phrase: Phrase,
    /// It says 请, or that it must be.
    is_wish: bool,
}

/// A longer text asks for more than one thing.
const MOST_LINES: usize = 400;

/// `None` for a text that asks nothing of anybody by a day.
pub fn read(lines: &[&Line], heading: &Heading) -> Option<Notice> {
    if lines.len() > MOST_LINES {
        return None;
    }
    let context = Context { issued_on: heading.issued_on, plan_year: None, counted_from: None };
    let sentences = lines.iter().flat_map(|line| sentences(line));
    let mut asks: Vec<Ask<'_>> = sentences.filter_map(|sentence| ask(sentence, context)).collect();
    let chosen = asks.iter().position(|ask| ask.is_wish).unwrap_or(0);
    if asks.is_empty() {
        return None;
    }
    let ask = asks.remove(chosen);
    let addressees = addressees(lines, ask.sentence.line);
    let duties = duties(&ask, addressees);
    let mode = duties.mode();
    let milestone = milestone(&ask, heading.issued_on);
    let mut problems: Vec<Problem> =
        asks.iter().filter(|other| other.phrase.due != ask.phrase.due).map(another).collect();
    if duties.is_empty() {
        let message = "没有读到要求哪些单位办理。".to_owned();
        let hint = "请用 /assign 省公安厅、省财政厅 9月30日前 …… 写明单位。".to_owned();
        problems.push(Problem { line: ask.sentence.line, message, hint });
    }
    let named = duties.responsible.into_iter().filter(|(_, collective)| !collective);
    let task = DraftTask {
        number: "1".to_owned(),
        section: None,
        text: words(&ask),
        leads: duties.leads,
        responsible: named.map(|(name, _)| name).collect(),
        supporting: duties.supporting,
        collectives: duties.collectives,
        mode,
        milestones: vec![milestone],
        targets: Vec::new(),
        others: Vec::new(),
    };
    Some(Notice { task, problems })
}

fn sentences(line: &Line) -> Vec<Sentence<'_>> {
    let whole = line.text.as_str();
    let body = ordinal::leading(whole).map_or(whole, |marker| &whole[marker.end..]);
    // 省公安厅：请于…: the addressees are no part of what they are asked.
    let body = addressed(body).map_or(body, |(_, rest)| rest);
    let parts = body.split_inclusive(['。', '；', ';', '！', '!', '\n']).map(str::trim);
    let sentence = |printed| Sentence { line: line.number, printed, plain: script::simplify(printed) };
    parts.filter(|printed| !printed.is_empty()).map(sentence).collect()
}

/// A sentence that asks for a deed by a day.
fn ask(sentence: Sentence<'_>, context: Context) -> Option<Ask<'_>> {
    static WISH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("请(?:[^问示假教]|$)|务必|务于|必须|须于|应当?于|限于|要求[^，。]{0,20}[于在]").expect("a constant")
    });
    static DEED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("报送|上报|报[至到省市县区州我]|反馈|提交|填报|报名|回复|函告|函复|寄送|送至|备案|完成|办结|办理|落实|整改|自查|排查|清理|核查|制定|公布|公开")
            .expect("a constant")
    });
    static QUESTION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("[？?]|哪[些个]|多少|是否|吗|谁|怎[么样]").expect("a constant"));
    let plain = sentence.plain.as_str();
    let is_wish = WISH.is_match(plain);
    let begins_with_units = units_before(&sentence, plain.len()).is_some();
    if !(is_wish || begins_with_units) || !DEED.is_match(plain) || QUESTION.is_match(plain) {
        return None;
    }
    let is_due = |phrase: &Phrase| {
        phrase.due.is_some() && matches!(phrase.kind, MilestoneKind::ByDate | MilestoneKind::WithinDays)
    };
    let phrase = deadline::find(plain, context, Place::Prose).into_iter().rfind(is_due)?;
    Some(Ask { sentence, phrase, is_wish })
}

/// The units that the sentence names before its date, at its beginning or after 请, and where these words end.
fn units_before<'a>(sentence: &Sentence<'a>, date: usize) -> Option<(Vec<Name>, Range<usize>)> {
    let plain = &sentence.plain;
    let end = date.min(plain.len());
    let from = plain[..end].rfind('请').map_or(0, |at| at + '请'.len_utf8());
    let part = &plain[from..end];
    let part = &part[..part.find(['，', ',', '：', ':', '（', '(']).unwrap_or(part.len())];
    let part = part.split(HOW).next().unwrap_or(part).trim_end_matches(BEFORE_DATE);
    let range = from..from + part.len();
    Some((units_in(sentence.printed.get(range.clone())?)?, range))
}

/// How it is to be done, between whom and by when.
const HOW: [char; 6] = ['于', '在', '将', '把', '按', '务'];
/// What stands before the date, or the deed.
const BEFORE_DATE: &[char] = &['并', '要', '须', '应', '当', '认', '真', '抓', '紧', '立', '即', '尽', '快', ' '];

/// 你们, 各单位: the addressees, where there are some.
fn is_general(name: &str) -> bool {
    static GENERAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:各|全体|所有|各有关|有关|各相关|相关|上述|以上|你|贵|本)?(?:地区?|部门|单位|各)+$")
            .expect("a constant")
    });
    GENERAL.is_match(name) || name.starts_with(['你', '贵'])
}

fn duties(ask: &Ask<'_>, addressees: Vec<Name>) -> Duties {
    let named = units_before(&ask.sentence, ask.phrase.range.start).map(|(names, _)| names).unwrap_or_default();
    let general = named.iter().all(|name| is_general(&name.text));
    let names = if general && !addressees.is_empty() { addressees } else { named };
    let mut duties = Duties::default();
    names.into_iter().for_each(|name| duties.add(name, Label::Responsible));
    duties.leave_first();
    duties
}

/// 主送: a list of units that ends with a colon, above the sentence that asks.
fn addressees(lines: &[&Line], above: usize) -> Vec<Name> {
    let labelled = lines.iter().find_map(|line| {
        let list = ["主送：", "主送:"].iter().find_map(|label| line.text.strip_prefix(label))?;
        units_in(list.trim_end_matches(['。', '：', ':']))
    });
    let above = || lines.iter().filter(|line| line.number <= above).find_map(|line| addressed(&line.text));
    labelled.or_else(|| above().map(|(names, _)| names)).unwrap_or_default()
}

/// The units to whom a text turns with a colon, and what it tells them.
fn addressed(text: &str) -> Option<(Vec<Name>, &str)> {
    let colon = text.find(['：', ':'])?;
    let rest = text[colon..].trim_start_matches(['：', ':']);
    Some((units_in(&text[..colon])?, rest))
}

/// The units of a list that holds nothing else.
fn units_in(list: &str) -> Option<Vec<Name>> {
    let plain = script::simplify(list);
    let names = units::names(Span { printed: list, plain: &plain });
    let are_units = names.iter().all(|name| name.likely || name.collective);
    (are_units && !names.is_empty() && !plain.contains(['。', '；'])).then_some(names)
}

/// What is to be done: what follows the date, where only whom stands before it, else the whole sentence.
fn words(ask: &Ask<'_>) -> String {
    const SHORTEST: usize = 4;
    let Ask { sentence, phrase, .. } = ask;
    let whole = sentence.printed.trim_end_matches(['。', '；', ';', '！', '!']);
    let after = sentence.printed.get(phrase.range.end..).unwrap_or_default();
    let after = after.trim_start_matches(['前', '，', ',', '、', ' ']).trim_end_matches(['。', '；', ';', '！', '!']);
    let before = &sentence.plain[..phrase.range.start];
    let whom = units_before(sentence, phrase.range.start).map(|(_, range)| range);
    let rest = match whom {
        Some(range) => format!("{}{}", &before[..range.start], &before[range.end..]),
        None => before.to_owned(),
    };
    static ONLY_ASKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:现|请|务必|务|要求|你们|贵单位|你单位|认真|抓紧|按要求|统一|须|应当?|必须|[于在，,、并])*$")
            .expect("a constant")
    });
    if ONLY_ASKS.is_match(rest.trim()) && after.chars().count() >= SHORTEST {
        after.to_owned()
    } else {
        whole.to_owned()
    }
}

/// A date without a year lies after the day of issue.
fn milestone(ask: &Ask<'_>, issued_on: Option<NaiveDate>) -> DraftMilestone {
    let Ask { sentence, phrase, .. } = ask;
    let text = sentence.printed.get(phrase.range.clone()).unwrap_or(&sentence.plain[phrase.range.clone()]).to_owned();
    let (mut due, mut doubt) = (phrase.due, phrase.doubt.clone());
    if let (Some(day), Some(issued)) = (due, issued_on)
        && day < issued
        && !text.contains('年')
        && let Some(next) = day.with_year(day.year() + 1)
    {
        due = Some(next);
        doubt = Some(format!("没有写明年份，按{}计算。", deadline::in_words(next)));
    }
    DraftMilestone { text, kind: phrase.kind, due, rule: None, scope: None, doubt }
}

/// What the document says beside what it asks for.
pub fn beside(draft: &Draft, all: Vec<SetAside>) -> Vec<SetAside> {
    let asked = draft.tasks.first().map(|task| task.text.as_str()).unwrap_or_default();
    let mut all = all;
    if let Some(place) = all.iter_mut().find(|aside| aside.text.contains(asked)) {
        place.text = place.text.replacen(asked, "", 1);
    }
    all.retain(|aside| aside.text.contains(char::is_alphanumeric));
    all
}

/// Something else that the text asks for, which is not made an item.
fn another(ask: &Ask<'_>) -> Problem {
    const LONGEST: usize = 40;
    let quoted: String = ask.sentence.printed.chars().take(LONGEST).collect();
    let more = if ask.sentence.printed.chars().nth(LONGEST).is_some() { "……" } else { "" };
    Problem {
        line: ask.sentence.line,
        message: format!("“{quoted}{more}”另有时限，没有计入。"),
        hint: "需要督办的，请用 /assign 另行交办。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Unreadable, notice_in, read};

    fn shown(text: &str) -> String {
        let draft = match read("通知.txt", text.as_bytes()) {
            Ok(draft) => draft,
            Err(why) => return format!("{why:?}"),
        };
        assert!(draft.notice && draft.tasks.len() == 1);
        let (task, date) = (&draft.tasks[0], &draft.tasks[0].milestones[0]);
        let units: Vec<&str> = task.responsible.iter().chain(&task.collectives).map(String::as_str).collect();
        let due = date.due.map(|due| due.to_string()).unwrap_or_default();
        let problems: String = draft.problems.iter().map(|problem| format!("｜{}", problem.message)).collect();
        format!("{}｜{}｜{due}（{}）{problems}", task.text, units.join("、"), date.text)
    }

    const HEAD: &str = "某省人民政府办公厅关于报送总结的通知\n某政办函〔2019〕3号\n";
    const END: &str = "\n某省人民政府办公厅\n2019年1月20日";

    #[test]
    fn what_is_asked_of_whom_and_by_when() {
        let letter = |body: &str| shown(&format!("{HEAD}{body}{END}"));
        insta::assert_snapshot!([
            letter("各市州人民政府，省直各部门：\n为做好工作，现就有关事项通知如下。\n一、总结内容。包括工作情况、存在的问题。\n二、报送要求。请各单位于2月10日前将工作总结报送省政府办公厅，电子版发送至邮箱。"),
            letter("省公安厅、省应急厅：\n请你们立即组织自查，并于2019年3月15日前将自查情况书面报送省政府办公厅督查室。"),
            letter("各市州人民政府：\n定于3月5日召开会议。请于3月1日前将参会人员名单报送省政府办公厅。"),
            letter("各市州人民政府，省直各部门：\n一、自查阶段。各单位于3月底前完成自查。\n二、总结阶段。请各单位于5月10日前将总结报送省政府办公厅。"),
            letter("请省公安厅、省财政厅务于1月10日前反馈意见。"),
            letter("请于2月10日前报送年度工作总结。"),
            letter("省公安厅、省财政厅：请于2月10日前反馈意见；逾期视为无意见。"),
            letter("省公安厅：\n请你厅于2月10日前反馈意见。"),
        ].join("\n"), @"
        将工作总结报送省政府办公厅，电子版发送至邮箱｜各市州人民政府、省直各部门｜2019-02-10（2月10日前）
        请你们立即组织自查，并于2019年3月15日前将自查情况书面报送省政府办公厅督查室｜省公安厅、省应急厅｜2019-03-15（2019年3月15日前）
        将参会人员名单报送省政府办公厅｜各市州人民政府｜2019-03-01（3月1日前）
        将总结报送省政府办公厅｜各市州人民政府、省直各部门｜2019-05-10（5月10日前）｜“各单位于3月底前完成自查。”另有时限，没有计入。
        反馈意见｜省公安厅、省财政厅｜2020-01-10（1月10日前）
        报送年度工作总结｜｜2019-02-10（2月10日前）｜没有读到要求哪些单位办理。
        反馈意见｜省公安厅、省财政厅｜2019-02-10（2月10日前）
        反馈意见｜省公安厅｜2019-02-10（2月10日前）
        ");
    }

    #[test]
    fn what_asks_nothing_is_no_notice() {
        for text in [
            "关于张三同志任职的通知\n某政人〔2019〕5号\n各区县人民政府：\n经2019年1月8日常务会议研究，决定：\n一、任命张三为市公安局副局长；\n二、免去李四职务。\n某市人民政府\n2019年1月20日",
            "市政府第12次常务会议纪要\n2019年1月8日，市长王某主持召开会议，纪要如下：\n一、会议听取了市财政局的汇报。\n二、会议指出，要提高认识。",
            "请问哪些单位2月10日前报送了总结？",
        ] {
            assert_eq!(read("文.txt", text.as_bytes()), Err(Unreadable::NoTasks), "{text}");
        }
    }

    #[test]
    fn a_text_by_itself_is_of_its_day() {
        let on = "2019-12-20".parse().unwrap();
        let draft = notice_in("请各单位于2月10日前报送2019年度工作总结。", on).unwrap();
        let task = &draft.tasks[0];
        assert_eq!(task.text, "报送2019年度工作总结");
        assert_eq!(task.collectives, ["各单位"]);
        assert_eq!(task.milestones[0].due, "2020-02-10".parse().ok());
        assert_eq!(notice_in("第5项进展如何", on), None);
        assert_eq!(notice_in("2月10日前到期的有哪些", on), None);
    }
}
