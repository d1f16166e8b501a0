use crate::Error;
use supple_core::event::Event;
use supple_core::event::upcast::{self, Entry, Frame, Unreadable};

/// The most bytes a line may have: 1 MiB. An event has about 300; our judgement.
pub const LINE_LIMIT: usize = 1 << 20;

/// The largest number or time a frame may hold, on both sides of zero: 2^53 - 1, what every JSON reader keeps exact.
const LARGEST: i64 = (1 << 53) - 1;

/// A line, by what its frame says.
#[derive(Debug)]
pub(crate) enum Line<'a> {
    /// It has a place in a series.
    Framed(Framed<'a>),
    /// It has none.
    Stray(Stray<'a>),
}

/// A line with its place. The columns of the table `events`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Framed<'a> {
    pub device: String,
    pub seq: i64,
    pub id: String,
    pub logical_ms: i64,
    pub text: &'a str,
    /// Whether this program can read its body.
    pub readable: bool,
}

/// A line without a place. The columns of the table `set_aside`, and why it is there.
#[derive(Debug)]
pub(crate) struct Stray<'a> {
    pub logical_ms: i64,
    pub device: String,
    pub seq: i64,
    pub bytes: &'a [u8],
    pub why: String,
}

impl<'a> From<Framed<'a>> for Stray<'a> {
    /// Another line has its place.
    fn from(f: Framed<'a>) -> Self {
        let why = TAKEN.to_owned();
        Self { logical_ms: f.logical_ms, device: f.device, seq: f.seq, bytes: f.text.as_bytes(), why }
    }
}

const TAKEN: &str = "another line has its number or its id";

/// What of these bytes is the line: without a byte order mark and carriage returns. None if it is blank.
pub(crate) fn trim(mut bytes: &[u8]) -> Option<&[u8]> {
    while let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        bytes = rest;
    }
    while let Some(rest) = bytes.strip_suffix(b"\r") {
        bytes = rest;
    }
    (!bytes.trim_ascii().is_empty()).then_some(bytes)
}

/// Exactly one trimmed line, within the limit.
pub(crate) fn one(bytes: &[u8]) -> Result<&[u8], Error> {
    let line = trim(bytes).filter(|line| !line.contains(&b'\n')).ok_or(Error::NotOneLine)?;
    if line.len() > LINE_LIMIT { Err(Error::LineTooLong) } else { Ok(line) }
}

/// Reads the frame of a trimmed line.
pub(crate) fn read(bytes: &[u8]) -> Line<'_> {
    let stray = |frame: Frame, why: String| {
        Line::Stray(Stray {
            logical_ms: frame.logical_ms.unwrap_or(i64::MAX),
            device: frame.device.unwrap_or_default(),
            seq: frame.seq.map_or(0, to_column),
            bytes,
            why,
        })
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return stray(Frame::default(), not_text());
    };
    let (frame, why) = frame_of(upcast::read(text));
    match possible(frame) {
        Frame { id: Some(id), device: Some(device), seq: Some(seq), logical_ms: Some(logical_ms), .. } => {
            let readable = why.is_none();
            Line::Framed(Framed { device, seq: to_column(seq), id, logical_ms, text, readable })
        }
        frame => stray(frame, why.unwrap_or_else(impossible)),
    }
}

/// A line of the table `set_aside`, as an entry: never a readable one, whatever its bytes say.
pub(crate) fn set_aside(bytes: &[u8]) -> Entry {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let raw = String::from_utf8_lossy(bytes).into_owned();
        return Entry::Unreadable(Unreadable { raw, why: not_text(), frame: Frame::default() });
    };
    let (frame, why) = frame_of(upcast::read(text));
    let why = why.unwrap_or_else(|| if possible(frame.clone()) == frame { TAKEN.to_owned() } else { impossible() });
    Entry::Unreadable(Unreadable { raw: text.to_owned(), why, frame: possible(frame) })
}

/// The frame of an entry, and why it cannot be read if it cannot.
fn frame_of(entry: Entry) -> (Frame, Option<String>) {
    match entry {
        Entry::Read(event) => {
            let Event { id, device, seq, logical_ms, version, .. } = *event;
            let (id, device) = (Some(id), Some(device));
            (Frame { id, device, seq: Some(seq), logical_ms: Some(logical_ms), version: Some(version) }, None)
        }
        Entry::Unreadable(entry) => (entry.frame, Some(entry.why)),
    }
}

/// The frame without the parts that cannot be: an absurd time must not become the clock of every later event.
fn possible(frame: Frame) -> Frame {
    Frame {
        id: frame.id.filter(|id| !id.is_empty()),
        device: frame.device.filter(|device| !device.is_empty()),
        seq: frame.seq.filter(|seq| (1..=LARGEST.unsigned_abs()).contains(seq)),
        logical_ms: frame.logical_ms.filter(|ms| (-LARGEST..=LARGEST).contains(ms)),
        version: frame.version,
    }
}

/// A number of a series as SQLite keeps it.
pub(crate) fn to_column(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// A number of a series as SQLite gave it.
pub(crate) fn from_column(seq: i64) -> u64 {
    u64::try_from(seq).unwrap_or(0)
}

fn not_text() -> String {
    "not UTF-8 text".to_owned()
}

fn impossible() -> String {
    format!("its id, device, number or time is missing or not between 1 and {LARGEST}")
}
