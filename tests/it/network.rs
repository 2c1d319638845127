//! Telegram behind a proxy, behind a gateway that opens TLS, and on a server of the office's own. Names end in `.invalid`:
//! nobody but the proxy can lead there.

use std::process::Stdio;
use std::sync::{Arc, Mutex};

use duban::sandbox::BOT_USERNAME;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::office::{Bot, Office, TOKEN, Telegram, at};

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/files/gateway");

/// What a proxy speaks; behind it everything leads to the same server.
#[derive(Clone, Copy)]
enum Kind {
    Http,
    /// Ends TLS, as gateways do that look into it.
    Gateway,
    Socks,
}

struct Proxy {
    address: String,
    /// What each caller asked for.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    async fn start(kind: Kind, behind: &Telegram) -> Proxy {
        let server = behind.address.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let (server, noted) = (server.clone(), Arc::clone(&noted));
                // A caller who hangs up ends its own visit only.
                tokio::spawn(async move { serve(kind, caller, &server, &noted).await.ok() });
            }
        });
        Proxy { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("not poisoned").clone()
    }
}

async fn serve(kind: Kind, mut caller: TcpStream, server: &str, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let note = |what: String| asked.lock().expect("not poisoned").push(what);
    let mut server = TcpStream::connect(server).await?;
    match kind {
        Kind::Http => {
            let head = head(&mut caller).await?;
            note(head.clone());
            // The server takes the whole address in the first line as well.
            server.write_all(head.as_bytes()).await?;
            copy_bidirectional(&mut caller, &mut server).await?;
        }
        Kind::Gateway => {
            note(head(&mut caller).await?);
            caller.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            let mut inside = acceptor().accept(caller).await?;
            copy_bidirectional(&mut inside, &mut server).await?;
        }
        Kind::Socks => {
            let target = socks(&mut caller).await?;
            note(target);
            copy_bidirectional(&mut caller, &mut server).await?;
        }
    }
    Ok(())
}

/// Up to the empty line.
async fn head(caller: &mut (impl AsyncRead + Unpin)) -> std::io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(caller.read_u8().await?);
    }
    Ok(String::from_utf8(head).expect("UTF-8"))
}

/// RFC 1928, as far as a client without a password needs it.
async fn socks(caller: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> std::io::Result<String> {
    let mut greeting = [0; 2];
    caller.read_exact(&mut greeting).await?;
    caller.read_exact(&mut vec![0; greeting[1].into()]).await?;
    caller.write_all(&[5, 0]).await?;
    let mut request = [0; 4];
    caller.read_exact(&mut request).await?;
    let target = match request[3] {
        1 => format!("address {}", std::net::Ipv4Addr::from(caller.read_u32().await?)),
        3 => {
            let mut name = vec![0; caller.read_u8().await?.into()];
            caller.read_exact(&mut name).await?;
            format!("name {}", String::from_utf8(name).expect("UTF-8"))
        }
        kind => panic!("no address of kind {kind}"),
    };
    caller.read_u16().await?;
    caller.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    Ok(target)
}

fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_file(format!("{FILES}/server.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(format!("{FILES}/server.key")).expect("a key");
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key);
    TlsAcceptor::from(Arc::new(config.expect("a configuration")))
}

/// A whole exchange, polled and sent, with these variables.
async fn reports(office: &Office, telegram: &Telegram, variables: &[(&str, &str)]) -> String {
    office.furnish();
    telegram.add_group(-500, "省公安厅工作群", &[(11, "李建国")]);
    let log = office.path("log.txt");
    let mut command = office.command(&["run", "--clock", &at("06-27 10:00:00").to_rfc3339(), "--pace", "off"]);
    command.env("TELOXIDE_TOKEN", TOKEN).env("RUST_LOG", "trace").envs(variables.iter().copied());
    let file = std::fs::File::create(&log).expect("a log");
    let bot = Bot::of(command.stdout(Stdio::null()).stderr(file).spawn().expect("the bot starts"));
    telegram.bind(-500, 11, &office.code_for("省公安厅")).await;
    let answer = telegram.ask(-500, 11, &format!("/report@{BOT_USERNAME} 5 60%"), None).await;
    assert!(answer.text.contains("60%"), "{}", answer.text);
    assert!(bot.terminate(), "it ends well");
    std::fs::read_to_string(log).expect("a log")
}

#[tokio::test(flavor = "multi_thread")]
async fn through_an_http_proxy() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    let proxy = Proxy::start(Kind::Http, &telegram).await;
    let named = format!("http://clerk:not-a-password@{}", proxy.address);
    let log =
        reports(&office, &telegram, &[("TELOXIDE_API_URL", "http://telegram.invalid"), ("ALL_PROXY", &named)]).await;
    let asked = proxy.asked();
    assert!(asked.iter().all(|head| head.starts_with("POST http://telegram.invalid/bot")), "{asked:?}");
    // clerk:not-a-password
    let shown = asked
        .iter()
        .all(|head| head.to_lowercase().contains("proxy-authorization: basic y2xlcms6bm90lwetcgfzc3dvcmq="));
    assert!(shown, "{asked:?}");
    assert!(!log.contains("not-a-password") && !log.contains("Y2xlcms6bm90"), "the password is in no log");
}

