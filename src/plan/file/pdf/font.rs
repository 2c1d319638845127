//! 字体: the characters that a font's codes stand for, and how wide they are.
//!
//! What the file says of Unicode (`ToUnicode`) comes first, then the encodings that all readers know: by bytes for fonts
//! of Latin letters, by the CMaps of Adobe's collections for Chinese ones.

use std::collections::HashMap;
use std::rc::Rc;

use encoding_rs::{GB18030, UTF_16BE};
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};

use super::encoding;
use super::store::Store;
use super::syntax::{Dictionary, Object};
use crate::plan::unreadable::Unreadable;

/// Fonts that have been read, by their object's number, and the maps that they share, by their names.
#[derive(Default)]
pub struct Fonts {
    read: HashMap<u32, Rc<Font>>,
    /// The entries of all of them, as far as they are counted.
    entries: usize,
    maps: HashMap<Vec<u8>, Option<Rc<CMap>>>,
}

pub struct Font {
    coding: Coding,
    to_unicode: Option<CMap>,
    widths: HashMap<u32, f32>,
    usual_width: f32,
}

enum Coding {
    /// A byte a character.
    Bytes(Vec<Option<char>>),
    Composite {
        codes: Rc<CMap>,
        kind: Kind,
        collection: Option<Rc<CMap>>,
    },
}

/// What the codes of a composite font are themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Utf16,
    Gb,
    Other,
}

/// A character that was shown.
pub struct Shown {
    /// `None` where nothing tells which character it is.
    pub text: Option<String>,
    /// In parts of the font's size.
    pub width: f32,
    /// Whether it is the one-byte code 32, which word spacing widens.
    pub is_space: bool,
}

impl Fonts {
    /// The font that a name in a page's resources stands for.
    ///
    /// # Errors
    /// Where its parts swell beyond the limits.
    pub fn read(&mut self, store: &Store, font: &Object) -> Result<Rc<Font>, Unreadable> {
        /// Of all fonts that are kept; some 50 bytes each.
        const MOST_ENTRIES: usize = 400_000;
        let key = font.reference();
        if let Some(font) = key.and_then(|key| self.read.get(&key)) {
            return Ok(font.clone());
        }
        store.charge()?;
        let dictionary = store.resolve(font).dictionary().cloned().unwrap_or_default();
        let (font, entries) = self.font(store, &dictionary)?;
        store.charge_bytes(entries * size_of::<(u32, f32)>())?;
        self.entries += entries;
        if self.entries > MOST_ENTRIES {
            self.read.clear();
            self.entries = entries;
        }
        let font = Rc::new(font);
        self.read.extend(key.map(|key| (key, font.clone())));
        Ok(font)
    }

    /// A font, and about how many entries its maps have.
    fn font(&mut self, store: &Store, font: &Dictionary) -> Result<(Font, usize), Unreadable> {
        /// A map of all characters of a font has 65,536 lines.
        const LARGEST_MAP: usize = 2 << 20;
        const BYTES_OF_ENTRY: usize = 8;
        let told = match font.get("ToUnicode") {
            Some(Object::Reference(number)) => store.stream(*number)?.map(|(_, bytes)| bytes),
            _ => None,
        };
        let told = told.filter(|bytes| bytes.len() <= LARGEST_MAP).unwrap_or_default();
        let to_unicode = CMap::parse(&told, |_| None);
        let descendants = store.array_at(font, "DescendantFonts").unwrap_or_default();
        let font = match descendants.first().map(|descendant| store.resolve(descendant)) {
            Some(Object::Dictionary(descendant)) => self.composite(store, font, &descendant, to_unicode)?,
            _ => Font::simple(store, font, to_unicode),
        };
        let entries = 256 + font.widths.len() + told.len() / BYTES_OF_ENTRY;
        Ok((font, entries))
    }

    fn composite(
        &mut self,
        store: &Store,
        font: &Dictionary,
        descendant: &Dictionary,
        to_unicode: Option<CMap>,
    ) -> Result<Font, Unreadable> {
        let encoding = font.get("Encoding");
        let own = match encoding {
            Some(Object::Reference(number)) => store.stream(*number)?.map(|(_, bytes)| bytes),
            _ => None,
        };
        let name = encoding.map(|encoding| store.resolve(encoding)).and_then(|name| name.name().map(<[u8]>::to_vec));
        let (codes, kind) = match (own, name) {
            (Some(own), _) => (CMap::parse(&own, |_| None).map(Rc::new), Kind::Other),
            (None, Some(name)) => (self.predefined(CMapName::from_bytes(&name)), Kind::of(&name)),
            (None, None) => (None, Kind::Other),
        };
        let system = store.dictionary_at(descendant, "CIDSystemInfo").unwrap_or_default();
        let part = |name: &str| store.at(&system, name).and_then(|part| part.text().map(<[u8]>::to_vec));
        let (registry, ordering) = (part("Registry").unwrap_or_default(), part("Ordering").unwrap_or_default());
        let collection = CidFamily::from_registry_ordering(&registry, &ordering).ucs2_cmap();
        let collection = collection.and_then(|name| self.predefined(name));
        let usual_width = descendant.get("DW").and_then(Object::number).unwrap_or(1000.0) as f32 / 1000.0;
        let codes = codes.unwrap_or_else(|| Rc::new(CMap::identity_h()));
        let widths = widths(&store.array_at(descendant, "W").unwrap_or_default());
        Ok(Font { coding: Coding::Composite { codes, kind, collection }, to_unicode, widths, usual_width })
    }

