//! What scripts rely on: plans by their numbers, refusals with the remedy, and no database made by looking.

use std::process::Output;

use serde_json::Value;
use sqlx::Executor;
use sqlx::sqlite::SqlitePool;

use crate::office::Office;

/// Two that differ by their years, and tasks below a number.
const FIRST: &str = "某市2090年重点工作要点\n5.优化审批。\n（1）建成系统。2090年6月底前完成。（市数据局牵头，市司法局配合）\n\
    （2）公布目录。2090年6月底前完成，2091年6月底前全面完成。（市司法局负责）\n6.改进作风。2090年9月底前完成。（有关部门负责）\n";
const SECOND: &str = "某市2091年政务公开要点\n1.公开事项。2090年9月底前完成。（市司法局负责）\n6.解读政策。2090年9月底前完成。（市司法局负责）\n";

/// The status, and the line on stderr, or what was printed.
fn told(office: &Office, arguments: &[&str]) -> String {
    said(&office.run(arguments))
}

fn said(output: &Output) -> String {
    let text = if output.status.success() { &output.stdout } else { &output.stderr };
    format!("{} {}", output.status.code().unwrap_or_default(), String::from_utf8_lossy(text).trim())
}

/// A document as a file; its path.
fn document(office: &Office, name: &str, text: &str) -> String {
    std::fs::write(office.path(name), text).expect("written");
    office.path(name).to_str().expect("UTF-8").to_owned()
}

fn office_with_two() -> Office {
    let office = Office::new();
    for (name, text) in [("first.txt", FIRST), ("second.txt", SECOND)] {
        office.ask(&["plan", "import", &document(&office, name, text)]);
    }
    office
}

fn exported(office: &Office, more: &[&str]) -> Value {
    let file = office.path("all.json");
    office.ask(&[&["export", file.to_str().expect("UTF-8")], more].concat());
    serde_json::from_slice(&std::fs::read(file).expect("read")).expect("one JSON document")
}

