//! TCX, GPX, Apple Health, JSON and tables, however broken, give trainings and problems, and never a panic.

#![no_main]

use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use supple_import::{Found, Settings, Told, read};

/// Whatever is told can be written to a log: it reads back as the same.
fn look(bytes: &[u8]) {
    let mut settings = Settings::of(TimeZone::UTC);
    settings.limits.file = 1 << 20;
    settings.limits.stream = 4 << 20;
    settings.limits.free = 1 << 20;
    read("fuzz", &mut Cursor::new(bytes), &settings, &mut |told| match told {
        Told::Found(Found::Training(training)) => {
            let text = serde_json::to_string(&training).expect("a training is always JSON");
            let again = serde_json::from_str(&text).expect("written, it can be read");
            assert_eq!(training, again);
        }
        Told::Found(Found::Soreness(day)) => {
            let text = serde_json::to_string(&day).expect("a day is always JSON");
            assert_eq!(day, serde_json::from_str(&text).expect("written, it can be read"));
        }
        Told::Problem(problem) => assert!(!problem.what.to_string().is_empty()),
        Told::Bytes(_) | Told::File => {}
    });
}

fuzz_target!(|bytes: &[u8]| {
    const BEGINNINGS: [&[u8]; 6] = [
        b"",
        b"<?xml version=\"1.0\"?><TrainingCenterDatabase><Activities><Activity Sport=\"Running\">",
        b"<?xml version=\"1.0\"?><gpx><trk><trkseg>",
        b"<?xml version=\"1.0\"?><HealthData>",
        b"[{\"start_date_local\":\"2024-01-01T10:00:00\",",
        b"date,minutes,sport\n",
    ];
    let (first, rest) = bytes.split_first().unwrap_or((&0, bytes));
    let mut file = BEGINNINGS[usize::from(*first) % BEGINNINGS.len()].to_vec();
    file.extend(rest);
    look(&file);
});
