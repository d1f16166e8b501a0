//! Tables and lists of intervals.icu: activities, and days with how somebody felt.

use crate::days;
use crate::fit::short_name;
use crate::found::{Found, Refused};
use crate::place;
use crate::read::{Settings, unpacking};
use crate::sports;
use crate::table::{Rows, field, number, points};
use crate::training::{bare, metres, whole};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use supple_core::event::{SorenessNoted, SorenessScale, SourceFormat, Trained, TrainingSource};
use supple_core::unit::TrainingSeconds;

/// Fields of an activity, the first that is there counts.
const START: [&str; 2] = ["start_date_local", "start_date"];
const LENGTH: [&str; 2] = ["moving_time", "elapsed_time"];
const EFFORT: [&str; 3] = ["icu_rpe", "perceived_exertion", "session_rpe"];

/// Things that cannot be are named up to here: a list with more is no list of trainings.
const MOST_WRONG: usize = 10_000;

/// One thing of a table or a list: what a field of it says.
trait Thing {
    fn text(&self, field: &str) -> Option<String>;

    fn first(&self, fields: &[&str]) -> Option<String> {
        fields.iter().find_map(|field| self.text(field))
    }
}

impl Thing for Value {
    fn text(&self, field: &str) -> Option<String> {
        match self.get(field)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

struct Line<'r> {
    rows: &'r Rows,
    row: &'r [String],
}

impl Thing for Line<'_> {
    fn text(&self, name: &str) -> Option<String> {
        let column = self.rows.headers.iter().position(|header| header.eq_ignore_ascii_case(name));
        field(self.row, column).map(str::to_owned)
    }
}

/// Whether a table has columns that only intervals.icu has.
pub fn is_one(rows: &Rows) -> bool {
    let has = |name: &str| rows.headers.iter().any(|header| header.eq_ignore_ascii_case(name));
    (has("start_date_local") && LENGTH.into_iter().any(has)) || (has("soreness") && (has("date") || has("id")))
}

/// Reads a table.
pub fn table(rows: &Rows, settings: &Settings, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    let mut reading = Reading::new(settings, found);
    rows.rows.iter().for_each(|row| reading.one(&Line { rows, row }));
    reading.end()
}

/// Reads a list, or one thing alone, as it comes: no more of it is held than one thing.
pub fn json(stream: &mut dyn Read, settings: &Settings, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    let mut reading = Reading::new(settings, found);
    let mut stream = BufReader::new(stream);
    if let Err(error) = without_mark(&mut stream) {
        return vec![unpacking(&error)];
    }
    let mut json = serde_json::Deserializer::from_reader(stream);
    let read = json.deserialize_any(Things(&mut reading)).and_then(|()| json.end());
    let broken = match read {
        Ok(()) => return reading.end(),
        Err(error) if error.is_eof() => Refused::CutShort,
        Err(error) => match error.io_error_kind() {
            Some(kind) => unpacking(&kind.into()),
            None if error.is_data() => Refused::UnknownKind,
            None => Refused::Unreadable { form: "a list (JSON)", why: error.to_string() },
        },
    };
    let mut problems = reading.end();
    problems.retain(|problem| *problem != Refused::NothingInIt);
    problems.push(broken);
    problems
}

/// Passes over the mark that some programs write before text.
fn without_mark(stream: &mut impl BufRead) -> std::io::Result<()> {
    if stream.fill_buf()?.starts_with(&[0xef, 0xbb, 0xbf]) {
        stream.consume(3);
    }
    Ok(())
}

/// Takes the things of a list one by one.
struct Things<'t, 'r>(&'t mut Reading<'r>);

impl<'de> Visitor<'de> for Things<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of activities or days")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(thing) = list.next_element::<Value>()? {
            self.0.one(&thing);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, thing: A) -> Result<(), A::Error> {
        self.0.one(&Value::deserialize(MapAccessDeserializer::new(thing))?);
        Ok(())
    }
}

