//! From the outbox to Telegram: claim, send, record. The only place that sends.
//!
//! What is sent is marked as such before the request goes out, so that a crash leaves a doubt and no silence. Several
//! chats are served at once, each in its own order; the number in flight bounds the copies that a crash can make.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use anyhow::Result;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use tokio::sync::{Notify, watch};

use crate::board::Links;
use crate::chat::undelivered;
use crate::clock::Clock;
use crate::intent::paper::Paper;
use crate::intent::seal::Seal;
use crate::room::with_room;
use crate::store::posting::{Body, Claimed};
use crate::store::{Outcome, Store, Tx, delivery, keys, moving, outbox};
use crate::tally::{self, Event};
use crate::telegram::Telegram;
use crate::{filing, flow, settings};

const IN_FLIGHT: usize = 8;
/// How often a message that only the pacing holds is looked at again.
const PACED_AGAIN: Duration = Duration::from_millis(100);
/// A commit waits so long for others who are about to land.
const CLOSE_BEHIND: Duration = Duration::from_millis(5);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Delivers until `shutdown`; what is in flight then is brought to its end. `posted` tells of new messages.
pub async fn deliver(
    (store, links): (&Store, Option<&Links>),
    telegram: &Telegram,
    clock: &Clock,
    paced: bool,
    posted: &Notify,
    mut shutdown: watch::Receiver<bool>,
) -> Result<()> {
    let seal = seal(store, clock).await?;
    let mut flying = FuturesUnordered::new();
    let mut moved = clock.moves();
    let mut landed: Vec<(Claimed, Outcome)> = Vec::new();
    while !*shutdown.borrow() {
        let free = IN_FLIGHT.saturating_sub(flying.len());
        let (claimed, wait, meanwhile) = {
            let turn = async || turn((store, clock), &landed, free, paced).await;
            let turning = with_room(turn, &mut shutdown);
            tokio::pin!(turning);
            let mut meanwhile = Vec::new();
            // What Telegram answers is read while the turn waits for the writer, or for room.
            loop {
                tokio::select! {
                    turned = &mut turning => {
                        let (claimed, wait) = turned?;
                        break (claimed, wait, meanwhile);
                    }
                    Some(other) = flying.next() => meanwhile.push(other),
                }
            }
        };
        landed = meanwhile;
        flying.extend(claimed.into_iter().map(|claimed| send((store, links), (telegram, &seal), clock, claimed)));
        if !landed.is_empty() {
            continue;
        }
        tokio::select! {
            Some(first) = flying.next() => {
                landed.push(first);
                // Who lands close behind is noted by the same commit.
                let close_behind = tokio::time::sleep(CLOSE_BEHIND);
                tokio::pin!(close_behind);
                while !flying.is_empty() {
                    tokio::select! {
                        Some(other) = flying.next() => landed.push(other),
                        () = &mut close_behind => break,
                    }
                }
            }
            () = posted.notified() => {}
            () = tokio::time::sleep(wait) => {}
            _ = moved.changed() => {}
            _ = shutdown.changed() => {}
        }
    }
    landed.extend(flying.collect::<Vec<_>>().await);
    if !landed.is_empty() {
        turn((store, clock), &landed, 0, paced).await?;
    }
    Ok(())
}

/// What ties buttons to their chats.
async fn seal(store: &Store, clock: &Clock) -> Result<Seal> {
    let mut tx = store.begin(clock.now()).await?;
    let seal = keys::button_seal(&mut tx).await?;
    tx.commit().await?;
    Ok(seal)
}

/// Notes what became of those that have landed, and claims what may go now: `free` messages at most, marked as being sent;
/// and how long to wait before looking again.
async fn turn(
    (store, clock): (&Store, &Clock),
    landed: &[(Claimed, Outcome)],
    free: usize,
    paced: bool,
) -> Result<(Vec<Claimed>, Duration)> {
    let mut tx = store.begin(clock.now()).await?;
    for (claimed, outcome) in landed {
        settle(&mut tx, claimed, outcome).await?;
    }
    let policy = settings::rows::policy::policy(&mut tx).await?;
    let calendar = settings::rows::holidays::calendar(&mut tx, &policy).await?;
    let claimed = flow::on_claim(&mut tx, &policy, &calendar, i64::try_from(free)?, paced).await?;
    let wait = match delivery::next_delivery(&mut tx).await? {
        Some(wait) => wait.to_std()?.clamp(PACED_AGAIN, LONGEST_WAIT),
        None => LONGEST_WAIT,
    };
    tx.commit().await?;
    for (claimed, outcome) in landed {
        tell(claimed, outcome);
        tally::count(counted_as(outcome), 1);
    }
    Ok((claimed, wait))
}

