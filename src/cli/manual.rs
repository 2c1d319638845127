//! What `--help` lists at length, completions for shells, and the man pages: all from the one definition of the commands.

use std::path::Path;

use anyhow::{Context, Result};
use clap_complete::Shell;

use crate::chat::text::cut;
use crate::cli::help;
use crate::cli::say::print;
use crate::office::policy;

/// What `duban run` and `duban doctor` heed of the environment.
pub const ENVIRONMENT: &str = "\
环境变量：
  TELOXIDE_TOKEN                令牌，由 @BotFather 给出
  TELOXIDE_TOKEN_FILE           存有令牌的文件；systemd 的凭据 telegram-token 也可以
  TELOXIDE_API_URL              自建 Bot API 服务器 [默认 https://api.telegram.org]
  TELOXIDE_PROXY                代理，如 socks5h://127.0.0.1:1080；其次 HTTPS_PROXY、ALL_PROXY
  SSL_CERT_FILE                 网关的根证书，与自带的并用
  RUST_LOG                      日志的详略 [默认 warn,duban=info]

示例：TELOXIDE_TOKEN_FILE=/etc/duban/telegram-token duban run --listen 127.0.0.1:8322";

/// The names of the settings, with their defaults.
pub fn settings() -> String {
    const LONGEST_DEFAULT: usize = 24;
    let lines = policy::DEFAULTS.iter().map(|(key, default, meaning)| {
        let default = cut(&default.replace('\n', " "), LONGEST_DEFAULT);
        let default = if default.is_empty() { "无".to_owned() } else { default };
        format!("  {key:<16}{meaning} [默认 {default}]")
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!(
        "设置：\n{lines}\n  {:<16}节假日安排\n\n示例：duban policy\n      duban policy digest '30 8 * * *'\n      \
         duban policy progress_call '0 9 10 * *' --unit 省公安厅\n      duban policy holidays 2027.json",
        super::holidays::KEY
    )
}

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
