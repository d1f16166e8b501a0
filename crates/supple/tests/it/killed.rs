//! Pulling the plug in the middle of a session.

use crate::home::{Home, TODAY};
use serde_json::Value;
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// A guided session in real time, on a clock forty times as fast.
struct Guided {
    child: Child,
    typed: ChildStdin,
    cues: Lines<BufReader<ChildStdout>>,
}

impl Guided {
    fn start(home: &Home) -> Self {
        let mut child = home
            .supple()
            .args(["--now", TODAY, "guide", "--plain", "--json", "--speed", "40"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let typed = child.stdin.take().unwrap();
        let cues = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, typed, cues }
    }

    /// Reads cues until one of this kind; the clock never stands still for ever, so this ends.
    #[track_caller]
    fn until(&mut self, kind: &str) {
        for line in self.cues.by_ref() {
            let cue: Value = serde_json::from_str(&line.expect("it can be read")).expect("a cue is JSON");
            if cue["kind"] == kind {
                return;
            }
        }
        panic!("the session ended without the cue {kind}");
    }

    fn types(&mut self, words: &str) {
        writeln!(self.typed, "{words}").expect("it listens");
    }
}

#[test]
fn kill_in_the_second_block_loses_no_more_than_that_block() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let mut guided = Guided::start(&home);
    guided.types("ready");
    guided.until("start");
    guided.until("rest");
    guided.types("ready");
    guided.until("start");
    // On Unix this is SIGKILL: nobody can tidy up.
    guided.child.kill().unwrap();
    guided.child.wait().unwrap();

    home.run(&["log", "verify"]).ok().says(&["All is well."]);
    let session = home.run(&["log", "show", "1", "--json"]).ok().json();
    let blocks = session["blocks"].as_array().unwrap();
    assert_eq!(blocks.len(), 1, "the first block is there, the second is lost: {session}");
    assert_eq!((&blocks[0]["seconds"], &blocks[0]["end"]), (&30.into(), &"completed".into()), "{session}");
    assert_eq!(session["ended"], false);
    home.run(&["log", "show", "1"]).ok().says(&["30 s", "It broke off"]);
    // What was pressed counts to the day: only the right calf is left.
    let later = "2026-11-22T18:10:00+01:00[Europe/Berlin]";
    let flags = ["--goal", "mobility", "--minutes", "2", "--tight", "calf", "--json"];
    let again = home.check_in(later, &flags).ok().json();
    let sides: Vec<&Value> = again["plan"]["blocks"].as_array().unwrap().iter().map(|block| &block["side"]).collect();
    assert_eq!(sides, ["right"], "{again}");
    home.play(later);
    home.run(&["log", "verify"]).ok().says(&["All is well."]);
}

#[test]
fn kill_in_the_first_set_up_leaves_a_session_without_pressure() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let mut guided = Guided::start(&home);
    guided.until("set_up");
    guided.child.kill().unwrap();
    guided.child.wait().unwrap();
    home.run(&["log", "verify"]).ok();
    home.run(&["log"]).ok().says(&["nothing pressed"]);
    // It began, so what is asked before each session is asked again; nothing was pressed, so nothing is used up.
    home.at(TODAY, &["plan"]).with_code(3).says(&["One question first"]);
    let later = "2026-11-22T18:10:00+01:00[Europe/Berlin]";
    let flags = ["--goal", "mobility", "--minutes", "2", "--tight", "calf", "--json"];
    let again = home.check_in(later, &flags).ok().json();
    assert_eq!(again["plan"]["blocks"].as_array().unwrap().len(), 2, "{again}");
}

#[test]
fn another_entry_in_the_middle_does_not_end_the_session() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let mut guided = Guided::start(&home);
    guided.until("start");
    home.at(TODAY, &["done", "--region", "lats", "--seconds", "20"]).ok();
    guided.until("rest");
    guided.types("end");
    guided.until("session_ended");
    drop(guided.typed);
    let output = guided.child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let session = home.run(&["log", "show", "1", "--json"]).ok().json();
    assert_eq!((&session["ended"], &session["seconds_pressure"]), (&true.into(), &30.into()), "{session}");
    home.run(&["log", "verify"]).ok().says(&["All is well."]);
}

#[test]
fn a_script_that_closes_its_end_does_not_end_the_session() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let output = home
        .supple()
        .args(["--now", TODAY, "guide", "--plain", "--quiet", "--speed", "100"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("That is the session."), "{said}");
    assert!(!said.contains('\u{7}'), "quiet means no bell");
    assert!(said.matches("Out.").count() == 4, "the pace is called, then it goes on: {said}");
}