/// Things one after the other.
struct Reading<'r> {
    settings: &'r Settings,
    found: &'r mut dyn FnMut(Found),
    problems: Vec<Refused>,
    any: bool,
    number: u32,
    days: Vec<(jiff::civil::Date, i32)>,
}

impl<'r> Reading<'r> {
    fn new(settings: &'r Settings, found: &'r mut dyn FnMut(Found)) -> Self {
        Self { settings, found, problems: Vec::new(), any: false, number: 0, days: Vec::new() }
    }

    fn one(&mut self, thing: &impl Thing) {
        self.number = self.number.saturating_add(1);
        let number = self.number;
        if thing.first(&START).is_some() {
            match activity(thing, self.settings) {
                Ok(training) => {
                    self.any = true;
                    (self.found)(Found::Training(Box::new(training)));
                }
                Err(why) => self.wrong(format!("number {number}: {why}")),
            }
        } else if let Some(point) = thing.text("soreness").and_then(|text| text.trim().parse::<f64>().ok()) {
            let on = thing.first(&["date", "id"]).and_then(|text| days::iso_day(&text));
            match (on, whole_point(point)) {
                (Some(on), Some(point)) => self.days.push((on, point)),
                // Nothing was answered.
                (_, _) if point == 0.0 => self.any = true,
                _ => self.wrong(format!("number {number}: soreness without a day, or of no whole point")),
            }
        } else if thing.text("date").or_else(|| thing.text("id")).is_some_and(|text| days::iso_day(&text).is_some()) {
            // A day on which nobody was asked.
            self.any = true;
        }
    }

    fn wrong(&mut self, what: String) {
        if self.problems.len() < MOST_WRONG {
            self.problems.push(Refused::CannotBe { what });
        }
    }

    fn end(mut self) -> Vec<Refused> {
        // The site has asked with four points and with five; only a five tells.
        let highest = if self.days.iter().any(|(_, point)| *point > 4) { 5 } else { 4 };
        let scale = SorenessScale { lowest: 1, highest, higher_is_sorer: true };
        for (on, point) in self.days {
            self.any = true;
            let id = format!("intervals:{on}");
            let source = TrainingSource { batch: String::new(), format: SourceFormat::IntervalsIcu, id };
            (self.found)(Found::Soreness(SorenessNoted { on, point, scale, source }));
        }
        if !self.any && self.problems.is_empty() {
            self.problems.push(Refused::NothingInIt);
        }
        self.problems
    }
}

/// A point of a scale that begins at 1 and ends at 4 or 5.
#[allow(clippy::cast_possible_truncation)] // in range and whole
fn whole_point(point: f64) -> Option<i32> {
    (point % 1.0 == 0.0 && (1.0..=5.0).contains(&point)).then_some(point as i32)
}

fn activity(thing: &impl Thing, settings: &Settings) -> Result<Trained, String> {
    let text = thing.first(&START).ok_or("it has no start")?;
    let start = place::iso(&text, &settings.zone).ok_or_else(|| format!("{text:?} is no date with a time"))?;
    let took = thing.first(&LENGTH).and_then(|text| number(&text)).ok_or("it does not say how long it took")?;
    let seconds = TrainingSeconds::new(whole(took)).map_err(|error| error.to_string())?;
    let id = thing.text("id").unwrap_or_else(|| format!("{}:{}", start.timestamp().as_second(), seconds.get()));
    let mut training = bare(start, seconds, SourceFormat::IntervalsIcu, format!("intervals:{id}"));
    let kind = thing.text("type").unwrap_or_default();
    sports::of_words(&kind).clone_into(&mut training.sport);
    training.name = thing.text("name").as_deref().and_then(short_name);
    training.effort = thing.first(&EFFORT).as_deref().and_then(points).filter(|points| points.get() > 0);
    let far = |field| thing.text(field).as_deref().and_then(number).and_then(metres);
    training.distance = far("distance");
    training.ascent = far("total_elevation_gain");
    training.descent = far("total_elevation_loss");
    Ok(training)
}
