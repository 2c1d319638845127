//! How words mostly sound: a sum of whole numbers over their runs of one to four characters, learnt from labelled replies.
//!
//! The score is a second opinion beside the rules (`opinion`): it never claims a completion, and what it goes by are runs of
//! characters that can be shown. `score.txt` holds the numbers for what words about a task mean, `trouble.txt` those for whether
//! a clause tells that something is wrong; `cargo run --release --example score` makes both from the labelled replies of the
//! tests.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::understanding::text::Typed;

/// What words about one task, or a whole message, may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    ClaimedDone,
    InProgress,
    Blocked,
    NotStarted,
    Suspended,
    Unchanged,
    /// Something is lacking, and nothing is said of how the task stands.
    Problem,
    Extension,
    Read,
    Transfer,
    Defer,
    Withdraw,
    Query,
    Chatter,
    Unclear,
}

impl Sense {
    /// In the order of the columns of `score.txt`.
    pub const ALL: [Sense; 15] = [
        Sense::ClaimedDone,
        Sense::InProgress,
        Sense::Blocked,
        Sense::NotStarted,
        Sense::Suspended,
        Sense::Unchanged,
        Sense::Problem,
        Sense::Extension,
        Sense::Read,
        Sense::Transfer,
        Sense::Defer,
        Sense::Withdraw,
        Sense::Query,
        Sense::Chatter,
        Sense::Unclear,
    ];

    /// As labels and `understand --json` call it.
    pub fn key(self) -> &'static str {
        match self {
            Sense::ClaimedDone => "claimed_done",
            Sense::InProgress => "in_progress",
            Sense::Blocked => "blocked",
            Sense::NotStarted => "not_started",
            Sense::Suspended => "suspended",
            Sense::Unchanged => "unchanged",
            Sense::Problem => "problem",
            Sense::Extension => "extension",
            Sense::Read => "read",
            Sense::Transfer => "transfer",
            Sense::Defer => "defer",
            Sense::Withdraw => "withdraw",
            Sense::Query => "query",
            Sense::Chatter => "chatter",
            Sense::Unclear => "unclear",
        }
    }
}

/// How far a weight goes to either side: `Z` to `z`.
pub const MOST: i8 = 26;
/// The longest run, in characters.
const LONGEST: usize = 4;
/// Sums are told in thousandths of a weight.
const FINE: i64 = 1_000;

/// To which sense words lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaning {
    pub sense: Sense,
    /// By how much it is ahead of the next, in weights.
    pub lead: i64,
}

/// The numbers that were learnt: what words about a task mean, and whether a clause tells a problem.
#[derive(Clone, Debug, Default)]
pub struct Score {
    senses: Weights<{ Sense::ALL.len() }>,
    trouble: Weights<1>,
}

static LEARNT: LazyLock<Score> = LazyLock::new(|| Score::read(include_str!("score.txt"), include_str!("trouble.txt")));

/// Those that were learnt from the labelled replies.
pub fn learnt() -> &'static Score {
    &LEARNT
}

impl Score {
    /// Reads the contents of `score.txt` and `trouble.txt`.
    pub fn read(senses: &str, trouble: &str) -> Score {
        Score { senses: Weights::read(senses), trouble: Weights::read(trouble) }
    }

    /// Weighs words about a task, or a whole message; `None` where none of their runs is known.
    pub fn leaning(&self, words: &str) -> Option<Leaning> {
        let sums = self.senses.sums(&Form::new(words))?;
        let mut sums: Vec<(i64, Sense)> = sums.into_iter().zip(Sense::ALL).collect();
        sums.sort_by_key(|(sum, sense)| (-sum, *sense));
        Some(Leaning { sense: sums[0].1, lead: (sums[0].0 - sums[1].0) / FINE })
    }

    /// How much a clause sounds like a problem, in weights; below zero the less it does.
    pub fn trouble(&self, clause: &str) -> i64 {
        self.trouble.sums(&Form::new(clause)).map_or(0, |[sum]| sum / FINE)
    }

