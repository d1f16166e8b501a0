//! What follows when something comes up.

use super::detail::pressed_together;
use super::frame::{Person, frames};
use super::make::{Kept, make_again};
use super::solve::DAYS;
use super::target::is_lighter;
use super::{Change, Day, Item, ItemKind, Programme, Week, Wishes, words};
use crate::body::Area;
use crate::date_words::{short_day, weekday};
use crate::event::Answer;
use crate::gate::judge;
use crate::plan::{Why, sentence};
use jiff::civil::Date;

/// A programme after a change, and what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replanned {
    /// The programme.
    pub programme: Programme,
    /// The first day that could change; the days before stay as they were.
    pub from: Date,
    /// What changed, one sentence each; never that somebody failed.
    pub explained: Vec<Why>,
}

/// A programme under way.
#[derive(Debug, Clone, Copy)]
pub struct Running<'a> {
    /// What it was made from.
    pub wishes: &'a Wishes,
    /// What came up since, in order.
    pub changes: &'a [Change],
    /// As it is now.
    pub programme: &'a Programme,
}

/// Makes a programme again after a change. Days before today stay; what is pinned stays as long as the gate, the minutes
/// and the days between let it; everything else stays where it stood unless something better comes of moving it. Ids
/// stay with their items.
///
/// # Errors
/// Why a move or a swap cannot be, or that what is to be pinned, moved or swapped is gone, in one sentence; then nothing
/// changes.
pub fn replan(person: &Person<'_>, running: &Running<'_>, change: &Change) -> Result<Replanned, Why> {
    let today = person.today.now.date().max(running.wishes.start);
    let old = running.programme;
    if let Change::Pin { item, pinned } = change {
        if old.item(item).is_none() {
            return Err(sentence(person.knowledge, "programme_no_item", &[]));
        }
        let mut programme = old.clone();
        for known in items_mut(&mut programme).filter(|known| known.id == *item) {
            known.pinned = *pinned;
        }
        let explained = vec![sentence(person.knowledge, "programme_stays", &[])];
        return Ok(Replanned { programme, from: today, explained });
    }
    let mut items: Vec<Item> = old.items().cloned().collect();
    if let Change::Missed { today, done } = change {
        items.retain(|item| item.date >= *today || done.contains(&item.id));
    }
    let moved = moved(person, old, change, today)?;
    let mut changes = running.changes.to_vec();
    changes.push(change.clone());
    if questions_are_open(person) {
        let programme = as_it_stands(person, running.wishes, &changes, items, change, &moved)?;
        let explained = explained(person, old, &programme, change, today);
        return Ok(Replanned { programme, from: today, explained });
    }
    let made = loop {
        let kept = Kept { items: &items, from: Some(today), moved: moved.clone() };
        match make_again(person, running.wishes, &changes, &kept) {
            Ok(made) => break made,
            Err(_) if !moved.is_empty() => {
                return Err(cannot(person, moved[0].0, moved[0].1, "programme_cause_rule"));
            }
            // What was pinned in that week does not fit any more: the pins go, and the rest is made anew.
            Err(week) => {
                let in_week = |date: Date| (0..DAYS as i64).contains(&super::frame::days_between(week, date));
                let pins: Vec<&mut Item> =
                    items.iter_mut().filter(|item| item.pinned && in_week(item.date)).collect();
                if pins.is_empty() {
                    let programme = old.clone();
                    return Ok(Replanned { programme, from: today, explained: Vec::new() });
                }
                pins.into_iter().for_each(|item| item.pinned = false);
            }
        }
    };
    let explained = explained(person, old, &made.programme, change, today);
    Ok(Replanned { programme: made.programme, from: today, explained })
}

/// Whether something of the screen is not answered today. Then nothing new is planned: what counts as yes only because
/// nobody asked yet today would close what is open on the day.
fn questions_are_open(person: &Person<'_>) -> bool {
    let judgement = judge(person.knowledge, person.today);
    judgement.verdict.clearance().is_none() || judgement.reasons.iter().any(|reason| reason.answer == Answer::Unknown)
}

