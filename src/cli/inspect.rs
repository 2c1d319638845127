//! Commands that look and change nothing: `preview`, `status`, `verify`, `backup`.

use std::path::Path;

use anyhow::{Result, bail, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::chat::{phrases, text};
use crate::cli::damage::{self, Remedy};
use crate::cli::say::{print_json, say};
use crate::deciding::facts::Facts;
use crate::filing::rows::export::local;
use crate::office::called::Called;
use crate::office::rows::{Which, namesakes};
use crate::office::{figures, rows};
use crate::plans::{KnownPlan, Unclear};
use crate::reminding::rehearsal::Planned;
use crate::reminding::slot::Part;
use crate::store::{KeptHead, Store, Verification, examine, path_of};
use crate::understanding::{Query, QueryKind, of_plan, task_number, understand_coordinator};
use crate::{history, plans, questions, reminding, roll, settings};

/// The longest span that is rehearsed at once.
const LONGEST_REHEARSAL_DAYS: i64 = 3 * 366;

pub async fn preview(database: &str, from: NaiveDate, to: NaiveDate, json: bool, now: DateTime<Utc>) -> Result<()> {
    ensure!(from <= to, "--from {from} 晚于 --to {to}，请对调");
    ensure!((to - from).num_days() <= LONGEST_REHEARSAL_DAYS, "一次最多预演三年，请缩短 --from 到 --to 的范围");
    let store = Store::open(database).await?;
    let mut tx = store.read(now).await?;
    let policy = settings::rows::policy::policy(&mut tx).await?;
    let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await?;
    let planned = reminding::rows::rehearsal(&mut tx, from, to).await?;
    if json {
        return print_json(&planned);
    }
    let names_plans = namesakes::plan_names(&mut tx).await?.are_several();
    for message in &planned {
        say!("{}", line(message, names_plans))?;
    }
    say!("共 {} 条。以上为预演，没有发送。", planned.len())?;
    for year in (chrono::Datelike::year(&from)..=chrono::Datelike::year(&to)).filter(|year| !calendar.knows(*year)) {
        say!("注意：没有 {year} 年的节假日安排，{}。", phrases::only_weekends_off(&policy.weekend))?;
    }
    Ok(())
}

/// `names_plans`: whether several are open.
fn line(message: &Planned, names_plans: bool) -> String {
    let items = message.items.iter().map(|item| {
        let due = item.due.map(|due| format!("（{due}）")).unwrap_or_default();
        let step = item.step.as_ref().map(|step| format!("“{step}”")).unwrap_or_default();
        let plan = item.plan.as_ref().filter(|_| names_plans).map(|plan| format!("《{plan}》")).unwrap_or_default();
        match &item.task {
            Some(task) => format!("{plan}第{task}项{step} {}{due}", item.label()),
            None => format!("{} {}{due}", item.inspection.as_deref().unwrap_or_default(), item.label()),
        }
    });
    let bound = match (message.bound, message.silenced) {
        (false, _) => "［未绑定］",
        (true, true) => "［已停止提醒］",
        (true, false) => "",
    };
    let what =
        if message.kind == Part::Briefing.key() { "周报".to_owned() } else { items.collect::<Vec<_>>().join("；") };
    format!("{} {}{bound}：{what}", message.at, message.unit)
}

fn of_ended(title: &str, name: &str) -> String {
    format!("《{title}》已结束，不再统计，台账请用 duban export 台账.xlsx --plan {name}")
}

/// Whether it is known which plan a question is about.
fn ensure_clear(query: &Query, facts: &Facts) -> Result<()> {
    match questions::rules::meant(query, &facts.numbered) {
        Ok(_) => Ok(()),
        Err(Unclear::Ended { title, name }) => {
            bail!("{}", of_ended(&title, &name))
        }
        Err(why) => {
            let number = query.task.as_deref().unwrap_or_default();
            let words = plans::sentences::unclear(&why, number, "duban status");
            bail!("{}", text::plain_text(&words.html))
        }
    }
}

/// The plan that a question names before anything else, and the rest: `2 第5项`, `方案2`, and by name also one that has ended.
fn plan_before<'a>(words: &'a str, known: &'a [KnownPlan]) -> Result<Option<(&'a KnownPlan, &'a str)>> {
    let (first, rest) = words.trim().split_once(char::is_whitespace).unwrap_or((words.trim(), ""));
    let rest = rest.trim();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let names_task = || rest.starts_with('第') || task_number(rest).starts_with(|first: char| first.is_ascii_digit());
    let number = match first.strip_prefix("方案") {
        Some(number) if is_number(number) => Some(number),
        // 5 进展如何 asks about a task.
        _ => Some(first).filter(|first| is_number(first) && names_task() && !rest.contains(char::is_whitespace)),
    };
    if let Some(number) = number {
        return match plans::chosen(number, known) {
            Ok(plan) => Ok(Some((plan, rest))),
            Err(why) => bail!("{}", plans::sentences::not_one(number, why, known)),
        };
    }
    let bare = first.trim_matches(['《', '》']);
    let is_called = known.iter().any(|plan| plan.name == bare || plan.title == bare);
    match is_called.then(|| plans::chosen(bare, known)) {
        None => Ok(None),
        Some(Ok(plan)) => Ok(Some((plan, rest))),
        Some(Err(why)) => bail!("{}", plans::sentences::not_one(bare, why, known)),
    }
}

