//! What version 2 folds to.

use super::*;
use crate::body::{Half, RegionId, Side, Site};
use crate::event::upcast::{Entry, read};
use crate::event::{EventBody, Theme};
use crate::unit::Seconds;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

/// A log of one device; each body comes with the day of November 2026 it was logged on, always at noon.
fn log(bodies: &[(i8, Value)]) -> Vec<Entry> {
    let entry = |(index, (day, body)): (usize, &(i8, Value))| {
        let event = json!({
            "id": format!("e{}", index + 1), "device": "phone", "seq": index + 1, "logical_ms": index + 1,
            "at": format!("2026-11-{day:02}T12:00:00+01:00[Europe/Berlin]"), "version": 2, "body": body,
        });
        let entry = read(&event.to_string());
        assert!(matches!(entry, Entry::Read(_)), "{entry:?}");
        entry
    };
    bodies.iter().enumerate().map(entry).collect()
}

fn state(bodies: &[(i8, Value)]) -> State {
    let entries = log(bodies);
    let state = fold(&entries);
    let backwards: Vec<Entry> = entries.into_iter().rev().collect();
    assert_eq!(state, fold(&backwards), "the order of arrival makes no difference");
    state
}

fn mark(spot: &str) -> Value {
    json!({ "type": "spot_marked", "spot": spot, "region": "calf", "side": "left", "view": "back", "x": 400, "y": 800,
        "lump": false })
}

fn with(mut body: Value, field: &str, value: impl Into<Value>) -> Value {
    body[field] = value.into();
    body
}

fn follow(spot: &str, change: &str) -> Value {
    json!({ "type": "spot_followed_up", "spot": spot, "change": change })
}

fn answer(caution: &str) -> Value {
    json!({ "type": "question_answered", "caution": caution, "text_version": 1, "answer": "yes",
        "clinician_agreed_on": "2026-11-01" })
}

fn check_in() -> Value {
    json!({ "type": "checked_in", "goal": "recovery", "minutes": 10 })
}

fn back(event: &str) -> Value {
    json!({ "type": "retracted", "event": event })
}

fn november(day: i8) -> Date {
    date(2026, 11, day)
}

fn asked(state: &State, day: i8) -> Vec<&str> {
    spots_to_ask(state, november(day)).map(|spot| spot.id.as_str()).collect()
}

#[test]
fn marking_a_spot_again_corrects_it_and_does_not_make_it_younger() {
    let state = state(&[(1, mark("a")), (3, with(mark("a"), "name", "outer calf")), (3, mark("b"))]);
    assert_eq!(state.spots.len(), 2);
    assert_eq!(state.spots[0].marked.name.as_ref().map(|name| name.as_str()), Some("outer calf"));
    assert_eq!(state.spots[0].days_open(november(5)), 4);
    assert_eq!(state.spots[1].days_open(november(3)), 0);
    assert_eq!(state.spots[1].days_open(november(1)), 0, "a clock that was set back never counts below nothing");
    assert!(state.notes.is_empty());
}

#[test]
fn gone_closes_a_spot_and_of_several_answers_the_last_counts() {
    let gone = state(&[(1, mark("a")), (4, follow("a", "gone"))]);
    assert!(!gone.spots[0].is_open());
    assert_eq!(gone.spots[0].closed_on(), Some(november(4)));
    assert_eq!(gone.spots[0].days_open(november(20)), 3, "the days until it was gone");
    let there_again = state(&[(1, mark("a")), (4, follow("a", "gone")), (5, follow("a", "same"))]);
    assert!(there_again.spots[0].is_open());
    let taken_back = state(&[(1, mark("a")), (4, follow("a", "gone")), (5, back("e2"))]);
    assert!(taken_back.spots[0].is_open());
}

