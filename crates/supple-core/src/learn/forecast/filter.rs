//! One kind of person followed from day to day: a Kalman filter with four states.

use crate::learn::normal_cdf;
use crate::math;

/// How somebody of this kind changes, in quarters of the scale. The grid is our judgement; days seen weigh its points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kind {
    /// How far what is usual for them moves in a day (standard deviation).
    pub(super) drift: f64,
    /// How much of a day's being above or below it is left on the next day, 0 to below 1.
    pub(super) carry: f64,
    /// How far days lie above or below it.
    pub(super) swing: f64,
    /// What is left beside all that, with the rounding to whole points.
    pub(super) noise: f64,
}

const DRIFTS: [f64; 3] = [0.0, 0.02, 0.06];
const CARRIES: [f64; 3] = [0.3, 0.6, 0.8];
const SWINGS: [f64; 3] = [0.1, 0.3, 0.6];
const NOISES: [f64; 4] = [0.1, 0.25, 0.45, 0.7];

/// How many kinds there are.
pub(super) const KINDS: usize = DRIFTS.len() * CARRIES.len() * SWINGS.len() * NOISES.len();

impl Kind {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        DRIFTS.into_iter().flat_map(|drift| {
            CARRIES.into_iter().flat_map(move |carry| {
                SWINGS
                    .into_iter()
                    .flat_map(move |swing| NOISES.into_iter().map(move |noise| Self { drift, carry, swing, noise }))
            })
        })
    }
}

/// What is usual, how far today is from it, what yesterday's load does, what is felt of the last days' loads.
const STATES: usize = 4;
const USUAL: usize = 0;
const SWUNG: usize = 1;

/// Variance of what is usual for somebody unknown, in square quarters.
const USUAL_VARIANCE: f64 = 0.3;
/// What a unit of load does to somebody unknown, mean and standard deviation in quarters: a little more soreness, but
/// either way is open.
const GAIN_MEAN: f64 = 0.05;
const GAIN_SD: f64 = 0.1;

type Square = [[f64; STATES]; STATES];

/// What is known of one person, if they are of one kind.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    kind: Kind,
    quarter: f64,
    mean: [f64; STATES],
    covariance: Square,
    /// The day of the newest reading; parts of a day count.
    day: Option<f64>,
}

/// What is known of somebody before their first reading, in points of the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Before {
    /// What is usual: mean and variance.
    pub(super) usual: (f64, f64),
    /// What a unit of each pull does: mean and standard deviation.
    pub(super) gains: [(f64, f64); 2],
}

impl Filter {
    /// Nothing is known but where the middle of the scale is, and which way more soreness lies (1 or -1).
    pub(super) fn new(kind: Kind, middle: f64, quarter: f64, sorer: f64) -> Self {
        let gain = (GAIN_MEAN * quarter * sorer, GAIN_SD * quarter);
        let before = Before { usual: (middle, USUAL_VARIANCE * quarter * quarter), gains: [gain; 2] };
        Self::starting(kind, quarter, before)
    }

    /// What is known before the first reading.
    pub(super) fn starting(kind: Kind, quarter: f64, before: Before) -> Self {
        let unit = quarter * quarter;
        let [first, second] = before.gains.map(|(_, spread)| spread * spread);
        let variances = [before.usual.1, kind.swing * kind.swing * unit, first, second];
        let mut covariance = [[0.0; STATES]; STATES];
        for (state, variance) in variances.into_iter().enumerate() {
            covariance[state][state] = variance;
        }
        let mean = [before.usual.0, 0.0, before.gains[0].0, before.gains[1].0];
        Self { kind, quarter, mean, covariance, day: None }
    }

    /// Mean and variance of what would be read on a day.
    pub(super) fn ahead(&self, day: i32, pull: [f64; 2]) -> (f64, f64) {
        self.ahead_at(f64::from(day), pull)
    }

    /// The same for a moment, in days.
    pub(super) fn ahead_at(&self, day: f64, pull: [f64; 2]) -> (f64, f64) {
        let (mean, covariance) = self.carried(day);
        let seen = seen(pull);
        let spread = times(&covariance, &seen);
        (dot(&mean, &seen), dot(&spread, &seen) + self.noise())
    }

    /// Takes in what was read.
    pub(super) fn take_in(&mut self, day: i32, pull: [f64; 2], value: f64) {
        self.take_in_as(f64::from(day), pull, |_| (value, 0.0));
    }

    /// Takes in that what was felt lay between two numbers, either of which may be endless: a point of the scale stands
    /// for all that is rounded to it, the lowest one for all below, too. The distribution is replaced by the normal one
    /// with the same mean and variance.
    pub(super) fn take_in_between(&mut self, day: f64, pull: [f64; 2], low: f64, high: f64) {
        self.take_in_as(day, pull, |ahead| cut(ahead, low, high));
    }

    /// Takes in a reading known with some variance: `found` gets what was foretold, mean and variance, and gives the same
    /// two of what came.
    fn take_in_as(&mut self, day: f64, pull: [f64; 2], found: impl FnOnce((f64, f64)) -> (f64, f64)) {
        let (mut mean, mut covariance) = self.carried(day);
        let seen = seen(pull);
        let spread = times(&covariance, &seen);
        let variance = dot(&spread, &seen) + self.noise();
        let foretold = dot(&mean, &seen);
        let (value, left) = found((foretold, variance));
        let off = value - foretold;
        let learned = 1.0 - left / variance;
        for row in 0..STATES {
            mean[row] += spread[row] / variance * off;
            for column in 0..STATES {
                covariance[row][column] -= spread[row] * spread[column] / variance * learned;
            }
        }
        (self.mean, self.covariance, self.day) = (mean, covariance, Some(day));
    }

