//! 交办: what is proposed, and the standing plan that holds what was assigned.

pub mod amending;
pub mod announcing;
pub mod notices;
pub mod past;
pub mod tasks;

use chrono::NaiveDate;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::assigning::{Asked, Change, Item, Known, PLAN, Proposal, Request, Wanted, Whom};
use crate::importing::rows::tasks::add_task;
use crate::office::ids::{AssignmentId, ChatId, PersonId, TaskId};
use crate::office::place::Place;
use crate::office::plan::{Draft, DraftMilestone, DraftTask, MilestoneKind, Mode};
use crate::schedule::deadline;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx, ledger};
use crate::{reminding, roll};

pub async fn carry_out(tx: &mut Tx, change: &Change, chat: ChatId, person: PersonId) -> Result<()> {
    let by = Actor::Person(person);
    match change {
        Change::Propose { message_id, item } => propose(tx, (chat, *message_id), item, person).await,
        Change::Assign(id) => assign_proposed(tx, *id, by).await,
        Change::Amend { task, amendment, reason } => amending::amend(tx, *task, amendment, reason.as_deref(), by).await,
    }
}

pub async fn known(tx: &mut Tx, wanted: &Wanted, place: &Place) -> Result<Known> {
    let mut known = Known::default();
    if !place.is_for_coordinators() && !place.speaker_is_coordinator() {
        return Ok(known);
    }
    match wanted {
        Wanted::Unread { .. } => {}
        Wanted::Propose { request, .. } => {
            known.asked = asked(tx, request).await?;
            known.units_with_chat = reminding::rows::reached::units_with_chat(tx).await?;
        }
        Wanted::ProposeNotice { draft, .. } => {
            if let Some(task) = draft.tasks.first() {
                known.asked = notices::asked_in(tx, task).await?;
            }
            known.units_with_chat = reminding::rows::reached::units_with_chat(tx).await?;
        }
        Wanted::Assign { message_id } => {
            known.proposal = proposal(tx, place.chat.id, *message_id).await?;
            known.next_number = next_number(tx).await?;
        }
        Wanted::Amend { called, .. } | Wanted::Drop { called, .. } => {
            known.tasks = tasks::called(tx, called).await?;
        }
        Wanted::Restore { task } => known.tasks = tasks::restorable(tx, *task).await?,
    }
    Ok(known)
}

/// Whom a request means.
pub async fn asked(tx: &mut Tx, request: &Request) -> Result<Asked> {
    match &request.whom {
        Whom::All => everybody(tx).await,
        Whom::Units(names) => named(tx, names).await,
    }
}

/// Every single unit on the roll that nobody has taken over.
async fn everybody(tx: &mut Tx) -> Result<Asked> {
    let units = sqlx::query_scalar!(
        "select name from unit where collective = 0 and successor_id is null
           and not exists (select 1 from unit_member where collective_id = unit.id) order by id"
    );
    Ok(Asked { units: units.fetch_all(tx.connection()).await?, ..Asked::default() })
}

async fn named(tx: &mut Tx, names: &[String]) -> Result<Asked> {
    let mut asked = Asked::default();
    for name in names {
        let Some(unit) = roll::rows::find_unit(tx, name).await? else {
            let near = roll::near::nearest(name, &roll::rows::names_on_roll(tx).await?);
            asked.unknown.push((name.clone(), near));
            continue;
        };
        let row = sqlx::query!(
            r#"select collective as "collective!: bool",
                   (select json_group_array(member.name) from unit_member join unit member on member.id = member_id
                    where collective_id = unit.id and member.successor_id is null) as "members!: String"
               from unit where id = ?"#,
            unit.id.0
        );
        let row = row.fetch_one(tx.connection()).await?;
        let members: Vec<String> = serde_json::from_str(&row.members)?;
        match (row.collective, members.is_empty()) {
            (false, true) => add(&mut asked.units, unit.name),
            (_, false) => {
                members.into_iter().for_each(|member| add(&mut asked.members, member));
                add(&mut asked.collectives, unit.name);
            }
            (true, true) => add(&mut asked.empty, unit.name),
        }
    }
    let Asked { units, members, .. } = &mut asked;
    members.retain(|member| !units.contains(member));
    Ok(asked)
}

fn add(names: &mut Vec<String>, name: String) {
    if !names.contains(&name) {
        names.push(name);
    }
}

pub async fn propose(tx: &mut Tx, (chat, message_id): (ChatId, i64), item: &Item, person: PersonId) -> Result<()> {
    let item = serde_json::to_string(item)?;
    let propose = sqlx::query!(
        "insert into assignment (chat_id, message_id, person_id, item) values (?, ?, ?, ?) on conflict do nothing",
        chat.0,
        message_id,
        person.0,
        item
    );
    propose.execute(tx.connection()).await?;
    Ok(())
}

