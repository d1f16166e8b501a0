//! How many sessions it will take, and how sure to be: by simulation, before the first reading.

use super::analysis::{Analysis, CARRY_OVER_SD, CORRELATIONS, Frame, Look, SCALES, contrast};
use super::seed::Seed;
use crate::learn::normal_quantile;

/// The most sessions that are ever promised.
pub const LONGEST: u8 = 60;

/// At most this share of people without any difference is told of one, over all looks. The bound of the specification
/// is 5 %; less is aimed at, because the rule is found with finitely many simulated people.
const FALSE_SHARE: f64 = 0.035;
/// At least this share of simulated people with a difference of twice what is worth having is told so. The bound of the
/// specification is 80 %; the smallest number that reaches a bound in simulated people flatters itself.
const POWER: f64 = 0.84;
/// Never less sure than this, however little the simulated people vary.
const LEAST_CERTAINTY: f64 = 0.8;
/// And never surer: a probability this close to one is out of reach of the grid behind it.
const MOST_CERTAINTY: f64 = 0.999;

const PEOPLE_WITHOUT: usize = 800;
const PEOPLE_WITH: usize = 400;
/// Orders that simulated people get in turn. The promise is made before the order is drawn, so it holds over orders.
const ORDERS: usize = 16;

/// What a promise is made for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The smallest difference worth having, in the measure's unit.
    pub worth_having: f64,
    /// Standard deviation of one gain by error and chance alone, in the same unit.
    pub spread: f64,
    /// Hours between sessions if none is missed: the wash-out, but at least a day.
    pub hours_between: f64,
}

/// What can be promised before it starts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise {
    /// The smallest number of sessions, at most [`LONGEST`], that finds a difference of twice what is worth having in
    /// at least 80 % of people; none where no such number exists.
    pub sessions: Option<u8>,
    /// How sure to be at every look of an experiment of that many sessions (of [`LONGEST`] where there is none).
    pub certainty: f64,
    /// The share of people in whom such a difference is found by then.
    pub power: f64,
}

/// Finds the smallest number of sessions that can be promised. The same setting gives the same promise.
#[must_use]
pub fn promise(setting: &Setting) -> Promise {
    let people = People::simulated(setting, LONGEST);
    let lengths = (0..people.looks).map(|look| people.at(look));
    let mut last = None;
    for promise in lengths {
        if promise.sessions.is_some() {
            return promise;
        }
        last = Some(promise);
    }
    last.unwrap_or(Promise { sessions: None, certainty: MOST_CERTAINTY, power: 0.0 })
}

impl Promise {
    /// What can be said of an experiment of so many sessions, whether or not it reaches the power that is asked for.
    #[must_use]
    pub fn of_length(setting: &Setting, sessions: u8) -> Self {
        let people = People::simulated(setting, sessions);
        match people.looks.checked_sub(1) {
            Some(last) => Self { sessions: Some(sessions), ..people.at(last) },
            None => Self { sessions: Some(sessions), certainty: MOST_CERTAINTY, power: 0.0 },
        }
    }
}

/// Simulated people: for each look, how sure each has been at most until then.
struct People {
    looks: usize,
    first_look: u8,
    /// The surest a person without a difference has been of one, by look and person.
    without: Vec<Vec<f64>>,
    /// How sure a person with a difference has been at most that it is there, by look and person.
    with: Vec<Vec<f64>>,
}

impl People {
    fn simulated(setting: &Setting, sessions: u8) -> Self {
        let analysis =
            Analysis { worth_having: setting.worth_having, spread: setting.spread, certainty: MOST_CERTAINTY };
        let orders: Vec<Order> = (0..ORDERS).map(|number| Order::new(setting, &analysis, number, sessions)).collect();
        // The same stream for every setting: what differs between promises is the setting, not luck.
        let mut draws = Draws { seed: Seed::from_text("simulated people"), next: 0 };
        let mut told = |people: usize, difference: f64, sure: fn(&Look) -> f64| {
            let one = |person: usize| {
                let Order { when, frame } = &orders[person % ORDERS];
                let mut most: f64 = 0.0;
                let gains = draws.person(setting, frame, when, difference);
                let surest = |look: &Look| {
                    most = most.max(sure(look));
                    most
                };
                frame.looks(&analysis, &gains, &[]).iter().map(surest).collect::<Vec<f64>>()
            };
            let people: Vec<Vec<f64>> = (0..people).map(one).collect();
            let looks = people.first().map_or(0, Vec::len);
            (0..looks).map(|look| people.iter().map(|person| person[look]).collect()).collect::<Vec<Vec<f64>>>()
        };
        let without = told(PEOPLE_WITHOUT, 0.0, |look| look.first.max(look.second));
        let with = told(PEOPLE_WITH, 2.0 * setting.worth_having, |look| look.first);
        let first_look = super::analysis::FIRST_LOOK as u8;
        Self { looks: without.len(), first_look, without, with }
    }

