//! 问题: what reports say of problems, how these stand, and what became of each.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::history::{Entry, What};
use crate::office::ids::{ChatId, DutyId, PersonId, ProblemId};
use crate::problems::{Change, Ending, Problem, Standing, Word, sameness, stand_after};
use crate::reporting::Record;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};

/// The [`sameness`] of the words that no problem is left.
const NONE_LEFT: &str = "";

pub async fn carry_out(tx: &mut Tx, change: &Change, person: PersonId) -> Result<()> {
    match change {
        Change::End { duty, problem, how, words } => {
            end_problem(tx, *duty, *problem, *how, words.as_deref(), person).await
        }
    }
}

/// Everything that was said of a duty's problems, with what is needed to keep them.
#[derive(Default)]
struct Said {
    words: Vec<Word>,
    /// The wording of what is named, when it was sent and by whom.
    wordings: HashMap<(String, i64), Wording>,
}

struct Wording {
    what: String,
    sent_at: DateTime<Utc>,
    person: i64,
}

/// A problem with what became of it.
pub struct HeldProblem {
    pub id: i64,
    pub plan_id: i64,
    /// Its title.
    pub plan: String,
    /// The task's number.
    pub task: String,
    pub unit: String,
    pub what: String,
    /// The report that raised it.
    pub report: i64,
    pub raised_at: DateTime<Utc>,
    /// `None` while it is open.
    pub ending: Option<Ending>,
    pub ended_at: Option<DateTime<Utc>>,
    pub answer: Option<String>,
}

/// The problems of duties that are open, oldest first; those of one report in the order in which it names them.
pub async fn open_problems(tx: &mut Tx, wanted: &str) -> Result<HashMap<i64, Vec<Problem>>> {
    let rows = sqlx::query!(
        r#"select id, duty_id, what, raised_at as "raised_at: DateTime<Utc>" from problem
           where state = 'open'
             and duty_id in (select value from json_each(?))
           order by raised_at, (select word.rowid from problem_word word
                                where word.report_id = problem.report_id and word.same = problem.same), id"#,
        wanted
    );
    let mut problems: HashMap<i64, Vec<Problem>> = HashMap::new();
    for row in rows.fetch_all(tx.connection()).await? {
        let problem = Problem { id: ProblemId(row.id), what: row.what, raised_at: row.raised_at };
        problems.entry(row.duty_id).or_default().push(problem);
    }
    Ok(problems)
}

/// Keeps what a report, or a new version of it, says of problems.
pub async fn hear_problems(tx: &mut Tx, report: i64, record: &Record) -> Result<()> {
    let mut said: Vec<(String, &str)> =
        record.item.problems.iter().map(|what| (sameness(what), what.as_str())).collect();
    if record.item.problems_over {
        said.push((NONE_LEFT.to_owned(), ""));
    }
    let before = sqlx::query_scalar!("select same from problem_word where report_id = ?", report);
    let before: BTreeSet<String> = before.fetch_all(tx.connection()).await?.into_iter().collect();
    if said.is_empty() && before.is_empty() {
        return Ok(());
    }
    for gone in before.iter().filter(|same| !said.iter().any(|(kept, _)| kept == *same)) {
        let forget = sqlx::query!("delete from problem_word where report_id = ? and same = ?", report, gone);
        forget.execute(tx.connection()).await?;
    }
    for (same, what) in said {
        let keep = sqlx::query!(
            "insert into problem_word (report_id, same, what, entry)
             values (?, ?, ?, (select coalesce(max(seq), 0) from ledger)) on conflict do nothing",
            report,
            same,
            what
        );
        keep.execute(tx.connection()).await?;
    }
    settle_problems(tx, record.duty, Some(record.person)).await
}

/// Forgets what a report that is withdrawn said of problems.
pub async fn unhear_problems(tx: &mut Tx, chat: ChatId, message_id: i64, duty: DutyId, by: Actor) -> Result<()> {
    let forget = sqlx::query!(
        "delete from problem_word
         where report_id in (select id from report where chat_id = ? and message_id = ? and duty_id = ?)",
        chat.0,
        message_id,
        duty.0
    );
    let forgotten = forget.execute(tx.connection()).await?.rows_affected();
    let by = match by {
        Actor::Person(person) => Some(person),
        Actor::Bot | Actor::Operator => None,
    };
    if forgotten == 0 { Ok(()) } else { settle_problems(tx, duty, by).await }
}

