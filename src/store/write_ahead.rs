//! What SQLite passes over in silence in a write-ahead log: a head that is not one, and commits whose frames do not check.
//! The format is that of <https://www.sqlite.org/fileformat2.html#walformat>.

use std::io;
use std::io::Read;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const MAGIC: u32 = 0x377f_0682;
const VERSION: u32 = 3_007_000;

/// What of a log SQLite does not take over, though it was once written there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unread {
    /// The head does not check, so nothing is read.
    pub headless: bool,
    /// Bytes from the first frame that does not check, where a commit follows there.
    pub bytes: u64,
}

/// Two sums over pairs of words, in the order of bytes that the head names.
#[derive(Clone, Copy, Default)]
struct Sums(u32, u32);

impl Sums {
    fn over(mut self, bytes: &[u8], is_big_endian: bool) -> Sums {
        let word = |bytes: &[u8]| {
            let bytes = bytes.try_into().unwrap_or_default();
            if is_big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
        };
        for pair in bytes.chunks_exact(8) {
            self.0 = self.0.wrapping_add(word(&pair[..4])).wrapping_add(self.1);
            self.1 = self.1.wrapping_add(word(&pair[4..])).wrapping_add(self.0);
        }
        self
    }

    fn are_at(self, bytes: &[u8]) -> bool {
        (self.0, self.1) == (number(bytes, 0), number(bytes, 4))
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes).unwrap_or_default()
}

/// As many bytes as there are, up to the length of the buffer.
fn fill(log: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match log.read(&mut buffer[filled..])? {
            0 => break,
            some => filled += some,
        }
    }
    Ok(filled)
}

/// Frames of an earlier generation have another salt and are nobody's loss, nor is a transaction that has no commit.
pub(super) fn unread(log: &mut impl Read) -> io::Result<Unread> {
    let mut head = [0; HEADER];
    if fill(log, &mut head)? < HEADER {
        return Ok(Unread::default());
    }
    let is_big_endian = number(&head, 0) & 1 == 1;
    let page = number(&head, 8);
    let mut sums = Sums::default().over(&head[..24], is_big_endian);
    let is_page = page.is_power_of_two() && (512..=65_536).contains(&page);
    if number(&head, 0) & !1 != MAGIC || number(&head, 4) != VERSION || !is_page || !sums.are_at(&head[24..]) {
        return Ok(Unread { headless: true, bytes: 0 });
    }
    let mut frame = vec![0; FRAME_HEADER + page as usize];
    let (mut bytes, mut holds, mut is_lost) = (0, true, false);
    loop {
        let read = fill(log, &mut frame)?;
        if read < FRAME_HEADER {
            break;
        }
        let is_present = frame[8..16] == head[16..24];
        if holds && is_present && read == frame.len() && number(&frame, 0) != 0 {
            let next = sums.over(&frame[..8], is_big_endian).over(&frame[FRAME_HEADER..], is_big_endian);
            holds = next.are_at(&frame[16..24]);
            sums = next;
        } else {
            holds = false;
        }
        if !holds {
            bytes += read as u64;
            is_lost |= is_present && number(&frame, 4) != 0;
        }
        frame[..FRAME_HEADER].fill(0);
    }
    Ok(Unread { headless: false, bytes: if is_lost { bytes } else { 0 } })
}
