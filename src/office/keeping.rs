//! What is done about the files that reports come with, as the office's settings say it.

/// 20 MB; Telegram gives bots no larger file.
const LARGEST_FILE: u64 = 20 << 20;
/// 2 GB: what is kept stands in the database, of which there are daily copies.
const LARGEST_SUM: u64 = 2 << 30;
/// 1 TB
const MOST: u64 = 1 << 40;

/// 佐证: what is done about a report's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// Nothing: Telegram has them, and the report says where.
    Reference,
    /// Each is fetched once, and its digest goes on the ledger.
    Hash,
    /// The same, and the files of no more than `each` bytes are kept, of no more than `all` bytes together.
    Keep { each: u64, all: u64 },
}

impl Keeping {
    /// `reference`, `hash`, `keep`, `keep 20MB`, `keep 20MB 2GB`
    pub fn read(text: &str) -> Option<Keeping> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["reference"] => Some(Keeping::Reference),
            ["hash"] => Some(Keeping::Hash),
            ["keep"] => Some(Keeping::Keep { each: LARGEST_FILE, all: LARGEST_SUM }),
            ["keep", each] => Some(Keeping::Keep { each: size(each)?, all: LARGEST_SUM.max(size(each)?) }),
            ["keep", each, all] => {
                let (each, all) = (size(each)?, size(all)?);
                (each <= all).then_some(Keeping::Keep { each, all })
            }
            _ => None,
        }
    }

    /// Whether a file of so many bytes is kept beside so many that are kept already.
    pub fn keeps(self, size: u64, already: u64) -> bool {
        match self {
            Keeping::Reference | Keeping::Hash => false,
            Keeping::Keep { each, all } => size <= each && already.saturating_add(size) <= all,
        }
    }
}

/// `20MB`: a number of KB, MB or GB, of 1024 each.
fn size(text: &str) -> Option<u64> {
    let text = text.to_ascii_uppercase();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = match unit {
        "K" | "KB" => 1 << 10,
        "M" | "MB" => 1 << 20,
        "G" | "GB" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit).filter(|size| (1..=MOST).contains(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let keep = |each, all| Some(Keeping::Keep { each, all });
        assert_eq!(Keeping::read("keep"), keep(20 << 20, 2 << 30));
        assert_eq!(Keeping::read("keep 5mb"), keep(5 << 20, 2 << 30));
        assert_eq!(Keeping::read("keep 512KB 10GB"), keep(512 << 10, 10 << 30));
        assert_eq!(Keeping::read("hash"), Some(Keeping::Hash));
        for wrong in ["", "keep 20", "keep MB", "keep 2GB 1MB", "hash 5MB", "keep 0MB", "keep 99999999999999999GB"] {
            assert_eq!(Keeping::read(wrong), None, "{wrong}");
        }
        let keeping = Keeping::Keep { each: 10, all: 15 };
        assert!(keeping.keeps(10, 5) && !keeping.keeps(11, 0) && !keeping.keeps(10, 6));
    }
}
