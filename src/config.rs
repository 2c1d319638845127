//! What the environment says: the token and Telegram's address, validated.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use reqwest::Url;

use crate::chat::text;
use crate::files;

/// A token has some fifty characters, and a file with one no more than a line.
const LONGEST_TOKEN: usize = 256;
const LARGEST_TOKEN_FILE: u64 = 4 << 10;
/// No web address in use is longer.
const LONGEST_ADDRESS: usize = 2048;
/// So much of what is none is shown, in characters.
const LONGEST_SHOWN: usize = 120;

/// Telegram's own server.
const TELEGRAM: &str = "https://api.telegram.org";

/// The secret by which Telegram knows the bot. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token(…)")
    }
}

impl Token {
    /// `123456:secret`, as @BotFather gives it.
    pub fn parse(text: &str) -> Result<Token> {
        let text = text.trim();
        let (id, secret) = text.split_once(':').unwrap_or_default();
        let is_token = text.len() <= LONGEST_TOKEN
            && !id.is_empty()
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && !secret.is_empty()
            && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        ensure!(is_token, "令牌的形式不对，应像 123456:ABC-DEF。请核对 TELOXIDE_TOKEN，或向 @BotFather 重新领取");
        Ok(Token(text.to_owned()))
    }

    pub fn secret(&self) -> &str {
        &self.0
    }

    /// From `TELOXIDE_TOKEN`, the file named by `TELOXIDE_TOKEN_FILE`, or systemd's credentials, whichever is there first.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Token> {
        if let Some(token) = variable("TELOXIDE_TOKEN") {
            return Token::parse(&token);
        }
        let named = variable("TELOXIDE_TOKEN_FILE").map(PathBuf::from);
        let credentials = variable("CREDENTIALS_DIRECTORY").map(PathBuf::from);
        let Some(file) = named.or_else(|| credentials.as_ref().map(|folder| folder.join("telegram-token"))) else {
            bail!("没有令牌。请设置 TELOXIDE_TOKEN（向 @BotFather 领取）；只想看看请运行 duban demo");
        };
        let text = files::read_text(&file, LARGEST_TOKEN_FILE);
        let text = text.with_context(|| format!("读不到令牌文件 {}，请核对路径和权限", file.display()))?;
        // systemd itself says who may read its credentials.
        if !credentials.is_some_and(|folder| file.starts_with(folder)) {
            files::make_private(&file)
                .with_context(|| format!("令牌文件 {} 他人可以读取，请执行 chmod 600", file.display()))?;
        }
        Token::parse(&text)
    }
}

/// Where the Bot API is: `TELOXIDE_API_URL`, else Telegram's own server.
pub fn api_address(variable: impl Fn(&str) -> Option<String>) -> Result<Url> {
    let address = variable("TELOXIDE_API_URL").unwrap_or_else(|| TELEGRAM.to_owned());
    let shown = || text::cut(&address, LONGEST_SHOWN);
    web_address(&address).with_context(|| format!("TELOXIDE_API_URL 不是网址：{}。应像 {TELEGRAM}", shown()))
}

/// An address of the web, `https://…`.
pub fn web_address(address: &str) -> Result<Url> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    // Paths are put at its end.
    let url = url.filter(|url| address.len() <= LONGEST_ADDRESS && url.query().is_none() && url.fragment().is_none());
    url.context("不是网址，应像 https://duban.example.gov.cn")
}

/// Whether this is Telegram itself, where nobody may play with the clock.
pub fn is_telegram(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default().trim_end_matches('.');
    host == "telegram.org" || host.ends_with(".telegram.org")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        assert!(Token::parse(" 42:false-token_x\n").is_ok());
        for wrong in ["", " \n", "42", "42:", ":secret", "4x:secret", "42:sec/ret", "42:sec\nret", "42:sec ret"] {
            assert!(Token::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Token::parse(&format!("42:{}", "x".repeat(10 << 20))).is_err());
        let token = Token::parse("42:false-token").unwrap();
        assert!(!format!("{token:?}").contains("false-token"));
    }

    #[test]
    fn addresses() {
        let address = |text: &str| api_address(|_| Some(text.to_owned()));
        assert!(is_telegram(&api_address(|_| None).unwrap()));
        assert!(is_telegram(&address("https://API.telegram.org.:443/").unwrap()));
        assert!(!is_telegram(&address("http://127.0.0.1:8081").unwrap()));
        let long = format!("http://{}", "a/".repeat(50_000));
        for wrong in
            ["api.telegram.org", "", "http://", "file:///etc/passwd", "http://a?b", "http://a#b", "http://a b", &long]
        {
            let said = format!("{:#}", address(wrong).unwrap_err());
            assert!(said.contains("TELOXIDE_API_URL") && said.len() < 1_000, "{said}");
        }
    }
}
