//! An experiment in the terminal: designed, shown, guided, recorded, ended, exported and worked out again.

use crate::home::{Home, Ran};
use serde_json::{Value, json};
use std::fs;

fn at(day: u8, time: &str) -> String {
    format!("2026-11-{day:02}T{time}:00+01:00[Europe/Berlin]")
}

/// Checks in for the calves, with a good word about the day before.
fn check_in(home: &Home, day: u8, more: &[&str]) -> Ran {
    let flags = ["--goal", "mobility", "--minutes", "10", "--want", "calf"];
    home.check_in(&at(day, "18:00"), &[&flags[..], more].concat())
}

/// Somebody who has rolled both calves for a minute, and begins an experiment.
fn begun() -> Home {
    let home = Home::new();
    check_in(&home, 18, &["--age", "34", "--tool", "foam_roller:medium"]).ok();
    home.play(&at(18, "18:01"));
    check_in(&home, 19, &["--next-day", "calf=1"]).ok();
    home.play(&at(19, "18:01"));
    let design = ["experiment", "design", "roll_or_rest", "--region", "calf", "--json"];
    let asked = home.at(&at(19, "20:00"), &design).ok().json();
    assert!((6..=60).contains(&asked["sessions"].as_u64().unwrap()), "{asked}");
    assert_eq!(asked["begun"], json!(false));
    let begun = home.at(&at(19, "20:00"), &[&design[..], &["--begin"]].concat()).ok().json();
    assert_eq!((&begun["begun"], &begun["sessions"]), (&json!(true), &asked["sessions"]));
    home
}

fn today(home: &Home, now: &str, more: &[&str]) -> Value {
    home.at(now, &[&["experiment", "today", "--json"], more].concat()).ok().json()
}

/// One session; gives its way.
fn session(home: &Home, day: u8) -> u64 {
    check_in(home, day, &["--next-day", "calf=1"]).ok();
    let early = home.at(&at(day, "18:00"), &["experiment", "today", "--show"]);
    early.with_code(2).complains(&["no way is due"]);
    assert_eq!(today(home, &at(day, "18:00"), &[])["due"]["what"], "reading_before");
    home.at(&at(day, "18:01"), &["experiment", "record", "10", "10", "10"]).ok().says(&["--show"]);
    let shown = today(home, &at(day, "18:02"), &["--show"]);
    let arm = shown["due"]["arm"].as_u64().unwrap();
    if arm == 0 {
        assert_eq!(shown["due"]["what"], "to_do");
        home.at(&at(day, "18:02"), &["plan"]).ok().says(&["Your experiment asks for this today: 1 min"]);
        home.play(&at(day, "18:02"));
    } else {
        home.at(&at(day, "18:02"), &["plan"]).ok().says(&["Nothing to roll today"]);
    }
    let early = home.at(&at(day, "18:03"), &["experiment", "record", "11", "11", "11"]);
    early.with_code(2).complains(&["reading is"]);
    home.at(&at(day, "18:11"), &["experiment", "record", "11", "11", "11"]).ok().says(&["Nothing to do now"]);
    arm
}

#[test]
fn an_experiment_runs_from_the_question_to_an_export_that_is_worked_out_again() {
    let home = begun();
    let ways = [session(&home, 20), session(&home, 21)];
    assert_eq!(ways[0] + ways[1], 1, "both ways in the first block");
    let running = home.at(&at(21, "19:00"), &["experiment", "--json"]).ok().json();
    let mine = &running["experiments"][0];
    assert_eq!((&mine["done"], &mine["design"]["seed"]), (&json!(2), &Value::Null), "the order stays hidden");
    assert!(running["questions"].as_array().unwrap().len() >= 8);
    let zip = home.path("experiment.zip");
    let export = ["experiment", "export", zip.to_str().unwrap()];
    home.at(&at(21, "19:00"), &export).with_code(2).complains(&["end it first"]);
    home.at(&at(21, "19:00"), &["experiment", "design", "roll_or_rest"])
        .with_code(2)
        .complains(&["one experiment at a time"]);
    home.at(&at(21, "19:00"), &["experiment", "end", "--reason", "holidays"])
        .ok()
        .says(&["Cannot tell", "before six"]);
    home.at(&at(21, "19:00"), &export).ok();
    let first = fs::read(&zip).unwrap();
    home.at(&at(25, "19:00"), &export).ok();
    assert_eq!(first, fs::read(&zip).unwrap(), "the same bytes again");
    let ended = home.at(&at(21, "19:00"), &["experiment", "result", "--json"]).ok().json();
    assert_eq!((&ended["ended"]["how"], &ended["finding"]), (&json!("stopped"), &Value::Null));

    let log = home.path("log.jsonl");
    home.at(&at(22, "9:00").replace("T9", "T09"), &["log", "export", log.to_str().unwrap()]).ok();
    let replay = |file: &str| home.run(&["experiment", "replay", file, "--json"]);
    let replayed = replay(log.to_str().unwrap()).ok().json();
    assert_eq!(replayed["equal"], json!(true));
    let shown: Vec<_> = ways.iter().map(|way| json!([way])).collect();
    let sessions = replayed["experiments"][0]["sessions"].as_array().unwrap();
    assert_eq!(sessions.iter().map(|session| session["shown"].clone()).collect::<Vec<_>>(), shown);
    // An order that somebody touched is seen.
    let text = fs::read_to_string(&log).unwrap();
    let (one, other) = (format!("\"session\":0,\"arm\":{}", ways[0]), format!("\"session\":0,\"arm\":{}", ways[1]));
    assert!(text.contains(&one));
    let touched = home.write("touched.jsonl", text.replace(&one, &other));
    let seen = replay(&touched).with_code(1);
    assert_eq!(serde_json::from_str::<Value>(&seen.out).unwrap()["equal"], json!(false));
    replay(&home.write("none.jsonl", "{}\n")).with_code(2).complains(&["neither a log"]);
}

#[test]
fn a_way_that_is_not_allowed_today_is_not_shown() {
    let home = begun();
    check_in(&home, 20, &["--sore", "calf:left=8"]).ok();
    home.at(&at(20, "18:01"), &["experiment", "record", "10", "10", "10"]).ok();
    let refused = home.at(&at(20, "18:02"), &["experiment", "today", "--show"]).with_code(2);
    refused.complains(&["nothing is lost"]);
    assert_eq!(
        home.at(&at(20, "18:02"), &["experiment", "--json"]).ok().json()["experiments"][0]["sessions"],
        json!([])
    );
}
