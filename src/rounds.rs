//! What the schedule says in one round: it is prepared from a view beside the writer, and written in pieces, so that nobody's
//! answer waits for all of it. Each chat gets it once, so a round that was broken off goes on with those who are left.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::assigning::announced::announce;
use crate::briefing::Meeting;
use crate::briefing::sentences::Briefing;
use crate::chat::words;
use crate::chat::words::Words;
use crate::inspections::{Inspection, end_those_over};
use crate::office::figures;
use crate::office::moment::Moment;
use crate::office::policy::Policy;
use crate::office::rows;
use crate::office::rows::{Which, escalations};
use crate::reminding::digest::Digest;
use crate::reminding::item::Recipient;
use crate::reminding::progress_call::Asked;
use crate::reminding::slot::{Due, Part, Served};
use crate::schedule::calendar::Calendar;
use crate::store::ledger::Actor;
use crate::store::{Result, Tx};
use crate::{assigning, briefing, contacts, inspections, log, reminding, settings};

/// A part of the schedule that is due.
pub struct Round {
    part: Part,
    due: Due,
    served: Served,
}

/// What a round says, in the order in which it goes out.
#[derive(Default)]
pub struct Said {
    pub messages: Vec<Message>,
    /// When the last outage ended, and what is said of it.
    pub outage: Option<(DateTime<Utc>, String)>,
    /// Inspections that end by themselves.
    ended: Vec<Inspection>,
}

/// A digest or a briefing, in words.
pub enum Message {
    Digest(Box<Digest>, Vec<Words>),
    Briefing(Vec<Words>),
}

/// What is to be said now of a part of the schedule. One that was never served begins to be.
pub async fn due(tx: &mut Tx, part: Part, policy: &Policy, calendar: &Calendar) -> Result<Option<Round>> {
    let Some(served) = reminding::rows::served::served(tx, part).await? else {
        begin_to_serve(tx, part).await?;
        return Ok(None);
    };
    let Some(due) = reminding::slot::due(part, policy, calendar, served, tx.now) else { return Ok(None) };
    match part {
        Part::Digest => {}
        // A briefing that was missed is made up for on its day, unless that day brought another catch-up; else the
        // next one speaks for both weeks.
        Part::Briefing if is_worth_making_up(tx, &due, policy).await? => {}
        Part::Briefing => return Ok(None),
    }
    Ok(Some(Round { part, due, served }))
}

/// Nothing is made up for that lies before the bot's first look, but a slot that has just come counts.
pub async fn begin_to_serve(tx: &mut Tx, part: Part) -> Result<()> {
    reminding::rows::served::set_served(
        tx,
        part,
        Served { up_to: tx.now - reminding::slot::PUNCTUAL, spoken_for: None },
    )
    .await
}

async fn is_worth_making_up(tx: &mut Tx, due: &Due, policy: &Policy) -> Result<bool> {
    let today = due.window.slot.day;
    let same_day = due.planned_for.with_timezone(&policy.timezone).date_naive() == today;
    Ok(!due.late || (same_day && !reminding::rows::has_made_up_on(tx, today, reminding::slot::PUNCTUAL).await?))
}

/// What a round says as things stand; nothing is written.
pub async fn prepare(tx: &mut Tx, round: &Round, policy: &Policy, calendar: &Calendar) -> Result<Said> {
    match round.part {
        Part::Digest => digests(tx, &round.due, policy, calendar).await,
        Part::Briefing => briefing(tx, &round.due, round.served.up_to, policy, calendar).await,
    }
}

async fn digests(tx: &mut Tx, due: &Due, policy: &Policy, calendar: &Calendar) -> Result<Said> {
    let untold = assigning::rows::announcing::untold(tx).await?;
    let duties = if Asked::within(due.window, policy, calendar).asks_anybody() {
        rows::duties(tx, Which::All).await?
    } else {
        // Of a large office most have nothing to hear on most days.

        let mut tasks = reminding::rows::named::tasks_named(tx, due.window, policy, calendar).await?;
        tasks.extend(untold.iter().map(|one| one.task.id));
        rows::duties(tx, Which::In(&tasks)).await?
    };
    let zone = policy.timezone;
    let away = settings::rows::outage(tx).await?;
    let away = away.map(|(from, to)| (to, reminding::sentences::was_away(from, to, zone)));
    let restored = settings::rows::restored::restored(tx).await?;
    let restored = restored.map(|(from, to)| (to, reminding::sentences::was_restored(from, to, zone)));
    // The later one was the longer silence, or came on top of it.
    let outage = away.max(restored);
    let day = due.window.slot.day;
    let mut inspections = inspections::rows::open_inspections(tx).await?;
    end_those_over(&mut inspections, day, policy, calendar);
    let mut digests = reminding::rules::digests(&duties, &inspections, due.window, policy, calendar);
    announce(&mut digests, &untold, &duties);
    // Sending them all may take minutes; whose day it is hears first.
    digests.sort_by_key(|digest| !digest.is_due_today());
    let mut messages = Vec::with_capacity(digests.len());
    for digest in digests {
        let words = words_of(tx, &digest, day, (policy, calendar), due.late).await?;
        messages.push(Message::Digest(Box::new(digest), words));
    }
    inspections.retain(|one| !one.is_open());
    Ok(Said { messages, outage, ended: inspections })
}

