//! What happened: the log is the only truth. Bodies are frozen once released; a new shape gets a new version
//! and a step in [`upcast`].

mod answered;
mod checked_in;
mod experiment;
mod measured;
mod movement_screened;
mod moves;
mod name;
mod path_watched;
mod plan_arranged;
mod profile;
pub mod programme;
mod routine;
mod seen_by_clinician;
mod session;
mod session_reviewed;
mod settings_changed;
mod spot_followed_up;
mod spot_marked;
mod spot_pressed;
mod stamp;
pub mod time;
mod trained;
pub mod upcast;

pub use answered::{Answer, QuestionAnswered};
pub use checked_in::{CheckedIn, NextDayReported, Soreness};
pub use experiment::{
    ArmMissed, ArmRevealed, ExperimentArm, ExperimentDesigned, ExperimentEnd, ExperimentEnded, ExperimentOutcome,
    MissedBecause, RollArm,
};
pub use measured::{MeasureTaken, When};
pub use movement_screened::{MovementEnd, MovementScreened, MovementSeen};
pub use moves::{MoveFinished, MovesEnded, MovesStarted};
pub use name::{Name, NotAName};
pub use path_watched::PathWatched;
pub use plan_arranged::PlanArranged;
pub use profile::ProfileChanged;
pub use programme::{ProgrammeChanged, ProgrammeEnded, ProgrammeSet};
pub use routine::{NotSent, RoutineRemoved, RoutineSaved, Sent};
pub use seen_by_clinician::SeenByClinician;
pub use session::{
    BlockEnd, BlockFinished, DoneElsewhere, ElsewhereTool, SessionEnded, SessionStarted, StopSignalled,
};
pub use session_reviewed::{SessionFelt, SessionReviewed};
pub use settings_changed::{CountryCode, NotACountry, SettingsChanged, Theme};
pub use spot_followed_up::{SpotChange, SpotFollowedUp};
pub use spot_marked::{MapView, SpotMarked};
pub use spot_pressed::SpotPressed;
pub use stamp::{Series, stamp};
pub use trained::{
    ExerciseDone, ImportUndone, Imported, Rolled, SetDone, SorenessNoted, SorenessScale, SourceFormat, Trained,
    TrainingSource,
};

use crate::lean::{self, Once};
use jiff::Zoned;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// The version of event bodies this program writes.
pub const VERSION: u16 = 4;

/// One entry of the log. A shell stamps everything but the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Unique id, a UUID of version 7.
    pub id: String,
    /// The device whose series it belongs to.
    pub device: String,
    /// Its number in that series, from 1, without gaps.
    pub seq: u64,
    /// Hybrid logical time in milliseconds: the wall clock, but never behind an event already seen.
    pub logical_ms: i64,
    /// When it happened: civil time with its zone.
    #[serde(with = "time::moment")]
    #[schemars(with = "String")]
    pub at: Zoned,
    /// The version of the body's shape.
    pub version: u16,
    /// What happened.
    pub body: EventBody,
}

