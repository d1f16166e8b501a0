//! Whatever is posted to whatever path of the app: it answers, what it wants written can be written and read again,
//! and after that it still answers every page.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use supple_app::App;
use supple_app::exchange::{Method, Request, Shell};
use supple_core::event::upcast::{Entry, read};
use supple_core::event::{Series, stamp};

/// A log in the middle of things: profile, answers, check-in, a spot, sessions.
static LOG: LazyLock<Vec<Entry>> = LazyLock::new(|| include_str!("../a_log.jsonl").lines().map(read).collect());

fn ask(app: &App, method: Method, path: &str, query: &str, body: &str) -> supple_app::Decision {
    let request = Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        body: body.to_owned(),
        now: "2026-11-22T18:30:00+01:00[Europe/Berlin]".parse().expect("a time"),
        seed: "0123456789abcdef".to_owned(),
        root: "/".to_owned(),
        shell: Shell::Server,
    };
    let decision = app.decide(&request);
    let response = &decision.response;
    assert!(matches!(response.status, 200 | 303 | 400 | 403 | 404 | 409 | 413 | 422 | 503), "{}", response.status);
    assert_eq!(response.status == 303, response.location.is_some());
    if let Some(location) = &response.location {
        assert!(location.starts_with('/') && !location.starts_with("//"), "nobody is sent elsewhere: {location}");
        assert!(location.bytes().all(|byte| byte.is_ascii_graphic()), "{location:?} can be in a header");
    }
    assert!(method == Method::Post || decision.bodies.is_empty(), "looking never writes");
    decision
}

// The first line is path and query, the rest is the body.
fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (address, body) = text.split_once('\n').unwrap_or((text, ""));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    for log in [Vec::new(), LOG.clone()] {
        let mut app = App::new(supple_knowledge::embedded(), log);
        ask(&app, Method::Get, path, query, "");
        let decision = ask(&app, Method::Post, path, query, body);
        if decision.bodies.is_empty() {
            continue;
        }
        let last = app.entries().iter().map(|entry| entry.order().0).max();
        let series = Series { device: "fuzz", next_seq: 1, last_logical_ms: last };
        let events = stamp(series, decision.bodies, |seq| format!("{}.{}", decision.action, seq - 1));
        app.apply(events.into_iter().map(|event| {
            let line = serde_json::to_string(&event).expect("an event is JSON");
            let entry = read(&line);
            assert!(matches!(entry, Entry::Read(_)), "what a form writes can be read again: {line}");
            entry
        }));
        for page in ["today", "plan", "history", "settings", path] {
            ask(&app, Method::Get, page, "", "");
        }
        // The same form again is harmless, or says so.
        ask(&app, Method::Post, path, query, body);
    }
});
