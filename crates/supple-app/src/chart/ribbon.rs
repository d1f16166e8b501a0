//! A line with its ribbon, and the readings it was drawn through.

use super::axis::{Axis, fixed, one};
use super::days::Days;
use super::drawing::{Drawing, WIDTH};
use super::grid::grid;
use jiff::civil::Date;
use maud::{Markup, html};
use supple_core::date_words::short_day;
use supple_core::event::When;

/// Readings over time, and where one stands by them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ribbon {
    /// What it shows, in a line.
    pub title: String,
    /// The unit of the readings.
    pub unit: String,
    /// How many decimals a reading deserves.
    pub decimals: usize,
    /// The readings, oldest first; never empty.
    pub dots: Vec<Dot>,
    /// Where one stands, day by day or week by week, oldest first; empty where nothing can be said.
    pub band: Vec<Stand>,
    /// What has to fit beside these: the same for two charts that are compared.
    pub range: Option<(f64, f64)>,
}

/// A reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// The day.
    pub day: Date,
    /// What was read.
    pub value: f64,
    /// At rest, before or after a session.
    pub when: When,
}

/// Where one stands on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stand {
    /// The day.
    pub day: Date,
    /// The middle.
    pub middle: f64,
    /// Lower and upper end of what 90 of 100 times holds it.
    pub ends: (f64, f64),
}

const LEFT: f64 = 44.0;
const RIGHT: f64 = 294.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 150.0;
const HEIGHT: f64 = 216.0;

impl Ribbon {
    /// The lowest and the highest number in it.
    #[must_use]
    pub fn extent(&self) -> (f64, f64) {
        let numbers = self.dots.iter().map(|dot| dot.value);
        let ends = self.band.iter().flat_map(|stand| [stand.ends.0, stand.ends.1]);
        numbers
            .chain(ends)
            .filter(|number| number.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| (low.min(number), high.max(number)))
    }
}

/// Draws it.
#[must_use]
pub fn ribbon(ribbon: &Ribbon) -> Drawing {
    let (low, high) = ribbon.range.unwrap_or_else(|| ribbon.extent());
    // Readings that are all alike stand in the middle.
    let (low, high) = if high - low < 1.0 { (low - 0.5, high + 0.5) } else { (low, high) };
    let values = Axis::over(low, high, (BOTTOM, TOP), 5.0);
    let all = || ribbon.dots.iter().map(|dot| dot.day).chain(ribbon.band.iter().map(|stand| stand.day));
    let first = all().min().unwrap_or(Date::MIN);
    let days = Days::over(first, all().max().unwrap_or(first), (LEFT + 8.0, RIGHT));
    let path = |points: &mut dyn Iterator<Item = (Date, f64)>| {
        let points: Vec<String> =
            points.map(|(day, value)| format!("{} {}", one(days.at(day)), one(values.at(value)))).collect();
        points.join(" L")
    };
    let lower = path(&mut ribbon.band.iter().map(|stand| (stand.day, stand.ends.0)));
    let upper = path(&mut ribbon.band.iter().rev().map(|stand| (stand.day, stand.ends.1)));
    let middle = path(&mut ribbon.band.iter().map(|stand| (stand.day, stand.middle)));
    let inside = html! {
        (grid(&values, &days, (LEFT, WIDTH - 8.0), BOTTOM))
        @if ribbon.band.len() > 1 {
            path .band d={ "M" (lower) " L" (upper) " Z" } {}
            path .middle d={ "M" (middle) } {}
        }
        @for pair in ribbon.dots.windows(2) {
            @if pair[0].day == pair[1].day && !pair[0].when.is_second_test() && pair[1].when.is_second_test() {
                @let x = one(days.at(pair[0].day));
                line .join x1=(x) x2=(x) y1=(one(values.at(pair[0].value))) y2=(one(values.at(pair[1].value))) {}
            }
        }
        @for dot in &ribbon.dots { (mark(days.at(dot.day), values.at(dot.value), dot.when)) }
        (legend(ribbon))
    };
    Drawing {
        class: "ribbon",
        title: ribbon.title.clone(),
        description: described(ribbon),
        height: HEIGHT,
        inside,
        table: table(ribbon),
    }
}

/// A filled point; an open diamond for what was read right after a session, an open circle after a wait without one.
fn mark(x: f64, y: f64, when: When) -> Markup {
    html! {
        @match when {
            When::After => path .after d={ "M" (one(x)) " " (one(y - 5.5)) " L" (one(x + 5.5)) " " (one(y)) " L" (one(x)) " "
                (one(y + 5.5)) " L" (one(x - 5.5)) " " (one(y)) " Z" } {},
            When::AfterWait => circle .after cx=(one(x)) cy=(one(y)) r="4" {},
            _ => circle .dot cx=(one(x)) cy=(one(y)) r="4" {},
        }
    }
}

fn legend(ribbon: &Ribbon) -> Markup {
    let any = |when: When| ribbon.dots.iter().any(|dot| dot.when == when);
    html! {
        (mark(14.0, 184.0, When::Rest))
        text x="24" y="188" { "at rest or before" }
        @if any(When::After) {
            (mark(174.0, 184.0, When::After))
            text x="184" y="188" { "after a session" }
        }
        @if any(When::AfterWait) {
            (mark(206.0, 204.0, When::AfterWait))
            text x="216" y="208" { "after a wait" }
        }
        @if ribbon.band.len() > 1 {
            rect .band x="8" y="199" width="14" height="10" {}
            line .middle x1="8" x2="22" y1="204" y2="204" {}
            text x="28" y="208" { "where you stand (90 %)" }
        }
    }
}

fn described(ribbon: &Ribbon) -> String {
    let number = |value: f64| fixed(value, ribbon.decimals);
    let readings =
        if ribbon.dots.len() == 1 { "One reading".to_owned() } else { format!("{} readings", ribbon.dots.len()) };
    let stands = match (ribbon.band.first(), ribbon.band.last()) {
        (Some(first), Some(last)) if ribbon.band.len() > 1 => format!(
            " The line goes from {} to {} {}; the ribbon around it is at the end {} to {}.",
            number(first.middle),
            number(last.middle),
            ribbon.unit,
            number(last.ends.0),
            number(last.ends.1)
        ),
        _ => " A line needs two of them at rest.".to_owned(),
    };
    format!("{readings} over time, in {}.{stands}", ribbon.unit)
}

/// The readings, newest first, and where one stood then.
fn table(ribbon: &Ribbon) -> Markup {
    let stood = |day: Date| ribbon.band.iter().rev().find(|stand| stand.day <= day);
    html! {
        table {
            caption { (ribbon.title) ", in " (ribbon.unit) }
            thead { tr { th scope="col" { "Day" } th scope="col" { "When" } th scope="col" { "Read" }
                th scope="col" { "Where you stand" } } }
            tbody {
                @for dot in ribbon.dots.iter().rev() {
                    tr {
                        th scope="row" { (short_day(dot.day)) }
                        td { (supple_core::measure::words::when_in_words(dot.when)) }
                        td { (fixed(dot.value, ribbon.decimals)) }
                        td {
                            @if let Some(stand) = stood(dot.day) {
                                (fixed(stand.middle, ribbon.decimals)) " ("
                                (fixed(stand.ends.0, ribbon.decimals)) " to " (fixed(stand.ends.1, ribbon.decimals)) ")"
                            }
                        }
                    }
                }
            }
        }
    }
}
