//! A chat that was bound to the wrong unit is detached from outside.

use crate::binding::unbinding::sentences;
use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::decision::{Decision, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::ids::{ChatId, UnitId};
use crate::{coordinators, review};

pub fn ask_unbinding(case: &Case<'_>) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return case.refuse("may not detach", refusals::ONLY_COORDINATORS);
    }
    if !case.place.is_for_coordinators() {
        return case.refuse("not the place to detach", review::sentences::order::ELSEWHERE);
    }
    match &case.facts.coordinators.binding {
        Some(binding) => case.answer("asks whether to detach", sentences::ask(binding)),
        None => case.answer("no chat to detach", sentences::not_bound()),
    }
}

pub fn unbind(case: &Case<'_>, unit: UnitId, chat: ChatId) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return Decision::toast("may not detach", refusals::ONLY_COORDINATORS);
    }
    let Some(binding) = case.facts.coordinators.binding.as_ref().filter(|binding| binding.chat == chat) else {
        return Decision::toast("no longer this chat", refusals::STALE_BUTTON);
    };
    let contacts = binding.contacts.iter().map(|(person, _)| *person).collect();
    let by = case.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
    let words = sentences::unbound(binding, by);
    let decision = Decision::nothing("a chat is detached")
        .with(coordinators::Change::Unbind { unit, contacts })
        .with(used::used(case, vec![button::rights::unbind(unit, chat)], text::escape(&binding.unit.name), "解除绑定"))
        .with_toast(sentences::DONE)
        .and_say(To::Coordinators, None, [words.clone()]);
    if case.place.chat.coordinators { decision } else { decision.and_say(To::Here, None, [words]) }
}
