//! XML as a stream: one element at a time, and no element larger than allowed.

use crate::found::Refused;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{self, BufRead, Read};

/// Hands on bytes until an element has taken more than it may.
#[derive(Debug)]
struct Bounded<R> {
    inner: R,
    most: u64,
    left: u64,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(into.len());
        into[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::Error::other("an element is longer than any real one"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.inner.consume(amount);
    }
}

/// One event after the other.
pub struct Stream<R: BufRead> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Stream<R> {
    /// Begins. `most` bytes may be in one element.
    pub fn new(inner: R, most: u64) -> Self {
        let mut reader = Reader::from_reader(Bounded { inner, most, left: most });
        let config = reader.config_mut();
        // A file that ends too early is read as far as it goes, and nobody needs its closing tags compared.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new() }
    }

    /// The next event. The end of the bytes is [`Event::Eof`].
    pub fn next(&mut self) -> Result<Event<'_>, quick_xml::Error> {
        self.buffer.clear();
        let bounded = self.reader.get_mut();
        bounded.left = bounded.most;
        self.reader.read_event_into(&mut self.buffer)
    }

    /// Where it stands, in bytes.
    pub fn position(&self) -> u64 {
        self.reader.buffer_position()
    }
}

/// What a mistake in XML means for a file.
pub fn refused(form: &'static str, error: &quick_xml::Error) -> Refused {
    match error {
        quick_xml::Error::Syntax(_) => Refused::CutShort,
        other => Refused::Unreadable { form, why: other.to_string() },
    }
}

/// An attribute, with what stands for signs put in their place.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(plain(&found.value))
}

/// Text with what stands for signs put in their place; a sign that nobody knows stays as it is written.
pub fn plain(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// The text of the element that is read, whose pieces come one by one.
#[derive(Debug, Default)]
pub struct Text(String);

impl Text {
    /// Takes in an event; whatever is no text begins it anew.
    pub fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(piece) => self.0.push_str(piece),
            Event::CData(piece) => self.0.push_str(piece),
            Event::GeneralRef(name) => self.0.push_str(&plain(&format!("&{};", &**name))),
            Event::End(_) => {}
            _ => self.0.clear(),
        }
    }

    /// All of it.
    pub fn as_str(&self) -> &str {
        self.0.trim()
    }
}