#[tokio::test(flavor = "multi_thread")]
async fn through_socks_that_looks_names_up() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    let proxy = Proxy::start(Kind::Socks, &telegram).await;
    let named = format!("socks5h://{}", proxy.address);
    let variables = [("TELOXIDE_API_URL", "http://telegram.invalid"), ("TELOXIDE_PROXY", &*named)];
    reports(&office, &telegram, &variables).await;
    let asked = proxy.asked();
    assert!(!asked.is_empty() && asked.iter().all(|target| target == "name telegram.invalid"), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn through_socks_with_names_looked_up_here() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    let proxy = Proxy::start(Kind::Socks, &telegram).await;
    let named = format!("socks5://{}", proxy.address);
    reports(&office, &telegram, &[("TELOXIDE_API_URL", "http://127.0.0.1:9"), ("http_proxy", &named)]).await;
    let asked = proxy.asked();
    assert!(!asked.is_empty() && asked.iter().all(|target| target == "address 127.0.0.1"), "{asked:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_excepted_is_reached_directly() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    let proxy = Proxy::start(Kind::Socks, &telegram).await;
    let named = format!("socks5h://{}", proxy.address);
    let variables =
        [("TELOXIDE_API_URL", &*telegram.address), ("ALL_PROXY", &named), ("NO_PROXY", "localhost,127.0.0.0/8")];
    reports(&office, &telegram, &variables).await;
    assert!(proxy.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn through_a_gateway_that_looks_into_tls() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    let proxy = Proxy::start(Kind::Gateway, &telegram).await;
    let authority = format!("{FILES}/authority.pem");
    let variables = [
        ("TELOXIDE_API_URL", "https://telegram.invalid"),
        ("HTTPS_PROXY", &*proxy.address),
        ("SSL_CERT_FILE", &authority),
    ];
    reports(&office, &telegram, &variables).await;
    let asked = proxy.asked();
    assert!(
        !asked.is_empty() && asked.iter().all(|head| head.starts_with("CONNECT telegram.invalid:443 ")),
        "{asked:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_nobody_trusts_is_named() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    let proxy = Proxy::start(Kind::Gateway, &telegram).await;
    let variables =
        [("TELOXIDE_TOKEN", TOKEN), ("TELOXIDE_API_URL", "https://telegram.invalid"), ("HTTPS_PROXY", &*proxy.address)];
    let output = office.command(&["doctor"]).envs(variables).output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("SSL_CERT_FILE") && said.contains(&format!("经代理 http://{}", proxy.address)), "{said}");
}

#[test]
fn a_way_that_cannot_be_is_refused_at_once() {
    let office = Office::new();
    office.furnish();
    let none = office.path("none.pem");
    let cases = [
        ("TELOXIDE_PROXY", "vmess://secret", "TELOXIDE_PROXY 不是代理地址"),
        ("SSL_CERT_FILE", none.to_str().expect("UTF-8"), "SSL_CERT_FILE"),
        ("SSL_CERT_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE"), "没有 PEM 格式的证书"),
    ];
    for (name, value, expected) in cases {
        let output = office.command(&["run"]).env("TELOXIDE_TOKEN", TOKEN).env(name, value).output().expect("started");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(expected) && !said.contains("secret") && said.lines().count() == 1, "{said}");
    }
}
