//! Many claims at once: their files are opened, and a page of them is agreed to.

use crate::chat::refusals;
use crate::chat::words::Words;
use crate::deciding::case::Case;
use crate::deciding::change::Change;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::deciding::used;
use crate::intent::Intent;
use crate::intent::button;
use crate::intent::button::evidence;
use crate::office::duty::{Claim, Duty};
use crate::office::ids::{DutyId, PersonId};
use crate::office::place::Awaited;
use crate::review::rules::{announce, is_for_another, verdict};
use crate::review::sentences::pending;
use crate::review::{DrawnFor, Petition, Press, Verdict, sentences};
use crate::understanding::{Query, QueryKind};
use crate::{questions, review};

/// No office has more pages of claims.
const MOST_PAGES: usize = 200;

/// Sends the files of a report; a claim may be agreed to with others after that.
pub fn open_evidence(case: &Case<'_>, duty: DutyId, message_id: i64) -> Decision {
    if !case.place.speaker_is_coordinator() || !case.place.is_for_coordinators() {
        return Decision::toast("may not open evidence", refusals::ONLY_COORDINATORS);
    }
    let (Some(duty), Some(report), [_, ..]) =
        (case.duty(duty), &case.facts.whole_report, case.facts.evidence.as_slice())
    else {
        return Decision::toast("the report is withdrawn", refusals::STALE_BUTTON);
    };
    let files = case.facts.evidence.len();
    let asked = |petition: &Petition| duty.asked(*petition).filter(|asked| asked.message_id == message_id);
    let waits = duty.petitions().into_iter().find_map(|petition| Some((petition, asked(&petition)?)));
    let words = match waits {
        Some((petition, asked)) => pending::opened(petition, asked, duty, files, case.moment),
        None => pending::opened_report(duty, report, files),
    };
    let instruction = Awaited::Instruction { duty: duty.id, chat: report.chat, message_id };
    let decision = Decision::nothing("a coordinator opens evidence")
        .with(review::Change::OpenEvidence { duty: duty.id, message_id, files: case.facts.evidence.clone() })
        .with_toast(sentences::OPENED)
        .and_say(To::Here, None, words)
        .asking_for(AskedFor::Known(instruction));
    match shown_anew(case, duty.id, message_id) {
        Some(change) => decision.with(change),
        None => decision,
    }
}

/// The page whose button was pressed, as it is once this claim's files are opened.
fn shown_anew(case: &Case<'_>, duty: DutyId, message_id: i64) -> Option<Change> {
    let (page_id, query) = case.facts.questions.asked.as_ref().filter(|(_, query)| query.kind == QueryKind::Pending)?;
    let speaker = case.place.speaker.as_ref()?.id;
    let mut duties = case.facts.duties.clone();
    for claim in duties.iter_mut().filter(|one| one.id == duty).flat_map(|one| &mut one.waiting.claims) {
        if claim.asked.message_id == message_id {
            claim.opened.push(speaker);
        }
    }
    let answer = questions::sentences::answer(query, (&duties, &case.facts.unassigned), None, case.moment);
    let mut pages = (0..MOST_PAGES).map(|number| (number, answer.page(number, query)));
    let is_shown = |drawn: &DrawnFor| drawn.duty == duty && drawn.message_id == message_id;
    let (number, words) = pages.find(|(_, words)| drawn_on(words).iter().any(is_shown))?;
    Some(Change::TurnPage { message_id: *page_id, words: offering(case, &duties, words, number) })
}

/// A page of what waits, with a button that agrees to those of its claims that the speaker has looked at, where these are several.
pub fn with_offer(case: &Case<'_>, query: &Query, words: Words, number: usize) -> Words {
    match query.kind {
        QueryKind::Pending => offering(case, &case.facts.duties, words, number),
        _ => words,
    }
}

fn offering(case: &Case<'_>, duties: &[Duty], words: Words, number: usize) -> Words {
    let meant = agreeable(case, duties, &words);
    match meant.as_slice() {
        [] | [_] => words,
        meant => {
            words.with_row(vec![pending::agree_button(meant.len(), evidence::agree_page(number, standing_for(meant)))])
        }
    }
}