/// A problem is answered, closed or taken back. `words` is the answer.
pub async fn end_problem(
    tx: &mut Tx,
    duty: DutyId,
    problem: ProblemId,
    how: Ending,
    words: Option<&str>,
    person: PersonId,
) -> Result<()> {
    let what = sqlx::query_scalar!("select what from problem where id = ?", problem.0);
    let what = what.fetch_one(tx.connection()).await?;
    let body = json!({ "duty": duty, "problem": problem, "what": what, "ending": how, "words": words });
    ledger::note(tx, Actor::Person(person), "problem_ended", body).await?;
    let (kind, now) = (how.key(), tx.now);
    let insert = sqlx::query!(
        "insert into problem_step (problem_id, kind, person_id, words, at, entry)
         values (?, ?, ?, ?, ?, (select max(seq) from ledger))",
        problem.0,
        kind,
        person.0,
        words,
        now
    );
    insert.execute(tx.connection()).await?;
    settle_problems(tx, duty, Some(person)).await
}

/// Brings the problems of a duty in line with all that was said of them. `by`: whose words made the difference.
pub async fn settle_problems(tx: &mut Tx, duty: DutyId, by: Option<PersonId>) -> Result<()> {
    let said = said_of_problems(tx, duty).await?;
    let standing = stand_after(&said.words);
    let held = sqlx::query!("select id, same, state, report_id from problem where duty_id = ?", duty.0);
    let held = held.fetch_all(tx.connection()).await?;
    for problem in &held {
        let ends = match standing.get(problem.same.as_str()) {
            Some(Standing::Open { .. }) => continue,
            Some(Standing::Ended(how)) => how.key(),
            Some(Standing::Over) | None => Ending::Withdrawn.key(),
        };
        if problem.state == ends {
            continue;
        }
        let settle = sqlx::query!("update problem set state = ? where id = ?", ends, problem.id);
        settle.execute(tx.connection()).await?;
        if !matches!(standing.get(problem.same.as_str()), Some(Standing::Ended(_))) {
            add_problem_step(tx, problem.id, "withdrawn", by.map(|person| person.0)).await?;
        }
    }
    for (same, standing) in &standing {
        let Standing::Open { report } = standing else { continue };
        let Some(wording) = said.wordings.get(&((*same).to_owned(), *report)) else { continue };
        let known = held.iter().find(|problem| problem.same == *same);
        if known.is_some_and(|problem| problem.state == "open" && problem.report_id == *report) {
            continue;
        }
        let raise = sqlx::query_scalar!(
            r#"insert into problem (duty_id, same, what, report_id, raised_at, state) values (?, ?, ?, ?, ?, 'open')
               on conflict (duty_id, same) do update set what = excluded.what, report_id = excluded.report_id,
                   raised_at = excluded.raised_at, state = 'open'
               returning id as "id!""#,
            duty.0,
            *same,
            wording.what,
            report,
            wording.sent_at
        );
        let id = raise.fetch_one(tx.connection()).await?;
        if known.is_none_or(|problem| problem.state != "open") {
            add_problem_step(tx, id, "raised", Some(wording.person)).await?;
        }
    }
    Ok(())
}

async fn add_problem_step(tx: &mut Tx, problem: i64, kind: &str, person: Option<i64>) -> Result<()> {
    let now = tx.now;
    let insert = sqlx::query!(
        "insert into problem_step (problem_id, kind, person_id, at) values (?, ?, ?, ?)",
        problem,
        kind,
        person,
        now
    );
    insert.execute(tx.connection()).await?;
    Ok(())
}

/// The problems of a duty that are open because of one report alone.
pub async fn raised_alone_by(tx: &mut Tx, duty: DutyId, report: i64) -> Result<Vec<String>> {
    let said = said_of_problems(tx, duty).await?;
    let names = |word: &&Word| matches!(word, Word::Named { report: by, .. } if *by == report);
    let without: Vec<Word> = said.words.iter().filter(|word| !names(word)).cloned().collect();
    let (standing, without) = (stand_after(&said.words), stand_after(&without));
    let is_open = |standing: Option<&Standing>| matches!(standing, Some(Standing::Open { .. }));
    let alone = standing.iter().filter(|(same, standing)| is_open(Some(standing)) && !is_open(without.get(**same)));
    Ok(alone.map(|(same, _)| (*same).to_owned()).collect())
}

