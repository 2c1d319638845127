//! Units without a group: one person's chat speaks for a unit, a coordinator passes on what was said by telephone, and whom
//! nothing reaches is not called silent.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const CHEN: i64 = 21;

async fn talk() -> Talk {
    let mut talk = Talk::with_unit().await;
    talk.rename(CHEN, "陈静");
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk
}

#[tokio::test]
async fn one_persons_chat_speaks_for_a_unit() {
    let mut talk = talk().await;
    let code = talk.office.code_for("省公安厅");
    talk.say(ZHOU, ZHOU, &format!("/bind {code}")).await;
    talk.say(CHEN, CHEN, &format!("/bind {code}")).await;
    talk.say(CHEN, CHEN, &format!("/bind {code}")).await;
    talk.say(CHEN, CHEN, "/start").await;
    let shown = talk.take().replace(&code, "邀请码");
    insta::assert_snapshot!(shown, @"
    周敏@周敏：/bind 邀请码
      → 周敏：本对话已有用途，未作任何更改。请由该单位的联络员在自己的私聊中，或在该单位的群里使用邀请码。
    陈静@陈静：/bind 邀请码
      → 督办群：陈静 已用私聊绑定省公安厅，今后代表该单位。如有误，请发送 /unbind 省公安厅。
      → 陈静：本对话已绑定：省公安厅，承担任务 20 项，您已登记为联络员。／到期前我会在工作日提醒，每日至多一条。请“回复”我的消息，写明第几项、进展和问题即可反馈。／发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
      ≡ unit_bound
      ≡ contact_registered
    陈静@陈静：/bind 邀请码
      → 陈静：本对话已绑定该单位，无需再次绑定。发送 /tasks 查看任务。
    陈静@陈静：/start
      → 陈静：您好，我是督办助手。您是省公安厅联络员。发送 /tasks 查看任务，/help 查看用法。请勿发送涉密或敏感信息。
    ");

    // It is reminded there, and answers there.
    talk.tick().await;
    talk.go_on(TimeDelta::days(22) - TimeDelta::hours(1));
    talk.tick().await;
    talk.reply(CHEN, CHEN, "第4项 60%，系统已试运行").await;
    talk.say(CHEN, CHEN, "/done 20 已验收").await;
    talk.press(COORDINATORS, ZHOU, "第20项 同意办结").await;
    talk.say(CHEN, CHEN, "/handover").await;
    insta::assert_snapshot!(talk.take(), @"
    〔6月3日10:00〕
    〔6月25日09:00〕
      → 陈静：【工作提醒】省公安厅　6月25日（周二）／请反馈进展：／第4项 企业开办和注销再提速／共同任务 第1、2、3、6、7、8、10、17、19、20、21、22、23、25、27、28、31、32项／请回复本条逐项写明进展，例如“4 正在推进，1 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
      → 住建厅群：【工作提醒】省住房城乡建设厅　6月25日（周二）／请反馈进展：／共同任务 第1、2、3、6、7、8、10、17、19、20、21、22、23、25、27、28、31、32项／请回复本条逐项写明进展，例如“1 正在推进，2 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    陈静@陈静：第4项 60%，系统已试运行
      → 陈静：已登记 第4项 企业开办和注销再提速：推进中60%［撤回］
      ≡ report_recorded
    陈静@陈静：/done 20 已验收
      → 陈静：已登记 第20项 政府带头守信践诺：提请办结／办结由督办员核定。［撤回］
      → 督办群：省公安厅（陈静）反馈：／第20项 政府带头守信践诺：提请办结／原话：20 已验收［第20项 同意办结］［第20项 退回］
      ≡ report_recorded
    周敏@督办群 点按［第20项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省公安厅（陈静）反馈：／第20项 政府带头守信践诺：提请办结／原话：20 已验收／—— 周敏 06-25 09:00 同意办结
      → 陈静：第20项 政府带头守信践诺：督办员周敏于6月25日09:00同意办结。
      → 督办群：周敏 同意办结：第20项 政府带头守信践诺（省公安厅）
      ≡ claim_decided
    陈静@陈静：/handover
      → 陈静：省公安厅以您的私聊绑定，不能在此移交。请联系督办员发送 /unbind 省公安厅，再由接手的同事使用新的邀请码。
    ");

    // Who stops the bot is not reached any more.
    let (member, gone) = (serde_json::json!({"status": "member"}), serde_json::json!({"status": "kicked"}));
    talk.membership("my_chat_member", CHEN, 1, member, gone).await;
    talk.say(COORDINATORS, ZHOU, "/unit@duban_bot 省公安厅").await;
    talk.say(COORDINATORS, ZHOU, "/unbind@duban_bot 省公安厅").await;
    talk.press(COORDINATORS, ZHOU, "确认解除绑定").await;
    insta::assert_snapshot!(talk.take(), @r#"
    〔陈静：机器人 "member" → "kicked"〕
      → 督办群：省公安厅以私聊绑定，对方已停用机器人，该单位收不到提醒。请与其联系，或发送 /unbind 省公安厅 后重新邀请。
      ≡ bot_standing
    周敏@督办群：/unit@duban_bot 省公安厅
      → 督办群：省公安厅（未送达） 任务 20 项，已办结 1 项，逾期 0 项（截至2019年6月25日（周二）09:00）　第1/2页／第1项 清理省级行政许可事项｜负责｜未启动｜2020年12月31日到期／第2项 查纠各种变相审批许可｜负责｜未启动／第3项 稳妥向县市下放管理权限｜负责｜未启动／第4项 企业开办和注销再提速｜负责｜推进中60%／第5项 压缩工程项目审批时间｜负责｜未启动｜6月30日到期／第6项 清理妨碍公平竞争的文件｜负责｜未启动／第7项 压减生产许可和准入证｜负责｜未启动／第8项 落实市场准入负面清单｜负责｜未启动／第10项 规范职业资格许可认定｜负责｜未启动／第17项 整治认证市场乱象｜负责｜未启动／第19项 依法严惩违法违规行为｜负责｜未启动／第20项 政府带头守信践诺｜负责｜已办结［下一页 ›］
    周敏@督办群：/unbind@duban_bot 省公安厅
      → 督办群：将解除省公安厅与“陈静”的绑定：那里不再收到提醒，反馈不再登记，已登记的反馈不变。在那里登记的联络员（陈静）一并终止。请点按确认。［确认解除绑定］
    周敏@督办群 点按［确认解除绑定］
      （浮窗）已解除绑定。
      → 督办群：将解除省公安厅与“陈静”的绑定：那里不再收到提醒，反馈不再登记，已登记的反馈不变。在那里登记的联络员（陈静）一并终止。请点按确认。／—— 周敏 06-25 09:00 解除绑定
      → 督办群：周敏 已解除省公安厅与“陈静”的绑定。在那里登记的联络员（陈静）一并终止。此前的邀请码已失效，重新绑定请发送 /invite 省公安厅。
      ≡ unit_unbound
      ≡ contact_removed（unbound）
    "#);
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn a_coordinator_passes_on_what_a_unit_said() {
    let mut talk = talk().await;
    talk.say(COORDINATORS, ZHOU, "/record@duban_bot 住建厅 5 60% 系统已上线试运行").await;
    talk.press(COORDINATORS, ZHOU, "撤回").await;
    talk.say(COORDINATORS, ZHOU, "/record@duban_bot 省住房城乡建设厅 第5项已完成").await;
    // What is claimed is signed off as any other claim.
    talk.press(COORDINATORS, ZHOU, "第5项 同意办结").await;
    // Which task is meant is asked here, and answered here.
    talk.say(COORDINATORS, ZHOU, "/record@duban_bot 省住房城乡建设厅 进度30%").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/record@duban_bot 住建厅 5 60% 系统已上线试运行
      → 督办群：已登记 第5项 压缩工程项目审批时间：推进中60%［撤回］
      → 住建厅群：【代录】按贵单位来电登记（周敏，督办员代录）：／第5项 压缩工程项目审批时间：推进中60%／原话：5 60% 系统已上线试运行／如有出入，请回复本条更正。
      ≡ report_recorded
    周敏@督办群 点按［撤回］
      → 督办群：已登记 第5项 压缩工程项目审批时间：推进中60%／—— 周敏，督办员代录 06-03 10:00 已撤回
      → 住建厅群：【代录】已撤回第5项的登记（周敏，督办员代录）。
      → 督办群：已撤回第5项的这次反馈，现为未启动。
      ≡ report_withdrawn
    周敏@督办群：/record@duban_bot 省住房城乡建设厅 第5项已完成
      → 督办群：已登记 第5项 压缩工程项目审批时间：提请办结／办结由督办员核定。［撤回］
      → 住建厅群：【代录】按贵单位来电登记（周敏，督办员代录）：／第5项 压缩工程项目审批时间：提请办结／原话：第5项已完成／如有出入，请回复本条更正。
      → 督办群：省住房城乡建设厅（周敏，督办员代录）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：第5项已完成［第5项 同意办结］［第5项 退回］
      ≡ report_recorded
    周敏@督办群 点按［第5项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省住房城乡建设厅（周敏，督办员代录）反馈：／第5项 压缩工程项目审批时间：提请办结／原话：第5项已完成／—— 周敏 06-03 10:00 同意办结（本人核定）
      → 住建厅群：第5项 压缩工程项目审批时间：督办员周敏于6月3日10:00同意办结（本人核定）。
      → 督办群：周敏 同意办结（本人核定）：第5项 压缩工程项目审批时间（省住房城乡建设厅）
      ≡ claim_decided
    周敏@督办群：/record@duban_bot 省住房城乡建设厅 进度30%
      → 督办群：请问这是哪一项的进展？点选后即登记。［第1项 清理省级行政许可事项］［第2项 查纠各种变相审批许可］［第3项 稳妥向县市下放管理…］［第6项 清理妨碍公平竞争的…］［第7项 压减生产许可和准入证］［第8项 落实市场准入负面清单］［更多（共19项）］
      ≡ task_asked
    ");

    // A correction, a unit that is not on the roll, and somebody who may not.
    talk.say(COORDINATORS, ZHOU, "/record@duban_bot 省公安厅 4 20%").await;
    talk.edit("/record@duban_bot 省公安厅 4 25%").await;
    talk.edit("/record@duban_bot 省住房城乡建设厅 4 25%").await;
    talk.say(COORDINATORS, ZHOU, "/record@duban_bot 省航天厅 4 20%").await;
    talk.say(COORDINATORS, ZHOU, "/record@duban_bot 省公安厅").await;
    talk.say(GROUP, LI, "/record@duban_bot 省公安厅 4 20%").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 4").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/record@duban_bot 省公安厅 4 20%
      → 督办群：已登记 第4项 企业开办和注销再提速：推进中20%［撤回］
      ≡ report_recorded
    周敏@督办群 改为：/record@duban_bot 省公安厅 4 25%
      → 督办群：已按修改后的内容更新。／已登记 第4项 企业开办和注销再提速：推进中25%［撤回］
      ≡ report_revised
    周敏@督办群 改为：/record@duban_bot 省住房城乡建设厅 4 25%
      → 督办群：这条代录已登记在另一单位名下，未作更改。请先撤回，再为省住房城乡建设厅重新发送 /record。
    周敏@督办群：/record@duban_bot 省航天厅 4 20%
      → 督办群：名册上没有“省航天厅”，未作登记。请核对名称后重发，例如：/record 省公安厅 5 60% 说明
    周敏@督办群：/record@duban_bot 省公安厅
      → 督办群：用法：/record 单位 〔序号〕 进展
    李明@住建厅群：/record@duban_bot 省公安厅 4 20%
      → 住建厅群：仅督办员可以操作。
    周敏@督办群：/history@duban_bot 4
      → 督办群：第4项 历次反馈（2 条）／2019年6月3日（周一）10:00 第4项 省公安厅（周敏，督办员代录）［推进中20%］4 20%／2019年6月3日（周一）10:00 第4项 省公安厅（周敏，督办员代录）［推进中25%］4 25%（第2版）
    ");
    let file = talk.office.path("all.json");
    talk.office.ask(&["export", file.to_str().expect("UTF-8")]);
    let all: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file).expect("the export")).expect("one JSON document");
    let reports = all["duties"].as_array().expect("duties").iter().flat_map(|duty| duty["reports"].as_array());
    assert!(reports.flatten().all(|report| report["on_behalf"] == true && report["by"]["name"] == "周敏"));
    assert_eq!(talk.rows("select count(*) || '' from contact").await, ["0"], "nobody became a contact by it");
    talk.office.ask(&["verify"]);
}

#[tokio::test]
async fn whom_nothing_reaches_is_not_called_silent() {
    let mut talk = talk().await;
    talk.say(COORDINATORS, ZHOU, "/status@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/silent@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 26").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/status@duban_bot
      → 督办群：总体情况（截至2019年6月3日（周一）10:00）／任务 33 项：未启动 33。／办结率 0%，逾期 0 项。／479 条责任中 0 条已反馈（0%）；1 个单位有任务尚未反馈；33 个单位未能通知。
    周敏@督办群：/silent@duban_bot
      → 督办群：尚有任务未反馈的单位 1 个，未能通知的单位 33 个（截至2019年6月3日（周一）10:00）／省住房城乡建设厅：20 项任务中 20 项尚无反馈／省政务局（未绑定）：18 项任务未能通知／未绑定 2 个单位，各有 19 项任务未能通知：省委编办、省财政厅／省发展改革委（未绑定）：24 项任务未能通知／未绑定 7 个单位，各有 20 项任务未能通知：省教育厅、省公安厅、省司法厅、省自然资源厅、省商务厅、省卫生健康委、省地方金融监管局／未绑定 2 个单位，各有 21 项任务未能通知：省工业和信息化厅、省人力资源社会保障厅／省市场监管局（未绑定）：22 项任务未能通知／未绑定 4 个单位，各有 1 项任务未能通知：省政府发展研究中心、人民银行长沙中心支行、湖南银保监局、湖南证监局／省税务局（未绑定）：3 项任务未能通知／未绑定 14 个单位，各有 12 项任务未能通知：长沙市人民政府、株洲市人民政府、湘潭市人民政府、衡阳市人民政府、邵阳市人民政府、岳阳市人民政府、常德市人民政府、张家界市人民政府、益阳市人民政府、郴州市人民政府、永州市人民政府、怀化市人民政府、娄底市人民政府、湘西自治州人民政府
    周敏@督办群：/task@duban_bot 26
      → 督办群：第26项｜未启动（截至2019年6月3日（周一）10:00）／压缩产权登记办理时间，2019年底前，一般登记和抵押登记分别在10个、5个工作日内办结；五年内，登记用时减少三分之二以上，都在5个工作日以内。抵押登记逐步全程上网，2019年6月底前长沙市普遍实行“互联网+不动产登记”。／时限：2019年6月底前（长沙市）（6月30日）／时限：2019年底前（12月31日）／时限：五年内（2024年1月9日）／牵头 省自然资源厅：未启动（未绑定）／牵头 省住房城乡建设厅：未启动（尚无反馈）／各市州人民政府（14个单位）：未启动 14
    ");
    talk.tick().await;
    talk.go_on(TimeDelta::days(30) - TimeDelta::hours(1));
    talk.tick().await;
    let said = talk.take();
    let told: Vec<&str> = said.lines().filter(|line| line.contains("督办群")).collect();
    insta::assert_snapshot!(told.join("\n"), @"  → 督办群：【督办提醒】7月3日（周三）／逾期后未反馈或未能通知，请协调：／第5项 压缩工程项目审批时间：6月30日，已逾期3天，省住房城乡建设厅、省政务局（未绑定）等15个单位／第26项 压缩产权登记办理时间〔长沙市〕：6月30日，已逾期3天，省自然资源厅（未绑定）、省住房城乡建设厅等3个单位");
    talk.say(COORDINATORS, ZHOU, "/brief@duban_bot").await;
    let said = talk.take();
    assert!(said.contains("已反馈 0，未反馈 20，未能通知 459；待答复的问题 0 个；未能通知的单位 33 个。"), "{said}");
    talk.say(COORDINATORS, ZHOU, "/invite@duban_bot 全部").await;
    let said = talk.take();
    let links = said.matches("startgroup=").count();
    assert!(links > 10 && said.contains("省公安厅：https://t.me/") && !said.contains("省住房城乡建设厅："), "{said}");
}
