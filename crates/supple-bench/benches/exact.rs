//! The optimum of 200 full-size problems, ours beside HiGHS, in one run on one core. Fails if they ever differ.
//!
//! HiGHS takes part with `--features highs`.

use std::time::Instant;
use supple_bench::{full_size_requests, median, problem};
use supple_core::plan::solve::{Problem, Solution, solve};

const PLANS: usize = 200;
/// Ours is so short that one run would measure the clock and the caches; the median of these counts.
const RUNS: usize = 5;

fn main() {
    let knowledge = supple_knowledge::embedded();
    let problems: Vec<Problem> =
        full_size_requests(PLANS).iter().map(|request| problem(knowledge, request)).collect();
    let stations = problems.iter().map(|problem| problem.setup.len()).max().unwrap_or(0);
    let groups = problems.iter().map(|problem| problem.groups.len()).max().unwrap_or(0);
    let items: usize = problems.iter().flat_map(|problem| &problem.groups).map(Vec::len).sum();
    println!(
        "{PLANS} full-size plans: {} techniques, {groups} regions, {stations} stations, {} items, 20 minutes",
        knowledge.techniques.len(),
        items / PLANS,
    );
    let (ours, times): (Vec<Solution>, Vec<f64>) = problems.iter().map(timed).unzip();
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let time = median(times);
    println!("  ours    {time:10.4} ms per plan (median), {slowest:.4} ms at most");
    beside(&problems, &ours, time);
}

fn timed(problem: &Problem) -> (Solution, f64) {
    let once = |_| {
        let started = Instant::now();
        std::hint::black_box(solve(std::hint::black_box(problem)));
        started.elapsed().as_secs_f64() * 1000.0
    };
    (solve(problem), median((0..RUNS).map(once).collect()))
}

#[cfg(feature = "highs")]
fn beside(problems: &[Problem], ours: &[Solution], our_time: f64) {
    let mut times = Vec::new();
    let mut most_gap = 0;
    for (problem, ours) in problems.iter().zip(ours) {
        let (chosen, took) = supple_bench::general::solve(problem);
        let items = || chosen.iter().zip(&problem.groups).filter_map(|(item, group)| Some(group[(*item)?]));
        let value: i64 = items().map(|item| item.value).sum();
        let setup = |station: usize| problem.setup[station] * u32::from(items().any(|item| item.station == station));
        let setups: u32 = (0..problem.setup.len()).map(setup).sum();
        let ticks = setups + items().map(|item| item.ticks).sum::<u32>();
        assert!(ticks <= problem.budget, "HiGHS gives a plan that does not fit");
        assert!(ours.ticks <= problem.budget, "ours does not fit");
        most_gap = most_gap.max((value - ours.value).abs());
        times.push(took.as_secs_f64() * 1000.0);
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let time = median(times);
    println!("  HiGHS   {time:10.4} ms per plan (median), {slowest:.4} ms at most");
    println!(
        "  ratio   {:10.0} times, gap {most_gap} on {} of {} plans",
        time / our_time,
        problems.len(),
        problems.len()
    );
    assert_eq!(most_gap, 0, "the two optima differ");
}

#[cfg(not(feature = "highs"))]
fn beside(_: &[Problem], _: &[Solution], _: f64) {
    println!("  HiGHS   not measured: cargo bench -p supple-bench --features highs");
}
