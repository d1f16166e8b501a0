//! What a study that was not seen would observe, its sampling error included; and how well that works, leaving each
//! study out in turn.
//!
//! Three levels with a correlation of 0.6 within a study; moderators shrunk towards nothing: basis, class of outcome,
//! log of the seconds, minutes after, weeks of training. The spread's prior is half-normal.

use super::bayes::{SpreadPrior, posterior, posterior_at};
use super::likelihood::Rows;
use super::poolable::{Poolable, basis_of, known_class, paired};
use crate::draws::Draws;
use crate::knowledge::{Basis, Trials};
use crate::math;
use crate::sorted::{SortedMap, SortedSet};
use thiserror::Error;

/// Correlation of sampling errors within a study; 0.3 to 0.9 is shown beside it. Our judgement, as is usual where
/// studies do not print it.
pub const WITHIN_TRIAL: f64 = 0.6;
/// Classes of outcome with fewer rows are pooled.
pub const LEAST_ROWS: usize = 10;
/// Half-life of a gain in minutes: 63 % left at 10, 31 % at 20. Source: `monteiro_2019`.
pub const HALF_LIFE_MINUTES: f64 = 13.0;
/// A usual dose in seconds, where the log of the dose is 0: our judgement, the middle of what studies gave.
const USUAL_SECONDS: f64 = 90.0;
/// Standard deviation of readings between people, in percent of their mean: our judgement for range of motion
/// (`hope_hip`, `soares2020`: 10 to 23 %).
const READING_SD_PERCENT: f64 = 15.0;

/// On which scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Standardised mean difference, above zero in favour of rolling.
    Smd,
    /// Percent of the reading before, as printed.
    Percent,
}

impl Scale {
    /// One standard deviation of readings.
    fn unit(self) -> f64 {
        match self {
            Self::Smd => 1.0,
            Self::Percent => READING_SD_PERCENT,
        }
    }

    /// The prior of the spread between and within studies.
    fn spread(self) -> SpreadPrior {
        SpreadPrior::HalfNormal(0.5 * self.unit())
    }

    /// The prior standard deviation of a moderator's coefficient: a small difference. Reviews of up to 38 studies
    /// found next to no moderator (`wilke_2020`), so few studies should not either.
    fn moderator(self) -> f64 {
        0.25 * self.unit()
    }

    /// Sampling variance of an effect `y` in `n` people (in each arm) without knowing more of the design.
    fn sampling_variance(self, y: f64, n: f64, same_people: bool, correlation: f64) -> f64 {
        let of_one = if same_people { 2.0 * (1.0 - correlation) } else { 2.0 };
        match self {
            Self::Smd => of_one / n + y * y / (if same_people { 2.0 * n } else { 4.0 * n }),
            // Two groups of changes, or one.
            Self::Percent => {
                let change = 2.0 * (1.0 - correlation) * READING_SD_PERCENT * READING_SD_PERCENT;
                change * if same_people { 1.0 } else { 2.0 } / n
            }
        }
    }
}

/// What may explain why studies differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moderators {
    /// Nothing: a mean alone.
    None,
    /// Basis, class of outcome, seconds, minutes after, weeks: what predictions are made with.
    Usual,
    /// The same with muscle and tool. Not used: range of motion left out is predicted worse (`docs/model.md` §4).
    WithMuscleAndTool,
}

/// What is asked about a study.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Class of its outcome.
    pub class: String,
    /// Against what.
    pub basis: Basis,
    /// Seconds on a muscle.
    pub seconds: Option<f64>,
    /// Minutes after.
    pub minutes: Option<f64>,
    /// Weeks of training; 0 is one session.
    pub weeks: Option<f64>,
    /// Which muscle, in the study's words; empty where unknown.
    pub muscle: String,
    /// With what, in the study's words; empty where unknown.
    pub tool: String,
    /// People in each arm.
    pub n: f64,
    /// Whether the same people are compared with themselves, where the design says so.
    pub same_people: Option<bool>,
}

