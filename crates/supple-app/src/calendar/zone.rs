//! What a zone's clocks do over the days of a file, for programs that do not know the zone by its name.

use super::text::{self, Lines};
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone, TimeZoneTransition};
use jiff::{Timestamp, ToSpan};

/// Adds what the clocks of a zone do from the day before `first` to two days after `last`. Each change stands there by
/// itself, as the zone data have it: rules made of them ("the last Sunday of March") would promise more than is known.
pub fn write(lines: &mut Lines, zone: &TimeZone, name: &str, first: Date, last: Date) {
    lines.line("BEGIN:VTIMEZONE");
    lines.line(&format!("TZID:{name}"));
    let from = moment(zone, first.checked_sub(1.day()).unwrap_or(first));
    let to = moment(zone, last.checked_add(2.days()).unwrap_or(last));
    let before = zone.preceding(from).next();
    let mut offset = match &before {
        Some(change) => {
            // Clocks before the first change here stood as they did just before it.
            let earlier = just_before(change.timestamp());
            write_change(lines, zone.to_offset(earlier), change);
            change.offset()
        }
        None => {
            // A zone whose clocks have never been changed.
            let info = zone.to_offset_info(from);
            let start = Date::constant(1970, 1, 1).to_datetime(Time::midnight());
            part(lines, info.dst().is_dst(), (info.offset(), info.offset()), start, info.abbreviation());
            info.offset()
        }
    };
    // Both look strictly before and after; clocks may be changed at midnight itself.
    for change in zone.following(just_before(from)).take_while(|change| change.timestamp() <= to) {
        write_change(lines, offset, &change);
        offset = change.offset();
    }
    lines.line("END:VTIMEZONE");
}

fn moment(zone: &TimeZone, day: Date) -> Timestamp {
    let midnight = day.to_datetime(Time::midnight());
    zone.to_timestamp(midnight).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn just_before(moment: Timestamp) -> Timestamp {
    moment.checked_sub(1.second()).unwrap_or(moment)
}

fn write_change(lines: &mut Lines, from: Offset, change: &TimeZoneTransition<'_>) {
    // The time that the clocks showed at that moment before they were changed (RFC 5545, 3.6.5).
    let shown = from.to_datetime(change.timestamp());
    part(lines, change.dst().is_dst(), (from, change.offset()), shown, change.abbreviation());
}

fn part(lines: &mut Lines, is_dst: bool, (from, to): (Offset, Offset), at: jiff::civil::DateTime, short: &str) {
    let kind = if is_dst { "DAYLIGHT" } else { "STANDARD" };
    lines.line(&format!("BEGIN:{kind}"));
    lines.line(&format!("DTSTART:{}", text::local(at)));
    lines.line(&format!("TZOFFSETFROM:{}", text::offset(from)));
    lines.line(&format!("TZOFFSETTO:{}", text::offset(to)));
    lines.text("TZNAME", short);
    lines.line(&format!("END:{kind}"));
}