async fn send(
    (store, links): (&Store, Option<&Links>),
    (telegram, seal): (&Telegram, &Seal),
    clock: &Clock,
    claimed: Claimed,
) -> (Claimed, Outcome) {
    let outcome = match claimed.body {
        // A paper that cannot be made must not end the process, which would try again at each start.
        Body::Paper { paper, page, .. } => {
            match AssertUnwindSafe(make((store, links), clock, paper, page)).catch_unwind().await {
                Ok(Ok(Some(file))) => telegram.send_file(&claimed, file).await,
                // The board has become shorter since.
                Ok(Ok(None)) => Outcome::Sent { message_id: None },
                Ok(Err(error)) => Outcome::Strange { why: format!("{error:#}") },
                Err(_) => Outcome::Strange { why: "a defect in the program".to_owned() },
            }
        }
        Body::Message { .. }
        | Body::Edit { .. }
        | Body::Toast { .. }
        | Body::Reaction { .. }
        | Body::Menu
        | Body::File { .. } => telegram.send(&claimed, seal).await,
    };
    (claimed, outcome)
}

/// The board's first page comes with a link, where there is a page to open.
async fn make(
    (store, links): (&Store, Option<&Links>),
    clock: &Clock,
    paper: Paper,
    page: usize,
) -> Result<Option<filing::making::File>> {
    let now = clock.now();
    let mut file = filing::making::file(&mut store.read(now).await?, paper, page, now).await?;
    if let (Some(file), Some(links), Paper::Board, 0) = (&mut file, links, paper, page) {
        file.caption = format!("{}\n{}", file.caption, links.words(now));
    }
    Ok(file)
}

/// Tells the log of what was not simply delivered.
fn tell(claimed: &Claimed, outcome: &Outcome) {
    match outcome {
        Outcome::Sent { .. } => {}
        Outcome::SentToGeneral { .. } => {
            tracing::warn!(chat = claimed.telegram_chat, "话题已不存在，消息发往“常规”话题")
        }
        Outcome::Later { why, .. } => tracing::warn!(message = claimed.id, why, "未送达，将再次发送"),
        Outcome::Moved { to } => tracing::warn!(chat = claimed.telegram_chat, to, "群升级后换了编号"),
        Outcome::Strange { why } | Outcome::Hindered { why } => {
            tracing::warn!(message = claimed.id, chat = claimed.telegram_chat, why, "暂被拒收，稍后再试");
        }
        Outcome::InDoubt { why } => tracing::warn!(message = claimed.id, why, "不知是否送达，将带“可能重复”再发"),
        Outcome::Refused { why } | Outcome::Unreachable { why } => {
            tracing::error!(message = claimed.id, chat = claimed.telegram_chat, why, "无法送达，不再发送");
        }
    }
}

fn counted_as(outcome: &Outcome) -> Event {
    match outcome {
        Outcome::Sent { .. } | Outcome::SentToGeneral { .. } => Event::Sent,
        Outcome::Later { .. } | Outcome::Moved { .. } | Outcome::Strange { .. } | Outcome::Hindered { .. } => {
            Event::SendDelayed
        }
        Outcome::InDoubt { .. } => Event::SendInDoubt,
        Outcome::Refused { .. } => Event::SendRefused,
        Outcome::Unreachable { .. } => Event::SendUnreachable,
    }
}

/// What was being sent when the process ended is in doubt like a send without an answer; how many messages that are.
pub async fn doubt_interrupted(tx: &mut Tx) -> Result<usize> {
    let interrupted = delivery::interrupted_deliveries(tx).await?;
    let outcome = Outcome::InDoubt { why: "the process ended meanwhile".to_owned() };
    for claimed in &interrupted {
        settle(tx, claimed, &outcome).await?;
    }
    Ok(interrupted.len())
}

/// Coordinators learn of what is given up, and of a topic that is gone.
pub async fn settle(tx: &mut Tx, claimed: &Claimed, outcome: &Outcome) -> Result<()> {
    let mut news = delivery::settle_delivery(tx, claimed, outcome).await?.map(|chat| undelivered::undelivered(&chat));
    if let Outcome::SentToGeneral { .. } = outcome {
        news = moving::leave_topic(tx, claimed.chat).await?.map(|whose| undelivered::topic_gone(&whose));
    }
    if let Some(news) = news {
        let opening = settings::rows::moment(tx).await?.opening;
        outbox::tell_coordinators(tx, &news, opening).await?;
    }
    Ok(())
}
