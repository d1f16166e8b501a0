//! Simulated people: what they are really like is known, so that what they are told can be checked.
//!
//! Randomness lives here and nowhere in the engine. The same seed gives the same people on every machine.

use supple_core::draws::Draws;
use supple_core::learn::gain::{
    About, Around, HALF_LIFE_MINUTES, LEVEL_OVER_ERROR, SESSION_OVER_ERROR, TAU_SECONDS, Taken, Usual,
};
use supple_core::learn::grid::{Curve, LogNormal};
use supple_core::learn::normal_quantile;
use supple_core::math;

/// A seeded generator of numbers, with the distributions that simulations need.
#[derive(Debug, Clone)]
pub struct Dice(Draws);

impl Dice {
    /// The numbers of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(Draws::new(seed))
    }

    /// The numbers of one person among many of a seed.
    #[must_use]
    pub fn of(seed: u64, person: u64) -> Self {
        let mut dice = Self(Draws::new(seed ^ person.wrapping_mul(0xd6e8_feb8_6659_fd93)));
        dice.0.bits();
        dice
    }

    /// Above 0 and below 1.
    pub const fn uniform(&mut self) -> f64 {
        self.0.uniform()
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// 0 to `below` - 1.
    pub fn below(&mut self, below: u32) -> u32 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // smaller than `below`
        let drawn = (self.uniform() * f64::from(below)) as u32;
        drawn
    }

    /// A number of this distribution.
    pub fn log_normal(&mut self, of: LogNormal) -> f64 {
        of.at(self.normal())
    }
}

/// What a person is really like. Better is above zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Person {
    /// Mean level.
    pub level: f64,
    /// What a second test adds without any session.
    pub retest: f64,
    /// Average gain at the usual dose and wait.
    pub gain: f64,
    /// What the arm marked 0.5 gains more than the other.
    pub contrast: f64,
    /// Error of one trial.
    pub error: f64,
    /// Standard deviation of levels over the error.
    pub level_over_error: f64,
    /// Standard deviation of session effects over the error.
    pub session_over_error: f64,
    /// Correlation of levels a day apart; the model takes 0.
    pub phi: f64,
    /// Share of a session's gain that is still there at the next occasion; the model takes 0.
    pub carried_over: f64,
    /// Dose and time curve.
    pub curve: Curve,
}

impl Person {
    /// Draws one from the very priors that the model uses.
    pub fn drawn(about: &About, dice: &mut Dice) -> Self {
        Self {
            level: about.sign() * about.level.0 + about.level.1 * dice.normal(),
            retest: about.retest.0 + about.retest.1 * dice.normal(),
            gain: about.gain.0 + about.gain.1 * dice.normal(),
            contrast: about.contrast * dice.normal(),
            error: dice.log_normal(about.error_prior()),
            level_over_error: dice.log_normal(LEVEL_OVER_ERROR),
            session_over_error: dice.log_normal(SESSION_OVER_ERROR),
            phi: 0.0,
            carried_over: 0.0,
            curve: Curve {
                tau_seconds: dice.log_normal(TAU_SECONDS),
                half_life_minutes: dice.log_normal(HALF_LIFE_MINUTES),
            },
        }
    }
}

/// How a person tests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habit {
    /// Hours from one occasion to the next.
    pub hours: f64,
    /// Trials that each reading averages.
    pub trials: u8,
    /// Whether seconds and minutes differ from session to session (else always the usual).
    pub varied: bool,
    /// Whether sessions compare two arms.
    pub arms: bool,
    /// The usual dose and wait.
    pub usual: Usual,
}

/// Takes tests, one occasion after the other; of every three, one at random is a rest test.
#[derive(Debug, Clone)]
pub struct Tests {
    person: Person,
    habit: Habit,
    dice: Dice,
    sign: f64,
    taken: u32,
    rest: u32,
    level: f64,
    left_over: f64,
}

impl Tests {
    /// Begins. `sign` is that of [`About::sign`].
    #[must_use]
    pub fn new(person: Person, habit: Habit, sign: f64, mut dice: Dice) -> Self {
        let level = person.error * person.level_over_error * dice.normal();
        Self { person, habit, dice, sign, taken: 0, rest: 0, level, left_over: 0.0 }
    }

    /// The next occasion: readings before and after.
    pub fn next_occasion(&mut self) -> Around {
        let (person, habit) = (self.person, self.habit);
        if self.taken.is_multiple_of(3) {
            self.rest = self.dice.below(3);
        }
        let is_rest = self.taken % 3 == self.rest;
        let hours = f64::from(self.taken) * habit.hours;
        if self.taken > 0 {
            let kept = if person.phi > 0.0 { math::exp(math::ln(person.phi) * habit.hours / 24.0) } else { 0.0 };
            let free = math::sqrt(1.0 - kept * kept) * person.error * person.level_over_error;
            self.level = kept * self.level + free * self.dice.normal();
        }
        let (seconds, minutes) = if habit.varied {
            (30.0 * f64::from(1 + self.dice.below(6)), f64::from(1 + self.dice.below(15)))
        } else {
            (habit.usual.seconds, habit.usual.minutes)
        };
        let arm = if habit.arms { f64::from(self.dice.below(2)) - 0.5 } else { 0.0 };
        let session = person.error * person.session_over_error * self.dice.normal();
        let whole = person.curve.share(habit.usual.seconds, habit.usual.minutes);
        let load = if is_rest { 0.0 } else { person.curve.share(seconds, minutes) / whole };
        let gained = (person.gain + person.contrast * arm + session) * load;
        let noise = person.error / math::sqrt(f64::from(habit.trials));
        let level = person.level + self.level + self.left_over;
        let before = level + noise * self.dice.normal();
        let after = level + person.retest + gained + noise * self.dice.normal();
        self.left_over = person.carried_over * gained;
        self.taken += 1;
        let taken = |value: f64, after_minutes: Option<f64>| Taken {
            value: self.sign * value,
            trials: habit.trials,
            after_minutes,
        };
        Around {
            id: format!("{:05}", self.taken),
            hours,
            seconds: if is_rest { 0.0 } else { seconds },
            arm: if is_rest { 0.0 } else { arm },
            readings: vec![taken(before, None), taken(after, Some(minutes))],
        }
    }
}
