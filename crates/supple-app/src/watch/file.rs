//! Messages into the bytes of a file.

use core::convert::Infallible;
use embedded_io::{ErrorType, Seek, SeekFrom, Write};
use jiff::Timestamp;
use rustyfit::Encoder;
use rustyfit::profile::{mesgdef, typedef};
use rustyfit::proto::{FIT, Message};

/// How many bytes of a name a file holds; watches show fewer. Our judgement: the longest name with its side is shorter.
const MOST_BYTES: usize = 96;

/// The bytes; none if a message has something that does not fit into a file, as a session of some hundred hours does.
pub fn bytes(messages: Vec<Message>) -> Option<Vec<u8>> {
    let mut memory = Memory::default();
    let mut fit = FIT { messages, ..FIT::default() };
    Encoder::new().encode(&mut memory, &mut fit).ok()?;
    Some(memory.bytes)
}

/// What every file begins with. The serial number stands for no device: 1, since 0 says there is none.
pub fn beginning(kind: typedef::File, made: Timestamp) -> Message {
    let mut file = mesgdef::FileId::new();
    file.r#type = kind;
    file.manufacturer = typedef::Manufacturer::DEVELOPMENT;
    file.product = 0;
    file.serial_number = 1;
    file.time_created = moment(made);
    file.product_name = "Supple".into();
    file.into()
}

/// A moment as files count it.
pub fn moment(at: Timestamp) -> typedef::DateTime {
    typedef::DateTime::from_unix_timestamp(at.as_second())
}

/// A name, cut at the end of a letter where it is too long.
pub fn name(text: &str) -> Box<str> {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].into()
}

/// A file that is not on any disk.
#[derive(Debug, Default)]
struct Memory {
    bytes: Vec<u8>,
    at: usize,
}

impl ErrorType for Memory {
    type Error = Infallible;
}

impl Write for Memory {
    fn write(&mut self, new: &[u8]) -> Result<usize, Infallible> {
        let end = self.at + new.len();
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes[self.at..end].copy_from_slice(new);
        self.at = end;
        Ok(new.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl Seek for Memory {
    fn seek(&mut self, to: SeekFrom) -> Result<u64, Infallible> {
        let (from, by) = match to {
            SeekFrom::Start(at) => (0, i64::try_from(at).unwrap_or(i64::MAX)),
            SeekFrom::End(by) => (self.bytes.len(), by),
            SeekFrom::Current(by) => (self.at, by),
        };
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        // Before the beginning there is nothing, and behind the end the encoder never goes.
        self.at = usize::try_from(from.saturating_add(by).max(0)).unwrap_or(0).min(self.bytes.len());
        Ok(self.at as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_long_name_is_cut_between_letters() {
        assert_eq!(&*name("Calf, left"), "Calf, left");
        let long = format!("a{}", "é".repeat(80));
        assert_eq!(name(&long).len(), 95, "96 would lie inside a letter");
    }
}