pub async fn status(database: &str, query: &str, json: bool, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.read(now).await?;
    let moment = settings::rows::moment(&mut tx).await?;
    if json && query.is_empty() {
        let (duties, unassigned) = (rows::duties(&mut tx, Which::All).await?, rows::unassigned_tasks(&mut tx).await?);
        return print_json(&figures::of(&duties, &unassigned, moment).totals);
    }
    let (understood, which) = match query {
        "" => (Some(Query::of(QueryKind::Status)), Vec::new()),
        words => {
            let (roll, plans) = (roll::rows::names_on_roll(&mut tx).await?, namesakes::plan_names(&mut tx).await?);
            let known = plans::rows::known_plans(&mut tx, None).await?;
            let (plan, rest) = match plan_before(words, &known)? {
                Some((plan, rest)) => (Some(plan.name.clone()), rest.to_owned()),
                None => of_plan(words, &plans.several(), &roll),
            };
            let understanding = match rest.trim_matches([' ', '，', '。', '？', '?']) {
                "" if plan.is_some() => understand_coordinator("/status", &roll, moment.today),
                _ => understand_coordinator(&rest, &roll, moment.today),
            };
            ensure!(
                understanding.order.is_none() && understanding.beyond.is_none(),
                "“{query}”是吩咐，不是提问，请在聊天中发给机器人"
            );
            let query = understanding.query.map(|query| questions::reading::of_plan(query, plan));
            (query, understanding.which)
        }
    };
    let Some(understood) = understood else {
        if !which.is_empty() {
            bail!("“{query}”没有写明单位，可能是{}，请写其中一个的全称", which.join("、"));
        }
        // What is left of a plan that has ended is its name.
        let known = plans::rows::known_plans(&mut tx, None).await?;
        if let Ok(KnownPlan { ended: true, title, name, .. }) = plans::chosen(query, &known) {
            bail!("{}", of_ended(title, name));
        }
        bail!("没有看懂“{query}”。可以问：第5项进展如何、省公安厅、哪些逾期了、本月到期")
    };
    let answer = match understood.kind {
        QueryKind::History => {
            let mut facts = Facts::default();
            let plan = understood.plan.clone();
            let called = understood.task.clone().map(|number| Called { plan, number });
            let of = (None, understood.unit.as_deref());
            history::rows::add_facts(&mut tx, &mut facts, called.as_ref(), of).await?;
            ensure_clear(&understood, &facts)?;
            history::sentences::words(query, &facts.history, Some("/history"), moment)
        }
        _ => {
            let mut facts = Facts::default();
            questions::rows::add_facts_of_question(&mut tx, &mut facts, &understood, moment).await?;
            ensure_clear(&understood, &facts)?;
            questions::sentences::lately::answer(&understood, &facts, moment).whole()
        }
    };
    let text: Vec<String> = answer.iter().map(|words| text::plain_text(&words.html)).collect();
    if json {
        return print_json(
            &serde_json::json!({ "as_of": local(now, moment.zone), "query": understood, "answer": text.join("\n") }),
        );
    }
    say!("{}", text.join("\n"))?;
    Ok(())
}

/// A head as papers and briefings show it, or how it begins.
pub fn kept_head(text: &str) -> Result<String, String> {
    const SHORTEST: usize = 8;
    const WHOLE: usize = 64;
    let is_hexadecimal = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hexadecimal && (SHORTEST..=WHOLE).contains(&text.len()) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(format!("末端值应为 {SHORTEST} 至 {WHOLE} 位十六进制数字，见周报、通报和 duban verify"))
    }
}

