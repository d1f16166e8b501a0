//! Experiments on oneself: the order, the promise, and how often a verdict is wrong.

use proptest::prelude::*;
use supple_core::experiment::{
    Analysis, Finding, Gain, LONGEST, Promise, Seed, Setting, analyse, first_finding, promise,
};
use supple_core::learn::normal_quantile;
use supple_core::math;

/// How many people are simulated. `SUPPLE_PEOPLE=4000` gives the numbers of docs/model.md §6.
fn people() -> usize {
    std::env::var("SUPPLE_PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}

/// Chance of the tests' own: not the stream the promise draws from.
struct Chance(Seed, u64);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.1 += 1;
        ((self.0.output(self.1) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }
}

/// How a simulated person really is.
#[derive(Clone, Copy)]
struct Truth {
    /// The first way minus the second.
    difference: f64,
    /// Standard deviation of one gain.
    spread: f64,
    /// Share of the variance that is correlated, and the correlation a day apart.
    share: f64,
    per_day: f64,
    /// What is left of the way before.
    carry_over: f64,
    /// What both ways and a second test give.
    shared: f64,
}

/// Gains of one person, a session a day with now and then one missed. An AR(1) with irregular steps, written down
/// step by step and not as the analysis has it.
fn gains(chance: &mut Chance, truth: Truth, seed: Seed, sessions: u8) -> Vec<Gain> {
    let (mut hours, mut drift, mut before) = (0.0, chance.normal(), 0.0);
    let mut gains = Vec::new();
    for session in 0..sessions {
        if session > 0 {
            let step = if chance.uniform() < 0.15 { 48.0 } else { 24.0 };
            hours += step;
            let kept = if truth.per_day > 0.0 { math::exp(math::ln(truth.per_day) * step / 24.0) } else { 0.0 };
            drift = kept * drift + math::sqrt(1.0 - kept * kept) * chance.normal();
        }
        let arm = seed.arm(session);
        let half = if arm == 0 { 0.5 } else { -0.5 };
        let error = math::sqrt(truth.share) * drift + math::sqrt(1.0 - truth.share) * chance.normal();
        let gain = truth.shared + truth.difference * half + truth.carry_over * before + truth.spread * error;
        before = half;
        gains.push(Gain { hours, arm, gain, error: 1.0 });
    }
    gains
}

struct Told {
    wrong: f64,
    found: f64,
    mean_sessions: f64,
}

/// What simulated people are told over all looks.
fn told(setting: &Setting, promise: &Promise, truth: impl Fn(&mut Chance) -> Truth, people: usize) -> Told {
    let analysis =
        Analysis { worth_having: setting.worth_having, spread: setting.spread, certainty: promise.certainty };
    let sessions = promise.sessions.unwrap_or(LONGEST);
    let mut chance = Chance(Seed::from_text("people of the tests"), 0);
    let (mut wrong, mut found, mut looked) = (0, 0, 0);
    for person in 0..people {
        let truth = truth(&mut chance);
        let seed = Seed::from_text(&format!("order {person}"));
        let looks = analyse(&analysis, &gains(&mut chance, truth, seed, sessions));
        let finding = first_finding(&looks, promise.certainty);
        looked += finding.map_or(usize::from(sessions), |(look, _)| look.sessions);
        match finding.map(|(_, finding)| finding) {
            Some(Finding::First) => found += 1,
            Some(Finding::Second) => wrong += 1,
            Some(Finding::Little) | None => {}
        }
    }
    let share = |count: usize| count as f64 / people as f64;
    Told { wrong: share(wrong), found: share(found), mean_sessions: looked as f64 / people as f64 }
}

fn settings() -> [Setting; 3] {
    [
        // Knee to wall with the published error; a person with half of it; soreness, once in four days.
        Setting { worth_having: 1.0, spread: 1.08, hours_between: 24.0 },
        Setting { worth_having: 1.0, spread: 0.6, hours_between: 24.0 },
        Setting { worth_having: 1.0, spread: 1.3, hours_between: 96.0 },
    ]
}

#[test]
fn a_difference_that_is_not_there_is_told_to_at_most_one_in_twenty_over_all_looks() {
    for setting in settings() {
        let promise = promise(&setting);
        for shared in [-2.0, 0.0, 3.0] {
            let nothing = |chance: &mut Chance| Truth {
                difference: 0.0,
                spread: setting.spread,
                share: 0.3,
                per_day: 0.5,
                carry_over: 0.25 * chance.normal() * setting.worth_having,
                shared,
            };
            let told = told(&setting, &promise, nothing, people());
            println!("{setting:?} {promise:?} shared {shared}: told {:.3}", told.wrong + told.found);
            assert!(told.wrong + told.found <= 0.05, "{setting:?}: {} of people", told.wrong + told.found);
        }
    }
}

#[test]
fn a_difference_of_twice_what_is_worth_having_is_found_within_the_promise() {
    for setting in settings() {
        let promise = promise(&setting);
        let there = |chance: &mut Chance| Truth {
            difference: 2.0 * setting.worth_having,
            spread: setting.spread,
            share: 0.3,
            per_day: 0.5,
            carry_over: 0.25 * chance.normal() * setting.worth_having,
            shared: 1.0,
        };
        let told = told(&setting, &promise, there, people());
        println!("{setting:?} {promise:?}: found {:.3} after {:.1}", told.found, told.mean_sessions);
        assert!(promise.sessions.is_some());
        assert!(told.found >= 0.8, "{setting:?}: found in {}", told.found);
        assert!(told.wrong <= 0.01);
    }
}

#[test]
fn it_says_too_much_to_at_most_one_in_ten_even_where_its_assumptions_are_a_quarter_off() {
    for setting in settings() {
        let promise = promise(&setting);
        for (spread, per_day, carry_over) in [(1.25, 0.5, 0.0), (1.0, 0.9, 0.0), (1.0, 0.0, 0.5), (0.75, 0.3, -0.5)] {
            let odd = |_: &mut Chance| Truth {
                difference: 0.0,
                spread: spread * setting.spread,
                share: 0.5,
                per_day,
                carry_over: carry_over * setting.worth_having,
                shared: 1.0,
            };
            let told = told(&setting, &promise, odd, people());
            println!("{spread} {per_day} {carry_over}: told {:.3}", told.wrong + told.found);
            assert!(told.wrong + told.found <= 0.1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn each_block_has_both_ways_and_the_order_is_the_seed_s(bits in any::<u64>()) {
        let seed = Seed::new(bits);
        for block in 0..30 {
            prop_assert_eq!(seed.arm(2 * block) + seed.arm(2 * block + 1), 1);
        }
        let again: Seed = serde_json::from_str(&serde_json::to_string(&seed).unwrap()).unwrap();
        prop_assert!((0..60).all(|session| again.arm(session) == seed.arm(session)));
    }
}

#[test]
fn over_many_seeds_either_way_comes_first_equally_often() {
    let first = (0..4000).filter(|number| Seed::from_text(&format!("{number}")).arm(0) == 0).count();
    assert!((1900..=2100).contains(&first), "{first}");
    let same = (0..4000).filter(|number| {
        let seed = Seed::from_text(&format!("{number}"));
        seed.arm(0) == seed.arm(2)
    });
    assert!((1900..=2100).contains(&same.count()), "one block says nothing about the next");
}

/// `tests/reference/experiment/nuts.py` samples the same model, written down from docs/model.md.
#[test]
fn a_long_nuts_run_on_the_same_model_and_gains_agrees() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/experiment");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let sampled: serde_json::Value = serde_json::from_str(&read("nuts.json")).unwrap();
    let analysis = Analysis { worth_having: 1.0, spread: 1.1, certainty: 0.9 };
    for (name, theirs) in sampled.as_object().unwrap() {
        let gains: Vec<Gain> = read(&format!("{name}.csv"))
            .lines()
            .skip(1)
            .map(|line| {
                let numbers: Vec<f64> = line.split(',').map(|number| number.parse().unwrap()).collect();
                let arm = u8::from(numbers[1] > 0.5);
                Gain { hours: numbers[0], arm, gain: numbers[2], error: numbers[3] }
            })
            .collect();
        let theirs = |what: &str| theirs[what].as_f64().unwrap();
        assert!(theirs("ess") >= 10_000.0);
        let look = *analyse(&analysis, &gains).last().unwrap();
        assert_eq!(look.sessions, gains.len());
        let (off, wider) = ((look.mean - theirs("mean")) / theirs("sd"), look.sd / theirs("sd") - 1.0);
        println!("{name}: {:.3} ({:.3}); mean off {off:.3} sd, sd off {:.1} %", look.mean, look.sd, 100.0 * wider);
        assert!(off.abs() < 0.05 && wider.abs() < 0.03, "{name}: {look:?}");
        // Four standard errors of a share of 10,000 independent draws.
        assert!((look.first - theirs("first")).abs() < 0.02 && (look.second - theirs("second")).abs() < 0.02);
    }
}
