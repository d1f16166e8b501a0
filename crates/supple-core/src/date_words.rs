//! Days in words. `jiff` can do it too, but the printer it needs for that would be a seventh of the browser's engine.

use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "November".
#[must_use]
pub fn month(day: Date) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}

/// "Sunday".
#[must_use]
pub const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// "22 Nov".
#[must_use]
pub fn short_day(day: Date) -> String {
    format!("{} {}", day.day(), &month(day)[..3])
}

/// "2026-11", as months are asked for.
#[must_use]
pub fn year_and_month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

#[cfg(test)]
mod tests {
    use super::{month, short_day, weekday, year_and_month};
    use jiff::civil::date;

    #[test]
    fn every_day_of_four_years_has_the_words_that_jiff_has() {
        for day in date(2024, 1, 1).series(jiff::Span::new().days(1)).take(4 * 366) {
            assert_eq!(weekday(day.weekday()), day.strftime("%A").to_string());
            assert_eq!(month(day), day.strftime("%B").to_string());
            assert_eq!(short_day(day), day.strftime("%-d %b").to_string());
            assert_eq!(year_and_month(day), day.strftime("%Y-%m").to_string());
        }
    }
}
