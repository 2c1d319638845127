//! Acting for another: by words that are not one's own, by buttons that were not drawn for one, and after one's right has
//! ended.

use serde_json::json;

use super::Attempt;
use super::field::{
    BOSS, CONTACT, Field, GROUP, OTHER_CONTACT, OTHER_GROUP, STRANGER, command, coordinators, data_of, expect, user,
};

pub const ATTEMPTS: &[Attempt] = &[
    Attempt { what: "a contact's report is passed on by a stranger", run: a_report_passed_on },
    Attempt { what: "a coordinator passes on a stranger's order", run: an_order_passed_on },
    Attempt { what: "an inline bot writes an order", run: an_inline_bot },
    Attempt { what: "a button without its check", run: a_bare_button },
    Attempt { what: "a button copied into another chat", run: a_copied_button },
    Attempt { what: "a stranger presses a coordinator's button", run: a_strangers_press },
    Attempt { what: "a guest of the coordinators' group reminds", run: a_guest_reminds },
    Attempt { what: "a guest of the coordinators' group changes a setting", run: a_guest_sets },
    Attempt { what: "work is handed to somebody who is not there", run: handed_to_nobody },
    Attempt { what: "work is handed over without being accepted", run: handed_without_consent },
    Attempt { what: "a name that looks like the bot's own line", run: a_name_of_two_lines },
    Attempt { what: "a coordinator signs off their own claim beside another", run: own_claim },
    Attempt { what: "a coordinator who was removed decides", run: a_removed_coordinator },
    Attempt { what: "a coordinator who left the group decides", run: a_departed_coordinator },
    Attempt { what: "an older code after a newer one", run: an_older_code },
    Attempt { what: "a code after the bot was thrown out", run: a_code_after_a_kick },
    Attempt { what: "a channel and an anonymous admin report", run: nobody_in_particular },
    Attempt { what: "another unit's contact reports in the group", run: anothers_contact },
];

fn forwarded_from(person: i64) -> serde_json::Value {
    json!({"type": "user", "date": 1, "sender_user": user(person)})
}

/// The notice of a claim of the first unit, as the coordinators see it.
fn claim(field: &Field) -> Result<crate::api::Accepted, String> {
    field.ask(GROUP, CONTACT, &command("done", "1 已全部完成"))?;
    field.heard(coordinators(), "原话")
}

fn a_report_passed_on(field: &mut Field) -> Result<(), String> {
    field.without_entry("report_recorded", |field| {
        let words = command("report", "1 90%");
        field.say(GROUP, STRANGER, &json!({"text": words, "forward_origin": forwarded_from(CONTACT)}));
        field.say(GROUP, CONTACT, &json!({"text": words, "forward_origin": forwarded_from(STRANGER)}));
        Ok(())
    })
}

fn an_order_passed_on(field: &mut Field) -> Result<(), String> {
    field.without_entry("duty_suspended", |field| {
        for chat in [BOSS, coordinators()] {
            let order = command("suspend", "1 全部单位 机构改革");
            field.say(chat, BOSS, &json!({"text": order, "forward_origin": forwarded_from(STRANGER)}));
            field.say(chat, BOSS, &json!({"text": order, "forward_from": user(STRANGER), "forward_date": 1}));
            field.say(chat, BOSS, &json!({"text": order, "forward_sender_name": "某人", "forward_date": 1}));
        }
        Ok(())
    })
}

fn an_inline_bot(field: &mut Field) -> Result<(), String> {
    field.without_entry("duty_suspended", |field| {
        let order = command("suspend", "1 全部单位 机构改革");
        let bot = json!({"id": 77, "is_bot": true, "first_name": "别的机器人", "username": "other_bot"});
        field.say(BOSS, BOSS, &json!({"text": order, "via_bot": bot}));
        Ok(())
    })
}

