//! `duban understand`: what the bot would make of words, and why.

use anyhow::{Result, bail};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::cli::say::{print_json, say};
use crate::cli::today;
use crate::office::plan_names::NamedPlan;
use crate::office::policy::Policy;
use crate::office::rows;
use crate::office::rows::Which;
use crate::office::rows::namesakes;
use crate::store::{Store, Tx, path_of};
use crate::understanding::{
    Explained, Item, Named, Understanding, Why, explain, parts, task_number, understand_by_plan,
    understand_coordinator, why_so,
};
use crate::{roll, settings};

/// What `duban understand` is asked.
pub struct Asked {
    pub text: String,
    pub tasks: Vec<String>,
    pub on: Option<NaiveDate>,
    pub as_coordinator: bool,
    /// Whose tasks are meant; where none is named, any unit's.
    pub unit: Option<String>,
    pub why: bool,
}

/// What is printed as JSON: the reading, and with `--why` what it stands on.
#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    understanding: Understanding,
    #[serde(flatten)]
    why: Option<Why>,
}

/// Works without a database; with one, its roll, its time zone and the words of its tasks count.
pub async fn understand(database: &str, asked: Asked, json: bool, now: DateTime<Utc>) -> Result<()> {
    let mut named = Named::by_numbers(&asked.tasks.iter().map(|task| task_number(task)).collect::<Vec<_>>());
    let store = if path_of(database)?.exists() { Some(Store::open(database).await?) } else { None };
    let (roll, policy, plans) = if let Some(store) = &store {
        let mut tx = store.read(now).await?;
        if let Some(unit) = &asked.unit
            && roll::rows::find_unit(&mut tx, unit).await?.is_none()
        {
            bail!("名册上没有“{unit}”。请用 duban unit list 查看");
        }
        for task in &mut named {
            let which = Which::Named { number: Some(&task.number), unit: asked.unit.as_deref() };
            let duties = rows::duties(&mut tx, which).await?;
            if let Some(duty) = duties.first() {
                (task.text, task.plan) = (duty.task.text.clone(), duty.plan.clone());
            }
        }
        let plans = namesakes::plan_names(&mut tx).await?.several();
        let policy = settings::rows::policy::policy(&mut tx).await?;
        (roll::rows::names_on_roll(&mut tx).await?, policy, plans)
    } else {
        (Vec::new(), Policy::default(), Vec::new())
    };
    let on = asked.on.unwrap_or_else(|| today(now, &policy));
    let mut understanding = if asked.as_coordinator {
        understand_coordinator(&asked.text, &roll, on)
    } else {
        understand_by_plan(&asked.text, &named, &plans, on)
    };
    if let Some(store) = &store {
        name_plans(&mut store.read(now).await?, &mut understanding.items, asked.unit.as_deref(), &plans).await?;
    }
    let why = asked.why.then(|| {
        if asked.as_coordinator {
            return why_so(&asked.text, &understanding, &roll, on);
        }
        let explained = parts(&asked.text, &plans).into_iter().map(|part| explain(&part.text, &named, on));
        explained.fold(Why::default(), |mut all, part| {
            all.facts.extend(part.facts);
            all.unexplained.extend(part.unexplained);
            all
        })
    });
    if json {
        return print_json(&Answer { understanding, why });
    }
    say!("{}", describe(&understanding))?;
    for line in why.iter().flat_map(|why| reasons(why, &asked.text)) {
        say!("{line}")?;
    }
    Ok(())
}

/// The plan of each task whose number only one of several plans has, or one of those in which the unit has a part.
async fn name_plans(tx: &mut Tx, items: &mut [Item], unit: Option<&str>, plans: &[NamedPlan]) -> Result<()> {
    for item in items.iter_mut().filter(|item| item.plan.is_none() && !plans.is_empty()) {
        let Some(number) = &item.task else { continue };
        let mut named: Vec<Option<String>> = rows::duties(tx, Which::Named { number: Some(number), unit })
            .await?
            .into_iter()
            .map(|duty| duty.plan_name)
            .collect();
        named.sort();
        named.dedup();
        if let [Some(only)] = named.as_slice() {
            item.plan = Some(only.clone());
        }
    }
    Ok(())
}

fn describe(understanding: &Understanding) -> String {
    let items = understanding.items.iter().map(|item| {
        let said = [
            item.plan.clone(),
            item.task.as_ref().map_or(Some("哪一项不明".to_owned()), |task| Some(format!("第{task}项"))),
            item.status.map(|status| status.label().to_owned()),
            item.percent.map(|percent| format!("{percent}%")),
            item.unchanged.then(|| "无变化".to_owned()),
            item.milestone.map(|due| format!("{due}时限已完成")),
            item.whole.then(|| "整项".to_owned()),
            item.extend_to.map(|date| format!("延期至{date}")),
            (!item.problems.is_empty()).then(|| format!("问题：{}", item.problems.join("；"))),
            item.problems_over.then(|| "原有问题已解决".to_owned()),
            (!item.practices.is_empty()).then(|| format!("经验：{}", item.practices.join("；"))),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join("，")
    });
    let query = understanding.query.as_ref().map(|query| {
        let date = |what: &str, date: Option<NaiveDate>| date.map(|date| format!("{what}{date}"));
        let said = [
            Some(query.kind.label().to_owned()),
            query.task.as_ref().map(|task| format!("第{task}项")),
            query.unit.clone(),
            date("从", query.from),
            date("到", query.to),
            query.text.clone(),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join("，")
    });
    std::iter::once(understanding.intent.label().to_owned()).chain(items).chain(query).collect::<Vec<_>>().join("\n")
}

/// A line a fact: its words, what they are taken for, and the rule; then what no fact explains.
fn reasons(why: &Why, text: &str) -> Vec<String> {
    let words = |from: usize, to: usize| text.chars().skip(from).take(to - from).collect::<String>();
    let facts = why.facts.iter().map(|fact| {
        let Explained { from, to, what, rule } = fact;
        format!("  {from}–{to} “{}”：{what}（{rule}）", words(*from, *to))
    });
    let unexplained = why.unexplained.iter().map(|words| format!("  未能解释：“{words}”"));
    facts.chain(unexplained).collect()
}
