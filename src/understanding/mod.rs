//! What people's words mean: a contact's answer to a message that named tasks, or a coordinator's question.
//!
//! ```text
//! text as typed ─▶ plain form ─▶ whose task (address) ─▶ words ─▶ clauses ─▶ facts ─▶ judgement
//!                                                                                    └─▶ second opinion (score)
//! ```
//!
//! Text is never cut or rewritten: each fact knows where it was typed. Everything is accounted for: what no fact explains
//! is known, and where it could matter it is asked about. Completion is one decision over all facts of a task.

/// Names a regular expression, compiled once.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($text).expect("a constant"));
    };
}

/// Names rules over the classes of words, with the name by which the reading explains itself.
macro_rules! rules {
    ($($visible:vis $name:ident: $means:literal = $text:expr;)*) => {
        $($visible static $name: LazyLock<Rule> = LazyLock::new(|| Rule::new($means, $text.as_ref()));)*
    };
}

mod address;
mod alone;
pub mod asked;
mod clause;
mod completion;
pub mod contact;
mod context;
mod doing;
mod fact;
mod form;
mod group;
pub mod inspection;
pub mod item;
mod judgement;
mod lexicon;
mod lists;
mod manner;
mod marks;
mod milestone;
mod neighbours;
mod opinion;
mod plans;
mod printed;
pub mod question;
mod reading;
pub mod score;
mod sections;
mod share;
mod standing;
pub mod steps;
mod surroundings;
mod table;
mod task_called;
mod text;
mod token;
mod told;
mod topic;
mod trouble;
mod wish;

pub use contact::{by_rules, explain, understand_contact, weighed};
pub use group::{Group, groups};
pub use item::{Aside, Explained, Intent, Item, Named, Understanding, Why};
pub use milestone::dues;
pub use plans::{of_plan, one_called, parts, understand_by_plan};
pub use question::{
    Among, Beyond, Deed, List, Only, Order, Query, QueryKind, called, commanded, days, nearest, understand_coordinator,
    why_so,
};
pub use task_called::{numbered, task_called, task_number};
use text::Typed;
pub use wish::gives_reason;

/// Whether the words ask instead of telling.
pub fn is_question(text: &str) -> bool {
    let typed = Typed::new(text);
    let whole = 0..typed.plain.len();
    let tokens = token::within(&typed.plain, std::slice::from_ref(&whole), false);
    clause::clauses(&typed.plain, &tokens).iter().any(manner::asks)
}

/// Whether the words are this task's number and nothing else.
pub fn is_number(text: &str, number: &str) -> bool {
    let typed = Typed::new(text.trim());
    address::number(&typed.plain).is_some_and(|read| read == number)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    /// A date says one day in an extension, in a step and in a question.
    #[test]
    fn a_date_means_one_day_wherever_it_stands() {
        let on: NaiveDate = "2019-06-27".parse().unwrap();
        for (words, day) in [
            ("2020年底", "2020-12-31"),
            ("今年年底", "2019-12-31"),
            ("年底前", "2019-12-31"),
            ("9月30日", "2019-09-30"),
            ("9月30", "2019-09-30"),
            ("三月底", "2020-03-31"),
            ("明年3月底", "2020-03-31"),
            ("十月三十一日", "2019-10-31"),
            ("10月上旬", "2019-10-10"),
            ("8月中旬", "2019-08-20"),
            ("2020年2月底", "2020-02-29"),
            ("2月29日", "2020-02-29"),
            ("2019.9.10", "2019-09-10"),
            ("2019-09-10", "2019-09-10"),
            ("2019/9/10前", "2019-09-10"),
            ("第三季度末", "2019-09-30"),
            ("一季度末", "2020-03-31"),
            ("国庆前", "2019-09-30"),
            ("春节前", "2020-01-24"),
            ("月底", "2019-06-30"),
            ("本月底", "2019-06-30"),
            ("下个月底", "2019-07-31"),
            ("下月15日", "2019-07-15"),
            ("15号", "2019-07-15"),
            ("30号", "2019-06-30"),
            ("下周五", "2019-07-05"),
            ("周五前", "2019-06-28"),
            ("9月15日至10月8日", "2019-10-08"),
        ] {
            let until = format!("{}前到期", words.trim_end_matches('前'));
            let asked = understand_coordinator(&until, &[], on).query.and_then(|query| query.to);
            let wished = understand_contact(&format!("申请延期至{words}"), &Named::by_numbers(&["5".to_owned()]), on);
            let wished = wished.items.first().and_then(|item| item.extend_to);
            let planned = |line: String| steps::breakdown(&line, on).steps.first().map(|step| step.due);
            let (first, last) = (planned(format!("{words} 系统联调")), planned(format!("系统联调 {words}")));
            let found = [("asked", asked), ("wished", wished), ("planned first", first), ("planned last", last)];
            for (where_it_stands, found) in found {
                assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(day), "{words}, {where_it_stands}");
            }
        }
    }
}
