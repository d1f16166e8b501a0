//! A linear model with normal errors, solved exactly once its spreads are given.
//!
//! ```text
//! y = x'b + level + load * session + e
//! level    one per occasion, correlated over time as phi^(hours / 24)
//! session  one per occasion: how much more or less it did than usual
//! e        one per reading, variance error^2 / trials
//! ```
//!
//! Readings of one occasion share its level and its session effect. Both are taken out one reading after the other
//! (a Kalman filter with two states), so the work grows with the readings and not with their cube. What is left are
//! sums that hold for every size of `error`: only the posterior needs it, so a fine grid over it is cheap.

// Matrices are written as in a book, by row and column.
#![allow(clippy::needless_range_loop)]

use crate::math;
use core::f64::consts::PI;

/// Hours in the unit of time of `phi`.
const HOURS_PER_DAY: f64 = 24.0;

/// One reading as the model sees it, with `P` coefficients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<const P: usize> {
    /// What each coefficient is multiplied with.
    pub design: [f64; P],
    /// The reading, in the unit of the measure. Best near zero: take a typical level off before.
    pub value: f64,
    /// How many trials were averaged; above zero.
    pub trials: f64,
    /// What the session effect is multiplied with: 0 before a session and in a rest test.
    pub load: f64,
}

/// Readings that share a level and a session effect, such as one before and one after a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Occasion<const P: usize> {
    /// When, in hours since any moment; never before the occasion added last.
    pub hours: f64,
    /// Its readings, in any order.
    pub rows: Vec<Row<P>>,
}

/// How far levels and session effects lie apart, in units of the error of one trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Standard deviation of the level, over the error.
    pub level: f64,
    /// Standard deviation of the session effect, over the error.
    pub session: f64,
    /// Correlation of two levels a day apart, from 0 to below 1.
    pub phi: f64,
}

/// What is thought of the coefficients beforehand: a normal distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Normal<const P: usize> {
    /// Its mean.
    pub mean: [f64; P],
    /// Its covariance.
    pub covariance: [[f64; P]; P],
}

impl<const P: usize> Normal<P> {
    /// Coefficients that say nothing about each other: mean and standard deviation (above zero) of each.
    #[must_use]
    pub fn independent(each: [(f64, f64); P]) -> Self {
        let mut covariance = [[0.0; P]; P];
        for (k, (_, sd)) in each.iter().enumerate() {
            covariance[k][k] = sd * sd;
        }
        Self { mean: each.map(|(mean, _)| mean), covariance }
    }

    /// Mean and standard deviation of `weights' b`.
    #[must_use]
    pub fn of(&self, weights: &[f64; P]) -> (f64, f64) {
        let mean = (0..P).map(|j| weights[j] * self.mean[j]).sum();
        let variance: f64 =
            (0..P).map(|j| (0..P).map(|k| weights[j] * weights[k] * self.covariance[j][k]).sum::<f64>()).sum();
        (mean, math::sqrt(variance))
    }

    /// Its precision matrix with what the marginal likelihood needs. None if the covariance is not positive definite.
    #[must_use]
    pub fn prepared(&self) -> Option<Prepared<P>> {
        let factor = Cholesky::of(&self.covariance)?;
        let precision = factor.inverse();
        let mut pull = [0.0; P];
        for j in 0..P {
            pull[j] = (0..P).map(|k| precision[j][k] * self.mean[k]).sum();
        }
        let quadratic = (0..P).map(|j| pull[j] * self.mean[j]).sum();
        Some(Prepared { precision, pull, quadratic, ln_determinant: factor.ln_determinant() })
    }
}

/// A prior that was inverted once, to be used many times.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared<const P: usize> {
    precision: [[f64; P]; P],
    pull: [f64; P],
    quadratic: f64,
    ln_determinant: f64,
}

/// What is thought of the coefficients afterwards, given the spreads and the error.
#[derive(Debug, Clone, PartialEq)]
pub struct Conditional<const P: usize> {
    /// Their posterior.
    pub coefficients: Normal<P>,
    /// Logarithm of the probability density of the readings, coefficients integrated out.
    pub ln_marginal: f64,
}

/// What readings add up to, for one [`Spread`]; more can be added at any time.
#[derive(Debug, Clone, PartialEq)]
pub struct Sums<const P: usize> {
    spread: Spread,
    /// Logarithm of `spread.phi`, which every occasion needs.
    ln_phi: f64,
    rows: u32,
    ln_determinant: f64,
    xx: [[f64; P]; P],
    xy: [f64; P],
    yy: f64,
    level: Level<P>,
}

