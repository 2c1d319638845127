//! Who may see what happened to a task.

use crate::deciding::case::Case;
use crate::deciding::decision::Decision;
use crate::history::{Wanted, sentences};
use crate::{binding, plans};

/// What happened to a task: to every unit's part for coordinators, else to the own unit's.
pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    let Wanted { called, unit, whole } = wanted;
    if !case.place.is_for_coordinators() && case.place.unit.is_none() {
        return case.answer("no unit here", binding::sentences::no_unit_here(case.place));
    }
    let mut sought = unit.clone().unwrap_or_default();
    if let Some(called) = called {
        match case.facts.numbered.meant(called.plan.as_deref()) {
            Ok(plan) => {
                sought.push_str(&plans::sentences::task(plan.filter(|_| called.plan.is_some()), &called.number))
            }
            Err(why) => {
                let words = plans::sentences::unclear(&why, &called.number, &case.place.command("/history"));
                return case.answer("not one task is meant", words);
            }
        }
    }
    let more = (!*whole).then(|| case.place.command("/history"));
    let words = sentences::words(&sought, &case.facts.history, more.as_deref(), case.moment);
    Decision::answer("a history", case.answers, words)
}
