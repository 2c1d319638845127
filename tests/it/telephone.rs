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
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：1、2、3、6、7、8、10、17、19、20项无进展
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第1、2、3…20项（共10项）：无变化，仍为未启动［撤回］
      ≡ contact_registered
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
    李明@住建厅群：1 进度10%
    2 进度20%
    3 进度30%
    6 进度40%
    7 进度50%
    8 进度60%
    10 进度70%
      → 住建厅群：已登记 第1项：推进中10%／第2项：推进中20%／第3项：推进中30%／第6项：推进中40%／第7项：推进中50%；第8项：推进中60%；第10项：推进中70%［撤回］
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
      ≡ report_recorded
    ");
}

#[tokio::test]
async fn help_fits_a_screen_and_its_pages_are_turned() {
    let mut talk = Talk::with_unit().await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.say(GROUP, LI, "/help@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/help@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "下一页 ›").await;
    talk.press(COORDINATORS, ZHOU, "下一页 ›").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/help@duban_bot
      → 住建厅群：怎样反馈：回复我的提醒，写明第几项、进展和问题即可，例如“第几项：系统已试运行。问题：数据未打通”。照片、文件作为佐证一并发送。／可以直接问：我们单位有哪些任务、某项什么时候到期、有几项逾期、牵头单位是谁、下次什么时候提醒／命令（后接项号）：/task 查看　/report 反馈　/done 提请办结　/extend 申请延期　/step 分解步骤　/later 稍后反馈　/history 历次反馈／命令：/tasks 本单位任务　/ask 提问　/problems 本单位问题　/inspect 待答复的专项督查　/undo 撤回上一条反馈　/contacts 联络员　/private 私聊抄送（开启或关闭）　/handover 移交　/leave 不再担任联络员／请勿发送涉密或敏感信息。
    周敏@督办群：/help@duban_bot
      → 督办群：督办员用法　第1/3页／可以直接问：第5项进展如何、省公安厅、哪些逾期了、为什么逾期、本月到期、谁还没反馈、谁收到了、哪些单位没绑定、今天有什么反馈、上周以来有什么变化、今天有什么要我处理的、有什么问题、有什么好做法／可以直接吩咐：帮我催一下省公安厅、催办第5项（点按后发出）；看板、时间轴、通报、台账、会议材料／批示：回复单位的反馈，内容转给该单位，答复转回／导入方案：把文件（.docx .xlsx .txt 等）发给机器人，核对预览后点按“确认导入”／/status 总体情况　/task 5 查看一项　/unit 省公安厅／/overdue 逾期　/due 30 三十日内到期　/silent 未反馈／/pending 待核定　/problems 问题　/practices 经验／/history 5 历次反馈　/read 5 签收情况／/remind 5 催办，也可接单位／/assign 省公安厅 9月30日前 报送自查情况 交办／/amend 5 时限 7月15日 调整／/drop 33 理由 撤销［下一页 ›］
    周敏@督办群 点按［下一页 ›］
      → 督办群：督办员用法　第2/3页／/record 单位 〔序号〕 进展 代录来电／/inspect 全部 9月20日前 报送自查情况 专项督查／/brief 简报　/board 看板　/timeline 时间轴／/export 台账　/bulletin 通报草稿（期号为上次印发的加一，可写明“第3期”）／/bulletin 印发 定稿：期号记入台账，加一／/policy 设置　/preview 6月 预演／/suspend 5 省公安厅 理由 中止／/resume 5 省公安厅 恢复／/reopen 5 省公安厅 理由 撤销办结／/accept 5 省公安厅 同意办结／/return 5 省公安厅 理由 退回／/commend 省公安厅 理由 表扬［‹ 上一页］［下一页 ›］
    周敏@督办群 点按［下一页 ›］
      → 督办群：督办员用法　第3/3页／/notice 约谈 省公安厅 理由 提醒、约谈／/units 绑定情况／/contacts 省公安厅 联络员／/coordinators 督办员名单／/area 周敏 省公安厅 分工／/invite 省公安厅 邀请（/invite 全部）／/unbind 省公安厅 解除绑定／/plans 方案、简称（/task、/history、/read、/remind 后可写 营商环境第5项）／/stop 停止提醒（在单位群里发送，/start 恢复）／/help 本说明［‹ 上一页］
    ");
}

#[test]
fn menus_offer_commands_that_exist() {
    for (name, _) in menu::GROUP.iter().chain(&menu::PRIVATE).chain(&menu::COORDINATORS) {
        let read = command::read(&format!("/{name} 5"), "duban_bot");
        assert!(!matches!(read, None | Some(command::Command::Unknown { .. })), "{name}");
    }
}
