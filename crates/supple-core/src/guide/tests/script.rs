//! Scripts and the virtual clock.

use super::world::{begin, block, left_calf};
use crate::body::Side;
use crate::guide::{
    CueKind as C, FeltWord, Happened, Input, Played, ScriptProblem, StopReason, parse_script, simulate,
};
use crate::knowledge::StopSignalId as S;
use crate::unit::Felt;

fn cue_times(played: &[Played], kind: C) -> Vec<u64> {
    let cue = |p: &Played| matches!(&p.what, Happened::Cue(cue) if cue.kind == kind);
    played.iter().filter(|p| cue(p)).map(|p| p.at_ms).collect()
}

#[test]
fn a_script_is_read_line_by_line() {
    let script = "
        0 ready           # at once
        +95 felt 5
        1:40.5 felt too_much
        +1:00 resume

        200 lighter
        12:30 stop
        +2 reason mistake
        +0.25 signal sharp_or_electric
        1000 reason limb_pins_or_colour";
    let expected = vec![
        (0, Input::Ready),
        (95_000, Input::Felt(Felt::of(5))),
        (100_500, Input::FeltWord(FeltWord::TooMuch)),
        (160_500, Input::Resume),
        (200_000, Input::Lighter),
        (750_000, Input::Stop),
        (752_000, Input::StopReason(StopReason::Mistake)),
        (752_250, Input::Signal(S::SharpOrElectric)),
        (1_000_000, Input::StopReason(StopReason::Signal(S::LimbPinsOrColour))),
    ];
    assert_eq!(parse_script(script), Ok(expected));
}

#[test]
fn a_wrong_line_says_what_is_wrong_and_what_is_allowed() {
    let message = |text: &str| parse_script(text).expect_err(text).to_string();
    assert!(message("0 ready\n5 jump").starts_with("line 2: \"jump\" is not an input; use tick, ready"));
    assert!(message("5 felt 11").contains("from 0 to 10"));
    assert!(message("5 felt").contains("could_be_more"));
    assert!(message("5").contains("\"\" is not an input"));
    assert!(message("5 signal ouch").contains("sharp_or_electric"));
    assert!(message("5 reason because").contains("just_finished"));
    assert!(message("10 ready\n5 stop").contains("before the line above"));
    assert!(message("5 stop now").contains("take \"now\" away"));
    for time in ["-1", "+-1", "1:60", "1:2:3", "1.2345", "1.", "x", "+", ":5", "99999999999999999999", "90000"] {
        let error = parse_script(&format!("{time} stop")).expect_err(time);
        assert!(matches!(error.problem, ScriptProblem::Time(_)), "{time}: {error}");
    }
}

#[test]
fn a_simulation_plays_to_the_end() {
    let mut session = left_calf();
    let played = simulate(&mut session, &[]);
    assert!(session.is_ended());
    assert_eq!(cue_times(&played, C::Start), [25_000, 75_000]);
    assert_eq!(cue_times(&played, C::SessionEnded), [110_000]);
    let events = played.iter().filter(|p| matches!(p.what, Happened::Event(_))).map(|p| p.at_ms);
    assert_eq!(events.collect::<Vec<_>>(), [110_000, 110_000]);
    assert!(played.is_sorted_by_key(|p| p.at_ms));
}

#[test]
fn a_simulation_takes_inputs_at_their_time() {
    let mut session = begin(vec![block("calf_roller", Side::Left, 1, 30)]);
    let script = parse_script("2 ready\n10 pause\n70 resume\n+1 tick\n").expect("a script");
    let played = simulate(&mut session, &script);
    assert_eq!(cue_times(&played, C::Start), [7_000]);
    assert_eq!(cue_times(&played, C::Resumed), [70_000]);
    assert_eq!(cue_times(&played, C::SessionEnded), [102_000]);
}

#[test]
fn a_simulation_that_stands_still_comes_to_an_end() {
    let mut session = left_calf();
    let script = parse_script("30 felt 8").expect("a script");
    let played = simulate(&mut session, &script);
    assert!(!session.is_ended());
    assert_eq!(cue_times(&played, C::OffNow), [30_000]);
}
