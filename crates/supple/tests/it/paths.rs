//! `supple path`: where somebody stands, what they noticed, and what is wrong said plainly.

use crate::home::{Home, TODAY};

#[test]
fn a_path_is_listed_shown_and_watched() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let list = home.at(TODAY, &["path"]).ok().out;
    for title in ["After breast cancer treatment", "Joints that move very far", "supple path over_60"] {
        assert!(list.contains(title), "{list}");
    }
    let shown = home.at(TODAY, &["path", "after_breast_cancer"]).ok().out;
    assert!(shown.contains("What is left alone, and why") && shown.contains("Breathing first"), "{shown}");
    let before = home.at(TODAY, &["log", "list", "--json"]).ok().json_lines().len();

    let noticed =
        home.at(TODAY, &["path", "after_breast_cancer", "--noticed", "swelling=yes", "--side", "left"]).ok();
    assert!(noticed.err.contains("breast care nurse"), "what to do is said at once: {}", noticed.err);
    let after = home.at(TODAY, &["path", "after_breast_cancer", "--json"]).ok().json();
    let word = after["clinician"].as_array().unwrap().iter().find(|word| word["caution"] == "sp_lymphedema").unwrap();
    assert_eq!(word["word"], "needed");
    let closed = after["off_limits"]["closings"].as_array().unwrap().iter().find(|one| one["by"] == "sp_lymphedema");
    let sides = closed.unwrap()["not_pressed"].as_array().unwrap();
    assert!(!sides.is_empty() && sides.iter().all(|site| site["side"] == "left"));
    let lines = home.at(TODAY, &["log", "list", "--json"]).ok().json_lines().len();
    assert!(lines >= before, "it is in the log");
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_written() {
    let home = Home::new();
    for (args, says) in [
        (&["path", "nobody"][..], "supple path"),
        (&["path", "over_60", "--noticed", "falls=perhaps"], "falls=unsure"),
        (&["path", "over_60", "--noticed", "swelling=no"], "looks out for: falls"),
    ] {
        let ran = home.at(TODAY, args);
        assert!(ran.code == 2 && ran.err.contains(says), "{args:?}: {}", ran.err);
    }
    assert!(home.at(TODAY, &["log", "export", "-"]).ok().out.trim().is_empty(), "nothing was written");
}
