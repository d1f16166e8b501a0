//! Experiments on oneself: the order, the promise, and how often a verdict is wrong.

use proptest::prelude::*;
use supple_core::event::upcast::{Entry, read};
use supple_core::experiment::{
    Analysis, Course, Finding, Gain, LONGEST, MODEL, Promise, Seed, Setting, analyse, first_finding, promise,
};
use supple_core::learn::normal_quantile;
use supple_core::math;
use supple_core::state::{State, Training, fold};

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
        gains.push(Gain { hours, arm, gain, error: 1.0, training: 0.0 });
    }
    gains
}

struct Told {
    wrong: f64,
    found: f64,
    mean_sessions: f64,
}

/// What training before a session does to somebody, and whether the analysis hears of it.
#[derive(Clone, Copy)]
struct Trains {
    /// Points of soreness that a unit of work makes at the peak, drawn anew for each person between these.
    gain: (f64, f64),
    /// By how much the log is wrong about the work: standard deviation of its logarithm.
    log_off: f64,
    heard_of: bool,
}

/// Half of all sessions come some hours after a training: the soreness still to come, or already going, when the way is
/// shown is in the reading a day later. A bump with its peak after 40 hours, written down here and not taken from the
/// model.
fn with_training(chance: &mut Chance, gains: Vec<Gain>, trains: Trains) -> Vec<Gain> {
    let bump = |hours: f64| math::exp(6.0 * (math::ln(hours / 40.0) + 1.0 - hours / 40.0));
    let personal = trains.gain.0 + (trains.gain.1 - trains.gain.0) * chance.uniform();
    let one = |gain: Gain| {
        let (trained, hours, work) = (chance.uniform() < 0.5, 2.0 + 60.0 * chance.uniform(), 0.5 + chance.uniform());
        let off = math::exp(trains.log_off * chance.normal());
        if !trained {
            return gain;
        }
        let more_is_better = -(bump(hours + 24.0) - bump(hours)) * work;
        let training = if trains.heard_of { off * more_is_better } else { 0.0 };
        Gain { gain: gain.gain + personal * more_is_better, training, ..gain }
    };
    gains.into_iter().map(one).collect()
}

/// What simulated people are told over all looks.
fn told(setting: &Setting, promise: &Promise, truth: impl Fn(&mut Chance) -> Truth, people: usize) -> Told {
    told_after(setting, promise, truth, None, people)
}

