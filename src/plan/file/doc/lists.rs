//! 列表: how a Word document makes the numbers of its lists ([MS-DOC] 2.9.131 and 2.9.147 to 2.9.150).

use std::collections::BTreeMap;

use super::styles;
use crate::plan::file::compound::Bytes;
use crate::plan::file::numbering::{Level, List, Numbering};

/// Bytes of the fixed part of a list, of a level, and of a list as paragraphs refer to it.
const LIST: usize = 28;
const LEVEL: usize = 28;
const REFERENCE: usize = 16;
/// More than Word makes; those beyond number nothing.
const MOST: usize = 10_000;

/// `lists`: the lists, and their levels behind them. `references`: the lists as paragraphs refer to them, by their place.
pub fn read(numbering: &mut Numbering, lists: (Bytes, Bytes), references: Bytes) {
    let (lists, mut levels) = lists;
    for index in 0..usize::from(lists.u16(0).unwrap_or_default()).min(MOST) {
        let Some(list) = lists.range(2 + LIST * index, LIST).map(Bytes) else { break };
        let is_simple = list.u8(26).is_some_and(|flags| flags & 1 != 0);
        let mut found = BTreeMap::new();
        for number in 0..if is_simple { 1 } else { 9 } {
            let Some((mut level, rest)) = level(levels) else { break };
            level.style = list.u16(8 + 2 * number).filter(|style| *style != 0x0fff).map(styles::name);
            found.insert(number, level);
            levels = rest;
        }
        numbering.definitions.insert(list.u32(0).unwrap_or_default(), found);
    }
    refer(numbering, references);
}

/// Each list as paragraphs refer to it may begin elsewhere or have levels of its own.
fn refer(numbering: &mut Numbering, references: Bytes) {
    const NOTHING: u32 = u32::MAX;
    let count = references.place(0).unwrap_or_default();
    let reference = |index: usize| references.range(4 + REFERENCE * index, REFERENCE).map(Bytes);
    let count = count.min(references.0.len() / REFERENCE);
    let mut rest = references.from(4 + REFERENCE * count);
    for index in 0..count.min(MOST) {
        let Some(reference) = reference(index) else { break };
        let mut list = List { definition: reference.u32(0).unwrap_or_default(), ..List::default() };
        // Behind all references stand the changes of each, after four bytes that say nothing.
        let changes = reference.u8(12).unwrap_or_default();
        rest = rest
            .and_then(|bytes| if bytes.u32(0) == Some(NOTHING) || changes > 0 { bytes.from(4) } else { Some(bytes) });
        for _ in 0..changes {
            rest = rest.and_then(|bytes| change(&mut list, bytes));
        }
        numbering.lists.insert(index as u32 + 1, list);
    }
}

/// A change of a level: where it begins, or all of it. What stands behind it.
fn change<'a>(list: &mut List, bytes: Bytes<'a>) -> Option<Bytes<'a>> {
    const BEGINS: u32 = 1 << 4;
    const IS_WHOLE: u32 = 1 << 5;
    let (start, flags) = (bytes.u32(0)?, bytes.u32(4)?);
    let number = (flags & 0x0f) as usize;
    let rest = bytes.from(8)?;
    if flags & IS_WHOLE != 0 {
        let (level, rest) = level(rest)?;
        if flags & BEGINS != 0 {
            list.starts.insert(number, level.start);
        }
        list.levels.insert(number, level);
        return Some(rest);
    }
    if flags & BEGINS != 0 {
        list.starts.insert(number, start);
    }
    Some(rest)
}

/// A level, and what stands behind it.
fn level<'a>(bytes: Bytes<'a>) -> Option<(Level, Bytes<'a>)> {
    const LEGAL: u8 = 1 << 2;
    const GOES_ON: u8 = 1 << 3;
    let flags = bytes.u8(5)?;
    let text = LEVEL + usize::from(bytes.u8(24)?) + usize::from(bytes.u8(25)?);
    let length = usize::from(bytes.u16(text)?);
    let units = bytes.range(text + 2, 2 * length)?;
    let units: Vec<u16> = units.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    // Up to nine places in the text, counted from 1, where the number of a level stands.
    let places: Vec<usize> = (6..15).filter_map(|at| bytes.u8(at)).map(usize::from).collect();
    let mut pattern = String::new();
    for (index, unit) in units.iter().enumerate() {
        match unit {
            level @ 0..=8 if places.contains(&(index + 1)) => pattern.push_str(&format!("%{}", level + 1)),
            _ => pattern.extend(char::decode_utf16([*unit]).flatten().filter(|letter| !letter.is_control())),
        }
    }
    let level = Level {
        start: bytes.u32(0)?,
        format: format_named(bytes.u8(4)?).to_owned(),
        pattern,
        restart: (flags & GOES_ON != 0).then(|| bytes.u8(26).map(u32::from)).flatten(),
        legal: flags & LEGAL != 0,
        style: None,
    };
    Some((level, bytes.from(text + 2 + 2 * length)?))
}

/// A format of numbers ([MS-OSHARED] 2.2.1.3) as newer documents call it; those that plans never use are digits.
fn format_named(code: u8) -> &'static str {
    match code {
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        18 => "decimalEnclosedCircle",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        33 => "taiwaneseCounting",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        39 => "chineseCountingThousand",
        255 => "none",
        _ => "decimal",
    }
}
