//! Stopping the bot, holding it up, or taking its token.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::Attempt;
use super::field::{BOSS, CONTACT, Field, GROUP, STRANGER, chat_of, command, coordinators, expect, user};

pub const ATTEMPTS: &[Attempt] = &[
    Attempt { what: "button data of somebody's own", run: own_button_data },
    Attempt { what: "a question with U+0000", run: a_zero_character },
    Attempt { what: "updates with fields absent or absurd", run: absurd_updates },
    Attempt { what: "an answer to a poll that asks for 9e15 seconds", run: a_long_retry },
    Attempt { what: "404 and 401 once", run: refused_once },
    Attempt { what: "HTML with status 200", run: html_instead },
    Attempt { what: "an answer of 24 MB", run: a_long_answer },
    Attempt { what: "update ids beyond 2^31", run: large_ids },
    Attempt { what: "a redirect to another server", run: a_redirect },
    Attempt { what: "a send that is answered with nonsense", run: absurd_sends },
    Attempt { what: "a hundred messages of 5、 two thousand times", run: intricate_words },
    Attempt { what: "three hundred strangers at once", run: many_strangers },
    Attempt { what: "a board that was asked for in a flood", run: a_board_in_a_flood },
    Attempt { what: "a preview over 262,000 years", run: a_long_preview },
    Attempt { what: "another program holds the database", run: a_held_database },
    Attempt { what: "three hundred half-sent requests", run: half_sent_requests },
    Attempt { what: "another site's page asks the status page", run: another_host },
    Attempt { what: "clocks and dates beyond all calendars", run: absurd_clocks },
    Attempt { what: "eight file descriptors", run: few_descriptors },
    Attempt { what: "fifos, devices and long files where files are read", run: odd_files },
];

fn own_button_data(field: &mut Field) -> Result<(), String> {
    let numbers = ["0", "-1", "1", "999", "9223372036854775807", "-9223372036854775808", "99999999999999999999"];
    for data in [
        "v1:unmute:999:1",
        "",
        "v1:",
        "v1:set:digest=",
        "v1:mean:claim:7:0",
        "v1:undo:1~AAAAAAAA",
        "🎈",
        "v1:page:\u{0}",
    ] {
        field.press(STRANGER, STRANGER, 1, data)?;
        field.press(GROUP, CONTACT, 1, data)?;
    }
    for (place, action) in
        ["unmute", "undo", "pick", "accept", "grant", "preview", "handover", "dismiss", "step", "inspclose", "import"]
            .into_iter()
            .enumerate()
    {
        let number = numbers[place % numbers.len()];
        let data = format!("v1:{action}:{number}:{number}");
        field.press(coordinators(), BOSS, 1, &data)?;
    }
    Ok(())
}

fn a_zero_character(field: &mut Field) -> Result<(), String> {
    for words in ["省公安厅\u{0}进展如何", "\u{0}", "/unit 省第\u{0}001局", "查\"找\u{0}' or 1=1 --", "/history 5\u{0}"]
    {
        field.say(BOSS, BOSS, &json!({"text": words}));
        field.say(GROUP, CONTACT, &json!({"text": command("report", &format!("1 {words}"))}));
    }
    field.settle()
}

fn absurd_updates(field: &mut Field) -> Result<(), String> {
    let bare = field.message(GROUP, CONTACT);
    for key in ["message_id", "date", "chat", "from"] {
        for value in [Value::Null, json!(-1), json!(i64::MAX), json!(1e300), json!("x"), json!([]), json!({})] {
            let mut message = bare.clone();
            message["text"] = json!("第1项：进度60%");
            message[key] = value;
            field.api().tell("message", message.clone());
            field.api().tell("edited_message", message);
        }
    }
    for kind in ["callback_query", "my_chat_member", "chat_member", "message", "a_kind_of_tomorrow"] {
        for content in
            [json!({}), Value::Null, json!([1]), json!({"id": "1", "from": user(1)}), json!({"chat": chat_of(1)})]
        {
            field.api().tell(kind, content);
        }
    }
    field.settle()
}

