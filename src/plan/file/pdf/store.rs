//! 对象: the numbered objects of a PDF file.
//!
//! They are found by going through the whole file and never by its tables, which are often wrong: the last object of a
//! number counts, as each later revision of a file stands behind the earlier ones.

use std::cell::RefCell;
use std::collections::HashMap;

use super::filter;
use super::filter::Budget;
use super::syntax::{Dictionary, Lexer, Object, is_space};
use crate::plan::unreadable::Unreadable;

const MOST_OBJECTS: usize = 500_000;
/// Everything that is inflated, the parts that are asked for several times counted each time.
const LARGEST_WHOLE: usize = 48 << 20;
/// What looking at an object counts for, however small it is.
const COST_OF_OBJECT: usize = 2_000;

#[derive(Clone, Copy)]
enum Place {
    /// Where in the file.
    File(usize),
    /// Where in which of the object streams.
    Packed(usize, usize),
}

pub struct Store<'a> {
    bytes: &'a [u8],
    places: HashMap<u32, Place>,
    packed: Vec<Vec<u8>>,
    root: Option<Object>,
    encrypted: bool,
    budget: RefCell<Budget>,
}

impl<'a> Store<'a> {
    /// # Errors
    /// Where the file is encrypted, has no catalogue, or exceeds a limit.
    pub fn open(bytes: &'a [u8]) -> Result<Store<'a>, Unreadable> {
        let budget = RefCell::new(Budget::new(LARGEST_WHOLE));
        let (places, packed) = (HashMap::new(), Vec::new());
        let mut store = Store { bytes, places, packed, root: None, encrypted: false, budget };
        store.find_trailers();
        if !store.encrypted {
            store.find_objects()?;
        }
        if store.encrypted {
            Err(Unreadable::Encrypted)
        } else if store.root.is_none() {
            Err(Unreadable::DamagedLayout)
        } else {
            Ok(store)
        }
    }

    /// The dictionary that everything hangs on.
    pub fn catalogue(&self) -> Dictionary {
        self.root.as_ref().and_then(|root| self.resolve(root).dictionary().cloned()).unwrap_or_default()
    }

    /// What a reference leads to; other objects are themselves.
    pub fn resolve(&self, object: &Object) -> Object {
        const LONGEST_CHAIN: usize = 8;
        let mut found = object.clone();
        for _ in 0..LONGEST_CHAIN {
            let Object::Reference(number) = found else { return found };
            found = self.object(number).unwrap_or(Object::Word(b"null".to_vec()));
        }
        found
    }

    /// What stands at a name of a dictionary, references followed.
    pub fn at(&self, dictionary: &Dictionary, name: &str) -> Option<Object> {
        dictionary.get(name).map(|object| self.resolve(object))
    }

    pub fn dictionary_at(&self, dictionary: &Dictionary, name: &str) -> Option<Dictionary> {
        self.at(dictionary, name)?.dictionary().cloned()
    }

    pub fn array_at(&self, dictionary: &Dictionary, name: &str) -> Option<Vec<Object>> {
        self.at(dictionary, name)?.array().map(<[Object]>::to_vec)
    }

    fn object(&self, number: u32) -> Option<Object> {
        match *self.places.get(&number)? {
            Place::File(at) => Lexer::of_file(self.bytes, at).object(),
            Place::Packed(stream, at) => Lexer::of_file(&self.packed[stream], at).object(),
        }
    }

    /// Counts an object that is looked up.
    ///
    /// # Errors
    /// Where too many have been.
    pub fn charge(&self) -> Result<(), Unreadable> {
        self.charge_bytes(COST_OF_OBJECT)
    }

    /// Counts what is made of the file, in bytes.
    ///
    /// # Errors
    /// Where it is too much.
    pub fn charge_bytes(&self, bytes: usize) -> Result<(), Unreadable> {
        self.budget.borrow_mut().take(bytes)
    }

    /// The dictionary of a stream and its bytes, decoded; `None` where it is no stream or an image.
    ///
    /// # Errors
    /// Where it swells beyond the limits.
    pub fn stream(&self, number: u32) -> Result<Option<(Dictionary, Vec<u8>)>, Unreadable> {
        self.charge()?;
        let Some(Place::File(at)) = self.places.get(&number) else { return Ok(None) };
        let mut lexer = Lexer::of_file(self.bytes, *at);
        let Some(Object::Dictionary(dictionary)) = lexer.object() else { return Ok(None) };
        let Some((from, to)) = self.extent(&dictionary, &mut lexer) else { return Ok(None) };
        let decoded = self.decoded(&dictionary, from, to)?;
        Ok(decoded.map(|bytes| (dictionary, bytes)))
    }

    fn decoded(&self, dictionary: &Dictionary, from: usize, to: usize) -> Result<Option<Vec<u8>>, Unreadable> {
        let filters = match self.at(dictionary, "Filter") {
            Some(Object::Name(name)) => vec![name],
            Some(Object::Array(names)) => {
                names.iter().filter_map(|name| self.resolve(name).name().map(<[u8]>::to_vec)).collect()
            }
            _ => Vec::new(),
        };
        filter::decode(&self.bytes[from..to], &filters, &mut self.budget.borrow_mut())
    }

    /// From where to where the bytes of a stream go whose dictionary has just been read.
    fn extent(&self, dictionary: &Dictionary, lexer: &mut Lexer) -> Option<(usize, usize)> {
        lexer.skip_space();
        if !lexer.takes("stream") {
            return None;
        }
        lexer.takes("\r");
        lexer.takes("\n");
        let from = lexer.at;
        let told = dictionary.get("Length").map(|length| self.resolve(length)).and_then(|length| length.integer());
        let told = told.map(|length| from.saturating_add(length as usize)).filter(|end| {
            let rest = self.bytes.get(*end..).unwrap_or_default();
            let space = rest.iter().take_while(|byte| is_space(**byte)).count();
            rest[space..].starts_with(b"endstream")
        });
        let to = told.or_else(|| find(self.bytes, b"endstream", from)).unwrap_or(self.bytes.len());
        Some((from, to))
    }

    fn find_trailers(&mut self) {
        let mut at = 0;
        while let Some(found) = find(self.bytes, b"trailer", at) {
            let mut lexer = Lexer::of_file(self.bytes, found + b"trailer".len());
            if let Some(Object::Dictionary(trailer)) = lexer.object() {
                self.note_trailer(&trailer);
            }
            // No byte is looked at twice, whatever the trailers hold.
            at = lexer.at;
        }
    }

    fn note_trailer(&mut self, trailer: &Dictionary) {
        if let Some(root) = trailer.get("Root") {
            self.root = Some(root.clone());
        }
        self.encrypted |= trailer.get("Encrypt").is_some_and(|encrypt| !encrypt.is_word("null"));
    }

    fn find_objects(&mut self) -> Result<(), Unreadable> {
        let mut catalogue = None;
        let mut at = 0;
        // An object that never ends may be read to the end of the file, but not for every object of it.
        let mut unread = self.bytes.len() * 2;
        while let Some(found) = find(self.bytes, b"obj", at) {
            at = found + b"obj".len();
            let Some(number) = number_before(&self.bytes[..found]) else { continue };
            if self.places.len() >= MOST_OBJECTS {
                return Err(Unreadable::Swells);
            }
            let mut lexer = Lexer::of_file(self.bytes, at);
            let object = lexer.object();
            match object {
                Some(_) => self.places.insert(number, Place::File(at)),
                None => None,
            };
            unread = unread.checked_sub(lexer.at - at).ok_or(Unreadable::DamagedLayout)?;
            let Some(object) = object else { continue };
            at = lexer.at;
            let Object::Dictionary(dictionary) = object else { continue };
            if dictionary.is_of_type("Catalog") {
                catalogue = Some(Object::Reference(number));
            }
            if let Some((from, to)) = self.extent(&dictionary, &mut lexer) {
                at = to;
                if dictionary.is_of_type("XRef") {
                    self.note_trailer(&dictionary);
                } else if dictionary.is_of_type("ObjStm") && !self.encrypted {
                    self.unpack(&dictionary, from, to)?;
                }
            }
        }
        let root = self.root.take().filter(|root| self.resolve(root).dictionary().is_some());
        self.root = root.or(catalogue);
        Ok(())
    }

    /// Notes the objects that a stream of objects holds: it begins with their numbers and places.
    fn unpack(&mut self, dictionary: &Dictionary, from: usize, to: usize) -> Result<(), Unreadable> {
        let Some(bytes) = self.decoded(dictionary, from, to)? else { return Ok(()) };
        let first = dictionary.get("First").and_then(Object::integer).unwrap_or_default() as usize;
        let count = dictionary.get("N").and_then(Object::integer).unwrap_or_default() as usize;
        let mut lexer = Lexer::of_content(&bytes);
        for _ in 0..count.min(MOST_OBJECTS) {
            let number = lexer.object().and_then(|number| number.integer());
            let place = lexer.object().and_then(|place| place.integer());
            let Some((number, place)) = number.zip(place) else { break };
            self.places.insert(number, Place::Packed(self.packed.len(), first.saturating_add(place as usize)));
        }
        self.packed.push(bytes);
        if self.places.len() > MOST_OBJECTS { Err(Unreadable::Swells) } else { Ok(()) }
    }
}

/// The number of the object whose `obj` follows: `12 0 obj`.
fn number_before(before: &[u8]) -> Option<u32> {
    let (before, _) = split_word(before)?;
    let (_, number) = split_word(before)?;
    number
}

/// The last word, which must be a number, and what stands before it.
fn split_word(bytes: &[u8]) -> Option<(&[u8], Option<u32>)> {
    const LONGEST: usize = 10;
    let space = bytes.iter().rev().take_while(|byte| is_space(**byte)).take(LONGEST).count();
    let bytes = &bytes[..bytes.len() - space];
    let length = bytes.iter().rev().take(LONGEST).take_while(|byte| byte.is_ascii_digit()).count();
    let (before, word) = bytes.split_at(bytes.len() - length);
    let number = std::str::from_utf8(word).ok()?.parse().ok()?;
    Some((before, Some(number)))
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
}
