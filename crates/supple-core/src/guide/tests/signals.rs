//! Stop signals, and the rule for too strong.

use super::states::every_signal;
use super::world::{CALF, begin, block, calves_and_back, left_calf, switched};
use crate::body::{RegionId, Side};
use crate::event::BlockEnd;
use crate::guide::{CueKind as C, Input, PhaseName as P, Session, StopReason};
use crate::knowledge::StopSignalId as S;
use crate::unit::Felt;

const EIGHT: Input = Input::Felt(Felt::of(8));

/// Skips to the end and tells which blocks were offered: technique and side.
fn offered(session: &mut Session, second: u64) -> Vec<(String, Side)> {
    let mut all = Vec::new();
    session.at(second, Input::Resume);
    while !session.is_ended() {
        let view = session.view();
        all.extend(view.side.map(|side| (view.technique, side)));
        session.at(second, Input::Skip);
    }
    all
}

fn legs_arm_and_back() -> Session {
    let left = block("calf_roller", Side::Left, 2, 30);
    begin(vec![
        left.clone(),
        switched(left, Side::Right),
        block("quad_roller", Side::Left, 1, 30),
        block("quad_roller", Side::Both, 1, 30),
        block("soleus_ball", Side::Left, 1, 30),
        block("back_peanut", Side::Midline, 1, 40),
    ])
}

#[test]
fn sharp_pain_ends_the_area_and_all_that_touches_it() {
    let left = block("calf_roller", Side::Left, 2, 30);
    let mut session = begin(vec![
        block("calf_pin", Side::Left, 1, 40),
        left.clone(),
        switched(left, Side::Right),
        block("soleus_ball", Side::Left, 1, 30),
    ]);
    session.run_to(30);
    let out = session.at(30, Input::Signal(S::SharpOrElectric));
    let signal = out.signalled();
    assert_eq!(signal.iter().map(|s| (s.region, s.side)).collect::<Vec<_>>(), [(Some(CALF), Some(Side::Left))]);
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((5, BlockEnd::Stopped)));
    assert_eq!(out.cue(C::AreaEnded).map(|c| c.text.as_str()), Some("Lift off now; this area is done for today."));
    let view = session.view();
    assert_eq!((view.phase, view.side), (P::SetUp, Some(Side::Right)));
    assert_eq!(view.seconds_left, 20, "the position is entered anew: the left side of it was dropped");
    assert_eq!(view.advice.map(|a| a.watch_for), Some("Pain that stays longer than 30 minutes.".into()));
    let rest = [("calf_roller".into(), Side::Right), ("soleus_ball".into(), Side::Left)];
    assert_eq!(offered(&mut session, 30), rest, "the deep calf alone does not touch the calf");
}

#[test]
fn sharp_pain_in_the_deep_calf_ends_the_calf_that_presses_it() {
    let mut session = begin(vec![block("soleus_ball", Side::Left, 1, 30), block("calf_roller", Side::Both, 1, 30)]);
    session.run_to(30);
    let out = session.at(30, Input::Signal(S::SharpOrElectric));
    assert_eq!(out.ended(), Some(false), "both calves at once would press the left one");
}

#[test]
fn pins_and_needles_end_the_limb_on_that_side() {
    let mut session = legs_arm_and_back();
    session.run_to(30);
    let out = session.at(30, Input::Signal(S::LimbPinsOrColour));
    assert!(out.says(C::LimbEnded));
    let rest = [("calf_roller".into(), Side::Right), ("back_peanut".into(), Side::Midline)];
    assert_eq!(offered(&mut session, 30), rest);
}

#[test]
fn pins_and_needles_on_the_trunk_end_the_area() {
    let mut session =
        begin(vec![block("back_peanut", Side::Midline, 1, 40), block("calf_roller", Side::Left, 1, 30)]);
    session.run_to(30);
    session.at(30, Input::Signal(S::LimbPinsOrColour));
    assert_eq!(offered(&mut session, 30), [("calf_roller".into(), Side::Left)]);
}

#[test]
fn dizziness_and_swelling_end_the_session() {
    for (signal, region) in [(S::DizzyOrChest, None), (S::SwellingOrBruise, Some(CALF))] {
        let mut session = calves_and_back();
        session.run_to(30);
        let out = session.at(30, Input::Signal(signal));
        assert_eq!(out.signalled().iter().map(|s| (s.signal, s.region)).collect::<Vec<_>>(), [(signal, region)]);
        assert_eq!(out.finished().first().map(|f| f.end), Some(BlockEnd::Stopped));
        assert_eq!(out.ended(), Some(false));
        assert!(session.is_ended());
    }
}

