//! A plan that is issued again, units that are reorganised, plans that end: what was reported stays where it was.

use serde_json::Value;

use crate::office::{Office, Telegram, at};

const FIRST: &str = "某市优化营商环境任务分工方案
某政办发〔2019〕8号
某市人民政府办公室
2019年1月9日
一、重点任务
（一）简化审批。
1.建成全市统一的审批系统，2019年6月底前实现一窗受理。（市政务局牵头，市公安局负责）
2.压减企业开办时间到三个工作日以内，2019年12月底前完成。（市市场监管局负责）
3.清理规范涉企收费，公布目录清单。（市发展改革委负责）
";

const SECOND: &str = "某市优化营商环境任务分工方案
某政办发〔2019〕8号
某市人民政府办公室
2019年1月9日
一、重点任务
（一）简化审批。
1.开展营商环境评价，2019年11月底前发布报告。（市发展改革委牵头，市统计局负责）
2.建成全市统一的审批系统，2019年9月底前实现一窗受理。（市政务局牵头，市公安局负责）
3.压减企业开办时间到两个工作日以内，2019年12月底前完成。（市市场监管局负责）
";

fn import(office: &Office, text: &str) -> Value {
    let file = office.path("plan.txt");
    std::fs::write(&file, text).expect("written");
    office.ask_json(&["plan", "import", file.to_str().expect("UTF-8"), "--json"])
}

