//! Rewriting what was said, when it was said, or what is held.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use chrono::{Days, TimeDelta};
use serde_json::json;

use super::Attempt;
use super::field::{BOSS, CONTACT, Field, GROUP, command, coordinators, expect};
use crate::office::{at, first_due};

pub const ATTEMPTS: &[Attempt] = &[
    Attempt { what: "an edit two days later makes a claim of 收到", run: a_late_edit },
    Attempt { what: "a claim is agreed to whose words have changed", run: changed_words },
    Attempt { what: "one message with a task 585 times", run: one_task_many_times },
    Attempt { what: "the same update comes again and again", run: an_update_again },
    Attempt {
        what: "a date, a time, a person, a decision, a text or a binding is changed in the file",
        run: changed_rows,
    },
    Attempt { what: "a trigger of somebody else in the file", run: a_foreign_trigger },
    Attempt { what: "a ledger cut off at a head that was kept", run: a_shorter_ledger },
    Attempt { what: "an emptied file is checked", run: an_emptied_file },
    Attempt { what: "a read-only copy is checked", run: a_read_only_copy },
    Attempt { what: "another program's database is opened", run: a_foreign_database },
    Attempt { what: "a database that others may read", run: a_readable_database },
    Attempt { what: "two bots on one file by two names", run: two_names },
    Attempt { what: "a clock that was wrong once pushes out the backups", run: a_wrong_clock },
    Attempt { what: "why a claim is given back does not reach the unit", run: a_reason_typed },
];

fn a_late_edit(field: &mut Field) -> Result<(), String> {
    field.stop();
    // On the day on which task 1 is due it is only read.
    field.now = at(first_due(), "16:00:00");
    field.restart();
    let mut said = field.message(GROUP, CONTACT);
    said["text"] = json!(format!("@{} 收到", crate::api::BOT_NAME));
    field.api().tell("message", said.clone());
    field.settle()?;
    field.stop();
    field.now += TimeDelta::days(2);
    field.restart();
    said["text"] = json!(command("done", "1 已全部完成"));
    said["edit_date"] = json!(field.now.timestamp());
    field.api().tell("edited_message", said);
    field.settle()?;
    let file = field.office.path("all.json");
    field.office.ask(&["export", file.to_str().expect("UTF-8")]);
    let all: serde_json::Value = serde_json::from_slice(&fs::read(file).expect("the export")).expect("JSON");
    let reports = all["duties"].as_array().into_iter().flatten().flat_map(|duty| duty["reports"].as_array());
    let claims = reports.flatten().filter(|report| report["status"] == "claimed_done");
    let in_time: Vec<_> = claims.filter(|report| report["late"] == false).collect();
    expect(in_time.is_empty(), format!("counted in time: {in_time:?}"))
}

fn changed_words(field: &mut Field) -> Result<(), String> {
    let mut said = field.message(GROUP, CONTACT);
    said["text"] = json!(format!("@{} 1 已全部完成", crate::api::BOT_NAME));
    field.api().tell("message", said.clone());
    let notice = field.heard(coordinators(), "原话")?;
    said["text"] = json!(format!("@{} 1 已全部完成，共办理三件", crate::api::BOT_NAME));
    said["edit_date"] = json!(field.now.timestamp() + 60);
    field.api().tell("edited_message", said);
    field.settle()?;
    field.without_entry("claim_decided", |field| field.press_label(&notice, BOSS, "同意办结").map(|_| ()))
}

fn one_task_many_times(field: &mut Field) -> Result<(), String> {
    let before = field.entries("report_recorded");
    let answer = field.ask(GROUP, CONTACT, &command("report", &"1 60%，".repeat(585)))?;
    expect(answer.text.encode_utf16().count() <= 4_096, "too long an answer")?;
    let again = field.ask(GROUP, CONTACT, &command("report", &"1 60%，".repeat(50)))?;
    expect(again.text.encode_utf16().count() <= 4_096, "too long an answer")?;
    expect(field.entries("report_recorded") - before <= 2, "one message made several reports on a task")
}

