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
