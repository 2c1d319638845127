//! 标签: what an element does to the text that stands in it.

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Part of a line: a font, a link.
    Inline,
    /// Begins a line and ends one: p, h1.
    Line,
    /// A box of lines: div, section.
    Container,
    List,
    Entry,
    Table,
    Row,
    Cell,
    /// tbody and its like: ends what the table has open.
    RowGroup,
    /// br
    Break,
    Preformatted,
    /// Its content is no text of the page.
    Dropped,
    /// It has no content and shows none: img, meta.
    Void,
}

pub fn kind(name: &str) -> Kind {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "dd" | "hr" | "legend" | "summary" | "figcaption"
        | "caption" => Kind::Line,
        "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "form" | "fieldset" | "blockquote"
        | "center" | "address" | "figure" | "details" | "dl" | "body" => Kind::Container,
        "ol" | "ul" | "menu" | "dir" => Kind::List,
        "li" => Kind::Entry,
        "table" => Kind::Table,
        "tr" => Kind::Row,
        "td" | "th" => Kind::Cell,
        "tbody" | "thead" | "tfoot" => Kind::RowGroup,
        "br" => Kind::Break,
        "pre" | "listing" | "xmp" | "plaintext" => Kind::Preformatted,
        "script" | "style" | "template" | "noscript" | "nav" | "rt" | "rp" | "svg" | "math" | "object" | "applet"
        | "iframe" | "noframes" | "audio" | "video" | "canvas" | "select" | "button" | "textarea" | "datalist"
        | "del" | "xml" | "title" => Kind::Dropped,
        "img" | "input" | "meta" | "link" | "col" | "wbr" | "area" | "base" | "embed" | "source" | "track"
        | "param" | "basefont" | "frame" | "keygen" => Kind::Void,
        _ => Kind::Inline,
    }
}

pub fn is_heading(name: &str) -> bool {
    HEADINGS.contains(&name)
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// The open elements that an element ends by beginning, and those that it looks for them within.
pub fn implied(name: &str, kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    const CELLS: &[&str] = &["td", "th", "caption", "table"];
    match kind {
        Kind::Entry => (&["li"], &["ol", "ul", "td", "th", "caption", "table"]),
        Kind::Line if is_heading(name) => (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], CELLS),
        Kind::Line if name == "dt" || name == "dd" => (&["dt", "dd", "p"], CELLS),
        Kind::Line | Kind::Container | Kind::List | Kind::Preformatted => (&["p"], CELLS),
        Kind::Cell => (&["td", "th", "caption"], &["table"]),
        Kind::Row => (&["tr", "td", "th", "caption"], &["table"]),
        Kind::RowGroup => (&["tbody", "thead", "tfoot", "tr", "caption"], &["table"]),
        Kind::Inline | Kind::Table | Kind::Break | Kind::Dropped | Kind::Void => (&[], &[]),
    }
}

/// The attributes that count here, of the element whose tag is being read.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    named: Vec<(&'static str, String)>,
    open: Option<&'static str>,
}

const KNOWN: [&str; 13] = [
    "style", "hidden", "rowspan", "colspan", "start", "value", "type", "name", "content", "reversed", "class", "id",
    "media",
];

impl Attributes {
    pub fn clear(&mut self) {
        self.named.clear();
        self.open = None;
    }

    /// The first of two attributes with one name counts.
    pub fn name(&mut self, name: &[u8]) {
        let known = KNOWN.iter().copied().find(|known| known.as_bytes() == name);
        self.open = known.filter(|known| self.get(known).is_none());
        if let Some(name) = self.open {
            self.named.push((name, String::new()));
        }
    }

    pub fn value(&mut self, value: &[u8]) {
        const LONGEST: usize = 4096;
        let value = &value[..value.len().min(LONGEST)];
        if let Some((_, last)) = self.named.last_mut().filter(|_| self.open.take().is_some()) {
            *last = String::from_utf8_lossy(value).into_owned();
        }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.trim().parse().ok()
    }

