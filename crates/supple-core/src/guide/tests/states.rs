//! Every input in every state.

use super::world::{begin, block, calves_and_back, left_calf};
use crate::body::Side;
use crate::event::BlockEnd;
use crate::guide::{CueKind as C, FeltWord, Input, PhaseName as P, Session, StopReason};
use crate::knowledge::StopSignalId as S;
use crate::unit::Felt;

pub fn every_input() -> Vec<Input> {
    let mut all = vec![
        Input::Tick,
        Input::Ready,
        Input::AddTime,
        Input::Pause,
        Input::Resume,
        Input::Skip,
        Input::Shorten,
        Input::Lighter,
        Input::FeltWord(FeltWord::CouldBeMore),
        Input::FeltWord(FeltWord::JustRight),
        Input::FeltWord(FeltWord::TooMuch),
        Input::Stop,
        Input::StopReason(StopReason::JustFinished),
        Input::StopReason(StopReason::Mistake),
        Input::End,
    ];
    all.extend((0..=10).map(|points| Input::Felt(Felt::of(points))));
    for signal in every_signal() {
        all.push(Input::Signal(signal));
        all.push(Input::StopReason(StopReason::Signal(signal)));
    }
    all
}

pub fn every_signal() -> [S; 7] {
    [
        S::SharpOrElectric,
        S::LimbPinsOrColour,
        S::TooStrong,
        S::RisingInHold,
        S::DizzyOrChest,
        S::SwellingOrBruise,
        S::SoreNextDay,
    ]
}

/// A session in each state there is, at second 1000 of the shell's clock.
fn every_state() -> Vec<(P, Session)> {
    let session_at = |second: u64, inputs: &[Input]| {
        let mut session = calves_and_back();
        session.step(Input::Tick, 1_000_000 - second * 1000);
        session.step(Input::Tick, 1_000_000);
        for &input in inputs {
            session.step(input, 1_000_000);
        }
        session
    };
    let mut states = vec![(P::Waiting, calves_and_back())];
    for (phase, second) in
        [(P::SetUp, 5), (P::LeadIn, 22), (P::Work, 30), (P::Rest, 60), (P::Work, 80), (P::Asking, 106)]
    {
        states.push((phase, session_at(second, &[])));
        states.push((P::Paused, session_at(second, &[Input::Pause])));
        states.push((P::Stopped, session_at(second, &[Input::Stop])));
        states.push((P::Stopped, session_at(second, &[Input::Pause, Input::Stop])));
        if matches!(phase, P::Work | P::Rest) {
            states.push((P::Off, session_at(second, &[Input::Felt(Felt::of(8))])));
            states.push((P::Stopped, session_at(second, &[Input::Felt(Felt::of(8)), Input::Stop])));
        }
    }
    states.push((P::SetUp, session_at(111, &[])));
    states.push((P::Ended, session_at(30, &[Input::End])));
    states
}

#[test]
fn every_input_is_answered_in_every_state() {
    for (phase, session) in every_state() {
        assert_eq!(session.view().phase, phase);
        for input in every_input() {
            let mut session = session.clone();
            let out = session.step(input, 1_000_000);
            let _ = (session.view(), session.dose_now(), session.next_due());
            assert!(input == Input::Tick || !out.cues.is_empty(), "{input:?} in {phase:?} was not answered");
        }
    }
}

#[test]
fn stop_works_in_every_state() {
    for (phase, mut session) in every_state() {
        let given = session.pressure_given_ms();
        let out = session.step(Input::Stop, 1_000_000);
        assert!(out.says(C::StopAsked), "{phase:?}");
        if phase != P::Ended {
            assert_eq!(session.view().phase, P::Stopped, "{phase:?}");
        }
        session.step(Input::Tick, 1_019_999);
        assert_eq!(session.pressure_given_ms(), given, "{phase:?}");
    }
}

#[test]
fn the_screen_offers_stop_in_every_state() {
    for (phase, session) in every_state() {
        assert_eq!(session.view().inputs.first(), Some(&crate::guide::InputName::Stop), "{phase:?}");
    }
}

