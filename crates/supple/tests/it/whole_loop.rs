//! Check-in, plan, guide, log, and the same again tomorrow.

use crate::home::{ALL_NO, Home, TODAY, TOMORROW};
use serde_json::Value;

/// Seconds of pressure on the left calf in a plan.
fn seconds_on_the_left_calf(plan: &Value) -> u64 {
    let blocks = plan["plan"]["blocks"].as_array().expect("a plan has blocks");
    blocks
        .iter()
        .filter(|block| block["region"] == "calf" && block["side"] != "right")
        .map(|block| block["sets"].as_u64().unwrap() * block["seconds_per_set"].as_u64().unwrap())
        .sum()
}

#[test]
fn somebody_with_a_stick_checks_in_is_guided_and_finds_it_in_the_log_tomorrow() {
    let home = Home::new();
    home.run(&["next"]).ok().says(&["supple check-in", "first session"]);
    assert!(!home.path("log.sqlite").exists(), "a greeting begins no log");
    home.two_minutes_for_the_calves(TODAY);
    home.at(TODAY, &["next"]).ok().says(&["supple guide"]);
    home.at(TODAY, &["plan"]).ok().says(&["Ready", "Calf with a stick", "Why:"]);
    home.play(TODAY).says(&["First: Calf with a stick", "That is the session."]);
    for now in [TODAY, TOMORROW] {
        home.at(now, &["log"]).ok().says(&["Sun 22 Nov 18:00", "mobility", "1 min", "calf"]);
        home.at(now, &["log", "show", "1"]).ok().says(&["Sunday 22 November 2026, 18:00", "30 s", "all of it done"]);
        home.at(now, &["log", "verify"]).ok().says(&["All is well."]);
    }
    home.at(TODAY, &["next"]).ok().says(&["You rolled today", "supple log show 1"]);
    // Yesterday's check-in is no plan for today.
    home.at(TOMORROW, &["plan"]).with_code(2).complains(&["supple check-in"]);
    home.at(TOMORROW, &["next"]).ok().says(&["last session was on Sunday 22 November", "supple check-in"]);
}

#[test]
fn the_plan_steps_up_only_after_a_clean_report() {
    let after = |report: &[&str]| {
        let home = Home::new();
        home.check_in(
            TODAY,
            &[
                "--age",
                "34",
                "--tool",
                "foam_roller:medium",
                "--goal",
                "mobility",
                "--minutes",
                "10",
                "--want",
                "calf",
            ],
        )
        .ok();
        home.play(TODAY);
        let flags = ["--goal", "mobility", "--minutes", "10", "--want", "calf", "--json"];
        seconds_on_the_left_calf(&home.check_in(TOMORROW, &[&flags, report].concat()).ok().json())
    };
    let first = {
        let home = Home::new();
        let flags =
            ["--age", "34", "--tool", "foam_roller:medium", "--goal", "mobility", "--minutes", "10", "--want"];
        seconds_on_the_left_calf(&home.check_in(TODAY, &[&flags[..], &["calf", "--json"]].concat()).ok().json())
    };
    assert_eq!(first, 30, "a first session");
    assert_eq!(after(&[]), first, "nobody said how it was");
    let stepped_up = after(&["--next-day", "calf=1"]);
    assert!(stepped_up > first && stepped_up <= first + 30, "a clean report steps up, by a step: {stepped_up}");
    let flare = after(&["--next-day", "calf=5"]);
    assert!(flare * 10 <= first * 7, "after a flare at most 70 %: {flare}");
    assert_eq!(after(&["--next-day", "calf=1,bruise"]), 0, "nothing on a bruise");
}

#[test]
fn an_answer_for_one_session_is_open_again_after_it() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    home.play(TODAY);
    let later = "2026-11-22T21:00:00+01:00[Europe/Berlin]";
    let again = home.at(later, &["check-in", "--goal", "mobility", "--minutes", "2", "--tight", "calf"]).with_code(3);
    again.says(&["One question first", "supple check-in"]);
}