/// What the filter knows of the level: of the readings' and of each design column's, with their common variance.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Level<const P: usize> {
    x: [f64; P],
    y: f64,
    variance: f64,
    hours: Option<f64>,
}

impl<const P: usize> Sums<P> {
    /// No readings yet.
    #[must_use]
    pub fn new(spread: Spread) -> Self {
        let level = Level { x: [0.0; P], y: 0.0, variance: spread.level * spread.level, hours: None };
        let ln_phi = math::ln(spread.phi);
        Self { spread, ln_phi, rows: 0, ln_determinant: 0.0, xx: [[0.0; P]; P], xy: [0.0; P], yy: 0.0, level }
    }

    /// The sums of these occasions, which stand in the order of time.
    #[must_use]
    pub fn of(spread: Spread, occasions: &[Occasion<P>]) -> Self {
        let mut sums = Self::new(spread);
        for occasion in occasions {
            sums.add(occasion);
        }
        sums
    }

    /// Adds an occasion that is not earlier than the last.
    pub fn add(&mut self, occasion: &Occasion<P>) {
        let (mut x1, mut y1, mut p11) = self.predicted(occasion.hours);
        let (mut x2, mut y2) = ([0.0; P], 0.0);
        let (mut p12, mut p22) = (0.0, self.spread.session * self.spread.session);
        let mut variances = 1.0;
        for row in &occasion.rows {
            let load = row.load;
            let (q1, q2) = (p11 + load * p12, p12 + load * p22);
            let variance = q1 + load * q2 + 1.0 / row.trials;
            let share = 1.0 / variance;
            let (k1, k2) = (q1 * share, q2 * share);
            let mut x = [0.0; P];
            for j in 0..P {
                x[j] = row.design[j] - x1[j] - load * x2[j];
                x1[j] += k1 * x[j];
                x2[j] += k2 * x[j];
            }
            let y = row.value - y1 - load * y2;
            y1 += k1 * y;
            y2 += k2 * y;
            p11 -= k1 * q1;
            p12 -= k1 * q2;
            p22 -= k2 * q2;
            for j in 0..P {
                let scaled = x[j] * share;
                for k in 0..=j {
                    self.xx[j][k] += scaled * x[k];
                }
                self.xy[j] += scaled * y;
            }
            self.yy += y * y * share;
            // One logarithm for many readings; a handful of variances is far from what a double can hold.
            variances *= variance;
            if !(1e-100..1e100).contains(&variances) {
                self.ln_determinant += math::ln(variances);
                variances = 1.0;
            }
            self.rows += 1;
        }
        self.ln_determinant += math::ln(variances);
        self.level = Level { x: x1, y: y1, variance: p11, hours: Some(occasion.hours) };
    }

    /// The level at a time, from what was seen before it.
    fn predicted(&self, hours: f64) -> ([f64; P], f64, f64) {
        let free = self.spread.level * self.spread.level;
        let Some(last) = self.level.hours.filter(|_| self.spread.phi > 0.0) else { return ([0.0; P], 0.0, free) };
        let kept = math::exp(self.ln_phi * (hours - last).max(0.0) / HOURS_PER_DAY);
        (
            self.level.x.map(|x| kept * x),
            kept * self.level.y,
            kept * kept * self.level.variance + (1.0 - kept * kept) * free,
        )
    }

    /// Logarithm of the probability density of the readings for these coefficients, if one trial's error is `error`
    /// (above zero).
    #[must_use]
    pub fn ln_likelihood(&self, coefficients: &[f64; P], error: f64) -> f64 {
        let mut left = self.yy;
        for j in 0..P {
            left -= 2.0 * coefficients[j] * self.xy[j];
            for k in 0..P {
                left += coefficients[j] * coefficients[k] * self.xx[j.max(k)][j.min(k)];
            }
        }
        let square = error * error;
        -0.5 * (f64::from(self.rows) * math::ln(2.0 * PI * square) + self.ln_determinant + left / square)
    }

