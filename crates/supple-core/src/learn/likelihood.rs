//! The rows to pool, and how well a spread explains them.
//!
//! ```text
//!  y = X b + u_trial + w_row + e
//!  u_trial ~ N(0, between)    w_row ~ N(0, within)    e ~ N(0, S)
//!  S = diag(v), or within a trial S_ij = rho sqrt(v_i v_j)
//! ```
//!
//! In a trial of `n` rows the covariance is a diagonal plus at most two rank-one terms, so one look costs a number of
//! steps in proportion to the rows, however many belong together (Woodbury's identity).

use super::linear::{Factored, dot};
use crate::math;
use core::f64::consts::PI;
use thiserror::Error;

/// Effects with their sampling variances, moderators and the trial each belongs to.
#[derive(Debug, Clone)]
pub struct Rows {
    y: Vec<f64>,
    v: Vec<f64>,
    x: Vec<Vec<f64>>,
    /// Row numbers, trial by trial.
    trials: Vec<Vec<usize>>,
    rho: f64,
    /// What is known of each coefficient beforehand: one over the variance of a prior around zero; 0 is nothing.
    known: Vec<f64>,
}

/// Why rows cannot be pooled.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RowsError {
    /// Fewer rows than can say anything about a spread.
    #[error("{rows} rows cannot be pooled with {coefficients} coefficients: at least {least} are needed")]
    TooFew {
        /// How many there are.
        rows: usize,
        /// The mean and the moderators.
        coefficients: usize,
        /// How many it takes.
        least: usize,
    },
    /// A list is longer or shorter than the effects.
    #[error("there are {rows} effects but {other} {what}")]
    Lengths {
        /// Effects.
        rows: usize,
        /// Of the other list.
        other: usize,
        /// Which list.
        what: &'static str,
    },
    /// A number that is none, or a variance of zero or less.
    #[error("row {row}: {what} is {value}, outside {allowed}")]
    Number {
        /// From 1.
        row: usize,
        /// Which number.
        what: &'static str,
        /// As it was given.
        value: f64,
        /// What may stand there.
        allowed: &'static str,
    },
    /// Moderators that say the same as each other or as the mean.
    #[error("the moderators say the same: one of them is constant, or follows from the others")]
    Collinear,
    /// Trials that cannot be told from rows.
    #[error("{trials} trials with {rows} rows: two trials at least, one of them with two rows, are needed")]
    Trials {
        /// How many.
        trials: usize,
        /// In all.
        rows: usize,
    },
    /// A correlation outside its range.
    #[error("the correlation within a trial is {0}, outside 0 to below 1")]
    Correlation(f64),
}

/// The spread of true effects: variances, on the scale of the effects squared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Components {
    /// Between trials; zero in a two-level model.
    pub between: f64,
    /// Between the rows of a trial; in a two-level model the whole of tau2.
    pub within: f64,
}

impl Components {
    /// Both together: the variance of a new true effect around the mean.
    #[must_use]
    pub fn total(self) -> f64 {
        self.between + self.within
    }
}

/// What one spread says.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Restricted log-likelihood; also the marginal likelihood under a flat prior of the coefficients.
    pub log_likelihood: f64,
    /// The mean (first) and the moderators' coefficients.
    pub coefficients: Vec<f64>,
    /// Their covariance.
    pub covariance: Vec<Vec<f64>>,
    /// The residual sum of squares in units of the covariance, y'Py.
    pub residual: f64,
    /// Trace of P, the inverse covariance with the coefficients taken out.
    pub trace: f64,
    /// Slope of the log-likelihood along (between, within).
    pub slope: [f64; 2],
    /// Average information of (between, within).
    pub information: [[f64; 2]; 2],
    /// P y, in the order of the rows.
    pub projected: Vec<f64>,
}

/// The covariance of one trial's rows: a diagonal and at most two directions.
struct Block<'r> {
    rows: &'r [usize],
    diagonal: Vec<f64>,
    directions: Vec<Vec<f64>>,
    core: Factored,
}

