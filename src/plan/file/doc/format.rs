//! 格式: what the properties of characters and paragraphs mean, as far as it decides what is read.

use super::properties::single;
use crate::plan::file::compound::Bytes;

/// Whether something is switched on: of itself, or as its style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Switch {
    #[default]
    AsStyle,
    UnlikeStyle,
    On,
    Off,
}

impl Switch {
    pub fn of(operand: Option<u8>) -> Switch {
        match operand {
            Some(0) => Switch::Off,
            Some(1) => Switch::On,
            Some(0x81) => Switch::UnlikeStyle,
            _ => Switch::AsStyle,
        }
    }

    pub fn is_on(self, of_style: bool) -> bool {
        match self {
            Switch::AsStyle => of_style,
            Switch::UnlikeStyle => !of_style,
            Switch::On => true,
            Switch::Off => false,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CharacterFormat {
    pub hidden: Switch,
    /// A change that was tracked has deleted it.
    pub deleted: bool,
    /// The end of a paragraph that shows as one with the paragraph after it. Ends that are merely hidden do so too, but
    /// other programs than Word hide those before hidden text as well.
    pub joins: bool,
    /// The number of its style.
    pub style: Option<u16>,
    /// A character of a font of symbols, for which another one stands in the text.
    pub symbol: Option<u16>,
}

impl CharacterFormat {
    pub fn apply(&mut self, properties: &[u8]) {
        for (code, operand) in single(properties) {
            match code {
                0x083c => self.hidden = Switch::of(operand.u8(0)),
                0x0800 => self.deleted = operand.u8(0).is_some_and(|value| value != 0),
                0x0818 => self.joins = operand.u8(0).is_some_and(|value| value != 0),
                0x4a30 => self.style = operand.u16(0),
                0x6a09 => self.symbol = operand.u16(2),
                _ => {}
            }
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParagraphFormat {
    /// The number of its style.
    pub style: u16,
    /// Its list; 0 is none, though its style has one.
    pub list: Option<u16>,
    pub level: Option<u8>,
    /// In how many tables it stands, each within the one before.
    pub depth: usize,
    /// It ends a row of the outermost table, or of a table within a cell.
    pub ends_row: bool,
    pub ends_inner_row: bool,
    /// It ends a cell of a table within a cell.
    pub ends_inner_cell: bool,
    pub row: RowFormat,
}

/// How the cells of a row stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowFormat {
    /// Their left edges and the right one of the last, in twentieths of a point.
    pub edges: Vec<i16>,
    pub cells: Vec<CellFormat>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellFormat {
    /// Merged with the cell above.
    pub goes_on: bool,
}

impl ParagraphFormat {
    /// `data`: the stream with properties that are too long for a page.
    pub fn apply(&mut self, properties: &[u8], data: &[u8]) {
        for (code, operand) in single(properties) {
            match code {
                0x6645 | 0x6646 => {
                    let place = operand.place(0).unwrap_or_default();
                    self.apply_one_by_one(far(data, place).unwrap_or_default());
                }
                _ => self.set(code, operand),
            }
        }
    }

    fn apply_one_by_one(&mut self, properties: &[u8]) {
        single(properties).for_each(|(code, operand)| self.set(code, operand));
    }

    fn set(&mut self, code: u16, operand: Bytes) {
        /// No table stands deeper.
        const DEEPEST: u32 = 16;
        let on = operand.u8(0).is_some_and(|value| value != 0);
        match code {
            0x4600 => self.style = operand.u16(0).unwrap_or(self.style),
            0x460b => self.list = operand.u16(0),
            0x260a => self.level = operand.u8(0),
            0x2416 => self.depth = self.depth.max(usize::from(on)),
            0x6649 => self.depth = operand.u32(0).unwrap_or_default().min(DEEPEST) as usize,
            0x2417 => self.ends_row = on,
            0x244b => self.ends_inner_cell = on,
            0x244c => self.ends_inner_row = on,
            0xd608 => self.row = RowFormat::read(operand).unwrap_or_default(),
            0xd62b => {
                let (cell, merged) = (operand.u8(0), operand.u8(1));
                if let Some(cell) = cell.and_then(|cell| self.row.cells.get_mut(usize::from(cell))) {
                    cell.goes_on = merged == Some(1);
                }
            }
            _ => {}
        }
    }
}

/// Properties that stand in the data stream, behind their length.
fn far(data: &[u8], place: usize) -> Option<&[u8]> {
    let bytes = Bytes(data);
    bytes.range(place.checked_add(2)?, usize::from(bytes.u16(place)?))
}

impl RowFormat {
    /// How many cells, their edges, and for each cell twenty bytes that say how it is merged.
    fn read(operand: Bytes) -> Option<RowFormat> {
        const CELL: usize = 20;
        let count = usize::from(operand.u8(0)?);
        let edges = (0..=count).map_while(|index| operand.u16(1 + 2 * index)).map(u16::cast_signed).collect();
        let cells = 1 + 2 * (count + 1);
        let cell = |index: usize| {
            let flags = operand.u16(cells + CELL * index).unwrap_or_default();
            CellFormat { goes_on: (flags >> 5) & 3 == 1 }
        };
        Some(RowFormat { edges, cells: (0..count).map(cell).collect() })
    }
}
