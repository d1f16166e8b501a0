//! From gains to what may be said: a linear model with normal errors, exact given four numbers that stand on a grid.

use crate::learn::normal_cdf;
use crate::math;

/// The analysis by name and version, as it stands in a design. A change of anything in this file is a new version.
pub const MODEL: &str = "n-of-1/2";
/// The version before: it knew nothing of training, so a design that names it is analysed without. Nothing else differs.
pub(super) const WITHOUT_TRAINING: &str = "n-of-1/1";

/// What one session gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// Hours from the first session that counts to this one.
    pub hours: f64,
    /// Which way it was, 0 or 1.
    pub arm: u8,
    /// The reading after minus the one before, in the measure's unit, turned so that more is better.
    pub gain: f64,
    /// Variance of its error against that of the usual number of trials: 1 with the protocol's trials, 2 with half.
    pub error: f64,
    /// By how much training lets expect this gain to differ, for a person whom a unit of work makes sore by one point, in
    /// the measure's unit and turned like the gain: below zero, more soreness was to come. Only of what had ended when the
    /// way was shown, so the way cannot have changed it. 0 for everything but soreness.
    pub training: f64,
}

/// What is fixed before the first reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Analysis {
    /// The smallest difference worth having, in the measure's unit.
    pub worth_having: f64,
    /// Standard deviation of one gain by error and chance alone, as assumed beforehand.
    pub spread: f64,
    /// How sure to be before anything is said, as a probability.
    pub certainty: f64,
}

/// What is known after so many sessions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Sessions that count.
    pub sessions: usize,
    /// The first way minus the second: posterior mean, in the measure's unit; above zero the first does better.
    pub mean: f64,
    /// Its posterior standard deviation.
    pub sd: f64,
    /// How probable it is that the first way is better by more than what is worth having.
    pub first: f64,
    /// The same for the second way.
    pub second: f64,
    /// How probable it is that they differ by less than that.
    pub little: f64,
}

/// What may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The first way does more.
    First,
    /// The second way does more.
    Second,
    /// It makes little difference.
    Little,
}

/// The first session after which it is looked; before that, too few for any answer.
pub(super) const FIRST_LOOK: usize = 6;

/// Standard deviation of the sceptical prior of the difference, in units of what is worth having: centred on none, with
/// 5 % beyond twice what is worth having.
///
/// Source: Spiegelhalter DJ, Freedman LS, Parmar MKB. Bayesian approaches to randomized trials. J R Stat Soc A
/// 1994;157:357-416.
pub(super) const DIFFERENCE_SD: f64 = 2.0 / 1.644_853_626_951_472_7;
/// The same for what is left of the way before, after the wash-out: little. Our judgement.
pub(super) const CARRY_OVER_SD: f64 = 0.5;
/// Of the gain that both ways share, in units of the spread: wide enough to say nothing.
pub(super) const SHARED_SD: f64 = 30.0;

/// Correlation of the errors of sessions 24 hours apart, and the share of the variance that is so correlated; the
/// first is no correlation at all. Equally likely beforehand.
pub(super) const CORRELATIONS: [(f64, f64); 5] = [(0.0, 0.0), (0.3, 0.3), (0.7, 0.3), (0.3, 0.6), (0.7, 0.6)];

/// The true spread against the assumed one, and how likely each is beforehand (normal in the logarithm, sd 0.3).
pub(super) const SCALES: [f64; 5] = [0.55, 0.74, 1.0, 1.35, 1.82];
const SCALE_LOG_SD: f64 = 0.3;

/// The place on the grid of scales that lies nearest to so many standard deviations of the prior.
pub(super) fn scale_near(deviations: f64) -> usize {
    let apart = |place: &usize| (math::ln(SCALES[*place]) / SCALE_LOG_SD - deviations).abs();
    (0..SCALES.len()).min_by(|a, b| apart(a).total_cmp(&apart(b))).unwrap_or(0)
}

