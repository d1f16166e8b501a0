//! One module a page: `get` shows it, `post` says what its form writes.
//!
//! The pages of a first session come first; a build without `whole` has no others.

pub mod after;
pub mod help;
pub mod next_day;
pub mod opening;
pub mod plan;
#[cfg(feature = "whole")]
pub mod progress;
pub mod screen;
pub mod session;
pub mod spots;
pub mod today;
pub mod trouble;
pub mod welcome;

#[cfg(feature = "whole")]
pub mod calendar;
#[cfg(feature = "whole")]
pub mod clinician;
#[cfg(feature = "whole")]
pub mod evidence;
#[cfg(feature = "whole")]
pub mod experiments;
#[cfg(not(feature = "whole"))]
#[path = "no_experiments.rs"]
pub mod experiments;
#[cfg(feature = "whole")]
pub mod forecast;
#[cfg(feature = "whole")]
pub mod handout;
#[cfg(feature = "whole")]
pub mod history;
#[cfg(feature = "whole")]
pub mod measures;
#[cfg(feature = "whole")]
pub mod movement;
#[cfg(feature = "whole")]
pub mod moves;
#[cfg(feature = "whole")]
pub mod pair;
#[cfg(feature = "whole")]
pub mod programme;
#[cfg(feature = "whole")]
pub mod receive;
#[cfg(feature = "whole")]
pub mod routines;
#[cfg(feature = "whole")]
pub mod settings;
#[cfg(feature = "whole")]
pub mod share;
#[cfg(feature = "whole")]
pub mod summary;
#[cfg(feature = "whole")]
pub mod training;
