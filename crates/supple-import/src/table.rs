//! Tables: rows of text under a header, and which column is what.

use crate::days::{self, NoDate};
use crate::fit::short_name;
use crate::found::{Found, Refused};
use crate::read::Settings;
use crate::sports;
use crate::training::{bare, metres, whole};
use supple_core::event::{SourceFormat, Trained};
use supple_core::sorted::SortedMap;
use supple_core::unit::{Felt, TrainingSeconds};

/// The most rows and fields of a table. Our judgement: fifty trainings a day for ten years, and far below what would
/// hurt, since each field takes many times its bytes.
const MOST_ROWS: usize = 200_000;
const MOST_FIELDS: usize = 4_000_000;

/// A table as text.
#[derive(Debug, Default)]
pub struct Rows {
    /// What the columns are called.
    pub headers: Vec<String>,
    /// What stands under them.
    pub rows: Vec<Vec<String>>,
}

impl Rows {
    /// Reads a table, whatever its columns are parted with: comma, semicolon or tabulator.
    pub fn of(bytes: &[u8]) -> Result<Self, Refused> {
        let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
        let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or(bytes);
        let count = |sign: u8| first.iter().filter(|&&byte| byte == sign).count();
        let delimiter =
            [b',', b';', b'\t'].into_iter().max_by_key(|&sign| (count(sign), sign == b',')).unwrap_or(b',');
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(true).from_reader(bytes);
        let unreadable = |error: csv::Error| Refused::Unreadable { form: "a table", why: error.to_string() };
        let text = |record: &csv::ByteRecord| -> Vec<String> {
            record.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect()
        };
        let headers = text(reader.byte_headers().map_err(unreadable)?);
        let (mut rows, mut fields) = (Vec::new(), headers.len());
        for record in reader.byte_records() {
            let record = record.map_err(unreadable)?;
            fields += record.len();
            if rows.len() == MOST_ROWS || fields > MOST_FIELDS {
                let why =
                    format!("it has more than {MOST_ROWS} rows or {MOST_FIELDS} fields, as no log of trainings");
                return Err(Refused::Unreadable { form: "a table", why });
            }
            rows.push(text(&record));
        }
        Ok(Self { headers, rows })
    }

    /// The first column with one of these names, whatever its letters' case.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.headers.iter().position(|header| header.to_lowercase() == *name))
    }
}

/// What stands in a row's column; none where nothing does.
pub fn field(row: &[String], column: Option<usize>) -> Option<&str> {
    row.get(column?).map(String::as_str).filter(|text| !text.is_empty())
}

/// A number with a point or a comma before its fraction; none below nothing.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace(' ', "");
    let plain = match (text.rfind(','), text.rfind('.')) {
        // The later one of the two stands before the fraction.
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (Some(_), None) => text.replace(',', "."),
        _ => text,
    };
    plain.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)
}

/// What a column of a table may be.
const MEANINGS: [&str; 13] = [
    "start", "end", "minutes", "hours", "seconds", "sport", "name", "effort", "unusual", "km", "metres", "ascent",
    "descent",
];

/// What headers are usually called, so that nobody has to name them.
const USUAL: [(&str, &[&str]); 13] = [
    (
        "start",
        &[
            "start",
            "start time",
            "start_time",
            "start date",
            "date and time",
            "datetime",
            "started",
            "date",
            "beginn",
            "datum",
            "fecha",
            "data",
        ],
    ),
    ("end", &["end", "end time", "end_time", "ended", "ende"]),
    (
        "minutes",
        &[
            "minutes",
            "min",
            "duration_min",
            "duration (min)",
            "duration min",
            "minuten",
            "dauer (min)",
            "duration_minutes",
        ],
    ),
    ("hours", &["hours", "duration (h)", "stunden"]),
    (
        "seconds",
        &[
            "seconds",
            "duration",
            "duration (s)",
            "duration_s",
            "time",
            "elapsed time",
            "elapsed_time",
            "moving_time",
            "dauer",
            "sekunden",
        ],
    ),
    (
        "sport",
        &["sport", "type", "activity type", "activity", "workout type", "exercise", "sportart", "aktivität", "kind"],
    ),
    ("name", &["name", "title", "titel", "workout name"]),
    ("effort", &["effort", "rpe", "perceived_exertion", "perceived exertion", "session rpe", "anstrengung"]),
    ("unusual", &["unusual", "new", "new or unusual"]),
    ("km", &["km", "distance (km)", "distance_km", "kilometres", "kilometers"]),
    ("metres", &["metres", "meters", "distance", "distance (m)", "distance_m"]),
    ("ascent", &["ascent", "elevation gain", "total ascent", "ascent (m)"]),
    ("descent", &["descent", "elevation loss", "total descent", "descent (m)"]),
];

/// Which column is what: the meaning, and what its header says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(SortedMap<&'static str, String>);

/// A column was named in a way that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} names no column; write MEANING=HEADER, as minutes=Duration. A column may be {}", MEANINGS.join(", "))]
pub struct NotAColumn {
    /// What was given.
    pub given: String,
}

