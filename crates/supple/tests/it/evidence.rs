//! What studies say, in the terminal.

use crate::home::Home;
use serde_json::Value;
use std::fmt::Write;
use std::fs;

fn reference() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../supple-core/tests/reference/metafor.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// A data set of the reference as the CSV file a scientist would have.
fn csv_of(set: &Value) -> String {
    let rows = &set["rows"];
    let mods: Vec<&String> = rows["mods"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
    let mut text = "district,yi,vi".to_owned();
    for name in &mods {
        let _ = write!(text, ",{name}");
    }
    for row in 0..rows["yi"].as_array().unwrap().len() {
        let _ = write!(text, "\n{},{},{}", rows["cluster"][row], rows["yi"][row], rows["vi"][row]);
        for name in &mods {
            let _ = write!(text, ",{}", rows["mods"][name][row]);
        }
    }
    text
}

fn same(ours: &Value, theirs: &Value, keys: &[&str]) {
    for key in keys {
        let (ours, theirs) = (ours[key].as_f64().unwrap(), theirs[key].as_f64().unwrap());
        assert!((ours - theirs).abs() < 1e-4, "{key}: {ours}, metafor {theirs}");
    }
}

const MEAN: &[&str] = &["mu", "se", "ci_low", "ci_high", "pi_low", "pi_high"];

#[test]
fn a_csv_file_is_pooled_as_metafor_pools_it() {
    let home = Home::new();
    let (file, plot) = (home.path("bcg.csv"), home.path("bcg.svg"));
    let set = &reference()["sets"]["bcg"];
    fs::write(&file, csv_of(set)).unwrap();
    let file = file.to_str().unwrap();
    let ours = home.run(&["evidence", "pool", file, "--svg", plot.to_str().unwrap(), "--json"]).ok().json();
    assert_eq!(ours["k"], 13);
    same(&ours, &set["two_level"], MEAN);
    same(&ours, &set["two_level"], &["tau2", "i2", "q"]);
    same(&ours["hk"], &set["two_level"]["hk"], MEAN);
    for key in ["mean", "sd", "ci_low", "ci_high", "tau"] {
        assert!(ours["bayes"][key].is_f64(), "{key}: {ours}");
    }
    let plot = fs::read_to_string(plot).unwrap();
    assert_eq!(plot.matches("class=\"result\"").count(), 13);

    let ours = home.run(&["evidence", "pool", file, "--mods", "ablat", "--json"]).ok().json();
    let theirs = &set["meta_regression"][0];
    assert_eq!(ours["mods"][1]["name"], "ablat");
    for at in 0..2 {
        same(&ours["mods"][at], &theirs["coefficients"][at], &["b", "se", "ci_low", "ci_high"]);
    }
    same(&ours, theirs, &["tau2"]);
}

#[test]
fn what_belongs_together_is_pooled_in_three_levels() {
    let home = Home::new();
    let file = home.path("schools.csv");
    let set = &reference()["sets"]["konstantopoulos2011"];
    fs::write(&file, csv_of(set)).unwrap();
    let file = file.to_str().unwrap();
    let ours = home.run(&["evidence", "pool", file, "--cluster", "district", "--json"]).ok().json();
    let theirs = &set["three_level"][0];
    assert_eq!(ours["clusters"], 11);
    same(&ours, theirs, MEAN);
    same(&ours, theirs, &["sigma2_between", "sigma2_within"]);
    same(&ours["robust"], &theirs["robust"], &["se", "ci_low", "ci_high"]);
    home.run(&["evidence", "pool", file]).ok().says(&["56 effects", "Hartung-Knapp", "Posterior", "tau2"]);
}

#[test]
fn a_file_that_cannot_be_pooled_says_what_to_mend() {
    let home = Home::new();
    let file = home.path("bad.csv");
    fs::write(&file, "yi,vi,group\n0.1,0.2,a\nNA,0,b\n").unwrap();
    let path = file.to_str().unwrap();
    home.run(&["evidence", "pool", path]).with_code(2).complains(&[
        "line 3: yi is \"NA\"",
        "line 3: vi is \"0\"",
        "Mend",
    ]);
    fs::write(&file, "yi,vi,group\n0.1,0.2,a\n").unwrap();
    home.run(&["evidence", "pool", path]).with_code(2).complains(&["1 of the at least 2 rows", "add studies"]);
    fs::write(&file, "yi,vi,group\n0.1,0.2,a\n0.3,0.2,b\n0.4,0.2,c\n").unwrap();
    home.run(&["evidence", "pool", path, "--cluster", "group"])
        .with_code(2)
        .complains(&["--cluster makes 3 groups of 3 rows"]);
    home.run(&["evidence", "pool", path, "--mods", "weeks"])
        .with_code(2)
        .complains(&["no column weeks", "yi, vi, group"]);
    home.run(&["evidence", "pool", path, "--scale", "0"]).with_code(2).complains(&["--scale 0", "above 0"]);
    home.run(&["evidence", "pool", "nowhere.csv"]).with_code(2).complains(&["nowhere.csv", "name a CSV file"]);
}

#[test]
fn a_claim_comes_with_its_verdict_its_studies_and_what_would_change_our_mind() {
    let home = Home::new();
    home.run(&["evidence"]).ok().says(&["flexibility_minutes", "Rolling breaks up adhesions: not shown"]);
    home.run(&["evidence", "flexibility_minutes"]).ok().says(&[
        "A little, or for a short while",
        "How sure: little evidence",
        "Against nothing, or a sham",
        "zhang2020_slr",
        "together, 2 studies",
        "over what is assumed",
        "What would change our mind",
        "Sources",
    ]);
    home.run(&["evidence", "breaks_up_adhesions"]).ok().says(&["Not shown", "sham-controlled trial with images"]);
    home.run(&["evidence", "nothing_like_it"]).with_code(2).complains(&["no claim is called", "supple evidence"]);
}

#[test]
fn every_contrast_is_listed_as_poolable_or_with_the_reason() {
    let home = Home::new();
    let rows = home.run(&["evidence", "trials", "--json"]).ok().json();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 251);
    for row in rows {
        assert!(row["yi"].is_f64() && row["vi"].is_f64() || row["reason"].is_string(), "{row}");
    }
    home.run(&["evidence", "trials"]).ok().says(&[
        "of 251 contrasts",
        "of 99 studies",
        "Not poolable",
        "between_control",
    ]);
}

