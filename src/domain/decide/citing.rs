//! 表扬、提醒、约谈: put on record, told and withdrawn by coordinators.

use super::super::citation::{Citation, Kind, Wanted};
use super::super::duty::CitationId;
use super::super::place::Awaited;
use super::super::reply::{citation, contact};
use super::{AskedFor, Case, Change, Decision, To};

impl<'a> Case<'a> {
    pub(super) fn cite(&self, wanted: &Wanted) -> Decision {
        match wanted {
            Wanted::List { commendations } => self.citations(*commendations),
            Wanted::Propose { message_id, kind, unit, reason } => {
                self.propose_citation(*message_id, *kind, unit, reason)
            }
            Wanted::Record { .. } => self.record_citation(),
            Wanted::Tell { citation } => self.tell_citation(*citation),
            Wanted::AskWithdrawal { citation } => self.ask_citation_withdrawal(*citation),
            Wanted::Withdraw { citation, reason } => self.withdraw_citation(*citation, reason),
        }
    }

    fn citations(&self, commendations: bool) -> Decision {
        if !self.place.is_for_coordinators() {
            return self.answer("a question across units", contact::ask_privately());
        }
        let words = citation::list(&self.facts.citations, commendations, self.moment);
        Decision::answer("a coordinator asked", self.answers, words)
    }

    /// Nothing is on record before a coordinator has seen how it reads.
    fn propose_citation(&self, message_id: i64, kind: Kind, unit: &str, reason: &str) -> Decision {
        if !self.place.is_for_coordinators() || !self.place.speaker_is_coordinator() {
            return self.answer("may not cite", citation::only_coordinators());
        }
        let Some(cited) = &self.facts.cited_unit else {
            return self.answer("no such unit", citation::no_such_unit(unit));
        };
        Decision::answer(
            "a citation is proposed",
            self.answers,
            [citation::proposed(message_id, kind, &cited.name, reason)],
        )
        .with(Change::ProposeCitation { message_id, kind, unit: cited.id, reason: reason.to_owned() })
    }

    fn record_citation(&self) -> Decision {
        let cited = match self.citation(|cited| cited.recorded_at.is_none()) {
            Ok(cited) => cited,
            Err(refusal) => return refusal,
        };
        Decision::nothing("a citation is put on record")
            .with(Change::RecordCitation(cited.id))
            .with_toast(citation::RECORDED)
            .and_say(To::Here, None, [citation::recorded(cited)])
    }

    fn tell_citation(&self, id: CitationId) -> Decision {
        let stands = |cited: &Citation| cited.id == id && is_on_record(cited) && !cited.told;
        let cited = match self.citation(stands) {
            Ok(cited) => cited,
            Err(refusal) => return refusal,
        };
        if !self.facts.units_with_chat.contains(&cited.unit.name) {
            return Decision::toast("the unit has no chat", citation::NO_CHAT);
        }
        Decision::nothing("a unit is told")
            .with(Change::TellCitation(cited.id))
            .with_toast(citation::TOLD)
            .and_say(To::Here, None, [citation::passed_on(cited)])
            .and_say(To::Unit(cited.unit.id), None, [citation::told(cited)])
    }

    fn ask_citation_withdrawal(&self, id: CitationId) -> Decision {
        let cited = match self.citation(|cited| cited.id == id && is_on_record(cited)) {
            Ok(cited) => cited,
            Err(refusal) => return refusal,
        };
        Decision::nothing("a citation is to be withdrawn")
            .and_say(To::Here, None, [citation::withdrawal_wanted(cited)])
            .asking_for(AskedFor::Known(Awaited::CitationWithdrawal { citation: id }))
    }

    /// It stays on record, with the reason. Who was told of it is told of this, too.
    fn withdraw_citation(&self, id: CitationId, reason: &str) -> Decision {
        let reason = reason.trim();
        if reason.is_empty() {
            return Decision::nothing("no reason is given");
        }
        let cited = self.facts.citations.iter().find(|cited| cited.id == id && is_on_record(cited));
        let Some(cited) = cited else { return self.answer("not on record", citation::not_on_record()) };
        let decision = Decision::nothing("a citation is withdrawn")
            .with(Change::WithdrawCitation { citation: id, reason: reason.to_owned() })
            .and_say(To::Here, self.answers, [citation::withdrawn(cited)]);
        if cited.told {
            return decision.and_say(To::Unit(cited.unit.id), None, [citation::withdrawal_told(cited, reason)]);
        }
        decision
    }

    /// The citation in question, where a coordinator asks and it stands as it must.
    fn citation(&self, stands: impl Fn(&Citation) -> bool) -> Result<&'a Citation, Decision> {
        if !self.place.speaker_is_coordinator() {
            return Err(Decision::toast("may not decide", contact::ONLY_COORDINATORS));
        }
        let found = self.facts.citations.iter().find(|cited| stands(cited));
        found.ok_or_else(|| Decision::toast("the citation has changed", contact::STALE_BUTTON))
    }
}

fn is_on_record(cited: &Citation) -> bool {
    cited.recorded_at.is_some() && cited.withdrawn_because.is_none()
}
