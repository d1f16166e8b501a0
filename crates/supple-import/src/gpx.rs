//! Tracks (GPX).

use crate::fit::short_name;
use crate::found::{Found, Refused};
use crate::place::{self, Climb};
use crate::sports;
use crate::tcx::metres;
use crate::xml::{self, Stream, Text};
use jiff::Zoned;
use jiff::tz::TimeZone;
use quick_xml::events::{BytesStart, Event};
use supple_core::event::{SourceFormat, Trained, TrainingSource};
use supple_core::unit::TrainingSeconds;

const FORM: &str = "a track (GPX)";

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
    // Some devices write letters of another alphabet than they say.
    let bytes = String::from_utf8_lossy(bytes);
    let mut stream = Stream::new(bytes.as_bytes(), most);
    let mut text = Text::default();
    let (mut problems, mut any) = (Vec::new(), false);
    let mut track: Option<Track> = None;
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
                begin(&element, &mut track);
                around.push(element.local_name().as_ref().to_owned());
            }
            Event::Empty(element) => begin(&element, &mut track),
            Event::End(element) => {
                if let Some(track) = &mut track {
                    track.take(&around, text.as_str(), zone);
                }
                if element.local_name().as_ref() == "trk"
                    && let Some(done) = track.take()
                {
                    any = true;
                    tell(done, found, &mut problems);
                }
                around.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if let Some(cut) = track.filter(|cut| cut.last.is_some()) {
        any = true;
        if problems.is_empty() {
            problems.push(Refused::CutShort);
        }
        tell(cut, found, &mut problems);
    }
    if !any && problems.is_empty() {
        problems.push(Refused::NothingInIt);
    }
    problems
}

fn begin(element: &BytesStart<'_>, track: &mut Option<Track>) {
    match element.local_name().as_ref() {
        "trk" => *track = Some(Track::default()),
        // A pause or a tunnel lies between two segments: nobody knows the way between them.
        "trkseg" => {
            if let Some(track) = track {
                track.at = None;
            }
        }
        "trkpt" => {
            if let Some(track) = track {
                track.go_to(element);
            }
        }
        _ => {}
    }
}

fn tell(track: Track, found: &mut dyn FnMut(Found), problems: &mut Vec<Refused>) {
    match track.training() {
        Ok(training) => found(Found::Training(Box::new(training))),
        Err(what) => problems.push(Refused::CannotBe { what }),
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

    fn take(&mut self, around: &[String], text: &str, zone: &TimeZone) {
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

    fn training(self) -> Result<Trained, String> {
        let (start, last) = self.start.zip(self.last).ok_or("a track without times tells no length")?;
        let seconds = last.timestamp().as_second() - start.timestamp().as_second();
        let seconds = TrainingSeconds::new(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX))
            .map_err(|error| error.to_string())?;
        let kind = if self.kind.is_empty() { &self.name } else { &self.kind };
        let id = format!("gpx:{}", start.timestamp().as_second());
        let climb = self.climb.sums();
        Ok(Trained {
            start,
            seconds,
            sport: sports::of_words(kind).to_owned(),
            name: short_name(&self.name),
            effort: None,
            unusual: None,
            exercises: Vec::new(),
            distance: metres(self.metres),
            ascent: climb.and_then(|(up, _)| metres(up)),
            descent: climb.and_then(|(_, down)| metres(down)),
            rolled: Vec::new(),
            source: Some(TrainingSource { batch: String::new(), format: SourceFormat::Gpx, id }),
        })
    }
}
