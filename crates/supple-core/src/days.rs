//! Whole days: between two dates, a date so many days away, and a date as it is written.
//!
//! Not by spans and readers of jiff: their mistakes bring all of its error texts into the browser's engine.

use jiff::SignedDuration;
use jiff::civil::Date;

/// Days from one date to another; negative where it lies before.
#[must_use]
pub fn between(from: Date, to: Date) -> i32 {
    // The calendar has 8 million days.
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
}

/// The date so many days later, or earlier if the number is negative; none beyond the calendar, which ends in 9999.
#[must_use]
pub fn after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(SignedDuration::from_secs(days.checked_mul(86_400)?)).ok()
}

/// Reads a date as the log and forms write it: `2026-11-22`.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let small = |text| i8::try_from(number(text, 2)?).ok();
    Date::new(i16::try_from(number(year, 4)?).ok()?, small(month)?, small(day)?).ok()
}

/// A number of so many digits, nine at most.
pub(crate) fn number(text: &str, digits: usize) -> Option<i32> {
    let plain = text.len() == digits && (1..=9).contains(&digits) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.bytes().fold(0, |number, byte| number * 10 + i32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::{after, between, parse};
    use jiff::civil::{Date, date};

    #[test]
    fn there_and_back_over_leap_years() {
        for (from, to, days) in [
            (date(2024, 2, 28), date(2024, 3, 1), 2),
            (date(2026, 2, 28), date(2026, 3, 1), 1),
            (date(2026, 11, 23), date(2026, 11, 23), 0),
            (date(2026, 3, 1), date(2024, 3, 1), -730),
            (date(1900, 1, 1), date(2100, 1, 1), 73_049),
        ] {
            assert_eq!((between(from, to), between(to, from)), (days, -days), "{from} to {to}");
            assert_eq!((after(from, days.into()), after(to, (-days).into())), (Some(to), Some(from)));
        }
    }

    #[test]
    fn the_calendar_ends() {
        assert_eq!((after(Date::MAX, 1), after(Date::MIN, -1), after(Date::MIN, i64::MAX)), (None, None, None));
    }

    #[test]
    fn one_way_to_write_a_date() {
        for day in date(1999, 12, 25).series(jiff::Span::new().days(17)).take(800) {
            assert_eq!(parse(&day.to_string()), Some(day));
        }
        for wrong in
            ["2026-11-31", "2026-13-01", "2026-1-01", "20261101", "2026-11-+1", "2026-11-01 ", "", "--", "26-11-01"]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
