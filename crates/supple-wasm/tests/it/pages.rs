//! The same request gives the same page and the same events, natively and in wasm.

use crate::engine::{Wasm, root};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use supple_wasm::shell::Shell;

/// Days with much in them: something taken back, a session stopped, an entry of a newer version, and nothing at all.
const DAYS: [&str; 4] =
    ["", "second_session_of_the_day", "sore_the_day_after_means_less_next_time", "the_tablet_has_a_newer_version"];

/// What the first engine says of what only the whole one knows.
const ELSEWHERE: &str = r#"{"elsewhere":true}"#;

/// Where the tour of every page begins. The last four are pages that say that there is no such thing.
const ENTRANCES: [&str; 13] = [
    "",
    "today",
    "plan",
    "history",
    "settings",
    "not-yet",
    "help-first",
    "measures",
    "next-day",
    "session/none",
    "after/none",
    "spots/none",
    "no/such/page",
];

fn log(day: &str) -> String {
    if day.is_empty() {
        return String::new();
    }
    fs::read_to_string(root().join("scenarios").join(day).join("events.jsonl")).expect("a scenario with a past")
}

fn asked(method: &str, path: &str, body: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    json!({
        "method": method, "path": path, "query": query, "body": body, "now_ms": 1_795_370_400_000_i64,
        "zone": "Europe/Berlin", "offset_minutes": 60, "seed": "0123456789abcdef", "root": "/", "device": "phone",
    })
    .to_string()
}

/// Every value between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

/// The forms of a page that post: where to, and what is in their hidden fields and chosen boxes.
fn forms(page: &str) -> Vec<(String, String)> {
    let posting = |form: &&str| form.contains("method=\"post\"");
    let read = |form: &str| {
        let action = between(form, "action=\"/", "\"").first()?.to_string();
        let fields = between(form, "<input ", ">")
            .into_iter()
            .filter(|input| input.contains("type=\"hidden\"") || input.contains(" checked"));
        let pairs = fields.filter_map(|input| {
            let name = between(input, "name=\"", "\"").first().copied()?;
            Some(format!("{name}={}", between(input, "value=\"", "\"").first().copied().unwrap_or("on")))
        });
        Some((action, pairs.collect::<Vec<_>>().join("&")))
    };
    between(page, "<form ", "</form>").into_iter().filter(posting).filter_map(read).collect()
}

