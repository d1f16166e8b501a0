//! One update of what is thought of a person's gain, over a year of readings: what a page waits for.

use crate::looks::{Crowd, USUAL};
use crate::people::{Dice, Habit, Person, Tests};
use supple_core::learn::gain::{About, Acute, Around};
use supple_core::learn::response::Chances;

/// A question, and a year of occasions of somebody whose doses and waits differ: one every other day.
#[derive(Debug, Clone)]
pub struct Year {
    about: About,
    occasions: Vec<Around>,
}

impl Year {
    /// The year of one person drawn from the priors.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let about = Crowd::with_effect(1.0, 2.0).question().sceptical();
        let mut dice = Dice::new(seed);
        let person = Person::drawn(&about, &mut dice);
        let habit = Habit { hours: 48.0, trials: 2, varied: true, arms: false, usual: USUAL };
        let mut tests = Tests::new(person, habit, about.sign(), dice);
        let occasions = (0..180).map(|_| tests.next_occasion()).collect();
        Self { about, occasions }
    }

    /// How many occasions it has.
    #[must_use]
    pub const fn occasions(&self) -> usize {
        self.occasions.len()
    }

    /// Learns from all of it and reads off the mean, the 90 % interval and the probabilities behind a sentence.
    #[must_use]
    pub fn update(&self) -> (f64, (f64, f64), Chances) {
        let gain = Acute::of(&self.about, &self.occasions).expect("priors are proper").gain();
        (gain.mean(), gain.interval(0.9), Chances::of(&gain, 1.0))
    }
}

#[cfg(target_arch = "wasm32")]
thread_local! {
    static YEAR: std::cell::RefCell<Option<Year>> = const { std::cell::RefCell::new(None) };
}

/// Prepares a year, for `scripts/update-in-chromium`.
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "a name that JavaScript can call; nothing else has it")]
#[unsafe(no_mangle)]
pub extern "C" fn bench_prepare(seed: u32) {
    YEAR.set(Some(Year::of(u64::from(seed))));
}

/// One update over the year that was prepared; the mean gain, so that nothing can be left out.
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "a name that JavaScript can call; nothing else has it")]
#[unsafe(no_mangle)]
pub extern "C" fn bench_update() -> f64 {
    YEAR.with_borrow(|year| year.as_ref().map_or(f64::NAN, |year| year.update().0))
}
