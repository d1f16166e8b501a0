//! An XML file of trainings, walked through element by element.

use crate::found::{Found, Refused};
use crate::xml::{self, Stream, Text};
use jiff::tz::TimeZone;
use quick_xml::events::{BytesStart, Event};
use supple_core::event::Trained;

/// One training as far as it is read.
pub trait Reading: Sized {
    /// What a file of them is called.
    const FORM: &'static str;
    /// The element that holds one.
    const ELEMENT: &'static str;

    /// It begins.
    fn new(element: &BytesStart<'_>) -> Self;

    /// An element within it begins.
    fn begin(&mut self, element: &BytesStart<'_>, zone: &TimeZone);

    /// An element ends, its own included. `around` has the names from the outermost to the one that ends, `text` what was
    /// written in it.
    fn end(&mut self, around: &[String], text: &str, zone: &TimeZone);

    /// Whether it is enough for a training where the file is cut short.
    fn is_enough(&self) -> bool;

    /// The training; what is missing where it is none.
    fn training(self, zone: &TimeZone) -> Result<Trained, String>;
}

/// Reads a file, and says what is wrong with it.
pub fn read<T: Reading>(bytes: &[u8], zone: &TimeZone, most: u64, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    // Some devices write letters of another alphabet than they say.
    let bytes = String::from_utf8_lossy(bytes);
    let mut stream = Stream::new(bytes.as_bytes(), most);
    let mut text = Text::default();
    let (mut problems, mut any) = (Vec::new(), false);
    let mut tell = |done: T, problems: &mut Vec<Refused>| match done.training(zone) {
        Ok(training) => found(Found::Training(Box::new(training))),
        Err(what) => problems.push(Refused::CannotBe { what }),
    };
    let mut under_way: Option<T> = None;
    // The elements around the text that is read, from the outermost.
    let mut around: Vec<String> = Vec::new();
    loop {
        let event = match stream.next() {
            Ok(event) => event,
            Err(error) => {
                problems.push(xml::refused(T::FORM, &error));
                break;
            }
        };
        text.take(&event);
        match event {
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                if name == T::ELEMENT {
                    under_way = Some(T::new(&element));
                } else if let Some(reading) = &mut under_way {
                    reading.begin(&element, zone);
                }
                around.push(name);
            }
            Event::Empty(element) => {
                if let Some(reading) = &mut under_way {
                    reading.begin(&element, zone);
                }
            }
            Event::End(element) => {
                if let Some(reading) = &mut under_way {
                    reading.end(&around, text.as_str(), zone);
                }
                if element.local_name().as_ref() == T::ELEMENT
                    && let Some(done) = under_way.take()
                {
                    any = true;
                    tell(done, &mut problems);
                }
                around.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if let Some(cut) = under_way.filter(T::is_enough) {
        any = true;
        if problems.is_empty() {
            problems.push(Refused::CutShort);
        }
        tell(cut, &mut problems);
    }
    if !any && problems.is_empty() {
        problems.push(Refused::NothingInIt);
    }
    problems
}