#[test]
fn rising_discomfort_moves_on_and_is_not_made_up_for() {
    let mut session = begin(vec![block("soleus_ball", Side::Left, 1, 30)]);
    session.run_to(30);
    let out = session.at(30, Input::Signal(S::RisingInHold));
    assert!(out.says(C::NextSpot));
    assert_eq!(out.signalled().first().map(|s| s.signal), Some(S::RisingInHold));
    assert_eq!(session.view().seconds_left, 15);
    session.at(40, Input::Signal(S::RisingInHold));
    assert_eq!(session.view().phase, P::Asking, "the last spot: the set is over");
    let out = session.at(50, Input::Tick);
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((15, BlockEnd::Shortened)));
}

#[test]
fn no_answer_counts_as_sharp_pain_and_nothing_goes_on_by_itself() {
    let mut session = calves_and_back();
    session.run_to(30);
    session.at(30, Input::Stop);
    assert!(session.at(49, Input::Tick).events.is_empty());
    let out = session.at(500, Input::Tick);
    assert_eq!(out.signalled().first().map(|s| (s.signal, s.region)), Some((S::SharpOrElectric, Some(CALF))));
    assert_eq!(out.cue(C::AreaEnded).map(|c| c.at_ms), Some(50_000));
    let view = session.view();
    assert_eq!((view.phase, view.interrupted, view.side), (P::Paused, Some(P::SetUp), Some(Side::Right)));
}

#[test]
fn pressing_stop_again_wins_no_time() {
    let mut session = left_calf();
    session.run_to(30);
    session.at(30, Input::Stop);
    session.at(45, Input::Stop);
    assert!(session.at(50, Input::Tick).says(C::AreaEnded));
}

#[test]
fn a_mistake_goes_back_to_the_same_second() {
    for back in [Input::StopReason(StopReason::Mistake), Input::Resume] {
        let mut session = left_calf();
        session.run_to(30);
        let before = session.view();
        session.at(30, Input::Stop);
        session.at(45, back);
        assert_eq!(session.view(), before);
        let out = session.at(200, Input::Tick);
        assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((60, BlockEnd::Completed)));
        assert_eq!(out.ended(), Some(true));
    }
}

#[test]
fn just_finished_ends_the_session() {
    let mut session = calves_and_back();
    session.run_to(30);
    session.at(30, Input::Stop);
    let out = session.at(35, Input::StopReason(StopReason::JustFinished));
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((5, BlockEnd::Skipped)));
    assert_eq!(out.ended(), Some(false));
    assert!(out.signalled().is_empty());
}

#[test]
fn while_a_stop_is_unanswered_nothing_goes_on() {
    let inputs = [Input::Ready, Input::Skip, Input::Shorten, Input::AddTime, Input::Pause, Input::Lighter];
    for input in inputs {
        let mut session = calves_and_back();
        session.run_to(30);
        session.at(30, Input::Stop);
        assert!(session.at(31, input).says(C::StopAsked), "{input:?}");
        assert_eq!((session.view().phase, session.view().block), (P::Stopped, 0), "{input:?}");
    }
}

#[test]
fn seven_is_off_at_once_and_on_only_lighter() {
    let mut session = left_calf();
    session.run_to(30);
    let out = session.at(30, Input::Felt(Felt::of(7)));
    assert!(out.says(C::OffNow) && out.signalled().is_empty());
    assert_eq!(session.view().phase, P::Off);
    session.at(90, Input::Tick);
    assert_eq!(session.pressure_given_ms(), 5_000, "the clock stands still");
    session.at(90, Input::Ready);
    assert_eq!((session.view().phase, session.view().felt_target), (P::Work, Felt::of(2)));
    let out = session.at(300, Input::Tick);
    let done = out.finished();
    assert_eq!(done.first().map(|f| (f.seconds, f.lighter_steps, f.end)), Some((60, 2, BlockEnd::Completed)));
    assert_eq!(done.first().map(|f| f.felt.clone()), Some(vec![Felt::of(7)]));
}

#[test]
fn a_second_time_ends_the_area_for_today() {
    let mut session = calves_and_back();
    session.run_to(30);
    session.at(30, EIGHT);
    session.at(40, Input::Ready);
    let out = session.at(45, Input::Signal(S::TooStrong));
    let signal = out.signalled();
    assert_eq!(
        signal.iter().map(|s| (s.signal, s.region, s.side)).collect::<Vec<_>>(),
        [(S::TooStrong, Some(CALF), Some(Side::Left))]
    );
    assert_eq!(out.finished().first().map(|f| (f.seconds, f.end)), Some((10, BlockEnd::Stopped)));
    assert_eq!(session.view().side, Some(Side::Right), "the other calf is another area");
}

