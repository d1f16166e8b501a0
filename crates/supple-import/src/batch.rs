use crate::{Found, Problem, Told};
use jiff::civil::Date;
use supple_core::contract::Known;
use supple_core::event::{EventBody, Imported, SorenessNoted, Trained};
use supple_core::sorted::SortedMap;
use supple_core::state::KnownTrainings;

/// The most events that are written at once.
pub const MOST_EVENTS: usize = 500;

/// So many problems are kept in words; the others are counted.
pub const MOST_PROBLEMS: usize = 1000;

/// What an import would bring, compared with what is there.
#[derive(Debug, Default)]
pub struct Batch {
    /// What is in the log and what was found, to know each again.
    all: Vec<Trained>,
    known: KnownTrainings,
    /// Soreness that is in the log or was found, by day.
    days: SortedMap<Date, SorenessNoted>,
    begun: Vec<Imported>,
    bodies: Vec<Found>,
    preview: Preview,
}

/// How much that is. Everything a person needs to say yes or no.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Trainings that are not in the log.
    pub new: usize,
    /// Trainings that are, but of which the file knows more.
    pub adding: usize,
    /// Trainings that are, and stay as they are.
    pub there: usize,
    /// Days of soreness that are not in the log.
    pub days: usize,
    /// Of the new trainings: how many of each sport.
    pub sports: SortedMap<String, usize>,
    /// Of the new trainings: whole minutes in all.
    pub minutes: u64,
    /// Of the new trainings: sets.
    pub sets: usize,
    /// Of the new trainings: repetitions.
    pub repetitions: u64,
    /// The first and the last day of what was found.
    pub span: Option<(Date, Date)>,
    /// Files read inside archives.
    pub files: usize,
    /// What is wrong, file by file, as far as [`MOST_PROBLEMS`] go.
    pub problems: Vec<Problem>,
    /// How many more there are: a file may have millions of lines, all of them wrong.
    pub more_problems: usize,
}

impl Preview {
    /// Whether there is anything to write.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.new == 0 && self.adding == 0 && self.days == 0
    }
}

impl Batch {
    /// Nothing yet, beside what is in the log.
    #[must_use]
    pub fn beside(known: Known) -> Self {
        let Known { trainings, soreness, begun } = known;
        let days = soreness.into_iter().map(|day| (day.on, day)).collect();
        Self { known: KnownTrainings::of(&trainings), all: trainings, days, begun, ..Self::default() }
    }

    /// Takes in what was told of a file.
    pub fn take(&mut self, told: Told) {
        match told {
            Told::Found(found) => self.found(found),
            Told::Problem(problem) if self.preview.problems.len() < MOST_PROBLEMS => {
                self.preview.problems.push(problem);
            }
            Told::Problem(_) => self.preview.more_problems += 1,
            Told::File => self.preview.files += 1,
            Told::Bytes(_) => {}
        }
    }

    fn found(&mut self, found: Found) {
        match found {
            Found::Training(training) => self.training(training),
            Found::Soreness(day) => {
                self.span(day.on);
                let same = |known: &SorenessNoted| known.point == day.point && known.scale == day.scale;
                if self.days.get(&day.on).is_some_and(same) {
                    return;
                }
                self.days.insert(day.on, day.clone());
                self.preview.days += 1;
                self.bodies.push(Found::Soreness(day));
            }
        }
    }

    fn training(&mut self, training: Box<Trained>) {
        self.span(training.start.date());
        match self.known.find(&training) {
            Some(place) => {
                self.known.insert_source(&training, place);
                if self.all[place].fill_from(&training) {
                    self.preview.adding += 1;
                    self.bodies.push(Found::Training(training));
                } else {
                    self.preview.there += 1;
                }
            }
            None => {
                self.known.insert(&training, self.all.len());
                self.preview.new += 1;
                *self.preview.sports.get_or_default(training.sport.clone()) += 1;
                self.preview.minutes += u64::from(training.minutes());
                self.preview.sets += training.sets();
                self.preview.repetitions += u64::from(training.repetitions());
                self.all.push((*training).clone());
                self.bodies.push(Found::Training(training));
            }
        }
    }

    fn span(&mut self, day: Date) {
        let (first, last) = self.preview.span.unwrap_or((day, day));
        self.preview.span = Some((first.min(day), last.max(day)));
    }

    /// What it comes to.
    #[must_use]
    pub const fn preview(&self) -> &Preview {
        &self.preview
    }

    /// The events, the start of the import first. Where the log has an import of the same file that broke off and was not
    /// undone, what is missing goes into that one and no new one begins.
    #[must_use]
    pub fn into_bodies(self, imported: Imported) -> Vec<EventBody> {
        let Self { begun, bodies, .. } = self;
        let begun = begun.iter().rfind(|begun| begun.fingerprint == imported.fingerprint);
        let batch = begun.map_or(imported.batch.as_str(), |begun| begun.batch.as_str()).to_owned();
        let start = begun.is_none().then_some(EventBody::Imported(imported));
        let brought = bodies.into_iter().map(|found| match found {
            Found::Training(mut training) => {
                if let Some(source) = &mut training.source {
                    source.batch.clone_from(&batch);
                }
                EventBody::Trained(training)
            }
            Found::Soreness(mut day) => {
                day.source.batch.clone_from(&batch);
                EventBody::SorenessNoted(day)
            }
        });
        start.into_iter().chain(brought).collect()
    }
}
