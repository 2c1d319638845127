//! PDF: the text of a .pdf file, page by page.
//!
//! The reader is our own. Those that exist inflate without a bound, fall over fonts that only name a Chinese encoding, or
//! put lines in a wrong order; what is wanted of a PDF here is little: characters with their places, and lines.

mod content;
mod encoding;
mod filter;
mod font;
mod path;
mod store;
mod syntax;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use self::content::Page;
use self::font::Fonts;
use self::store::Store;
use self::syntax::{Dictionary, Object, numbers};
use super::layout::{Document, Matrix, Sheet};
use crate::plan::block::Block;
use crate::plan::unreadable::Unreadable;

const MOST_PAGES: usize = 3_000;
const DEEPEST_TREE: usize = 32;
/// A4 in points.
const USUAL_PAGE: [f32; 4] = [0.0, 0.0, 595.0, 842.0];

/// # Errors
/// Where the file is encrypted, damaged, a scan, or exceeds a limit.
pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    // Some programs put a line or two of their own before the file.
    if !bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return Err(Unreadable::NotLayout("pdf"));
    }
    // The parser of character maps is not ours.
    catch_unwind(AssertUnwindSafe(|| document(bytes))).map_err(|_| Unreadable::DamagedLayout)?
}

fn document(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let store = Store::open(bytes)?;
    let catalogue = store.catalogue();
    let hidden_layers = hidden_layers(&store, &catalogue);
    let fonts = Fonts::default();
    let (seen, pages, document) = (HashSet::new(), 0, Document::default());
    let mut reader = Reader { store: &store, hidden_layers, fonts, seen, pages, document };
    if let Some(root) = catalogue.get("Pages") {
        reader.visit(root, &Inherited::default(), 0)?;
    }
    if reader.pages == 0 { Err(Unreadable::DamagedLayout) } else { reader.document.blocks() }
}

/// What pages take over from the branches that they hang on.
#[derive(Clone, Default)]
struct Inherited {
    resources: Rc<Dictionary>,
    /// The corners of the page as it is shown.
    corners: Option<[f32; 4]>,
    is_cropped: bool,
}

struct Reader<'a, 'b> {
    store: &'a Store<'b>,
    hidden_layers: HashSet<u32>,
    fonts: Fonts,
    seen: HashSet<u32>,
    pages: usize,
    document: Document,
}

impl Reader<'_, '_> {
    /// Reads a page, or those that hang on a branch.
    fn visit(&mut self, node: &Object, inherited: &Inherited, depth: usize) -> Result<(), Unreadable> {
        if depth > DEEPEST_TREE || node.reference().is_some_and(|number| !self.seen.insert(number)) {
            return Ok(());
        }
        self.store.charge()?;
        let Some(node) = self.store.resolve(node).dictionary().cloned() else { return Ok(()) };
        let mut inherited = inherited.clone();
        if let Some(resources) = self.store.dictionary_at(&node, "Resources") {
            inherited.resources = Rc::new(resources);
        }
        if let Some(corners) = self.corners(&node, "CropBox") {
            (inherited.corners, inherited.is_cropped) = (Some(corners), true);
        } else if !inherited.is_cropped {
            inherited.corners = self.corners(&node, "MediaBox").or(inherited.corners);
        }
        match self.store.array_at(&node, "Kids") {
            Some(kids) => kids.iter().take(MOST_PAGES + 1).try_for_each(|kid| self.visit(kid, &inherited, depth + 1)),
            None => self.page(&node, &inherited),
        }
    }

    fn corners(&self, node: &Dictionary, name: &str) -> Option<[f32; 4]> {
        let corners = self.store.array_at(node, name).filter(|corners| corners.len() == 4)?;
        numbers(&corners.iter().map(|corner| self.store.resolve(corner)).collect::<Vec<_>>()).try_into().ok()
    }

    fn page(&mut self, page: &Dictionary, inherited: &Inherited) -> Result<(), Unreadable> {
        self.pages += 1;
        if self.pages > MOST_PAGES {
            return Err(Unreadable::TooManyPages(MOST_PAGES));
        }
        let [x0, y0, x1, y1] = inherited.corners.unwrap_or(USUAL_PAGE);
        let mut sheet = Sheet::new((x1 - x0).abs(), (y1 - y0).abs());
        let matrix = Matrix([1.0, 0.0, 0.0, -1.0, -x0.min(x1), y0.max(y1)]);
        let content = content(self.store, page)?;
        let (store, fonts, hidden_layers) = (self.store, &mut self.fonts, &self.hidden_layers);
        Page { store, fonts, hidden_layers, sheet: &mut sheet }.run(&content, &inherited.resources, matrix)?;
        self.document.add(sheet)
    }
}

/// The content of a page, whose parts are one.
fn content(store: &Store, page: &Dictionary) -> Result<Vec<u8>, Unreadable> {
    let mut whole = Vec::new();
    let mut take = |object: &Object| -> Result<(), Unreadable> {
        if let Some(number) = object.reference()
            && let Some((_, part)) = store.stream(number)?
        {
            whole.extend(part);
            whole.push(b'\n');
        }
        Ok(())
    };
    match store.at(page, "Contents") {
        Some(Object::Array(parts)) => parts.iter().try_for_each(&mut take)?,
        _ => page.get("Contents").map_or(Ok(()), &mut take)?,
    }
    Ok(whole)
}

/// The layers that are switched off where the file is opened.
fn hidden_layers(store: &Store, catalogue: &Dictionary) -> HashSet<u32> {
    let layers = store.dictionary_at(catalogue, "OCProperties");
    let usual = layers.and_then(|layers| store.dictionary_at(&layers, "D"));
    let off = usual.and_then(|usual| store.array_at(&usual, "OFF")).unwrap_or_default();
    off.iter().filter_map(Object::reference).collect()
}
