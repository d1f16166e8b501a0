//! Round numbers on an axis, and numbers as they are written on it.

/// Where a number stands on an axis, and at which round numbers it has its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    low: f64,
    step: f64,
    steps: usize,
    /// Where the lowest and the highest number stand in the picture.
    place: (f64, f64),
}

impl Axis {
    /// From `low` to `high`, widened to round numbers: steps of 1, 2 or 5 times a power of ten, as many as stay within
    /// `most`, and one or two more at the ends.
    pub(super) fn over(low: f64, high: f64, place: (f64, f64), most: f64) -> Self {
        let span = (high - low).max(1e-9);
        let mut step = 1e-9;
        'found: for power in -9..=12 {
            for digit in [1.0, 2.0, 5.0] {
                step = digit * ten_to(power);
                if span / step <= most {
                    break 'found;
                }
            }
        }
        let first = (low / step).floor() * step;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a few
        // A hair off a round number is that number.
        let steps = ((high - first) / step - 1e-9).ceil().max(1.0) as usize;
        Self { low: first, step, steps, place }
    }

    /// Where a number stands; one outside stands at the end.
    pub(super) fn at(&self, value: f64) -> f64 {
        #[allow(clippy::cast_precision_loss)] // a few
        let span = self.step * self.steps as f64;
        self.place.0 + (self.place.1 - self.place.0) * ((value - self.low) / span).clamp(0.0, 1.0)
    }

    /// The round numbers.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        #[allow(clippy::cast_precision_loss)] // a few
        (0..=self.steps).map(|tick| self.low + self.step * tick as f64)
    }

    /// The lowest and the highest number.
    #[cfg(test)]
    pub(super) fn ends(&self) -> (f64, f64) {
        #[allow(clippy::cast_precision_loss)] // a few
        (self.low, self.low + self.step * self.steps as f64)
    }

    /// As many decimals as the step needs.
    pub(super) fn words(&self, value: f64) -> String {
        let mut decimals = 0;
        let mut scaled = self.step;
        while scaled < 0.999_999 && decimals < 9 {
            scaled *= 10.0;
            decimals += 1;
        }
        fixed(value, decimals)
    }
}

fn ten_to(power: i32) -> f64 {
    let factor = if power < 0 { 0.1 } else { 10.0 };
    (0..power.unsigned_abs()).fold(1.0, |product, _| product * factor)
}

/// A number with a fixed count of decimals, so that the bytes are the same everywhere; nought has no sign.
pub(super) fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.')) { text.replace('-', "") } else { text }
}

/// A place in the picture.
pub(super) fn one(units: f64) -> String {
    fixed(units, 1)
}

/// As many letters as fit; what is left out is an ellipsis.
pub(super) fn shortened(label: &str, letters: usize) -> String {
    if label.chars().count() <= letters {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(letters - 1).collect();
    short.push('\u{2026}');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_steps_that_hold_both_ends() {
        let axis = Axis::over(-0.7, 1.1, (0.0, 100.0), 6.0);
        let ticks: Vec<String> = axis.ticks().map(|tick| axis.words(tick)).collect();
        assert_eq!(ticks, ["-1.0", "-0.5", "0.0", "0.5", "1.0", "1.5"]);
        assert!((axis.at(-1.0) - 0.0).abs() < 1e-9 && (axis.at(1.5) - 100.0).abs() < 1e-9);
        assert!((axis.at(7.0) - 100.0).abs() < 1e-9, "what does not fit stands at the end");
    }

    #[test]
    fn whatever_the_ends_there_are_few_lines_and_both_ends_lie_between_them() {
        for span in [0.003, 0.11, 0.9, 1.0, 2.5, 7.0, 40.0, 180.0, 900.0, 12_345.0] {
            for low in [-100.0, -3.3, 0.0, 0.25, 11.7, 450.0] {
                let axis = Axis::over(low, low + span, (0.0, 100.0), 4.0);
                let (first, last) = axis.ends();
                assert!(first <= low && last >= low + span - 1e-6 * span, "{low} {span}: {first} {last}");
                assert!((2..=7).contains(&axis.ticks().count()), "{low} {span}: {}", axis.ticks().count());
            }
        }
    }

    #[test]
    fn nought_has_no_sign_and_a_long_label_ends_in_an_ellipsis() {
        assert_eq!((fixed(-0.04, 1), fixed(-0.06, 1)), ("0.0".to_owned(), "-0.1".to_owned()));
        assert_eq!(shortened("knee to wall", 8), "knee to\u{2026}");
    }
}
