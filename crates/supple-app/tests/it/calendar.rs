//! The iCalendar file, read back by another program's parser.

use crate::world;
use icalendar::parser::{Component, read_calendar, unfold};
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use supple_app::calendar::{CalendarItem, When, Wishes, file, of_programme};
use supple_app::handout::of_week;
use supple_core::body::{Area, RegionId, Side};
use supple_core::knowledge::{Goal, ToolId};
use supple_core::programme::{Day, Item, ItemKind, ItemMove, Programme, Week};
use supple_core::share::Part;

fn item(id: &str, when: When) -> CalendarItem {
    CalendarItem {
        id: id.to_owned(),
        when,
        minutes: 12,
        title: "Session with the roller".to_owned(),
        detail: "Calf, left: 2 x 60 s; thigh, back\nstep one, step two".to_owned(),
        changed: 0,
        changed_at: "2026-03-01T10:00:00Z".parse().unwrap(),
        dropped: false,
    }
}

/// Tuesdays and Fridays at six in the evening, over a month around a change of the clocks.
fn over_the_change(first: jiff::civil::Date) -> Vec<CalendarItem> {
    let days = (0..28).map(|day| first.checked_add(jiff::Span::new().days(day)).unwrap());
    let chosen = days.filter(|day| matches!(day.weekday().to_monday_one_offset(), 2 | 5));
    chosen.map(|day| item(&format!("p1-{day}"), When::At(day.at(18, 0, 0, 0)))).collect()
}

fn zone(name: &str) -> TimeZone {
    jiff::tz::TimeZoneDatabase::bundled().get(name).unwrap()
}

/// Every component of a kind, at any depth, and a property of one.
fn all<'c>(of: &'c [Component<'c>], kind: &str) -> Vec<&'c Component<'c>> {
    let mut found = Vec::new();
    for one in of {
        if one.name == kind {
            found.push(one);
        }
        found.extend(all(&one.components, kind));
    }
    found
}

fn property(of: &Component<'_>, name: &str) -> Option<String> {
    of.properties.iter().find(|property| property.name == name).map(|property| property.val.to_string())
}

fn parameter(of: &Component<'_>, name: &str, parameter: &str) -> Option<String> {
    let property = of.properties.iter().find(|property| property.name == name)?;
    property.params.iter().find(|one| one.key == parameter)?.val.as_ref().map(ToString::to_string)
}

#[test]
fn another_parser_reads_what_was_written() {
    let mut items = over_the_change(date(2026, 3, 16));
    items[1].changed = 2;
    items[2].dropped = true;
    items.push(item("p1-day", When::Day(date(2026, 3, 20))));
    let wishes = Wishes { detail: true, alarm_minutes: Some(15) };
    let text = file(&items, &zone("Europe/Berlin"), wishes);
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));

    let unfolded = unfold(&text);
    let read = read_calendar(&unfolded).unwrap();
    let events = all(&read.components, "VEVENT");
    assert_eq!(events.len(), items.len());
    for item in &items {
        let uid = format!("{}@supple", item.id);
        let same: Vec<_> = events.iter().filter(|event| property(event, "UID").as_ref() == Some(&uid)).collect();
        assert_eq!(same.len(), 1, "each item is there once");
        let event = same[0];
        let (start, status) = (property(event, "DTSTART").unwrap(), property(event, "STATUS").unwrap());
        match item.when {
            When::At(at) => {
                assert_eq!(start, at.strftime("%Y%m%dT%H%M%S").to_string());
                assert_eq!(parameter(event, "DTSTART", "TZID").as_deref(), Some("Europe/Berlin"));
                assert_eq!(property(event, "DURATION").as_deref(), Some("PT12M"));
            }
            When::Day(day) => {
                assert_eq!(start, day.strftime("%Y%m%d").to_string());
                assert_eq!(parameter(event, "DTSTART", "VALUE").as_deref(), Some("DATE"));
            }
        }
        assert_eq!(status, if item.dropped { "CANCELLED" } else { "CONFIRMED" });
        assert_eq!(property(event, "SEQUENCE"), Some(item.changed.to_string()));
        assert_eq!(property(event, "LAST-MODIFIED").as_deref(), Some("20260301T100000Z"));
        let alarms = all(&event.components, "VALARM");
        let rings = matches!(item.when, When::At(_)) && !item.dropped;
        assert_eq!(alarms.len(), usize::from(rings));
        assert!(alarms.iter().all(|alarm| property(alarm, "TRIGGER").as_deref() == Some("-PT15M")));
    }
    assert!(text.replace("\r\n ", "").contains("Calf\\, left: 2 x 60 s\\; thigh\\, back\\nstep one"));
    assert_eq!(all(&read.components, "VTIMEZONE").len(), 1);
}