#[test]
fn a_plan_is_called_by_its_number() {
    let office = office_with_two();
    let ids = |held: &Value, list: &str| -> Vec<i64> {
        let held = held[list].as_array().expect("a list").iter();
        held.map(|one| one["plan_id"].as_i64().expect("a number")).collect()
    };
    let listed = office.ask_json(&["plan", "list", "--json"]);
    let listed: Vec<_> = listed.as_array().expect("a list").iter().map(|plan| plan["id"].as_i64()).collect();
    assert_eq!(listed, [Some(1), Some(2)]);
    assert_eq!(ids(&exported(&office, &[]), "plans"), [1, 2]);
    let second = exported(&office, &["--plan", "2"]);
    assert_eq!((ids(&second, "plans"), ids(&second, "duties")), (vec![2], vec![2, 2]));
    // The year in a title is not the number of a plan.
    let lines = [
        told(&office, &["task", "amend", "2", "6", "--text", "解读重大政策", "--reason", "更正"]),
        told(&office, &["task", "amend", "1", "5(1)", "--due", "2090-07-15", "--reason", "顺延"]),
        told(&office, &["task", "amend", "1", "5（2）", "--due", "2090-01-01=2090-07-15", "--reason", "顺延"]),
        told(&office, &["task", "amend", "1", "5（1）", "--due", "七月", "--reason", "顺延"])
            .lines()
            .next()
            .unwrap()
            .into(),
        told(&office, &["task", "drop", "1", "1", "--reason", "重复"]),
        told(&office, &["task", "drop", "9", "1", "--reason", "重复"]),
        told(&office, &["task", "drop", "年", "6", "--reason", "重复"]),
        told(&office, &["plan", "name", "9", "公开"]),
        told(&office, &["plan", "close", "要点"]),
        told(&office, &["export", "x.json", "--plan", "2090"]),
        told(&office, &["policy", "progress_call", "0 9 10 * *", "--plan", "没有"]),
        told(&office, &["status", "9 第6项"]),
        told(&office, &["task", "add", "--units", "，", "--due", "2090-09-30", "报送"]),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    0 第6项 解读政策：内容改为“解读重大政策”。
    0 第5（1）项 建成系统：时限由2090年6月30日改为2090年7月15日。
    1 duban: 第5（2）项没有2090年1月1日这一时限，未作更改。现有时限：2090年6月30日、2091年6月30日，请写其中一个。
    2 error: invalid value '七月' for '--due <原=新>': 日期应像 2019-06-30
    1 duban: 《某市2090年重点工作要点》没有进行中的第1项，未作更改。请核对序号，见 duban export 台账.xlsx --plan 1
    1 duban: 没有“9”这个方案，现有：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: “年”可能是几个方案：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: 没有“9”这个方案，现有：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: “要点”可能是几个方案：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: 没有“2090”这个方案，现有：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: 没有“没有”这个方案，现有：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: 没有“9”这个方案，现有：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: 没有写明单位，未作交办。请写名册上的名称或简称，例如 --units 省公安厅,省财政厅
    ");
    let answer = office.ask(&["status", "2 第6项"]);
    assert!(answer.contains("解读重大政策") && !answer.contains("改进作风"), "{answer}");
    let answer = office.ask(&["status", "方案2"]);
    assert!(answer.contains("任务 2 项：未启动 2"), "{answer}");
    assert!(office.ask(&["status", "5(2)"]).contains("公布目录"));
    let read = office.ask_json(&["understand", "已完成", "--tasks", "5(1)", "--json"]);
    assert_eq!(read["items"][0]["task"], "5（1）");
    office.ask(&["verify"]);
}

#[test]
fn a_plan_that_has_ended_says_so() {
    let office = office_with_two();
    office.ask(&["plan", "close", "2"]);
    let again = document(&office, "again.txt", SECOND);
    let lines = [
        told(&office, &["plan", "close", "2"]),
        told(&office, &["plan", "name", "2", "公开"]),
        told(&office, &["task", "amend", "2", "6", "--text", "甲", "--reason", "更正"]),
        told(&office, &["task", "drop", "政务公开", "6", "--reason", "更正"]),
        told(&office, &["plan", "import", &again]),
        told(&office, &["plan", "import", &again, "--dry-run"]),
        told(&office, &["status", "政务公开"]),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    1 duban: 《某市2091年政务公开要点》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办
    1 duban: 《某市2091年政务公开要点》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办
    1 duban: 《某市2091年政务公开要点》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办
    1 duban: 《某市2091年政务公开要点》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办
    1 duban: 这份文件已经导入过，其方案《某市2091年政务公开要点》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办
    1 duban: 这份文件已经导入过，其方案《某市2091年政务公开要点》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办
    1 duban: 《某市2091年政务公开要点》已结束，不再统计，台账请用 duban export 台账.xlsx --plan 政务公开
    ");
    // What was filed of it is asked for after its end.
    assert_eq!(exported(&office, &["--plan", "2"])["plans"].as_array().map(Vec::len), Some(1));
    office.ask(&["verify"]);
}

#[test]
fn a_trial_refuses_what_an_import_refuses() {
    let office = office_with_two();
    office.ask(&["plan", "name", "1", "重点"]);
    let twice =
        document(&office, "twice.txt", "某市任务分工方案\n1.修路。（市交通局负责）\n1.架桥。（市交通局负责）\n");
    let third = document(&office, "third.txt", "某市安全生产方案\n1.排查隐患。（市司法局负责）\n");
    let (first, second) =
        (office.path("first.txt").to_str().expect("UTF-8").to_owned(), document(&office, "second.txt", SECOND));
    let mut lines = Vec::new();
    for arguments in [
        vec![twice.as_str()],
        vec![&third, "--code", "12"],
        vec![&third, "--code", "一个长得按钮上写不下的方案简称名字"],
        vec![&third, "--code", "重点"],
        vec![&second, "--code", "重点"],
        vec![&first, "--code", "交办"],
    ] {
        let real = told(&office, &[&["plan", "import"], arguments.as_slice()].concat());
        for more in [&["--dry-run"][..], &["--dry-run", "--json"]] {
            assert_eq!(told(&office, &[&["plan", "import"], arguments.as_slice(), more].concat()), real);
        }
        lines.push(real);
    }
    insta::assert_snapshot!(lines.join("\n"), @"
    1 duban: 编号“1”在方案中不止一次，回复时无法分清。请在 twice.txt 中改正后再导入，未作任何更改
    1 duban: “12”会与方案的编号混淆，请用文字作简称
    1 duban: 简称最多 16 个字，“一个长得按钮上写不下的方案简称名字”太长，请缩短
    1 duban: 简称“重点”已用于《某市2090年重点工作要点》，与这份文件的标题和内容都不相同，未作更改。如是另一个方案，请另取简称；如要替换，请先用 duban plan close 重点 结束原方案并另取简称
    1 duban: “重点”已是《某市2090年重点工作要点》的简称，请另取一个
    1 duban: “交办”是单项交办的简称，请另取一个
    ");
    // What a new office could not store is no plan for it either, and what it could is shown.
    let other = Office::new();
    assert_eq!(told(&other, &["plan", "import", &third, "--dry-run", "--code", "12"]).lines().count(), 1);
    assert_eq!(other.ask_json(&["plan", "import", &third, "--dry-run", "--json"])["tasks"][0]["number"], "1");
    assert!(!other.path("duban.db").exists());
}

#[test]
fn looking_makes_no_database() {
    let office = Office::new();
    let (json, roll) = (office.path("x.json"), office.path("none.json"));
    let (json, roll) = (json.to_str().expect("UTF-8"), roll.to_str().expect("UTF-8"));
    let missing: [&[&str]; 22] = [
        &["status"],
        &["status", "--json"],
        &["verify"],
        &["verify", "--json"],
        &["plan", "list"],
        &["plan", "name", "1", "甲"],
        &["plan", "close", "1"],
        &["task", "add", "--units", "省公安厅", "--due", "2090-09-30", "报送"],
        &["task", "amend", "1", "5", "--text", "甲", "--reason", "更正"],
        &["task", "drop", "1", "5", "--reason", "更正"],
        &["export", json],
        &["preview", "--from", "2090-09-01", "--to", "2090-09-02"],
        &["unit", "list", "--json"],
        &["unit", "alias", "省公安厅", "公安"],
        &["unit", "members", "有关部门", "省公安厅"],
        &["unit", "succeed", "甲局", "乙局"],
        &["unit", "unbind", "省公安厅"],
        &["coordinator", "list"],
        &["invite", "省公安厅"],
        &["backup", json],
        &["policy", "progress_call", "--unit", "省公安厅"],
        &["policy", "progress_call", "0 9 10 * *", "--plan", "1"],
    ];
    for arguments in missing {
        let line = told(&office, arguments);
        let says = line.starts_with("1 duban: 没有找到数据库") && line.contains("请先用 duban plan import");
        assert!(says && line.lines().count() == 1, "{arguments:?}: {line}");
    }
    for refused in [
        &["policy", "digest", "x"][..],
        &["policy", "nothing"],
        &["policy", "holidays", roll],
        &["unit", "load", roll],
        &["doctor"],
    ] {
        assert!(told(&office, refused).starts_with("1 duban: "), "{refused:?}");
    }
    assert!(office.ask(&["policy", "digest"]).starts_with("digest = 0 9 * * *"));
    assert!(office.ask(&["policy", "holidays"]).contains("2026"));
    assert_eq!(std::fs::read_dir(office.path("")).expect("the folder").count(), 0, "nothing is there");
}

/// What `verify --json` prints, whatever it finds.
fn verification(office: &Office) -> Value {
    let output = office.run(&["verify", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr).lines().count(), 1);
    serde_json::from_slice(&output.stdout).expect("one JSON document")
}

#[tokio::test]
async fn values_that_cannot_be_read_are_findings() {
    let office = office_with_two();
    let whole = std::fs::read(office.path("duban.db")).expect("the file");
    let decided = "insert into person (telegram_id, name) values (1, '甲');
        insert into decision (duty_id, noted_after, kind, person_id, at) values (1, 1, 'accepted', 1, 'gestern')";
    for (change, table) in [
        ("update milestone set due = 'gestern'", "milestone"),
        ("update duty set status = 'x'", "duty"),
        ("update duty set status = 'done', stood_before = '{'", "duty"),
        (decided, "duty"),
        ("update plan set closed_at = 'gestern', title = cast(x'ff' as text)", "plan"),
        ("update task set text = cast(x'ff' as text)", "task"),
        ("insert into policy (key, value) values ('digest', cast(x'ff' as text))", "policy"),
        ("drop trigger ledger_refuses_update; update ledger set body = cast(x'ff' as text) where seq = 3", "ledger"),
        ("drop trigger ledger_refuses_update; update ledger set hash = x'' where seq = 3", "ledger"),
    ] {
        std::fs::write(office.path("duban.db"), &whole).expect("restored");
        let pool = SqlitePool::connect(&office.database()).await.expect("opened");
        let lax = format!("pragma ignore_check_constraints = on; pragma foreign_keys = off; {change}");
        pool.execute(sqlx::AssertSqlSafe(lax)).await.expect(change);
        pool.close().await;
        let found = verification(&office);
        let records = found["records"].as_array().expect("a list");
        let wrong = records.iter().find(|record| record["table"] == table).expect("its table");
        assert!(wrong["ok"] == false && wrong["found"].is_string(), "{change}: {wrong}");
    }
    std::fs::write(office.path("duban.db"), &whole).expect("restored");
    let pool = SqlitePool::connect(&office.database()).await.expect("opened");
    pool.execute("update plan set title = cast(x'ff' as text)").await.expect("changed");
    pool.close().await;
    let line = told(&office, &["plan", "list"]);
    assert!(line.contains("中有无法读取的值。请运行 duban verify"), "{line}");
    std::fs::write(office.path("duban.db"), "这不是数据库。".repeat(500)).expect("another file");
    let found = verification(&office);
    assert!(found["integrity"].as_str().is_some_and(|found| found.contains("不是 duban 的数据库")), "{found}");
    assert_eq!((&found["ledger"]["ok"], &found["kept_head"]), (&false.into(), &Value::Null));
    assert!(found["records"].is_array() && found["pending"]["inbox"] == 0, "{found}");
}

#[test]
fn members_are_taken_out_of_one_task() {
    let office = office_with_two();
    for unit in ["市教育局", "市公安局"] {
        office.ask(&["unit", "add", unit]);
    }
    let members = |more: &[&str]| told(&office, &[&["unit", "members", "有关部门"], more].concat());
    let lines = [
        members(&["市教育局", "--task", "6", "--remove"]),
        members(&["市教育局", "市公安局", "--task", "6", "--plan", "1"]),
        members(&["市司法局", "--task", "6", "--remove"]),
        members(&["市教育局", "--task", "6", "--remove"]),
        members(&["市教育局", "--task", "6", "--remove"]),
        members(&["市教育局", "--task", "6", "--plan", "9"]),
        members(&["市教育局", "--task", "5(1)"]),
        members(&["有关部门"]),
        told(&office, &["unit", "alias", "市司法局", ""]),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    1 duban: 第6项的“有关部门”没有单独指明过单位，未作更改。要在各项任务中都去掉，请不带 --task
    0 第6项的有关部门已指明为：市教育局、市公安局
    1 duban: “市司法局”不在第6项指明的“有关部门”之中，未作更改。请用 duban status 第6项 核对
    0 第6项的有关部门不再有：市教育局，由此产生的责任 1 条到此为止，历史记录不变
    1 duban: “市教育局”不在第6项指明的“有关部门”之中，未作更改。请用 duban status 第6项 核对
    1 duban: 没有“9”这个方案，现有：1 某市《某市2090年重点工作要点》、2 政务公开《某市2091年政务公开要点》。请写编号或简称
    1 duban: 第5（1）项没有写明“有关部门”，未作更改。请用 duban status 第5（1）项 核对
    1 duban: “有关部门”不能是它自己的成员，未作更改。请写其中的各个单位
    1 duban: 简称不能为空，未作更改
    ");
    let held = exported(&office, &["--plan", "1"]);
    let of_six: Vec<String> = held["duties"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|duty| duty["task"] == "6")
        .map(|duty| format!("{} {} {}", duty["unit"], duty["via"], duty["ended"]))
        .collect();
    insta::assert_snapshot!(of_six.join("\n"), @r#"
    "市教育局" "有关部门" true
    "市公安局" "有关部门" false
    "#);
    insta::assert_snapshot!(office.ask(&["unit", "list"]), @"
    市数据局
    市司法局
    市教育局
    市公安局
    有关部门　成员 0 个
    有关部门（方案1第6项）　成员 1 个　方案1即《某市》
    ");
    office.ask(&["verify"]);
}

#[test]
fn a_collective_is_called_as_the_document_prints_it() {
    let office = Office::new();
    for unit in ["市数据局", "市司法局"] {
        office.ask(&["unit", "add", unit]);
    }
    let plan = document(&office, "plan.txt", "某市改革方案\n1.优化审批。（市直各部门负责）\n");
    office.ask(&["plan", "import", &plan]);
    office.ask(&["unit", "add", "市级各单位"]);
    office.ask(&["unit", "members", "市直各部门", "市数据局", "市司法局"]);
    office.ask(&["unit", "succeed", "市直各部门", "市级各单位"]);
    let via = |held: &Value| -> Vec<Value> {
        held["duties"].as_array().expect("a list").iter().map(|duty| duty["via"].clone()).collect()
    };
    let held = exported(&office, &[]);
    assert_eq!(held["plans"][0]["tasks"][0]["collectives"][0], "市直各部门");
    assert_eq!(via(&held), ["市直各部门", "市直各部门"]);
}

#[test]
fn times_outside_the_sending_hours_are_told() {
    let office = Office::new();
    let lines = [
        told(&office, &["policy", "digest", "30 21 * * *"]),
        told(&office, &["policy", "digest", "0 9 * * *"]),
        told(&office, &["policy", "briefing", "0 7 * * 5"]),
        told(&office, &["policy", "sending_hours", "10:00-12:00"]),
        told(&office, &["policy", "sending_hours"]),
        told(&office, &["policy", "mention", "never"]),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    0 digest = 30 21 * * *　每日提醒的发出时间（工作日）
    注意：每日提醒定在21:30，不在可主动发消息的时段 08:00-20:00 之内，届时不会发出，改在当天08:00发出。请改 digest 或 sending_hours
    0 digest = 0 9 * * *　每日提醒的发出时间（工作日）
    0 briefing = 0 7 * * 5　督办员周报的发出时间
    注意：督办员周报定在7:00，不在可主动发消息的时段 08:00-20:00 之内，届时不会发出，改在当天08:00发出。请改 briefing 或 sending_hours
    0 sending_hours = 10:00-12:00　可主动发消息的时段
    注意：每日提醒定在9:00，督办员周报定在7:00，不在可主动发消息的时段 10:00-12:00 之内，届时不会发出，改在当天10:00发出。请改 digest、briefing 或 sending_hours
    0 sending_hours = 10:00-12:00　可主动发消息的时段
    0 mention = never　提醒在何时点名提示联络员（due 临期、到期和逾期时，always 每次，never 从不）
    ");
}

#[test]
fn a_rehearsal_names_the_plans() {
    let office = office_with_two();
    let span = ["--from", "2090-09-29", "--to", "2090-09-29"];
    office.ask(&["unit", "members", "有关部门", "市司法局", "--task", "6"]);
    insta::assert_snapshot!(office.ask(&[&["preview"], span.as_slice()].concat()), @"
    2090-09-29T09:00:00+08:00 市数据局［未绑定］：《某市》第5（1）项 逾期（2090-06-30）
    2090-09-29T09:00:00+08:00 市司法局［未绑定］：《某市》第5（2）项 逾期（2090-06-30）；《政务公开》第1项 临近到期（2090-09-30）；《政务公开》第6项 临近到期（2090-09-30）；《某市》第6项 临近到期（2090-09-30）；《某市》第5（1）项 逾期（2090-06-30）
    2090-09-29T17:00:00+08:00 督办员［未绑定］：周报
    共 3 条。以上为预演，没有发送。
    注意：没有 2090 年的节假日安排，仅以周六、周日为休息日。
    ");
    office.ask(&["task", "add", "--units", "市司法局", "--due", "2090-09-30", "报送总结"]);
    let planned = office.ask_json(&[&["preview", "--json"], span.as_slice()].concat());
    let items =
        planned.as_array().expect("a list").iter().flat_map(|message| message["items"].as_array().expect("items"));
    let items: Vec<String> = items.map(|item| format!("{} {}", item["plan"], item["task"])).collect();
    insta::assert_snapshot!(items.join("\n"), @r#"
    "某市" "5（1）"
    "某市" "5（2）"
    "政务公开" "1"
    "政务公开" "6"
    "交办" "7"
    "某市" "6"
    "某市" "5（1）"
    "#);
}

#[test]
fn plans_of_one_title_are_told_apart_in_the_papers() {
    use calamine::{Data, Reader, Xlsx, open_workbook};

    let office = Office::new();
    for (name, number, task) in [("one.txt", "〔2089〕1号", "优化审批"), ("two.txt", "〔2090〕2号", "公开事项")]
    {
        let head = format!("某市人民政府文件\n某政发{number}\n某市重点工作方案\n");
        let text = format!("{head}1.{task}。2090年9月底前完成。（市司法局负责）\n");
        office.ask(&["plan", "import", &document(&office, name, &text)]);
    }
    let listed = office.ask_json(&["plan", "list", "--json"]);
    assert_eq!(listed[0]["title"], listed[1]["title"], "{listed}");
    assert_ne!(listed[0]["name"], listed[1]["name"], "{listed}");
    let plans = |more: &[&str]| -> Vec<String> {
        let file = office.path("all.xlsx");
        office.ask(&[&["export", file.to_str().expect("UTF-8")], more].concat());
        let mut workbook: Xlsx<_> = open_workbook(&file).expect("a workbook");
        let sheet = workbook.worksheet_range("责任").expect("the duties");
        let plan = |row: &[Data]| format!("{} {}", row[0], row[row.len() - 1]);
        sheet.rows().skip(1).map(plan).collect()
    };
    insta::assert_snapshot!(plans(&[]).join("\n"), @"
    1 某市重点工作方案（某政发〔2089〕1号）
    1 某市重点工作方案（某政发〔2090〕2号）
    ");
    insta::assert_snapshot!(plans(&["--plan", "2"]).join("\n"), @"1 某市重点工作方案（某政发〔2090〕2号）");
    let title = listed[0]["title"].as_str().expect("a title");
    let ambiguous = told(&office, &["plan", "close", title]);
    assert!(ambiguous.starts_with("1 ") && ambiguous.contains("可能是几个方案：1 "), "{ambiguous}");
}
