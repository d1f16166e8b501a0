use super::analysis::{Analysis, Gain, WITHOUT_TRAINING};
use crate::body::{RegionId, Side, Site, SiteSet};
use crate::event::{ArmRevealed, ExperimentArm, ExperimentDesigned, MissedBecause, RollArm, When};
use crate::knowledge::{ArmTiming, Knowledge, Measure, Sides};
use crate::learn::forecast::person::TrainingFelt;
use crate::measure::{Reading, reading};
use crate::state::{ExperimentRecord, State, Timed};
use jiff::{SignedDuration, Zoned};

/// A reading before is at most this old when the way is shown.
pub(super) const BEFORE_AT_MOST: SignedDuration = SignedDuration::from_mins(60);

/// The measure that training changes for days.
pub(super) const SORENESS: &str = "soreness_nrs";

/// A session under way is given up after this long without its way being done.
const TO_BE_DONE_WITHIN: SignedDuration = SignedDuration::from_hours(14);

/// Of a way's seconds on each side, in percent, this much has to be done for the session to count.
const DONE_PERCENT: u32 = 80;

/// And more than this is not what was asked for.
const TOO_MUCH_PERCENT: u32 = 150;

/// What became of an experiment so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Course<'s> {
    /// Every way that was shown, in order, and what became of it.
    pub attempts: Vec<Attempt<'s>>,
}

/// One time that a way was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt<'s> {
    /// What was shown, and when.
    pub revealed: &'s Timed<ArmRevealed>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a session.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It counts.
    Counts {
        /// The reading before.
        before: Reading,
        /// The reading after.
        after: Reading,
        /// When the way ended.
        ended: Zoned,
        /// When the reading after was taken.
        read: Zoned,
        /// By how many points training lets expect the second reading to differ from the first, for a person whose gain
        /// is 1, from what had ended when the way was shown; 0 where something else than soreness is read.
        training: f64,
    },
    /// It does not take place, and why.
    Missed(MissedBecause),
    /// It does not count, and why.
    Lapsed(Lapse),
    /// The way is to be done; whether the reading before is there.
    ToDo {
        /// The reading before.
        before: Option<Reading>,
    },
    /// The way is done (or the rest runs); the reading after is due in this span.
    Waiting {
        /// When the way ended, or the rest will.
        ended: Zoned,
        /// From then on.
        from: Zoned,
        /// Until then.
        until: Zoned,
    },
}

/// Why a session does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// The way that was shown is not the one whose turn it was: two devices, or a log from elsewhere.
    OutOfTurn,
    /// There is no reading before.
    NoReadingBefore,
    /// The way was not done, or too little of it.
    NotDone,
    /// Something was rolled there besides.
    RolledBesides,
    /// It was not the time of the day it should have been.
    OtherTime,
    /// The reading after was not taken in time.
    NoReadingAfter,
}

impl<'s> Course<'s> {
    /// Works it out from the log, as of `now`.
    #[must_use]
    pub fn of(knowledge: &Knowledge, record: &'s ExperimentRecord, state: &'s State, now: &Zoned) -> Self {
        let design = record.design();
        let watched = Watched::of(knowledge, design, state);
        let mut counted: u8 = 0;
        let mut attempts = Vec::new();
        for (index, revealed) in record.revealed.iter().enumerate() {
            let next = record.revealed.get(index + 1).map(|next| &next.at);
            let in_turn = revealed.what.session == counted
                && counted < sessions(design)
                && revealed.what.arm == design.seed.arm(counted);
            let missed = record.missed.iter().find(|missed| {
                missed.what.session == revealed.what.session
                    && missed.at >= revealed.at
                    && next.is_none_or(|next| missed.at < *next)
            });
            let fate = match (in_turn, missed) {
                (false, _) => Fate::Lapsed(Lapse::OutOfTurn),
                (true, Some(missed)) => Fate::Missed(missed.what.why),
                (true, None) => watched.fate(revealed, next, now),
            };
            // What another reveal followed is over.
            let fate = match fate {
                Fate::ToDo { .. } if next.is_some() => Fate::Lapsed(Lapse::NotDone),
                Fate::Waiting { .. } if next.is_some() => Fate::Lapsed(Lapse::NoReadingAfter),
                fate => fate,
            };
            counted += u8::from(matches!(fate, Fate::Counts { .. }));
            attempts.push(Attempt { revealed, fate });
        }
        Self { attempts }
    }

