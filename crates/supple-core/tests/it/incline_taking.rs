//! Whole tests taken with a phone, from the zero to the last trial, as a browser reports them.

use crate::incline::{Turn, about, reported, then, web};
use proptest::prelude::*;
use supple_core::knowledge::{More, ZeroAt};
use supple_core::measure::incline::{
    Ahead, Answer, Ask, Axis, Event, Look, Rule, State, Tap, Trouble, View, step, step_json,
};

/// Looks a second.
const HZ: f64 = 30.0;

/// A person with a phone: where it is, what was answered, all that happened.
struct Person {
    state: State,
    view: View,
    events: Vec<Event>,
    at_ms: f64,
    phone: Turn,
    /// What the accelerometer says beside the angles: its sign, or none at all.
    sign: Option<f64>,
}

impl Person {
    fn with(rule: Rule) -> Self {
        let Answer { state, view, .. } = step(Ask::Begin { rule, at_ms: 0.0 }).expect("a rule");
        let (at_ms, phone) = (0.0, web(0.0, 90.0, 0.0));
        Self { state, view, events: Vec::new(), at_ms, phone, sign: Some(1.0) }
    }

    fn taking(id: &str) -> Self {
        Self::with(rule(id))
    }

    fn look_at(&mut self) -> Look {
        self.at_ms += 1_000.0 / HZ;
        let (beta, gamma) = reported(self.phone);
        let tenth = |degrees: f64| (degrees * 10.0).round() / 10.0;
        let acceleration = self.sign.map(|sign| self.phone[2].map(|part| (part * sign * 98.1).round() / 10.0));
        Look { at_ms: self.at_ms, angles: Some([tenth(beta), tenth(gamma)]), acceleration }
    }

    fn answer(&mut self, tap: Option<Tap>, looks: Vec<Look>) -> Vec<Event> {
        let state = Box::new(self.state.clone());
        let Answer { state, view, events } = step(Ask::Step { state, tap, looks }).expect("its own state");
        (self.state, self.view) = (state, view);
        self.events.extend(&events);
        events
    }

    fn tap(&mut self, tap: Tap) {
        self.answer(Some(tap), Vec::new());
    }

    /// Moves for so long: `to` says where the phone is after so many seconds.
    fn moves(&mut self, seconds: f64, to: impl Fn(f64) -> Turn) -> Vec<Event> {
        let from = self.events.len();
        for look in 1..=(seconds * HZ) as u32 {
            self.phone = to(f64::from(look) / HZ);
            let look = self.look_at();
            self.answer(None, vec![look]);
        }
        self.events[from..].to_vec()
    }

    fn holds(&mut self, seconds: f64, phone: Turn) -> Vec<Event> {
        self.moves(seconds, |_| phone)
    }

    /// From where the phone is, turned about one of its axes, evenly.
    fn turns(&mut self, seconds: f64, axis: usize, degrees: f64) -> Vec<Event> {
        let from = self.phone;
        self.moves(seconds, |t| then(from, about(axis, degrees * t / seconds)))
    }

    fn rests(&mut self, seconds: f64) -> Vec<Event> {
        self.holds(seconds, self.phone)
    }
}

fn rule(id: &str) -> Rule {
    Rule::of(&supple_knowledge::embedded().measures[id]).expect("a phone takes it")
}

fn reads(events: &[Event]) -> Vec<f64> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::Read { degrees, .. } => Some(*degrees),
            _ => None,
        })
        .collect()
}

/// Whether readings are what they should be, within 0.15 degrees: a browser rounds to 0.1, and a still second may begin
/// while the motion fades.
#[track_caller]
fn are_near(read: &[f64], truth: &[f64]) {
    let near = read.len() == truth.len() && read.iter().zip(truth).all(|(read, truth)| (read - truth).abs() < 0.15);
    assert!(near, "{read:?} are not {truth:?}");
}

const UPRIGHT: f64 = 90.0;

/// At the wall, its top up.
fn wall() -> Turn {
    web(20.0, UPRIGHT, 0.0)
}

/// On a shin that leans forward so far.
fn shin(lean: f64) -> Turn {
    then(web(200.0, UPRIGHT, 0.0), about(0, lean))
}

