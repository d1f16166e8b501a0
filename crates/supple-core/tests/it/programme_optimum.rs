//! The week is the best there is: the same as a general solver's and as trying everything.

use microlp::{ComparisonOp, OptimizationDirection, SolutionStatus, Variable};
use supple_core::programme::solve::{DAYS, Problem, Proof, Slot, Unit, solve};

#[test]
fn the_week_equals_a_general_solvers_on_600_instances() {
    let (mut tight, mut impossible, mut proven, mut together) = (0, 0, 0, 0);
    for seed in 0..600 {
        let problem = instance(seed, 7);
        let theirs = general_optimum(&problem, seed);
        let Some(ours) = solve(&problem) else {
            assert!(theirs.is_none(), "instance {seed}: there is an answer, and none was found: {problem:?}");
            impossible += 1;
            continue;
        };
        let theirs = theirs.unwrap_or_else(|| panic!("instance {seed}: an answer that breaks a rule"));
        assert_keeps_every_rule(&problem, &ours.days, seed);
        assert_eq!(ours.value, value_of(&problem, &ours.days), "instance {seed}");
        let optimum = value_of(&problem, &theirs);
        match ours.proof {
            Proof::Best => {
                assert_eq!(ours.value, optimum, "instance {seed}: a gap between the two optima");
                proven += 1;
            }
            Proof::Within(gap) => {
                assert!((ours.value..=ours.value + gap).contains(&optimum), "instance {seed}: beyond its bound");
            }
        }
        let alone = |unit: &Unit| {
            let minutes = problem.minutes;
            let one = Problem { minutes, units: vec![Unit { follows: None, ..unit.clone() }] };
            solve(&one).map_or(0, |solution| solution.value)
        };
        together += u32::from(pairs(&problem, &ours.days) > 0);
        // What each unit gets by itself, standing together left out.
        let with = leaders(&problem);
        let gained = |unit: usize| {
            let both = with[unit].map_or(0, |leader| (ours.days[unit] & ours.days[leader]).count_ones());
            problem.units[unit].follows.unwrap_or(0) * i64::from(both)
        };
        let own = ours.value - (0..problem.units.len()).map(gained).sum::<i64>();
        tight += u32::from(own < problem.units.iter().map(alone).sum());
    }
    assert!((150..550).contains(&tight), "{tight} instances with too few minutes for everything: tight and loose");
    assert!(proven + impossible >= 580, "{proven} of 600 proven, {impossible} impossible");
    assert!(together >= 150, "{together} weeks in which a unit stands with the one it follows");
    assert!((5..200).contains(&impossible), "{impossible} instances in which what is pinned does not fit");
}

#[test]
fn the_week_equals_trying_everything_ties_included() {
    for seed in 10_000..11_500 {
        let problem = instance(seed, 3);
        let ours = solve(&problem).map(|solution| solution.days);
        assert_eq!(ours, first_best(&problem), "instance {seed}: {problem:?}");
    }
}

#[test]
fn fewer_minutes_are_never_worth_more() {
    for seed in 20_000..20_300 {
        let problem = instance(seed, 9);
        let Some(all) = solve(&problem) else { continue };
        for day in 0..DAYS {
            let mut fewer = problem.clone();
            fewer.minutes[day] = fewer.minutes[day].saturating_sub(4);
            let less = solve(&fewer).map_or(i64::MIN, |solution| solution.value);
            assert!(less <= all.value, "instance {seed}, day {day}");
        }
    }
}

#[test]
fn a_stated_bound_lies_above_what_is_reached_with_fewer_units() {
    // Large weeks of a kind that people have: many units, few minutes on every day.
    for seed in 30_000..30_012 {
        let mut dice = Dice::new(seed);
        let unit = |_| Unit {
            minutes: 2 + dice.up_to(3),
            apart: 2,
            worth: vec![1_000_000, 900_000, 5_000],
            days: [Slot::Open(0); DAYS].map(|_| Slot::Open(i64::from(dice.up_to(20)))),
            follows: None,
        };
        let units: Vec<Unit> = (0..14).map(unit).collect();
        let problem = Problem { minutes: [11; DAYS], units };
        let ours = solve(&problem).expect("nothing is pinned");
        assert_keeps_every_rule(&problem, &ours.days, seed);
        let gap = match ours.proof {
            Proof::Best => 0,
            Proof::Within(gap) => gap,
        };
        assert!(gap >= 0 && gap < ours.value / 3, "instance {seed}: {gap} of {} is no bound to speak of", ours.value);
        // Taking a unit away can only lower the optimum, so whatever is found without it lies below the bound.
        for skipped in [0, 7, 13] {
            let mut part = problem.clone();
            part.units.remove(skipped);
            let part = solve(&part).expect("nothing is pinned");
            assert!(part.value <= ours.value + gap, "instance {seed}: above its bound");
        }
    }
}