#[test]
fn the_same_day_is_full_after_a_first_session() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    home.play(TODAY);
    let later = "2026-11-22T21:00:00+01:00[Europe/Berlin]";
    let flags = ["--goal", "mobility", "--minutes", "2", "--tight", "calf"];
    home.check_in(later, &flags).ok().says(&["Nothing to roll today", "the most for one day"]);
    home.at(later, &["guide", "--simulate", "-"]).ok().says(&["Nothing to roll today"]);
    assert_eq!(home.at(later, &["log", "list", "--json"]).ok().json().as_array().unwrap().len(), 1);
}

#[test]
fn pressure_given_elsewhere_counts_to_the_day() {
    let home = Home::new();
    home.at(TODAY, &["done", "--region", "calf", "--side", "left", "--seconds", "90", "--tool", "massage_gun"])
        .ok()
        .says(&["calf", "left", "1 min 30 s"]);
    home.two_minutes_for_the_calves(TODAY);
    let plan = home.at(TODAY, &["plan", "--json"]).ok().json();
    assert_eq!(seconds_on_the_left_calf(&plan), 0, "{plan}");
    home.at(TODAY, &["log"]).ok().says(&["elsewhere", "1 min 30 s"]);
}

#[test]
fn what_happened_in_a_scripted_session_is_in_the_log() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let script = home.write("script.txt", "+40 lighter\n+2 felt 5\n+30 signal sharp_or_electric # ow\n");
    let dry = home.at(TODAY, &["guide", "--simulate", &script, "--dry-run"]).ok();
    dry.says(&["Calf with a stick"]);
    home.at(TODAY, &["log"]).ok().says(&["Nothing logged yet"]);
    home.at(TODAY, &["guide", "--simulate", &script]).ok();
    let session = home.at(TODAY, &["log", "show", "1", "--json"]).ok().json();
    assert_eq!(session["completed"], false, "{session}");
    assert!(session["blocks"][0]["felt"].as_array().unwrap().contains(&5.into()), "{session}");
}

#[test]
fn under_age_needs_an_adult_and_nobody_asks_for_the_age_twice() {
    let home = Home::new();
    let flags =
        ["--age", "15", "--tool", "foam_roller:soft", "--goal", "mobility", "--minutes", "10", "--want", "calf"];
    home.check_in(TODAY, &flags).with_code(3).says(&["adult"]);
    let with_adult = home.check_in(TODAY, &[&flags[..], &["--adult-present", "--json"]].concat()).ok().json();
    let reasons = with_adult["reasons"].to_string();
    assert!(reasons.contains("sp_child"), "{reasons}");
    assert!(with_adult["plan"]["blocks"].as_array().unwrap().iter().all(|block| block["felt_cap"] == 4));
}

#[test]
fn who_is_under_18_follows_from_the_age() {
    let home = Home::new();
    let but_the_doctors: Vec<&str> = ALL_NO.iter().copied().filter(|word| *word != "told_by_a_doctor").collect();
    let but_the_doctors: Vec<&str> = but_the_doctors
        .chunks(2)
        .filter(|pair| pair.len() == 2 && pair[1] != "--none-of")
        .flatten()
        .copied()
        .collect();
    let args = ["--now", TODAY, "check-in", "--age", "34", "--goal", "mobility", "--minutes", "5", "--json"];
    let answer = home.run(&[&args[..], &but_the_doctors].concat()).with_code(3).json();
    let asked: Vec<&str> = answer["reasons"].as_array().unwrap().iter().filter_map(|r| r["id"].as_str()).collect();
    assert!(asked.contains(&"delphi_dvt") && !asked.contains(&"sp_child"), "{asked:?}");
}

#[test]
fn an_urgent_yes_is_help_first_and_an_open_one_is_a_question() {
    let home = Home::new();
    let flags = ["--age", "40", "--tool", "foam_roller:soft", "--goal", "mobility", "--minutes", "10"];
    let urgent = home.check_in(TODAY, &[&flags[..], &["--answer", "rf_cauda_equina=yes"]].concat()).with_code(4);
    urgent.says(&["Get help first"]);
    assert!(!urgent.out.contains("One question"), "{}", urgent.out);
    let open = home.check_in(TODAY, &[&flags[..], &["--answer", "rf_cauda_equina=unknown"]].concat()).with_code(3);
    open.says(&["One question first"]);
    assert!(!open.out.contains("Get help"), "{}", open.out);
    home.at(TODAY, &["guide", "--simulate", "-"]).with_code(3);
}
