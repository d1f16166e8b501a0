//! Colours on a terminal only, and never where `NO_COLOR` is set.

use crate::home::{Home, TODAY};
use crate::terminal::{Terminal, there_is_one};

const VERBS: [(&str, i32); 5] =
    [("next", 0), ("plan", 3), ("log", 0), ("log show 1", 0), ("knowledge show calf_roller", 0)];

fn home() -> Home {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    home.play(TODAY);
    home
}

#[test]
fn a_pipe_gets_no_colours() {
    let home = home();
    for (verb, code) in VERBS {
        let words: Vec<&str> = verb.split_whitespace().collect();
        let ran = home.at(TODAY, &words).with_code(code);
        assert!(!ran.out.contains('\u{1b}'), "{verb}: {}", ran.out);
    }
}

#[test]
fn a_terminal_gets_colours_unless_they_are_refused() {
    if !there_is_one() {
        return;
    }
    let home = home();
    let shown = |(verb, expected): (&str, i32), env: &[(&str, &str)]| {
        let mut terminal = Terminal::open_with(&home, &format!("--now '{TODAY}' {verb}"), env);
        while terminal.next_piece() {}
        let raw = terminal.raw.clone();
        let (code, plain) = terminal.end();
        assert_eq!(code, expected, "{plain}");
        assert!(plain.lines().all(|line| line.chars().count() <= 80), "{verb} is wider than the window: {plain}");
        raw
    };
    for verb in VERBS {
        let name = verb.0;
        assert!(shown(verb, &[]).contains("\u{1b}["), "{name} has no colours on a terminal");
        assert!(!shown(verb, &[("NO_COLOR", "1")]).contains('\u{1b}'), "{name} has colours although NO_COLOR is set");
        assert!(!shown(verb, &[("TERM", "dumb")]).contains('\u{1b}'), "{name} has colours on a dumb terminal");
        // An empty NO_COLOR refuses nothing: https://no-color.org
        assert!(shown(verb, &[("NO_COLOR", "")]).contains("\u{1b}["), "{name} has no colours");
    }
}
