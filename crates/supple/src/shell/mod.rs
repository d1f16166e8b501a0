//! What the engine leaves to a shell: clock, ids, files, colours, exit codes.

mod diary;
mod exit;
pub mod page;
mod picture;
mod style;

pub use diary::{Diary, data_file};
pub use exit::{Done, Failure, FailureKind, Outcome};
pub use picture::Pictures;
pub use style::Style;