fn whole(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Gives these answers to the next polls; the bot must go on polling.
fn answered_with(field: &mut Field, answers: Vec<Vec<u8>>) -> Result<(), String> {
    field.stop();
    field.api().state().polls_answered = answers.into();
    field.restart();
    let emptied = field.api().wait_until(Duration::from_secs(60), |state| state.polls_answered.is_empty());
    expect(emptied, "it polls no further")?;
    field.settle()
}

fn a_long_retry(field: &mut Field) -> Result<(), String> {
    let refusal = |seconds: &str| {
        let body = format!(
            r#"{{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{{"retry_after":{seconds}}}}}"#
        );
        whole("429 Too Many Requests", "", &body)
    };
    // An honest one would hold the bot for as long as it says, so only those are given that cannot be meant.
    field.stop();
    field.api().state().sends_answered = vec![refusal("9000000000000000"), refusal("-5"), refusal("1e300")].into();
    field.restart();
    for _ in 0..3 {
        field.api().say(GROUP, CONTACT, field.now.timestamp(), &command("tasks", ""));
    }
    let emptied = field.api().wait_until(Duration::from_secs(20), |state| state.sends_answered.is_empty());
    field.api().state().sends_answered.clear();
    // The chat rests; the others are served.
    field.settle()?;
    let runs = field.bot.as_mut().is_some_and(crate::office::Bot::runs);
    expect(runs && (emptied || field.settle().is_ok()), "the bot has ended")
}

fn refused_once(field: &mut Field) -> Result<(), String> {
    let refusal = |code: u16, words: &str| {
        let body = json!({"ok": false, "error_code": code, "description": words}).to_string();
        whole(&format!("{code} {words}"), "", &body)
    };
    answered_with(field, vec![refusal(404, "Not Found"), refusal(401, "Unauthorized")])
}

fn html_instead(field: &mut Field) -> Result<(), String> {
    let page = "<html><title>上网认证</title></html>";
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n{\"ok\":true,\"resu";
    let wrong = whole("200 OK", "", r#"{"ok":true,"result":{"update_id":7}}"#);
    answered_with(field, vec![whole("200 OK", "content-type: text/html\r\n", page), half.into(), wrong])
}

fn a_long_answer(field: &mut Field) -> Result<(), String> {
    let long = format!(r#"{{"ok":true,"result":[{{"update_id":1,"message":"{}"}}]}}"#, "长".repeat(8_000_000));
    answered_with(field, vec![whole("200 OK", "", &long)])
}

fn large_ids(field: &mut Field) -> Result<(), String> {
    let begin = i64::from(i32::MAX) + 7;
    field.api().state().count_from(begin);
    field.settle()?;
    let asked = field.api().state().requests;
    field.settle()?;
    // A poll in a circle would ask thousands of times.
    expect(field.api().state().requests - asked < 200, "polled in a circle")
}

fn a_redirect(field: &mut Field) -> Result<(), String> {
    let other = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = other.local_addr().map_err(|error| error.to_string())?;
    other.set_nonblocking(true).map_err(|error| error.to_string())?;
    let away = |code: &str| whole(code, &format!("location: http://{address}/elsewhere\r\n"), "");
    answered_with(field, vec![away("302 Found"), away("307 Temporary Redirect"), away("308 Permanent Redirect")])?;
    expect(other.accept().is_err(), "the other server was asked")
}

fn absurd_sends(field: &mut Field) -> Result<(), String> {
    field.stop();
    let answers = [
        r#"{"ok":true,"result":{"message_id":-9223372036854775808}}"#,
        r#"{"ok":true,"result":{"message_id":"eins"}}"#,
        r#"{"ok":true,"result":[]}"#,
        r#"{"ok":true}"#,
    ];
    field.api().state().sends_answered = answers.into_iter().map(|body| whole("200 OK", "", body)).collect();
    field.restart();
    for _ in 0..answers.len() {
        field.api().say(GROUP, CONTACT, field.now.timestamp(), &command("tasks", ""));
    }
    let emptied = field.api().wait_until(Duration::from_secs(60), |state| state.sends_answered.is_empty());
    expect(emptied, "it sends no further")
}

fn intricate_words(field: &mut Field) -> Result<(), String> {
    field.stop();
    let words = "1、".repeat(2_048);
    for _ in 0..100 {
        field.api().say(BOSS, BOSS, field.now.timestamp(), &words);
        field.api().say(GROUP, CONTACT, field.now.timestamp(), &format!("@{} {words}", crate::api::BOT_NAME));
        field.api().say(STRANGER, STRANGER, field.now.timestamp(), &words);
    }
    field.restart();
    // The other unit is heard beside them, and commands find the database free.
    field.settle()?;
    field.office.ask(&["policy", "ranking", "off"]);
    field.settle()
}

fn many_strangers(field: &mut Field) -> Result<(), String> {
    field.stop();
    for stranger in 0..300 {
        let stranger = 10_000 + stranger;
        for words in ["在吗", "/status", "第1项已完成"] {
            field.api().say(stranger, stranger, field.now.timestamp(), words);
        }
    }
    field.bot = Some(field.office.start_with(field.now, &["--pace", "on"]));
    field.settle()?;
    let to_strangers = field.api().state().accepted.iter().filter(|said| said.chat >= 10_000).count();
    expect(to_strangers <= 20, format!("{to_strangers} answers to strangers"))
}

fn a_board_in_a_flood(field: &mut Field) -> Result<(), String> {
    field.stop();
    field.bot = Some(field.office.start_with(field.now, &["--pace", "on"]));
    let documents = |state: &crate::api::State| state.papers;
    for _ in 0..25 {
        field.say(BOSS, BOSS, &json!({"text": "/help"}));
    }
    field.say(BOSS, BOSS, &json!({"text": "/board"}));
    field.settle()?;
    field.stop();
    // What was put off comes with the clock.
    field.now += chrono::TimeDelta::minutes(5);
    field.restart();
    expect(field.api().wait_until(Duration::from_secs(60), |state| documents(state) > 0), "the board never came")
}

fn a_long_preview(field: &mut Field) -> Result<(), String> {
    for words in
        ["/preview 1年1月1日至262142年12月31日", "/preview 0000-01-01 9999-12-31", "/due 999999999", "/due 4294967295"]
    {
        field.say(BOSS, BOSS, &json!({"text": words}));
    }
    field.settle()?;
    let preview = field.ask(BOSS, BOSS, "/preview")?;
    for (label, _) in preview.buttons.clone() {
        field.press_label(&preview, BOSS, &label)?;
    }
    for data in ["v1:preview:-95746167:95745800:0", "v1:preview:1:95745800:1"] {
        field.press(BOSS, BOSS, preview.message_id, data)?;
    }
    field.settle()
}

fn a_held_database(field: &mut Field) -> Result<(), String> {
    let held = crate::held::hold(&field.office.database());
    let said = field.api().say(GROUP, CONTACT, field.now.timestamp(), &command("report", "1 60%"));
    // A command that writes waits meanwhile.
    let mut waiting =
        field.office.command(&["policy", "ranking", "off"]).stdout(Stdio::null()).spawn().expect("it starts");
    std::thread::sleep(Duration::from_secs(12));
    crate::held::release(held);
    expect(waiting.wait().expect("it ends").success(), "the command did not wait")?;
    field.answer_to(GROUP, said).map(|_| ()).ok_or_else(|| "not answered afterwards".to_owned())
}

/// The address of a bot that serves its status page.
fn listening(field: &mut Field) -> Result<String, String> {
    field.stop();
    let free = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = free.local_addr().map_err(|error| error.to_string())?.to_string();
    drop(free);
    field.bot = Some(field.office.start_with(field.now, &["--pace", "off", "--listen", &address]));
    field.settle()?;
    Ok(address)
}

fn get(address: &str, host: &str) -> Result<String, String> {
    let mut stream = TcpStream::connect(address).map_err(|error| error.to_string())?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(|error| error.to_string())?;
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).map_err(|error| error.to_string())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(|error| error.to_string())?;
    Ok(answer)
}

fn half_sent_requests(field: &mut Field) -> Result<(), String> {
    let address = listening(field)?;
    let mut half_sent = Vec::new();
    for _ in 0..300 {
        if let Ok(mut stream) = TcpStream::connect(&address) {
            // A server that has enough closes the connection.
            let _ = stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: ");
            half_sent.push(stream);
        }
    }
    field.settle()?;
    drop(half_sent);
    let answer = get(&address, &address)?;
    expect(answer.starts_with("HTTP/1.1 200"), answer)
}

fn another_host(field: &mut Field) -> Result<(), String> {
    let address = listening(field)?;
    let answer = get(&address, "evil.example")?;
    expect(!answer.starts_with("HTTP/1.1 5"), answer)
}

/// A command that must end by itself with an error in few lines, and without a panic.
fn fails_plainly(field: &Field, arguments: &[&str]) -> Result<(), String> {
    is_plain(&field.office.command(arguments).output().expect("it starts"), arguments)
}

fn is_plain(output: &Output, arguments: &[&str]) -> Result<(), String> {
    let told = String::from_utf8_lossy(&output.stderr);
    let plain = !told.contains("panicked") && told.lines().count() <= 12;
    let ended = matches!(output.status.code(), Some(0..=2));
    expect(plain && ended, format!("{arguments:?}: {:?} {told}", output.status))
}

fn absurd_clocks(field: &mut Field) -> Result<(), String> {
    field.stop();
    for instant in [
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "262142-01-01T00:00:00Z",
        "+262142-12-31T23:59:59Z",
    ] {
        let mut run = field.office.command(&["run", "--clock", instant, "--pace", "off"]);
        let mut child = run.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
        // Refused at once, or it runs and can be stopped.
        let mut told = String::new();
        let refused = child.stderr.take().map(|mut stderr| stderr.read_to_string(&mut told));
        let status = child.wait().expect("it ends");
        expect(
            refused.is_some() && status.code() != Some(101) && !told.contains("panicked"),
            format!("{instant}: {told}"),
        )?;
    }
    for arguments in [
        &["preview", "--from", "0001-01-01", "--to", "262142-12-31"][..],
        &["preview", "--from", "262142-12-31", "--to", "262142-12-31"],
        &["understand", "5 已完成", "--on", "262142-12-31"],
        &["understand", "申请延期至262142年12月31日", "--tasks", "5", "--on", "0001-01-01"],
        &["understand", "延期9999999999天", "--tasks", "5", "--on", "2019-06-27"],
        &["policy", "digest", "0 9 31 2 *"],
        &["policy", "ladder", "999999999,-999999999"],
        &["policy", "catch_up", "99999999999999999999h"],
        &["policy", "timezone", "Mars/Olympus"],
    ] {
        fails_plainly(field, arguments)?;
    }
    Ok(())
}

fn few_descriptors(field: &mut Field) -> Result<(), String> {
    field.stop();
    for arguments in [&["run", "--pace", "off", "--clock", "2019-03-02T10:00:00+08:00"][..], &["status"], &["verify"]] {
        let mut limited = std::process::Command::new("sh");
        limited.args(["-c", "ulimit -n 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_duban")]).args(arguments);
        let prepared = field.office.command(&[]);
        limited.envs(prepared.get_envs().filter_map(|(key, value)| Some((key, value?)))).stdin(Stdio::null());
        is_plain(&limited.output().expect("it starts"), arguments)?;
    }
    Ok(())
}

fn odd_files(field: &mut Field) -> Result<(), String> {
    field.stop();
    let path = |name: &str| field.office.path(name).to_str().expect("UTF-8").to_owned();
    let (fifo, zero, token) = (path("plan.txt.fifo.txt"), path("zero.txt"), path("long.token"));
    let made = std::process::Command::new("mkfifo").arg(&fifo).status().map_err(|error| error.to_string())?;
    expect(made.success(), "no fifo can be made")?;
    std::os::unix::fs::symlink("/dev/zero", &zero).expect("linked");
    fs::write(&token, "4".repeat(10_000_000)).expect("written");
    let folder = path("folder.txt");
    fs::create_dir(&folder).expect("made");
    for file in [&fifo, &zero, &folder] {
        for arguments in [
            &["plan", "import", file][..],
            &["unit", "load", file],
            &["policy", "holidays", file],
            &["status", "--database", &format!("sqlite://{file}")],
            &["verify", "--database", &format!("sqlite://{file}")],
        ] {
            fails_plainly(field, arguments)?;
        }
    }
    for file in [&fifo, &zero, &token, &folder] {
        let mut run = field.office.command(&["run", "--pace", "off", "--clock", "2019-03-02T10:00:00+08:00"]);
        let output = run.env_remove("TELOXIDE_TOKEN").env("TELOXIDE_TOKEN_FILE", file).output().expect("it starts");
        is_plain(&output, &["run", file])?;
        expect(output.status.code() == Some(1), format!("a token from {file}"))?;
    }
    Ok(())
}
