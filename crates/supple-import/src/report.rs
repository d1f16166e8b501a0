use crate::{Preview, Refused};
use serde::Serialize;
use supple_core::sorted::SortedMap;

/// So many problems stand in a report; the others are counted.
const MOST_PROBLEMS: usize = 50;

/// A preview as a page shows it, to be handed over as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What was read: the name of a file, or how many there were.
    pub name: String,
    /// See [`Preview`].
    pub new: usize,
    /// See [`Preview`].
    pub adding: usize,
    /// See [`Preview`].
    pub there: usize,
    /// See [`Preview`].
    pub days: usize,
    /// See [`Preview`].
    pub sports: SortedMap<String, usize>,
    /// See [`Preview`].
    pub minutes: u64,
    /// See [`Preview`].
    pub sets: usize,
    /// See [`Preview`].
    pub repetitions: u64,
    /// See [`Preview`].
    pub files: usize,
    /// The first and the last day of what was found, as `2026-11-23`.
    pub span: Option<(String, String)>,
    /// What is wrong, file by file, as far as it fits.
    pub problems: Vec<Wrong>,
    /// How many more problems there are.
    pub more_problems: usize,
    /// The headers of a table whose columns have to be named.
    pub headers: Vec<String>,
    /// Whether dates can be read in two ways.
    pub which_first: bool,
}

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
    /// Whether anything of it was taken in spite of that.
    pub kept: bool,
}

impl Report {
    /// What a preview says.
    #[must_use]
    pub fn of(name: &str, preview: &Preview) -> Self {
        let problems = &preview.problems;
        let headers = problems.iter().find_map(|problem| match &problem.what {
            Refused::NamesNeeded { headers } => Some(headers.clone()),
            _ => None,
        });
        let wrong = problems.iter().take(MOST_PROBLEMS).map(|problem| Wrong {
            file: problem.file.clone(),
            what: problem.what.on_a_page(),
            kept: problem.kept,
        });
        Self {
            name: name.to_owned(),
            new: preview.new,
            adding: preview.adding,
            there: preview.there,
            days: preview.days,
            sports: preview.sports.clone(),
            minutes: preview.minutes,
            sets: preview.sets,
            repetitions: preview.repetitions,
            files: preview.files,
            span: preview.span.map(|(first, last)| (first.to_string(), last.to_string())),
            problems: wrong.collect(),
            more_problems: preview.more_problems + problems.len().saturating_sub(MOST_PROBLEMS),
            headers: headers.unwrap_or_default(),
            which_first: problems.iter().any(|problem| matches!(problem.what, Refused::WhichFirst { .. })),
        }
    }
}
