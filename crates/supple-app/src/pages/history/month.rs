//! One month of a calendar, and what of the log lies in it.

use crate::cx::Cx;
use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use supple_core::Zoned;
use supple_core::event::{DoneElsewhere, NextDayReported};
use supple_core::state::{SessionRecord, Timed};

/// A month in the zone of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    from: Timestamp,
    to: Timestamp,
}

impl Month {
    /// The month that is asked for as `2026-11`, or else the one it is now.
    pub fn asked(cx: &Cx<'_>, text: Option<&str>) -> Self {
        let first = text.and_then(first_day).unwrap_or_else(|| cx.now().date().first_of_month());
        Self::beginning(cx, first).or_else(|| Self::beginning(cx, cx.now().date().first_of_month())).unwrap_or(Self {
            first,
            from: Timestamp::MIN,
            to: Timestamp::MAX,
        })
    }

    fn beginning(cx: &Cx<'_>, first: Date) -> Option<Self> {
        let zone = cx.now().time_zone();
        let at = |day: Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp());
        Some(Self { first, from: at(first)?, to: at(first.checked_add(Span::new().months(1)).ok()?)? })
    }

    /// Whether something happened in it. Compares moments, so that a log of years costs little.
    pub fn has(&self, at: &Zoned) -> bool {
        (self.from..self.to).contains(&at.timestamp())
    }

    /// Whether something happened before it.
    pub fn is_after(&self, at: &Zoned) -> bool {
        at.timestamp() < self.from
    }

    /// The month before or after, as it is asked for.
    pub fn other(&self, months: i64) -> Option<String> {
        let first = self.first.checked_add(Span::new().months(months)).ok()?;
        Some(supple_core::date_words::year_and_month(first))
    }

    /// Its days in weeks from Monday; none where a week reaches into another month.
    pub fn weeks(&self) -> Vec<[Option<Date>; 7]> {
        let mut weeks = Vec::new();
        let mut week = [None; 7];
        for day in self.first.series(Span::new().days(1)).take_while(|day| day.month() == self.first.month()) {
            let column = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
            week[column] = Some(day);
            if column == 6 {
                weeks.push(std::mem::take(&mut week));
            }
        }
        if week.iter().any(Option::is_some) {
            weeks.push(week);
        }
        weeks
    }
}

fn first_day(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let (year, month): (i16, i8) = (year.parse().ok()?, month.parse().ok()?);
    ((1900..=2999).contains(&year) && (1..=12).contains(&month)).then(|| date(year, month, 1))
}

/// What happened on one day.
#[derive(Debug, Default)]
pub struct Day<'s> {
    /// Guided sessions.
    pub sessions: Vec<&'s SessionRecord>,
    /// Pressure without Supple.
    pub elsewhere: Vec<&'s Timed<DoneElsewhere>>,
    /// Reports of the day after.
    pub reports: Vec<&'s Timed<NextDayReported>>,
}

/// What happened in a month, day by day, the latest first.
pub fn days<'s>(cx: &Cx<'s>, month: &Month) -> Vec<(Date, Day<'s>)> {
    let mut days = supple_core::sorted::SortedMap::<Date, Day<'s>>::new();
    let there = |at: &Zoned| at.with_time_zone(cx.now().time_zone().clone()).date();
    for session in cx.state.sessions.iter().filter(|session| month.has(&session.at)) {
        days.get_or_default(there(&session.at)).sessions.push(session);
    }
    for done in cx.state.elsewhere.iter().filter(|done| month.has(&done.at)) {
        days.get_or_default(there(&done.at)).elsewhere.push(done);
    }
    for report in cx.state.next_days.iter().filter(|report| month.has(&report.at)) {
        days.get_or_default(there(&report.at)).reports.push(report);
    }
    days.into_iter().rev().collect()
}
