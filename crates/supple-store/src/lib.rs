//! The event log on disk: what was acknowledged is there, whatever happens next.
//!
//! ```text
//!  decide ──▶ append(version, events) ──▶ one transaction, synced to the disk ──▶ acknowledged
//!                 │ something arrived meanwhile: nothing is written, load and decide again
//!  load ◀── every line in fold order, the unreadable ones too
//!  export ──▶ JSON Lines, byte for byte ──▶ import into any other log, any number of times
//! ```
//!
//! The file holds lines, and each line's exact bytes are the truth; the columns beside them are read from them and
//! can be read again ([`Store::rebuild`]). Nothing is ever changed or deleted, save everything at once
//! ([`Store::erase`]): a line that cannot be read is kept until a program comes along that can.
//!
//! # What a line is
//!
//! Bytes up to a line feed, at most [`LINE_LIMIT`]. A byte order mark before it and carriage returns after it belong
//! to the file that brought it, not to the line, so a log that went through an editor on Windows is still the same
//! log; a blank line is no line. Everything else is kept as it came, so export, import and export again gives the
//! same bytes.
//!
//! - A line with a *frame* (id, device, number, logical time) has a place in its device's series, whether or not its
//!   body can be read.
//! - A line without one is *set aside*. Only an import may bring such lines, and only beside events: a file without
//!   any event is not a log.

mod erase;
mod error;
mod exchange;
mod feeds;
mod line;
mod migrate;
mod pack;
mod pairing;
mod readings;
mod sqlite;
mod transfer;
mod verify;
mod version;
mod watch;
mod write;

pub use error::Error;
pub use exchange::Exchanged;
pub use feeds::{Feed, FeedShows};
pub use line::LINE_LIMIT;
pub use pairing::{Hash, Paired};
pub use sqlite::{Log, Store};
pub use transfer::{Imported, SetAside};
pub use verify::{Problem, Rebuilt, Report};
pub use version::Version;
pub use watch::Watch;
pub use write::Received;
