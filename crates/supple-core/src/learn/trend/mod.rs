//! Where a person stands, week by week: `docs/model.md` §6.
//!
//! ```text
//!  reading  y = f + e                              e ~ N(0, (noise SEM)^2)
//!           f = level + sum over kinds of work  effect * weight of the work so far
//!           level' = slope, both wander
//! ```
//!
//! Only results at rest or right before a session belong here. Every spread is a multiple of the error of one result,
//! so that degrees and centimetres are the same to it.

mod filter;
#[cfg(test)]
mod tests;

use super::mixture::Mixture;
use crate::math;
use filter::{Kind, Step};

/// One result, at rest or before a session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resting {
    /// When, in weeks from any fixed moment.
    pub week: f64,
    /// What it came to, in the measure's unit.
    pub value: f64,
    /// Its standard error of measurement, in the measure's unit; above zero.
    pub error: f64,
}

/// One kind of work that may move a measure slowly: rolling, stretching, strength.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Work {
    /// How much of it in a week counts as one: 600 s of rolling. Above zero.
    pub one_a_week: f64,
    /// When in weeks, from the moment that readings are counted from, and how much of it; earliest first.
    pub done: Vec<(f64, f64)>,
}

/// What is thought of the slow change.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Where the person stood at each reading, in the order of the readings.
    pub at_readings: Vec<Mixture>,
    /// Where the person stood at the moments asked for, in their order.
    pub curve: Vec<Mixture>,
    /// The change over the four weeks up to the last reading. Where there are fewer, the model reaches back.
    pub per_four_weeks: Mixture,
    /// The change from the first reading to the last; none where they are of one moment.
    pub since_first: Option<Mixture>,
    /// What one of each kind of work a week adds in the long run.
    pub work: Vec<Mixture>,
}

impl Trend {
    /// Whether the change since the first reading is more than error: its 95 % interval leaves out nought.
    #[must_use]
    pub fn beyond_error(&self) -> bool {
        let leaves_out_nought = |change: &Mixture| {
            let (low, high) = change.interval(0.95);
            low > 0.0 || high < 0.0
        };
        self.since_first.as_ref().is_some_and(leaves_out_nought)
    }
}

/// What is not known of a person, one guess at it. Spreads are multiples of the error of one result.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Setting {
    /// How far results lie from where the person stands.
    noise: f64,
    /// How far the level wanders in a week.
    level: f64,
    /// How far the slope per week wanders in a week.
    slope: f64,
    /// After how many weeks work weighs half.
    half_life: f64,
    /// What is thought of it beforehand.
    weight: f64,
}

/// Our judgement, all of it. Errors in the knowledge base are rounded up, and people differ from day to day by more than
/// the error of a trial: smaller noise is as likely as larger.
const NOISES: [(f64, f64); 5] = [(0.4, 0.15), (0.65, 0.25), (1.0, 0.3), (1.5, 0.2), (2.2, 0.1)];
const LEVELS: [f64; 2] = [0.1, 0.35];
const SLOPES: [f64; 2] = [0.0, 0.06];
const HALF_LIVES: [f64; 2] = [2.0, 6.0];
/// Where somebody stands at first: anywhere. People differ by about four errors of a result.
const LEVEL_SD: f64 = 30.0;
/// How much somebody changes in a week at first. Six weeks of training move people by about two errors.
const SLOPE_SD: f64 = 0.4;
/// What one of a kind of work a week adds in the long run; centred on nothing.
const WORK_SD: f64 = 1.0;
/// The span a slope is told for, in weeks.
const SPAN_WEEKS: f64 = 4.0;
/// A setting whose logarithm lies this far below the best weighs less than a ten-thousandth of it.
const TOO_UNLIKELY: f64 = 9.2;

/// Every setting; without work its half-life is none of them.
fn settings(with_work: bool) -> Vec<Setting> {
    let half_lives = if with_work { &HALF_LIVES[..] } else { &HALF_LIVES[..1] };
    let mut all = Vec::new();
    for (noise, weight) in NOISES {
        for level in LEVELS {
            for slope in SLOPES {
                all.extend(half_lives.iter().map(|half_life| Setting {
                    noise,
                    level,
                    slope,
                    half_life: *half_life,
                    weight,
                }));
            }
        }
    }
    all
}

