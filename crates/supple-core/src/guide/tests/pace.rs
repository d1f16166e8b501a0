//! Set-ups that wait for the person, and set-ups of a chosen length.

use super::super::hold::Holds;
use super::properties::{blocks, config, inputs};
use super::world::{begin_paced, block, switched};
use crate::body::Side;
use crate::gate::AdmittedBlock;
use crate::guide::{CueKind as C, Input, InputName, Pace, PhaseName as P, Session};
use crate::sorted::SortedSet;
use crate::unit::SetupSeconds;
use proptest::prelude::*;

fn met(techniques: &[&str]) -> Pace {
    Pace {
        setup_seconds: Some(SetupSeconds::DEFAULT),
        met: Some(techniques.iter().map(|&id| id.to_owned()).collect()),
    }
}

/// Two calves and the back: a new technique, the same on the other side, another new one.
fn three_blocks() -> Vec<AdmittedBlock> {
    let left = block("calf_roller", Side::Left, 1, 30);
    let right = switched(left.clone(), Side::Right);
    vec![left, right, block("back_peanut", Side::Midline, 1, 40)]
}

#[test]
fn a_technique_met_for_the_first_time_waits_for_ready() {
    let mut session = begin_paced(three_blocks(), &met(&[]));
    let out = session.run_to(3_600);
    assert_eq!(out.kinds(), [C::NewPosition, C::SetUp], "an hour later it still waits");
    let view = session.view();
    assert!(view.phase == P::SetUp && view.waits_for_ready);
    assert!(!view.inputs.contains(&InputName::AddTime), "there is no time to add to");
    assert_eq!((session.next_due(), session.pressure_given_ms()), (None, 0));

    assert!(session.at(3_600, Input::AddTime).says(C::NotNow));
    assert_eq!(session.at(3_600, Input::Ready).cues[0].kind, C::LeadIn(5));
    // The other side of a technique that is known now: its clock runs by itself.
    let out = session.at(3_600 + 5 + 30 + 5 + 10 + 5, Input::Tick);
    assert_eq!(out.cues.last().map(|cue| cue.kind), Some(C::Pass(crate::guide::Direction::Out)));
    assert_eq!((session.view().phase, session.view().block), (P::Work, 1));
    // The back is new again.
    session.at(9_000, Input::Tick);
    assert!(session.view().waits_for_ready && session.view().block == 2);
}

#[test]
fn a_known_technique_begins_after_the_chosen_time_and_the_question_takes_none_of_it() {
    let mut session = begin_paced(three_blocks(), &met(&["calf_roller", "back_peanut"]));
    let out = session.run_to(400);
    let starts: Vec<u64> = out.cues.iter().filter(|cue| cue.kind == C::Start).map(|cue| cue.at_ms).collect();
    // 15 s and 5 s of count-in; 30 s, 5 s of question, 10 s to switch; 30 s, 5 s, 15 s for the new position.
    assert_eq!(starts, [20_000, 70_000, 125_000]);
    assert_eq!(out.ended(), Some(true));
}

#[test]
fn stop_and_pause_work_while_it_waits() {
    for input in [Input::Stop, Input::Pause, Input::Lighter, Input::Skip, Input::End] {
        let mut session = begin_paced(three_blocks(), &met(&[]));
        session.run_to(60);
        let before = session.clone();
        session.at(60, input);
        assert_ne!(session, before, "{input:?}");
    }
}

#[test]
fn a_saved_session_of_before_there_was_a_pace_can_be_read() {
    let mut session = begin_paced(three_blocks(), &Pace::default());
    session.run_to(40);
    let mut saved = serde_json::to_value(&session).expect("a session is JSON");
    let fields = saved.as_object_mut().expect("an object");
    fields.remove("met");
    fields.remove("whole_setup");
    fields["phase"].as_object_mut().expect("an object").remove("open");
    assert_eq!(serde_json::from_value::<Session>(saved).expect("still a session"), session);
}

fn setup(seconds: u8) -> SetupSeconds {
    SetupSeconds::new(seconds).expect("in range")
}

fn some_met() -> impl Strategy<Value = Pace> {
    let known =
        prop::collection::btree_set(prop::sample::select(vec!["calf_roller", "calf_pin", "soleus_ball"]), 0..3);
    (known, prop::option::of(5_u8..40)).prop_map(|(known, setup_seconds)| {
        let met: SortedSet<String> = known.into_iter().map(str::to_owned).collect();
        Pace { setup_seconds: setup_seconds.map(setup), met: Some(met) }
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn late_ticks_catch_up_to_the_same_at_any_pace(blocks in blocks(), pace in some_met(), inputs in inputs()) {
        let (mut late, mut often) = (begin_paced(blocks.clone(), &pace), begin_paced(blocks, &pace));
        let (mut late_out, mut often_out) = (late.step(Input::Tick, 0), often.step(Input::Tick, 0));
        let mut now = 0;
        for (gap, input) in inputs {
            for tick in (0..gap).step_by(250) {
                often_out.append(often.step(Input::Tick, now + tick));
            }
            now += gap;
            often_out.append(often.step(input, now));
            late_out.append(late.step(input, now));
        }
        prop_assert_eq!(late_out, often_out);
        prop_assert_eq!(late, often);
    }

    #[test]
    fn the_time_left_counts_the_chosen_set_ups(blocks in blocks(), seconds in 5_u8..=60, share in 0_u64..100) {
        let mut session = begin_paced(blocks, &Pace { setup_seconds: Some(setup(seconds)), met: None });
        session.step(Input::Tick, 0);
        session.step(Input::Tick, u64::from(session.view().session_seconds_left) * 10 * share);
        let (left, now) = (u64::from(session.view().session_seconds_left) * 1000, session.now());
        session.step(Input::Tick, now + left);
        prop_assert!(session.is_ended());
    }

    #[test]
    fn the_clock_of_a_phase_agrees_with_the_view(blocks in blocks(), pace in some_met(), inputs in inputs()) {
        let mut session = begin_paced(blocks, &pace);
        let mut now = 0;
        for (gap, input) in inputs {
            now += gap;
            session.step(input, now);
            let (view, clock) = (session.view(), session.phase_clock());
            prop_assert_eq!(u64::from(view.seconds_left), clock.left_ms.div_ceil(1000));
            prop_assert!(clock.left_ms <= clock.length_ms);
            prop_assert_eq!(clock.running, session.next_due().is_some());
            prop_assert_eq!(clock.pass.is_some(), view.seconds_per_pass.is_some()
                && [view.phase, view.interrupted.unwrap_or(view.phase)].contains(&P::Work));
        }
    }
}