/// How sore a unit of work makes somebody, in points: not at all, or as one of the kinds of person of the forecast.
/// Equally likely beforehand.
pub fn training_gains() -> impl Iterator<Item = f64> {
    std::iter::once(0.0).chain(crate::learn::forecast::person::GAINS)
}

/// One normal part of a posterior; while it is worked out, its weight is a logarithm.
#[derive(Clone, Copy)]
struct Part {
    weight: f64,
    centre: f64,
    sd: f64,
}

/// Unknowns: the shared gain, the difference, the carry-over.
const UNKNOWNS: usize = 3;

/// Everything about the sessions that does not depend on what was read: worked out once, used for as many sets of
/// readings as there are.
pub(super) struct Frame {
    sessions: usize,
    /// One for each correlation.
    whitened: Vec<Whitened>,
}

/// Rows turned so that their errors are independent and of variance 1.
struct Whitened {
    /// Lower triangle of the root of the correlation matrix, row by row.
    root: Vec<f64>,
    /// The rows of the model, turned.
    rows: Vec<[f64; UNKNOWNS]>,
    /// For each look and each scale.
    precision: Vec<[Precision; SCALES.len()]>,
}

/// What is known of the unknowns at one look, readings aside.
#[derive(Clone, Copy)]
struct Precision {
    inverse: [[f64; UNKNOWNS]; UNKNOWNS],
    /// Logarithm of everything in the likelihood that does not depend on the readings, and the prior of the scale.
    log_constant: f64,
}

impl Frame {
    /// `when` are hours, ways and error variances in order.
    pub(super) fn new(analysis: &Analysis, when: &[(f64, u8, f64)]) -> Self {
        let whitened = CORRELATIONS.iter().map(|&correlation| Whitened::new(analysis, when, correlation)).collect();
        Self { sessions: when.len(), whitened }
    }

    /// The looks at a set of gains: after each whole block from the sixth session on. `training` is what is expected of
    /// each for a gain of 1; none: nothing of any.
    pub(super) fn looks(&self, analysis: &Analysis, gains: &[f64], training: &[f64]) -> Vec<Look> {
        let turned = self.turned(gains, training);
        let whole = |n: &usize| n.is_multiple_of(2) && *n >= FIRST_LOOK;
        (1..=self.sessions).filter(whole).map(|n| self.look(analysis, &turned, n)).collect()
    }

    /// The gains less what training lets expect, turned by each correlation; once for every kind of person where there
    /// was any training.
    fn turned(&self, gains: &[f64], training: &[f64]) -> Vec<Vec<Turned>> {
        let turned = |gains: &[f64]| self.whitened.iter().map(|whitened| Turned::of(whitened, gains)).collect();
        if training.iter().all(|expected| *expected == 0.0) {
            return vec![turned(gains)];
        }
        let less = |gain: f64| -> Vec<f64> {
            gains.iter().zip(training).map(|(value, expected)| value - gain * expected).collect()
        };
        training_gains().map(|gain| turned(&less(gain))).collect()
    }

    fn look(&self, analysis: &Analysis, turned: &[Vec<Turned>], sessions: usize) -> Look {
        let least = analysis.worth_having;
        let (mut first, mut second, mut mean, mut square) = (0.0, 0.0, 0.0, 0.0);
        for Part { weight, centre, sd } in self.posterior(analysis, turned, sessions) {
            if weight < 1e-9 {
                continue;
            }
            first += weight * normal_cdf((centre - least) / sd);
            second += weight * normal_cdf((-centre - least) / sd);
            mean += weight * centre;
            square += weight * (centre * centre + sd * sd);
        }
        let sd = math::sqrt((square - mean * mean).max(0.0));
        Look { sessions, mean, sd, first, second, little: (1.0 - first - second).max(0.0) }
    }

