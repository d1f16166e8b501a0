//! One kind of person followed from day to day: a Kalman filter with four states.

/// How somebody of this kind changes, in quarters of the scale. The grid is our judgement; days seen weigh its points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Kind {
    /// How far what is usual for them moves in a day (standard deviation).
    drift: f64,
    /// How much of a day's being above or below it is left on the next day, 0 to below 1.
    carry: f64,
    /// How far days lie above or below it.
    swing: f64,
    /// What is left beside all that, with the rounding to whole points.
    noise: f64,
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
    /// The day of the newest reading.
    day: Option<i32>,
}

impl Filter {
    /// Nothing is known but where the middle of the scale is, and which way more soreness lies (1 or -1).
    pub(super) fn new(kind: Kind, middle: f64, quarter: f64, sorer: f64) -> Self {
        let unit = quarter * quarter;
        let gain = GAIN_SD * GAIN_SD * unit;
        let variances = [USUAL_VARIANCE * unit, kind.swing * kind.swing * unit, gain, gain];
        let mut covariance = [[0.0; STATES]; STATES];
        for (state, variance) in variances.into_iter().enumerate() {
            covariance[state][state] = variance;
        }
        let mean = [middle, 0.0, GAIN_MEAN * quarter * sorer, GAIN_MEAN * quarter * sorer];
        Self { kind, quarter, mean, covariance, day: None }
    }

    /// Mean and variance of what would be read on a day.
    pub(super) fn ahead(&self, day: i32, pull: [f64; 2]) -> (f64, f64) {
        let (mean, covariance) = self.carried(day);
        let seen = seen(pull);
        let spread = times(&covariance, &seen);
        (dot(&mean, &seen), dot(&spread, &seen) + self.noise())
    }

    /// Takes in what was read.
    pub(super) fn take_in(&mut self, day: i32, pull: [f64; 2], value: f64) {
        let (mut mean, mut covariance) = self.carried(day);
        let seen = seen(pull);
        let spread = times(&covariance, &seen);
        let variance = dot(&spread, &seen) + self.noise();
        let off = value - dot(&mean, &seen);
        for row in 0..STATES {
            mean[row] += spread[row] / variance * off;
            for column in 0..STATES {
                covariance[row][column] -= spread[row] * spread[column] / variance;
            }
        }
        (self.mean, self.covariance, self.day) = (mean, covariance, Some(day));
    }

    fn noise(&self) -> f64 {
        let noise = self.kind.noise * self.quarter;
        noise * noise
    }

    /// What is known, carried on to a day.
    fn carried(&self, day: i32) -> ([f64; STATES], Square) {
        let (mut mean, mut covariance) = (self.mean, self.covariance);
        let Some(days) = self.day.map(|last| f64::from((day - last).max(0))) else { return (mean, covariance) };
        let Kind { drift, carry, swing, .. } = self.kind;
        let left = crate::math::exp(days * crate::math::ln(carry));
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
