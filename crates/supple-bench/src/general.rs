//! The same problem for HiGHS, a general solver for mixed-integer programs.

use highs::{HighsModelStatus, Model, RowProblem, Sense};
use std::time::{Duration, Instant};
use supple_core::plan::solve::Problem;

/// The item chosen in each group by HiGHS on one core, proved optimal, and how long it took.
///
/// The items of a group at one station are linked to the station together, the stronger of the usual ways to write
/// it; an absolute gap below one unit of value counts as optimal, since values are whole. Building the model is not
/// timed.
///
/// # Panics
/// If HiGHS does not prove an optimum.
#[must_use]
pub fn solve(problem: &Problem) -> (Vec<Option<usize>>, Duration) {
    let mut rows = RowProblem::new();
    let open: Vec<_> = problem.setup.iter().map(|_| rows.add_integer_column(0.0, 0..=1)).collect();
    let mut time: Vec<_> = open.iter().zip(&problem.setup).map(|(&open, &setup)| (open, f64::from(setup))).collect();
    for group in &problem.groups {
        let columns: Vec<_> = group.iter().map(|item| rows.add_integer_column(item.value as f64, 0..=1)).collect();
        rows.add_row(..=1, columns.iter().map(|&column| (column, 1.0)));
        for (station, &open) in open.iter().enumerate() {
            let at = columns.iter().zip(group).filter(|(_, item)| item.station == station);
            let mut link: Vec<_> = at.map(|(&column, _)| (column, 1.0)).collect();
            if !link.is_empty() {
                link.push((open, -1.0));
                rows.add_row(..=0, link);
            }
        }
        time.extend(columns.iter().zip(group).map(|(&column, item)| (column, f64::from(item.ticks))));
    }
    rows.add_row(..=problem.budget, time);

    let mut model = Model::new(rows);
    model.make_quiet();
    model.set_sense(Sense::Maximise);
    model.set_option("threads", 1);
    model.set_option("mip_rel_gap", 0.0);
    model.set_option("mip_abs_gap", 0.5);
    let started = Instant::now();
    let solved = model.solve();
    let took = started.elapsed();
    assert_eq!(solved.status(), HighsModelStatus::Optimal, "HiGHS proves no optimum");

    let solution = solved.get_solution();
    let mut columns = solution.columns()[problem.setup.len()..].iter();
    let mut is_in = || columns.next().is_some_and(|&value| value > 0.5);
    let chosen = |count: usize| {
        let taken: Vec<bool> = (0..count).map(|_| is_in()).collect();
        assert!(taken.iter().filter(|&&taken| taken).count() <= 1, "HiGHS takes two items of a group");
        taken.iter().position(|&taken| taken)
    };
    (problem.groups.iter().map(Vec::len).map(chosen).collect(), took)
}