/// `since`: up to when the last briefing told.
async fn briefing(tx: &mut Tx, due: &Due, since: DateTime<Utc>, policy: &Policy, calendar: &Calendar) -> Result<Said> {
    let duties = rows::duties(tx, Which::All).await?;
    if duties.is_empty() {
        return Ok(Said::default());
    }
    let moment = Moment::of(tx.now, policy, calendar);
    let unassigned = rows::unassigned_tasks(tx).await?;
    let (figures, since) = (&figures::of(&duties, &unassigned, moment), &briefing::rows::since(tx, since).await?);
    let briefing = Briefing {
        meeting: Meeting { figures, since },
        office: policy.letterhead.office.as_deref(),
        weekly: true,
        made_up_for: due.late,
        only_weekends: (!calendar.knows(moment.today.year())).then_some(&policy.weekend),
    };
    Ok(Said { messages: vec![Message::Briefing(briefing.words())], ..Said::default() })
}

/// What units are told bears the office's name, and calls their contacts where it presses.
pub async fn words_of(
    tx: &mut Tx,
    digest: &Digest,
    day: NaiveDate,
    (policy, calendar): (&Policy, &Calendar),
    late: bool,
) -> Result<Vec<Words>> {
    let mentioned = match &digest.to {
        Recipient::Unit(unit) if policy.mention.calls_for(digest, day, calendar) => {
            contacts::rows::mentionable(tx, Some(unit.id)).await?.remove(&unit.id).unwrap_or_default()
        }
        Recipient::Unit(_) | Recipient::Coordinators => Vec::new(),
    };
    let words = reminding::sentences::words(digest, day, policy.timezone, late, &mentioned);
    match digest.to {
        Recipient::Unit(_) => Ok(words::signed(words, policy.letterhead.office.as_deref())),
        Recipient::Coordinators => Ok(words),
    }
}

/// Writes a piece of what a round says, each to chats that have not had it on this day.
pub async fn say(
    tx: &mut Tx,
    round: &Round,
    messages: &[Message],
    outage: Option<&(DateTime<Utc>, String)>,
    settings: (&Policy, &Calendar),
) -> Result<()> {
    for message in messages {
        match message {
            Message::Digest(digest, words) => match without_vain_news(tx, digest).await? {
                None => reminding::rows::remind(tx, digest, words.clone(), &round.due, outage).await?,
                Some(left) if left.is_empty() => {}
                Some(left) => {
                    let words = words_of(tx, &left, round.due.window.slot.day, settings, round.due.late).await?;
                    reminding::rows::remind(tx, &left, words, &round.due, outage).await?;
                }
            },
            Message::Briefing(words) => reminding::rows::brief(tx, words, &round.due).await?,
        }
    }
    Ok(())
}

/// What is left of a digest whose news has been taken back or replaced since it was prepared; `None` where all of it holds.
async fn without_vain_news(tx: &mut Tx, digest: &Digest) -> Result<Option<Digest>> {
    let Recipient::Unit(unit) = &digest.to else { return Ok(None) };
    let mut announced = Vec::with_capacity(digest.announced.len());
    for one in &digest.announced {
        if assigning::rows::announcing::is_untold(tx, one.change, unit.id).await? {
            announced.push(one.clone());
        }
    }
    let holds = announced.len() == digest.announced.len();
    Ok((!holds).then(|| Digest { announced, ..digest.clone() }))
}

/// Once all of it is written.
pub async fn finish(tx: &mut Tx, round: &Round, said: &Said) -> Result<()> {
    let (part, due) = (round.part, &round.due);
    // Not piece by piece: a round that breaks off is prepared anew, and would leave out what some have not been told yet.
    for message in &said.messages {
        if let Message::Digest(digest, _) = message {
            escalations::note_escalations(tx, &digest.items, due.window.slot.day).await?;
        }
    }
    for ended in &said.ended {
        inspections::rows::close_inspection(tx, ended.id, due.window.slot.day, Actor::Bot).await?;
    }
    let planned_for = log::office_time(due.planned_for);
    tracing::info!(part = part.key(), planned_for, late = due.late, "已按计划生成提醒");
    let spoken_for = Some(due.window.slot.day);
    reminding::rows::served::set_served(tx, part, Served { up_to: due.planned_for, spoken_for }).await
}
