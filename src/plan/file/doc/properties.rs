//! 属性页: which properties the characters and paragraphs of a Word document have, told in pages of 512 bytes (FKP) that a
//! table of their numbers leads to.

use super::header::Positions;
use crate::plan::file::compound::Bytes;
use crate::plan::unreadable::Unreadable;

const PAGE: usize = 512;
/// Of characters or paragraphs with the same properties.
const MOST_RUNS: usize = 500_000;

/// From a place in the stream to another, in bytes, with the place and length of what the properties are.
#[derive(Clone, Copy)]
pub struct Run {
    pub from: u32,
    pub to: u32,
    at: u32,
    length: u16,
}

pub struct Properties<'a> {
    document: Bytes<'a>,
    runs: Vec<Run>,
}

impl<'a> Properties<'a> {
    /// # Errors
    /// `Swells` where there are more runs than any document has.
    pub fn of_characters(table: Bytes, document: &'a [u8]) -> Result<Properties<'a>, Unreadable> {
        // A place within the page, in double bytes; there, the length.
        Properties::read(table, document, 1, |page, place| {
            let at = 2 * usize::from(place);
            Some((at + 1, usize::from(page.u8(at)?)))
        })
    }

    /// # Errors
    /// `Swells` where there are more runs than any document has.
    pub fn of_paragraphs(table: Bytes, document: &'a [u8]) -> Result<Properties<'a>, Unreadable> {
        // There, the length in double bytes, of which the first is counted and not there; 0 before a second length.
        Properties::read(table, document, 13, |page, place| {
            let at = 2 * usize::from(place);
            match usize::from(page.u8(at)?) {
                0 => Some((at + 2, 2 * usize::from(page.u8(at + 1)?))),
                length => Some((at + 1, 2 * length - 1)),
            }
        })
    }

    fn read(
        table: Bytes,
        document: &'a [u8],
        entry: usize,
        find: fn(Bytes, u8) -> Option<(usize, usize)>,
    ) -> Result<Properties<'a>, Unreadable> {
        const NUMBER: usize = 4;
        let document = Bytes(document);
        let pages = Positions::of(table, NUMBER);
        let mut runs = Vec::new();
        for index in 0..pages.count() {
            let number = pages.data(index).and_then(|data| data.place(0)).unwrap_or_default() & 0x3f_ffff;
            let Some(page) = document.range(number * PAGE, PAGE).map(Bytes) else { continue };
            let count = usize::from(page.0[PAGE - 1]);
            for run in 0..count {
                let Some((from, to)) = page.u32(4 * run).zip(page.u32(4 * run + 4)) else { break };
                let Some(place) = page.u8(4 * (count + 1) + entry * run) else { break };
                let found = Some(place).filter(|place| *place > 0).and_then(|place| find(page, place));
                let (at, length) = found.filter(|(at, length)| at + length < PAGE).unwrap_or_default();
                runs.push(Run { from, to, at: (number * PAGE + at) as u32, length: length as u16 });
            }
            if runs.len() > MOST_RUNS {
                return Err(Unreadable::Swells);
            }
        }
        runs.sort_by_key(|run| run.from);
        Ok(Properties { document, runs })
    }

    /// The run that holds a place in the stream.
    pub fn at(&self, place: u32) -> Option<Run> {
        let after = self.runs.partition_point(|run| run.from <= place);
        self.runs[..after].last().copied().filter(|run| place < run.to)
    }

    /// What the properties of a run are.
    pub fn of(&self, run: Run) -> Bytes<'a> {
        Bytes(self.document.range(run.at as usize, usize::from(run.length)).unwrap_or_default())
    }
}

/// The single properties, each with its code and its operand (SPRM).
pub fn single(properties: &[u8]) -> impl Iterator<Item = (u16, Bytes<'_>)> {
    let mut rest = Bytes(properties);
    std::iter::from_fn(move || {
        let code = rest.u16(0)?;
        let (at, length) = operand(code, rest)?;
        let value = rest.range(at, length)?;
        rest = rest.from(at + length)?;
        Some((code, Bytes(value)))
    })
}

/// Where the operand of the property at the beginning stands, and how long it is: its code tells.
fn operand(code: u16, bytes: Bytes) -> Option<(usize, usize)> {
    const TABLE: u16 = 0xd608;
    const TABS: u16 = 0xc615;
    match code >> 13 {
        0 | 1 => Some((2, 1)),
        2 | 4 | 5 => Some((2, 2)),
        3 => Some((2, 4)),
        7 => Some((2, 3)),
        _ if code == TABLE => Some((4, usize::from(bytes.u16(2)?).checked_sub(1)?)),
        _ if code == TABS && bytes.u8(2)? == 255 => {
            let deleted = usize::from(bytes.u8(3)?);
            let added = usize::from(bytes.u8(4 + 4 * deleted)?);
            Some((3, 2 + 4 * deleted + 3 * added))
        }
        _ => Some((3, usize::from(bytes.u8(2)?))),
    }
}
