//! How good forecasts of soreness are, in the terminal.

use crate::home::Home;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Two months of two people: sore on the day after hard training, in no fixed rhythm.
fn tables() -> (String, String) {
    let mut wellness = "participant,effective_time_frame,mood,soreness\n".to_owned();
    let mut load = "participant,end_date_time,activity_names,perceived_exertion,duration_min\n".to_owned();
    for (person, shift) in [("ada", 0), ("ben", 4)] {
        let trains = |day: i32| (day * day * day + 5 * day + shift).rem_euclid(11) < 4;
        for day in 0..60 {
            let (month, of_month) = (9 + day / 30, 1 + day % 30);
            let _ = writeln!(
                wellness,
                "{person},2026-{month:02}-{of_month:02}T07:30:00Z,3,{}",
                if trains(day - 1) { 2 } else { 4 }
            );
            if trains(day) {
                let _ = writeln!(load, "{person},2026-{month:02}-{of_month:02}T18:00:00Z,['run'],8,45.5");
            }
        }
    }
    (wellness, load)
}

#[test]
fn what_load_does_is_found_where_the_last_reading_says_nothing() {
    let home = Home::new();
    let (wellness, load) = tables();
    let (wellness, load) = (home.write("wellness.csv", wellness), home.write("load.csv", load));
    let ran = home.run(&["forecast", "score", "--wellness", &wellness, "--load", &load, "--json"]).ok().json();
    let overall = &ran["overall"];
    assert_eq!(overall["n"], 106, "from the eighth of sixty days on, twice");
    assert_eq!(ran["participants"]["ada"]["n"], 53);
    let crps = |name: &str| overall["crps"][name].as_f64().unwrap();
    for rival in ["persistence", "mean"] {
        assert!(crps("supple") < 0.5 * crps(rival), "{}", overall["crps"]);
    }
    assert_eq!(ran["left_out"], serde_json::json!([]));
    home.run(&["forecast", "score", "--wellness", &wellness, "--load", &load])
        .ok()
        .says(&["| ada | 53 |", "| all | 106 |"]);
}

#[test]
fn a_packed_table_is_read_like_a_plain_one_and_rows_that_cannot_be_used_are_named() {
    let home = Home::new();
    let (wellness, load) = tables();
    let wellness = format!("{wellness}ada,yesterday,3,3\nada,2026-11-20,3,9\n");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(wellness.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let load = home.write("load.csv", load);
    let score = |file: &str| home.run(&["forecast", "score", "--wellness", file, "--load", &load, "--json"]);
    let plain = score(&home.write("wellness.csv", &wellness)).ok().json();
    assert_eq!(score(&home.write("wellness.csv.gz", &packed)).ok().json(), plain);
    let left_out = plain["left_out"].to_string();
    assert!(left_out.contains("\\\"yesterday\\\" is no date") && left_out.contains("from 1 to 5"), "{left_out}");
    score(&home.write("cut.csv.gz", &packed[..packed.len() / 2])).with_code(2).complains(&["cut off"]);
}

#[test]
fn what_is_missing_is_said() {
    let home = Home::new();
    let (wellness, load) = tables();
    let (wellness, load) = (home.write("wellness.csv", wellness), home.write("load.csv", load));
    let run = |args: &[&str]| home.run(&[&["forecast", "score"], args].concat());
    run(&["--wellness", &load, "--load", &load]).with_code(2).complains(&["no column effective_time_frame"]);
    let short = home.write("short.csv", "participant,effective_time_frame,soreness\na,2026-11-20,3\n");
    run(&["--wellness", &short, "--load", &load]).with_code(2).complains(&["eight days"]);
    run(&["--wellness", &wellness, "--load", "nowhere.csv"]).with_code(2).complains(&["nowhere.csv"]);
    run(&["--wellness", &wellness, "--load", &load, "--scale", "5-1"]).with_code(2).complains(&["such as 1-5"]);
}

/// The target of the project, on real diaries of twelve athletes.
#[test]
fn forecasts_for_real_athletes_beat_the_best_rival_by_three_percent() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/pmdata"));
    if !folder.is_dir() {
        // Straight to the terminal: the test harness hides what a passing test prints.
        let skipped = format!("SKIPPED: no {}: forecasts were not scored on real diaries\n", folder.display());
        std::io::stderr().write_all(skipped.as_bytes()).expect("a terminal to write to");
        return;
    }
    let file = |name: &str| folder.join(name).display().to_string();
    let (wellness, load) = (file("wellness.csv.gz"), file("srpe.csv.gz"));
    let ran = Home::new().run(&["forecast", "score", "--wellness", &wellness, "--load", &load, "--json"]).ok().json();
    let overall = &ran["overall"];
    assert!(overall["better_by"].as_f64().unwrap() > 0.03, "{overall}");
    let coverage = overall["coverage90"].as_f64().unwrap();
    assert!((0.85..=0.95).contains(&coverage), "{coverage}");
}