    /// The posterior of the coefficients if one trial's error is `error` (above zero). None if numbers are so far
    /// apart in size that no double can tell them from each other.
    #[must_use]
    pub fn posterior(&self, prior: &Prepared<P>, error: f64) -> Option<Conditional<P>> {
        let weight = 1.0 / (error * error);
        let mut precision = prior.precision;
        let mut right = prior.pull;
        for j in 0..P {
            for k in 0..=j {
                precision[j][k] += weight * self.xx[j][k];
                precision[k][j] = precision[j][k];
            }
            right[j] += weight * self.xy[j];
        }
        let factor = Cholesky::of(&precision)?;
        let covariance = factor.inverse();
        let mut mean = [0.0; P];
        for j in 0..P {
            mean[j] = (0..P).map(|k| covariance[j][k] * right[k]).sum();
        }
        let fit: f64 = (0..P).map(|j| mean[j] * right[j]).sum();
        let rows = f64::from(self.rows);
        let ln_marginal = -0.5
            * (rows * math::ln(2.0 * PI * error * error)
                + self.ln_determinant
                + prior.ln_determinant
                + factor.ln_determinant()
                + weight * self.yy
                + prior.quadratic
                - fit);
        Some(Conditional { coefficients: Normal { mean, covariance }, ln_marginal })
    }
}

/// A small positive definite matrix, taken apart; its size is known when compiling, which [`super::linear`]'s is not.
struct Cholesky<const P: usize> {
    lower: [[f64; P]; P],
}

impl<const P: usize> Cholesky<P> {
    fn of(matrix: &[[f64; P]; P]) -> Option<Self> {
        let mut lower = [[0.0; P]; P];
        for j in 0..P {
            for k in 0..=j {
                let mut sum = matrix[j][k];
                for i in 0..k {
                    sum -= lower[j][i] * lower[k][i];
                }
                if j > k {
                    lower[j][k] = sum / lower[k][k];
                } else if sum.is_finite() && sum > matrix[j][j] * 1e-12 {
                    lower[j][j] = math::sqrt(sum);
                } else {
                    return None;
                }
            }
        }
        Some(Self { lower })
    }

    fn inverse(&self) -> [[f64; P]; P] {
        let l = &self.lower;
        let mut half = [[0.0; P]; P];
        for j in 0..P {
            half[j][j] = 1.0 / l[j][j];
            for k in 0..j {
                let sum: f64 = (k..j).map(|i| l[j][i] * half[i][k]).sum();
                half[j][k] = -sum / l[j][j];
            }
        }
        let mut inverse = [[0.0; P]; P];
        for j in 0..P {
            for k in 0..=j {
                inverse[j][k] = (j..P).map(|i| half[i][j] * half[i][k]).sum();
                inverse[k][j] = inverse[j][k];
            }
        }
        inverse
    }

    fn ln_determinant(&self) -> f64 {
        let product: f64 = (0..P).map(|j| self.lower[j][j]).product();
        2.0 * math::ln(product)
    }
}

#[cfg(test)]
mod tests {
    use super::super::linear::Factored;
    use super::*;

    fn occasions() -> Vec<Occasion<3>> {
        let hours = [0.0, 20.0, 75.5, 100.0, 101.0];
        let values = [[0.4, 3.0], [-1.2, 1.5], [2.2, 2.0], [0.1, 4.4], [-0.3, 0.9]];
        let loads = [1.0, 0.7, 0.0, 1.1, 0.0];
        (0..5)
            .map(|k| {
                let before = Row { design: [1.0, 0.0, 0.0], value: values[k][0], trials: 2.0, load: 0.0 };
                let after = Row { design: [1.0, 1.0, loads[k]], value: values[k][1], trials: 3.0, load: loads[k] };
                let mut rows = vec![before, after];
                if k == 3 {
                    rows.push(Row { design: [1.0, 1.0, 0.4], value: 1.0, trials: 1.0, load: 0.4 });
                }
                Occasion { hours: hours[k], rows }
            })
            .collect()
    }

