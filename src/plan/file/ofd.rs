//! OFD: the text of an .ofd file (GB/T 33190—2016), page by page.
//!
//! It is an archive of XML: OFD.xml names the documents, each of these its pages, and pages may stand on templates. All
//! lengths are millimetres, from the upper left corner.

use std::collections::HashMap;

use super::container::Container;
use super::layout::{Document, Glyph, Matrix, Sheet};
use super::xml::{Element, Piece, Xml};
use crate::plan::block::Block;
use crate::plan::unreadable::Unreadable;

const MOST_PAGES: usize = 3_000;
/// Templates are read again for every page.
const MOST_TEXT: usize = 48 << 20;
const POINTS: f32 = 72.0 / 25.4;
/// A4.
const USUAL_PAGE: [f32; 4] = [0.0, 0.0, 210.0, 297.0];

/// # Errors
/// Where the file is encrypted, damaged, a scan, or exceeds a limit.
pub fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let mut container = Container::open(bytes)?;
    if container.part("Encryptions.xml")?.is_some() {
        return Err(Unreadable::Encrypted);
    }
    let main = container.part("OFD.xml")?.ok_or(Unreadable::NotLayout("ofd"))?;
    let mut reader = Reader { container, document: Document::default(), pages: 0, left: MOST_TEXT };
    for root in texts(&main, "DocRoot")? {
        reader.read(&resolved("", &root))?;
    }
    if reader.pages == 0 { Err(Unreadable::DamagedLayout) } else { reader.document.blocks() }
}

/// The texts of the elements with a name.
fn texts(part: &str, name: &str) -> Result<Vec<String>, Unreadable> {
    let mut xml = Xml::new(part);
    let mut texts = Vec::new();
    let mut within = false;
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Start(element) => {
                within = element.name() == name;
                texts.extend(within.then(String::new));
            }
            Piece::Text(text) if within => texts.iter_mut().last().into_iter().for_each(|last| last.push_str(&text)),
            Piece::End(_) => within = false,
            Piece::Text(_) => {}
        }
    }
    Ok(texts)
}

/// A path as the archive has it, where `path` is told from the folder of the part that names it.
fn resolved(folder: &str, path: &str) -> String {
    let path = path.trim();
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut steps = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

struct Reader<'a> {
    container: Container<'a>,
    document: Document,
    pages: usize,
    left: usize,
}

/// What a document says of its pages.
#[derive(Default)]
struct Contents {
    area: Option<[f32; 4]>,
    templates: HashMap<String, String>,
    pages: Vec<String>,
}

impl Reader<'_> {
    fn read(&mut self, root: &str) -> Result<(), Unreadable> {
        let part = self.container.part(root)?.ok_or(Unreadable::DamagedLayout)?;
        let contents = contents(&part, folder(root))?;
        let mut templates: HashMap<&str, String> = HashMap::new();
        for path in &contents.pages {
            self.pages += 1;
            if self.pages > MOST_PAGES {
                return Err(Unreadable::TooManyPages(MOST_PAGES));
            }
            let page = self.container.part(path)?.ok_or(Unreadable::DamagedLayout)?;
            let named = named_templates(&page)?;
            for path in named.iter().filter_map(|id| contents.templates.get(id)) {
                if !templates.contains_key(path.as_str()) {
                    templates.insert(path, self.container.part(path)?.unwrap_or_default());
                }
            }
            let below = named.iter().filter_map(|id| templates.get(contents.templates.get(id)?.as_str()));
            let parts: Vec<&str> = below.map(String::as_str).chain([page.as_str()]).collect();
            let size: usize = parts.iter().map(|part| part.len()).sum();
            self.left = self.left.checked_sub(size).ok_or(Unreadable::Swells)?;
            let area = page_area(&page)?.or(contents.area).unwrap_or(USUAL_PAGE);
            let mut sheet = Sheet::new(area[2] * POINTS, area[3] * POINTS);
            for part in parts {
                Drawing::new(&mut sheet).run(part)?;
            }
            self.document.add(sheet)?;
        }
        Ok(())
    }
}

