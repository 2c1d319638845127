//! Codes bind groups and make coordinators.

use crate::binding::{Invitation, Known};
use crate::deciding::facts::Facts;
use crate::deciding::tests::*;
use crate::office::ids::UnitId;
use crate::office::place::Place;

#[test]
fn codes() {
    let invitation = Invitation {
        id: 4,
        unit: Some(UnitRef { id: HOUSING, name: "省住房城乡建设厅".into() }),
        expires_at: "2019-06-28T00:00:00Z".parse().unwrap(),
        used: false,
        ended: false,
        unit_has_chat: false,
        duties: 3,
    };
    let new_group = Place { unit: None, ..group(Some(2)) };
    let binds = |place: &Place, invitation: Option<Invitation>| {
        says(
            "/bind 0123456789",
            place,
            &Facts { binding: Known { invitation, ..Known::default() }, ..Facts::default() },
        )
    };
    insta::assert_snapshot!(binds(&new_group, Some(invitation.clone())), @"
    (the code is good)
    Binding(UseInvitation(4))
    Binding(BindUnit(UnitId(1)))
    Here: 本群已绑定：省住房城乡建设厅，承担任务 3 项。 / 到期前我会在工作日提醒，每日至多一条。请“回复”我的消息，写明第几项、进展和问题即可反馈。 / 发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
    ");
    insta::assert_snapshot!(binds(&new_group, None), @"
    (the code changes nothing)
    Binding(FailedCode)
    Here: 邀请码不正确，未作任何更改。请核对后重试，或请督办员重新发码。
    ");
    insta::assert_snapshot!(binds(&new_group, Some(Invitation { used: true, ..invitation.clone() })), @"
    (the code changes nothing)
    Here: 该邀请码已被使用，未作任何更改。请督办员重新发码。
    ");
    let expired = Invitation { expires_at: moment().now, ..invitation.clone() };
    insta::assert_snapshot!(binds(&new_group, Some(expired)), @"
    (the code changes nothing)
    Here: 该邀请码已过期，未作任何更改。请督办员重新发码。
    ");
    let other = Invitation { unit: Some(UnitRef { id: UnitId(2), name: "省公安厅".into() }), ..invitation.clone() };
    insta::assert_snapshot!(binds(&group(Some(1)), Some(other)), @"
    (the code changes nothing)
    Here: 本群已有用途，未作任何更改。请在该单位自己的群里使用邀请码。
    ");
    let tried = Facts {
        binding: Known { invitation: Some(invitation.clone()), failed_codes: 5, ..Known::default() },
        ..Facts::default()
    };
    insta::assert_snapshot!(says("/bind 0123456789", &new_group, &tried), @"
    (the code changes nothing)
    Here: 尝试次数过多，请一小时后再试，或联系督办员。
    ");
    insta::assert_snapshot!(binds(&new_group, Some(Invitation { unit: None, ..invitation })), @"
    (the code is good)
    Binding(UseInvitation(4))
    Coordinators(Add)
    Binding(BindCoordinators)
    Here: 本群已设为督办员群，提请办结、延期申请、反映的问题和督办提醒将发到这里。发送 /status 查看总体情况，/help 查看用法。请勿发送涉密或敏感信息。
    ");
}
