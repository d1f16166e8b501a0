use jiff::civil::Date;
use maud::{Markup, html};

/// One line of readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is about, for the class of its points: `left`, `right` or `one`.
    pub class: &'static str,
    /// Days and values, oldest first.
    pub points: Vec<(Date, f64)>,
}

const LEFT: f64 = 40.0;
const RIGHT: f64 = 320.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 130.0;

/// Readings over time: points joined by lines, days to scale. `what` says what it shows; the readings stand in the page
/// as a table too, so that the picture is for the eye only. `decimals` of the labels.
#[must_use]
pub fn over_time(what: &str, lines: &[Line], decimals: usize) -> Markup {
    let points = || lines.iter().flat_map(|line| line.points.iter());
    let Some(span) = Span::of(points()) else { return html! {} };
    html! {
        svg .over-time viewBox="0 0 328 156" role="img" aria-label=(what) {
            @for part in [0.0, 0.5, 1.0] {
                @let value = span.low + (span.high - span.low) * part;
                line .grid x1=(one(LEFT)) x2=(one(RIGHT)) y1=(one(span.y(value))) y2=(one(span.y(value))) {}
                text .label x=(one(LEFT - 6.0)) y=(one(span.y(value) + 4.0)) text-anchor="end" {
                    (format!("{value:.decimals$}"))
                }
            }
            @for line in lines {
                polyline .join .(line.class) points=(path(&span, line)) {}
                @for (day, value) in &line.points {
                    circle .(line.class) cx=(one(span.x(*day))) cy=(one(span.y(*value))) r="4.5" {}
                }
            }
            text .label x=(one(LEFT)) y="150" { (supple_core::date_words::short_day(span.first)) }
            @if span.last > span.first {
                text .label x=(one(RIGHT)) y="150" text-anchor="end" { (supple_core::date_words::short_day(span.last)) }
            }
        }
    }
}

fn path(span: &Span, line: &Line) -> String {
    line.points
        .iter()
        .map(|(day, value)| format!("{},{}", one(span.x(*day)), one(span.y(*value))))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What the picture has to hold.
struct Span {
    first: Date,
    last: Date,
    low: f64,
    high: f64,
}

impl Span {
    fn of<'p>(points: impl Iterator<Item = &'p (Date, f64)> + Clone) -> Option<Self> {
        let first = points.clone().map(|(day, _)| *day).min()?;
        let last = points.clone().map(|(day, _)| *day).max()?;
        let low = points.clone().map(|(_, value)| *value).reduce(f64::min)?;
        let high = points.map(|(_, value)| *value).reduce(f64::max)?;
        // Readings that are all alike stand in the middle.
        let room = if high - low < 1.0 { 1.0 } else { (high - low) * 0.1 };
        Some(Self { first, last, low: low - room, high: high + room })
    }

    fn x(&self, day: Date) -> f64 {
        let days = |to: Date| f64::from(to.since(self.first).map_or(0, |span| span.get_days()));
        let all = days(self.last);
        if all > 0.0 { LEFT + 8.0 + (RIGHT - LEFT - 16.0) * days(day) / all } else { f64::midpoint(LEFT, RIGHT) }
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * (value - self.low) / (self.high - self.low)
    }
}

/// Always one decimal, so that the bytes are the same everywhere.
fn one(units: f64) -> String {
    format!("{units:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i8) -> Date {
        Date::constant(2026, 11, day)
    }

    #[test]
    fn days_are_to_scale_and_values_too() {
        let line = Line { class: "left", points: vec![(day(1), 0.0), (day(2), 10.0), (day(5), 5.0)] };
        let svg = over_time("Knee to wall", &[line], 0).into_string();
        assert_eq!(svg.matches("<circle").count(), 3);
        // From 48 to 312 over four days, from -1 to 11 over 120 units.
        for (x, y) in [("48.0", "120.0"), ("114.0", "20.0"), ("312.0", "70.0")] {
            assert!(svg.contains(&format!("cx=\"{x}\" cy=\"{y}\"")), "{x},{y}: {svg}");
        }
        assert!(svg.contains("points=\"48.0,120.0 114.0,20.0 312.0,70.0\""), "{svg}");
    }

    #[test]
    fn one_reading_stands_in_the_middle_and_none_is_no_picture() {
        let line = Line { class: "one", points: vec![(day(1), 4.0)] };
        assert!(over_time("Jump", &[line], 1).into_string().contains("cx=\"180.0\" cy=\"70.0\""));
        assert_eq!(over_time("Jump", &[], 1).into_string(), "");
    }
}
