#![allow(clippy::type_complexity)] // a setting with what follows from it

use super::*;
use crate::draws::Draws;

/// Normal numbers that look like chance and are the same every time.
pub(super) struct Chance(Draws);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.0.uniform()
    }

    fn normal(&mut self) -> f64 {
        super::super::normal_quantile(self.uniform())
    }
}

fn at(week: f64, value: f64) -> Resting {
    Resting { week, value, error: 1.0 }
}

/// Two months of readings with gaps, two on one day, of unequal errors; and rolling three times a week.
fn two_months() -> (Vec<Resting>, Vec<Work>) {
    let mut chance = Chance(Draws::new(7));
    let weeks = [0.0, 0.0, 0.43, 1.0, 1.57, 1.86, 2.0, 4.9, 5.1, 7.0, 7.3, 9.0];
    let readings = weeks
        .into_iter()
        .enumerate()
        .map(|(index, week)| Resting {
            week,
            value: 11.0 + 0.2 * week + 0.8 * chance.normal(),
            error: if index % 3 == 0 { 0.5 } else { 0.8 },
        })
        .collect();
    let done = (0..27).map(|session| (f64::from(session) / 3.0 + 0.05, 180.0)).collect();
    (readings, vec![Work { one_a_week: 600.0, done }, Work { one_a_week: 3.0, done: vec![(0.5, 1.0), (6.2, 2.0)] }])
}

/// The posterior of the model computed in one go from the covariance of everything, with nothing of the filter in it.
mod dense {
    use super::*;
    use crate::learn::linear::Factored;

    fn squared(x: f64) -> f64 {
        x * x
    }

    /// How much a kind of work weighs at a moment.
    fn weight(work: &Work, half_life: f64, week: f64) -> f64 {
        let per_week = core::f64::consts::LN_2 / half_life / work.one_a_week;
        let past = work.done.iter().filter(|(done, _)| *done <= week);
        past.map(|(done, amount)| per_week * amount * math::exp(-core::f64::consts::LN_2 * (week - done) / half_life))
            .sum()
    }

    /// Covariance of where the person stands at two moments, in squared errors.
    fn together(setting: &Setting, work: &[Work], start: f64, one: f64, other: f64) -> f64 {
        let (a, b) = (one.min(other) - start, one.max(other) - start);
        let wander = squared(setting.level) * a + squared(setting.slope) * a * a * (3.0 * b - a) / 6.0;
        let effects: f64 = work
            .iter()
            .map(|work| weight(work, setting.half_life, one) * weight(work, setting.half_life, other))
            .sum();
        squared(LEVEL_SD) + squared(SLOPE_SD) * a * b + wander + squared(WORK_SD) * effects
    }

    /// For one setting: the logarithm of the likelihood, and mean and variance of sums `(moment, factor)` of where
    /// the person stands.
    fn one(
        setting: &Setting,
        readings: &[Resting],
        work: &[Work],
        asked: &[Vec<(f64, f64)>],
        scale: f64,
    ) -> (f64, Vec<(f64, f64)>) {
        let n = readings.len();
        let first = readings.iter().map(|r| r.week).fold(f64::INFINITY, f64::min);
        let last = readings.iter().map(|r| r.week).fold(f64::NEG_INFINITY, f64::max);
        let start = first.min(last - SPAN_WEEKS);
        #[allow(clippy::cast_precision_loss)]
        let centre = readings.iter().map(|r| r.value).sum::<f64>() / n as f64;
        let y: Vec<f64> = readings.iter().map(|r| (r.value - centre) / scale).collect();
        let factored = Factored::of(n, |i, j| {
            let noise = if i == j { squared(setting.noise * readings[i].error / scale) } else { 0.0 };
            together(setting, work, start, readings[i].week, readings[j].week) + noise
        })
        .unwrap();
        let solved = factored.solve(&y);
        let fit: f64 = y.iter().zip(&solved).map(|(y, s)| y * s).sum();
        let answers = asked.iter().map(|sum| {
            let with: Vec<f64> = readings
                .iter()
                .map(|r| sum.iter().map(|(week, f)| f * together(setting, work, start, *week, r.week)).sum())
                .collect();
            let alone: f64 = sum
                .iter()
                .flat_map(|(week, f)| {
                    sum.iter().map(move |(other, g)| f * g * together(setting, work, start, *week, *other))
                })
                .sum();
            let mean: f64 = with.iter().zip(&solved).map(|(w, s)| w * s).sum();
            let seen: f64 = with.iter().zip(factored.solve(&with)).map(|(w, s)| w * s).sum();
            let level: f64 = sum.iter().map(|(_, f)| f * centre).sum();
            (mean * scale + level, (alone - seen) * scale * scale)
        });
        (-0.5 * (factored.ln_determinant() + fit), answers.collect())
    }

