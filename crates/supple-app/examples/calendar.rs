//! A calendar over a change of the clocks, for `scripts/compare-with-icalendar`: the zone, then the first day, as arguments.

#![allow(clippy::expect_used, reason = "an example stops at what is missing")]
#![allow(clippy::disallowed_methods, reason = "an example has arguments")]

use jiff::ToSpan;
use jiff::civil::Date;
use supple_app::calendar::{CalendarItem, When, Wishes, file};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let zone = arguments.next().expect("a zone, such as Europe/Berlin");
    let first: Date = arguments.next().and_then(|day| day.parse().ok()).expect("a day, such as 2026-03-16");
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(&zone).expect("a zone that there is");
    let item = |at: When, number: i32| CalendarItem {
        id: format!("sample-{number}"),
        when: at,
        minutes: 12,
        title: "Session with the roller; easy, slow".to_owned(),
        detail: "Calf, left and right: twice 60 seconds\nThigh, outer side: \\ once 30 seconds, größer als zuvor"
            .to_owned(),
        changed: u32::try_from(number % 3).unwrap_or(0),
        changed_at: "2026-03-01T10:00:00Z".parse().expect("a moment"),
        dropped: number % 7 == 6,
    };
    let mut items = Vec::new();
    for number in 0..28_i32 {
        let day = first.checked_add(number.days()).expect("a day of this century");
        let hour = [0, 1, 2, 3, 7, 12, 18, 23][number.unsigned_abs() as usize % 8];
        items.push(item(When::At(day.at(hour, 30, 0, 0)), number));
        if number % 9 == 0 {
            items.push(item(When::Day(day), 100 + number));
        }
    }
    print!("{}", file(&items, &zone, Wishes { detail: true, alarm_minutes: Some(15) }));
}