#[test]
fn no_input_ever_lengthens_the_pressure_or_raises_it() {
    for (phase, session) in every_state() {
        let before = session.dose_now();
        for input in every_input() {
            let mut session = session.clone();
            session.step(input, 1_000_000);
            let (Some(before), Some(after)) = (&before, session.dose_now()) else { continue };
            if before.technique == after.technique && before.side == after.side {
                assert!(after.felt_target <= before.felt_target, "{input:?} in {phase:?}");
                assert!(after.felt_cap <= before.felt_cap, "{input:?} in {phase:?}");
                assert!(after.pressure() <= before.pressure(), "{input:?} in {phase:?}");
            }
        }
    }
}

#[test]
fn a_session_put_away_in_any_state_goes_on_the_same() {
    for (phase, session) in every_state() {
        let text = serde_json::to_string(&session).expect("a session is JSON");
        let again: Session = serde_json::from_str(&text).expect("and back");
        assert_eq!(again, session, "{phase:?}");
        for input in every_input() {
            let (mut one, mut other) = (session.clone(), again.clone());
            assert_eq!(one.step(input, 1_001_234), other.step(input, 1_001_234), "{input:?} in {phase:?}");
            assert_eq!(
                one.step(Input::Ready, 1_100_000),
                other.step(Input::Ready, 1_100_000),
                "{input:?} in {phase:?}"
            );
            assert_eq!(one, other);
        }
    }
}

#[test]
fn ready_ends_the_set_up_early() {
    let mut session = left_calf();
    session.run_to(3);
    session.at(3, Input::Ready);
    assert_eq!(session.view().phase, P::LeadIn);
    assert_eq!(session.at(10, Input::Tick).cue(C::Start).map(|c| c.at_ms), Some(8_000));
}

#[test]
fn ready_in_a_rest_counts_in_at_once() {
    let mut session = left_calf();
    session.run_to(60);
    let out = session.at(60, Input::Ready);
    assert_eq!(out.kinds(), [C::LeadIn(5)]);
    assert_eq!(session.at(66, Input::Tick).cue(C::Start).map(|c| c.at_ms), Some(65_000));
}

#[test]
fn more_time_in_the_count_in_goes_back_to_setting_up() {
    let mut session = left_calf();
    session.run_to(22);
    assert_eq!(session.at(22, Input::AddTime).kinds(), [C::MoreTime]);
    assert_eq!((session.view().phase, session.view().seconds_left), (P::SetUp, 10));
    assert_eq!(session.at(40, Input::Tick).cue(C::Start).map(|c| c.at_ms), Some(37_000));
}

#[test]
fn more_time_is_added_to_set_up_and_rest() {
    let mut session = left_calf();
    session.run_to(0);
    session.at(0, Input::AddTime);
    let out = session.at(66, Input::Tick);
    assert_eq!(out.cue(C::Start).map(|c| c.at_ms), Some(35_000));
    session.at(66, Input::AddTime);
    assert_eq!(session.view().seconds_left, 29);
}

#[test]
fn a_pause_freezes_everything() {
    let mut session = left_calf();
    session.run_to(30);
    session.at(30, Input::Pause);
    let frozen = session.view();
    let out = session.at(5_000, Input::Tick);
    assert!(out.cues.is_empty() && out.events.is_empty());
    assert_eq!(session.view(), frozen);
    assert_eq!(session.next_due(), None);
    session.at(5_000, Input::Resume);
    assert_eq!(session.at(5_025, Input::Tick).cue(C::Rest).map(|c| c.at_ms), Some(5_025_000));
    assert_eq!(session.at(5_100, Input::Tick).finished().first().map(|f| f.seconds), Some(60));
}

#[test]
fn skipping_writes_down_what_was_done() {
    let mut session = calves_and_back();
    session.run_to(37);
    let out = session.at(37, Input::Skip);
    let skipped = out.finished();
    assert_eq!(skipped.iter().map(|f| (f.seconds, f.end)).collect::<Vec<_>>(), [(12, BlockEnd::Skipped)]);
    assert_eq!((session.view().block, session.view().phase), (1, P::SetUp));
    assert_eq!(session.at(1_000, Input::Tick).ended(), Some(false));
}

