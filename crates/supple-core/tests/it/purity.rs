//! What the engine must not know. The lints of `clippy.toml` and the build for wasm32 are the first ring; this one
//! reads the text.

use crate::sources::{CLOCK_CHANCE_INPUT_ORDER, refuse};
use std::collections::BTreeSet;
use std::fs;

fn sources() -> Vec<(String, String)> {
    crate::sources::sources(env!("CARGO_MANIFEST_DIR"))
}

/// Every module of this crate that a text names, as `crate::x` or in `use crate::{x, y::z}`.
fn modules_named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word =
            |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => drop(named.insert(word(rest))),
            Some(list) => {
                let mut depth = 1;
                let mut start = true;
                for (i, c) in list.char_indices() {
                    if depth == 1 && start && !c.is_whitespace() {
                        named.insert(word(&list[i..]));
                        start = false;
                    }
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => start = true,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    named
}

#[test]
fn modules_are_found_in_every_way_to_name_them() {
    let code = "use crate::body::Site;\nuse crate::{gate::{Clearance, Reason}, plan};\nlet x = crate::learn::y();";
    let expected: BTreeSet<String> = ["body", "gate", "learn", "plan"].map(str::to_owned).into();
    assert_eq!(modules_named(code), expected);
}

#[test]
fn gate_does_not_know_plan_or_learn() {
    let mut files = 0;
    for (name, code) in sources().iter().filter(|(name, _)| name.starts_with("gate/")) {
        files += 1;
        let named = modules_named(code);
        for unknown_to_it in ["plan", "learn", "experiment", "programme", "guide", "contract", "state"] {
            assert!(!named.contains(unknown_to_it), "src/{name} names crate::{unknown_to_it}: the gate must not");
            let outside = format!("super::super::{unknown_to_it}");
            assert!(!code.contains(&outside), "src/{name} names {outside}: the gate must not");
        }
    }
    assert!(files >= 8, "the gate is in src/gate/");
}

#[test]
fn assessing_knows_nothing_of_what_comes_after_it() {
    for (name, code) in sources().iter().filter(|(name, _)| name.starts_with("assess/")) {
        let named = modules_named(code);
        for later in ["gate", "plan", "learn", "experiment", "programme", "guide", "contract"] {
            assert!(!named.contains(later), "src/{name} names crate::{later}, which comes after it in the loop");
        }
    }
}

#[test]
fn what_the_engine_depends_on_is_on_the_list() {
    // A new one has to earn its build time, and must have no clock, randomness, input or output of its own.
    let allowed = ["jiff", "libm", "schemars", "serde", "serde_json", "serde_path_to_error", "thiserror"];
    let manifest = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
            let known = ["[package]", "[features]", "[dependencies]", "[dev-dependencies]", "[lints]", "[[bench]]"];
            assert!(known.contains(&line), "{line} in Cargo.toml: say here what may stand in it");
        } else if section == "[dependencies]" && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap();
            assert!(allowed.contains(&name), "`{name}` is not on the list of what the engine may depend on");
        }
    }
}

#[test]
fn the_engine_has_no_clock_chance_or_input_and_no_order_that_differs() {
    let sources = sources();
    refuse(&sources, CLOCK_CHANCE_INPUT_ORDER);
    let reading = [("std::io", "the shell reads and writes"), ("env!(", "take the value as an argument")];
    refuse(&sources, &reading);
    for (name, code) in sources {
        if name != "math.rs" {
            assert!(!code.contains("libm::"), "src/{name}: transcendental functions go through math.rs");
        }
    }
}

#[test]
fn serde_stands_only_on_events_knowledge_and_wire_types() {
    let may = |name: &str| {
        ["event/", "knowledge/", "contract/"].iter().any(|folder| name.starts_with(folder))
            // How all of them are read, and what some of them hold.
            || ["lean.rs", "sorted.rs"].contains(&name)
            // The page keeps a phone's looks at its sensors between one and the next.
            || name.starts_with("measure/incline")
            // Seeds stand in events, and a replay goes out in a zip.
            || ["experiment/seed.rs", "experiment/replay.rs"].contains(&name)
            // What devices tell one another is a wire type too.
            || ["dose.rs", "move_dose.rs", "unit.rs", "body.rs", "ids.rs", "sync.rs", "sync/wire.rs"].contains(&name)
            // A session in progress is kept by the shell, so that a crash does not lose it.
            || name.starts_with("guide/")
    };
    for (name, code) in sources() {
        let derives = code.contains("Serialize") || code.contains("Deserialize");
        assert!(!derives || may(&name), "src/{name} uses serde: only events, knowledge and wire types do");
    }
}
