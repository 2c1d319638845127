//! `duban unit`, `invite` and `policy`: what the office sets up.

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::binding::rows::Invitee;
use crate::chat::phrases;
use crate::cli::UnitCommand;
use crate::cli::say::{print_json, say};
use crate::filing::rows::export::local;
use crate::office::policy::{DEFAULTS, is_key, unknown_key};
use crate::office::progress_call;
use crate::office::progress_call::Scope;
use crate::roll::rows::{Roll, RollUnit};
use crate::store::ledger::Actor;
use crate::store::{Store, Tx};
use crate::{binding, files, plans, roll, settings};

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
        return list(roll::rows::roll(&mut store.read(now).await?).await?, json);
    }
    let store = Store::open_or_create(database).await?;
    let mut tx = store.begin(now).await?;
    let done = match &command {
        UnitCommand::Add { name } => match roll::rows::add_unit(&mut tx, name, false).await? {
            true => format!("已添加：{name}"),
            false => format!("名册上已有：{name}"),
        },
        UnitCommand::Alias { name, aliases, remove: true } => {
            roll::rows::remove_aliases(&mut tx, name, aliases).await?;
            format!("{name} 不再有简称：{}", aliases.join("、"))
        }
        UnitCommand::Alias { name, aliases, .. } => {
            roll::rows::add_aliases(&mut tx, name, aliases).await?;
            format!("{name} 的简称：{}", aliases.join("、"))
        }
        UnitCommand::Members { collective, members, task: Some(task), plan, .. } => {
            let own = roll::rows::separate_collective(&mut tx, collective, task, plan.as_deref()).await?;
            roll::rows::add_members(&mut tx, &own, members).await?;
            format!("第{task}项的{collective}已指明为：{}", members.join("、"))
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
        UnitCommand::Load { file } => {
            let shown = file.display();
            let text = files::read_text(file, files::LARGEST);
            let text = text.with_context(|| format!("读不到名册文件 {shown}，请核对路径和权限"))?;
            let roll: Roll = serde_json::from_str(&text)
                .with_context(|| format!("{shown} 不是名册文件，形式见 seeds/hunan-roll.json"))?;
            format!("已载入名册，新增 {} 个单位", roll::rows::load_roll(&mut tx, &roll).await?)
        }
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

fn list(units: Vec<RollUnit>, json: bool) -> Result<()> {
    if json {
        let rows = units.iter().map(|unit| {
            json!({
                "unit": unit.name, "collective": unit.collective, "aliases": unit.aliases, "members": unit.members,
                "bound": unit.has_chat,
            })
        });
        return print_json(&rows.collect::<Vec<_>>());
    }
    for unit in units {
        let aliases =
            if unit.aliases.is_empty() { String::new() } else { format!("（{}）", unit.aliases.join("、")) };
        let members = if unit.collective { format!("　成员 {} 个", unit.members.len()) } else { String::new() };
        let bound = if unit.has_chat { "　已绑定" } else { "" };
        say!("{}{aliases}{members}{bound}", unit.name)?;
    }
    Ok(())
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
    async fn scope(&self, tx: &mut Tx) -> Result<Option<Scope>> {
        Ok(match (&self.unit, &self.plan) {
            (Some(name), _) => match roll::rows::find_unit(tx, name).await? {
                Some(unit) => Some(Scope::Unit(unit.name)),
                None => bail!("名册中没有“{name}”，请用 duban unit list 查看"),
            },
            (None, Some(plan)) => match plans::rows::find_plan(tx, plan).await? {
                Some(plan) => Some(Scope::Plan(plan)),
                None => bail!("没有方案“{plan}”，请用 duban plan list 查看编号或简称"),
            },
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
    for (name, default, meaning) in DEFAULTS {
        if key.is_none_or(|key| key == name) {
            let value = settings.get(name).map_or(default, String::as_str);
            say!("{name} = {value}　{meaning}")?;
        }
        if name == progress_call::KEY && key.is_none_or(|key| key == name) {
            for (scope, line) in progress_call::exceptions(&settings) {
                say!("{name} = {line}　其中{}", scope.label())?;
            }
        }
    }
    Ok(())
}
