//! The plan is the best there is: the same as a general solver's and as trying everything.

use microlp::{ComparisonOp, OptimizationDirection, SolutionStatus, Variable};
use supple_core::plan::solve::{Item, Problem, Solution, solve};

#[test]
fn the_optimum_equals_a_general_solvers_on_2000_instances() {
    let mut tight = 0;
    for seed in 0..2000 {
        let problem = instance(seed, 10);
        let ours = solve(&problem);
        let best = |group: &Vec<Item>| group.iter().map(|item| item.value).max().unwrap_or(0);
        tight += u32::from(ours.value < problem.groups.iter().map(best).sum());
        assert_adds_up(&problem, &ours, seed);
        let theirs = general_optimum(&problem, seed);
        let (value, ticks) = rescored(&problem, &theirs);
        assert!(ticks <= problem.budget, "instance {seed}: the general solver's choice does not fit");
        assert_eq!(ours.value, value, "instance {seed}: a gap between the two optima");
        assert!(ours.ticks <= ticks, "instance {seed}: as good a choice takes {ticks} ticks, not {}", ours.ticks);
    }
    assert!((1000..1900).contains(&tight), "{tight} instances with too little time for everything: tight and loose");
}

#[test]
fn the_answer_equals_trying_everything_ties_included() {
    for seed in 10_000..14_000 {
        let problem = instance(seed, 4);
        let ours = solve(&problem);
        assert_adds_up(&problem, &ours, seed);
        assert_eq!(ours.chosen, first_best(&problem), "instance {seed}: {problem:?}");
    }
}

#[test]
fn a_restriction_never_raises_the_value() {
    for seed in 20_000..21_000 {
        let problem = instance(seed, 10);
        let free = solve(&problem);
        let mut dice = Dice::new(seed);
        let mut restricted = problem.clone();
        for _ in 0..4 {
            restrict(&mut restricted, &mut dice);
            let bound = solve(&restricted);
            assert_adds_up(&restricted, &bound, seed);
            assert!(bound.value <= free.value, "instance {seed}: worth more with less allowed");
        }
    }
}

#[test]
fn the_same_problem_gives_the_same_answer() {
    for seed in 30_000..30_200 {
        assert_eq!(solve(&instance(seed, 10)), solve(&instance(seed, 10)), "instance {seed}");
    }
}

#[test]
fn what_was_not_chosen_can_go_and_the_answer_stays() {
    for seed in 40_000..40_500 {
        let mut problem = instance(seed, 10);
        let full = solve(&problem);
        for (group, chosen) in problem.groups.iter_mut().zip(&full.chosen) {
            let mut index = 0;
            group.retain(|_| {
                index += 1;
                *chosen == Some(index - 1) || index % 2 == 0
            });
        }
        let fewer = solve(&problem);
        assert_eq!((fewer.value, fewer.ticks), (full.value, full.ticks), "instance {seed}");
    }
}

#[test]
fn nothing_to_choose_from_is_an_empty_plan() {
    let nothing = Solution { chosen: Vec::new(), value: 0, ticks: 0 };
    assert_eq!(solve(&Problem::default()), nothing);
    let item = Item { station: 0, ticks: 5, value: 1 };
    let too_long = Problem { budget: 7, setup: vec![3], groups: vec![vec![item]] };
    assert_eq!(solve(&too_long), Solution { chosen: vec![None], ..nothing });
    let just_fits = Problem { budget: 8, ..too_long };
    assert_eq!(solve(&just_fits), Solution { chosen: vec![Some(0)], value: 1, ticks: 8 });
}

/// The choice is possible, and value and ticks are what its items add up to.
fn assert_adds_up(problem: &Problem, solution: &Solution, seed: u64) {
    assert_eq!(solution.chosen.len(), problem.groups.len(), "instance {seed}");
    assert_eq!((solution.value, solution.ticks), rescored(problem, &solution.chosen), "instance {seed}");
    assert!(solution.ticks <= problem.budget, "instance {seed}: too long");
}

/// Value and ticks of a choice, in whole numbers.
fn rescored(problem: &Problem, chosen: &[Option<usize>]) -> (i64, u32) {
    let mut open = vec![false; problem.setup.len()];
    let (mut value, mut ticks) = (0, 0);
    for (group, item) in problem.groups.iter().zip(chosen) {
        let Some(item) = item.map(|item| group[item]) else { continue };
        value += item.value;
        ticks += item.ticks;
        if !std::mem::replace(&mut open[item.station], true) {
            ticks += problem.setup[item.station];
        }
    }
    (value, ticks)
}