#[test]
fn each_open_spot_is_asked_about_once_a_day_and_not_on_its_first() {
    let state =
        state(&[(1, mark("a")), (1, mark("b")), (2, follow("a", "same")), (2, follow("b", "gone")), (2, mark("c"))]);
    assert_eq!(asked(&state, 1), Vec::<&str>::new());
    assert_eq!(asked(&state, 2), Vec::<&str>::new());
    assert_eq!(asked(&state, 3), ["a", "c"]);
    let corrected = super::tests::state(&[(1, mark("a")), (3, with(mark("a"), "x", 401))]);
    assert_eq!(asked(&corrected, 3), ["a"], "a correction answers nothing");
}

#[test]
fn a_spot_without_relief_for_four_weeks_is_worth_showing() {
    let shown = |bodies: &[(i8, Value)], day: i8| state(bodies).spots[0].worth_showing(november(day));
    assert!(!shown(&[(1, mark("a"))], 28), "27 days");
    assert!(shown(&[(1, mark("a"))], 29), "28 days, asked or not");
    assert!(shown(&[(1, mark("a")), (20, follow("a", "worse"))], 29));
    assert!(!shown(&[(1, mark("a")), (2, follow("a", "easier"))], 29), "27 days since it was easier");
    assert!(shown(&[(1, mark("a")), (2, follow("a", "easier"))], 30));
    assert!(!shown(&[(1, mark("a")), (2, follow("a", "gone"))], 30), "it is gone");
    assert!(!shown(&[(1, mark("a")), (2, follow("a", "gone")), (29, follow("a", "same"))], 29), "27 days since");
}

#[test]
fn a_lump_is_worth_showing_at_once_and_as_long_as_it_is_there() {
    let lump = with(mark("a"), "lump", true);
    assert!(state(&[(1, lump.clone())]).spots[0].worth_showing(november(1)));
    assert!(!state(&[(1, lump.clone()), (2, follow("a", "gone"))]).spots[0].worth_showing(november(2)));
    assert!(!state(&[(1, lump), (1, mark("a"))]).spots[0].worth_showing(november(2)), "it was no lump after all");
}

#[test]
fn what_is_said_about_a_spot_that_is_not_there_is_a_note() {
    let press = json!({ "type": "spot_pressed", "spot": "a", "tenderness": 5, "when": "rest" });
    let odd = state(&[(1, follow("a", "same")), (1, press.clone()), (1, mark("a")), (2, press.clone())]);
    assert_eq!(odd.notes.len(), 2);
    assert!(odd.spots[0].follow_ups.is_empty());
    assert_eq!(odd.spots[0].presses.len(), 1);
    let taken_back = state(&[(1, mark("a")), (2, press), (3, back("e1"))]);
    assert!(taken_back.spots.is_empty());
    assert_eq!(taken_back.notes.len(), 1);
}

#[test]
fn pressure_since_a_spot_was_marked_counts_guided_and_elsewhere_on_its_side() {
    let block = |side: &str, seconds: u32| {
        json!({ "type": "block_finished", "session": "s", "block": 0, "technique": "calf_roller", "region": "calf",
            "side": side, "seconds": seconds, "end": "completed", "lighter_steps": 0 })
    };
    let elsewhere = json!({ "type": "done_elsewhere", "region": "calf", "seconds": 20, "tool": "massage_gun" });
    let start = json!({ "type": "session_started", "session": "s", "goal": "recovery", "doses": [] });
    let state = state(&[
        (1, start),
        (1, block("left", 500)),
        (2, mark("a")),
        (3, block("left", 30)),
        (3, block("right", 40)),
        (4, elsewhere),
    ]);
    assert_eq!(state.spots[0].pressure(&state), Seconds::new(50));
    let right = Site::new(RegionId::Calf, Half::Right);
    assert_eq!(state.pressure_since(right, &state.spots[0].marked_at), Seconds::new(60));
    assert_eq!(state.pressure().filter(|given| given.side == Side::Both).count(), 1);
}

