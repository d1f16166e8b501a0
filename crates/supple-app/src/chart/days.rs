//! Days on an axis, and the few that are named on it.

use jiff::Span;
use jiff::civil::Date;
use supple_core::date_words::{month, short_day};
use supple_core::days;

/// Where a day stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Days {
    first: Date,
    last: Date,
    /// Where the first and the last day stand in the picture.
    place: (f64, f64),
}

impl Days {
    /// From one day to another; a single day stands in the middle.
    pub(super) const fn over(first: Date, last: Date, place: (f64, f64)) -> Self {
        Self { first, last, place }
    }

    /// Where a day stands.
    pub(super) fn at(&self, day: Date) -> f64 {
        let all = days_between(self.first, self.last);
        if all <= 0 {
            return f64::midpoint(self.place.0, self.place.1);
        }
        self.place.0 + (self.place.1 - self.place.0) * f64::from(days_between(self.first, day)) / f64::from(all)
    }

    /// The days that are named, at most five: the first and some after it, or the firsts of months.
    pub(super) fn ticks(&self) -> Vec<(Date, String)> {
        let all = days_between(self.first, self.last);
        if let Some(step) = [1, 2, 4, 7, 14].into_iter().find(|step| all / step < 5) {
            return self.stepped(self.first, Span::new().days(step), short_day);
        }
        let next_month = if self.first.day() == 1 {
            Some(self.first)
        } else {
            self.first.first_of_month().checked_add(Span::new().months(1)).ok()
        };
        let months = [1, 2, 3, 6, 12, 24, 60].into_iter().find(|months| all / 30 / months < 5).unwrap_or(120);
        let words = move |day: Date| match months {
            ..=3 if all < 400 => month(day)[..3].to_owned(),
            _ => format!("{} {}", &month(day)[..3], day.year()),
        };
        next_month.map_or_else(Vec::new, |from| self.stepped(from, Span::new().months(months), words))
    }

    fn stepped(&self, from: Date, step: Span, words: impl Fn(Date) -> String) -> Vec<(Date, String)> {
        let days = std::iter::successors(Some(from), |day| day.checked_add(step).ok());
        days.take_while(|day| *day <= self.last).map(|day| (day, words(day))).collect()
    }
}

/// Whole days from one to the other.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    days::between(from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn named(first: Date, last: Date) -> Vec<String> {
        Days::over(first, last, (0.0, 1.0)).ticks().into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn a_week_two_months_and_years_have_their_own_names() {
        assert_eq!(named(date(2026, 11, 1), date(2026, 11, 6)), ["1 Nov", "3 Nov", "5 Nov"]);
        assert_eq!(named(date(2026, 9, 22), date(2026, 11, 22)), ["22 Sep", "6 Oct", "20 Oct", "3 Nov", "17 Nov"]);
        assert_eq!(named(date(2026, 5, 9), date(2026, 9, 30)), ["Jun", "Jul", "Aug", "Sep"]);
        assert_eq!(named(date(2024, 3, 9), date(2026, 9, 30)), ["Apr 2024", "Apr 2025", "Apr 2026"]);
        assert_eq!(named(date(2026, 9, 3), date(2026, 9, 3)), ["3 Sep"]);
    }

    #[test]
    fn whatever_the_span_names_are_few_and_never_run_into_each_other() {
        let first = date(2024, 2, 27);
        for days in 0..3000 {
            let last = first.checked_add(Span::new().days(days)).unwrap();
            let axis = Days::over(first, last, (44.0, 300.0));
            let ticks = axis.ticks();
            assert!((1..=6).contains(&ticks.len()), "{days} days: {ticks:?}");
            for pair in ticks.windows(2) {
                // Six units a letter of 12 units, and a little between.
                #[allow(clippy::cast_precision_loss)]
                let letters = f64::midpoint(pair[0].1.len() as f64, pair[1].1.len() as f64);
                let apart = axis.at(pair[1].0) - axis.at(pair[0].0);
                assert!(apart > 6.0 * letters + 3.0, "{days} days: {pair:?} are {apart} apart");
            }
        }
    }

    #[test]
    fn days_are_to_scale() {
        let days = Days::over(date(2026, 11, 1), date(2026, 11, 5), (10.0, 50.0));
        assert!((days.at(date(2026, 11, 2)) - 20.0).abs() < 1e-9);
        assert!(
            (Days::over(date(2026, 11, 1), date(2026, 11, 1), (10.0, 50.0)).at(date(2026, 11, 1)) - 30.0).abs()
                < 1e-9
        );
    }
}
