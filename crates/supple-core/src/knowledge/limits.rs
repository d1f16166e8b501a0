//! The ceilings no plan crosses. All limits combine by the minimum.

use super::{Place, Read};
use serde::{Deserialize, Serialize};

/// `limits.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// For everyone, always.
    pub ceilings: Ceilings,
    /// What `lower-pressure` and `shorten` mean without a number.
    pub defaults: DefaultLimits,
    /// A person's first session.
    pub first_session: FirstSession,
    /// Techniques of level caution and zones marked light-only.
    pub caution_level: CautionLevelLimits,
    /// By age.
    pub age: AgeRules,
    /// After a sore next day.
    pub flare: FlareRule,
    /// When a next-day report allows more.
    pub next_day: NextDayRule,
    /// For moves. Missing: none is allowed.
    #[serde(default)]
    pub moves: MoveCeilings,
}

/// For everyone, always.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceilings {
    /// Felt target at most this.
    pub felt_target: u8,
    /// Felt cap: the most we allow.
    pub felt_cap: u8,
    /// Felt at or above this means off at once.
    pub felt_off: u8,
    /// Longest still hold on one spot.
    pub hold_seconds: u32,
    /// Seconds on one region and side in a calendar day.
    pub seconds_per_area_day: u32,
    /// Sets on one region and side in a session.
    pub sets: u8,
    /// Session length.
    pub session_minutes: u8,
    /// Soreness at or above this: leave the area alone today.
    pub leave_alone_soreness: u8,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// What an action means without a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultLimits {
    /// `lower-pressure`: felt target and cap.
    pub lower_pressure_felt: u8,
    /// `shorten`: seconds per area.
    pub shorten_seconds_per_area: u32,
    /// `shorten`: sets.
    pub shorten_sets: u8,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// A person's first session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstSession {
    /// Felt target.
    pub felt_target: u8,
    /// Seconds per area.
    pub seconds_per_area: u32,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Techniques of level caution and zones marked light-only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CautionLevelLimits {
    /// Felt target of a technique of level caution.
    pub felt_target: u8,
    /// Felt cap of a technique of level caution.
    pub felt_cap: u8,
    /// Felt target and cap where the line works in a light-only or debated zone.
    pub light_only_felt: u8,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// By age.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeRules {
    /// Below this: no plan.
    pub not_under_years: u8,
    /// Below this: an adult is present, and the child's limits hold.
    pub adult_from_years: u8,
    /// From this on: gentler first session, wall and chair preferred.
    pub gentle_start_from_years: u8,
    /// Felt target in that first session.
    pub gentle_start_felt: u8,
    /// Places preferred in that first session.
    pub gentle_start_places: Vec<Place>,
    /// From this on the entry for older adults holds whatever was answered.
    pub older_adult_from_years: u8,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// After a sore next day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlareRule {
    /// Soreness above this the next day is a flare.
    pub soreness_above: u8,
    /// Next dose as a share of the last.
    pub next_dose_share: f64,
    /// Days for which a bruise or new swelling keeps an area closed.
    pub bruise_closed_days: u16,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// When a next-day report allows more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextDayRule {
    /// A report counts when it comes within so many hours.
    pub within_hours: u16,
    /// Without a clean report a dose never goes above this share of the last.
    pub share_without_report: f64,
    /// How much more a clean report allows, in seconds per area.
    pub step_seconds: u32,
    /// After so many days without a session the next one is like a first.
    pub fresh_start_after_days: u16,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// The ceilings of moves: stretches, strengthening and integration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveCeilings {
    /// Sets of one move on one side in a session.
    pub sets: u8,
    /// Longest hold.
    pub hold_seconds: u32,
    /// Repetitions in one set.
    pub reps: u8,
    /// How hard it may feel, 0 to 10.
    pub effort: u8,
    /// Minutes of moves in a calendar day, rests and set-up not counted.
    pub minutes_per_day: u8,
    /// Sets in the first session of moves, and in the first after a long break.
    pub first_sets: u8,
    /// How hard it may feel in that session.
    pub first_effort: u8,
    /// From this age on, moves that are easy to fall from are done with a hand on something firm.
    pub support_from_years: u8,
    /// Seconds of one repetition where a move gives no tempo.
    pub seconds_per_rep: u8,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// Nothing is allowed.
impl Default for MoveCeilings {
    fn default() -> Self {
        Self {
            sets: 0,
            hold_seconds: 0,
            reps: 0,
            effort: 0,
            minutes_per_day: 0,
            first_sets: 0,
            first_effort: 0,
            support_from_years: 0,
            seconds_per_rep: 0,
            sources: Vec::new(),
            read: Read::OurJudgement,
        }
    }
}
