use crate::assess::from_the_future;
use crate::body::Side;
use crate::event::{MovementEnd, MovementScreened};
use crate::knowledge::{Knowledge, Viewpoint};
use crate::state::{State, Timed};
use jiff::Zoned;

/// On how many repetitions something has to be seen before it is found: three of five, in general three fifths rounded
/// up, and never one alone.
///
/// Source: the rules of the shared catalogue of the screen ("never flag on one repetition ... require 3 of 5").
#[must_use]
pub const fn needed(repetitions: u8) -> u8 {
    let three_fifths = (repetitions as u16 * 3).div_ceil(5);
    #[allow(clippy::cast_possible_truncation)] // at most 153
    let least = three_fifths as u8;
    if least < 2 { 2 } else { least }
}

/// One screen as the log tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenRecord<'s> {
    /// Its id.
    pub id: &'s str,
    /// Its looks in fold order, each step once: the last that was said. Never empty.
    pub looks: Vec<&'s Timed<MovementScreened>>,
}

/// What was seen in one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sight<'s> {
    pub compensation: &'s str,
    pub side: Option<Side>,
    pub on: u8,
    pub of: u8,
}

impl<'s> ScreenRecord<'s> {
    /// When it began.
    #[must_use]
    pub fn began(&self) -> &'s Zoned {
        &self.looks[0].at
    }

    /// The look at one step, if there was one.
    pub(super) fn look(
        &self,
        test: &str,
        side: Option<Side>,
        view: Option<Viewpoint>,
    ) -> Option<&'s MovementScreened> {
        let is = |look: &&&Timed<MovementScreened>| {
            look.what.test == test && look.what.side == side && look.what.view == view
        };
        self.looks.iter().find(is).map(|look| &look.what)
    }

    /// Whether all of a test is over: it hurt, or it was left out.
    pub(super) fn is_over(&self, test: &str) -> bool {
        let ends = |look: &&Timed<MovementScreened>| match look.what.end {
            MovementEnd::Pain => true,
            MovementEnd::Skipped => look.what.view.is_none(),
            MovementEnd::Done => false,
        };
        self.looks.iter().filter(|look| look.what.test == test).any(ends)
    }

    /// Whether a test was begun, and not left out at once.
    pub(super) fn has(&self, test: &str) -> bool {
        self.looks.iter().any(|look| look.what.test == test && look.what.end != MovementEnd::Skipped)
    }

    /// Everything seen in a test or a retest of it, whether often enough or not; `of_test` is the test that its
    /// compensations belong to.
    pub(super) fn sights(&self, knowledge: &Knowledge, looked_at: &str, of_test: &str) -> Vec<Sight<'s>> {
        let looks = self.looks.iter().filter(|look| look.what.test == looked_at && look.what.repetitions > 0);
        let of_test = |id: &str| knowledge.compensations.get(id).is_some_and(|known| known.test == of_test);
        looks
            .flat_map(|look| {
                let what = &look.what;
                let known = what.seen.iter().filter(move |seen| of_test(&seen.compensation));
                known.map(move |seen| Sight {
                    compensation: &seen.compensation,
                    side: what.side.or(seen.side).filter(|side| matches!(side, Side::Left | Side::Right)),
                    on: seen.on.min(what.repetitions),
                    of: what.repetitions,
                })
            })
            .collect()
    }
}

/// Every screen of the log up to now, by the time it began.
#[must_use]
pub fn screens<'s>(state: &'s State, now: &Zoned) -> Vec<ScreenRecord<'s>> {
    let mut screens: Vec<ScreenRecord<'s>> = Vec::new();
    for look in state.movement.iter().filter(|look| !from_the_future(&look.at, now)) {
        let what = &look.what;
        let place = screens.iter().position(|known| known.id == what.screen);
        let place = place.unwrap_or_else(|| {
            screens.push(ScreenRecord { id: &what.screen, looks: Vec::new() });
            screens.len() - 1
        });
        let looks = &mut screens[place].looks;
        looks.retain(|before| {
            // What hurt, hurt: saying the same step again does not take it back. Only taking the entry back does.
            let same =
                before.what.test == what.test && before.what.side == what.side && before.what.view == what.view;
            !same || before.what.end == MovementEnd::Pain
        });
        looks.push(look);
    }
    screens
}
