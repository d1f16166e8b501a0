//! One module a page: `get` shows it, `post` says what its form writes.

pub mod today;
pub mod trouble;
pub mod welcome;