/// Why nothing is predicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoPrediction {
    /// The outcome is no reading of a person.
    #[error("the outcome is not a reading of a person")]
    NotAReading,
    /// Against what is unknown.
    #[error("effect_basis is missing and does not follow from the comparator")]
    BasisUnknown,
    /// How many people is unknown.
    #[error("n_per_arm is missing or below 2, so its sampling error cannot be said")]
    PeopleUnknown,
    /// There are too few rows.
    #[error("too few studies could be pooled")]
    TooFew,
}

impl Asked {
    /// From what a study says of itself.
    ///
    /// # Errors
    /// [`NoPrediction`] where something that the prediction rests on is missing.
    pub fn new(
        class: &str,
        (basis, comparator, design): (Option<Basis>, &str, Option<&str>),
        n_per_arm: Option<f64>,
    ) -> Result<Self, NoPrediction> {
        if !known_class(class) {
            return Err(NoPrediction::NotAReading);
        }
        let basis = basis.or_else(|| basis_of(design, comparator, "")).ok_or(NoPrediction::BasisUnknown)?;
        let n = n_per_arm.filter(|n| *n >= 2.0 && n.is_finite()).ok_or(NoPrediction::PeopleUnknown)?;
        let same_people = design.map(paired);
        let (class, muscle, tool) = (class.to_owned(), String::new(), String::new());
        Ok(Self { class, basis, seconds: None, minutes: None, weeks: None, muscle, tool, n, same_people })
    }

    fn same_people(&self) -> bool {
        self.basis == Basis::Within || self.same_people.unwrap_or(false)
    }
}

/// An effect with what is known of its study.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    /// The study.
    pub trial_id: String,
    /// The contrast.
    pub contrast_id: String,
    /// The effect.
    pub y: f64,
    /// Its sampling variance.
    pub v: f64,
    /// What could be asked about it before it was seen.
    pub asked: Asked,
}

/// The poolable contrasts on the common scale.
#[must_use]
pub fn smd_rows(poolable: &[Poolable]) -> Vec<Left> {
    poolable
        .iter()
        .filter_map(|p| {
            Some(Left {
                trial_id: p.trial_id.to_owned(),
                contrast_id: p.contrast.id.clone(),
                y: p.effect.y,
                v: p.effect.v,
                asked: asked(p.contrast, p.basis)?,
            })
        })
        .collect()
}

/// The contrasts of range of motion with a change in percent, printed or of printed means. Studies print no spread of
/// it; it follows from how many people there were and how readings vary.
#[must_use]
pub fn percent_rows(trials: &Trials, correlation: f64) -> Vec<Left> {
    let mut rows = Vec::new();
    for (trial_id, trial) in trials {
        for c in trial.contrasts.iter().filter(|c| c.outcome_class == "ROM" && c.same_value_as.is_none()) {
            let of_means = || match (c.pre_mean, c.post_mean, c.ctrl_pre_mean, c.ctrl_post_mean) {
                (Some(before), Some(after), Some(b), Some(a)) => {
                    Some(100.0 * ((after - before) / before - (a - b) / b))
                }
                (Some(before), Some(after), ..) => Some(100.0 * (after - before) / before),
                _ => None,
            };
            let p = c.p.as_deref().unwrap_or_default();
            let basis = c.effect_basis.or_else(|| basis_of(Some(&trial.design), &c.comparator, p));
            let (Some(y), Some(basis)) = (c.percent_change.or_else(of_means), basis) else { continue };
            let Some(asked) = asked(c, basis) else { continue };
            let same_people = basis == Basis::Within || paired(&trial.design);
            let v = Scale::Percent.sampling_variance(y, asked.n, same_people, correlation);
            rows.push(Left { trial_id: trial_id.clone(), contrast_id: c.id.clone(), y, v, asked });
        }
    }
    rows
}

/// As somebody would ask who knows neither result nor design.
fn asked(c: &crate::knowledge::Contrast, basis: Basis) -> Option<Asked> {
    let n = c.n_per_arm.map(f64::from);
    let mut asked = Asked::new(&c.outcome_class, (Some(basis), &c.comparator, None), n).ok()?;
    (asked.seconds, asked.minutes, asked.weeks) = (c.total_seconds_per_muscle, c.time_after_min, c.weeks);
    (asked.muscle, asked.tool) = (c.muscle.clone(), c.tool.clone());
    Some(asked)
}

