//! SAFETY.md says what holds each rule. A name there that no longer exists, or a table that no longer is what the gate
//! does, fails here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_table_of_questions_is_what_the_gate_does() {
    let page = fs::read_to_string(root().join("SAFETY.md")).unwrap();
    let printed = Command::new(env!("CARGO_BIN_EXE_supple")).args(["knowledge", "table"]).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.lines().count() == 65, "a head and a row for each of 63 questions");
    assert!(
        page.contains(printed.trim()),
        "SAFETY.md does not hold the table that `supple knowledge table` prints; put it between the two marks"
    );
}

#[test]
fn every_test_and_scenario_named_on_the_page_exists() {
    let page = fs::read_to_string(root().join("SAFETY.md")).unwrap();
    let mut code = String::new();
    gather(&root().join("crates"), &mut code);
    let rules: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 3)
        .filter(|line| line[2..].starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    assert_eq!(rules.len(), 10, "ten rules");
    for rule in rules {
        let tests = rule.rsplit(" | ").next().unwrap();
        let named: Vec<&str> =
            tests.split('`').skip(1).step_by(2).filter(|name| !name.starts_with("Clearance")).collect();
        assert!(named.len() >= 2, "{rule}");
        for name in named {
            let scenario = root().join("scenarios").join(name).is_dir();
            assert!(scenario || code.contains(&format!("fn {name}(")), "SAFETY.md names `{name}`, which is nowhere");
        }
    }
}

/// All Rust code under a folder.
fn gather(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, code);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            code.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}
