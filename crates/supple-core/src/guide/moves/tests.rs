//! A run of moves against a small made-up world: a stretch for each calf, a bridge, an arm in front.

use super::super::tests::properties::{config, inputs};
use super::super::tests::states::every_input;
use super::super::tests::world;
use super::super::{CueKind, Direction, Input, Output, PhaseName as P, StopReason};
use super::MoveRun;
use crate::body::{RegionId, Side, Site, SiteSet};
use crate::event::{BlockEnd, EventBody, MoveFinished};
use crate::gate::{AdmittedMove, AdmittedMoves};
use crate::knowledge::{
    Amount, Grade, Knowledge, Move, MoveKind, Place, Read, Reps, Sides, StopSignalId as S, Tempo,
};
use crate::move_dose::MoveDose;
use crate::unit::Felt;
use proptest::prelude::*;

const TEMPO: Tempo = Tempo { out_seconds: 2, hold_seconds: 1, back_seconds: 2 };

fn known(name: &str, regions: &[RegionId], touches: &[RegionId], reps: bool) -> Move {
    Move {
        name: name.into(),
        kind: if reps { MoveKind::Strengthen } else { MoveKind::Stretch },
        regions: regions.to_vec(),
        touches: touches.to_vec(),
        other_side: Some(Vec::new()),
        muscles: String::new(),
        sides: Sides::OneAtATime,
        place: Place::Wall,
        postures: Vec::new(),
        equipment: Vec::new(),
        demands: Vec::new(),
        position: "stand at a wall".into(),
        steps: vec!["one foot back".into(), "lean".into()],
        amount: Amount {
            sets: 2,
            hold_seconds: (!reps).then_some(30),
            reps: reps.then_some(Reps { low: 6, high: 8 }),
            tempo: reps.then_some(TEMPO),
            rest_seconds: 15,
            effort_max: 6,
        },
        feel: String::new(),
        easier: "lean less".into(),
        easier_move: None,
        harder: String::new(),
        harder_move: None,
        mistakes: Vec::new(),
        caution: None,
        zones: Vec::new(),
        picture: None,
        grade: Grade::VeryLow,
        sources: Vec::new(),
        read: Read::OurJudgement,
        note: None,
    }
}

fn knowledge() -> Knowledge {
    use RegionId::{Calf, RectusFemoris, Soleus, ThoracicErectors, Triceps};
    let mut all = world::knowledge();
    all.moves = [
        ("calf_stretch".to_owned(), known("Calf stretch", &[Calf], &[Calf, Soleus], false)),
        ("soleus_stretch".to_owned(), known("Deep calf stretch", &[Soleus], &[Soleus], false)),
        ("bridge".to_owned(), known("Bridge", &[RectusFemoris, ThoracicErectors], &[], true)),
        ("small_bridge".to_owned(), known("Small bridge", &[RectusFemoris], &[], true)),
        ("arm".to_owned(), known("Arm", &[Triceps], &[Triceps], true)),
    ]
    .into();
    all
}

const IDS: [&str; 5] = ["calf_stretch", "soleus_stretch", "bridge", "small_bridge", "arm"];

fn dose(id: &str, side: Side) -> MoveDose {
    MoveDose::as_written(id, &knowledge().moves[id], side)
}

fn one(id: &str, side: Side) -> AdmittedMove {
    AdmittedMove::for_tests(dose(id, side), (true, false), false, None)
}

fn switched(id: &str, side: Side) -> AdmittedMove {
    AdmittedMove::for_tests(dose(id, side), (false, true), false, None)
}

fn begin(moves: Vec<AdmittedMove>) -> MoveRun {
    MoveRun::start("m1".into(), &AdmittedMoves::for_tests(moves), &knowledge(), false).0
}

/// Both calves, then a bridge on the left.
fn calves_and_bridge() -> MoveRun {
    begin(vec![one("calf_stretch", Side::Left), switched("calf_stretch", Side::Right), one("bridge", Side::Left)])
}

