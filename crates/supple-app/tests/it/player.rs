//! What the page that plays a session asks of the app.

use crate::evening::Evening;
use serde_json::{Value, json};
use supple_app::player::step_json;

fn clocks(ms: u64) -> Value {
    json!({ "steady_ms": ms, "wall_ms": 1_795_000_000_000_u64 + ms, "heard_ms": ms })
}

fn ask(question: &Value) -> Value {
    let answer: Value = serde_json::from_str(&step_json(&question.to_string())).expect("an answer is JSON");
    assert_eq!(answer.get("error"), None, "{question}");
    answer
}

/// A session as the page has it, at its clock's second 100.
fn begun() -> Value {
    let mut evening = Evening::new();
    let path = evening.start();
    let session = evening.player(&path)["session"].clone();
    ask(&json!({ "op": "begin", "session": session, "clocks": clocks(100_000) }))
}

fn step(answer: &Value, input: Value, clocks: Value) -> Value {
    ask(&json!({ "op": "step", "state": answer["state"], "input": input, "clocks": clocks }))
}

/// Every phase there is, and when it is reached.
fn every_phase() -> Vec<(Value, u64)> {
    let waiting = begun();
    let set_up = step(&waiting, json!("tick"), clocks(100_000));
    let lead_in = step(&set_up, json!("ready"), clocks(101_000));
    let work = to(&lead_in, "work", 101_000);
    let paused = step(&work.0, json!("pause"), clocks(work.1 + 1_000));
    let off = step(&work.0, json!({ "felt": 7 }), clocks(work.1 + 1_000));
    let stopped = step(&work.0, json!("stop"), clocks(work.1 + 1_000));
    let ended = step(&work.0, json!("end"), clocks(work.1 + 1_000));
    let asking = to(&work.0, "asking", work.1);
    let mut all = vec![(waiting, 100_000), (set_up, 100_000), (lead_in, 101_000)];
    if work.0["view"]["sets"] != json!(1) {
        all.push(to(&work.0, "rest", work.1));
    }
    let later = work.1 + 1_000;
    all.extend([work, (paused, later), (off, later), (stopped, later), (ended, later), asking]);
    all
}

/// Ticks each second until a phase is reached.
fn to(answer: &Value, phase: &str, mut now: u64) -> (Value, u64) {
    let mut answer = answer.clone();
    while answer["view"]["phase"] != json!(phase) {
        now += 1_000;
        assert!(now < 2_000_000, "{phase} is never reached");
        answer = step(&answer, json!("tick"), clocks(now));
    }
    (answer, now)
}

fn every_input() -> Vec<Value> {
    let mut inputs: Vec<Value> =
        ["tick", "ready", "add_time", "pause", "resume", "skip", "shorten", "lighter", "stop", "end"]
            .into_iter()
            .map(Value::from)
            .collect();
    inputs.extend((0..=10).map(|felt| json!({ "felt": felt })));
    inputs.extend(["could_be_more", "just_right", "too_much"].map(|word| json!({ "felt_word": word })));
    for signal in ["sharp_or_electric", "limb_pins_or_colour", "too_strong", "rising_in_hold", "dizzy_or_chest"] {
        inputs.push(json!({ "signal": signal }));
        inputs.push(json!({ "stop_reason": { "signal": signal } }));
    }
    inputs.extend(["just_finished", "mistake"].map(|reason| json!({ "stop_reason": reason })));
    inputs
}

#[test]
fn every_input_is_answered_in_every_phase_and_the_state_goes_round() {
    for (answer, now) in every_phase() {
        for input in every_input() {
            let next = step(&answer, input.clone(), clocks(now + 500));
            // Kept as text and read again, it goes on the same.
            let kept: Value = serde_json::from_str(&next["state"].to_string()).expect("JSON");
            assert_eq!(kept, next["state"]);
            let on = step(&next, json!("tick"), clocks(now + 1_500));
            let again = step(&json!({ "state": kept }), json!("tick"), clocks(now + 1_500));
            assert_eq!(on, again, "{input} in {}", answer["view"]["phase"]);
        }
    }
}

