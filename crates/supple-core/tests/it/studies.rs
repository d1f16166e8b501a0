//! The studies themselves: which can be pooled, and how well those left out are predicted.

use std::collections::{BTreeMap, BTreeSet};
use supple_core::knowledge::Basis;
use supple_core::learn::{
    Moderators, NotPoolable, PRE_POST_CORRELATION, Scale, all_poolable, contrasts, leave_one_trial_out, percent_rows,
    smd_rows,
};
use supple_knowledge::trials;

#[test]
fn each_contrast_is_poolable_or_has_a_reason_and_every_reason_occurs() {
    let mut reasons = BTreeMap::<NotPoolable, usize>::new();
    let (mut rows, mut studies) = (0, BTreeSet::new());
    for (trial, _, found) in contrasts(trials(), PRE_POST_CORRELATION) {
        match found {
            Ok(found) => {
                rows += 1;
                studies.insert(trial);
                assert!(found.effect.y.is_finite() && found.effect.v > 0.0, "{}", found.contrast.id);
            }
            Err(reason) => *reasons.entry(reason).or_default() += 1,
        }
    }
    assert_eq!(rows + reasons.values().sum::<usize>(), 251);
    // A change of the rule shows here, and in the table of docs/model.md.
    assert_eq!((rows, studies.len()), (37, 18));
    assert_eq!(reasons.keys().copied().collect::<Vec<_>>(), NotPoolable::ALL);
}

#[test]
fn studies_left_out_lie_where_the_others_say() {
    for (scale, rows) in [
        (Scale::Smd, smd_rows(&all_poolable(trials(), PRE_POST_CORRELATION))),
        (Scale::Percent, percent_rows(trials(), PRE_POST_CORRELATION)),
    ] {
        let ours = leave_one_trial_out(&rows, scale, PRE_POST_CORRELATION, Moderators::Usual, 1).unwrap();
        let mean_only = leave_one_trial_out(&rows, scale, PRE_POST_CORRELATION, Moderators::None, 1).unwrap();
        assert!(
            ours.coverage_ci.0 <= 0.9 && 0.9 <= ours.coverage_ci.1,
            "{scale:?}: {} {:?}",
            ours.coverage,
            ours.coverage_ci
        );
        assert!(
            ours.score < mean_only.score,
            "{scale:?}: {} against {} of a mean alone",
            ours.score,
            mean_only.score
        );
    }
}

#[test]
fn an_effect_follows_from_what_a_study_prints() {
    let rows = all_poolable(trials(), PRE_POST_CORRELATION);
    let row = |id: &str| rows.iter().find(|row| row.contrast.id == id).unwrap();
    // 7.7 degrees with a standard deviation of changes of 4.0 in 18 people: 1.925 of changes, 1.491 of readings at a
    // correlation of 0.7, times J(17) = 0.9551.
    let slr = row("zhang2020_slr");
    assert_eq!((slr.basis, slr.derived), (Basis::BetweenControl, false));
    assert!((slr.effect.y - 1.424).abs() < 1e-3, "{}", slr.effect.y);
    // A p of 0.03 of two groups of 12 is a t of 2.316 on 22 degrees of freedom; no basis was seen.
    let ball = row("grieve2015_ball");
    assert_eq!((ball.basis, ball.derived), (Basis::BetweenControl, true));
    assert!((ball.effect.y - 0.913).abs() < 2e-3, "{}", ball.effect.y);
    // Less stiff favours rolling, and less blood does not.
    assert!(row("nakamura2022_vfr_stiff").effect.y > 0.0 && row("schroeter2023_vl_0").effect.y < 0.0);
}

#[test]
fn another_correlation_moves_what_rests_on_it_and_nothing_else() {
    let at = |correlation: f64| all_poolable(trials(), correlation);
    let (low, high) = (at(0.5), at(0.9));
    assert_eq!(low.len(), high.len());
    for (low, high) in low.iter().zip(&high) {
        let same_people = low.basis == Basis::Within || supple_core::learn::paired(&low.trial.design);
        assert_eq!(same_people, low.effect.v > high.effect.v, "{}", low.contrast.id);
    }
}
