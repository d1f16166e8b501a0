//! One module a page: `get` shows it, `post` says what its form writes.

pub mod opening;
pub mod session;
pub mod trouble;
pub mod welcome;
