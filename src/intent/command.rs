//! `/commands`: one enum, read completely or not at all.

use crate::chinese::numerals;
use crate::citations::Kind;
use crate::intent::of_task;
use crate::intent::paper::{Paper, Sheet};
use crate::office::called::Called;
use crate::office::ids::UnitId;
use crate::office::standing::Ruling;
use crate::understanding::task_called;
use crate::{areas, assigning, copies, filing, plans};

/// What a command asks for. Text after it is kept as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `/start CODE` and `/bind CODE`; without a code `/start` is a greeting.
    Bind {
        code: Option<String>,
    },
    /// `/private`, `/start private-7`: digests in private as well.
    Private {
        by_link: Option<UnitId>,
    },
    Help,
    Tasks,
    /// `/read`, `/read 5`, `/read 营商环境 5`: who has said 收到.
    Read {
        called: Option<Called>,
    },
    /// `/ask 有几项逾期`: a question in plain words, where nothing else reaches the bot.
    Ask {
        words: String,
    },
    /// `/task 5`, `/task 营商环境第5项`, `/task 5 省公安厅`
    Task {
        called: Called,
        unit: Option<String>,
    },
    /// `/report 5 60% …`, `/done 5 …`: the words as a reply would have them.
    Report {
        words: String,
    },
    /// `/extend 5 2019-09-30 …`: the same.
    Extend {
        words: String,
    },
    /// `/record 省公安厅 5 60% …`: a coordinator passes on what a unit said.
    Record {
        unit: String,
        words: String,
    },
    /// `/step 5 9月15日 完成系统联调`: the words after the command.
    Step {
        words: String,
    },
    Undo,
    Status,
    /// `/status 营商环境`
    StatusOf {
        plan: String,
    },
    Unit {
        name: String,
    },
    Overdue,
    Due {
        days: u32,
    },
    Problems,
    /// What reports pass on.
    Practices,
    Silent,
    Pending,
    /// `/board`, `/timeline`, `/export`: a file is the answer.
    Paper(Paper),
    /// `/board 营商环境`: the same of one plan.
    PaperOf {
        sheet: Sheet,
        plan: String,
    },
    /// `/plans`: which are open, named and ended.
    Plans(plans::Wanted),
    /// `/brief`: what coordinators bring to their meeting.
    Brief,
    /// `/bulletin`, `/bulletin 营商环境 第3期`: the same.
    Bulletin(filing::bulletin::Wanted),
    /// `/stop`: a coordinator leaves a unit's group in peace.
    Stop,
    /// `/handover`, in answer to a colleague's message or not
    HandOver,
    Leave,
    /// `/contacts`, `/contacts 省公安厅`
    Contacts {
        name: Option<String>,
    },
    /// `/coordinators`
    Coordinators,
    /// `/area`, `/area 周敏 省公安厅、营商环境`, `/area 周敏 取消`: who is asked first.
    Area(areas::Wanted),
    /// `/unbind 省公安厅`: a chat speaks for the unit no longer.
    Unbind {
        name: String,
    },
    /// `/units`: who has a chat, who never reacted.
    Units,
    /// `/invite 省公安厅`; with 新 also where an invitation waits to be used.
    Invite {
        name: String,
        anew: bool,
    },
    /// `/history 5`, `/history 营商环境 5`, `/history 5 全文`
    History {
        called: Called,
        /// Whether whole messages are wanted beside what they say of the task.
        whole: bool,
    },
    /// `/commend`, `/notice`: what is on record.
    Citations {
        commendations: bool,
    },
    /// `/commend 省公安厅 理由`, `/notice 约谈 省公安厅 理由`
    Cite {
        kind: Kind,
        unit: String,
        reason: String,
    },
    /// `/remind 5`, `/remind 营商环境第5项`, `/remind 省公安厅`, `/remind 5 省公安厅`
    Remind {
        called: Option<Called>,
        unit: Option<String>,
    },
    /// `/policy`, `/policy digest`, `/policy digest 0 9 * * *`
    Policy {
        key: Option<String>,
        value: Option<String>,
    },
    /// `/suspend 5 省公安厅 理由`, `/resume`, `/reopen`, `/accept`, `/return`: a coordinator rules on duties.
    Order {
        ruling: Ruling,
        called: Called,
        /// The unit, where it is named, and the reason.
        words: String,
    },
    /// `/preview`, `/preview 6月`
    Preview {
        words: String,
    },
    /// `/assign 省公安厅、省财政厅 9月30日前 报送…`
    Assign {
        words: String,
    },
    /// `/amend 5 时限 7月15日`, `/amend 5 …`
    Amend {
        words: String,
    },
    /// `/drop 33 理由`
    Drop {
        words: String,
    },
    /// `/inspect`: those that are open.
    Inspections,
    /// `/inspect 1`
    Inspection {
        number: i64,
    },
    /// `/inspect 全部 9月20日前 报送自查情况`
    Inspect {
        words: String,
    },
    Unknown {
        name: String,
    },
    /// The right command with the wrong words: the answer is how it is used.
    Misused {
        usage: &'static str,
    },
}