    /// Sessions that count, in order.
    pub fn counting(&self) -> impl Iterator<Item = &Attempt<'s>> {
        self.attempts.iter().filter(|attempt| matches!(attempt.fate, Fate::Counts { .. }))
    }

    /// How many sessions count.
    #[must_use]
    pub fn counted(&self) -> u8 {
        u8::try_from(self.counting().count()).unwrap_or(u8::MAX)
    }

    /// The session that is under way, if one is.
    #[must_use]
    pub fn under_way(&self) -> Option<&Attempt<'s>> {
        self.attempts.last().filter(|last| matches!(last.fate, Fate::ToDo { .. } | Fate::Waiting { .. }))
    }

    /// What the sessions that count gave, for the analysis.
    #[must_use]
    pub fn gains(&self, design: &ExperimentDesigned, measure: &Measure) -> Vec<Gain> {
        let usual = f64::from(design.outcome.trials.get());
        let mut first: Option<&Zoned> = None;
        let mut gains = Vec::new();
        for attempt in &self.attempts {
            let Fate::Counts { before, after, read, training, .. } = &attempt.fate else { continue };
            let start = *first.get_or_insert(read);
            let turned = if measure.higher_is_better { 1.0 } else { -1.0 };
            let trials = |reading: &Reading| 1.0 / f64::from(reading.trials.max(1));
            #[allow(clippy::cast_precision_loss)] // seconds of a few years
            let hours = read.duration_since(start).as_secs() as f64 / 3600.0;
            gains.push(Gain {
                hours,
                arm: attempt.revealed.what.arm,
                gain: turned * (after.value - before.value),
                error: (trials(before) + trials(after)) * usual / 2.0,
                training: turned * training,
            });
        }
        gains
    }
}

/// How many sessions a design has.
pub(super) const fn sessions(design: &ExperimentDesigned) -> u8 {
    2 * design.blocks.get()
}

/// The way with this number; a number that is no way is the second.
pub(super) fn arm(design: &ExperimentDesigned, arm: u8) -> &ExperimentArm {
    &design.arms[usize::from(arm.min(1))]
}

/// Whether what is compared is when it is done, so that the way has to be known before the reading.
pub(super) fn compares_times(design: &ExperimentDesigned) -> bool {
    design.arms.iter().any(|arm| arm.roll.as_ref().is_some_and(|roll| roll.timing.is_some()))
}

/// The sides on which a way is done, one block each; none where the technique is not known.
pub(super) fn sides_of(knowledge: &Knowledge, roll: &RollArm, side: Side) -> Vec<Side> {
    match (knowledge.techniques.get(&roll.technique).map(|technique| technique.sides), side) {
        (None, _) => Vec::new(),
        (Some(Sides::OneAtATime), Side::Left | Side::Right) => vec![side],
        (Some(Sides::OneAtATime), _) => vec![Side::Left, Side::Right],
        (Some(Sides::Together), _) => vec![Side::Both],
        (Some(Sides::Midline), _) => vec![Side::Midline],
    }
}

/// Every site that either way presses: where nothing else may be rolled meanwhile.
pub(super) fn sites_of(knowledge: &Knowledge, design: &ExperimentDesigned) -> SiteSet {
    let rolls = design.arms.iter().filter_map(|arm| arm.roll.as_ref());
    rolls
        .flat_map(|roll| {
            let regions: &[RegionId] =
                knowledge.techniques.get(&roll.technique).map_or(&[], |technique| &technique.touches);
            let sides = sides_of(knowledge, roll, design.side);
            regions.iter().flat_map(move |&region| sides.clone().into_iter().flat_map(move |s| Site::of(region, s)))
        })
        .collect()
}

/// The log as an experiment sees it.
struct Watched<'a> {
    knowledge: &'a Knowledge,
    design: &'a ExperimentDesigned,
    state: &'a State,
    /// Readings of the outcome, in the order of the log.
    readings: Vec<(&'a Zoned, When, Reading)>,
    /// What training does to the outcome, where it is soreness.
    training: Option<TrainingFelt>,
}

impl<'a> Watched<'a> {
    fn of(knowledge: &'a Knowledge, design: &'a ExperimentDesigned, state: &'a State) -> Self {
        let outcome = &design.outcome;
        let mut readings = Vec::new();
        if let Some(measure) = knowledge.measures.get(&outcome.measure) {
            for taken in &state.measures {
                let what = &taken.what;
                let same =
                    what.measure == outcome.measure && what.side == outcome.side && what.region == outcome.region;
                if let Some(read) = same.then(|| reading(measure, what).ok()).flatten() {
                    readings.push((&taken.at, what.when, read));
                }
            }
        }
        let of_soreness = outcome.measure == SORENESS && design.model != WITHOUT_TRAINING;
        let training = outcome.region.filter(|_| of_soreness);
        let training = training.map(|region| TrainingFelt::of(knowledge, state, region));
        Self { knowledge, design, state, readings, training }
    }