    /// The posterior of the difference after so many sessions: a part for every place of the grid.
    fn posterior(&self, analysis: &Analysis, turned: &[Vec<Turned>], sessions: usize) -> Vec<Part> {
        let mut parts = Vec::with_capacity(turned.len() * CORRELATIONS.len() * SCALES.len());
        let mut highest = f64::NEG_INFINITY;
        for (whitened, turned) in turned.iter().flat_map(|kind| self.whitened.iter().zip(kind)) {
            let (sums, squares) = &turned.up_to[sessions - 1];
            for (precision, scale) in whitened.precision[sessions - 1].iter().zip(SCALES) {
                let variance = (scale * analysis.spread) * (scale * analysis.spread);
                let projected = times(&precision.inverse, sums);
                let explained = dot(&projected, sums) / (variance * variance);
                let weight = precision.log_constant - 0.5 * (squares / variance - explained);
                highest = highest.max(weight);
                parts.push(Part { weight, centre: projected[1] / variance, sd: math::sqrt(precision.inverse[1][1]) });
            }
        }
        let mut total = 0.0;
        for part in &mut parts {
            part.weight = math::exp(part.weight - highest);
            total += part.weight;
        }
        for part in &mut parts {
            part.weight /= total;
        }
        parts
    }

    /// Errors with the correlation at `place` of the grid, made from independent ones of variance 1.
    pub(super) fn correlated(&self, place: usize, independent: &[f64]) -> Vec<f64> {
        let root = &self.whitened[place].root;
        let row = |i: usize| &root[i * (i + 1) / 2..(i + 1) * (i + 2) / 2];
        (0..self.sessions).map(|i| row(i).iter().zip(independent).map(|(a, b)| a * b).sum()).collect()
    }
}

impl Whitened {
    fn new(analysis: &Analysis, when: &[(f64, u8, f64)], correlation: (f64, f64)) -> Self {
        let root = root_of(when, correlation);
        let mut rows: Vec<[f64; UNKNOWNS]> = Vec::new();
        let mut gram = [[0.0; UNKNOWNS]; UNKNOWNS];
        let mut log_root = 0.0;
        let mut precision = Vec::new();
        for (i, &(_, arm, _)) in when.iter().enumerate() {
            let before = i.checked_sub(1).map_or(0.0, |last| contrast(when[last].1));
            let mut row = [1.0, contrast(arm), before];
            let own = &root[i * (i + 1) / 2..];
            for (j, earlier) in rows.iter().enumerate() {
                for (value, known) in row.iter_mut().zip(earlier) {
                    *value -= own[j] * known;
                }
            }
            for value in &mut row {
                *value /= own[i];
            }
            log_root += math::ln(own[i]);
            for (line, a) in gram.iter_mut().zip(row) {
                for (sum, b) in line.iter_mut().zip(row) {
                    *sum += a * b;
                }
            }
            rows.push(row);
            precision.push(SCALES.map(|scale| Precision::new(analysis, &gram, scale, i + 1, log_root)));
        }
        Self { root, rows, precision }
    }
}

impl Precision {
    #[allow(clippy::cast_precision_loss)] // at most a few hundred sessions
    fn new(
        analysis: &Analysis,
        gram: &[[f64; UNKNOWNS]; UNKNOWNS],
        scale: f64,
        sessions: usize,
        log_root: f64,
    ) -> Self {
        let spread = scale * analysis.spread;
        let prior = [
            SHARED_SD * analysis.spread,
            DIFFERENCE_SD * analysis.worth_having,
            CARRY_OVER_SD * analysis.worth_having,
        ];
        let mut known = *gram;
        for (i, line) in known.iter_mut().enumerate() {
            for value in line.iter_mut() {
                *value /= spread * spread;
            }
            line[i] += 1.0 / (prior[i] * prior[i]);
        }
        let (inverse, determinant) = inverse_of(&known);
        let z = math::ln(scale) / SCALE_LOG_SD;
        let log_constant = -log_root - sessions as f64 * math::ln(spread) - 0.5 * math::ln(determinant) - 0.5 * z * z;
        Self { inverse, log_constant }
    }
}

/// Readings turned like the rows, summed up to each session.
struct Turned {
    /// The rows times the readings, and the sum of squares.
    up_to: Vec<([f64; UNKNOWNS], f64)>,
}

