//! 交办: what a document brings is told once to the units that have a chat, with the digest of the day.

use chrono::TimeDelta;

use crate::talk::{COORDINATORS, GROUP, LI, Talk, ZHOU};

const PLAN: &str = "湖南省2019年政务公开工作要点
一、重点任务
1.公开政务服务事项，2019年12月底前，全部上网。（省住房城乡建设厅负责）
2.解读重大政策，2019年11月底前完成。（省公安厅负责）
";

fn import(talk: &Talk, text: &str) {
    let file = talk.office.path("second.txt");
    std::fs::write(&file, text).expect("written");
    talk.office.ask(&["plan", "import", file.to_str().expect("UTF-8"), "--code", "政务公开"]);
}

async fn next_morning(talk: &mut Talk) -> String {
    talk.take();
    talk.go_on(TimeDelta::days(1));
    talk.tick().await;
    talk.take()
}

#[tokio::test]
async fn what_a_document_brings_is_told_once() {
    let mut talk =
        Talk::begin("08-05 09:00:00", &[(GROUP, "住建厅群"), (LI, "李明"), (COORDINATORS, "督办群"), (ZHOU, "周敏")])
            .await;
    talk.bind(COORDINATORS, ZHOU, "--coordinator").await;
    talk.bind(GROUP, LI, "省住房城乡建设厅").await;
    talk.tick().await;
    assert!(!next_morning(&mut talk).await.contains("新交办"), "the answer to the binding has told what there is");
    import(&talk, PLAN);
    let told = next_morning(&mut talk).await;
    assert!(told.contains("新交办：") && told.contains("第1项 公开政务服务事项：12月31日"), "{told}");
    assert!(!told.contains("解读重大政策"), "it is another unit's: {told}");
    assert!(!next_morning(&mut talk).await.contains("新交办"), "once");
    import(&talk, &PLAN.replace("2019年12月底前", "2019年10月底前"));
    let told = next_morning(&mut talk).await;
    assert!(told.contains("任务调整：／第1项 公开政务服务事项：时限由12月31日改为10月31日（方案重新印发）"), "{told}");
    assert!(!next_morning(&mut talk).await.contains("任务调整"), "once");
    talk.office.ask(&["verify"]);
}