    fn fate(&self, revealed: &Timed<ArmRevealed>, next: Option<&Zoned>, now: &Zoned) -> Fate {
        let shown = &revealed.at;
        let Some(roll) = &arm(self.design, revealed.what.arm).roll else {
            return self.rested(shown, now);
        };
        let blocks: Vec<(&Zoned, Side, u32)> = self.blocks_of(roll, shown, next);
        let done = self.is_done(roll, &blocks);
        let times = compares_times(self.design);
        let (Some((first, _, seconds)), Some((ended, _, _))) = (blocks.first(), blocks.last()) else {
            let before = if times { None } else { self.before(shown) };
            return match now.duration_since(shown) > TO_BE_DONE_WITHIN {
                true => Fate::Lapsed(Lapse::NotDone),
                false => Fate::ToDo { before: before.or_else(|| self.between(shown, now)) },
            };
        };
        let started = earlier(first, i64::from(*seconds));
        // Where the time of the day is compared, the way is shown first and the reading before comes with the session.
        let before = if times { self.between(shown, &started) } else { self.before(shown) };
        let Some(before) = before else { return Fate::Lapsed(Lapse::NoReadingBefore) };
        if !done {
            return match now.duration_since(shown) > TO_BE_DONE_WITHIN {
                true => Fate::Lapsed(Lapse::NotDone),
                false => Fate::ToDo { before: Some(before) },
            };
        }
        if roll.timing.is_some_and(|timing| !is_time(timing, &started)) {
            return Fate::Lapsed(Lapse::OtherTime);
        }
        if self.is_too_much(roll, &blocks) {
            return Fate::Lapsed(Lapse::RolledBesides);
        }
        self.read_after(before, ended, shown, now, Some(roll))
    }

    fn rested(&self, shown: &Zoned, now: &Zoned) -> Fate {
        let Some(before) = self.before(shown) else { return Fate::Lapsed(Lapse::NoReadingBefore) };
        let ended = later(shown, i64::from(self.design.session_seconds.get()));
        self.read_after(before, &ended, shown, now, None)
    }

    /// The reading after, in its time, with nothing rolled there besides.
    fn read_after(&self, before: Reading, ended: &Zoned, shown: &Zoned, now: &Zoned, roll: Option<&RollArm>) -> Fate {
        let (from, until) = window(self.design, ended);
        let mut after =
            self.readings.iter().filter(|(at, when, _)| !is_before(*when) && **at >= from && **at <= until);
        let after = after.next();
        let end = after.map_or(now, |(at, _, _)| *at);
        if self.rolled_besides(shown, end, roll) {
            return Fate::Lapsed(Lapse::RolledBesides);
        }
        match after {
            Some((read, _, after)) => {
                let training = self.training.as_ref().map_or(0.0, |training| training.change(shown, read));
                Fate::Counts { before, after: *after, ended: ended.clone(), read: (*read).clone(), training }
            }
            None if *now > until => Fate::Lapsed(Lapse::NoReadingAfter),
            None => Fate::Waiting { ended: ended.clone(), from, until },
        }
    }

    /// The newest reading in the hour before the way was shown.
    fn before(&self, shown: &Zoned) -> Option<Reading> {
        let fresh = |at: &Zoned| shown.duration_since(at) <= BEFORE_AT_MOST && at <= shown;
        self.readings.iter().rfind(|(at, when, _)| !when.is_second_test() && fresh(at)).map(|(_, _, read)| *read)
    }

    /// The newest reading from one moment to another.
    fn between(&self, from: &Zoned, to: &Zoned) -> Option<Reading> {
        let there = |at: &Zoned| at >= from && at <= to;
        self.readings.iter().rfind(|(at, when, _)| !when.is_second_test() && there(at)).map(|(_, _, read)| *read)
    }

    /// Blocks of a way since it was shown: when they ended, on which side, for how long.
    fn blocks_of(&self, roll: &RollArm, shown: &Zoned, next: Option<&Zoned>) -> Vec<(&'a Zoned, Side, u32)> {
        let sides = sides_of(self.knowledge, roll, self.design.side);
        let blocks = self.state.sessions.iter().flat_map(|session| &session.blocks);
        let due = |at: &Zoned| {
            at >= shown && next.is_none_or(|next| at < next) && at.duration_since(shown) <= TO_BE_DONE_WITHIN
        };
        let mut found: Vec<_> = blocks
            .filter(|block| block.finished.technique == roll.technique && sides.contains(&block.finished.side))
            .filter(|block| due(&block.at))
            .map(|block| (&block.at, block.finished.side, block.finished.seconds))
            .collect();
        found.sort_by(|a, b| a.0.cmp(b.0));
        found
    }

