use crate::cx::Cx;
use crate::results::{Charts, Followed, charts, followed, next_in_words, slow_in_words, told_in_words};
use crate::words::{self, capitalised};
use maud::{Markup, html};
use supple_core::body::RegionId;
use supple_core::contract::text::side_words;
use supple_core::knowledge::Measure;
use supple_core::measure::Record;
use supple_core::measure::words::{number, unit};

/// What the results of one test say.
pub fn card(cx: &Cx<'_>, id: &str, measure: &Measure, record: &Record<'_>) -> Markup {
    let followed = followed(cx.knowledge, cx.state, (id, measure), record);
    let drawn = charts(cx.knowledge, (id, measure), &followed);
    let mut places: Vec<Option<RegionId>> = record.series.iter().map(|series| series.about.region).collect();
    places.dedup();
    html! {
        section .card .progress-card id=(id) {
            h2 { a href=(cx.href(&format!("measures/{id}"))) { (capitalised(&measure.name)) } }
            @for (one, charts) in followed.iter().zip(&drawn) { (series(cx, measure, one, charts)) }
            @for place in places { (sides(measure, record, place)) }
            (crate::pages::measures::wait_is_due(cx, id))
        }
    }
}

/// One side, or one place.
fn series(cx: &Cx<'_>, measure: &Measure, one: &Followed<'_>, charts: &Charts) -> Markup {
    html! {
        @if let Some(title) = title(cx, one) { h3 { (title) } }
        @if let Some(response) = &one.response {
            p .told { (told_in_words(response)) }
            p .next { (next_in_words(response)) }
        }
        (charts.over_time.on_page())
        @if let Some(words) = one.slow.as_ref().and_then(|slow| slow_in_words(measure, slow)) { p { (words) } }
        (charts.over_time.numbers())
        @if let Some(gain) = &charts.gain {
            h4 { "What a session gains" }
            (gain.on_page())
            (gain.numbers())
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