impl MoveRun {
    fn run_to(&mut self, second: u64) -> Output {
        let mut out = self.step(Input::Tick, 0);
        out.append(self.step(Input::Tick, second * 1000));
        out
    }

    fn at_s(&mut self, second: u64, input: Input) -> Output {
        self.step(input, second * 1000)
    }
}

fn done(out: &Output) -> Vec<&MoveFinished> {
    out.events
        .iter()
        .filter_map(|event| match event {
            EventBody::MoveFinished(finished) => Some(finished),
            _ => None,
        })
        .collect()
}

fn completed(out: &Output) -> Option<bool> {
    out.events.iter().find_map(|event| match event {
        EventBody::MovesEnded(ended) => Some(ended.completed),
        _ => None,
    })
}

fn times(out: &Output, kind: fn(&CueKind) -> bool) -> Vec<u64> {
    out.cues.iter().filter(|cue| kind(&cue.kind)).map(|cue| cue.at_ms / 1000).collect()
}

#[test]
fn a_hold_is_counted_down_breathed_through_and_done_twice() {
    // Set-up to 15, count-in to 20, holds 20-50 and 65-95, a question to 100.
    let mut run = begin(vec![one("calf_stretch", Side::Left)]);
    let out = run.run_to(101);
    assert_eq!(times(&out, |k| matches!(k, CueKind::Start)), [20, 65]);
    assert_eq!(times(&out, |k| matches!(k, CueKind::HalfWay)), [35, 80]);
    assert_eq!(times(&out, |k| matches!(k, CueKind::Breathe)), [30, 40, 75, 85]);
    assert_eq!(times(&out, |k| matches!(k, CueKind::Countdown(_))), [47, 48, 49, 92, 93, 94]);
    assert_eq!(times(&out, |k| matches!(k, CueKind::LeadIn(_))), [15, 16, 17, 18, 19, 60, 61, 62, 63, 64]);
    assert_eq!(times(&out, |k| matches!(k, CueKind::Rest)), [50, 95]);
    let first = &out.cues[0];
    assert_eq!(first.kind, CueKind::NewPosition);
    assert_eq!(first.text, "First: Calf stretch, left side. Stand at a wall. One foot back. Lean.");
    let done = done(&out);
    assert_eq!(done.len(), 1);
    let expected = MoveFinished {
        session: "m1".into(),
        number: 0,
        id: "calf_stretch".into(),
        side: Side::Left,
        sets: 2,
        reps: None,
        seconds: 60,
        end: BlockEnd::Completed,
        easier: false,
        effort: None,
    };
    assert_eq!(done[0], &expected);
    assert_eq!(completed(&out), Some(true));
    assert!(run.is_ended());
}

#[test]
fn repetitions_are_counted_at_their_tempo() {
    // Eight repetitions of 5 s: 20-60 and 75-115.
    let mut run = begin(vec![one("bridge", Side::Left)]);
    let mut out = run.run_to(40);
    let view = run.view();
    assert_eq!((view.phase, view.rep, view.reps, view.set, view.sets), (P::Work, Some(5), Some(8), 1, 2));
    out.append(run.at_s(121, Input::Tick));
    assert_eq!(
        times(&out, |k| matches!(k, CueKind::Rep { .. })),
        [20, 25, 30, 35, 40, 45, 50, 55, 75, 80, 85, 90, 95, 100, 105, 110]
    );
    assert_eq!(times(&out, |k| matches!(k, CueKind::Pass(Direction::Back)))[..3], [23, 28, 33]);
    let done = done(&out);
    assert_eq!((done[0].sets, done[0].reps, done[0].seconds), (2, Some(16), 80));
}

#[test]
fn the_other_side_follows_with_a_switch() {
    let mut run = calves_and_bridge();
    let out = run.run_to(101);
    let switch = out.cue(CueKind::SwitchSides).expect("a switch");
    assert_eq!((switch.at_ms, switch.text.as_str()), (100_000, "Switch sides. Now your right side."));
    assert_eq!(run.view().side, Some(Side::Right));
}

