//! One update over a year of readings, natively: `scripts/update-in-chromium` runs it beside the browser.

use std::time::Instant;
use supple_bench::update::Year;

fn main() {
    let year = Year::of(1);
    let mut spans = Vec::new();
    let mut mean = 0.0;
    for _ in 0..301 {
        let begun = Instant::now();
        mean = year.update().0;
        spans.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    let first = spans.remove(0);
    spans.sort_by(f64::total_cmp);
    println!(
        "natively: {first:.2} ms the first time, then {:.2} ms at the median, {:.2} ms for nine of ten; mean gain {mean:.9}",
        spans[150], spans[270]
    );
}