/// The change and nothing else: items go, or move as the person says if minutes and days between let them. They are
/// wishes; what they come to is judged on their day.
fn as_it_stands(
    person: &Person<'_>,
    wishes: &Wishes,
    changes: &[Change],
    mut items: Vec<Item>,
    change: &Change,
    moved: &[(&Item, Date)],
) -> Result<Programme, Why> {
    for item in &mut items {
        if let Some((_, to)) = moved.iter().find(|(known, _)| known.id == item.id) {
            (item.date, item.pinned) = (*to, true);
        }
    }
    match change {
        Change::Ill { from, until } => items.retain(|item| !(*from..=*until).contains(&item.date)),
        Change::Away { from, until } => items.retain(|item| {
            let bare = |id: &String| person.knowledge.moves.get(id).is_some_and(|known| known.equipment.is_empty());
            let needs_nothing = !item.moves.is_empty() && item.moves.iter().all(|one| bare(&one.id));
            !(*from..=*until).contains(&item.date) || needs_nothing
        }),
        Change::Only { date, minutes } => {
            let mut left = *minutes;
            items.retain(|item| {
                let stays = item.date != *date || item.minutes <= left;
                if item.date == *date && stays {
                    left -= item.minutes;
                }
                stays
            });
        }
        Change::Missed { .. } | Change::Move { .. } | Change::Swap { .. } | Change::Pin { .. } => {}
    }
    let programme = Programme::restored(wishes, changes, &items);
    for &(item, to) in moved {
        let fits = programme.day(to).is_some_and(|day| day.used() <= day.minutes);
        let now = items.iter().find(|known| known.id == item.id);
        let close = |other: &&Item| {
            other.id != item.id && other.date != to && super::frame::days_between(to, other.date).abs() < 2
        };
        let too_close =
            now.is_some_and(|now| items.iter().filter(close).any(|other| needs_a_day_between(person, now, other)));
        if !fits || too_close {
            return Err(cannot(person, item, to, "programme_cause_rule"));
        }
    }
    Ok(programme)
}

/// Whether two items press the same place for long, or places that press each other, or work the same group.
fn needs_a_day_between(person: &Person<'_>, one: &Item, other: &Item) -> bool {
    let rolled = one.is_main_rolling()
        && other.is_main_rolling()
        && one.areas.iter().any(|area| {
            let press_each_other = |known: &Area| {
                known.region == area.region
                    || pressed_together(person.knowledge, &[*known], area.region).contains(&known.region)
            };
            other.areas.iter().any(press_each_other)
        });
    let group = |item: &Item| {
        let works = matches!(item.kind, ItemKind::Strengthen | ItemKind::Integrate);
        let moves = item.moves.iter().filter(move |_| works);
        moves.filter_map(|one| person.knowledge.moves.get(&one.id)?.regions.first().copied()).collect::<Vec<_>>()
    };
    let worked = group(other);
    rolled || one.kind == other.kind && group(one).iter().any(|region| worked.contains(region))
}

fn items_mut(programme: &mut Programme) -> impl Iterator<Item = &mut Item> {
    programme.weeks.iter_mut().flat_map(|week| &mut week.days).flat_map(|day| &mut day.items)
}