#[test]
fn every_page_that_can_be_reached_and_every_form_on_it_is_the_same_in_wasm() {
    let (mut wasm, mut first) = (Wasm::start(), Wasm::start_first(&["Europe/Berlin"]));
    let (mut pages, mut posts, mut written) = (0, 0, 0);
    let mut days_here = 0;
    // What the first engine answered itself, and what it left to the whole one.
    let (mut here, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
    for day in DAYS {
        let log = log(day);
        let mut native = Shell::default();
        assert_eq!(native.open(&log), wasm.call("supple_open", &log), "{day}");
        first.call("supple_open", &log);
        // A log with an entry that the first engine cannot read is for the whole one, every page of it.
        let reads_it = first.call("supple_request", &asked("GET", "today", "")) != ELSEWHERE;
        days_here += usize::from(reads_it);
        let mut same = |native: &Shell, asked: &str| -> Value {
            let answer = native.request(asked);
            assert_ne!(answer, ELSEWHERE, "the whole engine knows everything: {asked}");
            assert_eq!(answer, wasm.call("supple_request", asked), "{day}: {asked}");
            let alone = first.call("supple_request", asked);
            let path = between(asked, "\"path\":\"", "\"")[0].split('/').next().unwrap().to_owned();
            if alone == ELSEWHERE && reads_it {
                elsewhere.insert(path);
            } else if alone != ELSEWHERE {
                assert!(reads_it, "{day}: {asked}");
                assert_eq!(answer, alone, "the first engine, {day}: {asked}");
                here.insert(path);
            }
            serde_json::from_str(&answer).unwrap()
        };
        let mut seen: BTreeSet<String> = ENTRANCES.map(str::to_owned).into();
        let mut left: Vec<String> = seen.iter().cloned().collect();
        while let Some(path) = left.pop() {
            let answer = same(&native, &asked("GET", &path, ""));
            assert_eq!(answer["append"], json!([]), "{day}: looking at {path} writes");
            pages += 1;
            let body = answer["response"]["body"].as_str().unwrap();
            for link in between(body, "href=\"/", "\"") {
                let link = link.split('#').next().unwrap().replace("&amp;", "&");
                let file = link.starts_with("assets/") || link.ends_with("manifest") || link.starts_with("api/");
                if !file && seen.len() < 40 && seen.insert(link.clone()) {
                    left.push(link);
                }
            }
            for (action, fields) in forms(body) {
                let answer = same(&native, &asked("POST", &action, &fields));
                posts += 1;
                written += answer["append"].as_array().unwrap().len();
            }
        }
    }
    assert!(pages > 40 && posts > 10 && written > 5, "{pages} pages, {posts} posts, {written} events: too few");
    assert!(days_here > 0 && days_here < DAYS.len(), "{days_here} of {} days: both kinds are tried", DAYS.len());
    for needed in ["", "today", "screen", "not-yet", "help-first"] {
        assert!(here.contains(needed), "the way to a first plan needs {needed:?}; here: {here:?}");
    }
    for later in ["session", "after", "next-day", "spots", "history", "settings", "evidence", "measures"] {
        assert!(elsewhere.contains(later), "{later} is for the whole engine; elsewhere: {elsewhere:?}");
    }
    assert!(here.remove("plan"), "until everything is answered, the plan leads back to a question");
    assert!(here.is_disjoint(&elsewhere), "one path, one engine: {here:?}, {elsewhere:?}");
}

#[test]
fn a_log_with_tests_of_movement_is_for_the_whole_engine() {
    let mut first = Wasm::start_first(&["Europe/Berlin"]);
    let taken = r#"{"id":"a.0","device":"a","seq":1,"logical_ms":1,"at":"2026-11-21T18:00:00+01:00[Europe/Berlin]","version":1,"body":{"type":"measure_taken","measure":"knee_to_wall","side":"left","trials":[9.0,10.0,10.5],"practice_trials":1,"when":"rest"}}"#;
    first.call("supple_open", "");
    assert_ne!(first.call("supple_request", &asked("GET", "today", "")), ELSEWHERE);
    first.call("supple_apply", taken);
    assert_eq!(first.call("supple_request", &asked("GET", "today", "")), ELSEWHERE);
}

#[test]
fn what_was_stored_is_on_the_next_page() {
    let mut wasm = Wasm::start();
    let log = log(DAYS[1]);
    let opened = wasm.call("supple_open", &log);
    assert_eq!(opened, format!("{{\"entries\":{}}}", log.lines().count()));
    let before = wasm.call("supple_missing", r#"{"have":{}}"#);
    let before: Value = serde_json::from_str(&before).unwrap();
    assert_eq!(before["lines"].as_array().unwrap().len(), log.lines().count(), "all that another side lacks");
    let line = r#"{"id":"new.0","device":"new","seq":1,"logical_ms":1,"at":"2026-11-22T18:00:00+01:00[Europe/Berlin]","version":1,"body":{"type":"retracted","event":"nothing"}}"#;
    wasm.call("supple_apply", line);
    let have = json!({ "have": before["have"] }).to_string();
    let after: Value = serde_json::from_str(&wasm.call("supple_missing", &have)).unwrap();
    assert_eq!(after["lines"], json!([line]));
    assert_eq!(after["have"]["new"], 1);
    assert_eq!(after["ask"], false);
}

#[test]
fn a_line_behind_a_gap_is_asked_for_again() {
    let mut shell = Shell::default();
    let line = |seq| {
        format!(
            r#"{{"id":"x{seq}","device":"x","seq":{seq},"logical_ms":{seq},"at":"2026-11-22T18:00:00+01:00[Europe/Berlin]","version":1,"body":{{"type":"retracted","event":"nothing"}}}}"#
        )
    };
    shell.open(&format!("{}\n{}\n{}", line(1), line(2), line(4)));
    let missing: Value = serde_json::from_str(&shell.missing(r#"{"have":{"x":4}}"#)).unwrap();
    assert_eq!(missing["have"], json!({ "x": 2 }));
    assert_eq!(missing["ask"], true);
    assert_eq!(missing["lines"], json!([]));
}

#[test]
fn a_line_that_was_set_aside_is_never_read_as_an_event() {
    let log = log(DAYS[1]);
    let first = log.lines().next().unwrap();
    let mut shell = Shell::default();
    assert_eq!(shell.open(&format!("{first}\0{first}\nnot an event")), r#"{"entries":3}"#);
    let missing: Value = serde_json::from_str(&shell.missing(r#"{"have":{}}"#)).unwrap();
    assert_eq!(missing["lines"], json!([first]), "only what has its place is exchanged");
}

#[test]
fn a_request_nobody_can_read_is_an_error_and_a_zone_nobody_knows_is_its_offset() {
    let shell = Shell::default();
    assert!(shell.request("{}").starts_with(r#"{"error":"#));
    let elsewhere = asked("GET", "today", "").replace("Europe/Berlin", "Moon/Tranquility");
    assert!(shell.request(&elsewhere).starts_with(r#"{"response":{"status":200"#));
}

/// A log with one entry.
fn entry_at(at: &str) -> String {
    json!({
        "id": "a.0", "device": "a", "seq": 1, "logical_ms": 1_795_360_000_000_i64, "at": at, "version": 1,
        "body": { "type": "checked_in", "goal": "mobility", "minutes": 10,
                  "soreness": [{ "region": "calf", "side": "left", "felt": 4 }] },
    })
    .to_string()
}

/// What the first engine makes of a log with one entry at this moment: its Today, or that it is elsewhere.
fn first_today(first: &mut Wasm, at: &str) -> String {
    assert_eq!(first.call("supple_open", &entry_at(at)), r#"{"entries":1}"#);
    first.call("supple_request", &asked("GET", "today", ""))
}

#[test]
fn the_first_engine_reads_moments_in_the_zones_it_was_handed_and_leaves_the_others() {
    let mut first = Wasm::start_first(&["Europe/Berlin", "America/St_Johns"]);
    let mut read = Vec::new();
    for at in [
        "2026-11-22T18:00:00+01:00[Europe/Berlin]",
        "2026-07-22T18:00:00.123456789+02:00[Europe/Berlin]",
        "2026-11-22T13:30:00-03:30[America/St_Johns]",
        "2026-11-22T17:00:00+00:00[UTC]",
        "2026-11-22T18:00:00+01:00[+01:00]",
    ] {
        let mut native = Shell::default();
        let page = first_today(&mut first, at);
        assert_ne!(page, ELSEWHERE, "{at}");
        native.open(&entry_at(at));
        assert_eq!(page, native.request(&asked("GET", "today", "")), "{at}");
        read.push(page);
    }
    read.dedup();
    assert!(read.len() > 1, "summer and winter differ");
    for at in [
        // A zone that was not handed over, an offset that is not the one of the zone, and other ways to write a moment.
        "2026-11-22T18:00:00+00:00[Europe/London]",
        "2026-11-22T18:00:00+02:00[Europe/Berlin]",
        "2026-11-22T18:00+01:00[Europe/Berlin]",
        "2026-11-22T18:00:00+01:00[+02:00]",
        "2026-11-22T18:00:00+01:00",
        "2026-02-30T18:00:00+01:00[Europe/Berlin]",
        "2026-11-22T18:00:00.+01:00[Europe/Berlin]",
        "2026-11-22T18:00:00.1234567890+01:00[Europe/Berlin]",
    ] {
        assert_eq!(first_today(&mut first, at), ELSEWHERE, "{at}");
    }
    // Somebody travels to where the worker has not looked yet.
    first.call("supple_open", "");
    let there = asked("GET", "today", "").replace("Europe/Berlin", "Asia/Kathmandu");
    assert_eq!(first.call("supple_request", &there), ELSEWHERE);
    assert_eq!(first.call("supple_not_stored", &there), ELSEWHERE);
    assert_ne!(first.call("supple_request", &asked("GET", "today", "")), ELSEWHERE);
    for wrong in ["", "Asia/Kathmandu", "Asia/Kathmandu\0", "Asia/Kathmandu\0TZif", "Asia/Kathmandu\0\u{100}"] {
        assert_eq!(first.call("supple_zone", wrong), r#"{"taken":false}"#, "{wrong:?}");
    }
}

#[test]
fn a_log_in_an_unknown_zone_still_counts_for_the_exchange_with_other_devices() {
    let mut first = Wasm::start_first(&[]);
    first_today(&mut first, "2026-11-22T18:00:00+01:00[Europe/Berlin]");
    let missing: Value = serde_json::from_str(&first.call("supple_missing", r#"{"have":{}}"#)).unwrap();
    assert_eq!(missing["have"], json!({ "a": 1 }));
    assert!(missing["lines"][0].as_str().unwrap().contains("[Europe/Berlin]"), "{missing}");
}

#[test]
fn an_engine_that_is_warmed_up_has_come_as_far_as_a_plan_and_its_log_is_as_it_was() {
    let asked_first = asked("GET", "", "");
    assert_eq!(Shell::warm_up(&asked_first), r#"{"planned":true}"#);
    let mut wasm = Wasm::start();
    wasm.call("supple_open", &log("a_session_across_midnight"));
    let page = wasm.call("supple_request", &asked("GET", "history", ""));
    assert_eq!(wasm.call("supple_warm_up", &asked_first), r#"{"planned":true}"#);
    assert_eq!(wasm.call("supple_request", &asked("GET", "history", "")), page);
}
