//! 表扬、提醒、约谈: put on record, told and withdrawn by coordinators.

use crate::chat::refusals;
use crate::citations;
use crate::citations::{Citation, Kind, Wanted, sentences};
use crate::deciding::case::Case;
use crate::deciding::decision::{AskedFor, Decision, To};
use crate::office::ids::CitationId;
use crate::office::place::Awaited;

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::List { commendations } => citations(case, *commendations),
        Wanted::Propose { message_id, kind, unit, reason } => propose_citation(case, *message_id, *kind, unit, reason),
        Wanted::Record { .. } => record_citation(case),
        Wanted::Tell { citation } => tell_citation(case, *citation),
        Wanted::AskWithdrawal { citation } => ask_citation_withdrawal(case, *citation),
        Wanted::Withdraw { citation, reason } => withdraw_citation(case, *citation, reason),
    }
}

fn citations(case: &Case<'_>, commendations: bool) -> Decision {
    if !case.place.is_for_coordinators() {
        return case.answer("a question across units", refusals::ask_privately());
    }
    let words = sentences::list(&case.facts.citations.all, commendations, case.moment);
    Decision::answer("a coordinator asked", case.answers, words)
}

/// Nothing is on record before a coordinator has seen how it reads.
fn propose_citation(case: &Case<'_>, message_id: i64, kind: Kind, unit: &str, reason: &str) -> Decision {
    if !case.place.is_for_coordinators() || !case.place.speaker_is_coordinator() {
        return case.answer("may not cite", sentences::only_coordinators());
    }
    let Some(cited) = &case.facts.citations.unit else {
        return case.answer("no such unit", sentences::no_such_unit(unit));
    };
    Decision::answer(
        "a citation is proposed",
        case.answers,
        [sentences::proposed(message_id, kind, &cited.name, reason)],
    )
    .with(citations::Change::Propose { message_id, kind, unit: cited.id, reason: reason.to_owned() })
}

fn record_citation(case: &Case<'_>) -> Decision {
    let cited = match citation(case, |cited| cited.recorded_at.is_none()) {
        Ok(cited) => cited,
        Err(refusal) => return refusal,
    };
    Decision::nothing("a citation is put on record")
        .with(citations::Change::Record(cited.id))
        .with_toast(sentences::RECORDED)
        .and_say(To::Here, None, [sentences::recorded(cited)])
}

fn tell_citation(case: &Case<'_>, id: CitationId) -> Decision {
    let stands = |cited: &Citation| cited.id == id && is_on_record(cited) && !cited.told;
    let cited = match citation(case, stands) {
        Ok(cited) => cited,
        Err(refusal) => return refusal,
    };
    if !case.facts.units_with_chat.contains(&cited.unit.name) {
        return Decision::toast("the unit has no chat", sentences::NO_CHAT);
    }
    Decision::nothing("a unit is told")
        .with(citations::Change::Tell(cited.id))
        .with_toast(sentences::TOLD)
        .and_say(To::Here, None, [sentences::passed_on(cited)])
        .and_say(To::Unit(cited.unit.id), None, [sentences::told(cited)])
}

fn ask_citation_withdrawal(case: &Case<'_>, id: CitationId) -> Decision {
    let cited = match citation(case, |cited| cited.id == id && is_on_record(cited)) {
        Ok(cited) => cited,
        Err(refusal) => return refusal,
    };
    Decision::nothing("a citation is to be withdrawn")
        .and_say(To::Here, None, [sentences::withdrawal_wanted(cited)])
        .asking_for(AskedFor::Known(Awaited::CitationWithdrawal { citation: id }))
}

/// It stays on record, with the reason. Who was told of it is told of this, too.
fn withdraw_citation(case: &Case<'_>, id: CitationId, reason: &str) -> Decision {
    let reason = reason.trim();
    if reason.is_empty() {
        return Decision::nothing("no reason is given");
    }
    let cited = case.facts.citations.all.iter().find(|cited| cited.id == id && is_on_record(cited));
    let Some(cited) = cited else { return case.answer("not on record", sentences::not_on_record()) };
    let decision = Decision::nothing("a citation is withdrawn")
        .with(citations::Change::Withdraw { citation: id, reason: reason.to_owned() })
        .and_say(To::Here, case.answers, [sentences::withdrawn(cited)]);
    if cited.told {
        return decision.and_say(To::Unit(cited.unit.id), None, [sentences::withdrawal_told(cited, reason)]);
    }
    decision
}

/// The citation in question, where a coordinator asks and it stands as it must.
fn citation<'a>(case: &Case<'a>, stands: impl Fn(&Citation) -> bool) -> Result<&'a Citation, Decision> {
    if !case.place.speaker_is_coordinator() {
        return Err(Decision::toast("may not decide", refusals::ONLY_COORDINATORS));
    }
    let found = case.facts.citations.all.iter().find(|cited| stands(cited));
    found.ok_or_else(|| Decision::toast("the citation has changed", refusals::STALE_BUTTON))
}

fn is_on_record(cited: &Citation) -> bool {
    cited.recorded_at.is_some() && cited.withdrawn_because.is_none()
}
