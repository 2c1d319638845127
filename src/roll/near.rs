//! Names on the roll that are nearest to one that is not.

/// Units whose name or alias is written almost as what was typed, or is longer, the nearest first. They are only shown, never
/// taken.
pub fn nearest(typed: &str, roll: &[(String, String)]) -> Vec<String> {
    const SHOWN: usize = 3;
    const SHORTEST: usize = 3;
    let length = typed.chars().count();
    // One character in three may be another one.
    let most = (length / 3).max(1);
    let is_short_for = |called: &str| {
        let mut rest = called.chars();
        length >= SHORTEST && typed.chars().all(|character| rest.any(|other| other == character))
    };
    let mut near: Vec<(usize, &String)> = roll
        .iter()
        .map(|(called, full)| (strsim::levenshtein(typed, called), called, full))
        .filter(|(distance, called, _)| *distance <= most || is_short_for(called))
        .map(|(distance, _, full)| (distance, full))
        .collect();
    near.sort_unstable();
    let mut names: Vec<String> = Vec::new();
    for (_, full) in near {
        if !names.contains(full) && names.len() < SHOWN {
            names.push(full.clone());
        }
    }
    names
}