/// Agrees to the claims of a page, as it was shown.
pub fn agree_page(case: &Case<'_>, number: usize, shown: u32) -> Decision {
    if !case.place.speaker_is_coordinator() || !case.place.is_for_coordinators() {
        return Decision::toast("may not decide", refusals::ONLY_COORDINATORS);
    }
    let Some((page_id, query)) =
        case.facts.questions.asked.as_ref().filter(|(_, query)| query.kind == QueryKind::Pending)
    else {
        return Decision::toast("no page of claims", refusals::STALE_BUTTON);
    };
    let duties = &case.facts.duties;
    let answer = questions::sentences::answer(query, (duties, &case.facts.unassigned), None, case.moment);
    let words = answer.page(number, query);
    let meant = agreeable(case, duties, &words);
    if meant.len() < 2 || standing_for(&meant) != shown {
        let words = offering(case, duties, words, number);
        return Decision::toast("the page has changed", sentences::PAGE_CHANGED)
            .with(Change::TurnPage { message_id: *page_id, words });
    }
    let own = vec![evidence::agree_page(number, shown)];
    let agreed = Decision::nothing("a coordinator agrees to a page")
        .with_toast(sentences::PAGE_AGREED)
        .with(used::used_here(case, own, String::new(), &sentences::agreed_to(meant.len())));
    let agreed = meant.iter().fold(agreed, |mut agreed, (duty, _, verdict)| {
        let one = announce(case, "a coordinator decides", *verdict, &[duty], None);
        agreed.changes.extend(one.changes);
        agreed.messages.extend(one.messages.into_iter().filter(|message| message.to != To::Here));
        agreed
    });
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let duties: Vec<&Duty> = meant.iter().map(|(duty, ..)| *duty).collect();
    agreed.and_say(To::Here, None, [sentences::page_agreed(person, &duties)])
}

/// A claim that may be agreed to with others, the button that was drawn for it, and what that decides.
type Agreeable<'d> = (&'d Duty, DrawnFor, Verdict);

fn agreeable<'d>(case: &Case<'_>, duties: &'d [Duty], words: &Words) -> Vec<Agreeable<'d>> {
    let Some(speaker) = case.place.speaker.as_ref().filter(|person| person.coordinator) else { return Vec::new() };
    let found = drawn_on(words).into_iter().filter_map(|drawn| {
        let duty = duties.iter().find(|duty| duty.id == drawn.duty)?;
        let claim = claim_in(duty, drawn.message_id).filter(|claim| is_looked_at(claim, speaker.id))?;
        let verdict = verdict(Press::Agree, Petition::Claim(claim.of), duty);
        (!is_for_another(case, verdict, duty)).then_some((duty, drawn, verdict))
    });
    found.collect()
}

/// Whether its files were opened; words without files are answered one by one.
fn is_looked_at(claim: &Claim, person: PersonId) -> bool {
    claim.files > 0 && claim.opened.contains(&person)
}

fn claim_in(duty: &Duty, message_id: i64) -> Option<&Claim> {
    duty.waiting.claims.iter().find(|claim| claim.asked.message_id == message_id)
}

/// The claims that a page shows, by their buttons.
fn drawn_on(words: &Words) -> Vec<DrawnFor> {
    let read = words.buttons.iter().flatten().filter_map(|drawn| match button::read(&drawn.data) {
        Some(Intent::Review(review::Wanted::Press { drawn, press: Press::Agree })) => Some(drawn),
        _ => None,
    });
    read.collect()
}

/// A number that is another one for other claims, or for other words of theirs.
fn standing_for(meant: &[Agreeable<'_>]) -> u32 {
    let parts = meant.iter().flat_map(|(_, drawn, _)| [drawn.duty.0, drawn.message_id, drawn.said]);
    parts
        .flat_map(i64::to_le_bytes)
        .fold(0x811c_9dc5, |sum: u32, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
