//! A person's own results: which readings make a pair, what may be said, and what the plan and the gate make of it.

use crate::requests::knowledge;
use serde_json::Value;
use std::fs;
use supple_core::assess::Assessment;
use supple_core::body::{RegionId, Side, Site};
use supple_core::contract::decide;
use supple_core::event::{BlockEnd, BlockFinished, CheckedIn, MeasureTaken, SessionStarted, When};
use supple_core::gate::judge;
use supple_core::knowledge::Goal;
use supple_core::learn::gain::{Acute, Around, Taken};
use supple_core::learn::response::{Next, words};
use supple_core::learn::{PersonalResponse, Question, Told, response_of, responses, with_own_results};
use supple_core::measure::Where;
use supple_core::state::{SessionBlock, SessionRecord, State, Timed};
use supple_core::{SignedDuration, Zoned};

const LEFT: Where = Where { region: None, side: Some(Side::Left) };

/// A log under way: a test at each step, some minutes after the last thing.
struct Diary {
    state: State,
    now: Zoned,
}

impl Diary {
    fn new() -> Self {
        Self { state: State::default(), now: "2026-03-02T18:00:00+01:00[Europe/Berlin]".parse().unwrap() }
    }

    fn wait(&mut self, minutes: i64) {
        self.now = self.now.checked_add(SignedDuration::from_mins(minutes)).unwrap();
    }

    fn test(&mut self, measure: &str, when: When, value: f64) {
        self.wait(1);
        let practice_trials = knowledge().measures[measure].practice_trials;
        let what = MeasureTaken {
            measure: measure.into(),
            side: Some(Side::Left),
            region: None,
            trials: vec![value; usize::from(practice_trials) + 2],
            practice_trials,
            when,
        };
        let id = format!("t{}", self.state.measures.len());
        self.state.measures.push(Timed { at: self.now.clone(), id, what });
    }

    fn press(&mut self, region: RegionId, side: Side, seconds: u32) {
        self.wait(i64::from(seconds) / 60 + 1);
        let id = format!("s{}", self.state.sessions.len());
        let finished = BlockFinished {
            session: id.clone(),
            block: 0,
            technique: "any".into(),
            region,
            side,
            seconds,
            end: BlockEnd::Completed,
            lighter_steps: 0,
            felt: vec![],
        };
        self.state.sessions.push(SessionRecord {
            id: id.clone(),
            at: self.now.clone(),
            started: SessionStarted { session: id, goal: Goal::Mobility, doses: vec![] },
            blocks: vec![SessionBlock { at: self.now.clone(), finished }],
            ended: Some((self.now.clone(), true)),
        });
    }

    /// Days of two sessions and a rest test in turn; values are what a session and a wait add, with some wobble.
    fn weeks(&mut self, occasions: i32, session_adds: f64, wait_adds: f64) {
        for day in 0..occasions {
            let wobble = [0.4, -0.3, 0.1, -0.5, 0.3][day as usize % 5];
            let level = 10.0 + [0.5, -0.8, 0.2][day as usize % 3];
            if day % 3 == 2 {
                self.test("wblt_cm", When::BeforeWait, level);
                self.wait(8);
                self.test("wblt_cm", When::AfterWait, level + wait_adds + wobble);
            } else {
                self.test("wblt_cm", When::Before, level);
                self.press(RegionId::Calf, Side::Left, 120);
                self.wait(3);
                self.test("wblt_cm", When::After, level + session_adds + wobble);
            }
            self.wait(2 * 24 * 60 - 30);
        }
    }

    fn response(&self) -> PersonalResponse {
        response_of(knowledge(), &self.state, "wblt_cm", LEFT).expect("readings of the left side")
    }
}

