//! Archives: Strava's, Apple's, and those that mean harm.

use crate::made::{START, berlin, fit, gzip, session, told, told_by, zip};
use std::io::Cursor;
use supple_core::contract::Known;
use supple_core::event::upcast::Entry;
use supple_core::event::{EventBody, Imported, Name};
use supple_core::event::{Series, stamp};
use supple_core::state::{State, fold};
use supple_import::{Batch, Found, Refused, Told, read};

fn strava() -> Vec<u8> {
    let run = fit(&[session(START, 1, 0, 1800)]);
    let table = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Beschreibung,Verstrichene Zeit,Distanz,\
        Max. Herzfrequenz,Relative Leistung,Pendelfahrt,Notiz,Ausrüstung,Dateiname,Gewicht,Radgewicht,Verstrichene Zeit,\
        Bewegungszeit,Distanz,a,b,c,d,Empfundene Anstrengung\n\
        11,\"20.11.2026, 17:00:05\",Feierabendrunde,Lauf,,1900,5,,,,,,activities/11.fit.gz,,,1900,1800,5000,,,,,6\n\
        12,\"19.11.2026, 17:00:00\",Hanteln,Gewichtstraining,,2700,0,,,,,,,,,2700,2650,0,,,,,7\n\
        13,\"18.11.2026, 17:00:00\",Verloren,Radfahrt,,3600,20,,,,,,activities/13.gpx,,,3600,3500,20000,,,,,\n\
        14,\"17.11.2026, 17:00:00\",Kaputt,Lauf,,600,2,,,,,,activities/14.fit,,,600,600,2000,,,,,\n";
    zip(&[
        ("export_1/activities.csv", table.as_bytes()),
        ("export_1/activities/11.fit.gz", &gzip(&run)),
        ("export_1/activities/14.fit", b"no file of a watch"),
        ("export_1/media/1.jpg", b"picture"),
        ("export_1/profile.csv", b"a,b\n1,2\n"),
    ])
}

#[test]
fn a_strava_archive_in_another_language_gives_files_with_names_and_rows_without_files() {
    let all = told("export.zip", &strava());
    let mut seen: Vec<_> = all
        .trainings
        .iter()
        .map(|t| {
            (
                t.name.as_ref().map_or("", |name| name.as_str()),
                t.sport.as_str(),
                t.seconds.get(),
                t.effort.map(|e| e.get()),
            )
        })
        .collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        [
            ("Feierabendrunde", "running", 1800, Some(6)),
            ("Hanteln", "strength", 2650, Some(7)),
            ("Kaputt", "running", 600, None),
            ("Verloren", "cycling", 3500, None),
        ]
    );
    let [broken] = all.problems.as_slice() else { panic!("{:?}", all.problems) };
    assert_eq!((broken.file.as_str(), broken.kept), ("export.zip: export_1/activities/14.fit", false));
}

#[test]
fn an_apple_export_is_found_in_its_archive_and_what_lies_beside_it_is_not_read() {
    let export = br#"<?xml version="1.0"?><HealthData><Workout workoutActivityType="HKWorkoutActivityTypeYoga"
        duration="45" durationUnit="min" startDate="2024-01-01 10:00:00 +0100" endDate="2024-01-01 10:45:00 +0100"/></HealthData>"#;
    let route = br#"<?xml version="1.0"?><gpx><trk><trkseg><trkpt lat="1" lon="1"><time>2024-01-01T09:00:00Z</time></trkpt></trkseg></trk></gpx>"#;
    let archive = zip(&[
        ("apple_health_export/export.xml", export),
        ("apple_health_export/export_cda.xml", b"<ClinicalDocument/>"),
        ("apple_health_export/workout-routes/route.gpx", route),
        ("__MACOSX/._export.xml", b"x"),
    ]);
    let all = told("export.zip", &archive);
    assert_eq!((all.one().sport.as_str(), all.problems.len(), all.files), ("yoga", 0, 1));
}

