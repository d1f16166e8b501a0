//! What the app must not know. The lints of `clippy.toml` and the build for wasm32 are the first ring; this one reads
//! the text, as the engine's own test does.

#![allow(clippy::disallowed_methods, reason = "the app is pure, its tests read its source")]

use crate::sources::{CLOCK_CHANCE_INPUT_ORDER, refuse, sources};
use std::fs;

#[test]
fn the_app_has_no_clock_chance_or_input_and_no_order_that_differs() {
    let sources = sources(env!("CARGO_MANIFEST_DIR"));
    // Reading and writing memory is fine (`Cursor`), so `std::io` may stand here, and so may the traits for it.
    refuse(&sources, CLOCK_CHANCE_INPUT_ORDER);
    refuse(&sources, &[("libm::", "transcendental functions go through supple_core::math")]);
}

#[test]
fn what_the_app_depends_on_is_on_the_list() {
    // All of it is fetched by every phone, so a new one has to be worth its size, and must be pure itself.
    // `rustyfit`, which writes for watches through `embedded-io`, is in the whole engine only.
    let allowed = [
        "base64",
        "embedded-io",
        "form_urlencoded",
        "jiff",
        "maud",
        "qrcodegen",
        "rustyfit",
        "serde",
        "serde_json",
        "supple-core",
    ];
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
