//! What holds for any inputs at any times.

use super::states::{every_input, every_signal};
use super::world::{TECHNIQUES, begin, block, knowledge, switched};
use crate::body::{Side, Site, SiteSet};
use crate::event::{BlockEnd, EventBody};
use crate::gate::AdmittedBlock;
use crate::guide::{CueKind, Input, Output, PhaseName as P, Session, StopReason};
use crate::knowledge::{Knowledge, StopSignalId as S};
use crate::unit::Felt;
use proptest::prelude::*;

/// Up to five blocks of any technique, side and length.
pub(super) fn blocks() -> impl Strategy<Value = Vec<AdmittedBlock>> {
    let side = prop::sample::select(vec![Side::Left, Side::Right, Side::Both, Side::Midline]);
    let one = (0..TECHNIQUES.len(), side, 1_u8..=3, 1_u32..=60, 0_u32..=20, any::<bool>(), 0_u32..=5, 0_u32..=20)
        .prop_map(|(technique, side, sets, seconds, rest, switch, lead_in, setup)| {
            let mut one = block(TECHNIQUES[technique].0, side, sets, seconds);
            if switch {
                one = switched(one, side);
            }
            (one.dose.rest_seconds, one.lead_in_seconds, one.setup_seconds) = (rest, lead_in, setup);
            one
        });
    prop::collection::vec(one, 0..5)
}

/// Inputs with the milliseconds since the one before. Plain progress is likelier than endings, so that sessions
/// come far enough to be interesting.
pub(in crate::guide) fn inputs() -> impl Strategy<Value = Vec<(u64, Input)>> {
    let usual = prop::sample::select(vec![
        Input::Tick,
        Input::Ready,
        Input::Resume,
        Input::Pause,
        Input::Stop,
        Input::StopReason(StopReason::Mistake),
        Input::Lighter,
        Input::Felt(Felt::of(8)),
        Input::Signal(S::SharpOrElectric),
        Input::Signal(S::LimbPinsOrColour),
        Input::Signal(S::RisingInHold),
    ]);
    let any_input = prop::sample::select(every_input());
    let gap = prop_oneof![Just(0_u64), 1_u64..3_000, 1_000_u64..45_000];
    prop::collection::vec((gap, prop_oneof![5 => usual, 1 => any_input]), 0..40)
}

/// Inputs that do not say what happened.
fn no_answers() -> impl Strategy<Value = Vec<(u64, Input)>> {
    let inputs = prop::sample::select(vec![
        Input::Tick,
        Input::Ready,
        Input::AddTime,
        Input::Pause,
        Input::Skip,
        Input::Shorten,
        Input::Lighter,
        Input::Felt(Felt::of(6)),
        Input::Stop,
    ]);
    prop::collection::vec((0_u64..6_000, inputs), 0..12)
}

fn play(session: &mut Session, inputs: &[(u64, Input)]) -> Output {
    let mut all = session.step(Input::Tick, 1_000);
    let mut now = 1_000;
    for &(gap, input) in inputs {
        now += gap;
        all.append(session.step(input, now));
    }
    all.append(session.step(Input::Tick, now + 30_000));
    all
}

/// What the signals written down so far have closed, worked out apart from the guide.
pub(in crate::guide) fn closed_by(out: &Output, knowledge: &Knowledge) -> SiteSet {
    let mut closed = SiteSet::EMPTY;
    for signal in out.signalled() {
        let (Some(region), Some(side)) = (signal.region, signal.side) else { continue };
        let limb = |id| knowledge.regions.get(&id).and_then(|r| r.limb);
        for site in Site::all().filter(|site| side.halves().contains(&site.half)) {
            let same_limb = limb(region).is_some() && limb(site.region) == limb(region);
            let ends = match signal.signal {
                S::SharpOrElectric | S::SoreNextDay | S::TooStrong => site.region == region,
                S::LimbPinsOrColour => site.region == region || same_limb,
                S::RisingInHold | S::DizzyOrChest | S::SwellingOrBruise => false,
            };
            if ends {
                closed.insert(site);
            }
        }
    }
    closed
}

