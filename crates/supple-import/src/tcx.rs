//! Training Center files.

use crate::fit::short_name;
use crate::found::{Found, Refused};
use crate::place::{self, Climb};
use crate::sports;
use crate::xml::{self, Stream, Text};
use jiff::Zoned;
use jiff::tz::TimeZone;
use quick_xml::events::Event;
use supple_core::event::{SourceFormat, Trained, TrainingSource};
use supple_core::unit::{Metres, TrainingSeconds};

const FORM: &str = "a Training Center file";

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
    // Some devices write letters of another alphabet than they say.
    let bytes = String::from_utf8_lossy(bytes);
    let mut stream = Stream::new(bytes.as_bytes(), most);
    let mut text = Text::default();
    let (mut problems, mut any) = (Vec::new(), false);
    let mut activity: Option<Activity> = None;
    // The elements around the text that is read, from the outermost.
    let mut around: Vec<String> = Vec::new();
    loop {
        let event = match stream.next() {
            Ok(event) => event,
            Err(error) => {
                problems.push(xml::refused(FORM, &error));
                break;
            }
        };
        text.take(&event);
        match event {
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                match name.as_str() {
                    "Activity" => {
                        let sport = xml::attribute(&element, "Sport").unwrap_or_default();
                        activity = Some(Activity { sport, ..Activity::default() });
                    }
                    "Lap" => {
                        if let Some(activity) = &mut activity {
                            let start = xml::attribute(&element, "StartTime");
                            let start = start.and_then(|text| place::iso(&text, zone));
                            activity.start = activity.start.take().or(start);
                        }
                    }
                    _ => {}
                }
                around.push(name);
            }
            Event::End(element) => {
                if let Some(activity) = &mut activity {
                    activity.take(&around, text.as_str(), zone);
                }
                if element.local_name().as_ref() == "Activity"
                    && let Some(done) = activity.take()
                {
                    any = true;
                    tell(done, zone, found, &mut problems);
                }
                around.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if let Some(cut) = activity.filter(|cut| cut.seconds > 0.0) {
        any = true;
        if problems.is_empty() {
            problems.push(Refused::CutShort);
        }
        tell(cut, zone, found, &mut problems);
    }
    if !any && problems.is_empty() {
        problems.push(Refused::NothingInIt);
    }
    problems
}

fn tell(activity: Activity, zone: &TimeZone, found: &mut dyn FnMut(Found), problems: &mut Vec<Refused>) {
    match activity.training(zone) {
        Ok(training) => found(Found::Training(Box::new(training))),
        Err(what) => problems.push(Refused::CannotBe { what }),
    }
}

impl Activity {
    fn take(&mut self, around: &[String], text: &str, zone: &TimeZone) {
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

    fn training(self, zone: &TimeZone) -> Result<Trained, String> {
        let start = self.start.or_else(|| place::iso(&self.id, zone)).ok_or("it has no start")?;
        let spanned = self.last.map_or(0, |last| last.timestamp().as_second() - start.timestamp().as_second());
        let seconds =
            if self.seconds > 0.0 { whole(self.seconds) } else { u32::try_from(spanned.max(0)).unwrap_or(0) };
        let seconds = TrainingSeconds::new(seconds).map_err(|error| error.to_string())?;
        let id = if self.id.is_empty() { start.timestamp().as_second().to_string() } else { self.id };
        let climb = self.climb.sums();
        Ok(Trained {
            start,
            seconds,
            sport: sports::of_words(&self.sport).to_owned(),
            name: short_name(&self.notes),
            effort: None,
            unusual: None,
            exercises: Vec::new(),
            distance: metres(self.metres),
            ascent: climb.and_then(|(up, _)| metres(up)),
            descent: climb.and_then(|(_, down)| metres(down)),
            rolled: Vec::new(),
            source: Some(TrainingSource { batch: String::new(), format: SourceFormat::Tcx, id: format!("tcx:{id}") }),
        })
    }
}

/// A whole number of something, rounded; what is below nothing or beyond all counts as the end of the range.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` stops at the ends
pub fn whole(number: f64) -> u32 {
    (number + 0.5) as u32
}

/// Metres; none for nothing.
pub fn metres(metres: f64) -> Option<Metres> {
    Some(whole(metres)).filter(|&metres| metres > 0).and_then(|metres| Metres::new(metres).ok())
}
