//! Apple Health's `export.xml`: gigabytes of single readings with some workouts among them, read as a stream.

use crate::fit::short_name;
use crate::found::{Found, Refused, Told};
use crate::place;
use crate::sports;
use crate::training::{bare, metres, whole};
use crate::xml::{self, Stream};
use jiff::Zoned;
use jiff::tz::TimeZone;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;
use supple_core::event::{SourceFormat, Trained};
use supple_core::sorted::SortedMap;
use supple_core::unit::{Felt, TrainingSeconds};

const FORM: &str = "an Apple Health export";
/// Said so often how far it is.
const TELL_EVERY: u64 = 4 << 20;
/// The only kind of record that is of use here: how hard somebody said that a workout was, 1 to 10.
const EFFORT: &str = "HKQuantityTypeIdentifierWorkoutEffortScore";
/// An effort belongs to a workout that began within so many seconds of it.
const EFFORT_NEAR: i64 = 120;

/// The most workouts, and efforts, of an export: all that is held of gigabytes. Our judgement: fifty a day for ten years.
const MOST_WORKOUTS: usize = 200_000;

struct Workout {
    start: Zoned,
    seconds: u32,
    kind: String,
    metres: Option<f64>,
    name: String,
}

/// Reads the stream to its end or its first mistake. `stream` begins where the document does.
pub fn read<R: BufRead>(inner: R, zone: &TimeZone, most: u64, tell: &mut dyn FnMut(Told)) -> Vec<Refused> {
    let mut stream = Stream::new(inner, most);
    let mut problems = Vec::new();
    let mut workouts: Vec<Workout> = Vec::new();
    let mut efforts: SortedMap<i64, u8> = SortedMap::new();
    let (mut said, mut closed, mut inside) = (0, false, false);
    loop {
        let at = stream.position();
        if at >= said + TELL_EVERY {
            tell(Told::Bytes(at - said));
            said = at;
        }
        if workouts.len() + efforts.len() + problems.len() >= MOST_WORKOUTS {
            let why = format!("it has more than {MOST_WORKOUTS} workouts, as no life does; the rest was left out");
            problems.push(Refused::Unreadable { form: FORM, why });
            break;
        }
        let event = match stream.next() {
            Ok(event) => event,
            Err(error) => {
                problems.push(xml::refused(FORM, &error));
                break;
            }
        };
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "Record" => {
                    if has(&element, EFFORT)
                        && let Some((start, points)) = effort(&element, zone)
                    {
                        efforts.insert(start, points);
                    }
                }
                "Workout" => match workout(&element, zone) {
                    Ok(workout) => {
                        workouts.push(workout);
                        inside = true;
                    }
                    Err(what) => {
                        problems.push(Refused::CannotBe { what });
                        inside = false;
                    }
                },
                // Since 2022 the distance stands in an element of its own.
                "WorkoutStatistics" => {
                    if let Some(workout) = workouts.last_mut().filter(|_| inside) {
                        workout.metres = workout.metres.or_else(|| distance(&element, "sum", "unit"));
                    }
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "HealthData" => closed = true,
            Event::Eof => break,
            _ => {}
        }
    }
    tell(Told::Bytes(stream.position().saturating_sub(said)));
    if !closed && problems.iter().all(|problem| matches!(problem, Refused::CannotBe { .. })) {
        problems.push(Refused::CutShort);
    }
    if workouts.is_empty() && problems.is_empty() {
        problems.push(Refused::NothingInIt);
    }
    for workout in workouts {
        let start = workout.start.timestamp().as_second();
        let near = efforts.range(&(start - EFFORT_NEAR), &(start + EFFORT_NEAR)).next();
        let effort = near.and_then(|(_, points)| Felt::new(*points).ok());
        match workout.training(effort) {
            Ok(training) => tell(Told::Found(Found::Training(Box::new(training)))),
            Err(what) => problems.push(Refused::CannotBe { what }),
        }
    }
    problems
}

/// Whether these letters stand in an element at all; faster than reading its attributes, and most have none of them.
fn has(element: &BytesStart<'_>, letters: &str) -> bool {
    // The type is the first attribute of a record.
    let raw = element.attributes_raw();
    let head = raw.as_bytes().get(..raw.len().min(letters.len() + 16)).unwrap_or_default();
    head.windows(letters.len()).any(|part| part == letters.as_bytes())
}

fn effort(element: &BytesStart<'_>, zone: &TimeZone) -> Option<(i64, u8)> {
    let start = time(&xml::attribute(element, "startDate")?, zone)?;
    let value: f64 = xml::attribute(element, "value")?.trim().parse().ok()?;
    let points = u8::try_from(whole(value)).ok().filter(|points| *points <= 10)?;
    Some((start.timestamp().as_second(), points))
}

/// `2024-01-01 10:00:00 +0100`.
fn time(text: &str, zone: &TimeZone) -> Option<Zoned> {
    place::iso(text, zone)
}

fn workout(element: &BytesStart<'_>, zone: &TimeZone) -> Result<Workout, String> {
    let text = |name| xml::attribute(element, name);
    let start = text("startDate").and_then(|start| time(&start, zone)).ok_or("a workout has no start")?;
    let spanned = text("endDate").and_then(|end| time(&end, zone));
    let spanned = spanned.map(|end| end.timestamp().as_second() - start.timestamp().as_second());
    let given = text("duration").and_then(|length| length.trim().parse::<f64>().ok());
    let unit = match text("durationUnit").as_deref() {
        Some("s" | "sec") => 1.0,
        Some("hr" | "h") => 3600.0,
        _ => 60.0,
    };
    let seconds = match given.map(|length| whole(length * unit)).filter(|seconds| *seconds > 0) {
        Some(seconds) => seconds,
        None => u32::try_from(spanned.unwrap_or(0).max(0)).unwrap_or(u32::MAX),
    };
    let kind = text("workoutActivityType").unwrap_or_default();
    Ok(Workout {
        start,
        seconds,
        kind: kind.strip_prefix("HKWorkoutActivityType").unwrap_or(&kind).to_owned(),
        metres: distance(element, "totalDistance", "totalDistanceUnit").filter(|metres| *metres > 0.0),
        name: text("sourceName").unwrap_or_default(),
    })
}

/// A distance in metres; none where it is of something else.
fn distance(element: &BytesStart<'_>, value: &str, unit: &str) -> Option<f64> {
    if let Some(kind) = xml::attribute(element, "type").filter(|_| value == "sum")
        && !kind.starts_with("HKQuantityTypeIdentifierDistance")
    {
        return None;
    }
    let number: f64 = xml::attribute(element, value)?.trim().parse().ok()?;
    let metres = match xml::attribute(element, unit)?.as_str() {
        "km" => 1000.0,
        "m" => 1.0,
        "mi" => 1609.344,
        "yd" => 0.9144,
        "ft" => 0.3048,
        _ => return None,
    };
    Some(number * metres)
}

impl Workout {
    fn training(self, effort: Option<Felt>) -> Result<Trained, String> {
        let id = format!("apple:{}:{}:{}", self.kind, self.start.timestamp().as_second(), self.seconds);
        let seconds = TrainingSeconds::new(self.seconds).map_err(|error| error.to_string())?;
        Ok(Trained {
            sport: sports::of_apple(&self.kind).to_owned(),
            // What a workout is called is not exported; who wrote it down is.
            name: short_name(&self.name),
            effort,
            distance: self.metres.and_then(metres),
            ..bare(self.start, seconds, SourceFormat::AppleHealth, id)
        })
    }
}
