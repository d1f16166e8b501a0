//! What the app must not know. The lints of `clippy.toml` and the build for wasm32 are the first ring; this one reads
//! the text, as the engine's own test does.

#![allow(clippy::disallowed_methods, reason = "the app is pure, its tests read its source")]

use std::fs;
use std::path::Path;

/// Every source file, by its path below `src/`, without comments.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                found.push((path.strip_prefix(&root).unwrap().display().to_string(), code.join("\n")));
            }
        }
    }
    assert!(found.len() > 20, "the sources are where this test looks for them");
    found.sort();
    found
}

#[test]
fn the_app_has_no_clock_chance_or_input_and_no_order_that_differs() {
    let banned = [
        ("std::time", "the time comes with the request"),
        ("SystemTime", "the time comes with the request"),
        ("Instant", "the time comes with the request"),
        ("Zoned::now", "the time comes with the request"),
        ("Timestamp::now", "the time comes with the request"),
        ("TimeZone::system", "the zone comes with the request"),
        ("std::fs", "the shell reads and writes"),
        // Reading and writing memory is fine (`Cursor`), and so are the traits for it.
        ("stdin", "the shell reads and writes"),
        ("stdout", "the shell reads and writes"),
        ("stderr", "the shell reads and writes"),
        ("std::net", "the shell reads and writes"),
        ("std::env", "what it depends on comes with the request"),
        ("std::process", "the shell does that"),
        ("std::thread", "no threads in the app"),
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
        ("libm::", "transcendental functions go through supple_core::math"),
        (".powf(", "go through supple_core::math"),
        (".powi(", "go through supple_core::math"),
        (".sqrt()", "go through supple_core::math"),
        (".exp()", "go through supple_core::math"),
        (".ln()", "go through supple_core::math"),
        (".sin()", "go through supple_core::math"),
        (".cos()", "go through supple_core::math"),
        (".tan()", "go through supple_core::math"),
        (".atan2(", "go through supple_core::math"),
        (".hypot(", "go through supple_core::math"),
        (".mul_add(", "differs between machines"),
    ];
    for (name, code) in sources() {
        for (word, instead) in banned {
            assert!(!code.contains(word), "src/{name} has `{word}`: {instead}");
        }
    }
}

#[test]
fn what_the_app_depends_on_is_on_the_list() {
    // All of it is fetched by every phone, so a new one has to be worth its size, and must be pure itself.
    let allowed = ["base64", "form_urlencoded", "jiff", "maud", "serde", "serde_json", "supple-core"];
    let manifest = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let listed = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap();
    let mut seen = 0;
    for line in listed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let name = line.split(['.', '=', ' ']).next().unwrap();
        seen += 1;
        assert!(allowed.contains(&name), "`{name}` is not on the list of what the app may depend on");
    }
    assert!(seen > 3, "the dependencies are where this test looks for them");
}
