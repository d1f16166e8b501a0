//! Rules over the knowledge that types cannot hold: all errors at once, file and field named.

mod anatomy;
mod cautions;
mod references;
mod techniques;
mod texts;

use super::Knowledge;
use std::fmt;

/// Something wrong in `knowledge/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, below `knowledge/`.
    pub file: String,
    /// The field, if it is about one.
    pub field: String,
    /// The rule that found it.
    pub rule: &'static str,
    /// What is wrong, and what to do about it.
    pub what: String,
}

impl Problem {
    /// Something wrong.
    #[must_use]
    pub fn new(file: &str, field: &str, rule: &'static str, what: String) -> Self {
        Self { file: file.to_owned(), field: field.to_owned(), rule, what }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = if self.field.is_empty() { "" } else { ": " };
        write!(f, "{}{dot}{}: {} [{}]", self.file, self.field, self.what, self.rule)
    }
}

/// What a rule adds its findings to.
type Problems = Vec<Problem>;

/// A rule: its name, and the function that looks.
type Rule = (&'static str, fn(&Knowledge, &'static str, &mut Problems));

/// The table of rules. Each has a fixture under `invalid/` that proves that it can fail.
pub const RULES: &[Rule] = &[];

/// Everything wrong, by every rule, in a fixed order.
#[must_use]
pub fn all(knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, rule) in RULES {
        rule(knowledge, name, &mut problems);
    }
    problems.sort();
    problems
}
