//! Tables and lists of intervals.icu: activities, and days with how somebody felt.

use crate::days;
use crate::fit::short_name;
use crate::found::{Found, Refused};
use crate::place;
use crate::read::Settings;
use crate::sports;
use crate::table::{Rows, field, number, points};
use crate::training::{bare, metres, whole};
use serde_json::Value;
use supple_core::event::{SorenessNoted, SorenessScale, SourceFormat, Trained, TrainingSource};
use supple_core::unit::TrainingSeconds;

/// Fields of an activity, the first that is there counts.
const START: [&str; 2] = ["start_date_local", "start_date"];
const LENGTH: [&str; 2] = ["moving_time", "elapsed_time"];
const EFFORT: [&str; 3] = ["icu_rpe", "perceived_exertion", "session_rpe"];

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
    let lines: Vec<Line<'_>> = rows.rows.iter().map(|row| Line { rows, row }).collect();
    things(&lines, settings, found)
}

/// Reads a list.
pub fn json(bytes: &[u8], settings: &Settings, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Array(list)) => things(&list, settings, found),
        Ok(one @ Value::Object(_)) => things(&[one], settings, found),
        Ok(_) => vec![Refused::UnknownKind],
        Err(error) if error.is_eof() => vec![Refused::CutShort],
        Err(error) => vec![Refused::Unreadable { form: "a list (JSON)", why: error.to_string() }],
    }
}

fn things<T: Thing>(things: &[T], settings: &Settings, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    let mut problems = Vec::new();
    let mut any = false;
    let mut days: Vec<(jiff::civil::Date, i32)> = Vec::new();
    for (thing, number) in things.iter().zip(1_u32..) {
        if thing.first(&START).is_some() {
            match activity(thing, settings) {
                Ok(training) => {
                    any = true;
                    found(Found::Training(Box::new(training)));
                }
                Err(why) => problems.push(Refused::CannotBe { what: format!("number {number}: {why}") }),
            }
        } else if let Some(point) = thing.text("soreness").and_then(|text| text.trim().parse::<f64>().ok()) {
            let on = thing.first(&["date", "id"]).and_then(|text| days::iso_day(&text));
            match (on, whole_point(point)) {
                (Some(on), Some(point)) => days.push((on, point)),
                // Nothing was answered.
                (_, _) if point == 0.0 => any = true,
                _ => problems.push(Refused::CannotBe {
                    what: format!("number {number}: soreness without a day, or of no whole point"),
                }),
            }
        } else if thing.text("date").or_else(|| thing.text("id")).is_some_and(|text| days::iso_day(&text).is_some()) {
            // A day on which nobody was asked.
            any = true;
        }
    }
    // The site has asked with four points and with five; only a five tells.
    let highest = if days.iter().any(|(_, point)| *point > 4) { 5 } else { 4 };
    let scale = SorenessScale { lowest: 1, highest, higher_is_sorer: true };
    for (on, point) in days {
        any = true;
        let id = format!("intervals:{on}");
        let source = TrainingSource { batch: String::new(), format: SourceFormat::IntervalsIcu, id };
        found(Found::Soreness(SorenessNoted { on, point, scale, source }));
    }
    if !any && problems.is_empty() {
        problems.push(Refused::NothingInIt);
    }
    problems
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
