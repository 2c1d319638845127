//! 单个文件网页: the page within an .mht file, which is a MIME message (RFC 2045, 2557).

use super::html;
use crate::plan::block::Block;
use crate::plan::unreadable::Unreadable;

/// Parts within parts.
const DEEPEST: usize = 8;
const MOST_PARTS: usize = 2_000;

/// The first page of the message that has text; where the first one only frames others, these.
pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let mut pages = Vec::new();
    collect(bytes, 0, &mut pages)?;
    let Some((first, framed)) = pages.split_first() else { return Err(Unreadable::Damaged) };
    let mut blocks = first.blocks()?;
    if blocks.is_empty() {
        for page in framed {
            blocks.extend(page.blocks()?);
        }
    }
    if blocks.is_empty() { Err(Unreadable::Empty) } else { Ok(blocks) }
}

/// A page within a message.
struct Page<'a> {
    body: &'a [u8],
    encoding: Encoding,
    charset: Option<String>,
}

#[derive(Clone, Copy)]
enum Encoding {
    Plain,
    QuotedPrintable,
    Base64,
}

impl Page<'_> {
    fn blocks(&self) -> Result<Vec<Block>, Unreadable> {
        let charset = self.charset.as_deref();
        match self.encoding {
            Encoding::Plain => html::blocks_of(self.body, charset),
            Encoding::QuotedPrintable => html::blocks_of(&from_quoted_printable(self.body), charset),
            Encoding::Base64 => html::blocks_of(&from_base64(self.body), charset),
        }
    }
}

/// The pages of a message or of a part of one, in order.
fn collect<'a>(entity: &'a [u8], depth: usize, pages: &mut Vec<Page<'a>>) -> Result<(), Unreadable> {
    if depth > DEEPEST {
        return Err(Unreadable::TooDeep);
    }
    let (headers, body) = Headers::read(entity);
    let kind = headers.get("content-type").unwrap_or_default();
    let kind_is =
        |wanted: &str| kind.trim_start().get(..wanted.len()).is_some_and(|kind| kind.eq_ignore_ascii_case(wanted));
    match parameter(kind, "boundary") {
        Some(boundary) if kind_is("multipart/") => {
            for part in parts(body, &boundary) {
                collect(part, depth + 1, pages)?;
            }
        }
        _ if kind_is("text/html") || kind_is("application/xhtml") => {
            let encoding = headers.get("content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
            let encoding = match encoding.as_str() {
                "quoted-printable" => Encoding::QuotedPrintable,
                "base64" => Encoding::Base64,
                _ => Encoding::Plain,
            };
            pages.push(Page { body, encoding, charset: parameter(kind, "charset") });
        }
        _ => {}
    }
    if pages.len() > MOST_PARTS { Err(Unreadable::Swells) } else { Ok(()) }
}

/// The headers of a part: names in small letters, values on one line.
struct Headers(Vec<(String, String)>);

impl Headers {
    /// The headers, and the body after the empty line.
    fn read(entity: &[u8]) -> (Headers, &[u8]) {
        const MOST: usize = 200;
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut rest = entity;
        while headers.len() < MOST {
            let (line, after) = line(rest);
            if after.len() == rest.len() {
                break;
            }
            rest = after;
            let text = String::from_utf8_lossy(line);
            if text.trim().is_empty() {
                if headers.is_empty() { continue } else { break }
            }
            match (text.split_once(':'), headers.last_mut()) {
                (_, Some((_, value))) if text.starts_with([' ', '\t']) => value.push_str(&text),
                (Some((name, value)), _) => headers.push((name.trim().to_ascii_lowercase(), value.to_owned())),
                (None, _) => {}
            }
        }
        (Headers(headers), rest)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A line without its ending, and what follows it.
fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let length = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| end + 1);
    let (line, rest) = bytes.split_at(length);
    (line.trim_ascii_end(), rest)
}

/// A parameter of a header: `text/html; charset="gb2312"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let named = value.split(';').skip(1).filter_map(|part| part.split_once('='));
    let mut named = named.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

/// What stands between the lines that name the boundary; the last part may lack its end.
fn parts<'a>(body: &'a [u8], boundary: &str) -> impl Iterator<Item = &'a [u8]> {
    let delimiter = format!("--{boundary}").into_bytes();
    let mut rest = body;
    let mut begun = false;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let part = rest;
            let mut length = 0;
            let mut ended = false;
            while !rest.is_empty() && !ended {
                let (line, after) = line(rest);
                ended = line.strip_prefix(&delimiter[..]).is_some_and(|end| end.is_empty() || end == b"--");
                length += if ended { 0 } else { rest.len() - after.len() };
                rest = after;
            }
            if std::mem::replace(&mut begun, true) && length > 0 {
                return Some(&part[..length]);
            }
        }
        None
    })
}

fn from_quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| (*byte as char).to_digit(16));
    let mut decoded = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(byte) = body.get(at) {
        at += 1;
        if *byte != b'=' {
            decoded.push(*byte);
            continue;
        }
        match (digit(body.get(at)), digit(body.get(at + 1))) {
            (Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 2;
            }
            // The line goes on.
            _ => {
                at += body[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_whitespace())
                    .position(|byte| *byte == b'\n')
                    .map_or(0, |end| end + 1)
            }
        }
    }
    decoded
}

/// What is no digit of base 64 is passed over, as the standard says.
fn from_base64(body: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut decoded = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for value in body.iter().filter_map(digit) {
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            decoded.push((bits >> held) as u8);
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::{blocks, from_base64, from_quoted_printable};
    use crate::plan::block::Block;
    use crate::plan::unreadable::Unreadable;

    fn told(message: &str) -> Result<Vec<String>, Unreadable> {
        let blocks = blocks(message.as_bytes())?;
        Ok(blocks.iter().filter_map(Block::paragraph).map(|line| line.text.clone()).collect())
    }

    #[test]
    fn encodings_of_parts() {
        assert_eq!(from_quoted_printable(b"a=3D=B6=\r\n=bd b=\n=zz="), b"a=\xb6\xbd bzz");
        assert_eq!(from_base64(b"tr2w7A==\r\n"), [0xb6, 0xbd, 0xb0, 0xec]);
        assert_eq!(from_base64(b"YWI="), b"ab");
    }

    #[test]
    fn the_page_among_its_parts() {
        let message = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_X\"\r\n\r\nThis is no part.\r\n------=_X\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=B6=BD=\r\n=B0=EC\r\n------=_X\r\nContent-Type: image/png\r\n\r\n<p>\r\n------=_X\r\nContent-Type: text/html\r\n\r\n<p>b\r\n------=_X--\r\n";
        assert_eq!(told(message), Ok(vec!["督办".to_owned()]));
        let framing = message.replace("<p>=B6=BD=\r\n=B0=EC", "<frameset><frame src=3D1></frameset>");
        assert_eq!(told(&framing), Ok(vec!["b".to_owned()]));
        assert_eq!(told("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>甲"), Ok(vec!["甲".to_owned()]));
        assert_eq!(told("MIME-Version: 1.0\nContent-Type: image/png\n\n<p>甲"), Err(Unreadable::Damaged));
    }

    #[test]
    fn parts_within_parts_end() {
        let part =
            |inner: &str, depth| format!("Content-Type: multipart/mixed; boundary={depth}\n\n--{depth}\n{inner}\n");
        let deep = (0..20).fold("Content-Type: text/html\n\n甲".to_owned(), |inner, depth| part(&inner, depth));
        assert_eq!(told(&deep), Err(Unreadable::TooDeep));
    }
}
