//! Tests a person takes alone: which there are, and a page for each with what to do, what came of it, and whether a
//! change is more than error.

mod given;
pub mod phone;
mod results;
mod test;
mod wait;

pub use test::{get as test, post};
pub use wait::in_a_line as wait_is_due;

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::words::capitalised;
use maud::{Markup, html};
use supple_core::knowledge::{Measure, TakenOn};
use supple_core::measure::Record;
use supple_core::measure::words::{number, unit};

/// The list of all tests: those that were taken first, then the others by joint.
pub fn get(cx: &Cx<'_>) -> Response {
    let all = cx.knowledge.measures.iter().map(|(id, measure)| (id, measure, Record::of(measure, id, cx.state)));
    let (taken, other): (Vec<_>, Vec<_>) = all.partition(|(_, _, record)| !record.series.is_empty());
    let mut joints: Vec<&str> = Vec::new();
    for (_, measure, _) in &other {
        if !joints.contains(&measure.joint.as_str()) {
            joints.push(&measure.joint);
        }
    }
    let body = html! {
        p .eyebrow { "History" }
        h1 { "Measure" }
        p .lead { "A number now and one later tell you more than a feeling. Take a test the same way each time." }
        @if !taken.is_empty() {
            section .card .tests {
                h2 { "Yours" }
                ul { @for (id, measure, record) in &taken { li { (link(cx, id, measure)) (newest(measure, record)) } } }
                p { a .button href=(cx.href("progress")) { "Your progress" } }
            }
        }
        @for joint in joints {
            section .card .tests {
                h2 { (capitalised(joint)) }
                ul {
                    @for (id, measure, _) in other.iter().filter(|(_, measure, _)| measure.joint == joint) {
                        li { (link(cx, id, measure)) p .small { (capitalised(&measure.sensor)) } }
                    }
                }
            }
        }
    };
    let page = Page { title: "Measure", class: "page-measures", place: Some(Place::History), scripts: &[], body };
    framed(cx, 200, page)
}

fn link(cx: &Cx<'_>, id: &str, measure: &Measure) -> Markup {
    html! { a href=(cx.href(&format!("measures/{id}"))) { (capitalised(&measure.name)) } }
}

/// The newest values in one line.
fn newest(measure: &Measure, record: &Record<'_>) -> Markup {
    let words = |series: &supple_core::measure::Series<'_>| {
        let value = number(measure, series.latest().reading.value);
        series.about.side.map_or_else(
            || value.clone(),
            |side| format!("{} {value}", supple_core::contract::text::side_words(side)),
        )
    };
    let values = match measure.taken {
        TakenOn::AtAPlace => format!("{} places", record.series.len()),
        TakenOn::Once | TakenOn::EachSide => {
            let values: Vec<String> = record.series.iter().map(words).collect();
            format!("{} {}", values.join(", "), unit(measure))
        }
    };
    html! { p .small { (values) } }
}