/// The optimum as a general solver finds it: whether each item is in and each station is open, as 0 or 1.
///
/// # Panics
/// If it fails, stops early, or gives something that is not near 0 or 1: then nothing would be proved.
fn general_optimum(problem: &Problem, seed: u64) -> Vec<Option<usize>> {
    let mut milp = microlp::Problem::new(OptimizationDirection::Maximize);
    let open: Vec<Variable> = problem.setup.iter().map(|_| milp.add_binary_var(0.0)).collect();
    let mut time: Vec<(Variable, f64)> =
        open.iter().zip(&problem.setup).map(|(&open, &setup)| (open, f64::from(setup))).collect();
    let mut taken: Vec<Vec<Variable>> = Vec::new();
    for group in &problem.groups {
        #[allow(clippy::cast_precision_loss)] // far below 2^53
        let vars: Vec<Variable> = group.iter().map(|item| milp.add_binary_var(item.value as f64)).collect();
        for (&var, item) in vars.iter().zip(group) {
            milp.add_constraint([(var, 1.0), (open[item.station], -1.0)], ComparisonOp::Le, 0.0);
            time.push((var, f64::from(item.ticks)));
        }
        milp.add_constraint(vars.iter().map(|&var| (var, 1.0)).collect::<Vec<_>>(), ComparisonOp::Le, 1.0);
        taken.push(vars);
    }
    milp.add_constraint(time, ComparisonOp::Le, f64::from(problem.budget));
    let outcome = milp.solve().unwrap_or_else(|error| panic!("instance {seed}: the general solver fails: {error}"));
    let solution = outcome.into_solution().unwrap_or_else(|_| panic!("instance {seed}: no solution"));
    assert_eq!(solution.status(), SolutionStatus::Optimal, "instance {seed}: stopped before the optimum");
    let is_in = |var: &Variable| {
        let value = solution.var_value(*var);
        assert!((value - value.round()).abs() < 1e-4, "instance {seed}: {value} is neither 0 nor 1");
        value > 0.5
    };
    taken
        .iter()
        .map(|vars| {
            assert!(vars.iter().filter(|var| is_in(var)).count() <= 1, "instance {seed}: two items of a group");
            vars.iter().position(is_in)
        })
        .collect()
}

/// Of all choices the most valuable, then the shortest, then the one whose items stand earlier: by trying every one.
fn first_best(problem: &Problem) -> Vec<Option<usize>> {
    let mut chosen = vec![None; problem.groups.len()];
    let mut best = (chosen.clone(), 0, 0);
    try_all(problem, 0, &mut chosen, &mut best);
    best.0
}

fn try_all(
    problem: &Problem,
    group: usize,
    chosen: &mut Vec<Option<usize>>,
    best: &mut (Vec<Option<usize>>, i64, u32),
) {
    let Some(items) = problem.groups.get(group) else {
        let (value, ticks) = rescored(problem, chosen);
        if ticks <= problem.budget && (value > best.1 || (value == best.1 && ticks < best.2)) {
            *best = (chosen.clone(), value, ticks);
        }
        return;
    };
    for item in (0..items.len()).filter(|&item| items[item].value > 0) {
        chosen[group] = Some(item);
        try_all(problem, group + 1, chosen, best);
    }
    chosen[group] = None;
    try_all(problem, group + 1, chosen, best);
}

/// Allows less, in one of four ways.
fn restrict(problem: &mut Problem, dice: &mut Dice) {
    match dice.below(4) {
        0 => problem.budget = problem.budget.saturating_sub(dice.up_to(problem.budget.max(1))),
        1 => {
            let station = dice.below(problem.setup.len() as u64) as usize;
            problem.setup[station] += dice.up_to(5);
        }
        2 => {
            let group = dice.below(problem.groups.len() as u64) as usize;
            problem.groups[group].clear();
        }
        _ => {
            for group in &mut problem.groups {
                if !group.is_empty() && dice.below(2) == 0 {
                    group.remove(dice.below(group.len() as u64) as usize);
                }
            }
        }
    }
}

/// A problem of 1 to `most_groups` groups, each reached in one to three ways with up to five amounts. By the seed its
/// values are those of a dose curve with few needs, so that many tie; a handful of small numbers; or anything. The
/// budget is from nothing to more than everything takes.
fn instance(seed: u64, most_groups: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let kind = dice.below(3);
    let setup: Vec<u32> = (0..1 + dice.below(6)).map(|_| dice.up_to(6)).collect();
    let groups: Vec<Vec<Item>> = (0..1 + dice.below(most_groups))
        .map(|_| {
            let need = [500, 1000, 1800][dice.below(3) as usize];
            (0..1 + dice.below(3))
                .flat_map(|_| {
                    let station = dice.below(setup.len() as u64) as usize;
                    let share = [1000, 700, 250][dice.below(3) as usize];
                    let first = 3 + dice.up_to(8);
                    let mut amounts = Vec::new();
                    for amount in 0..1 + u32::try_from(dice.below(5)).expect("small") {
                        let ticks = first + 2 * amount;
                        amounts.push(match kind {
                            0 => Item { station, ticks, value: dose_curve(need * share, ticks) },
                            1 => Item { station, ticks: dice.up_to(4), value: dice.below(5) as i64 },
                            _ => Item { station, ticks: dice.up_to(30), value: dice.below(1_000_000) as i64 },
                        });
                    }
                    amounts
                })
                .collect()
        })
        .collect();
    let longest = |group: &Vec<Item>| group.iter().map(|item| item.ticks).max().unwrap_or(0);
    let all = groups.iter().map(longest).sum::<u32>() + setup.iter().sum::<u32>();
    let budget = all * dice.up_to(110) / 100;
    Problem { budget, setup, groups }
}

/// Less and less for every further tick, in whole numbers.
fn dose_curve(most: i64, ticks: u32) -> i64 {
    let mut missing = most;
    for _ in 0..ticks {
        missing = missing * 92 / 100;
    }
    most - missing
}

/// Reproducible numbers: SplitMix64.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }

    fn up_to(&mut self, most: u32) -> u32 {
        u32::try_from(self.below(u64::from(most) + 1)).expect("at most `most`")
    }
}
