//! `duban task`: an item without a document, and tasks amended and ended.

use anyhow::{Context, Result, bail};
use chrono::{DateTime, NaiveDate, Utc};
use clap::Subcommand;

use crate::assigning::{Amend, Amendment, Request, Standing, Whom, rules, sentences};
use crate::cli::say::say;
use crate::cli::{day, today};
use crate::office::called::Called;
use crate::store::ledger::Actor;
use crate::store::{Store, Tx};
use crate::understanding::called;
use crate::understanding::called::Meant;
use crate::{assigning, plans, roll, settings};

#[derive(Debug, Subcommand)]
pub(super) enum TaskCommand {
    /// 交办一项：不需要文件，编号接续，随提醒送达有关单位
    #[command(after_help = "示例：duban task add --units 省公安厅,省财政厅 --due 2026-09-30 报送自查情况")]
    Add {
        /// 单位名称、简称或统称，用逗号或顿号分开
        #[arg(long, value_name = "单位", required = true)]
        units: String,
        /// 期限，含当日
        #[arg(long, value_name = "日期", value_parser = day)]
        due: NaiveDate,
        /// 交办什么
        #[arg(value_name = "事项", required = true)]
        text: Vec<String>,
    },
    /// 调整一项任务的时限或内容，随提醒告知有关单位
    #[command(
        after_help = "示例：duban task amend 营商环境 5 --due 2026-06-30=2026-07-15 --reason 等待上级文件\n      duban task amend 交办 34 --text 报送半年总结 --reason 内容有误"
    )]
    Amend {
        /// 方案的编号、简称或名称中的字
        #[arg(value_name = "方案")]
        plan: String,
        /// 任务的序号
        #[arg(value_name = "序号")]
        number: String,
        /// 原时限=新时限；仅有一个时限的，写新时限即可
        #[arg(long, value_name = "原=新", required_unless_present = "text", value_parser = dates)]
        due: Option<Amend>,
        /// 新的内容
        #[arg(long, value_name = "内容")]
        text: Option<String>,
        /// 理由
        #[arg(long, value_name = "理由")]
        reason: String,
    },
    /// 撤销一项任务：不再提醒，历史记录不变
    #[command(after_help = "示例：duban task drop 营商环境 33 --reason 已并入第5项")]
    Drop {
        /// 方案的编号、简称或名称中的字
        #[arg(value_name = "方案")]
        plan: String,
        /// 任务的序号
        #[arg(value_name = "序号")]
        number: String,
        /// 理由
        #[arg(long, value_name = "理由")]
        reason: String,
    },
}

pub async fn task(database: &str, command: TaskCommand, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.begin(now).await?;
    let on = today(now, &settings::rows::policy::policy(&mut tx).await?);
    let done = match command {
        TaskCommand::Add { units, due, text } => add(&mut tx, &units, due, text.join(" ").trim(), on).await?,
        TaskCommand::Amend { plan, number, due, text, reason } => {
            let standing = standing(&mut tx, &plan, &number).await?;
            if text.as_deref().is_some_and(|text| text.trim().is_empty()) {
                bail!("没有写明新的任务内容，未作更改。撤销任务请用 duban task drop");
            }
            let wanted = [due, text.map(Amend::Text)];
            let mut done = Vec::new();
            for amend in wanted.into_iter().flatten() {
                let amendment = rules::amendment(&standing, &amend, on, with_date).map_err(anyhow::Error::msg)?;
                done.push(amended(&mut tx, &standing, &amendment, &reason, on).await?);
            }
            done.join("\n")
        }
        TaskCommand::Drop { plan, number, reason } => {
            let standing = standing(&mut tx, &plan, &number).await?;
            amended(&mut tx, &standing, &Amendment::Dropped, &reason, on).await?
        }
    };
    tx.commit().await?;
    store.close().await;
    say!("{done}")?;
    Ok(())
}

async fn add(tx: &mut Tx, units: &str, due: NaiveDate, words: &str, on: NaiveDate) -> Result<String> {
    if due < on {
        bail!("{}", sentences::past(due, on));
    }
    if words.is_empty() {
        bail!("没有写明交办什么，未作更改。请在日期之后写明要做的事，例如 报送半年总结");
    }
    let known = roll::rows::names_on_roll(tx).await?;
    let names = units.split(['、', '，', ',']).map(str::trim).filter(|name| !name.is_empty());
    let meant = |name: &str| match called::plainly(name, &known) {
        Meant::One(unit) => Ok(unit),
        Meant::Several(units) => bail!("“{name}”是{}中的哪一个？请写全称再试", units.join("、")),
        Meant::Nobody => Ok(name.to_owned()),
    };
    let names = names.map(meant).collect::<Result<Vec<_>>>()?;
    if names.is_empty() {
        bail!("没有写明单位，未作交办。请写名册上的名称或简称，例如 --units 省公安厅,省财政厅");
    }
    let request = Request { whom: Whom::Units(names), due, words: words.to_owned() };
    let asked = assigning::rows::asked(tx, &request).await?;
    if let Some(why) = sentences::nobody_because(&asked) {
        bail!("{why}");
    }
    let (_, number) = assigning::rows::assign(tx, &asked.item(words, due), Actor::Operator).await?;
    let (units, count): (Vec<&str>, usize) =
        (asked.everybody().map(String::as_str).collect(), asked.everybody().count());
    Ok(format!("已交办第{number}项：{words}（{due}前），{count} 个单位：{}", units.join("、")))
}

/// The task with this number in the plan that is called so.
async fn standing(tx: &mut Tx, plan: &str, number: &str) -> Result<Standing> {
    let plan = plans::rows::open_called(tx, plan).await?;
    let called = Called { plan: Some(plan.id.0.to_string()), number: crate::understanding::task_number(number) };
    let task = assigning::rows::tasks::called(tx, &called).await?.into_iter().next();
    task.with_context(|| {
        let (title, number, id) = (plan.title, called.number, plan.id.0);
        format!("《{title}》没有进行中的第{number}项，未作更改。请核对序号，见 duban export 台账.xlsx --plan {id}")
    })
}

/// How one of several dates is named on the command line.
fn with_date(_number: &str, _date: &str) -> String {
    "--due 2026-06-30=2026-07-15".to_owned()
}

/// `2026-06-30=2026-07-15`, or the new date alone.
fn dates(text: &str) -> Result<Amend> {
    match text.split_once('=') {
        Some((old, new)) => Ok(Amend::Due { old: Some(day(old.trim())?), new: day(new.trim())? }),
        None => Ok(Amend::Due { old: None, new: day(text.trim())? }),
    }
}

async fn amended(
    tx: &mut Tx,
    standing: &Standing,
    amendment: &Amendment,
    reason: &str,
    on: NaiveDate,
) -> Result<String> {
    if reason.trim().is_empty() {
        bail!("请写明理由，未作更改");
    }
    let (task, reason) = (standing.task.id, Some(reason.trim()));
    assigning::rows::amending::amend(tx, task, amendment, reason, Actor::Operator).await?;
    Ok(sentences::amended_line(standing, amendment, on))
}
