//! A log of version 1 is read, written again and folded as it always was.

use crate::engine::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use supple_core::event::upcast::{self, Entry};
use supple_core::event::{Event, EventBody};
use supple_core::state::fold;

fn golden(name: &str) -> PathBuf {
    root().join("crates/supple-core/tests/it/golden").join(name)
}

fn lines() -> Vec<String> {
    fs::read_to_string(golden("v1.jsonl")).expect("the golden log").lines().map(str::to_owned).collect()
}

fn events() -> Vec<Event> {
    let event = |line: &String| match upcast::read(line) {
        Entry::Read(event) => *event,
        Entry::Unreadable(unreadable) => panic!("{}\n{line}", unreadable.why),
    };
    lines().iter().map(event).collect()
}

#[test]
fn a_log_of_version_1_is_written_again_byte_for_byte() {
    for line in lines() {
        assert_eq!(upcast::read(&line).to_line(), line);
    }
}

#[test]
fn a_log_of_version_1_folds_as_it_always_did() {
    let entries: Vec<Entry> = lines().iter().map(|line| upcast::read(line)).collect();
    let state = fold(&entries);
    let backwards: Vec<Entry> = entries.into_iter().rev().collect();
    assert_eq!(state, fold(&backwards), "the order of arrival makes no difference");
    let folded = format!("{state:#?}\n");
    let expected = golden("v1.expected.txt");
    if std::env::var_os("ACCEPT_GOLDEN").is_some() {
        fs::write(&expected, &folded).unwrap();
    }
    let expected = fs::read_to_string(&expected).unwrap_or_default();
    assert!(
        folded == expected,
        "the golden log of version 1 folds differently. Released events never change their meaning; if the state \
         only knows more than before, run `ACCEPT_GOLDEN=1 cargo test -p supple-wasm golden` and read the difference \
         with git.\n{folded}"
    );
}

#[test]
fn the_golden_log_holds_every_body_and_every_word_of_version_1() {
    let events = events();
    let devices: BTreeSet<&str> = events.iter().map(|event| event.device.as_str()).collect();
    for device in devices {
        let seqs = events.iter().filter(|event| event.device == device).map(|event| event.seq);
        assert!(seqs.eq(1..=events.iter().filter(|event| event.device == device).count() as u64), "{device}");
    }
    let bodies: BTreeSet<&str> = events.iter().map(|event| name(&event.body)).collect();
    assert_eq!(bodies.len(), BODIES, "{bodies:?}");
    let text = fs::read_to_string(golden("v1.jsonl")).unwrap();
    for field in FIELDS {
        assert!(text.contains(&format!("\"{field}\":")), "no event uses `{field}`");
    }
    for word in WORDS {
        assert!(text.contains(&format!("\"{word}\"")), "no event says `{word}`");
    }
}

/// How many bodies version 1 has.
const BODIES: usize = 11;

/// A new body does not compile here until it has a name, a line in the golden log and a place in [`BODIES`].
fn name(body: &EventBody) -> &'static str {
    match body {
        EventBody::ProfileChanged(_) => "profile_changed",
        EventBody::QuestionAnswered(_) => "question_answered",
        EventBody::CheckedIn(_) => "checked_in",
        EventBody::SessionStarted(_) => "session_started",
        EventBody::BlockFinished(_) => "block_finished",
        EventBody::StopSignalled(_) => "stop_signalled",
        EventBody::SessionEnded(_) => "session_ended",
        EventBody::DoneElsewhere(_) => "done_elsewhere",
        EventBody::NextDayReported(_) => "next_day_reported",
        EventBody::MeasureTaken(_) => "measure_taken",
        EventBody::Retracted(_) => "retracted",
    }
}

/// Fields that may be missing.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "age_years", "body_mass_kg", "adult_present", "tools", "tool_firmness", "places", "no",
    "side", "areas", "clinician_agreed_on", "since", "soreness", "tight", "wants", "avoid",
    "felt", "session", "region",
];

/// Words of a fixed list.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "yes", "no", "unknown", "left", "right", "both", "midline",
    "warm_up", "mobility", "recovery", "wind_down",
    "foam_roller", "vibrating_roller", "massage_stick", "ball", "wall_ball", "peanut", "handheld", "massage_gun", "other",
    "soft", "medium", "hard", "floor", "wall", "chair",
    "kneeling", "weight_on_hands", "lying_face_down", "lying_on_back", "lying_on_side",
    "completed", "shortened", "skipped", "stopped", "rest", "before", "after",
    "sharp_or_electric", "limb_pins_or_colour", "too_strong", "rising_in_hold", "dizzy_or_chest", "swelling_or_bruise",
    "sore_next_day",
];
