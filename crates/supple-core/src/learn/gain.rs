//! What one session does to one test of one person, on average: `docs/model.md` §5.
//!
//! ```text
//! y = level + r [repeat] + (G + a_s) q + C arm q + e       q = g(x) h(t) / (g(usual x) h(usual t))
//! ```
//!
//! All numbers are turned so that more is better. G is the gain at the usual dose and wait, so the curves of dose and
//! time matter only where readings differ from the usual.

use super::gaussian::{Normal, Occasion, Row};
use super::grid::{Curve, Curves, Grid, Learner, LogNormal, Node, Posterior};
use super::mixture::Mixture;
use crate::math;

/// The coefficients: day level, retest gain, gain at the usual dose, contrast between two arms.
pub const COEFFICIENTS: usize = 4;
/// Which coefficient is the retest gain.
pub const RETEST: usize = 1;
/// Which is the gain at the usual dose and wait.
pub const GAIN: usize = 2;
/// Which is the difference of the gain between two arms.
pub const ARM: usize = 3;

/// Seconds of pressure until 63 % of the full gain, and how far people differ in it.
///
/// Source: shared reference, trials that compared durations: half the effect by 30 to 60 s; spread our judgement.
pub const TAU_SECONDS: LogNormal = LogNormal { median: 60.0, spread: 0.4 };
/// Minutes until half of a gain is gone, and how far people differ in it.
///
/// Source: `monteiro_2019` (59 % after 10 minutes, 34 % after 20); spread our judgement.
pub const HALF_LIFE_MINUTES: LogNormal = LogNormal { median: super::HALF_LIFE_MINUTES, spread: 0.4 };
/// How far a person's error may lie from the published one: 95 % between half and twice. Our judgement.
const ERROR_SPREAD: f64 = 0.35;
/// How far a person's levels of different days lie apart, over the error of one trial. Our judgement: tests vary more
/// between days than between trials.
pub const LEVEL_OVER_ERROR: LogNormal = LogNormal { median: 1.5, spread: 0.6 };
/// How far the gain differs from session to session, over the error of one trial. Our judgement.
pub const SESSION_OVER_ERROR: LogNormal = LogNormal { median: 0.5, spread: 0.6 };

/// One reading of an occasion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taken {
    /// The reading, in the measure's unit.
    pub value: f64,
    /// How many trials were averaged; 0 counts as 1.
    pub trials: u8,
    /// Minutes after the last pressure, or after the same wait without it; none for a reading before.
    pub after_minutes: Option<f64>,
}

/// Readings around a session, or around a wait of the same length without pressure: a *rest test*.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// What names the occasion: the session's id, or the first reading's event.
    pub id: String,
    /// Hours since any moment, the same for all occasions.
    pub hours: f64,
    /// Seconds of pressure on the muscles of the test; 0 in a rest test.
    pub seconds: f64,
    /// In a comparison of two arms -0.5 or 0.5; else 0.
    pub arm: f64,
    /// Its readings.
    pub readings: Vec<Taken>,
}

impl Around {
    /// Whether it has a reading before and one after, so that it shows a difference.
    #[must_use]
    pub fn is_pair(&self) -> bool {
        self.difference().is_some()
    }

    /// Whether it is a wait without pressure.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        self.seconds <= 0.0
    }

    /// First reading after minus last before, in the measure's unit.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        let before = self.readings.iter().rev().find(|taken| taken.after_minutes.is_none())?;
        let after = self.readings.iter().find(|taken| taken.after_minutes.is_some())?;
        Some(after.value - before.value)
    }
}

/// What is known of a test before this person took it. Values in the measure's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct About {
    /// Whether a larger value is better. Gains are always counted in the better direction.
    pub higher_is_better: bool,
    /// Standard error of one trial; above zero.
    pub error: f64,
    /// Where a person's level may lie: mean and standard deviation.
    pub level: (f64, f64),
    /// What a second test adds without any session, in the better direction: mean and standard deviation.
    pub retest: (f64, f64),
    /// The gain to expect at the usual dose: mean and standard deviation.
    pub gain: (f64, f64),
    /// How far the gains of two arms may lie apart: standard deviation around zero.
    pub contrast: f64,
}

impl About {
    /// The sign that turns a value so that more is better.
    #[must_use]
    pub fn sign(&self) -> f64 {
        if self.higher_is_better { 1.0 } else { -1.0 }
    }

    /// What is thought of the coefficients beforehand.
    #[must_use]
    pub fn prior(&self) -> Normal<COEFFICIENTS> {
        let level = (self.sign() * self.level.0, self.level.1);
        Normal::independent([level, self.retest, self.gain, (0.0, self.contrast)])
    }

    /// What is thought of the spreads beforehand, as a grid.
    #[must_use]
    pub fn grid(&self) -> Grid {
        Grid {
            errors: self.error_prior().nodes(3.0, 11),
            levels: LEVEL_OVER_ERROR.nodes(3.0, 7),
            sessions: SESSION_OVER_ERROR.nodes(2.5, 6),
            phis: Node::certain(0.0),
            curves: Curves::Unknown { tau_seconds: TAU_SECONDS, half_life_minutes: HALF_LIFE_MINUTES },
        }
    }

    /// A grid of one curve and few spreads, for where readings are gone through thousands of times, or for many tests
    /// at once. With one dose and 90 occasions it tells one or two people of a hundred something else than [`About::grid`].
    #[must_use]
    pub fn coarse_grid(&self) -> Grid {
        let grid = self.grid();
        Grid {
            errors: self.error_prior().nodes(2.4, 11),
            levels: LEVEL_OVER_ERROR.nodes(2.0, 5),
            sessions: SESSION_OVER_ERROR.nodes(1.5, 3),
            curves: Curves::One(grid.curves.first()),
            ..grid
        }
    }

