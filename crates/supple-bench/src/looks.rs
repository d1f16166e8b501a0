//! Many simulated people who look at their result after each session: how often is somebody told something false, and
//! how long does it take to be told what is true?
//!
//! Everything is in units of the smallest change worth having, so that a few numbers hold for every test.

use crate::people::{Dice, Habit, Person, Tests};
use supple_core::learn::gain::{Looks, RETEST, Usual, error_of_reading};
use supple_core::learn::response::Chances;
use supple_core::learn::{LEAST_REST_TESTS, LEAST_SESSIONS, MOST_SESSIONS, Question};
use supple_core::math;

/// The dose and wait of simulated sessions: always the same, so that the curves of dose and time play no part.
pub const USUAL: Usual = Usual { seconds: 90.0, minutes: 5.0 };
/// Trials that each reading averages. Only the error of a reading matters, not of how many trials it is made.
const TRIALS: u8 = 2;
/// Every other day.
const HOURS: f64 = 48.0;

/// What is wrong with the model, in truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wrong {
    /// Nothing.
    Nothing,
    /// The person's error is a quarter larger than one of those the model expects.
    LargerError,
    /// Levels of occasions two days apart correlate with 0.25; the model takes 0.
    Correlated,
    /// A quarter of what a session did is still there at the next occasion.
    CarriedOver,
}

/// What simulated people have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crowd {
    /// Published standard error of one reading, over the smallest change worth having.
    pub error: f64,
    /// How unsure the retest gain is beforehand: standard deviation over the error of a reading; at least 2.
    pub retest: f64,
    /// Their retest gain in standard deviations of its prior; none: drawn from it.
    pub retest_at: Option<f64>,
    /// Their average gain, in smallest changes worth having.
    pub gain: f64,
    /// Whether the person's own error is the published one (else drawn from its prior).
    pub known_error: bool,
    /// What is wrong with the model.
    pub wrong: Wrong,
}

impl Crowd {
    /// People whom sessions do nothing for.
    #[must_use]
    pub const fn without_effect(error: f64, retest: f64, retest_at: f64) -> Self {
        let (retest_at, wrong) = (Some(retest_at), Wrong::Nothing);
        Self { error, retest, retest_at, gain: 0.0, known_error: false, wrong }
    }

    /// People who gain twice the smallest change worth having, and know their own error.
    #[must_use]
    pub const fn with_effect(error: f64, retest: f64) -> Self {
        Self { error, retest, retest_at: None, gain: 2.0, known_error: true, wrong: Wrong::Nothing }
    }

    /// What is asked about them.
    #[must_use]
    pub fn question(&self) -> Question {
        Question {
            higher_is_better: true,
            error: self.error * math::sqrt(f64::from(TRIALS)),
            worthwhile: 1.0,
            level: (0.0, 30.0 * self.error.max(1.0)),
            retest: (0.0, self.retest * self.error),
            trials: TRIALS,
        }
    }

    /// One of them.
    #[must_use]
    pub fn person(&self, seed: u64, number: u64) -> (Person, Tests) {
        let about = self.question().sceptical();
        let mut dice = Dice::of(seed, number);
        let mut person = Person::drawn(&about, &mut dice);
        person.gain = self.gain;
        person.contrast = 0.0;
        if let Some(z) = self.retest_at {
            person.retest = about.prior().mean[RETEST] + z * about.retest.1;
        }
        if self.known_error {
            person.error = about.error;
        }
        match self.wrong {
            Wrong::Nothing => {}
            Wrong::LargerError => person.error *= 1.25,
            Wrong::Correlated => person.phi = 0.5, // 0.25 after two days
            Wrong::CarriedOver => person.carried_over = 0.25,
        }
        let habit = Habit { hours: HOURS, trials: TRIALS, varied: false, arms: false, usual: USUAL };
        (person, Tests::new(person, habit, about.sign(), dice))
    }
}

/// What one person could have been told after each session, up to [`MOST_SESSIONS`].
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Sessions so far, and how probable each sentence was; only looks at which something may be told.
    pub looks: Vec<(u32, Chances)>,
}

impl Course {
    /// The course of one person.
    ///
    /// # Panics
    /// Never: the questions of a [`Crowd`] have proper priors.
    #[must_use]
    pub fn of(crowd: &Crowd, seed: u64, number: u64) -> Self {
        let question = crowd.question();
        let about = question.sceptical();
        let (_, mut tests) = crowd.person(seed, number);
        let mut model = Looks::new(&about.coarse_grid(), &about, USUAL).expect("priors are proper");
        let (mut sessions, mut rest_tests) = (0, 0);
        let mut looks = Vec::new();
        while sessions < MOST_SESSIONS {
            let around = tests.next_occasion();
            model.add(&around);
            if around.is_rest() {
                rest_tests += 1;
            } else {
                sessions += 1;
            }
            if rest_tests >= LEAST_REST_TESTS && sessions >= LEAST_SESSIONS {
                let gain = model.now().expect("numbers are of one size").gain();
                looks.push((sessions, Chances::of(&gain, question.worthwhile)));
            }
        }
        Self { looks }
    }

    /// The certainty below which somebody without effect is told at some look that there is one.
    #[must_use]
    pub fn misled_below(&self) -> f64 {
        self.looks.iter().map(|(_, chances)| chances.helps.max(chances.worse)).fold(0.0, f64::max)
    }

    /// Sessions until it is said that it helps.
    #[must_use]
    pub fn helped_after(&self, certainty: f64) -> Option<u32> {
        self.looks.iter().find(|(_, chances)| chances.helps >= certainty).map(|(sessions, _)| *sessions)
    }

    /// Sessions until it is said that it makes little difference.
    #[must_use]
    pub fn little_after(&self, certainty: f64) -> Option<u32> {
        self.looks.iter().find(|(_, chances)| chances.little >= certainty).map(|(sessions, _)| *sessions)
    }
}

/// The courses of many people.
#[must_use]
pub fn courses(crowd: &Crowd, seed: u64, people: u32) -> Vec<Course> {
    (0..u64::from(people)).map(|number| Course::of(crowd, seed, number)).collect()
}

/// The share of people without effect who are told at some look that there is one.
#[must_use]
pub fn share_misled(courses: &[Course], certainty: f64) -> f64 {
    share(courses, |course| course.misled_below() >= certainty)
}

/// The share of people who are told within so many sessions that it helps.
#[must_use]
pub fn share_helped(courses: &[Course], certainty: f64, sessions: u32) -> f64 {
    share(courses, |course| course.helped_after(certainty).is_some_and(|after| after <= sessions))
}

/// The share of courses of which something is true.
#[must_use]
#[allow(clippy::cast_precision_loss)] // thousands
pub fn share(courses: &[Course], is: impl Fn(&Course) -> bool) -> f64 {
    courses.iter().filter(|course| is(course)).count() as f64 / courses.len() as f64
}

/// The standard error of a share.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn error_of_share(share: f64, people: usize) -> f64 {
    math::sqrt(share * (1.0 - share) / people as f64)
}

/// The standard error of one reading that a person has, in smallest changes worth having.
#[must_use]
pub fn own_error(person: &Person) -> f64 {
    error_of_reading(person.error, TRIALS)
}