fn contents(part: &str, folder: &str) -> Result<Contents, Unreadable> {
    let mut xml = Xml::new(part);
    let mut contents = Contents { area: page_area(part)?, ..Contents::default() };
    while let Some(piece) = xml.next()? {
        let Piece::Start(element) = piece else { continue };
        let path = element.attribute("BaseLoc").map(|path| resolved(folder, &path));
        match (element.name(), path) {
            ("TemplatePage", Some(path)) => {
                contents.templates.insert(element.attribute("ID").unwrap_or_default(), path);
            }
            ("Page", Some(path)) => contents.pages.push(path),
            _ => {}
        }
    }
    Ok(contents)
}

fn named_templates(page: &str) -> Result<Vec<String>, Unreadable> {
    /// One is usual; each is drawn on the page.
    const MOST: usize = 8;
    let mut xml = Xml::new(page);
    let mut named = Vec::new();
    while let Some(piece) = xml.next()? {
        if let Piece::Start(element) = piece
            && element.name() == "Template"
        {
            named.extend(element.attribute("TemplateID").filter(|_| named.len() < MOST));
        }
    }
    Ok(named)
}

fn page_area(part: &str) -> Result<Option<[f32; 4]>, Unreadable> {
    Ok(texts(part, "PhysicalBox")?.first().and_then(|text| numbers(text).try_into().ok()))
}

/// `0 0 210 297`; what is no number is left out.
fn numbers(text: &str) -> Vec<f32> {
    const FARTHEST: f32 = 1e5;
    let numbers = text.split_ascii_whitespace().filter_map(|word| word.parse::<f32>().ok());
    numbers.filter(|number| number.is_finite()).map(|number| number.clamp(-FARTHEST, FARTHEST)).collect()
}

/// Steps from one character to the next: `5 g 3 4` is five, and three times four.
fn steps(text: &str) -> Vec<f32> {
    const MOST: usize = 10_000;
    let mut steps = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next().filter(|_| steps.len() < MOST) {
        if word == "g" {
            let count = words.next().and_then(|count| count.parse().ok()).unwrap_or(0_usize);
            let step = words.next().map(numbers).and_then(|step| step.first().copied()).unwrap_or_default();
            steps.extend(std::iter::repeat_n(step, count.min(MOST)));
        } else {
            steps.extend(numbers(word));
        }
    }
    steps
}

/// A page or a template that is being drawn.
struct Drawing<'a> {
    sheet: &'a mut Sheet,
    /// The object that is open, and how its places become those of the page.
    text: Option<Text>,
    path: Option<Matrix>,
    /// What stands within the open element, where it is text.
    words: String,
}

#[derive(Clone)]
struct Text {
    matrix: Matrix,
    size: f32,
    stretch: f32,
    /// How far characters are turned against their line, and the line against the page, in quarters.
    direction: u32,
    place: (f32, f32),
    steps: (Vec<f32>, Vec<f32>),
}

