//! What goes wrong says so in one line with the remedy, and leaves nothing half done.

use std::process::Output;

use crate::office::{Office, TOKEN, Telegram};

/// One line on stderr, nothing on stdout, exit status 1; the line.
fn refusal(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr
}

#[test]
fn documents_that_are_no_plans() {
    let office = Office::new();
    let cases: [(&str, &[u8], &str); 6] = [
        ("secret.txt", "机密★1年\n某市任务分工方案\n1.修路。（市交通局负责）\n".as_bytes(), "涉密文件不得在此处理"),
        ("empty.txt", b"", "空"),
        ("blank.txt", b" \n\n", "空"),
        ("noise.txt", &[0xff, 0xfe, 0xff, 0x00, 0xd8], "UTF"),
        ("story.txt", "今天天气很好。\n我们去了公园。\n".as_bytes(), "任务"),
        ("scan.pdf", b"%PDF-1.4", "docx"),
    ];
    for (name, bytes, remedy) in cases {
        let file = office.path(name);
        std::fs::write(&file, bytes).expect("written");
        let line = refusal(&office.run(&["plan", "import", file.to_str().expect("UTF-8")]));
        assert!(line.contains(name) && line.contains(remedy), "{line}");
    }
    std::fs::write(office.path("twice.txt"), "某市任务分工方案\n1.修路。（市交通局负责）\n1.架桥。（市交通局负责）\n")
        .expect("written");
    let line = refusal(&office.run(&["plan", "import", office.path("twice.txt").to_str().expect("UTF-8")]));
    assert!(line.contains("不止一次") && line.contains("改正"), "{line}");

    let line = refusal(&office.run(&["plan", "import", "nowhere.txt"]));
    assert!(line.contains("nowhere.txt") && line.contains("路径"), "{line}");
    assert!(!office.path("duban.db").exists(), "no database was begun");
}

