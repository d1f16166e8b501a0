//! A file of a watch, however broken, gives trainings and problems, and never a panic.

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
    // A header that is right, so that the messages are what is changed.
    let mut file = vec![12, 0x20, 0x54, 0x08];
    file.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    file.extend(b".FIT");
    file.extend(bytes);
    look(&file);
    look(bytes);
});
