//! Builds the engines of the browser (`supple-wasm`) for wasm32, compresses them, and hands all to `src/site.rs`: the
//! first one, which a phone needs before anything is answered, and the whole one, which it fetches later; and the module
//! that reads files of trainings (`supple-import-wasm`), which is fetched when somebody chooses one.
//!
//! `SUPPLE_SKIP_WASM=1` leaves it out, for lints and documentation: the binary then serves no app in the browser and
//! says so.

#[path = "src/fnv1a.rs"]
mod fnv1a;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io::Write as _};

const TARGET: &str = "wasm32-unknown-unknown";
/// The most bytes that a phone should have to fetch of the first engine; `scripts/sizes.mjs` fails over it.
const MOST_BYTES: usize = 300_000;

/// A module for the browser.
struct Module {
    name: &'static str,
    package: &'static str,
    features: &'static [&'static str],
    /// Whether it knows the feature `for-tests`.
    for_tests: bool,
    /// The folder below `target` that it is built in: in one folder the two engines would overwrite each other.
    folder: &'static str,
}

const MODULES: [Module; 3] = [
    Module { name: "first", package: "supple-wasm", features: &[], for_tests: true, folder: "wasm-first" },
    Module { name: "whole", package: "supple-wasm", features: &["whole"], for_tests: true, folder: "wasm" },
    Module { name: "import", package: "supple-import-wasm", features: &[], for_tests: false, folder: "wasm" },
];

/// Asked for when it runs: a `target` folder may outlive the checkout it was built in.
fn manifest_dir() -> PathBuf {
    PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"))
}

fn main() {
    let root = manifest_dir().join("../..");
    for used in
        ["supple-wasm", "supple-app", "supple-core", "supple-knowledge", "supple-import", "supple-import-wasm"]
    {
        let used = Path::new("crates").join(used);
        println!("cargo::rerun-if-changed={}", root.join(&used).join("src").display());
        println!("cargo::rerun-if-changed={}", root.join(&used).join("Cargo.toml").display());
    }
    for used in [
        "crates/supple-app/build.rs",
        "crates/supple-knowledge/build.rs",
        "knowledge",
        "web",
        "Cargo.toml",
        "Cargo.lock",
    ] {
        println!("cargo::rerun-if-changed={}", root.join(used).display());
    }
    println!("cargo::rerun-if-env-changed=SUPPLE_SKIP_WASM");

    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let skip = env::var_os("SUPPLE_SKIP_WASM").is_some_and(|value| !value.is_empty() && value != "0");
    if !skip {
        find_target();
    }
    for module in MODULES {
        let name = module.name;
        let (bytes, small) = if skip {
            (Vec::new(), Vec::new())
        } else {
            let bytes = built(&root, &out, &module);
            let small = compressed(&bytes, &out, name);
            (bytes, small)
        };
        if is_release() && name == "first" && small.len() > MOST_BYTES {
            println!(
                "cargo::warning=the first engine is {} kB compressed, at most {} kB are meant; `make sizes` fails",
                small.len() / 1000,
                MOST_BYTES / 1000
            );
        }
        let hash = format!("{:016x}", fnv1a::fnv1a(&bytes));
        fs::write(out.join(format!("{name}.hash")), hash).expect("OUT_DIR can be written");
        fs::write(out.join(format!("{name}.wasm")), bytes).expect("OUT_DIR can be written");
        fs::write(out.join(format!("{name}.wasm.br")), small).expect("OUT_DIR can be written");
    }
}

/// A module, built in a target folder of its own: in ours cargo would wait for itself for ever.
fn built(root: &Path, out: &Path, module: &Module) -> Vec<u8> {
    // OUT_DIR is `<target>/<profile>/build/<package>/out`.
    let target = out.ancestors().nth(4).expect("OUT_DIR lies in a target folder").join(module.folder);
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo sets CARGO"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let meant_for_us = text.starts_with("CARGO_") && text != "CARGO_HOME";
        if meant_for_us || text.starts_with("RUSTC") || ["RUSTFLAGS", "TARGET", "PROFILE"].contains(&&*text) {
            cargo.env_remove(&name);
        }
    }
    let for_tests = module.for_tests && !is_release();
    let features = module.features.iter().copied().chain(for_tests.then_some("for-tests"));
    let status = cargo
        .args(["build", "--no-default-features", "--features", &features.collect::<Vec<_>>().join(",")])
        .args(["--locked", "--package", module.package, "--target", TARGET, "--profile", profile(), "--target-dir"])
        .arg(&target)
        .current_dir(root)
        .status()
        .expect("cargo runs");
    assert!(status.success(), "a module could not be built for {TARGET}; what cargo says about it stands above");
    fs::read(target.join(TARGET).join(profile()).join(format!("{}.wasm", module.package.replace('-', "_"))))
        .expect("cargo has just written it")
}

/// Small for people, quick for developers.
fn profile() -> &'static str {
    if is_release() { "wasm" } else { "wasm-quick" }
}

fn is_release() -> bool {
    env::var("PROFILE").is_ok_and(|profile| profile == "release")
}

/// rustup fetches the target by itself with the compiler, but not where that is turned off.
fn find_target() {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let there = || {
        let folder = Command::new(&rustc).args(["--print", "target-libdir", "--target", TARGET]).output();
        folder.is_ok_and(|folder| Path::new(String::from_utf8_lossy(&folder.stdout).trim()).is_dir())
    };
    if !there() {
        let added =
            Command::new("rustup").args(["target", "add", TARGET]).status().is_ok_and(|status| status.success());
        assert!(
            added && there(),
            "the compiler cannot build for the browser. Run this, then try again: rustup target add {TARGET}"
        );
    }
}

/// The best that brotli can do takes seconds, so the last one is kept while the engine stays the same.
fn compressed(bytes: &[u8], out: &Path, name: &str) -> Vec<u8> {
    let old = fs::read(out.join(format!("{name}.wasm")));
    let old_small = fs::read(out.join(format!("{name}.wasm.br")));
    if let (Ok(old), Ok(small)) = (old, old_small)
        && old == bytes
        && !small.is_empty()
    {
        return small;
    }
    let quality = if is_release() { 11 } else { 4 };
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 24);
    writer.write_all(bytes).expect("a vector can be written");
    writer.into_inner()
}