const DEFAULT_DUE_DAYS: u32 = 30;
const MOST_DUE_DAYS: u32 = 3_660;

/// Reads `/name@bot words`. `None` where the text is no command, or one for another bot.
pub fn read(text: &str, own_username: &str) -> Option<Command> {
    let text = text.trim();
    let body = text.strip_prefix('/')?;
    let (head, words) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
    let (name, addressee) = head.split_once('@').unwrap_or((head, own_username));
    // `/5 60%` is a slip and no command.
    let is_slip = name.starts_with(|first: char| first.is_ascii_digit());
    if !addressee.eq_ignore_ascii_case(own_username) || name.is_empty() || is_slip {
        return None;
    }
    let words = words.trim();
    let command = match name.to_ascii_lowercase().as_str() {
        "private" => Command::Private { by_link: None },
        "start" if words.starts_with(copies::sentences::BY_LINK) => {
            let unit = words.strip_prefix(copies::sentences::BY_LINK).and_then(|unit| unit.parse().ok());
            Command::Private { by_link: unit.map(UnitId) }
        }
        "start" => Command::Bind { code: (!words.is_empty()).then(|| words.to_owned()) },
        "bind" if words.is_empty() => Command::Misused { usage: "/bind 邀请码" },
        "bind" => Command::Bind { code: Some(words.to_owned()) },
        "help" => Command::Help,
        "tasks" => Command::Tasks,
        "later" => Command::Report { words: of_task::later(words) },
        "read" => Command::Read { called: (!words.is_empty()).then(|| of_task::called(words)) },
        "ask" if words.is_empty() => Command::Misused { usage: "/ask 有几项逾期" },
        "ask" => Command::Ask { words: words.to_owned() },
        "task" if words.is_empty() => Command::Misused { usage: "/task 〔序号〕" },
        "task" => of_task::task(words),
        "report" if words.is_empty() => Command::Misused { usage: "/report 〔序号〕 进展" },
        "report" => Command::Report { words: of_task::headed(words) },
        "done" if words.is_empty() => Command::Misused { usage: "/done 〔序号〕 说明" },
        "done" => Command::Report { words: of_task::done(words) },
        "record" => record(words).unwrap_or(Command::Misused { usage: "/record 单位 〔序号〕 进展" }),
        "step" | "steps" if words.is_empty() => {
            Command::Misused { usage: "/step 〔序号〕 〔日期〕 工作内容（一行一步）" }
        }
        "step" | "steps" => Command::Step { words: words.to_owned() },
        "undo" => Command::Undo,
        "status" if words.is_empty() => Command::Status,
        "status" => Command::StatusOf { plan: words.to_owned() },
        "plans" => plans::Wanted::read(words).map_or(Command::Misused { usage: plans::USAGE }, Command::Plans),
        "unit" if words.is_empty() => Command::Misused { usage: "/unit 省公安厅" },
        "unit" => Command::Unit { name: words.to_owned() },
        "overdue" => Command::Overdue,
        "due" if words.is_empty() => Command::Due { days: DEFAULT_DUE_DAYS },
        "due" => match words.parse() {
            Ok(days) if days <= MOST_DUE_DAYS => Command::Due { days },
            _ => Command::Misused { usage: "/due 30" },
        },
        "problems" => Command::Problems,
        "commend" if words.is_empty() => Command::Citations { commendations: true },
        "commend" => {
            cite(Kind::Commendation, words).unwrap_or(Command::Misused { usage: "/commend 省公安厅 理由" })
        }
        "notice" if words.is_empty() => Command::Citations { commendations: false },
        "notice" => notice(words).unwrap_or(Command::Misused {
            usage: "/notice 提醒 省公安厅 理由，/notice 约谈 省公安厅 理由",
        }),
        "practices" => Command::Practices,
        "silent" => Command::Silent,
        "pending" => Command::Pending,
        "stop" => Command::Stop,
        "handover" => Command::HandOver,
        "leave" => Command::Leave,
        "contacts" => Command::Contacts { name: (!words.is_empty()).then(|| words.to_owned()) },
        "units" => Command::Units,
        "invite" if words.is_empty() => Command::Misused { usage: "/invite 省公安厅" },
        "invite" => invite(words),
        "unbind" if words.is_empty() => Command::Misused { usage: "/unbind 省公安厅" },
        "unbind" => Command::Unbind { name: words.to_owned() },
        "coordinators" => Command::Coordinators,
        "area" => area(words),
        "history" if words.is_empty() => Command::Misused { usage: "/history 〔序号〕" },
        "history" => of_task::history(words),
        "remind" if words.is_empty() => {
            Command::Misused { usage: "/remind 5，/remind 省公安厅，/remind 5 省公安厅" }
        }
        "remind" => of_task::remind(words),
        "policy" => policy(words),
        "preview" => Command::Preview { words: words.to_owned() },
        "suspend" => order(Ruling::Suspended, words, "/suspend 5 省公安厅 理由"),
        "resume" => order(Ruling::Resumed, words, "/resume 5 省公安厅"),
        "reopen" => order(Ruling::Reopened, words, "/reopen 5 省公安厅 理由"),
        "accept" => order(Ruling::Accepted, words, "/accept 5 省公安厅"),
        "return" => order(Ruling::Returned, words, "/return 5 省公安厅 理由"),
        "inspect" if words.is_empty() => Command::Inspections,
        "inspect" => match words.parse() {
            Ok(number) => Command::Inspection { number },
            Err(_) => Command::Inspect { words: words.to_owned() },
        },
        "assign" if words.is_empty() => Command::Misused { usage: assigning::reading::ASSIGN },
        "assign" => Command::Assign { words: words.to_owned() },
        "amend" => Command::Amend { words: words.to_owned() },
        "drop" => Command::Drop { words: words.to_owned() },
        "board" => paper_of(Sheet::Board, words),
        "timeline" => paper_of(Sheet::Timeline, words),
        "export" => paper_of(Sheet::Workbook, words),
        "brief" => Command::Brief,
        "bulletin" => Command::Bulletin(filing::bulletin::Wanted::read(words)),
        "extend" if !words.contains(char::is_whitespace) => Command::Misused { usage: EXTEND },
        "extend" => Command::Extend { words: extend(words) },
        name => Command::Unknown { name: name.to_owned() },
    };
    Some(command)
}

