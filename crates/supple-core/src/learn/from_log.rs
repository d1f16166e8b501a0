//! From a person's log to what their tests are asked: pairs of readings around sessions and around waits.

use super::gain::{Acute, Around, Taken};
use super::response::{PersonalResponse, Question};
use crate::assess::Assessment;
use crate::body::{Half, RegionId, Side, Site};
use crate::event::{MeasureTaken, When};
use crate::knowledge::{Goal, Knowledge, Measure, MeasureKind, MeasurePriors, WorthwhileChange};
use crate::math;
use crate::measure::{Where, own_error, reading};
use crate::sorted::SortedMap;
use crate::state::{State, Timed};
use crate::unit::Seconds;
use jiff::{SignedDuration, Zoned};

/// The 95 % threshold of the difference of two readings, over the error of one.
const TWO_READINGS: f64 = 1.959_963_984_540_054 * core::f64::consts::SQRT_2;
/// A reading after belongs to one before at most so many hours earlier. Our judgement.
const SAME_OCCASION: SignedDuration = SignedDuration::from_hours(4);

/// What a session does to one test at one place or side of a person, and what may be said of it.
///
/// None where there is no such measure, or no reading at that place. A place without a pair gives a response without
/// sessions, which says how many it takes.
#[must_use]
pub fn response_of(knowledge: &Knowledge, state: &State, measure: &str, about: Where) -> Option<PersonalResponse> {
    let series = Series::of(knowledge, state, measure, about)?;
    PersonalResponse::of(&series.question(), &knowledge.rule, &series.occasions())
}

/// Every test and place that this log has readings of, with its response; in the order of ids, then places.
#[must_use]
pub fn responses(knowledge: &Knowledge, state: &State) -> Vec<(String, Where, PersonalResponse)> {
    let mut found = Vec::new();
    for id in knowledge.measures.keys() {
        for about in places(state, id) {
            if let Some(response) = response_of(knowledge, state, id, about) {
                found.push((id.clone(), about, response));
            }
        }
    }
    found
}

/// The least and most that a person's own results may do to the effect a plan expects at a place. Our judgement: what was
/// asked for stays worth something, and no place gets all of the time.
const SHARE_RANGE: (f64, f64) = (0.25, 2.0);

/// An assessment for a plan that weighs places by what the person's own tests show and, for recovery, by how sore they
/// will likely be tomorrow. What is allowed stays the same: the gate looks at neither.
#[must_use]
pub fn with_own_results(assessment: Assessment, knowledge: &Knowledge, state: &State) -> Assessment {
    let effect_shares = effect_shares(knowledge, state, assessment.goal);
    let sore_tomorrow = match assessment.goal {
        Goal::Recovery => super::forecast::person::sore_tomorrow(knowledge, state, &assessment.now),
        _ => SortedMap::new(),
    };
    Assessment { effect_shares, sore_tomorrow, ..assessment }
}

/// How much of the effect to expect a person's own sessions give, by site, in thousandths: 1000 where they do as studies
/// lead to expect. For the plan, so with the prior of the studies and not of the sceptic. Only sites with a session
/// tested before and after; of several tests of a site the mean. Which tests count depends on the goal: range for
/// warm-up and mobility, ratings of soreness for the others.
fn effect_shares(knowledge: &Knowledge, state: &State, goal: Goal) -> SortedMap<Site, u32> {
    let counted = match goal {
        Goal::WarmUp | Goal::Mobility => MeasureKind::Reach,
        Goal::Recovery | Goal::WindDown => MeasureKind::Rating,
    };
    let mut found: SortedMap<Site, Vec<f64>> = SortedMap::new();
    // Without a second test there is nothing to learn from, and nothing to look through.
    if !state.measures.iter().any(|taken| taken.what.when == When::After) {
        return SortedMap::new();
    }
    for (id, _) in knowledge.measures.iter().filter(|(_, measure)| measure.kind() == counted) {
        for about in places(state, id) {
            let Some(series) = Series::of(knowledge, state, id, about) else { continue };
            let Some(share) = series.share_of_expected() else { continue };
            for site in series.sites() {
                found.get_or_default(site).push(share);
            }
        }
    }
    let milli = |shares: &[f64]| {
        #[allow(clippy::cast_precision_loss)] // a few tests
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 250 to 2000
        let milli = math::round_to(mean.clamp(SHARE_RANGE.0, SHARE_RANGE.1) * 1000.0, 0) as u32;
        milli
    };
    found.iter().map(|(site, shares)| (*site, milli(shares))).collect()
}

