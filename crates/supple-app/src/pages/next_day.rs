//! The next-day question: how the places rolled last time were the day after. Asked once, with its date; until it is
//! answered nothing steps up, and nothing is said about it.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use crate::words;
use maud::{Markup, html};
use supple_core::assess::{NextDayQuestion, next_day_question};
use supple_core::body::{RegionId, Side};
use supple_core::event::{EventBody, NextDayReported};
use supple_core::unit::Felt;

/// A small card for *Today*, when it is time to ask.
pub fn card(cx: &Cx<'_>) -> Option<Markup> {
    let due = due(cx)?;
    let places: Vec<String> = due.places.iter().map(|place| words::place(cx.knowledge, place.0, place.1)).collect();
    Some(html! {
        section .card .next-day {
            h2 { "The day after " (words::day(due.day)) }
            p { "How were the places you rolled? " span .small { (places.join("; ")) "." } }
            p { a .button href=(cx.href("next-day")) { "Answer (half a minute)" } }
        }
    })
}

fn due<'s>(cx: &Cx<'s>) -> Option<NextDayQuestion<'s>> {
    next_day_question(cx.knowledge, cx.state, cx.now())
}

/// The page; where there is nothing to ask, back to *Today*.
pub fn get(cx: &Cx<'_>) -> Response {
    match due(cx) {
        Some(due) => page(cx, &due, 200, &Form::default(), None),
        None => Response::see_other(cx.href("today")),
    }
}

/// Keeps the report, one event for each place.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let Some(due) = due(cx) else { return cx.answer(Response::see_other(cx.href("today"))) };
    match read(&due.places, form) {
        Ok(reports) => cx.record(reports.into_iter().map(EventBody::NextDayReported), "today"),
        Err(wrong) => cx.answer(page(cx, &due, 422, form, Some(wrong))),
    }
}

/// The worst of all holds for each place that nothing else is said about, and marks with no place hold for all.
fn read(places: &[(RegionId, Side)], form: &Form) -> Result<Vec<NextDayReported>, &'static str> {
    let felt = |name: &str| form.read::<u8>(name).and_then(|points| Felt::new(points).ok());
    let worst = felt("worst").ok_or("Choose a number from 0 to 10 for how sore it was at the worst.")?;
    let marked: Vec<bool> = places.iter().map(|place| form.has(&field("mark", *place))).collect();
    let any = marked.contains(&true);
    let marks = match form.get("marks") {
        Some("no") => false,
        Some("yes") => true,
        _ if any => true,
        _ => return Err("Say whether a bruise, a lump or new swelling came up."),
    };
    Ok(places
        .iter()
        .zip(marked)
        .map(|(place, here)| NextDayReported {
            region: place.0,
            side: Some(place.1),
            soreness: felt(&field("sore", *place)).unwrap_or(worst),
            bruise: here || (marks && !any),
        })
        .collect())
}

fn field(what: &str, (region, side): (RegionId, Side)) -> String {
    format!("{what}.{region}.{side}")
}

fn page(cx: &Cx<'_>, due: &NextDayQuestion<'_>, status: u16, typed: &Form, wrong: Option<&str>) -> Response {
    let inside = html! {
        @if let Some(wrong) = wrong { p .error role="alert" { (wrong) } }
        fieldset {
            legend { "How sore was it at the worst?" }
            (words::soreness_scale("worst", typed.read("worst")))
        }
        @if due.places.len() > 1 {
            details {
                summary { "Some places were less sore than that" }
                @for place in &due.places {
                    @let name = field("sore", *place);
                    fieldset {
                        legend { (words::place(cx.knowledge, place.0, place.1)) }
                        (words::soreness_scale(&name, typed.read(&name)))
                    }
                }
            }
        }
        fieldset {
            legend { "Did a bruise, a lump or new swelling come up?" }
            div .choices {
                @for (value, words) in [("no", "No"), ("yes", "Yes")] {
                    label .choice {
                        input type="radio" name="marks" value=(value) checked[typed.get("marks") == Some(value)];
                        span { (words) }
                    }
                }
            }
            p .small { "If yes, where? Nothing chosen means everywhere." }
            div .choices {
                @for place in &due.places {
                    @let name = field("mark", *place);
                    label .choice {
                        input type="checkbox" name=(name) value="yes" checked[typed.has(&name)];
                        span { (words::place(cx.knowledge, place.0, place.1)) }
                    }
                }
            }
        }
        p { button .primary .wide { "Save" } }
    };
    let body = html! {
        h1 { "The day after " (words::day(due.day)) }
        p { "It decides how much is right for you next time." }
        (cx.form("next-day", "next-day", inside))
        p { a href=(cx.href("today")) { "Not now" } }
    };
    let page = Page { title: "The day after", class: "page-next-day", place: Some(Place::Today), scripts: &[], body };
    framed(cx, status, page)
}