/// The same of people who train.
fn told_after(
    setting: &Setting,
    promise: &Promise,
    truth: impl Fn(&mut Chance) -> Truth,
    trains: Option<Trains>,
    people: usize,
) -> Told {
    let analysis =
        Analysis { worth_having: setting.worth_having, spread: setting.spread, certainty: promise.certainty };
    let sessions = promise.sessions.unwrap_or(LONGEST);
    let mut chance = Chance(Seed::from_text("people of the tests"), 0);
    let (mut wrong, mut found, mut looked) = (0, 0, 0);
    for person in 0..people {
        let truth = truth(&mut chance);
        let seed = Seed::from_text(&format!("order {person}"));
        let mut gains = gains(&mut chance, truth, seed, sessions);
        if let Some(trains) = trains {
            gains = with_training(&mut chance, gains, trains);
        }
        let looks = analyse(&analysis, &gains);
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

#[test]
fn soreness_from_training_fools_nobody_and_being_told_of_it_finds_more() {
    // Soreness the day after, by people who train before half of their sessions and are more easily sore than most.
    let setting = Setting { worth_having: 1.0, spread: 1.3, hours_between: 96.0 };
    let promise = promise(&setting);
    let person = |difference: f64| {
        move |_: &mut Chance| Truth {
            difference,
            spread: setting.spread,
            share: 0.3,
            per_day: 0.5,
            carry_over: 0.0,
            shared: 1.0,
        }
    };
    let trains = |gain, log_off, heard_of| Some(Trains { gain, log_off, heard_of });
    for (gain, log_off) in [((0.0, 3.0), 0.0), ((0.0, 3.0), 0.5), ((3.0, 4.0), 0.5)] {
        let said = |difference, heard_of| {
            told_after(&setting, &promise, person(difference), trains(gain, log_off, heard_of), people())
        };
        let (nothing, there, unheard) = (said(0.0, true), said(2.0, true), said(2.0, false));
        println!(
            "gain {gain:?}, log off {log_off}: told without {:.3}, found {:.3} after {:.1}; unheard {:.3} after {:.1}",
            nothing.wrong + nothing.found,
            there.found,
            there.mean_sessions,
            unheard.found,
            unheard.mean_sessions
        );
        assert!(nothing.wrong + nothing.found <= 0.05, "{gain:?}: {}", nothing.wrong + nothing.found);
        assert!(there.found >= 0.8, "{gain:?}: found in {}", there.found);
        // Where training does much, few simulated people are enough to see what knowing of it brings.
        let better = there.found > unheard.found && there.mean_sessions < unheard.mean_sessions;
        assert!(better || gain.0 < 3.0, "{gain:?}: {} against {}", there.found, unheard.found);
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
                Gain { hours: numbers[0], arm, gain: numbers[2], error: numbers[3], training: 0.0 }
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

/// A log with a soreness experiment whose first session is a rest, and three runs: one the evening before the way is shown,
/// one right after that, and one weeks ago.
fn soreness_experiment(model: &str) -> State {
    let seed = (0_u32..).map(|n| Seed::from_text(&n.to_string())).find(|seed| seed.arm(0) == 1).unwrap();
    let design = serde_json::json!({
        "type": "experiment_designed", "experiment": "e", "name": "Roll or rest?",
        "arms": [{ "label": "Roll", "roll": { "technique": "calf_roller", "seconds": 60 } }, { "label": "Rest" }],
        "side": "left", "outcome": { "measure": "soreness_nrs", "side": "left", "region": "calf", "trials": 1, "minutes_after": 1440 },
        "worth_having": 1.0, "wash_out_hours": 96, "session_seconds": 90, "blocks": 6, "spread": 1.3, "certainty": 0.9,
        "seed": seed.to_string(), "model": model,
    });
    let run = |start: &str| serde_json::json!({ "type": "trained", "start": start, "seconds": 3600, "sport": "running", "effort": 8 });
    let sore = |when: &str, felt: f64| {
        serde_json::json!({
            "type": "measure_taken", "measure": "soreness_nrs", "side": "left", "region": "calf", "trials": [felt], "practice_trials": 0, "when": when,
        })
    };
    let lines = [
        ("2026-10-01T10:00:00+02:00[Europe/Berlin]", run("2026-10-01T08:00:00+02:00[Europe/Berlin]")),
        ("2026-11-02T08:00:00+01:00[Europe/Berlin]", design),
        ("2026-11-02T20:00:00+01:00[Europe/Berlin]", run("2026-11-02T19:00:00+01:00[Europe/Berlin]")),
        ("2026-11-03T08:00:00+01:00[Europe/Berlin]", sore("before_wait", 1.0)),
        (
            "2026-11-03T08:01:00+01:00[Europe/Berlin]",
            serde_json::json!({ "type": "arm_revealed", "experiment": "e", "session": 0, "arm": 1 }),
        ),
        ("2026-11-03T20:00:00+01:00[Europe/Berlin]", run("2026-11-03T19:00:00+01:00[Europe/Berlin]")),
        ("2026-11-04T08:03:00+01:00[Europe/Berlin]", sore("rest", 4.0)),
    ];
    let entries: Vec<_> = (1..)
        .zip(lines)
        .map(|(seq, (at, body))| {
            let line = serde_json::json!({ "id": format!("d.{seq}"), "device": "d", "seq": seq, "logical_ms": seq, "at": at, "version": 4, "body": body });
            let entry = read(&line.to_string());
            assert!(matches!(entry, Entry::Read(_)), "{entry:?}");
            entry
        })
        .collect();
    fold(&entries)
}

#[test]
fn an_experiment_on_soreness_knows_of_training_before_its_way_was_shown_and_of_no_later_one() {
    let knowledge = supple_knowledge::embedded();
    let measure = &knowledge.measures["soreness_nrs"];
    let now = "2026-11-04T09:00:00+01:00[Europe/Berlin]".parse().unwrap();
    let training = |model: &str, keep: &dyn Fn(&Training) -> bool| {
        let mut state = soreness_experiment(model);
        state.trainings.retain(keep);
        let course = Course::of(knowledge, &state.experiments[0], &state, &now);
        let gains = course.gains(state.experiments[0].design(), measure);
        assert_eq!((gains.len(), gains[0].gain), (1, -3.0), "{:?}", course.attempts);
        gains[0].training
    };
    let before_it = |training: &Training| training.what.start.date().day() == 2;
    let all = training(MODEL, &|_| true);
    assert!(all < -0.5, "a run twelve hours before is felt more a day later: {all}");
    assert!(
        (all - training(MODEL, &|run| run.what.start.date().day() != 3)).abs() < 1e-12,
        "the run after it says nothing"
    );
    assert!(training(MODEL, &|run| !before_it(run)).abs() < 1e-6, "the first run is long gone");
    assert_eq!(training("n-of-1/1", &|_| true), 0.0, "as it was designed");
}