impl Turned {
    fn of(whitened: &Whitened, gains: &[f64]) -> Self {
        let mut turned: Vec<f64> = Vec::with_capacity(gains.len());
        let mut up_to = Vec::with_capacity(gains.len());
        let (mut sums, mut squares) = ([0.0; UNKNOWNS], 0.0);
        for (i, gain) in gains.iter().enumerate() {
            let own = &whitened.root[i * (i + 1) / 2..(i + 1) * (i + 2) / 2];
            let known: f64 = own.iter().zip(&turned).map(|(a, b)| a * b).sum();
            let value = (gain - known) / own[i];
            for (sum, row) in sums.iter_mut().zip(whitened.rows[i]) {
                *sum += row * value;
            }
            squares += value * value;
            turned.push(value);
            up_to.push((sums, squares));
        }
        Self { up_to }
    }
}

/// The first way counts half up, the second half down, so that their difference is one.
pub(super) const fn contrast(arm: u8) -> f64 {
    if arm == 0 { 0.5 } else { -0.5 }
}

/// Cholesky root of the errors' correlation matrix: a share falls by `per_day` for every 24 hours between sessions,
/// the rest is each session's own.
fn root_of(when: &[(f64, u8, f64)], (per_day, share): (f64, f64)) -> Vec<f64> {
    let log_per_day = math::ln(per_day); // minus infinity where there is no correlation
    let mut root: Vec<f64> = Vec::with_capacity(when.len() * (when.len() + 1) / 2);
    for (i, &(hours, _, error)) in when.iter().enumerate() {
        let start = root.len();
        for (j, &(earlier, _, _)) in when.iter().enumerate().take(i + 1) {
            let alike = if i == j { 1.0 } else { math::exp(log_per_day * (hours - earlier) / 24.0) };
            let own = if i == j { (1.0 - share) * error } else { 0.0 };
            let covariance = if share > 0.0 { share * alike + own } else { own };
            let row = &root[j * (j + 1) / 2..];
            let known: f64 = (0..j).map(|k| root[start + k] * row[k]).sum();
            root.push(if i == j { math::sqrt(covariance - known) } else { (covariance - known) / row[j] });
        }
    }
    root
}

fn times(matrix: &[[f64; UNKNOWNS]; UNKNOWNS], vector: &[f64; UNKNOWNS]) -> [f64; UNKNOWNS] {
    matrix.map(|line| dot(&line, vector))
}

fn dot(a: &[f64; UNKNOWNS], b: &[f64; UNKNOWNS]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Inverse and determinant of a symmetric matrix that has one.
fn inverse_of(m: &[[f64; UNKNOWNS]; UNKNOWNS]) -> ([[f64; UNKNOWNS]; UNKNOWNS], f64) {
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a][c] * m[b][d] - m[a][d] * m[b][c];
    let cofactors = [
        [minor(1, 2, 1, 2), -minor(1, 2, 0, 2), minor(1, 2, 0, 1)],
        [-minor(0, 2, 1, 2), minor(0, 2, 0, 2), -minor(0, 2, 0, 1)],
        [minor(0, 1, 1, 2), -minor(0, 1, 0, 2), minor(0, 1, 0, 1)],
    ];
    let determinant = m[0][0] * cofactors[0][0] + m[0][1] * cofactors[0][1] + m[0][2] * cofactors[0][2];
    // Symmetric, so the cofactors need not be turned.
    (cofactors.map(|line| line.map(|value| value / determinant)), determinant)
}

impl Finding {
    /// Its name in files: `first`, `second` or `little`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Little => "little",
        }
    }
}

impl Look {
    /// What may be said at this look, if anything.
    #[must_use]
    pub fn finding(&self, certainty: f64) -> Option<Finding> {
        let sure = [(self.first, Finding::First), (self.second, Finding::Second), (self.little, Finding::Little)];
        sure.into_iter().find(|(probability, _)| *probability >= certainty).map(|(_, finding)| finding)
    }
}

