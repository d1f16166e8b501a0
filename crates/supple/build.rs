//! Builds the engine of the browser (`supple-wasm`) for wasm32, compresses it, and hands both to `src/site.rs`.
//!
//! `SUPPLE_SKIP_WASM=1` leaves it out, for lints and documentation: the binary then serves no app in the browser and
//! says so.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io::Write as _};

const TARGET: &str = "wasm32-unknown-unknown";
/// The most bytes that a phone should have to fetch of the engine; `scripts/sizes.mjs` fails over it.
const MOST_BYTES: usize = 300_000;

/// Asked for when it runs: a `target` folder may outlive the checkout it was built in.
fn manifest_dir() -> PathBuf {
    PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"))
}

fn main() {
    let root = manifest_dir().join("../..");
    for used in ["crates/supple-wasm", "crates/supple-app", "crates/supple-core", "crates/supple-knowledge"] {
        println!("cargo::rerun-if-changed={}", root.join(used).join("src").display());
        println!("cargo::rerun-if-changed={}", root.join(used).join("Cargo.toml").display());
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
    let (bytes, small) = if skip {
        (Vec::new(), Vec::new())
    } else {
        let bytes = built(&root, &out);
        let small = compressed(&bytes, &out);
        if is_release() && small.len() > MOST_BYTES {
            println!(
                "cargo::warning=the engine is {} kB compressed, at most {} kB are meant; `make sizes` fails",
                small.len() / 1000,
                MOST_BYTES / 1000
            );
        }
        (bytes, small)
    };
    fs::write(out.join("engine.wasm"), bytes).expect("OUT_DIR can be written");
    fs::write(out.join("engine.wasm.br"), small).expect("OUT_DIR can be written");
}

/// The engine, built in a target folder of its own: in this one cargo would wait for itself for ever.
fn built(root: &Path, out: &Path) -> Vec<u8> {
    find_target();
    // OUT_DIR is `<target>/<profile>/build/<package>/out`.
    let target = out.ancestors().nth(4).expect("OUT_DIR lies in a target folder").join("wasm");
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo sets CARGO"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let meant_for_us = text.starts_with("CARGO_") && text != "CARGO_HOME";
        if meant_for_us || text.starts_with("RUSTC") || ["RUSTFLAGS", "TARGET", "PROFILE"].contains(&&*text) {
            cargo.env_remove(&name);
        }
    }
    if !is_release() {
        cargo.args(["build", "--features", "for-tests"]);
    } else {
        cargo.arg("build");
    }
    let status = cargo
        .args(["--locked", "--package", "supple-wasm", "--target", TARGET, "--profile", profile(), "--target-dir"])
        .arg(&target)
        .current_dir(root)
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the engine could not be built for {TARGET}; what cargo says about it stands above");
    fs::read(target.join(TARGET).join(profile()).join("supple_wasm.wasm")).expect("cargo has just written it")
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
fn compressed(bytes: &[u8], out: &Path) -> Vec<u8> {
    let (old, old_small) = (fs::read(out.join("engine.wasm")), fs::read(out.join("engine.wasm.br")));
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
