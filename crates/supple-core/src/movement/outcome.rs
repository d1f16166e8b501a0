use super::leave::LeftOut;
use super::measured::{Measured, Said, measured};
use super::record::{ScreenRecord, needed, screens};
use super::{Finding, course};
use crate::body::Side;
use crate::event::MovementEnd;
use crate::knowledge::{Compensation, Knowledge, MovementTest};
use crate::state::State;
use jiff::Zoned;
use std::cmp::Reverse;

/// How sure something is.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Seen often enough; nothing was measured.
    Seen,
    /// Seen often enough, and a measure says so too.
    Confirmed(Measured),
    /// Nobody looked, or it was not seen; a measure that needs no eye says so.
    Measured(Measured),
    /// Seen often enough, but the range is there: the measure counts, and nothing is done about it.
    RangeIsThere(Measured),
}

impl Standing {
    /// Whether the programme may do something about it.
    #[must_use]
    pub const fn counts(&self) -> bool {
        !matches!(self, Self::RangeIsThere(_))
    }

    /// What a measure says, where one does.
    #[must_use]
    pub const fn measured(&self) -> Option<&Measured> {
        match self {
            Self::Seen => None,
            Self::Confirmed(measured) | Self::Measured(measured) | Self::RangeIsThere(measured) => Some(measured),
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Confirmed(_) | Self::Measured(_) => 0,
            Self::Seen => 1,
            Self::RangeIsThere(_) => 2,
        }
    }
}

/// What was found, with how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What, where, how often.
    pub finding: Finding,
    /// How sure that is.
    pub standing: Standing,
}

/// What came of the last screen, the surest and most often seen first: what was measured before what was only seen, then
/// by the share of repetitions, then in the order of the tests. What a measure speaks against comes last.
#[must_use]
pub fn outcomes(state: &State, knowledge: &Knowledge, now: &Zoned) -> Vec<Outcome> {
    let screens = screens(state, now);
    // What the gate left out that day is not known any more: such a screen counts as one in progress.
    let none = LeftOut::default();
    let through = |screen: &ScreenRecord<'_>| course::next_of(state, knowledge, now, (Some(screen), &none)).is_none();
    let from = screens.iter().rposition(through).unwrap_or(0);
    let counted = &screens[from.min(screens.len())..];
    of(knowledge, state, now, |test| counted.iter().rev().find(|screen| screen.has(test)))
}

/// The same, of one screen alone.
pub(super) fn in_screen(
    knowledge: &Knowledge,
    state: &State,
    now: &Zoned,
    screen: &ScreenRecord<'_>,
) -> Vec<Outcome> {
    of(knowledge, state, now, |test| Some(screen).filter(|screen| screen.has(test)))
}

/// At most two things worth working on, and everything else. The second is about another part of the body than the
/// first, so that one cause does not fill both places.
#[must_use]
pub fn worth_working_on<'o>(knowledge: &Knowledge, outcomes: &'o [Outcome]) -> (Vec<&'o Outcome>, Vec<&'o Outcome>) {
    let part = |outcome: &Outcome| {
        knowledge.compensations.get(&outcome.finding.compensation).map(|known| known.checkpoint.as_str())
    };
    let mut first: Vec<&Outcome> = Vec::new();
    let mut more = Vec::new();
    for outcome in outcomes {
        let other_part = first.iter().all(|known| part(known) != part(outcome));
        if outcome.standing.counts() && first.len() < 2 && other_part {
            first.push(outcome);
        } else {
            more.push(outcome);
        }
    }
    (first, more)
}

fn of<'s: 'r, 'r>(
    knowledge: &Knowledge,
    state: &State,
    now: &Zoned,
    record: impl Fn(&str) -> Option<&'r ScreenRecord<'s>>,
) -> Vec<Outcome> {
    let mut seen = Vec::new();
    for (id, test) in &knowledge.movement_tests {
        if let Some(record) = record(id) {
            let found = by_eye(knowledge, record, id, test);
            seen.extend(between_sides(knowledge, record, id, &found));
            seen.extend(by_retest(knowledge, record, id, test, &found));
            seen.extend(found);
        }
    }
    let mut all: Vec<Outcome> = Vec::new();
    for (id, compensation) in &knowledge.compensations {
        let says = |side, alone| measured(knowledge, state, now, compensation, (side, alone));
        for finding in seen.iter().filter(|finding| finding.compensation == *id) {
            let standing = match says(finding.side, false) {
                None => Standing::Seen,
                Some(measured) if measured.said == Said::So => Standing::Confirmed(measured),
                Some(measured) => Standing::RangeIsThere(measured),
            };
            all.push(with(finding.clone(), standing));
        }
        for side in sides_of(compensation) {
            let known = all.iter().any(|one| {
                one.finding.compensation == *id && (one.finding.side.is_none() || one.finding.side == side)
            });
            if let Some(measured) = says(side, true).filter(|measured| !known && measured.said == Said::So) {
                let finding = Finding { compensation: id.clone(), side, seen_on: 0, of: 0, confirmed_by: None };
                all.push(with(finding, Standing::Measured(measured)));
            }
        }
    }
    all.sort_by_cached_key(|outcome| {
        let finding = &outcome.finding;
        let share = (u32::from(finding.seen_on) * 1000).checked_div(u32::from(finding.of)).unwrap_or(1000);
        let test = knowledge.compensations.get(&finding.compensation).map(|known| known.test.as_str());
        let order = test.and_then(|test| knowledge.movement_tests.get(test)).map_or(u8::MAX, |test| test.order);
        (outcome.standing.rank(), Reverse(share), order, finding.compensation.clone(), finding.side)
    });
    all
}

