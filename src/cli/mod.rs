//! The commands, as people type them.

mod bot;
mod coordinator;
mod damage;
mod doctor;
mod draft;
mod export;
mod holidays;
mod inspect;
mod plan;
mod roll;
mod say;
mod understand;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use clap::{Parser, Subcommand, ValueEnum};

use self::say::say;
use crate::clock::Clock;
use crate::config;
use crate::domain::bulletin;
use crate::log::Form;
use crate::schedule::reach::{FIRST_DAY, LAST_DAY, reaches};
use crate::store;

const DEFAULT_DATABASE: &str = "sqlite://duban.db";
/// When the demo opens: a Thursday on which several deadlines are three days off.
const DEMO_OPENS: &str = "2019-06-27T09:00:00+08:00";

/// 督办：读取分工方案，到期提醒各单位，以回复收集进展，答复督办员，全程留痕
#[derive(Debug, Parser)]
#[command(name = "duban", version, max_term_width = 100)]
pub struct Arguments {
    /// 数据库，形如 sqlite://路径 [环境变量 DATABASE_URL；默认 sqlite://duban.db]
    #[arg(long, global = true, value_name = "sqlite://路径")]
    database: Option<String>,
    /// 日志（标准错误输出）的形式
    #[arg(
        long,
        global = true,
        env = "DUBAN_LOG",
        default_value = "text",
        value_name = "text|json",
        hide_possible_values = true
    )]
    log: Form,
    #[command(subcommand)]
    command: Command,
}