#[test]
fn a_position_can_wait_until_the_person_is_ready() {
    let admitted = AdmittedMoves::for_tests(vec![one("calf_stretch", Side::Left)]);
    let (mut run, _) = MoveRun::start("m1".into(), &admitted, &knowledge(), true);
    run.run_to(600);
    assert_eq!((run.view().phase, run.view().waits_for_ready), (P::SetUp, true));
    assert_eq!(run.next_due(), None);
    run.at_s(601, Input::Ready);
    assert_eq!(run.view().phase, P::LeadIn);
}

#[test]
fn a_pause_and_a_mistake_come_back_to_the_same_second() {
    let mut run = begin(vec![one("calf_stretch", Side::Left)]);
    run.run_to(30);
    run.at_s(30, Input::Pause);
    assert_eq!(run.next_due(), None);
    run.at_s(300, Input::Stop);
    run.at_s(310, Input::StopReason(StopReason::Mistake));
    assert_eq!(run.view().phase, P::Paused);
    run.at_s(320, Input::Resume);
    assert_eq!((run.view().phase, run.view().seconds_left, run.worked_ms()), (P::Work, 20, 10_000));
}

#[test]
fn skip_writes_down_what_was_done_and_a_move_that_never_began_is_not_written_down() {
    let mut run = calves_and_bridge();
    run.run_to(30);
    let out = run.at_s(30, Input::Skip);
    let finished = done(&out);
    assert_eq!((finished[0].end, finished[0].sets, finished[0].seconds), (BlockEnd::Skipped, 0, 10));
    let out = run.at_s(31, Input::Skip);
    assert!(done(&out).is_empty());
    assert_eq!(run.view().id, "bridge");
    let out = run.at_s(32, Input::End);
    assert_eq!(completed(&out), Some(false));
}

#[test]
fn shorter_ends_after_this_set_and_finishes_a_repetition_under_way() {
    let mut run = begin(vec![one("bridge", Side::Left)]);
    run.run_to(32);
    run.at_s(32, Input::Shorten);
    run.at_s(33, Input::Shorten);
    let out = run.at_s(41, Input::Tick);
    let finished = done(&out);
    assert_eq!((finished[0].end, finished[0].reps, finished[0].seconds), (BlockEnd::Shortened, Some(3), 15));
}

#[test]
fn easier_says_how_and_asked_again_the_easier_move_takes_its_place() {
    let easier = AdmittedMove::for_tests(dose("small_bridge", Side::Left), (true, false), false, None);
    let bridge = AdmittedMove::for_tests(dose("bridge", Side::Left), (true, false), false, Some(easier));
    let mut run = begin(vec![bridge, one("calf_stretch", Side::Left)]);
    run.run_to(80);
    let out = run.at_s(80, Input::Lighter);
    let said = &out.cue(CueKind::Lighter).expect("an answer").text;
    assert_eq!(said, "Easier. Lean less. If that is not enough, press easier again for: Small bridge.");
    let out = run.at_s(81, Input::Lighter);
    let finished = done(&out);
    assert_eq!((finished[0].id.as_str(), finished[0].sets, finished[0].easier), ("bridge", 1, true));
    assert_eq!((run.view().id.as_str(), run.view().sets, run.view().number), ("small_bridge", 1, 0));
    let out = run.at_s(146, Input::Tick);
    let finished = done(&out);
    assert_eq!((finished[0].id.as_str(), finished[0].number, finished[0].sets), ("small_bridge", 0, 1));
    assert_eq!(run.view().id, "calf_stretch");
}

#[test]
fn the_easier_move_takes_its_place_in_a_pause_too_and_says_so() {
    let easier = AdmittedMove::for_tests(dose("small_bridge", Side::Left), (true, false), false, None);
    let mut run =
        begin(vec![AdmittedMove::for_tests(dose("bridge", Side::Left), (true, false), false, Some(easier))]);
    run.run_to(80);
    run.at_s(80, Input::Pause);
    run.at_s(81, Input::Lighter);
    let out = run.at_s(82, Input::Lighter);
    assert_eq!(out.cue(CueKind::Lighter).expect("an answer").text, "When you go on: Small bridge, left side.");
    assert_eq!((run.view().phase, run.view().id.as_str()), (P::Paused, "small_bridge"));
    let out = run.at_s(200, Input::Resume);
    assert!(out.says(CueKind::Resumed) && out.says(CueKind::NewPosition));
}

