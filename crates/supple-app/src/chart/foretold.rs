//! What was foretold day by day, and what came.

use super::axis::{Axis, one};
use super::days::Days;
use super::drawing::Drawing;
use super::grid::grid;
use jiff::civil::Date;
use maud::{Markup, html};
use supple_core::date_words::short_day;

/// Forecasts of one place and what came of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Foretold {
    /// What it shows, in a line.
    pub title: String,
    /// The days, oldest first; never empty.
    pub days: Vec<Told>,
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The day.
    pub day: Date,
    /// The middle of what was foretold, 0 to 10.
    pub middle: u8,
    /// Lower and upper end of what 8 of 10 times holds it.
    pub ends: (u8, u8),
    /// What was said, 0 to 10; none where the place was not marked.
    pub said: Option<u8>,
}

/// A place that is not marked is anything up to this.
const NOT_MARKED_TO: u8 = 2;

const LEFT: f64 = 30.0;
const RIGHT: f64 = 304.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 150.0;
const HEIGHT: f64 = 216.0;
/// Half of the width of a bar; thinner where days stand closer.
const BAR: f64 = 4.0;

/// Draws it.
#[must_use]
pub fn foretold(foretold: &Foretold) -> Drawing {
    let values = Axis::over(0.0, 10.0, (BOTTOM, TOP), 5.0);
    let first = foretold.days.first().map_or(Date::MIN, |told| told.day);
    let last = foretold.days.last().map_or(first, |told| told.day);
    let days = Days::over(first, last, (LEFT + 8.0, RIGHT - 8.0));
    #[allow(clippy::cast_precision_loss)] // at most half a year
    let bar = (0.35 * (RIGHT - LEFT) / foretold.days.len().max(1) as f64).min(BAR);
    let inside = html! {
        (grid(&values, &days, (LEFT, RIGHT), BOTTOM))
        @for told in &foretold.days {
            @let x = days.at(told.day);
            @let (bottom, top) = (values.at(f64::from(told.ends.0)), values.at(f64::from(told.ends.1)));
            // A range of one point is a thin bar.
            rect .band x=(one(x - bar)) width=(one(2.0 * bar)) y=(one(top - 1.0)) height=(one(bottom - top + 2.0)) {}
            line .middle x1=(one(x - bar)) x2=(one(x + bar)) y1=(one(values.at(f64::from(told.middle))))
                y2=(one(values.at(f64::from(told.middle)))) {}
        }
        @for told in &foretold.days {
            @if let Some(said) = told.said {
                circle .dot cx=(one(days.at(told.day))) cy=(one(values.at(f64::from(said)))) r="3" {}
            }
        }
        rect .band x="8" y="179" width="14" height="10" {}
        line .middle x1="8" x2="22" y1="184" y2="184" {}
        text x="28" y="188" { "foretold the day before (8 of 10)" }
        circle .dot cx="15" cy="204" r="3" {}
        text x="28" y="208" { "what you said; none: not marked" }
    };
    Drawing {
        class: "foretold",
        title: foretold.title.clone(),
        description: described(&foretold.days),
        height: HEIGHT,
        inside,
        table: table(foretold),
    }
}

/// Whether what came lies within the range. Not marked is anything up to 2, so a range that reaches down there holds it.
fn within(told: &Told) -> bool {
    told.said.map_or(told.ends.0 <= NOT_MARKED_TO, |said| (told.ends.0..=told.ends.1).contains(&said))
}

fn described(days: &[Told]) -> String {
    let held = days.iter().filter(|told| within(told)).count();
    let said = days.iter().filter(|told| told.said.is_some()).count();
    format!(
        "A bar for each of {} days from 0 to 10, and a point on {said} of them. On {held} days what came lay within the bar.",
        days.len()
    )
}

fn table(foretold: &Foretold) -> Markup {
    html! {
        table {
            caption { (foretold.title) ", 0 to 10" }
            thead { tr { th scope="col" { "Day" } th scope="col" { "Foretold" } th scope="col" { "Came" } } }
            tbody {
                @for told in foretold.days.iter().rev() {
                    tr {
                        th scope="row" { (short_day(told.day)) }
                        td { (told.middle) " (" (told.ends.0) " to " (told.ends.1) ")" }
                        td { @match told.said { Some(said) => (said), None => "not marked" } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn told(day: i8, ends: (u8, u8), said: Option<u8>) -> Told {
        Told { day: date(2026, 11, day), middle: ends.0.midpoint(ends.1), ends, said }
    }

    #[test]
    fn every_day_has_a_bar_and_every_word_a_point() {
        let days =
            vec![told(1, (0, 2), None), told(2, (2, 6), Some(4)), told(3, (3, 5), None), told(4, (1, 3), Some(7))];
        let drawing = foretold(&Foretold { title: "Calf".to_owned(), days });
        let page = drawing.on_page().into_string();
        // One of each is in the legend.
        assert_eq!((page.matches("class=\"band\"").count(), page.matches("class=\"dot\"").count()), (5, 3));
        assert!(drawing.description.contains("each of 4 days") && drawing.description.contains("point on 2"));
        assert!(drawing.description.contains("On 2 days what came lay within"), "{}", drawing.description);
        assert!(drawing.numbers().into_string().contains("not marked"));
    }
}
