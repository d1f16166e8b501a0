//! Files of watches and bicycle computers (Garmin's FIT).
//!
//! `rustyfit` reads the messages one by one, so that a file that ends too early, or whose middle is damaged, still gives
//! what stands before; of the two readers that were tried the other gives all or nothing.

mod codes;
mod training;

use crate::found::Refused;
use rustyfit::proto::{Message, Value};
use rustyfit::{DecoderBuilder, DecoderError, DecoderEvent, StreamingIterator};
use supple_core::event::Trained;
use training::Gathered;

pub use training::short_name;

/// What came of a file: trainings, and what is wrong with it.
#[derive(Debug, Default)]
pub struct FitRead {
    pub trainings: Vec<Trained>,
    pub problems: Vec<Refused>,
}

/// Reads a file, or several one after another in one.
pub fn read(bytes: &[u8], zone: &jiff::tz::TimeZone) -> FitRead {
    let mut all = FitRead::default();
    let mut rest = bytes;
    let mut empty = 0;
    while !rest.is_empty() {
        let Some(length) = length(rest) else {
            // Zeros behind the end are what some devices fill a sector with.
            if rest.len() == bytes.len() || rest.iter().any(|&byte| byte != 0) {
                let why = "a file of a watch does not begin so".to_owned();
                all.problems.push(Refused::Unreadable { form: "FIT", why });
            }
            break;
        };
        let (file, behind) = rest.split_at(length.min(rest.len()));
        let mut gathered = Gathered::default();
        if let Some(problem) = messages(file, &mut gathered) {
            all.problems.push(problem);
        }
        if length > rest.len() && !all.problems.contains(&Refused::CutShort) {
            all.problems.push(Refused::CutShort);
        }
        let before = all.trainings.len();
        gathered.trainings(zone, &mut all.trainings, &mut all.problems);
        empty += usize::from(all.trainings.len() == before);
        rest = behind;
    }
    if all.trainings.is_empty() && all.problems.is_empty() && empty > 0 {
        all.problems.push(Refused::NothingInIt);
    }
    all
}

/// How long the first file is by its own account, header and sum included; none if it does not begin like one.
fn length(bytes: &[u8]) -> Option<usize> {
    let header = usize::from(*bytes.first()?);
    if !matches!(header, 12 | 14) || bytes.get(8..12) != Some(b".FIT") {
        return None;
    }
    let data = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
    header.checked_add(usize::try_from(data).ok()?)?.checked_add(2)
}

/// Every message up to the first that cannot be read.
fn messages(file: &[u8], gathered: &mut Gathered) -> Option<Refused> {
    let mut decoder = DecoderBuilder::new().expand_components(false).build();
    let mut stream = decoder.stream(file);
    loop {
        match stream.next()? {
            Ok(DecoderEvent::Message(message)) => gathered.add(message),
            Ok(_) => {}
            Err(DecoderError::ChecksumMismatch { .. }) => return Some(Refused::Damaged),
            Err(DecoderError::UnexpectedEof | DecoderError::Io { .. }) => return Some(Refused::CutShort),
            Err(DecoderError::NotFITFile) => {
                let why = "a file of a watch does not begin so".to_owned();
                return Some(Refused::Unreadable { form: "FIT", why });
            }
            Err(DecoderError::MissingMessageDefinition { .. }) => return Some(Refused::Damaged),
        }
    }
}

/// A field as a whole number; the first of a list; none where the device wrote that it has none.
fn number(message: &Message, field: u8) -> Option<u64> {
    match value(message, field)? {
        Value::Uint8(n) => present(u64::from(*n), u64::from(u8::MAX)),
        Value::Uint16(n) => present(u64::from(*n), u64::from(u16::MAX)),
        Value::Uint32(n) => present(u64::from(*n), u64::from(u32::MAX)),
        Value::Uint64(n) => present(*n, u64::MAX),
        Value::ArrayUint8(list) => present(u64::from(*list.first()?), u64::from(u8::MAX)),
        Value::ArrayUint16(list) => present(u64::from(*list.first()?), u64::from(u16::MAX)),
        Value::ArrayUint32(list) => present(u64::from(*list.first()?), u64::from(u32::MAX)),
        Value::Int8(n) => u64::try_from(*n).ok(),
        Value::Int16(n) => u64::try_from(*n).ok(),
        Value::Int32(n) => u64::try_from(*n).ok(),
        _ => None,
    }
}

const fn present(number: u64, none: u64) -> Option<u64> {
    if number == none { None } else { Some(number) }
}

fn text(message: &Message, field: u8) -> Option<&str> {
    match value(message, field)? {
        Value::String(text) => Some(text.trim_end_matches('\0').trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn value(message: &Message, field: u8) -> Option<&Value> {
    message.fields.iter().find(|known| known.num == field).map(|known| &known.value)
}
