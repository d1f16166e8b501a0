//! Writes the log of two years as JSON Lines, for `supple log import` and `scripts/load`. The argument is the time of
//! the last check-in, with its zone; without one it is this machine's clock.

use jiff::Zoned;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let end = std::env::args().nth(1).map_or_else(|| Ok(Zoned::now()), |text| text.parse())?;
    for event in supple_bench::two_years::two_years(supple_knowledge::embedded(), &end) {
        println!("{}", serde_json::to_string(&event)?);
    }
    Ok(())
}
