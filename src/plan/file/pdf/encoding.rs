//! 编码: the characters that fonts of one byte a character stand for, and the names that glyphs go by.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::store::Store;
use super::syntax::{Dictionary, Object};

/// Glyphs that plans may have, by the names of the Adobe Glyph List. Letters are named by themselves.
const NAMES: [(&str, char); 66] = [
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("endash", '–'),
    ("emdash", '—'),
    ("ellipsis", '…'),
    ("bullet", '•'),
    ("periodcentered", '·'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("degree", '°'),
    ("section", '§'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("plusminus", '±'),
    ("permille", '‰'),
    ("perthousand", '‰'),
    ("lessequal", '≤'),
    ("greaterequal", '≥'),
    ("nbspace", ' '),
    ("star", '★'),
];

/// The character of each byte, as a font's dictionary tells it.
pub fn of_bytes(store: &Store, font: &Dictionary) -> Vec<Option<char>> {
    let encoding = store.at(font, "Encoding");
    let base = match &encoding {
        Some(Object::Name(name)) => Some(name.clone()),
        Some(Object::Dictionary(encoding)) => encoding.get("BaseEncoding").and_then(Object::name).map(<[u8]>::to_vec),
        _ => None,
    };
    let table = if base.as_deref() == Some(b"MacRomanEncoding") { MACINTOSH } else { WINDOWS_1252 };
    let of_byte = |byte: u8| table.decode_without_bom_handling(&[byte]).0.chars().next();
    let mut characters: Vec<Option<char>> =
        (0..=u8::MAX).map(|byte| of_byte(byte).filter(|character| !character.is_control())).collect();
    let differences = encoding.as_ref().and_then(Object::dictionary);
    let differences = differences.and_then(|encoding| store.array_at(encoding, "Differences")).unwrap_or_default();
    let mut code = 0;
    for item in &differences {
        match item {
            Object::Number(_) => code = item.integer().unwrap_or_default() as usize,
            Object::Name(name) => {
                if let Some(character) = characters.get_mut(code) {
                    *character = named(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    characters
}

/// The character that a glyph's name stands for: `parenleft`, `A`, `uni4E00`, `u20000`.
fn named(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    let name = name.split_once('.').filter(|(bare, _)| !bare.is_empty()).map_or(name, |(bare, _)| bare);
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Some(only);
    }
    let hexadecimal = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    let by_number = hexadecimal.filter(|digits| (4..=6).contains(&digits.len()));
    by_number
        .and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?))
        .or_else(|| NAMES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn names_of_glyphs() {
        let cases = [
            ("parenleft", Some('(')),
            ("A", Some('A')),
            ("uni4E00", Some('一')),
            ("one.tnum", Some('1')),
            ("g17", None),
        ];
        for (name, expected) in cases {
            assert_eq!(named(name.as_bytes()), expected, "{name}");
        }
    }
}