#[test]
fn what_follows_goes_where_it_is_led_and_is_no_less_often_there() {
    // A leader on the first and the fourth day; a follower that would rather be a day later.
    let on =
        |open: [usize; 2]| std::array::from_fn(|day| if open.contains(&day) { Slot::Open(0) } else { Slot::Closed });
    let leader = Unit { minutes: 5, apart: 2, worth: vec![100, 100], days: on([0, 3]), follows: None };
    let mut later = [Slot::Open(0); DAYS];
    (later[1], later[4]) = (Slot::Open(3), Slot::Open(3));
    let follower = |follows| Unit { minutes: 2, apart: 1, worth: vec![50, 50], days: later, follows };
    let week = |follows| Problem { minutes: [7; DAYS], units: vec![leader.clone(), follower(follows)] };
    let days = |follows| solve(&week(follows)).expect("nothing is pinned").days;
    assert_eq!(days(None), [0b1001, 0b1_0010]);
    assert_eq!(days(Some(2)), [0b1001, 0b1_0010], "worth less than what it would rather");
    assert_eq!(days(Some(4)), [0b1001, 0b1001]);
    // Where both do not fit on a day it still comes twice.
    let tight = Problem { minutes: [6; DAYS], ..week(Some(4)) };
    assert_eq!(solve(&tight).expect("nothing is pinned").days, [0b1001, 0b1_0010]);
}

#[test]
fn the_same_week_gives_the_same_answer() {
    for seed in 40_000..40_100 {
        assert_eq!(solve(&instance(seed, 9)), solve(&instance(seed, 9)), "instance {seed}");
    }
}

#[test]
fn an_empty_week_is_an_empty_answer() {
    let nothing = solve(&Problem::default()).expect("nothing is pinned");
    assert_eq!((nothing.days, nothing.value, nothing.proof), (Vec::new(), 0, Proof::Best));
    let unit = Unit { minutes: 5, apart: 2, worth: vec![10, 10], days: [Slot::Open(0); DAYS], follows: None };
    let week = |minutes| Problem { minutes: [minutes; DAYS], units: vec![unit.clone()] };
    assert_eq!(solve(&week(4)).expect("nothing is pinned").days, [0], "a minute short");
    assert_eq!(solve(&week(5)).expect("nothing is pinned").days, [0b101], "the earliest two days with one between");
}

/// Every rule, checked by itself.
fn assert_keeps_every_rule(problem: &Problem, days: &[u8], seed: u64) {
    assert!(keeps_every_rule(problem, days), "instance {seed}: {days:?} breaks a rule of {problem:?}");
}

fn keeps_every_rule(problem: &Problem, days: &[u8]) -> bool {
    let stands = |unit: usize, day: usize| days[unit] >> day & 1 == 1;
    let fits = (0..DAYS).all(|day| {
        let used: u32 =
            (0..days.len()).filter(|&unit| stands(unit, day)).map(|unit| problem.units[unit].minutes).sum();
        used <= problem.minutes[day]
    });
    let own = problem.units.iter().enumerate().all(|(index, unit)| {
        let on: Vec<usize> = (0..DAYS).filter(|&day| stands(index, day)).collect();
        let slots = unit.days.iter().enumerate().all(|(day, slot)| match slot {
            Slot::Closed => !stands(index, day),
            Slot::Open(_) => true,
            Slot::Pinned => stands(index, day),
        });
        slots && on.len() <= unit.worth.len() && on.windows(2).all(|pair| pair[1] - pair[0] >= unit.apart)
    });
    fits && own && days.len() == problem.units.len()
}

/// The unit that each one follows.
fn leaders(problem: &Problem) -> Vec<Option<usize>> {
    let mut leader = None;
    let of = |(index, unit): (usize, &Unit)| {
        if unit.follows.is_none() {
            leader = Some(index);
            return None;
        }
        leader
    };
    problem.units.iter().enumerate().map(of).collect()
}

