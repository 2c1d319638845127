//! A chat that was bound to the wrong unit is detached from outside.

use super::super::duty::{ChatId, UnitId};
use super::super::intent::button;
use super::super::reply::{contact, escape, order, unbinding};
use super::{Case, Change, Decision, To};

impl Case<'_> {
    pub(super) fn ask_unbinding(&self) -> Decision {
        if !self.place.speaker_is_coordinator() {
            return self.refuse("may not detach", contact::ONLY_COORDINATORS);
        }
        if !self.place.is_for_coordinators() {
            return self.refuse("not the place to detach", order::ELSEWHERE);
        }
        match &self.facts.binding {
            Some(binding) => self.answer("asks whether to detach", unbinding::ask(binding)),
            None => self.answer("no chat to detach", unbinding::not_bound()),
        }
    }

    pub(super) fn unbind(&self, unit: UnitId, chat: ChatId) -> Decision {
        if !self.place.speaker_is_coordinator() {
            return Decision::toast("may not detach", contact::ONLY_COORDINATORS);
        }
        let Some(binding) = self.facts.binding.as_ref().filter(|binding| binding.chat == chat) else {
            return Decision::toast("no longer this chat", contact::STALE_BUTTON);
        };
        let contacts = binding.contacts.iter().map(|(person, _)| *person).collect();
        let by = self.place.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        let words = unbinding::unbound(binding, by);
        let decision = Decision::nothing("a chat is detached")
            .with(Change::UnbindUnit { unit, contacts })
            .with(self.used(vec![button::unbind(unit, chat)], escape(&binding.unit.name), "解除绑定"))
            .with_toast(unbinding::DONE)
            .and_say(To::Coordinators, None, [words.clone()]);
        match self.place.chat.coordinators {
            true => decision,
            false => decision.and_say(To::Here, None, [words]),
        }
    }
}