#[test]
fn a_session_between_two_readings_is_its_seconds_on_the_muscles_of_the_test() {
    let mut diary = Diary::new();
    diary.test("wblt_cm", When::Before, 10.0);
    diary.press(RegionId::Calf, Side::Left, 60);
    diary.press(RegionId::Soleus, Side::Both, 30);
    diary.press(RegionId::Calf, Side::Right, 500);
    diary.press(RegionId::Lats, Side::Left, 500);
    diary.wait(4);
    diary.test("wblt_cm", When::After, 11.5);
    let response = diary.response();
    assert_eq!((response.sessions, response.rest_tests), (1, 0));
    assert_eq!(response.usual.seconds, 90.0);
    // Right calf 9 minutes, lats 9 minutes, 4 of waiting, 1 of the test.
    assert_eq!(response.usual.minutes, 23.0);
    assert!((response.dots[0].difference - 1.5).abs() < 1e-12);
    assert!(!response.dots[0].rest);
}

#[test]
fn only_a_wait_that_was_said_to_be_one_is_a_rest_test() {
    let mut diary = Diary::new();
    // Somebody who rolled and did not write it down, or rolled elsewhere.
    diary.test("wblt_cm", When::Before, 10.0);
    diary.press(RegionId::Lats, Side::Left, 60);
    diary.test("wblt_cm", When::After, 11.0);
    diary.wait(24 * 60);
    diary.test("wblt_cm", When::BeforeWait, 10.0);
    diary.wait(8);
    diary.test("wblt_cm", When::AfterWait, 10.5);
    diary.wait(24 * 60);
    // Who rolls during a wait had a session.
    diary.test("wblt_cm", When::BeforeWait, 10.0);
    diary.press(RegionId::Calf, Side::Left, 60);
    diary.test("wblt_cm", When::AfterWait, 10.5);
    diary.wait(24 * 60);
    // An after without its before, the next day.
    diary.test("wblt_cm", When::Before, 10.0);
    diary.wait(24 * 60);
    diary.test("wblt_cm", When::After, 12.0);
    let response = diary.response();
    assert_eq!((response.sessions, response.rest_tests), (1, 1));
}

#[test]
fn one_session_never_gets_a_verdict_and_neither_does_a_log_without_rest_tests() {
    let mut diary = Diary::new();
    diary.test("wblt_cm", When::Before, 5.0);
    diary.press(RegionId::Calf, Side::Left, 120);
    diary.test("wblt_cm", When::After, 25.0);
    assert!(matches!(diary.response().told, Told::CannotTell(_)));
    for _ in 0..40 {
        diary.wait(24 * 60);
        diary.test("wblt_cm", When::Before, 5.0);
        diary.press(RegionId::Calf, Side::Left, 120);
        diary.test("wblt_cm", When::After, 25.0);
    }
    let response = diary.response();
    assert!(matches!(response.told, Told::CannotTell(Next::Sessions(_))), "{:?}", response.told);
}

#[test]
fn what_a_second_test_adds_is_taken_off() {
    let mut diary = Diary::new();
    diary.weeks(30, 3.0, 3.0);
    let retest_only = diary.response();
    assert_eq!((retest_only.sessions, retest_only.rest_tests), (20, 10));
    assert!(retest_only.gain.mean.abs() < 0.4, "{:?}", retest_only.gain);
    assert_eq!(retest_only.told, Told::LittleDifference);
    let mut diary = Diary::new();
    diary.weeks(30, 5.0, 2.0);
    let response = diary.response();
    assert_eq!(response.told, Told::Helps);
    assert!((response.gain.mean - 3.0).abs() < 0.5, "{:?}", response.gain);
    assert!((response.retest.mean - 2.0).abs() < 0.4, "{:?}", response.retest);
    let mut diary = Diary::new();
    diary.weeks(30, -2.0, 1.0);
    assert_eq!(diary.response().told, Told::MoveLess);
}

#[test]
fn where_less_is_better_a_gain_is_still_above_zero() {
    let mut diary = Diary::new();
    for _ in 0..3 {
        diary.test("ake", When::Before, 30.0);
        diary.press(RegionId::HamstringsLateral, Side::Left, 90);
        diary.test("ake", When::After, 22.0);
        diary.wait(24 * 60);
    }
    let response = response_of(knowledge(), &diary.state, "ake", LEFT).unwrap();
    assert!(response.dots.iter().all(|dot| dot.difference > 0.0) && response.gain.mean > 0.0);
}

