//! 字符串: the strings in a record of a workbook, which may go on in the next record anywhere.

use encoding_rs::Encoding;

use super::records::Record;

/// Reads strings, one after another.
pub struct Strings<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    part: &'a [u8],
}

impl<'a> Strings<'a> {
    /// `at`: where the first one stands in the record's body.
    pub fn of(record: &Record<'a>, at: usize) -> Strings<'a> {
        let mut parts = record.parts.clone().into_iter();
        let part = parts.next().and_then(|part| part.get(at..)).unwrap_or_default();
        Strings { parts, part }
    }

    /// A string with its length in one byte.
    pub fn short(&mut self) -> Option<String> {
        let length = usize::from(self.byte()?);
        let flags = self.byte()?;
        self.letters(length, flags)
    }

    /// A string with its length in two bytes.
    pub fn long(&mut self) -> Option<String> {
        let length = self.word()?;
        let flags = self.byte()?;
        self.letters(length, flags)
    }

    /// A string in the encoding of its country, with its length in one byte.
    pub fn short_of(&mut self, encoding: &'static Encoding) -> Option<String> {
        let length = usize::from(self.byte()?);
        self.encoded(length, encoding)
    }

    /// A string in the encoding of its country, with its length in two bytes.
    pub fn long_of(&mut self, encoding: &'static Encoding) -> Option<String> {
        let length = self.word()?;
        self.encoded(length, encoding)
    }

    fn encoded(&mut self, length: usize, encoding: &'static Encoding) -> Option<String> {
        let bytes = self.part.get(..length.min(self.part.len()))?;
        self.part = &self.part[bytes.len()..];
        Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
    }

    /// A string that cells share, with how its letters look behind it; `None` behind the last one.
    pub fn shared(&mut self) -> Option<String> {
        const LOOKS: u8 = 1 << 3;
        const SOUNDS: u8 = 1 << 2;
        let length = self.word()?;
        let flags = self.byte()?;
        let looks = if flags & LOOKS != 0 { 4 * self.word()? } else { 0 };
        let sounds = if flags & SOUNDS != 0 { self.word()? | self.word()? << 16 } else { 0 };
        let text = self.letters(length, flags)?;
        self.pass(looks.saturating_add(sounds));
        Some(text)
    }

    /// Where letters go on in the next record, that one says anew whether they are wide.
    fn letters(&mut self, length: usize, mut flags: u8) -> Option<String> {
        const WIDE: u8 = 1;
        let mut units = Vec::with_capacity(length.min(self.part.len()));
        while units.len() < length {
            if self.part.is_empty() {
                self.part = self.parts.next()?;
                flags = self.byte()?;
            }
            let size = if flags & WIDE != 0 { 2 } else { 1 };
            let bytes = self.part.len().min((length - units.len()) * size);
            let (letters, rest) = self.part.split_at(bytes);
            let unit = |letter: &[u8]| u16::from(letter[0]) | letter.get(1).map_or(0, |high| u16::from(*high) << 8);
            units.extend(letters.chunks(size).map(unit));
            self.part = rest;
        }
        Some(String::from_utf16_lossy(&units))
    }

    fn pass(&mut self, mut bytes: usize) {
        while bytes > self.part.len() {
            bytes -= self.part.len();
            let Some(part) = self.parts.next() else {
                self.part = &[];
                return;
            };
            self.part = part;
        }
        self.part = &self.part[bytes..];
    }

    fn byte(&mut self) -> Option<u8> {
        while self.part.is_empty() {
            self.part = self.parts.next()?;
        }
        let (first, rest) = self.part.split_first()?;
        self.part = rest;
        Some(*first)
    }

    fn word(&mut self) -> Option<usize> {
        Some(usize::from(self.byte()?) | usize::from(self.byte()?) << 8)
    }
}

#[cfg(test)]
mod tests {
    use super::{Record, Strings};

    #[test]
    fn strings_go_on_in_the_next_record() {
        let first = [&[3, 0, 1][..], &[0x2d, 0x4e]].concat();
        let second =
            [&[1, 0xfd, 0x56, 0x32, 0x4e][..], &[2, 0, 8, 1, 0, b'a', b'b', 0, 0, 0, 0], &[1, 0, 0, b'c']].concat();
        let record = Record { code: 0xfc, parts: vec![&first, &second] };
        let mut strings = Strings::of(&record, 0);
        let all: Vec<String> = std::iter::from_fn(|| strings.shared()).collect();
        assert_eq!(all, ["中国串", "ab", "c"]);
    }
}
