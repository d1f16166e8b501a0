//! What a person is told about one test: a sentence with its reasons, or that it cannot be told yet.

/// A response in words.
pub mod words;

use super::gain::{About, Acute, Around, Usual, error_of_reading};
use super::mixture::Mixture;
use crate::knowledge::Rule;

/// What is known of a test, for the sentence. Values in the measure's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// Whether a larger value is better.
    pub higher_is_better: bool,
    /// Standard error of one trial, as published; above zero.
    pub error: f64,
    /// The smallest change of the average worth having; above zero.
    pub worthwhile: f64,
    /// Where a person's level may lie: mean and standard deviation.
    pub level: (f64, f64),
    /// What untreated people gained on a second test: mean and standard deviation.
    pub retest: (f64, f64),
    /// Trials that one reading averages, as the protocol says.
    pub trials: u8,
}

/// How sure one may be beforehand that a gain is not twice what is worth having: the sceptic's prior leaves this many
/// standard deviations below it, that is 5 %.
///
/// Source: Spiegelhalter DJ, Freedman LS, Parmar MKB. Bayesian approaches to randomized trials. J R Stat Soc A
/// 1994;157:357-416: a sceptical prior is centred on no difference with 5 % beyond the alternative.
const SCEPTIC: f64 = 1.644_853_626_951_472_7;

impl Question {
    /// The sceptic's view: gains are around zero, and what a second test adds is known no better than two errors of a
    /// reading, so that it is the person's own rest tests that tell.
    #[must_use]
    pub fn sceptical(&self) -> About {
        let doubt = 2.0 * error_of_reading(self.error, self.trials);
        About {
            higher_is_better: self.higher_is_better,
            error: self.error,
            level: self.level,
            retest: (self.retest.0, self.retest.1.max(doubt)),
            gain: (0.0, 2.0 * self.worthwhile / SCEPTIC),
            contrast: 2.0 * self.worthwhile / SCEPTIC,
        }
    }

    /// The view of the studies: what they found, for the plan. `gain` is their mean and standard deviation at the usual
    /// dose, in the measure's unit.
    #[must_use]
    pub fn as_studies_say(&self, gain: (f64, f64)) -> About {
        About { gain, ..self.sceptical() }
    }
}

/// The sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// *helps you*
    Helps,
    /// *makes little difference for you*
    LittleDifference,
    /// *you move less afterwards: try less, or leave it out*
    MoveLess,
    /// *cannot tell yet*, and what would change that.
    CannotTell(Next),
}

impl Told {
    /// About how many more tested sessions it takes, where that can be said.
    #[must_use]
    pub fn more_sessions(self) -> Option<u32> {
        match self {
            Self::CannotTell(Next::Sessions(more)) => Some(more),
            _ => None,
        }
    }
}

/// What it takes until something can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// About so many more tested sessions, with a rest test for every two; at least 1.
    Sessions(u32),
    /// This test's error is too large for the smallest change worth having: more trials for each reading, or another
    /// test.
    AnotherMeasure,
    /// As many sessions as were promised, and still between two sentences: the gain lies close to the smallest change
    /// worth having.
    TooClose,
}

/// A number with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation.
    pub sd: f64,
    /// Equal-tailed 90 % interval.
    pub interval: (f64, f64),
}

impl Estimate {
    /// What a mixture says.
    #[must_use]
    pub fn of(mixture: &Mixture) -> Self {
        Self { mean: mixture.mean(), sd: mixture.sd(), interval: mixture.interval(0.9) }
    }
}

/// A difference from before to after, as it was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// The occasion: see [`Around::id`].
    pub id: String,
    /// Hours, as in [`Around::hours`].
    pub hours: f64,
    /// After minus before, in the measure's unit, better above zero.
    pub difference: f64,
    /// Whether it was a rest test.
    pub rest: bool,
}

/// What one test says of one person. Values in the measure's unit, better above zero.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalResponse {
    /// The average gain at the usual dose and wait, the retest gain taken off; sceptical prior.
    pub gain: Estimate,
    /// The whole of it: density points are [`Mixture::curve`].
    pub distribution: Mixture,
    /// What a second test adds without any session.
    pub retest: Estimate,
    /// Probability that the gain is above the smallest change worth having.
    pub helps: f64,
    /// Probability that it lies between that change and its opposite.
    pub little: f64,
    /// Probability that it is a loss larger than that.
    pub worse: f64,
    /// How probable a sentence must be to be said.
    pub certainty: f64,
    /// The smallest change worth having.
    pub smallest_worthwhile: f64,
    /// The error of one trial, learned.
    pub error: f64,
    /// The dose and wait that the gain is told for.
    pub usual: Usual,
    /// The sentence.
    pub told: Told,
    /// Sessions tested before and after.
    pub sessions: u32,
    /// Rest tests: the same wait without pressure.
    pub rest_tests: u32,
    /// What was seen, oldest first.
    pub dots: Vec<Dot>,
}

impl PersonalResponse {
    /// Works it out from occasions in any order. None if a number of the question is not what it must be, such as an
    /// error of 0.
    #[must_use]
    pub fn of(question: &Question, rule: &Rule, occasions: &[Around]) -> Option<Self> {
        let acute = Acute::of(&question.sceptical(), occasions)?;
        let count = |rest: bool| {
            let pairs = occasions.iter().filter(|around| around.is_pair() && around.is_rest() == rest).count();
            u32::try_from(pairs).unwrap_or(u32::MAX)
        };
        let (sessions, rest_tests) = (count(false), count(true));
        let (distribution, error) = (acute.gain(), acute.error());
        let chances = Chances::of(&distribution, question.worthwhile);
        let told = rule.tell(&chances, sessions, rest_tests).unwrap_or_else(|| {
            let over = error_of_reading(error, question.trials) / question.worthwhile;
            Told::CannotTell(rule.next(over, sessions, rest_tests))
        });
        Some(Self {
            gain: Estimate::of(&distribution),
            retest: Estimate::of(&acute.retest()),
            helps: chances.helps,
            little: chances.little,
            worse: chances.worse,
            certainty: rule.certainty,
            smallest_worthwhile: question.worthwhile,
            error,
            usual: acute.usual,
            told,
            sessions,
            rest_tests,
            dots: dots(question, occasions),
            distribution,
        })
    }
}

/// How probable each sentence is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances {
    /// Gain above the smallest change worth having.
    pub helps: f64,
    /// Between.
    pub little: f64,
    /// Loss larger than that.
    pub worse: f64,
}

impl Chances {
    /// Of a gain, better above zero, with the smallest change worth having.
    #[must_use]
    pub fn of(gain: &Mixture, worthwhile: f64) -> Self {
        let (helps, worse) = (gain.above(worthwhile), gain.cdf(-worthwhile));
        Self { helps, worse, little: (1.0 - helps - worse).max(0.0) }
    }
}

fn dots(question: &Question, occasions: &[Around]) -> Vec<Dot> {
    let sign = if question.higher_is_better { 1.0 } else { -1.0 };
    let dot = |around: &Around| {
        let difference = sign * around.difference()?;
        Some(Dot { id: around.id.clone(), hours: around.hours, difference, rest: around.is_rest() })
    };
    let mut dots: Vec<Dot> = occasions.iter().filter_map(dot).collect();
    dots.sort_by(|a, b| a.hours.total_cmp(&b.hours).then_with(|| a.id.cmp(&b.id)));
    dots
}
