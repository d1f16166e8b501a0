//! What the log says, folded. Odd events become notes, never errors.

mod experiments;
mod fold;
mod moves;
mod pressure;
mod profile;
mod programme;
mod sessions;
mod settings;
mod spots;
#[cfg(test)]
mod tests;
mod trainings;

pub use experiments::ExperimentRecord;
pub use fold::fold;
pub use moves::MovesRecord;
pub use pressure::PressureGiven;
pub use profile::Profile;
pub use programme::ProgrammeRecord;
pub use sessions::{SessionBlock, SessionRecord};
pub use settings::Settings;
pub use spots::{Spot, UNCHANGED_AFTER_DAYS, spots_to_ask};
pub use trainings::{Import, KnownTrainings, SAME_LENGTH_PERCENT, SAME_START_SECONDS, Training};

use crate::event::{
    CheckedIn, DoneElsewhere, MeasureTaken, MovementScreened, NextDayReported, PathWatched, PlanArranged,
    QuestionAnswered, RoutineSaved, SeenByClinician, SessionReviewed, SorenessNoted, StopSignalled,
};
use crate::sorted::SortedMap;
use jiff::Zoned;
use jiff::civil::Date;

/// What the log says. Everything in it stands in fold order and knows when it happened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The last event in fold order.
    pub head: Option<String>,
    /// Who it is, and with what they roll.
    pub profile: Profile,
    /// Answers to the screen, by caution; those that an unreadable entry may have changed, and those given before a
    /// clinician was seen, are gone.
    pub answers: SortedMap<String, Vec<Timed<QuestionAnswered>>>,
    /// Check-ins.
    pub check_ins: Vec<Timed<CheckedIn>>,
    /// Guided sessions, by the time they began.
    pub sessions: Vec<SessionRecord>,
    /// Guided runs of moves, by the time they began.
    pub moves: Vec<MovesRecord>,
    /// Pressure done without Supple.
    pub elsewhere: Vec<Timed<DoneElsewhere>>,
    /// Stop signals.
    pub stops: Vec<Timed<StopSignalled>>,
    /// Next-day reports.
    pub next_days: Vec<Timed<NextDayReported>>,
    /// Tests taken.
    pub measures: Vec<Timed<MeasureTaken>>,
    /// Looks at movement tests; of two at the same thing in one screen the later counts.
    pub movement: Vec<Timed<MovementScreened>>,
    /// What paths look out for, as it was answered.
    pub watched: Vec<Timed<PathWatched>>,
    /// Tight spots, open and closed, by the time they were first marked.
    pub spots: Vec<Spot>,
    /// Routines as last saved, by the time they were first saved.
    pub routines: Vec<Timed<RoutineSaved>>,
    /// The person's own change to the plan since the last check-in: a wish, to be admitted afresh.
    pub arrangement: Option<Timed<PlanArranged>>,
    /// What was said right after sessions; one for each session, the last, by the time of the first.
    pub reviews: Vec<Timed<SessionReviewed>>,
    /// Experiments on oneself, by the time they were designed.
    pub experiments: Vec<ExperimentRecord>,
    /// The programme, if one was set and is not over.
    pub programme: Option<ProgrammeRecord>,
    /// Programmes that are over, by when they were set: what stood in a calendar is taken out of it again.
    pub programmes_before: Vec<ProgrammeRecord>,
    /// When a clinician was seen.
    pub seen: Vec<Timed<SeenByClinician>>,
    /// Trainings that count, each once, by the time they were first written down.
    pub trainings: Vec<Training>,
    /// Imports, undone ones too, by the time they began.
    pub imports: Vec<Import>,
    /// Soreness of a day as another program has it; of several accounts of a day, the last.
    pub soreness_days: SortedMap<Date, Timed<SorenessNoted>>,
    /// How Supple looks and sounds.
    pub settings: Settings,
    /// What a retraction calls each entry that cannot be read and was not taken back: its id, or else all of it.
    pub unreadable: Vec<String>,
    /// What is odd about the log, in words.
    pub notes: Vec<Note>,
}

/// Something that happened, with its time and the id of its event.
#[derive(Debug, Clone, PartialEq)]
pub struct Timed<T> {
    /// When it happened.
    pub at: Zoned,
    /// The id of its event.
    pub id: String,
    /// What happened.
    pub what: T,
}

/// Something odd about the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The event it is about, if its id can be read.
    pub event: Option<String>,
    /// What is odd, and what was made of it.
    pub what: String,
}
