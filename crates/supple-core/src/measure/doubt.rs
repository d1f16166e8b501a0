use super::{Reading, Record, Where, reading};
use crate::body::Side;
use crate::event::MeasureTaken;
use crate::knowledge::Measure;

/// Centimetres in an inch.
const INCH_CM: f64 = 2.54;
/// How near a ratio must be to an inch to look like one. Our judgement.
const NEAR: f64 = 0.12;
/// How far trials of one sitting may lie apart, in degrees, before one more is worth taking.
/// Source: shared reference on phones, "range > 6 deg: ask for a fourth".
pub(super) const SPREAD_DEG: f64 = 6.0;

/// Something that may be a slip of the hand. It is asked about, and kept as it is if the person says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// The numbers look like inches, where the test is in centimetres.
    Inches {
        /// What it was last time.
        last: f64,
        /// What was given now.
        now: f64,
    },
    /// Left and right look exchanged, compared with last time.
    SidesSwapped,
    /// The trials that count lie far apart: one more would tell which to believe.
    Apart {
        /// The largest minus the smallest.
        spread: f64,
    },
}

/// What may be wrong with new results, compared with what the log holds. Numbers that cannot be right at all are an
/// error of [`reading`] and never get here.
#[must_use]
pub fn doubts(measure: &Measure, new: &[MeasureTaken], record: &Record<'_>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let last = |about: Where| {
        record.series.iter().find(|known| known.about == about).map(|known| known.latest().reading.value)
    };
    let read: Vec<(Where, Reading)> = new
        .iter()
        .filter_map(|taken| Some((Where { region: taken.region, side: taken.side }, reading(measure, taken).ok()?)))
        .collect();
    if measure.unit == "cm" {
        doubts.extend(read.iter().find_map(|(about, reading)| {
            let last = last(*about)?;
            let ratio = if reading.value > 0.0 && last > 0.0 { last / reading.value } else { return None };
            ((ratio / INCH_CM - 1.0).abs() < NEAR).then_some(Doubt::Inches { last, now: reading.value })
        }));
    }
    doubts.extend(swapped(measure, &read, record, last).then_some(Doubt::SidesSwapped));
    if measure.unit.starts_with("deg") {
        doubts.extend(new.iter().find_map(|taken| {
            let counted = taken.trials.get(usize::from(taken.practice_trials)..)?;
            let largest = counted.iter().copied().reduce(f64::max)?;
            let smallest = counted.iter().copied().reduce(f64::min)?;
            // With a fourth there is nothing more to ask for.
            (largest - smallest > SPREAD_DEG && taken.trials.len() <= usize::from(measure.trials))
                .then_some(Doubt::Apart { spread: largest - smallest })
        }));
    }
    doubts
}

/// Whether each side is what the other was, while the two sides really differ.
fn swapped(
    measure: &Measure,
    read: &[(Where, Reading)],
    record: &Record<'_>,
    last: impl Fn(Where) -> Option<f64>,
) -> bool {
    let of = |side: Side| read.iter().find(|(about, _)| about.side == Some(side));
    let (Some((left, on_left)), Some((right, on_right))) = (of(Side::Left), of(Side::Right)) else { return false };
    let (Some(left_was), Some(right_was)) = (last(*left), last(*right)) else { return false };
    let real = |one: f64, other: f64| {
        let at = |value: f64| Reading { value, trials: on_left.trials };
        super::change(measure, at(one), at(other), record.own_error).real
    };
    real(left_was, right_was)
        && real(left_was, on_left.value)
        && real(right_was, on_right.value)
        && !real(left_was, on_right.value)
        && !real(right_was, on_left.value)
}
