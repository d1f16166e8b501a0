//! A session from its start to its end, as the pages and the log tell it.

use crate::evening::Evening;
use serde_json::{Value, json};
use supple_app::player::step_json;
use supple_core::event::BlockEnd;
use supple_core::knowledge::StopSignalId;
use supple_core::state::SessionRecord;

fn record(evening: &Evening) -> &SessionRecord {
    evening.app.state().sessions.last().expect("a session")
}

fn finished(evening: &Evening, block: usize) -> Value {
    let record = record(evening);
    let dose = &record.started.doses[block];
    json!({
        "type": "block_finished", "session": record.id, "block": block, "technique": dose.technique, "region": dose.region,
        "side": dose.side, "seconds": dose.pressure().get(), "end": "completed", "lighter_steps": 0,
    })
}

fn send(evening: &mut Evening, path: &str, action: &str, bodies: &[Value]) -> (u16, Value) {
    let at = evening.now.to_string();
    let events: Vec<Value> = bodies.iter().map(|body| json!({ "at": at, "body": body })).collect();
    let body = json!({ "action": action, "events": events }).to_string();
    let answer = evening.post(&format!("{path}/events"), &body);
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
}

#[test]
fn it_starts_once_from_the_plan_in_force() {
    let mut evening = Evening::new();
    let path = evening.start();
    let doses = record(&evening).started.doses.clone();
    assert!(!doses.is_empty());
    assert_eq!(evening.start(), path, "the same form again is the same session");
    let again = evening.post("session/start", "action=another-form-of-today");
    assert_eq!(again.location.as_deref(), Some(format!("/{path}").as_str()), "what is under way goes on");
    assert_eq!(evening.app.state().sessions.len(), 1);

    let page = evening.get(&path);
    assert_eq!(page.status, 200);
    for text in [
        "id=\"stop\"",
        "Pressure off. What happened?",
        "Dizzy, breathless, chest pain",
        "href=\"tel:112\"",
        "by-hand",
    ] {
        assert!(page.body.contains(text), "{text}");
    }
    // An element of a drawing that is left open swallows the next one.
    for shape in ["circle", "rect"] {
        let (opened, closed) = (format!("<{shape} "), format!("</{shape}>"));
        assert_eq!(page.body.matches(&opened).count(), page.body.matches(&closed).count(), "{shape}");
    }
    let player = evening.player(&path);
    assert_eq!(player["blocks"].as_array().map(Vec::len), Some(doses.len()));
    assert_eq!(player["first"], json!(true));
    assert_eq!(player["session"]["id"], json!(record(&evening).id));
}