    /// The mixtures of the sums asked for.
    pub(super) fn posterior(readings: &[Resting], work: &[Work], asked: &[Vec<(f64, f64)>]) -> Vec<Mixture> {
        #[allow(clippy::cast_precision_loss)]
        let scale = readings.iter().map(|r| r.error).sum::<f64>() / readings.len() as f64;
        let all: Vec<_> =
            settings(!work.is_empty()).into_iter().map(|s| (s, one(&s, readings, work, asked, scale))).collect();
        let ln = |(s, (ln, _)): &(Setting, (f64, Vec<(f64, f64)>))| ln + math::ln(s.weight);
        let best = all.iter().map(ln).fold(f64::NEG_INFINITY, f64::max);
        let all: Vec<_> = all.into_iter().filter(|one| ln(one) > best - TOO_UNLIKELY).collect();
        let logs: Vec<f64> = all.iter().map(ln).collect();
        (0..asked.len())
            .map(|index| {
                let piece = |(_, (_, answers)): &(Setting, (f64, Vec<(f64, f64)>))| {
                    (answers[index].0, math::sqrt(answers[index].1.max(f64::MIN_POSITIVE)))
                };
                Mixture::from_logs(&logs, &all.iter().map(piece).collect::<Vec<_>>()).unwrap()
            })
            .collect()
    }
}

fn same(one: &Mixture, other: &Mixture, within: f64, what: &str) {
    assert!((one.mean() - other.mean()).abs() < within, "{what}: mean {} {}", one.mean(), other.mean());
    assert!((one.sd() - other.sd()).abs() < within, "{what}: sd {} {}", one.sd(), other.sd());
    let ((low, high), (low_too, high_too)) = (one.interval(0.9), other.interval(0.9));
    assert!((low - low_too).abs() < within && (high - high_too).abs() < within, "{what}: {low} {low_too}");
}

#[test]
fn the_filter_is_the_posterior_computed_in_one_go() {
    let (readings, work) = two_months();
    for work in [&work[..], &work[..1], &[]] {
        let curve: Vec<f64> = (-2..=12).map(f64::from).collect();
        let found = trend(&readings, work, &curve).unwrap();
        let start = 0.0;
        let mut asked: Vec<Vec<(f64, f64)>> = readings.iter().map(|r| vec![(r.week, 1.0)]).collect();
        asked.extend(curve.iter().map(|week| vec![(week.max(start), 1.0)]));
        asked.push(vec![(9.0, 1.0), (5.0, -1.0)]);
        asked.push(vec![(9.0, 1.0), (0.0, -1.0)]);
        let expected = dense::posterior(&readings, work, &asked);
        let (at_readings, rest) = expected.split_at(readings.len());
        for (found, expected) in found.at_readings.iter().zip(at_readings) {
            same(found, expected, 1e-8, "at a reading");
        }
        for ((week, found), expected) in curve.iter().zip(&found.curve).zip(rest) {
            same(found, expected, 1e-8, &format!("week {week}"));
        }
        same(&found.per_four_weeks, &rest[curve.len()], 1e-8, "four weeks");
        same(found.since_first.as_ref().unwrap(), &rest[curve.len() + 1], 1e-8, "since the first");
    }
}

