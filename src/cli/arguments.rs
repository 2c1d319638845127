//! What may be typed, and what `--help` says of it.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::{Parser, Subcommand, ValueEnum};

use crate::cli::plan::PlanCommand;
use crate::cli::task::TaskCommand;
use crate::cli::{inspect, manual, roll};
use crate::config;
use crate::log::Form;
use crate::schedule::reach::{FIRST_DAY, LAST_DAY, reaches};

const FIRST_STEPS: &str = "\
第一次使用：
  duban demo                                  在本机试用，不需要令牌
  duban unit load seeds/hunan-roll.json       载入单位名册
  duban plan import 方案.docx --dry-run       试读方案，核对存疑之处
  duban doctor                                检查令牌、网络和设置
  duban run                                   启动机器人

各命令的格式、默认值和示例：duban 命令 --help";

/// 督办：读取分工方案，到期提醒各单位，以回复收集进展，答复督办员，全程留痕
#[derive(Debug, Parser)]
#[command(name = "duban", version, max_term_width = 100, after_help = FIRST_STEPS)]
pub struct Arguments {
    /// 数据库，形如 sqlite://路径 [环境变量 DATABASE_URL；默认 sqlite://duban.db]
    #[arg(long, global = true, value_name = "sqlite://路径")]
    pub(super) database: Option<String>,
    /// 日志（标准错误输出）的形式
    #[arg(long, global = true, env = "DUBAN_LOG", default_value = "text", value_name = "text|json")]
    #[arg(hide_possible_values = true, hide_env_values = true)]
    log: Form,
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Arguments {
    /// How the log is written.
    pub fn log(&self) -> Form {
        self.log
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 在本机试用：不需要令牌和网络，用网页模拟各单位的群
    #[command(after_help = "示例：duban demo --listen 127.0.0.1:9000\n      duban demo --plan 本单位方案.docx")]
    Demo {
        /// 网页的地址和端口
        #[arg(long, default_value = "127.0.0.1:8321", value_name = "地址:端口")]
        listen: std::net::SocketAddr,
        /// 演示从何时开始 [默认：2019-06-27T09:00:00+08:00；用 --plan 时为首个时限前的第一次提醒]
        #[arg(long, value_name = "RFC3339", value_parser = instant)]
        at: Option<DateTime<FixedOffset>>,
        /// 用本单位的方案演示，为承担任务最多的十二个单位建群
        #[arg(long, value_name = "文件")]
        plan: Option<PathBuf>,
        // In place of the global one: the demo never takes the database that the environment names.
        /// 数据库，形如 sqlite://路径，演示后保留 [默认：临时的数据库，不保留；不用 DATABASE_URL]
        #[arg(long, value_name = "sqlite://路径")]
        database: Option<String>,
    },
    /// 运行机器人（令牌见 TELOXIDE_TOKEN、TELOXIDE_TOKEN_FILE）
    #[command(after_help = manual::ENVIRONMENT)]
    Run {
        /// 从此刻开始计时，仅用于演练
        #[arg(long, value_name = "RFC3339", value_parser = instant)]
        clock: Option<DateTime<FixedOffset>>,
        /// 发送限速；off 仅用于演练
        #[arg(long, default_value = "on", value_name = "on|off", hide_possible_values = true)]
        pace: Switch,
        /// 在此地址提供 /healthz、/readyz、/metrics 和网页看板，例如 127.0.0.1:8322 [默认不提供]
        #[arg(long, env = "DUBAN_LISTEN", hide_env_values = true, value_name = "地址:端口")]
        listen: Option<std::net::SocketAddr>,
        /// 督办员从外部打开网页看板的网址，例如 https://duban.example.gov.cn [默认是 --listen 的地址]
        #[arg(long, env = "DUBAN_BOARD_URL", hide_env_values = true, value_name = "网址")]
        #[arg(value_parser = config::web_address, requires = "listen")]
        board_url: Option<reqwest::Url>,
    },
    /// 逐项检查：令牌、网络和代理、隐私模式、时钟、磁盘、节假日、单位的群、备份；不发送，不改动
    #[command(after_help = "示例：duban doctor\n      duban doctor --json\n有问题时退出码为 1。")]
    Doctor {
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 方案：导入、列出、结束
    #[command(subcommand)]
    Plan(PlanCommand),
    /// 任务：交办、调整、撤销
    #[command(subcommand)]
    Task(TaskCommand),
    /// 预演：列出这些天将发出的每一条提醒，不发送，不改动
    #[command(after_help = "示例：duban preview --from 2026-06-01 --to 2026-06-30")]
    Preview {
        /// 第一天
        #[arg(long, value_name = "日期", value_parser = day)]
        from: NaiveDate,
        /// 最后一天，含当天
        #[arg(long, value_name = "日期", value_parser = day)]
        to: NaiveDate,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 生成一次性邀请码：绑定单位的群，或增加督办员
    #[command(after_help = "示例：duban invite 省公安厅\n      duban invite --coordinator\n每码只用一次，七日内有效。")]
    Invite {
        /// 单位名称或简称
        #[arg(value_name = "单位", required_unless_present = "coordinator", conflicts_with = "coordinator")]
        unit: Option<String>,
        /// 邀请督办员
        #[arg(long)]
        coordinator: bool,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 单位名册：单位、简称、统称的成员
    #[command(subcommand)]
    Unit(UnitCommand),
    /// 督办员：列出、移除
    #[command(subcommand)]
    Coordinator(CoordinatorCommand),
    /// 总体情况，或像督办员那样提问
    #[command(after_help = "示例：duban status\n      duban status 第5项进展如何\n      duban status 哪些逾期了")]
    Status {
        /// 想问的话 [默认总体情况]
        #[arg(value_name = "问题")]
        query: Vec<String>,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 查看机器人怎样理解一句话，不作记录
    #[command(after_help = "示例：duban understand '5 已完成，26 推进中30%' --tasks 5,26 --why")]
    Understand {
        /// 联络员或督办员说的话
        #[arg(value_name = "文字")]
        text: String,
        /// 被回复的消息列出的任务，以逗号分隔
        #[arg(long, value_delimiter = ',', value_name = "序号")]
        tasks: Vec<String>,
        /// 说这句话的日期 [默认今天]
        #[arg(long, value_name = "日期", value_parser = day)]
        on: Option<NaiveDate>,
        /// 谁说的
        #[arg(long = "as", default_value = "contact", value_name = "contact|coordinator", hide_possible_values = true)]
        speaker: Speaker,
        /// 谁的任务 [默认不限]
        #[arg(long, value_name = "单位")]
        unit: Option<String>,
        /// 说明依据：认出了什么、依据哪条规则、哪些话未能解释
        #[arg(long)]
        why: bool,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 导出，格式由扩展名决定：.xlsx 台账工作簿，.docx 督查通报，.png 看板，.zip 佐证附件和清单，.json 全部内容，.jsonl 台账
    #[command(
        after_help = "示例：duban export 台账.xlsx\n      duban export 通报.docx --plan 营商环境 --issue 3\n      duban export 时间轴.png --timeline\n      duban export 佐证.zip --plan 营商环境"
    )]
    Export {
        /// 写到哪个文件
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 以时限时间轴代替看板（.png）
        #[arg(long)]
        timeline: bool,
        /// 仅导出一个方案（.docx .xlsx .png .zip）：编号、代码或名称中的字 [默认全部]
        #[arg(long, value_name = "方案")]
        plan: Option<String>,
        /// 通报的期号（.docx）
        #[arg(long, value_name = "期号")]
        issue: Option<u32>,
    },
    /// 查看或修改设置；policy holidays 文件 录入一年的节假日安排
    #[command(after_help = manual::settings())]
    Policy {
        /// 设置的名称，见下；holidays 为节假日安排 [默认列出全部]
        #[arg(value_name = "名称")]
        key: Option<String>,
        /// 新的值 [默认只查看]；节假日安排为 holiday-cn 格式的 JSON 文件
        #[arg(value_name = "值", allow_hyphen_values = true)]
        value: Option<String>,
        #[command(flatten)]
        exception: roll::Exception,
    },
    /// 核验数据库和台账，逐表与台账核对；给出留存的末端值时，核验台账是否由它接续
    #[command(after_help = "示例：duban verify\n      duban verify 3f9a1c0b")]
    Verify {
        /// 留存的台账末端值，或其开头至少 8 位（见周报、通报）
        #[arg(value_name = "末端值", value_parser = inspect::kept_head)]
        head: Option<String>,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 备份：机器人运行时也可以，核验之后才命名
    #[command(after_help = "示例：duban backup /backup/duban-2026-06-30.db")]
    Backup {
        /// 写到哪个文件，须尚不存在
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 输出命令补全脚本，供打包使用
    #[command(hide = true)]
    Completions {
        /// 哪种命令行
        #[arg(value_name = "bash|zsh|fish", hide_possible_values = true)]
        shell: clap_complete::Shell,
    },
    /// 写出手册页（man），供打包使用
    #[command(hide = true)]
    Man {
        /// 写到哪个目录
        #[arg(value_name = "目录")]
        folder: PathBuf,
    },
}

impl Command {
    /// Whether standard output is to be one JSON document.
    pub(super) fn prints_json(&self) -> bool {
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
            _ => false,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum UnitCommand {
    /// 列出名册
    #[command(after_help = "示例：duban unit list\n      duban unit list --json")]
    List {
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 增加单位
    #[command(after_help = "示例：duban unit add 省数据局")]
    Add {
        /// 单位全称
        #[arg(value_name = "单位")]
        name: String,
    },
    /// 增加简称，或用 --remove 去掉
    #[command(after_help = "示例：duban unit alias 省公安厅 公安厅 公安")]
    Alias {
        /// 单位全称
        #[arg(value_name = "单位")]
        name: String,
        #[arg(required = true, value_name = "简称")]
        aliases: Vec<String>,
        /// 去掉这些简称
        #[arg(long)]
        remove: bool,
    },
    /// 指明统称（如“各市州人民政府”）的成员，或用 --remove 去掉
    #[command(
        after_help = "示例：duban unit members 各市州人民政府 长沙市人民政府 株洲市人民政府\n      duban unit members 有关部门 省公安厅 省财政厅 --task 5"
    )]
    Members {
        /// 统称
        #[arg(value_name = "统称")]
        collective: String,
        #[arg(required = true, value_name = "单位")]
        members: Vec<String>,
        /// 去掉这些成员
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
    #[command(after_help = "示例：duban unit unbind 省公安厅")]
    Unbind {
        /// 单位名称或简称
        #[arg(value_name = "单位")]
        name: String,
    },
    /// 载入名册文件
    #[command(after_help = "示例：duban unit load seeds/hunan-roll.json")]
    Load {
        /// JSON 文件
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 单位撤并：未办结的任务转由承接单位负责
    #[command(after_help = "示例：duban unit succeed 省食品药品监管局 省市场监管局")]
    Succeed {
        /// 撤销或并入的单位
        #[arg(value_name = "单位")]
        name: String,
        #[arg(value_name = "承接单位")]
        successor: String,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum CoordinatorCommand {
    /// 列出督办员
    #[command(after_help = "示例：duban coordinator list\n      duban coordinator list --json")]
    List {
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 移除督办员，立即生效
    #[command(after_help = "示例：duban coordinator remove 周敏")]
    Remove {
        /// 姓名（不重名时），或 coordinator list 列出的编号
        #[arg(value_name = "姓名或编号")]
        person: String,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Speaker {
    Contact,
    Coordinator,
}

/// A day as it is typed, within what we count with.
pub(super) fn day(text: &str) -> Result<NaiveDate> {
    let day = text.parse().context("日期应像 2019-06-30")?;
    ensure!(reaches(day), "日期应在 {FIRST_DAY} 至 {LAST_DAY} 之间");
    Ok(day)
}

fn instant(text: &str) -> Result<DateTime<FixedOffset>> {
    let instant: DateTime<FixedOffset> = text.parse().context("时刻应像 2019-06-27T09:00:00+08:00")?;
    ensure!(reaches(instant.to_utc().date_naive()), "时刻应在 {FIRST_DAY} 至 {LAST_DAY} 之间");
    Ok(instant)
}
