//! What a clause is read in: what its task and the words before it bring.

use chrono::NaiveDate;

use super::milestone::Due;

/// What clauses before leave to those that follow in the sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// A part was named, and the next words are about it.
    pub part: bool,
    /// The date for which a thing was named.
    pub due: Option<NaiveDate>,
    /// Somebody else speaks.
    pub hearsay: bool,
    /// What follows is wished or demanded.
    pub wished: bool,
    /// What follows holds only on a condition.
    pub conditional: bool,
    /// Somebody is asked to do what follows.
    pub requests: bool,
    /// The sentence asks: 请问口径，是统计新签的，还是都要统计？
    pub asks: bool,
    /// What follows is to come: 下一步，重点补齐短板.
    pub next: bool,
}

/// What a clause stands among.
pub struct Around<'a> {
    /// The dates that the task's own words name.
    pub known: &'a [Due],
    pub on: NaiveDate,
    /// Whether it tells of what was before, and other clauses of what is now.
    pub formerly: bool,
    pub among_others: bool,
}