#[test]
fn the_unit_and_the_zero_of_time_do_not_matter() {
    let (readings, work) = two_months();
    let curve = [0.0, 3.3, 9.0];
    let plain = trend(&readings, &work, &curve).unwrap();
    let other = |r: &Resting| Resting { week: r.week + 2900.0, value: 3.0 + 3.6 * r.value, error: 3.6 * r.error };
    let moved: Vec<Resting> = readings.iter().map(other).collect();
    let later =
        |work: &Work| Work { done: work.done.iter().map(|(w, a)| (w + 2900.0, *a)).collect(), ..work.clone() };
    let moved = trend(&moved, &work.iter().map(later).collect::<Vec<_>>(), &curve.map(|week| week + 2900.0)).unwrap();
    for (one, other) in plain.curve.iter().zip(&moved.curve) {
        assert!((3.0 + 3.6 * one.mean() - other.mean()).abs() < 1e-8);
        assert!((3.6 * one.sd() - other.sd()).abs() < 1e-8);
    }
    assert!((3.6 * plain.per_four_weeks.mean() - moved.per_four_weeks.mean()).abs() < 1e-8);
    assert!((3.6 * plain.work[0].mean() - moved.work[0].mean()).abs() < 1e-8);
    assert_eq!(plain.beyond_error(), moved.beyond_error());
}

#[test]
fn the_order_in_which_readings_are_given_does_not_matter() {
    let (mut readings, work) = two_months();
    let one = trend(&readings, &work, &[4.0]).unwrap();
    readings.reverse();
    let other = trend(&readings, &work, &[4.0]).unwrap();
    same(&one.curve[0], &other.curve[0], 1e-10, "week 4");
    same(&one.at_readings[2], &other.at_readings[9], 1e-10, "the third");
}

#[test]
fn one_reading_is_where_the_person_stands_give_or_take_its_error() {
    let found = trend(&[at(3.0, 12.0)], &[], &[3.0, 20.0]).unwrap();
    assert!((found.at_readings[0].mean() - 12.0).abs() < 1e-9);
    let (low, high) = found.at_readings[0].interval(0.9);
    assert!(low > 9.0 && high < 15.0, "{low} {high}");
    assert!(found.curve[1].sd() > 3.0 * found.curve[0].sd(), "months later it is anybody's guess");
    assert!(!found.beyond_error());
    assert_eq!(found.since_first, None);
}

#[test]
fn two_readings_must_differ_by_more_than_the_smallest_real_change() {
    assert!(!trend(&[at(0.0, 10.0), at(8.0, 12.0)], &[], &[]).unwrap().beyond_error());
    assert!(trend(&[at(0.0, 10.0), at(8.0, 18.0)], &[], &[]).unwrap().beyond_error());
    let many: Vec<Resting> = (0..30).map(|week| at(f64::from(week), 10.0 + 0.1 * f64::from(week))).collect();
    let found = trend(&many, &[], &[]).unwrap();
    assert!(
        found.beyond_error(),
        "three errors in thirty steady weeks: {:?}",
        found.since_first.unwrap().interval(0.95)
    );
    let (low, high) = found.per_four_weeks.interval(0.9);
    assert!(low < 0.4 && high > 0.4, "{low} {high}");
}

#[test]
fn hundreds_of_readings_of_somebody_who_does_not_change_say_so() {
    let mut chance = Chance(Draws::new(11));
    let readings: Vec<Resting> = (0..700).map(|day| at(f64::from(day) / 7.0, 40.0 + chance.normal())).collect();
    let found = trend(&readings, &[], &[50.0]).unwrap();
    assert!((found.curve[0].mean() - 40.0).abs() < 0.5 && found.curve[0].sd() < 0.3);
    assert!(!found.beyond_error());
    assert!(found.per_four_weeks.interval(0.9).0 < 0.0 && found.per_four_weeks.interval(0.9).1 > 0.0);
}

#[test]
fn no_reading_and_no_number_are_no_trend() {
    assert_eq!(trend(&[], &[], &[1.0]), None);
    assert_eq!(trend(&[at(0.0, f64::NAN)], &[], &[]), None);
    assert_eq!(trend(&[Resting { week: 0.0, value: 1.0, error: 0.0 }], &[], &[]), None);
}