#[test]
fn a_test_with_too_large_an_error_says_so() {
    let mut diary = Diary::new();
    diary.test("thomas_hip", When::Before, 0.0);
    let response = response_of(knowledge(), &diary.state, "thomas_hip", LEFT).unwrap();
    assert_eq!(response.told, Told::CannotTell(Next::AnotherMeasure));
    assert_eq!(responses(knowledge(), &diary.state).len(), 1);
    assert!(response_of(knowledge(), &diary.state, "wblt_cm", LEFT).is_none(), "no reading of it");
}

#[test]
fn every_sentence_is_said_in_the_words_people_read() {
    let mut diary = Diary::new();
    diary.weeks(3, 3.0, 1.0);
    let response = diary.response();
    let measure = &knowledge().measures["wblt_cm"];
    let Told::CannotTell(Next::Sessions(more)) = response.told else { panic!("{:?}", response.told) };
    assert_eq!(words::verdict(response.told), format!("cannot tell yet, about {more} more sessions"));
    let said = words::all(measure, &response).join(" ");
    assert!(said.contains("2 sessions and 1 rest test"), "{said}");
    assert!(said.contains("still needed: 4 sessions and 5 rest tests"), "{said}");
    assert_eq!(words::verdict(Told::Helps), "helps you");
    assert_eq!(words::verdict(Told::LittleDifference), "makes little difference for you");
    assert_eq!(words::verdict(Told::MoveLess), "you move less afterwards: try less, or leave it out");
    assert_eq!(words::verdict(Told::CannotTell(Next::Sessions(1))), "cannot tell yet, about 1 more session");
}

/// A day on which everything is asked for, with and without what the log holds.
fn today(state: &State, answered: bool) -> (Assessment, Assessment) {
    let now: Zoned = "2026-11-22T18:00:00+01:00[Europe/Berlin]".parse().unwrap();
    let wishes: CheckedIn = serde_json::from_value(serde_json::json!({
        "goal": "mobility", "minutes": 2, "wants": ["calf", "rectus_femoris"]
    }))
    .unwrap();
    let mut without = Assessment::from_state(knowledge(), state, &now, &wishes);
    if answered {
        without.screen = no_to_everything();
        without.tools = [(supple_core::knowledge::ToolId::FoamRoller, None)].into_iter().collect();
        without.person.age_years = Some(supple_core::unit::AgeYears::new(40).unwrap());
    }
    (with_own_results(without.clone(), knowledge(), state), without)
}

fn no_to_everything() -> supple_core::assess::Screen {
    let request = serde_json::json!({
        "now": "2026-11-22T18:00:00+01:00[Europe/Berlin]", "goal": "mobility", "minutes": 6, "tools": ["foam_roller"],
        "screen": { "default": "no" }, "seed": 0,
    });
    let request = serde_json::from_value(request).unwrap();
    Assessment::from_request(&request, knowledge()).unwrap().screen
}

#[test]
fn own_results_change_what_is_worth_doing_and_never_what_is_allowed() {
    for (adds, share) in [(-4.0, 0.25), (0.0, 0.25), (9.0, 2.0)] {
        let mut diary = Diary::new();
        diary.weeks(60, adds, 0.0);
        for answered in [false, true] {
            let (with, without) = today(&diary.state, answered);
            let calf = Site::of(RegionId::Calf, Side::Left).next().unwrap();
            let found = f64::from(with.effect_shares[&calf]) / 1000.0;
            assert!((found - share).abs() < 0.15, "{adds}: {found}");
            assert!(without.effect_shares.is_empty());
            let (judged, plain) = (judge(knowledge(), &with), judge(knowledge(), &without));
            assert_eq!(format!("{judged:?}"), format!("{plain:?}"));
        }
    }
}

