//! Entries as few bytes that are read fast: what most of a long log is, written field by field.
//!
//! Answers, check-ins, sessions and what the next day was like are nearly all of it. Any other line is kept as its text
//! and read as text again; so is one that would not come back exactly as it was.
//!
//! Nothing outside this program ever reads it: [`program`] changes with the shapes below, and what another program
//! packed is thrown away.

mod parts;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use parts::{Pack, SHAPES};
use std::collections::BTreeMap;
use supple_core::event::upcast::{self, Entry};
use supple_core::event::{Event, EventBody, VERSION};

/// Goes up when the same line would be read as something else although no shape has changed.
const FORMAT: u32 = 1;

/// Which program's packing this is: another version, other events or other fields make another one.
pub(crate) fn program() -> String {
    let shapes = SHAPES.iter().flat_map(|shape| shape.bytes());
    format!("{} {VERSION} {FORMAT} {:016x}", env!("CARGO_PKG_VERSION"), sum(&shapes.collect::<Vec<u8>>()))
}

/// A number that another text would hardly have: it finds damage, it does not keep anybody out.
pub(crate) fn sum(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(ODD).rotate_left(29);
    let (words, rest) = bytes.as_chunks::<8>();
    let all = words.iter().fold(bytes.len() as u64, |all, word| mix(all, u64::from_le_bytes(*word)));
    mix(rest.iter().fold(all, |all, &byte| mix(all, u64::from(byte))), ODD)
}

/// Packs lines of the log in their order.
pub(crate) fn pack<'l>(lines: impl Iterator<Item = &'l str>) -> Vec<u8> {
    let mut packer = Packer::default();
    for line in lines {
        let entry = upcast::read(line);
        let packed = packer.out.len();
        let comes_back = match &entry {
            Entry::Read(event) if pack_event(event, &mut packer).is_some() => {
                let mut again = Unpacker { rest: &packer.out[packed..], texts: packer.texts_so_far() };
                unpack_entry(&mut again).is_some_and(|back| back == entry && back.to_line() == entry.to_line())
            }
            _ => false,
        };
        if !comes_back {
            packer.out.truncate(packed);
            packer.out.push(TEXT);
            packer.bytes(line.as_bytes());
        }
    }
    packer.finish()
}

/// The entries, in the order they were packed; none at all if any of it is not as it was packed.
pub(crate) fn unpack(packed: &[u8]) -> Option<Vec<Entry>> {
    let mut from = Unpacker { rest: packed, texts: Vec::new() };
    let count = from.number()?;
    for _ in 0..count {
        let text = std::str::from_utf8(from.bytes()?).ok()?;
        from.texts.push(text);
    }
    let mut entries = Vec::new();
    while !from.rest.is_empty() {
        entries.push(unpack_entry(&mut from)?);
    }
    Some(entries)
}

/// What stands before an entry: that it is text, or which body it has.
const TEXT: u8 = 0;

macro_rules! bodies {
    ($($tag:literal $body:ident),+) => {
        fn pack_body(body: &EventBody, to: &mut Packer) -> Option<()> {
            match body {
                $(EventBody::$body(body) => {
                    to.out.push($tag);
                    body.pack(to);
                })+
                _ => return None,
            }
            Some(())
        }

        fn unpack_body(tag: u8, from: &mut Unpacker<'_>) -> Option<EventBody> {
            Some(match tag {
                $($tag => EventBody::$body(Pack::unpack(from)?),)+
                _ => return None,
            })
        }
    };
}

bodies!(1 QuestionAnswered, 2 CheckedIn, 3 SessionStarted, 4 BlockFinished, 5 SessionEnded, 6 NextDayReported);

fn pack_event(event: &Event, to: &mut Packer) -> Option<()> {
    let Event { id, device, seq, logical_ms, at, version, body } = event;
    // A machine that does not know its zone writes this name, which a zone has no name for.
    let unknown = at.time_zone().is_unknown().then_some("Etc/Unknown");
    let zone = unknown.or_else(|| at.time_zone().iana_name())?.to_owned();
    pack_body(body, to)?;
    to.bytes(id.as_bytes());
    device.pack(to);
    seq.pack(to);
    logical_ms.pack(to);
    at.timestamp().as_second().pack(to);
    at.timestamp().subsec_nanosecond().pack(to);
    zone.pack(to);
    version.pack(to);
    Some(())
}

