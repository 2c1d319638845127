//! 核定: a coordinator's word on what units ask for, told once to everybody whom it concerns.

use super::super::duty::{Duty, DutyId, UnitId};
use super::super::incoming::ChatKind;
use super::super::intent::button;
use super::super::reply::review::{self, Signed};
use super::super::reply::{contact, decision};
use super::super::review::{Petition, Verdict, WishKind};
use super::super::standing::Ruling;
use super::{AskedFor, Case, Change, Decision, To, UsedButtons};
use crate::domain::place::Awaited;

impl Case<'_> {
    pub(super) fn decide(&self, duty: DutyId, message_id: i64, verdict: Verdict) -> Decision {
        if !self.place.speaker_is_coordinator() {
            return Decision::toast("may not decide", contact::ONLY_COORDINATORS);
        }
        let waits = |duty: &&Duty| match (verdict, duty.waiting.more_time) {
            (Verdict::MoreTime { due, .. }, Some(wish)) => wish.asked.message_id == message_id && wish.due == due,
            _ => duty.asked(verdict.answers()).is_some_and(|asked| asked.message_id == message_id),
        };
        let Some(duty) = self.duty(duty).filter(waits) else {
            return match &self.facts.decided {
                Some(decided) => Decision::toast("decided before", &review::decided_before(decided, self.moment)),
                None => Decision::toast("it no longer waits", contact::STALE_BUTTON),
            };
        };
        let words = duty.waiting.suspension.as_ref().map(|(_, words)| words.as_str());
        let reason = words.filter(|_| verdict == Verdict::Ruled(Ruling::Suspended));
        self.announce("a coordinator decides", verdict, &[duty], reason)
    }

    /// What a verdict on duties changes, and who hears of it: whoever is here, the units, those who asked elsewhere, and
    /// the units that lead the task; no chat twice.
    pub(super) fn announce(
        &self,
        why: &'static str,
        verdict: Verdict,
        duties: &[&Duty],
        reason: Option<&str>,
    ) -> Decision {
        let person = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        let signed = Signed { person, moment: self.moment };
        let asks_why = match (verdict.asks_why() && reason.is_none(), duties) {
            (true, [only]) => asked_for(verdict, only),
            _ => None,
        };
        let here = review::here(verdict, duties, person, reason, asks_why.is_some());
        let mut decision =
            Decision::nothing(why).with_toast(review::toast(verdict)).and_say(To::Here, self.answers, [here]);
        if let Some(asked_for) = asks_why {
            decision = decision.asking_for(asked_for);
        }
        for duty in duties {
            decision = decision.with(change(verdict, duty, reason));
            let data = petition_buttons(verdict.answers(), duty);
            if !data.is_empty() {
                decision = decision.with(Change::UseButtons(UsedButtons {
                    data,
                    only_here: false,
                    subject: review::subject(duty),
                    outcome: signed.line(&review::label(verdict)),
                }));
            }
            let words = review::to_unit(verdict, duty, signed, reason);
            if !self.is_chat_of(duty.unit.id) {
                decision = decision.and_say(To::Unit(duty.unit.id), None, [words.clone()]);
            }
            if let Some(asked) = duty.asked(verdict.answers()) {
                let to = To::Asker { chat: asked.chat, unit: duty.unit.id };
                decision = decision.and_say(to, None, [words]);
            }
        }
        let words = review::to_lead(verdict, duties, signed, reason);
        self.leads_of(duties)
            .into_iter()
            .fold(decision, |decision, lead| decision.and_say(To::Unit(lead), None, [words.clone()]))
    }

    /// The units that lead the tasks of these duties and have not heard of it otherwise.
    fn leads_of(&self, duties: &[&Duty]) -> Vec<UnitId> {
        let led = self.facts.duties.iter().filter(|duty| {
            duty.role == super::super::duty::Role::Lead && duties.iter().any(|one| one.task.id == duty.task.id)
        });
        let mut leads: Vec<UnitId> = self.facts.leads.iter().copied().chain(led.map(|duty| duty.unit.id)).collect();
        leads.sort_unstable();
        leads.dedup();
        leads.retain(|lead| !self.is_chat_of(*lead) && !duties.iter().any(|duty| duty.unit.id == *lead));
        leads
    }

    /// Whether this is the unit's own group.
    fn is_chat_of(&self, unit: UnitId) -> bool {
        self.place.chat.kind == ChatKind::Group && self.place.unit.as_ref().is_some_and(|own| own.id == unit)
    }

    /// The buttons that wait for a word on what a report asked for go, because its unit has taken it back.
    pub(super) fn petitions_withdrawn(&self, duty: &Duty, message_id: i64) -> Option<Change> {
        let taken_back = Petition::ALL.into_iter().filter(|petition| {
            let asked = duty.asked(*petition);
            asked.is_some_and(|asked| asked.chat == self.place.chat.id && asked.message_id == message_id)
        });
        let data: Vec<String> = taken_back.flat_map(|petition| petition_buttons(petition, duty)).collect();
        let person = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        (!data.is_empty()).then(|| {
            Change::UseButtons(UsedButtons {
                data,
                only_here: false,
                subject: review::subject(duty),
                outcome: Signed { person, moment: self.moment }.line(review::WITHDRAWN),
            })
        })
    }

    /// Passes on why a claim was given back.
    pub(super) fn give_reason(&self, decision: i64, duty: DutyId, reason: &str) -> Decision {
        let Some(duty) = self.duty(duty).filter(|_| !reason.trim().is_empty()) else {
            return Decision::nothing("nothing to pass on");
        };
        Decision::nothing("a reason is given")
            .with(Change::GiveReason { decision, reason: reason.to_owned() })
            .and_say(To::Here, self.answers, [decision::reason_passed_on(duty)])
            .and_say(To::Unit(duty.unit.id), None, [review::returned_because(duty, reason)])
    }

    /// Passes on why a wish was refused.
    pub(super) fn explain_refusal(&self, wish: WishKind, duty: DutyId, message_id: i64, reason: &str) -> Decision {
        let Some(duty) = self.duty(duty).filter(|_| !reason.trim().is_empty()) else {
            return Decision::nothing("nothing to pass on");
        };
        Decision::nothing("a reason is given")
            .with(Change::ExplainRefusal { wish, duty: duty.id, message_id, reason: reason.to_owned() })
            .and_say(To::Here, self.answers, [decision::reason_passed_on(duty)])
            .and_say(To::Unit(duty.unit.id), None, [review::refused_because(wish, duty, reason)])
    }
}

