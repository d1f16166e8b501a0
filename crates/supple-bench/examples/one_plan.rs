//! One fixed plan, for counting instructions: `scripts/instructions`.

use std::hint::black_box;
use supple_core::plan::solve::{Problem, Solution, solve};

#[inline(never)]
fn one_optimum(problem: &Problem) -> Solution {
    solve(problem)
}

#[inline(never)]
fn one_answer(line: &str) -> String {
    supple_core::contract::answer_line(supple_knowledge::embedded(), line)
}

fn main() {
    let request = supple_bench::full_size_requests(1).remove(0);
    let problem = supple_bench::problem(supple_knowledge::embedded(), &request);
    let line = serde_json::to_string(&request).expect("a request is JSON");
    black_box(one_optimum(black_box(&problem)));
    black_box(one_answer(black_box(&line)));
}
