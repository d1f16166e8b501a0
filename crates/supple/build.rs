//! Builds the engines of the browser (`supple-wasm`) for wasm32, compresses them, and hands all to `src/site.rs`: the
//! first one, which a phone needs before anything is answered, and the whole one, which it fetches later.
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

/// Names and features of the engines.
const ENGINES: [(&str, &[&str]); 2] = [("first", &[]), ("whole", &["whole"])];

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
    if !skip {
        find_target();
    }
    for (name, features) in ENGINES {
        let (bytes, small) = if skip {
            (Vec::new(), Vec::new())
        } else {
            let bytes = built(&root, &out, name, features);
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

/// An engine, built in a target folder of its own: in ours cargo would wait for itself for ever, and in one folder the
/// two would overwrite each other.
fn built(root: &Path, out: &Path, name: &str, features: &[&str]) -> Vec<u8> {
    // OUT_DIR is `<target>/<profile>/build/<package>/out`.
    let target = out.ancestors().nth(4).expect("OUT_DIR lies in a target folder");
    let target = target.join(if name == "whole" { "wasm" } else { "wasm-first" });
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo sets CARGO"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let meant_for_us = text.starts_with("CARGO_") && text != "CARGO_HOME";
        if meant_for_us || text.starts_with("RUSTC") || ["RUSTFLAGS", "TARGET", "PROFILE"].contains(&&*text) {
            cargo.env_remove(&name);
        }
    }
    let features = features.iter().copied().chain((!is_release()).then_some("for-tests"));
    let status = cargo
        .args(["build", "--no-default-features", "--features", &features.collect::<Vec<_>>().join(",")])
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
