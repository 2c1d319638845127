//! 复合文件: the container of streams that files of Word and Excel before 2007 are.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use cfb::CompoundFile;

use crate::plan::unreadable::Unreadable;

pub struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    /// Of the whole file; no stream is longer.
    length: u64,
}

impl<'a> Compound<'a> {
    /// # Errors
    /// `Damaged` where the streams cannot be told apart.
    pub fn open(bytes: &'a [u8]) -> Result<Compound<'a>, Unreadable> {
        let open = || CompoundFile::open(Cursor::new(bytes));
        let file = catch_unwind(AssertUnwindSafe(open)).map_err(|_| Unreadable::Damaged)?;
        let length = bytes.len() as u64;
        file.map(|file| Compound { file, length }).map_err(|_| Unreadable::Damaged)
    }

    /// The bytes of a stream; `None` where there is none of that name.
    pub fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        if !self.file.is_stream(name) {
            return Ok(None);
        }
        let read = || -> std::io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            self.file.open_stream(name)?.take(self.length).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = catch_unwind(AssertUnwindSafe(read)).map_err(|_| Unreadable::Damaged)?;
        bytes.map(Some).map_err(|_| Unreadable::Damaged)
    }
}

/// Numbers within a stream, low byte first. What lies beyond its end is `None`.
#[derive(Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn range(self, at: usize, length: usize) -> Option<&'a [u8]> {
        self.0.get(at..at.checked_add(length)?)
    }

    pub fn from(self, at: usize) -> Option<Bytes<'a>> {
        self.0.get(at..).map(Bytes)
    }

    pub fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub fn u16(self, at: usize) -> Option<u16> {
        self.range(at, 2)?.try_into().ok().map(u16::from_le_bytes)
    }

    pub fn u32(self, at: usize) -> Option<u32> {
        self.range(at, 4)?.try_into().ok().map(u32::from_le_bytes)
    }

    /// A length or a place, which are numbers of four bytes.
    pub fn place(self, at: usize) -> Option<usize> {
        self.u32(at).map(|number| number as usize)
    }

    pub fn f64(self, at: usize) -> Option<f64> {
        self.range(at, 8)?.try_into().ok().map(f64::from_le_bytes)
    }
}
