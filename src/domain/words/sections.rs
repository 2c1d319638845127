//! Task numbers that count within a section, `（一）1`: they are read as plain numbers, and put back afterwards.

use std::sync::LazyLock;

use regex::Regex;

/// Words in which every such number has a plain number in its place.
pub struct Plain {
    pub text: String,
    pub named: Vec<String>,
    /// Each plain number with the number for which it stands.
    stands_for: Vec<(String, String)>,
}

impl Plain {
    /// The number as the plan prints it.
    pub fn printed(&self, number: String) -> String {
        self.stands_for.iter().find(|(plain, _)| *plain == number).map_or(number, |(_, printed)| printed.clone())
    }
}

/// Where a number within its section is the only one of its kind among those that were named, it stands for itself:
/// `3 已完成` and `（二）3 已完成` mean the same then.
pub fn plain(text: &str, named: &[String]) -> Plain {
    let mut stands_for: Vec<(String, String)> = Vec::new();
    for number in named.iter().filter(|number| parts(number).is_some()) {
        let own = parts(number).map(|(_, own)| own.to_owned()).unwrap_or_default();
        let ends_so = |other: &&String| **other == own || parts(other).is_some_and(|(_, last)| last == own);
        let is_only = named.iter().filter(ends_so).count() == 1;
        let plain = if is_only { own } else { stand_in(stands_for.len()) };
        stands_for.push((plain, number.clone()));
    }
    let plain_named = named.iter().map(|number| of(&mut stands_for, number, parts(number).is_some())).collect();
    let text = MENTION.replace_all(text, |found: &regex::Captures<'_>| {
        let after = &text[found.get(0).map_or(text.len(), |whole| whole.end())..];
        if is_measure(after) {
            return found[0].to_owned();
        }
        let numbers = found["numbers"].split(JOINTS).map(|own| format!("（{}）{}", &found["section"], own.trim()));
        let plain: Vec<String> = numbers.map(|number| of(&mut stands_for, &number, true)).collect();
        format!("第{}项", plain.join("、"))
    });
    Plain { text: text.into_owned(), named: plain_named, stands_for }
}

/// Whether the whole text is one such number; it, as the plan prints it.
pub fn number(text: &str) -> Option<String> {
    let found = MENTION.captures(text)?;
    let is_whole = found.get(0)?.as_str() == text.trim() && !found["numbers"].contains(JOINTS);
    is_whole.then(|| format!("（{}）{}", &found["section"], &found["numbers"]))
}

const JOINTS: [char; 4] = ['、', '，', '和', '及'];

/// In words whose signs are of one form: `(一)1`, `第(一)1、2项`, `(一)第1项`, `(一)的1`.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"第?[(（](?P<section>[一二三四五六七八九十]+)[)）]\s*(?:的|部分|、)?第?(?P<numbers>\d{1,3}(?:[、，和及]\d{1,3})*)(?:项|号)?")
        .expect("a constant")
});

/// `(一)3个市州` lists places, and `(二)60%` shares.
fn is_measure(after: &str) -> bool {
    after.starts_with(|character: char| "%个户家多余万亿元人次件条天日月年.".contains(character))
        && !after.starts_with(". ")
}

/// The section and the number within it, of `（一）1`.
fn parts(number: &str) -> Option<(&str, &str)> {
    let (section, own) = number.strip_prefix('（')?.split_once('）')?;
    (!own.is_empty() && own.chars().all(|digit| digit.is_ascii_digit())).then_some((section, own))
}

/// The plain number that stands for a number; a new one where there is none yet.
fn of(stands_for: &mut Vec<(String, String)>, number: &str, composite: bool) -> String {
    if let Some((plain, _)) = stands_for.iter().find(|(_, printed)| printed == number) {
        return plain.clone();
    }
    if !composite {
        return number.to_owned();
    }
    let plain = stand_in(stands_for.len());
    stands_for.push((plain.clone(), number.to_owned()));
    plain
}

/// Numbers that no plan reaches.
fn stand_in(place: usize) -> String {
    (900_001 + place).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::understand_contact;
    use super::*;

    #[test]
    fn numbers_within_sections_are_named_in_every_sensible_way() {
        let tasks = |text: &str, named: &[&str]| {
            let named: Vec<String> = named.iter().map(|number| (*number).to_owned()).collect();
            let items = understand_contact(text, &named, "2019-06-27".parse().unwrap()).items;
            let said = items.iter().map(|item| {
                let status = item.status.map_or("-", |status| status.key());
                format!("{} {status}", item.task.as_deref().unwrap_or("?"))
            });
            said.collect::<Vec<_>>().join(", ")
        };
        let only_of_its_kind = ["（一）1", "（二）3"];
        let twice = ["（一）1", "（二）1", "（二）2"];
        let cases = [
            ("（二）3 已完成", &only_of_its_kind[..], "（二）3 claimed_done"),
            ("(二)3：已完成", &only_of_its_kind, "（二）3 claimed_done"),
            ("第（二）3项已完成", &only_of_its_kind, "（二）3 claimed_done"),
            ("（二）第3项已完成", &only_of_its_kind, "（二）3 claimed_done"),
            ("3 已完成，1 推进中", &only_of_its_kind, "（二）3 claimed_done, （一）1 in_progress"),
            ("第3项已完成", &only_of_its_kind, "（二）3 claimed_done"),
            ("（一）1 已完成\n（二）1 推进中", &twice, "（一）1 claimed_done, （二）1 in_progress"),
            ("（二）1、2均已完成", &twice, "（二）1 claimed_done, （二）2 claimed_done"),
            ("（二）1已完成，其余推进中", &twice, "（二）1 claimed_done, （一）1 in_progress, （二）2 in_progress"),
            ("（三）7 受阻", &twice, "（三）7 blocked"),
            ("（一）1 进度60%", &[], "（一）1 in_progress"),
            ("5（1）已完成", &["5（1）", "5（2）"], "5（1） claimed_done"),
            ("第5（2）项推进中", &["5（1）", "5（2）"], "5（2） in_progress"),
            ("（一）3个市州已完成", &["5"], "5 in_progress"),
        ];
        for (text, named, expected) in cases {
            assert_eq!(tasks(text, named), expected, "{text}");
        }
        assert_eq!(number("（一）1").as_deref(), Some("（一）1"));
        assert_eq!(number("第(二)3项").as_deref(), Some("（二）3"));
        assert_eq!(number("（二）3、4"), None);
        assert_eq!(number("5"), None);
    }
}
