//! `duban unit`, `invite` and `policy`: what the office sets up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Utc};
use clap::Subcommand;
use serde_json::json;

use crate::binding::rows::Invitee;
use crate::chat::phrases;
use crate::cli::is_yet_to_be;
use crate::cli::say::{print_json, say};
use crate::filing::rows::export::local;
use crate::office::policy::{DEFAULTS, Policy, is_key, unknown_key};
use crate::office::progress_call;
use crate::office::progress_call::Scope;
use crate::plans::KnownPlan;
use crate::roll::rows::{Roll, RollUnit};
use crate::settings::sentences::outside_hours;
use crate::store::ledger::Actor;
use crate::store::{Store, Tx, path_of};
use crate::understanding::task_number;
use crate::{binding, files, plans, roll, settings};

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
        #[arg(long, value_name = "序号")]
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

pub async fn invite(database: &str, unit: Option<&str>, json: bool, now: DateTime<Utc>) -> Result<()> {
    let store = Store::open(database).await?;
    let mut tx = store.begin(now).await?;
    if let Some(name) = unit
        && roll::rows::find_unit(&mut tx, name).await?.is_none()
    {
        let near = roll::near::nearest(name, &roll::rows::names_on_roll(&mut tx).await?);
        ensure!(near.is_empty(), "名册上没有“{name}”，是不是：{}？请写全称再试", near.join("、"));
    }
    let invitation = binding::rows::invite(&mut tx, unit.map_or(Invitee::Coordinator, Invitee::Unit)).await?;
    let (zone, username) =
        (settings::rows::policy::policy(&mut tx).await?.timezone, settings::rows::username(&mut tx).await?);
    tx.commit().await?;
    let start = if invitation.unit.is_some() { "startgroup" } else { "start" };
    let link = username.as_ref().map(|username| format!("https://t.me/{username}?{start}={}", invitation.code));
    let expires_at = local(invitation.expires_at, zone);
    if json {
        let (code, unit) = (&invitation.code, &invitation.unit);
        return print_json(&json!({ "code": code, "unit": unit, "expires_at": expires_at, "link": link }));
    }
    // In a group where no bot has spoken yet, Telegram passes on only commands that name theirs.
    let at = username.map(|username| format!("@{username}")).unwrap_or_default();
    match &invitation.unit {
        Some(unit) => say!(
            "{unit} 的邀请码：{0}\n请在该单位的群里发送：/bind{at} {0}\n没有群的单位，由其联络员私聊机器人发送：/bind {0}",
            invitation.code
        )?,
        None => say!(
            "督办员邀请码：{0}\n请本人私聊机器人发送：/start {0}；或在督办员群里发送：/bind{at} {0}",
            invitation.code
        )?,
    }
    if let Some(link) = link {
        say!("或打开链接：{link}")?;
    }
    let until = phrases::date_and_time(invitation.expires_at.with_timezone(&zone));
    say!("有效期至{until}，只能使用一次。")?;
    Ok(())
}

