//! 解码: the bytes that a stream stands for, inflated within a bound.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::syntax::is_space;
use crate::plan::unreadable::Unreadable;

const LARGEST: usize = 20 << 20;

/// How much may still be inflated.
pub struct Budget {
    left: usize,
}

impl Budget {
    pub fn new(bytes: usize) -> Budget {
        Budget { left: bytes }
    }

    /// # Errors
    /// Where more has been asked for than the whole file may take.
    pub fn take(&mut self, bytes: usize) -> Result<(), Unreadable> {
        self.left = self.left.checked_sub(bytes).ok_or(Unreadable::Swells)?;
        Ok(())
    }
}

/// Undoes the filters, first to last; `None` where one is not known: images have others.
///
/// # Errors
/// Where the bytes swell beyond the bounds.
pub fn decode(raw: &[u8], filters: &[Vec<u8>], budget: &mut Budget) -> Result<Option<Vec<u8>>, Unreadable> {
    budget.take(raw.len().min(LARGEST))?;
    let mut bytes = raw.to_vec();
    for filter in filters {
        bytes = match filter.as_slice() {
            b"FlateDecode" | b"Fl" => inflate(&bytes, budget.left)?,
            b"ASCII85Decode" | b"A85" => base_85(&bytes),
            b"ASCIIHexDecode" | b"AHx" => base_16(&bytes),
            _ => return Ok(None),
        };
        budget.take(bytes.len())?;
    }
    Ok(Some(bytes))
}

/// A damaged stream gives what comes before the damage.
fn inflate(bytes: &[u8], left: usize) -> Result<Vec<u8>, Unreadable> {
    let most = LARGEST.min(left);
    let mut inflated = Vec::new();
    let _ = ZlibDecoder::new(bytes).take(most as u64 + 1).read_to_end(&mut inflated);
    if inflated.len() > most { Err(Unreadable::Swells) } else { Ok(inflated) }
}

fn base_85(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let write = |group: &mut Vec<u8>, decoded: &mut Vec<u8>| {
        let length = group.len();
        group.resize(5, 84);
        let value = group.iter().fold(0_u64, |value, digit| value * 85 + u64::from(*digit));
        decoded.extend(&(value as u32).to_be_bytes()[..length - 1]);
        group.clear();
    };
    for byte in bytes.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            b'z' if group.is_empty() => decoded.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => break,
        }
        if group.len() == 5 {
            write(&mut group, &mut decoded);
        }
    }
    if !group.is_empty() {
        write(&mut group, &mut decoded);
    }
    decoded
}

fn base_16(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Budget, decode};

    #[test]
    fn filters_in_turn() {
        let decoded = |raw: &[u8], filters: &[&str]| {
            let filters: Vec<Vec<u8>> = filters.iter().map(|name| name.as_bytes().to_vec()).collect();
            decode(raw, &filters, &mut Budget::new(1 << 20)).unwrap()
        };
        assert_eq!(decoded(b"87cURDZ~>", &["ASCII85Decode"]), Some(b"Hello".to_vec()));
        assert_eq!(decoded(b"38 37 6355 52445A7E>", &["AHx", "A85"]), Some(b"Hello".to_vec()));
        assert_eq!(decoded(b"x", &["DCTDecode"]), None);
        assert_eq!(decoded(b"x", &[]), Some(b"x".to_vec()));
    }
}