#[test]
fn without_a_check_in_or_a_clearance_nothing_starts() {
    let mut evening = Evening::new();
    evening.wait(24 * 3600);
    let answer = evening.post("session/start", "action=start-of-the-test");
    assert_eq!(answer.location.as_deref(), Some("/today"));

    let mut evening = Evening::new();
    evening.log_json(r#"{"type":"question_answered","caution":"sp_fever","text_version":1,"answer":"yes"}"#);
    let answer = evening.post("session/start", "action=start-of-the-test");
    assert_eq!(answer.location.as_deref(), Some("/not-yet"));
    assert!(evening.app.state().sessions.is_empty());
}

#[test]
fn an_answer_after_the_start_still_closes_what_it_closes() {
    let mut evening = Evening::new();
    let path = evening.start();
    evening.log_json(r#"{"type":"question_answered","caution":"sp_fever","text_version":1,"answer":"yes"}"#);
    let page = evening.get(&path);
    assert!(page.body.contains("This session does not go on") && !page.body.contains("session-data"));
    let by_hand = evening.get(&format!("{path}/by-hand"));
    assert!(!by_hand.body.contains("value=\"done\""));
}

#[test]
fn it_does_not_go_on_hours_later_nor_before_it_began() {
    for seconds in [3 * 3600 + 1, -1] {
        let mut evening = Evening::new();
        let path = evening.start();
        evening.wait(seconds);
        assert!(evening.get(&path).body.contains("This session does not go on"), "{seconds} s later");
    }
    let mut evening = Evening::new();
    let path = evening.start();
    evening.wait(3 * 3600);
    assert!(evening.get(&path).body.contains("session-data"));
}

#[test]
fn each_block_is_kept_once_however_often_it_is_sent() {
    let mut evening = Evening::new();
    let path = evening.start();
    evening.wait(60);
    let first = finished(&evening, 0);
    assert_eq!(
        send(&mut evening, &path, "block-0-of-the-test", std::slice::from_ref(&first)),
        (200, json!({ "stored": true }))
    );
    assert_eq!(send(&mut evening, &path, "block-0-of-the-test", &[first]), (200, json!({ "stored": true })));
    assert_eq!(record(&evening).blocks.len(), 1);

    // Taken up on another device: what is done stays done, and what may have been pressed since is left out.
    let blocks = record(&evening).started.doses.len();
    let session = evening.player(&path)["session"].clone();
    assert_eq!(session["at"], json!(1));
    evening.wait(60);
    assert_eq!(evening.player(&path)["session"]["at"], json!(if blocks > 2 { 2 } else { 1 }));

    let id = record(&evening).id.clone();
    let end = json!({ "type": "session_ended", "session": id, "completed": false });
    assert_eq!(send(&mut evening, &path, "end-of-the-test", std::slice::from_ref(&end)).0, 200);
    assert!(evening.get(&path).body.contains("This session is over"));
    assert!(evening.get(&path).body.contains(&format!("/after/{id}")));
    assert_eq!(send(&mut evening, &path, "end-of-the-test-2", &[end]).0, 409);
    // A sign that is noticed afterwards is never refused.
    let sign = json!({ "type": "stop_signalled", "session": id, "signal": "dizzy_or_chest" });
    assert_eq!(send(&mut evening, &path, "sign-of-the-test", &[sign]).0, 200);
    assert_eq!(evening.app.state().stops.len(), 1);
}

#[test]
fn only_what_the_session_can_bring_is_taken() {
    let mut evening = Evening::new();
    let path = evening.start();
    evening.wait(60);
    let good = finished(&evening, 0);
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    let too_much = record(&evening).started.doses[0].pressure().get() + 1;
    let bad = [
        with("session", json!("another")),
        with("block", json!(99)),
        with("technique", json!("plantar_ball")),
        with("side", json!("midline")),
        with("seconds", json!(too_much)),
        json!({ "type": "question_answered", "caution": "sp_fever", "text_version": 1, "answer": "no" }),
        json!({ "type": "session_started", "session": "x", "goal": "mobility", "doses": [] }),
        json!({ "type": "retracted", "event": "before-0" }),
        json!({ "type": "stop_signalled", "signal": "too_strong" }),
    ];
    let entries = evening.app.entries().len();
    for body in bad {
        assert_eq!(send(&mut evening, &path, "action-of-the-test", &[good.clone(), body.clone()]).0, 422, "{body}");
    }
    for body in
        ["", "[]", "action=x", r#"{"action":"short","events":[]}"#, r#"{"action":"a b c d e f g","events":[]}"#]
    {
        assert_eq!(evening.post(&format!("{path}/events"), body).status, 422, "{body}");
    }
    assert_eq!(send(&mut evening, "session/nowhere", "action-of-the-test", &[]).0, 404);
    assert_eq!(evening.app.entries().len(), entries, "nothing was written");
}

#[test]
fn a_clock_that_was_set_does_not_move_a_block_out_of_its_session() {
    for at in ["2026-11-21T08:00:00+00:00[UTC]", "2031-01-01T08:00:00+00:00[UTC]"] {
        let mut evening = Evening::new();
        let path = evening.start();
        evening.wait(60);
        let body =
            json!({ "action": "block-0-of-the-test", "events": [{ "at": at, "body": finished(&evening, 0) }] });
        assert_eq!(evening.post(&format!("{path}/events"), &body.to_string()).status, 200);
        assert_eq!(record(&evening).blocks[0].at, evening.now, "{at}");
    }
}

/// Plays the page's session to its end on a clock, and sends what the engine says.
#[test]
fn played_to_its_end_every_block_is_in_the_log() {
    let mut evening = Evening::new();
    let path = evening.start();
    let session = evening.player(&path)["session"].clone();
    let clocks = |ms: u64| json!({ "steady_ms": ms, "wall_ms": ms, "heard_ms": ms });
    let ask = |question: Value| -> Value { serde_json::from_str(&step_json(&question.to_string())).expect("JSON") };
    let mut answer = ask(json!({ "op": "begin", "session": session, "clocks": clocks(0) }));
    let (mut now, mut batch) = (0, 0);
    while answer["view"]["phase"] != "ended" {
        let input = if answer["view"]["waits_for_ready"] == json!(true) { "ready" } else { "tick" };
        answer = ask(json!({ "op": "step", "state": answer["state"], "input": input, "clocks": clocks(now) }));
        let events = answer["events"].as_array().expect("events").clone();
        if !events.is_empty() {
            batch += 1;
            assert_eq!(
                send(&mut evening, &path, &format!("batch-{batch}-of-the-test"), &events).0,
                200,
                "{events:?}"
            );
        }
        now += 1_000;
        evening.wait(1);
        assert!(now < 3_600_000, "it never ends");
    }
    let record = record(&evening);
    assert_eq!(record.blocks.len(), record.started.doses.len());
    assert!(record.blocks.iter().all(|block| block.finished.end == BlockEnd::Completed));
    assert!(record.ended.as_ref().is_some_and(|(_, completed)| *completed));
}

// ---- by hand ---------------------------------------------------------------------------------------------------------

fn by_hand(evening: &mut Evening, path: &str, block: usize, told: &str) -> String {
    evening.wait(90);
    let form = format!("action=told-{block}-{told}-in-the-test&block={block}&told={told}");
    evening.post(&format!("{path}/by-hand"), &form).location.expect("somewhere to go")
}

#[test]
fn by_hand_each_block_in_turn_to_the_end() {
    let mut evening = Evening::new();
    let path = evening.start();
    let doses = record(&evening).started.doses.clone();
    assert!(doses.len() >= 3, "this test needs three blocks");
    let page = evening.get(&format!("{path}/by-hand")).body;
    assert_eq!(page.matches("aria-current=\"step\"").count(), 1);
    assert!(page.contains("second hand") && page.contains(">Stop<"));

    by_hand(&mut evening, &path, 0, "done");
    by_hand(&mut evening, &path, 1, "skip");
    // An old page, posted again, does nothing.
    by_hand(&mut evening, &path, 0, "lighter");
    let mut then = String::new();
    for block in 2..doses.len() {
        then = by_hand(&mut evening, &path, block, if block == 2 { "lighter" } else { "done" });
    }
    let record = record(&evening);
    let told: Vec<_> = record
        .blocks
        .iter()
        .map(|b| (b.finished.block, b.finished.seconds, b.finished.end, b.finished.lighter_steps))
        .collect();
    assert_eq!(told[0], (0, doses[0].pressure().get(), BlockEnd::Completed, 0));
    assert_eq!(told[1], (1, 0, BlockEnd::Skipped, 0));
    assert_eq!(told[2], (2, doses[2].pressure().get(), BlockEnd::Completed, 1));
    assert_eq!(told.len(), doses.len());
    assert!(record.ended.is_some());
    assert_eq!(then, format!("/after/{}", record.id));
}

fn stop(evening: &mut Evening, path: &str, block: usize) -> String {
    evening.wait(60);
    let answer = evening.post(&format!("{path}/stop"), &format!("action=stop-{block}-in-the-test&block={block}"));
    answer.location.expect("the sheet")
}

#[test]
fn a_stop_by_hand_counts_as_sharp_until_it_is_answered() {
    let mut evening = Evening::new();
    let path = evening.start();
    let sheet = stop(&mut evening, &path, 0);
    assert_eq!(evening.app.state().stops[0].what.signal, StopSignalId::SharpOrElectric);
    let page = evening.get(&sheet).body;
    for words in
        ["Sharp, electric or tingling", "Too strong", "Dizzy, breathless", "Just finished", "Pressed by mistake"]
    {
        assert!(page.contains(words), "{words}");
    }
    // Nothing said: no block of this area comes again.
    let dose = record(&evening).started.doses[0].clone();
    let page = evening.get(&format!("{path}/by-hand")).body;
    assert!(!page.contains("name=\"block\" value=\"0\""), "the block is over");
    assert_eq!(record(&evening).blocks[0].finished.seconds, dose.pressure().get(), "nobody counted, so all counts");
}

fn answer_stop(evening: &mut Evening, path: &str, reason: &str) -> String {
    let sheet = stop(evening, path, 0);
    let was = sheet.split_once("was=").expect("which stop").1.to_owned();
    let form = format!("action=answer-{reason}-in-the-test&was={was}&reason={reason}");
    evening.post(&format!("{path}/stop"), &form).location.expect("somewhere")
}

#[test]
fn each_answer_to_a_stop_by_hand_does_what_it_says() {
    for (reason, then, signals, blocks, ended) in [
        ("sharp", "/by-hand", vec![StopSignalId::SharpOrElectric], 1, false),
        ("limb", "", vec![StopSignalId::LimbPinsOrColour], 1, false),
        ("strong", "?told=strong", vec![], 1, false),
        ("unwell", "/stop?told=unwell", vec![StopSignalId::DizzyOrChest], 1, true),
        ("finished", "/after/", vec![], 1, true),
        ("mistake", "/by-hand", vec![], 0, false),
        ("what-nobody-knows", "/by-hand", vec![StopSignalId::SharpOrElectric], 1, false),
    ] {
        let mut evening = Evening::new();
        let path = evening.start();
        let location = answer_stop(&mut evening, &path, reason);
        assert!(location.contains(then), "{reason}: {location}");
        let state = evening.app.state();
        let given: Vec<_> = state.stops.iter().map(|stop| stop.what.signal).collect();
        assert_eq!(given, signals, "{reason}");
        assert_eq!(record(&evening).blocks.len(), blocks, "{reason}");
        if reason != "limb" {
            assert_eq!(record(&evening).ended.is_some(), ended, "{reason}");
        }
    }
    let mut evening = Evening::new();
    let path = evening.start();
    let help = answer_stop(&mut evening, &path, "unwell");
    let page = evening.get(&help).body;
    assert!(page.contains("Please get medical help now") && page.contains("tel:112"));
}

#[test]
fn too_strong_by_hand_goes_on_lighter_and_the_second_time_ends_the_area() {
    let mut evening = Evening::new();
    let path = evening.start();
    let doses = record(&evening).started.doses.clone();
    let same = (1..doses.len()).find(|&i| doses[i].region == doses[0].region && doses[i].side == doses[0].side);
    answer_stop(&mut evening, &path, "strong");
    assert_eq!(record(&evening).blocks[0].finished.felt.last().map(|felt| felt.get()), Some(7));
    if let Some(block) = same {
        let session = evening.player(&path)["session"].clone();
        let target = session["blocks"][block]["target"].as_u64().expect("a target");
        assert_eq!(target, u64::from(doses[block].felt_target.get().saturating_sub(2).max(1)));
    }
}
