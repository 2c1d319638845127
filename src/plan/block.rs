//! 段落与表格行: what every format of document is turned into before it is understood.

use super::label::Label;
use super::ordinal::Ordinal;
use super::text::Line;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Line),
    /// What the head of a table says beside what its columns hold.
    Head(Line),
    Row(Box<Row>),
}

impl Block {
    pub fn paragraph(&self) -> Option<&Line> {
        match self {
            Block::Paragraph(line) => Some(line),
            Block::Head(_) | Block::Row(_) => None,
        }
    }

    /// What it says, on one line or several.
    pub fn text(&self) -> String {
        match self {
            Block::Paragraph(line) | Block::Head(line) => line.text.clone(),
            Block::Row(row) => {
                let fields = row.fields.iter().map(|(_, text)| text.as_str());
                let texts =
                    row.section.as_deref().into_iter().chain([row.ordinal.printed.as_str(), &row.text]).chain(fields);
                texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// A row of a table of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: usize,
    /// The heading in a column before the number, on the first of its rows only.
    pub section: Option<String>,
    pub ordinal: Ordinal,
    /// Its number is that of a row above, whose number cell spans this one.
    pub shares_number: bool,
    pub text: String,
    /// What stands in the columns of units and dates.
    pub fields: Vec<(Label, String)>,
}