    /// The same by the book: the whole covariance of the readings, coefficients included.
    fn by_the_book(prior: &Normal<3>, spread: Spread, error: f64) -> (f64, Vec<f64>, Vec<f64>) {
        let occasions = occasions();
        let rows: Vec<(usize, f64, Row<3>)> =
            occasions.iter().enumerate().flat_map(|(k, o)| o.rows.iter().map(move |r| (k, o.hours, *r))).collect();
        let n = rows.len();
        let shared = |a: &Row<3>, j: usize| (0..3).map(|k| a.design[k] * prior.covariance[k][j]).sum::<f64>();
        let covariance = |i: usize, j: usize| {
            let ((k, h, a), (l, g, b)) = (&rows[i], &rows[j]);
            let same = if k == l { 1.0 } else { 0.0 };
            let far = (h - g).abs() / 24.0;
            let levels = if k == l { 1.0 } else { math::exp(math::ln(spread.phi) * far) };
            let noise = if i == j { 1.0 / a.trials } else { 0.0 };
            let own = spread.level * spread.level * levels + same * spread.session * spread.session * a.load * b.load;
            error * error * (own + noise) + (0..3).map(|k| shared(a, k) * b.design[k]).sum::<f64>()
        };
        let factored = Factored::of(n, covariance).unwrap();
        let expected = |row: &Row<3>| (0..3).map(|k| row.design[k] * prior.mean[k]).sum::<f64>();
        let residual: Vec<f64> = rows.iter().map(|(.., row)| row.value - expected(row)).collect();
        let solved = factored.solve(&residual);
        let quadratic: f64 = residual.iter().zip(&solved).map(|(a, b)| a * b).sum();
        let ln = -0.5 * (n as f64 * math::ln(2.0 * PI) + factored.ln_determinant() + quadratic);
        let mut means = Vec::new();
        let mut variances = Vec::new();
        for j in 0..3 {
            let with: Vec<f64> = rows.iter().map(|(.., row)| shared(row, j)).collect();
            means.push(prior.mean[j] + with.iter().zip(&solved).map(|(a, b)| a * b).sum::<f64>());
            let back = factored.solve(&with);
            variances.push(prior.covariance[j][j] - with.iter().zip(&back).map(|(a, b)| a * b).sum::<f64>());
        }
        (ln, means, variances)
    }

    #[test]
    fn the_filter_finds_what_the_whole_covariance_does() {
        let mut prior = Normal::independent([(0.5, 10.0), (0.3, 1.0), (0.0, 2.0)]);
        prior.covariance[1][2] = -0.4;
        prior.covariance[2][1] = -0.4;
        for phi in [0.6, 1e-300] {
            let spread = Spread { level: 1.4, session: 0.6, phi };
            let (ln, means, variances) = by_the_book(&prior, spread, 1.7);
            let found = Sums::of(spread, &occasions()).posterior(&prior.prepared().unwrap(), 1.7).unwrap();
            assert!((found.ln_marginal - ln).abs() < 1e-10, "{} is not {ln}", found.ln_marginal);
            for j in 0..3 {
                assert!((found.coefficients.mean[j] - means[j]).abs() < 1e-10);
                assert!((found.coefficients.covariance[j][j] - variances[j]).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn likelihood_times_prior_is_posterior_times_marginal() {
        let prior = Normal::independent([(0.5, 10.0), (0.3, 1.0), (0.0, 2.0)]);
        let sums = Sums::of(Spread { level: 1.4, session: 0.6, phi: 0.6 }, &occasions());
        let found = sums.posterior(&prior.prepared().unwrap(), 1.7).unwrap();
        let density = |normal: &Normal<3>, at: &[f64; 3]| {
            let factor = Cholesky::of(&normal.covariance).unwrap();
            let inverse = factor.inverse();
            let off: [f64; 3] = core::array::from_fn(|k| at[k] - normal.mean[k]);
            let square: f64 = (0..3).map(|j| (0..3).map(|k| off[j] * inverse[j][k] * off[k]).sum::<f64>()).sum();
            -0.5 * (3.0 * math::ln(2.0 * PI) + factor.ln_determinant() + square)
        };
        let at = [0.7, 1.1, 0.4];
        let joint = sums.ln_likelihood(&at, 1.7) + density(&prior, &at);
        assert!((joint - found.ln_marginal - density(&found.coefficients, &at)).abs() < 1e-9);
    }

    #[test]
    fn without_readings_nothing_is_learned() {
        let prior = Normal::independent([(0.5, 10.0), (0.3, 1.0)]);
        let sums = Sums::<2>::new(Spread { level: 1.0, session: 0.5, phi: 0.0 });
        let found = sums.posterior(&prior.prepared().unwrap(), 2.0).unwrap();
        assert!(found.ln_marginal.abs() < 1e-12);
        let (mean, sd) = found.coefficients.of(&[0.0, 1.0]);
        assert!((mean - 0.3).abs() < 1e-12 && (sd - 1.0).abs() < 1e-12);
    }
}
