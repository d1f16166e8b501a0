//! A log of each released version is read, written again and folded as it always was.

use crate::engine::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use supple_core::event::upcast::{self, Entry};
use supple_core::event::{Event, EventBody, VERSION};
use supple_core::state::fold;

/// A released version and what its golden log has to hold.
struct Golden {
    version: u16,
    /// How many bodies are new in it.
    bodies: usize,
    /// Fields of them that may be missing.
    fields: &'static [&'static str],
    /// Words of a fixed list in them.
    words: &'static [&'static str],
}

impl Golden {
    fn path(&self, rest: &str) -> PathBuf {
        root().join("crates/supple-core/tests/it/golden").join(format!("v{}.{rest}", self.version))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path("jsonl")).expect("the golden log")
    }

    fn entries(&self) -> Vec<Entry> {
        self.text().lines().map(upcast::read).collect()
    }

    fn events(&self) -> Vec<Event> {
        let event = |entry| match entry {
            Entry::Read(event) => *event,
            Entry::Unreadable(unreadable) => panic!("{}\n{}", unreadable.why, unreadable.raw),
        };
        self.entries().into_iter().map(event).collect()
    }
}

#[test]
fn every_released_version_has_a_golden_log() {
    assert!(RELEASED.iter().map(|golden| golden.version).eq(1..=VERSION));
}

#[test]
fn a_released_log_is_written_again_byte_for_byte() {
    for golden in RELEASED {
        for line in golden.text().lines() {
            assert_eq!(upcast::read(line).to_line(), line);
        }
    }
}

#[test]
fn a_released_log_folds_as_it_always_did() {
    for golden in RELEASED {
        let entries = golden.entries();
        let state = fold(&entries);
        let backwards: Vec<Entry> = entries.into_iter().rev().collect();
        assert_eq!(state, fold(&backwards), "the order of arrival makes no difference");
        let folded = format!("{state:#?}\n");
        let expected = golden.path("expected.txt");
        if std::env::var_os("ACCEPT_GOLDEN").is_some() {
            fs::write(&expected, &folded).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert!(
            folded == expected,
            "the golden log of version {} folds differently. Released events never change their meaning; if the \
             state only knows more than before, run `ACCEPT_GOLDEN=1 cargo test -p supple-wasm golden` and read the \
             difference with git.\n{folded}",
            golden.version
        );
    }
}

#[test]
fn a_golden_log_holds_every_body_and_every_word_that_is_new_in_its_version() {
    for golden in RELEASED {
        let events = golden.events();
        let devices: BTreeSet<&str> = events.iter().map(|event| event.device.as_str()).collect();
        for device in devices {
            let seqs = events.iter().filter(|event| event.device == device).map(|event| event.seq);
            assert!(seqs.eq(1..=events.iter().filter(|event| event.device == device).count() as u64), "{device}");
        }
        assert!(events.iter().all(|event| event.version <= golden.version));
        let new = events.iter().map(|event| &event.body).filter(|body| body.since_version() == golden.version);
        let bodies: BTreeSet<&str> = new.map(name).collect();
        assert_eq!(bodies.len(), golden.bodies, "{bodies:?}");
        let text = golden.text();
        for field in golden.fields {
            assert!(text.contains(&format!("\"{field}\":")), "no event uses `{field}`");
        }
        for word in golden.words {
            assert!(text.contains(&format!("\"{word}\"")), "no event says `{word}`");
        }
    }
}

/// A new body does not compile here until it has a name; then it needs a line in the golden log of its version and a
/// place in [`RELEASED`].
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
        EventBody::SpotMarked(_) => "spot_marked",
        EventBody::SpotFollowedUp(_) => "spot_followed_up",
        EventBody::SpotPressed(_) => "spot_pressed",
        EventBody::RoutineSaved(_) => "routine_saved",
        EventBody::RoutineRemoved(_) => "routine_removed",
        EventBody::PlanArranged(_) => "plan_arranged",
        EventBody::SessionReviewed(_) => "session_reviewed",
        EventBody::SeenByClinician(_) => "seen_by_clinician",
        EventBody::SettingsChanged(_) => "settings_changed",
        EventBody::ExperimentDesigned(_) => "experiment_designed",
        EventBody::ArmRevealed(_) => "arm_revealed",
        EventBody::ArmMissed(_) => "arm_missed",
        EventBody::ExperimentEnded(_) => "experiment_ended",
        EventBody::MovementScreened(_) => "movement_screened",
        EventBody::MovesStarted(_) => "moves_started",
        EventBody::MoveFinished(_) => "move_finished",
        EventBody::MovesEnded(_) => "moves_ended",
        EventBody::Trained(_) => "trained",
        EventBody::Imported(_) => "imported",
        EventBody::ImportUndone(_) => "import_undone",
        EventBody::SorenessNoted(_) => "soreness_noted",
        EventBody::ProgrammeSet(_) => "programme_set",
        EventBody::ProgrammeChanged(_) => "programme_changed",
        EventBody::ProgrammeEnded(_) => "programme_ended",
        EventBody::PathWatched(_) => "path_watched",
    }
}

