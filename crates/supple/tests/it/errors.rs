//! What is wrong, what is allowed, what to do next.

use crate::home::{ALL_NO, Home, TODAY};

/// A check-in that would be fine without the flags under test.
fn check_in(flags: &[&str]) -> (Home, crate::home::Ran) {
    let home = Home::new();
    let ran = home.at(TODAY, &[&["check-in", "--goal", "mobility", "--minutes", "10"], flags].concat());
    (home, ran)
}

#[test]
fn a_flag_that_cannot_be_used_says_what_is_allowed_and_nothing_is_kept() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["--want", "calve"], &["no region `calve`", "calf", "supple knowledge list regions"]),
        (&["--want", "quads"], &["no region `quads`", "rectus_femoris"]),
        (&["--want", "hamstring"], &["hamstrings_medial"]),
        (&["--want", "xyzzy"], &["no region `xyzzy`", "supple knowledge list regions"]),
        (&["--sore", "calf:left=11"], &["0 to 10", "11"]),
        (&["--sore", "calf:left"], &["calf:left=5"]),
        (&["--sore", "calf:left=bad"], &["0 to 10", "bad"]),
        (&["--sore", "calf:upper=4"], &["upper", "left, right or both"]),
        (&["--mass", "NaN"], &["NaN", "20 to 350"]),
        (&["--mass", "-70"], &["20 to 350"]),
        (&["--mass", "inf"], &["20 to 350"]),
        (&["--age", "130"], &["130", "0 to 120"]),
        (&["--tool", "foamroller"], &["no tool", "foam_roller", "massage_stick"]),
        (&["--tool", "ball:squishy"], &["no firmness", "soft", "hard"]),
        (&["--place", "bed"], &["no place", "floor", "wall", "chair"]),
        (&["--no", "flying"], &["no posture", "kneeling"]),
        (&["--answer", "sp_unicorn=yes"], &["no question `sp_unicorn`", "supple knowledge list cautions"]),
        (&["--answer", "sp_hypertension"], &["ID=yes, ID=no or ID=unknown"]),
        (&["--answer", "sp_hypertension=maybe"], &["no answer", "yes", "no", "unknown"]),
        (&["--answer", "sp_hypertension=yes,agreed=2026-13-45"], &["2026-13-45", "2026-11-01"]),
        (&["--answer", "sp_hypertension=yes,agreed=yesterday"], &["yesterday", "2026-11-01"]),
        (&["--answer", "sp_hypertension=yes,who=me"], &["side=", "area=", "agreed=", "since="]),
        (&["--none-of", "everything"], &["no list `everything`", "get_help_first"]),
        (&["--next-day", "calf=12"], &["0 to 10"]),
    ];
    for (flags, words) in cases {
        let (home, ran) = check_in(flags);
        let ran = ran.with_code(2);
        ran.complains(words);
        assert!(ran.out.is_empty(), "{flags:?}: {}", ran.out);
        // The mistake cost nothing: no half of a check-in is in the log.
        assert_eq!(home.run(&["log", "export", "-"]).ok().out, "", "{flags:?}");
    }
}

#[test]
fn minutes_are_2_to_20() {
    let home = Home::new();
    for minutes in ["0", "1", "21", "500", "-5", "2.5", "ten"] {
        let ran = home.at(TODAY, &["check-in", "--goal", "mobility", &format!("--minutes={minutes}")]).with_code(2);
        ran.complains(&[minutes, "2 to 20"]);
    }
    for minutes in ["2", "20"] {
        let flags = ["--age", "34", "--tool", "massage_stick:soft", "--goal", "mobility", "--minutes", minutes];
        home.check_in(TODAY, &flags).ok();
    }
}

