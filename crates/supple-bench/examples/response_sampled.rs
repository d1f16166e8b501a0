//! One person's readings for a sampler, and its answer beside the engine's: `scripts/compare-with-nuts`.
//!
//! ```text
//! response_sampled write SEED OCCASIONS > year.csv
//! response_sampled compare year.csv nuts.json
//! ```

use serde_json::Value;
use std::time::Instant;
use supple_bench::looks::{Crowd, USUAL};
use supple_bench::people::{Dice, Habit, Person, Tests};
use supple_core::learn::gain::{About, Acute, Around, Taken};

const HELP: &str = "response_sampled write SEED OCCASIONS, or response_sampled compare CSV JSON";

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", seed, occasions] => write(seed.parse().expect(HELP), occasions.parse().expect(HELP)),
        ["compare", csv, json] => compare(csv, json),
        _ => panic!("{HELP}"),
    }
}

/// The question of `nuts.py`: everything in smallest changes worth having, two trials a reading.
fn about() -> About {
    Crowd::with_effect(1.0, 2.0).question().sceptical()
}

fn write(seed: u64, occasions: u32) {
    let about = about();
    let mut dice = Dice::new(seed);
    let person = Person::drawn(&about, &mut dice);
    let habit = Habit { hours: 48.0, trials: 2, varied: true, arms: true, usual: USUAL };
    let mut tests = Tests::new(person, habit, about.sign(), dice);
    println!("occasion,hours,seconds,arm,after_minutes,trials,value");
    for occasion in 0..occasions {
        let Around { hours, seconds, arm, readings, .. } = tests.next_occasion();
        for Taken { value, trials, after_minutes } in readings {
            let after = after_minutes.map_or_else(String::new, |minutes| minutes.to_string());
            println!("{occasion},{hours},{seconds},{arm},{after},{trials},{value}");
        }
    }
}

fn read(csv: &str) -> Vec<Around> {
    let mut all: Vec<Around> = Vec::new();
    for line in std::fs::read_to_string(csv).expect("the readings").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |column: usize| fields[column].parse::<f64>().expect("a number");
        let taken = Taken {
            value: number(6),
            trials: fields[5].parse().expect("a number of trials"),
            after_minutes: fields[4].parse().ok(),
        };
        match all.last_mut().filter(|last| last.id == fields[0]) {
            Some(last) => last.readings.push(taken),
            None => all.push(Around {
                id: fields[0].to_owned(),
                hours: number(1),
                seconds: number(2),
                arm: number(3),
                readings: vec![taken],
            }),
        }
    }
    all
}

/// Prints both, and fails where a mean is off by 0.05 standard deviations or a standard deviation by 3 %.
fn compare(csv: &str, json: &str) {
    let (about, around) = (about(), read(csv));
    let sampled: Value =
        serde_json::from_str(&std::fs::read_to_string(json).expect("what was sampled")).expect("JSON");
    let sampled = sampled.as_object().and_then(|all| all.values().next()).expect("one data set");
    let mut spans: Vec<_> = (0..101)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(Acute::of(&about, &around).expect("priors are proper").gain());
            begun.elapsed().as_secs_f64()
        })
        .collect();
    spans.sort_by(f64::total_cmp);
    let acute = Acute::of(&about, &around).expect("priors are proper");
    let mut agree = true;
    for (name, ours) in [("retest", acute.retest()), ("gain", acute.gain()), ("contrast", acute.contrast())] {
        let theirs = |what: &str| sampled[name][what].as_f64().expect("a number");
        let (off, wider) = ((ours.mean() - theirs("mean")) / theirs("sd"), ours.sd() / theirs("sd") - 1.0);
        agree &= off.abs() < 0.05 && wider.abs() < 0.03 && theirs("ess") >= 10_000.0;
        println!(
            "{name}: engine {:.3} ({:.3}), NUTS {:.3} ({:.3}, ESS {}); mean off {off:.3} sd, sd off {:.1} %",
            ours.mean(),
            ours.sd(),
            theirs("mean"),
            theirs("sd"),
            theirs("ess"),
            100.0 * wider
        );
    }
    let (engine, nuts) = (spans[50], sampled["seconds"].as_f64().expect("a number"));
    println!(
        "{} occasions: engine {:.2} ms (median of 101), NUTS {nuts} s: {:.0} times",
        around.len(),
        1000.0 * engine,
        nuts / engine
    );
    assert!(agree, "they do not agree");
}
