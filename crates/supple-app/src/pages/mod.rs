//! One module a page: `get` shows it, `post` says what its form writes.

pub mod today;
pub mod after;
pub mod history;
pub mod next_day;
pub mod plan;
pub mod routines;
pub mod spots;
pub mod trouble;
pub mod welcome;
