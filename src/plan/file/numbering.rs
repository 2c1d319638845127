//! 自动编号: the numbers that Word generates. They stand in no text; numbering.xml says how each is made
//! (ECMA-376 part 1, 17.9).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::xml::{Element, Piece, Xml};
use crate::plan::unreadable::Unreadable;

/// No list of Word's has more levels.
const LEVELS: usize = 9;

/// Where a paragraph stands: its style, and its list and level where it names them itself.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub style: Option<String>,
    pub list: Option<u32>,
    pub level: Option<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Level {
    pub start: u32,
    /// One of Word's names (17.18.59).
    pub format: String,
    /// `%1、` or `%1.%2`.
    pub pattern: String,
    /// Counts on although a level above has moved: 0 never starts again, 2 only when the second level moves.
    pub restart: Option<u32>,
    /// All numbers within are in digits.
    pub legal: bool,
    pub style: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct List {
    pub definition: u32,
    pub starts: BTreeMap<usize, u32>,
    pub levels: BTreeMap<usize, Level>,
}

#[derive(Clone, Debug, Default)]
pub struct Style {
    pub name: String,
    pub based_on: Option<String>,
    pub list: Option<u32>,
    pub level: Option<usize>,
    /// Whether its text is hidden; `None` leaves that to the style that it is based on.
    pub hidden: Option<bool>,
}

/// The lists and styles of a document, and how far each list has counted.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    pub definitions: HashMap<u32, BTreeMap<usize, Level>>,
    pub lists: HashMap<u32, List>,
    pub styles: HashMap<String, Style>,
    counted: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<u32>,
}

impl Numbering {
    /// Reads `numbering.xml` and `styles.xml`, where a document has them.
    pub fn read(numbering: Option<&str>, styles: Option<&str>) -> Result<Numbering, Unreadable> {
        let mut lists = Numbering::default();
        if let Some(text) = numbering {
            lists.read_lists(text)?;
        }
        if let Some(text) = styles {
            lists.read_styles(text)?;
        }
        Ok(lists)
    }