#[test]
fn pressing_too_much_twice_is_one_time() {
    let mut session = left_calf();
    session.run_to(30);
    session.at(30, EIGHT);
    assert!(session.at(33, EIGHT).signalled().is_empty());
    assert_eq!((session.view().phase, session.view().felt_target), (P::Off, Felt::of(2)));
}

#[test]
fn the_second_time_may_come_in_a_later_block() {
    let mut session = begin(vec![
        block("calf_roller", Side::Left, 1, 30),
        block("back_peanut", Side::Midline, 1, 40),
        block("calf_pin", Side::Both, 1, 40),
        block("calf_pin", Side::Right, 1, 40),
    ]);
    session.run_to(56);
    session.at(56, EIGHT); // asked after the set
    assert_eq!(session.view().block, 1);
    session.at(56, Input::Skip);
    assert_eq!((session.view().block, session.view().felt_target), (2, Felt::of(2)), "lighter from the start");
    session.at(90, Input::Tick);
    let out = session.at(90, EIGHT);
    assert_eq!(out.signalled().first().map(|s| s.side), Some(Some(Side::Both)));
    assert!(session.is_ended(), "which side it was is not known, so both are done");
}

#[test]
fn too_strong_as_the_reason_of_a_stop() {
    let mut session = left_calf();
    session.run_to(30);
    session.at(30, Input::Stop);
    session.at(35, Input::StopReason(StopReason::Signal(S::TooStrong)));
    assert_eq!((session.view().phase, session.view().felt_target), (P::Off, Felt::of(2)));
    session.at(35, Input::Skip);
    assert!(session.is_ended());
}

#[test]
fn a_mistaken_stop_does_not_put_pressure_back_after_too_strong() {
    for back in [Input::StopReason(StopReason::Mistake), Input::Resume] {
        let mut session = left_calf();
        session.run_to(30);
        session.at(30, EIGHT);
        session.at(31, Input::Stop);
        session.at(32, back);
        assert_eq!(session.view().phase, P::Off);
    }
}

#[test]
fn between_two_blocks_a_sign_closes_both_places() {
    let mut session = calves_and_back();
    session.run_to(112);
    assert_eq!((session.view().phase, session.view().block), (P::SetUp, 1));
    let out = session.at(112, Input::Signal(S::SharpOrElectric));
    let sides: Vec<_> = out.signalled().iter().map(|s| s.side).collect();
    assert_eq!(sides, [Some(Side::Left), Some(Side::Right)]);
    assert!(out.finished().is_empty(), "the first was written down, the second never began");
    assert_eq!(offered(&mut session, 112), [("back_peanut".into(), Side::Midline)]);
}

#[test]
fn what_was_set_for_the_next_block_stays_when_the_last_area_ends() {
    let mut session =
        begin(vec![block("calf_roller", Side::Left, 1, 30), block("back_peanut", Side::Midline, 1, 40)]);
    session.run_to(30);
    session.at(30, EIGHT);
    session.at(30, Input::Ready);
    session.at(62, Input::Tick);
    session.at(62, Input::Lighter);
    let out = session.at(62, EIGHT);
    assert_eq!(out.signalled().iter().map(|s| s.region).collect::<Vec<_>>(), [Some(CALF)]);
    let view = session.view();
    assert_eq!((view.block, view.phase, view.felt_target), (1, P::SetUp, Felt::of(3)));
}

#[test]
fn a_technique_that_is_not_known_still_touches_its_own_region() {
    let unknown = block("no_such_technique", Side::Left, 1, 30);
    let mut session = begin(vec![unknown.clone(), unknown]);
    session.run_to(30);
    assert_eq!(session.at(30, Input::Signal(S::SharpOrElectric)).ended(), Some(false));
}

#[test]
fn a_sign_after_the_end_is_still_written_down_once() {
    for signal in every_signal() {
        let mut session = left_calf();
        session.run_to(500);
        let out = session.at(500, Input::Signal(signal));
        let region = Some(RegionId::Calf).filter(|_| signal != S::DizzyOrChest);
        assert_eq!(out.signalled().iter().map(|s| s.region).collect::<Vec<_>>(), [region]);
        assert!(out.ended().is_none());
        assert!(session.at(501, Input::Signal(signal)).events.is_empty());
    }
}
