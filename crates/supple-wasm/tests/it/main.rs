//! Golden days, golden logs and pages: everything natively and in wasm with the same bytes, every old log as it was.

mod engine;
mod golden_log;
mod incline;
mod pages;
mod scenarios;
