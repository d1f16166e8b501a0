//! FIT files with what devices really do to them.

use crate::made::{ENUM, Field, START, TEXT, U8, U16, U32, U32Z, fit, gzip, session, set, told, u16, u32};
use supple_core::body::RegionId;
use supple_import::Refused;

fn id() -> (u16, Vec<Field>) {
    (0, vec![Field(0, ENUM, vec![4]), Field(3, U32Z, 77_u32.to_le_bytes().to_vec()), u32(4, START)])
}

#[test]
fn a_session_gives_its_sport_length_effort_and_where_the_clock_stood() {
    let mut run = session(START, 1, 3, 3600);
    run.1.extend([u32(9, 1_234_500), u16(22, 300), u16(23, 280), Field(193, U8, vec![70])]);
    let zone = (34, vec![u32(253, START + 3600), u32(5, START + 3600 + 2 * 3600)]);
    let all = told("a.fit", &fit(&[id(), run, zone]));
    let training = all.one();
    assert_eq!(training.sport, "trail_running");
    assert_eq!(
        training.start.to_string(),
        "2026-11-20T19:00:00+02:00[+02:00]",
        "the watch was an hour ahead of Berlin"
    );
    assert_eq!(training.seconds.get(), 3600);
    assert_eq!(training.effort.map(|effort| effort.get()), Some(7));
    assert_eq!(training.distance.map(|far| far.get()), Some(12_345));
    assert_eq!((training.ascent.map(|up| up.get()), training.descent.map(|down| down.get())), (Some(300), Some(280)));
    assert_eq!(
        training.source.as_ref().map(|source| source.id.as_str()),
        Some(format!("fit:77:{START}:{START}").as_str())
    );
    assert!(all.problems.is_empty());
}

#[test]
fn sets_keep_their_exercise_and_rests_are_none() {
    let mut rest = set(START + 90, 65534, 65534, 0, 60);
    rest.1[3] = Field(5, ENUM, vec![0]);
    let file = fit(&[
        id(),
        set(START + 60, 28, 6, 8, 30),
        rest,
        set(START + 150, 28, 6, 7, 30),
        set(START + 240, 40_000, 1, 12, 30),
        session(START, 10, 20, 1800),
    ]);
    let training = told("a.fit", &file).one().clone();
    assert_eq!((training.sport.as_str(), training.sets(), training.repetitions()), ("strength", 3, 27));
    assert_eq!(training.exercises.len(), 2);
    assert_eq!(training.exercises[0].exercise.as_deref(), Some("squat"));
    assert_eq!(training.exercises[1].exercise, None, "a category of next year is no mistake");
    assert_eq!(training.exercises[0].sets[0].weight.map(|weight| weight.kilograms()), Some(40.0));
}

#[test]
fn the_three_rolling_exercises_are_pressure_done_elsewhere() {
    let rolls = [set(START, 31, 78, 0, 60), set(START + 70, 31, 80, 0, 45), set(START + 130, 35, 9, 0, 30)];
    let mut messages = vec![id()];
    messages.extend(rolls);
    messages.push(session(START, 86, 0, 200));
    let training = told("a.fit", &fit(&messages)).one().clone();
    assert_eq!(training.sport, "foam_rolling");
    let rolled: Vec<_> = training.rolled.iter().map(|rolled| (rolled.region, rolled.seconds.get())).collect();
    assert_eq!(rolled, [(RegionId::ThoracicErectors, 60), (RegionId::Lats, 45), (RegionId::PlantarFoot, 30)]);
    assert_eq!(training.sets(), 0);
    let among = fit(&[id(), set(START, 31, 78, 0, 60), set(START + 70, 28, 6, 8, 30), session(START, 10, 20, 200)]);
    let among = told("a.fit", &among).one().clone();
    assert_eq!((among.sport.as_str(), among.rolled.len(), among.sets()), ("strength", 1, 1));
}

#[test]
fn each_part_of_a_multisport_activity_is_a_training_with_its_own_sets() {
    let file = fit(&[
        id(),
        session(START, 2, 6, 600),
        session(START + 600, 3, 0, 30),
        set(START + 700, 28, 6, 8, 30),
        session(START + 630, 10, 20, 1200),
    ]);
    let all = told("a.fit", &file);
    let parts: Vec<_> = all.trainings.iter().map(|part| (part.sport.as_str(), part.sets())).collect();
    assert_eq!(parts, [("indoor_cycling", 0), ("strength", 1)], "the change between them is none");
    assert_ne!(all.trainings[0].source, all.trainings[1].source);
}

