//! A task as people call it: 第5项, 营商环境第5项, 《营商环境》5.

/// A task by its number, and by its plan where it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Its plan's number, short name or words of its title.
    pub plan: Option<String>,
    pub number: String,
}
