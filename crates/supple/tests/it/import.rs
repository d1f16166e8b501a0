//! `supple import` and `supple train`: preview, writing, problems, undoing.

use crate::home::{Home, TODAY};
use serde_json::json;

const TABLE: &str = "date,minutes,sport,effort\n2026-11-10 18:00,40,Run,6\n2026-11-12 18:00,30,Swim,\n";

#[test]
fn nothing_is_written_without_a_yes() {
    let home = Home::new();
    let table = home.write("a.csv", TABLE);
    let seen = home.at(TODAY, &["import", &table]).ok();
    assert!(seen.out.contains("2 new trainings, 1 h 10 min, from 2026-11-10 to 2026-11-12"), "{}", seen.out);
    assert!(seen.out.contains("Nothing is written. Add --yes"), "{}", seen.out);
    assert_eq!(home.at(TODAY, &["train", "list", "--json"]).ok().json(), json!([]));
}

#[test]
fn what_is_written_is_known_again_and_can_be_undone_and_brought_again() {
    let home = Home::new();
    let table = home.write("a.csv", TABLE);
    let first = home.at(TODAY, &["import", &table, "--yes", "--json"]).ok().json();
    assert_eq!((&first[0]["new"], &first[0]["written"]), (&json!(2), &json!(3)), "{first}");
    let again = home.at(TODAY, &["import", &table, "--yes", "--json"]).ok().json();
    assert_eq!((&again[0]["new"], &again[0]["there"], &again[0]["written"]), (&json!(0), &json!(2), &json!(0)));
    let batch = first[0]["batch"].as_str().expect("an id");
    home.at(TODAY, &["import", "undo", batch]).ok();
    assert_eq!(home.at(TODAY, &["train", "list", "--json"]).ok().json(), json!([]));
    let twice = home.at(TODAY, &["import", "undo", batch]);
    assert!(twice.code == 2 && twice.err.contains("supple import list"), "{}", twice.err);
    let anew = home.at(TODAY, &["import", &table, "--yes", "--json"]).ok().json();
    assert_eq!(anew[0]["new"], json!(2));
    let listed = home.at(TODAY, &["import", "list", "--json"]).ok().json();
    assert_eq!((&listed[0]["undone"], &listed[1]["undone"]), (&json!(false), &json!(true)));
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others_and_writes_nothing() {
    let home = Home::new();
    let (table, odd) = (home.write("a.csv", TABLE), home.write("b.fit", "no file of a watch"));
    let both = home.at(TODAY, &["import", &odd, &table, "--yes", "--json"]);
    assert_eq!(both.code, 2, "{}", both.err);
    let said = both.json();
    assert_eq!((&said[0]["written"], &said[1]["new"]), (&json!(0), &json!(2)));
    assert!(said[0]["problems"][0]["what"].as_str().is_some_and(|what| what.contains("it reads FIT")), "{said}");
    let missing = home.at(TODAY, &["import", "there_is_none.fit"]);
    assert!(missing.code == 2 && missing.err.contains("there_is_none.fit"), "{}", missing.err);
}

#[test]
fn a_training_that_is_typed_in_says_what_it_asked_of_each_region() {
    let home = Home::new();
    home.at(TODAY, &["train", "add", "running", "40", "--effort", "6", "--unusual"]).ok();
    let listed = home.at(TODAY, &["train", "list", "--json"]).ok().json();
    assert_eq!(listed[0]["load"], json!(240.0));
    assert_eq!(listed[0]["regions"]["calf"]["unaccustomed"], json!(1.0));
    let wrong = home.at(TODAY, &["train", "add", "curling", "40"]);
    assert!(wrong.code == 2 && wrong.err.contains("running"), "{}", wrong.err);
    let ahead = home.at(TODAY, &["train", "add", "running", "40", "--start", "2030-01-01T10:00"]);
    assert!(ahead.code == 2 && ahead.err.contains("lies ahead"), "{}", ahead.err);
    assert_eq!(home.at(TODAY, &["train", "add", "running", "0"]).code, 2);
}
