//! `duban doctor`: the findings, as lines or as JSON.

use anyhow::{Result, ensure};

use crate::cli::say::print_json;
use crate::cli::say::say;
use crate::cli::variable;
use crate::clock::Clock;
use crate::doctor;

pub async fn doctor(database: &str, json: bool, clock: &Clock) -> Result<()> {
    let findings = doctor::doctor(database, clock, variable).await;
    if json {
        print_json(&findings)?;
    } else {
        for finding in &findings {
            let mark = if finding.ok { "✓" } else { "✗" };
            say!("{mark} {}：{}", finding.check.label(), finding.found)?;
            if let Some(remedy) = &finding.remedy {
                say!("  → {remedy}")?;
            }
        }
    }
    let ill = findings.iter().filter(|finding| !finding.ok).count();
    ensure!(ill == 0, "{} 项检查中有 {ill} 项须处理，请按所列办法逐项处理", findings.len());
    if !json {
        say!("{} 项检查全部正常", findings.len())?;
    }
    Ok(())
}
