//! An office to measure: a database in a folder of its own, units with one group each, and the built program.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::api::{Api, BOT_NAME, TOKEN};

/// A machine under load is slow; whoever waits longer waits in vain.
pub const PATIENCE: Duration = Duration::from_secs(60);
pub const COORDINATORS: i64 = -9_000;
const COORDINATOR: i64 = 9_000;
/// One task falls due on each working day of this week, so that from then on every unit hears of one on every working day.
const FIRST_DUE: (i32, u32, u32) = (2019, 3, 4);
pub const TASKS: usize = 5;

pub struct Office {
    folder: TempDir,
    pub api: Api,
    /// How many units there are, each with its group: unit 1 in chat -1.
    pub units: i64,
}

/// An instant of the office, in Shanghai.
pub type At = DateTime<FixedOffset>;

pub fn at(day: NaiveDate, time: &str) -> At {
    format!("{day}T{time}+08:00").parse().expect("an instant")
}

pub fn first_due() -> NaiveDate {
    let (year, month, day) = FIRST_DUE;
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

pub fn unit_name(unit: i64) -> String {
    format!("省第{unit:03}局")
}

impl Office {
    /// So many units with their groups bound on the day before anything falls due, and a coordinators' group.
    pub fn furnish(api: Api, units: i64) -> Office {
        Office::furnish_in(&std::env::temp_dir(), api, units)
    }

    /// The same with its folder in another one.
    pub fn furnish_in(parent: &Path, api: Api, units: i64) -> Office {
        let office = Office { folder: TempDir::new_in(parent).expect("a folder"), api, units };
        let names: Vec<String> = (1..=units).map(unit_name).collect();
        let listed: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
        let roll = json!({"units": listed, "collectives": [{"name": "省直各部门", "members": names}]});
        std::fs::write(office.path("roll.json"), roll.to_string()).expect("written");
        std::fs::write(office.path("plan.txt"), plan()).expect("written");
        office.ask(&["unit", "load", office.path("roll.json").to_str().expect("UTF-8")]);
        office.ask(&["plan", "import", office.path("plan.txt").to_str().expect("UTF-8")]);
        let opening = at(first_due() - Days::new(3), "16:00:00");
        let bot = office.start(opening);
        for unit in 1..=units {
            let code = office.code(&[&unit_name(unit)]);
            office.api.say(-unit, unit, opening.timestamp(), &format!("/bind@{BOT_NAME} {code}"));
        }
        let code = office.code(&["--coordinator"]);
        office.api.say(COORDINATORS, COORDINATOR, opening.timestamp(), &format!("/bind@{BOT_NAME} {code}"));
        let wanted = usize::try_from(units).expect("few") + 1;
        assert!(office.api.wait_until(PATIENCE, |state| state.accepted.len() >= wanted), "the groups are bound");
        bot.terminate();
        let refused = office.api.state().accepted.iter().filter(|said| said.text.contains("未作任何更改")).count();
        assert_eq!(refused, 0, "every group is bound");
        office
    }

    /// The same office as it stands now, in a folder of its own and at another API.
    pub fn copied_to(&self, api: Api) -> Office {
        let folder = TempDir::new().expect("a folder");
        api.state().number_on_from(&self.api.state());
        std::fs::copy(self.database(), folder.path().join("duban.db")).expect("copied");
        Office { folder, api, units: self.units }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.path("duban.db")
    }

    /// Runs a command that must succeed; what it printed.
    pub fn ask(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("the program starts");
        assert!(output.status.success(), "duban {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    pub fn ask_json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ask(arguments)).expect("one JSON document")
    }

    /// The program, with nothing of the surrounding environment that it would heed.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command.args(arguments).stdin(Stdio::null());
        command.env("DATABASE_URL", format!("sqlite://{}", self.database().display()));
        for variable in ["TELOXIDE_TOKEN_FILE", "CREDENTIALS_DIRECTORY", "RUST_LOG"] {
            command.env_remove(variable);
        }
        command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &self.api.address);
        command
    }

    pub fn code(&self, invitee: &[&str]) -> String {
        let arguments: Vec<&str> = ["invite", "--json"].iter().chain(invitee).copied().collect();
        self.ask_json(&arguments)["code"].as_str().expect("a code").to_owned()
    }

    /// Starts the bot; its clock shows `at` and runs on from there.
    pub fn start(&self, at: At) -> Bot {
        self.start_with(at, &["--pace", "off"])
    }

    /// The same with other arguments.
    pub fn start_with(&self, at: At, arguments: &[&str]) -> Bot {
        self.api.state().life += 1;
        let log = OpenOptions::new().create(true).append(true).open(self.path("bot.log")).expect("a log");
        let mut command = self.command(&["run", "--clock", &at.to_rfc3339()]);
        command.args(arguments);
        let child = command.stdout(Stdio::null()).stderr(log).spawn().expect("the bot starts");
        Bot { child, started: Instant::now(), at }
    }

    /// What the bot wrote in earlier lives.
    pub fn forget_log(&self) {
        File::create(self.path("bot.log")).expect("a log");
    }

    /// What `duban verify` says; a broken file is said by its exit status.
    pub fn is_whole(&self) -> bool {
        self.command(&["verify"]).output().expect("the program starts").status.success()
    }
}

/// Five tasks for all, due on the five working days of a week.
fn plan() -> String {
    let mut plan =
        "青山省政务服务任务分工方案\n青政发〔2019〕9号\n青山省人民政府\n2019年1月9日\n一、任务分工\n".to_owned();
    for number in 1..=TASKS {
        let due = first_due() + Days::new(number as u64 - 1);
        let line =
            format!("{number}.办好第{number}件实事，{}前完成。（省直各部门负责）\n", due.format("%Y年%-m月%-d日"));
        plan.push_str(&line);
    }
    plan
}

/// The running bot; it does not outlive the row.
pub struct Bot {
    child: Child,
    started: Instant,
    at: At,
}

impl Bot {
    /// What its clock shows.
    pub fn now(&self) -> At {
        self.at + TimeDelta::from_std(self.started.elapsed()).expect("short")
    }

    /// As a power cut ends it, apart from the disk. What its clock showed.
    pub fn kill(mut self) -> At {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
        self.now()
    }

    /// As a service manager ends it: how it ended, and how long that took.
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        Command::new("kill").arg(self.child.id().to_string()).status().expect("kill runs");
        let status = self.child.wait().expect("ended");
        (status, asked.elapsed())
    }

    /// By which the system knows the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn runs(&mut self) -> bool {
        self.child.try_wait().expect("asked").is_none()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // Already ended is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