/// The slow change of a measure: where the person stood at each reading and at the moments in `curve`, in weeks.
///
/// None where there is no reading, or a number is none, or an error is not above zero. Any order, any gaps; readings
/// may lie at the same moment. What is thought begins with the first reading, or four weeks before the last; earlier
/// moments of `curve` count as that one.
#[must_use]
pub fn trend(readings: &[Resting], work: &[Work], curve: &[f64]) -> Option<Trend> {
    let sound = |reading: &Resting| reading.week.is_finite() && reading.value.is_finite() && reading.error > 0.0;
    if readings.is_empty() || !readings.iter().all(sound) {
        return None;
    }
    let steps = Steps::of(readings, work, curve);
    let settings = settings(!work.is_empty());
    let runs: Vec<filter::Run> = settings.iter().map(|setting| steps.run(setting, work, false)).collect();
    let ln = |(run, setting): (&filter::Run, &Setting)| run.log_likelihood + math::ln(setting.weight);
    let logs: Vec<f64> = runs.iter().zip(&settings).map(ln).collect();
    let best = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let likely =
        |(ln, setting): (&f64, &Setting)| (*ln > best - TOO_UNLIKELY).then(|| (*ln, steps.run(setting, work, true)));
    let (logs, runs): (Vec<f64>, Vec<filter::Run>) = logs.iter().zip(&settings).filter_map(likely).unzip();
    let mixed = |from: f64, of: &dyn Fn(&filter::Run) -> (f64, f64)| {
        let piece = |run: &filter::Run| {
            let (mean, variance) = of(run);
            (from + mean * steps.scale, math::sqrt(variance.max(f64::MIN_POSITIVE)) * steps.scale)
        };
        Mixture::from_logs(&logs, &runs.iter().map(piece).collect::<Vec<_>>())
    };
    let shown = |step: &usize| mixed(steps.centre, &|run| run.shown[*step]);
    Some(Trend {
        at_readings: steps.reading_steps.iter().map(shown).collect::<Option<_>>()?,
        curve: steps.curve_steps.iter().map(shown).collect::<Option<_>>()?,
        since_first: if steps.weeks > 0.0 { mixed(0.0, &|run| run.changes[FIRST]) } else { None },
        per_four_weeks: mixed(0.0, &|run| run.changes[SPAN_AGO])?,
        work: (0..work.len()).map(|kind| mixed(0.0, &|run| run.work[kind])).collect::<Option<_>>()?,
    })
}

/// The moments that are kept in mind for changes.
const FIRST: usize = 0;
const SPAN_AGO: usize = 1;

/// Everything that happens, in order, in units of the error of one result.
struct Steps {
    steps: Vec<Step>,
    /// The unit: the mean error of a result.
    scale: f64,
    /// Taken off every value, so that large numbers lose no digits.
    centre: f64,
    /// From the first reading to the last.
    weeks: f64,
    reading_steps: Vec<usize>,
    curve_steps: Vec<usize>,
}

impl Steps {
    fn of(readings: &[Resting], work: &[Work], curve: &[f64]) -> Self {
        #[allow(clippy::cast_precision_loss)] // some hundreds
        let n = readings.len() as f64;
        let scale = readings.iter().map(|reading| reading.error).sum::<f64>() / n;
        let centre = readings.iter().map(|reading| reading.value).sum::<f64>() / n;
        let first = readings.iter().map(|reading| reading.week).fold(f64::INFINITY, f64::min);
        let last = readings.iter().map(|reading| reading.week).fold(f64::NEG_INFINITY, f64::max);
        let start = first.min(last - SPAN_WEEKS);
        let mut steps: Vec<(Step, Option<usize>)> = vec![
            (Step { week: first, kind: Kind::Mark(FIRST) }, None),
            (Step { week: last - SPAN_WEEKS, kind: Kind::Mark(SPAN_AGO) }, None),
        ];
        for (index, reading) in readings.iter().enumerate() {
            let error = reading.error / scale;
            let kind = Kind::Read { value: (reading.value - centre) / scale, variance: error * error };
            steps.push((Step { week: reading.week, kind }, Some(index)));
        }
        let shown = readings.len();
        for (index, week) in curve.iter().enumerate() {
            steps.push((Step { week: week.max(start), kind: Kind::Show }, Some(shown + index)));
        }
        debug_assert!(work.iter().all(|work| work.done.is_sorted_by(|one, next| one.0 <= next.0)));
        steps.sort_by(|(one, _), (other, _)| one.week.total_cmp(&other.week));
        let mut places = vec![0; shown + curve.len()];
        for (place, (_, index)) in steps.iter().enumerate() {
            if let Some(index) = index {
                places[*index] = place;
            }
        }
        let curve_steps = places.split_off(shown);
        let steps = steps.into_iter().map(|(step, _)| step).collect();
        Self { steps, scale, centre, weeks: last - first, reading_steps: places, curve_steps }
    }

    fn run(&self, setting: &Setting, work: &[Work], smooth: bool) -> filter::Run {
        filter::run(&self.steps, &weights_of_work(&self.steps, work, setting.half_life), setting, smooth)
    }
}

/// For each step, how much each kind of work weighs then: one where one a week was done for ever, halved with every
/// half-life since it was done.
fn weights_of_work(steps: &[Step], work: &[Work], half_life: f64) -> Vec<Vec<f64>> {
    let ln_2 = core::f64::consts::LN_2;
    let faded = |weeks: f64| math::exp(-ln_2 * weeks / half_life);
    let mut all = vec![Vec::with_capacity(work.len()); steps.len()];
    for kind in work {
        let mut left = kind.done.iter().peekable();
        let (mut weight, mut week) = (0.0, f64::NEG_INFINITY);
        for (step, weights) in steps.iter().zip(&mut all) {
            while let Some((done, amount)) = left.next_if(|(done, _)| *done <= step.week) {
                if weight > 0.0 {
                    weight *= faded(done - week);
                }
                weight += amount / kind.one_a_week * ln_2 / half_life;
                week = *done;
            }
            weights.push(if weight > 0.0 { weight * faded(step.week - week) } else { 0.0 });
        }
    }
    all
}
