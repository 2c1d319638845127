//! The way to Telegram as the environment says it: which server, through which proxy, and by whose certificates.

use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use axum::http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use crate::config;
use crate::files;

/// Names of variables, the first that is set counts. teloxide's own name stands for this bot alone; the others are those of
/// curl, and of everything else on the machine.
const TELOXIDE_PROXY: &str = "TELOXIDE_PROXY";
const FOR_HTTPS: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const FOR_HTTP: [&str; 4] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];
const SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];
/// No file of certificates in use is longer.
const LARGEST_CERTIFICATES: u64 = 16 << 20;

/// How Telegram is reached.
#[derive(Clone, Debug)]
pub struct Network {
    /// The Bot API's base.
    pub address: Url,
    pub proxy: Option<Proxy>,
}

/// A proxy, and the variable that names it. What is shown of it holds no password.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    variable: &'static str,
    url: Url,
}

impl Network {
    /// To a server beside us, as the demo has one.
    pub fn direct(address: Url) -> Network {
        Network { address, proxy: None }
    }

    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Network> {
        let address = config::api_address(&variable)?;
        check_certificates(&variable)?;
        let proxy = Proxy::from_environment(&address, &variable)?;
        Ok(Network { address, proxy })
    }

    pub fn is_telegram(&self) -> bool {
        config::is_telegram(&self.address)
    }
}

impl Proxy {
    fn from_environment(address: &Url, variable: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>> {
        let named = |name: &'static str| variable(name).map(|value| (name, value));
        if let Some((name, value)) = named(TELOXIDE_PROXY) {
            return Proxy::parse(name, &value).map(Some);
        }
        let names = if address.scheme() == "http" { FOR_HTTP } else { FOR_HTTPS };
        let exceptions = EXCEPTIONS.into_iter().find_map(&variable).unwrap_or_default();
        match names.into_iter().find_map(named) {
            Some((name, value)) if !is_excepted(address, &exceptions) => Proxy::parse(name, &value).map(Some),
            _ => Ok(None),
        }
    }

    /// `http://name:password@host:port`, with or without scheme and name.
    fn parse(variable: &'static str, value: &str) -> Result<Proxy> {
        let value = value.trim();
        let whole = match value.split_once("://") {
            // So some desktops write it.
            Some(("socks", rest)) => format!("socks5h://{rest}"),
            Some(_) => value.to_owned(),
            None => format!("http://{value}"),
        };
        // The value may hold a password and is not shown.
        let url = Url::parse(&whole).ok().filter(|url| SCHEMES.contains(&url.scheme()) && url.has_host());
        match url {
            Some(url) => Ok(Proxy { variable, url }),
            None => bail!("{variable} 不是代理地址，应像 http://127.0.0.1:7890 或 socks5h://127.0.0.1:1080"),
        }
    }

    pub fn variable(&self) -> &'static str {
        self.variable
    }

    /// Whether names are looked up here, where the answers may be wrong.
    pub fn resolves_here(&self) -> bool {
        self.url.scheme() == "socks5"
    }

    /// With its password, for the client alone.
    pub fn url(&self) -> &Url {
        &self.url
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.url.scheme(), self.url.host_str().unwrap_or_default())?;
        self.url.port().map_or(Ok(()), |port| write!(formatter, ":{port}"))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Proxy({self})")
    }
}

/// Whether `NO_PROXY` names the server, by curl's rules: names with all below them, addresses, networks, `*`.
fn is_excepted(address: &Url, exceptions: &str) -> bool {
    let anything = Matcher::builder().all("http://proxy").no(exceptions).build();
    address.as_str().parse::<Uri>().is_ok_and(|address| anything.intercept(&address).is_none())
}

/// The TLS library passes over a file that is not there, and every connection would then fail for no visible reason.
fn check_certificates(variable: impl Fn(&str) -> Option<String>) -> Result<()> {
    let Some(file) = variable("SSL_CERT_FILE").map(PathBuf::from) else { return Ok(()) };
    let shown = file.display();
    let text = files::read(&file, LARGEST_CERTIFICATES);
    let text = text.with_context(|| format!("读不到 SSL_CERT_FILE 指明的证书文件 {shown}，请核对路径和权限"))?;
    let has_one = String::from_utf8_lossy(&text).contains("-----BEGIN CERTIFICATE-----");
    ensure!(has_one, "SSL_CERT_FILE 指明的 {shown} 中没有 PEM 格式的证书，请换一个文件");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables = [(&'static str, &'static str)];

    fn proxy(address: &str, variables: &Variables) -> Result<Option<String>> {
        let variable = |name: &str| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        };
        let found = Proxy::from_environment(&address.parse()?, variable)?;
        Ok(found.map(|proxy| format!("{} {proxy}", proxy.variable())))
    }

    #[test]
    fn which_proxy_counts() {
        const TELEGRAM: &str = "https://api.telegram.org";
        const OWN: &str = "http://10.1.2.3:8081";
        let cases: [(&str, &Variables, Option<&str>); 11] = [
            (TELEGRAM, &[], None),
            (TELEGRAM, &[("HTTP_PROXY", "a:1")], None),
            (TELEGRAM, &[("HTTPS_PROXY", "a:1"), ("ALL_PROXY", "b:1")], Some("HTTPS_PROXY http://a:1")),
            (TELEGRAM, &[("all_proxy", "socks://b:1/")], Some("all_proxy socks5h://b:1")),
            (
                TELEGRAM,
                &[("TELOXIDE_PROXY", "socks5://me:secret@c"), ("NO_PROXY", "*")],
                Some("TELOXIDE_PROXY socks5://c"),
            ),
            (TELEGRAM, &[("ALL_PROXY", "b:1"), ("NO_PROXY", "localhost, telegram.org")], None),
            (TELEGRAM, &[("ALL_PROXY", "b:1"), ("NO_PROXY", "gram.org")], Some("ALL_PROXY http://b:1")),
            (OWN, &[("HTTPS_PROXY", "a:1")], None),
            (OWN, &[("http_proxy", "a:1")], Some("http_proxy http://a:1")),
            (OWN, &[("ALL_PROXY", "https://b:1"), ("no_proxy", "10.0.0.0/16")], Some("ALL_PROXY https://b:1")),
            (OWN, &[("ALL_PROXY", "b:1"), ("no_proxy", "10.0.0.0/8")], None),
        ];
        for (address, variables, expected) in cases {
            assert_eq!(proxy(address, variables).unwrap().as_deref(), expected, "{address} {variables:?}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_not_shown() {
        for wrong in ["ftp://me:secret@a", "socks5h://", "http://me:secret@", "vmess://secret", "a b:secret"] {
            let said = proxy("https://api.telegram.org", &[("ALL_PROXY", wrong)]).unwrap_err().to_string();
            assert!(said.starts_with("ALL_PROXY") && !said.contains("secret"), "{said}");
        }
    }
}
