//! Kinds of training can be counted with.

use super::super::Knowledge;
use super::{Problem, Problems};
use crate::body::RegionId;
use crate::sorted::SortedMap;

/// How far shares may be from 1 by rounding in the file.
const ROUNDING: f64 = 1e-6;

/// Ensure shares add up to 1, none is nothing, and the eccentric part is a share too.
pub(super) fn work_is_shared_out(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let mut look = |file: &str, at: &str, eccentric: f64, shares: &SortedMap<RegionId, f64>| {
        let mut say = |field: &str, what: String| {
            problems.push(Problem::new(file, &format!("{at}{field}"), rule, what));
        };
        if !(0.0..=1.0).contains(&eccentric) {
            say("eccentric", format!("a share is 0 to 1, not {eccentric}"));
        }
        let sum: f64 = shares.values().sum();
        if (sum - 1.0).abs() > ROUNDING {
            say("shares", format!("they add up to {sum:.4}; all of the work is 1"));
        }
        for (region, share) in shares {
            if *share <= 0.0 {
                say(&format!("shares.{region}"), "a region that does no work is left out".to_owned());
            }
        }
    };
    for (id, sport) in &knowledge.sports {
        look(&format!("sports/{id}.toml"), "", sport.eccentric, &sport.shares);
    }
    for (id, exercise) in &knowledge.exercises.exercises {
        look("exercises.toml", &format!("exercises.{id}."), exercise.eccentric, &exercise.shares);
    }
}

/// What an unknown kind of training counts as.
pub const OTHER_SPORT: &str = "other";

/// Ensure there is something that an unknown kind of training counts as, once there is any kind.
pub(super) fn an_unknown_sport_counts_as_something(
    knowledge: &Knowledge,
    rule: &'static str,
    problems: &mut Problems,
) {
    if !knowledge.sports.is_empty() && !knowledge.sports.contains_key(OTHER_SPORT) {
        let what = "a kind of training that nobody knows counts as this one; add it".to_owned();
        problems.push(Problem::new(&format!("sports/{OTHER_SPORT}.toml"), "", rule, what));
    }
}
