//! 字体: the encodings of an RTF file's bytes. Each font names its own; the file names one for all others.

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

#[derive(Debug, Default)]
pub struct Fonts {
    charsets: HashMap<i32, i32>,
    /// The font whose entry in the table is being read.
    begun: i32,
    pub code_page: Option<i32>,
}

impl Fonts {
    pub fn begin(&mut self, font: i32) {
        self.begun = font;
    }

    pub fn set_charset(&mut self, charset: i32) {
        self.charsets.insert(self.begun, charset);
    }

    /// Where nothing is said, a Chinese office's program wrote the file.
    fn encoding(&self, font: i32) -> &'static Encoding {
        match (self.charsets.get(&font), self.code_page) {
            (Some(134), _) => GB18030,
            (Some(136), _) => BIG5,
            (Some(128), _) => SHIFT_JIS,
            (Some(129), _) => EUC_KR,
            (_, Some(950)) => BIG5,
            (_, Some(932)) => SHIFT_JIS,
            (_, Some(949)) => EUC_KR,
            (_, Some(65001)) => UTF_8,
            (_, Some(1252)) => WINDOWS_1252,
            _ => GB18030,
        }
    }

    pub fn is_double_byte(&self, font: i32) -> bool {
        ![UTF_8, WINDOWS_1252].contains(&self.encoding(font))
    }

    /// Bytes that are no good Chinese are Latin: programs write quotation marks so.
    pub fn decode<'a>(&self, font: i32, bytes: &'a [u8]) -> Cow<'a, str> {
        let (text, had_errors) = self.encoding(font).decode_without_bom_handling(bytes);
        if had_errors { WINDOWS_1252.decode_without_bom_handling(bytes).0 } else { text }
    }
}