/// All looks there are at these sessions: after each whole block, from the sixth session on.
#[must_use]
pub fn analyse(analysis: &Analysis, gains: &[Gain]) -> Vec<Look> {
    let when: Vec<_> = gains.iter().map(|gain| (gain.hours, gain.arm, gain.error)).collect();
    let values: Vec<f64> = gains.iter().map(|gain| gain.gain).collect();
    let training: Vec<f64> = gains.iter().map(|gain| gain.training).collect();
    Frame::new(analysis, &when).looks(analysis, &values, &training)
}

/// The first look at which something may be said, and what. Later looks do not change it: the rule was set for this.
#[must_use]
pub fn first_finding(looks: &[Look], certainty: f64) -> Option<(&Look, Finding)> {
    looks.iter().find_map(|look| Some((look, look.finding(certainty)?)))
}

#[cfg(test)]
impl Frame {
    /// How probable it is, after all sessions, that the difference is below a value.
    pub(super) fn below(&self, analysis: &Analysis, gains: &[f64], value: f64) -> f64 {
        let parts = self.posterior(analysis, &self.turned(gains, &[]), self.sessions);
        parts.iter().map(|part| part.weight * normal_cdf((value - part.centre) / part.sd)).sum()
    }

    /// The posterior of everything after all sessions.
    pub(super) fn everything(&self, analysis: &Analysis, gains: &[f64]) -> Vec<Everything> {
        let turned = self.turned(gains, &[]);
        let parts = self.posterior(analysis, &turned, self.sessions);
        let places = (0..CORRELATIONS.len()).flat_map(|correlation| (0..SCALES.len()).map(move |k| (correlation, k)));
        let of = |((correlation, k), part): ((usize, usize), &Part)| {
            let scale = SCALES[k];
            let precision = &self.whitened[correlation].precision[self.sessions - 1][k];
            let variance = scale * analysis.spread * scale * analysis.spread;
            let mean = times(&precision.inverse, &turned[0][correlation].up_to[self.sessions - 1].0)
                .map(|sum| sum / variance);
            Everything { weight: part.weight, correlation, scale, mean, covariance: precision.inverse }
        };
        places.zip(&parts).map(of).collect()
    }

    /// Logarithm of how likely gains are if everything is known, up to a constant.
    pub(super) fn ln_likelihood(
        &self,
        analysis: &Analysis,
        gains: &[f64],
        unknowns: [f64; UNKNOWNS],
        correlation: usize,
        scale: f64,
    ) -> f64 {
        let whitened = &self.whitened[correlation];
        let spread = scale * analysis.spread;
        let mut turned: Vec<f64> = Vec::new();
        let mut total = 0.0;
        for (i, gain) in gains.iter().enumerate() {
            let own = &whitened.root[i * (i + 1) / 2..(i + 1) * (i + 2) / 2];
            let known: f64 = own.iter().zip(&turned).map(|(a, b)| a * b).sum();
            let value = (gain - known) / own[i];
            turned.push(value);
            let off = (value - dot(&whitened.rows[i], &unknowns)) / spread;
            total -= 0.5 * off * off + math::ln(spread * own[i]);
        }
        total
    }
}

/// One normal part of the posterior of everything.
#[cfg(test)]
pub(super) struct Everything {
    pub weight: f64,
    pub correlation: usize,
    pub scale: f64,
    mean: [f64; UNKNOWNS],
    covariance: [[f64; UNKNOWNS]; UNKNOWNS],
}

#[cfg(test)]
impl Everything {
    /// The part in which a share of all the weight ends.
    pub(super) fn drawn(all: &[Self], share: f64) -> &Self {
        let mut left = share;
        all.iter()
            .find(|part| {
                left -= part.weight;
                left <= 0.0
            })
            .unwrap_or(&all[0])
    }