#[test]
fn too_hard_is_made_easier_and_what_is_said_of_effort_is_written_down() {
    let mut run = begin(vec![one("bridge", Side::Left)]);
    run.run_to(30);
    assert!(run.at_s(30, Input::Felt(Felt::of(6))).says(CueKind::Noted));
    assert!(run.at_s(31, Input::Felt(Felt::of(7))).says(CueKind::Lighter));
    let out = run.at_s(121, Input::Tick);
    let finished = done(&out);
    assert_eq!((finished[0].effort, finished[0].easier, finished[0].end), (Some(7), true, BlockEnd::Completed));
}

#[test]
fn too_strong_lets_go_and_a_second_time_ends_the_area() {
    let mut run = calves_and_bridge();
    run.run_to(30);
    let out = run.at_s(30, Input::Signal(S::TooStrong));
    assert!(out.says(CueKind::OffNow) && out.events.is_empty());
    assert_eq!(run.view().phase, P::Off);
    run.at_s(60, Input::Tick);
    assert_eq!(run.worked_ms(), 10_000);
    run.at_s(61, Input::Ready);
    run.at_s(63, Input::Tick);
    let out = run.at_s(63, Input::Signal(S::TooStrong));
    assert_eq!(out.signalled()[0].region, Some(RegionId::Calf));
    assert_eq!(done(&out)[0].end, BlockEnd::Stopped);
    assert_eq!(run.view().side, Some(Side::Right), "the other calf goes on");
}

#[test]
fn pain_ends_the_area_and_whatever_touches_it() {
    let mut run = begin(vec![
        one("soleus_stretch", Side::Left),
        one("calf_stretch", Side::Left),
        one("calf_stretch", Side::Right),
    ]);
    run.run_to(30);
    let out = run.at_s(30, Input::Signal(S::SharpOrElectric));
    assert_eq!((out.signalled()[0].region, out.signalled()[0].side), (Some(RegionId::Soleus), Some(Side::Left)));
    assert_eq!(run.view().side, Some(Side::Right), "the left calf stretch touches the deep calf");
}

#[test]
fn every_region_of_a_move_that_hurt_is_written_down() {
    let mut run = begin(vec![one("bridge", Side::Left)]);
    run.run_to(30);
    let out = run.at_s(30, Input::Signal(S::SharpOrElectric));
    let regions: Vec<_> = out.signalled().iter().map(|signal| signal.region).collect();
    assert_eq!(regions, [Some(RegionId::RectusFemoris), Some(RegionId::ThoracicErectors)]);
    assert_eq!(completed(&out), Some(false));
}

#[test]
fn pins_and_needles_rest_the_leg_and_an_arm_goes_on() {
    let mut run =
        begin(vec![one("calf_stretch", Side::Left), one("small_bridge", Side::Left), one("arm", Side::Left)]);
    run.run_to(30);
    assert!(run.at_s(30, Input::Signal(S::LimbPinsOrColour)).says(CueKind::LimbEnded));
    assert_eq!(run.view().id, "arm");
}

#[test]
fn dizzy_and_it_is_over() {
    let mut run = calves_and_bridge();
    run.run_to(30);
    let out = run.at_s(30, Input::Signal(S::DizzyOrChest));
    assert_eq!((out.signalled()[0].region, completed(&out)), (None, Some(false)));
    assert!(run.is_ended());
}

#[test]
fn no_answer_counts_as_sharp_pain_and_nothing_goes_on_by_itself() {
    let mut run = calves_and_bridge();
    run.run_to(30);
    run.at_s(30, Input::Stop);
    let out = run.at_s(50, Input::Tick);
    assert_eq!(out.signalled()[0].signal, S::SharpOrElectric);
    assert_eq!(run.view().phase, P::Paused);
    run.at_s(5_000, Input::Tick);
    assert_eq!(run.worked_ms(), 10_000);
}

