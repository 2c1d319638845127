//! Completions for shells, and the man pages: both from the one definition of the commands.

use std::path::Path;

use anyhow::{Context, Result};
use clap_complete::Shell;

use crate::cli::help;
use crate::cli::say::print;

pub fn completions(shell: Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(), "duban", &mut script);
    print(String::from_utf8(script)?)?;
    Ok(())
}

/// A page a command, `duban.1` and `duban-run.1` and so on, into a folder that is there.
pub fn man_pages(folder: &Path) -> Result<()> {
    let written = clap_mangen::generate_to(help::command(), folder);
    written.with_context(|| format!("不能写 {}，请核对目录和权限", folder.display()))
}
