//! Never a nuisance: what is said only once a day, what is answered jointly, and groups that are left in peace.

use crate::chat::incoming::ChatKind;
use crate::chat::words::Words;
use crate::chat::{refusals, text};
use crate::deciding::case::Case;
use crate::deciding::decision::{Decision, Outgoing, To};
use crate::deciding::used;
use crate::intent::button;
use crate::office::ids::ChatId;
use crate::quiet::{Hint, Wanted, sentences};
use crate::{binding, quiet};

pub fn decide(case: &Case<'_>, wanted: &Wanted) -> Decision {
    match wanted {
        Wanted::Greet => greet(case),
        Wanted::PassedOn => passed_on(case),
        Wanted::Silence => silence(case),
        Wanted::EndSilence { chat, since } => end_silence(case, *chat, *since),
    }
}

/// Answers, unless the chat was told so today.
pub fn hint(case: &Case<'_>, hint: Hint, reason: &'static str, words: Words) -> Decision {
    if case.facts.quiet.hinted.contains(&hint.key()) {
        Decision::nothing("was told so today")
    } else {
        case.answer(reason, words).with(quiet::Change::Hint(hint))
    }
}

/// Who cannot be told from others cannot answer for a unit. `plain`: what is said would count, so that it is refused each time;
/// without a word it would seem to be kept.
pub fn nameless(case: &Case<'_>, plain: bool) -> Decision {
    match case.answers {
        Some(_) if plain => case.answer("nameless sender", refusals::nameless()),
        Some(_) => hint(case, Hint::Nameless, "nameless sender", refusals::nameless()),
        None => Decision::toast("nameless sender", refusals::NAMELESS),
    }
}

/// Somebody else's words act for nobody.
pub fn passed_on(case: &Case<'_>) -> Decision {
    match (&case.place.speaker, case.place.chat.kind) {
        (Some(person), ChatKind::Group) => {
            hint(case, Hint::PassedOn(person.id), "words passed on", sentences::passed_on())
        }
        _ => case.answer("words passed on", sentences::passed_on()),
    }
}

/// Why nothing can be reported here; a group is not told time and again.
pub fn nothing_to_report_on(case: &Case<'_>) -> Decision {
    match case.place.chat.kind {
        ChatKind::Group => hint(case, Hint::NotBound, "no unit here", binding::sentences::no_unit_here(case.place)),
        ChatKind::Private => case.answer("no unit here", binding::sentences::no_unit_here(case.place)),
    }
}

/// Answers a flood jointly, a little later: nothing that was recorded or asked for goes without an answer, and what was
/// asked for more than once is answered once.
pub fn slowed(case: &Case<'_>, decision: Decision) -> Decision {
    let is_answer = |message: &Outgoing| message.to == To::Here;
    let answers = decision.messages.iter().any(is_answer) || decision.paper.is_some();
    let (Some(_), Some(lately), true) = (case.answers, case.facts.quiet.answered_lately, answers) else {
        return decision;
    };
    let mut slowed = decision.with(quiet::Change::CountAnswer { before: lately });
    if lately < quiet::ANSWERED_SINGLY {
        return slowed;
    }
    slowed.paper_later = true;
    // What a reply to it gives belongs to that message alone.
    for message in slowed.messages.iter_mut().filter(|message| is_answer(message)) {
        message.jointly = message.asks_for.is_none();
    }
    if lately == quiet::ANSWERED_SINGLY {
        let told = Decision::nothing(slowed.reason).and_say(To::Here, case.answers, [sentences::slowed()]);
        slowed.messages.splice(0..0, told.messages);
    }
    slowed
}

/// `/start` is how a coordinator ends the silence of a group; else it is a greeting.
pub fn greet(case: &Case<'_>) -> Decision {
    match case.place.chat.silenced_since {
        Some(since) if case.place.speaker_is_coordinator() => end_silence(case, case.place.chat.id, since.timestamp()),
        _ => case.answer("greeting", binding::sentences::greeting(case.place)),
    }
}

/// A coordinator leaves a unit's group in peace: answers, but neither reminders nor notices.
pub fn silence(case: &Case<'_>) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return case.answer("may not silence", Words::plain(refusals::ONLY_COORDINATORS));
    }
    let Some(unit) = case.place.unit.as_ref().filter(|_| case.place.chat.kind == ChatKind::Group) else {
        return case.answer("no unit's group", sentences::silence_where());
    };
    let chat = case.place.chat.id;
    if let Some(since) = case.place.chat.silenced_since {
        return case.answer("silenced already", sentences::silenced(chat, since));
    }
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    Decision::nothing("a group is silenced")
        .with(quiet::Change::Silence)
        .and_say(To::Here, case.answers, [sentences::silenced(chat, case.moment.now)])
        .and_say(To::Coordinators, None, [sentences::told_of_silence(person, &unit.name, chat, case.moment.now)])
}

/// The reminders of a group go on, unless its silence is another one than that of `since`.
pub fn end_silence(case: &Case<'_>, chat: ChatId, since: i64) -> Decision {
    if !case.place.speaker_is_coordinator() {
        return case.refuse("may not end a silence", refusals::ONLY_COORDINATORS);
    }
    let silence = case.facts.quiet.silence.as_ref().filter(|silence| silence.since.timestamp() == since);
    let Some(silence) = silence else {
        return case.refuse("no such silence", refusals::STALE_BUTTON);
    };
    let person = case.place.speaker.as_ref().map_or("", |person| person.name.as_str());
    let words = sentences::goes_on(person, &silence.unit.name);
    let in_group = sentences::goes_on_in_group(person, &silence.unit.name, &silence.missed, case.moment);
    let used = used::used(
        case,
        vec![button::end_silence(chat, silence.since)],
        text::escape(&silence.unit.name),
        sentences::GOES_ON,
    );
    let decision = Decision::nothing("a group is reminded again").with(quiet::Change::EndSilence(chat)).with(used);
    let decision = if case.place.chat.id == chat {
        decision.and_say(To::Here, case.answers, in_group)
    } else {
        decision.and_say(To::Here, case.answers, [words.clone()]).and_say(To::Unit(silence.unit.id), None, in_group)
    };
    if case.place.chat.coordinators { decision } else { decision.and_say(To::Coordinators, None, [words]) }
}
