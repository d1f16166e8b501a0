//! A Kalman filter with one number read at a time, and the smoother that goes back without inverting anything
//! (de Jong 1989; Durbin and Koopman, *Time Series Analysis by State Space Methods*, 4.4).
//!
//! The state: level, slope per week, the effect of each kind of work, and what stood at two marked moments.

use super::super::linear::dot;
use super::{LEVEL_SD, SLOPE_SD, Setting, WORK_SD};
use crate::math;

/// A moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// When.
    pub week: f64,
    /// What happens.
    pub kind: Kind,
}

/// What happens at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A result is read; its variance is before noise is guessed.
    Read { value: f64, variance: f64 },
    /// Where the person stands is kept in mind under this number.
    Mark(usize),
    /// Nothing, but what is thought then is wanted.
    Show,
}

/// How many moments are kept in mind.
const MARKS: usize = 2;

/// What came out for one setting; each a mean and a variance.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Run {
    /// How well the setting explains the readings, up to a constant.
    pub log_likelihood: f64,
    /// Where the person stood at each step, all readings known; empty unless smoothing was asked for.
    pub shown: Vec<(f64, f64)>,
    /// The change from each mark to the last reading.
    pub changes: [(f64, f64); MARKS],
    /// The effects of work.
    pub work: Vec<(f64, f64)>,
}

/// What was thought before a step, and what its reading did to it.
struct Kept {
    mean: Vec<f64>,
    covariance: Vec<f64>,
    weeks: f64,
    /// Surprise over its variance, one over that variance, and the gain; none where nothing was read.
    read: Option<(f64, f64, Vec<f64>)>,
}

/// Runs over the steps; `weights` are those of the work at each.
pub(super) fn run(steps: &[Step], weights: &[Vec<f64>], setting: &Setting, smooth: bool) -> Run {
    let kinds = weights.first().map_or(0, Vec::len);
    let size = 2 + kinds + MARKS;
    let mut mean = vec![0.0; size];
    let mut covariance = vec![0.0; size * size];
    for (place, sd) in [(0, LEVEL_SD), (1, SLOPE_SD)].into_iter().chain((2..2 + kinds).map(|place| (place, WORK_SD)))
    {
        covariance[place * size + place] = sd * sd;
    }
    let mut out = Run::default();
    let mut kept: Vec<Kept> = Vec::with_capacity(if smooth { steps.len() } else { 0 });
    let mut before = steps.first().map_or(0.0, |step| step.week);
    for (step, weights) in steps.iter().zip(weights) {
        let weeks = step.week - before;
        before = step.week;
        go_on(&mut mean, &mut covariance, weeks, setting);
        if smooth {
            kept.push(Kept { mean: mean.clone(), covariance: covariance.clone(), weeks, read: None });
        }
        let stands = Stands { weights, size };
        match step.kind {
            Kind::Show => {}
            Kind::Mark(mark) => {
                let (now, with) = (stands.mean(&mean), stands.with(&covariance));
                let variance = stands.mean(&with);
                let place = 2 + kinds + mark;
                mean[place] = now;
                for (other, with) in with.iter().enumerate() {
                    covariance[place * size + other] = *with;
                    covariance[other * size + place] = *with;
                }
                covariance[place * size + place] = variance;
            }
            Kind::Read { value, variance } => {
                let with = stands.with(&covariance);
                let spread = stands.mean(&with) + setting.noise * setting.noise * variance;
                let surprise = value - stands.mean(&mean);
                out.log_likelihood -= 0.5 * (math::ln(spread) + surprise * surprise / spread);
                for (place, with_place) in with.iter().enumerate() {
                    mean[place] += with_place * surprise / spread;
                    for (other, with_other) in with.iter().enumerate() {
                        covariance[place * size + other] -= with_place * with_other / spread;
                    }
                }
                if let Some(kept) = kept.last_mut() {
                    let gain = with.iter().map(|with| with / spread).collect();
                    kept.read = Some((surprise / spread, 1.0 / spread, gain));
                }
                out.changes = changes(&stands, &mean, &covariance);
            }
        }
    }
    out.work = (2..2 + kinds).map(|place| (mean[place], covariance[place * size + place])).collect();
    if smooth {
        out.shown = back(steps, weights, &kept, size);
    }
    out
}

/// Weeks go by: the level follows the slope, and both wander.
fn go_on(mean: &mut [f64], covariance: &mut [f64], weeks: f64, setting: &Setting) {
    if weeks <= 0.0 {
        return;
    }
    let size = mean.len();
    mean[0] += weeks * mean[1];
    for place in 0..size {
        covariance[place] += weeks * covariance[size + place];
    }
    for place in 0..size {
        covariance[place * size] += weeks * covariance[place * size + 1];
    }
    let (level, slope) = (setting.level * setting.level, setting.slope * setting.slope);
    covariance[0] += level * weeks + slope * weeks * weeks * weeks / 3.0;
    covariance[1] += slope * weeks * weeks / 2.0;
    covariance[size] += slope * weeks * weeks / 2.0;
    covariance[size + 1] += slope * weeks;
}