/// What the coordinator is asked for after refusing.
fn asked_for(verdict: Verdict, duty: &Duty) -> Option<AskedFor> {
    match verdict.answers() {
        Petition::Claim => Some(AskedFor::ReasonOfLastDecision(duty.id)),
        Petition::Wish(wish) => {
            let message_id = duty.asked(verdict.answers())?.message_id;
            Some(AskedFor::Known(Awaited::WhyRefused { wish, duty: duty.id, message_id }))
        }
    }
}

fn change(verdict: Verdict, duty: &Duty, reason: Option<&str>) -> Change {
    let asked = duty.asked(verdict.answers()).map(|asked| asked.message_id);
    match verdict {
        Verdict::Ruled(ruling) => {
            Change::Rule { duty: duty.id, ruling, claim: asked, reason: reason.map(str::to_owned) }
        }
        Verdict::MoreTime { granted, .. } => {
            Change::DecideExtension { duty: duty.id, message_id: asked.unwrap_or_default(), granted }
        }
        Verdict::NotSuspended => Change::RefuseSuspension { duty: duty.id, message_id: asked.unwrap_or_default() },
    }
}

/// Every button that was drawn for what waits; none where nothing does.
fn petition_buttons(petition: Petition, duty: &Duty) -> Vec<String> {
    let Some(message_id) = duty.asked(petition).map(|asked| asked.message_id) else { return Vec::new() };
    match (petition, duty.waiting.more_time) {
        (Petition::Claim, _) => vec![button::accept(duty.id, message_id), button::give_back(duty.id, message_id)],
        (Petition::Wish(WishKind::Suspension), _) => {
            vec![button::suspend(duty.id, message_id), button::keep(duty.id, message_id)]
        }
        (Petition::Wish(WishKind::MoreTime), wish) => wish.map_or_else(Vec::new, |wish| {
            [true, false].map(|granted| button::extend(duty.id, message_id, wish.due, granted)).to_vec()
        }),
    }
}
