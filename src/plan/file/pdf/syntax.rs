//! PDF 语法: numbers, names, strings, arrays, dictionaries and references, as ISO 32000 writes them.

/// Elements of one object; fonts list the widths of tens of thousands of characters.
const MOST_ELEMENTS: usize = 200_000;
const DEEPEST: usize = 32;

#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    /// The number of another object.
    Reference(u32),
    /// Anything bare: an operator, `true`, `null`.
    Word(Vec<u8>),
}

impl Object {
    pub fn number(&self) -> Option<f64> {
        if let Object::Number(number) = self { Some(*number) } else { None }
    }

    pub fn integer(&self) -> Option<u32> {
        self.number().filter(|number| (0.0..=f64::from(u32::MAX)).contains(number)).map(|number| number as u32)
    }

    pub fn name(&self) -> Option<&[u8]> {
        if let Object::Name(name) = self { Some(name) } else { None }
    }

    pub fn text(&self) -> Option<&[u8]> {
        if let Object::Text(text) = self { Some(text) } else { None }
    }

    pub fn array(&self) -> Option<&[Object]> {
        if let Object::Array(array) = self { Some(array) } else { None }
    }

    pub fn dictionary(&self) -> Option<&Dictionary> {
        if let Object::Dictionary(dictionary) = self { Some(dictionary) } else { None }
    }

    pub fn reference(&self) -> Option<u32> {
        if let Object::Reference(number) = self { Some(*number) } else { None }
    }

    pub fn is_word(&self, expected: &str) -> bool {
        matches!(self, Object::Word(word) if word == expected.as_bytes())
    }
}

/// Operands that are numbers, none of them farther than a page can be.
pub fn numbers(objects: &[Object]) -> Vec<f32> {
    const FARTHEST: f64 = 1e6;
    objects.iter().filter_map(Object::number).map(|number| number.clamp(-FARTHEST, FARTHEST) as f32).collect()
}

/// Names and what they stand for, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dictionary(Vec<(Vec<u8>, Object)>);

impl Dictionary {
    pub fn of<const N: usize>(entries: [(&str, Dictionary); N]) -> Dictionary {
        let entry = |(name, value): (&str, Dictionary)| (name.as_bytes().to_vec(), Object::Dictionary(value));
        Dictionary(entries.map(entry).to_vec())
    }

    pub fn get(&self, name: &str) -> Option<&Object> {
        self.find(name.as_bytes())
    }

    pub fn find(&self, name: &[u8]) -> Option<&Object> {
        self.entries().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub fn entries(&self) -> impl Iterator<Item = (&[u8], &Object)> {
        self.0.iter().map(|(name, value)| (name.as_slice(), value))
    }

    pub fn is_of_type(&self, name: &str) -> bool {
        self.get("Type").and_then(Object::name) == Some(name.as_bytes())
    }
}

/// Reads objects from bytes, one after another.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    pub at: usize,
    /// Content streams have no references, so that `1 0 R` is never looked for.
    references: bool,
    elements: usize,
}