#[test]
fn shortening_ends_the_block_after_the_set() {
    let mut session = left_calf();
    session.run_to(30);
    session.at(30, Input::Shorten);
    let out = session.at(60, Input::Tick);
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((30, BlockEnd::Shortened)));
    assert_eq!(out.ended(), Some(false));
}

#[test]
fn shortening_the_last_set_leaves_ten_seconds() {
    let mut session = begin(vec![block("calf_roller", Side::Left, 1, 30)]);
    session.run_to(30);
    session.at(30, Input::Shorten);
    let out = session.at(46, Input::Tick);
    assert_eq!(out.cue(C::Countdown(5)).map(|c| c.at_ms), Some(35_000));
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((15, BlockEnd::Shortened)));
}

#[test]
fn shortening_in_a_rest_ends_the_block_at_once() {
    let mut session = left_calf();
    session.run_to(60);
    let out = session.at(60, Input::Shorten);
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((30, BlockEnd::Shortened)));
}

#[test]
fn shortening_before_the_first_set_leaves_one_set_then_half() {
    let mut session = left_calf();
    session.run_to(3);
    session.at(3, Input::Shorten);
    assert_eq!(session.dose_now().map(|d| (d.sets, d.seconds_per_set)), Some((1, 30)));
    session.at(3, Input::Shorten);
    assert_eq!(session.dose_now().map(|d| (d.sets, d.seconds_per_set)), Some((1, 15)));
}

#[test]
fn lighter_takes_one_step_and_gives_the_next_hint() {
    let mut session = left_calf();
    session.run_to(30);
    let texts: Vec<String> =
        (0..4).filter_map(|_| session.at(30, Input::Lighter).cue(C::Lighter).map(|c| c.text.clone())).collect();
    assert_eq!(texts[0], "Lighter. Hips down. About 3 of 10.");
    assert_eq!(texts[1], "Lighter. Other foot down. About 2 of 10.");
    assert_eq!(texts[3], "Lighter. Other foot down. About 1 of 10.", "never below 1");
    assert_eq!((session.view().felt_target, session.view().felt_cap), (Felt::of(1), Felt::of(3)));
    assert_eq!(session.at(200, Input::Tick).finished().first().map(|f| f.lighter_steps), Some(4));
}

#[test]
fn what_was_felt_is_written_down_in_order() {
    let mut session = left_calf();
    session.run_to(60);
    session.at(60, Input::FeltWord(FeltWord::CouldBeMore));
    assert_eq!(session.view().felt_target, Felt::of(4), "never answered with more");
    session.at(106, Input::Tick);
    assert_eq!(session.view().phase, P::Asking);
    let out = session.at(106, Input::FeltWord(FeltWord::JustRight));
    assert_eq!(out.finished().first().map(|f| f.felt.clone()), Some(vec![Felt::of(3), Felt::of(4)]));
    assert_eq!(out.ended(), Some(true), "the answer ends the question");
}

#[test]
fn above_the_cap_goes_one_step_lighter() {
    let mut capped = block("calf_roller", Side::Left, 1, 30);
    (capped.dose.felt_target, capped.dose.felt_cap) = (Felt::of(3), Felt::of(4));
    let mut session = begin(vec![capped]);
    session.run_to(30);
    assert!(session.at(30, Input::Felt(Felt::of(5))).says(C::Lighter));
    assert_eq!((session.view().felt_target, session.view().felt_cap), (Felt::of(2), Felt::of(4)));
    assert_eq!(session.view().phase, P::Work);
}

#[test]
fn ending_writes_down_the_block_and_the_session() {
    let mut session = calves_and_back();
    session.run_to(30);
    let out = session.at(30, Input::End);
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((5, BlockEnd::Skipped)));
    assert_eq!(out.ended(), Some(false));
    assert!(session.is_ended());
}
