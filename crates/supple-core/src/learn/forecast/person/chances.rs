//! The chance of each point of the soreness scale.

use crate::learn::forecast::Points;

/// The scale of soreness: 0 to 10.
pub(super) const SORENESS: Points = Points { lowest: 0, highest: 10, higher_is_sorer: true };

/// The chance of each point from 0 to 10; they add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Chances(pub(super) Vec<f64>);

impl Chances {
    /// Point by point, from 0.
    #[must_use]
    pub fn points(&self) -> &[f64] {
        &self.0
    }

    /// The mean, 0 to 10.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.0.iter().zip(0_u8..).map(|(chance, point)| chance * f64::from(point)).sum()
    }

    /// The middle: the lowest point up to which lies half of what may come.
    #[must_use]
    pub fn median(&self) -> u8 {
        self.quantile(0.5)
    }

    /// Whole points between which at least a share of what may come lies, the same on both sides of the middle.
    #[must_use]
    pub fn interval(&self, share: f64) -> (u8, u8) {
        let tail = (1.0 - share.clamp(0.0, 1.0)) / 2.0;
        (self.quantile(tail), self.quantile(1.0 - tail))
    }

    /// The chance of this point or a higher one.
    #[must_use]
    pub fn at_least(&self, point: u8) -> f64 {
        self.0.iter().skip(usize::from(point)).sum()
    }

    fn quantile(&self, share: f64) -> u8 {
        let mut below = 0.0;
        for (chance, point) in self.0.iter().zip(0_u8..) {
            below += chance;
            // The sum of eleven numbers may miss 1 in its last digits.
            if below + 1e-12 >= share {
                return point;
            }
        }
        10
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_nest_around_the_middle() {
        let chances = Chances(vec![0.3, 0.25, 0.15, 0.1, 0.08, 0.05, 0.03, 0.02, 0.01, 0.005, 0.005]);
        let mut last = (chances.median(), chances.median());
        assert_eq!(last, (1, 1));
        for share in [0.0, 0.3, 0.5, 0.8, 0.9, 0.99, 1.0] {
            let next = chances.interval(share);
            assert!(next.0 <= last.0 && next.1 >= last.1, "{share}: {next:?} does not hold {last:?}");
            let held: f64 = chances.points()[usize::from(next.0)..=usize::from(next.1)].iter().sum();
            assert!(held >= share - 1e-9, "{share}: {held}");
            last = next;
        }
        assert_eq!(last, (0, 10));
        assert!((chances.at_least(1) - 0.7).abs() < 1e-12);
    }
}
