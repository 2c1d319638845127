//! The way to Telegram: token, proxy, an answer, privacy mode, and the clock against Telegram's.

use std::time::Duration;

use anyhow::Error;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::chat::phrases::date_and_time;
use crate::config::Token;
use crate::doctor::readiness::Readiness;
use crate::doctor::{Check, Finding};
use crate::log;
use crate::network::Network;
use crate::telegram::fault::Fault;
use crate::telegram::{Glance, Telegram};

const PATIENCE: Duration = Duration::from_secs(15);
/// More than this a reminder comes noticeably late or early.
const SKEW: TimeDelta = TimeDelta::minutes(1);

pub(super) struct Reached {
    pub findings: Vec<Finding>,
    /// What time it was at Telegram's, where it told.
    pub theirs: Option<DateTime<Utc>>,
}

pub(super) async fn look(variable: fn(&str) -> Option<String>) -> Reached {
    let token = Token::from_environment(variable);
    let network = Network::from_environment(variable);
    let mut findings = vec![
        match &token {
            Ok(_) => Check::Token.well("有，形式正确"),
            Err(error) => Check::Token.failed(error),
        },
        match &network {
            Ok(network) => way(network),
            Err(error) => Check::Proxy.failed(error),
        },
    ];
    let (Ok(token), Ok(network)) = (token, network) else { return Reached { findings, theirs: None } };
    log::keep_out(token.secret());
    let asked = async { Telegram::new(token.secret(), &network)?.glance().await };
    let asked = tokio::time::timeout(PATIENCE, asked).await;
    let asked = asked.unwrap_or_else(|_| Err(Fault::Network(format!("{} 秒内没有答复", PATIENCE.as_secs()))));
    match asked {
        Ok(glance) => {
            findings.extend(seen(&glance));
            Reached { findings, theirs: glance.at }
        }
        Err(fault) => {
            findings.push(unreached(&fault, &network));
            Reached { findings, theirs: None }
        }
    }
}

fn way(network: &Network) -> Finding {
    let address = &network.address;
    match &network.proxy {
        None => Check::Proxy.well(format!("直接连接 {address}")),
        Some(proxy) if proxy.resolves_here() && network.is_telegram() => Check::Proxy.ill(
            format!("经代理 {proxy}（{}）连接 {address}，但域名在本机解析，结果可能不对", proxy.variable()),
            "请把 socks5:// 改为 socks5h://，由代理解析域名",
        ),
        Some(proxy) => Check::Proxy.well(format!("经代理 {proxy}（{}）连接 {address}", proxy.variable())),
    }
}

fn seen(glance: &Glance) -> [Finding; 2] {
    let telegram = if glance.has_webhook {
        Check::Telegram.ill(
            format!("已连通，机器人 @{}，但这个令牌设有 webhook，收不到消息", glance.me.username),
            "请停掉用它的程序，并调用一次 deleteWebhook",
        )
    } else {
        Check::Telegram.well(format!("已连通，机器人 @{}", glance.me.username))
    };
    let privacy = if glance.me.can_read_all_group_messages {
        Check::Privacy.ill(
            "已关闭，机器人会收到群里的全部消息",
            "请在 @BotFather 用 /setprivacy 选 Enable，再把机器人移出各群重新加入",
        )
    } else {
        Check::Privacy.well("已开启，群里只看得到命令和对机器人的回复")
    };
    [telegram, privacy]
}

fn unreached(fault: &Fault, network: &Network) -> Finding {
    let remedy = match (fault, &network.proxy) {
        (Fault::WrongToken, _) => return Check::Telegram.failed(&Error::msg(fault.to_string())),
        (Fault::Network(why), _) if why.contains("certificate") || why.contains("UnknownIssuer") => {
            "请用 SSL_CERT_FILE 指明单位网关的根证书（docs/network.md）".to_owned()
        }
        (_, Some(proxy)) => format!("请核对代理 {proxy} 是否在运行、是否允许访问 Telegram（docs/network.md）"),
        (_, None) if network.is_telegram() => {
            "请核对网络；不能直接访问 Telegram 的，用 TELOXIDE_PROXY 指明代理（docs/network.md）".to_owned()
        }
        (_, None) => "请核对 TELOXIDE_API_URL 和那台服务器是否在运行".to_owned(),
    };
    Check::Telegram.ill(fault.to_string(), remedy)
}

/// Against Telegram's clock, and against what the bot has noted.
pub(super) fn clock(
    now: DateTime<Utc>,
    theirs: Option<DateTime<Utc>>,
    zone: Tz,
    office: Option<&Readiness>,
) -> Finding {
    let shown = format!("{}（{zone}）", date_and_time(now.with_timezone(&zone)));
    let set = "请打开对时：timedatectl set-ntp true";
    if let Some(ahead) = theirs.map(|theirs| now - theirs).filter(|ahead| ahead.abs() > SKEW) {
        let direction = if ahead > TimeDelta::zero() { "快" } else { "慢" };
        return Check::Clock.ill(format!("{shown}，比 Telegram {direction} {} 分钟", ahead.abs().num_minutes()), set);
    }
    if let Some(polled) = office.and_then(|office| office.last_polled).filter(|polled| *polled - now > SKEW) {
        let polled = date_and_time(polled.with_timezone(&zone));
        return Check::Clock.ill(format!("{shown}，而机器人在 {polled} 已收取过消息"), set);
    }
    if office.is_some_and(|office| office.held_by_jump) {
        return Check::Clock.ill(
            format!("{shown}；此前时钟曾跳变，提醒已暂停"),
            "请核对时间，再由督办员在机器人的通知下点按“时间无误”",
        );
    }
    match theirs {
        Some(_) => Check::Clock.well(format!("{shown}，与 Telegram 一致")),
        None => Check::Clock.well(format!("{shown}，未能与 Telegram 核对")),
    }
}
