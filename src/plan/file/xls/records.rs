//! 记录: the stream of a workbook, cut into records with a code; one that is too long for 8 KiB goes on in others.

use crate::plan::file::compound::Bytes;

pub struct Record<'a> {
    pub code: u16,
    /// The body, and those of the records that continue it.
    pub parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    pub fn body(&self) -> Bytes<'a> {
        Bytes(self.parts.first().copied().unwrap_or_default())
    }
}

/// The records up to the end of the stream, or to one that is cut off.
pub fn records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    const CONTINUES: u16 = 0x003c;
    let mut rest = Bytes(stream);
    std::iter::from_fn(move || {
        let (code, body) = next(&mut rest)?;
        let mut parts = vec![body];
        while rest.u16(0) == Some(CONTINUES) {
            let Some((_, body)) = next(&mut rest) else { break };
            parts.push(body);
        }
        Some(Record { code, parts })
    })
}

fn next<'a>(rest: &mut Bytes<'a>) -> Option<(u16, &'a [u8])> {
    const HEAD: usize = 4;
    let (code, length) = (rest.u16(0)?, usize::from(rest.u16(2)?));
    let body = rest.range(HEAD, length)?;
    *rest = rest.from(HEAD + length)?;
    Some((code, body))
}
