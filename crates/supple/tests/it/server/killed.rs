//! Pulling the plug under load: what was acknowledged is there.

use super::Running;
use super::sync::line;
use crate::home::Home;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[test]
fn kill_9_under_load_loses_no_acknowledged_event() {
    let home = Home::new();
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    let mut next = [1_u64; 3];
    for kill in 0..20 {
        let server = Running::start(&home);
        let done = AtomicUsize::new(0);
        let taken: Vec<(Vec<String>, u64)> = std::thread::scope(|scope| {
            let (server, done) = (&server, &done);
            let hammer = |device: usize, first: u64| {
                scope.spawn(move || {
                    let mut taken = Vec::new();
                    for seq in first.. {
                        let line = line(&format!("device-{device}"), seq, "a block was done");
                        let asked = server.ask("POST", "/api/sync").json(&json!({ "lines": [line] }));
                        match asked.try_send() {
                            Ok(answer) if answer.status == 200 => taken.push(line),
                            Ok(answer) => panic!("{}: {}", answer.status, answer.text()),
                            // It may have been written and not acknowledged: then it comes again, and is known.
                            Err(_) => return (taken, seq),
                        }
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    unreachable!("a series has no end")
                })
            };
            let threads: Vec<_> = next.iter().enumerate().map(|(device, &first)| hammer(device, first)).collect();
            // A different moment each time, and never before something was acknowledged.
            while done.load(Ordering::Relaxed) < 3 + kill * 2 {
                std::thread::sleep(Duration::from_micros(300));
            }
            kill_now(server);
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        for (device, (lines, seq)) in taken.into_iter().enumerate() {
            acknowledged.extend(lines);
            next[device] = seq;
        }
        let export = home.run(&["log", "export", "-"]).ok().out;
        let there: BTreeSet<String> = export.lines().map(str::to_owned).collect();
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "kill {kill}: {lost:?}");
        assert!(there.len() <= acknowledged.len() + 3 * (kill + 1), "kill {kill}: nothing twice");
        home.run(&["log", "verify"]).ok();
    }
    assert!(acknowledged.len() > 200, "it was under load: {}", acknowledged.len());
}

/// SIGKILL, while others still hold the server.
fn kill_now(server: &Running) {
    let killed = std::process::Command::new("kill").args(["-9", &server.child.id().to_string()]).status().unwrap();
    assert!(killed.success());
}
