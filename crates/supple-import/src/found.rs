use supple_core::event::{SorenessNoted, Trained};

/// Something that a file tells of.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A training. The batch in its source is empty until a [`Batch`](crate::Batch) takes it.
    Training(Box<Trained>),
    /// How sore somebody was on a day.
    Soreness(SorenessNoted),
}

/// What is said while a file is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Something was found.
    Found(Found),
    /// Something is wrong with a file; the others are read all the same.
    Problem(Problem),
    /// So many bytes of what was handed in are read.
    Bytes(u64),
    /// A file of an archive is read.
    File,
}

/// What is wrong with a file, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, with its folder in the archive.
    pub file: String,
    /// What is wrong.
    pub what: Refused,
    /// Whether anything of the file was taken in spite of it.
    pub kept: bool,
}

/// Why a file, or the rest of it, was not taken. A shell may put it in its own words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Refused {
    /// Nothing that is known.
    #[error(
        "this is no file that Supple can read; it reads FIT, TCX, GPX, Strava archives, Apple Health exports, \
         intervals.icu tables and CSV with a header"
    )]
    UnknownKind,
    /// Larger than may be.
    #[error("it holds more than {} MB, the most for such a file; is it the right one?", most >> 20)]
    TooLarge {
        /// The most bytes.
        most: u64,
    },
    /// It inflates to far more than any real file does.
    #[error(
        "it unpacks to more than {times} times its size, as no real export does; it was left alone. Export it again"
    )]
    Bomb {
        /// The most times its size.
        times: u64,
    },
    /// A name in the archive leads out of it.
    #[error(
        "the archive holds a file named {name:?}, which leads out of it; nothing of it was taken. Export it again"
    )]
    LeadsOut {
        /// The name.
        name: String,
    },
    /// Too many files.
    #[error("the archive holds {found} files, and at most {most} are read; split it")]
    TooManyFiles {
        /// How many there are.
        found: usize,
        /// The most.
        most: usize,
    },
    /// It asks for a password.
    #[error("it is locked with a password; unpack it yourself and import what is inside")]
    Locked,
    /// It ends before its end.
    #[error("it is cut short; what stands before that was read. Export or copy it again to get the rest")]
    CutShort,
    /// A sum over it does not fit.
    #[error("it is damaged (its checksum does not fit); what could be read was kept")]
    Damaged,
    /// It cannot be read as what it is.
    #[error("it cannot be read as {form}: {why}")]
    Unreadable {
        /// The form.
        form: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// It is of the right form but tells of nothing.
    #[error("no training is in it")]
    NothingInIt,
    /// A training in it cannot be.
    #[error("{what}; this one was left out")]
    CannotBe {
        /// What cannot be.
        what: String,
    },
    /// A table whose columns nobody named.
    #[error(
        "which column is what? It has {}; name at least the start and how long it took, as \
         --columns start=Date,minutes=Duration", headers.join(", ")
    )]
    NamesNeeded {
        /// What the columns are called.
        headers: Vec<String>,
    },
    /// A date that can be read in two ways.
    #[error("{text:?} may be day first or month first; say which with --days day-first or --days month-first")]
    WhichFirst {
        /// The date.
        text: String,
    },
    /// Supple's own export.
    #[error("this is a copy of a Supple log; bring it in with `supple log import`")]
    OwnLog,
    /// A session that Supple wrote for a watch, on its way back.
    #[error("this is a session that Supple wrote; it stands in its log already")]
    OwnSession,
    /// The disk, or whatever the bytes come from.
    #[error("it could not be read: {0}")]
    Reading(String),
}

impl Refused {
    /// What is wrong, for a page: what a terminal asks for with an option, a page asks for with a field.
    #[must_use]
    pub fn on_a_page(&self) -> String {
        match self {
            Self::NamesNeeded { .. } => {
                "its columns have names that Supple does not know. Say below which is what".into()
            }
            Self::WhichFirst { text } => {
                format!("{text:?} may be day first or month first. Say below which it is")
            }
            Self::OwnLog => {
                "this is a copy of a Supple log. Bring it in on the page Settings, under Your data".into()
            }
            other => other.to_string(),
        }
    }
}