/// Where the person stands: the level and what the work so far adds.
struct Stands<'w> {
    weights: &'w [f64],
    size: usize,
}

impl Stands<'_> {
    /// Of a state, or of a column of its covariance.
    fn mean(&self, state: &[f64]) -> f64 {
        state[0] + self.weights.iter().zip(&state[2..]).map(|(weight, effect)| weight * effect).sum::<f64>()
    }

    /// Its covariance with everything in the state.
    fn with(&self, covariance: &[f64]) -> Vec<f64> {
        covariance.chunks(self.size).map(|row| self.mean(row)).collect()
    }

    /// What of the state it is made of.
    fn made_of(&self) -> Vec<f64> {
        let mut made_of = vec![0.0; self.size];
        made_of[0] = 1.0;
        made_of[2..2 + self.weights.len()].copy_from_slice(self.weights);
        made_of
    }
}

/// From each mark to now.
fn changes(stands: &Stands<'_>, mean: &[f64], covariance: &[f64]) -> [(f64, f64); MARKS] {
    let with = stands.with(covariance);
    core::array::from_fn(|mark| {
        let place = 2 + stands.weights.len() + mark;
        let marked = covariance[place * stands.size + place];
        (stands.mean(mean) - mean[place], stands.mean(&with) - 2.0 * with[place] + marked)
    })
}

/// Back from the last step: `pull` and `hold` gather what later readings say about the state.
fn back(steps: &[Step], weights: &[Vec<f64>], kept: &[Kept], size: usize) -> Vec<(f64, f64)> {
    let mut pull = vec![0.0; size];
    let mut hold = vec![0.0; size * size];
    let mut shown = vec![(0.0, 0.0); steps.len()];
    for (index, (step, kept)) in steps.iter().zip(kept).enumerate().rev() {
        let stands = Stands { weights: &weights[index], size };
        let made_of = stands.made_of();
        if let Kind::Mark(mark) = step.kind {
            forget(&mut pull, &mut hold, &made_of, size - MARKS + mark);
        }
        if let Some((pulled, held, gain)) = &kept.read {
            taken_in(&mut pull, &mut hold, &made_of, gain, (*pulled, *held));
        }
        let with = stands.with(&kept.covariance);
        let mean = stands.mean(&kept.mean) + dot(&with, &pull);
        let seen: f64 = hold.chunks(size).zip(&with).map(|(row, with_row)| with_row * dot(row, &with)).sum();
        shown[index] = (mean, stands.mean(&with) - seen);
        pull[1] += kept.weeks * pull[0];
        for place in 0..size {
            hold[size + place] += kept.weeks * hold[place];
        }
        for place in 0..size {
            hold[place * size + 1] += kept.weeks * hold[place * size];
        }
    }
    shown
}

/// Going back over a reading: the pull of its surprise, and what it left to be said.
fn taken_in(pull: &mut [f64], hold: &mut [f64], made_of: &[f64], gain: &[f64], (pulled, held): (f64, f64)) {
    let size = pull.len();
    let by_gain = dot(gain, pull);
    for (pull, made_of) in pull.iter_mut().zip(made_of) {
        *pull += made_of * (pulled - by_gain);
    }
    let hold_gain: Vec<f64> = hold.chunks(size).map(|row| dot(row, gain)).collect();
    let both = dot(gain, &hold_gain) + held;
    for row in 0..size {
        for column in 0..size {
            hold[row * size + column] += made_of[row] * made_of[column] * both
                - made_of[row] * hold_gain[column]
                - hold_gain[row] * made_of[column];
        }
    }
}

/// Going back over a mark: what was said about it was said about where the person stood.
fn forget(pull: &mut [f64], hold: &mut [f64], made_of: &[f64], mark: usize) {
    let size = pull.len();
    let said = std::mem::take(&mut pull[mark]);
    for (pull, made_of) in pull.iter_mut().zip(made_of) {
        *pull += made_of * said;
    }
    let mut about: Vec<f64> = (0..size).map(|row| hold[row * size + mark]).collect();
    let own = std::mem::take(&mut about[mark]);
    for place in 0..size {
        hold[place * size + mark] = 0.0;
        hold[mark * size + place] = 0.0;
    }
    for row in 0..size {
        for column in 0..size {
            hold[row * size + column] +=
                made_of[row] * about[column] + about[row] * made_of[column] + made_of[row] * made_of[column] * own;
        }
    }
}
