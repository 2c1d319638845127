//! At the edges of what a machine gives and people type: a bound, or one line and a status; no panic and no hang.

use std::process::{Command, Output, Stdio};

use crate::office::{Office, TOKEN};

/// The program as `$0` of a shell script.
fn shell(office: &Office, script: &str) -> Output {
    let mut command = Command::new("bash");
    command.args(["-c", script, env!("CARGO_BIN_EXE_duban")]).stdin(Stdio::null());
    command.env("DATABASE_URL", office.database()).env("TELOXIDE_TOKEN", TOKEN);
    command.env("TELOXIDE_API_URL", "http://127.0.0.1:9").env_remove("RUST_LOG");
    command.output().expect("the shell starts")
}

fn one_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[test]
fn days_and_instants_beyond_our_reach() {
    let office = Office::new();
    office.furnish();
    let days =
        ["0001-01-01", "1970-01-01", "2200-01-01", "9999-12-31", "+262142-12-31", "-262143-01-01", "2019-02-30", ""];
    for day in days {
        let instant = format!("{day}T00:00:00+00:00");
        let cases: [&[&str]; 6] = [
            &["preview", &format!("--from={day}"), "--to=2019-07-01"],
            &["preview", "--from=2019-07-01", &format!("--to={day}")],
            &["understand", "5 60%", &format!("--on={day}")],
            &["run", &format!("--clock={instant}")],
            &["demo", &format!("--at={instant}")],
            &["demo", &format!("--at={day}")],
        ];
        for arguments in cases {
            let output = office.run(arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(output.stdout.is_empty() && !said.contains("panicked"), "{arguments:?}: {said}");
        }
    }
    for day in ["1970-01-02", "2199-12-31"] {
        office.ask(&["preview", "--from", day, "--to", day]);
        office.ask(&["understand", "第5项延期至下月底，下周三完成", "--on", day, "--json"]);
        office.ask(&["understand", "未来三年到期的", "--as", "coordinator", "--on", day, "--json"]);
    }
}

#[test]
fn days_in_words_beyond_our_reach() {
    let office = Office::new();
    let asked = |words: &str, speaker: &str| {
        office.ask_json(&["understand", "--tasks", "5", "--as", speaker, "--on", "2019-06-27", "--json", "--", words])
    };
    for words in ["申请延期至9999年12月31日", "延期到0001-01-01", "/extend 5 9999-12-31 理由", "申请延期4294967295天"]
    {
        let items = asked(words, "contact")["items"].clone();
        let dates: Vec<_> = items.as_array().into_iter().flatten().map(|item| item["extend_to"].clone()).collect();
        assert!(dates.iter().all(|date| date.is_null()), "{words}: {items}");
    }
    for words in ["/due 999999999", "未来999999999天到期", "9999年到期的", "三十万个月内到期"] {
        let query = asked(words, "coordinator")["query"].clone();
        assert!(query["from"].is_null() && query["to"].is_null(), "{words}: {query}");
    }
    let plan = office.path("plan.txt");
    let text = "某省任务分工方案\n2019年3月1日\n1.修路，4294967295个工作日内完成。（省交通运输厅负责）\n\
                2.架桥，9999年12月底前完成。（省水利厅负责）\n3.植树，三年内完成。（省林业局负责）\n";
    std::fs::write(&plan, text).expect("written");
    let read = office.ask_json(&["plan", "import", plan.to_str().expect("UTF-8"), "--dry-run", "--json"]);
    let dues: Vec<_> =
        read["tasks"].as_array().into_iter().flatten().map(|task| task["milestones"][0]["due"].clone()).collect();
    assert_eq!(dues, [serde_json::Value::Null, serde_json::Value::Null, "2022-03-01".into()]);
}

#[test]
fn numbers_that_are_none() {
    let office = Office::new();
    office.furnish();
    for value in ["-1", "367", "4294967296", "99999999999999999999", "7.5", "七", "NaN"] {
        for key in ["backups", "escalate_after"] {
            let line = one_line(&office.run(&["policy", key, value]));
            assert!(line.contains(key) && line.contains("至多 366"), "{line}");
        }
        one_line(&office.run(&["policy", "catch_up", value]));
        one_line(&office.run(&["policy", "weekend", value]));
    }
    for line in ["0 0 30 2 *", "0 0 31 2,4,6 *", "60 9 * * *", "* * * * *", "0 9 * * 8", "0 9 * *", "0 9 * * * *"] {
        let said = one_line(&office.run(&["policy", "digest", line]));
        assert!(said.contains("digest"), "{said}");
    }
    assert!(office.ask(&["policy", "backups"]).contains("backups = 7"));
    for listen in ["127.0.0.1:65536", "127.0.0.1", "300.0.0.1:80", ":80", "-1"] {
        assert_eq!(office.run(&["run", &format!("--listen={listen}")]).status.code(), Some(2), "{listen}");
    }
}

#[test]
fn few_descriptors_and_no_streams() {
    let office = Office::new();
    office.furnish();
    for command in ["status", "run", "demo --listen 127.0.0.1:0"] {
        for few in [4, 8, 16, 32] {
            let line = one_line(&shell(&office, &format!("ulimit -n {few}; exec \"$0\" {command}")));
            assert!(line.contains("ulimit -n") || few == 4, "{line}");
        }
    }
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        let output = shell(&office, &format!("exec \"$0\" status {closed}"));
        assert!(output.status.success(), "{closed}: {}", String::from_utf8_lossy(&output.stderr));
    }
    one_line(&shell(&office, "exec \"$0\" status >/dev/full"));
    assert_eq!(shell(&office, "exec \"$0\" status 吃了吗 2>/dev/full").status.code(), Some(1));
}

#[test]
fn the_demo_has_nowhere_to_put_its_database() {
    let office = Office::new();
    let mut command = office.command(&["demo", "--listen", "127.0.0.1:0"]);
    command.env("TMPDIR", office.path("nowhere"));
    let line = one_line(&command.output().expect("it starts"));
    assert!(line.contains("TMPDIR") && line.contains("--database"), "{line}");
}

#[test]
fn addresses_that_lead_nowhere() {
    let office = Office::new();
    let long = format!("http://{}", "a/".repeat(50_000));
    for address in ["http://", "ftp://example", "http://[::1", "http://a?b", "\n", long.as_str(), "💥"] {
        let mut command = office.command(&["run"]);
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", format!("x{address}"));
        let line = one_line(&command.output().expect("it starts"));
        assert!(line.contains("TELOXIDE_API_URL") && line.len() < 1_000, "{line}");
    }
}