impl Block<'_> {
    /// The inverse times a column given over all rows, for the rows of this trial.
    fn solve(&self, column: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut solved: Vec<f64> = self.rows.iter().zip(&self.diagonal).map(|(row, d)| column(*row) / d).collect();
        if !self.directions.is_empty() {
            let seen: Vec<f64> = self.directions.iter().map(|u| dot(u, &solved)).collect();
            let share = self.core.solve(&seen);
            for (at, solved) in solved.iter_mut().enumerate() {
                let taken: f64 = self.directions.iter().zip(&share).map(|(u, share)| u[at] * share).sum();
                *solved -= taken / self.diagonal[at];
            }
        }
        solved
    }

    fn ln_determinant(&self) -> f64 {
        self.diagonal.iter().map(|d| math::ln(*d)).sum::<f64>() + self.core.ln_determinant()
    }

    /// Trace of the inverse.
    fn trace(&self) -> f64 {
        let plain: f64 = self.diagonal.iter().map(|d| 1.0 / d).sum();
        let inverse = self.core.inverse();
        let mut taken = 0.0;
        for (i, a) in self.directions.iter().enumerate() {
            for (j, b) in self.directions.iter().enumerate() {
                let both: f64 = a.iter().zip(b).zip(&self.diagonal).map(|((a, b), d)| a * b / (d * d)).sum();
                taken += inverse[i][j] * both;
            }
        }
        plain - taken
    }
}

impl Rows {
    /// Rows that stand alone: a two-level model with sampling errors independent of each other.
    ///
    /// # Errors
    /// [`RowsError`] if there are too few rows, a variance is not above zero, a number is not finite, or a list is of
    /// another length.
    pub fn new(y: Vec<f64>, v: Vec<f64>) -> Result<Self, RowsError> {
        if y.len() != v.len() {
            return Err(RowsError::Lengths { rows: y.len(), other: v.len(), what: "variances" });
        }
        for (at, (y, v)) in y.iter().zip(&v).enumerate() {
            if !y.is_finite() {
                return Err(RowsError::Number { row: at + 1, what: "yi", value: *y, allowed: "all finite numbers" });
            }
            if !v.is_finite() || *v <= 0.0 {
                let allowed = "finite numbers above zero";
                return Err(RowsError::Number { row: at + 1, what: "vi", value: *v, allowed });
            }
        }
        let x = vec![vec![1.0]; y.len()];
        let trials = (0..y.len()).map(|row| vec![row]).collect();
        let rows = Self { y, v, x, trials, rho: 0.0, known: vec![0.0] };
        rows.enough()?;
        Ok(rows)
    }

    /// With moderators: one list per row, all of one length.
    ///
    /// # Errors
    /// [`RowsError`] if a list is of another length, a number is not finite, moderators say the same as each other,
    /// or the rows are too few for them.
    pub fn with_moderators(mut self, moderators: &[Vec<f64>]) -> Result<Self, RowsError> {
        let width = self.design_of(moderators)?;
        self.known = vec![0.0; width + 1];
        self.enough()?;
        // Correlations, so that the unit a moderator is in does not matter.
        #[allow(clippy::cast_precision_loss)] // numbers of rows
        let n = self.y.len() as f64;
        let mean = |j: usize| self.x.iter().map(|x| x[j]).sum::<f64>() / n;
        let means: Vec<f64> = (1..=width).map(mean).collect();
        let cross = |i: usize, j: usize| {
            self.x.iter().map(|x| (x[i + 1] - means[i]) * (x[j + 1] - means[j])).sum::<f64>() / n
        };
        let spread: Vec<f64> = (0..width).map(|i| math::sqrt(cross(i, i))).collect();
        let constant = (0..width).any(|i| spread[i] <= 1e-12 * means[i].abs().max(1e-300));
        if constant || Factored::of(width, |i, j| cross(i, j) / (spread[i] * spread[j])).is_none() {
            return Err(RowsError::Collinear);
        }
        Ok(self)
    }

    fn design_of(&mut self, moderators: &[Vec<f64>]) -> Result<usize, RowsError> {
        let rows = self.y.len();
        if moderators.len() != rows {
            return Err(RowsError::Lengths { rows, other: moderators.len(), what: "rows of moderators" });
        }
        let width = moderators.first().map_or(0, Vec::len);
        for (at, values) in moderators.iter().enumerate() {
            if values.len() != width {
                return Err(RowsError::Lengths { rows: width, other: values.len(), what: "moderators in a row" });
            }
            if let Some(value) = values.iter().find(|value| !value.is_finite()) {
                let allowed = "all finite numbers";
                return Err(RowsError::Number { row: at + 1, what: "a moderator", value: *value, allowed });
            }
        }
        self.x =
            moderators.iter().map(|values| std::iter::once(1.0).chain(values.iter().copied()).collect()).collect();
        Ok(width)
    }

