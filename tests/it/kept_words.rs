//! What a document says of a task beside units and dates is kept with it and shown.

use std::fs;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const PLAN: &str = "关于印发《库房修缮任务分工方案》的通知
湖南省档案局
2019年3月1日
41.修缮库房。
牵头单位：省住房城乡建设厅（责任人：张某）
责任领导：副省长李某
完成时限：5月底前全部开工，10月底前完工
42.整理目录。（省财政厅负责）
";

#[tokio::test]
async fn persons_and_remarks_are_shown_with_the_task() {
    let mut talk = Talk::with_unit().await;
    let plan = talk.office.path("plan.txt");
    fs::write(&plan, PLAN).expect("written");
    talk.office.ask(&["plan", "import", plan.to_str().expect("UTF-8")]);
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.take();
    talk.say(GROUP, LI, "/task@duban_bot 41").await;
    talk.say(COORDINATORS, ZHOU, "/task@duban_bot 41").await;
    insta::assert_snapshot!(talk.take(), @"
    李明@住建厅群：/task@duban_bot 41
      → 住建厅群：第41项／修缮库房。／省住房城乡建设厅（责任人：张某）／责任领导：副省长李某／时限：5月底前全部开工，10月底前完工／省住房城乡建设厅：第41项 修缮库房｜牵头｜未启动｜5月31日已逾期／时限：5月底前（5月31日）／时限：10月底前（10月31日）
    周敏@督办群：/task@duban_bot 41
      → 督办群：第41项｜未启动（截至2019年6月3日（周一）10:00）／修缮库房。／省住房城乡建设厅（责任人：张某）／责任领导：副省长李某／时限：5月底前全部开工，10月底前完工／时限：5月底前（5月31日）／时限：10月底前（10月31日）／牵头 省住房城乡建设厅：未启动，已逾期（尚无反馈）
    ");
    assert_eq!(talk.office.verified()["ledger"]["ok"], true);
}