/// Standing with the phone on the shin; the lunge takes a second and a half and is held for two.
fn lunge(person: &mut Person, degrees: f64) -> Vec<Event> {
    let mut events = person.moves(1.5, |t| shin(2.0 + (degrees - 2.0) * t / 1.5));
    events.extend(person.holds(2.0, shin(degrees)));
    events.extend(person.moves(1.0, |t| shin(degrees + (2.0 - degrees) * t)));
    events.extend(person.rests(1.0));
    events
}

#[test]
fn a_lunge_is_taken_on_both_sides_without_looking() {
    let mut person = Person::taking("wblt_angle");
    assert_eq!((person.view.stage, person.view.ahead), ("waits", Some(Ahead::Zero)));
    person.tap(Tap::Go);
    assert_eq!(person.holds(1.6, wall()), [Event::Zeroed]);
    let truth = [[36.27, 38.91, 38.44], [41.03, 42.18, 41.66]];
    for (side, trials) in truth.iter().enumerate() {
        assert_eq!((person.view.ahead, person.view.side), (Some(Ahead::Begin), side as u8));
        person.tap(Tap::Go);
        // From the wall to the shin, while nothing is read yet.
        let start = person.phone;
        assert_eq!(person.moves(2.5, |t| then(start, about(1, 70.0 * t))), []);
        assert_eq!(person.holds(1.5, shin(2.0)), [Event::Ready], "a shin that stands is no lunge");
        for (trial, degrees) in trials.iter().enumerate() {
            let last = trial == 2;
            let events = lunge(&mut person, *degrees);
            assert_eq!(reads(&events).len(), 1, "{events:?}");
            assert!((reads(&events)[0] - degrees).abs() < 0.3, "{events:?}");
            let over = if last { Event::SideDone { side: side as u8 } } else { Event::Next };
            assert_eq!(events[1..], [over]);
        }
    }
    assert_eq!(person.view.stage, "done");
    for (side, trials) in truth.iter().enumerate() {
        let mean = f64::midpoint(trials[1], trials[2]);
        let [read, range] = person.view.results[side].expect("all of them are in");
        assert!((read - mean).abs() < 0.3 && (range - (trials[1] - trials[2]).abs()).abs() < 0.3, "practice is out");
        assert!(person.view.trials[side].iter().zip(trials).all(|(read, truth)| (read - truth).abs() < 0.3));
    }
}

#[test]
fn a_rest_on_the_way_is_overtaken_by_the_end_of_the_motion() {
    let mut person = lunging();
    person.turns(0.5, 0, 18.0);
    are_near(&reads(&person.rests(1.5)), &[20.0]);
    person.turns(0.5, 0, 19.0);
    are_near(&reads(&person.rests(1.5)), &[39.0]);
    // Sinking back a little does not end it, and is not the reading.
    person.turns(0.5, 0, -4.0);
    assert_eq!(person.rests(1.5), []);
    are_near(&person.view.trials[0], &[39.0]);
    person.turns(0.5, 0, -30.0);
    assert_eq!(person.events.last(), Some(&Event::Next));
    are_near(&person.view.trials[0], &[39.0]);
    assert_eq!(person.view.trial, 1);
}

/// In position for a lunge, with the zero set.
fn lunging() -> Person {
    let mut person = Person::taking("wblt_angle");
    person.tap(Tap::Go);
    person.holds(1.6, wall());
    person.tap(Tap::Go);
    person.holds(4.5, shin(2.0));
    person
}

#[test]
fn a_wobbling_hand_is_not_read() {
    let mut person = lunging();
    let events = person.moves(6.0, |t| shin(35.0 + 3.0 * (t * 9.0).sin()));
    assert_eq!(events, []);
    assert!(!person.view.still && person.view.degrees.is_some());
    are_near(&reads(&person.holds(1.8, shin(35.0))), &[35.0]);
}

