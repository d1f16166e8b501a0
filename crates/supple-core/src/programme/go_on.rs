//! Moves that have become easy, and the harder ones that can take their place.

use super::detail::moved;
use super::frame::{Frame, frames};
use super::target::is_at_hand;
use super::{Change, ItemMove, Person, Programme, Wishes};
use crate::knowledge::{Knowledge, Move};
use crate::plan::{Why, sentence};

/// A move that went well with its largest amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoesOn {
    /// The move of the days to come.
    pub easy: String,
    /// The harder move that it leads to.
    pub harder: String,
}

/// The moves from today on that went well with their largest amount, each with the harder move of the same kind that can
/// take its place: open to the person, with what is at hand, and not in the programme yet. Weeks that are made or changed
/// from now on have it.
#[must_use]
pub fn that_go_on(person: &Person<'_>, wishes: &Wishes, changes: &[Change], programme: &Programme) -> Vec<GoesOn> {
    let moves = &person.knowledge.moves;
    let today = person.today.now.date();
    let ahead: Vec<Frame> = frames(wishes, changes).into_iter().filter(|frame| frame.date >= today).collect();
    let is_planned =
        |id: &str| programme.items().any(|item| item.date >= today && item.moves.iter().any(|one| one.id == id));
    let is_open = |item: &ItemMove| {
        let known = moves.get(&item.id);
        known.is_some_and(|known| ahead.iter().any(|frame| is_at_hand(known, wishes, frame)))
            && ahead.first().is_some_and(|frame| !moved(person, frame, false, std::slice::from_ref(item)).is_empty())
    };
    let mut all: Vec<GoesOn> = Vec::new();
    for item in programme.items().filter(|item| item.date >= today).flat_map(|item| &item.moves) {
        let Some(harder) = person.progress.goes_on_to(person.knowledge, &item.id) else { continue };
        let goes_on = GoesOn { easy: item.id.clone(), harder: harder.clone() };
        let instead = ItemMove { id: harder.clone(), ..item.clone() };
        if !is_planned(harder) && !all.contains(&goes_on) && is_open(&instead) {
            all.push(goes_on);
        }
    }
    all
}

/// Why a move stands where an easier one stood; none where no easier one went well, or where it is still there.
#[must_use]
pub fn why_harder(knowledge: &Knowledge, progress: &super::Progress, programme: &Programme, id: &str) -> Option<Why> {
    let stands = |id: &str| programme.items().flat_map(|item| &item.moves).any(|one| one.id == id);
    let leads_here = |(easier, _): &(&String, &Move)| {
        progress.goes_on_to(knowledge, easier).is_some_and(|harder| harder == id) && !stands(easier)
    };
    let (_, easier) = knowledge.moves.iter().find(leads_here)?;
    Some(sentence(knowledge, "programme_why_goes_on", &[("easier", easier.name.clone())]))
}