/// How more time is asked for.
pub const EXTEND: &str = "/extend 〔序号〕 〔日期〕 理由";

/// `5`, `第5项`, `五`; a child as the document prints it, `5（1）`.
pub fn task_number(words: &str) -> String {
    let bare = words.trim_start_matches('第').trim_end_matches('项').trim();
    let printed = || bare.replace('(', "（").replace(')', "）");
    numerals::parse(bare).map_or_else(printed, |number| number.to_string())
}

/// Of the plan that is named, else of all.
fn paper_of(sheet: Sheet, words: &str) -> Command {
    match words {
        "" => Command::Paper(sheet.of_all()),
        plan => Command::PaperOf { sheet, plan: plan.to_owned() },
    }
}

/// `约谈 省公安厅 理由`
fn notice(words: &str) -> Option<Command> {
    let (kind, rest) = words.split_once(char::is_whitespace)?;
    cite(Kind::from_label(kind).filter(|kind| *kind != Kind::Commendation)?, rest)
}

/// A unit, and whether an invitation that waits is to be replaced.
fn invite(words: &str) -> Command {
    match words.rsplit_once(char::is_whitespace) {
        Some((name, "新")) => Command::Invite { name: name.trim_end().to_owned(), anew: true },
        _ => Command::Invite { name: words.to_owned(), anew: false },
    }
}

/// A coordinator, and what they are asked about first.
fn area(words: &str) -> Command {
    let person = |name: &str| name.trim_start_matches('@').to_owned();
    match words.split_once(char::is_whitespace).map(|(name, rest)| (person(name), rest.trim())) {
        None if words.is_empty() => Command::Area(areas::Wanted::List),
        None => Command::Misused { usage: "/area 周敏 省公安厅、省财政厅，/area 周敏 取消" },
        Some((person, "取消")) => Command::Area(areas::Wanted::End { person }),
        Some((person, rest)) => {
            let named = rest.split(['、', '，', ',', ' ']).filter(|name| !name.is_empty()).map(str::to_owned);
            Command::Area(areas::Wanted::Give { person, named: named.collect() })
        }
    }
}