#[test]
fn a_routine_is_replaced_by_its_id_and_removed_once() {
    let save = |routine: &str, name: &str| json!({ "type": "routine_saved", "routine": routine, "name": name, "goal": "mobility", "minutes": 5 });
    let remove = json!({ "type": "routine_removed", "routine": "r" });
    let two = state(&[(1, save("r", "Legs")), (1, save("q", "Desk")), (2, save("r", "Evening"))]);
    let names: Vec<_> = two.routines.iter().map(|routine| routine.what.name.as_str()).collect();
    assert_eq!(names, ["Evening", "Desk"]);
    let gone = state(&[(1, save("r", "Legs")), (2, remove.clone()), (3, remove.clone())]);
    assert!(gone.routines.is_empty());
    assert_eq!(gone.notes.len(), 1, "only the second one is odd");
    assert_eq!(state(&[(1, save("r", "Legs")), (2, remove), (3, back("e2"))]).routines.len(), 1);
    let old = state(&[(1, save("r", "Legs")), (2, save("r", "Evening")), (3, back("e2"))]);
    assert_eq!(old.routines[0].what.name.as_str(), "Legs", "taking back a change gives what was before");
}

#[test]
fn an_arranged_plan_is_void_after_the_next_check_in() {
    let arranged = json!({ "type": "plan_arranged", "doses": [] });
    assert!(state(&[(1, check_in()), (1, arranged.clone())]).arrangement.is_some());
    assert!(state(&[(1, check_in()), (1, arranged.clone()), (2, check_in())]).arrangement.is_none());
    let both = state(&[(1, arranged.clone()), (1, with(arranged.clone(), "based_on", "e1")), (2, back("e2"))]);
    assert_eq!(both.arrangement.map(|arranged| arranged.id), Some("e1".to_owned()));
    assert!(state(&[(1, arranged), (2, check_in()), (2, back("e2"))]).arrangement.is_some());
}

#[test]
fn of_the_reviews_of_a_session_the_last_counts_and_one_of_no_session_is_a_note() {
    let start = json!({ "type": "session_started", "session": "s", "goal": "recovery", "doses": [] });
    let review = |felt: &str| json!({ "type": "session_reviewed", "session": "s", "felt": felt });
    let said = state(&[(1, start), (1, review("worse")), (1, review("better"))]);
    assert_eq!(said.reviews.iter().map(|review| review.id.as_str()).collect::<Vec<_>>(), ["e3"]);
    let odd = state(&[(1, review("same"))]);
    assert!(odd.reviews.is_empty());
    assert_eq!(odd.notes.len(), 1);
}

#[test]
fn each_setting_changes_alone() {
    assert_eq!(state(&[]).settings, Settings::default());
    let defaults = Settings::default();
    assert!(defaults.voice && defaults.tick && defaults.tones && defaults.breathe);
    assert_eq!((defaults.theme, defaults.country, defaults.setup_seconds.get()), (Theme::System, None, 15));
    let change = |field: &str, value: Value| with(json!({ "type": "settings_changed" }), field, value);
    let all = [
        ("theme", json!("dark")),
        ("country", json!("DE")),
        ("voice", json!(false)),
        ("tick", json!(false)),
        ("tones", json!(false)),
        ("breathe", json!(false)),
        ("setup_seconds", json!(30)),
    ];
    let one_each: Vec<Settings> =
        all.iter().map(|(field, value)| state(&[(1, change(field, value.clone()))]).settings).collect();
    for (index, settings) in one_each.iter().enumerate() {
        assert_ne!(settings, &defaults, "{}", all[index].0);
        assert_eq!(one_each.iter().filter(|other| *other == settings).count(), 1, "{} changes alone", all[index].0);
    }
    let kept = state(&[(1, change("voice", json!(false))), (2, change("tick", json!(false)))]).settings;
    assert_eq!(kept, Settings { voice: false, tick: false, ..defaults });
    let back_again = state(&[(1, change("voice", json!(false))), (2, back("e1"))]).settings;
    assert_eq!(back_again, defaults);
}

