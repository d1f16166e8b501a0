//! Days and clocks as people and programs write them.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Which number of `03/04/2024` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

/// Why a date could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoDate {
    /// It is none.
    None,
    /// It can be read in two ways.
    TwoWays,
}

/// `2024-01-05`, or with slashes or dots between.
pub fn iso_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `06:12`, `06:12:08`, `06:12:08.5`, and with `AM` or `PM` behind.
pub fn clock(text: &str) -> Option<Time> {
    let text = text.trim().replace('\u{202f}', " ");
    let upper = text.to_ascii_uppercase();
    let (digits, half) =
        match upper.strip_suffix("AM").map(|rest| (rest, 0)).or(upper.strip_suffix("PM").map(|rest| (rest, 12))) {
            Some((rest, half)) => (rest.trim().to_owned(), Some(half)),
            None => (upper, None),
        };
    let mut parts = digits.split([':', 'H']).map(str::trim);
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: i8 = match parts.next() {
        Some(seconds) if !seconds.is_empty() => seconds.split(['.', ',']).next()?.parse().ok()?,
        _ => 0,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    Time::new(hour, minute, second.min(59), 0).ok()
}

/// The first three letters of months in the languages that archives come in; further names of one month follow it.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "janv", "янв"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "maa", "mrt", "мар"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei", "maj"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    // June and July begin alike in French, so the longest name that fits counts.
    let fits = MONTHS.iter().zip(1..).flat_map(|(names, month)| names.iter().map(move |name| (*name, month)));
    fits.filter(|(name, _)| word.starts_with(name)).max_by_key(|(name, _)| name.len()).map(|(_, month)| month)
}

/// A date with a time as a person's program writes it: ISO, `Jan 5, 2024, 6:12:08 AM`, `05.01.2024, 06:12:08`,
/// `5 janv. 2024 à 06:12:08`, `3/4/2024 18:00`. Without a zone in it, it is in `zone`.
pub fn moment(text: &str, order: Option<DayOrder>, zone: &TimeZone) -> Result<Zoned, NoDate> {
    let text = text.trim();
    if let Some(zoned) = crate::place::iso(text, zone) {
        return Ok(zoned);
    }
    let (date, rest) = day(text, order)?;
    let time = rest.find(|c: char| c.is_ascii_digit()).and_then(|at| clock(&rest[at..]));
    let time = match time {
        Some(time) => time,
        // A day alone: noon, which is the same day whatever the zone.
        None if !rest.contains(|c: char| c.is_ascii_digit()) => jiff::civil::time(12, 0, 0, 0),
        None => return Err(NoDate::None),
    };
    DateTime::from_parts(date, time).to_zoned(zone.clone()).map_err(|_| NoDate::None)
}

/// The date at the beginning, and what stands behind it.
pub fn day(text: &str, order: Option<DayOrder>) -> Result<(Date, &str), NoDate> {
    let mut numbers: Vec<(i32, usize)> = Vec::new();
    let mut named: Option<(i8, usize)> = None;
    let mut rest = 0;
    let mut at = 0;
    while at < text.len() && numbers.len() + usize::from(named.is_some()) < 3 {
        let left = &text[at..];
        let Some(first) = left.chars().next() else { break };
        let same =
            |c: &char| if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_alphabetic() || *c == '.' };
        let length: usize =
            left.chars().take_while(|c| same(c)).map(char::len_utf8).sum::<usize>().max(first.len_utf8());
        let word = &left[..length];
        if first.is_ascii_digit() {
            numbers.push((word.parse().map_err(|_| NoDate::None)?, word.len()));
        } else if first.is_alphabetic()
            && named.is_none()
            && let Some(month) = month(word)
        {
            named = Some((month, numbers.len()));
        }
        at += length;
        rest = at;
    }
    let rest = &text[rest..];
    let small = |number: i32| i8::try_from(number).map_err(|_| NoDate::None);
    let date = |year: i32, month: i32, day: i32| {
        let year = i16::try_from(year).map_err(|_| NoDate::None)?;
        Date::new(year, small(month)?, small(day)?).map_err(|_| NoDate::None)
    };
    match (numbers.as_slice(), named) {
        ([(a, 4), (b, _)], Some((month, _))) => Ok((date(*a, i32::from(month), *b)?, rest)),
        ([(a, _), (b, 4)], Some((month, _))) => Ok((date(*b, i32::from(month), *a)?, rest)),
        ([(year, 4), (month, _), (day, _)], None) => Ok((date(*year, *month, *day)?, rest)),
        ([(a, _), (b, _), (year, 4)], None) => {
            let dotted = text.contains('.') && !text.contains('/');
            let day_first = match order {
                Some(order) => order == DayOrder::DayFirst,
                None if dotted || *a > 12 => true,
                None if *b > 12 => false,
                None if a == b => true,
                None => return Err(NoDate::TwoWays),
            };
            let (day, month) = if day_first { (*a, *b) } else { (*b, *a) };
            Ok((date(*year, month, day)?, rest))
        }
        _ => Err(NoDate::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match moment(text, None, &TimeZone::UTC) {
            Ok(zoned) => zoned.datetime().to_string(),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn dates_of_archives_in_many_languages_are_read() {
        for text in [
            "2024-07-05T18:12:08Z",
            "2024-07-05 18:12:08",
            "2024-07-05 18:12:08 +0000",
            "Jul 5, 2024, 6:12:08 PM",
            "05.07.2024, 18:12:08",
            "5 juil. 2024 à 18:12:08",
            "5 jul 2024 18:12:08",
            "5 de jul. de 2024 18:12:08",
            "5 lug 2024, 18:12:08",
            "Jul 5, 2024, 6:12:08\u{202f}PM",
            "2024/07/05 18:12:08",
        ] {
            assert_eq!(read(text), "2024-07-05T18:12:08", "{text}");
        }
        assert_eq!(read("5 juin 2024 à 00:00:00"), "2024-06-05T00:00:00", "June, not July");
        assert_eq!(read("Jan 5, 2024, 12:00:01 AM"), "2024-01-05T00:00:01", "the hour after midnight is 12 AM");
        assert_eq!(read("13/04/2024 18:00"), "2024-04-13T18:00:00", "there is no thirteenth month");
        assert_eq!(read("04/13/2024 18:00"), "2024-04-13T18:00:00");
        assert_eq!(read("03/04/2024 18:00"), "TwoWays");
        assert_eq!(read("2024-02-30 18:00"), "None");
        assert_eq!(read("5 May 2024"), "2024-05-05T12:00:00", "a day alone is noon");
        let first = |order| moment("03/04/2024", Some(order), &TimeZone::UTC).map(|zoned| zoned.month()).ok();
        assert_eq!((first(DayOrder::DayFirst), first(DayOrder::MonthFirst)), (Some(4), Some(3)));
        for text in ["", "soon", "99999999999-01-01", "é", "1é2", "2024", "12:30"] {
            assert_eq!(read(text), "None", "{text}");
        }
    }
}
