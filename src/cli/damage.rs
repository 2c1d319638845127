//! What is said where the database's file is damaged: from which copy it can be restored.

use anyhow::{Result, bail};
use serde_json::json;

use crate::cli::say::print_json;
use crate::safekeeping;
use crate::store::path_of;

/// The error with its remedy; with `--json` a document of its own says the same.
pub fn told(database: &str, error: &anyhow::Error, json: bool) -> Result<()> {
    let path = path_of(database)?;
    let newest = safekeeping::newest(&path).ok().flatten();
    let copy = newest.as_ref().map(|newest| newest.path.display().to_string());
    let from = copy.as_ref().map_or_else(|| "从备份恢复".to_owned(), |copy| format!("从备份恢复，最近一份是 {copy}"));
    let remedy = format!("请停用，保留原文件，{from}；步骤见 docs/operators.zh-CN.md");
    let found = format!("数据库 {} 已损坏", path.display());
    if json {
        print_json(&json!({ "error": found, "cause": format!("{error:#}"), "remedy": remedy, "newest_backup": copy }))?;
    }
    bail!("{found}。{remedy}")
}
