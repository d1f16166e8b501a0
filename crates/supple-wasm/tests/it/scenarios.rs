//! `scenarios/<what_happens>/`: `today.toml`, `expected.txt` and, where there is a past, `events.jsonl`.

use crate::engine::{Wasm, root};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// Every scenario's folder, by name.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("scenarios"))
        .expect("scenarios/")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// A scenario as the JSON that both engines take.
fn day(folder: &std::path::Path) -> String {
    let today = fs::read_to_string(folder.join("today.toml")).expect("today.toml");
    let today: toml::Value = toml::from_str(&today).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let log = fs::read_to_string(folder.join("events.jsonl")).unwrap_or_default();
    serde_json::json!({ "log": log, "today": today }).to_string()
}

#[test]
fn golden_days_come_out_as_expected_and_the_same_in_wasm() {
    let accept = std::env::var_os("ACCEPT_SCENARIOS").is_some();
    let mut wasm = Wasm::start();
    let folders = folders();
    assert!(folders.len() >= 25, "only {} scenarios", folders.len());
    let mut wrong = String::new();
    for folder in &folders {
        let name = folder.file_name().unwrap().to_string_lossy();
        let day = day(folder);
        let native = supple_wasm::day::run_json(supple_knowledge::embedded(), &day);
        assert!(!native.starts_with("error:"), "{name}: {native}");
        assert_eq!(native, wasm.call("supple_day", &day), "{name}: native and wasm differ");
        let expected = folder.join("expected.txt");
        if accept {
            fs::write(&expected, &native).unwrap();
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&native) {
            write!(wrong, "\n===== {name}\n{native}").unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "these scenarios changed; if that is wanted, run `ACCEPT_SCENARIOS=1 cargo test -p supple-wasm` and read the \
         difference with git:{wrong}"
    );
}

#[test]
fn the_stateless_contract_gives_the_same_bytes_in_wasm() {
    let mut wasm = Wasm::start();
    let knowledge = supple_knowledge::embedded();
    for minutes in [2, 7, 12, 20] {
        for goal in ["warm_up", "mobility", "recovery", "wind_down"] {
            let request = format!(
                r#"{{"now":"2026-11-22T18:00:00+01:00[Europe/Berlin]","minutes":{minutes},"goal":"{goal}",
                   "tools":["foam_roller","ball","wall_ball","massage_stick"],"person":{{"age_years":41,"body_mass_kg":71.3}},
                   "first_session":false,"screen":{{"default":"no"}},
                   "soreness":[{{"region":"calf","side":"left","felt":4}}],"wants":["calf","gluteus_medius","lats"]}}"#
            );
            let native = supple_core::contract::answer_line(knowledge, &request);
            assert!(native.contains("\"blocks\":[{"), "{native}");
            assert_eq!(native, wasm.call("supple_plan", &request));
        }
    }
}
