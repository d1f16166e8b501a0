//! What one session of rolling adds in the next minutes, for every measure and in one person: `docs/model.md` §4.
//!
//! ```text
//!  mean = smd * spread of people's readings
//!  sd   = spread of people's readings * sqrt( se² + tau² + (share * smd)² )
//!                                             mean  studies   people
//! ```

use crate::knowledge::{Expected, ExpectedFrom, Measure, Trials};
use crate::math;
use crate::sorted::SortedMap;

/// A pooled standardised difference in favour of rolling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PooledEffect {
    /// The mean.
    pub smd: f64,
    /// Its standard error.
    pub se: f64,
}

/// What is needed beside the pooled difference to expect something of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Spreads {
    /// Standard deviation of true effects between studies, standardised.
    pub studies: f64,
    /// Standard deviation of effects between people, as a share of their mean.
    pub people: f64,
    /// Standard deviation of people's readings by unit ("deg", "cm", "reps"): of measures whose norms print none.
    pub readings: SortedMap<String, f64>,
    /// The same in smallest changes of the measure, where no measure of that unit has a norm that prints it.
    pub in_smallest_changes: f64,
}

impl Spreads {
    /// From studies and measures. `studies` comes from the model that predicts studies. None where nothing is printed
    /// that the others follow from.
    ///
    /// All are medians: `people` over the contrasts of one session in range of motion that print a mean change with
    /// the deviation of people's changes (its error of measurement is still in it, so it is rather too wide), the
    /// others over the measures whose norms print a deviation.
    #[must_use]
    pub fn new(studies: f64, trials: &Trials, measures: &SortedMap<String, Measure>) -> Option<Self> {
        let people = trials.values().flat_map(|trial| &trial.contrasts).filter(|c| c.outcome_class == "ROM");
        let people = people.filter(|c| c.weeks.is_none_or(|weeks| weeks <= 0.0));
        let people = median(people.filter_map(|c| Some(c.change_sd? / c.mean_difference?.abs())).collect())?;
        let mut printed = SortedMap::<String, Vec<f64>>::new();
        let mut shares = Vec::new();
        for measure in measures.values().filter(|measure| !measure.change_threshold.percent) {
            let Some(sd) = printed_sd(measure) else { continue };
            printed.get_or_default(unit(measure).to_owned()).push(sd);
            shares.push(sd / measure.change_threshold.value);
        }
        let readings = printed.into_iter().filter_map(|(unit, sds)| Some((unit, median(sds)?))).collect();
        Some(Self { studies, people, readings, in_smallest_changes: median(shares)? })
    }

    /// The prior of the effect on a measure, in the unit of its smallest change.
    #[must_use]
    pub fn expected(&self, pooled: PooledEffect, measure: &Measure) -> Expected {
        let readings = self.of_readings(measure);
        let people = self.people * pooled.smd;
        let spread = math::sqrt(pooled.se * pooled.se + self.studies * self.studies + people * people);
        Expected { mean: readings * pooled.smd, sd: readings * spread, from: ExpectedFrom::PooledStudies }
    }

    /// The standard deviation of people's readings: as its norms print it, else as those of the same unit do, else
    /// from its smallest change.
    #[must_use]
    pub fn of_readings(&self, measure: &Measure) -> f64 {
        let threshold = &measure.change_threshold;
        let rough = self.in_smallest_changes * threshold.value;
        if threshold.percent {
            return rough;
        }
        printed_sd(measure).or_else(|| self.readings.get(unit(measure)).copied()).unwrap_or(rough)
    }
}

/// The unit without what follows it: "deg" of "deg from vertical".
fn unit(measure: &Measure) -> &str {
    measure.unit.split(' ').next().unwrap_or_default()
}

/// How far readings of people lie apart: the median of what the norms print.
fn printed_sd(measure: &Measure) -> Option<f64> {
    median(measure.norms.iter().filter_map(|norm| norm.sd).collect())
}

/// None of nothing.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values.get(middle).copied()
    } else {
        Some(0.5 * (values.get(middle.checked_sub(1)?)? + values.get(middle)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(median(vec![5.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 9.0]), Some(3.0));
        assert_eq!(median(Vec::new()), None);
    }
}
