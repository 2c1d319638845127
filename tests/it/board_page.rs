//! The board as a page: opened by the link that `/board` gives to coordinators, and by nothing else.

use std::process::{Child, Stdio};

use duban::sandbox::BOT_USERNAME;

use crate::office::{Office, TOKEN, Telegram, at};

const POLICE: i64 = -500;
const COORDINATOR: i64 = 91;

/// The bot with everything logged, serving at `address`.
fn start(office: &Office, telegram: &Telegram, now: &str, address: &str, log: &str) -> Child {
    let now = at(now).to_rfc3339();
    let arguments = ["run", "--clock", &now, "--pace", "off", "--listen", address];
    let mut command = office.command(&arguments);
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address).env("RUST_LOG", "trace");
    let log = std::fs::File::create(office.path(log)).expect("a log");
    command.stdout(Stdio::null()).stderr(log).spawn().expect("the bot starts")
}

fn end(mut bot: Child) {
    bot.kill().expect("killed");
    bot.wait().expect("ended");
}

/// The status, and what is shown.
async fn open(link: &str) -> (u16, String) {
    let answer = reqwest::get(link).await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("text"))
}

fn link_in(caption: &str) -> &str {
    caption.lines().find(|line| line.starts_with("http")).unwrap_or_else(|| panic!("a link: {caption}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_link_opens_the_page_for_a_day_and_nothing_else_does() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(POLICE, "省公安厅工作群", &[(11, "李建国"), (COORDINATOR, "周敏")]);
    telegram.sandbox.add_private_chat(COORDINATOR);
    // Free a moment ago; nobody else on this machine asks for it in between.
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let address = format!("127.0.0.1:{port}");
    let bot = start(&office, &telegram, "07-04 10:00:00", &address, "first.log");
    telegram.bind(POLICE, 11, &office.code_for("省公安厅")).await;
    let report = format!("/report@{BOT_USERNAME} 6 30% <script>已印发方案</script>");
    telegram.ask(POLICE, 11, &report, None).await;
    let code = office.code_for("--coordinator");
    telegram.ask(COORDINATOR, COORDINATOR, &format!("/start {code}"), None).await;

    // Who is no coordinator gets neither picture nor link.
    let refusal = telegram.ask(POLICE, 11, &format!("/board@{BOT_USERNAME}"), None).await;
    assert!(refusal.attachment.is_none() && !refusal.text.contains("http"), "{}", refusal.text);

    let picture = telegram.ask(COORDINATOR, COORDINATOR, "/board", None).await;
    let link = link_in(&picture.text).to_owned();
    insta::assert_snapshot!(picture.text.replace(&link, "LINK"), @r"
    督办看板（截至2019年7月4日（周四）10:00）
    网页看板（24小时内有效，持链接即可查看，请勿转发）：
    LINK
    ");
    let pass = link.strip_prefix(&format!("http://{address}/board/")).expect("where the bot listens").to_owned();

    // The page shows what `/status` says, and runs nothing.
    let answer = reqwest::get(&link).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(
        answer.headers()["content-security-policy"].to_str().ok().map(|policy| policy.contains("'none'")),
        Some(true)
    );
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = answer.text().await.expect("text");
    let status = telegram.ask(COORDINATOR, COORDINATOR, "/status", None).await.text;
    for (label, said) in [("任务", "任务 33 项"), ("逾期", "逾期 2 项")] {
        let card = format!("<dt>{label}</dt>");
        let shown = page.split(&card).nth(1).and_then(|rest| rest.split(['>', '<']).nth(2)).expect("a card");
        assert_eq!(format!("{label} {shown} 项"), said);
        assert!(status.contains(said), "{status}");
    }
    assert!(page.contains("<th>省公安厅</th>") && page.contains("时限时间轴") && !page.contains("<script"), "{page}");

    // One byte changed, anywhere, and whatever else is tried, opens nothing.
    for at in 0..pass.len() {
        for put in [b'0', b'f', b'-'] {
            let mut changed = pass.clone().into_bytes();
            if changed[at] != put {
                changed[at] = put;
                let changed = String::from_utf8(changed).expect("ASCII");
                let (status, words) = open(&format!("http://{address}/board/{changed}")).await;
                assert_eq!((status, words.trim()), (403, "链接无效或已过期。请督办员在聊天中发送 /board 重新获取。"));
            }
        }
    }
    for path in ["/", "/board", "/board/", "/Board/", "/board/../board"] {
        let (status, words) =
            open(&format!("http://{address}{path}{}", if path == "/Board/" { &pass } else { "" })).await;
        assert!(status == 404 && words.is_empty(), "{path}: {status} {words}");
    }
    assert_eq!(open(&link).await.0, 200, "the link itself still does");
    end(bot);

    // A day later it has ended, whoever asks; a new one opens again.
    let bot = start(&office, &telegram, "07-05 10:30:00", &address, "second.log");
    let again = telegram.sandbox.say(COORDINATOR, COORDINATOR, "/board", None).expect("said");
    let again = telegram
        .until(|sandbox| sandbox.messages(COORDINATOR).into_iter().find(|message| message.reply_to == Some(again)))
        .await;
    assert_eq!(open(&link).await.0, 403);
    assert_eq!(open(link_in(&again.text)).await.0, 200);
    end(bot);

    // No link, and no key, is in the log or in what is kept to be sent.
    let signature = &pass[pass.len() - 64..];
    for log in ["first.log", "second.log"] {
        let log = std::fs::read_to_string(office.path(log)).expect("a log");
        assert!(log.contains("TRACE"), "everything is logged");
        assert_eq!(log.lines().find(|line| line.contains(signature)), None);
        assert_eq!(log.lines().find(|line| line.contains(link_in(&again.text))), None);
    }
    office.ask(&["export", &office.path("everything.json").to_string_lossy()]);
    for file in ["everything.json", "duban.db", "duban.db-wal"] {
        let Ok(bytes) = std::fs::read(office.path(file)) else { continue };
        assert!(!bytes.windows(64).any(|window| window == signature.as_bytes()), "{file}");
    }
}

#[test]
fn the_address_from_outside_is_checked() {
    let office = Office::new();
    for (arguments, expected) in [
        (["run", "--listen", "127.0.0.1:0", "--board-url", "duban"], "不是网址"),
        (["run", "--pace", "off", "--board-url", "https://duban.example.gov.cn"], "--listen"),
    ] {
        let output = office.run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(expected), "{said}");
    }
}
