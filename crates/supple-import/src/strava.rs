//! The table of a Strava archive: names, kinds and efforts of its activities, and those that have no file.
//!
//! Its headers and dates are in the person's language, so columns are told by where they stand and by what stands in
//! them: the column of files is the one whose entries lie in `activities/`, and the other numbers stand relative to it.

use crate::days;
use crate::fit::short_name;
use crate::found::{Found, Refused, Told};
use crate::read::{Settings, problem};
use crate::sports;
use crate::table::{Rows, field, number, points};
use crate::training::{bare, metres, whole};
use jiff::tz::TimeZone;
use supple_core::event::{SourceFormat, Trained};
use supple_core::sorted::SortedMap;
use supple_core::unit::TrainingSeconds;

const ID: usize = 0;
const DATE: usize = 1;
const NAME: usize = 2;
const KIND: usize = 3;
/// Seconds, wall clock; the first of two columns of this name in archives of every year.
const ELAPSED: usize = 5;

/// What a column for how hard it felt is called.
const EFFORT: [&str; 7] = [
    "perceived exertion",
    "empfundene anstrengung",
    "wahrgenommene anstrengung",
    "effort perçu",
    "esfuerzo percibido",
    "sforzo percepito",
    "esforço percebido",
];
/// What a column for the time without pauses is called.
const MOVING: [&str; 7] = [
    "moving time",
    "bewegungszeit",
    "temps de déplacement",
    "tiempo en movimiento",
    "tempo in movimento",
    "tempo de movimentação",
    "tijd in beweging",
];

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    id: String,
    date: String,
    name: String,
    kind: String,
    elapsed: Option<u32>,
    moving: Option<u32>,
    metres: Option<f64>,
    effort: Option<String>,
}

/// The rows of a table that are not taken yet: by their file, and those without one.
#[derive(Debug, Default)]
pub struct Activities {
    by_file: SortedMap<String, Row>,
    bare: Vec<Row>,
}

/// The column of files: the one in which most entries lie in `activities/`.
fn files(rows: &Rows) -> Option<usize> {
    let width = rows.headers.len();
    let lies = |column: usize| {
        rows.rows.iter().filter(|row| row.get(column).is_some_and(|text| text.starts_with("activities/"))).count()
    };
    (0..width)
        .map(|column| (lies(column), column))
        .max_by_key(|(many, _)| *many)
        .filter(|(many, _)| *many > 0)
        .map(|(_, column)| column)
}

/// Whether a table is Strava's: in its own words, or by files that lie in `activities/`.
pub fn is_one(rows: &Rows) -> bool {
    rows.column(&["activity id"]) == Some(ID) || (rows.headers.len() > KIND + 2 && files(rows).is_some())
}

/// Reads a table that came without its archive.
pub fn alone(rows: &Rows, settings: &Settings, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    let mut problems = Vec::new();
    for row in Activities::of(rows).all() {
        match row.training(settings) {
            Ok(training) => found(Found::Training(Box::new(training))),
            Err(problem) => problems.push(problem),
        }
    }
    problems
}

impl Activities {
    /// The rows of a table.
    pub fn of(rows: &Rows) -> Self {
        let files = files(rows);
        let effort = rows.column(&EFFORT);
        // In seconds and metres behind the files, as long as the header says so or the archive is in its usual order.
        let moving =
            rows.column(&MOVING).or_else(|| files.map(|column| column + 4).filter(|_| rows.headers.len() > 20));
        let far = files.map(|column| column + 5).filter(|_| rows.headers.len() > 20);
        let mut all = Self::default();
        for row in &rows.rows {
            let text = |column| field(row, Some(column)).unwrap_or_default().to_owned();
            let seconds = |column| field(row, column).and_then(number).map(whole).filter(|seconds| *seconds > 0);
            let made = Row {
                id: text(ID),
                date: text(DATE),
                name: text(NAME),
                kind: text(KIND),
                elapsed: seconds(Some(ELAPSED)),
                moving: seconds(moving),
                metres: field(row, far).and_then(number),
                effort: field(row, effort).map(str::to_owned),
            };
            match field(row, files) {
                Some(file) => drop(all.by_file.insert(file.to_owned(), made)),
                None => all.bare.push(made),
            }
        }
        all
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.by_file.is_empty() && self.bare.is_empty()
    }

    /// The row of a file, taken out. The archive's folder may lie in another one.
    pub fn take(&mut self, file: &str) -> Option<Row> {
        let from = file.find("activities/").unwrap_or(0);
        self.by_file.remove(file.get(from..)?)
    }

    /// Tells of those that were not taken: activities without a file, or whose file is missing.
    pub fn rest(self, settings: &Settings, archive: &str, tell: &mut dyn FnMut(Told)) {
        for row in self.all() {
            row.alone(settings, archive, tell);
        }
    }

    fn all(self) -> impl Iterator<Item = Row> {
        self.by_file.into_values().chain(self.bare)
    }
}

impl Row {
    /// Gives a training what stands in the table: what the person calls it, and how hard it was.
    pub fn name(&self, training: &mut Trained) {
        training.name = short_name(&self.name).or(training.name.take());
        training.effort = training.effort.or_else(|| self.effort.as_deref().and_then(points));
        if training.sport == sports::OTHER {
            sports::of_words(&self.kind).clone_into(&mut training.sport);
        }
    }

    /// Tells of it without a file.
    pub fn alone(&self, settings: &Settings, file: &str, tell: &mut dyn FnMut(Told)) {
        match self.training(settings) {
            Ok(training) => tell(Told::Found(Found::Training(Box::new(training)))),
            Err(what) => tell(problem(file, what, false)),
        }
    }

    fn training(&self, settings: &Settings) -> Result<Trained, Refused> {
        let cannot = |why: String| Refused::CannotBe { what: format!("activity {}: {why}", self.id) };
        // The table's times are in UTC.
        let start = days::moment(&self.date, settings.days, &TimeZone::UTC).map_err(|error| match error {
            days::NoDate::TwoWays => Refused::WhichFirst { text: self.date.clone() },
            days::NoDate::None => cannot(format!("{:?} is no date with a time", self.date)),
        })?;
        let seconds =
            self.moving.or(self.elapsed).ok_or_else(|| cannot("it does not say how long it took".to_owned()))?;
        let seconds = TrainingSeconds::new(seconds).map_err(|error| cannot(error.to_string()))?;
        let start = start.with_time_zone(settings.zone.clone());
        let id = format!("strava:{}", self.id);
        let mut training = bare(start, seconds, SourceFormat::StravaTable, id);
        sports::of_words(&self.kind).clone_into(&mut training.sport);
        training.distance = self.metres.and_then(metres);
        self.name(&mut training);
        Ok(training)
    }
}
