//! THE STORY: what happens when something arrives, and when time passes. Read this first.
//!
//! Both flows run inside the caller's transaction and never wait for the network: what is to be sent goes into the
//! outbox, from where `deliver` takes it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use crate::assigning::announced::announce;
use crate::briefing::Meeting;
use crate::briefing::sentences::Briefing;
use crate::chat::incoming::{Event, Incoming, Reaches};
use crate::chat::words::Words;
use crate::chat::{refusals, undelivered, words};
use crate::deciding::change::Change;
use crate::deciding::facts::Facts;
use crate::deciding::{carrying_out, decide, gathering};
use crate::inspections::{Inspection, end_those_over};
use crate::intent::command::Paper;
use crate::intent::{Intent, reading};
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::mention::Mentioned;
use crate::office::moment::Moment;
use crate::office::place::Place;
use crate::office::policy::Policy;
use crate::office::rows::{Which, escalations};
use crate::office::{figures, rows};
use crate::paper::{board, timeline};
use crate::reminding::digest::Digest;
use crate::reminding::item::Recipient;
use crate::reminding::slot::{Due, Part, Served};
use crate::schedule::calendar::Calendar;
use crate::store::ledger::Actor;
use crate::store::posting::Claimed;
use crate::store::{Error, Result, SetAside, Tx, Update, buttons, delivery, inbox, outbox, people, unreachable};
use crate::telegram::{Me, read};
use crate::{
    assigning, awaiting, briefing, contacts, filing, holding, inspections, overtaken, reminding, reporting, settings,
    unheard,
};

/// What became of an update.
#[derive(Debug)]
pub enum Handled {
    Done,
    /// It answers a message of ours that is still being sent: to be looked at again once that is noted.
    NotYet,
    /// It says much, which is to be read outside the transaction first.
    Unread(Box<Unread>),
}

/// A long message in its place.
#[derive(Debug)]
pub struct Unread {
    incoming: Incoming,
    place: Place,
    username: String,
    moment: Moment,
}

/// What a long message says in its place.
#[derive(Debug)]
pub struct Reading {
    place: Place,
    intent: Intent,
}

impl Unread {
    /// Takes as long as the words are intricate.
    pub fn read(self) -> Reading {
        let intent = reading::of(&self.incoming, &self.place, &self.username, self.moment);
        Reading { place: self.place, intent }
    }
}

/// Words of so many characters are read at once.
const READ_AT_ONCE: usize = 200;

/// Where long words are read.
#[derive(Clone, Copy, Debug)]
pub enum Read<'a> {
    /// In the transaction.
    Here,
    /// Outside: without its reading a long message stays unread. A reading that was made in another place, because something
    /// was said meanwhile, is made anew.
    Apart(Option<&'a Reading>),
    /// In the transaction: they have waited for the speaker's registration.
    MadeUp,
}

/// An update becomes changes and answers.
pub async fn on_update(tx: &mut Tx, update: &Update, me: &Me, policy: &Policy, calendar: &Calendar) -> Result<Handled> {
    on_update_read(tx, update, me, (policy, calendar), Read::Here).await
}

