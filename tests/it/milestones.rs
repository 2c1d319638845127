//! Dates within a task: claimed one by one, signed off one by one, and named no more once they are.

use chrono::TimeDelta;
use serde_json::Value;

use crate::talk::{COORDINATORS, LI, Talk, ZHOU};

pub const OFFICE: i64 = -1002;

/// With 省政务局, which leads task 28 with its three dates.
pub async fn office(instant: &str) -> Talk {
    office_of("省政务局", instant).await
}

/// With a unit and the coordinators bound to their groups.
pub async fn office_of(unit: &str, instant: &str) -> Talk {
    let names = [(OFFICE, "本单位群"), (LI, "李明"), (COORDINATORS, "督办群"), (ZHOU, "周敏")];
    let mut talk = Talk::begin(instant, &names).await;
    talk.bind(OFFICE, LI, unit).await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    // The bot's first look.
    talk.tick().await;
    talk.take();
    talk
}

impl Talk {
    /// How a unit stands in a task, as the export has it: `in_progress；2019-08-31 done 2019-08-30，2020-12-31 open -`.
    pub fn stands(&self, task: &str, unit: &str) -> String {
        self.office.ask(&["export", self.office.path("all.json").to_str().expect("a path")]);
        let held = std::fs::read_to_string(self.office.path("all.json")).expect("written");
        let held: Value = serde_json::from_str(&held).expect("JSON");
        let duties = held["duties"].as_array().expect("duties");
        let duty = duties.iter().find(|duty| duty["task"] == task && duty["unit"] == unit).expect("the duty");
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let dates = duty["milestones"].as_array().expect("dates").iter().map(|date| {
            let due = match date["due"] == date["first_due"] {
                true => text(&date["due"]),
                false => format!("{}→{}", text(&date["first_due"]), text(&date["due"])),
            };
            format!("{due} {} {}", text(&date["status"]), text(&date["done_on"]))
        });
        format!("{}；{}", text(&duty["status"]), dates.collect::<Vec<_>>().join("，"))
    }

    /// The days on which the unit is reminded of the task, with the date that is named.
    pub fn reminders(&self, task: &str, unit: &str, from: &str, to: &str) -> String {
        let planned = self.office.ask_json(&["preview", "--from", from, "--to", to, "--json"]);
        let of_unit = planned.as_array().expect("a list").iter().filter(|message| message["unit"] == unit);
        let named = of_unit.flat_map(|message| {
            let day = message["at"].as_str().expect("an instant")[5..10].to_owned();
            let items = message["items"]
                .as_array()
                .expect("items")
                .iter()
                .filter(|item| item["task"] == task && item["reason"] != "escalation");
            items.map(move |item| format!("{day}→{}", item["due"].as_str().unwrap_or("-"))).collect::<Vec<_>>()
        });
        named.collect::<Vec<_>>().join(" ")
    }