    /// The declarations of `style` without white space, in small letters.
    pub fn style(&self) -> String {
        dense(self.get("style").unwrap_or_default())
    }

    /// Whether a browser, or Word, would not show the element.
    pub fn hides(&self) -> bool {
        self.get("hidden").is_some() || hides(self.get("style").unwrap_or_default())
    }
}

fn dense(style: &str) -> String {
    style.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

/// Whether declarations hide what they are for.
pub fn hides(declarations: &str) -> bool {
    const HIDING: [&str; 9] = [
        "display:none",
        "visibility:hidden",
        "visibility:collapse",
        "mso-hide:all",
        "mso-element:comment",
        "mso-element:header",
        "mso-element:footer",
        "font-size:0",
        "font-size:0px",
    ];
    let hiding = |declaration: &str| {
        let declaration = declaration.trim_end_matches("!important");
        HIDING.contains(&declaration) || declaration.starts_with("mso-element:comment")
    };
    dense(declarations).split(';').any(hiding)
}

/// Whether declarations show what others hide.
pub fn shows(declarations: &str) -> bool {
    let says = |word: &str| dense(declarations).split(';').any(|declaration| declaration.starts_with(word));
    !hides(declarations) && (says("display:") || says("visibility:"))
}

/// An ordered or unordered list that is being read.
#[derive(Clone, Debug)]
pub struct List {
    /// Of Word's formats the one that its numbers have; none where it shows no numbers.
    format: Option<&'static str>,
    next: i64,
    step: i64,
}

impl List {
    pub fn begin(name: &str, attributes: &Attributes) -> List {
        let style = attributes.style();
        let shown = style.split(';').rev().find_map(|one| one.strip_prefix("list-style").map(str::to_owned));
        let says = |words: &[&str]| shown.as_ref().is_some_and(|shown| words.iter().any(|word| shown.contains(word)));
        let format = match attributes.get("type") {
            _ if name != "ol" || says(&["none"]) => None,
            _ if says(&["cjk-", "chinese", "japanese"]) => Some("chineseCounting"),
            Some("a") => Some("lowerLetter"),
            Some("A") => Some("upperLetter"),
            _ => Some("decimal"),
        };
        let step = if attributes.get("reversed").is_some() { -1 } else { 1 };
        List { format, next: attributes.number("start").unwrap_or(1), step }
    }

    /// The number of the next entry, with its point or comma.
    pub fn number(&mut self, attributes: &Attributes) -> Option<String> {
        let value = attributes.number("value").unwrap_or(self.next);
        self.next = value.saturating_add(self.step);
        let format = self.format?;
        let number = super::super::numbering::written(format, u32::try_from(value).ok()?);
        Some(if format == "chineseCounting" { number + "、" } else { number + "." })
    }
}

#[cfg(test)]
mod tests {
    use super::{Attributes, List};

    fn attributes(given: &[(&str, &str)]) -> Attributes {
        let mut attributes = Attributes::default();
        for (name, value) in given {
            attributes.name(name.as_bytes());
            attributes.value(value.as_bytes());
        }
        attributes
    }

    #[test]
    fn hiding() {
        for style in ["color:red; display : NONE", "display:none!important", "mso-hide:all", "font-size:0px;"] {
            assert!(attributes(&[("style", style)]).hides(), "{style}");
        }
        for style in ["", "display:block", "font-size:0.9em"] {
            assert!(!attributes(&[("style", style)]).hides(), "{style}");
        }
        assert!(attributes(&[("hidden", "")]).hides());
    }

    #[test]
    fn the_first_of_two_attributes_counts() {
        let given = attributes(&[("start", "3"), ("start", "9"), ("onclick", "1"), ("type", "A")]);
        assert_eq!((given.number("start"), given.get("type")), (Some(3), Some("A")));
        let mut list = List::begin("ol", &given);
        assert_eq!(
            (list.number(&attributes(&[])), list.number(&attributes(&[]))),
            (Some("C.".into()), Some("D.".into()))
        );
    }
}