/// A unit and what it said.
fn record(words: &str) -> Option<Command> {
    let (unit, words) = words.split_once(char::is_whitespace)?;
    Some(Command::Record { unit: unit.to_owned(), words: words.trim_start().to_owned() })
}

/// A unit and the reason, which nobody is cited without.
fn cite(kind: Kind, words: &str) -> Option<Command> {
    let (unit, reason) = words.trim().split_once(char::is_whitespace)?;
    let reason = reason.trim();
    (!reason.is_empty()).then(|| Command::Cite { kind, unit: unit.to_owned(), reason: reason.to_owned() })
}

fn order(ruling: Ruling, words: &str, usage: &'static str) -> Command {
    if words.is_empty() {
        return Command::Misused { usage };
    }
    let (called, rest) = task_called(words).unwrap_or_else(|| {
        let (number, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        (Called { plan: None, number: task_number(number) }, rest)
    });
    Command::Order { ruling, called, words: rest.trim().to_owned() }
}

fn policy(words: &str) -> Command {
    let (key, value) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let given = |part: &str| (!part.trim().is_empty()).then(|| part.trim().to_owned());
    Command::Policy { key: given(key), value: given(value) }
}

/// `/extend 5 2019-09-30 理由` in the words of a reply: `5：申请延期至2019-09-30 理由`.
fn extend(words: &str) -> String {
    let (task, rest) = of_task::task_in_words(words);
    format!("{task}：申请延期至{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands() {
        let called = |number: &str| Called { plan: None, number: number.into() };
        let task = |number: &str| Some(Command::Task { called: called(number), unit: None });
        let cases = [
            ("/task 5", task("5")),
            ("/task@duban_bot 第5项", task("5")),
            ("/Task\n5", task("5")),
            ("/task 第二十六项", task("26")),
            ("/task 5(1)", task("5（1）")),
            ("/task@another_bot 5", None),
            ("task 5", None),
            ("/task", Some(Command::Misused { usage: "/task 〔序号〕" })),
            ("/due", Some(Command::Due { days: 30 })),
            ("/due 4000000000", Some(Command::Misused { usage: "/due 30" })),
            ("/due soon", Some(Command::Misused { usage: "/due 30" })),
            ("/start", Some(Command::Bind { code: None })),
            ("/report 5 方案已印发", Some(Command::Report { words: "5：方案已印发".into() })),
            ("/report 5 26 已完成", Some(Command::Report { words: "5 26 已完成".into() })),
            ("/report 5 60% 已上线", Some(Command::Report { words: "5：60% 已上线".into() })),
            ("/done 5 系统已验收", Some(Command::Report { words: "5：已完成。系统已验收".into() })),
            ("/extend 5", Some(Command::Misused { usage: EXTEND })),
            ("/extend 5 2019-09-30 未到货", Some(Command::Extend { words: "5：申请延期至2019-09-30 未到货".into() })),
            (
                "/suspend 第5项 省公安厅 机构改革",
                Some(Command::Order {
                    ruling: Ruling::Suspended,
                    called: called("5"),
                    words: "省公安厅 机构改革".into(),
                }),
            ),
            (
                "/accept 营商环境 5 省公安厅",
                Some(Command::Order {
                    ruling: Ruling::Accepted,
                    called: Called { plan: Some("营商环境".into()), number: "5".into() },
                    words: "省公安厅".into(),
                }),
            ),
            ("/resume", Some(Command::Misused { usage: "/resume 5 省公安厅" })),
            ("/invite 省公安厅", Some(Command::Invite { name: "省公安厅".into(), anew: false })),
            ("/invite 省公安厅 新", Some(Command::Invite { name: "省公安厅".into(), anew: true })),
            ("/board", Some(Command::Paper(Paper::Board))),
            ("/inspect", Some(Command::Inspections)),
            ("/inspect 1", Some(Command::Inspection { number: 1 })),
            ("/inspect 全部 月底 自查", Some(Command::Inspect { words: "全部 月底 自查".into() })),
            ("/dance", Some(Command::Unknown { name: "dance".into() })),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, "duban_bot"), expected, "{text}");
        }
    }
}