fn an_update_again(field: &mut Field) -> Result<(), String> {
    field.api().state().redeliver = 1_000;
    let before = field.entries("report_recorded");
    field.ask(GROUP, CONTACT, &command("report", "1 60%"))?;
    field.settle()?;
    field.restart();
    field.settle()?;
    field.api().state().redeliver = 0;
    expect(field.entries("report_recorded") == before + 1, "recorded more than once")
}

fn changed_rows(field: &mut Field) -> Result<(), String> {
    field.ask(GROUP, CONTACT, &command("done", "1 已全部完成，问题：人手不足"))?;
    let notice = field.heard(coordinators(), "原话")?;
    field.press_label(&notice, BOSS, "同意办结")?;
    field.ask(GROUP, CONTACT, &command("extend", "2 2019-09-30 需要协调"))?;
    field.settle()?;
    field.stop();
    let changes = [
        "update report set reported_at = '2019-03-01T00:00:00+00:00'",
        "update report set person_id = (select max(id) from person)",
        "update report_version set text = '已全部完成' where version = 1",
        "update report_version set percent = 99",
        "update decision set at = '2019-03-01T00:00:00+00:00'",
        "update decision set person_id = (select min(id) from person)",
        "update extension set due = '2020-01-01'",
        "update milestone set due = '2020-01-01' where id = (select min(id) from milestone)",
        "update task set text = '改过的任务' where id = (select min(id) from task)",
        "update duty set role = 'lead'",
        "update person set name = '别人'",
        "update chat set unit_id = null where unit_id is not null",
        "update coordinator set since = '2019-01-01T00:00:00+00:00'",
        "update contact set since = '2019-01-01T00:00:00+00:00'",
        "insert into policy (key, value) values ('ranking', 'on')",
        "delete from problem",
        "delete from report_version",
    ];
    let missed: Vec<&str> = changes.into_iter().filter(|change| !is_found(field, change)).collect();
    expect(missed.is_empty(), format!("not found: {missed:?}"))
}

/// Whether `verify` finds a change that was made to a copy of the file beside the program.
fn is_found(field: &Field, change: &'static str) -> bool {
    let copy = field.office.path("changed.db");
    fs::copy(field.office.database(), &copy).expect("copied");
    crate::held::change(&copy, change);
    let address = format!("sqlite://{}", copy.display());
    let verified = field.office.command(&["verify", "--json", "--database", &address]).output().expect("it starts");
    fs::remove_file(&copy).expect("removed");
    verified.status.code() == Some(1)
}

fn a_foreign_trigger(field: &mut Field) -> Result<(), String> {
    field.stop();
    let trigger = "create trigger quiet after insert on report begin update duty set status = 'done'; end";
    expect(is_found(field, trigger), "not named")
}

fn a_shorter_ledger(field: &mut Field) -> Result<(), String> {
    field.stop();
    let earlier = field.office.path("earlier.db");
    fs::copy(field.office.database(), &earlier).expect("copied");
    field.restart();
    field.ask(GROUP, CONTACT, &command("report", "1 60%"))?;
    field.stop();
    let verified = field.office.ask_json(&["verify", "--json"]);
    let head = verified["ledger"]["head"].as_str().unwrap_or_default().to_owned();
    let kept = field.office.ask_json(&["verify", "--json", &head]);
    expect(kept["kept_head"] == "found", "a kept head is not found where it is")?;
    let address = format!("sqlite://{}", earlier.display());
    let cut = field.office.command(&["verify", "--json", &head, "--database", &address]).output().expect("it starts");
    let said: serde_json::Value = serde_json::from_slice(&cut.stdout).unwrap_or_default();
    expect(cut.status.code() == Some(1) && said["kept_head"] == "missing", "a cut ledger holds")
}

