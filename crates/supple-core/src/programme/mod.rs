//! Weeks: what to roll, stretch, strengthen and put to use on the days a person really has.

mod change;
mod item;
pub mod solve;
mod wishes;

pub use change::Change;
pub use item::{Day, Item, ItemKind, ItemMove, NotMet, Programme, Training, TrainingKind, Week};
pub use wishes::{Aim, DayWish, Seen, Wishes};
