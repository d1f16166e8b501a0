//! The app from outside: requests in, pages and events out.

#![allow(clippy::disallowed_methods, reason = "tests read the sources they are about")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what is missing")]

mod arrangement;
mod calendar;
mod charts;
mod evening;
mod evidence;
mod experiments;
mod figure;
mod forecast;
mod history;
mod hostile;
mod lighter;
mod measures;
mod months;
mod movement;
mod next_day;
mod paper;
mod paths;
mod plan;
mod player;
mod programme;
mod progress;
mod purity;
mod session;
mod sharing;
#[path = "../../../supple-core/tests/it/sources.rs"]
mod sources;
mod spots;
mod training;
mod watch;
mod world;
