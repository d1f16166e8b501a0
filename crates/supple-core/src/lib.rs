//! The engine of Supple: pure functions from what happened to a safe, guided session.
//!
//! ```text
//!  screen · check-in · measure · session        (a shell stamps id, device, seq, time, and appends)
//!         ▼
//!  event log ─fold─▶ State ─assess─▶ Assessment ─judge─▶ Verdict ── Clearance (only gate makes one) ─┐
//!         ▲                                                                                          │
//!         │                                                        propose ◀────────────────────────┘
//!         │                                                            │ Plan
//!         └──── new event bodies ◀── step ◀── Session ◀── start ◀── Admitted ◀── admit (limits.toml again)
//! ```
//!
//! No clock, no randomness, no input or output: time, zone and seed are arguments. The modules stand in the
//! order of the loop.

mod ids;
pub mod unit;

pub mod body;
pub mod date_words;
pub mod days;
pub mod draws;
pub mod lean;
pub mod math;
pub mod sorted;

pub mod knowledge;

pub mod dose;
pub mod move_dose;
pub mod timetable;

pub mod event;

pub mod state;

pub mod assess;

pub mod gate;

pub mod plan;

pub mod guide;

pub mod measure;

pub mod learn;

pub mod experiment;

pub mod share;

pub mod movement;

pub mod path;

pub mod exposure;
pub mod programme;

pub mod sync;

pub mod contract;

pub use jiff::{SignedDuration, Zoned};
