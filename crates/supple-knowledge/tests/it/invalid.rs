//! Every rule can fail: `tests/invalid/<what_is_wrong>/`. How a fixture is written: `tests/invalid/README.md`.

use crate::{as_knowledge_files, files_under, here, real_files};
use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs, thread};
use supple_core::knowledge::check::{Problem, RETEST_RULE, REVIEW_RULE, RULES, TRIAL_RULES};
use supple_knowledge::read_files;
use toml::{Table, Value};

/// Rules about single files, which look before the table of rules does.
const FILE_RULES: &[&str] = &["not_toml", "unknown_field", "bad_field", "unknown_id", "unknown_file", "missing_file"];

/// In a `.changed` file: takes the field out.
const REMOVED: &str = "<removed>";

/// A fixture and what is found wrong with it.
struct Fixture {
    name: String,
    expected: String,
    problems: Vec<Problem>,
}

// One test for both, so that the fixtures are read once.
#[test]
fn every_rule_can_fail_and_says_what_is_wrong() {
    let fixtures = fixtures();
    let accept = env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for Fixture { name, expected, problems } in &fixtures {
        let found: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        if found.is_empty() {
            wrong.push(format!("{name}: nothing was found wrong"));
        } else if found != *expected && accept {
            fs::write(here("tests/invalid").join(name).join("expected.txt"), &found).expect("a writable fixture");
        } else if found != *expected {
            wrong.push(format!("{name}:\n  expected\n{}  found\n{}", indented(expected), indented(&found)));
        }
    }
    let proven: BTreeSet<_> =
        fixtures.iter().flat_map(|fixture| &fixture.problems).map(|problem| problem.rule).collect();
    let rules: BTreeSet<_> = RULES
        .iter()
        .map(|(name, _)| *name)
        .chain(TRIAL_RULES.iter().map(|(name, _)| *name))
        .chain([REVIEW_RULE, RETEST_RULE])
        .chain(FILE_RULES.iter().copied())
        .collect();
    wrong.extend(rules.difference(&proven).map(|rule| format!("no folder shows that the rule {rule} can fail")));
    wrong.extend(
        proven.difference(&rules).map(|rule| format!("the rule {rule} is in no table; add it to FILE_RULES")),
    );
    assert!(
        wrong.is_empty(),
        "tests/invalid/\n{}\n\nIf a changed message is wanted: UPDATE_EXPECTED=1 cargo test -p supple-knowledge, \
         and read the diff.",
        wrong.join("\n")
    );
}

#[test]
fn mistakes_in_several_files_all_show_at_once() {
    let real = real_files();
    let mut together = BTreeMap::new();
    for name in ["not_toml", "field_nobody_knows", "limits_missing"] {
        together.extend(files_under(&here("tests/invalid").join(name)));
    }
    let rules: BTreeSet<_> = problems(&real, &together).iter().map(|problem| problem.rule).collect();
    assert_eq!(rules, BTreeSet::from(["missing_file", "not_toml", "unknown_field"]));
}

/// Every fixture, read on as many threads as there are.
fn fixtures() -> Vec<Fixture> {
    let real = real_files();
    let mut names = Vec::new();
    for entry in fs::read_dir(here("tests/invalid")).expect("the folder of fixtures") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            names.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let read = |name: &String| {
        let files = files_under(&here("tests/invalid").join(name));
        let expected = files.get("expected.txt").cloned().unwrap_or_default();
        Fixture { name: name.clone(), expected, problems: problems(&real, &files) }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = names.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> =
            names.chunks(share).map(|names| scope.spawn(|| names.iter().map(read).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a fixture that can be read")).collect()
    })
}

/// What is wrong with the real files once a fixture is laid over them.
fn problems(real: &BTreeMap<String, String>, fixture: &BTreeMap<String, String>) -> Vec<Problem> {
    let mut files = real.clone();
    for (path, text) in fixture {
        if let Some(path) = path.strip_suffix(".removed") {
            assert!(files.remove(path).is_some(), "there is no knowledge/{path} to remove");
        } else if let Some(path) = path.strip_suffix(".changed") {
            let before = files.get(path).unwrap_or_else(|| panic!("there is no knowledge/{path} to change"));
            files.insert(path.to_owned(), changed(before, text));
        } else if path != "expected.txt" {
            files.insert(path.clone(), text.clone());
        }
    }
    read_files(&as_knowledge_files(files)).err().unwrap_or_default()
}

/// A file with some of its fields changed.
fn changed(before: &str, changes: &str) -> String {
    let mut table: Table = before.parse().expect("the real file is TOML");
    let changes: Table =
        changes.parse().unwrap_or_else(|error| panic!("a .changed file is TOML: {error}\n{changes}"));
    lay_over(&mut table, changes);
    table.to_string()
}

fn lay_over(table: &mut Table, changes: Table) {
    for (name, change) in changes {
        match (table.get_mut(&name), change) {
            (Some(Value::Table(inner)), Value::Table(changes)) => lay_over(inner, changes),
            (_, Value::String(mark)) if mark == REMOVED => {
                assert!(table.remove(&name).is_some(), "there is no field {name} to remove");
            }
            (_, change) => {
                table.insert(name, change);
            }
        }
    }
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}
