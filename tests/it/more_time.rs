//! More time: for which date, and for whom.

use chrono::TimeDelta;

use crate::milestones::{OFFICE, office};
use crate::talk::{COORDINATORS, LI, ZHOU};

const HOUSING: i64 = -1003;

#[tokio::test(flavor = "multi_thread")]
async fn the_date_that_is_named_or_due_is_put_off() {
    let mut talk = office("08-27 10:00:00").await;
    talk.say(OFFICE, LI, "/extend@duban_bot 28 2019-10-31 国家平台接口未开放").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 推进中，正在联调").await;
    talk.say(COORDINATORS, ZHOU, "/pending@duban_bot").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/extend@duban_bot 28 2019-10-31 国家平台接口未开放
      → 本单位群：李明 已成为省政务局联络员。／已登记 第28项 建设全省一体化政务平台：申请延期至10月31日（原时限8月31日）／延期由督办员答复，原时限仍在。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至10月31日（原时限8月31日）／原话：/extend@duban_bot 28 2019-10-31 国家平台接口未开放［第28项 同意延期］［第28项 不同意］
      ≡ contact_registered
      ≡ report_recorded
    李明@本单位群：/report@duban_bot 28 推进中，正在联调
      → 本单位群：已登记 第28项 建设全省一体化政务平台：推进中［撤回］
      ≡ report_recorded
    周敏@督办群：/pending@duban_bot
      → 督办群：待核定：申请延期 1 项（截至2019年8月27日（周二）10:00）／第28项 建设全省一体化政务平台｜省政务局申请延期至10月31日（原时限8月31日）（8月27日）：/extend@duban_bot 28 2019-10-31 国家平台接口未开放［第28项 同意延期］［第28项 不同意］
    ");
    talk.press(COORDINATORS, ZHOU, "第28项 同意延期").await;
    talk.press(COORDINATORS, ZHOU, "第28项 仅该单位").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群 点按［第28项 同意延期］
      → 督办群：第28项 建设全省一体化政务平台｜省政务局（牵头）申请延期至10月31日（原时限8月31日）：/extend@duban_bot 28 2019-10-31 国家平台接口未开放／请选择同意延期的范围：［第28项 仅该单位］［第28项 全部责任单位］
    周敏@督办群 点按［第28项 仅该单位］
      （浮窗）已同意延期。
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至10月31日（原时限8月31日）／原话：/extend@duban_bot 28 2019-10-31 国家平台接口未开放／—— 周敏 08-27 10:00 同意延期至2019年10月31日
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00同意延期至2019年10月31日，提醒按新时限进行，原时限留存备查。
      → 督办群：待核定：申请延期 1 项（截至2019年8月27日（周二）10:00）／第28项 建设全省一体化政务平台｜省政务局申请延期至10月31日（原时限8月31日）（8月27日）：/extend@duban_bot 28 2019-10-31 国家平台接口未开放／—— 周敏 08-27 10:00 同意延期至2019年10月31日
      → 督办群：第28项 建设全省一体化政务平台｜省政务局（牵头）申请延期至10月31日（原时限8月31日）：/extend@duban_bot 28 2019-10-31 国家平台接口未开放／请选择同意延期的范围：／—— 周敏 08-27 10:00 同意延期至2019年10月31日
      → 督办群：周敏 同意延期至2019年10月31日：第28项 建设全省一体化政务平台（省政务局）
      ≡ extension_decided
    ");
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31→2019-10-31 open -，2020-12-31 open -，2022-12-31 open -");
    insta::assert_snapshot!(talk.stands("28", "省住房城乡建设厅"), @"not_started；2019-08-31 open -，2020-12-31 open -，2022-12-31 open -");
    talk.say(OFFICE, LI, "/report@duban_bot 28 2020年底前的任务申请延期至2021年3月31日").await;
    talk.press(COORDINATORS, ZHOU, "第28项 不同意").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/report@duban_bot 28 2020年底前的任务申请延期至2021年3月31日
      → 本单位群：已登记 第28项 建设全省一体化政务平台：申请延期至2021年3月31日（原时限2020年12月31日）／延期由督办员答复，原时限仍在。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至2021年3月31日（原时限2020年12月31日）／原话：/report@duban_bot 28 2020年底前的任务申请延期至2021年3月31日［第28项 同意延期］［第28项 不同意］
      ≡ report_recorded
    周敏@督办群 点按［第28项 不同意］
      （浮窗）已答复不同意。
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至2021年3月31日（原时限2020年12月31日）／原话：/report@duban_bot 28 2020年底前的任务申请延期至2021年3月31日／—— 周敏 08-27 10:00 不同意延期至2021年3月31日
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00不同意延期至2021年3月31日，仍按原时限推进。
      → 督办群：周敏 不同意延期至2021年3月31日：第28项 建设全省一体化政务平台（省政务局）／请回复本条说明理由，将转告该单位。
      ≡ extension_decided
    ");
    talk.say(OFFICE, LI, "/report@duban_bot 28 9月前的已完成").await;
    talk.take();
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"in_progress；2019-08-31→2019-10-31 claimed_done -，2020-12-31 open -，2022-12-31 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_date_that_passes_the_next_one_is_asked_about() {
    let mut talk = office("08-27 10:00:00").await;
    talk.say(OFFICE, LI, "/extend@duban_bot 28 2021-03-31 系统重建").await;
    talk.press(OFFICE, LI, "2020年底前").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/extend@duban_bot 28 2021-03-31 系统重建
      → 本单位群：李明 已成为省政务局联络员。／第28项 建设全省一体化政务平台：申请延期至2021年3月31日，请问延期的是哪一个时限？点选后即登记。［2019年9月前］［2020年底前］
      ≡ contact_registered
      ≡ task_asked
    李明@本单位群 点按［2020年底前］
      → 本单位群：李明 已成为省政务局联络员。／第28项 建设全省一体化政务平台：申请延期至2021年3月31日，请问延期的是哪一个时限？点选后即登记。／—— 李明 08-27 10:00 选定2020年底前
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至2021年3月31日（原时限2020年12月31日）／原话：/extend@duban_bot 28 2021-03-31 系统重建［第28项 同意延期］［第28项 不同意］
      → 本单位群：已登记 第28项 建设全省一体化政务平台：申请延期至2021年3月31日（原时限2020年12月31日）／延期由督办员答复，原时限仍在。［撤回］
      ≡ question_closed
      ≡ report_recorded
    ");
    talk.press(COORDINATORS, ZHOU, "第28项 同意延期").await;
    talk.press(COORDINATORS, ZHOU, "第28项 仅该单位").await;
    talk.take();
    insta::assert_snapshot!(talk.stands("28", "省政务局"), @"not_started；2019-08-31 open -，2020-12-31→2021-03-31 open -，2022-12-31 open -");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn more_time_for_the_lead_may_be_for_all_in_the_task() {
    let mut talk = office("08-27 10:00:00").await;
    talk.rename(HOUSING, "住建厅群");
    talk.bind(HOUSING, LI, "省住房城乡建设厅").await;
    talk.say(OFFICE, LI, "/extend@duban_bot 28 2019-10-31 国家平台接口未开放").await;
    talk.press(COORDINATORS, ZHOU, "第28项 同意延期").await;
    talk.press(COORDINATORS, ZHOU, "第28项 全部责任单位").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/extend@duban_bot 28 2019-10-31 国家平台接口未开放
      → 本单位群：李明 已成为省政务局联络员。／已登记 第28项 建设全省一体化政务平台：申请延期至10月31日（原时限8月31日）／延期由督办员答复，原时限仍在。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至10月31日（原时限8月31日）／原话：/extend@duban_bot 28 2019-10-31 国家平台接口未开放［第28项 同意延期］［第28项 不同意］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群 点按［第28项 同意延期］
      → 督办群：第28项 建设全省一体化政务平台｜省政务局（牵头）申请延期至10月31日（原时限8月31日）：/extend@duban_bot 28 2019-10-31 国家平台接口未开放／请选择同意延期的范围：［第28项 仅该单位］［第28项 全部责任单位］
    周敏@督办群 点按［第28项 全部责任单位］
      （浮窗）已同意延期。
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至10月31日（原时限8月31日）／原话：/extend@duban_bot 28 2019-10-31 国家平台接口未开放／—— 周敏 08-27 10:00 同意全部责任单位延期至2019年10月31日
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00同意全部责任单位延期至2019年10月31日，提醒按新时限进行，原时限留存备查。
      → 住建厅群：第28项 建设全省一体化政务平台：督办员周敏于8月27日10:00同意全部责任单位延期至2019年10月31日，提醒按新时限进行，原时限留存备查。
      → 督办群：第28项 建设全省一体化政务平台｜省政务局（牵头）申请延期至10月31日（原时限8月31日）：/extend@duban_bot 28 2019-10-31 国家平台接口未开放／请选择同意延期的范围：／—— 周敏 08-27 10:00 同意全部责任单位延期至2019年10月31日
      → 督办群：周敏 同意全部责任单位延期至2019年10月31日：第28项 建设全省一体化政务平台（省政务局）
      ≡ extension_decided
    ");
    let stands = ["省政务局", "省住房城乡建设厅", "长沙市人民政府"].map(|unit| talk.stands("28", unit));
    insta::assert_snapshot!(stands.join("\n"), @"
    not_started；2019-08-31→2019-10-31 open -，2020-12-31 open -，2022-12-31 open -
    not_started；2019-08-31→2019-10-31 open -，2020-12-31 open -，2022-12-31 open -
    not_started；2019-08-31→2019-10-31 open -，2020-12-31 open -，2022-12-31 open -
    ");
    talk.go_on(TimeDelta::hours(1));
    talk.press_first(COORDINATORS, ZHOU, "第28项 同意延期").await;
    insta::assert_snapshot!(talk.take(), @"
    周敏@督办群 点按［第28项 同意延期］
      （浮窗）已由周敏于10:00同意延期至2019年10月31日。
    ");
    // Those who are not the lead ask for themselves alone.
    talk.say(HOUSING, LI, "/extend@duban_bot 28 2019-11-30 设备未到货").await;
    talk.press(COORDINATORS, ZHOU, "第28项 同意延期").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/extend@duban_bot 28 2019-11-30 设备未到货
      → 住建厅群：李明 已成为省住房城乡建设厅联络员。／已登记 第28项 建设全省一体化政务平台：申请延期至11月30日（原时限10月31日）／延期由督办员答复，原时限仍在。［撤回］
      → 督办群：省住房城乡建设厅（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至11月30日（原时限10月31日）／原话：/extend@duban_bot 28 2019-11-30 设备未到货［第28项 同意延期］［第28项 不同意］
      ≡ contact_registered
      ≡ report_recorded
    周敏@督办群 点按［第28项 同意延期］
      （浮窗）已同意延期。
      → 督办群：省住房城乡建设厅（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至11月30日（原时限10月31日）／原话：/extend@duban_bot 28 2019-11-30 设备未到货／—— 周敏 08-27 11:00 同意延期至2019年11月30日
      → 住建厅群：第28项 建设全省一体化政务平台：督办员周敏于8月27日11:00同意延期至2019年11月30日，提醒按新时限进行，原时限留存备查。
      → 本单位群：第28项 建设全省一体化政务平台：督办员周敏于8月27日11:00同意延期至2019年11月30日（省住房城乡建设厅）。
      → 督办群：周敏 同意延期至2019年11月30日：第28项 建设全省一体化政务平台（省住房城乡建设厅）
      ≡ extension_decided
    ");
    let stands = ["省政务局", "省住房城乡建设厅", "长沙市人民政府"].map(|unit| talk.stands("28", unit));
    insta::assert_snapshot!(stands.join("\n"), @"
    not_started；2019-08-31→2019-10-31 open -，2020-12-31 open -，2022-12-31 open -
    not_started；2019-08-31→2019-11-30 open -，2020-12-31 open -，2022-12-31 open -
    not_started；2019-08-31→2019-10-31 open -，2020-12-31 open -，2022-12-31 open -
    ");
    talk.holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_wishes_for_two_dates() {
    let mut talk = office("08-20 10:00:00").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 2019年8月底前的已完成，2020年底前的申请延期至2021年6月30日").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 2020年底前的申请延期至2021年6月30日").await;
    talk.say(OFFICE, LI, "/report@duban_bot 28 2022年底前的申请延期至2023年6月30日").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@本单位群：/report@duban_bot 28 2019年8月底前的已完成，2020年底前的申请延期至2021年6月30日
      → 本单位群：李明 已成为省政务局联络员。／第28项 建设全省一体化政务平台：申请延期至2021年6月30日，请问延期的是哪一个时限？点选后即登记。［2019年9月前］［2020年底前］
      ≡ contact_registered
      ≡ task_asked
    李明@本单位群：/report@duban_bot 28 2020年底前的申请延期至2021年6月30日
      → 本单位群：已登记 第28项 建设全省一体化政务平台：申请延期至2021年6月30日（原时限2020年12月31日）／延期由督办员答复，原时限仍在。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至2021年6月30日（原时限2020年12月31日）／原话：/report@duban_bot 28 2020年底前的申请延期至2021年6月30日［第28项 同意延期］［第28项 不同意］
      ≡ report_recorded
    李明@本单位群：/report@duban_bot 28 2022年底前的申请延期至2023年6月30日
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至2021年6月30日（原时限2020年12月31日）／原话：/report@duban_bot 28 2020年底前的申请延期至2021年6月30日／—— 李明 08-20 10:00 已改报
      → 本单位群：第28项只能有一项延期申请待答复，此前对2020年底前的申请由本次替代；仍需延期的，请在本次答复后再次提出。／已登记 第28项 建设全省一体化政务平台：申请延期至2023年6月30日（原时限2022年12月31日）／延期由督办员答复，原时限仍在。［撤回］
      → 督办群：省政务局（李明）反馈：／第28项 建设全省一体化政务平台：申请延期至2023年6月30日（原时限2022年12月31日）／原话：/report@duban_bot 28 2022年底前的申请延期至2023年6月30日［第28项 同意延期］［第28项 不同意］
      ≡ report_recorded
    ");
    talk.holds();
}
