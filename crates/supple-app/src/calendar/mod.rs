//! What is planned, as an iCalendar file (RFC 5545, with the refresh interval of RFC 7986) for the calendar that
//! people look at anyway.
//!
//! Pure: what a calendar wants to know of time (when something changed) comes with each item. Single events, each with
//! the identity of its slot in the programme, and no repetition rules: what stands on two Tuesdays differs in its
//! content, is moved and dropped by itself, and a calendar that reads a file again finds each by its identity
//! (decision 2026-11-23-calendar-by-hand).

mod programme;
mod text;
mod zone;

pub use programme::{of_answer, of_programme};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use text::Lines;

/// One planned thing, whoever planned it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarItem {
    /// The slot of the programme it fills: the same after every re-planning, and never given to anything else. It
    /// becomes the identity that calendars know it by, so nothing private may stand in it.
    pub id: String,
    /// When it is.
    pub when: When,
    /// Minutes it takes, 1 to 1440.
    pub minutes: u16,
    /// What it is in a few words that anybody may see: "Session with the roller".
    pub title: String,
    /// What it is about, for those who ask for it: places and doses.
    pub detail: String,
    /// How often it has been changed since it was first planned.
    pub changed: u32,
    /// When it was changed last, or first planned.
    pub changed_at: Timestamp,
    /// Whether it was taken out again. It stays in the file, marked as cancelled, so that a calendar that was given the
    /// file before takes it out, too.
    pub dropped: bool,
}

/// When something is: civil time, in the zone of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// At some time of that day.
    Day(Date),
    /// It begins then.
    At(DateTime),
}

impl When {
    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::At(at) => at.date(),
        }
    }
}

/// What somebody wants to have in the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Whether the places and doses stand in the events. A calendar is often seen by others, so they do not unless asked.
    pub detail: bool,
    /// Minutes before each event at which the calendar is to give an alarm, 0 to 1440; none unless asked.
    pub alarm_minutes: Option<u16>,
}

/// The name of the calendar where a program shows several.
const NAME: &str = "Supple";
/// How often a program that subscribes is asked to look again. Some look when they like.
const REFRESH: &str = "PT6H";
/// Who wrote the file.
const PRODUCT: &str = "-//Supple//Supple//EN";

/// The file. `items` in any order; `zone` is where the person is. The same items give the same bytes.
#[must_use]
pub fn file(items: &[CalendarItem], zone: &TimeZone, wishes: Wishes) -> String {
    let mut items: Vec<&CalendarItem> = items.iter().collect();
    items.sort_by(|a, b| (a.when, &a.id).cmp(&(b.when, &b.id)));
    let mut lines = Lines::default();
    lines.line("BEGIN:VCALENDAR");
    lines.line("VERSION:2.0");
    lines.line(&format!("PRODID:{PRODUCT}"));
    lines.line("CALSCALE:GREGORIAN");
    lines.line("METHOD:PUBLISH");
    lines.text("NAME", NAME);
    lines.text("X-WR-CALNAME", NAME);
    lines.line(&format!("REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"));
    lines.line(&format!("X-PUBLISHED-TTL:{REFRESH}"));
    let timed = || items.iter().filter(|item| matches!(item.when, When::At(_))).map(|item| item.when.date());
    let known = zone.iana_name().zip(timed().min()).zip(timed().max());
    if let Some(((name, first), last)) = known {
        lines.text("X-WR-TIMEZONE", name);
        zone::write(&mut lines, zone, name, first, last);
    }
    for item in items {
        event(&mut lines, item, zone, wishes);
    }
    lines.line("END:VCALENDAR");
    lines.into_text()
}

fn event(lines: &mut Lines, item: &CalendarItem, zone: &TimeZone, wishes: Wishes) {
    lines.line("BEGIN:VEVENT");
    lines.text("UID", &format!("{}@supple", item.id));
    lines.line(&format!("DTSTAMP:{}", text::utc(item.changed_at)));
    lines.line(&format!("LAST-MODIFIED:{}", text::utc(item.changed_at)));
    lines.line(&format!("SEQUENCE:{}", item.changed));
    match item.when {
        When::Day(date) => {
            lines.line(&format!("DTSTART;VALUE=DATE:{}", text::date(date)));
            // Without an end it is that day; it takes minutes of it and blocks nothing.
            lines.line("TRANSP:TRANSPARENT");
        }
        When::At(at) => {
            match zone.iana_name() {
                Some(name) => lines.line(&format!("DTSTART;TZID={name}:{}", text::local(at))),
                // A zone without a name is none that another program knows.
                None => match zone.to_timestamp(at) {
                    Ok(moment) => lines.line(&format!("DTSTART:{}", text::utc(moment))),
                    Err(_) => lines.line(&format!("DTSTART:{}", text::local(at))),
                },
            }
            // A span and not an end: an end in civil time would be an hour off across a change of the clocks.
            lines.line(&format!("DURATION:PT{}M", item.minutes));
        }
    }
    lines.text("SUMMARY", &item.title);
    let minutes = format!("About {} minutes.", item.minutes);
    let told = if wishes.detail && !item.detail.is_empty() { format!("{minutes}\n{}", item.detail) } else { minutes };
    lines.text("DESCRIPTION", &told);
    if !wishes.detail {
        lines.line("CLASS:PRIVATE");
    }
    lines.line(if item.dropped { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    if let (Some(before), When::At(_), false) = (wishes.alarm_minutes, item.when, item.dropped) {
        lines.line("BEGIN:VALARM");
        lines.line("ACTION:DISPLAY");
        lines.line(&format!("TRIGGER:-PT{before}M"));
        lines.text("DESCRIPTION", &item.title);
        lines.line("END:VALARM");
    }
    lines.line("END:VEVENT");
}
