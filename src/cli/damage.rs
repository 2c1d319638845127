//! What is said where the database's file is damaged, or is none: from which copy it can be restored.

use anyhow::{Error, Result, bail};
use serde::Serialize;
use serde_json::Value;

use crate::cli::say::print_json;
use crate::safekeeping;
use crate::store::{self, Verification, path_of};

/// What is to be done, and the newest copy.
#[derive(Debug, Serialize)]
pub struct Remedy {
    #[serde(rename = "remedy")]
    pub words: String,
    pub newest_backup: Option<String>,
}

/// The error with its remedy; with `--json` a document says the same, beside what `document` has already. Any other error stays
/// as it is, but for a document that has something.
pub fn told(database: &str, error: Error, document: Option<Value>) -> Result<()> {
    let (found, remedy) = match error.downcast_ref::<store::Error>() {
        Some(cause) if store::is_damage(cause) => {
            (format!("数据库 {} 已损坏", path_of(database)?.display()), of_a_damaged_file(database)?)
        }
        Some(cause) if store::is_unreadable(cause) => {
            let newest_backup = newest(database)?;
            let words = "请运行 duban verify 查明，再从备份恢复".to_owned();
            (format!("数据库 {} 中有无法读取的值", path_of(database)?.display()), Remedy { words, newest_backup })
        }
        Some(store::Error::NotOurs(_)) => {
            let newest_backup = newest(database)?;
            (error.to_string(), Remedy { words: "请用 --database 指明 duban 的数据库".to_owned(), newest_backup })
        }
        _ => {
            if let Some(Value::Object(mut document)) = document {
                document.insert("error".to_owned(), error.to_string().into());
                print_json(&document)?;
            }
            return Err(error);
        }
    };
    let Remedy { words, newest_backup } = remedy;
    if let Some(document) = document {
        let mut document = document.as_object().cloned().unwrap_or_default();
        let told = [("error", found.clone()), ("cause", format!("{error:#}")), ("remedy", words.clone())];
        document.extend(told.map(|(key, words)| (key.to_owned(), words.into())));
        document.insert("newest_backup".to_owned(), newest_backup.into());
        print_json(&document)?;
    }
    match error.downcast_ref() {
        Some(store::Error::NotOurs(_)) => Err(error),
        _ => bail!("{found}。{words}"),
    }
}

pub fn of_a_damaged_file(database: &str) -> Result<Remedy> {
    let newest_backup = newest(database)?;
    let from = newest_backup.as_ref().map(|copy| format!("从备份恢复，最近一份是 {copy}"));
    let from = from.as_deref().unwrap_or("从备份恢复");
    Ok(Remedy {
        words: format!("请停用，保留原文件，{from}；步骤见 docs/operators.zh-CN.md"), newest_backup
    })
}

/// By what a verification has found; `None` where all holds.
pub fn of(database: &str, verification: &Verification) -> Result<Option<Remedy>> {
    let Verification { integrity, write_ahead_log, ledger, records, .. } = verification;
    let words = match ledger.broken_at {
        _ if verification.holds() => return Ok(None),
        _ if integrity != "ok" => return of_a_damaged_file(database).map(Some),
        Some(entry) => format!("请停用，从台账第 {entry} 条之前的备份恢复"),
        None if write_ahead_log != "ok" => {
            "刚断过电的，先启动一次再核验；否则请从备份恢复，并用留存的末端值核对".to_owned()
        }
        None if records.iter().any(|record| !record.ok) => "请停用，与备份核对，查明来由，恢复原值".to_owned(),
        None => "请先核对末端值是否抄错；确认无误的，说明台账在那之后被换过，请停用并从备份恢复".to_owned(),
    };
    Ok(Some(Remedy { words, newest_backup: newest(database)? }))
}

fn newest(database: &str) -> Result<Option<String>> {
    let newest = safekeeping::newest(&path_of(database)?).ok().flatten();
    Ok(newest.map(|newest| newest.path.display().to_string()))
}