#[test]
fn nothing_is_taken_from_an_archive_with_a_name_that_leads_out_of_it() {
    let good = fit(&[session(START, 1, 0, 1800)]);
    for name in ["../../a.fit", "/etc/a.fit", "a/../../b.fit", "..\\a.fit", "C:/a.fit"] {
        let all = told("a.zip", &zip(&[("good.fit", &good), (name, &good)]));
        assert!(all.trainings.is_empty(), "{name}");
        assert!(matches!(&all.problems[0].what, Refused::LeadsOut { .. }), "{name}: {:?}", all.problems);
    }
    assert_eq!(told("a.zip", &zip(&[("good..name.fit", &good)])).trainings.len(), 1, "two points are no way out");
}

#[test]
fn a_file_that_unpacks_to_far_too_much_is_left_alone_and_the_others_are_read() {
    let mut settings = berlin();
    settings.limits.free = 100_000;
    let bomb = vec![b' '; 30_000_000];
    let good = fit(&[session(START, 1, 0, 1800)]);
    let all = told_by("a.zip", &zip(&[("bomb.gpx", &bomb), ("good.fit", &good)]), &settings);
    assert_eq!(all.trainings.len(), 1);
    assert!(matches!(all.problems[0].what, Refused::UnknownKind | Refused::Bomb { .. }), "{:?}", all.problems);
    let mut table = b"date,minutes\n".to_vec();
    table.extend(format!("2024-01-01,{}\n", "0".repeat(10_000)).repeat(1_400).into_bytes());
    let packed = zip(&[("bomb.csv", &table)]);
    assert!(packed.len() < table.len() / 400, "{}", packed.len());
    let all = told_by("a.zip", &packed, &settings);
    assert_eq!((all.trainings.len(), all.problems[0].what.clone()), (0, Refused::Bomb { times: 200 }));
    let all = told_by("a.csv.gz", &gzip(&table), &settings);
    assert_eq!((all.trainings.len(), all.problems[0].what.clone()), (0, Refused::Bomb { times: 200 }));
    let twice = told_by("a.zip", &zip(&[("inner.csv.gz", &gzip(&gzip(&table)))]), &settings);
    assert!(twice.trainings.is_empty() && !twice.problems.is_empty(), "what is packed twice is not unpacked twice");
}

#[test]
fn archives_that_are_damaged_locked_or_endless_say_so() {
    let archive = strava();
    let cut = told("a.zip", &archive[..archive.len() / 2]);
    assert!(cut.said()[0].contains("cut short"), "{cut:?}");
    for length in (0..archive.len()).step_by(37) {
        told("a.zip", &archive[..length]);
    }
    let mut settings = berlin();
    settings.limits.files = 3;
    let many = told_by("a.zip", &archive, &settings);
    assert_eq!(many.problems[0].what, Refused::TooManyFiles { found: 5, most: 3 });
    assert!(told("a.zip", &zip(&[("a.txt", b"x")])).said()[0].contains("no training"));
}

/// An archive of one good file, with the bytes at `from` of its entry in the directory replaced.
fn with_directory(from: usize, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip(&[("good.fit", &fit(&[session(START, 1, 0, 1800)])), ("other.txt", b"x")]);
    let directory = archive.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    archive[directory + from..][..bytes.len()].copy_from_slice(bytes);
    archive
}

#[test]
fn an_archive_is_held_to_what_its_directory_says() {
    // APPNOTE 4.3.12: flags at 8, the way of packing at 10, the checksum at 16.
    let (flags, packing, checksum) = (8, 10, 16);
    let what = |archive: &[u8]| {
        let all = told("a.zip", archive);
        assert!(all.trainings.is_empty(), "{all:?}");
        all.problems[0].what.clone()
    };
    let all = told("a.zip", &with_directory(checksum, &[1, 2, 3, 4]));
    assert_eq!(all.trainings.len(), 1, "the file itself is whole");
    assert_eq!((&all.problems[0].what, all.problems[0].kept), (&Refused::Damaged, true));
    assert_eq!(what(&with_directory(flags, &[1, 0])), Refused::Locked);
    assert!(matches!(what(&with_directory(packing, &[12, 0])), Refused::Unreadable { .. }), "bzip2");
    // What counts the files, in the last record: at 10 from its beginning.
    let mut fewer = with_directory(flags, &[0, 0]);
    let end = fewer.windows(4).rposition(|four| four == b"PK\x05\x06").expect("an end");
    fewer[end + 10] = 3;
    assert_eq!(what(&fewer), Refused::CutShort);
    assert_eq!(told("a.zip", &with_directory(flags, &[0, 0])).trainings.len(), 1);
}