/// What live reports and people said of a duty's problems, in the order in which it became known.
async fn said_of_problems(tx: &mut Tx, duty: DutyId) -> Result<Said> {
    let rows = sqlx::query!(
        r#"select entry as "entry!: i64", same as "same!: String", 'named' as "kind!: String",
               report_id as "report?: i64", what as "what?: String",
               coalesce((select min(version.reported_at) from report_version version, json_each(version.problems) told
                         where version.report_id = report.id and told.value = what),
                   reported_at) as "sent_at?: DateTime<Utc>",
               person_id as "person?: i64"
           from problem_word join report on report.id = report_id
           where duty_id = ?1 and withdrawn_at is null
           union all
           select entry, same, kind, null, null, null, null
           from problem_step step join problem on problem.id = problem_id
           where duty_id = ?1 and entry is not null
           order by 1, 2"#,
        duty.0
    );
    let mut said = Said::default();
    for row in rows.fetch_all(tx.connection()).await? {
        match (row.report, Ending::from_key(&row.kind)) {
            (Some(_), _) if row.same == NONE_LEFT => said.words.push(Word::NoneLeft),
            (Some(report), _) => {
                said.words.push(Word::Named { same: row.same.clone(), report });
                if let (Some(what), Some(sent_at), Some(person)) = (row.what, row.sent_at, row.person) {
                    said.wordings.insert((row.same, report), Wording { what, sent_at, person });
                }
            }
            (None, Some(how)) => said.words.push(Word::Ended { same: row.same, how }),
            (None, None) => {}
        }
    }
    Ok(said)
}

pub async fn problems_in_history(tx: &mut Tx, duties: &str) -> Result<Vec<Entry>> {
    let rows = sqlx::query!(
        r#"select task.number, plan.title as plan, unit.name as unit, person.name as "person?", step.at as "at: DateTime<Utc>", step.kind,
               problem.what, step.words
           from problem_step step join problem on problem.id = problem_id
           join duty on duty.id = duty_id join task on task.id = task_id join plan on plan.id = task.plan_id join unit on unit.id = duty.unit_id
           left join person on person.id = step.person_id
           where problem.duty_id in (select value from json_each(?))
           order by step.id"#,
        duties
    );
    let rows = rows.fetch_all(tx.connection()).await?;
    let entries = rows.into_iter().map(|row| Entry {
        at: row.at,
        task: row.number,
        plan: Some(row.plan),
        unit: row.unit,
        person: row.person.unwrap_or_default(),
        what: What::Problem { what: row.what, ending: Ending::from_key(&row.kind), answer: row.words },
    });
    Ok(entries.collect())
}

/// Problems of all times, after the one with this number, each with what became of it at last.
pub async fn problems_after(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<HeldProblem>> {
    let rows = sqlx::query!(
        r#"select problem.id as "id!", plan.id as "plan_id!", plan.title as plan, task.number as task, unit.name as unit, what, report_id, state,
               raised_at as "raised_at: DateTime<Utc>", step.at as "ended_at?: DateTime<Utc>", step.words as "answer?"
           from problem join duty on duty.id = duty_id join task on task.id = task_id join plan on plan.id = plan_id
           join unit on unit.id = duty.unit_id
           left join problem_step step on state <> 'open'
               and step.id = (select max(id) from problem_step where problem_id = problem.id)
           where problem.id > ?1 order by problem.id limit ?2"#,
        after,
        limit
    );
    let rows = rows.fetch_all(tx.connection()).await?.into_iter();
    let held = rows.map(|row| HeldProblem {
        id: row.id,
        plan_id: row.plan_id,
        plan: row.plan,
        task: row.task,
        unit: row.unit,
        what: row.what,
        report: row.report_id,
        raised_at: row.raised_at,
        ending: Ending::from_key(&row.state),
        ended_at: row.ended_at,
        answer: row.answer,
    });
    Ok(held.collect())
}

/// How many duties have problems that stand otherwise than was said of them, and how many endings the ledger has not.
pub async fn problems_unlike_what_was_said(tx: &mut Tx) -> Result<i64> {
    let duties = sqlx::query_scalar!(
        "select duty_id from problem union
         select duty_id from problem_word join report on report.id = report_id where withdrawn_at is null"
    );
    let mut strays = 0;
    for duty in duties.fetch_all(tx.connection()).await? {
        let said = said_of_problems(tx, DutyId(duty)).await?;
        let open = stand_after(&said.words).into_iter().filter(|(_, how)| matches!(how, Standing::Open { .. }));
        let open: BTreeSet<String> = open.map(|(same, _)| same.to_owned()).collect();
        let held = sqlx::query_scalar!("select same from problem where duty_id = ? and state = 'open'", duty);
        let held: BTreeSet<String> = held.fetch_all(tx.connection()).await?.into_iter().collect();
        strays += i64::from(open != held);
    }
    let endings = sqlx::query_scalar!(
        r#"with noted as (
               select seq, body ->> 'problem' as problem, body ->> 'ending' as ending, body ->> 'words' as words
               from ledger where kind = 'problem_ended' and seq not in (
                   select body ->> 'ended_in' from ledger where kind = 'problem_reopened')),
           held as (select entry, problem_id, kind, words from problem_step where entry is not null)
           select (select count(*) from (select * from held except select * from noted))
                + (select count(*) from (select * from noted except select * from held)) as "count!: i64""#
    );
    Ok(strays + endings.fetch_one(tx.connection()).await?)
}