fn with(mut finding: Finding, standing: Standing) -> Outcome {
    if standing.counts() {
        finding.confirmed_by = standing.measured().map(|measured| measured.measure.clone());
    }
    Outcome { finding, standing }
}

fn sides_of(compensation: &Compensation) -> Vec<Option<Side>> {
    if compensation.has_side { vec![Some(Side::Left), Some(Side::Right)] } else { vec![None] }
}

/// What was seen in a test on enough repetitions. On both sides at once counts once for each.
fn by_eye(knowledge: &Knowledge, record: &ScreenRecord<'_>, id: &str, test: &MovementTest) -> Vec<Finding> {
    let enough = needed(test.repetitions);
    let sights = record.sights(knowledge, id, id).into_iter().filter(|sight| sight.on >= enough);
    let finding = |sight: super::record::Sight<'_>| Finding {
        compensation: sight.compensation.to_owned(),
        side: sight.side,
        seen_on: sight.on,
        of: sight.of,
        confirmed_by: None,
    };
    let mut found: Vec<Finding> = Vec::new();
    for sight in sights {
        // Named twice in one look, by another program: the first counts.
        if !found.iter().any(|known| known.compensation == sight.compensation && known.side == sight.side) {
            found.push(finding(sight));
        }
    }
    found
}

/// What follows from two sides: found on one, while the other was looked at and was fine.
fn between_sides(knowledge: &Knowledge, record: &ScreenRecord<'_>, test: &str, found: &[Finding]) -> Vec<Finding> {
    let mut between = Vec::new();
    for (id, compensation) in &knowledge.compensations {
        let Some(one_side) = compensation.compares.as_ref().filter(|_| compensation.test == test) else { continue };
        let Some(view) = knowledge.compensations.get(one_side).map(|compared| compared.view) else { continue };
        let on = |side| found.iter().find(|known| known.compensation == *one_side && known.side == Some(side));
        let looked = |side| {
            let look = record.look(test, Some(side), Some(view));
            look.is_some_and(|look| look.end == MovementEnd::Done && look.repetitions > 0)
        };
        let only = match (on(Side::Left), on(Side::Right)) {
            (Some(left), None) if looked(Side::Right) => left,
            (None, Some(right)) if looked(Side::Left) => right,
            _ => continue,
        };
        between.push(Finding { compensation: id.clone(), ..only.clone() });
    }
    between
}

/// What a retest points to: something that called for it is gone with the change, or was seen half as often or less.
/// `seen_on` is by how many repetitions it went down.
fn by_retest(
    knowledge: &Knowledge,
    record: &ScreenRecord<'_>,
    id: &str,
    test: &MovementTest,
    found: &[Finding],
) -> Vec<Finding> {
    let mut pointed: Vec<Finding> = Vec::new();
    for retake in &test.retests {
        let after = record.sights(knowledge, &retake.id, id);
        let callers = found.iter().filter(|finding| retake.called_for_by.contains(&finding.compensation));
        for before in callers {
            let Some(view) = knowledge.compensations.get(&before.compensation).map(|known| known.view) else {
                continue;
            };
            let look = record.look(&retake.id, None, Some(view));
            let Some(look) = look.filter(|look| look.end == MovementEnd::Done && look.repetitions > 0) else {
                continue;
            };
            let still = after.iter().filter(|sight| sight.compensation == before.compensation);
            let still = still.map(|sight| sight.on).max().unwrap_or(0);
            let halved = u32::from(still) * u32::from(before.of) * 2
                <= u32::from(before.seen_on) * u32::from(look.repetitions);
            let known = pointed.iter().any(|known| known.compensation == retake.points_to);
            if halved && !known {
                pointed.push(Finding {
                    compensation: retake.points_to.clone(),
                    side: None,
                    seen_on: before.seen_on.saturating_sub(still),
                    of: before.of,
                    confirmed_by: None,
                });
            }
        }
    }
    pointed
}