impl Columns {
    /// Reads `start=Date,minutes=Duration`.
    ///
    /// # Errors
    /// [`NotAColumn`] at the first part that is none.
    pub fn parse(text: &str) -> Result<Self, NotAColumn> {
        let mut columns = SortedMap::new();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let refused = || NotAColumn { given: part.to_owned() };
            let (meaning, header) = part.split_once('=').ok_or_else(refused)?;
            let meaning = MEANINGS.iter().find(|known| **known == meaning.trim()).ok_or_else(refused)?;
            columns.insert(*meaning, header.trim().to_owned());
        }
        Ok(Self(columns))
    }

    /// A column by what it is and what its header says.
    ///
    /// # Errors
    /// [`NotAColumn`] if a column cannot be that.
    pub fn with(mut self, meaning: &str, header: &str) -> Result<Self, NotAColumn> {
        let known = MEANINGS.iter().find(|known| **known == meaning);
        let meaning = known.ok_or_else(|| NotAColumn { given: meaning.to_owned() })?;
        self.0.insert(*meaning, header.to_owned());
        Ok(self)
    }

    fn find(&self, rows: &Rows, meaning: &'static str) -> Option<usize> {
        match self.0.get(meaning) {
            Some(header) => rows.headers.iter().position(|known| known == header),
            None if self.0.is_empty() => {
                let (_, usual) = USUAL.iter().find(|(known, _)| *known == meaning)?;
                rows.column(usual)
            }
            None => None,
        }
    }
}

/// How long something took: `45`, `1:30:00`, `PT1H30M` are read; a number alone is in the column's unit.
fn length(text: &str, unit: f64) -> Option<u32> {
    if text.contains(':') {
        let parts: Option<Vec<f64>> = text.split(':').map(number).collect();
        return match parts?.as_slice() {
            [hours, minutes, seconds] => Some(whole(hours * 3600.0 + minutes * 60.0 + seconds)),
            // A length of two parts is minutes and seconds where minutes are asked for, and hours and minutes else.
            [minutes, seconds] if unit <= 60.0 => Some(whole(minutes * 60.0 + seconds)),
            [hours, minutes] => Some(whole(hours * 3600.0 + minutes * 60.0)),
            _ => None,
        };
    }
    if let Some(span) = text.strip_prefix("PT") {
        let mut seconds = 0.0;
        let mut rest = span;
        while let Some(at) = rest.find(|c: char| c.is_ascii_alphabetic()) {
            let per = match rest.as_bytes()[at] {
                b'H' => 3600.0,
                b'M' => 60.0,
                b'S' => 1.0,
                _ => return None,
            };
            seconds += number(&rest[..at])? * per;
            rest = &rest[at + 1..];
        }
        return Some(whole(seconds));
    }
    number(text).map(|length| whole(length * unit))
}

/// Reads a table of one's own.
pub fn read(rows: &Rows, settings: &Settings, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    let named = settings.columns.clone().unwrap_or_default();
    let column = |meaning| named.find(rows, meaning);
    let long = [("minutes", 60.0), ("hours", 3600.0), ("seconds", 1.0)];
    let (start, end) = (column("start"), column("end"));
    let lengths: Vec<(usize, f64)> = long.iter().filter_map(|(name, unit)| Some((column(name)?, *unit))).collect();
    let (Some(start), true) = (start, end.is_some() || !lengths.is_empty()) else {
        return vec![Refused::NamesNeeded { headers: rows.headers.clone() }];
    };
    let mut problems = Vec::new();
    let mut any = false;
    for (row, line) in rows.rows.iter().zip(2_u32..) {
        let Some(text) = field(row, Some(start)) else { continue };
        let began = match days::moment(text, settings.days, &settings.zone) {
            Ok(began) => began,
            Err(NoDate::TwoWays) => {
                problems.push(Refused::WhichFirst { text: text.to_owned() });
                break;
            }
            Err(NoDate::None) => {
                problems.push(Refused::CannotBe { what: format!("line {line}: {text:?} is no date with a time") });
                continue;
            }
        };
        let ended = field(row, end).and_then(|text| days::moment(text, settings.days, &settings.zone).ok());
        let spanned = ended.map(|ended| ended.timestamp().as_second() - began.timestamp().as_second());
        let took = lengths.iter().find_map(|(column, unit)| length(field(row, Some(*column))?, *unit));
        let took = took.or_else(|| spanned.and_then(|seconds| u32::try_from(seconds).ok()));
        let seconds = match took.map(TrainingSeconds::new) {
            Some(Ok(seconds)) => seconds,
            Some(Err(error)) => {
                problems.push(Refused::CannotBe { what: format!("line {line}: {error}") });
                continue;
            }
            None => {
                problems.push(Refused::CannotBe { what: format!("line {line}: it does not say how long it took") });
                continue;
            }
        };
        any = true;
        let text = |meaning| field(row, column(meaning));
        let far = text("km").and_then(number).map(|km| km * 1000.0).or_else(|| text("metres").and_then(number));
        let sport = text("sport").map_or(sports::OTHER, known_sport);
        let id = format!("table:{}:{}", began.timestamp().as_second(), seconds.get());
        found(Found::Training(Box::new(Trained {
            sport: sport.to_owned(),
            name: text("name").and_then(short_name),
            effort: text("effort").and_then(points),
            unusual: text("unusual").and_then(yes_or_no),
            distance: far.and_then(metres),
            ascent: text("ascent").and_then(number).and_then(metres),
            descent: text("descent").and_then(number).and_then(metres),
            ..bare(began, seconds, SourceFormat::Table, id)
        })));
    }
    if !any && problems.is_empty() {
        problems.push(Refused::NothingInIt);
    }
    problems
}

/// A sport by our own name for it, or in words.
fn known_sport(text: &str) -> &'static str {
    sports::of_words(&text.replace('_', " "))
}

/// How hard something was, rounded to a whole point of 0 to 10; none beyond.
pub fn points(text: &str) -> Option<Felt> {
    let points = number(text).filter(|points| *points <= 10.0)?;
    u8::try_from(whole(points)).ok().and_then(|points| Felt::new(points).ok())
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "ja" | "oui" | "sí" | "x" => Some(true),
        "no" | "n" | "false" | "0" | "nein" | "non" => Some(false),
        _ => None,
    }
}