/// What a verification has found; with the remedy where something is wrong.
#[derive(Serialize)]
struct Verified<'a> {
    #[serde(flatten)]
    verification: &'a Verification,
    #[serde(flatten)]
    remedy: Option<Remedy>,
}

pub async fn verify(database: &str, head: Option<&str>, json: bool, now: DateTime<Utc>) -> Result<()> {
    let verification = match examine(database, head, now).await {
        // Whoever reads the document finds in it what is always there.
        Err(error) if json => {
            let none = serde_json::to_value(Verification::of_none(error.to_string()))?;
            return damage::told(database, error.into(), Some(none));
        }
        verification => verification?,
    };
    let remedy = damage::of(database, &verification)?;
    if json {
        print_json(&Verified { verification: &verification, remedy })?;
    } else {
        for line in findings(&verification) {
            say!("{line}")?;
        }
    }
    let without_head = Verification { kept_head: None, ..verification.clone() };
    ensure!(
        verification.holds() || !without_head.holds(),
        "台账本身完好，但没有这个末端值。请先核对是否抄错（见周报、通报末行）；确认无误的，说明台账在那之后被换过，请停用并从备份恢复"
    );
    ensure!(verification.holds(), "数据库 {database} 或台账已损坏或被改动，请停用并从备份恢复");
    Ok(())
}

/// A line for each thing that was looked at; where something is wrong, with the remedy.
fn findings(verification: &Verification) -> Vec<String> {
    let Verification { integrity, write_ahead_log, ledger, records, pending, kept_head, kept_head_entry } =
        verification;
    let mut lines = vec![match integrity.as_str() {
        "ok" => "数据库：ok".to_owned(),
        found => format!("数据库：{found}。请停用，从最近的备份恢复"),
    }];
    if write_ahead_log != "ok" {
        lines.push(format!(
            "预写日志：{write_ahead_log}。刚断过电的，先启动一次再核验；否则请从备份恢复，并用留存的末端值核对"
        ));
    }
    lines.push(match (ledger.broken_at, &ledger.head) {
        (Some(entry), _) => format!("台账：从第 {entry} 条起断裂。请从断裂之前的备份恢复"),
        (None, Some(head)) => format!("台账：完好，{} 条，末端 {head}", ledger.entries),
        (None, None) if ledger.ok => "台账：完好，0 条，末端 （空）".to_owned(),
        (None, None) => "台账：未能核验".to_owned(),
    });
    match (kept_head, kept_head_entry) {
        (Some(KeptHead::Found), Some(entry)) => {
            lines.push(format!("留存的末端：即第 {entry} 条，其后接续 {} 条", ledger.entries - entry));
        }
        (Some(_), _) => lines.push(
            "留存的末端：台账中没有，其后的记录已被截断或替换。请逐份核对备份，从含有这个末端的备份恢复".to_owned(),
        ),
        (None, _) => {}
    }
    let wrong: Vec<_> = records.iter().filter(|record| !record.ok).collect();
    for record in &wrong {
        let found = record.found.as_deref().unwrap_or_default();
        lines.push(format!("记录 {}：{found}", record.table));
    }
    if wrong.is_empty() && !records.is_empty() {
        lines.push(format!("记录：ok，{} 张表与台账相符", records.len()));
    }
    lines.push(format!(
        "待处理：收 {}，搁置 {}，发 {}，存疑 {}，失败 {}",
        pending.inbox, pending.set_aside, pending.outbox, pending.in_doubt, pending.failed
    ));
    if pending.set_aside > 0 {
        lines.push(format!(
            "有 {} 条收到的消息未能处理，原文已留存。请升级程序，启动后自动重试；急事请发送人换个说法重发",
            pending.set_aside
        ));
    }
    lines
}

pub async fn backup(database: &str, file: &Path, now: DateTime<Utc>) -> Result<()> {
    // The daily copies go into a folder of this name, which a file would keep from being made.
    let folder = path_of(database)?.with_added_extension("backups");
    ensure!(file.file_name() != folder.file_name(), "{} 是每日备份的文件夹名，请换一个文件名", file.display());
    let store = Store::open(database).await?;
    let ledger = store.back_up(file, now).await?.ledger;
    store.close().await;
    let head = ledger.head.unwrap_or_else(|| "（空）".to_owned());
    say!("已备份到 {}，核验完好：台账 {} 条，末端 {head}", file.display(), ledger.entries)?;
    Ok(())
}