#[test]
fn stop_is_answered_at_once_in_every_phase_and_nothing_sounds_after_it() {
    for (answer, now) in every_phase() {
        let phase = answer["view"]["phase"].clone();
        let stopped = step(&answer, json!("stop"), clocks(now + 10));
        let view = &stopped["view"];
        assert_eq!(view["phase"], if phase == json!("ended") { json!("ended") } else { json!("stopped") });
        assert!(stopped["cues"].as_array().expect("cues").iter().any(|cue| cue["kind"] == "stop_asked"), "{phase}");
        assert!(view["inputs"].as_array().expect("inputs").contains(&json!("stop")));
        let ahead = stopped["ahead"].as_array().expect("beats");
        // Only what follows if nobody answers in 20 s.
        let early = ahead.iter().any(|beat| beat["at_ms"].as_u64() < Some(now + 20_000));
        assert!(!early, "{phase}: {ahead:?}");
    }
}

#[test]
fn what_is_handed_to_the_sound_is_what_comes_due() {
    let (answer, now) =
        to(&step(&step(&begun(), json!("tick"), clocks(100_000)), json!("ready"), clocks(101_000)), "work", 101_000);
    let ahead: Vec<Value> =
        answer["ahead"].as_array().expect("beats").iter().filter(|beat| beat["kind"] != "tick").cloned().collect();
    let until = now + 60_000;
    let mut given = Vec::new();
    let (mut answer, mut at) = (answer, now);
    while at < until {
        at += 700;
        answer = step(&answer, json!("tick"), clocks(at));
        given.extend(
            answer["cues"]
                .as_array()
                .expect("cues")
                .iter()
                .map(|cue| json!({ "at_ms": cue["at_ms"], "kind": cue["kind"] })),
        );
    }
    let early = |beats: Vec<Value>| -> Vec<Value> {
        beats.into_iter().filter(|beat| beat["at_ms"].as_u64() < Some(until)).collect()
    };
    let (ahead, given) = (early(ahead), early(given));
    assert!(ahead.len() > 20, "a minute of strokes has many cues: {}", ahead.len());
    assert_eq!(ahead, given);
}

#[test]
fn the_cadence_ticks_each_second_between_the_passes() {
    let (answer, now) =
        to(&step(&step(&begun(), json!("tick"), clocks(100_000)), json!("ready"), clocks(101_000)), "work", 101_000);
    let pass = answer["clock"]["pass"]["length_ms"].as_u64().expect("strokes");
    let set = answer["clock"]["length_ms"].as_u64().expect("a set");
    let began = now - (set - answer["clock"]["left_ms"].as_u64().expect("a set"));
    let ticks: Vec<u64> = answer["ahead"]
        .as_array()
        .expect("beats")
        .iter()
        .filter(|beat| beat["kind"] == "tick")
        .filter_map(|beat| beat["at_ms"].as_u64())
        .filter(|&at| at < began + set)
        .collect();
    let expected: Vec<u64> =
        (1..set / 1000).map(|n| began + n * 1000).filter(|at| (at - began) % pass != 0 && *at > now).collect();
    assert_eq!(ticks, expected);
}

