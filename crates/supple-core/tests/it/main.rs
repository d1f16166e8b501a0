//! The engine from outside: what it must never do, what it must always say, and what it must not know.

// The engine may not read files; its tests read its sources and golden answers.
#![allow(clippy::disallowed_methods)]

mod cards;
mod contract;
mod experiments;
mod exposure;
mod gate_table;
mod incline;
mod incline_taking;
mod measures;
mod movement;
mod moves;
mod optimum;
mod oracle;
mod paths;
mod person_forecast;
mod pooling;
mod programme_ahead;
mod programme_optimum;
mod programme_progress;
mod programmes;
mod properties;
mod purity;
mod requests;
mod responses;
mod second_tests;
mod seen;
mod slow;
mod sorted;
mod sources;
mod studies;