impl Arguments {
    /// How the log is written.
    pub fn log(&self) -> Form {
        self.log
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 在本机试用：不需要令牌和网络，用网页模拟各单位的群
    Demo {
        /// 网页的地址和端口
        #[arg(long, default_value = "127.0.0.1:8321", value_name = "地址:端口")]
        listen: std::net::SocketAddr,
        /// 演示从何时开始
        #[arg(long, default_value = DEMO_OPENS, value_name = "RFC3339", value_parser = instant)]
        at: DateTime<FixedOffset>,
    },
    /// 运行机器人（令牌见 TELOXIDE_TOKEN、TELOXIDE_TOKEN_FILE）
    Run {
        /// 从此刻开始计时，仅用于演练
        #[arg(long, value_name = "RFC3339", value_parser = instant)]
        clock: Option<DateTime<FixedOffset>>,
        /// 发送限速；off 仅用于演练
        #[arg(long, default_value = "on", value_name = "on|off")]
        pace: Switch,
        /// 在此地址提供 /healthz、/readyz、/metrics 和网页看板，例如 127.0.0.1:8322
        #[arg(long, env = "DUBAN_LISTEN", value_name = "地址:端口")]
        listen: Option<std::net::SocketAddr>,
        /// 督办员从外部打开网页看板的网址，例如 https://duban.example.gov.cn [默认是 --listen 的地址]
        #[arg(long, env = "DUBAN_BOARD_URL", value_name = "网址", value_parser = config::web_address, requires = "listen")]
        board_url: Option<reqwest::Url>,
    },
    /// 方案：导入、列出
    #[command(subcommand)]
    Plan(PlanCommand),
    /// 预演：列出这些天将发出的每一条提醒，不发送，不改动
    Preview {
        #[arg(long, value_name = "日期", value_parser = day)]
        from: NaiveDate,
        #[arg(long, value_name = "日期", value_parser = day)]
        to: NaiveDate,
        #[arg(long)]
        json: bool,
    },
    /// 生成一次性邀请码：绑定单位的群，或增加督办员
    Invite {
        /// 单位名称或简称
        #[arg(required_unless_present = "coordinator", conflicts_with = "coordinator")]
        unit: Option<String>,
        /// 邀请督办员
        #[arg(long)]
        coordinator: bool,
        #[arg(long)]
        json: bool,
    },
    /// 单位名册：单位、简称、统称的成员
    #[command(subcommand)]
    Unit(UnitCommand),
    /// 督办员：列出、移除
    #[command(subcommand)]
    Coordinator(CoordinatorCommand),
    /// 总体情况，或像督办员那样提问：duban status 第5项进展如何
    Status {
        query: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// 查看机器人怎样理解一句话，不作记录
    Understand {
        text: String,
        /// 被回复的消息列出的任务，以逗号分隔
        #[arg(long, value_delimiter = ',', value_name = "编号")]
        tasks: Vec<String>,
        /// 说这句话的日期 [默认今天]
        #[arg(long, value_name = "日期", value_parser = day)]
        on: Option<NaiveDate>,
        #[arg(long = "as", default_value = "contact", value_name = "contact|coordinator")]
        speaker: Speaker,
        /// 谁的任务 [默认不限]
        #[arg(long, value_name = "单位")]
        unit: Option<String>,
        /// 说明依据：认出了什么、依据哪条规则、哪些话未能解释
        #[arg(long)]
        why: bool,
        #[arg(long)]
        json: bool,
    },
    /// 导出：.xlsx 台账工作簿，.docx 督查通报，.png 看板，.json 全部内容，.jsonl 台账
    Export {
        file: PathBuf,
        /// 以时限时间轴代替看板（.png）
        #[arg(long)]
        timeline: bool,
        /// 仅导出一个方案（.docx .xlsx .png）：编号、代码或名称中的字 [默认全部]
        #[arg(long, value_name = "方案")]
        plan: Option<String>,
        /// 通报的期号（.docx）
        #[arg(long, value_name = "期号")]
        issue: Option<u32>,
    },
    /// 查看或修改设置；policy holidays 文件 录入一年的节假日安排
    Policy {
        /// 设置的名称；holidays 为节假日安排
        key: Option<String>,
        /// 新的值；节假日安排为 holiday-cn 格式的 JSON 文件
        #[arg(allow_hyphen_values = true)]
        value: Option<String>,
        #[command(flatten)]
        exception: roll::Exception,
    },
    /// 逐项检查：令牌、网络和代理、隐私模式、时钟、磁盘、节假日、单位的群、备份；不发送，不改动
    Doctor {
        #[arg(long)]
        json: bool,
    },
    /// 核验数据库和台账，逐表与台账核对；给出留存的末端值时，核验台账是否由它接续
    Verify {
        /// 留存的台账末端值，或其开头至少 8 位（见周报、通报）
        #[arg(value_name = "末端值", value_parser = inspect::kept_head)]
        head: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// 备份：机器人运行时也可以，核验之后才命名
    Backup { file: PathBuf },
}

impl Command {
    fn is_to_print_json(&self) -> bool {
        match self {
            Command::Preview { json, .. }
            | Command::Invite { json, .. }
            | Command::Status { json, .. }
            | Command::Understand { json, .. }
            | Command::Doctor { json }
            | Command::Verify { json, .. }
            | Command::Plan(PlanCommand::Import { json, .. } | PlanCommand::List { json })
            | Command::Unit(UnitCommand::List { json })
            | Command::Coordinator(CoordinatorCommand::List { json } | CoordinatorCommand::Remove { json, .. }) => {
                *json
            }
            Command::Demo { .. }
            | Command::Run { .. }
            | Command::Export { .. }
            | Command::Policy { .. }
            | Command::Backup { .. }
            | Command::Plan(_)
            | Command::Unit(_) => false,
        }
    }
}

#[derive(Debug, Subcommand)]
enum PlanCommand {
    /// 读取一份方案文件，显示读到的内容和存疑之处，并存入数据库
    Import {
        file: PathBuf,
        /// 只读取和显示，不存入
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        json: bool,
        /// 本单位给这份方案的简称
        #[arg(long, value_name = "简称")]
        code: Option<String>,
    },
    /// 结束一份方案，不再提醒
    Close {
        /// 方案的编号或简称
        plan: String,
    },
    /// 列出已导入的方案
    List {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
enum UnitCommand {
    /// 列出名册
    List {
        #[arg(long)]
        json: bool,
    },
    /// 增加单位
    Add { name: String },
    /// 增加简称，或用 --remove 去掉
    Alias {
        name: String,
        #[arg(required = true)]
        aliases: Vec<String>,
        #[arg(long)]
        remove: bool,
    },
    /// 指明统称（如“各市州人民政府”）的成员，或用 --remove 去掉
    Members {
        collective: String,
        #[arg(required = true)]
        members: Vec<String>,
        #[arg(long)]
        remove: bool,
        /// 只在这一项任务里是这些单位（如“有关部门”）
        #[arg(long, value_name = "序号", conflicts_with = "remove")]
        task: Option<String>,
        /// 任务所在方案的编号或简称，序号在几份方案中都有时才需要
        #[arg(long, value_name = "方案", requires = "task")]
        plan: Option<String>,
    },
    /// 解除单位与群的绑定；在该群登记的联络员一并终止
    Unbind { name: String },
    /// 载入名册文件（如 seeds/hunan-roll.json）
    Load { file: PathBuf },
    /// 单位撤并：未办结的任务转由承接单位负责
    Succeed { name: String, successor: String },
}

#[derive(Debug, Subcommand)]
enum CoordinatorCommand {
    /// 列出督办员
    List {
        #[arg(long)]
        json: bool,
    },
    /// 移除督办员，立即生效
    Remove {
        /// 姓名（不重名时），或 coordinator list 列出的编号
        person: String,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Speaker {
    Contact,
    Coordinator,
}

/// Does what was asked. An error is one line that says what, where and the remedy.
pub async fn run(arguments: Arguments) -> Result<()> {
    let database = match &arguments.database {
        Some(database) => database.clone(),
        None => variable("DATABASE_URL").unwrap_or_else(|| DEFAULT_DATABASE.to_owned()),
    };
    let json = arguments.command.is_to_print_json();
    match obey(arguments, &database).await {
        Err(error) if error.downcast_ref().is_some_and(store::is_damage) => damage::told(&database, &error, json),
        outcome => outcome,
    }
}

async fn obey(arguments: Arguments, database: &str) -> Result<()> {
    let clock = Clock::system();
    let now = clock.now();
    ensure!(reaches(now.date_naive()), "本机的时钟显示 {}，不可能正确，请先校准时间", now.date_naive());
    match arguments.command {
        // The demo never writes into a database that only the environment names: that one may be the office's.
        Command::Demo { listen, at } => bot::demo(listen, at.to_utc(), arguments.database).await,
        Command::Run { clock: start, pace, listen, board_url } => {
            let clock = start.map_or(clock, |start| Clock::started_at(start.to_utc()));
            let run = bot::Run { rehearsing: start.is_some(), paced: pace == Switch::On, listen, board_url };
            bot::run(database, clock, run).await
        }
        Command::Plan(PlanCommand::Import { file, dry_run, json, code }) => {
            plan::import(database, &file, plan::Options { dry_run, json, code }, now).await
        }
        Command::Plan(PlanCommand::List { json }) => plan::list(database, json, now).await,
        Command::Plan(PlanCommand::Close { plan }) => plan::close(database, &plan, now).await,
        Command::Preview { from, to, json } => inspect::preview(database, from, to, json, now).await,
        Command::Invite { unit, json, .. } => roll::invite(database, unit.as_deref(), json, now).await,
        Command::Coordinator(command) => coordinator::coordinator(database, command, now).await,
        Command::Unit(command) => roll::unit(database, command, now).await,
        Command::Status { query, json } => inspect::status(database, &query.join(" "), json, now).await,
        Command::Understand { text, tasks, on, speaker, unit, why, json } => {
            let as_coordinator = speaker == Speaker::Coordinator;
            let asked = understand::Asked { text, tasks, on, as_coordinator, unit, why };
            understand::understand(database, asked, json, now).await
        }
        Command::Export { file, timeline, plan, issue } => {
            let wanted = bulletin::Wanted { plan, issue };
            export::export(database, &file, timeline, &wanted, now).await
        }
        Command::Policy { key, value, .. } if key.as_deref() == Some(holidays::KEY) => {
            holidays::holidays(database, value.as_deref().map(Path::new), now).await
        }
        Command::Policy { key, value, exception } => {
            roll::policy(database, key.as_deref(), value.as_deref(), &exception, now).await
        }
        Command::Doctor { json } => doctor::doctor(database, json, &clock).await,
        Command::Verify { head, json } => inspect::verify(database, head.as_deref(), json, now).await,
        Command::Backup { file } => inspect::backup(database, &file, now).await,
    }
}

/// A day as it is typed, within what we count with.
fn day(text: &str) -> Result<NaiveDate> {
    let day = text.parse().context("日期应像 2019-06-30")?;
    ensure!(reaches(day), "日期应在 {FIRST_DAY} 至 {LAST_DAY} 之间");
    Ok(day)
}

fn instant(text: &str) -> Result<DateTime<FixedOffset>> {
    let instant: DateTime<FixedOffset> = text.parse().context("时刻应像 2019-06-27T09:00:00+08:00")?;
    ensure!(reaches(instant.to_utc().date_naive()), "时刻应在 {FIRST_DAY} 至 {LAST_DAY} 之间");
    Ok(instant)
}

/// An environment variable that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The one JSON document of a command.
fn print_json(value: &impl serde::Serialize) -> Result<()> {
    say!("{}", serde_json::to_string_pretty(value)?)?;
    Ok(())
}

/// The office's local date.
fn today(now: DateTime<Utc>, policy: &crate::domain::policy::Policy) -> NaiveDate {
    now.with_timezone(&policy.timezone).date_naive()
}
