//! 压缩包: the zip archive that .docx and .xlsx files are, opened within limits.
//!
//! What an archive says about its sizes may be false, so the limits count what is inflated.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::plan::unreadable::Unreadable;

const MOST_ENTRIES: usize = 500;
const LARGEST_PART: u64 = 20 << 20;
const LARGEST_WHOLE: u64 = 40 << 20;

/// An archive, with how much may still be inflated.
pub struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Container<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Container<'a>, Unreadable> {
        Container::open_within(bytes, LARGEST_WHOLE)
    }

    /// An archive that stands in another, which leaves it so many bytes to inflate.
    pub fn open_within(bytes: &'a [u8], left: u64) -> Result<Container<'a>, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        if archive.len() > MOST_ENTRIES {
            return Err(Unreadable::Swells);
        }
        Ok(Container { archive, left })
    }

    pub fn names(&self) -> impl Iterator<Item = String> {
        self.archive.file_names().filter_map(Result::ok).map(|name| name.into_owned())
    }

    /// The names of the parts that are XML.
    pub fn xml_parts(&self) -> Vec<String> {
        self.names().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")).collect()
    }

    /// How many bytes may still be inflated.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// What an archive within this one has inflated counts too.
    pub fn leave(&mut self, left: u64) {
        self.left = left;
    }

    /// The text of a part; `None` where there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
        String::from_utf8(bytes).map(Some).map_err(|_| Unreadable::Damaged)
    }

    /// The bytes of a part; `None` where there is none of that name.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(_) => return Err(Unreadable::Damaged),
        };
        let most = LARGEST_PART.min(self.left);
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|_| Unreadable::Damaged)?;
        let size = bytes.len() as u64;
        if size > most {
            return Err(Unreadable::Swells);
        }
        self.left -= size;
        Ok(Some(bytes))
    }
}
