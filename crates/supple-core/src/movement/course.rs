use super::leave::LeftOut;
use super::measured::measured;
use super::outcome::in_screen;
use super::pain::{hurt_in, hurt_today};
use super::record::{ScreenRecord, screens};
use crate::assess::days_since;
use crate::body::{RegionId, Side};
use crate::days;
use crate::knowledge::{Compensation, Knowledge, MovementTest, Viewpoint};
use crate::sorted::SortedSet;
use crate::state::State;
use jiff::Zoned;
use jiff::civil::Date;

/// A screen that broke off is gone on with for so many days; then it begins anew. Our judgement: bodies change little in
/// a week.
pub const RESUMED_WITHIN_DAYS: i32 = 7;

/// The screen is worth doing again after so many days.
///
/// Source: issue 5, "re-screen every 4 weeks"; our judgement.
pub const SCREEN_AGAIN_AFTER_DAYS: i32 = 28;

/// One look: a test or retest, from one view, on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The test: an id of `movement_tests/`.
    pub test: String,
    /// The retest of it, where this is one.
    pub retest: Option<String>,
    /// The side, for a test that is done on each side.
    pub side: Option<Side>,
    /// Where to look from.
    pub view: Viewpoint,
    /// Repetitions to look at.
    pub repetitions: u8,
    /// What to look for: ids of `compensations/`, in the order of ids; never empty.
    pub looks_for: Vec<String>,
}

impl Step {
    /// The id its look is written under: the retest's, or else the test's.
    #[must_use]
    pub fn id(&self) -> &str {
        self.retest.as_deref().unwrap_or(&self.test)
    }
}

/// What to look at next in a screen, or first in one that has not begun; none when it is through.
///
/// The overhead squat from the front, the side and behind; its retests where what was seen calls for them; then only the
/// tests that the answers call for, in their order. What is measured is not looked at, what hurt is over, and what loads
/// a place that hurt is left out, as is what the gate leaves out.
#[must_use]
pub fn next_of(
    state: &State,
    knowledge: &Knowledge,
    now: &Zoned,
    (screen, left_out): (Option<&ScreenRecord<'_>>, &LeftOut),
) -> Option<Step> {
    let found: SortedSet<String> = screen
        .map(|screen| in_screen(knowledge, state, now, screen))
        .unwrap_or_default()
        .into_iter()
        .filter(|outcome| outcome.standing.counts())
        .map(|outcome| outcome.finding.compensation)
        .collect();
    let hurt = hurt(state, knowledge, now, screen);
    let called = |ids: &[String]| ids.iter().any(|id| found.contains(id));
    for (id, test) in in_order(knowledge) {
        let begun = screen.is_some_and(|screen| screen.has(id));
        if test.order > 1 && !begun && !called(&test.called_for_by) {
            continue;
        }
        if left_out.has(id) || loads(test, &hurt) || screen.is_some_and(|screen| screen.is_over(id)) {
            continue;
        }
        if let Some(step) = open_step(state, knowledge, now, screen, (id, test)) {
            return Some(step);
        }
        for retake in test.retests.iter().filter(|retake| called(&retake.called_for_by)) {
            if screen.is_some_and(|screen| screen.is_over(&retake.id)) {
                continue;
            }
            let asked = |known: &str, _: &Compensation| {
                found.contains(known) && retake.called_for_by.iter().any(|caller| caller == known)
            };
            let steps = steps(knowledge, (id, test), Some(&retake.id), asked);
            if let Some(step) = first_open(screen, steps) {
                return Some(step);
            }
        }
    }
    None
}

/// What to look at next in a test that a person chose by hand; none when it was looked at in this screen, is over, or
/// loads a place that hurt.
#[must_use]
pub fn next_by_hand(
    state: &State,
    knowledge: &Knowledge,
    now: &Zoned,
    (screen, left_out): (Option<&ScreenRecord<'_>>, &LeftOut),
    test: &str,
) -> Option<Step> {
    let known = knowledge.movement_tests.get(test)?;
    if left_out.has(test)
        || loads(known, &hurt(state, knowledge, now, screen))
        || screen.is_some_and(|screen| screen.is_over(test))
    {
        return None;
    }
    open_step(state, knowledge, now, screen, (test, known))
}

/// The screen that can be gone on with: the last one, if it began in the last [`RESUMED_WITHIN_DAYS`] days and is not
/// through.
#[must_use]
pub fn current<'s>(
    state: &'s State,
    knowledge: &Knowledge,
    now: &Zoned,
    left_out: &LeftOut,
) -> Option<ScreenRecord<'s>> {
    let last = screens(state, now).pop()?;
    let fresh = days_since(last.began(), now) <= RESUMED_WITHIN_DAYS;
    (fresh && next_of(state, knowledge, now, (Some(&last), left_out)).is_some()).then_some(last)
}