    /// The unknowns that three independent normal numbers stand for.
    pub(super) fn at(&self, z: [f64; UNKNOWNS]) -> [f64; UNKNOWNS] {
        let c = &self.covariance;
        let a = math::sqrt(c[0][0]);
        let (b, d) = (c[1][0] / a, c[2][0] / a);
        let e = math::sqrt(c[1][1] - b * b);
        let f = (c[2][1] - b * d) / e;
        let g = math::sqrt(c[2][2] - d * d - f * f);
        let m = &self.mean;
        [m[0] + a * z[0], m[1] + b * z[0] + e * z[1], m[2] + d * z[0] + f * z[1] + g * z[2]]
    }

    /// How probable it is in this part that an unknown is below a value.
    pub(super) fn below(&self, which: usize, value: f64) -> f64 {
        normal_cdf((value - self.mean[which]) / math::sqrt(self.covariance[which][which]))
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    clippy::needless_range_loop,
    reason = "a second way to the same numbers, in no shipped code"
)]
mod tests {
    use super::*;

    const ANALYSIS: Analysis = Analysis { worth_having: 1.0, spread: 1.2, certainty: 0.9 };

    fn gains() -> Vec<Gain> {
        let values = [2.1, 0.3, -0.4, 1.9, 2.6, 0.2, 0.9, 1.1];
        let hours = [0.0, 24.0, 72.0, 96.5, 121.0, 145.0, 300.0, 324.0];
        let arms = [0, 1, 1, 0, 0, 1, 1, 0];
        let errors = [1.0, 1.0, 1.5, 1.0, 1.0, 1.0, 0.75, 1.0];
        let gain =
            |i: usize| Gain { hours: hours[i], arm: arms[i], gain: values[i], error: errors[i], training: 0.0 };
        (0..8).map(gain).collect()
    }

    /// The same with training before some of them.
    fn trained() -> Vec<Gain> {
        let training = [0.0, -1.1, 0.4, 0.0, -0.2, 0.0, 0.9, -0.6];
        gains().into_iter().zip(training).map(|(gain, training)| Gain { training, ..gain }).collect()
    }

    fn squared(x: f64) -> f64 {
        x * x
    }

    /// By the book: the whole covariance of the readings with the unknowns in it, solved by elimination. Gives the
    /// posterior mean and variance of the difference and the logarithm of the readings' density.
    fn by_the_book(gains: &[Gain], (per_day, share): (f64, f64), scale: f64, gain: f64) -> (f64, f64, f64) {
        let n = gains.len();
        let s2 = squared(scale * ANALYSIS.spread);
        let prior = [squared(30.0 * ANALYSIS.spread), squared(2.0 / 1.644_853_626_951_472_7), 0.25];
        let x = |i: usize| {
            let half = |arm: u8| if arm == 0 { 0.5 } else { -0.5 };
            [1.0, half(gains[i].arm), if i == 0 { 0.0 } else { half(gains[i - 1].arm) }]
        };
        let mut a = vec![vec![0.0; n + 2]; n];
        for i in 0..n {
            for j in 0..n {
                let apart = (gains[i].hours - gains[j].hours).abs() / 24.0;
                let alike = if share > 0.0 { share * math::exp(apart * math::ln(per_day)) } else { 0.0 };
                let own = if i == j { (1.0 - share) * gains[i].error } else { 0.0 };
                a[i][j] = s2 * (alike + own) + (0..3).map(|k| prior[k] * x(i)[k] * x(j)[k]).sum::<f64>();
            }
            a[i][n] = gains[i].gain - gain * gains[i].training;
            a[i][n + 1] = prior[1] * x(i)[1];
        }
        let mut log_determinant = 0.0;
        for i in 0..n {
            let pivot = a[i][i];
            log_determinant += math::ln(pivot);
            for j in i..n + 2 {
                a[i][j] /= pivot;
            }
            for k in 0..n {
                if k != i {
                    let factor = a[k][i];
                    for j in i..n + 2 {
                        let value = a[i][j];
                        a[k][j] -= factor * value;
                    }
                }
            }
        }
        let quad: f64 = (0..n).map(|i| (gains[i].gain - gain * gains[i].training) * a[i][n]).sum();
        let mean: f64 = (0..n).map(|i| prior[1] * x(i)[1] * a[i][n]).sum();
        let variance = prior[1] - (0..n).map(|i| prior[1] * x(i)[1] * a[i][n + 1]).sum::<f64>();
        (mean, variance, -0.5 * (log_determinant + quad))
    }

