//! Files that are not what they should be: each ends in one line with the remedy, at once, and is left as it was.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use sqlx::Executor;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};

use crate::office::{Office, TOKEN, Telegram, at};

/// One line on stderr, nothing on stdout, exit status 1; the line.
fn refusal(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("duban: ") && stderr.chars().count() <= 1_010, "{stderr}");
    stderr
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

/// What is no file, and what is too large a one, under names with that ending.
fn odd_files(office: &Office, ending: &str) -> Vec<PathBuf> {
    let path = |name: &str| office.path(&format!("{name}.{ending}"));
    fs::create_dir(path("folder")).expect("made");
    let made = Command::new("mkfifo").arg(path("pipe")).status().expect("mkfifo runs");
    assert!(made.success());
    symlink("/dev/zero", path("zero")).expect("linked");
    symlink(path("nowhere"), path("dangling")).expect("linked");
    // A gibibyte that takes no room.
    File::create(path("huge")).and_then(|file| file.set_len(1 << 30)).expect("made");
    fs::write(path("deep"), "[".repeat(100_000)).expect("written");
    ["folder", "pipe", "zero", "dangling", "huge", "deep"].map(path).into()
}

#[test]
fn what_is_read_is_a_file_of_a_bounded_size() {
    let office = Office::new();
    office.ask(&["policy"]);
    for file in odd_files(&office, "json") {
        for command in [&["unit", "load"][..], &["policy", "holidays"]] {
            let line = refusal(&office.run(&[command, &[text(&file)]].concat()));
            assert!(line.contains(text(&file)) || line.contains("节假日"), "{line}");
        }
        let mut run = office.command(&["run"]);
        run.env("TELOXIDE_TOKEN_FILE", &file).env("TELOXIDE_API_URL", "http://127.0.0.1:9").env("RUST_LOG", "off");
        let line = refusal(&run.output().expect("it starts"));
        assert!(line.contains("令牌"), "{line}");
    }
    for ending in ["txt", "docx", "xlsx", "csv"] {
        for file in odd_files(&office, ending) {
            for more in [&["--dry-run"][..], &[], &["--json"]] {
                let line = refusal(&office.run(&[&["plan", "import", text(&file)], more].concat()));
                assert!(line.contains(file.file_name().and_then(|name| name.to_str()).expect("UTF-8")), "{line}");
            }
        }
    }
    assert!(office.ask(&["plan", "list"]).contains("还没有方案"));
    for (year, day) in
        [("2147483647", "2019-01-01"), ("-2147483648", "2019-01-01"), ("262142", "+262142-12-31"), ("0", "0000-01-01")]
    {
        let file = office.path("year.json");
        fs::write(
            &file,
            format!(r#"{{"year": {year}, "days": [{{"name": "元旦", "date": "{day}", "isOffDay": true}}]}}"#),
        )
        .expect("written");
        assert!(refusal(&office.run(&["policy", "holidays", text(&file)])).contains("年份不能是"));
    }
    let file = office.path("long.json");
    fs::write(&file, format!(r#"{{"year": "{}"}}"#, "年".repeat(1 << 20))).expect("written");
    for command in [&["unit", "load"][..], &["policy", "holidays"]] {
        refusal(&office.run(&[command, &[text(&file)]].concat()));
    }
}

#[test]
fn what_is_written_takes_the_place_of_nothing_but_a_file() {
    let office = Office::new();
    office.furnish();
    for file in odd_files(&office, "json").iter().take(4) {
        let kind = fs::symlink_metadata(file).expect("there").file_type();
        for command in ["export", "backup"] {
            // A link to nowhere is one that an export may replace.
            if command == "export" && file.ends_with("dangling.json") {
                continue;
            }
            let line = refusal(&office.run(&[command, text(file)]));
            assert!(line.contains(text(file)), "{line}");
            assert_eq!(fs::symlink_metadata(file).expect("there").file_type(), kind, "{line}");
        }
    }
    for nowhere in ["nowhere/copy.json", "duban.db/copy.json"] {
        for command in ["export", "backup"] {
            let line = refusal(&office.run(&[command, text(&office.path(nowhere))]));
            assert!(line.contains("不能写"), "{line}");
        }
    }
    // A disk that is full, as far as this command can tell.
    let script = r#"trap '' XFSZ; ulimit -f 128; exec "$0" backup "$1""#;
    let full = shell(&office, script).arg(office.path("copy.db")).output().expect("it starts");
    let line = refusal(&full);
    assert!(line.contains("copy.db") && line.contains("空间"), "{line}");
    let left: Vec<_> = names(&office.path("")).into_iter().filter(|name| name.starts_with("copy")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The program as `$0` of a shell script.
fn shell(office: &Office, script: &str) -> Command {
    let like = office.command(&[]);
    let mut command = Command::new("bash");
    command.args(["-c", script, env!("CARGO_BIN_EXE_duban")]).stdin(Stdio::null());
    for (name, value) in like.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort_unstable();
    names
}

#[test]
fn databases_that_are_no_files() {
    let office = Office::new();
    let mut files = odd_files(&office, "db");
    files.retain(|file| !file.ends_with("dangling.db"));
    files.push(office.path("deep.db/duban.db"));
    for file in files {
        let address = format!("sqlite://{}", file.display());
        for command in [&["status"][..], &["verify"], &["policy"], &["unit", "list"], &["demo"]] {
            let arguments = [command, &["--database", &address]].concat();
            let line = refusal(&office.run(&arguments));
            assert!(line.contains(text(&file)), "{arguments:?}: {line}");
        }
        let mut run = office.command(&["run", "--database", &address]);
        run.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", "http://127.0.0.1:9");
        refusal(&run.output().expect("it starts"));
        assert!(!office.path(&format!("{}.lock", file.file_name().unwrap().to_str().unwrap())).exists());
    }
}

#[test]
fn an_empty_file_is_a_database_to_be_or_one_that_was() {
    let office = Office::new();
    let database = office.path("duban.db");
    File::create(&database).expect("made");
    // `verify` says what was found in it: nothing.
    for command in [&["status"][..], &["plan", "list"], &["export", "x.json"]] {
        let line = refusal(&office.run(command));
        assert!(line.contains("是空的") && line.contains("plan import"), "{line}");
    }
    office.load_seeds();
    assert!(office.ask(&["plan", "list"]).contains("33"));

    // What was a database does not begin anew.
    fs::create_dir(office.path("duban.db.backups")).expect("made");
    File::create(&database).expect("emptied");
    for command in [&["policy"][..], &["plan", "import", concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/demo-plan.txt")]] {
        let line = refusal(&office.run(command));
        assert!(line.contains("从备份恢复"), "{line}");
    }
    assert_eq!(fs::metadata(&database).expect("there").len(), 0);
}

/// Name, bytes and time of everything in the folder.
fn traces(office: &Office) -> Vec<(String, Vec<u8>, SystemTime)> {
    let trace = |name: String| {
        let path = office.path(&name);
        let changed = fs::metadata(&path).and_then(|about| about.modified()).expect("there");
        // Whoever reads through the log notes that in the index to it.
        let bytes = if name.ends_with("-shm") { Vec::new() } else { fs::read(&path).expect("read") };
        let changed = if name.ends_with("-shm") { SystemTime::UNIX_EPOCH } else { changed };
        (name, bytes, changed)
    };
    names(&office.path("")).into_iter().map(trace).collect()
}

fn touches_nothing(office: &Office) {
    let before = traces(office);
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/demo-plan.txt");
    let address = office.database();
    let commands: [&[&str]; 10] = [
        &["run"],
        &["demo", "--listen", "127.0.0.1:0", "--database", &address],
        &["status"],
        &["verify"],
        &["policy"],
        &["policy", "holidays"],
        &["unit", "add", "省公安厅"],
        &["invite", "省公安厅"],
        &["plan", "import", plan],
        &["preview", "--from", "2019-07-01", "--to", "2019-07-02"],
    ];
    for arguments in commands {
        let mut command = office.command(arguments);
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", "http://127.0.0.1:9");
        let line = refusal(&command.output().expect("it starts"));
        assert!(line.contains("不是 duban 的数据库，未作任何更改"), "{arguments:?}: {line}");
        assert!(traces(office) == before, "{arguments:?} left a trace");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_programs_database_is_not_touched() {
    let options =
        |office: &Office| SqliteConnectOptions::new().filename(office.path("duban.db")).create_if_missing(true);
    for statements in [
        "create table letter (text text) strict; insert into letter values ('亲爱的')",
        "create table _sqlx_migrations (version integer); create table note (text text)",
        "pragma application_id = 7; create table ledger (text text)",
    ] {
        let office = Office::new();
        let pool = SqlitePool::connect_with(options(&office)).await.expect("made");
        pool.execute(sqlx::AssertSqlSafe(statements)).await.expect("filled");
        pool.close().await;
        fs::set_permissions(office.path("duban.db"), Permissions::from_mode(0o644)).expect("changed");
        touches_nothing(&office);
        assert_eq!(mode(&office.path("duban.db")), 0o644);
    }

    // All that it holds is still in the log, because it is at work.
    let office = Office::new();
    let options = options(&office).journal_mode(SqliteJournalMode::Wal);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("made");
    pool.execute("create table letter (text text) strict").await.expect("filled");
    touches_nothing(&office);
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_may_read_is_put_right() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(-1, "省公安厅", &[(1, "赵刚")]);
    let bot = telegram.start_bot(&office, at("06-26 16:00:00"));
    telegram.bind(-1, 1, &office.code_for("省公安厅")).await;
    assert!(bot.terminate());
    let backups = office.path("duban.db.backups");
    let copy = backups.join(&names(&backups)[0]);
    let unfinished = backups.join("duban-000009-2019-06-26.db.unfinished");
    fs::write(&unfinished, "half").expect("written");
    let open = [office.path("duban.db"), office.path("duban.db.lock"), copy];
    for file in &open {
        fs::set_permissions(file, Permissions::from_mode(0o664)).expect("changed");
    }
    fs::set_permissions(&backups, Permissions::from_mode(0o755)).expect("changed");
    let told = office.run(&["status"]);
    assert!(told.status.success() && String::from_utf8_lossy(&told.stderr).contains("他人原可读写"));
    assert!(office.run(&["status"]).stderr.is_empty(), "it is said once");

    let bot = telegram.start_bot(&office, at("06-26 17:00:00"));
    telegram.ask(-1, 1, "/tasks@duban_demo_bot", None).await;
    assert!(bot.terminate());
    assert_eq!(open.each_ref().map(|file| mode(file)), [0o600; 3]);
    assert_eq!((mode(&backups), unfinished.exists()), (0o700, false));
}

#[test]
fn a_token_that_others_may_read_is_put_right_or_refused() {
    let office = Office::new();
    let file = office.path("telegram-token");
    fs::write(&file, format!("{TOKEN}\n")).expect("written");
    let run = |variable: &str, value: &Path| {
        fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("changed");
        let mut command = office.command(&["run", "--pace", "off"]);
        command.env(variable, value).env("RUST_LOG", "off");
        refusal(&command.output().expect("it starts"))
    };
    // The token was read: what is refused is to play with Telegram.
    assert!(run("TELOXIDE_TOKEN_FILE", &file).contains("仅用于演练"));
    assert_eq!(mode(&file), 0o600);
    assert!(run("CREDENTIALS_DIRECTORY", &office.path("")).contains("仅用于演练"));
    assert_eq!(mode(&file), 0o644, "systemd knows better");
    // Nobody changes this one.
    let line = run("TELOXIDE_TOKEN_FILE", Path::new("/proc/sys/kernel/ostype"));
    assert!(line.contains("他人可以读取") && line.contains("chmod 600"), "{line}");
    for wrong in ["", " \n", "42:two\nlines", "x"] {
        fs::write(&file, wrong).expect("written");
        assert!(run("TELOXIDE_TOKEN_FILE", &file).contains("令牌的形式不对"));
    }
    fs::write(&file, format!("42:{}", "x".repeat(10 << 20))).expect("written");
    assert!(run("TELOXIDE_TOKEN_FILE", &file).contains("超过"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_wrong_once_does_not_push_out_the_real_copies() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    office.ask(&["policy", "backups", "3"]);
    telegram.add_group(-1, "省公安厅", &[(1, "赵刚")]);
    let days = ["2019-06-26", "2019-06-27", "2099-01-01", "2019-06-27", "2019-06-28", "2019-07-01"];
    for day in days {
        let bot = telegram.start_bot(&office, format!("{day}T10:00:00+08:00").parse().expect("an instant"));
        telegram.ask(-1, 1, "/help@duban_demo_bot", None).await;
        // What the bot has begun it ends first.
        assert!(bot.terminate());
    }
    assert_eq!(
        names(&office.path("duban.db.backups")),
        ["duban-000004-2019-06-27.db", "duban-000005-2019-06-28.db", "duban-000006-2019-07-01.db"]
    );
}