#[test]
fn a_gap_pauses_where_it_was_and_sound_that_ran_on_is_no_gap() {
    let lead_in = step(&step(&begun(), json!("tick"), clocks(100_000)), json!("ready"), clocks(101_000));
    let (work, now) = to(&lead_in, "work", 101_000);
    let left = work["clock"]["left_ms"].clone();

    // Asleep for ten minutes: neither page nor sound ran.
    let slept = json!({ "steady_ms": now + 600_000, "wall_ms": clocks(now + 600_000)["wall_ms"], "heard_ms": now });
    let next = step(&work, json!("tick"), slept);
    assert_eq!((&next["view"]["phase"], &next["gap"]), (&json!("paused"), &json!(true)));
    assert_eq!(next["clock"]["left_ms"], left, "not a second of pressure was counted");
    // A phone whose steady clock stands still in its sleep.
    let slept = json!({ "steady_ms": now + 100, "wall_ms": clocks(now + 600_000)["wall_ms"], "heard_ms": now + 100 });
    assert_eq!(step(&work, json!("tick"), slept)["view"]["phase"], "paused");
    // Without any sound, a page that does not wake guides nobody.
    let silent = |ms: u64| json!({ "steady_ms": ms, "wall_ms": clocks(ms)["wall_ms"], "heard_ms": null });
    let quiet = step(&work, json!("tick"), silent(now + 1_000));
    assert_eq!(step(&quiet, json!("tick"), silent(now + 20_000))["view"]["phase"], "paused");

    // Hidden for half a minute while the sound ran: it was heard, so it happened.
    let hidden = step(&work, json!("tick"), clocks(now + 20_000));
    assert_eq!(hidden["gap"], json!(false));
    assert_ne!(hidden["view"]["phase"], "paused");
}

#[test]
fn a_stop_in_a_gap_is_a_stop() {
    let lead_in = step(&step(&begun(), json!("tick"), clocks(100_000)), json!("ready"), clocks(101_000));
    let (work, now) = to(&lead_in, "work", 101_000);
    let slept = json!({ "steady_ms": now + 600_000, "wall_ms": clocks(now + 600_000)["wall_ms"], "heard_ms": null });
    assert_eq!(step(&work, json!("stop"), slept)["view"]["phase"], "stopped");
}

#[test]
fn a_reload_takes_it_up_at_the_same_second() {
    for (answer, now) in every_phase() {
        // Another page, whose steady clock began anew, a minute later.
        let later = json!({ "steady_ms": 40, "wall_ms": clocks(now + 60_000)["wall_ms"], "heard_ms": null });
        let again = ask(&json!({ "op": "take_up", "state": answer["state"], "clocks": later }));
        let (was, is) = (&answer["view"]["phase"], &again["view"]["phase"]);
        match was.as_str().expect("a phase") {
            "waiting" | "paused" | "off" | "ended" => assert_eq!(was, is),
            // The clock of a set-up that waits for Ready does not run, so there is nothing to stop.
            "set_up" if answer["view"]["waits_for_ready"] == json!(true) => assert_eq!(was, is),
            // Nobody answered for a minute: it counts as sharp pain, and nothing goes on by itself.
            "stopped" => {
                assert!(
                    again["events"]
                        .as_array()
                        .expect("events")
                        .iter()
                        .any(|event| event["signal"] == "sharp_or_electric")
                );
                assert_ne!(is, "stopped");
                assert_eq!(again["next_due_ms"], Value::Null);
            }
            _ => {
                assert_eq!(is, "paused", "from {was}");
                assert_eq!(again["clock"]["left_ms"], answer["clock"]["left_ms"]);
                let on = step(
                    &again,
                    json!("resume"),
                    json!({ "steady_ms": 90, "wall_ms": later["wall_ms"], "heard_ms": null }),
                );
                assert_eq!((&on["view"]["phase"], &on["clock"]["left_ms"]), (was, &answer["clock"]["left_ms"]));
            }
        }
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    for bad in ["", "null", "{}", r#"{"op":"step"}"#, r#"{"op":"fly"}"#] {
        let answer: Value = serde_json::from_str(&step_json(bad)).expect("JSON");
        assert!(answer["error"].as_str().is_some_and(|error| !error.is_empty()), "{bad}");
    }
    let mut newer = begun();
    newer["state"]["version"] = json!(2);
    let question = json!({ "op": "take_up", "state": newer["state"], "clocks": clocks(1) });
    let answer: Value = serde_json::from_str(&step_json(&question.to_string())).expect("JSON");
    assert!(answer["error"].as_str().is_some_and(|error| error.contains("version 2")), "{answer}");
}