    /// The runs that speak most for a sense, best first, each where it stands in the words as typed.
    pub fn reasons(&self, words: &str, sense: Sense) -> Vec<String> {
        const SHOWN: usize = 3;
        let form = Form::new(words);
        let weight = |run: &str| self.senses.runs.get(run).map_or(0, |row| row[sense as usize]);
        let mut runs: Vec<(Range<usize>, i8)> = form.runs().map(|(range, run)| (range, weight(run))).collect();
        runs.retain(|(range, weight)| *weight > 0 && form.typed.says_something(range));
        runs.sort_by_key(|(range, weight)| (-weight, range.start));
        let mut shown: Vec<Range<usize>> = Vec::new();
        for (range, _) in runs {
            if shown.len() < SHOWN && shown.iter().all(|other| range.end <= other.start || other.end <= range.start) {
                shown.push(range);
            }
        }
        shown.iter().map(|range| form.typed.words(range)).collect()
    }
}

/// The weights of each run of characters, in `COLUMNS` ways.
#[derive(Clone, Debug)]
struct Weights<const COLUMNS: usize> {
    runs: HashMap<String, [i8; COLUMNS]>,
    /// What no word changes: how common each is.
    always: [i8; COLUMNS],
}

impl<const COLUMNS: usize> Default for Weights<COLUMNS> {
    fn default() -> Self {
        Weights { runs: HashMap::new(), always: [0; COLUMNS] }
    }
}

impl<const COLUMNS: usize> Weights<COLUMNS> {
    /// Reads lines of `COLUMNS` signs and a run; without a run they always count. `.` is nothing, `A` to `Z` are 1 to 26, `a` to
    /// `z` the same against it. Lines that begin with `#` are remarks.
    fn read(text: &str) -> Self {
        let mut weights = Weights::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((signs, run)) = line.split_at_checked(COLUMNS) else { continue };
            let mut row = [0; COLUMNS];
            for (weight, sign) in row.iter_mut().zip(signs.bytes()) {
                *weight = weight_of(sign);
            }
            match run {
                "" => weights.always = row,
                _ => drop(weights.runs.insert(run.to_owned(), row)),
            }
        }
        weights
    }

    /// The sums of each column, in thousandths of a weight; `None` where no run is known. Long words do not weigh more than short
    /// ones.
    fn sums(&self, form: &Form) -> Option<[i64; COLUMNS]> {
        let mut rows: Vec<(&str, &[i8; COLUMNS])> = Vec::new();
        for (_, run) in form.runs() {
            rows.extend(self.runs.get_key_value(run).map(|(run, row)| (run.as_str(), row)));
        }
        rows.sort_unstable_by_key(|(run, _)| *run);
        rows.dedup_by_key(|(run, _)| *run);
        let length =
            i64::try_from((rows.len() as u64 * (FINE * FINE) as u64).isqrt()).ok().filter(|length| *length > 0)?;
        Some(std::array::from_fn(|column| {
            let all: i64 = rows.iter().map(|(_, row)| i64::from(row[column])).sum();
            all * FINE * FINE / length + i64::from(self.always[column]) * FINE
        }))
    }
}

/// Where the clauses of words stand: between commas, stops and ends of lines.
pub fn clauses(words: &str) -> Vec<Range<usize>> {
    let stops = words.match_indices(|character| "，。；！？,;!?\n".contains(character));
    let mut from = 0;
    let mut clauses = Vec::new();
    for (to, next) in stops.map(|(at, stop)| (at, at + stop.len())).chain([(words.len(), words.len())]) {
        if !words[from..to].trim().is_empty() {
            clauses.push(from..to);
        }
        from = next;
    }
    clauses
}

fn weight_of(sign: u8) -> i8 {
    match sign {
        b'A'..=b'Z' => (sign - b'A') as i8 + 1,
        b'a'..=b'z' => -((sign - b'a') as i8) - 1,
        _ => 0,
    }
}