    fn read_lists(&mut self, text: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(text);
        let (mut definition, mut list) = (0, None);
        let mut open: Option<(usize, Level)> = None;
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(element) => match element.name() {
                    "Fallback" | "rPr" | "pPr" => xml.skip()?,
                    "abstractNum" => definition = element.number("abstractNumId").unwrap_or_default(),
                    "num" => list = element.number("numId"),
                    "abstractNumId" => {
                        let definition = element.number("val").unwrap_or_default();
                        self.list(list).definition = definition;
                    }
                    "lvl" | "lvlOverride" => {
                        let level = Level { start: 1, format: "decimal".to_owned(), ..Level::default() };
                        open = Some((element.number("ilvl").unwrap_or_default() as usize, level));
                    }
                    "startOverride" => {
                        if let (Some((level, _)), Some(start)) = (&open, element.number("val")) {
                            let level = *level;
                            self.list(list).starts.insert(level, start);
                        }
                    }
                    _ => {
                        if let Some((_, level)) = &mut open {
                            level.take(&element);
                        }
                    }
                },
                Piece::End(end) => match end.name() {
                    "num" => list = None,
                    "lvl" => {
                        let Some((index, level)) = open.clone().filter(|(index, _)| *index < LEVELS) else { continue };
                        match list {
                            Some(_) => self.list(list).levels.insert(index, level),
                            None => self.definitions.entry(definition).or_default().insert(index, level),
                        };
                    }
                    _ => {}
                },
                Piece::Text(_) => {}
            }
        }
        Ok(())
    }

    fn list(&mut self, number: Option<u32>) -> &mut List {
        self.lists.entry(number.unwrap_or_default()).or_default()
    }

    fn read_styles(&mut self, text: &str) -> Result<(), Unreadable> {
        let mut xml = Xml::new(text);
        let mut id = String::new();
        while let Some(piece) = xml.next()? {
            let Piece::Start(element) = piece else { continue };
            let mut style = |change: &dyn Fn(&mut Style)| change(self.styles.entry(id.clone()).or_default());
            match element.name() {
                "style" => id = element.attribute("styleId").unwrap_or_default(),
                "name" => style(&|style| style.name = element.value().unwrap_or_default()),
                "basedOn" => style(&|style| style.based_on = element.value()),
                "numId" => style(&|style| style.list = element.number("val")),
                "ilvl" => style(&|style| style.level = element.number("val").map(|level| level as usize)),
                "vanish" => style(&|style| style.hidden = Some(element.is_on())),
                "docDefaults" | "latentStyles" | "tblStylePr" => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether paragraphs of a style are lines of a table of contents.
    pub fn is_contents(&self, style: &str) -> bool {
        self.styles.get(style).is_some_and(|style| style.name.to_ascii_lowercase().starts_with("toc "))
    }

    /// Whether the text of a style is hidden.
    pub fn is_hidden(&self, style: &str) -> bool {
        self.chain(style).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// A style and those that it is based on, with their names.
    fn chain<'a>(&'a self, style: &'a str) -> impl Iterator<Item = (&'a str, &'a Style)> {
        const LONGEST: usize = 16;
        let named = |name: &'a str| self.styles.get(name).map(|style| (name, style));
        let mut next = named(style);
        std::iter::from_fn(move || {
            let (name, style) = next?;
            next = style.based_on.as_deref().and_then(named);
            Some((name, style))
        })
        .take(LONGEST)
    }

    /// The number of the next paragraph at a place, empty where it has none.
    pub fn next(&mut self, place: &Place) -> String {
        let Some((number, index)) = self.list_at(place) else { return String::new() };
        let Some(list) = self.lists.get(&number) else { return String::new() };
        let Some(defined) = self.definitions.get(&list.definition) else { return String::new() };
        let level = |index: usize| list.levels.get(&index).or_else(|| defined.get(&index));
        let Some(own) = level(index) else { return String::new() };
        let counted = self.counted.entry(list.definition).or_default();
        if self.begun.insert(number) {
            for (index, start) in list.starts.iter().filter(|(index, _)| **index < LEVELS) {
                counted[*index] = start.checked_sub(1);
            }
        }
        counted[index] = Some(counted[index].map_or(own.start, |last| last.saturating_add(1)));
        for (below, count) in counted.iter_mut().enumerate().skip(index + 1) {
            let restart = level(below).and_then(|level| level.restart);
            if restart.is_none_or(|above| above > 0 && index < above as usize) {
                *count = None;
            }
        }
        let number_at = |index: usize| {
            let level = level(index)?;
            let format = if own.legal { "decimal" } else { level.format.as_str() };
            Some(written(format, counted[index].unwrap_or(level.start)))
        };
        own.print(number_at)
    }

    /// The list and level of a place: its own, or those of its style and of the styles that this one is based on.
    fn list_at(&self, place: &Place) -> Option<(u32, usize)> {
        let (mut list, mut level) = (place.list, place.level);
        if list.is_none()
            && let Some(named) = &place.style
            && let Some((name, style)) = self.chain(named).find(|(_, style)| style.list.is_some())
        {
            list = style.list;
            level = level.or(style.level).or_else(|| self.level_for(style.list?, name));
        }
        let level = level.unwrap_or_default();
        list.filter(|list| *list > 0 && level < LEVELS).map(|list| (list, level))
    }

    /// The level of a list that is made for a style.
    fn level_for(&self, list: u32, style: &str) -> Option<usize> {
        let levels = self.definitions.get(&self.lists.get(&list)?.definition)?;
        levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(index, _)| *index)
    }
}

impl Level {
    fn take(&mut self, element: &Element) {
        let value = element.value();
        match element.name() {
            "start" => self.start = element.number("val").unwrap_or(self.start),
            "numFmt" => self.format = value.unwrap_or_default(),
            "lvlText" => self.pattern = value.unwrap_or_default(),
            "lvlRestart" => self.restart = element.number("val"),
            "pStyle" => self.style = value,
            "isLgl" => self.legal = element.is_on(),
            _ => {}
        }
    }

    /// The pattern with its numbers. Word sets a bare number off by a tab; here 、 does, as else it would be part of the text.
    fn print(&self, number_at: impl Fn(usize) -> Option<String>) -> String {
        if ["bullet", "none"].contains(&self.format.as_str()) {
            return String::new();
        }
        let mut printed = String::new();
        let mut characters = self.pattern.chars();
        while let Some(character) = characters.next() {
            let level = (character == '%').then(|| characters.clone().next().and_then(|digit| digit.to_digit(10)));
            match level.flatten() {
                Some(level @ 1..=9) => {
                    characters.next();
                    printed.push_str(&number_at(level as usize - 1).unwrap_or_default());
                }
                _ => printed.push(character),
            }
        }
        let bare = printed.ends_with(|last: char| last.is_alphanumeric() && !('①'..='⒛').contains(&last));
        if bare && !printed.starts_with('第') {
            printed.push('、');
        }
        printed
    }
}

/// A number in one of Word's formats (17.18.59); in digits where plans never use the format.
pub fn written(format: &str, value: u32) -> String {
    let character = |first: char, most: u32| {
        let offset = value.checked_sub(1).filter(|offset| *offset < most)?;
        char::from_u32(first as u32 + offset).map(String::from)
    };
    let special = match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting"
        | "ideographDigital"
        | "taiwaneseDigital" => chinese(value),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => character('①', 20),
        "decimalEnclosedParen" => Some(format!("（{value}）")),
        "decimalEnclosedFullstop" => Some(format!("{value}.")),
        "upperLetter" => character('A', 26),
        "lowerLetter" => character('a', 26),
        _ => None,
    };
    special.unwrap_or_else(|| value.to_string())
}

