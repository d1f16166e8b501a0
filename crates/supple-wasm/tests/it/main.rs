//! Golden days: every scenario natively and in wasm, with the same bytes.

mod engine;
mod scenarios;
