//! Training Center files.

use crate::fit::short_name;
use crate::found::{Found, Refused};
use crate::place::{self, Climb};
use crate::sports;
use crate::training::{bare, metres, whole};
use crate::walk::{self, Reading};
use crate::xml;
use jiff::Zoned;
use jiff::tz::TimeZone;
use quick_xml::events::BytesStart;
use supple_core::event::{SourceFormat, Trained};
use supple_core::unit::TrainingSeconds;

/// One activity as far as it is read.
#[derive(Default)]
struct Activity {
    sport: String,
    id: String,
    seconds: f64,
    metres: f64,
    notes: String,
    start: Option<Zoned>,
    last: Option<Zoned>,
    climb: Climb,
}

/// Reads a file, and says what is wrong with it.
pub fn read(bytes: &[u8], zone: &TimeZone, most: u64, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    walk::read::<Activity>(bytes, zone, most, found)
}

impl Reading for Activity {
    const FORM: &'static str = "a Training Center file";
    const ELEMENT: &'static str = "Activity";

    fn new(element: &BytesStart<'_>) -> Self {
        Self { sport: xml::attribute(element, "Sport").unwrap_or_default(), ..Self::default() }
    }

    fn begin(&mut self, element: &BytesStart<'_>, zone: &TimeZone) {
        if element.local_name().as_ref() == "Lap" {
            let start = xml::attribute(element, "StartTime");
            let start = start.and_then(|text| place::iso(&text, zone));
            self.start = self.start.take().or(start);
        }
    }

    fn end(&mut self, around: &[String], text: &str, zone: &TimeZone) {
        let inside = |place: usize| {
            around.len().checked_sub(place + 1).and_then(|at| around.get(at)).map_or("", String::as_str)
        };
        let number = || text.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
        match (inside(0), inside(1)) {
            ("Id", "Activity") => {
                text.trim().clone_into(&mut self.id);
                self.start = self.start.take().or_else(|| place::iso(text, zone));
            }
            ("Notes", "Activity") => text.trim().clone_into(&mut self.notes),
            ("TotalTimeSeconds", "Lap") => self.seconds += number().unwrap_or(0.0),
            ("DistanceMeters", "Lap") => self.metres += number().unwrap_or(0.0),
            ("Time", "Trackpoint") => self.last = place::iso(text, zone).or(self.last.take()),
            ("AltitudeMeters", "Trackpoint") => {
                if let Ok(height) = text.trim().parse() {
                    self.climb.add(height);
                }
            }
            _ => {}
        }
    }

    fn is_enough(&self) -> bool {
        self.seconds > 0.0
    }

    fn training(self, zone: &TimeZone) -> Result<Trained, String> {
        let start = self.start.or_else(|| place::iso(&self.id, zone)).ok_or("it has no start")?;
        let spanned = self.last.map_or(0, |last| last.timestamp().as_second() - start.timestamp().as_second());
        let seconds =
            if self.seconds > 0.0 { whole(self.seconds) } else { u32::try_from(spanned.max(0)).unwrap_or(0) };
        let seconds = TrainingSeconds::new(seconds).map_err(|error| error.to_string())?;
        let id = if self.id.is_empty() { start.timestamp().as_second().to_string() } else { self.id };
        let climb = self.climb.sums();
        Ok(Trained {
            sport: sports::of_words(&self.sport).to_owned(),
            name: short_name(&self.notes),
            distance: metres(self.metres),
            ascent: climb.and_then(|(up, _)| metres(up)),
            descent: climb.and_then(|(_, down)| metres(down)),
            ..bare(start, seconds, SourceFormat::Tcx, format!("tcx:{id}"))
        })
    }
}