/// A mean with the ends of the interval that a result lies in nine times of ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// What to expect.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Predicts observed results from rows.
#[derive(Debug, Clone)]
pub struct Predictor {
    rows: Rows,
    scale: Scale,
    correlation: f64,
    /// Classes with a coefficient of their own; none where only the mean is fitted.
    classes: Option<SortedSet<String>>,
    moderators: Moderators,
}

impl Predictor {
    /// With moderators, or with nothing but a mean: what predictions are compared with.
    ///
    /// # Errors
    /// [`NoPrediction::TooFew`] where two rows cannot be pooled.
    pub fn new(rows: &[Left], scale: Scale, correlation: f64, moderators: Moderators) -> Result<Self, NoPrediction> {
        let mut counts = SortedMap::<&str, usize>::new();
        for row in rows {
            *counts.get_or_default(&row.asked.class) += 1;
        }
        let large = |(class, count): (&&str, &usize)| (*count >= LEAST_ROWS).then(|| (*class).to_owned());
        let classes =
            (moderators != Moderators::None).then(|| counts.iter().filter_map(large).collect::<SortedSet<String>>());
        let of = |row: &Left| row.trial_id.clone();
        let ids: SortedSet<String> = rows.iter().map(of).collect();
        let numbers: Vec<usize> =
            rows.iter().map(|row| ids.iter().position(|id| *id == row.trial_id).unwrap_or_default()).collect();
        let alone = Rows::new(rows.iter().map(|row| row.y).collect(), rows.iter().map(|row| row.v).collect())
            .map_err(|_| NoPrediction::TooFew)?;
        let design: Vec<Vec<f64>> =
            rows.iter().map(|row| features(&row.asked, classes.as_ref(), moderators)).collect();
        let alone = alone.with_shrunk_moderators(&design, scale.moderator()).map_err(|_| NoPrediction::TooFew)?;
        // Where no study has two rows there is one spread only.
        let rows = alone.clone().with_trials(&numbers, WITHIN_TRIAL).unwrap_or(alone);
        Ok(Self { rows, scale, correlation, classes, moderators })
    }

    /// Standard deviation of true effects, between and within studies together.
    ///
    /// # Errors
    /// [`NoPrediction::TooFew`] where nothing can be said.
    pub fn spread(&self) -> Result<f64, NoPrediction> {
        Ok(posterior(&self.rows, self.scale.spread()).ok_or(NoPrediction::TooFew)?.tau)
    }

    /// Where the observed result of such a study lies nine times of ten.
    ///
    /// # Errors
    /// [`NoPrediction::TooFew`] where nothing can be said.
    pub fn predict(&self, asked: &Asked) -> Result<Range, NoPrediction> {
        let point: Vec<f64> =
            std::iter::once(1.0).chain(features(asked, self.classes.as_ref(), self.moderators)).collect();
        let posterior = posterior_at(&self.rows, self.scale.spread(), &point).ok_or(NoPrediction::TooFew)?;
        let v = self.scale.sampling_variance(posterior.mean, asked.n, asked.same_people(), self.correlation);
        let end = |p: f64| posterior.new_effect_quantile(p, v);
        Ok(Range { mean: posterior.mean, low: end(0.05), high: end(0.95) })
    }
}