    /// The promise for an experiment that ends at this look.
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // hundreds
    fn at(&self, look: usize) -> Promise {
        let mut surest = self.without[look].clone();
        surest.sort_unstable_by(f64::total_cmp);
        let told = (FALSE_SHARE * surest.len() as f64) as usize;
        // Whoever is surer than this is told; so many are.
        let reached = surest[surest.len() - 1 - told];
        // Just above, so that the person who reached it is not told.
        let certainty = (reached + 1e-6).clamp(LEAST_CERTAINTY, MOST_CERTAINTY);
        let found = self.with[look].iter().filter(|sure| **sure >= certainty).count();
        let power = found as f64 / self.with[look].len() as f64;
        let sessions = self.first_look + 2 * look as u8;
        Promise { sessions: (power >= POWER).then_some(sessions), certainty, power }
    }
}

/// One order of the ways, with all of the analysis that does not depend on readings.
struct Order {
    when: Vec<(f64, u8, f64)>,
    frame: Frame,
}

impl Order {
    fn new(setting: &Setting, analysis: &Analysis, number: usize, sessions: u8) -> Self {
        let seed = Seed::from_text(&format!("order {number}"));
        let when: Vec<(f64, u8, f64)> = (0..sessions)
            .map(|session| (f64::from(session) * setting.hours_between, seed.arm(session), 1.0))
            .collect();
        let frame = Frame::new(analysis, &when);
        Self { when, frame }
    }
}

/// Chance for simulated people, all of it from one seed.
struct Draws {
    seed: Seed,
    next: u64,
}

impl Draws {
    /// Between 0 and 1, never at either end.
    #[allow(clippy::cast_precision_loss)] // 53 bits fit
    fn uniform(&mut self) -> f64 {
        let bits = self.seed.output(self.next) >> 11;
        self.next += 1;
        (bits as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// Everything about a person, drawn from the very prior of the analysis, but for the difference between the ways.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // a short grid
    fn truth(&mut self, setting: &Setting, difference: f64) -> Truth {
        let correlation = (self.uniform() * CORRELATIONS.len() as f64) as usize;
        // The weights of the scales are normal in the logarithm; so is the draw, taken to the nearest of them.
        let scale = SCALES[super::analysis::scale_near(self.normal())];
        let carry_over = self.normal() * CARRY_OVER_SD * setting.worth_having;
        Truth { difference, carry_over, correlation, scale }
    }

    /// The gains of such a person.
    fn gains(&mut self, setting: &Setting, frame: &Frame, when: &[(f64, u8, f64)], truth: &Truth) -> Vec<f64> {
        let independent: Vec<f64> = when.iter().map(|_| self.normal()).collect();
        let errors = frame.correlated(truth.correlation, &independent);
        let mut before = 0.0;
        let one = |(&(_, arm, _), error): (&(f64, u8, f64), f64)| {
            let here = contrast(arm);
            let gain = truth.difference * here + truth.carry_over * before + truth.scale * setting.spread * error;
            before = here;
            gain
        };
        when.iter().zip(errors).map(one).collect()
    }

    /// Gains of a person drawn from the prior, with this difference between the ways.
    fn person(&mut self, setting: &Setting, frame: &Frame, when: &[(f64, u8, f64)], difference: f64) -> Vec<f64> {
        let truth = self.truth(setting, difference);
        self.gains(setting, frame, when, &truth)
    }
}

/// What is true of a simulated person.
#[derive(Debug, Clone, Copy)]
struct Truth {
    difference: f64,
    carry_over: f64,
    /// Its place among [`CORRELATIONS`].
    correlation: usize,
    /// Their spread over the assumed one.
    scale: f64,
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    clippy::needless_range_loop,
    reason = "a second way to the same numbers, in no shipped code"
)]
mod tests {
    use super::super::analysis::{DIFFERENCE_SD, Everything};
    use super::*;

