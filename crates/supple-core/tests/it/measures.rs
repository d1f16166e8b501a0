//! Tests and what came of them: series, sides, changes, and what may be a slip of the hand.

use crate::requests::knowledge;
use supple_core::body::Side;
use supple_core::event::{MeasureTaken, When};
use supple_core::knowledge::Measure;
use supple_core::measure::{Doubt, Record, doubts};
use supple_core::state::{State, Timed};

fn measure(id: &str) -> &'static Measure {
    &knowledge().measures[id]
}

fn taken(id: &str, side: Option<Side>, when: When, trials: &[f64]) -> MeasureTaken {
    let practice_trials = measure(id).practice_trials;
    MeasureTaken { measure: id.into(), side, region: None, trials: trials.to_vec(), practice_trials, when }
}

/// A log with these, each on its day of November.
fn state(all: &[(i8, MeasureTaken)]) -> State {
    let timed = |(day, what): &(i8, MeasureTaken)| Timed {
        at: format!("2026-11-{day:02}T18:00:00+01:00[Europe/Berlin]").parse().unwrap(),
        id: format!("{day}"),
        what: what.clone(),
    };
    State { measures: all.iter().map(timed).collect(), ..State::default() }
}

/// Practice and two trials that count, alike.
fn knee(day: i8, side: Side, when: When, cm: f64) -> (i8, MeasureTaken) {
    (day, taken("wblt_cm", Some(side), when, &[cm - 1.0, cm, cm]))
}

#[test]
fn each_side_is_a_series_and_practice_counts_nowhere() {
    let state = state(&[
        knee(1, Side::Right, When::Rest, 9.0),
        knee(1, Side::Left, When::Rest, 11.0),
        knee(8, Side::Left, When::Rest, 11.5),
        (9, taken("sit_reach", None, When::Rest, &[20.0, 21.0, 22.0])),
    ]);
    let record = Record::of(measure("wblt_cm"), "wblt_cm", &state);
    let found: Vec<_> = record.series.iter().map(|series| (series.about.side, series.sittings.len())).collect();
    assert_eq!(found, [(Some(Side::Left), 2), (Some(Side::Right), 1)]);
    assert_eq!(record.series[0].latest().reading.value, 11.5);
    let sides = record.sides(measure("wblt_cm"), None).expect("both sides on the first day");
    assert_eq!((sides.left, sides.right, sides.freer), (11.0, 9.0, Side::Left));
    assert!(!sides.real, "2 cm is the error itself");
}

#[test]
fn a_session_is_judged_by_its_own_day_and_a_rest_only_by_rests() {
    let m = measure("wblt_cm");
    let state = state(&[
        knee(1, Side::Left, When::Before, 9.0),
        knee(1, Side::Left, When::After, 12.5),
        knee(3, Side::Left, When::Before, 9.5),
        knee(4, Side::Left, When::After, 13.0),
    ]);
    let record = Record::of(m, "wblt_cm", &state);
    let (before, after) = record.series[0].around_a_session().expect("one on the first day");
    assert_eq!((before.reading.value, after.reading.value), (9.0, 12.5));
    assert!(record.change(m, before, after).real && record.change(m, before, after).better);
    let (first, later) = record.series[0].first_and_latest_at_rest().expect("two before a session");
    assert_eq!((first.reading.value, later.reading.value), (9.0, 9.5));
    assert!(!record.change(m, first, later).real);
}

#[test]
fn fewer_degrees_short_of_straight_are_better() {
    let m = measure("ake");
    let at = |day, degrees: f64| (day, taken("ake", Some(Side::Left), When::Rest, &[degrees, degrees, degrees]));
    let state = state(&[at(1, 35.0), at(20, 20.0)]);
    let record = Record::of(m, "ake", &state);
    let (first, later) = record.series[0].first_and_latest_at_rest().unwrap();
    let change = record.change(m, first, later);
    assert!(change.real && change.better && change.difference < 0.0);
}

#[test]
fn inches_swapped_sides_and_trials_far_apart_are_asked_about() {
    let m = measure("wblt_cm");
    let before = state(&[knee(1, Side::Left, When::Rest, 12.0), knee(1, Side::Right, When::Rest, 8.0)]);
    let record = Record::of(m, "wblt_cm", &before);
    let now = |left: f64, right: f64| {
        let one = |side, cm: f64| taken("wblt_cm", Some(side), When::Rest, &[cm, cm, cm]);
        doubts(m, &[one(Side::Left, left), one(Side::Right, right)], &record)
    };
    assert_eq!(now(12.4, 8.2), []);
    assert!(matches!(now(12.0 / 2.54, 8.0 / 2.54)[..], [Doubt::Inches { last: 12.0, .. }]), "typed as inches");
    assert_eq!(now(8.1, 12.2), [Doubt::SidesSwapped]);
    assert_eq!(now(10.0, 10.0), [], "nearer to each other is no swap");

    let ake = measure("ake");
    let apart = taken("ake", Some(Side::Left), When::Rest, &[30.0, 20.0, 27.0]);
    let empty = State::default();
    let record = Record::of(ake, "ake", &empty);
    assert_eq!(doubts(ake, std::slice::from_ref(&apart), &record), [Doubt::Apart { spread: 7.0 }]);
    let fourth = MeasureTaken { trials: vec![30.0, 20.0, 27.0, 26.0], ..apart };
    assert_eq!(doubts(ake, &[fourth], &record), [], "one more was taken");
}
