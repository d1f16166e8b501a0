//! Looking things up, and the manual.

use crate::home::Home;
use std::fs;
use std::path::{Path, PathBuf};

fn real_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn the_real_files_are_sound() {
    let home = Home::new();
    let folder = real_folder();
    home.run(&["knowledge", "check", folder.to_str().unwrap()]).ok().says(&["rules, nothing wrong"]);
    home.run(&["knowledge", "check"]).ok().says(&["rules, nothing wrong"]);
    assert_eq!(home.run(&["knowledge", "check", "--json"]).ok().json(), serde_json::json!([]));
}

#[test]
fn every_mistake_is_shown_at_once_with_its_file_and_field() {
    let home = Home::new();
    let folder = home.path("knowledge");
    copy(&real_folder(), &folder);
    let edit = |name: &str, from: &str, to: &str| {
        let path = folder.join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name} has no `{from}`");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    edit("cautions/sp_fever.toml", "ask_again = \"each_session\"", "ask_again = { after_days = 30 }");
    edit("techniques/calf_roller.toml", "sets = 2", "sets = 9");
    let ran = home.run(&["knowledge", "check", folder.to_str().unwrap()]).with_code(2);
    ran.says(&["cautions/sp_fever.toml", "ask_again", "techniques/calf_roller.toml", "sets"]);
    ran.complains(&["mistakes", "mend"]);
    let all = home.run(&["knowledge", "check", folder.to_str().unwrap(), "--json"]).with_code(2);
    for problem in all.json().as_array().unwrap() {
        for field in ["file", "field", "rule", "what"] {
            assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field} of {problem}");
        }
    }
    edit("techniques/calf_roller.toml", "name = ", "naem = ");
    home.run(&["knowledge", "check", folder.to_str().unwrap()]).with_code(2).says(&["naem"]);
    home.run(&["knowledge", "check", "nowhere"]).with_code(2).complains(&["nowhere"]);
}

#[test]
fn one_of_each_kind_reads_like_a_page() {
    let home = Home::new();
    let pages = [
        ("calf_roller", &["Calf on the roller", "How\n", "Lighter", "Keep off", "a third of your body weight"][..]),
        ("sp_hypertension", &["Why we ask", "If yes", "What a yes does", "No plan until a clinician agrees"]),
        ("achilles_tendon", &["heel"]),
        ("calf", &["Ways to roll it", "calf_roller"]),
        ("ball", &["Instead of it", "tennis ball in a sock"]),
        ("ake", &["How"]),
        ("breaks_up_adhesions", &["How sure"]),
        ("medicines", &["blood thinner", "sp_anticoagulant"]),
        ("areas", &["places of the day", "delphi_open_wound"]),
    ];
    for (id, words) in pages {
        let page = home.run(&["knowledge", "show", id]).ok();
        page.says(words);
        assert!(page.out.lines().all(|line| line.chars().count() <= 88), "{id}: {}", page.out);
        for inside in ["_judgement", "avoid-region", "ask-clinician", "None", "Some("] {
            assert!(!page.out.contains(inside), "{id} shows `{inside}`: {}", page.out);
        }
        assert!(!home.run(&["knowledge", "show", id, "--json"]).ok().json().is_null());
    }
    let unknown = home.run(&["knowledge", "show", "calf_rolle"]).with_code(2);
    unknown.complains(&["calf_rolle", "supple knowledge list techniques"]);
}

#[test]
fn every_technique_and_every_question_has_a_page() {
    let home = Home::new();
    for (kind, number) in [("techniques", 62), ("cautions", 63), ("zones", 42), ("regions", 33), ("tools", 7)] {
        let listed = home.run(&["knowledge", "list", kind, "--json"]).ok().json();
        let ids = listed.as_object().unwrap();
        assert_eq!(ids.len(), number, "{kind}");
        let words = home.run(&["knowledge", "list", kind]).ok();
        assert_eq!(words.out.lines().count(), number);
        for id in ids.keys().step_by(7) {
            home.run(&["knowledge", "show", id]).ok();
        }
    }
    for kind in ["measures", "claims"] {
        assert!(home.run(&["knowledge", "list", kind]).ok().out.lines().count() > 15);
    }
    home.run(&["knowledge", "list", "recipes"]).with_code(2).complains(&["techniques", "claims"]);
}

#[test]
fn completions_and_man_pages() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        home.run(&["completions", shell]).ok().says(&["check-in", "knowledge"]);
    }
    let folder = home.path("man/man1");
    home.run(&["man", folder.to_str().unwrap()]).ok().says(&["pages in", "supple.1"]);
    for page in ["supple.1", "supple-check-in.1", "supple-plan.1", "supple-log-export.1"] {
        assert!(fs::metadata(folder.join(page)).unwrap().len() > 200, "{page}");
    }
}

#[test]
fn the_doctor_finds_a_new_machine_in_order_and_a_broken_log_not() {
    let home = Home::new();
    home.run(&["doctor"]).ok().says(&["ok  knowledge", "ok  log", "ok  clock: zone Europe/Berlin"]);
    let home = Home::new();
    home.write("log.sqlite", "not a database, although it is long enough to be looked at as one".repeat(20));
    home.run(&["doctor"]).with_code(1).says(&["NOT log"]).complains(&["not in order"]);
    home.run(&["doctor", "--json"]).with_code(1).json();
}

#[test]
fn help_says_every_verb_and_the_exit_codes() {
    let home = Home::new();
    let help = home.run(&["--help"]).ok();
    help.says(&["check-in", "plan", "guide", "done", "log", "knowledge", "schema", "doctor", "completions", "man"]);
    help.says(&["Exit codes", "3 not yet", "5 the log was moved on"]);
    for verb in ["check-in", "plan", "guide", "done", "log", "knowledge", "schema", "doctor", "completions", "man"] {
        let page = home.run(&[verb, "--help"]).ok();
        assert!(page.out.contains("Usage: supple") && !page.out.contains("--speed"), "{}", page.out);
    }
}
