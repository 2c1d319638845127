//! 补: what a colleague reported before anybody had registered them. It waits, and is heard once they are a contact.

pub mod rows;

/// So much waits of one person; the newest words of a flood are told by hand.
const MOST: i64 = 50;