fn duties(office: &Office) -> Vec<String> {
    let file = office.path("all.json");
    office.ask(&["export", file.to_str().expect("UTF-8")]);
    let held: Value = serde_json::from_slice(&std::fs::read(file).expect("the export")).expect("JSON");
    let duties = held["duties"].as_array().expect("duties").iter();
    let show = |duty: &Value| {
        let ended = if duty["ended"] == true { " 已终止" } else { "" };
        let reports = duty["reports"].as_array().map_or(0, Vec::len);
        let word = |key: &str| duty[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {} {reports}{ended}", word("task"), word("unit"), word("status"))
    };
    duties.map(show).collect()
}

#[test]
fn a_revised_plan_shows_and_applies_the_difference() {
    let office = Office::new();
    assert_eq!(import(&office, FIRST)["changes"].as_array().map(Vec::len), Some(2));
    assert_eq!(import(&office, FIRST)["changes"], Value::Array(Vec::new()), "the same again changes nothing");
    let changes = import(&office, SECOND);
    let changes: Vec<&str> = changes["changes"].as_array().expect("changes").iter().filter_map(Value::as_str).collect();
    insta::assert_snapshot!(changes.join("\n"), @"
    第1项 编号改为第2项
    第1项 文字有修改
    第1项 时限：2019年6月底前（2019-06-30） → 2019年9月底前（2019-09-30）
    第2项 编号改为第3项
    第2项 文字有修改
    新增第1项：开展营商环境评价，2019年11月底前发布报告。
    不再有第3项：清理规范涉企收费，公布目录清单。
    名册新增单位 1 个：市统计局
    ");
    insta::assert_snapshot!(duties(&office).join("\n"), @"
    1 市发展改革委 not_started 0
    1 市统计局 not_started 0
    2 市政务局 not_started 0
    2 市公安局 not_started 0
    3 市市场监管局 not_started 0
    3 市发展改革委 not_started 0 已终止
    ");
    let back = import(&office, FIRST);
    assert_eq!(back["plan_id"], 1, "an older version again is a revision, too");
    insta::assert_snapshot!(duties(&office).join("\n"), @"
    1 市政务局 not_started 0
    1 市公安局 not_started 0
    1 市发展改革委 not_started 0 已终止
    1 市统计局 not_started 0 已终止
    2 市市场监管局 not_started 0
    3 市发展改革委 not_started 0 已终止
    3 市发展改革委 not_started 0
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_stay_with_their_duties() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    import(&office, FIRST);
    telegram.add_group(-1, "市政务局", &[(1, "张三")]);
    let bot = telegram.start_bot(&office, at("06-26 16:00:00"));
    telegram.bind(-1, 1, &office.code_for("市政务局")).await;
    let answer = telegram.ask(-1, 1, "/report@duban_demo_bot 1 60%", None).await;
    assert!(answer.text.contains("推进中60%"), "{}", answer.text);

    import(&office, SECOND);
    let answer = telegram.ask(-1, 1, "/tasks@duban_demo_bot", None).await;
    assert!(answer.text.contains("第2项 建成全市统一的审批系统｜牵头｜推进中60%｜9月30日到期"), "{}", answer.text);

    // The unit is merged into another, which gets the group as well.
    office.ask(&["unit", "add", "市数据局"]);
    assert!(office.ask(&["unit", "succeed", "市政务局", "市数据局"]).contains("1 项"));
    let answer = telegram.ask(-1, 1, "/tasks@duban_demo_bot", None).await;
    assert!(answer.text.contains("市数据局") && answer.text.contains("推进中60%"), "{}", answer.text);
    assert!(telegram.ask(-1, 1, "/report@duban_demo_bot 2 80%", None).await.text.contains("80%"));

    office.ask(&["plan", "close", "1"]);
    assert!(telegram.ask(-1, 1, "/tasks@duban_demo_bot", None).await.text.contains("任务 0 项"));
    assert_eq!(
        office.ask_json(&["preview", "--from", "2019-06-01", "--to", "2019-12-31", "--json"]),
        Value::Array(vec![])
    );
    assert!(bot.terminate());
    insta::assert_snapshot!(duties(&office).join("\n"), @"
    1 市发展改革委 not_started 0
    1 市统计局 not_started 0
    2 市数据局 in_progress 2
    2 市公安局 not_started 0
    3 市市场监管局 not_started 0
    3 市发展改革委 not_started 0 已终止
    ");
    assert_eq!(office.ask_json(&["verify", "--json"])["ledger"]["ok"], true);
}

#[test]
fn a_member_and_an_alias_that_were_wrong_are_taken_back() {
    let office = Office::new();
    import(&office, "1.建成审批系统。（市政务局牵头，市直有关部门负责）\n2.公布目录。（市直有关部门负责）\n");
    for unit in ["市司法局", "市教育局"] {
        office.ask(&["unit", "add", unit]);
    }
    office.ask(&["unit", "members", "市直有关部门", "市司法局", "市教育局", "市政务局"]);
    let removed = office.ask(&["unit", "members", "市直有关部门", "市教育局", "--remove"]);
    insta::assert_snapshot!(removed, @"市直有关部门 的成员已减少 1 个，由此产生的责任 2 条到此为止，历史记录不变");
    insta::assert_snapshot!(duties(&office).join("\n"), @"
    1 市政务局 not_started 0
    1 市司法局 not_started 0
    1 市教育局 not_started 0 已终止
    2 市司法局 not_started 0
    2 市教育局 not_started 0 已终止
    2 市政务局 not_started 0
    ");
    office.ask(&["unit", "alias", "市司法局", "市法制局"]);
    office.ask(&["unit", "alias", "市司法局", "市法制局", "--remove"]);
    assert!(!office.ask(&["unit", "list"]).contains("市法制局"));
    assert_eq!(office.run(&["unit", "alias", "市司法局", "市法制局", "--remove"]).status.code(), Some(1));
    office.ask(&["verify"]);
}

#[test]
fn units_that_are_meant_in_one_task_only() {
    let office = Office::new();
    import(&office, "1.建成审批系统。（市政务局牵头，有关部门负责）\n2.公布目录。（市司法局牵头，有关部门负责）\n");
    office.ask(&["unit", "add", "市教育局"]);
    let named = office.ask(&["unit", "members", "有关部门", "市教育局", "--task", "2"]);
    insta::assert_snapshot!(named, @"第2项的有关部门已指明为：市教育局");
    office.ask(&["unit", "members", "有关部门", "市政务局", "--task", "2"]);
    insta::assert_snapshot!(duties(&office).join("\n"), @"
    1 市政务局 not_started 0
    2 市司法局 not_started 0
    2 市教育局 not_started 0
    2 市政务局 not_started 0
    ");
    assert_eq!(office.run(&["unit", "members", "有关部门", "市教育局", "--task", "7"]).status.code(), Some(1));
    office.ask(&["verify"]);
}
