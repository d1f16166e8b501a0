//! From trainings to what they asked of each region. The world is the real one with invented sports.

use jiff::Zoned;
use serde_json::json;
use supple_core::body::RegionId;
use supple_core::event::Trained;
use supple_core::event::{ExerciseDone, SetDone};
use supple_core::exposure::{ACCUSTOMED, bouts, daily_load};
use supple_core::knowledge::{Knowledge, Sport};
use supple_core::state::{State, Training};
use supple_core::unit::Felt;
use supple_core::unit::{Metres, TrainingSeconds};

fn knowledge() -> Knowledge {
    let mut knowledge = supple_knowledge::embedded().clone();
    let sport = |name: &str, eccentric: f64, descent: bool, trains: bool, shares: serde_json::Value| -> Sport {
        serde_json::from_value(json!({ "name": name, "usual_effort": 5, "eccentric": eccentric,
            "descent_counts": descent, "trains": trains, "shares": shares, "sources": ["our_judgement"],
            "read": "our_judgement" }))
        .expect("a sport")
    };
    let running = sport("Running", 0.5, true, true, json!({ "calf": 0.75, "soleus": 0.25 }));
    knowledge.sports.insert("running".into(), running);
    let other = sport("Other", 0.5, false, true, json!({ "calf": 0.5, "triceps": 0.5 }));
    knowledge.sports.insert("other".into(), other);
    knowledge.sports.insert("rolling".into(), sport("Rolling", 0.0, false, false, json!({ "calf": 1.0 })));
    knowledge.exercises = serde_json::from_value(json!({ "sources": [], "read": "our_judgement", "exercises": {
        "calf_raise": { "name": "Calf raise", "eccentric": 1.0, "shares": { "calf": 1.0 } } } }))
    .expect("exercises");
    knowledge
}

/// What a bout counts while nothing is known of the weeks before it.
const NOT_KNOWN: f64 = 0.65;

fn training(day: i8, minutes: u32, effort: Option<u8>) -> Training {
    let start: Zoned = format!("2026-11-{day:02}T18:00:00+01:00[Europe/Berlin]").parse().expect("a time");
    Training {
        id: format!("e{day}"),
        at: start.clone(),
        what: Trained {
            start,
            seconds: TrainingSeconds::new(minutes * 60).expect("in range"),
            sport: "running".into(),
            name: None,
            effort: effort.map(Felt::of),
            unusual: None,
            exercises: Vec::new(),
            distance: None,
            ascent: None,
            descent: None,
            rolled: Vec::new(),
            source: None,
        },
        also: Vec::new(),
    }
}

fn state(trainings: Vec<Training>) -> State {
    State { trainings, ..State::default() }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn load_is_minutes_times_effort_and_its_parts_add_up_to_it() {
    let knowledge = knowledge();
    let state = state(vec![training(1, 40, Some(7)), training(2, 40, None)]);
    let bouts = bouts(&knowledge, &state);
    assert!(close(bouts[0].load, 280.0) && !bouts[0].effort_assumed);
    assert!(close(bouts[1].load, 200.0) && bouts[1].effort_assumed, "as hard as it usually is");
    for bout in &bouts {
        assert!(close(bout.regions.values().map(|asked| asked.load).sum(), bout.load));
    }
    assert!(close(bouts[0].regions[&RegionId::Calf].load, 210.0));
    assert_eq!(daily_load(&bouts).len(), 2);
}

#[test]
fn a_like_bout_before_it_makes_a_bout_accustomed_and_a_long_pause_undoes_that() {
    let knowledge = knowledge();
    let asked = |days: &[i8]| {
        let state = state(days.iter().map(|day| training(*day, 40, Some(5))).collect());
        bouts(&knowledge, &state).last().expect("a bout").regions[&RegionId::Calf].unaccustomed
    };
    assert!(close(asked(&[20]), NOT_KNOWN), "nothing is known of the time before");
    assert!(asked(&[1, 18, 20]) < 0.4, "two days after a like one");
    assert!(asked(&[1, 28]) > asked(&[1, 27, 28]) + 0.2);
    assert!(asked(&[1, 18, 20]) >= ACCUSTOMED);
}

#[test]
fn what_a_person_says_of_it_counts_more_than_the_log() {
    let knowledge = knowledge();
    let mut trainings = vec![training(1, 40, Some(5)), training(18, 40, Some(5)), training(20, 40, Some(5))];
    trainings[2].what.unusual = Some(true);
    let said = state(trainings.clone());
    assert!(close(bouts(&knowledge, &said)[2].regions[&RegionId::Calf].unaccustomed, 1.0));
    trainings[2].what.unusual = Some(false);
    let usual = state(trainings);
    assert!(close(bouts(&knowledge, &usual)[2].regions[&RegionId::Calf].unaccustomed, ACCUSTOMED));
}

#[test]
fn going_down_makes_running_more_eccentric_and_a_harder_bout_is_partly_new() {
    let knowledge = knowledge();
    let mut hilly = training(1, 60, Some(5));
    hilly.what.distance = Metres::new(10_000).ok();
    hilly.what.descent = Metres::new(750).ok();
    let flat = state(vec![training(1, 60, Some(5))]);
    let hilly = state(vec![hilly]);
    let calf = |state: &State| bouts(&knowledge, state)[0].regions[&RegionId::Calf];
    assert!(close(calf(&flat).eccentric, 0.5) && close(calf(&hilly).eccentric, 0.75));
    assert!(calf(&hilly).exposure > calf(&flat).exposure);
    let longer = state(vec![training(1, 20, Some(5)), training(19, 20, Some(5)), training(20, 80, Some(5))]);
    let same = state(vec![training(1, 80, Some(5)), training(19, 80, Some(5)), training(20, 80, Some(5))]);
    let last = |state: &State| bouts(&knowledge, state)[2].regions[&RegionId::Calf].unaccustomed;
    assert!(last(&longer) > last(&same) + 0.3, "four times as long as usual");
}

#[test]
fn sets_that_are_known_take_their_part_and_the_others_count_as_the_sport() {
    let knowledge = knowledge();
    let mut sets = training(1, 40, Some(5));
    let done = |exercise: Option<&str>| ExerciseDone {
        exercise: exercise.map(str::to_owned),
        sets: vec![SetDone::default(); 2],
    };
    sets.what.exercises = vec![done(Some("calf_raise")), done(Some("what_nobody_knows")), done(None)];
    sets.what.sport = "a_new_sport".into();
    let state = state(vec![sets]);
    let bouts = bouts(&knowledge, &state);
    let calf = bouts[0].regions[&RegionId::Calf];
    // A third of the sets are calf raises; of the other two thirds half is the calf's.
    assert!(close(calf.load, 200.0 * (1.0 / 3.0 + 1.0 / 3.0)), "{calf:?}");
    assert!(close(calf.eccentric, 0.75), "{calf:?}");
    assert!(close(bouts[0].regions.values().map(|asked| asked.load).sum(), 200.0));
}

#[test]
fn rolling_is_no_load() {
    let knowledge = knowledge();
    let mut rolled = training(1, 10, Some(3));
    rolled.what.sport = "rolling".into();
    assert!(bouts(&knowledge, &state(vec![rolled])).is_empty());
}