    /// With the trial each row belongs to, numbered in any way: a three-level model. `rho` is the correlation of the
    /// sampling errors within a trial, 0 (independent) to below 1.
    ///
    /// # Errors
    /// [`RowsError`] if the list is of another length, `rho` is out of range, or trials cannot be told from rows.
    pub fn with_trials(mut self, trial_of: &[usize], rho: f64) -> Result<Self, RowsError> {
        let rows = self.y.len();
        if trial_of.len() != rows {
            return Err(RowsError::Lengths { rows, other: trial_of.len(), what: "trials" });
        }
        if !(0.0..1.0).contains(&rho) {
            return Err(RowsError::Correlation(rho));
        }
        let mut trials = crate::sorted::SortedMap::<usize, Vec<usize>>::new();
        for (row, trial) in trial_of.iter().enumerate() {
            trials.get_or_default(*trial).push(row);
        }
        self.trials = trials.into_values().collect();
        self.rho = rho;
        if self.trials.len() < 2 || self.trials.len() == rows {
            return Err(RowsError::Trials { trials: self.trials.len(), rows });
        }
        Ok(self)
    }

    /// With moderators whose coefficients have a normal prior around zero of standard deviation `sd` (above zero); the
    /// mean's stays flat. What the rows say little about then moves little, and columns may even be constant.
    ///
    /// # Errors
    /// [`RowsError`] if a list is of another length or a number is not finite.
    pub fn with_shrunk_moderators(mut self, moderators: &[Vec<f64>], sd: f64) -> Result<Self, RowsError> {
        let width = self.design_of(moderators)?;
        self.known = vec![1.0 / (sd * sd); width + 1];
        self.known[0] = 0.0;
        Ok(self)
    }

    fn enough(&self) -> Result<(), RowsError> {
        let coefficients = self.x.first().map_or(1, Vec::len);
        let least = coefficients + 1;
        if self.y.len() < least {
            return Err(RowsError::TooFew { rows: self.y.len(), coefficients, least });
        }
        Ok(())
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.y.len()
    }

