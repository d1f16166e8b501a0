//! What a second test gains by itself, for every measure: from people who were tested twice with nothing in between.
//!
//! The few studies there are measured different things. Their common scale is the measure's own smallest change that
//! is more than error: on it they are pooled, and what is found is carried to the measures nobody tested twice. The
//! rule is in `docs/model.md` §4.

use super::bayes::{Posterior, SpreadPrior, posterior};
use super::distributions::t_quantile;
use super::likelihood::Rows;
use super::poolable::exact_p;
use crate::knowledge::{Expected, ExpectedFrom, Measure, MeasureKind, Retest, Retests, Trials};
use crate::math;
use crate::sorted::SortedMap;

/// A study's gain, in smallest changes of its measure.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondTest {
    /// Name of its file.
    pub id: String,
    /// The measure.
    pub measure: String,
    /// The gain, in smallest changes.
    pub gain: f64,
    /// Its standard error.
    pub se: f64,
}

/// What second tests gain, pooled.
#[derive(Debug, Clone)]
pub struct SecondTests {
    /// The studies.
    pub studies: Vec<SecondTest>,
    /// Mean and spread over tests, in smallest changes.
    pub pooled: Posterior,
}

/// The prior of the spread between tests, in smallest changes. Our judgement: half of one.
const SPREAD: SpreadPrior = SpreadPrior::HalfNormal(0.5);

impl SecondTests {
    /// Pools the studies. None where fewer than two can be used.
    #[must_use]
    pub fn pool(retests: &Retests, measures: &SortedMap<String, Measure>, trials: &Trials) -> Option<Self> {
        let of = |(id, retest): (&String, &Retest)| {
            let measure = measures.get(&retest.measure)?;
            let gain = in_unit_of(measure, retest, trials)? / measure.change_threshold.value;
            let p = exact_p(retest.p.strip_prefix('<').unwrap_or(&retest.p))?;
            let se = gain.abs() / t_quantile(1.0 - p / 2.0, f64::from(retest.people) - 1.0);
            Some(SecondTest { id: id.clone(), measure: retest.measure.clone(), gain, se })
        };
        let studies: Vec<SecondTest> = retests.iter().filter_map(of).collect();
        let rows = Rows::new(studies.iter().map(|s| s.gain).collect(), studies.iter().map(|s| s.se * s.se).collect())
            .ok()?;
        Some(Self { pooled: posterior(&rows, SPREAD)?, studies })
    }

    /// The prior of a measure, in the unit of its smallest change:
    /// - the same test was studied: that gain, its error, and the spread between tests, since another hand, place and
    ///   protocol is another test again;
    /// - a test of reach or pressure: where a new test's gain lies;
    /// - anything else (a rating, a jump): around zero, as far from it as the others could be on either side.
    #[must_use]
    pub fn expected(&self, id: &str, measure: &Measure) -> Expected {
        let unit = measure.change_threshold.value;
        let (tau, new) = (self.pooled.tau, self.of_a_new_test());
        let (mean, sd, from) = if let Some(study) = self.studies.iter().find(|study| study.measure == id) {
            (study.gain, math::sqrt(study.se * study.se + tau * tau), ExpectedFrom::SameTest)
        } else if matches!(measure.kind(), MeasureKind::Reach | MeasureKind::Pressure) {
            (self.pooled.mean, new, ExpectedFrom::LikeTests)
        } else {
            (0.0, math::sqrt(self.pooled.mean * self.pooled.mean + new * new), ExpectedFrom::Nothing)
        };
        Expected { mean: mean * unit, sd: sd * unit, from }
    }

    /// The standard deviation of where a new test's gain lies: a quarter of the way between the ends of its 95 %
    /// interval, as nearly as a normal says it.
    fn of_a_new_test(&self) -> f64 {
        let (low, high) = self.pooled.pi;
        (high - low) / (2.0 * super::normal_quantile(0.975))
    }
}

/// A gain in the unit of the measure's smallest change.
fn in_unit_of(measure: &Measure, retest: &Retest, trials: &Trials) -> Option<f64> {
    let usual = || {
        let id = retest.usual_reading_of.as_ref()?;
        trials.values().flat_map(|trial| &trial.contrasts).find(|c| c.id == *id)?.pre_mean
    };
    match (retest.percent, measure.change_threshold.percent) {
        (true, false) => Some(retest.gain / 100.0 * retest.usual_reading.or_else(usual)?),
        (false, true) => Some(retest.gain * 100.0 / retest.usual_reading.or_else(usual)?),
        _ => Some(retest.gain),
    }
}
