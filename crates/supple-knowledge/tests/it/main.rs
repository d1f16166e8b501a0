//! What is known, read from the real files: it breaks no rule, every rule can be broken, and no fact was lost.

mod invalid;
mod real;
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use supple_knowledge::KnowledgeFile;

/// A path below this crate.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files under a folder, by path below it with forward slashes.
fn files_under(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).unwrap_or_else(|error| panic!("{}: {error}", current.display())) {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let below = path.strip_prefix(folder).expect("a path below the folder");
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                files.insert(parts.join("/"), text);
            }
        }
    }
    files
}

/// The real files under `knowledge/`, without its README.
fn real_files() -> BTreeMap<String, String> {
    let mut files = files_under(&here("../../knowledge"));
    files.retain(|path, _| path.ends_with(".toml"));
    files
}

/// As `read_files` takes them.
fn as_knowledge_files(files: BTreeMap<String, String>) -> Vec<KnowledgeFile> {
    files.into_iter().map(|(path, text)| KnowledgeFile { path, text }).collect()
}
