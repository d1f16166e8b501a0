//! Files that are not part of the repository, and what they hold.

use crate::made::told;
use std::path::PathBuf;

/// A folder of samples beside the repository; none, and said so, where it is not.
pub fn sample(folder: &str) -> Option<PathBuf> {
    let up = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if up.is_dir() {
        return Some(up);
    }
    assert!(std::env::var_os("CI").is_none(), "CI has the samples of ../shared/data/{folder}");
    eprintln!("SKIPPED: ../shared/data/{folder} is not here");
    None
}

#[test]
fn the_workout_of_a_real_apple_export_is_read() {
    let Some(folder) = sample("apple-health-sample") else { return };
    let all = told("export.xml", &std::fs::read(folder.join("export6s3sample.xml")).expect("a file"));
    // What that project's own tests expect: `Workout.csv`.
    let table = std::fs::read_to_string(folder.join("Workout.csv")).expect("a file");
    let mut lines = table.lines();
    let headers: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let row: Vec<&str> = lines.next().expect("a row").split(',').collect();
    assert!(lines.next().is_none());
    let field = |name: &str| {
        let place = headers.iter().position(|header| header.trim_matches('"') == name).expect(name);
        row[place].trim_matches('"')
    };
    let minutes: f64 = field("duration").parse().expect("a number");
    let training = all.one();
    assert!((f64::from(training.seconds.get()) / 60.0 - minutes).abs() < 1.0 / 60.0);
    let start = training.start.strftime("%Y-%m-%d %H:%M:%S %z").to_string();
    assert_eq!(start, field("startDate"));
    assert!(field("workoutActivityType").to_lowercase().ends_with(&training.sport), "{}", training.sport);
    assert!(all.problems.is_empty(), "{:?}", all.problems);
}