/// Where a test was taken, each place once.
pub(super) fn places(state: &State, measure: &str) -> Vec<Where> {
    let of = state.measures.iter().filter(|taken| taken.what.measure == measure);
    let mut places: Vec<Where> = of.map(|taken| Where { region: taken.what.region, side: taken.what.side }).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The readings of one test at one place, with what is known of it.
pub(super) struct Series<'a> {
    measure: &'a Measure,
    change: &'a WorthwhileChange,
    priors: Option<&'a MeasurePriors>,
    state: &'a State,
    about: Where,
    taken: Vec<&'a Timed<MeasureTaken>>,
    /// What one percent is, where the threshold is one.
    unit: f64,
}

impl<'a> Series<'a> {
    pub(super) fn of(knowledge: &'a Knowledge, state: &'a State, id: &str, about: Where) -> Option<Self> {
        let measure = knowledge.measures.get(id)?;
        let change = knowledge.worthwhile.measures.get(id)?;
        let here = |taken: &&Timed<MeasureTaken>| {
            let what = &taken.what;
            what.measure == id
                && what.region == about.region
                && what.side == about.side
                && reading(measure, what).is_ok()
        };
        let mut taken: Vec<&Timed<MeasureTaken>> = state.measures.iter().filter(here).collect();
        // Devices may have written out of turn.
        taken.sort_by(|a, b| a.at.cmp(&b.at));
        let first = reading(measure, &taken.first()?.what).ok()?.value.abs();
        let unit = if measure.change_threshold.percent { first / 100.0 } else { 1.0 };
        // Of nothing no percentage can be made.
        (unit > 0.0).then_some(Self {
            measure,
            change,
            priors: knowledge.priors.measures.get(id),
            state,
            about,
            taken,
            unit,
        })
    }

    /// What is asked. The error of one trial is the published one, or the person's own where that is larger.
    pub(super) fn question(&self) -> Question {
        let measure = self.measure;
        let trials = measure.trials.saturating_sub(measure.practice_trials).max(1);
        let of_reading = measure.change_threshold.value * self.unit / TWO_READINGS;
        let published = of_reading * math::sqrt(f64::from(trials));
        let sittings: Vec<MeasureTaken> = self.taken.iter().map(|taken| taken.what.clone()).collect();
        let (low, high) = (measure.plausible_low, measure.plausible_high);
        Question {
            higher_is_better: measure.higher_is_better,
            error: own_error(&sittings).map_or(published, |own| own.max(published)),
            worthwhile: self.change.worthwhile * self.unit,
            level: (0.5 * (low + high), 0.5 * (high - low)),
            retest: self.priors.map_or((0.0, 0.0), |priors| {
                let unit = if priors.percent { self.unit } else { 1.0 };
                (priors.retest.mean * unit, priors.retest.sd * unit)
            }),
            trials,
        }
    }

    /// What studies lead to expect of a session: mean and standard deviation.
    fn expected(&self) -> Option<(f64, f64)> {
        let priors = self.priors?;
        let unit = if priors.percent { self.unit } else { 1.0 };
        Some((priors.effect.mean * unit, priors.effect.sd * unit))
    }

    /// The gain that is expected of this person over the one that studies lead to expect. None without a session tested
    /// before and after, or where studies expect nothing.
    fn share_of_expected(&self) -> Option<f64> {
        let expected = self.expected()?;
        let occasions = self.occasions();
        if expected.0 <= 0.0 || !occasions.iter().any(|around| around.is_pair() && !around.is_rest()) {
            return None;
        }
        let about = self.question().as_studies_say(expected);
        Some(Acute::on(&about.coarse_grid(), &about, &occasions)?.gain().mean() / expected.0)
    }