#[test]
fn unknown_sports_messages_and_developer_fields_are_no_mistakes() {
    let file = fit(&[
        id(),
        (0xff00, vec![u32(1, 5), Field(2, TEXT, b"own\0".to_vec())]),
        (
            206,
            vec![
                Field(0, U8, vec![0]),
                Field(1, U8, vec![0]),
                Field(2, U8, vec![7]),
                Field(3, TEXT, b"x\0".to_vec()),
            ],
        ),
        session(START, 250, 250, 100),
    ]);
    let all = told("a.fit", &file);
    assert_eq!((all.one().sport.as_str(), all.problems.len()), ("other", 0));
}

#[test]
fn broken_field_sizes_skip_the_message_and_keep_the_file() {
    let file = fit(&[
        id(),
        // Three bytes of a number that has four, no bytes at all, and 255 bytes of one that has two.
        (20, vec![Field(253, U32, vec![1, 2, 3])]),
        (20, vec![Field(5, U32, Vec::new())]),
        (20, vec![Field(99, U16, vec![7; 255])]),
        session(START, 1, 0, 100),
    ]);
    let all = told("a.fit", &file);
    assert_eq!((all.one().sport.as_str(), all.problems.len()), ("running", 0));
}

#[test]
fn files_one_after_the_other_are_all_read_and_zeros_behind_them_are_nothing() {
    let mut two = fit(&[id(), session(START, 1, 0, 100)]);
    two.extend(fit(&[id(), session(START + 9000, 2, 0, 200)]));
    assert_eq!(told("a.fit", &two).trainings.len(), 2);
    two.extend([0; 512]);
    let all = told("a.fit", &two);
    assert_eq!((all.trainings.len(), all.problems.len()), (2, 0));
}

#[test]
fn a_file_that_is_cut_short_gives_what_its_records_span() {
    let record = |after: u32| (20, vec![u32(253, START + after), u32(5, after * 300)]);
    let file = fit(&[
        id(),
        (12, vec![Field(0, ENUM, vec![1])]),
        record(0),
        record(60),
        record(1200),
        session(START, 1, 0, 1200),
    ]);
    let all = told("a.fit", &file[..file.len() - 30]);
    let training = all.one();
    assert_eq!((training.sport.as_str(), training.seconds.get()), ("running", 1200));
    assert_eq!(training.distance.map(|far| far.get()), Some(3600));
    assert_eq!(
        all.problems.iter().map(|problem| (&problem.what, problem.kept)).collect::<Vec<_>>(),
        [(&Refused::CutShort, true)]
    );
    for length in 0..file.len() {
        told("a.fit", &file[..length]);
    }
}

#[test]
fn a_wrong_sum_is_told_and_what_was_read_is_kept() {
    let mut file = fit(&[id(), session(START, 1, 0, 100)]);
    let last = file.len() - 1;
    file[last] ^= 0xff;
    let all = told("a.fit", &file);
    assert_eq!(all.trainings.len(), 1);
    assert_eq!(all.problems[0].what, Refused::Damaged);
}

#[test]
fn packed_and_plain_files_give_the_same() {
    let file = fit(&[id(), session(START, 1, 0, 100)]);
    assert_eq!(told("a.fit", &file).trainings, told("whatever it is called", &gzip(&file)).trainings);
    let packed = gzip(&file);
    let cut = told("a.fit.gz", &packed[..packed.len() - 12]);
    assert!(cut.said()[0].contains("cut short"), "{cut:?}");
}

#[test]
fn a_session_of_no_length_is_left_out_and_said() {
    let all = told("a.fit", &fit(&[id(), session(START, 1, 0, 0), session(START + 10, 1, 0, 60)]));
    assert_eq!(all.trainings.len(), 1);
    assert!(all.said()[0].contains("the length of a training must be 1 to 604800"), "{:?}", all.said());
}

#[test]
fn a_session_that_supple_wrote_itself_is_no_training_and_one_of_another_program_is() {
    let from = |name: &[u8]| {
        let mut who = id();
        who.1.extend([u16(1, 255), Field(8, TEXT, name.to_vec())]);
        told("a.fit", &fit(&[who, session(START, 10, 19, 600)]))
    };
    let ours = from(b"Supple\0");
    assert!(ours.trainings.is_empty());
    assert_eq!(ours.problems.iter().map(|problem| &problem.what).collect::<Vec<_>>(), [&Refused::OwnSession]);
    assert_eq!(from(b"Suppler\0").trainings.len(), 1);
}
