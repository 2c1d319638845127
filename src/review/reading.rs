//! The words of a command that rules on duties: `/suspend 5 省公安厅 机构改革`, `/accept 营商环境第5项 省公安厅`.

use crate::intent::Intent;
use crate::office::called::Called;
use crate::office::place::Place;
use crate::office::standing::Ruling;
use crate::review::{On, Order};
use crate::understanding::called;
use crate::understanding::called::Meant;
use crate::{questions, review};

/// `省公安厅 理由`: the unit may be left out, and the reason too. 省公安厅 5 names a unit, and the number of its task.
pub fn read(ruling: Ruling, called: Called, words: &str, place: &Place) -> Intent {
    let order = |on, reason: &str| {
        let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        Intent::Review(review::Wanted::Order(Order { ruling, on, reason, kept_in: None }))
    };
    if let Some(Meant::One(unit)) = called.plan.as_ref().map(|named| called::plainly(named, &place.roll)) {
        return order(On::UnitIn { called: Called { plan: None, number: called.number }, unit }, words);
    }
    let ends = |character: char| character.is_whitespace() || "：:，,".contains(character);
    let (first, rest) = words.split_once(ends).unwrap_or((words, ""));
    match called::plainly(first, &place.roll) {
        Meant::One(unit) => order(On::UnitIn { called, unit }, rest),
        Meant::Several(units) => Intent::Questions(questions::Wanted::WhichUnit { units }),
        Meant::Nobody if ["全部单位", "全部"].contains(&first) => order(On::AllIn(called), rest),
        Meant::Nobody => order(On::Called(called), words),
    }
}