#[test]
fn places_and_doses_and_alarms_are_there_only_when_asked_for() {
    let text = file(&over_the_change(date(2026, 3, 16)), &zone("Europe/Berlin"), Wishes::default());
    for word in ["Calf", "thigh", "60 s", "VALARM"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(text.contains("SUMMARY:Session with the roller") && text.contains("CLASS:PRIVATE"));
}

/// Moved, dropped and planned anew: what fills a slot keeps its identity, and its number only rises.
#[test]
fn identities_stay_when_the_weeks_are_planned_anew() {
    let before = over_the_change(date(2026, 10, 12));
    let mut after = before.clone();
    after.reverse();
    after[0].when = When::At(date(2026, 10, 30).at(7, 30, 0, 0));
    after[0].changed += 1;
    after[1].dropped = true;
    let identities = |items: &[CalendarItem]| {
        let text = file(items, &zone("Europe/Berlin"), Wishes::default());
        let mut found: Vec<String> =
            text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
        found.sort();
        found
    };
    assert_eq!(identities(&before), identities(&after));
    let one_way = file(&before, &zone("Europe/Berlin"), Wishes::default());
    let other_order: Vec<_> = before.iter().rev().cloned().collect();
    assert_eq!(one_way, file(&other_order, &zone("Europe/Berlin"), Wishes::default()), "order is no matter");
}

/// What a program makes of a VTIMEZONE that does not know the zone (RFC 5545, 3.6.5): of the parts that had begun, the
/// last one counts.
fn offset_by(read: &Component<'_>, at: DateTime) -> i32 {
    let seconds = |text: String| {
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let digits: Vec<i32> =
            text.as_bytes()[1..].chunks(2).map(|two| str::from_utf8(two).unwrap().parse().unwrap()).collect();
        sign * (digits[0] * 3600 + digits[1] * 60 + digits.get(2).copied().unwrap_or(0))
    };
    let parts = read.components.iter().map(|part| {
        let start = DateTime::strptime("%Y%m%dT%H%M%S", property(part, "DTSTART").unwrap()).unwrap();
        (start, seconds(property(part, "TZOFFSETTO").unwrap()))
    });
    parts.filter(|(start, _)| *start <= at).max_by_key(|(start, _)| *start).unwrap().1
}

#[test]
fn every_zone_of_the_world_is_told_as_its_clocks_go() {
    let mut checked = 0;
    for name in jiff::tz::TimeZoneDatabase::bundled().available() {
        let zone = zone(name.as_str());
        if zone.iana_name().is_none() {
            continue;
        }
        // Every other week of two years, at noon: no clock is changed at noon.
        let days = (0..52).map(|week| date(2026, 1, 5).checked_add(jiff::Span::new().weeks(week * 2)).unwrap());
        for pair in days.collect::<Vec<_>>().windows(2) {
            let times = [pair[0].at(12, 0, 0, 0), pair[1].at(12, 0, 0, 0)];
            let text = file(&times.map(|at| item(&at.to_string(), When::At(at))), &zone, Wishes::default());
            let unfolded = unfold(&text);
            let read = read_calendar(&unfolded).unwrap();
            let zones = all(&read.components, "VTIMEZONE");
            for at in times {
                let known = zone.to_offset(zone.to_timestamp(at).unwrap()).seconds();
                assert_eq!(offset_by(zones[0], at), known, "{} at {at}", name.as_str());
                checked += 1;
            }
        }
    }
    assert!(checked > 20_000, "{checked}");
}

#[test]
fn the_hour_of_the_change_stands_in_the_file() {
    let text = file(&over_the_change(date(2026, 3, 16)), &zone("Europe/Berlin"), Wishes::default());
    assert!(
        text.contains(
            "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n"
        ),
        "{text}"
    );
    let text = file(&over_the_change(date(2026, 10, 20)), &zone("America/New_York"), Wishes::default());
    assert!(
        text.contains(
            "BEGIN:STANDARD\r\nDTSTART:20261101T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST\r\n"
        ),
        "{text}"
    );
}

#[test]
fn a_zone_without_a_name_gives_moments() {
    let two_hours = TimeZone::fixed(jiff::tz::offset(2));
    let text = file(&[item("a", When::At(date(2026, 5, 1).at(18, 0, 0, 0)))], &two_hours, Wishes::default());
    assert!(text.contains("DTSTART:20260501T160000Z") && !text.contains("VTIMEZONE"));
    let empty = file(&[], &zone("Europe/Berlin"), Wishes::default());
    assert!(empty.starts_with("BEGIN:VCALENDAR\r\n") && !empty.contains("VEVENT"));
}

fn planned_item(id: &str, day: jiff::civil::Date, at: Option<i8>) -> Item {
    Item {
        id: id.to_owned(),
        date: day,
        kind: ItemKind::Smr,
        goal: Some(Goal::Mobility),
        at: at.map(|hour| jiff::civil::time(hour, 0, 0, 0)),
        minutes: 12,
        areas: vec![Area { region: RegionId::Calf, side: None }],
        moves: Vec::new(),
        pinned: false,
    }
}

fn programme(items: Vec<Item>) -> Programme {
    let first = date(2026, 11, 23);
    let days = (0..7).map(|day| {
        let date = first.checked_add(jiff::Span::new().days(day)).unwrap();
        let items = items.iter().filter(|item| item.date == date).cloned().collect();
        Day { date, minutes: 30, training: Vec::new(), items }
    });
    Programme { weeks: vec![Week { number: 1, lighter: false, days: days.collect() }], not_met: Vec::new() }
}

/// The weeks planned anew twice: what was moved keeps its identity and its number rises, what is gone is cancelled, what
/// stayed is as it was, byte for byte.
#[test]
fn a_slot_of_a_programme_keeps_its_identity_however_often_it_is_planned_anew() {
    let (monday, tuesday) = (date(2026, 11, 23), date(2026, 11, 24));
    let first = programme(vec![
        planned_item("a", monday, Some(18)),
        planned_item("b", tuesday, None),
        planned_item("c", tuesday, Some(7)),
    ]);
    let second = programme(vec![planned_item("a", tuesday, Some(18)), planned_item("c", tuesday, Some(7))]);
    let third = programme(vec![
        planned_item("a", tuesday, Some(18)),
        planned_item("b", monday, None),
        planned_item("c", tuesday, Some(7)),
        planned_item("d", monday, Some(9)),
    ]);
    let times = [10, 11, 12].map(|hour| format!("2026-11-22T{hour}:00:00Z").parse::<jiff::Timestamp>().unwrap());
    let shown = |versions: &[(jiff::Timestamp, &Programme)]| of_programme(world::knowledge(), "p1", versions);
    let before = shown(&[(times[0], &first)]);
    assert_eq!(before.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["p1-a", "p1-b", "p1-c"]);
    assert!(before.iter().all(|item| item.changed == 0 && !item.dropped));

    let after = shown(&[(times[0], &first), (times[1], &second)]);
    assert_eq!(
        (after[0].when, after[0].changed, after[0].changed_at),
        (When::At(tuesday.at(18, 0, 0, 0)), 1, times[1])
    );
    assert_eq!((after[1].dropped, after[1].changed, after[1].changed_at), (true, 1, times[1]));
    assert_eq!(after[2], before[2], "what nobody touched is not told anew");

    let last = shown(&[(times[0], &first), (times[1], &second), (times[2], &third)]);
    assert_eq!(last[0], after[0]);
    assert_eq!((last[1].dropped, last[1].changed, last[1].when), (false, 2, When::Day(monday)), "it came back");
    assert_eq!((last[3].id.as_str(), last[3].changed_at), ("p1-d", times[2]));
    assert!(last[0].detail.contains("calf") && !last[0].title.contains("calf"));
}

/// A week on paper has its days and places and the doses of a first session.
#[test]
fn a_week_goes_out_with_its_days_and_the_doses_of_a_first_session() {
    let (monday, thursday) = (date(2026, 11, 23), date(2026, 11, 26));
    let mut both = vec![planned_item("a", monday, None), planned_item("b", thursday, None)];
    for (item, day) in [("c", monday), ("d", thursday)] {
        let moves = vec![ItemMove { id: "heel_raise".to_owned(), side: Side::Both }];
        let kind = ItemKind::Strengthen;
        both.push(Item { kind, goal: None, areas: Vec::new(), moves, minutes: 6, ..planned_item(item, day, None) });
    }
    let week = &programme(both).weeks[0];
    let now = world::at("2026-11-22T18:00:00+01:00");
    let shared = of_week(world::knowledge(), week, &[ToolId::FoamRoller], &now).unwrap();
    assert_eq!(shared.sessions.len(), 1, "two days with the same in them are one session");
    let session = &shared.sessions[0];
    assert_eq!(session.days, [jiff::civil::Weekday::Monday, jiff::civil::Weekday::Thursday]);
    assert_eq!(session.minutes, 18);
    assert!(matches!(&session.parts[0], Part::Press(press) if press.technique.starts_with("calf")));
    assert!(matches!(session.parts.last(), Some(Part::Move(part)) if part.id == "heel_raise"));
    // The movement screen cannot be passed on, so its minutes do not stand on the sheet.
    let mut screened = week.clone();
    let screen = planned_item("e", monday, None);
    screened.days[0].items.push(Item {
        kind: ItemKind::Screen,
        goal: None,
        areas: Vec::new(),
        minutes: 10,
        ..screen
    });
    assert_eq!(of_week(world::knowledge(), &screened, &[ToolId::FoamRoller], &now), Ok(shared.clone()));
    let text = shared.to_text();
    assert_eq!(supple_core::share::Shared::read(&text), Ok(shared));
    assert!(text.starts_with("supple1:mobility/mo.th@18;"), "{text}");
}
