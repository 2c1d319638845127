//! THE STORY: what happens when something arrives, and when time passes. Read this first.
//!
//! An update is handled inside the caller's transaction, and the schedule in several of its own. Neither waits for the
//! network: what is to be sent goes into the outbox, from where `deliver` takes it.

use chrono::{DateTime, Utc};

use crate::chat::incoming::{Event, Incoming, Reaches};
use crate::chat::{refusals, undelivered};
use crate::deciding::change::Change;
use crate::deciding::facts::Facts;
use crate::deciding::{carrying_out, decide, gathering, said};
use crate::intent::paper::{Paper, Sheet};
use crate::intent::{Intent, reading};
use crate::office::ids::{ChatId, PersonId, UnitId};
use crate::office::moment::Moment;
use crate::office::place::Place;
use crate::office::policy::Policy;
use crate::paper::{board, timeline};
use crate::reminding::slot::Part;
use crate::schedule::calendar::Calendar;
use crate::store::posting::Claimed;
use crate::store::{Error, Result, SetAside, Store, Tx, Update, buttons, delivery, inbox, outbox, people, unreachable};
use crate::telegram::{Me, read};
use crate::{awaiting, contacts, filing, holding, overtaken, reminding, reporting, rounds, settings, unheard};

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

/// So many messages of the schedule are written in one commit; answers wait no longer.
const PIECE: usize = 50;
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
    let Now { reason, chat, toast, read_again, waits_for, answered, registered } = *heard;
    tracing::info!(update = update.update_id, "已处理");
    // For those who look for a fault; its reasons are English.
    tracing::debug!(update = update.update_id, reason, "decided");
    if let Event::Pressed { query_id, .. } = &incoming.event {
        outbox::post_toast(tx, chat, query_id, toast.as_deref().unwrap_or_default()).await?;
    }
    if let Some(waits_for) = waits_for {
        let message_id = incoming.message_id().unwrap_or(-update.update_id);
        unheard::rows::keep(tx, waits_for, (chat, message_id), &update.raw).await?;
        // Who was told why before sees that this is kept too.
        if let (Event::Message(_), false) = (&incoming.event, answered) {
            outbox::post_reaction(tx, chat, message_id).await?;
        }
    }
    for (unit, person) in registered {
        for (raw, at) in unheard::rows::take(tx, unit, person).await? {
            let Some(mut waited) = read::incoming(&raw, me).map_err(Error::unreadable)? else { continue };
            buttons::open_button(tx, &mut waited).await?;
            // A message says when it was sent; a press was made when it came.
            let moment = match waited.event {
                Event::Pressed { .. } => Moment::of(at, policy, calendar),
                _ => moment,
            };
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
    /// Whether something was said to it.
    answered: bool,
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
    // Words that have waited for a registration are not put off once more.
    if !matches!(words, Read::MadeUp) && people::answers_what_is_being_sent(tx, &place, &met).await? {
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
    said::go_where_it_was_said(tx, &intent, &mut place).await?;
    let intent = reporting::rows::on_behalf::speak_for_the_unit(tx, intent, &mut place, incoming).await?;
    let office = policy.letterhead.office.clone();
    let facts = gathering::facts(tx, &intent, (&place, &met), incoming, moment).await?;
    let made_up = matches!(words, Read::MadeUp);
    let newer = match (&intent, &place.unit) {
        (Intent::Reporting(reporting::Wanted::Report(said)), Some(unit)) if made_up => {
            reporting::rows::newer(tx, unit.id, (place.chat.id, said.message_id), said.at).await?
        }
        _ => facts.newer.clone(),
    };
    let facts = Facts { newer, made_up, confirm: policy.confirm, mention: policy.mention, office, ..facts };
    let decision = decide::decide(&intent, &place, &facts, moment, incoming.message_id());
    carrying_out::carry_out(tx, &decision, &place, moment).await?;
    if met.was_unreachable || met.chat != place.chat.id {
        unreachable::tell_what_was_missed(tx, place.chat.id, moment).await?;
    }
    if let Some(paper) = decision.paper {
        let (letterhead, plan) = (&policy.letterhead, paper.plan());
        let pages = match paper {
            Paper::Board | Paper::OfPlan { sheet: Sheet::Board, .. } => {
                board::count(&filing::rows::contents(tx, moment, letterhead, plan).await?)
            }
            Paper::Timeline | Paper::OfPlan { sheet: Sheet::Timeline, .. } => {
                timeline::count(&filing::rows::contents(tx, moment, letterhead, plan).await?)
            }
            Paper::Workbook
            | Paper::OfPlan { sheet: Sheet::Workbook, .. }
            | Paper::Bulletin
            | Paper::BulletinOf { .. }
            | Paper::Meeting
            | Paper::Draft(_)
            | Paper::Inspection { .. } => 1,
        };
        for page in 0..pages {
            if decision.paper_later {
                outbox::post_paper_later(tx, place.chat.id, paper, page).await?
            } else {
                outbox::post_paper(tx, place.chat.id, paper, page, incoming.message_id()).await?
            }
        }
    }
    let read_again = match (&intent, facts.taken) {
        (Intent::Awaiting(awaiting::Wanted::NoReason { message_id }), Some(taken)) if !decision.changes.is_empty() => {
            Some((*message_id, taken.words))
        }
        _ => None,
    };
    let speaker = place.speaker.as_ref().map(|person| person.id);
    let registration = |change: &Change| match change {
        Change::Contacts(contacts::Change::Register { unit, person }) => Some((*unit, *person)),
        _ => None,
    };
    Ok(Heard::Now(Box::new(Now {
        reason: decision.reason,
        chat: place.chat.id,
        toast: decision.toast,
        read_again,
        waits_for: place.unit.as_ref().filter(|_| decision.waits).map(|unit| unit.id).zip(speaker),
        answered: !decision.messages.is_empty(),
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

/// What the schedule should have said by now, and has not, is said: once, and as things stand now. It is prepared beside the
/// writer and written in pieces, so that no answer waits for all of it. `expected` is what the clock should show, where that
/// is known.
pub async fn on_tick(store: &Store, now: DateTime<Utc>, expected: Option<DateTime<Utc>>) -> Result<()> {
    let mut tx = store.begin(now).await?;
    let policy = settings::rows::policy::policy(&mut tx).await?;
    let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await?;
    inbox::forget_old_updates(&mut tx).await?;
    // What can no longer be delivered is dropped though nothing is said while the clock may be wrong.
    unreachable::drop_undeliverable(&mut tx).await?;
    if holding::is_held(&mut tx, &policy, &calendar, expected).await? {
        return tx.commit().await;
    }
    for part in Part::ALL {
        let Some(round) = rounds::due(&mut tx, part, &policy, &calendar).await? else { continue };
        tx.commit().await?;
        let said = rounds::prepare(&mut store.read(now).await?, &round, &policy, &calendar).await?;
        for piece in said.messages.chunks(PIECE) {
            let mut tx = store.begin(now).await?;
            rounds::say(&mut tx, &round, piece, said.outage.as_ref(), (&policy, &calendar)).await?;
            tx.commit().await?;
        }
        tx = store.begin(now).await?;
        rounds::finish(&mut tx, &round, &said).await?;
    }
    tx.commit().await
}

/// The bot's first look at its schedule, which it takes when it starts for the first time.
pub async fn on_first_start(tx: &mut Tx) -> Result<()> {
    for part in Part::ALL {
        if reminding::rows::served::served(tx, part).await?.is_none() {
            rounds::begin_to_serve(tx, part).await?;
        }
    }
    Ok(())
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
