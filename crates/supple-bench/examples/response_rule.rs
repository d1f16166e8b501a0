//! Writes `knowledge/rule.toml`: from what probability on a sentence may be said, and how long that takes.
//!
//! `cargo run --release -p supple-bench --example response_rule > knowledge/rule.toml`; some minutes. What was found on
//! the way goes to standard error, for `docs/model.md`.

use supple_bench::rule::{PEOPLE, SEED, generate};

fn main() {
    print!("{}", generate(SEED, PEOPLE, |line| eprintln!("{line}")));
}