    /// A map that all readers know.
    fn predefined(&mut self, name: CMapName) -> Option<Rc<CMap>> {
        // What no reader knows is not kept: files may name anything.
        let bytes = load_embedded(name)?;
        let read = || CMap::parse(bytes, load_embedded).map(Rc::new);
        self.maps.entry(name.to_bytes().to_vec()).or_insert_with(read).clone()
    }
}

impl Font {
    fn simple(store: &Store, font: &Dictionary, to_unicode: Option<CMap>) -> Font {
        const USUAL: f32 = 0.5;
        // Fonts that are drawn by the file itself have a scale of their own.
        let scale = store.array_at(font, "FontMatrix").and_then(|matrix| matrix.first()?.number());
        let scale = scale.map_or(0.001, |scale| scale as f32);
        let first = font.get("FirstChar").and_then(Object::integer).unwrap_or_default();
        let widths = store.array_at(font, "Widths").unwrap_or_default();
        let numbers = widths.iter().take(256).map(|width| store.resolve(width).number().unwrap_or_default() as f32);
        Font {
            coding: Coding::Bytes(encoding::of_bytes(store, font)),
            to_unicode,
            widths: (first.min(255)..).zip(numbers.map(|width| width * scale)).collect(),
            usual_width: USUAL,
        }
    }

    /// Hands on each character of a string that the font shows.
    pub fn show(&self, string: &[u8], mut take: impl FnMut(Shown)) {
        match &self.coding {
            Coding::Bytes(characters) => {
                for byte in string {
                    let known = || characters[usize::from(*byte)].map(String::from);
                    let text = self.unicode(u32::from(*byte)).or_else(known);
                    take(Shown { text, width: self.width(u32::from(*byte)), is_space: *byte == b' ' });
                }
            }
            Coding::Composite { codes, kind, collection } => {
                let mut rest = string;
                while !rest.is_empty() {
                    let (code, length, cid) = next_code(codes, rest);
                    let (bytes, after) = rest.split_at(length);
                    rest = after;
                    let of_collection = || collection.as_ref().and_then(|map| told(map.lookup_bf_string(cid)?));
                    let text = self.unicode(code).or_else(|| kind.decode(bytes)).or_else(of_collection);
                    take(Shown { text, width: self.width(cid), is_space: length == 1 && code == 32 });
                }
            }
        }
    }

    fn unicode(&self, code: u32) -> Option<String> {
        told(self.to_unicode.as_ref()?.lookup_bf_string(code)?)
    }

    fn width(&self, code: u32) -> f32 {
        self.widths.get(&code).copied().unwrap_or(self.usual_width)
    }
}

impl Kind {
    fn of(name: &[u8]) -> Kind {
        match name {
            _ if name.starts_with(b"Uni") => Kind::Utf16,
            _ if name.starts_with(b"GB") => Kind::Gb,
            _ => Kind::Other,
        }
    }

    fn decode(self, bytes: &[u8]) -> Option<String> {
        let encoding = match self {
            Kind::Utf16 => UTF_16BE,
            Kind::Gb => GB18030,
            Kind::Other => return None,
        };
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        is_text(&text).then(|| text.into_owned())
    }
}

/// What a CMap says, where it is text: some map what they do not know to zero or to a private code.
fn told(found: BfString) -> Option<String> {
    let text = match found {
        BfString::Char(character) => character.to_string(),
        BfString::String(text) => text,
    };
    is_text(&text).then_some(text)
}

fn is_text(text: &str) -> bool {
    let is_known = |character: char| {
        let is_private = ('\u{e000}'..='\u{f8ff}').contains(&character) || character >= '\u{f0000}';
        !is_private && character != '\u{fffd}' && (!character.is_control() || character.is_whitespace())
    };
    !text.is_empty() && text.chars().all(is_known)
}

/// The next code, how many bytes it takes, and the character of the collection that it stands for.
fn next_code(codes: &CMap, bytes: &[u8]) -> (u32, usize, u32) {
    let mut code = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        code = code << 8 | u32::from(*byte);
        if let Some(cid) = codes.lookup_cid_code(code, index as u8 + 1) {
            return (code, index + 1, cid);
        }
    }
    let length = bytes.len().min(2);
    let code = bytes[..length].iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
    (code, length, 0)
}

/// `[10 [500 600] 20 30 1000]`: from 10 on one after another, from 20 to 30 all the same.
fn widths(array: &[Object]) -> HashMap<u32, f32> {
    const HIGHEST: u32 = 0xffff;
    const MOST: usize = 200_000;
    let mut widths = HashMap::new();
    let mut told = 0;
    let mut rest = array;
    while let [first, second, after @ ..] = rest {
        let from = first.integer().unwrap_or_default().min(HIGHEST);
        let width = |object: &Object| object.number().unwrap_or_default() as f32 / 1000.0;
        match (second, after) {
            (Object::Array(each), _) => {
                widths.extend((from..=HIGHEST).zip(each.iter().map(width)));
                told += each.len();
                rest = after;
            }
            (last, [same, after @ ..]) => {
                let to = last.integer().unwrap_or_default().min(HIGHEST);
                widths.extend((from..=to).map(|code| (code, width(same))));
                told += to.saturating_sub(from) as usize;
                rest = after;
            }
            _ => break,
        }
        if told > MOST {
            break;
        }
    }
    widths
}