#[test]
fn done_needs_seconds_a_region_and_a_feeling_in_range() {
    let home = Home::new();
    let done = |flags: &[&str]| home.at(TODAY, &[&["done"], flags].concat()).with_code(2);
    done(&["--region", "calf", "--seconds", "0"]).complains(&["1..=7200"]);
    done(&["--region", "calf", "--seconds", "20", "--felt", "11"]).complains(&["0..=10"]);
    done(&["--region", "calf", "--seconds", "20", "--tool", "hammer"]).complains(&["massage_gun or other"]);
    done(&["--region", "calves", "--seconds", "20"]).complains(&["calf"]);
    done(&["--seconds", "20"]).complains(&["--region"]);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let home = Home::new();
    home.run(&["plan", "--request", "nowhere.json"]).with_code(2).complains(&["nowhere.json"]);
    home.two_minutes_for_the_calves(TODAY);
    home.at(TODAY, &["guide", "--simulate", "nowhere.txt"]).with_code(2).complains(&["nowhere.txt"]);
    let script = home.write("script.txt", "0 ready\n10 jump\n");
    home.at(TODAY, &["guide", "--simulate", &script]).with_code(2).complains(&["line 2", "jump", "lighter"]);
    home.at(TODAY, &["log", "show"]).with_code(2).complains(&["<NUMBER>"]);
    home.at("gestern", &["log"]).with_code(2).complains(&["gestern", "2026-11-22T18:00:00"]);
}

#[test]
fn a_verb_that_needs_a_check_in_says_so() {
    let home = Home::new();
    home.at(TODAY, &["plan"]).with_code(2).complains(&["nothing is known about today", "supple check-in"]);
    home.at(TODAY, &["guide"]).with_code(2).complains(&["supple check-in"]);
    // Without a terminal there is nobody to ask.
    home.at(TODAY, &["check-in"]).with_code(2).complains(&["--goal", "--minutes"]);
    home.run(&["dance"]).with_code(2).complains(&["dance", "--help"]);
}

#[test]
fn a_log_that_cannot_be_used_is_named_and_left_as_it_is() {
    let home = Home::new();
    let other = home.write("other.sqlite", "this is no database, it only looks like a file ".repeat(100));
    let words = std::fs::read(&other).unwrap();
    let on = |data: &str| home.at(TODAY, &["--data", data, "done", "--region", "calf", "--seconds", "20"]);
    on(&other).with_code(1).complains(&["other.sqlite", "damaged", "aside"]);
    assert!(std::fs::read(&other).unwrap() == words);
    let folder = home.path("folder");
    std::fs::create_dir(&folder).unwrap();
    on(folder.to_str().unwrap()).with_code(1).complains(&["not a file", "another path"]);
    // A file is in the way of the folder.
    on(&format!("{other}/log.sqlite")).with_code(1).complains(&["log.sqlite", "folder"]);
    if cfg!(target_os = "linux") {
        on("/proc/supple/log.sqlite").with_code(1).complains(&["/proc/supple", "write"]);
    }
}

#[test]
fn a_folder_that_may_only_be_read_is_named() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let folder = home.path("");
    let may_write = |may: bool| {
        let mut permissions = std::fs::metadata(&folder).unwrap().permissions();
        #[cfg(unix)]
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, if may { 0o700 } else { 0o500 });
        #[cfg(not(unix))]
        permissions.set_readonly(!may);
        std::fs::set_permissions(&folder, permissions).unwrap();
    };
    may_write(false);
    let root = std::fs::write(home.path("probe"), "").is_ok();
    let data = home.path("new/log.sqlite");
    let ran = home.at(TODAY, &["--data", data.to_str().unwrap(), "done", "--region", "calf", "--seconds", "20"]);
    may_write(true);
    if root {
        // Nothing is read-only for root; the folder in /proc above stands in for it there.
        ran.ok();
    } else {
        ran.with_code(1).complains(&["new", "write"]);
    }
}

#[test]
fn with_json_an_error_is_json_too() {
    let home = Home::new();
    let ran = home.at(TODAY, &[&["check-in", "--json", "--goal", "mobilty", "--minutes", "5"], &ALL_NO[..]].concat());
    let ran = ran.with_code(2);
    assert!(ran.out.is_empty());
    let error: serde_json::Value = serde_json::from_str(ran.err.trim()).expect("the error is JSON");
    assert!(error["error"].as_str().unwrap().contains("warm_up, mobility, recovery"), "{error}");
}
