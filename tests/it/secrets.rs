//! The token is in no log, error, export or backup, and what the program writes only its owner reads.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use duban::sandbox::{BOT_USERNAME, Sandbox, Settings};
use tokio::net::TcpListener;

use crate::office::{Office, at};

/// Obviously false, and short: nothing in the log may depend on the length of real ones.
const TOKEN: &str = "77:not-a-token";
const SECRET: &str = "not-a-token";

/// What the bot printed, with everything logged, from its start to SIGTERM.
async fn log_of_a_life(office: &Office, address: &str, until: impl Future<Output = ()>) -> String {
    let log = office.path("log.txt");
    let mut command = office.command(&["run", "--clock", &at("06-27 09:00:00").to_rfc3339(), "--pace", "off"]);
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", address).env("RUST_LOG", "trace");
    let file = std::fs::File::create(&log).expect("a log");
    let mut bot = command.stdout(Stdio::null()).stderr(file).spawn().expect("the bot starts");
    until.await;
    std::process::Command::new("kill").arg(bot.id().to_string()).status().expect("kill runs");
    bot.wait().expect("ended");
    String::from_utf8_lossy(&std::fs::read(log).expect("read")).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_is_kept_to_itself() {
    let office = Office::new();
    office.furnish();
    let sandbox = Sandbox::new(Settings::new(TOKEN, || at("06-27 09:00:00").timestamp()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(sandbox.clone().serve(listener, std::future::pending()));
    sandbox.add_person(11, "李建国");
    sandbox.add_group(-500, "省公安厅", &[11]);
    let code = office.code_for("省公安厅");
    let said = log_of_a_life(&office, &address, async {
        sandbox.say(-500, 11, &format!("/bind@{BOT_USERNAME} {code}"), None).expect("said");
        sandbox.until(|sandbox| sandbox.messages(-500).iter().any(|message| message.from.is_bot).then_some(())).await;
    })
    .await;
    assert!(said.contains("TRACE") && said.contains("已处理"), "everything is logged: {said}");

    // Hangs up on everybody: the client's own error names the whole address.
    let silence = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let nowhere = format!("http://{}", silence.local_addr().expect("an address"));
    let refused = log_of_a_life(&office, &nowhere, async {
        for _ in 0..3 {
            drop(silence.accept().await.expect("a caller"));
        }
    })
    .await;
    assert!(refused.contains("WARN"), "the refusals are logged: {refused}");

    for name in ["everything.json", "ledger.jsonl"] {
        office.ask(&["export", &office.path(name).to_string_lossy()]);
    }
    office.ask(&["backup", &office.path("backup.db").to_string_lossy()]);
    let written = files_in(&office.path(""));
    assert!(written.len() >= 5, "{written:?}");
    for file in written.iter().filter(|file| !file.ends_with("log.txt")) {
        let bytes = std::fs::read(file).expect("read");
        assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()), "{}", file.display());
        let mode = std::fs::metadata(file).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.display());
    }
    for log in [said, refused] {
        let line = log.lines().find(|line| line.contains(SECRET));
        assert_eq!(line, None);
    }
}

/// Those of the folder, and of the folders in it.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    paths.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

#[test]
fn an_error_does_not_name_the_token() {
    let office = Office::new();
    let mut command = office.command(&["run"]);
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", format!("nonsense/bot{TOKEN}"));
    let output = command.output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("TELOXIDE_API_URL") && !said.contains(SECRET), "{said}");
}
