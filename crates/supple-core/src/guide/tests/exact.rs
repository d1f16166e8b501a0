//! Every cue at its millisecond.

use super::world::{begin, begin_for, block, calves_and_back, left_calf, switched};
use crate::body::Side;
use crate::event::BlockEnd;
use crate::guide::CueKind as C;
use crate::guide::Direction::{Back, Out};
use crate::guide::{Input, Output};
use crate::knowledge::Goal;

fn timeline(out: &Output) -> Vec<(u64, C)> {
    out.cues.iter().map(|cue| (cue.at_ms, cue.kind)).collect()
}

/// The cues without the ones that sound all the time.
fn without_ticks(out: &Output) -> Vec<(u64, C)> {
    let ticks = |kind: &C| matches!(kind, C::Pass(_) | C::Breathe | C::Countdown(_) | C::LeadIn(_));
    timeline(out).into_iter().filter(|cue| !ticks(&cue.1)).collect()
}

#[test]
fn two_blocks_from_start_to_end() {
    let left = block("calf_roller", Side::Left, 2, 30);
    let mut session = begin(vec![left.clone(), switched(left, Side::Right)]);
    let out = session.run_to(400);
    let expected = [
        (0, C::NewPosition),
        (0, C::SetUp),
        (25_000, C::Start),
        (25_000 + 7_500, C::SmallMovement),
        (40_000, C::HalfWay),
        (40_000, C::NextSpot),
        (55_000, C::Rest),
        (55_000, C::AskFelt),
        (75_000, C::Start),
        (82_500, C::SmallMovement),
        (90_000, C::HalfWay),
        (90_000, C::NextSpot),
        (105_000, C::Rest),
        (105_000, C::AskFelt),
        (105_000, C::NextUp),
        (110_000, C::SwitchSides), // 10 s to switch, 5 of them while it was asked how strong it was
        (120_000, C::Start),
        (127_500, C::SmallMovement),
        (135_000, C::HalfWay),
        (135_000, C::NextSpot),
        (150_000, C::Rest),
        (150_000, C::AskFelt),
        (170_000, C::Start),
        (177_500, C::SmallMovement),
        (185_000, C::HalfWay),
        (185_000, C::NextSpot),
        (200_000, C::Rest),
        (200_000, C::AskFelt),
        (200_000, C::NextUp),
        (205_000, C::SessionEnded),
    ];
    assert_eq!(without_ticks(&out), expected);
    let finished: Vec<_> = out.finished().iter().map(|f| (f.block, f.side, f.seconds, f.end)).collect();
    assert_eq!(finished, [(0, Side::Left, 60, BlockEnd::Completed), (1, Side::Right, 60, BlockEnd::Completed)]);
    assert_eq!(out.ended(), Some(true));
}

#[test]
fn a_set_of_strokes_with_all_its_cues() {
    let mut session = left_calf();
    session.run_to(19);
    let out = session.at(54, Input::Tick);
    let expected = [
        (20_000, C::LeadIn(5)),
        (21_000, C::LeadIn(4)),
        (22_000, C::LeadIn(3)),
        (23_000, C::LeadIn(2)),
        (24_000, C::LeadIn(1)),
        (25_000, C::Start),
        (25_000, C::Pass(Out)),
        (28_000, C::Pass(Back)),
        (31_000, C::Pass(Out)),
        (32_500, C::SmallMovement),
        (34_000, C::Pass(Back)),
        (37_000, C::Pass(Out)),
        (37_000, C::Breathe),
        (40_000, C::HalfWay),
        (40_000, C::NextSpot),
        (40_000, C::Pass(Back)),
        (43_000, C::Pass(Out)),
        (46_000, C::Pass(Back)),
        (49_000, C::Pass(Out)),
        (49_000, C::Breathe),
        (50_000, C::Countdown(5)),
        (51_000, C::Countdown(4)),
        (52_000, C::Pass(Back)),
        (52_000, C::Countdown(3)),
        (53_000, C::Countdown(2)),
        (54_000, C::Countdown(1)),
    ];
    assert_eq!(timeline(&out), expected);
}

#[test]
fn winding_down_breathes_out_with_every_pass_out() {
    let mut session = begin_for(Goal::WindDown, vec![block("calf_roller", Side::Left, 1, 30)]);
    let out = session.run_to(54);
    let breaths: Vec<u64> = out.cues.iter().filter(|c| c.kind == C::Breathe).map(|c| c.at_ms).collect();
    let outs: Vec<u64> = out.cues.iter().filter(|c| c.kind == C::Pass(Out)).map(|c| c.at_ms).collect();
    assert_eq!(breaths, outs);
    assert_eq!(outs, [25_000, 31_000, 37_000, 43_000, 49_000]);
}