/// The day from which the screen is worth doing again; none before the first.
#[must_use]
pub fn rescreen_due(state: &State, now: &Zoned) -> Option<Date> {
    let last = screens(state, now).pop()?;
    days::after(last.began().date(), SCREEN_AGAIN_AFTER_DAYS.into())
}

/// Tests that are left out because they load a place that hurt in this screen or today, in their order.
#[must_use]
pub fn left_out_for_pain(
    state: &State,
    knowledge: &Knowledge,
    now: &Zoned,
    screen: Option<&ScreenRecord<'_>>,
) -> Vec<String> {
    let hurt = hurt(state, knowledge, now, screen);
    in_order(knowledge).into_iter().filter(|(_, test)| loads(test, &hurt)).map(|(id, _)| id.to_owned()).collect()
}

/// The tests in their order.
fn in_order(knowledge: &Knowledge) -> Vec<(&str, &MovementTest)> {
    let mut tests: Vec<(&str, &MovementTest)> =
        knowledge.movement_tests.iter().map(|(id, test)| (id.as_str(), test)).collect();
    tests.sort_by_key(|(id, test)| (test.order, *id));
    tests
}

fn hurt(state: &State, knowledge: &Knowledge, now: &Zoned, screen: Option<&ScreenRecord<'_>>) -> SortedSet<RegionId> {
    let mut hurt: SortedSet<RegionId> = hurt_today(state, knowledge, now).iter().map(|site| site.region).collect();
    if let Some(screen) = screen {
        let looks = screen.looks.iter().map(|look| &look.what);
        hurt.extend(
            looks.flat_map(|look| hurt_in(knowledge, look).iter().map(|site| site.region).collect::<Vec<_>>()),
        );
    }
    hurt
}

fn loads(test: &MovementTest, hurt: &SortedSet<RegionId>) -> bool {
    test.loads.iter().any(|region| hurt.contains(region))
}

/// The first look of a test that is still to come. What a measure decides alone is not looked for.
fn open_step(
    state: &State,
    knowledge: &Knowledge,
    now: &Zoned,
    screen: Option<&ScreenRecord<'_>>,
    (id, test): (&str, &MovementTest),
) -> Option<Step> {
    let mut open = steps(knowledge, (id, test), None, |_, _| true);
    for step in &mut open {
        step.looks_for.retain(|known| {
            let compensation = &knowledge.compensations[known];
            measured(knowledge, state, now, compensation, (step.side, true)).is_none()
        });
    }
    open.retain(|step| !step.looks_for.is_empty());
    first_open(screen, open)
}

fn first_open(screen: Option<&ScreenRecord<'_>>, steps: Vec<Step>) -> Option<Step> {
    let is_open =
        |step: &Step| screen.is_none_or(|screen| screen.look(step.id(), step.side, Some(step.view)).is_none());
    steps.into_iter().find(is_open)
}

/// Every look of a test or retest: side by side, and on each side from the front, the side, behind and above.
fn steps(
    knowledge: &Knowledge,
    (id, test): (&str, &MovementTest),
    retest: Option<&str>,
    asked: impl Fn(&str, &Compensation) -> bool,
) -> Vec<Step> {
    let sides: &[Option<Side>] = if test.each_side { &[Some(Side::Left), Some(Side::Right)] } else { &[None] };
    let mut steps = Vec::new();
    for &side in sides {
        for view in [Viewpoint::Front, Viewpoint::Side, Viewpoint::Back, Viewpoint::Above] {
            let here = |known: &Compensation| known.test == id && known.view == view && known.compares.is_none();
            let looks_for: Vec<String> = knowledge
                .compensations
                .iter()
                .filter(|(known, compensation)| here(compensation) && asked(known, compensation))
                .map(|(known, _)| known.clone())
                .collect();
            if !looks_for.is_empty() {
                let (test_id, retest) = (id.to_owned(), retest.map(str::to_owned));
                steps.push(Step { test: test_id, retest, side, view, repetitions: test.repetitions, looks_for });
            }
        }
    }
    steps
}