    /// Simulation-based calibration: where truths are drawn from the prior, their place in the posterior is uniform, and
    /// so is the place of how likely the truth makes the gains.
    #[test]
    fn the_posterior_of_people_drawn_from_the_prior_is_calibrated() {
        const PEOPLE: usize = 2000;
        const DRAWN: usize = 199;
        let setting = Setting { worth_having: 1.0, spread: 1.1, hours_between: 24.0 };
        let seed = Seed::new(7);
        let analysis = Analysis { worth_having: 1.0, spread: 1.1, certainty: MOST_CERTAINTY };
        let when: Vec<_> = (0..12).map(|s| (f64::from(s) * 24.0, seed.arm(s), 1.0)).collect();
        let frame = Frame::new(&analysis, &when);
        let mut draws = Draws { seed: Seed::new(20_261_122), next: 0 };
        let mut places = [const { Vec::new() }; 3];
        for _ in 0..PEOPLE {
            let difference = draws.normal() * DIFFERENCE_SD;
            let truth = draws.truth(&setting, difference);
            let shared = draws.normal() * super::super::analysis::SHARED_SD * setting.spread;
            let gains: Vec<f64> =
                draws.gains(&setting, &frame, &when, &truth).into_iter().map(|gain| gain + shared).collect();
            let everything = [shared, truth.difference, truth.carry_over];
            let likely =
                |unknowns, correlation, scale| frame.ln_likelihood(&analysis, &gains, unknowns, correlation, scale);
            let of_truth = likely(everything, truth.correlation, truth.scale);
            let all = frame.everything(&analysis, &gains);
            let below = (0..DRAWN)
                .filter(|_| {
                    let part = Everything::drawn(&all, draws.uniform());
                    let z = [draws.normal(), draws.normal(), draws.normal()];
                    likely(part.at(z), part.correlation, part.scale) < of_truth
                })
                .count();
            places[0].push(frame.below(&analysis, &gains, truth.difference));
            places[1].push(all.iter().map(|part| part.weight * part.below(2, truth.carry_over)).sum());
            places[2].push((below as f64 + draws.uniform()) / (DRAWN + 1) as f64);
        }
        let inside = places[0].iter().filter(|place| (0.025..=0.975).contains(*place)).count() as f64;
        assert!((0.93..=0.97).contains(&(inside / PEOPLE as f64)), "95 % intervals hold the truth in {inside}");
        for (what, mut places) in ["difference", "carry-over", "likelihood"].into_iter().zip(places) {
            let unevenness = unevenness(&mut places);
            // Kolmogorov and Smirnov: beyond 1.784 / sqrt(n) with probability 0.01 / 3, since three are looked at.
            assert!(unevenness < 1.784, "{what}: {unevenness}");
        }
    }

    /// The largest distance from even places, times the square root of how many there are.
    fn unevenness(places: &mut [f64]) -> f64 {
        places.sort_unstable_by(f64::total_cmp);
        let people = places.len() as f64;
        let apart = places
            .iter()
            .enumerate()
            .map(|(i, place)| (place - i as f64 / people).abs().max((place - (i + 1) as f64 / people).abs()));
        apart.fold(0.0, f64::max) * crate::math::sqrt(people)
    }

    #[test]
    fn a_larger_error_takes_longer_and_a_hopeless_one_is_said_to_be() {
        let of = |spread: f64| promise(&Setting { worth_having: 1.0, spread, hours_between: 24.0 }).sessions;
        let (small, usual) = (of(0.5).unwrap(), of(1.1).unwrap());
        assert!(small < usual, "{small} {usual}");
        assert_eq!(of(6.0), None);
    }

    #[test]
    fn the_same_setting_gives_the_same_promise_in_any_unit() {
        let of = |unit: f64| {
            let (worth_having, spread) = (unit, 1.1 * unit);
            promise(&Setting { worth_having, spread, hours_between: 24.0 })
        };
        assert_eq!(of(1.0), of(1.0));
        let (centimetres, millimetres) = (of(1.0), of(10.0));
        assert_eq!(centimetres.sessions, millimetres.sessions);
        assert!((centimetres.certainty - millimetres.certainty).abs() < 1e-6);
    }
}
