//! One module a page: `get` shows it, `post` says what its form writes.

pub mod after;
pub mod clinician;
pub mod evidence;
pub mod experiments;
pub mod help;
pub mod history;
pub mod measures;
pub mod next_day;
pub mod opening;
pub mod pair;
pub mod plan;
pub mod routines;
pub mod screen;
pub mod session;
pub mod settings;
pub mod spots;
pub mod today;
pub mod trouble;
pub mod welcome;