pub async fn unit(database: &str, command: UnitCommand, now: DateTime<Utc>) -> Result<()> {
    if let UnitCommand::List { json } = command {
        let store = Store::open(database).await?;
        let mut tx = store.read(now).await?;
        let plans = plans::rows::known_plans(&mut tx, None).await?;
        return list(roll::rows::roll(&mut tx).await?, &plans, json);
    }
    let load = match &command {
        UnitCommand::Load { file } => Some(read_roll(file)?),
        _ => None,
    };
    // Only these have something to say of an office that is not there yet.
    let store = match &command {
        UnitCommand::Add { .. } | UnitCommand::Load { .. } => Store::open_or_create(database).await?,
        _ => Store::open(database).await?,
    };
    let mut tx = store.begin(now).await?;
    let done = match &command {
        UnitCommand::Add { name } => {
            if roll::rows::add_unit(&mut tx, name, false).await? {
                format!("已添加：{name}")
            } else {
                format!("名册上已有：{name}")
            }
        }
        UnitCommand::Alias { name, aliases, remove: true } => {
            roll::rows::remove_aliases(&mut tx, name, aliases).await?;
            format!("{name} 不再有简称：{}", aliases.join("、"))
        }
        UnitCommand::Alias { name, aliases, .. } => {
            roll::rows::add_aliases(&mut tx, name, aliases).await?;
            format!("{name} 的简称：{}", aliases.join("、"))
        }
        UnitCommand::Members { collective, members, task: Some(task), plan, remove } => {
            let plan = match plan {
                Some(plan) => Some(plans::rows::open_called(&mut tx, plan).await?.id),
                None => None,
            };
            let task = &task_number(task);
            let named = roll::rows::collectives::named_in(&mut tx, collective, task, plan).await?;
            if *remove {
                let ended = roll::rows::collectives::remove_from(&mut tx, &named, members).await?;
                format!(
                    "第{task}项的{collective}不再有：{}，由此产生的责任 {ended} 条到此为止，历史记录不变",
                    members.join("、")
                )
            } else {
                let own = roll::rows::collectives::separate(&mut tx, &named).await?;
                roll::rows::add_members(&mut tx, &own, members).await?;
                format!("第{task}项的{collective}已指明为：{}", members.join("、"))
            }
        }
        UnitCommand::Members { collective, members, remove: true, .. } => {
            let ended = roll::rows::remove_members(&mut tx, collective, members).await?;
            format!("{collective} 的成员已减少 {} 个，由此产生的责任 {ended} 条到此为止，历史记录不变", members.len())
        }
        UnitCommand::Members { collective, members, .. } => {
            roll::rows::add_members(&mut tx, collective, members).await?;
            format!("{collective} 的成员已增加 {} 个", members.len())
        }
        UnitCommand::Unbind { name } => {
            let detached = binding::unbinding::rows::unbind_by_operator(&mut tx, name).await?;
            let contacts: Vec<&str> = detached.contacts.iter().map(|(_, name)| name.as_str()).collect();
            let contacts = match contacts.as_slice() {
                [] => String::new(),
                contacts => format!("；在该群登记的联络员一并终止：{}", contacts.join("、")),
            };
            format!("已解除{}与“{}”的绑定{contacts}", detached.unit.name, detached.title)
        }
        UnitCommand::Load { .. } => match &load {
            Some(roll) => format!("已载入名册，新增 {} 个单位", roll::rows::load_roll(&mut tx, roll).await?),
            None => String::new(),
        },
        UnitCommand::Succeed { name, successor } => {
            let moved = roll::rows::succession::succeed(&mut tx, name, successor).await?;
            format!("{name} 未办结的任务 {moved} 项已由 {successor} 承接，历史记录不变")
        }
        UnitCommand::List { .. } => String::new(),
    };
    tx.commit().await?;
    store.close().await;
    say!("{done}")?;
    Ok(())
}

fn read_roll(file: &Path) -> Result<Roll> {
    let shown = file.display();
    let text = files::read_text(file, files::LARGEST);
    let text = text.with_context(|| format!("读不到名册文件 {shown}，请核对路径和权限"))?;
    serde_json::from_str(&text).with_context(|| format!("{shown} 不是名册文件，形式见 seeds/hunan-roll.json"))
}

