//! Looking after the log: export, import, verify, rebuild, undo, dismiss.

use crate::home::{Home, TODAY, TOMORROW};

fn with_a_session() -> Home {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    home.play(TODAY);
    home
}

#[test]
fn export_and_import_give_the_same_bytes() {
    let (one, other) = (with_a_session(), Home::new());
    let file = one.path("export.jsonl");
    let file = file.to_str().unwrap();
    one.run(&["log", "export", file]).ok().says(&["lines written to"]);
    other.run(&["log", "import", file]).ok().says(&["new entries", "0 that were there already"]);
    let (first, second) = (one.run(&["log", "export", "-"]).ok().out, other.run(&["log", "export", "-"]).ok().out);
    assert!(!first.is_empty() && first == second && first == std::fs::read_to_string(file).unwrap());
    assert_eq!(one.at(TODAY, &["log", "show", "1"]).ok().out, other.at(TODAY, &["log", "show", "1"]).ok().out);
    // Again changes nothing.
    other.run(&["log", "import", file]).ok().says(&["0 new entries"]);
    assert_eq!(other.run(&["log", "export", "-"]).ok().out, first);
    other.run(&["log", "verify"]).ok();
    // An export never goes over a file.
    one.run(&["log", "export", file]).with_code(2).complains(&["choose a name that is free"]);
}

#[test]
fn a_broken_file_is_refused_and_a_broken_line_is_set_aside() {
    let home = with_a_session();
    let before = home.run(&["log", "export", "-"]).ok().out;
    for (name, bytes) in [("words.txt", &b"this is no log\nnor is this\n"[..]), ("bytes.bin", &[0xff, 0xfe, 0, 1])] {
        let file = home.write(name, bytes);
        home.run(&["log", "import", &file]).with_code(1).complains(&[name, "one event a line"]);
    }
    home.run(&["log", "import", "nowhere.jsonl"]).with_code(2).complains(&["nowhere.jsonl"]);
    assert_eq!(home.run(&["log", "export", "-"]).ok().out, before, "nothing came in");
    let other = Home::new();
    let file = other.write("half.jsonl", format!("{before}{{\"half\": \n"));
    other.run(&["log", "import", &file]).ok().says(&["set aside"]);
    other.run(&["log", "verify"]).with_code(0).says(&["1 line set aside"]);
    other.at(TODAY, &["log", "show", "1"]).ok().says(&["30 s"]);
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let home = with_a_session();
    let path = home.path("log.sqlite");
    // The schema is the four bytes at 60 of a SQLite file.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&9999_u32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    for verb in [&["log"][..], &["plan"], &["done", "--region", "calf", "--seconds", "20"]] {
        home.at(TODAY, verb).with_code(1).complains(&["log.sqlite", "schema 9999", "Update Supple"]);
    }
    assert!(std::fs::read(&path).unwrap() == bytes, "it is as it was");
}

#[test]
fn undo_takes_back_the_last_entry_and_then_the_one_before() {
    let home = with_a_session();
    home.at(TODAY, &["done", "--region", "calf", "--seconds", "20"]).ok();
    home.at(TODAY, &["log"]).ok().says(&["elsewhere"]);
    home.at(TODAY, &["log", "undo"]).ok().says(&["Taken back: done elsewhere"]);
    assert!(!home.at(TODAY, &["log"]).ok().out.contains("elsewhere"));
    home.at(TODAY, &["log", "undo"]).ok().says(&["Taken back: session ended"]);
    home.at(TODAY, &["log", "show", "1"]).ok().says(&["It broke off"]);
    Home::new().run(&["log", "undo"]).with_code(2).complains(&["nothing to take back"]);
}

#[test]
fn an_entry_of_a_newer_version_stops_the_plan_until_it_is_dismissed() {
    let home = with_a_session();
    let export = home.run(&["log", "export", "-"]).ok().out;
    let last = export.lines().last().unwrap();
    let mut event: serde_json::Value = serde_json::from_str(last).unwrap();
    event["id"] = "0199a000-0000-7000-8000-000000000001".into();
    event["device"] = "0199a000-0000-7000-8000-00000000000d".into();
    event["seq"] = 1.into();
    event["version"] = 999.into();
    event["logical_ms"] = (event["logical_ms"].as_i64().unwrap() + 2 * 86_400_000).into();
    let file = home.write("newer.jsonl", format!("{event}\n"));
    let flags = ["--goal", "mobility", "--minutes", "2", "--tight", "calf"];
    home.check_in(TOMORROW, &flags).ok().says(&["Ready"]);
    home.run(&["log", "import", &file]).ok().says(&["1 new entry"]);
    home.run(&["log", "verify"]).ok().says(&["1 that this program cannot read"]);
    let stopped = home.at(TOMORROW, &["plan"]).with_code(3);
    stopped.says(&["One question first", "1 entry of the log", "supple log dismiss"]);
    home.at(TOMORROW, &["log", "dismiss"]).ok().says(&["1 entry is passed over"]);
    home.at(TOMORROW, &["log", "dismiss"]).ok().says(&["nothing to dismiss"]);
    // Every question is asked anew.
    assert!(!home.at(TOMORROW, &["plan"]).with_code(3).out.contains("dismiss"));
    home.check_in(TOMORROW, &flags).ok().says(&["Ready"]);
}

