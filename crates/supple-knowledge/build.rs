//! Turns `knowledge/` into one embedded JSON value, the folders of studies into one each, and what a first session shows
//! into another. Only syntax is looked at here; meaning is checked by the rules in `supple_core::knowledge::check`, in
//! tests and by `supple knowledge check`.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs, io};

/// What no page of a first session shows.
const SELDOM: [&str; 12] = [
    "claims",
    "compensations",
    "exercises",
    "measures",
    "movement_tests",
    "moves",
    "paths",
    "poses",
    "questions",
    "results",
    "sports",
    "zones",
];

/// What the questions need of a technique is where it presses. These go without words in the first engine.
const WORDS_OF_A_TECHNIQUE: [&str; 11] = [
    "easier",
    "line",
    "mistakes",
    "motion",
    "muscle",
    "position",
    "pressure",
    "setup",
    "small_movements",
    "strengthen",
    "stretch",
];
/// These are not there at all.
const SELDOM_OF_A_TECHNIQUE: [&str; 3] = ["active_movement", "note", "picture"];

fn main() -> io::Result<()> {
    let manifest = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let root = Path::new(&manifest).join("../../knowledge");
    println!("cargo::rerun-if-changed={}", root.display());
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    let mut all = Map::new();
    for (name, path) in entries(&root)? {
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            let mut things = Map::new();
            for (id, file) in entries(&path)? {
                things.insert(id, table(&file)?);
            }
            // What was pooled is carried by the browser, what it was pooled from is not.
            if ["trials", "reviews", "retests"].contains(&name.as_str()) {
                fs::write(out.join(format!("{name}.json")), Value::Object(things).to_string())?;
            } else {
                all.insert(name, Value::Object(things));
            }
        } else {
            all.insert(name, table(&path)?);
        }
    }
    fs::write(out.join("knowledge.json"), Value::Object(all.clone()).to_string())?;
    fs::write(out.join("first.json"), Value::Object(for_the_first_engine(all)).to_string())
}

/// Without what no page of a first session shows: tests and what is expected of them, claims, what was found about them,
/// and the sources that only they stand on.
fn for_the_first_engine(mut all: Map<String, Value>) -> Map<String, Value> {
    for seldom in SELDOM {
        all.insert(seldom.to_owned(), Value::Object(Map::new()));
    }
    // What a caution means for moves: there are none without the folder that was just emptied.
    if let Some(Value::Object(cautions)) = all.get_mut("cautions") {
        for caution in cautions.values_mut().filter_map(Value::as_object_mut) {
            caution.remove("moves");
        }
    }
    if let Some(Value::Object(techniques)) = all.get_mut("techniques") {
        for technique in techniques.values_mut().filter_map(Value::as_object_mut) {
            technique.retain(|field, _| !SELDOM_OF_A_TECHNIQUE.contains(&field.as_str()));
            for (_, value) in technique.iter_mut().filter(|(field, _)| WORDS_OF_A_TECHNIQUE.contains(&field.as_str()))
            {
                forget_words(value);
            }
            for citing in ["force", "dose"] {
                technique.get_mut(citing).and_then(|part| part.get_mut("note")).map(forget_words);
            }
        }
    }
    if let Some(Value::Object(worthwhile)) = all.get_mut("worthwhile") {
        worthwhile.insert("measures".to_owned(), Value::Object(Map::new()));
    }
    if let Some(Value::Object(priors)) = all.get_mut("priors") {
        priors.insert("measures".to_owned(), Value::Object(Map::new()));
    }
    if let Some(Value::Object(mut sources)) = all.remove("sources") {
        let mut named = BTreeSet::new();
        all.values().for_each(|value| gather_texts(value, &mut named));
        sources.retain(|id, _| named.contains(id.as_str()));
        all.insert("sources".to_owned(), Value::Object(sources));
    }
    all
}

/// Leaves texts empty and lists of them, too; words that stand for a kind stay.
fn forget_words(value: &mut Value) {
    match value {
        Value::String(text) => text.clear(),
        Value::Array(values) => values.clear(),
        Value::Object(fields) => {
            fields.iter_mut().filter(|(name, _)| *name != "kind").for_each(|(_, value)| forget_words(value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every text there is, since a source is named by a text.
fn gather_texts(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(texts.insert(text.clone())),
        Value::Array(values) => values.iter().for_each(|value| gather_texts(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| gather_texts(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Folders and `.toml` files, by name without the ending, in a fixed order.
fn entries(folder: &Path) -> io::Result<Vec<(String, std::path::PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|ending| ending == "toml") {
            let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            found.push((id, path));
        }
    }
    found.sort();
    Ok(found)
}

fn table(file: &Path) -> io::Result<Value> {
    println!("cargo::rerun-if-changed={}", file.display());
    toml::from_str(&fs::read_to_string(file)?)
        .map_err(|error| io::Error::other(format!("{}: {error}", file.display())))
}