fn list(units: Vec<RollUnit>, plans: &[KnownPlan], json: bool) -> Result<()> {
    if json {
        let rows = units.iter().map(|unit| {
            json!({
                "unit": unit.name, "collective": unit.collective, "aliases": unit.aliases, "members": unit.members,
                "bound": unit.has_chat, "plan": only_in(&unit.name, plans).map(|plan| &plan.name),
            })
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    for unit in units {
        let aliases =
            if unit.aliases.is_empty() { String::new() } else { format!("（{}）", unit.aliases.join("、")) };
        let members = if unit.collective { format!("　成员 {} 个", unit.members.len()) } else { String::new() };
        let bound = if unit.has_chat { "　已绑定" } else { "" };
        let plan = only_in(&unit.name, plans).map(|plan| format!("　方案{}即《{}》", plan.id.0, plan.name));
        say!("{}{aliases}{members}{bound}{}", unit.name, plan.unwrap_or_default())?;
    }
    Ok(())
}

/// The plan with the one task in which a collective stands for units of its own: 有关部门（方案1第5项）.
fn only_in<'p>(unit: &str, plans: &'p [KnownPlan]) -> Option<&'p KnownPlan> {
    let (_, place) = unit.strip_suffix("项）")?.rsplit_once("（方案")?;
    let (plan, _) = place.split_once('第')?;
    plans.iter().find(|known| known.id.0.to_string() == plan)
}

/// Whom an exception of a setting is for: as they are typed.
#[derive(Debug, Default, clap::Args)]
pub struct Exception {
    /// 只对这个单位（progress_call）
    #[arg(long, value_name = "单位", conflicts_with = "plan")]
    unit: Option<String>,
    /// 只对这个方案，写编号或简称（progress_call）
    #[arg(long, value_name = "编号")]
    plan: Option<String>,
}

impl Exception {
    /// Who is named.
    fn named(&self) -> Option<&String> {
        self.unit.as_ref().or(self.plan.as_ref())
    }

    async fn scope(&self, tx: &mut Tx) -> Result<Option<Scope>> {
        Ok(match (&self.unit, &self.plan) {
            (Some(name), _) => match roll::rows::find_unit(tx, name).await? {
                Some(unit) => Some(Scope::Unit(unit.name)),
                None => bail!("名册中没有“{name}”，请用 duban unit list 查看"),
            },
            (None, Some(plan)) => Some(Scope::Plan(plans::rows::open_called(tx, plan).await?.id)),
            (None, None) => None,
        })
    }
}

pub async fn policy(
    database: &str,
    key: Option<&str>,
    value: Option<&str>,
    exception: &Exception,
    now: DateTime<Utc>,
) -> Result<()> {
    if let Some(key) = key.filter(|key| !is_key(key)) {
        return Err(unknown_key(key).into());
    }
    // What cannot be is refused before a database is made for it.
    if let (Some(key), Some(value), None) = (key, value, exception.named()) {
        Policy::from_settings(&BTreeMap::from([(key.to_owned(), value.to_owned())]))?;
    }
    if (value.is_none() || exception.named().is_some()) && is_yet_to_be(database)? {
        ensure!(exception.named().is_none(), crate::store::Error::Missing(path_of(database)?));
        return show(key, &BTreeMap::new());
    }
    let store = Store::open_or_create(database).await?;
    // Who only looks waits for nobody who writes.
    let mut tx = if value.is_some() { store.begin(now).await? } else { store.read(now).await? };
    let scope = exception.scope(&mut tx).await?;
    match (key, value, &scope) {
        (Some(progress_call::KEY), Some("default"), Some(scope)) => {
            settings::rows::drop_setting(&mut tx, &scope.key(), Actor::Operator).await?;
        }
        (Some(progress_call::KEY), Some(value), Some(scope)) => {
            settings::rows::set_policy(&mut tx, &scope.key(), value, Actor::Operator).await?;
        }
        (_, _, Some(_)) => {
            bail!(
                "--unit 和 --plan 只用于 progress_call，例如 duban policy progress_call '0 9 10 * *' --unit 省公安厅；值写 default 即取消"
            )
        }
        (Some(key), Some(value), None) => settings::rows::set_policy(&mut tx, key, value, Actor::Operator).await?,
        _ => {}
    }
    let settings = settings::rows::settings(&mut tx).await?;
    if value.is_some() {
        tx.commit().await?;
    } else {
        drop(tx);
    }
    store.close().await;
    show(key, &settings)?;
    let outside = Policy::from_settings(&settings)?.outside_sending_hours();
    if let (Some(key), Some(_)) = (key, value)
        && let Some(note) = outside_hours(key, &outside)
    {
        say!("{note}")?;
    }
    Ok(())
}

/// The settings in force, or one of them.
fn show(key: Option<&str>, settings: &BTreeMap<String, String>) -> Result<()> {
    for (name, default, meaning) in DEFAULTS {
        if key.is_none_or(|key| key == name) {
            let value = settings.get(name).map_or(default, String::as_str);
            say!("{name} = {value}　{meaning}")?;
        }
        if name == progress_call::KEY && key.is_none_or(|key| key == name) {
            for (scope, line) in progress_call::exceptions(settings) {
                say!("{name} = {line}　其中{}", scope.label())?;
            }
        }
    }
    Ok(())
}
