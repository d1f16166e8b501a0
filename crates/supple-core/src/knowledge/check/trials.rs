//! Rules over `trials/` and `reviews/`.

use super::super::{Contrast, Reviews, Trials};
use super::{Problem, Problems};
use crate::sorted::SortedMap;

/// A rule over the studies: its name, and the function that looks.
type TrialRule = (&'static str, fn(&Trials, &'static str, &mut Problems));

/// The table of rules. Each has a fixture under `invalid/` that proves that it can fail.
pub const TRIAL_RULES: &[TrialRule] = &[
    ("trial_without_contrast", every_study_found_something),
    ("contrast_twice", contrasts_have_ids_of_their_own),
    ("contrast_out_of_range", numbers_can_be_right),
    ("same_value_as_nothing", repeated_values_have_a_first),
];

/// Everything wrong with the studies, by every rule, in a fixed order.
#[must_use]
pub fn trials(trials: &Trials) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, rule) in TRIAL_RULES {
        rule(trials, name, &mut problems);
    }
    problems.sort();
    problems
}

/// The rule over the reviews.
pub const REVIEW_RULE: &str = "review_out_of_order";

/// Everything wrong with the reviews: a pooled value outside its own interval.
#[must_use]
pub fn reviews(reviews: &Reviews) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, review) in reviews {
        for (at, pooled) in review.pooled.iter().enumerate() {
            let (low, high) = (pooled.ci_low, pooled.ci_high);
            let outside = |value: f64| low.is_some_and(|low| low > value) || high.is_some_and(|high| high < value);
            if pooled.value.is_some_and(outside) {
                let what = "the value lies outside its own interval".to_owned();
                let field = format!("pooled[{at}]");
                problems.push(Problem::new(&format!("reviews/{id}.toml"), &field, REVIEW_RULE, what));
            }
        }
    }
    problems
}

fn file(id: &str) -> String {
    format!("trials/{id}.toml")
}

/// Ensure every study has a contrast.
fn every_study_found_something(trials: &Trials, rule: &'static str, problems: &mut Problems) {
    for (id, trial) in trials.iter().filter(|(_, trial)| trial.contrasts.is_empty()) {
        let what = format!("nothing is compared in {}; add [[contrasts]]", trial.citation);
        problems.push(Problem::new(&file(id), "contrasts", rule, what));
    }
}

/// Ensure no two contrasts have one id.
fn contrasts_have_ids_of_their_own(trials: &Trials, rule: &'static str, problems: &mut Problems) {
    let mut seen = SortedMap::new();
    for (id, trial) in trials {
        for (at, contrast) in trial.contrasts.iter().enumerate() {
            if let Some(first) = seen.insert(&contrast.id, id) {
                let what = format!("{} stands in trials/{first}.toml already; give it an id of its own", contrast.id);
                problems.push(Problem::new(&file(id), &format!("contrasts[{at}].id"), rule, what));
            }
        }
    }
}

/// Ensure numbers lie where such a number can lie.
fn numbers_can_be_right(trials: &Trials, rule: &'static str, problems: &mut Problems) {
    for (id, trial) in trials {
        for (at, contrast) in trial.contrasts.iter().enumerate() {
            for (name, value, low, high) in ranged(contrast) {
                if !(low..=high).contains(&value) {
                    let what = format!("{value} is outside {low} to {high}");
                    problems.push(Problem::new(&file(id), &format!("contrasts[{at}].{name}"), rule, what));
                }
            }
            let effect = contrast.effect_size.as_ref();
            let outside = effect.is_some_and(|e| {
                e.ci_low.is_some_and(|low| low > e.value) || e.ci_high.is_some_and(|high| high < e.value)
            });
            if outside {
                let what = "the value lies outside its own interval".to_owned();
                problems.push(Problem::new(&file(id), &format!("contrasts[{at}].effect_size"), rule, what));
            }
        }
    }
}

fn ranged(c: &Contrast) -> impl Iterator<Item = (&'static str, f64, f64, f64)> {
    [
        ("n_per_arm", c.n_per_arm.map(f64::from), 2.0, 100_000.0),
        ("n_comparator", c.n_comparator.map(f64::from), 2.0, 100_000.0),
        ("total_seconds_per_muscle", c.total_seconds_per_muscle, 1.0, 3_600.0),
        ("weeks", c.weeks, 0.0, 104.0),
        ("frequency_per_week", c.frequency_per_week, 0.1, 21.0),
        ("time_after_min", c.time_after_min, 0.0, 10_080.0),
        ("pre_sd", c.pre_sd, 1e-9, 1e6),
        ("post_sd", c.post_sd, 1e-9, 1e6),
        ("ctrl_pre_sd", c.ctrl_pre_sd, 1e-9, 1e6),
        ("ctrl_post_sd", c.ctrl_post_sd, 1e-9, 1e6),
        ("change_sd", c.change_sd, 1e-9, 1e6),
        ("percent_change", c.percent_change, -100.0, 1_000.0),
    ]
    .into_iter()
    .filter_map(|(name, value, low, high)| value.map(|value| (name, value, low, high)))
}

/// Ensure a repeated value repeats another contrast of the same study.
fn repeated_values_have_a_first(trials: &Trials, rule: &'static str, problems: &mut Problems) {
    for (id, trial) in trials {
        for (at, contrast) in trial.contrasts.iter().enumerate() {
            let Some(first) = &contrast.same_value_as else { continue };
            let found = trial.contrasts.iter().any(|c| c.id == *first && c.same_value_as.is_none());
            if !found || *first == contrast.id {
                let what = format!("{first} is no first contrast of this study");
                problems.push(Problem::new(&file(id), &format!("contrasts[{at}].same_value_as"), rule, what));
            }
        }
    }
}
