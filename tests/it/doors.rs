//! `--listen`, the board and the demo: who dawdles is shown out, and other pages are not let in.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use duban::sandbox::BOT_USERNAME;
use reqwest::{Client, Method};

use crate::office::{Office, TOKEN, Telegram, at};

/// Beyond it a test has failed.
const PATIENCE: Duration = Duration::from_secs(90);
const DAWDLERS: usize = 300;

/// What is asked, and under which headers.
type Case<'a> = (&'a Method, &'a str, &'a [(&'a str, &'a str)]);

/// The program; it does not outlive the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Already ended is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Free a moment ago; nobody else on this machine asks for it in between.
fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

fn start_bot(office: &Office, telegram: &Telegram, address: &str) -> Server {
    let now = at("06-27 10:00:00").to_rfc3339();
    let mut command = office.command(&["run", "--clock", &now, "--pace", "off", "--listen", address]);
    command.args(["--board-url", "https://duban.example/office"]);
    command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", &telegram.address);
    Server(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the bot starts"))
}

fn half_a_request(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(PATIENCE)).expect("set");
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ").expect("sent");
    stream
}

/// Whatever is still said is read until the other side hangs up; false where it does not.
fn is_hung_up(stream: &mut TcpStream) -> bool {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_dawdles_is_shown_out() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(-500, "省公安厅工作群", &[(11, "李建国")]);
    let address = free_address();
    let bot = start_bot(&office, &telegram, &address);
    telegram.bind(-500, 11, &office.code_for("省公安厅")).await;

    let mut dawdlers: Vec<TcpStream> = (0..DAWDLERS).map(|_| half_a_request(&address)).collect();
    let healthy = reqwest::get(format!("http://{address}/healthz")).await.expect("an answer");
    assert_eq!(healthy.status(), 200);
    let open = std::fs::read_dir(format!("/proc/{}/fd", bot.0.id())).expect("a process").count();
    assert!(open < 64 + 60, "{open} descriptors are open");
    telegram.ask(-500, 11, &format!("/tasks@{BOT_USERNAME}"), None).await;

    // The first made room for the others; the last one's patience runs out.
    let hung_up = tokio::task::spawn_blocking(move || {
        let first = is_hung_up(&mut dawdlers[0]);
        let last = dawdlers.last_mut().is_some_and(is_hung_up);
        // A head without an end is not kept in memory.
        let mut endless = TcpStream::connect(&address).expect("connected");
        endless.set_read_timeout(Some(PATIENCE)).expect("set");
        endless.write_all(b"GET / HTTP/1.1\r\nX-Long: ").expect("sent");
        while endless.write_all(&[b'x'; 1 << 16]).is_ok() {}
        [first, last, is_hung_up(&mut endless)]
    });
    assert_eq!(hung_up.await.expect("joined"), [true; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_is_for_its_own_names() {
    let (office, telegram) = (Office::new(), Telegram::start().await);
    office.furnish();
    telegram.add_group(-500, "省公安厅工作群", &[(11, "李建国")]);
    let address = free_address();
    let _bot = start_bot(&office, &telegram, &address);
    telegram.bind(-500, 11, &office.code_for("省公安厅")).await;
    let client = Client::new();
    let ask = async |path: &str, host: &str| {
        let answer =
            client.get(format!("http://{address}{path}")).header("host", host).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    };
    for (host, word) in [
        ("duban.example", "链接无效"),
        (address.as_str(), "链接无效"),
        ("localhost:1", "链接无效"),
        ("evil.example", "拒绝访问"),
        ("duban.example.evil.example", "拒绝访问"),
        ("10.0.0.1", "拒绝访问"),
    ] {
        let (status, words) = ask("/board/1-0", host).await;
        assert!(status == 403 && words.contains(word), "{host}: {status} {words}");
    }
    assert_eq!(ask("/healthz", "whoever.example").await.0, 200, "numbers are for everybody");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_for_its_own_page() {
    let office = Office::new();
    let address = free_address();
    let mut command = office.command(&["demo", "--listen", &address]);
    let mut demo = Server(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the demo starts"));
    let mut stdout = BufReader::new(demo.0.stdout.take().expect("piped"));
    let mut invitation = String::new();
    stdout.read_line(&mut invitation).expect("an invitation");
    assert!(invitation.contains(&address), "{invitation}");

    let client = Client::new();
    let own = format!("http://{address}");
    let ask = async |method: Method, path: &str, headers: &[(&str, &str)]| {
        let request = client.request(method, format!("{own}{path}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body("{}").header("content-type", "application/json").send().await.expect("an answer").status().as_u16()
    };
    let (get, post) = (Method::GET, Method::POST);
    let refused: [Case; 9] = [
        (&get, "/", &[("host", "evil.example")]),
        (&get, "/state", &[("host", "evil.example:8321")]),
        (&get, "/events", &[("host", "evil.example")]),
        (&get, "/bot8321:demo/getMe", &[("host", "evil.example")]),
        (&get, "/state", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]),
        (&post, "/clock", &[("origin", "http://evil.example")]),
        (&post, "/say", &[("origin", "null")]),
        (&post, "/bot8321:demo/sendMessage", &[("origin", "http://evil.example")]),
        (&get, "/bot8321:demo/getMe", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]),
    ];
    for (method, path, headers) in refused {
        assert_eq!(ask(method.clone(), path, headers).await, 403, "{method} {path} {headers:?}");
    }
    let let_in: [Case; 5] = [
        (&get, "/", &[]),
        (&get, "/", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]),
        (&get, "/state", &[("host", "localhost:8321"), ("sec-fetch-site", "same-origin")]),
        (&post, "/say", &[("origin", &own), ("sec-fetch-site", "same-origin")]),
        (&post, "/bot8321:demo/getMe", &[]),
    ];
    for (method, path, headers) in let_in {
        assert_ne!(ask(method.clone(), path, headers).await, 403, "{method} {path} {headers:?}");
    }

    // Who sends a body by halves makes room as well.
    let head = format!("POST /say HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n");
    let half = format!("{head}Content-Length: 1000\r\n\r\n{{");
    let begun = |_| {
        let mut stream = TcpStream::connect(&address).expect("connected");
        stream.write_all(half.as_bytes()).expect("sent");
        stream
    };
    let dawdlers: Vec<TcpStream> = (0..DAWDLERS).map(begun).collect();
    assert_eq!(ask(Method::GET, "/state", &[]).await, 200);
    drop(dawdlers);
}
