//! `duban doctor`: what a set-up lacks, each with the remedy. Nothing is sent and nothing is changed.

mod office;
pub mod readiness;
mod way;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::clock::Clock;
use crate::office::policy::Policy;
use crate::store::{self, Store, examine, path_of};

/// What a check found; the JSON of `duban doctor --json` is a list of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub check: Check,
    pub ok: bool,
    pub found: String,
    /// `null` where nothing is to be done.
    pub remedy: Option<String>,
}

/// What is looked at, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    Token,
    Proxy,
    Telegram,
    Privacy,
    Disk,
    Database,
    Clock,
    Calendar,
    Plan,
    Coordinators,
    Groups,
    Contacts,
    Backup,
    LastPoll,
}

impl Check {
    pub fn label(self) -> &'static str {
        match self {
            Check::Token => "令牌",
            Check::Proxy => "网络",
            Check::Telegram => "Telegram",
            Check::Privacy => "隐私模式",
            Check::Clock => "时钟",
            Check::Disk => "磁盘",
            Check::Database => "数据库",
            Check::Calendar => "节假日",
            Check::Plan => "方案",
            Check::Coordinators => "督办员",
            Check::Groups => "单位的群",
            Check::Contacts => "联络员",
            Check::Backup => "备份",
            Check::LastPoll => "收取消息",
        }
    }

    fn well(self, found: impl Into<String>) -> Finding {
        Finding { check: self, ok: true, found: found.into(), remedy: None }
    }

    fn ill(self, found: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { check: self, ok: false, found: found.into(), remedy: Some(remedy.into()) }
    }

    /// An error whose words end with what is to be done.
    fn failed(self, error: &anyhow::Error) -> Finding {
        let words = format!("{error:#}");
        let (found, remedy) = words.split_once('。').or_else(|| words.split_once("，请")).unwrap_or((&words, ""));
        let remedy =
            if remedy.is_empty() { "请按上面的原因处理后再试".to_owned() } else { remedy.to_owned() };
        let remedy = if remedy.starts_with('请') || words.contains('。') { remedy } else { format!("请{remedy}") };
        self.ill(found, remedy)
    }
}

/// Looks at everything. `variable` is the environment.
pub async fn doctor(database: &str, clock: &Clock, variable: fn(&str) -> Option<String>) -> Vec<Finding> {
    let now = clock.now();
    let reached = way::look(variable).await;
    let mut findings = reached.findings;
    let looked = match path_of(database) {
        Ok(path) => {
            let looked = opened(database, &path, now).await;
            findings.push(office::disk(&path));
            looked
        }
        Err(error) => Err(Check::Database.failed(&error.into())),
    };
    match looked {
        Ok((verified, path, store)) => {
            let office = office::look(&store, &path, now).await;
            store.close().await;
            findings.push(verified);
            match office {
                Ok(office) => {
                    findings.push(way::clock(now, reached.theirs, office.zone, Some(&office.readiness)));
                    findings.extend(office.findings);
                }
                Err(error) => findings.push(Check::Database.failed(&error)),
            }
        }
        Err(finding) => {
            findings.push(finding);
            findings.push(way::clock(now, reached.theirs, Policy::default().timezone, None));
        }
    }
    findings
}

/// The database as `verify` finds it, and open where it holds.
async fn opened(database: &str, path: &Path, now: DateTime<Utc>) -> Result<(Finding, PathBuf, Store), Finding> {
    let failed = |error: store::Error| Check::Database.failed(&error.into());
    let verification = examine(database, None, now).await.map_err(failed)?;
    let shown = path.display();
    if !verification.holds() {
        return Err(Check::Database.ill(
            format!("{shown} 已损坏或被改动"),
            "请停用，运行 duban verify 查看详情，从最近的备份恢复（docs/operators.zh-CN.md）",
        ));
    }
    let store = Store::open(database).await.map_err(failed)?;
    let set_aside = verification.pending.set_aside;
    let finding = match set_aside {
        0 => Check::Database.well(format!("{shown}，完好，台账 {} 条", verification.ledger.entries)),
        _ => Check::Database.ill(
            format!("{shown} 完好，但有 {set_aside} 条收到的消息未能处理"),
            "请升级程序，启动后自动重试；急事请发送人换个说法重发",
        ),
    };
    Ok((finding, path.canonicalize().unwrap_or_else(|_| path.to_owned()), store))
}
