use supple_bench::calibration::{LOOKED_AT, compared, evenness};
use supple_bench::looks::{Course, Crowd, Wrong, courses, error_of_share, share_helped, share_misled};
use supple_bench::rule::{LEAST_HELPED, MOST_MISLED, PEOPLE, SEED, read, written};
use supple_core::knowledge::Rule;
use supple_core::learn::MOST_SESSIONS;
use supple_core::learn::gain::{Acute, Around};
use supple_core::learn::response::Chances;

/// Not the seed of the rule, nor of the checks at full size.
const FRESH: u64 = 99;
/// How many standard errors of a simulation this small a share may be off.
const BY_CHANCE: f64 = 2.6;

fn rule() -> &'static Rule {
    &supple_knowledge::embedded().rule
}

#[test]
fn the_rule_in_use_is_what_the_generator_writes() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge/rule.toml");
    let text = std::fs::read_to_string(file).expect("knowledge/rule.toml");
    let read = read(&text).expect(
        "rule.toml is generated and not for hands: \
         cargo run --release -p supple-bench --example response_rule > knowledge/rule.toml",
    );
    assert_eq!(&read, rule());
    assert_eq!(written(rule(), SEED, PEOPLE), text);
}

#[test]
fn a_few_of_the_rules_own_people_are_told_what_it_was_made_from() {
    // The generator's people, the first of them: the same rule has to hold for them within chance.
    let found = courses(&Crowd { wrong: Wrong::LargerError, ..Crowd::without_effect(1.5, 2.0, 1.96) }, SEED, 100);
    let share = share_misled(&found, rule().certainty);
    assert!(share <= MOST_MISLED + BY_CHANCE * error_of_share(MOST_MISLED, 100), "{share}");
}

#[test]
fn who_only_gets_better_at_the_test_is_not_told_that_it_helps() {
    for (error, at) in [(1.0, 1.96), (1.5, 1.96), (1.5, -1.96)] {
        let found = courses(&Crowd::without_effect(error, 2.0, at), FRESH, 120);
        let share = share_misled(&found, rule().certainty);
        let allowed = MOST_MISLED + BY_CHANCE * error_of_share(MOST_MISLED, found.len());
        assert!(share <= allowed, "error {error}, retest at {at}: {share}");
    }
    // The test can fail: with a coin's certainty many more are misled.
    let found = courses(&Crowd::without_effect(1.5, 2.0, 1.96), FRESH, 60);
    assert!(share_misled(&found, 0.5) > 0.2);
}

#[test]
fn who_gains_twice_what_is_worth_having_is_told_so_within_the_promise() {
    for promise in rule().promises.iter().filter(|promise| [0.5, 1.0, 1.4].contains(&promise.error_over_worthwhile)) {
        let sessions = promise.sessions.expect("small errors have a promise");
        assert!(sessions <= MOST_SESSIONS);
        let found = courses(&Crowd::with_effect(promise.error_over_worthwhile, 2.0), FRESH, 120);
        let share = share_helped(&found, rule().certainty, sessions);
        let least = LEAST_HELPED - BY_CHANCE * error_of_share(LEAST_HELPED, found.len());
        assert!(share >= least, "{promise:?}: {share}");
    }
}

#[test]
fn every_place_of_the_truth_in_the_posterior_is_as_likely() {
    let people: Vec<_> = (0..2000).map(|number| compared(FRESH, number, 9)).collect();
    for (which, name) in LOOKED_AT.iter().enumerate() {
        let places: Vec<f64> = people.iter().map(|person| person.places.0[which]).collect();
        let p = evenness(&places);
        assert!(p > 0.01 / LOOKED_AT.len() as f64, "{name}: p = {p}");
        // The test can fail: a truth a quarter of its places off is found out.
        let off: Vec<f64> = places.iter().map(|place| 0.75 * place).collect();
        assert!(evenness(&off) < 1e-6);
    }
    let inside = people.iter().filter(|person| person.inside).count();
    assert!((1860..=1940).contains(&inside), "95 % intervals hold the truth for {inside} of 2000");
}

#[test]
fn the_grid_of_simulations_tells_what_the_apps_does() {
    let crowd = Crowd::with_effect(1.0, 2.0);
    let people: u32 = 20;
    let mut off = 0.0;
    for number in 0..u64::from(people) {
        let (_, mut tests) = crowd.person(FRESH, number);
        let course = Course::of(&crowd, FRESH, number);
        let (mut around, mut sessions): (Vec<Around>, u32) = (Vec::new(), 0);
        while sessions < MOST_SESSIONS {
            let next = tests.next_occasion();
            sessions += u32::from(!next.is_rest());
            around.push(next);
        }
        let gain = Acute::of(&crowd.question().sceptical(), &around).expect("priors are proper").gain();
        let (fine, coarse) = (Chances::of(&gain, 1.0), course.looks[course.looks.len() - 1].1);
        off += (fine.helps - coarse.helps).abs() / f64::from(people);
    }
    assert!(off < 0.03, "probabilities differ by {off} on average");
}
