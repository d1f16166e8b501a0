//! Real files of watches, read here and by PyPI's `fitdecode`: the same sums. Skipped, and said so, where they are not.

use crate::made::told;
use crate::samples::sample;
use serde_json::Value;

/// Written by `scripts/compare-with-fitdecode`.
const OTHERS: &str = include_str!("fitdecode.json");

#[test]
fn sums_are_those_of_another_reader() {
    let Some(folder) = sample("fit-files") else { return };
    let others: Value = serde_json::from_str(OTHERS).expect("JSON");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "fit") {
            continue;
        }
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let all = told(&name, &std::fs::read(&path).expect("a file"));
        let theirs = &others["files"][&name];
        assert!(theirs.is_object(), "{name} is not in fitdecode.json; run scripts/compare-with-fitdecode");
        let parts = theirs["sessions"].as_array().expect("a list");
        assert_eq!(all.trainings.len(), parts.len(), "{name}: {:?}", all.problems);
        for (ours, theirs) in all.trainings.iter().zip(parts) {
            assert_eq!(Some(u64::from(ours.seconds.get())), theirs["seconds"].as_u64(), "{name}: length");
            match theirs["start"].as_i64() {
                Some(start) => assert_eq!(ours.start.timestamp().as_second(), start, "{name}: start"),
                // Its device learned the clock on the wall at the end, 698,070,063 s after 1989 ended: 3,887 s after it
                // began, by its own counting.
                None => assert_eq!(ours.start.datetime().to_string(), "2012-02-13T11:16:16", "{name}: start"),
            }
            assert_eq!(ours.distance.map(|far| u64::from(far.get())), theirs["metres"].as_u64(), "{name}: distance");
        }
        let sum = |of: fn(&supple_core::event::Trained) -> u64| all.trainings.iter().map(of).sum::<u64>();
        assert_eq!(Some(sum(|t| t.sets() as u64 + t.rolled.len() as u64)), theirs["sets"].as_u64(), "{name}: sets");
        assert_eq!(Some(sum(|t| u64::from(t.repetitions()))), theirs["repetitions"].as_u64(), "{name}: repetitions");
        seen += 1;
    }
    assert_eq!(seen, others["files"].as_object().expect("an object").len(), "no file is missing");
}