/// The same, with long words read where `words` says.
pub async fn on_update_read(
    tx: &mut Tx,
    update: &Update,
    me: &Me,
    (policy, calendar): (&Policy, &Calendar),
    words: Read<'_>,
) -> Result<Handled> {
    let Some(mut incoming) = read::incoming(&update.raw, me).map_err(Error::unreadable)? else {
        return Ok(Handled::Done);
    };
    buttons::open_button(tx, &mut incoming).await?;
    let moment = Moment::of(tx.now, policy, calendar);
    let heard = match hear(tx, &incoming, me, (policy, moment), words).await? {
        Heard::Later(handled) => return Ok(handled),
        Heard::Now(heard) => heard,
    };
    let Now { reason, chat, toast, read_again, waits_for, registered } = *heard;
    tracing::info!(update = update.update_id, reason, "已处理");
    if let Event::Pressed { query_id, .. } = &incoming.event {
        outbox::post_toast(tx, chat, query_id, toast.as_deref().unwrap_or_default()).await?;
    }
    if let (Some(waits_for), Some(message_id)) = (waits_for, incoming.message_id()) {
        unheard::rows::keep(tx, waits_for, (chat, message_id), &update.raw).await?;
    }
    for (unit, person) in registered {
        for raw in unheard::rows::take(tx, unit, person).await? {
            let Some(waited) = read::incoming(&raw, me).map_err(Error::unreadable)? else { continue };
            hear(tx, &waited, me, (policy, moment), Read::MadeUp).await?;
        }
    }
    if let Some((message_id, words)) = read_again {
        hear(tx, &incoming.said_before(message_id, words, tx.now), me, (policy, moment), Read::Here).await?;
    }
    Ok(Handled::Done)
}

/// What came of something that was heard.
enum Heard {
    /// Nothing yet.
    Later(Handled),
    Now(Box<Now>),
}

struct Now {
    reason: &'static str,
    chat: ChatId,
    toast: Option<String>,
    /// The message whose words were no reason, and these words: they are read as they stand.
    read_again: Option<(i64, String)>,
    /// For which unit the words wait until the speaker is registered.
    waits_for: Option<(UnitId, PersonId)>,
    /// Who became a contact of which unit.
    registered: Vec<(UnitId, PersonId)>,
}

async fn hear(
    tx: &mut Tx,
    incoming: &Incoming,
    me: &Me,
    (policy, moment): (&Policy, Moment),
    words: Read<'_>,
) -> Result<Heard> {
    let (mut place, met) = people::place(tx, incoming).await?;
    (place.hearing, place.username) = (me.hearing(&place.chat), me.username.clone());
    if people::answers_what_is_being_sent(tx, &place, incoming).await? {
        return Ok(Heard::Later(Handled::NotYet));
    }
    let intent = match words {
        Read::Apart(Some(reading)) if reading.place == place => reading.intent.clone(),
        Read::Apart(None) if says_much(incoming, &place) => {
            let (incoming, username) = (incoming.clone(), me.username.clone());
            return Ok(Heard::Later(Handled::Unread(Box::new(Unread { incoming, place, username, moment }))));
        }
        Read::Apart(_) | Read::Here | Read::MadeUp => reading::of(incoming, &place, &me.username, moment),
    };
    awaiting::rows::forget_what_was_asked_last(tx, place.chat.id, &met, incoming).await?;
    gathering::go_where_it_was_said(tx, &intent, &mut place).await?;
    let intent = reporting::rows::on_behalf::speak_for_the_unit(tx, intent, &mut place, incoming).await?;
    let office = policy.letterhead.office.clone();
    let facts = gathering::facts(tx, &intent, (&place, &met), incoming, moment).await?;
    let made_up = matches!(words, Read::MadeUp);
    let facts = Facts { made_up, confirm: policy.confirm, mention: policy.mention, office, ..facts };
    let decision = decide::decide(&intent, &place, &facts, moment, incoming.message_id());
    carrying_out::carry_out(tx, &decision, &place, moment).await?;
    if met.was_unreachable || met.chat != place.chat.id {
        unreachable::tell_what_was_missed(tx, place.chat.id, moment).await?;
    }
    if let Some(paper) = decision.paper {
        let pages = match paper {
            Paper::Board => board::count(&filing::rows::contents(tx, moment, &policy.letterhead).await?),
            Paper::Timeline => timeline::count(&filing::rows::contents(tx, moment, &policy.letterhead).await?),
            Paper::Workbook
            | Paper::Bulletin
            | Paper::BulletinOf { .. }
            | Paper::Meeting
            | Paper::Draft(_)
            | Paper::Inspection { .. } => 1,
        };
        for page in 0..pages {
            match decision.paper_later {
                true => outbox::post_paper_later(tx, place.chat.id, paper, page).await?,
                false => outbox::post_paper(tx, place.chat.id, paper, page, incoming.message_id()).await?,
            }
        }
    }
    let read_again = match (&intent, facts.taken) {
        (Intent::NoReason { message_id }, Some(taken)) if !decision.changes.is_empty() => {
            Some((*message_id, taken.words))
        }
        _ => None,
    };
    let speaker = place.speaker.as_ref().map(|person| person.id);
    let registration = |change: &Change| match change {
        Change::RegisterContact { unit, person } => Some((*unit, *person)),
        _ => None,
    };
    Ok(Heard::Now(Box::new(Now {
        reason: decision.reason,
        chat: place.chat.id,
        toast: decision.toast,
        read_again,
        waits_for: place.unit.as_ref().filter(|_| decision.waits).map(|unit| unit.id).zip(speaker),
        registered: decision.changes.iter().filter_map(registration).collect(),
    })))
}

