//! Short on a telephone: confirmations fold, help fits a screen, menus are for their audience.

use duban::intent::{command, menu};

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

#[tokio::test]
async fn a_confirmation_of_many_tasks_folds() {
    let mut talk = Talk::with_unit().await;
    talk.say(GROUP, LI, "/tasks@duban_bot").await;
    talk.take();
    talk.reply(GROUP, LI, "1、2、3、6、7、8、10、17、19、20项无进展").await;
    talk.reply(GROUP, LI, "1 进度10%\n2 进度20%\n3 进度30%\n6 进度40%\n7 进度50%\n8 进度60%\n10 进度70%").await;
    insta::assert_snapshot!(talk.take(), @"");
}

#[tokio::test]
async fn help_fits_a_screen_and_its_pages_are_turned() {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/help@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/help@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "下一页 ›").await;
    talk.press(COORDINATORS, ZHOU, "下一页 ›").await;
    insta::assert_snapshot!(talk.take(), @"");
}

#[test]
fn menus_offer_commands_that_exist() {
    for (name, _) in menu::GROUP.iter().chain(&menu::PRIVATE).chain(&menu::COORDINATORS) {
        let read = command::read(&format!("/{name} 5"), "duban_bot");
        assert!(!matches!(read, None | Some(command::Command::Unknown { .. })), "{name}");
    }
}
