//! RTF, piece by piece: groups, control words and bytes of text.

pub enum Piece<'a> {
    Open,
    Close,
    /// `\par`, `\u8220`; symbols such as `\*` are words too.
    Word(&'a str, Option<i32>),
    /// A byte of text in the encoding of the font.
    Byte(u8),
}

pub struct Pieces<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Pieces<'a> {
    pub fn new(bytes: &'a [u8]) -> Pieces<'a> {
        Pieces { bytes, at: 0 }
    }

    /// A control word with its number and the space that ends it.
    fn word(&mut self) -> Piece<'a> {
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&rest[..letters]).unwrap_or_default();
        let sign = usize::from(rest.get(letters) == Some(&b'-'));
        let digits = rest[letters + sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = if digits > 0 { letters + sign + digits } else { letters };
        let number = std::str::from_utf8(&rest[letters..end]).ok().and_then(|number| number.parse().ok());
        self.at += end + usize::from(rest.get(end) == Some(&b' '));
        if name == "bin" {
            self.at += number.and_then(|length: i32| usize::try_from(length).ok()).unwrap_or_default();
        }
        Piece::Word(name, number)
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Piece<'a>> {
        let byte = *self.bytes.get(self.at)?;
        if byte.is_ascii_alphabetic() {
            return Some(self.word());
        }
        let symbol = std::str::from_utf8(&self.bytes[self.at..=self.at]).unwrap_or_default();
        self.at += 1;
        Some(match byte {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                let value = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                self.at += if value.is_some() { 2 } else { 0 };
                value.map_or(Piece::Word("", None), Piece::Byte)
            }
            b'{' | b'}' | b'\\' => Piece::Byte(byte),
            b'\r' | b'\n' => Piece::Word("par", None),
            b'\t' => Piece::Word("tab", None),
            _ => Piece::Word(symbol, None),
        })
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return match byte {
                b'{' => Some(Piece::Open),
                b'}' => Some(Piece::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                _ => Some(Piece::Byte(byte)),
            };
        }
    }
}