fn a_bare_button(field: &mut Field) -> Result<(), String> {
    let notice = claim(field)?;
    field.without_entry("claim_decided", |field| {
        let sealed = data_of(&notice, "同意办结")?;
        let bare = sealed.rsplit_once('~').map_or(sealed.as_str(), |(bare, _)| bare).to_owned();
        for data in [bare.clone(), format!("{bare}~"), format!("{bare}~AAAAAAAA"), format!("{sealed}A")] {
            field.press(BOSS, BOSS, notice.message_id + 1_000, &data)?;
            field.press(coordinators(), BOSS, notice.message_id + 1_000, &data)?;
        }
        Ok(())
    })
}

fn a_copied_button(field: &mut Field) -> Result<(), String> {
    let notice = claim(field)?;
    field.without_entry("claim_decided", |field| {
        let sealed = data_of(&notice, "同意办结")?;
        for (chat, person) in [(BOSS, BOSS), (GROUP, CONTACT), (GROUP, BOSS), (STRANGER, STRANGER)] {
            field.press(chat, person, notice.message_id, &sealed)?;
        }
        Ok(())
    })
}

fn a_strangers_press(field: &mut Field) -> Result<(), String> {
    let notice = claim(field)?;
    field.without_entry("claim_decided", |field| {
        for person in [STRANGER, CONTACT] {
            field.press_label(&notice, person, "同意办结")?;
            field.press_label(&notice, person, "退回")?;
        }
        Ok(())
    })
}

fn a_guest_reminds(field: &mut Field) -> Result<(), String> {
    field.without_entry("nudged", |field| {
        for words in ["2", "省第001局", "2 省第001局"] {
            field.ask(coordinators(), STRANGER, &command("remind", words))?;
        }
        expect(field.is_silent(GROUP, "催办"), "the unit was reminded")
    })
}

fn a_guest_sets(field: &mut Field) -> Result<(), String> {
    field.without_entry("policy_changed", |field| {
        let proposal = field.ask(coordinators(), STRANGER, &command("policy", "ranking on"))?;
        if let Some((label, _)) = proposal.buttons.first().cloned() {
            field.press_label(&proposal, STRANGER, &label)?;
        }
        field.ask(coordinators(), STRANGER, &command("inspect", "全部 9月20日前 报送自查情况")).map(|_| ())
    })?;
    expect(field.entries("inspection_started") == 0, "a guest started an inspection")
}

fn handed_to_nobody(field: &mut Field) -> Result<(), String> {
    field.without_entry("contact_registered", |field| {
        // In answer to the words of somebody who was never in the group.
        let absent = json!({"message_id": 3, "date": 1, "from": user(STRANGER), "text": "在"});
        let text = command("handover", "");
        let said = field.say(GROUP, CONTACT, &json!({"text": text, "reply_to_message": absent}));
        field.answer_to(GROUP, said).map(|_| ()).ok_or_else(|| "no answer".to_owned())
    })
}

fn handed_without_consent(field: &mut Field) -> Result<(), String> {
    // A colleague who has spoken in the group.
    field.say(GROUP, 3, &json!({"text": command("tasks", "")}));
    field.settle()?;
    field.without_entry("contact_registered", |field| {
        let colleague = json!({"message_id": 3, "date": 1, "from": user(3), "text": "在"});
        let text = command("handover", "");
        let said = field.say(GROUP, CONTACT, &json!({"text": text, "reply_to_message": colleague}));
        let offer = field.answer_to(GROUP, said).ok_or("no answer")?;
        let labels: Vec<String> = offer.buttons.iter().map(|(label, _)| label.clone()).collect();
        for label in labels {
            field.press_label(&offer, CONTACT, &label)?;
            field.press_label(&offer, STRANGER, &label)?;
        }
        Ok(())
    })
}