#[test]
fn nobody_reads_what_is_printed() {
    let office = Office::new();
    let plan = office.path("plan.txt");
    std::fs::write(&plan, "某市任务分工方案\n1.修路。（市交通局负责）\n").expect("written");
    let plan = plan.to_str().expect("UTF-8");
    for arguments in [&["plan", "import", plan][..], &["plan", "list"], &["status"], &["policy"], &["verify", "--json"]]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = office.command(arguments).stdout(writer).output().expect("it runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(office.ask(&["plan", "list"]).contains("某市任务分工方案"), "what was asked is done");
}

#[test]
fn databases_that_are_not_ours() {
    let office = Office::new();
    let line = refusal(&office.run(&["verify"]));
    assert!(line.contains("没有找到数据库") && line.contains("--database"), "{line}");

    std::fs::write(office.path("duban.db"), "这不是数据库，而是一封信。".repeat(100)).expect("written");
    let before = std::fs::read(office.path("duban.db")).expect("read");
    for arguments in [&["verify"][..], &["policy"], &["status"], &["invite", "省公安厅"]] {
        let line = refusal(&office.run(arguments));
        assert!(line.contains("不是 duban 的数据库") && line.contains("换一个路径"), "{line}");
    }
    assert_eq!(std::fs::read(office.path("duban.db")).expect("read"), before, "it stays as it was");

    let line = refusal(&office.run(&["verify", "--database", "postgres://elsewhere"]));
    assert!(line.contains("sqlite://"), "{line}");
}

#[test]
fn settings_that_do_not_fit() {
    let office = Office::new();
    office.ask(&["policy"]);
    let cases: [(&[&str], &str); 6] = [
        (&["policy", "colour", "red"], "可用的有"),
        (&["policy", "colour"], "可用的有"),
        (&["policy", "digest", "9 o'clock"], "digest"),
        (&["policy", "ladder", "1,3"], "由大到小"),
        (&["policy", "timezone", "Hunan"], "Asia/Shanghai"),
        (&["policy", "ranking", "maybe"], "on 或 off"),
    ];
    for (arguments, remedy) in cases {
        let line = refusal(&office.run(arguments));
        assert!(line.contains(remedy), "{line}");
    }
    office.ask(&["policy", "ladder", "10,0"]);
    assert!(office.ask(&["policy", "ladder"]).contains("ladder = 10,0"));
    assert!(office.ask(&["policy"]).contains("ranking = off"), "nothing of the refused ones stayed");
}

#[test]
fn a_backup_is_whole_or_not_there() {
    let office = Office::new();
    office.furnish();
    let copy = office.path("copy.db");
    let copied = office.ask(&["backup", copy.to_str().expect("UTF-8")]);
    let head = office.ask_json(&["verify", "--json"])["ledger"]["head"].as_str().expect("a head").to_owned();
    assert!(copied.contains(&head), "{copied}");
    let address = format!("sqlite://{}", copy.display());
    assert_eq!(office.ask_json(&["verify", "--json", "--database", &address])["ledger"]["head"], head.as_str());
    let line = refusal(&office.run(&["backup", copy.to_str().expect("UTF-8")]));
    assert!(line.contains("已经存在") && line.contains("换一个文件名"), "{line}");
    let line = refusal(&office.run(&["backup", "/nowhere/at/all.db"]));
    assert!(line.contains("/nowhere/at/all.db"), "{line}");
}

#[test]
fn questions_without_an_answer() {
    let office = Office::new();
    office.furnish();
    let cases: [(&[&str], &str); 7] = [
        (&["invite", "省月球厅"], "unit list"),
        (&["invite", "省公安"], "是不是：省公安厅"),
        (&["invite", "各市州人民政府"], "成员单位"),
        (&["preview", "--from", "2019-07-01", "--to", "2019-06-01"], "对调"),
        (&["status", "吃了吗"], "第5项进展如何"),
        (&["export", "x.pages"], ".json"),
        (&["unit", "alias", "省公安厅", "长沙市人民政府"], "未作更改"),
    ];
    for (arguments, remedy) in cases {
        let line = refusal(&office.run(arguments));
        assert!(line.contains(remedy), "{line}");
    }
}

#[test]
fn wrong_usage_is_told_apart_from_failure() {
    let office = Office::new();
    let cases: [&[&str]; 5] = [
        &[],
        &["dance"],
        &["preview", "--from", "30 June", "--to", "2019-07-01"],
        &["invite"],
        &["understand", "已完成", "--as", "king"],
    ];
    for arguments in cases {
        let output = office.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_that_open_nothing() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    let run = |token: Option<&str>, address: &str, arguments: &[&str]| {
        let mut command = office.command(arguments);
        command.env("TELOXIDE_API_URL", address).env("RUST_LOG", "off");
        if let Some(token) = token {
            command.env("TELOXIDE_TOKEN", token);
        }
        refusal(&command.output().expect("the program starts"))
    };
    let line = run(None, &telegram.address, &["run"]);
    assert!(line.contains("TELOXIDE_TOKEN") && line.contains("duban demo"), "{line}");
    let line = run(Some("not a token"), &telegram.address, &["run"]);
    assert!(line.contains("令牌的形式不对"), "{line}");
    let line = run(Some("43:another-false-token"), &telegram.address, &["run"]);
    assert!(line.contains("不认这个令牌") && !line.contains("another-false-token"), "{line}");
    let line = run(Some(TOKEN), "api.telegram.org", &["run"]);
    assert!(line.contains("TELOXIDE_API_URL"), "{line}");
    for play in [&["run", "--clock", "2019-06-27T09:00:00+08:00"][..], &["run", "--pace", "off"]] {
        let line = run(Some(TOKEN), "https://api.telegram.org", play);
        assert!(line.contains("仅用于演练"), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bot_a_database() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(-1, "省公安厅", &[(1, "赵刚")]);
    let bot = telegram.start_bot(&office, crate::office::at("06-26 16:00:00"));
    telegram.bind(-1, 1, &office.code_for("省公安厅")).await;
    let mut second = office.command(&["run"]);
    second.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address).env("RUST_LOG", "off");
    let line = refusal(&second.output().expect("the program starts"));
    assert!(line.contains("另一个 duban"), "{line}");
    assert!(bot.terminate());
}