#[test]
fn a_study_is_predicted_with_its_sampling_error_or_a_reason_is_given() {
    let home = Home::new();
    let asked = home.write(
        "asked.json",
        r#"[
            {"id": "few", "outcome_class": "ROM", "effect_basis": "between_control", "n_per_arm": 10,
             "total_seconds_per_muscle": 90, "time_after_min": 0, "weeks": 0, "muscle": "calf", "pressure": "hard"},
            {"id": "many", "outcome_class": "ROM", "effect_basis": "between_control", "n_per_arm": 400,
             "total_seconds_per_muscle": 90, "time_after_min": 0, "weeks": 0},
            {"id": "derived", "outcome_class": "soreness", "comparator": "no treatment/rest", "n_per_arm": 20},
            {"id": "nobody", "outcome_class": "ROM", "effect_basis": "within", "n_per_arm": null},
            {"id": "nothing", "outcome_class": "ROM", "comparator": "rolling vs static", "n_per_arm": 12},
            {"id": "tool", "outcome_class": "tool pressure", "effect_basis": "within", "n_per_arm": 12},
            {"id": "odd", "outcome_class": "ROM", "effect_basis": "sideways", "n_per_arm": 12},
            {"id": "late", "outcome_class": "ROM", "effect_basis": "within", "n_per_arm": 12, "time_after_min": -3}
        ]"#,
    );
    let said = home.run(&["evidence", "predict", &asked, "--json"]).ok().json();
    let width = |at: usize, scale: &str| {
        let range = &said[at][scale];
        let (low, mean, high) =
            (range["lo90"].as_f64().unwrap(), range["mean"].as_f64().unwrap(), range["hi90"].as_f64().unwrap());
        assert!(low < mean && mean < high, "{range}");
        high - low
    };
    assert!(width(0, "smd") > 1.1 * width(1, "smd"), "fewer people are less sure: {said}");
    assert!(width(0, "percent") > width(1, "percent"));
    assert!(width(2, "smd") > 0.0 && said[2]["percent"].is_null());
    for (at, reason) in [
        (3, "n_per_arm is missing"),
        (4, "effect_basis is missing"),
        (5, "not a reading of a person"),
        (6, "cannot be read"),
        (7, "time_after_min is -3"),
    ] {
        assert!(said[at]["smd"].is_null(), "{}", said[at]);
        assert!(said[at]["reason"].as_str().unwrap().contains(reason), "{}", said[at]);
    }
    let broken = home.write("broken.json", "{}");
    home.run(&["evidence", "predict", &broken]).with_code(2).complains(&["JSON list"]);
}

#[test]
fn the_table_of_studies_left_out_in_the_documents_is_up_to_date() {
    let table = Home::new().run(&["evidence", "check"]).ok().out;
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/model.md")).unwrap();
    for line in table.lines() {
        assert!(page.contains(line), "docs/model.md lacks what `supple evidence check` prints:\n{table}");
    }
}

#[test]
fn the_priors_are_those_that_studies_and_reviews_give() {
    let generated = Home::new().run(&["evidence", "priors"]).ok().out;
    let kept = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge/priors.toml")).unwrap();
    assert_eq!(
        generated, kept,
        "run `supple evidence priors > knowledge/priors.toml`, build again, and read the diff"
    );
}

#[test]
fn the_results_are_those_that_studies_and_reviews_give() {
    let generated = Home::new().run(&["evidence", "claims"]).ok().out;
    let kept = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge/results.toml")).unwrap();
    assert_eq!(
        generated, kept,
        "run `supple evidence claims > knowledge/results.toml`, build again, and read the diff"
    );
}

#[test]
fn a_claim_says_why_it_is_graded_so_and_whether_ours_agrees_with_the_reviews() {
    let home = Home::new();
    home.run(&["evidence", "flexibility_minutes"]).ok().says(&[
        "One step down",
        "Wilke 2020, 26 studies",
        "Ours (1.21) lies above",
        "less what a second test gains by itself",
        "too few studies (fewer than 10) to say",
    ]);
    let result = home.run(&["evidence", "flexibility_weeks", "--json"]).ok().json();
    assert_eq!(result["result"]["grade"], "low");
    assert!(result["result"]["reasons"].to_string().contains("I2 73 %"), "{result}");
}
