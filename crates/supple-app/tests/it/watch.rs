//! Files for watches, read back by rustyfit; PyPI's fitdecode reads the same ones (`scripts/compare-with-fitdecode`).

use crate::world::{Phone, knowledge, wishes};
use rustyfit::Decoder;
use rustyfit::profile::{mesgdef, typedef};
use rustyfit::proto::{FIT, Message};
use supple_app::watch::{activity, workout};
use supple_core::body::RegionId;
use supple_core::knowledge::Goal;
use supple_core::share::Shared;

fn read(bytes: &[u8]) -> FIT {
    Decoder::new().decode(bytes).expect("sound").expect("one file")
}

fn all<T: for<'m> From<&'m Message>>(fit: &FIT, kind: typedef::MesgNum) -> Vec<T> {
    fit.messages.iter().filter(|message| message.num == kind).map(T::from).collect()
}

fn phone() -> Phone {
    let mut phone = Phone::new("2026-11-20T19:00:00+01:00");
    phone.introduce();
    phone.a_day("2026-11-20T19:00:00+01:00", wishes(Goal::Recovery, 12, &[RegionId::Calf]));
    phone
}

#[test]
fn a_workout_has_each_set_for_its_seconds_and_time_to_get_ready_before_each_place() {
    let shared =
        Shared::read("supple1:recovery/12;t=foam_roller;p=calf_roller.b.2x60.4,heel_raise.b.3x12").expect("ours");
    let made = "2026-11-20T18:00:00Z".parse().expect("a moment");
    let bytes = workout(knowledge(), &shared, made).expect("something to do");
    let fit = read(&bytes);
    let about: Vec<mesgdef::Workout> = all(&fit, typedef::MesgNum::WORKOUT);
    let steps: Vec<mesgdef::WorkoutStep> = all(&fit, typedef::MesgNum::WORKOUT_STEP);
    assert_eq!(usize::from(about[0].num_valid_steps), steps.len());
    assert_eq!(
        (about[0].sport, about[0].sub_sport),
        (typedef::Sport::TRAINING, typedef::SubSport::FLEXIBILITY_TRAINING)
    );
    let timed = |step: &&mesgdef::WorkoutStep| {
        step.duration_type == typedef::WktStepDuration::TIME && step.intensity == typedef::Intensity::ACTIVE
    };
    let pressure: u32 = steps.iter().filter(timed).map(|step| step.duration_value).sum();
    // Both sides where the roller is for one at a time.
    assert_eq!(pressure, 2 * 2 * 60 * 1000, "{steps:?}");
    let times: Vec<u32> = steps
        .iter()
        .filter(|step| step.duration_type == typedef::WktStepDuration::REPS)
        .map(|step| step.duration_value)
        .collect();
    assert!(!times.is_empty() && times.iter().all(|times| *times == 12));
    assert_eq!(steps[0].duration_type, typedef::WktStepDuration::OPEN, "the person says when it begins");
    assert!(steps[0].wkt_step_name.starts_with("Get ready: "));
    assert!(steps[1].notes.starts_with("Pressure 4 of 10"), "{}", steps[1].notes);
    assert!(steps.iter().zip(0..).all(|(step, index)| step.message_index.0 == index));
    assert_eq!(workout(knowledge(), &shared, made), Some(bytes), "the same bytes each time");
}

#[test]
fn an_activity_has_a_lap_a_block_and_the_pressure_that_was_given() {
    let phone = phone();
    let session = &phone.app.state().sessions[0];
    let fit = read(&activity(knowledge(), session).expect("it was done"));
    let sessions: Vec<mesgdef::Session> = all(&fit, typedef::MesgNum::SESSION);
    let laps: Vec<mesgdef::Lap> = all(&fit, typedef::MesgNum::LAP);
    assert_eq!(sessions.len(), 1);
    assert_eq!(laps.len(), session.blocks.len());
    assert_eq!(usize::from(sessions[0].num_laps), laps.len());
    assert_eq!(sessions[0].start_time.unix_timestamp(), Some(session.at.timestamp().as_second()));
    assert_eq!(sessions[0].active_time, session.seconds().get() * 1000);
    let mut at = sessions[0].start_time.0;
    for (lap, block) in laps.iter().zip(&session.blocks) {
        assert_eq!(lap.start_time.0, at, "laps follow one another");
        assert_eq!(lap.active_time, block.finished.seconds * 1000);
        at = lap.timestamp.0;
    }
    let closing: Vec<mesgdef::Activity> = all(&fit, typedef::MesgNum::ACTIVITY);
    assert_eq!(closing[0].local_timestamp.0 - closing[0].timestamp.0, 3600, "Berlin in winter");
    assert_eq!(fit.messages[0].num, typedef::MesgNum::FILE_ID);
}

#[test]
fn both_can_be_saved_from_the_app_and_what_is_not_there_is_not_found() {
    let mut phone = phone();
    phone.is_now("2026-11-21T19:00:00+01:00");
    phone.check_in(wishes(Goal::Mobility, 10, &[RegionId::Calf]));
    phone.answer_all_no();
    let settings = phone.get("settings").body;
    assert!(settings.contains("settings/plan.fit") && settings.contains("settings/session.fit"));
    for path in ["settings/plan.fit", "settings/session.fit", "settings/session.fit?session=session-2026-11-20"] {
        let file = phone.get(path);
        assert_eq!((file.status, file.content_type.as_str()), (200, "application/vnd.ant.fit"), "{path}");
        assert!(!read(&file.into_bytes()).messages.is_empty());
    }
    assert_eq!(phone.get("settings/session.fit?session=none").status, 404);
    let mut fresh = Phone::new("2026-11-20T19:00:00+01:00");
    assert_eq!(fresh.get("settings/plan.fit").status, 404);
    assert!(!fresh.get("settings").body.contains(".fit"));
}
