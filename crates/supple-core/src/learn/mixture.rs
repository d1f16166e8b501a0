//! Normal distributions, weighed and added: what is thought of one number once the spreads are averaged over.

use super::distributions::normal_cdf;
use crate::math;
use core::f64::consts::PI;

/// One normal distribution of a mixture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Its share; those of a [`Mixture`] add to one.
    pub weight: f64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation, above zero.
    pub sd: f64,
}

/// A mixture of normal distributions; never empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    pieces: Vec<Piece>,
}

impl Mixture {
    /// From pieces and the logarithm of what each weighs, up to a common constant. None without a piece that weighs
    /// anything.
    #[must_use]
    pub fn from_logs(logs: &[f64], pieces: &[(f64, f64)]) -> Option<Self> {
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !highest.is_finite() {
            return None;
        }
        let weighed = logs.iter().zip(pieces).map(|(ln, (mean, sd))| (math::exp(ln - highest), *mean, *sd));
        let kept: Vec<(f64, f64, f64)> = weighed.filter(|(weight, ..)| *weight > NOTHING).collect();
        let total: f64 = kept.iter().map(|(weight, ..)| weight).sum();
        let pieces = kept.into_iter().map(|(weight, mean, sd)| Piece { weight: weight / total, mean, sd }).collect();
        Some(Self { pieces })
    }

    /// Its pieces.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Its mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.weight * piece.mean).sum()
    }

    /// Its standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let square = |piece: &Piece| piece.sd * piece.sd + (piece.mean - mean) * (piece.mean - mean);
        math::sqrt(self.pieces.iter().map(|piece| piece.weight * square(piece)).sum())
    }

    /// Probability that the number is at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.pieces.iter().map(|piece| piece.weight * normal_cdf((x - piece.mean) / piece.sd)).sum()
    }

    /// Probability that it is above `x`.
    #[must_use]
    pub fn above(&self, x: f64) -> f64 {
        self.pieces.iter().map(|piece| piece.weight * normal_cdf((piece.mean - x) / piece.sd)).sum()
    }

    /// Probability that it lies between `-x` and `x`.
    #[must_use]
    pub fn within(&self, x: f64) -> f64 {
        (1.0 - self.above(x) - self.cdf(-x)).max(0.0)
    }

    /// Probability density at `x`.
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        let of = |piece: &Piece| {
            let z = (x - piece.mean) / piece.sd;
            piece.weight * math::exp(-0.5 * z * z) / piece.sd
        };
        self.pieces.iter().map(of).sum::<f64>() / math::sqrt(2.0 * PI)
    }

    /// The value below which it lies with probability `p`, above 0 and below 1; NaN otherwise.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        if p.is_nan() || p <= 0.0 || p >= 1.0 {
            return f64::NAN;
        }
        let (mean, mut reach) = (self.mean(), 2.0 * self.sd());
        while self.cdf(mean - reach) >= p || self.cdf(mean + reach) < p {
            reach *= 2.0;
            if !reach.is_finite() {
                return f64::NAN;
            }
        }
        // Newton's steps, kept between two ends that close in; a mixture's curve can be too flat for them alone.
        let (mut low, mut high, mut x) = (mean - reach, mean + reach, mean);
        for _ in 0..MOST_STEPS {
            let off = self.cdf(x) - p;
            if off < 0.0 {
                low = x
            } else {
                high = x
            }
            let step = x - off / self.density(x);
            let next = if step > low && step < high { step } else { 0.5 * (low + high) };
            if (next - x).abs() <= 1e-13 * reach {
                return next;
            }
            x = next;
        }
        x
    }

    /// The interval that leaves the same probability on either side: 0.9 for a 90 % interval.
    #[must_use]
    pub fn interval(&self, inside: f64) -> (f64, f64) {
        (self.quantile(0.5 * (1.0 - inside)), self.quantile(0.5 * (1.0 + inside)))
    }

    /// Points of the density curve, four standard deviations to either side, evenly spaced; at least two.
    #[must_use]
    pub fn curve(&self, points: u16) -> Vec<(f64, f64)> {
        let (mean, sd) = (self.mean(), self.sd());
        let last = f64::from(points.max(2) - 1);
        let at = |k: u16| mean + sd * (8.0 * f64::from(k) / last - 4.0);
        (0..points.max(2)).map(|k| (at(k), self.density(at(k)))).collect()
    }
}

/// Pieces lighter than this share of the heaviest change no digit that is shown.
const NOTHING: f64 = 1e-6;
/// Halving alone needs fewer.
const MOST_STEPS: u32 = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Mixture {
        Mixture::from_logs(&[0.0, math::ln(3.0)], &[(-1.0, 0.5), (1.0, 2.0)]).unwrap()
    }

    #[test]
    fn moments_are_those_of_the_pieces() {
        assert!((two().mean() - 0.5).abs() < 1e-14);
        // 0.25 (0.25 + 2.25) + 0.75 (4 + 0.25)
        assert!((two().sd() - math::sqrt(3.8125)).abs() < 1e-14);
    }

    #[test]
    fn probabilities_add_to_one_and_quantiles_undo_them() {
        let two = two();
        assert!((two.above(0.7) + two.cdf(0.7) - 1.0).abs() < 1e-14);
        assert!((two.within(0.7) + two.above(0.7) + two.cdf(-0.7) - 1.0).abs() < 1e-14);
        for p in [0.001, 0.05, 0.5, 0.95, 0.999] {
            assert!((two.cdf(two.quantile(p)) - p).abs() < 1e-11);
        }
        assert!(two.quantile(0.0).is_nan() && two.quantile(1.5).is_nan());
    }

    #[test]
    fn the_curve_holds_all_of_the_probability() {
        let curve = two().curve(401);
        let step = curve[1].0 - curve[0].0;
        let area: f64 = curve.iter().map(|(_, density)| density * step).sum();
        assert!((area - 1.0).abs() < 0.01, "{area}");
    }

    #[test]
    fn what_weighs_nothing_is_no_mixture() {
        assert!(Mixture::from_logs(&[f64::NEG_INFINITY], &[(0.0, 1.0)]).is_none());
        assert!(Mixture::from_logs(&[], &[]).is_none());
    }
}
