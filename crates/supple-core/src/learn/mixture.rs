//! A belief that is a weighted sum of normal distributions: what is left when a few settings are not known.

use super::distributions::normal_cdf;
use crate::math;
use core::f64::consts::PI;

/// One normal distribution of a mixture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Its share; the shares of a mixture add to one.
    pub weight: f64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation, zero where the number is known.
    pub sd: f64,
}

/// A belief about one number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mixture {
    parts: Vec<Part>,
}

impl Mixture {
    /// From its parts, whose weights are brought to add to one.
    #[must_use]
    pub fn of(mut parts: Vec<Part>) -> Self {
        let total: f64 = parts.iter().map(|part| part.weight).sum();
        for part in &mut parts {
            part.weight /= total;
        }
        Self { parts }
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|part| part.weight * part.mean).sum()
    }

    /// The standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        let mean = self.mean();
        let spread = |part: &Part| part.sd * part.sd + (part.mean - mean) * (part.mean - mean);
        math::sqrt(self.parts.iter().map(|part| part.weight * spread(part)).sum())
    }

    /// How sure it is that the number is at most `x`, 0 to 1.
    #[must_use]
    pub fn below(&self, x: f64) -> f64 {
        let below = |part: &Part| match part.sd > 0.0 {
            true => normal_cdf((x - part.mean) / part.sd),
            false => f64::from(u8::from(part.mean <= x)),
        };
        self.parts.iter().map(|part| part.weight * below(part)).sum()
    }

    /// The density at `x`, per unit of the number.
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        let density = |part: &Part| {
            let away = (x - part.mean) / part.sd;
            part.weight * math::exp(-0.5 * away * away) / (part.sd * math::sqrt(2.0 * PI))
        };
        self.parts.iter().filter(|part| part.sd > 0.0).map(density).sum()
    }

    /// The number that it lies below with probability `p`, over 0 and below 1.
    ///
    /// Newton's steps, halved back into what is known to hold it; right to a ten-thousand-millionth of the standard
    /// deviation.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (mean, sd) = (self.mean(), self.sd());
        if sd <= 0.0 || !sd.is_finite() {
            return mean;
        }
        let (mut low, mut high) = (mean - sd, mean + sd);
        while self.below(low) > p {
            low -= high - low;
        }
        while self.below(high) < p {
            high += high - low;
        }
        let mut x = f64::midpoint(low, high);
        for _ in 0..MOST_STEPS {
            let over = self.below(x) - p;
            if over > 0.0 {
                high = x
            } else {
                low = x
            }
            let stepped = x - over / self.density(x);
            let next = if stepped > low && stepped < high { stepped } else { f64::midpoint(low, high) };
            let moved = (next - x).abs();
            x = next;
            if moved < 1e-10 * sd {
                break;
            }
        }
        x
    }

    /// The equal-tailed interval that holds the number with this probability, 0 to 1.
    #[must_use]
    pub fn interval(&self, share: f64) -> (f64, f64) {
        let tail = f64::midpoint(0.0, 1.0 - share);
        (self.quantile(tail), self.quantile(1.0 - tail))
    }
}

/// More than halving alone needs.
const MOST_STEPS: u32 = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_normal_has_the_quantiles_of_the_tables() {
        let one = Mixture::of(vec![Part { weight: 3.0, mean: 10.0, sd: 2.0 }]);
        let (low, high) = one.interval(0.95);
        assert!((low - (10.0 - 2.0 * 1.959_963_984_540_05)).abs() < 1e-8, "{low}");
        assert!((high - (10.0 + 2.0 * 1.959_963_984_540_05)).abs() < 1e-8, "{high}");
        assert!((one.mean() - 10.0).abs() < 1e-12 && (one.sd() - 2.0).abs() < 1e-12);
        assert!((one.density(10.0) - 0.199_471_140_200_716).abs() < 1e-12);
    }

    #[test]
    fn a_quantile_is_where_that_share_lies_below_however_the_parts_lie() {
        let parts = [(0.2, -50.0, 0.1), (0.5, 1.0, 3.0), (0.3, 1.5, 0.01)];
        let mixture = Mixture::of(parts.map(|(weight, mean, sd)| Part { weight, mean, sd }).to_vec());
        for percent in 1..100 {
            let p = f64::from(percent) / 100.0;
            let x = mixture.quantile(p);
            assert!((mixture.below(x) - p).abs() < 1e-7, "{p}: {x} {}", mixture.below(x));
        }
    }

    #[test]
    fn what_is_known_is_its_own_quantile() {
        let known = Mixture::of(vec![Part { weight: 1.0, mean: 4.0, sd: 0.0 }]);
        assert_eq!(known.interval(0.9), (4.0, 4.0));
        assert_eq!((known.below(3.9), known.below(4.0)), (0.0, 1.0));
    }
}
