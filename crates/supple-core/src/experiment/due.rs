use super::analysis::{Analysis, analyse, first_finding};
use super::course::BEFORE_AT_MOST;
use super::course::{Course, Fate, compares_times, later, sessions, sites_of};
use crate::knowledge::Knowledge;
use crate::learn::HALF_LIFE_MINUTES;
use crate::math;
use crate::measure::reading;
use crate::state::{ExperimentRecord, State};
use jiff::{ToSpan, Zoned};

/// What an experiment asks for now.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// Nothing any more: it was ended.
    Over,
    /// Nothing any more but to end it: every session is done, or what there is to say can be said.
    Complete,
    /// Nothing before this moment.
    NotBefore(Zoned),
    /// A reading, before the way is shown.
    ReadingBefore,
    /// To be shown the way.
    Reveal,
    /// To do the way that was shown.
    ToDo {
        /// Which session, from 0.
        session: u8,
        /// Which way.
        arm: u8,
        /// Whether a reading is still wanted before it.
        reading_first: bool,
    },
    /// The reading after, in this span. Until it is taken, nothing is rolled there.
    ReadingAfter {
        /// Which session, from 0.
        session: u8,
        /// Which way.
        arm: u8,
        /// When the way ended, or the rest will.
        ended: Zoned,
        /// From then on.
        from: Zoned,
        /// Until then.
        until: Zoned,
    },
}

/// Half-lives after which nothing that could be measured is left of a gain: a thousandth.
const HALF_LIVES: f64 = 10.0;

impl Due {
    /// What an experiment asks for now, by its course.
    #[must_use]
    pub fn of(
        knowledge: &Knowledge,
        record: &ExperimentRecord,
        course: &Course<'_>,
        state: &State,
        now: &Zoned,
    ) -> Self {
        let design = record.design();
        if record.ended.is_some() {
            return Self::Over;
        }
        if let Some(attempt) = course.under_way() {
            let (session, arm) = (attempt.revealed.what.session, attempt.revealed.what.arm);
            match &attempt.fate {
                Fate::ToDo { before } => return Self::ToDo { session, arm, reading_first: before.is_none() },
                Fate::Waiting { ended, from, until } => {
                    let (ended, from, until) = (ended.clone(), from.clone(), until.clone());
                    return Self::ReadingAfter { session, arm, ended, from, until };
                }
                Fate::Counts { .. } | Fate::Missed(_) | Fate::Lapsed(_) => {}
            }
        }
        if course.counted() >= sessions(design) || has_finding(knowledge, record, course) {
            return Self::Complete;
        }
        if let Some(from) = pause(knowledge, record, course, state, now).filter(|from| from > now) {
            return Self::NotBefore(from);
        }
        if compares_times(design) || is_read(knowledge, record, state, now) {
            Self::Reveal
        } else {
            Self::ReadingBefore
        }
    }
}

fn has_finding(knowledge: &Knowledge, record: &ExperimentRecord, course: &Course<'_>) -> bool {
    let design = record.design();
    let Some(measure) = knowledge.measures.get(&design.outcome.measure) else { return false };
    let analysis = Analysis::from(design);
    first_finding(&analyse(&analysis, &course.gains(design, measure)), analysis.certainty).is_some()
}

/// The moment before which no way is shown: a new day for every way shown, the wash-out after a session that counts,
/// and time for what was rolled there since to wear off.
fn pause(
    knowledge: &Knowledge,
    record: &ExperimentRecord,
    course: &Course<'_>,
    state: &State,
    now: &Zoned,
) -> Option<Zoned> {
    let design = record.design();
    let next_day = course.attempts.last().and_then(|last| {
        let there = last.revealed.at.with_time_zone(now.time_zone().clone());
        there.start_of_day().ok()?.checked_add(1.day()).ok()
    });
    let washed = course.attempts.iter().filter_map(|attempt| match &attempt.fate {
        Fate::Counts { ended, .. } => Some(later(ended, i64::from(design.wash_out_hours.get()) * 3600)),
        Fate::Missed(_) | Fate::Lapsed(_) | Fate::ToDo { .. } | Fate::Waiting { .. } => None,
    });
    let sites = sites_of(knowledge, design);
    #[allow(clippy::cast_possible_truncation)] // two hours
    let worn_off = math::round_to(HALF_LIVES * HALF_LIFE_MINUTES * 60.0, 0) as i64;
    let pressed = state.pressure().filter(|given| given.at <= now && sites.iter().any(|site| given.is_on(site)));
    let rolled = pressed.map(|given| later(given.at, worn_off));
    next_day.into_iter().chain(washed).chain(rolled).max()
}

/// Whether there is a reading fresh enough to begin with.
fn is_read(knowledge: &Knowledge, record: &ExperimentRecord, state: &State, now: &Zoned) -> bool {
    let outcome = &record.design().outcome;
    let Some(measure) = knowledge.measures.get(&outcome.measure) else { return false };
    state.measures.iter().any(|taken| {
        let what = &taken.what;
        what.measure == outcome.measure
            && what.side == outcome.side
            && what.region == outcome.region
            && !what.when.is_second_test()
            && taken.at <= *now
            && now.duration_since(&taken.at) <= BEFORE_AT_MOST
            && reading(measure, what).is_ok()
    })
}

/// The experiment that is running, if one is: the first that was not ended. A second one waits until it is over, so
/// that neither disturbs the other.
#[must_use]
pub fn running(state: &State) -> Option<&ExperimentRecord> {
    state.experiments.iter().find(|record| record.ended.is_none())
}