/// On how many days units stand together with the one they follow.
fn pairs(problem: &Problem, days: &[u8]) -> u32 {
    let with = leaders(problem);
    (0..days.len()).filter_map(|unit| Some((days[unit] & days[with[unit]?]).count_ones())).sum()
}

fn value_of(problem: &Problem, days: &[u8]) -> i64 {
    let with = leaders(problem);
    let together = |(index, unit): (usize, &Unit)| -> i64 {
        let both = with[index]
            .map_or(0, |leader| (0..DAYS).filter(|day| days[index] & days[leader] & 1 << day != 0).count());
        unit.follows.unwrap_or(0) * both as i64
    };
    let following: i64 = problem.units.iter().enumerate().map(together).sum();
    let of = |(unit, days): (&Unit, &u8)| {
        let worth: i64 = unit.worth.iter().take(days.count_ones() as usize).sum();
        let preference = |(day, slot): (usize, &Slot)| match slot {
            Slot::Open(preference) if days >> day & 1 == 1 => *preference,
            _ => 0,
        };
        worth + unit.days.iter().enumerate().map(preference).sum::<i64>()
    };
    problem.units.iter().zip(days).map(of).sum::<i64>() + following
}

/// The optimum as a general solver finds it: whether each unit stands on each day, as 0 or 1, and how often it does.
/// None where there is no answer.
///
/// # Panics
/// If it fails otherwise, stops early, or gives something that is not near 0 or 1: then nothing would be proved.
fn general_optimum(problem: &Problem, seed: u64) -> Option<Vec<u8>> {
    let mut milp = microlp::Problem::new(OptimizationDirection::Maximize);
    let mut fill: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); DAYS];
    let mut stands: Vec<Vec<Variable>> = Vec::new();
    for unit in &problem.units {
        let on: Vec<Variable> = unit
            .days
            .iter()
            .map(|slot| match slot {
                #[allow(clippy::cast_precision_loss)] // far below 2^53
                Slot::Open(preference) => milp.add_binary_var(*preference as f64),
                Slot::Closed | Slot::Pinned => milp.add_binary_var(0.0),
            })
            .collect();
        for (day, slot) in unit.days.iter().enumerate() {
            match slot {
                Slot::Closed => milp.add_constraint([(on[day], 1.0)], ComparisonOp::Eq, 0.0),
                Slot::Pinned => milp.add_constraint([(on[day], 1.0)], ComparisonOp::Eq, 1.0),
                Slot::Open(_) => {}
            }
            fill[day].push((on[day], f64::from(unit.minutes)));
        }
        // In any run of `apart` days at most one.
        for first in 0..=DAYS.saturating_sub(unit.apart) {
            let run: Vec<(Variable, f64)> = on[first..first + unit.apart].iter().map(|&var| (var, 1.0)).collect();
            milp.add_constraint(run, ComparisonOp::Le, 1.0);
        }
        // The k-th time is worth something of its own; worth falls, so the first are taken first.
        #[allow(clippy::cast_precision_loss)] // far below 2^53
        let times: Vec<Variable> = unit.worth.iter().map(|&worth| milp.add_binary_var(worth as f64)).collect();
        let mut balance: Vec<(Variable, f64)> = on.iter().map(|&var| (var, 1.0)).collect();
        balance.extend(times.iter().map(|&var| (var, -1.0)));
        milp.add_constraint(balance, ComparisonOp::Eq, 0.0);
        stands.push(on);
    }
    // Standing together is at most either of the two, and worth something where it is 1.
    for (unit, leader) in leaders(problem).into_iter().enumerate() {
        let (Some(leader), Some(gain)) = (leader, problem.units[unit].follows) else { continue };
        for (&own, &its) in stands[unit].iter().zip(&stands[leader]) {
            #[allow(clippy::cast_precision_loss)] // far below 2^53
            let both = milp.add_binary_var(gain as f64);
            milp.add_constraint([(both, 1.0), (own, -1.0)], ComparisonOp::Le, 0.0);
            milp.add_constraint([(both, 1.0), (its, -1.0)], ComparisonOp::Le, 0.0);
        }
    }
    for (day, used) in fill.into_iter().enumerate() {
        milp.add_constraint(used, ComparisonOp::Le, f64::from(problem.minutes[day]));
    }
    let outcome = match milp.solve() {
        Ok(outcome) => outcome,
        Err(microlp::Error::Infeasible) => return None,
        Err(error) => panic!("instance {seed}: the general solver fails: {error}"),
    };
    let solution = outcome.into_solution().unwrap_or_else(|_| panic!("instance {seed}: no solution"));
    assert_eq!(solution.status(), SolutionStatus::Optimal, "instance {seed}: stopped before the optimum");
    let bit = |(day, var): (usize, &Variable)| {
        let value = solution.var_value(*var);
        assert!((value - value.round()).abs() < 1e-4, "instance {seed}: {value} is neither 0 nor 1");
        u8::from(value > 0.5) << day
    };
    let days: Vec<u8> = stands.iter().map(|on| on.iter().enumerate().map(bit).sum()).collect();
    assert!(keeps_every_rule(problem, &days), "instance {seed}: the general solver breaks a rule");
    Some(days)
}