    fn noise(&self) -> f64 {
        let noise = self.kind.noise * self.quarter;
        noise * noise
    }

    /// What is known, carried on to a day.
    fn carried(&self, day: f64) -> ([f64; STATES], Square) {
        let (mut mean, mut covariance) = (self.mean, self.covariance);
        let Some(days) = self.day.map(|last| (day - last).max(0.0)) else { return (mean, covariance) };
        let Kind { drift, carry, swing, .. } = self.kind;
        let left = math::exp(days * math::ln(carry));
        mean[SWUNG] *= left;
        for row in &mut covariance {
            row[SWUNG] *= left;
        }
        covariance[SWUNG].iter_mut().for_each(|shared| *shared *= left);
        let unit = self.quarter * self.quarter;
        covariance[USUAL][USUAL] += drift * drift * days * unit;
        covariance[SWUNG][SWUNG] += swing * swing * (1.0 - left * left) * unit;
        (mean, covariance)
    }
}

/// Mean and variance of a normal distribution of which only the part between two numbers is left.
///
/// Source: Johnson, Kotz and Balakrishnan. Continuous univariate distributions, volume 1. Wiley 1994, section 10.1.
fn cut((mean, variance): (f64, f64), low: f64, high: f64) -> (f64, f64) {
    let spread = math::sqrt(variance);
    let (from, to) = ((low - mean) / spread, (high - mean) / spread);
    // The tail that is the smaller keeps its digits.
    let part = if from > 0.0 { normal_cdf(-from) - normal_cdf(-to) } else { normal_cdf(to) - normal_cdf(from) };
    if part < LEAST_PART {
        // So far off that nothing but the nearer end counts.
        return (mean.clamp(low, high), 0.0);
    }
    let height = |at: f64| if at.is_finite() { math::exp(-at * at / 2.0) / ROOT_OF_TWO_PI } else { 0.0 };
    let slope = |at: f64| if at.is_finite() { at * height(at) } else { 0.0 };
    let moved = (height(from) - height(to)) / part;
    let left = 1.0 + (slope(from) - slope(to)) / part - moved * moved;
    (mean + spread * moved, variance * left.clamp(0.0, 1.0))
}

/// Below this a part of a normal distribution has too few digits to take moments of.
const LEAST_PART: f64 = 1e-9;
const ROOT_OF_TWO_PI: f64 = 2.506_628_274_631_000_7;

const fn seen([yesterday, felt]: [f64; 2]) -> [f64; STATES] {
    [1.0, 1.0, yesterday, felt]
}

fn dot(a: &[f64; STATES], b: &[f64; STATES]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn times(matrix: &Square, vector: &[f64; STATES]) -> [f64; STATES] {
    matrix.each_ref().map(|row| dot(row, vector))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_cut_normal_has_the_moments_that_sums_give() {
        for (mean, variance, low, high) in [
            (1.0, 4.0, 0.5, 1.5),
            (0.0, 1.0, f64::NEG_INFINITY, 0.5),
            (-3.0, 1.0, 2.5, f64::INFINITY),
            (5.0, 2.0, f64::NEG_INFINITY, 0.5),
        ] {
            let (mut sums, step) = ([0.0; 3], 1e-3);
            let mut at: f64 = -20.0_f64;
            while at < 20.0 {
                if at > low && at < high {
                    let height = math::exp(-(at - mean) * (at - mean) / (2.0 * variance));
                    sums = [sums[0] + height, sums[1] + height * at, sums[2] + height * at * at];
                }
                at += step;
            }
            let expected = (sums[1] / sums[0], sums[2] / sums[0] - (sums[1] / sums[0]) * (sums[1] / sums[0]));
            let found = cut((mean, variance), low, high);
            assert!(
                (found.0 - expected.0).abs() < 2e-3 && (found.1 - expected.1).abs() < 2e-3,
                "{found:?} {expected:?}"
            );
        }
    }

    #[test]
    fn a_long_pause_leaves_what_is_usual_and_widens_the_rest() {
        let kind = Kind { drift: 0.02, carry: 0.6, swing: 0.3, noise: 0.25 };
        let mut filter = Filter::new(kind, 3.0, 1.0, -1.0);
        for day in 0..40 {
            filter.take_in(day, [0.0; 2], 4.0);
        }
        let (tomorrow, spread) = filter.ahead(40, [0.0; 2]);
        let (later, wider) = filter.ahead(100, [0.0; 2]);
        assert!((tomorrow - 4.0).abs() < 0.1 && (later - 4.0).abs() < 0.2, "{tomorrow}, {later}");
        assert!(wider > spread, "{wider} against {spread}");
    }

    #[test]
    fn two_filters_of_another_scale_say_the_same_in_its_unit() {
        let kind = Kind { drift: 0.06, carry: 0.3, swing: 0.6, noise: 0.45 };
        let (mut small, mut large) = (Filter::new(kind, 3.0, 1.0, -1.0), Filter::new(kind, 30.0, 10.0, -1.0));
        for (day, value) in [(0, 3.0), (1, 2.0), (4, 4.0), (5, 4.0)] {
            small.take_in(day, [0.5, 0.2], value);
            large.take_in(day, [0.5, 0.2], value * 10.0);
        }
        let ((mean, variance), (tenfold, hundredfold)) = (small.ahead(6, [1.0, 0.3]), large.ahead(6, [1.0, 0.3]));
        assert!((mean * 10.0 - tenfold).abs() < 1e-9 && (variance * 100.0 - hundredfold).abs() < 1e-9);
    }
}
