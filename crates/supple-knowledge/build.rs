//! Turns `knowledge/` into one embedded JSON value, and the folders of studies into one each. Only syntax is looked at
//! here; meaning is checked by the rules in `supple_core::knowledge::check`, in tests and by `supple knowledge check`.

use serde_json::{Map, Value};
use std::path::Path;
use std::{env, fs, io};

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
    fs::write(out.join("knowledge.json"), Value::Object(all).to_string())
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