#[test]
fn a_phone_that_leans_is_warned_of_and_then_refused() {
    let mut person = lunging();
    let leans = |lean: f64| then(then(web(200.0, UPRIGHT, 0.0), about(2, lean)), about(0, 35.0));
    let refused = person.holds(2.5, leans(27.0));
    let [Event::Refused { lean_deg }] = refused[..] else { panic!("once, and no reading: {refused:?}") };
    assert!((lean_deg - 27.0).abs() < 0.3 && person.view.trouble == Some(Trouble::Refused));
    let warned = person.holds(2.5, leans(14.0));
    let [Event::Read { degrees, leaning: true, .. }] = warned[..] else { panic!("{warned:?}") };
    assert!((degrees - 35.0).abs() < 0.3 && person.view.trouble == Some(Trouble::Leaning));
    person.holds(1.0, shin(2.0));
    are_near(&reads(&person.holds(2.0, shin(35.0))), &[35.0]);
    assert_eq!(person.view.trouble, None);
}

#[test]
fn a_zero_needs_a_still_second_and_its_top_up() {
    let mut person = Person::taking("wblt_angle");
    person.tap(Tap::Go);
    assert_eq!(person.holds(2.0, web(0.0, -UPRIGHT, 0.0)), [], "upside down");
    assert_eq!(person.view.trouble, Some(Trouble::NotSquare));
    assert_eq!(person.holds(2.0, web(0.0, 0.0, 0.0)), [], "on its back");
    assert_eq!(person.moves(3.0, |t| web(0.0, UPRIGHT + 4.0 * (t * 9.0).sin(), 0.0)), [], "restless");
    assert_eq!(person.holds(1.8, wall()), [Event::Zeroed]);
}

#[test]
fn on_the_shin_upside_down_nothing_is_read_and_it_is_said() {
    let mut person = lunging();
    assert_eq!(person.holds(2.0, then(web(20.0, -UPRIGHT, 0.0), about(0, -35.0))), []);
    assert_eq!(person.view.trouble, Some(Trouble::Outside));
}

#[test]
fn without_angles_there_is_no_sensor_after_two_seconds() {
    let mut person = Person::taking("wblt_angle");
    let silent = |person: &mut Person, from: u32, to: u32| {
        let looks =
            (from / 50..to / 50).map(|n| Look { at_ms: f64::from(n) * 50.0, angles: None, acceleration: None });
        person.answer(None, looks.collect());
    };
    silent(&mut person, 50, 2_000);
    assert_eq!(person.view.trouble, None, "a first event without values is normal");
    silent(&mut person, 2_000, 2_050);
    assert_eq!(person.view.trouble, Some(Trouble::NoSensor));
    person.at_ms = 2_000.0;
    person.rests(0.1);
    assert_eq!(person.view.trouble, None, "there it is");
    // A window that was closed for a minute has not looked in vain for a minute.
    silent(&mut person, 60_000, 61_000);
    assert_eq!(person.view.trouble, None);
}

#[test]
fn either_sign_of_the_acceleration_is_understood_and_a_contradiction_is_not_read() {
    for sign in [1.0, -1.0] {
        let mut person = Person::taking("wblt_angle");
        person.sign = Some(sign);
        person.tap(Tap::Go);
        assert_eq!(person.holds(1.6, wall()), [Event::Zeroed]);
        person.tap(Tap::Go);
        person.holds(4.5, shin(2.0));
        are_near(&reads(&person.holds(2.0, shin(35.0))), &[35.0]);
        // From now on the acceleration says that the phone is the other way up.
        person.sign = Some(-sign);
        person.holds(1.5, shin(2.0));
        assert_eq!(person.view.trouble, Some(Trouble::Contradiction));
        assert_eq!(person.holds(2.0, shin(36.0)), []);
    }
}

#[test]
fn lower_is_further_where_a_straight_knee_reads_zero() {
    let mut person = Person::taking("ake");
    person.tap(Tap::Go);
    person.holds(1.6, wall());
    person.tap(Tap::Go);
    // Lying, the thigh upright; the screen looks at the ceiling while the knee is bent.
    let short_of_straight = |degrees: f64| then(web(200.0, UPRIGHT, 0.0), about(0, -degrees));
    person.holds(11.0, short_of_straight(88.0));
    for degrees in [24.0, 18.6, 19.2] {
        person.moves(2.0, |t| short_of_straight(88.0 + (degrees - 88.0) * t / 2.0));
        let events = person.holds(1.8, short_of_straight(degrees));
        assert!((reads(&events)[0] - degrees).abs() < 0.3, "{events:?}");
        person.holds(2.0, short_of_straight(88.0));
    }
    assert_eq!(person.view.side, 1, "the left is done");
}

