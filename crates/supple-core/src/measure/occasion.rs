use crate::event::{MeasureTaken, When};
use crate::state::{State, Timed};

/// Of so many occasions of a test one is a rest test.
///
/// Source: model.md §2 of the shared reference: at random, at least one in three.
pub const OCCASIONS_PER_REST_TEST: u32 = 3;

/// What the next occasion of a test is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Test, do the session, test again.
    Session,
    /// Test, wait as long as a session takes without rolling, test again: a *rest test*.
    RestTest,
}

/// What the next occasion of a test should be, so that one of three is a rest test and nobody chooses which.
///
/// It is no draw of chance: the same log asks for the same thing on every device. What stands in for chance is the id of
/// the first reading of any test, which nobody chose.
#[must_use]
pub fn occasion(state: &State, measure: &str) -> Occasion {
    let (sessions, rest_tests) = occasions_so_far(state, measure);
    let seed = state.measures.first().map_or("", |taken| taken.id.as_str());
    next(sessions, rest_tests, measure, seed)
}

fn next(sessions: u32, rest_tests: u32, measure: &str, seed: &str) -> Occasion {
    let so_far = sessions + rest_tests;
    let (three, place) = (so_far / OCCASIONS_PER_REST_TEST, so_far % OCCASIONS_PER_REST_TEST);
    // One that was missed comes first.
    let missed = rest_tests < three;
    let done_in_this_three = rest_tests > three;
    let drawn = drawn(seed, measure, three) == place;
    if missed || (drawn && !done_in_this_three) { Occasion::RestTest } else { Occasion::Session }
}

/// Occasions of a test that were tested a second time, on any side: around sessions, and around waits. Left and right
/// of one day are one occasion.
fn occasions_so_far(state: &State, measure: &str) -> (u32, u32) {
    let count = |when: When| {
        let of = |taken: &&Timed<MeasureTaken>| taken.what.measure == measure && taken.what.when == when;
        let mut days: Vec<_> = state.measures.iter().filter(of).map(|taken| taken.at.date()).collect();
        days.dedup();
        u32::try_from(days.len()).unwrap_or(u32::MAX / 2)
    };
    (count(When::After), count(When::AfterWait))
}

/// Which place of its three is the rest test: a hash, as evenly spread as a draw.
///
/// Source: FNV-1a (Fowler, Noll, Vo; RFC 9923), its bits mixed once more as its last ones depend on the last byte alone.
fn drawn(seed: &str, measure: &str, three: u32) -> u32 {
    let bytes = seed.bytes().chain([0]).chain(measure.bytes()).chain([0]).chain(three.to_le_bytes());
    let hash = crate::draws::fnv1a(bytes);
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    u32::try_from((mixed >> 32) % u64::from(OCCASIONS_PER_REST_TEST)).expect("below three")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Occasions as they come if everybody does as asked.
    fn obeyed(seed: &str, count: usize) -> Vec<Occasion> {
        let (mut sessions, mut rest_tests) = (0, 0);
        let mut all = Vec::new();
        for _ in 0..count {
            let next = next(sessions, rest_tests, "wblt_cm", seed);
            match next {
                Occasion::Session => sessions += 1,
                Occasion::RestTest => rest_tests += 1,
            }
            all.push(next);
        }
        all
    }

    #[test]
    fn of_every_three_occasions_one_is_a_rest_test() {
        for seed in ["a", "b", "01a15a0a-8000-7c00-8eec-e51ebef33623"] {
            for three in obeyed(seed, 60).chunks(3) {
                assert_eq!(three.iter().filter(|one| **one == Occasion::RestTest).count(), 1, "{seed}");
            }
        }
    }

    #[test]
    fn every_place_of_three_is_as_likely() {
        let mut places = [0_u32; 3];
        for person in 0..3000 {
            places[drawn(&format!("phone-{person}"), "ake", 4) as usize] += 1;
        }
        // Standard deviation 26.
        assert!(places.iter().all(|count| count.abs_diff(1000) < 100), "{places:?}");
    }

    #[test]
    fn a_rest_test_that_was_left_out_is_asked_for_next() {
        for seed in ["a", "b", "c", "d"] {
            assert_eq!(next(3, 0, "ake", seed), Occasion::RestTest);
            assert_eq!(next(4, 0, "ake", seed), Occasion::RestTest);
            // One too many is not asked for again.
            assert_eq!(next(3, 2, "ake", seed), Occasion::Session);
        }
    }
}