/// At least 1,000 cases each; PROPTEST_CASES asks for more.
pub(in crate::guide) fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.max(1_000), failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn after_stop_nothing_presses_without_an_answer(blocks in blocks(), before in inputs(), after in no_answers()) {
        let mut session = begin(blocks);
        let mut now = 0;
        for (gap, input) in before {
            now += gap;
            session.step(input, now);
        }
        let out = session.step(Input::Stop, now);
        let ended = session.is_ended();
        prop_assert!(out.says(CueKind::StopAsked));
        let (given, block, stopped_ms) = (session.pressure_given_ms(), session.view().block, now);
        // The stop may be one that was pressed again: its time runs from the first.
        let deadline = session.next_due().unwrap_or(now);
        prop_assert!(ended || (deadline > stopped_ms && deadline <= stopped_ms + 20_000));
        for (gap, input) in after {
            // Until the time to answer is over, anything; afterwards nobody is there.
            let input = if now + gap < deadline { input } else { Input::Tick };
            now += gap;
            let out = session.step(input, now);
            prop_assert!(ended || now >= deadline || session.view().phase == P::Stopped);
            prop_assert_eq!(session.pressure_given_ms(), given);
            prop_assert!(!out.says(CueKind::Start));
        }
        session.step(Input::Tick, now + 20_000);
        prop_assert_eq!(session.pressure_given_ms(), given);
        prop_assert!(session.is_ended() || (session.view().phase == P::Paused && session.view().block >= block));
    }

    #[test]
    fn a_mistake_undoes_a_stop(blocks in blocks().prop_filter("a block", |blocks| !blocks.is_empty()), before in inputs(), wait in 0_u64..20_000) {
        let mut session = begin(blocks);
        session.step(Input::Tick, 0);
        let mut now = 0;
        for (gap, input) in before {
            let mut next = session.clone();
            next.step(input, now + gap);
            // Leave out what would end or stop it.
            if !next.is_ended() && next.view().phase != P::Stopped {
                (session, now) = (next, now + gap);
            }
        }
        let mut stopped = session.clone();
        stopped.step(Input::Stop, now);
        stopped.step(Input::StopReason(StopReason::Mistake), now + wait);
        prop_assert_eq!(stopped.view(), session.view());
        stopped.rebase();
        session.rebase();
        prop_assert_eq!(stopped, session);
    }

    #[test]
    fn the_time_left_on_the_screen_is_the_time_it_takes(blocks in blocks(), share in 0_u64..100) {
        let mut session = begin(blocks);
        let whole = session.view().session_seconds_left;
        session.step(Input::Tick, 0);
        prop_assert_eq!(session.view().session_seconds_left, whole);
        let at = u64::from(whole) * 10 * share;
        session.step(Input::Tick, at);
        let promised = u64::from(session.view().session_seconds_left);
        let out = session.step(Input::Tick, 1 << 40);
        let ended = out.cue(CueKind::SessionEnded).map_or(0, |cue| cue.at_ms);
        prop_assert_eq!(ended.saturating_sub(at).div_ceil(1000), promised);
        prop_assert_eq!(ended, u64::from(whole) * 1000);
    }

    #[test]
    fn what_a_signal_ended_is_never_pressed_again(blocks in blocks(), inputs in inputs()) {
        let knowledge = knowledge();
        let mut session = begin(blocks);
        let mut all = session.step(Input::Tick, 0);
        let mut now = 0;
        for (gap, input) in inputs {
            now += gap;
            // Look at every phase in between.
            while let Some(due) = session.next_due().filter(|&due| due < now) {
                all.append(session.step(Input::Tick, due));
                check(&session, &all, &knowledge)?;
            }
            all.append(session.step(input, now));
            check(&session, &all, &knowledge)?;
        }
    }

    #[test]
    fn no_more_pressure_than_the_dose(blocks in blocks(), inputs in inputs()) {
        let doses: Vec<_> = blocks.iter().map(|block| block.dose.clone()).collect();
        let mut session = begin(blocks);
        let all = play(&mut session, &inputs);
        let mut written = 0;
        for finished in all.finished() {
            let dose = &doses[usize::from(finished.block)];
            prop_assert!(finished.seconds <= dose.pressure().get());
            let all_given = finished.seconds == dose.pressure().get();
            // A sign while it is asked how strong it was stops a block that had all its seconds.
            let fits = match finished.end {
                BlockEnd::Completed => all_given,
                BlockEnd::Stopped => true,
                BlockEnd::Shortened | BlockEnd::Skipped => !all_given,
            };
            prop_assert!(fits, "{:?} of {:?}", finished, dose);
            written += u64::from(finished.seconds);
        }
        prop_assert!(written * 1000 <= session.pressure_given_ms());
        let ids: Vec<_> = all.finished().iter().map(|f| f.block).collect();
        prop_assert!(ids.is_sorted_by(|a, b| a < b), "each block is written down once, in order: {:?}", ids);
    }

    #[test]
    fn late_ticks_catch_up_to_the_same(blocks in blocks(), inputs in inputs()) {
        let (mut late, mut often) = (begin(blocks.clone()), begin(blocks));
        let (mut late_out, mut often_out) = (late.step(Input::Tick, 0), often.step(Input::Tick, 0));
        let mut now = 0;
        for (gap, input) in inputs {
            for tick in (0..gap).step_by(100) {
                often_out.append(often.step(Input::Tick, now + tick));
            }
            now += gap;
            often_out.append(often.step(input, now));
            late_out.append(late.step(input, now));
        }
        prop_assert_eq!(&late_out, &often_out);
        prop_assert_eq!(&late, &often);
        prop_assert!(late_out.cues.is_sorted_by_key(|cue| cue.at_ms));
    }

    #[test]
    fn waking_up_when_told_misses_nothing(blocks in blocks(), inputs in inputs()) {
        let (mut late, mut woken) = (begin(blocks.clone()), begin(blocks));
        let (mut late_out, mut woken_out) = (late.step(Input::Tick, 0), woken.step(Input::Tick, 0));
        let mut now = 0;
        for (gap, input) in inputs {
            now += gap;
            while let Some(due) = woken.next_due().filter(|&due| due < now) {
                let out = woken.step(Input::Tick, due);
                prop_assert!(out.cues.iter().all(|cue| cue.at_ms == due), "nothing was due earlier");
                woken_out.append(out);
            }
            woken_out.append(woken.step(input, now));
            late_out.append(late.step(input, now));
        }
        prop_assert_eq!(late_out, woken_out);
    }

    #[test]
    fn put_away_and_taken_up_anywhere(blocks in blocks(), inputs in inputs(), at in 0_usize..40) {
        let mut session = begin(blocks);
        let at = at.min(inputs.len());
        play(&mut session, &inputs[..at]);
        let text = serde_json::to_string(&session).expect("a session is JSON");
        let mut again: Session = serde_json::from_str(&text).expect("and back");
        prop_assert_eq!(&again, &session);
        // `play` begins with an early clock: the one going backwards is part of the test.
        prop_assert_eq!(play(&mut again, &inputs[at..]), play(&mut session, &inputs[at..]));
        prop_assert_eq!(again, session);
    }

    #[test]
    fn pauses_do_not_count(blocks in blocks(), pauses in prop::collection::vec((1_u64..30_000, 1_u64..90_000), 1..12)) {
        let mut plain = begin(blocks.clone());
        let mut paused = begin(blocks);
        let (mut plain_now, mut paused_now) = (0, 0);
        plain.step(Input::Tick, 0);
        paused.step(Input::Tick, 0);
        for (run, rest) in pauses {
            plain_now += run;
            paused_now += run;
            plain.step(Input::Tick, plain_now);
            paused.step(Input::Pause, paused_now);
            paused_now += rest;
            paused.step(Input::Resume, paused_now);
            prop_assert_eq!(plain.view(), paused.view());
            prop_assert_eq!(plain.pressure_given_ms(), paused.pressure_given_ms());
        }
    }

    #[test]
    fn every_session_can_be_ended_once(blocks in blocks(), inputs in inputs()) {
        let mut session = begin(blocks);
        let mut all = play(&mut session, &inputs);
        all.append(session.step(Input::End, 1 << 40));
        prop_assert!(session.is_ended());
        let ends = all.events.iter().filter(|event| matches!(event, EventBody::SessionEnded(_))).count();
        prop_assert_eq!(ends, 1);
    }

    #[test]
    fn scripts_of_any_text_are_read_or_refused(text in "\\PC{0,80}", lines in "([0-9:+. ]{0,8} [a-z_]{0,9} [a-z0-9_]{0,9}\n){0,4}") {
        let _ = crate::guide::parse_script(&text);
        let _ = crate::guide::parse_script(&lines);
    }
}

/// Nothing closed is being pressed, and what is pressed is no stronger than it began.
fn check(session: &Session, all: &Output, knowledge: &Knowledge) -> Result<(), TestCaseError> {
    let view = session.view();
    let (Some(side), P::Work) = (view.side, view.phase) else { return Ok(()) };
    let touches = knowledge.techniques.get(&view.technique).map(|t| t.touches.clone()).unwrap_or_default();
    let pressed: SiteSet = touches.into_iter().flat_map(|region| Site::of(region, side)).collect();
    let closed = closed_by(all, knowledge);
    prop_assert!(pressed.intersection(closed).is_empty(), "{:?} is pressed, {:?} is closed", pressed, closed);
    prop_assert!(view.felt_target.get() <= 4 && view.felt_cap.get() <= 6);
    Ok(())
}

#[test]
fn every_signal_is_among_the_inputs() {
    for signal in every_signal() {
        assert!(every_input().contains(&Input::Signal(signal)));
    }
}
