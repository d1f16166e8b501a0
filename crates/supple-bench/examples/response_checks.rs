//! Everything that `docs/model.md` says was measured about a person's own results, at full size; some minutes.
//!
//! `cargo run --release -p supple-bench --example response_checks [SEED]`; a seed that nobody has looked at is the honest
//! one.

use std::time::Instant;
use supple_bench::calibration::{LOOKED_AT, compared, evenness};
use supple_bench::looks::{Course, Crowd, Wrong, courses, share, share_helped, share_misled};
use supple_bench::update::Year;
use supple_core::knowledge::Rule;
use supple_core::learn::gain::{Acute, Around};
use supple_core::learn::response::Chances;

/// Not the seed of the rule. Looked at before.
const LOOKED_AT_BEFORE: u64 = 4711;
const PEOPLE: u32 = 2000;

fn main() {
    let rule = rule();
    let seed =
        std::env::args().nth(1).map_or(LOOKED_AT_BEFORE, |seed| seed.parse().expect("a seed is a whole number"));
    println!("seed {seed}");
    time(seed);
    calibration(seed);
    app(&rule, seed);
    misled(&rule, seed);
    promises(&rule, seed);
}

/// The rule in use, as the file has it.
fn rule() -> Rule {
    let text = include_str!("../../../knowledge/rule.toml");
    supple_bench::rule::read(text).expect("rule.toml is what the generator wrote")
}

fn calibration(seed: u64) {
    for occasions in [9, 45] {
        let people: Vec<_> = (0..u64::from(PEOPLE)).map(|number| compared(seed, number, occasions)).collect();
        let inside = people.iter().filter(|person| person.inside).count();
        println!(
            "calibration, {occasions} occasions: 95 % interval of the gain holds it in {:.1} %",
            percent(inside, people.len())
        );
        for (which, name) in LOOKED_AT.iter().enumerate() {
            let places: Vec<f64> = people.iter().map(|person| person.places.0[which]).collect();
            println!("  {name}: p = {:.3}", evenness(&places));
        }
    }
}

#[allow(clippy::cast_precision_loss)]
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

/// Told something false at any look, without effect, with the retest gain at either end of its range.
fn misled(rule: &Rule, seed: u64) {
    for wrong in [Wrong::Nothing, Wrong::LargerError, Wrong::Correlated, Wrong::CarriedOver] {
        for error in [1.0, 1.5, 2.0] {
            let of = |at: f64| courses(&Crowd { wrong, ..Crowd::without_effect(error, 2.0, at) }, seed, PEOPLE / 2);
            let (low, high) = (of(-1.96), of(1.96));
            let misled = [&low, &high].map(|found| 100.0 * share_misled(found, rule.certainty));
            let little = 100.0 * share(&high, |course| course.little_after(rule.certainty).is_some());
            println!(
                "misled {wrong:?} error {error:.1}: {:.1} {:.1} %; told little {little:.0} %",
                misled[0], misled[1]
            );
        }
    }
}

/// Told so within the promise, with twice the smallest change worth having.
fn promises(rule: &Rule, seed: u64) {
    for promise in &rule.promises {
        let Some(sessions) = promise.sessions else { continue };
        let found = courses(&Crowd::with_effect(promise.error_over_worthwhile, 2.0), seed, PEOPLE / 2);
        let told = 100.0 * share_helped(&found, rule.certainty, sessions);
        println!("promise error {:.1}: {sessions} sessions, told {told:.1} %", promise.error_over_worthwhile);
    }
}

/// The grid of these simulations against the app's, for the same people at their last look.
fn app(rule: &Rule, seed: u64) {
    for crowd in [Crowd::without_effect(1.0, 2.0, 1.96), Crowd::with_effect(1.0, 2.0)] {
        let question = crowd.question();
        let (mut furthest, mut differently) = (0.0_f64, 0);
        let people = 200;
        for number in 0..people {
            let course = Course::of(&crowd, seed, number);
            let (_, mut tests) = crowd.person(seed, number);
            let around: Vec<Around> = (0..90).map(|_| tests.next_occasion()).collect();
            let sessions = around.iter().filter(|around| !around.is_rest()).count();
            let gain = Acute::of(&question.sceptical(), &around).expect("priors are proper").gain();
            let (fine, coarse) = (Chances::of(&gain, 1.0), course.looks[course.looks.len() - 1]);
            if sessions as u32 != coarse.0 {
                continue;
            }
            let off = (fine.helps - coarse.1.helps).abs().max((fine.little - coarse.1.little).abs());
            furthest = furthest.max(off);
            let told = |chances: &Chances| rule.tell(chances, 60, 30);
            differently += u32::from(told(&fine) != told(&coarse.1));
        }
        println!(
            "the app's grid: probabilities differ by {furthest:.3} at most, {differently} of {people} told otherwise"
        );
    }
}

/// One update with a year of tests.
fn time(seed: u64) {
    let year = Year::of(seed);
    let mut spans: Vec<_> = (0..101)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(year.update());
            begun.elapsed()
        })
        .collect();
    spans.sort();
    println!("one update, {} occasions: {:?} at the median", year.occasions(), spans[50]);
}