#[test]
fn an_arm_goes_past_half_a_turn_whichever_way_the_phone_was_put_on() {
    for way in [1.0, -1.0] {
        for side_up in [90.0, -90.0] {
            let mut person = Person::taking("shoulder_flex_supine");
            // Lying, the arm at the side, the phone on its outside: a long edge looks up.
            let start = then(web(30.0, 0.0, 0.0), about(1, side_up));
            person.phone = start;
            person.tap(Tap::Go);
            assert_eq!(person.holds(12.0, start), [Event::Zeroed]);
            person.turns(3.0, 2, way * 186.5);
            let events = person.rests(1.6);
            assert!((reads(&events)[0] - 186.5).abs() < 0.3, "{events:?}");
            person.turns(3.0, 2, -way * 186.5);
            assert_eq!(person.events.last(), Some(&Event::Next));
        }
    }
}

#[test]
fn a_knee_is_the_difference_between_shin_and_thigh() {
    let mut person = Person::taking("thomas_knee");
    let (shin, thigh) = (web(10.0, -71.0, 0.0), web(10.0, -12.5, 0.0));
    for trial in 0..3 {
        assert_eq!((person.view.ahead, person.view.trial), (Some(Ahead::Zero), trial));
        person.phone = shin;
        person.tap(Tap::Go);
        assert_eq!(person.holds(1.6, shin), [Event::Zeroed]);
        person.moves(1.0, |t| web(10.0, -71.0 + 58.5 * t, 0.0));
        let events = person.holds(1.6, thigh);
        assert!((reads(&events)[0] - 58.5).abs() < 0.3, "{events:?}");
    }
    assert_eq!(person.view.side, 1);
}

#[test]
fn a_thigh_below_level_counts_minus() {
    let mut person = Person::taking("thomas_hip");
    person.phone = web(10.0, 0.0, 0.0);
    person.tap(Tap::Go);
    assert_eq!(person.rests(1.6), [Event::Zeroed]);
    person.tap(Tap::Go);
    // The top edge points to the knee, which hangs lower.
    let events = person.holds(13.0, web(150.0, -11.4, 0.0));
    assert!((reads(&events)[0] + 11.4).abs() < 0.3, "{events:?}");
}

#[test]
fn trials_far_apart_ask_for_one_more() {
    let mut person = lunging();
    for degrees in [30.0, 32.0, 40.0] {
        lunge(&mut person, degrees);
    }
    assert!(person.view.one_more && person.view.side == 0);
    let events = lunge(&mut person, 39.0);
    assert_eq!(events.last(), Some(&Event::SideDone { side: 0 }));
    are_near(&person.view.results[0].unwrap(), &[37.0, 8.0]);
}

#[test]
fn a_reading_can_be_thrown_away_and_a_side_left_for_later() {
    let mut person = lunging();
    lunge(&mut person, 30.0);
    person.tap(Tap::Discard);
    assert_eq!((person.view.trials[0].len(), person.view.ahead), (0, Some(Ahead::Begin)), "the zero stays");
    person.tap(Tap::Go);
    person.holds(4.5, shin(2.0));
    for degrees in [30.0, 31.0, 32.0] {
        lunge(&mut person, degrees);
    }
    assert_eq!(person.view.side, 1);
    person.tap(Tap::Discard);
    assert_eq!(person.view.side, 0);
    are_near(&person.view.trials[0], &[30.0, 31.0]);
    person.tap(Tap::OtherSide);
    assert_eq!((person.view.side, person.view.stage), (1, "waits"));
    // A tap in the middle of a trial keeps what was read.
    person.tap(Tap::Go);
    person.holds(4.5, shin(2.0));
    person.holds(2.0, shin(35.0));
    person.tap(Tap::Wait);
    are_near(&person.view.trials[1], &[35.0]);
    assert_eq!(person.view.stage, "waits");
    person.tap(Tap::Zero);
    assert_eq!((person.view.stage, person.view.degrees), ("zeroing", None));
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let axis = prop_oneof![Just(Axis::X), Just(Axis::Y), Just(Axis::Z)];
    let zero = prop_oneof![Just(ZeroAt::Wall), Just(ZeroAt::Level), Just(ZeroAt::Start), Just(ZeroAt::OtherSegment)];
    let more = prop_oneof![Just(More::ScreenDown), Just(More::ScreenUp), Just(More::TopUp), Just(More::Either)];
    (axis, zero, more, 0..4_u8, -40.0..90.0_f64, any::<bool>(), 1..4_u8, 1..3_u8).prop_map(
        |(axis, zero, more, seconds_to_place, low, higher_is_better, trials, sides)| Rule {
            axis,
            zero,
            more,
            seconds_to_place,
            low,
            high: low + 100.0,
            higher_is_better,
            trials,
            practice: trials / 2,
            sides,
        },
    )
}

