//! `--json` on every verb: one JSON value a line, and nothing else.

use crate::home::{Home, TODAY};
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn every_verb_prints_json_and_nothing_else() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let file = home.path("export.jsonl");
    let file = file.to_str().unwrap();
    let man = home.path("man");
    let site = home.path("site");
    let zip = home.path("experiment.zip");
    let zip = zip.to_str().unwrap();
    let (shared, code, sheet) = (home.path("routine.supple"), home.path("code.svg"), home.path("sheet.html"));
    let (workout, tables) = (home.path("plan.fit"), home.path("tables.zip"));
    let [workout, tables] = [&workout, &tables].map(|path| path.to_str().unwrap());
    let ics = home.path("weeks.ics");
    let ics = ics.to_str().unwrap();
    let [shared, code, sheet] = [&shared, &code, &sheet].map(|path| path.to_str().unwrap());
    let list = home.write("list.csv", "goal,minutes,tools,areas,label\nrecovery,8,foam_roller,calf,1\n");
    let effects = home.write("effects.csv", "yi,vi\n0.3,0.1\n0.5,0.2\n");
    let asked = home.write("asked.json", "[]");
    let days: String = (10..20).map(|day| format!("a,2026-11-{day},{}\n", 2 + day % 3)).collect();
    let wellness = home.write("wellness.csv", format!("participant,effective_time_frame,soreness\n{days}"));
    let load =
        home.write("load.csv", "participant,end_date_time,perceived_exertion,duration_min\na,2026-11-12,7,40\n");
    let table = home.write("trainings.csv", "date,minutes,sport\n2026-11-10 18:00,40,Run\n");
    let weeks = home.write(
        "weeks.json",
        r#"{"now":"2026-11-22T18:00:00+01:00[Europe/Berlin]","goals":["mobility"],"compensations":["ohs_heels_rise"],
            "weeks":1,"days":[{"date":"2026-11-24","minutes":12},{"date":"2026-11-27","minutes":12}],
            "tools":["foam_roller"],"person":{"age_years":34},"screen":{"default":"no"},"first_session":false}"#,
    );
    let verbs: &[&[&str]] = &[
        &["next"],
        &["check-in", "--goal", "mobility", "--minutes", "2", "--tight", "calf"],
        &["plan"],
        &["share"],
        &["share", "today", "--at", "https://supple.example.org", "--out", shared, "--code", code],
        &["share", "summary"],
        &["receive", shared],
        &["receive", "supple1:recovery/9;a=calf", "--save"],
        &["print", "--out", sheet],
        &["export", "workout", "--out", workout],
        &["handout", "--list", &list, "--out", sheet],
        &["calendar", "--request", &weeks, "--out", ics],
        &["print", "--request", &weeks, "--week", "1", "--out", sheet],
        // Before the session, after which questions are asked anew.
        &["movement"],
        &["movement", "list"],
        &["movement", "screen"],
        &["movement", "screen", "--seen", "ohs_knees_in:left=4"],
        &["movement", "screen", "--skip", "view"],
        &["movement", "result"],
        &["path"],
        &["path", "over_60"],
        &["path", "over_60", "--noticed", "falls=no"],
        &["programme", "--request", &weeks],
        &["guide", "--simulate", "-"],
        &["done", "--region", "lats", "--seconds", "20", "--felt", "3"],
        &["train", "add", "running", "40", "--effort", "6", "--unusual"],
        &["train"],
        &["train", "sports"],
        &["import", &table, "--yes"],
        &["import", "list"],
        &["experiment"],
        &["experiment", "design", "roll_or_rest", "--begin"],
        &["experiment", "today"],
        &["experiment", "end"],
        &["experiment", "result"],
        &["experiment", "export", zip],
        &["move", "show", "calf_wall_straight"],
        &["measure"],
        &["measure", "wblt_cm", "--left", "9", "9.5", "9", "--right", "8", "8", "8.5"],
        &["response"],
        &["response", "wblt_cm"],
        &["log"],
        &["log", "list"],
        &["log", "show", "1"],
        &["log", "undo"],
        &["log", "dismiss"],
        &["log", "verify"],
        &["log", "rebuild"],
        &["log", "export", file],
        &["log", "import", file],
        &["experiment", "replay", file],
        &["knowledge", "show", "calf_roller"],
        &["knowledge", "list", "zones"],
        &["knowledge", "check"],
        &["knowledge", "table"],
        &["evidence"],
        &["evidence", "flexibility_minutes"],
        &["evidence", "pool", &effects],
        &["evidence", "predict", &asked],
        &["evidence", "trials"],
        &["evidence", "priors"],
        &["evidence", "claims"],
        &["evidence", "check"],
        &["forecast"],
        &["forecast", "show"],
        &["forecast", "scored"],
        &["forecast", "score", "--wellness", &wellness, "--load", &load],
        &["schema", "request"],
        &["schema", "answer"],
        &["schema", "programme-request"],
        &["schema", "programme-answer"],
        &["schema", "error"],
        &["schema", "event"],
        &["doctor"],
        &["completions", "bash"],
        &["man", man.to_str().unwrap()],
        &["pair"],
        &["export", "csv", "--out", tables],
        &["export-site", site.to_str().unwrap()],
    ];
    // `serve` and `supple` alone go on until they are stopped: tests of their own start them.
    let tried = verbs.iter().map(|verb| verb[0]).chain(["serve", "help"]).collect::<BTreeSet<_>>();
    let help = home.run(&["--help"]).ok().out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    assert_eq!(listed.filter_map(|line| line.split_whitespace().next()).collect::<BTreeSet<_>>(), tried);
    for verb in verbs {
        let ran = home.at(TODAY, &[*verb, &["--json"]].concat()).ok();
        assert!(!ran.json().is_null(), "{verb:?}");
        assert!(ran.err.is_empty(), "{verb:?}: {}", ran.err);
    }
    let lines = home.at(TODAY, &["log", "export", "-", "--json"]).ok().json_lines();
    assert!(lines.len() > 10, "an export is JSON Lines: {}", lines.len());
}

#[test]
fn a_guided_session_is_json_lines() {
    let home = Home::new();
    home.two_minutes_for_the_calves(TODAY);
    let cues = home.at(TODAY, &["guide", "--plain", "--speed", "200", "--json"]).ok().json_lines();
    assert!(cues.iter().all(|cue| cue["text"].is_string() && cue["at_ms"].is_u64()));
    assert_eq!(cues.last().unwrap()["kind"], "session_ended");
}

#[test]
fn a_test_is_kept_with_its_sides_and_a_slip_is_not_kept_unasked() {
    let home = Home::new();
    let take = |more: &[&str]| home.at(TODAY, &[&["measure", "wblt_cm", "--json"], more].concat());
    let first = take(&["--left", "11", "12", "12", "--right", "8", "8", "8"]).ok().json();
    assert_eq!((&first["sides"]["left"], &first["sides"]["real"]), (&json!(12.0), &json!(true)));
    let swapped = take(&["--left", "8", "8", "8", "--right", "12", "12", "12"]);
    assert!(swapped.code == 2 && swapped.err.contains("the right way round") && swapped.err.contains("--sure"));
    let odd = take(&["--left", "9", "900", "9"]);
    assert!(odd.code == 2 && odd.err.contains("900 is outside"), "{}", odd.err);
    let wrong = take(&["--trials", "9"]);
    assert!(wrong.code == 2 && wrong.err.contains("--left and --right"));
    let now = take(&[]).ok().json();
    assert_eq!(now["series"][0]["results"].as_array().map(Vec::len), Some(1), "only the first was kept");
}
