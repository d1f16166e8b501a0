//! The text of a pure crate, and the words that must not stand in it. The tests of the app take this file too.

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file of the crate in this folder, by its path below `src/`, without comments.
pub fn sources(manifest_dir: &str) -> Vec<(String, String)> {
    let root = Path::new(manifest_dir).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, code.join("\n")));
            }
        }
    }
    assert!(found.len() > 30, "the sources are where this test looks for them");
    found.sort();
    found
}

/// Fails where a source has one of the words, and says what to use instead.
pub fn refuse(sources: &[(String, String)], words: &[(&str, &str)]) {
    for (name, code) in sources {
        for (word, instead) in words {
            assert!(!code.contains(word), "src/{name} has `{word}`: {instead}");
        }
    }
}

/// What no pure crate has, each with what to use instead; `clippy.toml` says the same where a lint can.
pub const CLOCK_CHANCE_INPUT_ORDER: &[(&str, &str)] = &[
    ("std::time", "the time is an argument, or comes with the request"),
    ("SystemTime", "the time is an argument, or comes with the request"),
    ("Instant", "the time is an argument, or comes with the request"),
    ("Zoned::now", "the time is an argument, or comes with the request"),
    ("Timestamp::now", "the time is an argument, or comes with the request"),
    ("TimeZone::system", "the zone is part of `now`"),
    ("std::fs", "the shell reads and writes"),
    ("stdin", "the shell reads and writes"),
    ("stdout", "the shell reads and writes"),
    ("stderr", "the shell reads and writes"),
    ("std::net", "the shell reads and writes"),
    ("std::env", "the value is an argument, or comes with the request"),
    ("std::process", "the shell does that"),
    ("std::thread", "no threads"),
    ("println!", "return what is to be said"),
    ("HashMap", "use BTreeMap"),
    ("HashSet", "use BTreeSet"),
    ("thread_local!", "no global state"),
    ("static mut", "no global state"),
    ("OnceLock", "no global state"),
    ("LazyLock", "no global state"),
    ("Mutex", "no global state"),
    ("RefCell", "no values that change under a shared reference"),
    ("Atomic", "no global state"),
    ("unsafe ", "nothing here needs it"),
    (".powf(", "goes through supple_core::math"),
    (".powi(", "goes through supple_core::math"),
    (".sqrt()", "goes through supple_core::math"),
    (".exp()", "goes through supple_core::math"),
    (".ln()", "goes through supple_core::math"),
    (".sin()", "goes through supple_core::math"),
    (".cos()", "goes through supple_core::math"),
    (".tan()", "goes through supple_core::math"),
    (".atan2(", "goes through supple_core::math"),
    (".hypot(", "goes through supple_core::math"),
    (".mul_add(", "differs between machines"),
];