/// Pieces of a motion: where to, how fast, how shaky, and what is tapped before.
fn any_motion() -> impl Strategy<Value = Vec<(Option<Tap>, Vec<Look>)>> {
    let tap = prop_oneof![
        4 => Just(Some(Tap::Go)), 6 => Just(None), 1 => Just(Some(Tap::Wait)), 1 => Just(Some(Tap::Zero)),
        1 => Just(Some(Tap::Discard)), 1 => Just(Some(Tap::OtherSide)),
    ];
    let piece = (tap, -180.0..180.0_f64, -90.0..90.0_f64, 1..70_usize, 0.0..2.0_f64, 0..20_u8);
    proptest::collection::vec(piece, 1..14).prop_map(|pieces| {
        let mut at_ms = 0.0;
        let mut look = move |beta: f64, gamma: f64, wait: f64, strange: u8| {
            at_ms += wait;
            let angles = (strange != 1).then_some([beta, gamma]);
            Look { at_ms, angles, acceleration: (strange > 2).then_some([0.0, f64::from(strange), 9.0]) }
        };
        pieces
            .into_iter()
            .map(|(tap, beta, gamma, looks, shake, strange)| {
                let at = |i: usize| beta + shake * (i as f64).sin();
                let wait = if strange == 2 { 700.0 } else { 33.0 };
                (tap, (0..looks).map(|i| look(at(i), gamma, wait, strange)).collect())
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn looks_give_the_same_readings_in_any_batches(
        rule in any_rule(), motion in any_motion(), sizes in proptest::collection::vec(1..40_usize, 1..6),
    ) {
        let begun = step(Ask::Begin { rule, at_ms: -1.0 }).unwrap();
        let (mut one, mut other) = (begun.state.clone(), begun.state);
        let (mut by_one, mut by_other) = (Vec::new(), Vec::new());
        for (tap, looks) in motion {
            // Look by look, as JSON; every state there and back.
            let mut taps = std::iter::once(tap).chain(std::iter::repeat(None));
            for look in std::iter::once(None).chain(looks.iter().copied().map(Some)) {
                let ask = Ask::Step {
                    state: Box::new(one), tap: taps.next().unwrap(), looks: look.into_iter().collect(),
                };
                let answer = step_json(&serde_json::to_string(&ask).unwrap());
                let value: serde_json::Value = serde_json::from_str(&answer).unwrap();
                prop_assert!(value.get("error").is_none(), "{answer}");
                by_one.extend(value["events"].as_array().unwrap().iter().map(ToString::to_string));
                one = serde_json::from_value(value["state"].clone()).unwrap();
            }
            let mut rest = looks.as_slice();
            let (mut sizes, mut tap) = (sizes.iter().cycle(), tap);
            loop {
                let (now, later) = rest.split_at(rest.len().min(*sizes.next().unwrap()));
                let answer = step(Ask::Step { state: Box::new(other), tap: tap.take(), looks: now.to_vec() }).unwrap();
                by_other.extend(answer.events.iter().map(|event| serde_json::to_value(event).unwrap().to_string()));
                (other, rest) = (answer.state, later);
                if rest.is_empty() {
                    break;
                }
            }
        }
        prop_assert_eq!(one, other);
        prop_assert_eq!(by_one, by_other);
    }

    #[test]
    fn whatever_is_asked_the_answer_is_numbers_or_says_why(
        rule in any_rule(), motion in any_motion(),
        wild in proptest::collection::vec(proptest::num::f64::NORMAL | proptest::num::f64::ZERO, 6), digits in "[-0-9.eE]{1,6}",
    ) {
        let mut state = step(Ask::Begin { rule, at_ms: -1.0 }).unwrap().state;
        for (tap, mut looks) in motion {
            if let Some(last) = looks.last_mut() {
                last.angles = Some([wild[0], wild[1]]);
                last.acceleration = Some([wild[2], wild[3], wild[4]]);
            }
            let answer = step(Ask::Step { state: Box::new(state), tap, looks }).unwrap();
            state = answer.state;
            let text = serde_json::to_string(&answer.view).unwrap() + &serde_json::to_string(&answer.events).unwrap();
            for words in ["degrees\":null", "lean_deg\":null"] {
                // None is allowed, a number that is none is not: both are null in JSON.
                prop_assert!(!text.contains(words) || answer.view.degrees.is_none());
            }
            prop_assert!(!text.contains("[null") || answer.view.results.contains(&None));
            // A state in which a number was changed is taken or refused, never a panic.
            let json = serde_json::to_string(&Ask::Step { state: Box::new(state.clone()), tap, looks: vec![Look { at_ms: wild[5], angles: Some([1.0, 2.0]), acceleration: None }] }).unwrap();
            let numbers: Vec<_> = json.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            let at = numbers[(wild[0].to_bits() % numbers.len() as u64) as usize];
            let answer = step_json(&format!("{}{digits}{}", &json[..at], &json[at + 1..]));
            prop_assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok(), "{answer}");
        }
    }

    #[test]
    fn the_reading_does_not_depend_on_how_the_phone_lay_at_its_zero(
        heading in 0.0..360.0_f64, tilted in -10.0..10.0_f64, aslant in -9.0..9.0_f64, turned in 8.0..60.0_f64,
    ) {
        // A wall that is not upright, a phone that is aslant on it, a case with a bump: all of it is in the zero.
        let at_wall = then(web(heading, UPRIGHT + tilted, 0.0), about(2, aslant));
        let mut person = Person::taking("wblt_angle");
        person.sign = None;
        person.tap(Tap::Go);
        prop_assert_eq!(person.holds(1.6, at_wall), [Event::Zeroed]);
        person.tap(Tap::Go);
        person.holds(4.0, at_wall);
        person.turns(1.0, 0, turned);
        let events = person.rests(2.2);
        prop_assert!((reads(&events).last().unwrap() - turned).abs() < 0.3, "{:?}", events);
    }
}

#[test]
fn what_was_never_handed_out_is_refused() {
    let mut rule = rule("wblt_angle");
    let begun = serde_json::to_value(step(Ask::Begin { rule, at_ms: 0.0 }).unwrap().state).unwrap();
    let step_with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut state = begun.clone();
        change(&mut state);
        step_json(&serde_json::json!({ "step": { "state": state, "tap": null, "looks": [] } }).to_string())
    };
    assert!(!step_with(&|_| {}).contains("error"));
    for change in [
        &(|state: &mut serde_json::Value| state["side"] = 2.into()) as &dyn Fn(&mut serde_json::Value),
        &|state| state["trials"] = serde_json::json!([[]]),
        &|state| state["trials"] = serde_json::json!([[1e300], []]),
        &|state| state["phone"]["zero"] = serde_json::json!([1.0, 1.0, 1.0]),
        &|state| state["way"] = 3.into(),
        &|state| state["rule"]["trials"] = 0.into(),
        &|state| state["phone"]["axis"] = "y".into(),
    ] {
        assert!(step_with(change).starts_with("{\"error\""), "{}", step_with(change));
    }
    rule.low = rule.high;
    assert!(step(Ask::Begin { rule, at_ms: 0.0 }).is_err());
}
