//! HTTP as far as the API needs it, with the ways in which an answer can fail to arrive.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

/// What a bot asks: the method's name and its parameters.
pub struct Request {
    pub method: String,
    pub body: Value,
}

/// One connection of the bot. Every answer tells whether the connection goes on.
pub struct Connection(BufReader<TcpStream>);

impl Connection {
    pub fn new(stream: TcpStream) -> Connection {
        Connection(BufReader::new(stream))
    }

    /// The next request; `None` where the bot has gone.
    pub fn read(&mut self) -> Option<Request> {
        let mut line = String::new();
        self.0.read_line(&mut line).ok()?;
        let path = line.split_whitespace().nth(1)?;
        let method = path.rsplit('/').next()?.to_owned();
        let mut length = 0;
        loop {
            let mut header = String::new();
            self.0.read_line(&mut header).ok().filter(|read| *read > 0)?;
            let Some((name, value)) = header.trim().split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).ok()?;
        Some(Request { method, body: serde_json::from_slice(&body).unwrap_or_default() })
    }

    pub fn answer(&mut self, result: &Value) -> bool {
        self.answer_raw(&json!({"ok": true, "result": result}).to_string())
    }

    pub fn answer_raw(&mut self, body: &str) -> bool {
        self.write("200 OK", body, body.len())
    }

    /// Bytes as they are, and the end of the connection.
    pub fn answer_whole(&mut self, bytes: &[u8]) -> bool {
        // Who has heard enough hangs up.
        let _ = self.0.get_mut().write_all(bytes);
        false
    }

    pub fn refuse(&mut self, code: u16, description: &str, parameters: &Value) -> bool {
        let body = json!({"ok": false, "error_code": code, "description": description, "parameters": parameters});
        let body = body.to_string();
        self.write(&format!("{code} Refused"), &body, body.len())
    }

    /// What a proxy says, which is no JSON.
    pub fn bad_gateway(&mut self) -> bool {
        let body = "<html><title>502 Bad Gateway</title></html>";
        self.write("502 Bad Gateway", body, body.len())
    }

    /// Half of the answer, then nothing more.
    pub fn half_an_answer(&mut self, result: &Value) -> bool {
        self.half(&json!({"ok": true, "result": result}).to_string())
    }

    pub fn half(&mut self, body: &str) -> bool {
        let half = body.char_indices().map(|(at, _)| at).nth(body.chars().count() / 2).unwrap_or_default();
        self.write("200 OK", &body[..half], body.len());
        self.reset()
    }

    /// Breaks the connection off, without the goodbye that TCP has.
    pub fn reset(&mut self) -> bool {
        // Without it the connection only ends in the usual way, which is a fault too.
        let _ = socket2::SockRef::from(self.0.get_ref()).set_linger(Some(Duration::ZERO));
        false
    }

    /// Says nothing until the bot has gone, or so long.
    pub fn hang(&mut self, longest: Duration) -> bool {
        // Whatever comes, or its end, ends the wait.
        let _ = self.0.get_ref().set_read_timeout(Some(longest));
        let _ = self.0.read(&mut [0]);
        false
    }

    fn write(&mut self, status: &str, body: &str, length: usize) -> bool {
        let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
        self.0.get_mut().write_all((head + body).as_bytes()).is_ok()
    }
}