/// A command on another file, which must end with this status, one line and without touching the file.
fn leaves_alone(field: &Field, name: &str, arguments: &[&str], status: i32) -> Result<(), String> {
    let path = field.office.path(name);
    let before = fs::read(&path).expect("read");
    let address = format!("sqlite://{}", path.display());
    let mut command = field.office.command(arguments);
    let output = command.args(["--database", &address]).output().expect("it starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    expect(output.status.code() == Some(status), format!("{arguments:?}: {:?} {told}", output.status))?;
    expect(fs::read(&path).expect("read") == before, format!("{arguments:?} changed {name}"))?;
    let beside = ["-wal", "-shm", "-journal"].map(|end| field.office.path(&format!("{name}{end}")));
    expect(beside.iter().all(|path| !path.exists()), format!("{arguments:?} left files beside {name}"))
}

fn an_emptied_file(field: &mut Field) -> Result<(), String> {
    fs::write(field.office.path("empty.db"), "").expect("written");
    leaves_alone(field, "empty.db", &["verify"], 1)
}

fn a_read_only_copy(field: &mut Field) -> Result<(), String> {
    field.stop();
    let copy = field.office.path("copy.db");
    fs::copy(field.office.database(), &copy).expect("copied");
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o400)).expect("read-only");
    leaves_alone(field, "copy.db", &["verify"], 0)
}

fn a_foreign_database(field: &mut Field) -> Result<(), String> {
    let path = field.office.path("foreign.db");
    crate::held::create(&path, "create table songs (title text); insert into songs values ('歌')");
    for arguments in [&["verify"][..], &["status"], &["policy"], &["plan", "list"], &["run"]] {
        leaves_alone(field, "foreign.db", arguments, 1)?;
    }
    Ok(())
}

fn a_readable_database(field: &mut Field) -> Result<(), String> {
    field.stop();
    let database = field.office.database();
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).expect("opened to others");
    field.restart();
    field.settle()?;
    let mode = fs::metadata(&database).expect("it is there").permissions().mode() & 0o777;
    expect(mode == 0o600, format!("{mode:o}"))
}

fn two_names(field: &mut Field) -> Result<(), String> {
    let (link, hard) = (field.office.path("link.db"), field.office.path("hard.db"));
    std::os::unix::fs::symlink(field.office.database(), &link).expect("linked");
    fs::hard_link(field.office.database(), &hard).expect("linked");
    field.settle()?;
    for path in [link, hard] {
        let address = format!("sqlite://{}", path.display());
        let mut second = field.office.command(&["run", "--pace", "off", "--database", &address]);
        let output = second.output().expect("it starts");
        expect(output.status.code() == Some(1), format!("a second bot by {}", path.display()))?;
        fs::remove_file(path).expect("removed");
    }
    Ok(())
}

fn a_wrong_clock(field: &mut Field) -> Result<(), String> {
    field.stop();
    let now = field.now;
    field.now = now.with_timezone(now.offset()) + Days::new(365 * 20);
    field.restart();
    field.settle()?;
    field.stop();
    field.now = now + Days::new(1);
    field.restart();
    field.settle()?;
    field.stop();
    let folder = field.office.path("duban.db.backups");
    let day = field.now.format("%Y-%m-%d").to_string();
    let names = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let names: Vec<String> = names.map(|entry| entry.expect("an entry").file_name().into_string().unwrap()).collect();
    expect(names.iter().any(|name| name.contains(&day)), format!("no backup of {day}: {names:?}"))
}

fn a_reason_typed(field: &mut Field) -> Result<(), String> {
    field.ask(GROUP, CONTACT, &command("done", "1 已全部完成"))?;
    let notice = field.heard(coordinators(), "原话")?;
    field.press_label(&notice, BOSS, "退回")?;
    let asked = field.heard(coordinators(), "理由")?;
    let reply =
        json!({"message_id": asked.message_id, "date": 1, "from": {"id": 42, "is_bot": true, "first_name": "督办"}});
    field.say(coordinators(), BOSS, &json!({"text": "附件不全", "reply_to_message": reply}));
    field.stop();
    // The unit is told within the sending hours.
    field.now = at(first_due(), "10:00:00");
    field.restart();
    field.heard(GROUP, "附件不全").map(|_| ())
}