async fn proposal(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Option<Proposal>> {
    let row = sqlx::query!(
        r#"select id as "id!", item, task_id from assignment where chat_id = ? and message_id = ?"#,
        chat.0,
        message_id
    );
    let Some(row) = row.fetch_optional(tx.connection()).await? else { return Ok(None) };
    let item = serde_json::from_str(&row.item)?;
    Ok(Some(Proposal { id: AssignmentId(row.id), item, task: row.task_id.map(TaskId) }))
}

/// Makes a task of what was proposed.
pub async fn assign_proposed(tx: &mut Tx, id: AssignmentId, by: Actor) -> Result<()> {
    let item = sqlx::query_scalar!("select item from assignment where id = ? and task_id is null", id.0);
    let Some(item) = item.fetch_optional(tx.connection()).await? else { return Ok(()) };
    let (task, _) = assign(tx, &serde_json::from_str(&item)?, by).await?;
    let note = sqlx::query!("update assignment set task_id = ? where id = ?", task.0, id.0);
    note.execute(tx.connection()).await?;
    Ok(())
}

/// Makes a task of an item; its number.
pub async fn assign(tx: &mut Tx, item: &Item, by: Actor) -> Result<(TaskId, String)> {
    let (plan, number) = (standing_plan(tx).await?, next_number(tx).await?);
    let several = item.units.len() + item.collectives.len() > 1;
    let task = DraftTask {
        number: number.clone(),
        section: None,
        text: item.words.clone(),
        leads: Vec::new(),
        responsible: item.units.clone(),
        supporting: Vec::new(),
        collectives: item.collectives.clone(),
        mode: if several { Mode::Joint } else { Mode::Sole },
        milestones: vec![until(item.due)],
        targets: Vec::new(),
        others: Vec::new(),
    };
    let position = sqlx::query_scalar!(r#"select count(*) as "count!: i64" from task where plan_id = ?"#, plan);
    let position = position.fetch_one(tx.connection()).await?;
    add_task(tx, plan, &[], position, &task).await?;
    roll::rows::collectives::expand_collectives(tx).await?;
    let id = sqlx::query_scalar!(
        r#"select id as "id!" from task where plan_id = ? and number = ? and ended_at is null"#,
        plan,
        number
    );
    let id = TaskId(id.fetch_one(tx.connection()).await?);
    renew_draft(tx).await?;
    let change = amending::note_change(tx, (id, "assigned"), (None, None, None), None, by).await?;
    announcing::announce(tx, change, id).await?;
    let body = json!({
        "task": id, "number": number, "text": item.words, "due": item.due, "units": item.units,
        "collectives": item.collectives,
    });
    ledger::note(tx, by, "task_assigned", body).await?;
    Ok((id, number))
}

/// `2019年9月30日前`
pub fn until(due: NaiveDate) -> DraftMilestone {
    let text = format!("{}前", deadline::in_words(due));
    DraftMilestone { text, kind: MilestoneKind::ByDate, due: Some(due), rule: None, scope: None, doubt: None }
}

/// The plan of all items, which begins with the first of them.
async fn standing_plan(tx: &mut Tx) -> Result<i64> {
    let plan = sqlx::query_scalar!(r#"select id as "id!" from plan where standing = 1"#);
    if let Some(plan) = plan.fetch_optional(tx.connection()).await? {
        return Ok(plan);
    }
    let (now, digest) = (tx.now, Sha256::digest(PLAN).to_vec());
    let draft = serde_json::to_string(&Draft { title: Some(PLAN.to_owned()), ..Draft::default() })?;
    // An office may have called another plan so before there were items.
    let insert = sqlx::query!(
        "insert into plan (code, title, source, digest, draft, imported_at, standing)
         values ((select ?1 where not exists (select 1 from plan where code = ?1)), ?1, ?1, ?2, ?3, ?4, 1)",
        PLAN,
        digest,
        draft,
        now
    );
    Ok(insert.execute(tx.connection()).await?.last_insert_rowid())
}

/// Numbers go on after those of all that stands, so that one number means one task.
pub async fn next_number(tx: &mut Tx) -> Result<String> {
    let next = sqlx::query_scalar!(
        r#"select coalesce(max(cast(number as integer)), 0) + 1 as "next!: i64"
           from task join plan on plan.id = plan_id
           where number <> '' and number not glob '*[^0-9]*'
             and (standing = 1 or (closed_at is null and ended_at is null))"#
    );
    Ok(next.fetch_one(tx.connection()).await?.to_string())
}

/// What the standing plan would say if it were a document.
pub async fn renew_draft(tx: &mut Tx) -> Result<()> {
    let rows = sqlx::query!(
        r#"select number, text, mode,
               (select json_group_array(name) from (select unit.name from task_unit join unit on unit.id = unit_id
                where task_id = task.id and role <> 'collective' order by position)) as "units!: String",
               (select json_group_array(name) from (select unit.name from task_unit join unit on unit.id = unit_id
                where task_id = task.id and role = 'collective' order by position)) as "collectives!: String",
               (select json_group_array(coalesce(moved_to, due)) from milestone
                where task_id = task.id and ended_at is null) as "dates!: String"
           from task join plan on plan.id = plan_id where standing = 1 and task.ended_at is null order by position"#
    );
    let mut draft = Draft { title: Some(PLAN.to_owned()), ..Draft::default() };
    for row in rows.fetch_all(tx.connection()).await? {
        let dates: Vec<NaiveDate> = serde_json::from_str(&row.dates)?;
        draft.tasks.push(DraftTask {
            number: row.number,
            section: None,
            text: row.text,
            leads: Vec::new(),
            responsible: serde_json::from_str(&row.units)?,
            supporting: Vec::new(),
            collectives: serde_json::from_str(&row.collectives)?,
            mode: serde_json::from_value(row.mode.into())?,
            milestones: dates.into_iter().map(until).collect(),
            targets: Vec::new(),
            others: Vec::new(),
        });
    }
    let draft = serde_json::to_string(&draft)?;
    let renew = sqlx::query!("update plan set draft = ? where standing = 1", draft);
    renew.execute(tx.connection()).await?;
    Ok(())
}