/// What an import writes, folded onto what is there.
fn bring(log: &mut Vec<Entry>, bytes: &[u8], batch: &str) -> (State, supple_import::Preview) {
    let state = fold(log);
    let mut incoming = Batch::beside(Known::of(&state));
    read("a.zip", &mut Cursor::new(bytes), &berlin(), &mut |told| incoming.take(told));
    let preview = incoming.preview().clone();
    let imported =
        Imported { batch: batch.into(), name: Name::new("a.zip").expect("a name"), fingerprint: "f".into() };
    write(log, incoming.into_bodies(imported));
    (fold(log), preview)
}

fn write(log: &mut Vec<Entry>, bodies: Vec<EventBody>) {
    let now: jiff::Zoned = "2026-11-22T18:00:00+01:00[Europe/Berlin]".parse().expect("a time");
    let next_seq = log.len() as u64 + 1;
    let last_logical_ms = log.last().map(|entry| entry.order().0);
    let series = Series { device: "phone", next_seq, last_logical_ms };
    let events = stamp(series, bodies.into_iter().map(|body| (now.clone(), body)), |seq| format!("e{seq}"));
    log.extend(events.into_iter().map(|event| Entry::Read(Box::new(event))));
}

#[test]
fn a_second_import_of_the_same_file_brings_nothing_and_an_undone_one_can_be_brought_again() {
    let mut log = Vec::new();
    let (state, preview) = bring(&mut log, &strava(), "one");
    assert_eq!((preview.new, preview.there, state.trainings.len(), state.notes.len()), (4, 0, 4, 0));
    let lines = log.len();
    let (_, again) = bring(&mut log, &strava(), "two");
    assert!(again.is_empty() && again.there == 4 && log.len() == lines, "not even its start is written again");
    write(&mut log, vec![EventBody::ImportUndone(supple_core::event::ImportUndone { batch: "one".into() })]);
    assert!(fold(&log).trainings.is_empty());
    let (state, preview) = bring(&mut log, &strava(), "three");
    assert_eq!((preview.new, state.trainings.len(), state.imports.len()), (4, 4, 2));
}

#[test]
fn an_import_that_broke_off_goes_on_in_its_own_batch() {
    let mut log = Vec::new();
    bring(&mut log, &strava(), "one");
    log.truncate(3);
    let (state, preview) = bring(&mut log, &strava(), "two");
    assert_eq!((preview.new, preview.there, state.trainings.len()), (2, 2, 4));
    assert_eq!(state.imports.iter().map(|import| import.batch()).collect::<Vec<_>>(), ["one"]);
    assert!(state.trainings.iter().all(|training| training.what.batch() == Some("one")));
}

#[test]
fn what_was_typed_in_is_known_in_a_file_that_knows_more() {
    let mut log = Vec::new();
    let mut typed = told("a.zip", &strava()).trainings.remove(0);
    typed.source = None;
    typed.name = None;
    write(&mut log, vec![EventBody::Trained(Box::new(typed))]);
    let (state, preview) = bring(&mut log, &strava(), "one");
    assert_eq!((preview.new, preview.adding, state.trainings.len()), (3, 1, 4));
    assert_eq!(state.trainings[0].what.name.as_ref().map(|name| name.as_str()), Some("Feierabendrunde"));
}

#[test]
fn what_is_told_of_bytes_adds_up_to_the_archive() {
    let archive = strava();
    let all = told("a.zip", &archive);
    assert_eq!(all.bytes, archive.len() as u64);
    let mut files = 0;
    read("a.zip", &mut Cursor::new(&archive), &berlin(), &mut |told| {
        files += usize::from(matches!(told, Told::File));
        if let Told::Found(Found::Training(training)) = told {
            assert_eq!(training.batch(), Some(""), "the batch is not known yet");
        }
    });
    assert_eq!(files, 2);
}
