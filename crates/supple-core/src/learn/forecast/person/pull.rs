//! What trainings and pressure do to soreness at a moment, for somebody of a kind.

use super::log::{BoutFelt, Log};
use crate::body::Site;
use crate::math;

/// When soreness after unaccustomed work is greatest, in hours; 36 to 48 in most studies.
const PEAK_HOURS: f64 = 40.0;
/// How often the share of the peak time is multiplied by itself. With 6 the curve is at half its height after a day and
/// below a twentieth after four; with the 3 of the model for groups a fifth would be left.
const SHAPE: i32 = 6;
/// Later nothing is left, in days.
const FELT_DAYS: f64 = 5.0;
/// Work of one unit: a region that does a tenth of 50 minutes at effort 5. Our judgement.
const WORK_UNIT: f64 = 25.0;
/// Pressure may change the days after it as a whole up to this many hours, and no more after the second number.
const CHANGED_HOURS: (f64, f64) = (36.0, 96.0);
/// Soreness right after pressure is lower by so many points, and half of that is gone after so many hours. Our judgement
/// from trials pooled in `docs/model.md` §4: relief lasts about an hour.
const RELIEF: f64 = 1.0;
const RELIEF_HALVES_HOURS: f64 = 0.5;

/// What acts on a place at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pull {
    /// What is felt of bouts, and how far pressure may change the days after it, 0 to 1.
    pub(super) of: [f64; 2],
    /// Points by which pressure of the last hour lowers what is felt.
    pub(super) relief: f64,
}

/// How much of a bout is felt after some hours: 1 at the peak.
pub(super) fn felt_after(hours: f64) -> f64 {
    let share = hours / PEAK_HOURS;
    let power: f64 = (0..SHAPE).map(|_| share).product();
    power * math::exp(f64::from(SHAPE) * (1.0 - share))
}

/// What is felt of a bout at a moment: nothing before it ended, or long after.
pub(super) fn felt_of(bout: &BoutFelt, at: f64, accustomed: f64) -> f64 {
    let days = at - bout.ended;
    if !(0.0..=FELT_DAYS).contains(&days) {
        return 0.0;
    }
    let share = 1.0 - (1.0 - accustomed) * bout.protection;
    // The root: twice the work does not hurt twice as much.
    felt_after(24.0 * days) * math::sqrt(bout.work.max(0.0) * share / WORK_UNIT)
}

/// What acts on a site at a moment, from what happened before it and before a day. `accustomed` is what is left of the
/// soreness of a bout like a recent one.
pub(super) fn pull(log: &Log<'_>, site: Site, at: f64, before_day: i32, accustomed: f64) -> Pull {
    let bouts = log.work(site.region).iter().rev().skip_while(|bout| bout.ended > at);
    let bouts = bouts.take_while(|bout| at - bout.ended <= FELT_DAYS).filter(|bout| bout.day < before_day);
    let felt: f64 = bouts.map(|bout| felt_of(bout, at, accustomed)).sum();
    let newest = log.pressure(site).iter().rev().find(|(given, day)| *given <= at && *day < before_day);
    let Some(hours) = newest.map(|(given, _)| 24.0 * (at - given)) else {
        return Pull { of: [felt, 0.0], relief: 0.0 };
    };
    let (whole, none) = CHANGED_HOURS;
    let changed = ((none - hours) / (none - whole)).clamp(0.0, 1.0);
    let relief = RELIEF * math::exp(-math::ln(2.0) * hours / RELIEF_HALVES_HOURS);
    Pull { of: [felt, changed], relief }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bout_is_felt_most_on_the_second_day_and_hardly_after_the_fourth() {
        let by_hour: Vec<f64> = (0_i32..=120).map(|hour| felt_after(f64::from(hour))).collect();
        let most = by_hour.iter().copied().fold(0.0, f64::max);
        assert!((by_hour[40] - most).abs() < 1e-12 && (most - 1.0).abs() < 1e-12);
        assert!(by_hour[36] > 0.9 && by_hour[48] > 0.85, "the peak is broad");
        assert!(by_hour[24] > 0.4 && by_hour[6] < 0.01 && by_hour[96] < 0.05, "{by_hour:?}");
    }
}
