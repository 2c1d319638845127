//! 样式: the styles of a Word document that number their paragraphs or hide their text.

use super::format::{CharacterFormat, ParagraphFormat, Switch};
use crate::plan::file::compound::Bytes;
use crate::plan::file::numbering::{Numbering, Style};

/// What a style is called among those of a document: by its number.
pub fn name(number: u16) -> String {
    number.to_string()
}

/// Reads the sheet of styles: the length of its head, the head, and each style after its length.
pub fn read(numbering: &mut Numbering, sheet: Bytes) {
    let Some(head) = sheet.u16(0).map(usize::from) else { return };
    let (Some(count), Some(fixed)) = (sheet.u16(2), sheet.u16(4)) else { return };
    let mut at = 2 + head;
    for number in 0..count {
        let Some(length) = sheet.u16(at).map(usize::from) else { return };
        at += 2;
        let Some(bytes) = sheet.range(at, length) else { return };
        numbering.styles.extend(style(Bytes(bytes), usize::from(fixed)).map(|style| (name(number), style)));
        at += length;
    }
}

/// A style: a fixed part, its name, and its properties, which its kind tells the order of.
fn style(bytes: Bytes, fixed: usize) -> Option<Style> {
    const PARAGRAPH: u16 = 1;
    const CHARACTER: u16 = 2;
    const NOTHING: u16 = 0x0fff;
    let (built_in, kind, properties) = (bytes.u16(0)? & 0x0fff, bytes.u16(2)?, bytes.u16(4)? & 0x000f);
    let base = kind >> 4;
    let mut style = Style {
        // 19 to 27 are the nine levels of a table of contents.
        name: if (19..=27).contains(&built_in) { format!("toc {}", built_in - 18) } else { String::new() },
        based_on: (base != NOTHING).then(|| name(base)),
        ..Style::default()
    };
    let letters = usize::from(bytes.u16(fixed)?);
    let mut at = fixed + 2 + 2 * letters + 2;
    let kind = kind & 0x000f;
    for index in 0..properties {
        let Some(length) = bytes.u16(at).map(usize::from) else { break };
        let found = bytes.range(at + 2, length).unwrap_or_default();
        match (kind, index) {
            // Its own number stands first.
            (PARAGRAPH, 0) => style.number(found.get(2..).unwrap_or_default()),
            (PARAGRAPH, 1) | (CHARACTER, 0) => style.hide(found),
            _ => {}
        }
        at += 2 + length.next_multiple_of(2);
    }
    Some(style)
}

impl Style {
    fn number(&mut self, properties: &[u8]) {
        let mut format = ParagraphFormat::default();
        format.apply(properties, &[]);
        self.list = format.list.map(u32::from);
        self.level = format.level.map(usize::from);
    }

    fn hide(&mut self, properties: &[u8]) {
        let mut format = CharacterFormat::default();
        format.apply(properties);
        self.hidden = match format.hidden {
            Switch::On => Some(true),
            Switch::Off => Some(false),
            Switch::AsStyle | Switch::UnlikeStyle => None,
        };
    }
}