impl Event {
    /// The key of the fold order, total and the same on every device.
    #[must_use]
    pub fn order(&self) -> (i64, &str, u64) {
        (self.logical_ms, &self.device, self.seq)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventBody {
    /// Age, body mass, tools, places, postures ruled out.
    ProfileChanged(ProfileChanged),
    /// One question of the screen was answered.
    QuestionAnswered(QuestionAnswered),
    /// What the body is like today and what is wanted.
    CheckedIn(CheckedIn),
    /// A guided session began.
    SessionStarted(SessionStarted),
    /// A block ended, fully or not.
    BlockFinished(BlockFinished),
    /// A stop signal was felt or seen.
    StopSignalled(StopSignalled),
    /// A guided session ended.
    SessionEnded(SessionEnded),
    /// Pressure was done without Supple.
    DoneElsewhere(DoneElsewhere),
    /// How an area was the day after.
    NextDayReported(NextDayReported),
    /// A test was taken.
    MeasureTaken(MeasureTaken),
    /// An earlier event counts as not having happened.
    Retracted(Retracted),
    /// A tight spot was marked on the body map, or corrected. Since version 2, as is all below.
    SpotMarked(SpotMarked),
    /// The question after an open spot was answered.
    SpotFollowedUp(SpotFollowedUp),
    /// A spot was pressed to see how tender it is.
    SpotPressed(SpotPressed),
    /// What a person wants of a session was kept under a name.
    RoutineSaved(RoutineSaved),
    /// A routine is not wanted any more.
    RoutineRemoved(RoutineRemoved),
    /// The person changed the proposed plan.
    PlanArranged(PlanArranged),
    /// What a person said right after a session.
    SessionReviewed(SessionReviewed),
    /// A clinician has looked; the whole screen is asked again.
    SeenByClinician(SeenByClinician),
    /// How Supple looks and sounds.
    SettingsChanged(SettingsChanged),
    /// An experiment was designed. Since version 3, as is all below.
    ExperimentDesigned(Box<ExperimentDesigned>),
    /// The way of one session of an experiment was shown.
    ArmRevealed(ArmRevealed),
    /// A session of an experiment, its way shown, does not take place.
    ArmMissed(ArmMissed),
    /// An experiment is over.
    ExperimentEnded(ExperimentEnded),
    /// A movement test was looked at. Since version 4, as is all below.
    MovementScreened(MovementScreened),
    /// A guided run of moves began.
    MovesStarted(MovesStarted),
    /// A move ended, fully or not.
    MoveFinished(MoveFinished),
    /// A guided run of moves ended.
    MovesEnded(MovesEnded),
    /// A training was done.
    Trained(Box<Trained>),
    /// An import began.
    Imported(Imported),
    /// Everything an import brought counts as not having happened.
    ImportUndone(ImportUndone),
    /// How sore somebody was on a day, by another program.
    SorenessNoted(SorenessNoted),
    /// A programme of weeks was made and kept.
    ProgrammeSet(Box<ProgrammeSet>),
    /// Something came up, and the programme was made again.
    ProgrammeChanged(ProgrammeChanged),
    /// A programme is not wanted any more.
    ProgrammeEnded(ProgrammeEnded),
    /// What a path looks out for was asked, and answered.
    PathWatched(PathWatched),
}

/// The field that says what a body is.
const TYPE: &str = "type";

impl EventBody {
    fn of(body: &Value) -> Result<Self, lean::Unread> {
        let known = body.get(TYPE).and_then(Value::as_str);
        match known.ok_or_else(|| Error::missing_field(TYPE))? {
            "profile_changed" => lean::from_tagged(body, TYPE).map(Self::ProfileChanged),
            "question_answered" => lean::from_tagged(body, TYPE).map(Self::QuestionAnswered),
            "checked_in" => lean::from_tagged(body, TYPE).map(Self::CheckedIn),
            "session_started" => lean::from_tagged(body, TYPE).map(Self::SessionStarted),
            "block_finished" => lean::from_tagged(body, TYPE).map(Self::BlockFinished),
            "stop_signalled" => lean::from_tagged(body, TYPE).map(Self::StopSignalled),
            "session_ended" => lean::from_tagged(body, TYPE).map(Self::SessionEnded),
            "done_elsewhere" => lean::from_tagged(body, TYPE).map(Self::DoneElsewhere),
            "next_day_reported" => lean::from_tagged(body, TYPE).map(Self::NextDayReported),
            "retracted" => lean::from_tagged(body, TYPE).map(Self::Retracted),
            "spot_marked" => lean::from_tagged(body, TYPE).map(Self::SpotMarked),
            "spot_followed_up" => lean::from_tagged(body, TYPE).map(Self::SpotFollowedUp),
            "spot_pressed" => lean::from_tagged(body, TYPE).map(Self::SpotPressed),
            "routine_saved" => lean::from_tagged(body, TYPE).map(Self::RoutineSaved),
            "routine_removed" => lean::from_tagged(body, TYPE).map(Self::RoutineRemoved),
            "plan_arranged" => lean::from_tagged(body, TYPE).map(Self::PlanArranged),
            "session_reviewed" => lean::from_tagged(body, TYPE).map(Self::SessionReviewed),
            "seen_by_clinician" => lean::from_tagged(body, TYPE).map(Self::SeenByClinician),
            "settings_changed" => lean::from_tagged(body, TYPE).map(Self::SettingsChanged),
            other => Self::seldom(other, body),
        }
    }

    /// A body that a first session never holds. The first engine cannot read one, and leaves a log with it to the whole.
    #[cfg(feature = "whole")]
    fn seldom(known: &str, body: &Value) -> Result<Self, lean::Unread> {
        match known {
            "measure_taken" => lean::from_tagged(body, TYPE).map(Self::MeasureTaken),
            "experiment_designed" => lean::from_tagged(body, TYPE).map(Self::ExperimentDesigned),
            "arm_revealed" => lean::from_tagged(body, TYPE).map(Self::ArmRevealed),
            "arm_missed" => lean::from_tagged(body, TYPE).map(Self::ArmMissed),
            "experiment_ended" => lean::from_tagged(body, TYPE).map(Self::ExperimentEnded),
            "movement_screened" => lean::from_tagged(body, TYPE).map(Self::MovementScreened),
            "moves_started" => lean::from_tagged(body, TYPE).map(Self::MovesStarted),
            "move_finished" => lean::from_tagged(body, TYPE).map(Self::MoveFinished),
            "moves_ended" => lean::from_tagged(body, TYPE).map(Self::MovesEnded),
            "trained" => lean::from_tagged(body, TYPE).map(Self::Trained),
            "imported" => lean::from_tagged(body, TYPE).map(Self::Imported),
            "import_undone" => lean::from_tagged(body, TYPE).map(Self::ImportUndone),
            "soreness_noted" => lean::from_tagged(body, TYPE).map(Self::SorenessNoted),
            "programme_set" => lean::from_tagged(body, TYPE).map(Self::ProgrammeSet),
            "programme_changed" => lean::from_tagged(body, TYPE).map(Self::ProgrammeChanged),
            "programme_ended" => lean::from_tagged(body, TYPE).map(Self::ProgrammeEnded),
            "path_watched" => lean::from_tagged(body, TYPE).map(Self::PathWatched),
            other => Err(Error::unknown_variant(other, &[])),
        }
    }

    #[cfg(not(feature = "whole"))]
    fn seldom(known: &str, _: &Value) -> Result<Self, lean::Unread> {
        Err(Error::unknown_variant(known, &[]))
    }

    /// The guided session or run of moves that this is of: that it began, a part of it, a stop in it, its end. Nothing that
    /// is only said about one later.
    #[must_use]
    pub fn guided(&self) -> Option<&str> {
        match self {
            Self::SessionStarted(body) => Some(&body.session),
            Self::BlockFinished(body) => Some(&body.session),
            Self::StopSignalled(body) => body.session.as_deref(),
            Self::SessionEnded(body) => Some(&body.session),
            Self::MovesStarted(body) => Some(&body.session),
            Self::MoveFinished(body) => Some(&body.session),
            Self::MovesEnded(body) => Some(&body.session),
            _ => None,
        }
    }

    /// The first version that has this body with the words in it. A line of an older version cannot hold it.
    #[must_use]
    pub const fn since_version(&self) -> u16 {
        match self {
            Self::ProfileChanged(_)
            | Self::QuestionAnswered(_)
            | Self::CheckedIn(_)
            | Self::SessionStarted(_)
            | Self::BlockFinished(_)
            | Self::StopSignalled(_)
            | Self::SessionEnded(_)
            | Self::DoneElsewhere(_)
            | Self::NextDayReported(_)
            | Self::Retracted(_) => 1,
            // A later word in an older body.
            Self::MeasureTaken(taken) => taken.when.since_version(),
            Self::SpotPressed(pressed) if pressed.when.since_version() > 2 => pressed.when.since_version(),
            Self::SpotMarked(_)
            | Self::SpotFollowedUp(_)
            | Self::SpotPressed(_)
            | Self::RoutineSaved(_)
            | Self::RoutineRemoved(_)
            | Self::PlanArranged(_)
            | Self::SessionReviewed(_)
            | Self::SeenByClinician(_)
            | Self::SettingsChanged(_) => 2,
            Self::ExperimentDesigned(_) | Self::ArmRevealed(_) | Self::ArmMissed(_) | Self::ExperimentEnded(_) => 3,
            Self::MovementScreened(_) | Self::MovesStarted(_) | Self::MoveFinished(_) | Self::MovesEnded(_) => 4,
            Self::Trained(_) | Self::Imported(_) | Self::ImportUndone(_) | Self::SorenessNoted(_) => 4,
            Self::ProgrammeSet(_) | Self::ProgrammeChanged(_) | Self::ProgrammeEnded(_) => 4,
            Self::PathWatched(_) => 4,
        }
    }
}

/// By hand: what serde derives for a tag among the fields has a reader of its own for every body, by way of a copy.
impl<'de> Deserialize<'de> for EventBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Once(body) = Once::deserialize(deserializer)?;
        Self::of(&body).map_err(D::Error::custom)
    }
}

/// An earlier event counts as not having happened; a correction is this and a new event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retracted {
    /// The id of the event.
    pub event: String,
}

/// The hybrid logical time of the next event: the wall clock, but after everything seen.
#[must_use]
pub fn next_logical_ms(last_seen: Option<i64>, now: &Zoned) -> i64 {
    let wall = now.timestamp().as_millisecond();
    last_seen.map_or(wall, |last| wall.max(last.saturating_add(1)))
}