#[test]
fn strokes_finish_their_pass_before_the_next_stretch() {
    let mut session = begin(vec![block("calf_roller", Side::Left, 1, 45)]);
    let out = session.run_to(70);
    assert_eq!(out.cue(C::NextSpot).map(|c| c.at_ms), Some(25_000 + 24_000), "half of 45 s is 22.5 s, in mid-pass");
}

#[test]
fn holds_share_a_set_equally_and_never_pass_the_longest_hold() {
    let spots_at = |technique: &str, seconds: u32| {
        let mut session = begin(vec![block(technique, Side::Midline, 1, seconds)]);
        let out = session.run_to(25 + u64::from(seconds) - 1);
        out.cues.iter().filter(|c| c.kind == C::NextSpot).map(|c| c.at_ms - 25_000).collect::<Vec<_>>()
    };
    assert_eq!(spots_at("soleus_ball", 30), [15_000]);
    assert_eq!(spots_at("soleus_ball", 45), [22_500]);
    assert_eq!(spots_at("back_peanut", 60), [30_000]);
    assert_eq!(spots_at("back_peanut", 90), [30_000, 60_000], "three spots: a hold of 45 s would be too long");
}

#[test]
fn pinned_movement_counts_repetitions_on_each_spot() {
    let mut session = begin(vec![block("calf_pin", Side::Left, 1, 40)]);
    let out = session.run_to(64);
    let reps: Vec<_> =
        timeline(&out).into_iter().filter(|c| matches!(c.1, C::Rep { .. })).map(|c| (c.0 - 25_000, c.1)).collect();
    let expected =
        [(0, C::Rep { n: 1 }), (8_000, C::Rep { n: 2 }), (20_000, C::Rep { n: 1 }), (28_000, C::Rep { n: 2 })];
    assert_eq!(reps, expected, "a third would not fit into the 20 s of a spot");
    assert_eq!(out.cue(C::Rep { n: 1 }).map(|c| c.text.as_str()), Some("Pull the toes up, then point them."));
}

#[test]
fn small_movements_rotate_from_set_to_set() {
    let out = left_calf().run_to(300);
    let texts: Vec<_> = out.cues.iter().filter(|c| c.kind == C::SmallMovement).map(|c| c.text.as_str()).collect();
    assert_eq!(texts, ["Short strokes.", "Turn the foot."]);
}

#[test]
fn cues_stand_on_the_clock_of_the_shell() {
    let mut session = left_calf();
    let origin = 7_000_000_000;
    let first = session.step(Input::Tick, origin);
    assert_eq!(first.cues.first().map(|c| c.at_ms), Some(origin));
    let out = session.step(Input::Tick, origin + 60_000);
    assert_eq!(out.cue(C::Start).map(|c| c.at_ms), Some(origin + 25_000));
}

#[test]
fn a_clock_that_goes_backwards_counts_as_no_time() {
    let mut session = left_calf();
    session.run_to(30);
    let given = session.pressure_given_ms();
    session.at(10, Input::Tick);
    assert_eq!(session.pressure_given_ms(), given);
    session.at(12, Input::Tick);
    assert_eq!(session.pressure_given_ms(), given + 2_000, "it runs on from there");
}

#[test]
fn a_session_taken_up_again_goes_on_at_the_same_second() {
    let mut session = left_calf();
    session.run_to(30);
    let given = session.pressure_given_ms();
    session.rebase();
    session.at(90_000, Input::Tick);
    assert_eq!(session.pressure_given_ms(), given);
    session.at(90_001, Input::Tick);
    assert_eq!(session.pressure_given_ms(), given + 1_000);
}

#[test]
fn a_skipped_block_leaves_its_set_up_to_the_next() {
    let mut session = calves_and_back();
    session.run_to(5);
    let out = session.at(5, Input::Skip);
    assert!(out.finished().is_empty(), "a block that never began is not written down");
    assert_eq!(out.kinds(), [C::Skipped, C::NewPosition, C::SetUp], "not \"switch sides\": the left was never done");
    assert_eq!(session.view().seconds_left, 20);
}

#[test]
fn a_session_without_blocks_ends_at_once() {
    let out = begin(vec![]).at(0, Input::Ready);
    assert_eq!(out.kinds(), [C::SessionEnded, C::NotNow]);
}

#[test]
fn an_unknown_technique_is_guided_by_its_numbers() {
    let out = begin(vec![block("no_such_technique", Side::Left, 1, 30)]).run_to(200);
    assert_eq!(out.finished().first().map(|f| f.seconds), Some(30));
    assert_eq!(out.ended(), Some(true));
}