/// Of all answers the most valuable, then the one of fewest minutes, then the one with the earlier days: by trying all.
fn first_best(problem: &Problem) -> Option<Vec<u8>> {
    let mut best: Option<(Vec<u8>, i64, u32)> = None;
    let mut days = vec![0_u8; problem.units.len()];
    // The ways of each unit by itself, earlier days first.
    let one_by_one: Vec<Vec<u8>> = (0..problem.units.len())
        .map(|unit| {
            let one = Problem { minutes: problem.minutes, units: vec![problem.units[unit].clone()] };
            (0..128_u8).map(|code| code.reverse_bits() >> 1).rev().filter(|&d| keeps_every_rule(&one, &[d])).collect()
        })
        .collect();
    try_all(problem, &one_by_one, 0, &mut days, &mut best);
    best.map(|(days, ..)| days)
}

fn try_all(
    problem: &Problem,
    ways: &[Vec<u8>],
    unit: usize,
    days: &mut Vec<u8>,
    best: &mut Option<(Vec<u8>, i64, u32)>,
) {
    let Some(here) = ways.get(unit) else {
        if !keeps_every_rule(problem, days) {
            return;
        }
        let minutes: u32 = problem.units.iter().zip(days.iter()).map(|(u, d)| u.minutes * d.count_ones()).sum();
        let value = value_of(problem, days);
        let better =
            best.as_ref().is_none_or(|(_, most, least)| value > *most || (value == *most && minutes < *least));
        if better {
            *best = Some((days.clone(), value, minutes));
        }
        return;
    };
    for &way in here {
        days[unit] = way;
        try_all(problem, ways, unit + 1, days, best);
    }
}

/// A week of 1 to `most_units` units: small numbers that tie, or any; some days closed, few pinned, minutes from none to
/// plenty.
fn instance(seed: u64, most_units: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let plenty = [6, 12, 20, 40][dice.below(4) as usize];
    let minutes = std::array::from_fn(|_| if dice.below(4) == 0 { 0 } else { dice.up_to(plenty) });
    let flat = dice.below(2) == 0;
    let units = (0..=dice.below(most_units))
        .map(|index| {
            // Some follow the one before, more often than not worth little beside a time.
            let follows = match dice.below(3) {
                0 if index > 0 => Some(if flat { 10 } else { i64::from(dice.up_to(400)) }),
                _ => None,
            };
            let times = 1 + dice.below(4) as usize;
            let mut worth: Vec<i64> =
                (0..times).map(|_| if flat { 50 } else { 100 + i64::from(dice.up_to(5_000)) }).collect();
            worth.sort_by_key(|&worth| std::cmp::Reverse(worth));
            let days = std::array::from_fn(|_| match dice.below(24) {
                0..4 => Slot::Closed,
                4 => Slot::Pinned,
                5 => Slot::Open(-75),
                _ if flat => Slot::Open(0),
                _ => Slot::Open(i64::from(dice.up_to(20))),
            });
            Unit { minutes: 1 + dice.up_to(6), apart: 1 + dice.below(3) as usize, worth, days, follows }
        })
        .collect();
    Problem { minutes, units }
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, many: u64) -> u64 {
        self.next() % many
    }

    fn up_to(&mut self, most: u32) -> u32 {
        u32::try_from(self.below(u64::from(most) + 1)).unwrap()
    }
}
