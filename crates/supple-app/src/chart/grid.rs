//! The lines behind what is drawn over days, with what they are called.

use super::axis::{Axis, one};
use super::days::Days;
use maud::{Markup, html};

/// A line from `left` to `right` for each round value, and a short one at `bottom` for each day that is named.
pub(super) fn grid(values: &Axis, days: &Days, (left, right): (f64, f64), bottom: f64) -> Markup {
    html! {
        @for tick in values.ticks() {
            @let y = values.at(tick);
            line .grid x1=(one(left)) x2=(one(right)) y1=(one(y)) y2=(one(y)) {}
            text x=(one(left - 6.0)) y=(one(y + 4.0)) text-anchor="end" { (values.words(tick)) }
        }
        @for (day, words) in days.ticks() {
            @let x = one(days.at(day));
            line .grid x1=(x) x2=(x) y1=(one(bottom)) y2=(one(bottom + 4.0)) {}
            text x=(x) y=(one(bottom + 18.0)) text-anchor="middle" { (words) }
        }
    }
}