    /// Pairs of readings around sessions and waits, oldest first. A pair around a session without pressure on the
    /// muscles of the test is left out, and so are readings at rest: they say nothing of a difference.
    pub(super) fn occasions(&self) -> Vec<Around> {
        let Some(first) = self.taken.first() else { return Vec::new() };
        let mut found = Vec::new();
        for (place, before) in self.taken.iter().enumerate() {
            let after_when = match before.what.when {
                When::Before => When::After,
                When::BeforeWait => When::AfterWait,
                When::Rest | When::After | When::AfterWait => continue,
            };
            let after: Vec<&Timed<MeasureTaken>> = self.taken[place + 1..]
                .iter()
                .take_while(|later| {
                    later.what.when == after_when && later.at.duration_since(&before.at) <= SAME_OCCASION
                })
                .copied()
                .collect();
            if let Some(around) = self.around(before, &after, &first.at) {
                found.push(around);
            }
        }
        found
    }

    fn around(&self, before: &Timed<MeasureTaken>, after: &[&Timed<MeasureTaken>], origin: &Zoned) -> Option<Around> {
        let first_after = after.first()?;
        let dose = self.dose(&before.at, &first_after.at);
        let waited = before.what.when == When::BeforeWait;
        if dose.seconds <= 0.0 && !waited {
            return None;
        }
        let since = dose.last.as_ref().unwrap_or(&before.at);
        let taken = |taken: &Timed<MeasureTaken>, after_minutes: Option<f64>| {
            let reading = reading(self.measure, &taken.what).ok()?;
            Some(Taken { value: reading.value, trials: reading.trials, after_minutes })
        };
        let minutes = |later: &Timed<MeasureTaken>| later.at.duration_since(since).as_secs_f64() / 60.0;
        let mut readings = vec![taken(before, None)?];
        readings.extend(after.iter().filter_map(|later| taken(later, Some(minutes(later).max(0.0)))));
        let hours = before.at.duration_since(origin).as_secs_f64() / 3600.0;
        Some(Around { id: before.id.clone(), hours, seconds: dose.seconds, arm: 0.0, readings })
    }

    /// Pressure on the muscles of the test between two moments: seconds on each half that the test is about, and when
    /// the last of it ended.
    fn dose(&self, from: &Zoned, to: &Zoned) -> Dose {
        let sites = self.sites();
        let between = self.state.pressure().filter(|given| given.at > from && given.at <= to);
        let mut dose = Dose { seconds: 0.0, last: None };
        for given in between {
            let pressed = sites.iter().filter(|site| given.is_on(**site)).count();
            if pressed == 0 || given.seconds == Seconds::ZERO {
                continue;
            }
            #[allow(clippy::cast_precision_loss)] // at most 66
            let share = pressed as f64 / self.halves().len() as f64;
            dose.seconds += f64::from(given.seconds.get()) * share;
            if dose.last.as_ref().is_none_or(|last| last < given.at) {
                dose.last = Some(given.at.clone());
            }
        }
        dose
    }

    fn halves(&self) -> &'static [Half] {
        self.about.side.unwrap_or(Side::Both).halves()
    }

    /// The sites the test is about.
    pub(super) fn sites(&self) -> Vec<Site> {
        sites(self.change, self.about)
    }
}

struct Dose {
    seconds: f64,
    last: Option<Zoned>,
}

/// The sites that a test at one place or side is about.
pub(super) fn sites(change: &WorthwhileChange, about: Where) -> Vec<Site> {
    let of_place = about.region;
    let regions: Vec<RegionId> = of_place.map_or_else(|| change.regions.clone(), |region| vec![region]);
    let side = about.side.unwrap_or(Side::Both);
    regions.into_iter().flat_map(|region| Site::of(region, side)).collect()
}
