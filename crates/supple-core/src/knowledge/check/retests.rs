//! The rule over `retests/`.

use super::super::{Knowledge, Retests};
use super::Problem;

/// The rule over what second tests gained.
pub const RETEST_RULE: &str = "retest_that_cannot_be_used";

/// Everything wrong with them: a measure or source that there is not, too few people, a p that is no number, a
/// percentage without a reading to take it of.
#[must_use]
pub fn retests(retests: &Retests, knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, retest) in retests {
        let mut wrong = |field: &str, what: &str| {
            problems.push(Problem::new(&format!("retests/{id}.toml"), field, RETEST_RULE, what.to_owned()));
        };
        let measure = knowledge.measures.get(&retest.measure);
        if measure.is_none() {
            wrong("measure", "no measure is called so; correct it");
        }
        if !knowledge.sources.contains_key(&retest.source) {
            wrong("source", "no source is called so; correct it, or add it to sources.toml");
        }
        if retest.people < 3 {
            wrong("people", "fewer than three people say nothing; leave it out");
        }
        let p = retest.p.strip_prefix('<').unwrap_or(&retest.p).trim().parse::<f64>();
        if !p.is_ok_and(|p| p > 0.0 && p < 1.0) {
            wrong("p", "this is no p-value; write it as printed, such as 0.009 or <0.001");
        }
        let percent = measure.is_some_and(|measure| measure.change_threshold.percent);
        if retest.percent != percent && retest.usual_reading.is_none() && retest.usual_reading_of.is_none() {
            wrong("usual_reading", "the gain and the measure are not both in percent: say what a usual reading is");
        }
    }
    problems
}