    pub fn holds(&self) {
        let verified = self.office.verified();
        let broken: Vec<&Value> =
            verified["records"].as_array().expect("records").iter().filter(|record| record["ok"] != true).collect();
        assert!(broken.is_empty() && verified["ledger"]["ok"] == true, "{broken:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_completion_claims_the_date_that_is_due() {
    let mut talk = office("08-27 10:00:00").await;
    talk.go_on(TimeDelta::hours(23));
    talk.tick().await;
    talk.reply(OFFICE, LI, "28 已完成").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 28").await;
    insta::assert_snapshot!(talk.take(), @"
    〔8月28日09:00〕
      → 本单位群：【工作提醒】省政务局　8月28日（周三）／临近到期：／第28项 建设全省一体化政务平台（牵头）：8月31日，还有3天／请回复本条写明进展，有困难请一并说明。［无变化］［推进中］［有困难］［已完成］
    李明@本单位群：28 已完成
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已完成［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：提请办结 1 项（截至2019年8月28日（周三）09:00）／第28项 建设全省一体化政务平台｜省政务局提请办结（2019年9月前）（8月28日）：28 已完成［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
    周敏@督办群：/task@duban_bot 28
      → 督办群：第28项｜推进中（截至2019年8月28日（周三）09:00）／建设全省一体化政务平台，各级平台标准统一、编码统一、彼此连通。2019年9月前，省级平台接入国家平台；2020年底前，数据在部门、地区、层级之间共享；2022年底前，全省事项都能“一网通办”。／时限：2019年9月前（8月31日）／时限：2020年底前（2020年12月31日）／时限：2022年底前（2022年12月31日）／牵头 省政务局：推进中，提请办结（2019年9月前）（8月28日：28 已完成）／各市州人民政府（14个单位）：未启动 14／省直各部门（14个单位）：未启动 14
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 claimed_done -，2020-12-31 open -，2022-12-31 open -");
    insta::assert_snapshot!(talk.reminders("28", "省政务局", "2019-08-28", "2019-09-30"), @"09-25→-");
    talk.go_on(TimeDelta::hours(1));
    talk.press(COORDINATORS, ZHOU, "第28项 同意（该时限）").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群 点按［第28项 同意（该时限）］
      （浮窗）已同意该时限办结。
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已完成／—— 周敏 08-28 10:00 同意办结（2019年8月31日时限）
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月28日10:00同意办结（2019年8月31日时限），其余时限照常推进。
      → 督办群：待核定：提请办结 1 项（截至2019年8月28日（周三）09:00）／第28项 建设全省一体化政务平台｜省政务局提请办结（2019年9月前）（8月28日）：28 已完成／—— 周敏 08-28 10:00 同意办结（2019年8月31日时限）
      → 督办群：周敏 同意办结（2019年8月31日时限）：第28项 建设全省一体化政务平台（省政务局）
      ≡ claim_decided
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 done 2019-08-28，2020-12-31 open -，2022-12-31 open -");
    talk.say(OFFICE, LI, "/task@duban_bot 28").await;
    talk.say(OFFICE, LI, "/done@duban_bot 28").await;
    talk.press(COORDINATORS, ZHOU, "第28项 退回").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/task@duban_bot 28
      → 本单位群：第28项／建设全省一体化政务平台，各级平台标准统一、编码统一、彼此连通。2019年9月前，省级平台接入国家平台；2020年底前，数据在部门、地区、层级之间共享；2022年底前，全省事项都能“一网通办”。／省政务局：第28项 建设全省一体化政务平台｜牵头｜推进中｜2020年12月31日到期／时限：2019年9月前（8月31日），已办结／时限：2020年底前（2020年12月31日）／时限：2022年底前（2022年12月31日）／最近反馈：28 已完成／其他单位进展（28 个单位）：／各市州人民政府（14个单位）：未启动 14／省直各部门（14个单位）：未启动 14
    李明@本单位群：/done@duban_bot 28
      → 本单位群：已登记 第28项 建设全省一体化政务平台：提请办结（2020年底前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2020年底前）／原话：28［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
      ≡ report_recorded
    周敏@督办群 点按［第28项 退回］
      （浮窗）已退回。
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2020年底前）／原话：28／—— 周敏 08-28 10:00 退回办结申请（2020年12月31日时限）
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月28日10:00退回办结申请（2020年12月31日时限），请继续推进并补充反馈。
      → 督办群：周敏 退回办结申请（2020年12月31日时限）：第28项 建设全省一体化政务平台（省政务局）／请回复本条说明理由，将转告该单位。
      ≡ claim_decided
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 done 2019-08-28，2020-12-31 open -，2022-12-31 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_date_claims_the_whole() {
    let mut talk = office("08-27 10:00:00").await;
    for date in ["2020年底前的已完成", "2019年9月前的已完成"] {
        talk.say(OFFICE, LI, &format!("/report@duban_bot 28 {date}")).await;
        talk.press(COORDINATORS, ZHOU, "第28项 同意（该时限）").await;
    }
    talk.take();
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 done 2019-08-27，2020-12-31 done 2019-08-27，2022-12-31 open -");
    talk.say(OFFICE, LI, "/done@duban_bot 28").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/done@duban_bot 28
      → 本单位群：已登记 第28项 建设全省一体化政务平台：提请办结（整项）／办结由督办员核定。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（整项）／原话：28［第28项 同意办结］［第28项 退回］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"claimed_done；2019-08-31 done 2019-08-27，2020-12-31 done 2019-08-27，2022-12-31 claimed_done -");
    talk.press(COORDINATORS, ZHOU, "第28项 同意办结").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群 点按［第28项 同意办结］
      （浮窗）已同意办结。
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（整项）／原话：28／—— 周敏 08-27 10:00 同意办结
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00同意办结。
      → 督办群：周敏 同意办结：第28项 建设全省一体化政务平台（省政务局）
      ≡ claim_decided
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"done；2019-08-31 done 2019-08-27，2020-12-31 done 2019-08-27，2022-12-31 done 2019-08-27");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_is_claimed_and_signed_off_whatever_dates_it_has() {
    let mut talk = office("08-27 10:00:00").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 整项已完成").await;
    talk.say(OFFICE, LI, "/report@duban_bot 31 已完成").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/report@duban_bot 28 整项已完成
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：提请办结（整项）／办结由督办员核定。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（整项）／原话：28 整项已完成［第28项 同意办结］［第28项 退回］
      ≡ contact_registered
      ≡ report_recorded
    李明@本单位群：/report@duban_bot 31 已完成
      → 本单位群：已登记 第31项 推动政务数据开放共享：提请办结／办结由督办员核定。［撤回］
      → 督办群：省政务局（李明）反馈：／第31项 推动政务数据开放共享：提请办结／原话：31 已完成［第31项 同意办结］［第31项 退回］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"claimed_done；2019-08-31 claimed_done -，2020-12-31 claimed_done -，2022-12-31 claimed_done -");
    talk.say(OFFICE, LI, "/undo@duban_bot").await;
    talk.say(OFFICE, LI, "/undo@duban_bot").await;
    talk.say(OFFICE, LI, "/done@duban_bot 28 已接入国家平台").await;
    talk.press(COORDINATORS, ZHOU, "第28项 整项办结").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/undo@duban_bot
      → 督办群：省政务局（李明）反馈：／第31项 推动政务数据开放共享：提请办结／原话：31 已完成／—— 李明 08-27 10:00 已撤回
      → 本单位群：已登记 第31项 推动政务数据开放共享：提请办结／办结由督办员核定。／—— 李明 08-27 10:00 已撤回
      → 本单位群：已撤回第31项的这次反馈，现为未启动。
      ≡ report_withdrawn
    李明@本单位群：/undo@duban_bot
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（整项）／原话：28 整项已完成／—— 李明 08-27 10:00 已撤回
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：提请办结（整项）／办结由督办员核定。／—— 李明 08-27 10:00 已撤回
      → 本单位群：已撤回第28项的这次反馈，现为未启动。
      ≡ report_withdrawn
    李明@本单位群：/done@duban_bot 28 已接入国家平台
      → 本单位群：已登记 第28项 建设全省一体化政务平台：提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已接入国家平台［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
      ≡ report_recorded
    周敏@督办群 点按［第28项 整项办结］
      （浮窗）已整项办结。
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已接入国家平台／—— 周敏 08-27 10:00 整项办结
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00整项办结。
      → 督办群：周敏 整项办结：第28项 建设全省一体化政务平台（省政务局）
      ≡ claim_decided
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"done；2019-08-31 done 2019-08-27，2020-12-31 done 2019-08-27，2022-12-31 done 2019-08-27");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_or_edited_takes_its_claim_along() {
    let mut talk = office("08-27 10:00:00").await;
    talk.say(OFFICE, LI, "/done@duban_bot 28 已接入国家平台").await;
    talk.edit("/report@duban_bot 28 推进中，正在联调").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/done@duban_bot 28 已接入国家平台
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已接入国家平台［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
      ≡ contact_registered
      ≡ report_recorded
    李明@本单位群 改为：/report@duban_bot 28 推进中，正在联调
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已接入国家平台／—— 李明 08-27 10:00 已改报
      → 本单位群：已按修改后的内容更新。／已登记 第28项 建设全省一体化政务平台：推进中［撤回］
      ≡ report_revised
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 open -，2020-12-31 open -，2022-12-31 open -");
    talk.edit("/done@duban_bot 28 已接入国家平台，已验收").await;
    talk.press(OFFICE, LI, "撤回").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群 改为：/done@duban_bot 28 已接入国家平台，已验收
      → 本单位群：已按修改后的内容更新。／已登记 第28项 建设全省一体化政务平台：提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话（8月27日10:00修改）：28 已接入国家平台，已验收［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
      ≡ report_revised
    李明@本单位群 点按［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话（8月27日10:00修改）：28 已接入国家平台，已验收／—— 李明 08-27 10:00 已撤回
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。／—— 李明 08-27 10:00 已撤回
      → 本单位群：已按修改后的内容更新。／已登记 第28项 建设全省一体化政务平台：推进中／—— 李明 08-27 10:00 已撤回
      → 本单位群：已按修改后的内容更新。／已登记 第28项 建设全省一体化政务平台：提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。／—— 李明 08-27 10:00 已撤回
      → 本单位群：已撤回第28项的这次反馈，现为未启动。
      ≡ report_withdrawn
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"not_started；2019-08-31 open -，2020-12-31 open -，2022-12-31 open -");
    talk.say(OFFICE, LI, "/done@duban_bot 28 已接入国家平台，已出报告").await;
    talk.press(COORDINATORS, ZHOU, "第28项 同意（该时限）").await;
    talk.take();
    talk.press(OFFICE, LI, "撤回").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 2019年9月前的已完成").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 2021年3月底前的已完成").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群 点按［撤回］
      （浮窗）第28项所报时限已办结，不能撤回。如有出入请联系督办员。
    李明@本单位群：/report@duban_bot 28 2019年9月前的已完成
      → 本单位群：第28项2019年9月前的时限已办结，不必再次提请。／已登记 第28项 建设全省一体化政务平台：推进中［撤回］
      ≡ report_recorded
    李明@本单位群：/report@duban_bot 28 2021年3月底前的已完成
      → 本单位群：第28项没有2021年3月31日的时限，未作为办结申请登记；发送“/task 28”查看时限。／已登记 第28项 建设全省一体化政务平台：推进中［撤回］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 done 2019-08-27，2020-12-31 open -，2022-12-31 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn which_of_two_dates_that_a_digest_names_is_asked() {
    let mut talk = office_of("省自然资源厅", "12-30 08:00:00").await;
    talk.go_on(TimeDelta::hours(1));
    talk.tick().await;
    talk.reply(OFFICE, LI, "26 已完成").await;
    insta::assert_snapshot!(talk.take(), @"
    〔12月30日09:00〕
      → 本单位群：【工作提醒】省自然资源厅　12月30日（周一）／已到期未办结：／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，已逾期183天／第5项 压缩工程项目审批时间：6月30日，已逾期183天／第28项 建设全省一体化政务平台：8月31日，已逾期121天／临近到期：／第26项 压缩产权登记办理时间（牵头）：12月31日，明日到期／共同任务 第25、32项：12月31日，明日到期／请回复本条写明进展，有困难请一并说明。［全部无变化］［逐项填报］
    李明@本单位群：26 已完成
      → 本单位群：李明 已成为省自然资源厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／第26项 压缩产权登记办理时间：有多个时限，请问完成的是哪一个？点选后即登记。［长沙市2019年6月底前］［2019年底前］［整项办结］
      ≡ contact_registered
      ≡ task_asked
    ");
    talk.press(OFFICE, LI, "长沙市2019年6月底前").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群 点按［长沙市2019年6月底前］
      → 本单位群：李明 已成为省自然资源厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／第26项 压缩产权登记办理时间：有多个时限，请问完成的是哪一个？点选后即登记。／—— 李明 12-30 09:00 选定长沙市2019年6月底前
      → 督办群：省自然资源厅（李明）反馈：／第26项 压缩产权登记办理时间：逾期反馈，提请办结（长沙市2019年6月底前）／原话：26 已完成［第26项 同意（该时限）］［第26项 整项办结］［第26项 退回］
      → 本单位群：已登记 第26项 压缩产权登记办理时间：逾期反馈，提请办结（长沙市2019年6月底前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("26", "省自然资源厅"), @"in_progress；2019-06-30 claimed_done -，2019-12-31 open -，2024-01-09 open -");
    talk.reply_to("工作提醒", OFFICE, LI, "已完成").await;
    talk.press(OFFICE, LI, "撤回").await;
    talk.reply_to("工作提醒", OFFICE, LI, "26 长沙市已完成，系统已上线").await;
    talk.reply_to("工作提醒", OFFICE, LI, "26 12月底前的已完成").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：已完成
      → 本单位群：请问这是哪一项的进展？点选后即登记。［第26项 压缩产权登记办理…］［第5项 压缩工程项目审批时间］［第28项 建设全省一体化政…］［第25项 企业群众办事只进…］［第32项 做好全省营商环境…］［以上全部］
      ≡ task_asked
    李明@本单位群 点按［撤回］
      → 督办群：省自然资源厅（李明）反馈：／第26项 压缩产权登记办理时间：逾期反馈，提请办结（长沙市2019年6月底前）／原话：26 已完成／—— 李明 12-30 09:00 已撤回
      → 本单位群：已登记 第26项 压缩产权登记办理时间：逾期反馈，提请办结（长沙市2019年6月底前）／办结由督办员核定。／其余时限照常提醒。／—— 李明 12-30 09:00 已撤回
      → 本单位群：已撤回第26项的这次反馈，现为未启动。
      ≡ report_withdrawn
    李明@本单位群：26 长沙市已完成，系统已上线
      → 本单位群：已登记 第26项 压缩产权登记办理时间：逾期反馈，提请办结（长沙市2019年6月底前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省自然资源厅（李明）反馈：／第26项 压缩产权登记办理时间：逾期反馈，提请办结（长沙市2019年6月底前）／原话：26 长沙市已完成，系统已上线［第26项 同意（该时限）］［第26项 整项办结］［第26项 退回］
      ≡ report_recorded
    李明@本单位群：26 12月底前的已完成
      → 本单位群：已登记 第26项 压缩产权登记办理时间：提请办结（2019年底前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省自然资源厅（李明）反馈：／第26项 压缩产权登记办理时间：提请办结（2019年底前）／原话：26 12月底前的已完成［第26项 同意（该时限）］［第26项 整项办结］［第26项 退回］
      ≡ report_recorded
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：提请办结 2 项（截至2019年12月30日（周一）09:00）／1. 第26项 压缩产权登记办理时间｜省自然资源厅提请办结（长沙市2019年6月底前）（12月30日）：26 长沙市已完成，系统已上线／2. 第26项 压缩产权登记办理时间｜省自然资源厅提请办结（2019年底前）（12月30日）：26 12月底前的已完成／待确认 省自然资源厅 李明（12月30日）：“已完成”（第5、25、26、28、32项）［1. 第26项 同意（该时限）］［1. 第26项 整项办结］［1. 第26项 退回］［2. 第26项 同意（该时限）］［2. 第26项 整项办结］［2. 第26项 退回］
    ");
    insta::assert_snapshot!(talk.stands("26", "省自然资源厅"), @"in_progress；2019-06-30 claimed_done -，2019-12-31 claimed_done -，2024-01-09 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_of_one_place_is_for_the_lead_and_that_place() {
    let talk = office_of("长沙市人民政府", "06-27 10:00:00").await;
    let stands = ["省自然资源厅", "长沙市人民政府", "株洲市人民政府"].map(|unit| talk.stands("26", unit));
    insta::assert_snapshot!(stands.join("\n"), @"
    not_started；2019-06-30 open -，2019-12-31 open -，2024-01-09 open -
    not_started；2019-06-30 open -，2019-12-31 open -，2024-01-09 open -
    not_started；2019-12-31 open -，2024-01-09 open -
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claimed_date_is_no_more_late_anywhere() {
    let mut talk = office("09-02 08:00:00").await;
    talk.go_on(TimeDelta::hours(1));
    talk.tick().await;
    talk.say(COORDINATORS, ZHOU, "/unit@duban_bot 省政务局").await;
    talk.reply_to("工作提醒", OFFICE, LI, "28 已完成").await;
    talk.say(COORDINATORS, ZHOU, "/unit@duban_bot 省政务局").await;
    talk.say(COORDINATORS, ZHOU, "/due@duban_bot 30").await;
    insta::assert_snapshot!(talk.take(), @"
    〔9月2日09:00〕
      → 本单位群：【工作提醒】省政务局　9月2日（周一）／已到期未办结：／第28项 建设全省一体化政务平台（牵头）：8月31日，已逾期2天／第5项 压缩工程项目审批时间：6月30日，已逾期64天／请回复本条逐项写明进展，例如“28 正在推进，5 无变化”；有困难请一并说明。［全部无变化］［逐项填报］
    周敏@督办群：/unit@duban_bot 省政务局
      → 督办群：省政务局 任务 18 项，已办结 0 项，逾期 2 项（截至2019年9月2日（周一）09:00）　第1/2页／第1项 清理省级行政许可事项｜牵头｜未启动｜2020年12月31日到期／第2项 查纠各种变相审批许可｜牵头｜未启动／第3项 稳妥向县市下放管理权限｜牵头｜未启动／第5项 压缩工程项目审批时间｜负责｜未启动｜6月30日已逾期／第6项 清理妨碍公平竞争的文件｜负责｜未启动／第7项 压减生产许可和准入证｜负责｜未启动／第8项 落实市场准入负面清单｜负责｜未启动／第10项 规范职业资格许可认定｜负责｜未启动／第17项 整治认证市场乱象｜负责｜未启动／第20项 政府带头守信践诺｜负责｜未启动／第21项 对新兴产业包容审慎监管｜负责｜未启动／第22项 推行马上办、网上办、就近办、一次办｜牵头｜未启动［下一页 ›］
    李明@本单位群：28 已完成
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：逾期反馈，提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：逾期反馈，提请办结（2019年9月前）／原话：28 已完成［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群：/unit@duban_bot 省政务局
      → 督办群：省政务局 任务 18 项，已办结 0 项，逾期 1 项（截至2019年9月2日（周一）09:00）　第1/2页／第1项 清理省级行政许可事项｜牵头｜未启动｜2020年12月31日到期／第2项 查纠各种变相审批许可｜牵头｜未启动／第3项 稳妥向县市下放管理权限｜牵头｜未启动／第5项 压缩工程项目审批时间｜负责｜未启动｜6月30日已逾期／第6项 清理妨碍公平竞争的文件｜负责｜未启动／第7项 压减生产许可和准入证｜负责｜未启动／第8项 落实市场准入负面清单｜负责｜未启动／第10项 规范职业资格许可认定｜负责｜未启动／第17项 整治认证市场乱象｜负责｜未启动／第20项 政府带头守信践诺｜负责｜未启动／第21项 对新兴产业包容审慎监管｜负责｜未启动／第22项 推行马上办、网上办、就近办、一次办｜牵头｜未启动［下一页 ›］
    周敏@督办群：/due@duban_bot 30
      → 督办群：9月2日至10月2日没有到期的任务。（截至2019年9月2日（周一）09:00）
    ");
    insta::assert_snapshot!(talk.reminders("28", "省政务局", "2019-09-02", "2020-12-31"), @"09-25→- 10-25→- 11-25→- 12-25→- 01-23→- 02-25→- 03-25→- 04-24→- 05-25→- 06-24→- 07-24→- 08-25→- 09-25→- 10-23→- 11-25→- 12-01→2020-12-31 12-17→2020-12-31 12-24→2020-12-31 12-28→2020-12-31 12-30→2020-12-31 12-31→2020-12-31");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn words_without_a_task_keep_the_date_that_was_named() {
    let mut talk = office_of("省自然资源厅", "12-30 08:00:00").await;
    talk.go_on(TimeDelta::hours(1));
    talk.tick().await;
    talk.reply(OFFICE, LI, "已完成").await;
    insta::assert_snapshot!(talk.take(), @"
    〔12月30日09:00〕
      → 本单位群：【工作提醒】省自然资源厅　12月30日（周一）／已到期未办结：／第26项 压缩产权登记办理时间（牵头）〔长沙市〕：6月30日，已逾期183天／第5项 压缩工程项目审批时间：6月30日，已逾期183天／第28项 建设全省一体化政务平台：8月31日，已逾期121天／临近到期：／第26项 压缩产权登记办理时间（牵头）：12月31日，明日到期／共同任务 第25、32项：12月31日，明日到期／请回复本条写明进展，有困难请一并说明。［全部无变化］［逐项填报］
    李明@本单位群：已完成
      → 本单位群：李明 已成为省自然资源厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／请问这是哪一项的进展？点选后即登记。［第26项 压缩产权登记办理…］［第5项 压缩工程项目审批时间］［第28项 建设全省一体化政…］［第25项 企业群众办事只进…］［第32项 做好全省营商环境…］［以上全部］
      ≡ contact_registered
      ≡ task_asked
    ");
    let task = talk.label(OFFICE, "第26项 压缩产权登记办理…");
    talk.press(OFFICE, LI, &task).await;
    talk.press(OFFICE, LI, "整项办结").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群 点按［第26项 压缩产权登记办理…］
      → 本单位群：李明 已成为省自然资源厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／请问这是哪一项的进展？点选后即登记。／—— 李明 12-30 09:00 选定第26项
      → 本单位群：第26项 压缩产权登记办理时间：有多个时限，请问完成的是哪一个？点选后即登记。［长沙市2019年6月底前］［2019年底前］［整项办结］
      ≡ task_asked
    李明@本单位群 点按［整项办结］
      → 本单位群：第26项 压缩产权登记办理时间：有多个时限，请问完成的是哪一个？点选后即登记。／—— 李明 12-30 09:00 选定整项
      → 督办群：省自然资源厅（李明）反馈：／第26项 压缩产权登记办理时间：逾期反馈，提请办结（整项）／原话：已完成［第26项 同意办结］［第26项 退回］
      → 本单位群：已登记 第26项 压缩产权登记办理时间：逾期反馈，提请办结（整项）／办结由督办员核定。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("26", "省自然资源厅"), @"claimed_done；2019-06-30 claimed_done -，2019-12-31 claimed_done -，2024-01-09 claimed_done -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_named_before_what_was_understood_is_confirmed() {
    let mut talk = office_of("省自然资源厅", "12-30 08:00:00").await;
    talk.office.ask(&["policy", "confirm", "completions"]);
    talk.go_on(TimeDelta::hours(1));
    talk.tick().await;
    talk.take();
    talk.reply(OFFICE, LI, "26 已完成").await;
    talk.press(OFFICE, LI, "2019年底前").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：26 已完成
      → 本单位群：李明 已成为省自然资源厅联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／第26项 压缩产权登记办理时间：有多个时限，请问完成的是哪一个？点选后即登记。［长沙市2019年6月底前］［2019年底前］［整项办结］
      ≡ contact_registered
      ≡ task_asked
    李明@本单位群 点按［2019年底前］
      → 本单位群：理解如下，点选登记后生效；有出入请改选或重新回复。／第26项 压缩产权登记办理时间：提请办结（2019年底前）［登记：提请办结（2019年底前）］［推进中］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    ");
    let agree = talk.label(OFFICE, "（2019年底前）");
    talk.press(OFFICE, LI, &agree).await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群 点按［登记：提请办结（2019年底前）］
      → 本单位群：理解如下，点选登记后生效；有出入请改选或重新回复。／第26项 压缩产权登记办理时间：提请办结（2019年底前）／—— 李明 12-30 09:00 已确认
      → 督办群：省自然资源厅（李明）反馈：／第26项 压缩产权登记办理时间：提请办结（2019年底前）／原话：26 已完成［第26项 同意（该时限）］［第26项 整项办结］［第26项 退回］
      → 本单位群：已登记 第26项 压缩产权登记办理时间：提请办结（2019年底前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("26", "省自然资源厅"), @"in_progress；2019-06-30 open -，2019-12-31 claimed_done -，2024-01-09 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coordinator_rules_on_a_date_by_command() {
    let mut talk = office("08-27 10:00:00").await;
    talk.say(OFFICE, LI, "/done@duban_bot 28 已接入国家平台").await;
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/accept@duban_bot 28 省政务局").await;
    talk.say(COORDINATORS, ZHOU, "/reopen@duban_bot 28 省政务局 核查发现接口未通").await;
    talk.say(COORDINATORS, ZHOU, "/reopen@duban_bot 28 省政务局 核查发现接口未通").await;
    talk.say(COORDINATORS, ZHOU, "/history@duban_bot 28").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/accept@duban_bot 28 省政务局
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已接入国家平台／—— 周敏 08-27 10:00 同意办结（2019年8月31日时限）
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00同意办结（2019年8月31日时限），其余时限照常推进。
      → 督办群：周敏 同意办结（2019年8月31日时限）：第28项 建设全省一体化政务平台（省政务局）
      ≡ claim_decided
    周敏@督办群：/reopen@duban_bot 28 省政务局 核查发现接口未通
      → 督办群：周敏 撤销办结（2019年8月31日时限）：第28项 建设全省一体化政务平台（省政务局）理由：核查发现接口未通
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00撤销办结（2019年8月31日时限），请继续推进。理由：核查发现接口未通
      ≡ duty_reopened
    周敏@督办群：/reopen@duban_bot 28 省政务局 核查发现接口未通
      → 督办群：第28项：省政务局目前为推进中，只有已办结的才能撤销办结。
    周敏@督办群：/history@duban_bot 28
      → 督办群：第28项 历次反馈（3 条）／2019年8月27日（周二）10:00 第28项 省政务局（李明）［推进中，提请办结（2019年9月前）］28 已接入国家平台／2019年8月27日（周二）10:00 第28项 省政务局（周敏）同意办结（2019年8月31日时限）／2019年8月27日（周二）10:00 第28项 省政务局（周敏）撤销办结（2019年8月31日时限）：核查发现接口未通
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 open -，2020-12-31 open -，2022-12-31 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_of_the_plan_keeps_what_was_signed_off() {
    let mut talk = office("08-27 10:00:00").await;
    talk.say(OFFICE, LI, "/done@duban_bot 28 已接入国家平台").await;
    talk.press(COORDINATORS, ZHOU, "第28项 同意（该时限）").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 2020年底前的已完成").await;
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/demo-plan.txt");
    let plan = std::fs::read_to_string(seeds).expect("the demo plan");
    let changed = plan.replace("2019年9月前，省级平台", "2019年8月底前，省级平台");
    let changed = changed.replace("2020年底前，数据在部门", "2021年底前，数据在部门");
    let path = talk.office.path("changed.txt");
    std::fs::write(&path, changed).expect("written");
    talk.office.ask(&["plan", "import", path.to_str().expect("a path")]);
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    talk.press(COORDINATORS, ZHOU, "第28项 同意（该时限）").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/pending@duban_bot
      → 督办群：没有待核定的办结、延期和中止申请。（截至2019年8月27日（周二）10:00）
    周敏@督办群 点按［第28项 同意（该时限）］
      （浮窗）情况已有变化，此按钮不再有效。
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 done 2019-08-27，2021-12-31 open -，2022-12-31 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn said_again_it_is_the_claim_that_waits() {
    let mut talk = office("08-27 10:00:00").await;
    talk.go_on(TimeDelta::hours(23));
    talk.tick().await;
    talk.reply(OFFICE, LI, "已完成").await;
    talk.take();
    talk.reply_to("工作提醒", OFFICE, LI, "28 已完成，材料已上报").await;
    talk.say(OFFICE, LI, "/done@duban_bot 28 材料已补齐").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：28 已完成，材料已上报
      → 本单位群：已登记 第28项 建设全省一体化政务平台：再次提请办结（2019年9月前）／此前的申请正待督办员答复，不重复提请，本次反馈已留存。［撤回］
      ≡ report_recorded
    李明@本单位群：/done@duban_bot 28 材料已补齐
      → 本单位群：已登记 第28项 建设全省一体化政务平台：再次提请办结（2019年9月前）／此前的申请正待督办员答复，不重复提请，本次反馈已留存。［撤回］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 claimed_done -，2020-12-31 open -，2022-12-31 open -");
    talk.say(OFFICE, LI, "/report@duban_bot 28 2020年底前的已完成").await;
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 claimed_done -，2020-12-31 claimed_done -，2022-12-31 open -");
    talk.say(OFFICE, LI, "/report@duban_bot 28 整项已完成").await;
    talk.take();
    talk.reply_to("工作提醒", OFFICE, LI, "28 已完成").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：28 已完成
      → 本单位群：已登记 第28项 建设全省一体化政务平台：再次提请办结（整项）／此前的申请正待督办员答复，不重复提请，本次反馈已留存。［撤回］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"claimed_done；2019-08-31 claimed_done -，2020-12-31 claimed_done -，2022-12-31 claimed_done -");
    // The first press shows what was said since.
    for _ in 0..2 {
        talk.press(COORDINATORS, ZHOU, "第28项 退回").await;
    }
    talk.take();
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：提请办结 2 项（截至2019年8月28日（周三）09:00）／1. 第28项 建设全省一体化政务平台｜省政务局提请办结（2019年9月前）（8月28日）：已完成／2. 第28项 建设全省一体化政务平台｜省政务局提请办结（2020年底前）（8月28日）：28 2020年底前的已完成［1. 第28项 同意（该时限）］［1. 第28项 整项办结］［1. 第28项 退回］［2. 第28项 同意（该时限）］［2. 第28项 整项办结］［2. 第28项 退回］
    ");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_off_claims_nothing_else() {
    let mut talk = office("08-27 10:00:00").await;
    talk.go_on(TimeDelta::hours(23));
    talk.tick().await;
    talk.reply(OFFICE, LI, "已完成").await;
    talk.edit("已完成，材料已上报").await;
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 claimed_done -，2020-12-31 open -，2022-12-31 open -");
    for _ in 0..2 {
        talk.press(COORDINATORS, ZHOU, "第28项 同意（该时限）").await;
    }
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 done 2019-08-28，2020-12-31 open -，2022-12-31 open -");
    talk.edit_what_said("已完成，材料已上报", "已完成，材料已全部上报").await;
    talk.reply_to("工作提醒", OFFICE, LI, "28 已完成").await;
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 done 2019-08-28，2020-12-31 open -，2022-12-31 open -");
    talk.say(OFFICE, LI, "/report@duban_bot 28 整项已完成").await;
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"claimed_done；2019-08-31 done 2019-08-28，2020-12-31 claimed_done -，2022-12-31 claimed_done -");
    talk.say(OFFICE, LI, "/report@duban_bot 28 2019年8月底前的已完成").await;
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"claimed_done；2019-08-31 done 2019-08-28，2020-12-31 claimed_done -，2022-12-31 claimed_done -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_date_claims_nothing_and_two_dates_are_asked_about() {
    let mut talk = office("08-27 10:00:00").await;
    for said in ["9月前的已完成初稿", "2020年底前的已完成一半", "9月前和2020年底前的都已完成", "各时限均已完成"]
    {
        talk.say(OFFICE, LI, &format!("/report@duban_bot 28 {said}")).await;
    }
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/report@duban_bot 28 9月前的已完成初稿
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：推进中［撤回］
      ≡ contact_registered
      ≡ report_recorded
    李明@本单位群：/report@duban_bot 28 2020年底前的已完成一半
      → 本单位群：已登记 第28项 建设全省一体化政务平台：推进中50%［撤回］
      ≡ report_recorded
    李明@本单位群：/report@duban_bot 28 9月前和2020年底前的都已完成
      → 本单位群：没有看懂，原话已留存，尚未登记。请点选这句话对第28项 建设全省一体化政务平台的含义，或重新回复写明进展。［推进中］［提请办结］［受阻］［仅作说明］［不登记］
      ≡ meaning_asked
    李明@本单位群：/report@duban_bot 28 各时限均已完成
      → 本单位群：已登记 第28项 建设全省一体化政务平台：提请办结（整项）／办结由督办员核定。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（整项）／原话：28 各时限均已完成［第28项 同意办结］［第28项 退回］
      ≡ report_recorded
    ");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_sent_after_a_claim_leaves_it_a_claim() {
    let mut talk = office("08-27 10:00:00").await;
    talk.say(OFFICE, LI, "/done@duban_bot 28 已接入国家平台").await;
    talk.attach_to("提请办结", OFFICE, LI, "第28项 平台对接验收报告").await;
    talk.attach_to("提请办结", OFFICE, LI, "第28项 系统试运行界面").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/done@duban_bot 28 已接入国家平台
      → 本单位群：李明 已成为省政务局联络员。需要私聊抄送提醒的，可发送 /private@duban_bot。／已登记 第28项 建设全省一体化政务平台：提请办结（2019年9月前）／办结由督办员核定。／其余时限照常提醒。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结（2019年9月前）／原话：28 已接入国家平台［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］
      ≡ contact_registered
      ≡ report_recorded
    李明@本单位群：第28项 平台对接验收报告
      → 本单位群：已登记 第28项 建设全省一体化政务平台：提请办结的补充附件／附件已留存。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结的补充附件／原话：第28项 平台对接验收报告［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］［查看附件］
      ≡ report_recorded
    李明@本单位群：第28项 系统试运行界面
      → 本单位群：已登记 第28项 建设全省一体化政务平台：提请办结的补充附件／附件已留存。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：提请办结的补充附件／原话：第28项 系统试运行界面［第28项 同意（该时限）］［第28项 整项办结］［第28项 退回］［查看附件］
      ≡ report_recorded
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31 claimed_done -，2020-12-31 open -，2022-12-31 open -");
    talk.holds();
}