/// Occasions as in [`Diary::weeks`], the same on both sides.
fn on_both_sides(adds: f64) -> State {
    let mut diary = Diary::new();
    diary.weeks(60, adds, 0.0);
    let mut state = diary.state;
    let mut right = state.measures.clone();
    for taken in &mut right {
        taken.what.side = Some(Side::Right);
    }
    state.measures.extend(right);
    for session in &mut state.sessions {
        session.blocks[0].finished.side = Side::Both;
    }
    state
}

#[test]
fn where_time_is_short_own_results_choose() {
    // Two minutes do for little more than one of calf and thigh; nothing is known of the thigh.
    let planned = |state: &State| {
        let plan = decide(knowledge(), &today(state, true).0).1.expect("nothing forbids one");
        let on = |region: RegionId| {
            let there = plan.blocks.iter().filter(|block| block.dose.region == region);
            there.map(|block| block.dose.pressure().get()).sum::<u32>()
        };
        let calf = plan.blocks.iter().filter(|block| block.dose.region == RegionId::Calf);
        let reasons = calf.flat_map(|block| &block.why).map(|why| why.id.clone()).collect::<Vec<_>>();
        (on(RegionId::Calf), on(RegionId::RectusFemoris), reasons)
    };
    let (calf, thigh, reasons) = planned(&on_both_sides(9.0));
    assert!(calf > thigh, "{calf} s and {thigh} s");
    assert!(reasons.iter().any(|id| id == "own_tests_more"), "{reasons:?}");
    let (calf, thigh, _) = planned(&on_both_sides(0.0));
    assert!(calf < thigh, "{calf} s and {thigh} s");
}

#[test]
fn a_long_nuts_run_on_the_same_model_and_readings_agrees() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/response");
    let sampled: Value = serde_json::from_str(&fs::read_to_string(format!("{folder}/nuts.json")).unwrap()).unwrap();
    // As nuts.py has it: two trials a reading, everything in smallest changes worth having.
    let question = Question {
        higher_is_better: true,
        error: 2.0_f64.sqrt(),
        worthwhile: 1.0,
        level: (0.0, 30.0),
        retest: (0.0, 2.0),
        trials: 2,
    };
    for name in ["month", "year"] {
        let around = occasions(&fs::read_to_string(format!("{folder}/{name}.csv")).unwrap());
        let acute = Acute::of(&question.sceptical(), &around).unwrap();
        assert_eq!(
            [acute.usual.seconds, acute.usual.minutes].map(Value::from),
            *sampled[name]["usual"].as_array().unwrap().as_slice()
        );
        for (number, found) in [("retest", acute.retest()), ("gain", acute.gain()), ("contrast", acute.contrast())] {
            let theirs = |what: &str| sampled[name][number][what].as_f64().unwrap();
            assert!(theirs("ess") >= 10_000.0);
            let (mean, sd) = (theirs("mean"), theirs("sd"));
            assert!((found.mean() - mean).abs() < 0.05 * sd, "{name} {number}: {} is not {mean}", found.mean());
            assert!((found.sd() / sd - 1.0).abs() < 0.03, "{name} {number}: {} is not {sd}", found.sd());
            for (p, quantile) in [(0.05, "q05"), (0.95, "q95")] {
                assert!((found.quantile(p) - theirs(quantile)).abs() < 0.1 * sd, "{name} {number} {quantile}");
            }
        }
        let error = &sampled[name]["error"];
        let off = (acute.error() - error["mean"].as_f64().unwrap()).abs();
        assert!(off < 0.05 * error["sd"].as_f64().unwrap(), "{name}: error off by {off}");
    }
}

fn occasions(csv: &str) -> Vec<Around> {
    let mut all: Vec<Around> = Vec::new();
    for line in csv.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |k: usize| fields[k].parse::<f64>().unwrap();
        let taken =
            Taken { value: number(6), trials: fields[5].parse().unwrap(), after_minutes: fields[4].parse().ok() };
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