fn unpack_entry(from: &mut Unpacker<'_>) -> Option<Entry> {
    let tag = from.byte()?;
    if tag == TEXT {
        return Some(upcast::read(std::str::from_utf8(from.bytes()?).ok()?));
    }
    let body = unpack_body(tag, from)?;
    let id = String::from_utf8(from.bytes()?.to_vec()).ok()?;
    let (device, seq, logical_ms) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
    let at = Timestamp::new(Pack::unpack(from)?, Pack::unpack(from)?).ok()?;
    let zone = TimeZone::get(from.text()?).ok()?;
    let version = Pack::unpack(from)?;
    Some(Entry::Read(Box::new(Event { id, device, seq, logical_ms, at: at.to_zoned(zone), version, body })))
}

/// Writes; a text that came before is named by its number.
#[derive(Default)]
pub(crate) struct Packer {
    out: Vec<u8>,
    texts: BTreeMap<String, u64>,
}

impl Packer {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.out.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        self.out.push((number & 0x7F) as u8);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        let next = self.texts.len() as u64;
        let number = *self.texts.entry(text.to_owned()).or_insert(next);
        self.number(number);
    }

    fn texts_so_far(&self) -> Vec<&str> {
        let mut texts: Vec<(u64, &str)> = self.texts.iter().map(|(text, number)| (*number, text.as_str())).collect();
        texts.sort_unstable();
        texts.into_iter().map(|(_, text)| text).collect()
    }

    /// The texts come first, as they are needed first.
    fn finish(self) -> Vec<u8> {
        let mut whole = Self::default();
        let texts = self.texts_so_far();
        whole.number(texts.len() as u64);
        for text in texts {
            whole.bytes(text.as_bytes());
        }
        whole.out.extend_from_slice(&self.out);
        whole.out
    }
}

/// Reads; none where the bytes end or say what cannot be.
pub(crate) struct Unpacker<'p> {
    rest: &'p [u8],
    texts: Vec<&'p str>,
}

impl<'p> Unpacker<'p> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn bytes(&mut self) -> Option<&'p [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<&'p str> {
        let number = usize::try_from(self.number()?).ok()?;
        self.texts.get(number).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_found() {
        let whole: Vec<u8> = (0..100).collect();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            assert_ne!(sum(&damaged), sum(&whole), "byte {at}");
            assert_ne!(sum(&whole[..at]), sum(&whole), "cut off after {at}");
        }
        assert_ne!(sum(&[]), sum(&[0]));
        assert_ne!(sum(&[0; 8]), sum(&[0; 16]));
    }

    #[test]
    fn what_most_of_a_log_is_takes_a_fifth_whether_its_zone_is_known_or_not() {
        for at in ["2026-11-22T18:00:00+01:00[Europe/Berlin]", "2026-11-22T17:00:00Z[Etc/Unknown]"] {
            let line = |seq: u32| {
                format!(
                    r#"{{"id":"series-{seq}","device":"phone","seq":{seq},"logical_ms":{seq},"at":"{at}","version":2,"body":{{"type":"question_answered","caution":"sp_port","text_version":1,"answer":"no","areas":[{{"region":"calf","side":"left"}},{{"region":"soleus","side":"left"}}]}}}}"#
                )
            };
            let lines: Vec<String> = (1..=100).map(line).collect();
            let packed = pack(lines.iter().map(String::as_str));
            let text: usize = lines.iter().map(String::len).sum();
            assert!(packed.len() * 5 < text, "{at}: {} of {text} bytes", packed.len());
            let back = unpack(&packed).expect("it comes back");
            assert!(back.iter().map(Entry::to_line).eq(lines), "{at}");
        }
    }

    #[test]
    fn bytes_that_nobody_packed_are_no_entries_and_no_panic() {
        let line = r#"{"id":"a","device":"d","seq":1,"logical_ms":1,"at":"2026-11-22T18:00:00+01:00[Europe/Berlin]","version":1,"body":{"type":"checked_in","goal":"recovery","minutes":10}}"#;
        let packed = pack([line, "not JSON"].into_iter());
        assert_eq!(unpack(&packed).map(|entries| entries.len()), Some(2));
        for end in 1..packed.len() {
            let _ = unpack(&packed[..end]); // a cut between two entries is for the number of lines to find
            let mut other = packed.clone();
            other[end] ^= 0xFF;
            let _ = unpack(&other);
        }
        assert_eq!(unpack(&[]), None);
        assert_eq!(unpack(&[0, 99]), None, "no such body");
    }
}
