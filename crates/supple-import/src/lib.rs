//! Trainings from files of watches and other programs.
//!
//! ```text
//!  a file ─kind of it─▶ FIT · TCX · GPX · Apple Health · intervals.icu · table · Strava archive · gzip of each
//!                          │ one thing at a time, problems beside it, never the whole archive in memory
//!                          ▼
//!                       Found ──Batch──▶ preview: how many, from when to when, what is there already
//!                                            └────▶ event bodies, at most 500 at a time
//! ```
//!
//! Pure: bytes in, findings out. No clock, no disk, no threads; the zone of the person is an argument, and so is what may
//! be read at most. The same in the browser and natively.
//!
//! A file that is damaged is read as far as it goes, and what is wrong with it is told with what was found. Nothing here
//! panics on input.

mod apple;
mod archive;
mod batch;
mod days;
mod fit;
mod found;
mod gpx;
mod intervals;
mod kind;
mod limits;
mod place;
mod read;
mod report;
mod sports;
mod strava;
mod table;
mod tcx;
mod training;
mod walk;
mod xml;

pub use batch::{Batch, MOST_EVENTS, MOST_PROBLEMS, Preview};
pub use days::DayOrder;
pub use found::{Found, Problem, Refused, Told};
pub use kind::Kind;
pub use limits::Limits;
pub use read::{Settings, Source, read};
pub use report::{Report, Wrong};
pub use table::{Columns, NotAColumn};