#[rustfmt::skip]
const RELEASED: [Golden; 4] = [
    Golden {
        version: 1,
        bodies: 11,
        fields: &[
            "age_years", "body_mass_kg", "adult_present", "tools", "tool_firmness", "places", "no",
            "side", "areas", "clinician_agreed_on", "since", "soreness", "tight", "wants", "avoid",
            "felt", "session", "region",
        ],
        words: &[
            "yes", "no", "unknown", "left", "right", "both", "midline",
            "warm_up", "mobility", "recovery", "wind_down",
            "foam_roller", "vibrating_roller", "massage_stick", "ball", "wall_ball", "peanut", "handheld", "massage_gun", "other",
            "soft", "medium", "hard", "floor", "wall", "chair",
            "kneeling", "weight_on_hands", "lying_face_down", "lying_on_back", "lying_on_side",
            "completed", "shortened", "skipped", "stopped", "rest", "before", "after",
            "sharp_or_electric", "limb_pins_or_colour", "too_strong", "rising_in_hold", "dizzy_or_chest", "swelling_or_bruise",
            "sore_next_day",
        ],
    },
    Golden {
        version: 2,
        bodies: 9,
        fields: &[
            "name", "session", "tools", "wants", "based_on", "soreness",
            "theme", "country", "voice", "tick", "tones", "breathe", "setup_seconds",
        ],
        words: &[
            "front", "back", "gone", "easier", "same", "worse", "better", "rest", "before", "after",
            "light", "dark", "system",
        ],
    },
    Golden {
        version: 3,
        // Experiments, and an older body with new words.
        bodies: 5,
        fields: &["question", "roll", "felt", "timing", "side", "region", "reason"],
        words: &[
            "morning", "evening", "before_training", "after_training",
            "not_today", "not_allowed", "uncomfortable", "finished", "stopped",
            "before_wait", "after_wait",
        ],
    },
    Golden {
        version: 4,
        // Looks at movement tests, runs of moves, trainings, imports, programmes and watches of paths.
        bodies: 12,
        fields: &[
            "view", "side", "name", "effort", "unusual", "exercises", "exercise", "repetitions", "weight", "seconds",
            "distance", "ascent", "descent", "rolled", "source", "hold_seconds", "reps", "tempo",
            "programme", "wishes", "compensations", "equipment", "items", "goal", "pinned", "hard", "until",
        ],
        words: &[
            "done", "skipped", "pain", "front", "side", "back", "above", "completed", "shortened", "stopped", "fit", "tcx",
            "gpx", "strava_table", "apple_health", "intervals_icu", "table",
            "screen", "smr", "stretch", "strengthen", "integrate", "missed", "move", "swap", "pin", "only", "ill", "away",
        ],
    },
];
