//! Golden days and golden logs: every scenario natively and in wasm with the same bytes, every old log as it was.

mod engine;
mod golden_log;
mod scenarios;
