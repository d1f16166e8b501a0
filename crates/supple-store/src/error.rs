use crate::Version;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// What can go wrong with the log. Whatever it is, nothing was written, unless it says so.
///
/// The message states the fact; [`Error::next_step`] says what to do. The log's own path is not repeated: whoever
/// opened it knows it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder beside the log cannot be used.
    #[error("{}: cannot {doing}: {source}", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The log's path is a folder or something else that is not a file.
    #[error("this is not a file")]
    NotAFile,
    /// A SQLite file, but another program's.
    #[error(
        "this is a database of another program (application id {found:#x}, a log has {:#x})",
        crate::migrate::APPLICATION_ID
    )]
    NotALog {
        /// The application id in the file.
        found: i64,
    },
    /// Bytes of the file are missing or wrong.
    #[error("the file is damaged: {why}")]
    Damaged {
        /// What was found.
        why: String,
    },
    /// The file was written by a newer version.
    #[error("the file has schema {file}, this program reads up to {program}; nothing was changed")]
    NewerFile {
        /// The schema of the file.
        file: i64,
        /// The newest schema this program reads.
        program: i64,
    },
    /// The log is gone, but recent events that belonged to it are not.
    #[error("the log is missing, but {} is there and may hold its last events", leftover.display())]
    LogMissing {
        /// The file that was left.
        leftover: PathBuf,
    },
    /// Another program was writing for too long.
    #[error("another program is using the log")]
    Busy,
    /// No room left.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder may only be read, or not even that.
    #[error("the file cannot be opened for writing")]
    ReadOnly,
    /// Something arrived since the caller looked, wherever it sorts.
    #[error("the log has moved: it stands at {found}, not at {expected}")]
    HeadMoved {
        /// Where the log stood when the caller decided.
        expected: Version,
        /// Where it stands now.
        found: Version,
    },
    /// Not what a [`Version`] is written as.
    #[error("{text:?} does not say where a log stands")]
    NotAVersion {
        /// The text.
        text: String,
    },
    /// An event of another device cannot be appended; it can be received.
    #[error("event {id} is of device {device}, this file continues the series of {own}")]
    OtherDevice {
        /// The event.
        id: String,
        /// Its device.
        device: String,
        /// The device of this file.
        own: String,
    },
    /// The number does not continue the series.
    #[error("event {id} has number {found}, the next one of device {device} is {expected}")]
    OutOfSeries {
        /// The event.
        id: String,
        /// Its device.
        device: String,
        /// The next number.
        expected: u64,
        /// The number it has.
        found: u64,
    },
    /// Its logical time is not after every event in the log.
    #[error("event {id} has logical time {logical_ms} and would not be the last; the last one has {last_ms}")]
    NotLast {
        /// The event.
        id: String,
        /// Its logical time.
        logical_ms: i64,
        /// The logical time of the last event.
        last_ms: i64,
    },
    /// Written out, it could not be read again.
    #[error("event {id} could not be read again: {why}")]
    Unwritable {
        /// The event.
        id: String,
        /// What reading it says.
        why: String,
    },
    /// Longer than a line may be.
    #[error("longer than {} bytes, the most a line may have", crate::LINE_LIMIT)]
    LineTooLong,
    /// One line was given that is two, or none.
    #[error("not one line: it is blank or holds a line feed")]
    NotOneLine,
    /// A line whose place in a series cannot be read.
    #[error("no place in a series: {why}")]
    NoFrame {
        /// What is wrong with it.
        why: String,
    },
    /// The log has other bytes at this place.
    #[error("number {seq} of device {device} is in the log with other bytes")]
    Differs {
        /// The device.
        device: String,
        /// The number in its series.
        seq: u64,
    },
    /// The log has this id at another place.
    #[error("the id {id} is already that of number {seq} of device {device}")]
    IdTaken {
        /// The id.
        id: String,
        /// The device that has it.
        device: String,
        /// The number that has it.
        seq: u64,
    },
    /// It does not continue the series; what lies between has to come first.
    #[error("number {found} of device {device} does not continue its series, the next one here is {expected}")]
    Gap {
        /// The device.
        device: String,
        /// The next number.
        expected: u64,
        /// The number it has.
        found: u64,
    },
    /// Everything was erased since, and what belonged to it is not taken.
    #[error("everything was erased: the epoch is {found}, no longer {expected}")]
    OtherEpoch {
        /// The epoch the caller knows.
        expected: String,
        /// The epoch it is.
        found: String,
    },
    /// Not one line of the input is an event.
    #[error("none of the {lines} lines is an event")]
    NoEvents {
        /// How many lines it has.
        lines: u64,
    },
    /// Something is wrong with one line of the input.
    #[error("line {line}: {source}")]
    AtLine {
        /// Its number, from 1.
        line: u64,
        /// What is wrong.
        source: Box<Error>,
    },
    /// The input cannot be read.
    #[error("cannot read: {0}")]
    Input(#[source] io::Error),
    /// The output cannot be written. The log itself is as it was.
    #[error("cannot write: {0}")]
    Output(#[source] io::Error),
    /// Anything else that SQLite says.
    #[error("the database says: {0}")]
    Database(#[source] sqlx::Error),
}

impl Error {
    /// What to do now, as a sentence for a person.
    #[must_use]
    pub fn next_step(&self) -> &'static str {
        match self {
            Self::File { .. } => {
                "Check that the folder exists and that you may write in it, or choose another place."
            }
            Self::NotAFile | Self::NotALog { .. } => "Choose another path for the log; this one was left as it is.",
            Self::Damaged { .. } => {
                "Keep the file. Move it aside with the files beside it that begin with its name, then put back a copy \
                 (they end in .bak) or import an export; another of your devices may hold the same events."
            }
            Self::NewerFile { .. } => "Update Supple, then open it again.",
            Self::LogMissing { .. } => {
                "Put the log back where it was. If it is gone for good, move the leftover file away to begin a new log."
            }
            Self::Busy => "Wait until the other Supple has finished, then try again.",
            Self::DiskFull => "Free some space, then try again; what was acknowledged before is safe.",
            Self::ReadOnly => "Check the permissions of the file and of its folder, then try again.",
            Self::HeadMoved { .. } | Self::NotAVersion { .. } | Self::OutOfSeries { .. } | Self::NotLast { .. } => {
                "Load the log again and decide again."
            }
            Self::OtherDevice { .. } => "Import events of other devices; only this device's own can be appended.",
            Self::Unwritable { .. } => "This is a mistake in Supple; please report it with the message.",
            Self::LineTooLong => "Check that this is a log; one of its lines is one event.",
            Self::NotOneLine => "Hand over one event a line.",
            Self::Gap { .. } => "Send the series from the next number on; what was sent changed nothing.",
            Self::OtherEpoch { .. } => "Erase what is left of the old epoch, then exchange in the new one.",
            Self::NoFrame { .. } => "Ask the other side to send it again, or import it from an export.",
            Self::Differs { .. } | Self::IdTaken { .. } => {
                "Nothing was taken. One of the two logs was edited, or two copies of one file were both continued: \
                 keep both, and import into a new log the one you trust."
            }
            Self::NoEvents { .. } => "Check that this is the file you meant: a log has one event a line, as JSON.",
            Self::AtLine { source, .. } => source.next_step(),
            Self::Input(_) => "Check the input, then import it again; nothing was imported.",
            Self::Output(_) => "Check the place you export to, then export again.",
            Self::Database(_) => "Try again; if it stays, run `supple log verify`.",
        }
    }

    /// The same, at a line of the input.
    pub(crate) fn at_line(self, line: u64) -> Self {
        Self::AtLine { line, source: Box::new(self) }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        // The primary code is the low byte: https://sqlite.org/rescode.html
        let primary = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .and_then(|code| code.parse::<u32>().ok())
            .map(|code| code & 0xff);
        match (primary, &error) {
            (Some(5 | 6), _) | (_, sqlx::Error::PoolTimedOut) => Self::Busy,
            (Some(8 | 14), _) => Self::ReadOnly,
            (Some(11), _) => Self::Damaged { why: "parts of it are missing or wrong".into() },
            (Some(13), _) => Self::DiskFull,
            (Some(26), _) => Self::Damaged { why: "it does not begin like a database".into() },
            _ => Self::Database(error),
        }
    }
}