#[test]
fn stop_works_in_every_state_and_its_answers_do_too() {
    for second in [0, 5, 17, 30, 55, 97, 112, 2_000] {
        let mut run = calves_and_bridge();
        run.run_to(second);
        let ended = run.is_ended();
        assert!(run.at_s(second, Input::Stop).says(CueKind::StopAsked), "{second}");
        assert_eq!(run.view().phase, if ended { P::Ended } else { P::Stopped }, "{second}");
        run.at_s(second + 1, Input::StopReason(StopReason::JustFinished));
        assert!(run.is_ended(), "{second}");
    }
}

#[test]
fn with_support_says_so_before_it_begins() {
    let arm = AdmittedMove::for_tests(dose("arm", Side::Left), (true, false), true, None);
    let mut run = begin(vec![arm]);
    let out = run.run_to(21);
    for kind in [CueKind::NewPosition, CueKind::Start] {
        assert!(out.cue(kind).expect("a cue").text.contains("Keep a hand on something firm"), "{kind:?}");
    }
    assert!(run.view().support.is_some());
}

#[test]
fn a_stop_button_is_first_on_every_screen() {
    let mut run = calves_and_bridge();
    for second in 0..400 {
        run.at_s(second, Input::Tick);
        assert_eq!(run.view().inputs.first(), Some(&super::super::InputName::Stop));
    }
}

/// Up to five moves of any kind, side and amount, some with an easier one.
fn moves() -> impl Strategy<Value = Vec<AdmittedMove>> {
    let side = prop::sample::select(vec![Side::Left, Side::Right, Side::Both, Side::Midline]);
    let one = (0..IDS.len(), side, 1_u8..=4, 1_u32..=60, 1_u8..=15, 0_u32..=30, any::<(bool, bool, bool)>())
        .prop_map(|(id, side, sets, hold, reps, rest, (switch, support, easier))| {
            let mut dose = dose(IDS[id], side);
            (dose.sets, dose.rest_seconds) = (sets, rest);
            dose.hold_seconds = dose.hold_seconds.map(|_| hold);
            dose.reps = dose.reps.map(|_| reps);
            let easier = (easier && IDS[id] != "small_bridge").then(|| self::one("small_bridge", side));
            AdmittedMove::for_tests(dose, (!switch, switch), support, easier)
        });
    prop::collection::vec(one, 0..5)
}

fn play(run: &mut MoveRun, inputs: &[(u64, Input)]) -> Output {
    let mut all = run.step(Input::Tick, 1_000);
    let mut now = 1_000;
    for &(gap, input) in inputs {
        now += gap;
        all.append(run.step(input, now));
    }
    all.append(run.step(Input::Tick, now + 30_000));
    all
}

