//! `duban run --listen`: health and numbers over HTTP.

use std::process::Stdio;

use duban::sandbox::BOT_USERNAME;

use crate::office::{Office, TOKEN, Telegram, at};

#[tokio::test(flavor = "multi_thread")]
async fn health_and_numbers_over_http() {
    let office = Office::new();
    office.furnish();
    let telegram = Telegram::start().await;
    telegram.add_group(-500, "省公安厅工作群", &[(11, "李建国")]);
    // Free a moment ago; nobody else on this machine asks for it in between.
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let address = format!("127.0.0.1:{port}");
    let now = at("06-27 10:00:00").to_rfc3339();
    let mut command = office.command(&["run", "--clock", &now, "--pace", "off", "--listen", &address]);
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address);
    let mut bot = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the bot starts");
    telegram.bind(-500, 11, &office.code_for("省公安厅")).await;

    telegram.ask(-500, 11, &format!("/report@{BOT_USERNAME} 5 60%"), None).await;

    let get = async |path: &str| {
        let answer = reqwest::get(format!("http://{address}{path}")).await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    assert_eq!(get("/healthz").await, (200, "ok\n".to_owned()));
    let (status, metrics) = get("/metrics").await;
    assert_eq!(status, 200);
    // Whether the answer is already noted as sent is the bot's affair.
    for line in ["duban_inbox_dead 0", "duban_outbox{state=\"sen", "duban_last_poll_timestamp_seconds 1561600"] {
        assert!(metrics.lines().any(|known| known.starts_with(line)), "{line}: {metrics}");
    }
    // They come from the database, so they are right after a start as well.
    for (became, count) in [("read", 1), ("asked", 0), ("undone", 0), ("corrected", 0), ("returned", 0)] {
        let line = format!("duban_words_of_week{{became=\"{became}\"}} {count}");
        assert!(metrics.lines().any(|known| known == line), "{line}: {metrics}");
    }
    assert!(!metrics.contains("省公安厅"), "numbers only");
    assert_eq!(get("/").await.0, 404);
    bot.kill().expect("killed");
    bot.wait().expect("ended");
}
