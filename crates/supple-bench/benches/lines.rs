//! 10,000 requests through the stateless contract, JSON Lines in and out, on one core.

use std::time::Instant;
use supple_bench::large_requests;
use supple_core::contract::answer_line;

const LINES: usize = 10_000;

fn main() {
    let knowledge = supple_knowledge::embedded();
    let requests = large_requests(LINES);
    let lines: Vec<String> =
        requests.iter().map(|request| serde_json::to_string(request).expect("a request is JSON")).collect();
    let started = Instant::now();
    let answers: Vec<String> = lines.iter().map(|line| answer_line(knowledge, line)).collect();
    let took = started.elapsed().as_secs_f64();
    let plans = answers.iter().filter(|answer| answer.contains("\"plan\":{")).count();
    let bytes: usize = answers.iter().map(String::len).sum();
    println!(
        "{LINES} requests through the contract: {took:.2} s, {plans} plans, {} MB of answers",
        bytes / 1_000_000
    );
    assert_eq!(plans, LINES, "a request that allows a plan got none");
}