    #[test]
    fn it_is_what_the_whole_covariance_gives_by_elimination() {
        for (all, sessions) in [(gains(), 6), (gains(), 8), (trained(), 6), (trained(), 8)] {
            let gains = &all[..sessions];
            let mut parts = Vec::new();
            for correlation in CORRELATIONS {
                for scale in SCALES {
                    for gain in [0.0, 0.4, 0.9, 1.6, 2.6] {
                        let (mean, variance, log_density) = by_the_book(gains, correlation, scale, gain);
                        let z = math::ln(scale) / 0.3;
                        parts.push((log_density - 0.5 * z * z, mean, variance));
                    }
                }
            }
            let highest = parts.iter().map(|part| part.0).fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = parts.iter().map(|part| math::exp(part.0 - highest)).sum();
            let over = |value: fn(&(f64, f64, f64)) -> f64| -> f64 {
                parts.iter().map(|part| math::exp(part.0 - highest) / total * value(part)).sum()
            };
            let mean = over(|part| part.1);
            let sd = math::sqrt(over(|part| part.2 + part.1 * part.1) - mean * mean);
            let looks = analyse(&ANALYSIS, gains);
            let look = looks.last().unwrap();
            assert_eq!(look.sessions, sessions);
            // Parts that hardly count are left out: at most 1e-9 of each of 125.
            assert!((look.mean - mean).abs() < 1e-8 && (look.sd - sd).abs() < 1e-8, "{look:?}, {mean}, {sd}");
            let first = over(|part| normal_cdf((part.1 - 1.0) / math::sqrt(part.2)));
            assert!((look.first - first).abs() < 1e-8);
            assert!((look.first + look.second + look.little - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn what_training_explains_is_no_difference_between_the_ways() {
        // Whoever trained hard before every session of the second way, and is as sore as that lets expect.
        let told = |training: f64| {
            let one = |gain: Gain| {
                let before = if gain.arm == 1 { -1.5 } else { 0.0 };
                Gain { gain: 0.9 * before + 0.1 * gain.gain, training: training * before, ..gain }
            };
            let gains: Vec<Gain> = gains().into_iter().map(one).collect();
            *analyse(&ANALYSIS, &gains).last().unwrap()
        };
        let (with, without) = (told(1.0), told(0.0));
        assert!(without.mean > 0.9, "{without:?}");
        assert!(with.mean < 0.7 * without.mean && with.sd > without.sd, "{with:?} against {without:?}");
    }

    #[test]
    fn exchanging_the_ways_exchanges_the_answer() {
        let exchanged: Vec<Gain> = gains().iter().map(|gain| Gain { arm: 1 - gain.arm, ..*gain }).collect();
        for (one, other) in analyse(&ANALYSIS, &gains()).iter().zip(analyse(&ANALYSIS, &exchanged)) {
            assert!((one.mean + other.mean).abs() < 1e-12 && (one.first - other.second).abs() < 1e-12);
        }
    }

    #[test]
    fn what_both_ways_share_says_nothing_about_their_difference() {
        let shifted: Vec<Gain> = gains().iter().map(|gain| Gain { gain: gain.gain + 2.0, ..*gain }).collect();
        let (one, other) = (analyse(&ANALYSIS, &gains()), analyse(&ANALYSIS, &shifted));
        let (one, other) = (one.last().unwrap(), other.last().unwrap());
        assert!((one.mean - other.mean).abs() < 0.005 && (one.first - other.first).abs() < 0.005);
    }

    #[test]
    fn fewer_than_six_sessions_are_not_looked_at() {
        assert!(analyse(&ANALYSIS, &gains()[..5]).is_empty());
        assert_eq!(analyse(&ANALYSIS, &gains()[..7]).len(), 1, "and only after whole blocks");
    }
}
