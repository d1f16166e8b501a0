//! The slow change of a test, from results of days.

use jiff::Zoned;
use supple_core::event::When;
use supple_core::knowledge::Measure;
use supple_core::learn::{Slow, slow};
use supple_core::measure::{Reading, Series, Sitting, Where};

fn knee_to_wall() -> &'static Measure {
    &supple_knowledge::embedded().measures["wblt_cm"]
}

fn at(day: &str) -> Zoned {
    format!("{day}T18:00:00[Europe/Berlin]").parse().unwrap()
}

fn of(results: &[(Zoned, When, f64)]) -> Option<Slow> {
    let sitting = |(at, when, value): &(Zoned, When, f64)| {
        let reading = Reading { value: *value, trials: 2 };
        (at.clone(), *when, reading)
    };
    let all: Vec<_> = results.iter().map(sitting).collect();
    let sittings = all.iter().map(|(at, when, reading)| Sitting { at, when: *when, reading: *reading }).collect();
    let series = Series { about: Where { region: None, side: None }, sittings };
    slow(knee_to_wall(), &series, None, &[(at("2026-09-03").date(), 300.0), (at("2026-09-01").date(), 300.0)])
}

#[test]
fn results_right_after_a_session_are_left_out() {
    let results = [
        (at("2026-09-01"), When::Rest, 10.0),
        (at("2026-09-08"), When::Before, 10.0),
        (at("2026-09-08"), When::After, 20.0),
    ];
    let found = of(&results).unwrap();
    assert_eq!((found.readings, found.trend.at_readings.len()), (2, 2));
    assert!((found.trend.curve.last().unwrap().mean() - 10.0).abs() < 0.5);
    assert_eq!((found.days.len(), found.trend.curve.len()), (8, 8));
    assert!(of(&results[2..]).is_none(), "nothing at rest");
}

#[test]
fn years_are_shown_in_few_points_that_end_with_the_last_result() {
    let results = [(at("2023-01-01"), When::Rest, 10.0), (at("2026-09-08"), When::Rest, 12.0)];
    let found = of(&results).unwrap();
    assert!(found.days.len() <= 50 && found.days.is_sorted(), "{}", found.days.len());
    assert_eq!((found.days[0], *found.days.last().unwrap()), (found.first, found.last));
}

#[test]
fn one_result_has_a_curve_of_one_day() {
    let found = of(&[(at("2026-09-01"), When::Rest, 10.0)]).unwrap();
    assert_eq!((found.days.len(), found.trend.since_first), (1, None));
}
