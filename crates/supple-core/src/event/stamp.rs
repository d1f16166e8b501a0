use super::{Event, EventBody, VERSION, next_logical_ms};
use jiff::Zoned;

/// Where a device's series stands, for [`stamp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series<'d> {
    /// The device.
    pub device: &'d str,
    /// The number of its next event, from 1.
    pub next_seq: u64,
    /// The latest hybrid logical time in the log, of any device.
    pub last_logical_ms: Option<i64>,
}

/// Turns what happened into events: numbers without gaps, and a hybrid logical time after everything seen.
///
/// Each body comes with the time it happened. `id` makes the id of the event with that number; ids must differ.
pub fn stamp(
    series: Series<'_>,
    bodies: impl IntoIterator<Item = (Zoned, EventBody)>,
    mut id: impl FnMut(u64) -> String,
) -> Vec<Event> {
    let mut last = series.last_logical_ms;
    let numbered = (series.next_seq..).zip(bodies);
    numbered
        .map(|(seq, (at, body))| {
            let logical_ms = next_logical_ms(last, &at);
            last = Some(logical_ms);
            Event { id: id(seq), device: series.device.to_owned(), seq, logical_ms, at, version: VERSION, body }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Retracted;

    #[test]
    fn numbers_have_no_gaps_and_time_never_goes_back() {
        let at = |text: &str| -> Zoned { text.parse().expect("a time") };
        let body = || EventBody::Retracted(Retracted { event: "x".into() });
        let early = at("2026-11-22T18:00:00+01:00[Europe/Berlin]");
        let late = at("2026-11-22T18:00:05+01:00[Europe/Berlin]");
        let seen = early.timestamp().as_millisecond() + 2_000;
        let series = Series { device: "phone", next_seq: 7, last_logical_ms: Some(seen) };
        let bodies = [(early.clone(), body()), (late.clone(), body()), (early, body())];
        let events = stamp(series, bodies, |seq| format!("phone-{seq}"));
        assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!(events[0].logical_ms, seen + 1, "after what was seen, although its clock is behind");
        assert_eq!(events[1].logical_ms, late.timestamp().as_millisecond(), "the wall clock, once it is ahead");
        assert_eq!(events[2].logical_ms, events[1].logical_ms + 1, "and not back again");
        assert!(events.iter().all(|event| event.version == VERSION && event.device == "phone"));
        assert_eq!(events[2].id, "phone-9");
    }
}