#[test]
fn being_seen_takes_every_answer_before_it_and_none_after() {
    let seen = json!({ "type": "seen_by_clinician", "on": "2026-11-02" });
    let after = state(&[(1, answer("a")), (1, answer("b")), (2, seen.clone()), (2, answer("b"))]);
    assert_eq!(after.answers.keys().collect::<Vec<_>>(), ["b"]);
    assert_eq!(after.answers["b"].iter().map(|given| given.id.as_str()).collect::<Vec<_>>(), ["e4"]);
    assert_eq!(after.seen[0].what.on, november(2));
    assert!(after.notes.is_empty());
    let taken_back = state(&[(1, answer("a")), (2, seen.clone()), (2, back("e2"))]);
    assert_eq!(taken_back.answers.len(), 1, "a wrong tap gives the answers back, the yes among them");
    let future = state(&[(1, answer("a")), (1, seen)]);
    assert!(future.answers.is_empty(), "whatever day it names");
    assert_eq!(future.notes.len(), 1);
}

#[test]
fn a_new_body_in_an_old_line_cannot_be_read_and_an_old_body_in_a_new_line_can() {
    let line = |version: u16, body: &Value| {
        json!({ "id": "e", "device": "phone", "seq": 1, "logical_ms": 1, "version": version, "body": body,
            "at": "2026-11-22T18:00:00+01:00[Europe/Berlin]" })
        .to_string()
    };
    for body in [mark("a"), json!({ "type": "seen_by_clinician", "on": "2026-11-02" })] {
        let Entry::Unreadable(old) = read(&line(1, &body)) else { panic!("{body} is not of version 1") };
        assert_eq!(old.why, "it says it has shape 1, but what it holds exists only since shape 2");
        assert_eq!(old.frame.id.as_deref(), Some("e"));
        let Entry::Read(new) = read(&line(2, &body)) else { panic!("{body} is of version 2") };
        assert_eq!(new.body.since_version(), 2);
    }
    for version in 0..=crate::event::VERSION {
        assert!(matches!(read(&line(version, &check_in())), Entry::Read(event)
            if event.version == version && matches!(event.body, EventBody::CheckedIn(_))));
    }
    assert!(matches!(read(&line(crate::event::VERSION + 1, &check_in())), Entry::Unreadable(_)));
}

fn training(start: &str, seconds: u32) -> Value {
    json!({ "type": "trained", "start": format!("2026-11-{start}+01:00[Europe/Berlin]"), "seconds": seconds,
        "sport": "running" })
}

fn from(batch: &str, id: &str, body: Value) -> Value {
    with(body, "source", json!({ "batch": batch, "format": "fit", "id": id }))
}

fn import(batch: &str) -> Value {
    json!({ "type": "imported", "batch": batch, "name": "archive.zip", "fingerprint": "00ff" })
}

/// As [`state`], but of version 4.
fn trained(bodies: &[(i8, Value)]) -> State {
    let event = |(index, (day, body)): (usize, &(i8, Value))| {
        let event = json!({
            "id": format!("e{}", index + 1), "device": "phone", "seq": index + 1, "logical_ms": index + 1,
            "at": format!("2026-11-{day:02}T12:00:00+01:00[Europe/Berlin]"), "version": 4, "body": body,
        });
        let entry = read(&event.to_string());
        assert!(matches!(entry, Entry::Read(_)), "{entry:?}");
        entry
    };
    let entries: Vec<Entry> = bodies.iter().enumerate().map(event).collect();
    let folded = fold(&entries);
    let backwards: Vec<Entry> = entries.into_iter().rev().collect();
    assert_eq!(folded, fold(&backwards), "the order of arrival makes no difference");
    folded
}

#[test]
fn two_accounts_of_a_training_are_one_within_two_minutes_and_five_per_cent() {
    let both = |start: &str, seconds: u32| {
        trained(&[(2, training("01T18:00:00", 2000)), (2, training(start, seconds))]).trainings.len()
    };
    assert_eq!(both("01T18:02:00", 2000), 1, "two minutes later");
    assert_eq!(both("01T18:02:01", 2000), 2);
    assert_eq!(both("01T17:58:00", 2000), 1, "two minutes earlier");
    assert_eq!(both("01T17:57:59", 2000), 2);
    assert_eq!(both("01T18:00:00", 2100), 1, "5 % longer");
    assert_eq!(both("01T18:00:00", 2101), 2);
    assert_eq!(both("01T18:00:00", 1905), 1, "5 % shorter");
    assert_eq!(both("01T18:00:00", 1904), 2);
}