#[test]
fn verify_and_rebuild_on_a_sound_log() {
    let home = with_a_session();
    home.run(&["log", "verify"]).ok().says(&["events. All is well."]);
    let before = home.run(&["log", "export", "-"]).ok().out;
    home.run(&["log", "rebuild"]).ok().says(&["read again. All is well."]);
    assert_eq!(home.run(&["log", "export", "-"]).ok().out, before);
    assert_eq!(home.run(&["log", "verify", "--json"]).ok().json()["sound"], true);
}

#[test]
fn an_empty_log_says_where_to_begin() {
    let home = Home::new();
    home.run(&["log"]).ok().says(&["Nothing logged yet", "supple check-in"]);
    home.run(&["log", "show", "1"]).with_code(2).complains(&["no session is logged yet", "supple check-in"]);
    let home = with_a_session();
    home.run(&["log", "show", "2"]).with_code(2).complains(&["no session 2", "number 1"]);
    home.run(&["log", "show", "0"]).with_code(2).complains(&["no session 0"]);
}

/// What the app logs is read by the terminal too.
#[test]
fn what_only_the_app_can_log_is_told_in_words() {
    let home = with_a_session();
    let session = home.run(&["log", "show", "1", "--json"]).ok().json();
    let session = session["session"].as_str().expect("an id").to_owned();
    let bodies = [
        serde_json::json!({ "type": "spot_marked", "spot": "a", "region": "calf", "side": "left", "view": "back",
            "x": 400, "y": 800, "name": "outer left calf", "lump": false }),
        serde_json::json!({ "type": "spot_marked", "spot": "b", "region": "pectorals", "side": "right", "view": "front",
            "x": 300, "y": 250, "lump": true }),
        serde_json::json!({ "type": "spot_followed_up", "spot": "a", "change": "easier" }),
        serde_json::json!({ "type": "spot_pressed", "spot": "a", "tenderness": 3, "when": "after", "session": session }),
        serde_json::json!({ "type": "routine_saved", "routine": "r", "name": "Evening legs", "goal": "wind_down",
            "minutes": 10, "wants": ["calf"] }),
        serde_json::json!({ "type": "plan_arranged", "doses": [] }),
        serde_json::json!({ "type": "session_reviewed", "session": session, "felt": "better",
            "soreness": [{ "region": "calf", "side": "left", "felt": 2 }] }),
        serde_json::json!({ "type": "seen_by_clinician", "on": "2026-11-20" }),
        serde_json::json!({ "type": "settings_changed", "theme": "dark", "country": "DE", "voice": false,
            "setup_seconds": 30 }),
    ];
    let lines: String = (1_u64..).zip(&bodies).map(|(seq, body)| format!("{}\n", serde_json::json!({
        "id": format!("0199a000-0000-7000-8000-{seq:012}"), "device": "0199a000-0000-7000-8000-00000000000d",
        "seq": seq, "logical_ms": 1_795_370_000_000_u64 + seq, "at": "2026-11-22T18:53:20+01:00[Europe/Berlin]",
        "version": 2, "body": body,
    }))).collect();
    let file = home.write("app.jsonl", lines);
    home.run(&["log", "import", &file]).ok().says(&["9 new entries"]);
    let list = home.at(TOMORROW, &["log"]).ok();
    list.says(&["Tight spot, outer left calf (", "there for 1 day, last time easier, tender 3 after a session."]);
    list.says(&[", a lump: there for 1 day. Worth showing to a clinician."]);
    list.says(&["Routine \"Evening legs\": ", "10 min: ", "You changed the plan of the last check-in: 0 blocks."]);
    list.says(&["Seen by a clinician on 20 November 2026"]);
    list.says(&["Settings of the app: dark pages, country DE, voice off, 30 s to set up."]);
    let shown = home.at(TOMORROW, &["log", "show", "1"]).ok();
    shown.says(&[
        "Afterwards it felt better than before; sore: ",
        "Tight spot, outer left calf: tender 3 after a session.",
    ]);
    let json = home.at(TOMORROW, &["log", "show", "1", "--json"]).ok().json();
    assert_eq!(json["review"]["felt"], "better");
    home.at(TOMORROW, &["log", "undo"]).ok().says(&["Taken back: settings changed"]);
    let schema = home.run(&["schema", "event"]).ok().out;
    for body in &bodies {
        assert!(schema.contains(body["type"].as_str().unwrap()), "{body}");
    }
}
