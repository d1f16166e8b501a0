//! From bytes to events, whatever version wrote them.

use super::{Event, VERSION};
use crate::lean::{self, Unread};
use serde_json::Value;

/// A line of the log: an event that can be read, or the bytes of one that cannot.
///
/// Nothing is ever dropped. An entry that cannot be read is kept as it is, and every fact of the screen it may
/// hold counts as unknown until a program that can read it comes along.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// It can be read.
    Read(Box<Event>),
    /// It cannot; why, and what is known of it.
    Unreadable(Unreadable),
}

/// An entry that this program cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The bytes, as they are.
    pub raw: String,
    /// What is wrong with them, and what to do.
    pub why: String,
    /// What could be made out of its frame.
    pub frame: Frame,
}

/// The frame of an event: everything but its body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Its id.
    pub id: Option<String>,
    /// Its device.
    pub device: Option<String>,
    /// Its number in the device's series.
    pub seq: Option<u64>,
    /// Its hybrid logical time.
    pub logical_ms: Option<i64>,
    /// The version that wrote it.
    pub version: Option<u16>,
}

impl Frame {
    /// What can be made out, field by field.
    fn of(line: &Value) -> Self {
        let text = |field: &str| line.get(field).and_then(Value::as_str).map(str::to_owned);
        let whole = |field: &str| line.get(field).and_then(Value::as_u64);
        Self {
            id: text("id"),
            device: text("device"),
            seq: whole("seq"),
            logical_ms: line.get("logical_ms").and_then(Value::as_i64),
            version: whole("version").and_then(|version| u16::try_from(version).ok()),
        }
    }
}

/// Reads one line of JSON.
#[must_use]
pub fn read(line: &str) -> Entry {
    let unreadable = |frame, why| Entry::Unreadable(Unreadable { raw: line.to_owned(), why, frame });
    let unknown = |error: Unread| format!("not an event this program knows: {error}");
    let value = match lean::parse(line) {
        Ok(value) => value,
        Err(error) => return unreadable(Frame::default(), unknown(error)),
    };
    let frame = Frame::of(&value);
    if let Some(version) = frame.version.filter(|&v| v > VERSION) {
        return unreadable(
            frame,
            format!(
                "written by a newer version (shape {version}; this program reads up to {VERSION}); update Supple to use it"
            ),
        );
    }
    // Versions 2 to 4 only have more bodies and words than those before, so there is nothing to lift; a later shape is
    // lifted here, one step each. No program ever wrote a new one into an old line, so nobody can say what such a line
    // means.
    match lean::from_value::<Event>(&value) {
        Ok(event) if event.body.since_version() > event.version.max(1) => unreadable(
            frame,
            format!(
                "it says it has shape {}, but what it holds exists only since shape {}",
                event.version,
                event.body.since_version()
            ),
        ),
        Ok(event) => Entry::Read(Box::new(event)),
        Err(error) => unreadable(frame, unknown(error)),
    }
}

impl Entry {
    /// The key of the fold order. An entry whose time cannot be read sorts last: it may hold the latest answer.
    #[must_use]
    pub fn order(&self) -> (i64, &str, u64) {
        match self {
            Self::Read(event) => event.order(),
            Self::Unreadable(entry) => (
                entry.frame.logical_ms.unwrap_or(i64::MAX),
                entry.frame.device.as_deref().unwrap_or(""),
                entry.frame.seq.unwrap_or(0),
            ),
        }
    }

    /// The bytes of the log, without a line end. An event is written in one fixed way.
    #[must_use]
    pub fn to_line(&self) -> String {
        match self {
            Self::Read(event) => serde_json::to_string(event).expect("an event is always JSON"),
            Self::Unreadable(entry) => entry.raw.clone(),
        }
    }
}
