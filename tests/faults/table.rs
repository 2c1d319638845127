//! What a row found, and the table of all of them.

/// One promise: how it was measured and what was found.
#[derive(Clone, Debug)]
pub struct Row {
    pub promise: &'static str,
    /// What was done: how often, at least how often in a long run.
    pub sizes: Vec<Size>,
    /// What was counted, and how much of it the promise allows.
    pub counts: Vec<Count>,
    /// What should be known beside it.
    pub remarks: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Size {
    pub what: &'static str,
    pub reached: u64,
    pub wanted: u64,
}

#[derive(Clone, Debug)]
pub struct Count {
    pub what: &'static str,
    pub found: u64,
    pub allowed: u64,
}

impl Row {
    pub fn new(promise: &'static str) -> Row {
        Row { promise, sizes: Vec::new(), counts: Vec::new(), remarks: Vec::new() }
    }

    pub fn size(mut self, what: &'static str, reached: u64, wanted: u64) -> Row {
        self.sizes.push(Size { what, reached, wanted });
        self
    }

    /// At most `allowed` of it may be found.
    pub fn count(mut self, what: &'static str, found: u64, allowed: u64) -> Row {
        self.counts.push(Count { what, found, allowed });
        self
    }

    pub fn remark(mut self, remark: impl Into<String>) -> Row {
        self.remarks.push(remark.into());
        self
    }

    /// Nothing was found that the promise does not allow.
    pub fn is_kept(&self) -> bool {
        self.counts.iter().all(|count| count.found <= count.allowed)
    }

    /// Enough was done for the row to prove something.
    pub fn is_long_enough(&self) -> bool {
        self.sizes.iter().all(|size| size.reached >= size.wanted)
    }

    /// The row as a line of Markdown.
    pub fn line(&self) -> String {
        let size = |size: &Size| match size.reached < size.wanted {
            true => format!("{} {} (too few: {} wanted)", size.reached, size.what, size.wanted),
            false => format!("{} {}", size.reached, size.what),
        };
        let count = |count: &Count| format!("{} {} (allowed: {})", count.found, count.what, count.allowed);
        let sizes: Vec<String> = self.sizes.iter().map(size).collect();
        let counts = self.counts.iter().map(count).chain(self.remarks.iter().cloned());
        let verdict = match (self.is_kept(), self.is_long_enough()) {
            (false, _) => "**BROKEN**",
            (true, false) => "too short to tell",
            (true, true) => "kept",
        };
        format!("| {} | {} | {} | {verdict} |", self.promise, sizes.join(", "), counts.collect::<Vec<_>>().join("; "))
    }
}

/// The table in Markdown.
pub fn table(rows: &[Row]) -> String {
    let head = "| promise | size | counted | verdict |\n|---|---|---|---|\n".to_owned();
    rows.iter().fold(head, |table, row| table + &row.line() + "\n")
}

/// A table that cannot say "broken" says nothing.
pub fn self_test() {
    let row = || Row::new("a promise").size("runs", 10, 10).count("lost", 0, 0);
    assert!(row().is_kept());
    assert!(!row().count("lost", 1, 0).is_kept(), "a loss breaks the promise");
    assert!(!row().size("kills", 9, 10).is_long_enough(), "too small a run proves nothing");
    assert!(table(&[row().count("lost", 1, 0)]).contains("BROKEN"));
}
