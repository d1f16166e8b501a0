//! Tests and their error: is this change real?
//!
//! One test is a reading with an error; a change smaller than the error says nothing. What a session does on
//! average is another question, for many sessions.

mod doubt;
pub mod incline;
mod occasion;
mod record;
/// Results in words, the same in the app and in the terminal.
pub mod words;

pub use doubt::{Doubt, doubts};
pub use occasion::{OCCASIONS_PER_REST_TEST, Occasion, occasion};
pub use record::{Record, Series, Sides, Sitting, Where};

use crate::event::MeasureTaken;
use crate::knowledge::Measure;
use crate::math;

/// The result of one test on one side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The mean of the trials that count, in the measure's unit.
    pub value: f64,
    /// How many trials count.
    pub trials: u8,
}

/// Why a test gives no reading.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoReading {
    /// Every trial was practice, or there was none.
    #[error("{name} needs at least one trial after {practice} practice; do one more")]
    TooFewTrials {
        /// The measure's name.
        name: String,
        /// How many are practice.
        practice: u8,
    },
    /// A trial cannot be right.
    #[error("{name}: {value} is outside {low} to {high} {unit}; check the number and its unit, then type it again")]
    Implausible {
        /// The measure's name.
        name: String,
        /// What was given.
        value: String,
        /// Lowest value that can be right.
        low: f64,
        /// Highest value that can be right.
        high: f64,
        /// Unit.
        unit: String,
    },
}

/// The reading of a test: practice dropped, the rest averaged.
///
/// # Errors
/// [`NoReading`] if no trial counts or one cannot be right; nothing is silently dropped.
pub fn reading(measure: &Measure, taken: &MeasureTaken) -> Result<Reading, NoReading> {
    let plausible = measure.plausible_low..=measure.plausible_high;
    if let Some(odd) = taken.trials.iter().find(|trial| !plausible.contains(trial)) {
        return Err(NoReading::Implausible {
            name: measure.name.clone(),
            value: odd.to_string(),
            low: measure.plausible_low,
            high: measure.plausible_high,
            unit: measure.unit.clone(),
        });
    }
    let counted = taken.trials.get(usize::from(taken.practice_trials)..).unwrap_or_default();
    let trials = u8::try_from(counted.len()).unwrap_or(u8::MAX);
    if trials == 0 {
        return Err(NoReading::TooFewTrials { name: measure.name.clone(), practice: taken.practice_trials });
    }
    #[allow(clippy::cast_precision_loss)] // a handful of trials
    let value = counted.iter().sum::<f64>() / counted.len() as f64;
    Ok(Reading { value, trials })
}

/// A person's own standard error of measurement, from trials repeated in one sitting: the standard deviation of
/// the differences between trials that follow each other, over the square root of two. None under three pairs.
///
/// Source: knowledge/measures/, "own_sem" of the catalogue.
#[must_use]
pub fn own_error(sittings: &[MeasureTaken]) -> Option<f64> {
    let differences: Vec<f64> = sittings
        .iter()
        .filter_map(|taken| taken.trials.get(usize::from(taken.practice_trials)..))
        .flat_map(|trials| trials.windows(2).map(|pair| pair[1] - pair[0]))
        .collect();
    if differences.len() < 3 {
        return None;
    }
    #[allow(clippy::cast_precision_loss)] // a few hundred at most
    let n = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / n;
    let variance = differences.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0);
    Some(math::sqrt(variance) / math::sqrt(2.0))
}

/// Whether a change is more than error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Later minus earlier, in the measure's unit.
    pub difference: f64,
    /// The smallest difference that is more than error.
    pub smallest_real: f64,
    /// Whether it is.
    pub real: bool,
    /// Whether it goes in the freer or stronger direction.
    pub better: bool,
}

/// Compares two readings: real only beyond the published threshold and 2.77 times the person's own error over the
/// square root of the trials averaged.
#[must_use]
pub fn change(measure: &Measure, earlier: Reading, later: Reading, own_error: Option<f64>) -> Change {
    let threshold = &measure.change_threshold;
    let published = if threshold.percent { earlier.value.abs() * threshold.value / 100.0 } else { threshold.value };
    let trials = f64::from(earlier.trials.min(later.trials));
    let own = own_error.map_or(0.0, |error| 2.77 * error / math::sqrt(trials));
    let smallest_real = published.max(own);
    let difference = later.value - earlier.value;
    Change {
        difference,
        smallest_real,
        real: difference.abs() > smallest_real,
        better: (difference > 0.0) == measure.higher_is_better,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::When;
    use crate::knowledge::ChangeThreshold;

    fn knee_to_wall() -> Measure {
        Measure {
            name: "Knee to wall".into(),
            joint: "ankle".into(),
            motion: "bend".into(),
            protocol: vec![],
            unit: "deg".into(),
            higher_is_better: true,
            sensor: "phone".into(),
            taken: crate::knowledge::TakenOn::EachSide,
            trials: 3,
            practice_trials: 1,
            plausible_low: 0.0,
            plausible_high: 70.0,
            norms: vec![],
            side_difference: String::new(),
            reliability: vec![],
            change_threshold: ChangeThreshold { value: 5.0, percent: false, kind: String::new(), note: None },
            cautions: vec![],
            phone: None,
            picture: None,
        }
    }

    fn taken(trials: &[f64]) -> MeasureTaken {
        MeasureTaken {
            measure: "wblt_angle".into(),
            side: None,
            region: None,
            trials: trials.to_vec(),
            practice_trials: 1,
            when: When::Rest,
        }
    }

    #[test]
    fn practice_is_dropped_and_the_rest_averaged() {
        let reading = reading(&knee_to_wall(), &taken(&[20.0, 38.0, 40.0])).unwrap();
        assert_eq!(reading, Reading { value: 39.0, trials: 2 });
    }

    #[test]
    fn a_knee_that_bends_400_degrees_is_asked_about() {
        let error = reading(&knee_to_wall(), &taken(&[40.0, 400.0])).unwrap_err();
        assert!(error.to_string().contains("400 is outside 0 to 70 deg"), "{error}");
        assert!(reading(&knee_to_wall(), &taken(&[40.0, f64::NAN])).is_err());
        assert!(reading(&knee_to_wall(), &taken(&[40.0])).is_err());
    }

    #[test]
    fn a_gain_inside_the_error_is_not_real() {
        let measure = knee_to_wall();
        let (before, after) = (Reading { value: 40.0, trials: 2 }, Reading { value: 41.2, trials: 2 });
        assert!(!change(&measure, before, after, None).real);
        assert!(change(&measure, before, Reading { value: 45.1, trials: 2 }, None).real);
        // A shaky hand needs more: 2.77 * 4 / sqrt(2) is 7.8 degrees.
        assert!(!change(&measure, before, Reading { value: 47.0, trials: 2 }, Some(4.0)).real);
    }

    #[test]
    fn own_error_is_the_spread_between_trials() {
        // Differences 2, -2, 2, -2: sd 2.309, over the square root of two 1.633.
        let sittings = [taken(&[0.0, 10.0, 12.0, 10.0]), taken(&[0.0, 10.0, 12.0, 10.0])];
        assert!((own_error(&sittings).unwrap() - 1.633).abs() < 0.001);
        assert_eq!(own_error(&[taken(&[0.0, 10.0])]), None);
    }
}
