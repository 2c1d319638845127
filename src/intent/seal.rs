//! The check inside a button's data: it ties the button to the chat for which it was drawn. A button that was copied into
//! another chat, or that nobody drew, is known by it without a look at what was sent.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Stands between the data and its check.
const MARK: char = '~';
/// The characters of a check, six bits each.
const LENGTH: usize = 8;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Telegram takes 64 bytes; the check needs nine of them.
pub const LONGEST_DATA: usize = 64 - 1 - LENGTH;

/// The key behind the checks. It has no `Debug`, because whoever knows it can draw buttons.
#[derive(Clone)]
pub struct Seal([u8; 32]);

impl Seal {
    pub fn new(key: [u8; 32]) -> Seal {
        Seal(key)
    }

    /// The data with its check, for a chat by Telegram's id.
    pub fn close(&self, chat: i64, data: &str) -> String {
        format!("{data}{MARK}{}", self.check(chat, data))
    }

    /// The data without its check; `None` where that is of another chat, or none at all.
    pub fn open<'a>(&self, chat: i64, sealed: &'a str) -> Option<&'a str> {
        let (data, check) = sealed.rsplit_once(MARK)?;
        (self.check(chat, data) == check).then_some(data)
    }

    fn check(&self, chat: i64, data: &str) -> String {
        let mut signed = Hmac::<Sha256>::new_from_slice(&self.0).expect("an HMAC takes keys of any length");
        signed.update(format!("button in {chat}: {data}").as_bytes());
        let signature = signed.finalize().into_bytes();
        let bits = signature.iter().take(LENGTH * 6 / 8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let letter = |place: usize| char::from(ALPHABET[(bits >> (6 * place)) as usize % ALPHABET.len()]);
        (0..LENGTH).rev().map(letter).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_opens_only_where_it_was_drawn() {
        let (seal, another) = (Seal::new([7; 32]), Seal::new([8; 32]));
        let sealed = seal.close(-500, "v1:undo:7");
        assert_eq!(sealed.len(), "v1:undo:7".len() + 64 - LONGEST_DATA);
        assert_eq!(seal.open(-500, &sealed), Some("v1:undo:7"));
        assert_eq!(seal.close(-500, "v1:undo:7"), sealed, "a copy is as valid as its twin");
        assert_eq!(seal.open(-501, &sealed), None);
        assert_eq!(another.open(-500, &sealed), None);
        assert_eq!(seal.open(-500, &sealed.replace("undo:7", "undo:8")), None);
        for forged in ["", "v1:undo:7", "v1:undo:7~", "v1:undo:7~AAAAAAAA", "~", "v1:undo:7~~"] {
            assert_eq!(seal.open(-500, forged), None, "{forged}");
        }
        // The data may have any characters.
        let sealed = seal.close(-500, "v1:set:work_days=周一~周五");
        assert_eq!(seal.open(-500, &sealed), Some("v1:set:work_days=周一~周五"));
    }

    #[test]
    fn every_bit_of_the_check_counts() {
        let seal = Seal::new([7; 32]);
        let checks: std::collections::BTreeSet<String> = (0..1_000).map(|chat| seal.check(chat, "")).collect();
        assert_eq!(checks.len(), 1_000);
        let letters: std::collections::BTreeSet<char> = checks.iter().flat_map(|check| check.chars()).collect();
        assert_eq!(letters.len(), ALPHABET.len());
        assert!(checks.iter().all(|check| check.len() == LENGTH));
    }
}