fn most_ms(moves: &[AdmittedMove], number: u16) -> u64 {
    let world = knowledge();
    moves.get(usize::from(number)).map_or(0, |one| u64::from(one.dose().work(&world).get()) * 1000)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_input_ever_makes_more_of_a_move(moves in moves(), inputs in inputs()) {
        let mut run = begin(moves.clone());
        let out = play(&mut run, &inputs);
        for finished in done(&out) {
            let admitted = &moves[usize::from(finished.number)];
            let meant = if finished.id == admitted.dose().id { Some(admitted) } else { admitted.easier() };
            let dose = meant.expect("only what was admitted is done").dose();
            prop_assert_eq!(&finished.id, &dose.id);
            prop_assert!(finished.sets <= dose.sets);
            prop_assert!(u64::from(finished.seconds) <= u64::from(dose.work(&knowledge()).get()));
            let most = dose.reps.map(|reps| u16::from(reps) * u16::from(dose.sets));
            prop_assert!(finished.reps <= most);
            let whole = finished.sets == dose.sets;
            prop_assert!(whole || finished.end != BlockEnd::Completed);
        }
        let all: u64 = (0..5).map(|number| most_ms(&moves, number)).sum();
        let easier: u64 = moves.iter().filter_map(AdmittedMove::easier)
            .map(|one| u64::from(one.dose().work(&knowledge()).get()) * 1000).sum();
        prop_assert!(run.worked_ms() <= all + easier);
    }

    #[test]
    fn after_stop_nothing_is_done_without_an_answer(moves in moves(), before in inputs(), after in prop::collection::vec(0_u64..6_000, 0..8)) {
        let mut run = begin(moves);
        let mut now = 0;
        for (gap, input) in before {
            now += gap;
            run.step(input, now);
        }
        let out = run.step(Input::Stop, now);
        prop_assert!(out.says(CueKind::StopAsked));
        let (worked, ended) = (run.worked_ms(), run.is_ended());
        for gap in after {
            now += gap;
            let out = run.step(Input::Tick, now);
            prop_assert_eq!(run.worked_ms(), worked);
            prop_assert!(!out.says(CueKind::Start));
        }
        run.step(Input::Tick, now + 20_000);
        prop_assert_eq!(run.worked_ms(), worked);
        prop_assert!(ended || run.is_ended() || run.view().phase == P::Paused);
    }

    #[test]
    fn what_a_signal_ended_is_never_touched_again(moves in moves(), inputs in inputs()) {
        let mut run = begin(moves.clone());
        let mut closed = SiteSet::EMPTY;
        let mut now = 0;
        for (gap, input) in inputs {
            now += gap;
            // Time first, by itself: what ended before the input came was not ended by it.
            let waited = run.step(Input::Tick, now);
            let out = run.step(input, now);
            for signal in waited.signalled().into_iter().chain(out.signalled()) {
                if let (Some(region), Some(side), S::SharpOrElectric | S::SoreNextDay | S::LimbPinsOrColour | S::TooStrong) =
                    (signal.region, signal.side, signal.signal)
                {
                    closed = Site::of(region, side).fold(closed, |mut all, site| { all.insert(site); all });
                }
            }
            if !run.is_ended() && matches!(run.view().phase, P::LeadIn | P::Work | P::SetUp) {
                let view = run.view();
                let known = &knowledge().moves[&view.id];
                let touches: SiteSet = known.sites(view.side.expect("a side")).collect();
                prop_assert!(touches.intersection(closed).is_empty(), "{} {:?}", view.id, view.side);
            }
        }
    }

    #[test]
    fn the_same_happens_however_many_ticks_lie_between(moves in moves(), inputs in inputs(), every in 1_u64..2_000) {
        let seldom = play(&mut begin(moves.clone()), &inputs);
        let mut often = Vec::new();
        for (gap, input) in inputs {
            let mut left = gap;
            while left > every {
                often.push((every, Input::Tick));
                left -= every;
            }
            often.push((left, input));
        }
        let often = play(&mut begin(moves), &often);
        prop_assert_eq!(seldom, often);
    }

    #[test]
    fn a_run_that_is_written_down_goes_on_as_if_it_had_not_been(moves in moves(), inputs in inputs(), more in inputs()) {
        let mut run = begin(moves);
        play(&mut run, &inputs);
        let mut other: MoveRun = serde_json::from_str(&serde_json::to_string(&run).unwrap()).unwrap();
        prop_assert_eq!(&run, &other);
        let mut now = 10_000_000;
        for (gap, input) in more {
            now += gap;
            prop_assert_eq!(run.step(input, now), other.step(input, now));
        }
    }

    #[test]
    fn every_input_is_answered_in_every_state(moves in moves(), before in inputs(), input in prop::sample::select(every_input())) {
        let mut run = begin(moves);
        play(&mut run, &before);
        // All that was due is said; the next word is the answer.
        run.rebase();
        run.step(Input::Tick, 0);
        let (phase, out) = (run.view().phase, run.step(input, 0));
        prop_assert!(input == Input::Tick || !out.cues.is_empty(), "{input:?} in {phase:?}");
        prop_assert!(out.events.len() <= 12);
    }
}