fn a_name_of_two_lines(field: &mut Field) -> Result<(), String> {
    let from = json!({"id": STRANGER, "is_bot": false, "first_name": "某\n✅ 已登记 第1项：提请办结", "last_name": "\u{202e}人\u{2028}【工作提醒】"});
    let said = field.say(GROUP, STRANGER, &json!({"text": command("report", "1 60%"), "from": from}));
    let answer = field.answer_to(GROUP, said).ok_or("no answer")?;
    let looks =
        answer.text.lines().any(|line| line.starts_with('✅') || line.starts_with("已登记") || line.starts_with('【'));
    expect(!looks && !answer.text.contains('\u{202e}'), answer.text)
}

fn own_claim(field: &mut Field) -> Result<(), String> {
    // The contact becomes a coordinator too, and claims.
    field.ask(CONTACT, CONTACT, &format!("/start {}", field.office.code(&["--coordinator"])))?;
    let notice = claim(field)?;
    field.without_entry("claim_decided", |field| field.press_label(&notice, CONTACT, "同意办结").map(|_| ()))
}

fn a_removed_coordinator(field: &mut Field) -> Result<(), String> {
    let notice = claim(field)?;
    field.office.ask(&["coordinator", "remove", &BOSS.to_string()]);
    field.without_entry("claim_decided", |field| {
        field.press_label(&notice, BOSS, "同意办结")?;
        field.ask(BOSS, BOSS, "/suspend 1 全部单位 机构改革").map(|_| ())
    })?;
    expect(field.entries("duty_suspended") == 0, "an order of a removed coordinator was carried out")
}

fn a_departed_coordinator(field: &mut Field) -> Result<(), String> {
    let notice = claim(field)?;
    // Of the two coordinators the one who bound the group leaves it.
    let binder = 9_000;
    let mut left = field.message(coordinators(), binder);
    left["left_chat_member"] = user(binder);
    field.api().tell("message", left);
    field.settle()?;
    field.without_entry("claim_decided", |field| field.press_label(&notice, binder, "同意办结").map(|_| ()))
}

fn an_older_code(field: &mut Field) -> Result<(), String> {
    // A unit that has a group is bound to no other, whatever the code.
    field.office.ask(&["unit", "unbind", "省第001局"]);
    let older = field.office.code(&["省第001局"]);
    field.office.code(&["省第001局"]);
    field.without_entry("unit_bound", |field| field.ask(-77, STRANGER, &command("bind", &older)).map(|_| ()))
}

fn a_code_after_a_kick(field: &mut Field) -> Result<(), String> {
    let code = field.office.code(&["省第001局"]);
    let (was, is) = (json!({"status": "member", "user": user(42)}), json!({"status": "kicked", "user": user(42)}));
    let chat = super::field::chat_of(GROUP);
    let kicked = json!({"chat": chat, "from": user(CONTACT), "date": 1, "old_chat_member": was, "new_chat_member": is});
    field.api().tell("my_chat_member", kicked);
    field.settle()?;
    field.without_entry("unit_bound", |field| field.ask(-77, STRANGER, &command("bind", &code)).map(|_| ()))
}

fn nobody_in_particular(field: &mut Field) -> Result<(), String> {
    field.without_entry("report_recorded", |field| {
        let text = command("report", "1 90%");
        let anonymous =
            json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"});
        let own = json!({"id": GROUP, "type": "supergroup", "title": "群"});
        field.say(GROUP, CONTACT, &json!({"text": text, "from": anonymous, "sender_chat": own}));
        let channel = json!({"id": 136_817_688, "is_bot": true, "first_name": "Channel", "username": "Channel_Bot"});
        field.say(
            GROUP,
            CONTACT,
            &json!({"text": text, "from": channel, "sender_chat": {"id": -5, "type": "channel"}}),
        );
        field.say(GROUP, CONTACT, &json!({"text": text, "from": null}));
        Ok(())
    })
}

fn anothers_contact(field: &mut Field) -> Result<(), String> {
    field.without_entry("report_recorded", |field| {
        field.ask(GROUP, OTHER_CONTACT, &command("report", "1 90%"))?;
        field.ask(OTHER_GROUP, CONTACT, &command("report", "1 90%")).map(|_| ())
    })
}
