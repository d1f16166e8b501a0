//! How long a whole plan takes: candidates, optimum, order and reasons.

use divan::Bencher;
use supple_core::assess::Assessment;
use supple_core::contract::PlanRequest;
use supple_core::gate::judge;
use supple_core::plan::{propose, solve};

fn main() {
    divan::main();
}

/// Every region wanted, 20 minutes.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn propose_full_size(bencher: Bencher) {
    propose_each(bencher, &supple_bench::full_size_requests(200));
}

/// 8 to 20 regions wanted, 8 to 20 minutes.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn propose_large(bencher: Bencher) {
    propose_each(bencher, &supple_bench::large_requests(200));
}

/// The optimum alone.
#[divan::bench(sample_count = 200, sample_size = 1)]
fn solve_full_size(bencher: Bencher) {
    let knowledge = supple_knowledge::embedded();
    let requests = supple_bench::full_size_requests(200);
    let mut problems = requests.iter().cycle().map(|request| supple_bench::problem(knowledge, request));
    bencher.with_inputs(|| problems.next().expect("a cycle")).bench_local_refs(|problem| solve::solve(problem));
}

fn propose_each(bencher: Bencher, requests: &[PlanRequest]) {
    let knowledge = supple_knowledge::embedded();
    let mut judged = requests.iter().cycle().map(|request| {
        let assessment = Assessment::from_request(request, knowledge).expect("a request that names what exists");
        (judge(knowledge, &assessment), assessment)
    });
    bencher.with_inputs(|| judged.next().expect("a cycle")).bench_local_refs(|(judgement, assessment)| {
        propose(knowledge, judgement.verdict.clearance().expect("a request that allows a plan"), assessment)
    });
}