fn says_much(incoming: &Incoming, place: &Place) -> bool {
    let text = place.album.as_ref().map_or(incoming.text(), |album| &album.text);
    text.chars().nth(READ_AT_ONCE).is_some()
}

/// An update that could not be handled stays as it is; its sender and the coordinators are told.
pub async fn on_set_aside(
    tx: &mut Tx,
    update: &Update,
    set_aside: SetAside,
    me: &Me,
    opening: DateTime<Utc>,
) -> Result<()> {
    let source = read::source(&update.raw, me);
    if let Some(source) = &source {
        let words = match source.reaches {
            Reaches::Press { .. } => refusals::PRESS_SET_ASIDE,
            Reaches::Message { .. } | Reaches::Nobody => refusals::SET_ASIDE,
        };
        inbox::tell_sender(tx, source, words).await?;
    }
    if set_aside.shown {
        let words = undelivered::set_aside(update.update_id, source.as_ref(), set_aside.last_shown);
        outbox::tell_coordinators(tx, &words, opening).await?;
    }
    Ok(())
}

/// What the schedule should have said by now, and has not, is said: once, and as things stand now. `expected` is what the
/// clock should show, where that is known.
pub async fn on_tick(tx: &mut Tx, policy: &Policy, calendar: &Calendar, expected: Option<DateTime<Utc>>) -> Result<()> {
    unreachable::drop_undeliverable(tx).await?;
    if holding::is_held(tx, policy, calendar, expected).await? {
        return Ok(());
    }
    for part in Part::ALL {
        let Some(served) = reminding::rows::served::served(tx, part).await? else {
            begin_to_serve(tx, part).await?;
            continue;
        };
        let Some(due) = reminding::slot::due(part, policy, calendar, served, tx.now) else { continue };
        match part {
            Part::Digest => remind(tx, &due, policy, calendar).await?,
            // A briefing that was missed is made up for on its day, unless that day brought another catch-up; else the
            // next one speaks for both weeks.
            Part::Briefing if is_worth_making_up(tx, &due, policy).await? => {
                brief(tx, &due, served.up_to, policy, calendar).await?;
            }
            Part::Briefing => continue,
        }
        tracing::info!(part = part.key(), planned_for = %due.planned_for, late = due.late, "已按计划生成提醒");
        let spoken_for = Some(due.window.slot.day);
        reminding::rows::served::set_served(tx, part, Served { up_to: due.planned_for, spoken_for }).await?;
    }
    Ok(())
}

/// The bot's first look at its schedule, which it takes when it starts for the first time.
pub async fn on_first_start(tx: &mut Tx) -> Result<()> {
    for part in Part::ALL {
        if reminding::rows::served::served(tx, part).await?.is_none() {
            begin_to_serve(tx, part).await?;
        }
    }
    Ok(())
}