/// The sign of a weight, which lies within `MOST`.
pub fn sign_of(weight: i8) -> char {
    let letter = |first: u8| char::from(first + weight.unsigned_abs().min(MOST as u8) - 1);
    match weight {
        0 => '.',
        1.. => letter(b'A'),
        _ => letter(b'a'),
    }
}

/// The distinct runs of one to four characters of words, in their order.
pub fn runs(words: &str) -> Vec<String> {
    let form = Form::new(words);
    let mut runs: Vec<String> = form.runs().map(|(_, run)| run.to_owned()).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Words as they are weighed: the plain form with one sign for each number, between `^` and `$`.
struct Form {
    typed: Typed,
    text: String,
    /// The byte of the text at which each of its characters begins, and that of the plain form; one more for the end.
    places: Vec<(usize, usize)>,
}

impl Form {
    fn new(words: &str) -> Form {
        let typed = Typed::new(words);
        let mut form = Form { text: String::new(), places: Vec::new(), typed };
        form.push('^', 0);
        let plain = form.typed.plain.clone();
        let mut rest = plain.as_str();
        while let Some(character) = rest.chars().next() {
            let at = plain.len() - rest.len();
            let number =
                rest.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(rest.len());
            let (sign, length) = match character {
                '0'..='9' if rest[number..].starts_with('%') => {
                    (if &rest[..number] == "100" { 'D' } else { 'P' }, number + 1)
                }
                '0'..='9' => ('0', number),
                _ if character.is_whitespace() => ('_', character.len_utf8()),
                _ => (character, character.len_utf8()),
            };
            form.push(sign, at);
            rest = &rest[length..];
        }
        form.push('$', plain.len());
        form.places.push((form.text.len(), plain.len()));
        form
    }

    fn push(&mut self, sign: char, at: usize) {
        self.places.push((self.text.len(), at));
        self.text.push(sign);
    }

    /// Each run with where it stands in the plain form.
    fn runs(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        let count = self.places.len() - 1;
        (0..count).flat_map(move |first| {
            (first + 1..=count.min(first + LONGEST)).map(move |end| {
                let ((from, start), (to, stop)) = (self.places[first], self.places[end]);
                (start..stop, &self.text[from..to])
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_sign() {
        assert_eq!(Form::new("完成 60%，共12家").text, "^完成_P，共0家$");
        assert_eq!(Form::new("进度100%").text, "^进度D$");
        assert_eq!(runs("一一"), ["$", "^", "^一", "^一一", "^一一$", "一", "一$", "一一", "一一$"]);
    }

    #[test]
    fn clauses_stand_between_stops() {
        let text = "平台已建。缺人， 进度60%";
        let parts: Vec<&str> = clauses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, ["平台已建", "缺人", " 进度60%"]);
    }

    #[test]
    fn signs_are_weights() {
        for weight in -MOST..=MOST {
            assert_eq!(weight_of(sign_of(weight) as u8), weight);
        }
    }

    #[test]
    fn a_sum_of_weights_leans_to_a_sense() {
        let row = |sense: Sense| -> String {
            Sense::ALL.iter().map(|other| if *other == sense { 'Z' } else { '.' }).collect()
        };
        let file = format!("# a remark\n{}谢\n{}办完\n", row(Sense::Chatter), row(Sense::ClaimedDone));
        let weights = Score::read(&file, "b\nZ缺\n");
        assert_eq!(weights.leaning("多谢"), Some(Leaning { sense: Sense::Chatter, lead: 26 }));
        assert_eq!([weights.trouble("缺"), weights.trouble("好")], [24, 0]);
        assert_eq!(weights.leaning("多谢，办完").map(|leaning| leaning.lead), Some(0));
        assert_eq!(weights.leaning("好"), None);
        assert_eq!(weights.reasons("都办完了", Sense::ClaimedDone), ["办完"]);
    }
}