/// The moderators of a row: none where there are no classes.
fn features(asked: &Asked, classes: Option<&SortedSet<String>>, moderators: Moderators) -> Vec<f64> {
    let Some(classes) = classes else { return Vec::new() };
    let yes = |so: bool| if so { 1.0 } else { 0.0 };
    let mut features = vec![
        yes(asked.basis == Basis::Within),
        yes(asked.basis == Basis::BetweenActive),
        asked.seconds.map_or(0.0, |seconds| math::ln(seconds.max(1.0) / USUAL_SECONDS)),
        asked.minutes.map_or(0.0, |minutes| 1.0 - math::exp(-minutes * core::f64::consts::LN_2 / HALF_LIFE_MINUTES)),
        yes(asked.weeks.is_some_and(|weeks| weeks > 0.0)),
        // Everything that is no class of its own.
        yes(!classes.contains(&asked.class)),
    ];
    // ROM is what the others are compared with.
    features.extend(classes.iter().filter(|class| *class != "ROM").map(|class| yes(*class == asked.class)));
    if moderators == Moderators::WithMuscleAndTool {
        // Everything else, and a plain foam roller, is what they are compared with.
        features.extend(["quadriceps", "calf", "hamstrings"].map(|muscle| yes(asked.muscle.starts_with(muscle))));
        features.extend(["stick", "ball", "vibrating"].map(|tool| yes(asked.tool.starts_with(tool))));
    }
    features
}

/// One result and where it was expected, from all other studies.
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    /// The result.
    pub row: Left,
    /// Where it was expected.
    pub range: Range,
    /// Whether it lay there.
    pub inside: bool,
    /// Interval score at 90 %: the width, and 20 times how far outside it lay. Lower is better.
    ///
    /// Source: Gneiting T, Raftery AE. J Am Stat Assoc 2007;102:359-378.
    pub score: f64,
}

/// How well predictions work.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Every row.
    pub rows: Vec<Outside>,
    /// Share inside.
    pub coverage: f64,
    /// 95 % interval of that share, drawing whole studies with replacement.
    pub coverage_ci: (f64, f64),
    /// Mean interval score.
    pub score: f64,
}

/// Leaves each study out in turn and predicts its rows from the others. `seed` draws the bootstrap.
///
/// # Errors
/// [`NoPrediction::TooFew`] where what is left cannot be pooled.
pub fn leave_one_trial_out(
    rows: &[Left],
    scale: Scale,
    correlation: f64,
    moderators: Moderators,
    seed: u64,
) -> Result<LeftOut, NoPrediction> {
    let ids: SortedSet<&str> = rows.iter().map(|row| row.trial_id.as_str()).collect();
    let mut found = Vec::new();
    for id in &ids {
        let rest: Vec<Left> = rows.iter().filter(|row| row.trial_id != *id).cloned().collect();
        let predictor = Predictor::new(&rest, scale, correlation, moderators)?;
        for row in rows.iter().filter(|row| row.trial_id == *id) {
            let range = predictor.predict(&row.asked)?;
            let beyond = (range.low - row.y).max(row.y - range.high).max(0.0);
            let score = range.high - range.low + 20.0 * beyond;
            found.push(Outside { row: row.clone(), range, inside: beyond <= 0.0, score });
        }
    }
    let (coverage, coverage_ci) = bootstrap(&found, &ids, seed);
    #[allow(clippy::cast_precision_loss)] // numbers of rows
    let score = found.iter().map(|row| row.score).sum::<f64>() / found.len() as f64;
    Ok(LeftOut { rows: found, coverage, coverage_ci, score })
}

const DRAWS: usize = 4000;

#[allow(clippy::cast_precision_loss)] // numbers of rows
fn bootstrap(found: &[Outside], ids: &SortedSet<&str>, seed: u64) -> (f64, (f64, f64)) {
    let of = |id: &&str| {
        let rows = found.iter().filter(|row| row.row.trial_id == **id);
        rows.fold((0.0, 0.0), |(inside, all), row| (inside + if row.inside { 1.0 } else { 0.0 }, all + 1.0))
    };
    let trials: Vec<(f64, f64)> = ids.iter().map(of).collect();
    let share = |(inside, all): (f64, f64)| inside / all;
    let add = |a: (f64, f64), b: &(f64, f64)| (a.0 + b.0, a.1 + b.1);
    let coverage = share(trials.iter().fold((0.0, 0.0), add));
    let mut drawn = Draws::new(seed);
    let mut draws: Vec<f64> = (0..DRAWS)
        .map(|_| share((0..trials.len()).map(|_| &trials[drawn.below(trials.len())]).fold((0.0, 0.0), add)))
        .collect();
    draws.sort_by(f64::total_cmp);
    (coverage, (draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40]))
}