/// Nothing is made up for that lies before the bot's first look, but a slot that has just come counts.
async fn begin_to_serve(tx: &mut Tx, part: Part) -> Result<()> {
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

async fn remind(tx: &mut Tx, due: &Due, policy: &Policy, calendar: &Calendar) -> Result<()> {
    let duties = rows::duties(tx, Which::All).await?;
    let zone = policy.timezone;
    let away = settings::rows::outage(tx).await?;
    let away = away.map(|(from, to)| (to, reminding::sentences::was_away(from, to, zone)));
    let restored = settings::rows::restored::restored(tx).await?;
    let restored = restored.map(|(from, to)| (to, reminding::sentences::was_restored(from, to, zone)));
    // The later one was the longer silence, or came on top of it.
    let outage = away.max(restored);
    let inspections = inspections_of(tx, due.window.slot.day, policy, calendar).await?;
    let mut digests = reminding::rules::digests(&duties, &inspections, due.window, policy, calendar);
    announce(&mut digests, &assigning::rows::announcing::untold(tx).await?, &duties);
    // Sending them all may take minutes; whose day it is hears first.
    digests.sort_by_key(|digest| !digest.is_due_today());
    for digest in digests {
        escalations::note_escalations(tx, &digest.items, due.window.slot.day).await?;
        let words = words_of(tx, &digest, due.window.slot.day, (policy, calendar), due.late).await?;
        reminding::rows::remind(tx, &digest, words, due, outage.as_ref()).await?;
    }
    Ok(())
}

/// What units are told bears the office's name, and calls their contacts where it presses.
pub async fn words_of(
    tx: &mut Tx,
    digest: &Digest,
    day: NaiveDate,
    (policy, calendar): (&Policy, &Calendar),
    late: bool,
) -> Result<Vec<Words>> {
    let words = |mentioned: &[Mentioned]| reminding::sentences::words(digest, day, policy.timezone, late, mentioned);
    let Recipient::Unit(unit) = &digest.to else { return Ok(words(&[])) };
    let mentioned = match policy.mention.calls_for(digest, day, calendar) {
        true => contacts::rows::mentionable(tx).await?.remove(&unit.id).unwrap_or_default(),
        false => Vec::new(),
    };
    Ok(words::signed(words(&mentioned), policy.letterhead.office.as_deref()))
}

/// Those that are open, and those that end by themselves today, which are closed.
async fn inspections_of(
    tx: &mut Tx,
    today: NaiveDate,
    policy: &Policy,
    calendar: &Calendar,
) -> Result<Vec<Inspection>> {
    let mut inspections = inspections::rows::open_inspections(tx).await?;
    end_those_over(&mut inspections, today, policy, calendar);
    for ended in inspections.iter().filter(|one| !one.is_open()) {
        inspections::rows::close_inspection(tx, ended.id, today, Actor::Bot).await?;
    }
    Ok(inspections)
}

/// `since`: up to when the last briefing told.
async fn brief(tx: &mut Tx, due: &Due, since: DateTime<Utc>, policy: &Policy, calendar: &Calendar) -> Result<()> {
    let duties = rows::duties(tx, Which::All).await?;
    if duties.is_empty() {
        return Ok(());
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
    reminding::rows::brief(tx, &briefing.words(), due).await
}

/// What of the outbox may go now, marked as being sent. What answers nobody waits for the sending hours, and a digest that
/// has waited says only what is still true.
pub async fn on_claim(
    tx: &mut Tx,
    policy: &Policy,
    calendar: &Calendar,
    limit: i64,
    paced: bool,
) -> Result<Vec<Claimed>> {
    let moment = Moment::of(tx.now, policy, calendar);
    if moment.opening > tx.now {
        reminding::rows::renewal::hold_until(tx, moment.opening).await?;
    }
    let mut still_true = Vec::new();
    for claimed in delivery::claim_deliveries(tx, limit, paced).await? {
        if !overtaken::is_overtaken(tx, &claimed, (policy, calendar)).await? {
            still_true.push(claimed);
        }
    }
    Ok(still_true)
}
