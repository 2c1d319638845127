//! The words of a command that rules on duties: `/suspend 5 省公安厅 机构改革`.

use crate::intent::Intent;
use crate::office::place::Place;
use crate::office::standing::Ruling;
use crate::review::{On, Order};
use crate::understanding::called;
use crate::understanding::called::Meant;

/// `省公安厅 理由`: the unit may be left out, and the reason too.
pub fn read(ruling: Ruling, number: String, words: &str, place: &Place) -> Intent {
    let ends = |character: char| character.is_whitespace() || "：:，,".contains(character);
    let (first, rest) = words.split_once(ends).unwrap_or((words, ""));
    let (on, reason) = match called::plainly(first, &place.roll) {
        Meant::One(unit) => (On::UnitIn { number, unit }, rest),
        Meant::Several(units) => return Intent::WhichUnit { units },
        Meant::Nobody if ["全部单位", "全部"].contains(&first) => (On::AllIn(number), rest),
        Meant::Nobody => (On::Number(number), words),
    };
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    Intent::Order(Order { ruling, on, reason, kept_in: None })
}
