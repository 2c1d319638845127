//! 页面内容: runs the operators of a page's content and puts what they show on a sheet.

use std::collections::HashSet;
use std::rc::Rc;

use super::font::{Font, Fonts};
use super::path::Path;
use super::store::Store;
use super::syntax::{Dictionary, Lexer, Object, numbers};
use crate::plan::file::layout::{Glyph, Matrix, Sheet};
use crate::plan::unreadable::Unreadable;

/// Forms within forms.
const DEEPEST: usize = 12;
const MOST_STATES: usize = 512;
/// Operands before an operator.
const MOST_OPERANDS: usize = 64;
/// Text that is shown this way takes up its room and is not seen: the words below a scanned picture.
const INVISIBLE: u32 = 3;

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    mode: u32,
}

/// What the names in a content stream stand for.
struct Resources {
    fonts: Dictionary,
    forms: Dictionary,
    /// The names of layers that are switched off.
    hidden: HashSet<Vec<u8>>,
}

pub struct Page<'a, 'b> {
    pub store: &'a Store<'b>,
    pub fonts: &'a mut Fonts,
    /// The numbers of the layers that are switched off.
    pub hidden_layers: &'a HashSet<u32>,
    pub sheet: &'a mut Sheet,
}

impl Page<'_, '_> {
    /// Runs content; `matrix` leads to points from the upper left corner of the page.
    ///
    /// # Errors
    /// Where the content swells beyond the limits.
    pub fn run(&mut self, content: &[u8], resources: &Dictionary, matrix: Matrix) -> Result<(), Unreadable> {
        let state = State {
            matrix,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        self.run_within(content, resources, state, 0)
    }

    fn run_within(
        &mut self,
        content: &[u8],
        resources: &Dictionary,
        state: State,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let resources = self.resources(resources);
        let mut run = Run::new(state);
        let mut lexer = Lexer::of_content(content);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(object) = lexer.object() {
            let Object::Word(word) = object else {
                if operands.len() < MOST_OPERANDS {
                    operands.push(object);
                }
                continue;
            };
            match word.as_slice() {
                b"Tf" => self.select_font(&mut run.state, &resources, &operands)?,
                b"Do" => self.draw_form(&run, &resources, &operands, depth)?,
                b"BI" => {
                    self.sheet.pictures += 1;
                    skip_picture(content, &mut lexer);
                }
                b"BMC" | b"BDC" => run.begin_marked(&operands, &resources.hidden),
                b"EMC" => run.end_marked(),
                b"Tj" | b"'" | b"\"" | b"TJ" => {
                    run.next_line_before(&word, &operands);
                    run.show(operands.last(), self.sheet);
                }
                _ if run.path.take(&word, &operands, run.state.matrix, self.sheet) => {}
                _ => run.set(&word, &operands),
            }
            operands.clear();
        }
        Ok(())
    }

    fn resources(&self, resources: &Dictionary) -> Resources {
        let part = |name: &str| self.store.dictionary_at(resources, name).unwrap_or_default();
        let properties = part("Properties");
        let hidden = properties.entries().filter(|(_, layer)| self.is_hidden(layer)).map(|(name, _)| name.to_vec());
        Resources { fonts: part("Font"), forms: part("XObject"), hidden: hidden.collect() }
    }

    fn is_hidden(&self, layer: &Object) -> bool {
        layer.reference().is_some_and(|number| self.hidden_layers.contains(&number))
    }

    fn select_font(&mut self, state: &mut State, resources: &Resources, operands: &[Object]) -> Result<(), Unreadable> {
        let [Object::Name(name), Object::Number(size)] = operands else { return Ok(()) };
        state.size = *size as f32;
        state.font = match resources.fonts.find(name) {
            Some(font) => Some(self.fonts.read(self.store, font)?),
            None => None,
        };
        Ok(())
    }

    /// Draws what stands in an object of its own: more content, or a picture.
    fn draw_form(
        &mut self,
        run: &Run,
        resources: &Resources,
        operands: &[Object],
        depth: usize,
    ) -> Result<(), Unreadable> {
        self.store.charge()?;
        let found = operands.first().and_then(Object::name).and_then(|name| resources.forms.find(name));
        let Some(number) = found.and_then(Object::reference) else { return Ok(()) };
        let form = self.store.resolve(&Object::Reference(number)).dictionary().cloned().unwrap_or_default();
        if run.is_hidden() || form.get("OC").is_some_and(|layer| self.is_hidden(layer)) {
            return Ok(());
        }
        if form.get("Subtype").and_then(Object::name) == Some(b"Image") {
            self.sheet.pictures += 1;
            return Ok(());
        }
        let Some((form, content)) = self.store.stream(number)?.filter(|_| depth < DEEPEST) else { return Ok(()) };
        let matrix: Vec<f32> = numbers(&self.store.array_at(&form, "Matrix").unwrap_or_default());
        let matrix = Matrix::of(&matrix).unwrap_or(Matrix::IDENTITY);
        let own = self.store.dictionary_at(&form, "Resources").unwrap_or_else(|| resources.as_dictionary());
        let state = State { matrix: matrix.then(run.state.matrix), ..run.state.clone() };
        self.run_within(&content, &own, state, depth + 1)
    }
}

impl Resources {
    /// Forms of old programs use the names of the page.
    fn as_dictionary(&self) -> Dictionary {
        Dictionary::of([("Font", self.fonts.clone()), ("XObject", self.forms.clone())])
    }
}

/// Content that is being run.
struct Run {
    state: State,
    saved: Vec<State>,
    path: Path,
    /// Where the next character goes, and where the line began.
    place: Matrix,
    line: Matrix,
    /// Of each open piece of marked content, whether it is shown.
    marked: Vec<bool>,
}

impl Run {
    fn new(state: State) -> Run {
        let (place, line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        Run { state, saved: Vec::new(), path: Path::default(), place, line, marked: Vec::new() }
    }

    fn is_hidden(&self) -> bool {
        self.marked.contains(&false)
    }

    /// Layers that are switched off are not shown; neither is what the program itself calls a running head or foot.
    fn begin_marked(&mut self, operands: &[Object], hidden: &HashSet<Vec<u8>>) {
        let shown = match operands {
            [Object::Name(tag), Object::Name(layer)] if tag == b"OC" => !hidden.contains(layer),
            [Object::Name(tag), Object::Dictionary(about)] if tag == b"Artifact" => !about.is_of_type("Pagination"),
            _ => true,
        };
        if self.marked.len() < MOST_STATES {
            self.marked.push(shown);
        }
    }

    fn end_marked(&mut self) {
        self.marked.pop();
    }

    /// The operators of state and place.
    fn set(&mut self, word: &[u8], operands: &[Object]) {
        let values = numbers(operands);
        let state = &mut self.state;
        match (word, values.as_slice()) {
            (b"q", _) if self.saved.len() < MOST_STATES => self.saved.push(state.clone()),
            (b"Q", _) => self.state = self.saved.pop().unwrap_or_else(|| state.clone()),
            (b"cm", matrix) => {
                state.matrix = Matrix::of(matrix).unwrap_or(Matrix::IDENTITY).then(state.matrix);
            }
            (b"BT", _) => (self.place, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            (b"Tc", [value]) => state.letter_space = *value,
            (b"Tw", [value]) => state.word_space = *value,
            (b"Tz", [value]) => state.stretch = value / 100.0,
            (b"TL", [value]) => state.leading = *value,
            (b"Ts", [value]) => state.rise = *value,
            (b"Tr", [value]) => state.mode = *value as u32,
            (b"Td", [x, y]) => self.move_line(*x, *y),
            (b"TD", [x, y]) => {
                state.leading = -y;
                self.move_line(*x, *y);
            }
            (b"Tm", matrix) => {
                self.line = Matrix::of(matrix).unwrap_or(self.line);
                self.place = self.line;
            }
            (b"T*", _) => self.move_line(0.0, -self.state.leading),
            _ => {}
        }
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.place = self.line;
    }

    /// `'` and `"` begin a new line; the latter sets spaces too.
    fn next_line_before(&mut self, word: &[u8], operands: &[Object]) {
        if let (b"\"", [words, letters, _]) = (word, operands) {
            self.state.word_space = words.number().unwrap_or_default() as f32;
            self.state.letter_space = letters.number().unwrap_or_default() as f32;
        }
        if matches!(word, b"'" | b"\"") {
            self.move_line(0.0, -self.state.leading);
        }
    }

    /// Shows a string, or strings with moves between them.
    fn show(&mut self, shown: Option<&Object>, sheet: &mut Sheet) {
        match shown {
            Some(Object::Text(string)) => self.show_string(string, sheet),
            Some(Object::Array(parts)) => {
                for part in parts {
                    match part {
                        Object::Text(string) => self.show_string(string, sheet),
                        Object::Number(back) => {
                            self.advance(-(*back as f32) / 1000.0 * self.state.size * self.state.stretch);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn advance(&mut self, along: f32) {
        self.place = Matrix::moved(along, 0.0).then(self.place);
    }

    fn show_string(&mut self, string: &[u8], sheet: &mut Sheet) {
        let Some(font) = self.state.font.clone() else { return };
        let visible = self.state.mode != INVISIBLE && !self.is_hidden();
        font.show(string, |shown| {
            let State { size, stretch, rise, letter_space, word_space, matrix, .. } = self.state;
            let whole = Matrix([size * stretch, 0.0, 0.0, size, 0.0, rise]).then(self.place).then(matrix);
            if visible {
                put(sheet, shown.text.as_deref(), whole, shown.width);
            }
            let spaces = letter_space + if shown.is_space { word_space } else { 0.0 };
            self.advance((shown.width * size + spaces) * stretch);
        });
    }
}

/// Puts a character, or several that share a glyph, on the sheet. Where nothing tells which one it is, its room stays.
fn put(sheet: &mut Sheet, text: Option<&str>, place: Matrix, width: f32) {
    sheet.unknown += usize::from(text.is_none());
    let text = text.unwrap_or("\u{fffd}");
    let each = width / text.chars().count().max(1) as f32;
    for (index, character) in text.chars().enumerate() {
        let (x, y) = place.point(each * index as f32, 0.0);
        let glyph = Glyph { character, x, y, width: each * place.along(), size: place.across() };
        sheet.put(glyph, place.direction());
    }
}

/// Passes over a picture within the content: from `BI` over its bytes to `EI`.
fn skip_picture(content: &[u8], lexer: &mut Lexer) {
    let is_space = |at: usize| content.get(at).is_none_or(|byte| super::syntax::is_space(*byte));
    let ends = |at: &usize| content[*at..].starts_with(b"EI") && is_space(at - 1) && is_space(at + 2);
    let end = (lexer.at + 1..content.len().saturating_sub(1)).find(ends);
    lexer.at = end.map_or(content.len(), |end| end + 2);
}