    /// What is thought of this person's error of one trial.
    #[must_use]
    pub fn error_prior(&self) -> LogNormal {
        LogNormal { median: self.error, spread: ERROR_SPREAD }
    }
}

/// How long and how soon after: what the gain is told for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    /// Seconds of pressure on the muscles of the test.
    pub seconds: f64,
    /// Minutes from the last pressure to the reading.
    pub minutes: f64,
}

/// Where there is no session yet: seconds and minutes in the middle of what studies did. Our judgement.
const NO_SESSION_YET: Usual = Usual { seconds: 90.0, minutes: 5.0 };

impl Usual {
    /// The middle one of all sessions' seconds, and of all readings' minutes.
    #[must_use]
    pub fn of(occasions: &[Around]) -> Self {
        let sessions = || occasions.iter().filter(|around| !around.is_rest());
        let minutes = sessions().flat_map(|around| &around.readings).filter_map(|taken| taken.after_minutes);
        Self {
            seconds: middle(sessions().map(|around| around.seconds)).unwrap_or(NO_SESSION_YET.seconds),
            minutes: middle(minutes).unwrap_or(NO_SESSION_YET.minutes),
        }
    }
}

/// The median; the lower one of two.
fn middle(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len().checked_sub(1)? / 2).copied()
}

/// An occasion as the linear model sees it.
#[must_use]
pub fn occasion(about: &About, usual: Usual, curve: &Curve, around: &Around) -> Occasion<COEFFICIENTS> {
    let whole = curve.share(usual.seconds, usual.minutes);
    let row = |taken: &Taken| {
        let repeat = f64::from(u8::from(taken.after_minutes.is_some()));
        let load = match taken.after_minutes {
            Some(minutes) if !around.is_rest() => curve.share(around.seconds, minutes) / whole,
            _ => 0.0,
        };
        Row {
            design: [1.0, repeat, load, around.arm * load],
            value: about.sign() * taken.value,
            trials: f64::from(taken.trials.max(1)),
            load,
        }
    };
    Occasion { hours: around.hours, rows: around.readings.iter().map(row).collect() }
}

/// What is thought of one test of one person, once its readings are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Acute {
    /// The posterior over coefficients and spreads.
    pub posterior: Posterior<COEFFICIENTS>,
    /// What the gain is told for.
    pub usual: Usual,
}

impl Acute {
    /// Learns from occasions in any order. None if a number of `about` is not what it must be, such as an error of 0.
    #[must_use]
    pub fn of(about: &About, occasions: &[Around]) -> Option<Self> {
        Self::on(&about.grid(), about, occasions)
    }

    /// The same over a grid of one's own.
    #[must_use]
    pub fn on(grid: &Grid, about: &About, occasions: &[Around]) -> Option<Self> {
        Self::at(grid, about, Usual::of(occasions), occasions)
    }

    /// The same for a dose and wait of one's own.
    #[must_use]
    pub fn at(grid: &Grid, about: &About, usual: Usual, occasions: &[Around]) -> Option<Self> {
        let mut ordered: Vec<&Around> = occasions.iter().collect();
        ordered.sort_by(|a, b| a.hours.total_cmp(&b.hours).then_with(|| a.id.cmp(&b.id)));
        let seen = |curve: &Curve| ordered.iter().map(|around| occasion(about, usual, curve, around)).collect();
        let posterior = Posterior::of(grid, seen, |_| about.prior())?;
        Some(Self { posterior, usual })
    }

    /// The average gain at the usual dose and wait, in the measure's unit, better above zero; retest gain taken off.
    #[must_use]
    pub fn gain(&self) -> Mixture {
        self.posterior.coefficient(GAIN)
    }

    /// What a second test adds without any session.
    #[must_use]
    pub fn retest(&self) -> Mixture {
        self.posterior.coefficient(RETEST)
    }

    /// The gain of the arm marked 0.5 minus that of the other.
    #[must_use]
    pub fn contrast(&self) -> Mixture {
        self.posterior.coefficient(ARM)
    }

    /// Posterior mean of the error of one trial, in the measure's unit.
    #[must_use]
    pub fn error(&self) -> f64 {
        self.posterior.mean_of(|given| given.error)
    }

    /// Posterior mean of how far the gain differs from session to session: a standard deviation.
    #[must_use]
    pub fn session_spread(&self) -> f64 {
        self.posterior.mean_of(|given| given.error * given.spread.session)
    }
}

/// The standard error of the mean of so many trials.
#[must_use]
pub fn error_of_reading(error_of_one_trial: f64, trials: u8) -> f64 {
    error_of_one_trial / math::sqrt(f64::from(trials.max(1)))
}

/// Learns one occasion after the other, at one dose and wait, and can be asked after each: for simulations of many
/// looks, where [`Acute::of`] would read everything again each time.
#[derive(Debug, Clone)]
pub struct Looks {
    about: About,
    usual: Usual,
    curve: Curve,
    learner: Learner<COEFFICIENTS>,
}

impl Looks {
    /// Knows nothing yet. The grid's first curve is used. None as for [`Acute::on`].
    #[must_use]
    pub fn new(grid: &Grid, about: &About, usual: Usual) -> Option<Self> {
        let curve = grid.curves.first();
        Some(Self { about: *about, usual, curve, learner: Learner::new(grid, about.prior())? })
    }

    /// Learns from one more occasion, not earlier than the last.
    pub fn add(&mut self, around: &Around) {
        self.learner.add(&occasion(&self.about, self.usual, &self.curve, around));
    }

    /// What is thought now. None as for [`Learner::posterior`].
    #[must_use]
    pub fn now(&self) -> Option<Acute> {
        Some(Acute { posterior: self.learner.posterior()?, usual: self.usual })
    }
}
