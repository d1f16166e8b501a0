//! A session taken up from its log.

use super::properties::{blocks, closed_by, config, inputs};
use super::world::{begin, block, knowledge};
use crate::body::{Side, Site, SiteSet};
use crate::event::EventBody;
use crate::gate::{Admitted, AdmittedBlock};
use crate::guide::{Input, Logged, Output, Pace, PhaseName as P, Session};
use crate::knowledge::{Goal, StopSignalId as S};
use crate::unit::Felt;
use proptest::prelude::*;

fn take_up(blocks: Vec<AdmittedBlock>, so_far: &Output, in_doubt: bool) -> Session {
    let admitted = Admitted::for_tests(Goal::Mobility, blocks);
    let finished: Vec<_> = so_far.finished().into_iter().cloned().collect();
    let signals: Vec<_> = so_far.signalled().into_iter().cloned().collect();
    let logged = Logged { finished: &finished, signals: &signals, in_doubt };
    Session::take_up("s1".into(), &admitted, &knowledge(), &Pace::default(), logged)
}

fn two_calves_and_a_thigh() -> Vec<AdmittedBlock> {
    vec![
        block("calf_roller", Side::Left, 1, 30),
        block("calf_pin", Side::Left, 1, 30),
        block("quad_roller", Side::Left, 1, 30),
        block("back_peanut", Side::Midline, 1, 30),
    ]
}

#[test]
fn it_begins_with_the_first_block_that_is_not_in_the_log() {
    let mut session = begin(two_calves_and_a_thigh());
    let so_far = session.run_to(70);
    assert_eq!(so_far.finished().len(), 1);
    let mut again = take_up(two_calves_and_a_thigh(), &so_far, false);
    assert_eq!((again.view().phase, again.view().block), (P::Waiting, 1));
    let rest = again.run_to(600);
    assert_eq!(rest.finished().iter().map(|f| f.block).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(rest.ended(), Some(true));
}

#[test]
fn a_block_that_may_have_been_pressed_is_left_out() {
    let mut session = begin(two_calves_and_a_thigh());
    let so_far = session.run_to(70);
    let rest = take_up(two_calves_and_a_thigh(), &so_far, true).run_to(600);
    assert_eq!(rest.finished().iter().map(|f| f.block).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(rest.ended(), Some(false), "what was left out was not done");
}

#[test]
fn too_strong_once_is_remembered_and_the_second_time_ends_the_area() {
    let mut session = begin(two_calves_and_a_thigh());
    let mut so_far = session.run_to(30);
    so_far.append(session.at(30, Input::Felt(Felt::of(7))));
    so_far.append(session.at(31, Input::Skip));
    let mut again = take_up(two_calves_and_a_thigh(), &so_far, false);
    again.run_to(30);
    assert_eq!((again.view().block, again.view().felt_target), (1, Felt::of(2)), "two steps lighter");
    let out = again.at(30, Input::Felt(Felt::of(7)));
    assert_eq!(out.signalled()[0].signal, S::TooStrong);
}

#[test]
fn an_ended_limb_stays_ended_and_dizzy_ends_all() {
    let mut session = begin(two_calves_and_a_thigh());
    let mut so_far = session.run_to(30);
    so_far.append(session.at(30, Input::Signal(S::LimbPinsOrColour)));
    let rest = take_up(two_calves_and_a_thigh(), &so_far, false).run_to(600);
    assert_eq!(rest.finished().iter().map(|f| f.block).collect::<Vec<_>>(), [3], "only the back is not that leg");

    let mut session = begin(two_calves_and_a_thigh());
    let mut so_far = session.run_to(30);
    so_far.append(session.at(30, Input::Signal(S::DizzyOrChest)));
    let mut again = take_up(two_calves_and_a_thigh(), &so_far, false);
    assert!(again.is_ended() && again.run_to(600).finished().is_empty());
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn taken_up_from_the_log_nothing_is_pressed_that_was_done_or_closed(
        blocks in blocks(), before in inputs(), after in inputs(), in_doubt in any::<bool>(),
    ) {
        let mut session = begin(blocks.clone());
        let mut so_far = session.step(Input::Tick, 0);
        let mut now = 0;
        for (gap, input) in before {
            now += gap;
            so_far.append(session.step(input, now));
        }
        let closed = closed_by(&so_far, &knowledge());
        let done: Vec<u16> = so_far.finished().iter().map(|f| f.block).collect();
        let mut again = take_up(blocks.clone(), &so_far, in_doubt);
        let mut rest = again.step(Input::Tick, 0);
        let mut now = 0;
        for (gap, input) in after {
            now += gap;
            rest.append(again.step(input, now));
            let view = again.view();
            if view.phase == P::Work {
                prop_assert!(!done.contains(&u16::try_from(view.block).expect("few blocks")));
                let touches = knowledge().techniques.get(&view.technique).map(|t| t.touches.clone()).unwrap_or_default();
                let side = view.side.expect("under pressure there is a side");
                let pressed: SiteSet = touches.into_iter().flat_map(|region| Site::of(region, side)).collect();
                prop_assert!(pressed.intersection(closed).is_empty());
                prop_assert!(view.felt_target <= blocks[view.block].dose.felt_target);
            }
        }
        for finished in rest.finished() {
            prop_assert!(!done.contains(&finished.block), "written down twice");
        }
        let unwell = so_far.signalled().iter().any(|signal| signal.signal == S::DizzyOrChest);
        prop_assert!(!unwell || !rest.events.iter().any(|event| matches!(event, EventBody::BlockFinished(_))));
    }
}