/// 十二, 一百零五; `None` from ten thousand on.
fn chinese(value: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    const UNITS: [(u32, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    let mut written = String::new();
    let mut skipped = false;
    for (unit, name) in UNITS {
        let digit = (value.checked_div(unit)? % 10) as usize;
        if digit == 0 {
            skipped = !written.is_empty();
            continue;
        }
        written.push_str(if skipped { "零" } else { "" });
        skipped = false;
        let leading_ten = unit == 10 && digit == 1 && written.is_empty();
        written.push_str(if leading_ten { "" } else { DIGITS[digit] });
        written.push_str(name);
    }
    (1..10_000).contains(&value).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::{Numbering, Place, chinese, written};

    const LISTS: &str = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="3">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
          <w:lvl w:ilvl="1"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%3."/></w:lvl>
          <w:lvl w:ilvl="3"><w:numFmt w:val="decimal"/><w:lvlText w:val="%4"/></w:lvl>
          <w:lvl w:ilvl="4"><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%5"/></w:lvl>
          <w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
    </w:numbering>"#;

    fn at(list: u32, level: usize) -> Place {
        Place { style: None, list: Some(list), level: Some(level) }
    }

    #[test]
    fn levels_count_and_begin_anew() {
        let mut numbering = Numbering::read(Some(LISTS), None).unwrap();
        let places =
            [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (1, 0), (1, 1), (2, 0), (2, 0), (7, 0)];
        let printed: Vec<String> = places.map(|(list, level)| numbering.next(&at(list, level))).to_vec();
        let expected = ["一、", "（一）", "1.", "（二）", "2.", "1、", "①", "", "二、", "（一）", "五、", "六、", ""];
        assert_eq!(printed, expected);
    }

    #[test]
    fn styles_may_number() {
        let styles = r#"<w:styles><w:style w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="I"><w:basedOn w:val="H"/></w:style><w:style w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>"#;
        let mut numbering = Numbering::read(Some(LISTS), Some(styles)).unwrap();
        let styled = Place { style: Some("I".to_owned()), ..Place::default() };
        assert_eq!((numbering.next(&styled), numbering.next(&styled)), ("一、".to_owned(), "二、".to_owned()));
        assert_eq!(numbering.next(&Place { list: Some(0), ..styled }), "");
        assert!(numbering.is_contents("T") && !numbering.is_contents("I"));
    }

    #[test]
    fn numbers_in_words() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (110, "一百一十"),
            (2026, "二千零二十六"),
        ];
        for (value, expected) in cases {
            assert_eq!(chinese(value).as_deref(), Some(expected));
        }
        assert_eq!((chinese(0), chinese(10_000)), (None, None));
        assert_eq!((written("decimalEnclosedCircle", 21), written("upperRoman", 4)), ("21".to_owned(), "4".to_owned()));
    }
}
