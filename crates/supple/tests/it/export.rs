//! `supple export`: files for watches and spreadsheets.

use crate::home::{Home, TODAY};

#[test]
fn a_session_goes_to_a_watch_and_does_not_come_back_as_a_training() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let [plan, done] = [home.path("plan.fit"), home.path("done.fit")];
    let [plan, done] = [&plan, &done].map(|path| path.to_str().unwrap());
    let nothing = home.at(TODAY, &["export", "activity", "--out", done]);
    assert!(nothing.code == 2 && nothing.err.contains("supple guide"), "{}", nothing.err);
    home.at(TODAY, &["export", "workout", "--out", plan]).ok();
    let taken = home.at(TODAY, &["export", "workout", "--out", plan]);
    assert!(taken.code == 2 && taken.err.contains("choose a name that is free"), "{}", taken.err);
    home.play(TODAY).ok();
    home.at(TODAY, &["export", "activity", "--out", done]).ok();
    for file in [plan, done] {
        let bytes = std::fs::read(file).expect("written");
        assert_eq!(&bytes[8..12], b".FIT");
        let back = home.at(TODAY, &["import", file, "--yes", "--json"]);
        let said = back.json();
        assert_eq!(said[0]["written"], serde_json::json!(0), "{said}");
        assert!(said[0]["problems"][0]["what"].as_str().is_some_and(|what| what.contains("Supple wrote")), "{said}");
    }
}

#[test]
fn tables_and_lines_hold_what_was_trained() {
    let home = Home::new();
    home.at(TODAY, &["train", "add", "running", "40", "--effort", "6"]).ok();
    let file = home.path("tables.zip");
    home.at(TODAY, &["export", "csv", "--out", file.to_str().unwrap()]).ok();
    let bytes = std::fs::read(&file).expect("written");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("trainings.csv") && text.contains(",2400,running,,6,"), "nothing is compressed in it");
    let lines = home.at(TODAY, &["export", "jsonl"]).ok().json_lines();
    assert!(lines.iter().any(|line| line["body"]["type"] == "trained"), "{lines:?}");
}