/// Somebody drawn from what the model thinks beforehand, with results on days of their own choosing.
fn somebody(chance: &mut Chance, work_pays: bool) -> (Vec<Resting>, Vec<Work>, Vec<f64>) {
    let all = settings(true);
    let total: f64 = all.iter().map(|setting| setting.weight).sum();
    let mut left = chance.uniform() * total;
    let setting = *all
        .iter()
        .find(|setting| {
            left -= setting.weight;
            left <= 0.0
        })
        .unwrap_or(&all[0]);
    let mut week = 0.0;
    let mut work = Work { one_a_week: 600.0, done: Vec::new() };
    while week < 26.0 {
        week += 0.1 + chance.uniform();
        work.done.push((week, 120.0 + 240.0 * chance.uniform()));
    }
    let work = vec![work];
    let effect = if work_pays { WORK_SD * chance.normal() } else { 0.0 };
    let (mut level, mut slope) = (10.0 * chance.normal(), SLOPE_SD * chance.normal());
    // The first moment is that of the model: the first reading, here always more than four weeks before the last.
    let (mut readings, mut truths, mut week) = (Vec::new(), Vec::new(), 0.0);
    let several = 3 + (chance.uniform() * 25.0) as usize;
    for index in 0..=several {
        if index > 0 {
            let weeks = if index == several { 4.5 } else { 2.0 * chance.uniform() };
            let steps = 20;
            for _ in 0..steps {
                let dt = weeks / f64::from(steps);
                level += slope * dt + setting.level * math::sqrt(dt) * chance.normal();
                slope += setting.slope * math::sqrt(dt) * chance.normal();
            }
            week += weeks;
        }
        let step = [Step { week, kind: Kind::Show }];
        let stands = level + effect * weights_of_work(&step, &work, setting.half_life)[0][0];
        readings.push(Resting { week, value: stands + setting.noise * chance.normal(), error: 1.0 });
        truths.push(stands);
    }
    (readings, work, truths)
}

/// Shares of 95 % intervals that hold the truth: of one reading drawn at random in each person, of the last, and of the
/// change. `told` is the error that the model is told, over the one that the setting is a multiple of.
fn held(people: u32, seed: u64, work_pays: bool, told: f64) -> [f64; 3] {
    let mut chance = Chance(Draws::new(seed));
    let mut inside = [0_u32; 3];
    for _ in 0..people {
        let (mut readings, work, truths) = somebody(&mut chance, work_pays);
        readings.iter_mut().for_each(|reading| reading.error *= told);
        let found = trend(&readings, &work, &[]).unwrap();
        let one = (chance.uniform() * readings.len() as f64) as usize;
        let last = truths.len() - 1;
        let checks = [
            (&found.at_readings[one], truths[one]),
            (&found.at_readings[last], truths[last]),
            (found.since_first.as_ref().unwrap(), truths[last] - truths[0]),
        ];
        for (inside, (mixture, truth)) in inside.iter_mut().zip(checks) {
            let (low, high) = mixture.interval(0.95);
            *inside += u32::from(low <= truth && truth <= high);
        }
    }
    inside.map(|inside| f64::from(inside) / f64::from(people))
}

#[test]
fn intervals_of_95_percent_hold_the_truth_in_93_to_97_of_100_simulated_people() {
    for share in held(2000, 2026, true, 1.0) {
        assert!((0.93..=0.97).contains(&share), "{share}");
    }
}

#[test]
fn somebody_whom_work_does_not_change_is_not_told_so_too_often() {
    // Off the prior, in the direction that matters: rolling has no slow effect at all.
    for share in held(1000, 4, false, 1.0) {
        assert!(share >= 0.93, "{share}");
    }
}

#[test]
fn an_error_that_is_a_quarter_off_costs_little() {
    for told in [0.75, 1.25] {
        for share in held(1000, 9, true, told) {
            assert!((0.91..=0.98).contains(&share), "told {told}: {share}");
        }
    }
}

#[test]
fn somebody_who_does_not_change_is_rarely_told_that_they_did() {
    // Ten results in ten weeks, error as told, and nothing else: the model expects change, and must not make it up.
    let mut chance = Chance(Draws::new(31));
    let people = 1000;
    let mut said = 0;
    for _ in 0..people {
        let readings: Vec<Resting> = (0..10).map(|week| at(f64::from(week), 12.0 + chance.normal())).collect();
        said += u32::from(trend(&readings, &[], &[]).unwrap().beyond_error());
    }
    assert!(said <= 50, "{said} of {people}");
}