    fn is_done(&self, roll: &RollArm, blocks: &[(&Zoned, Side, u32)]) -> bool {
        let sides = sides_of(self.knowledge, roll, self.design.side);
        let least = percent_of(roll.seconds.get(), DONE_PERCENT);
        !sides.is_empty() && sides.iter().all(|side| percent_of(given(blocks, *side), 100) >= least)
    }

    fn is_too_much(&self, roll: &RollArm, blocks: &[(&Zoned, Side, u32)]) -> bool {
        let most = percent_of(roll.seconds.get(), TOO_MUCH_PERCENT);
        let sides = sides_of(self.knowledge, roll, self.design.side);
        sides.iter().any(|side| percent_of(given(blocks, *side), 100) > most)
    }

    /// Whether anything but the way itself was pressed there.
    fn rolled_besides(&self, shown: &Zoned, until: &Zoned, roll: Option<&RollArm>) -> bool {
        let sites = sites_of(self.knowledge, self.design);
        let during = |at: &Zoned| at > shown && at <= until;
        let there = |region: RegionId, side: Side| Site::of(region, side).any(|site| sites.contains(site));
        let blocks = self.state.sessions.iter().flat_map(|session| &session.blocks);
        let other = |technique: &str| roll.is_none_or(|roll| roll.technique != technique);
        let mut guided = blocks.filter(|block| {
            block.finished.seconds > 0 && during(&block.at) && there(block.finished.region, block.finished.side)
        });
        let mut elsewhere = self.state.elsewhere.iter().filter(|done| {
            done.what.seconds > 0 && during(&done.at) && there(done.what.region, done.what.side.unwrap_or(Side::Both))
        });
        guided.any(|block| other(&block.finished.technique)) || elsewhere.next().is_some()
    }
}

/// Seconds of a way given on one side.
fn given(blocks: &[(&Zoned, Side, u32)], side: Side) -> u32 {
    blocks.iter().filter(|(_, on, _)| *on == side).fold(0, |sum, (_, _, seconds)| sum.saturating_add(*seconds))
}

/// In hundredths of a second, so that nothing is rounded.
const fn percent_of(seconds: u32, percent: u32) -> u64 {
    seconds as u64 * percent as u64
}

/// What the reading after a way is called in the log: a day later it is no "just after" any more.
#[must_use]
pub fn reading_after(design: &ExperimentDesigned, number: u8) -> When {
    match (design.outcome.minutes_after.get() > 180, &arm(design, number).roll) {
        (true, _) => When::Rest,
        (false, Some(_)) => When::After,
        (false, None) => When::AfterWait,
    }
}

/// Whether a reading stands before something.
pub(super) const fn is_before(when: When) -> bool {
    matches!(when, When::Before | When::BeforeWait)
}

/// When the reading after is taken: from the design's minutes on, a fifth of them early (two minutes at least), up to
/// ten minutes or a quarter of them late.
pub(super) fn window(design: &ExperimentDesigned, ended: &Zoned) -> (Zoned, Zoned) {
    let minutes = i64::from(design.outcome.minutes_after.get());
    let early = (minutes / 5).max(2).min(minutes - 1).max(0);
    let late = (minutes / 4).max(10);
    (later(ended, (minutes - early) * 60), later(ended, (minutes + late) * 60))
}

fn is_time(timing: ArmTiming, started: &Zoned) -> bool {
    match timing {
        ArmTiming::Morning => started.hour() < 12,
        ArmTiming::Evening => started.hour() >= 17,
        // Only the person knows when they train.
        ArmTiming::BeforeTraining | ArmTiming::AfterTraining => true,
    }
}

pub(super) fn later(at: &Zoned, seconds: i64) -> Zoned {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or_else(|_| at.clone())
}

fn earlier(at: &Zoned, seconds: i64) -> Zoned {
    later(at, -seconds)
}

impl From<&ExperimentDesigned> for Analysis {
    fn from(design: &ExperimentDesigned) -> Self {
        Self {
            worth_having: design.worth_having.value(),
            spread: design.spread.value(),
            certainty: design.certainty.probability(),
        }
    }
}
