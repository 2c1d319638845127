//! The words of a command that rules on duties: `/suspend 5 省公安厅 机构改革`.

use crate::domain::place::Place;
use crate::domain::review::{On, Order};
use crate::domain::standing::Ruling;

/// `省公安厅 理由`: the unit may be left out, and the reason too.
pub(super) fn read(ruling: Ruling, number: String, words: &str, place: &Place) -> Order {
    let ends = |character: char| character.is_whitespace() || "：:，,".contains(character);
    let (first, rest) = words.split_once(ends).unwrap_or((words, ""));
    let unit = place.roll.iter().find(|(known, _)| known == first).map(|(_, full)| full.clone());
    let (on, reason) = match unit {
        Some(unit) => (On::UnitIn { number, unit }, rest),
        None if ["全部单位", "全部"].contains(&first) => (On::AllIn(number), rest),
        None => (On::Number(number), words),
    };
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    Order { ruling, on, reason, kept_in: None }
}