impl<'a> Lexer<'a> {
    pub fn of_file(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at, references: true, elements: 0 }
    }

    pub fn of_content(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer { bytes, at: 0, references: false, elements: 0 }
    }

    /// The next object; `None` at the end and where nothing can be made of the bytes.
    pub fn object(&mut self) -> Option<Object> {
        self.elements = 0;
        self.nested(0)
    }

    pub fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => self.skip_while(|byte| !matches!(byte, b'\r' | b'\n')),
                _ if is_space(byte) => self.at += 1,
                _ => break,
            }
        }
    }

    /// Passes over a word where it stands next.
    pub fn takes(&mut self, word: &str) -> bool {
        let found = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += if found { word.len() } else { 0 };
        found
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        self.elements += 1;
        if depth > DEEPEST || self.elements > MOST_ELEMENTS {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'/' => Some(Object::Name(self.name())),
            b'(' => Some(Object::Text(self.literal())),
            b'[' => self.array(depth),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dictionary(depth),
            b'<' => Some(Object::Text(self.hexadecimal())),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number_or_reference()),
            byte if is_delimiter(byte) => {
                self.at += 1;
                Some(Object::Word(vec![byte]))
            }
            _ => Some(Object::Word(self.regular().to_vec())),
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let from = self.at;
        self.skip_while(|byte| !is_space(byte) && !is_delimiter(byte));
        &self.bytes[from..self.at]
    }

    /// `/Name`, where `#` and two digits stand for a byte.
    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let raw = self.regular();
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((byte, after)) = rest.split_first() {
            let escaped = after
                .get(..2)
                .filter(|_| *byte == b'#')
                .and_then(|digits| Some(hexadecimal_digit(digits[0])? << 4 | hexadecimal_digit(digits[1])?));
            name.push(escaped.unwrap_or(*byte));
            rest = if escaped.is_some() { &after[2..] } else { after };
        }
        name
    }

    /// `(text)`, with escapes and inner brackets.
    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1;
        while let Some(byte) = self.next() {
            match byte {
                b'\\' => self.escape(&mut text),
                b'(' | b')' => {
                    open += if byte == b'(' { 1 } else { -1 };
                    if open == 0 {
                        break;
                    }
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.next() else { return };
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\n' => {}
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    self.at += 1;
                    value = value * 8 + u32::from(digit - b'0');
                }
                text.push(value as u8);
            }
            _ => text.push(byte),
        }
    }

    /// `<48656C>`; a last digit alone stands for itself and a zero.
    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut high = None;
        while let Some(byte) = self.next().filter(|byte| *byte != b'>') {
            let Some(digit) = hexadecimal_digit(byte) else { continue };
            match high.take() {
                Some(high) => text.push(high << 4 | digit),
                None => high = Some(digit),
            }
        }
        text.extend(high.map(|high| high << 4));
        text
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.takes("]") {
                return Some(Object::Array(items));
            }
            items.push(self.nested(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Object> {
        self.at += 2;
        let mut entries = Vec::new();
        loop {
            self.skip_space();
            if self.takes(">>") {
                return Some(Object::Dictionary(Dictionary(entries)));
            }
            // What stands where a name should is passed over, as readers do.
            if let Object::Name(name) = self.nested(depth + 1)? {
                entries.push((name, self.nested(depth + 1)?));
            }
        }
    }

    fn number_or_reference(&mut self) -> Object {
        let word = self.regular();
        let Some(number) = number(word) else { return Object::Word(word.to_vec()) };
        if self.references
            && word.iter().all(u8::is_ascii_digit)
            && let Some(target) = Object::Number(number).integer()
        {
            let after_number = self.at;
            self.skip_space();
            let generation = self.regular();
            if !generation.is_empty() && generation.len() <= 5 && generation.iter().all(u8::is_ascii_digit) {
                self.skip_space();
                if self.regular() == b"R" {
                    return Object::Reference(target);
                }
            }
            self.at = after_number;
        }
        Object::Number(number)
    }
}

/// `12`, `-.5`, `+3.`; signs in the middle, as some programs write them, end the number.
fn number(word: &[u8]) -> Option<f64> {
    let sign = word.iter().take_while(|byte| matches!(byte, b'+' | b'-')).count();
    let digits = &word[sign..];
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let ends = length == digits.len() || digits[length] == b'-';
    let value: f64 = std::str::from_utf8(&digits[..length]).ok()?.parse().ok().or((length == 1).then_some(0.0))?;
    (ends && length > 0).then_some(if word[..sign].contains(&b'-') { -value } else { value })
}

fn hexadecimal_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{Lexer, Object};

    fn read(source: &str) -> Option<Object> {
        Lexer::of_file(source.as_bytes(), 0).object()
    }

    #[test]
    fn objects() {
        assert_eq!(read("%x\n -1.5 "), Some(Object::Number(-1.5)));
        assert_eq!(read("12 0 R"), Some(Object::Reference(12)));
        assert_eq!(read("12 0 obj"), Some(Object::Number(12.0)));
        assert_eq!(read("/A#20B"), Some(Object::Name(b"A B".to_vec())));
        assert_eq!(
            read(
                r"(a\(\051(b)\
\n)"
            ),
            Some(Object::Text(b"a()(b)\n".to_vec()))
        );
        assert_eq!(read("<4 8 5>"), Some(Object::Text(vec![0x48, 0x50])));
        let Some(Object::Dictionary(found)) = read("<</Type/Page/Kids[1 0 R 2 0 R]/On true>>") else { panic!() };
        assert!(found.is_of_type("Page"));
        assert_eq!(found.get("Kids").and_then(Object::array).map(<[Object]>::len), Some(2));
        assert!(found.get("On").is_some_and(|on| on.is_word("true")));
    }

    #[test]
    fn what_never_ends() {
        for source in ["<</A", "[1 2", "[[[[", "", "<<"] {
            assert_eq!(read(source), None, "{source}");
        }
        assert_eq!(read(&"[".repeat(100_000)), None);
        assert_eq!(read(&format!("[{}]", "0 ".repeat(300_000))), None);
    }
}
