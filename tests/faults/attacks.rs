//! The rows of attacks: attempts to act for another, to rewrite what was said, to stop the bot or to cost others their time,
//! made on the built program from outside. Each attempt says what must be true after it.

mod authority;
mod field;
mod integrity;
mod operations;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use super::chance::Chance;
use super::table::Row;
use field::Field;

/// One attempt. What fell, if anything did.
pub struct Attempt {
    pub what: &'static str,
    pub run: fn(&mut Field) -> Result<(), String>,
}

const CLASSES: [(&str, &[Attempt]); 3] = [
    ("attacks on authority", authority::ATTEMPTS),
    ("attacks on integrity", integrity::ATTEMPTS),
    ("attacks on operations", operations::ATTEMPTS),
];

pub fn measure(chance: &Chance) -> Vec<Row> {
    CLASSES.into_iter().map(|(class, attempts)| of_class(class, attempts, chance)).collect()
}

/// Every attempt finds an office of its own, so that none profits from another.
fn of_class(class: &'static str, attempts: &[Attempt], chance: &Chance) -> Row {
    let began = Instant::now();
    let furnished = Field::furnish(chance);
    let mut fell = Vec::new();
    for attempt in attempts {
        let mut field = Field::copy_of(&furnished, chance);
        // An attempt that breaks off has shown nothing, and so counts as one that fell.
        let outcome = catch_unwind(AssertUnwindSafe(|| (attempt.run)(&mut field).and_then(|()| field.is_well())));
        let outcome = outcome.unwrap_or_else(|_| Err("it broke off".to_owned()));
        if let Err(how) = outcome {
            println!("{class}: {} fell: {how}", attempt.what);
            fell.push(attempt.what);
        }
    }
    let row = Row::new(class)
        .size("attempts", attempts.len() as u64, attempts.len() as u64)
        .count("fell", fell.len() as u64, 0)
        .remark(format!("{} s", began.elapsed().as_secs()));
    if fell.is_empty() { row } else { row.remark(fell.join("、")) }
}

/// A check that cannot fail shows nothing.
pub fn self_test() {
    assert!(field::expect(true, "holds").is_ok());
    assert_eq!(field::expect(false, "falls"), Err("falls".to_owned()));
}