    /// Never: at least two rows are needed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.y.is_empty()
    }

    /// The mean and the moderators.
    #[must_use]
    pub fn coefficients(&self) -> usize {
        self.x[0].len()
    }

    /// Row numbers, trial by trial; one each where no trials were given.
    #[must_use]
    pub fn trials(&self) -> &[Vec<usize>] {
        &self.trials
    }

    /// Whether trials were given, so that there are two spreads to find.
    #[must_use]
    pub fn three_levels(&self) -> bool {
        self.trials.len() < self.y.len()
    }

    /// The effects.
    #[must_use]
    pub fn effects(&self) -> &[f64] {
        &self.y
    }

    /// Their sampling variances.
    #[must_use]
    pub fn variances(&self) -> &[f64] {
        &self.v
    }

    /// One row of the design: 1 and the moderators.
    #[must_use]
    pub fn design(&self, row: usize) -> &[f64] {
        &self.x[row]
    }

    /// The same rows with sampling errors taken as independent and no spread, for Q and I2.
    #[must_use]
    pub fn as_if_alone(&self) -> Self {
        Self { trials: (0..self.y.len()).map(|row| vec![row]).collect(), rho: 0.0, ..self.clone() }
    }

    fn block<'r>(&self, rows: &'r [usize], spread: Components) -> Option<Block<'r>> {
        let rho = if rows.len() > 1 { self.rho } else { 0.0 };
        let diagonal: Vec<f64> = rows.iter().map(|row| (1.0 - rho) * self.v[*row] + spread.within).collect();
        let mut directions = Vec::new();
        if rho > 0.0 {
            directions.push(rows.iter().map(|row| math::sqrt(rho * self.v[*row])).collect::<Vec<_>>());
        }
        if spread.between > 0.0 {
            directions.push(vec![math::sqrt(spread.between); rows.len()]);
        }
        let core = Factored::of(directions.len(), |i, j| {
            let both: f64 =
                directions[i].iter().zip(&directions[j]).zip(&diagonal).map(|((a, b), d)| a * b / d).sum();
            if i == j { 1.0 + both } else { both }
        })?;
        Some(Block { rows, diagonal, directions, core })
    }

    /// What this spread says about the rows; `curved` asks for slope and information too. None if the rows cannot
    /// be told apart at this spread, which finite variances above zero exclude unless they differ by 1e10 or more.
    #[must_use]
    pub fn evaluate(&self, spread: Components, curved: bool) -> Option<Evaluation> {
        let (n, p) = (self.y.len(), self.coefficients());
        let blocks: Vec<Block> =
            self.trials.iter().map(|rows| self.block(rows, spread)).collect::<Option<Vec<_>>>()?;
        let mut ln_determinant = 0.0;
        // Every column divided by the covariance, over all rows.
        let mut solved_x = vec![vec![0.0; n]; p];
        let mut solved_y = vec![0.0; n];
        let spread_out = |block: &Block, part: Vec<f64>, into: &mut [f64]| {
            for (row, value) in block.rows.iter().zip(part) {
                into[*row] = value;
            }
        };
        for block in &blocks {
            ln_determinant += block.ln_determinant();
            for (j, solved) in solved_x.iter_mut().enumerate() {
                spread_out(block, block.solve(|row| self.x[row][j]), solved);
            }
            spread_out(block, block.solve(|row| self.y[row]), &mut solved_y);
        }
        let column = |j: usize| (0..n).map(move |row| self.x[row][j]);
        let gram = Factored::of(p, |i, j| {
            let seen: f64 = column(i).zip(&solved_x[j]).map(|(x, s)| x * s).sum();
            if i == j { seen + self.known[i] } else { seen }
        })?;
        let right: Vec<f64> = (0..p).map(|j| column(j).zip(&solved_y).map(|(x, s)| x * s).sum()).collect();
        let coefficients = gram.solve(&right);
        let covariance = gram.inverse();
        let project = |solved: &[f64], seen: &[f64]| -> Vec<f64> {
            let share = gram.solve(seen);
            (0..n).map(|row| solved[row] - (0..p).map(|j| solved_x[j][row] * share[j]).sum::<f64>()).collect()
        };
        let projected = project(&solved_y, &right);
        let residual = dot(&self.y, &projected);
        #[allow(clippy::cast_precision_loss)] // numbers of rows
        // With priors there may be more coefficients than rows; it is a constant all the same.
        let free = n as f64 - p as f64;
        let log_likelihood = -0.5 * (ln_determinant + gram.ln_determinant() + residual + free * math::ln(2.0 * PI));
        let mut evaluation = Evaluation {
            log_likelihood,
            coefficients,
            covariance,
            residual,
            trace: 0.0,
            slope: [0.0; 2],
            information: [[0.0; 2]; 2],
            projected,
        };
        if curved {
            self.bend(&mut evaluation, &blocks, &solved_x, &project);
        }
        Some(evaluation)
    }

    /// Slope and average information of the log-likelihood.
    ///
    /// Source: Gilmour AR, Thompson R, Cullis BR. Biometrics 1995;51:1440-1450.
    fn bend(
        &self,
        evaluation: &mut Evaluation,
        blocks: &[Block],
        solved_x: &[Vec<f64>],
        project: &impl Fn(&[f64], &[f64]) -> Vec<f64>,
    ) {
        let (n, p) = (self.y.len(), solved_x.len());
        // Sums over a trial stand for the between-trials direction, the rows themselves for the within one.
        let sum = |values: &[f64], rows: &[usize]| rows.iter().map(|row| values[*row]).sum::<f64>();
        let mut traces = [0.0; 2];
        for block in blocks {
            traces[0] += block.solve(|_| 1.0).iter().sum::<f64>();
            traces[1] += block.trace();
        }
        for (i, a) in solved_x.iter().enumerate() {
            for (j, b) in solved_x.iter().enumerate() {
                let over_trials: f64 = self.trials.iter().map(|rows| sum(a, rows) * sum(b, rows)).sum();
                traces[0] -= evaluation.covariance[i][j] * over_trials;
                traces[1] -= evaluation.covariance[i][j] * dot(a, b);
            }
        }
        evaluation.trace = traces[1];
        let within = evaluation.projected.clone();
        let mut between = vec![0.0; n];
        for rows in &self.trials {
            let total = sum(&within, rows);
            for row in rows {
                between[*row] = total;
            }
        }
        let moved = [between, within];
        let again: Vec<Vec<f64>> = moved
            .iter()
            .map(|column| {
                let mut solved = vec![0.0; n];
                for block in blocks {
                    for (row, value) in block.rows.iter().zip(block.solve(|row| column[row])) {
                        solved[*row] = value;
                    }
                }
                let seen: Vec<f64> =
                    (0..p).map(|j| (0..n).map(|row| solved_x[j][row] * column[row]).sum::<f64>()).collect();
                project(&solved, &seen)
            })
            .collect();
        for k in 0..2 {
            evaluation.slope[k] = -0.5 * (traces[k] - dot(&evaluation.projected, &moved[k]));
            for (information, again) in evaluation.information[k].iter_mut().zip(&again) {
                *information = 0.5 * dot(&moved[k], again);
            }
        }
    }
}
