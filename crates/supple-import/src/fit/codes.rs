//! What numbers in a watch's file mean. Seen in the profile that `rustyfit` 0.11 carries (21.218).

use supple_core::body::RegionId;

pub const FILE_ID: u16 = 0;
pub const SPORT: u16 = 12;
pub const SESSION: u16 = 18;
pub const RECORD: u16 = 20;
pub const ACTIVITY: u16 = 34;
pub const SET: u16 = 225;

/// The field in which every message but a set has its time.
pub const TIMESTAMP: u8 = 253;

pub mod file_id {
    pub const MANUFACTURER: u8 = 1;
    pub const SERIAL_NUMBER: u8 = 3;
    pub const TIME_CREATED: u8 = 4;
    pub const PRODUCT_NAME: u8 = 8;
    /// Who makes programs that have no number of their own; Supple is one of them.
    pub const DEVELOPMENT: u64 = 255;
}

pub mod sport {
    pub const SPORT: u8 = 0;
    pub const SUB_SPORT: u8 = 1;
    pub const NAME: u8 = 3;
}

pub mod session {
    pub const START_TIME: u8 = 2;
    pub const SPORT: u8 = 5;
    pub const SUB_SPORT: u8 = 6;
    /// Thousandths of a second.
    pub const TOTAL_ELAPSED_TIME: u8 = 7;
    /// The same, pauses left out.
    pub const TOTAL_TIMER_TIME: u8 = 8;
    /// Centimetres.
    pub const TOTAL_DISTANCE: u8 = 9;
    pub const TOTAL_ASCENT: u8 = 22;
    pub const TOTAL_DESCENT: u8 = 23;
    pub const SPORT_PROFILE_NAME: u8 = 110;
    /// Tenths of a point of effort.
    pub const WORKOUT_RPE: u8 = 193;
}

pub mod record {
    /// Centimetres.
    pub const DISTANCE: u8 = 5;
}

pub mod activity {
    /// Seconds on the wall clock.
    pub const LOCAL_TIMESTAMP: u8 = 5;
}

pub mod set {
    /// Thousandths of a second.
    pub const DURATION: u8 = 0;
    pub const REPETITIONS: u8 = 3;
    /// Sixteenths of a kilogram.
    pub const WEIGHT: u8 = 4;
    pub const SET_TYPE: u8 = 5;
    pub const START_TIME: u8 = 6;
    pub const CATEGORY: u8 = 7;
    pub const CATEGORY_SUBTYPE: u8 = 8;
    pub const TIMESTAMP: u8 = 254;
    /// A set that is a rest between two others.
    pub const REST: u64 = 0;
}

/// Between two parts of a multisport activity; no part itself.
pub const TRANSITION: u64 = 3;

/// Seconds from 1970 to the moment that a watch counts from, 1989-12-31T00:00:00Z.
pub const EPOCH: i64 = 631_065_600;

/// Exercise categories by their number, as `knowledge/exercises.toml` calls them. What stands there with no number of
/// its own here counts as the sport does.
const CATEGORIES: [(u64, &str); 29] = [
    (0, "bench_press"),
    (1, "calf_raise"),
    (3, "carry"),
    (4, "chop"),
    (5, "core"),
    (6, "crunch"),
    (7, "curl"),
    (8, "deadlift"),
    (9, "flye"),
    (10, "hip_raise"),
    (11, "hip_stability"),
    (12, "hip_swing"),
    (13, "hyperextension"),
    (14, "lateral_raise"),
    (15, "leg_curl"),
    (16, "leg_raise"),
    (17, "lunge"),
    (18, "olympic_lift"),
    (19, "plank"),
    (20, "plyo"),
    (21, "pull_up"),
    (22, "push_up"),
    (23, "row"),
    (24, "shoulder_press"),
    (25, "shoulder_stability"),
    (26, "shrug"),
    (27, "sit_up"),
    (28, "squat"),
    (30, "triceps_extension"),
];

/// The exercise of a category.
pub fn exercise(category: u64) -> Option<&'static str> {
    CATEGORIES.iter().find(|(number, _)| *number == category).map(|(_, id)| *id)
}

/// The region of one of the three exercises that are rolling.
pub const fn rolled(category: u64, exercise: u64) -> Option<RegionId> {
    match (category, exercise) {
        // warm_up: back_roll_foam_roller, latissimus_dorsi_foam_roll
        (31, 78) => Some(RegionId::ThoracicErectors),
        (31, 80) => Some(RegionId::Lats),
        // move: foot_rolling
        (35, 9) => Some(RegionId::PlantarFoot),
        _ => None,
    }
}

/// Every exercise that has a number here.
#[cfg(test)]
pub fn exercises() -> impl Iterator<Item = &'static str> {
    CATEGORIES.iter().map(|(_, id)| *id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exercise_of_a_watch_is_one_that_is_known() {
        let knowledge = supple_knowledge::embedded();
        for id in exercises() {
            assert!(knowledge.exercises.exercises.contains_key(id), "{id}");
        }
    }
}
