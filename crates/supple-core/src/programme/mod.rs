//! Weeks: what to roll, stretch, strengthen and put to use on the days a person really has.

mod ahead;
mod detail;
mod frame;
mod go_on;
mod make;
mod progress;
mod replan;
mod short;
pub mod solve;
mod target;
mod week;
mod words;

pub use crate::event::programme::{
    Aim, Change, DayWish, Item, ItemKind, ItemMove, Seen, Training, TrainingKind, Wishes,
};
pub use ahead::Ahead;
pub use detail::{Detail, LIGHT_SECONDS, amount};
pub use frame::Person;
pub use go_on::{GoesOn, that_go_on, why_harder};
pub use make::{Made, make};
pub use progress::Progress;
pub use replan::{Replanned, Running, replan};
pub use short::{left_out, rolled_once};
pub use target::SHORT_SCREEN_MINUTES;
pub use week::{Day, NotMet, Programme, Week};
pub use words::{title, why, why_move};

/// What each item of a day comes to: blocks or moves with their amounts, planned afresh under the clearance of that day as
/// far as it is known today, and admitted by the gate.
#[must_use]
pub fn details(
    person: &Person<'_>,
    wishes: &Wishes,
    changes: &[Change],
    programme: &Programme,
    day: &Day,
) -> Vec<Detail> {
    let frames = frame::frames(wishes, changes);
    let Some(index) = frames.iter().position(|frame| frame.date == day.date) else { return Vec::new() };
    let is_there = programme.day(day.date).is_some();
    let items = if is_there { &day.items[..] } else { &[] };
    detail::of_day(person, &frames[index], target::is_lighter(index, &frames[index]), items)
}