impl Drawing<'_> {
    fn new(sheet: &mut Sheet) -> Drawing<'_> {
        Drawing { sheet, text: None, path: None, words: String::new() }
    }

    fn run(&mut self, part: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(part);
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(element) if element.attribute("Visible").as_deref() == Some("false") => xml.skip()?,
                Piece::Start(element) => self.begin(&element),
                Piece::Text(text) => self.words.push_str(&text),
                Piece::End(end) => self.end(end.name()),
            }
        }
        Ok(())
    }

    fn begin(&mut self, element: &Element) {
        self.words.clear();
        let number =
            |name: &str| element.attribute(name).map(|text| numbers(&text)).and_then(|one| one.first().copied());
        match element.name() {
            "TextObject" => {
                self.text = Some(Text {
                    matrix: placed(element),
                    // Some programs write the name small.
                    size: number("Size").or_else(|| number("size")).unwrap_or_default(),
                    stretch: number("HScale").unwrap_or(1.0),
                    direction: number("ReadDirection").unwrap_or_default() as u32 / 90 % 4,
                    place: (0.0, 0.0),
                    steps: (Vec::new(), Vec::new()),
                });
            }
            "TextCode" => {
                if let Some(text) = &mut self.text {
                    text.place = (number("X").unwrap_or(text.place.0), number("Y").unwrap_or(text.place.1));
                    let list = |name: &str| element.attribute(name).map(|list| steps(&list)).unwrap_or_default();
                    text.steps = (list("DeltaX"), list("DeltaY"));
                }
            }
            "PathObject" => self.path = Some(placed(element)),
            "ImageObject" => self.sheet.pictures += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "TextCode" => self.show(),
            "TextObject" => self.text = None,
            "AbbreviatedData" => self.draw(),
            "PathObject" => self.path = None,
            _ => {}
        }
        self.words.clear();
    }

    /// Puts the characters of a run one after another.
    fn show(&mut self) {
        let Some(text) = &mut self.text else { return };
        let along = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][text.direction as usize];
        let whole = text.matrix.then(Matrix([POINTS, 0.0, 0.0, POINTS, 0.0, 0.0]));
        let direction = {
            let Matrix([a, b, c, d, ..]) = whole;
            (a * along.0 + c * along.1, b * along.0 + d * along.1)
        };
        let is_upright = direction.1.abs() < direction.0.abs();
        let size = text.size * if is_upright { whole.across() } else { whole.along() };
        let words = self.words.trim_matches(['\n', '\r', '\t']);
        for (index, character) in words.chars().enumerate() {
            let usual = if character.is_ascii() { 0.5 } else { 1.0 } * text.size * text.stretch;
            let step = |steps: &[f32]| steps.get(index).copied();
            let (x, y) = match (step(&text.steps.0), step(&text.steps.1)) {
                (None, None) => (along.0 * usual, along.1 * usual),
                (x, y) => (x.unwrap_or_default(), y.unwrap_or_default()),
            };
            let width = x.hypot(y).min(usual * 1.2) * direction.0.hypot(direction.1);
            let (left, baseline) = whole.point(text.place.0, text.place.1);
            self.sheet.put(Glyph { character, x: left, y: baseline, width, size }, direction);
            text.place = (text.place.0 + x, text.place.1 + y);
        }
    }

    /// Draws the straight lines of a path: `M 0 0 L 10 0 C`.
    fn draw(&mut self) {
        let Some(matrix) = self.path else { return };
        let whole = matrix.then(Matrix([POINTS, 0.0, 0.0, POINTS, 0.0, 0.0]));
        let point = |values: &[f32]| values.last_chunk().map(|[x, y]| whole.point(*x, *y));
        let (mut start, mut last) = ((0.0, 0.0), (0.0, 0.0));
        let mut words = self.words.split_ascii_whitespace().peekable();
        while let Some(word) = words.next() {
            let mut values = Vec::new();
            while let Some(value) = words.next_if(|word| word.parse::<f32>().is_ok()) {
                values.extend(numbers(value));
            }
            match (word, point(&values)) {
                ("M" | "S", Some(to)) => (start, last) = (to, to),
                ("L", Some(to)) => {
                    self.sheet.draw(last, to);
                    last = to;
                }
                ("C", _) => {
                    self.sheet.draw(last, start);
                    last = start;
                }
                (_, Some(to)) => last = to,
                _ => {}
            }
        }
    }
}

/// How an object's places become those of the page: its own matrix, then where its boundary begins.
fn placed(element: &Element) -> Matrix {
    let list = |name: &str| element.attribute(name).map(|text| numbers(&text)).unwrap_or_default();
    let own = Matrix::of(&list("CTM")).unwrap_or(Matrix::IDENTITY);
    match list("Boundary")[..] {
        [x, y, ..] => own.then(Matrix::moved(x, y)),
        _ => own,
    }
}
