//! Tracks (GPX).

use crate::fit::short_name;
use crate::found::{Found, Refused};
use crate::place::{self, Climb};
use crate::sports;
use crate::training::{bare, metres};
use crate::walk::{self, Reading};
use crate::xml;
use jiff::Zoned;
use jiff::tz::TimeZone;
use quick_xml::events::BytesStart;
use supple_core::event::{SourceFormat, Trained};
use supple_core::unit::TrainingSeconds;

#[derive(Default)]
struct Track {
    name: String,
    kind: String,
    start: Option<Zoned>,
    last: Option<Zoned>,
    at: Option<[f64; 2]>,
    metres: f64,
    climb: Climb,
}

/// Reads a file, and says what is wrong with it. Each track is a training; one without times tells no length and is
/// left out.
pub fn read(bytes: &[u8], zone: &TimeZone, most: u64, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    walk::read::<Track>(bytes, zone, most, found)
}

impl Reading for Track {
    const FORM: &'static str = "a track (GPX)";
    const ELEMENT: &'static str = "trk";

    fn new(_: &BytesStart<'_>) -> Self {
        Self::default()
    }

    fn begin(&mut self, element: &BytesStart<'_>, _: &TimeZone) {
        match element.local_name().as_ref() {
            // A pause or a tunnel lies between two segments: nobody knows the way between them.
            "trkseg" => self.at = None,
            "trkpt" => self.go_to(element),
            _ => {}
        }
    }

    fn end(&mut self, around: &[String], text: &str, zone: &TimeZone) {
        match around {
            [.., point, field] if point == "trkpt" && field == "time" => {
                if let Some(time) = place::iso(text, zone) {
                    self.start.get_or_insert_with(|| time.clone());
                    self.last = Some(time);
                }
            }
            [.., point, field] if point == "trkpt" && field == "ele" => {
                if let Ok(height) = text.trim().parse() {
                    self.climb.add(height);
                }
            }
            [.., track, field] if track == "trk" && field == "name" => text.trim().clone_into(&mut self.name),
            [.., track, field] if track == "trk" && field == "type" => text.trim().clone_into(&mut self.kind),
            _ => {}
        }
    }

    fn is_enough(&self) -> bool {
        self.last.is_some()
    }

    fn training(self, _: &TimeZone) -> Result<Trained, String> {
        let (start, last) = self.start.zip(self.last).ok_or("a track without times tells no length")?;
        let seconds = last.timestamp().as_second() - start.timestamp().as_second();
        let seconds = TrainingSeconds::new(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX))
            .map_err(|error| error.to_string())?;
        let kind = if self.kind.is_empty() { &self.name } else { &self.kind };
        let id = format!("gpx:{}", start.timestamp().as_second());
        let climb = self.climb.sums();
        Ok(Trained {
            sport: sports::of_words(kind).to_owned(),
            name: short_name(&self.name),
            distance: metres(self.metres),
            ascent: climb.and_then(|(up, _)| metres(up)),
            descent: climb.and_then(|(_, down)| metres(down)),
            ..bare(start, seconds, SourceFormat::Gpx, id)
        })
    }
}

impl Track {
    fn go_to(&mut self, point: &BytesStart<'_>) {
        let degrees = |name, most: f64| {
            let number = xml::attribute(point, name)?.trim().parse::<f64>().ok()?;
            Some(number).filter(|number| number.abs() <= most)
        };
        let Some(at) = degrees("lat", 90.0).zip(degrees("lon", 180.0)).map(|(lat, lon)| [lat, lon]) else { return };
        if let Some(before) = self.at.replace(at) {
            self.metres += place::metres(before, at);
        }
    }
}
