use crate::cx::Cx;
use crate::trend::{Followed, followed, in_words, ribbons};
use crate::words::{self, capitalised};
use maud::{Markup, html};
use supple_core::body::RegionId;
use supple_core::contract::text::side_words;
use supple_core::knowledge::Measure;
use supple_core::measure::Record;
use supple_core::measure::words::{number, unit};

/// What the results of one test say.
pub fn card(cx: &Cx<'_>, id: &str, measure: &Measure, record: &Record<'_>) -> Markup {
    let followed = followed(measure, record);
    let drawings = ribbons(cx.knowledge, measure, &followed);
    let mut places: Vec<Option<RegionId>> = record.series.iter().map(|series| series.about.region).collect();
    places.dedup();
    html! {
        section .card .progress-card id=(id) {
            h2 { a href=(cx.href(&format!("measures/{id}"))) { (capitalised(&measure.name)) } }
            @for (one, drawing) in followed.iter().zip(&drawings) {
                @if let Some(title) = title(cx, one) { h3 { (title) } }
                @if let Some(words) = one.slow.as_ref().and_then(|slow| in_words(measure, slow)) { p { (words) } }
                (drawing.with_numbers())
            }
            @for place in places { (sides(measure, record, place)) }
        }
    }
}

/// The place and the side, where there is one.
fn title(cx: &Cx<'_>, followed: &Followed<'_>) -> Option<String> {
    let about = followed.series.about;
    match (about.region, about.side) {
        (Some(region), Some(side)) => Some(words::place(cx.knowledge, region, side)),
        (Some(region), None) => Some(capitalised(words::region(cx.knowledge, region))),
        (None, Some(side)) => Some(capitalised(side_words(side))),
        (None, None) => None,
    }
}

/// A difference between the sides, where it is more than error.
fn sides(measure: &Measure, record: &Record<'_>, place: Option<RegionId>) -> Markup {
    let sides = record.sides(measure, place).filter(|sides| sides.real);
    html! {
        @if let Some(sides) = sides {
            p .notice {
                "Left and right differ by " (number(measure, (sides.left - sides.right).abs())) " " (unit(measure))
                ": more than error (" (number(measure, sides.smallest_real)) "). The " (side_words(sides.freer))
                " does better."
            }
        }
    }
}
