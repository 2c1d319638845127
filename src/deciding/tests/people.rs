//! Who speaks for a unit, and what nobody is told twice, as transcripts.

use crate::deciding::decide::decide;
use crate::deciding::facts::Facts;
use crate::deciding::tests::*;
use crate::office::place::Place;
use crate::quiet::Hint;
use crate::{binding, quiet};

#[test]
fn nobody_reports_for_another() {
    insta::assert_snapshot!(says("5 已完成", &group(Some(2)), &facts()), @"
    (not a contact of the unit)
    Quiet(Hint(NotAContact(PersonId(2))))
    Here: 某2 尚未登记为省住房城乡建设厅联络员，反馈已留存，尚未登记。如由您负责反馈，请点按申请，确认后补登。 [v1:ask:1]
    ");
    insta::assert_snapshot!(says("5 已完成", &group(None), &facts()), @"
    (nameless sender)
    Here: 匿名管理员和频道身份无法确认是谁，不能反馈或操作。请切换为本人身份后重发。
    ");
    let nobody_yet = Facts { contacts: contacts::Known::default(), ..facts() };
    insta::assert_snapshot!(says("5 进度10%", &group(Some(2)), &nobody_yet), @"
    (a contact reports)
    Contacts(Register { unit: UnitId(1), person: PersonId(2) })
    record 50 in_progress Some(10) late=false
    Here: 某2 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private。 / 已登记 第5项 任务5：推进中10% [v1:undo:70]
    ");
    let unbound = Place { unit: None, ..group(Some(1)) };
    insta::assert_snapshot!(says("5 已完成", &unbound, &Facts::default()), @"
    (no unit here)
    Quiet(Hint(NotBound))
    Here: 本群尚未绑定单位。请向督办员索取邀请码，发送 /bind 邀请码。
    ");
}

#[test]
fn who_asks_to_be_a_contact_is_confirmed_by_one() {
    insta::assert_snapshot!(presses("v1:ask:1", &group(Some(2)), &facts()), @"
    (asks to be a contact)
    Contacts(Ask { unit: UnitId(1) })
    Here: 某2 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。 [v1:contact:1:2]
    Coordinators: 某2 申请登记为省住房城乡建设厅联络员，请现有联络员或督办员确认。 [v1:contact:1:2]
    toast: 已提出申请。
    ");
    let asked =
        Facts { binding: binding::Known { applicant: Some(person(2)), ..binding::Known::default() }, ..facts() };
    insta::assert_snapshot!(presses("v1:ask:1", &group(Some(2)), &asked), @"
    (has asked before)
    toast: 已提出申请。
    ");
    insta::assert_snapshot!(presses("v1:contact:1:2", &group(Some(3)), &asked), @"
    (may not confirm)
    toast: 仅本单位联络员或督办员可以确认。
    ");
    insta::assert_snapshot!(presses("v1:contact:1:2", &group(Some(1)), &asked), @"
    (a contact is confirmed)
    Contacts(Register { unit: UnitId(1), person: PersonId(2) })
    used [v1:contact:1:2]: —— 某1 06-27 09:00 同意登记
    Unit(UnitId(1)): 某2 已登记为本单位联络员，请重新发送反馈。需要私聊抄送提醒的，可发送 /private@duban_bot。
    toast: 已登记。
    ");
    insta::assert_snapshot!(presses("v1:ask:8", &group(Some(2)), &facts()), @"
    (another unit's button)
    toast: 情况已有变化，此按钮不再有效。
    ");
}

#[test]
fn the_same_is_not_said_twice_a_day() {
    let said = [("5 已完成", Some(2), Hint::NotAContact(PersonId(2))), ("嗯嗯那个啥", None, Hint::Nameless)];
    for (words, speaker, hint) in said {
        let told = Facts { quiet: quiet::Known { hinted: vec![hint.key()], ..quiet::Known::default() }, ..facts() };
        assert_eq!(says(words, &group(speaker), &told), "(was told so today)");
    }
    // Without an answer a report would seem to be kept.
    let told =
        Facts { quiet: quiet::Known { hinted: vec![Hint::Nameless.key()], ..quiet::Known::default() }, ..facts() };
    assert!(says("5 已完成", &group(None), &told).starts_with("(nameless sender)"));
}

#[test]
fn a_flood_is_slowed() {
    let lately = |answers| Facts {
        quiet: quiet::Known { answered_lately: Some(answers), ..quiet::Known::default() },
        ..facts()
    };
    let report = |answers| {
        let incoming = Event::Message(message("5 进度10%"));
        let place = group(Some(1));
        let intent = intent::reading::of(&incoming_of(incoming), &place, "duban_bot", moment());
        let decision = decide(&intent, &place, &lately(answers), moment(), Some(70));
        let jointly = decision.messages.iter().map(|message| message.jointly).collect::<Vec<_>>();
        (decision.changes.len(), jointly)
    };
    assert_eq!(report(19), (2, vec![false]));
    assert_eq!(report(20), (2, vec![false, true]), "once it is said");
    assert_eq!(report(21), (2, vec![true]));
    // What asks for a reply stands alone; what was asked for comes with the others.
    insta::assert_snapshot!(says("嗯嗯那个啥", &group(Some(1)), &lately(21)), @r#"
    (not understood)
    keep "嗯嗯那个啥"
    Quiet(CountAnswer { before: 21 })
    Here: 没有看懂，原话已留存，尚未登记。请点选说的是哪一项，或重新回复写明第几项。 [v1:pick:70:5] [v1:pick:70:26] [v1:mean:nothing:70:0]
    "#);
    let place = group(Some(1));
    let asked = intent::reading::of(&incoming_of(Event::Message(message("/help"))), &place, "duban_bot", moment());
    let decision = decide(&asked, &place, &lately(21), moment(), Some(70));
    assert!(decision.messages.iter().all(|message| message.jointly) && !decision.messages.is_empty());
}