#[test]
fn a_second_account_adds_what_the_first_does_not_say_and_changes_nothing_else() {
    let typed = with(training("01T18:00:00", 2000), "effort", 7);
    let watch = with(with(training("01T18:01:00", 2010), "distance", 5000), "effort", 3);
    let one = trained(&[(2, typed), (2, watch)]);
    let [training] = one.trainings.as_slice() else { panic!("{:?}", one.trainings) };
    assert_eq!((training.what.effort, training.what.seconds.get()), (crate::unit::Felt::new(7).ok(), 2000));
    assert_eq!(training.what.distance.map(crate::unit::Metres::get), Some(5000));
    assert_eq!(training.also, ["e2"]);
}

#[test]
fn what_its_source_calls_the_same_is_the_same_however_long() {
    let first = from("a", "x", training("01T18:00:00", 2000));
    let cut = from("a", "x", training("01T18:30:00", 100));
    let other = from("a", "y", training("01T18:30:00", 100));
    assert_eq!(trained(&[(1, import("a")), (2, first.clone()), (2, cut)]).trainings.len(), 1);
    assert_eq!(trained(&[(1, import("a")), (2, first), (2, other)]).trainings.len(), 2);
}

#[test]
fn undoing_an_import_takes_what_it_brought_and_shows_what_it_hid() {
    let undo = json!({ "type": "import_undone", "batch": "a" });
    let day = json!({ "type": "soreness_noted", "on": "2026-11-03", "point": 2,
        "scale": { "lowest": 1, "highest": 4, "higher_is_sorer": true },
        "source": { "batch": "a", "format": "intervals_icu", "id": "2026-11-03" } });
    let brought = [
        (1, import("a")),
        (1, from("a", "x", with(training("01T18:00:00", 2000), "effort", 3))),
        (1, day),
        (2, with(training("01T18:00:30", 2000), "effort", 8)),
        (2, with(training("02T18:00:00", 2000), "effort", 4)),
    ];
    let before = trained(&brought);
    assert_eq!(before.trainings.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["e2", "e5"]);
    assert_eq!((before.imports[0].trainings, before.imports[0].days, before.soreness_days.len()), (1, 1, 1));
    let mut log = brought.to_vec();
    log.push((3, undo.clone()));
    let after = trained(&log);
    assert_eq!(after.trainings.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["e4", "e5"]);
    assert_eq!(after.trainings[0].what.effort.map(crate::unit::Felt::get), Some(8));
    assert!(after.soreness_days.is_empty() && after.imports[0].undone.is_some() && after.notes.is_empty());
    log.push((3, back("e6")));
    assert_eq!(trained(&log).trainings, before.trainings, "an undoing can be taken back");
    assert_eq!(trained(&[(1, undo)]).notes.len(), 1, "there was no such import");
    let stray = trained(&[(1, from("a", "x", training("01T18:00:00", 2000)))]);
    assert_eq!((stray.trainings.len(), stray.notes.len()), (1, 1), "it happened all the same");
}

#[test]
fn pressure_in_a_training_of_another_program_counts_once_as_done_elsewhere() {
    let rolled = json!([{ "region": "calf", "side": "left", "seconds": 60 }]);
    let one = from("a", "x", with(training("05T18:00:00", 600), "rolled", rolled));
    let log = [(1, import("a")), (6, one.clone()), (6, one)];
    let state = trained(&log);
    assert_eq!(state.elsewhere.len(), 1, "an account of the same training adds no second minute");
    assert_eq!((state.elsewhere[0].what.seconds, state.elsewhere[0].at.date()), (60, november(5)));
    let mut undone = log.to_vec();
    undone.push((7, json!({ "type": "import_undone", "batch": "a" })));
    assert!(trained(&undone).elsewhere.is_empty());
}
