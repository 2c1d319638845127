//! 样式表: the classes and names that a page's own style sheets hide.
//!
//! Text that is shown must not be lost, so a class counts only where no rule of the page shows it, in whatever company.

use std::collections::HashSet;

use super::element;
use super::element::Attributes;

/// Bytes of all sheets; more are passed over.
const MOST: usize = 1 << 20;

/// Simple selectors: `.note`, `p.note`, `#note`.
#[derive(Debug, Default)]
pub struct Styles {
    hidden: HashSet<String>,
    shown: HashSet<String>,
    read: usize,
}

impl Styles {
    /// Adds the rules of a sheet, save those for some media only.
    pub fn add(&mut self, sheet: &str) {
        self.read += sheet.len();
        if self.read > MOST {
            return;
        }
        let sheet = without_comments(sheet);
        let mut rest = sheet.as_str();
        while let Some(open) = rest.find('{') {
            let selectors = rest[..open].rsplit([';', '}']).next().unwrap_or_default();
            let length = block_length(&rest[open..]);
            let block = &rest[open + 1..open + length];
            let declarations = block.strip_suffix('}').unwrap_or(block);
            if !selectors.trim_start().starts_with('@') {
                self.rule(selectors, declarations);
            }
            rest = &rest[open + length..];
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let hides = element::hides(declarations);
        if !hides && !element::shows(declarations) {
            return;
        }
        for selector in selectors.split(',').map(str::trim) {
            let last = selector.rsplit([' ', '>', '+', '~', '\n', '\t']).next().unwrap_or_default();
            let simple = last == selector && last.matches(['.', '#']).count() == 1 && !last.contains([':', '[', '*']);
            if hides && simple {
                self.hidden.insert(last.to_owned());
            } else if !hides {
                self.shown.extend(names(last).map(str::to_owned));
            }
        }
    }

    /// Whether an element is hidden by its class or name.
    pub fn hide(&self, tag: &str, attributes: &Attributes) -> bool {
        if self.hidden.is_empty() || element::shows(attributes.get("style").unwrap_or_default()) {
            return false;
        }
        let classes =
            attributes.get("class").into_iter().flat_map(str::split_whitespace).map(|class| format!(".{class}"));
        let name = attributes.get("id").map(|id| format!("#{id}"));
        let is_hidden = |name: &String| self.hidden.contains(name) || self.hidden.contains(&format!("{tag}{name}"));
        let names: Vec<String> = classes.chain(name).collect();
        names.iter().any(is_hidden) && !names.iter().any(|name| self.shown.contains(name))
    }
}

/// The classes and names of a selector, each with its sign.
fn names(selector: &str) -> impl Iterator<Item = &str> {
    let starts = selector.match_indices(['.', '#']).map(|(at, _)| at);
    starts.map(|at| {
        let rest = &selector[at + 1..];
        &selector[at..at + 1 + rest.find(['.', '#', ':', '[']).unwrap_or(rest.len())]
    })
}

fn without_comments(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace("<!--", "").replace("-->", "")
}

/// How long a block is with its braces, and with those within it.
fn block_length(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::Styles;
    use crate::plan::file::html::element::Attributes;

    fn hides(sheet: &str, class: &str) -> bool {
        let mut attributes = Attributes::default();
        attributes.name(b"class");
        attributes.value(class.as_bytes());
        let mut styles = Styles::default();
        styles.add(sheet);
        styles.hide("p", &attributes)
    }

    #[test]
    fn classes_that_are_hidden() {
        for sheet in [
            ".a{display:none}",
            "<!-- p.a , .b { color: red; Display : none !important } -->",
            "/* } */ @import url(x); .a{visibility:hidden",
        ] {
            assert!(hides(sheet, "c a"), "{sheet}");
        }
        for sheet in [
            "",
            ".a",
            "{}",
            ".a{display:block}",
            "div.a{display:none}",
            ".b .a{display:none}",
            ".a:before{display:none}",
            "@media print{.a{display:none}}",
            ".a{display:none} .a.on{display:block}",
            ".a{display:none} .c{display:block}",
            "@font-face{src:x} .b{display:none}",
        ] {
            assert!(!hides(sheet, "c a"), "{sheet}");
        }
    }
}