/// Where items go by the person's own wish.
fn moved<'a>(
    person: &Person<'_>,
    old: &'a Programme,
    change: &Change,
    today: Date,
) -> Result<Vec<(&'a Item, Date)>, Why> {
    let find = |id: &str| old.item(id).ok_or_else(|| sentence(person.knowledge, "programme_no_item", &[]));
    let moved = match change {
        Change::Move { item, to } => vec![(find(item)?, *to)],
        Change::Swap { item, with } => {
            let (one, other) = (find(item)?, find(with)?);
            vec![(one, other.date), (other, one.date)]
        }
        _ => return Ok(Vec::new()),
    };
    for &(item, to) in &moved {
        if to < today || item.date < today || old.day(to).is_none() {
            return Err(cannot(person, item, to, "programme_cause_outside"));
        }
        if item.is_light_rolling() && item.date != to {
            return Err(cannot(person, item, to, "programme_cause_training"));
        }
        let week = |date: Date| old.weeks.iter().position(|week| week.days.iter().any(|day| day.date == date));
        if item.kind == super::ItemKind::Screen && week(item.date) != week(to) {
            return Err(cannot(person, item, to, "programme_cause_rule"));
        }
    }
    Ok(moved)
}

fn cannot(person: &Person<'_>, item: &Item, to: Date, cause: &str) -> Why {
    let cause = sentence(person.knowledge, cause, &[]).text;
    let values = [("what", words::title(item).to_owned()), ("to", day_words(to)), ("cause", cause)];
    sentence(person.knowledge, "programme_cannot", &values)
}

pub(super) fn day_words(day: Date) -> String {
    format!("{}, {}", weekday(day.weekday()), short_day(day))
}

/// What changed for the days from today on, and what was let go of those before.
fn explained(person: &Person<'_>, old: &Programme, new: &Programme, change: &Change, today: Date) -> Vec<Why> {
    let say = |id: &str, values: &[(&str, String)]| sentence(person.knowledge, id, values);
    let mut all = Vec::new();
    match change {
        Change::Ill { .. } => all.push(say("programme_ill", &[])),
        Change::Away { .. } => all.push(say("programme_away", &[])),
        _ => {}
    }
    let first = all.len();
    let what = |item: &Item| ("what", words::title(item).to_owned());
    for item in old.items() {
        let gone = item.date < today && new.item(&item.id).is_none();
        match new.item(&item.id) {
            Some(now) if now.date != item.date => {
                let values = [what(item), ("from", day_words(item.date)), ("to", day_words(now.date))];
                all.push(say("programme_moved", &values));
            }
            Some(now) if (&now.areas, &now.moves, now.minutes) != (&item.areas, &item.moves, item.minutes) => {
                let values = [what(item), ("to", day_words(now.date)), ("minutes", now.minutes.to_string())];
                all.push(say("programme_other", &values));
            }
            // The sentence on being ill says it of all these days.
            None if matches!(change, Change::Ill { from, until } if (*from..=*until).contains(&item.date)) => {}
            None if item.date >= today || gone => {
                all.push(say("programme_let_go", &[what(item), ("from", day_words(item.date))]));
            }
            Some(_) | None => {}
        }
    }
    for item in new.items().filter(|item| old.item(&item.id).is_none()) {
        all.push(say("programme_new", &[what(item), ("to", day_words(item.date))]));
    }
    if all.len() == first {
        all.push(say("programme_stays", &[]));
    }
    let ahead = new.not_met.iter().filter(|one| one.rule == "programme_sore_ahead");
    all.extend(ahead.map(|one| Why { id: one.rule.clone(), text: one.why.clone() }));
    all
}

impl Programme {
    /// A programme as it was written down: its items on the days that wishes and changes give.
    #[must_use]
    pub fn restored(wishes: &Wishes, changes: &[Change], items: &[Item]) -> Self {
        let frames = frames(wishes, changes);
        let day = |frame: &super::frame::Frame| Day {
            date: frame.date,
            minutes: frame.minutes,
            training: frame.training.clone(),
            items: items.iter().filter(|item| item.date == frame.date).cloned().collect(),
        };
        let weeks = frames.chunks(DAYS).enumerate().map(|(week, of)| Week {
            number: u8::try_from(week + 1).unwrap_or(u8::MAX),
            lighter: of.iter().enumerate().any(|(day, frame)| is_lighter(week * DAYS + day, frame)),
            days: of.iter().map(day).collect(),
        });
        Self { weeks: weeks.collect(), not_met: Vec::new() }
    }
}
