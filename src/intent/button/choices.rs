//! The button that offers more tasks, where a question names many.

use crate::intent::button::part;
use crate::office::place::PartOf;

const MORE: &str = "v1:more:";

/// Offers all tasks that the question names, where only the first have a button.
pub fn more(of: PartOf) -> String {
    format!("{MORE}{}{}", of.message_id, part(of))
}

/// Whether a button offers one task, or more of them.
pub fn offers_tasks(data: &str) -> bool {
    data.starts_with("v1:pick:") || data.starts_with(MORE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::{Intent, button};
    use crate::reporting;

    #[test]
    fn it_is_read_as_it_was_drawn() {
        for part in [0, 3] {
            let of = PartOf { message_id: 70, part };
            assert_eq!(button::read(&more(of)), Some(Intent::Reporting(reporting::Wanted::PickMore { of })));
        }
    }
}
