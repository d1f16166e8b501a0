use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::words::{capitalised, place};
use maud::{Markup, html};
use supple_core::body::Side;
use supple_core::contract::text::side_words;
use supple_core::date_words::short_day;
use supple_core::movement::words::{how_sure, said, stay_in_words};
use supple_core::movement::{
    Cell, Outcome, RegionStay, Standing, outcomes, over_time, regions, screens, worth_working_on,
};

/// What came of the screen: at most two things worth working on, and everything else behind *more*.
pub fn get(cx: &Cx<'_>) -> Response {
    let outcomes = outcomes(cx.state, cx.knowledge, cx.now());
    let (first, more) = worth_working_on(cx.knowledge, &outcomes);
    let regions = regions(cx.state, cx.knowledge, cx.now());
    let none_yet = screens(cx.state, cx.now()).is_empty();
    let goes_on = super::under_way(cx).is_some();
    let body = html! {
        p .eyebrow { a href=(cx.href("movement")) { "How you move" } }
        h1 { "What was seen" }
        @if goes_on {
            p { a .button .primary .big .wide href=(cx.href("movement")) { "Go on where you were" } }
        }
        @if outcomes.is_empty() {
            @if none_yet {
                p .lead { "Nothing yet: nobody has looked." }
                p { a .button .primary .big .wide href=(cx.href("movement?begin=yes")) { "Begin with the squat" } }
            } @else {
                p .lead { "Nothing was seen often enough to work on." }
            }
        } @else if first.is_empty() {
            p .lead { "Something was seen, but measured the range is there. Nothing to work on." }
        } @else {
            p .lead { "Worth working on:" }
            @for outcome in &first { (card(cx, outcome)) }
            (crate::pages::programme::with_what_was_seen(cx))
        }
        @if !outcomes.is_empty() {
            p .small {
                "What is usually done about these things is partly convention among trainers. Seeing one is no finding \
                 about a muscle. So try it, measure, and keep what changes the number."
            }
        }
        @if !more.is_empty() || !regions.is_empty() {
            details .card {
                summary { "More" }
                @for outcome in &more { (card(cx, outcome)) }
                (staying(cx, &regions))
            }
        }
        (side_by_side(cx))
        p { a .button .wide href=(cx.href("today")) { "Back to today" } }
    };
    let page =
        Page { title: "What was seen", class: "page-movement", place: Some(Place::History), scripts: &[], body };
    framed(cx, 200, page)
}

fn card(cx: &Cx<'_>, outcome: &Outcome) -> Markup {
    let Some(compensation) = cx.knowledge.compensations.get(&outcome.finding.compensation) else { return html! {} };
    let retake = cx
        .knowledge
        .movement_tests
        .get(&compensation.test)
        .and_then(|test| test.retests.iter().find(|retake| retake.points_to == outcome.finding.compensation));
    let unmeasured = matches!(outcome.standing, Standing::Seen);
    html! {
        section .card .found {
            h2 { (said(cx.knowledge, outcome)) }
            p { (how_sure(cx.knowledge, outcome)) }
            @if let Some(retake) = retake { p { (retake.if_gone) } }
            @if unmeasured && !compensation.measures.is_empty() {
                p { "A number tells more than the eye: " @for (index, id) in compensation.measures.iter().enumerate() {
                    @if let Some(measure) = cx.knowledge.measures.get(id) {
                        @if index > 0 { ", " }
                        a href=(cx.href(&format!("measures/{id}"))) { (measure.name) }
                    }
                } "." }
            }
            details {
                summary { "What this stands on" }
                p { (compensation.seen) }
                @if let Some(threshold) = &compensation.threshold {
                    p .small { (threshold.metric) ": " (threshold.from) ". " (threshold.kind) }
                }
                p { "Evidence: " (compensation.evidence) ". " (compensation.evidence_note) }
                ul .small { @for id in &compensation.sources {
                    @if let Some(source) = cx.knowledge.sources.get(id) { li { (source.citation) } }
                } }
            }
        }
    }
}

/// The places to roll, and whether they stay.
fn staying(cx: &Cx<'_>, regions: &[RegionStay]) -> Markup {
    if regions.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "Places for your programme" }
            ul { @for one in regions {
                li { b { (capitalised(&place(cx.knowledge, one.region, one.side.unwrap_or(Side::Both)))) } " "
                    (stay_in_words(cx.knowledge, &one.stay)) }
            } }
        }
    }
}

/// Screens side by side, once there are two.
fn side_by_side(cx: &Cx<'_>) -> Markup {
    const COLUMNS: usize = 4; // as many as a phone shows; the newest
    let all = over_time(cx.state, cx.knowledge, cx.now());
    if all.columns.len() < 2 || all.rows.is_empty() {
        return html! {};
    }
    let from = all.columns.len().saturating_sub(COLUMNS);
    let name =
        |id: &str| cx.knowledge.compensations.get(id).map_or_else(|| id.to_owned(), |known| known.name.clone());
    html! {
        section .card {
            h2 { "Over time" }
            div .scroll tabindex="0" role="region" aria-label="Over time" {
                table {
                    thead { tr { th scope="col" { "Seen on" } @for (place, column) in all.columns.iter().enumerate().skip(from) {
                        @let again = place > 0 && all.columns[place - 1].on == column.on;
                        th scope="col" { (short_day(column.on)) @if again { ", again" } @if !column.hurt.is_empty() { " (hurt)" } }
                    } } }
                    tbody { @for row in &all.rows {
                        tr {
                            th scope="row" { (name(&row.compensation)) @if let Some(side) = row.side { ", " (side_words(side)) } }
                            @for cell in &row.cells[from..] { td { (in_words(*cell)) } }
                        }
                    } }
                }
            }
            p .small { "The eye varies from day to day. A number you measure tells more." }
        }
    }
}

fn in_words(cell: Cell) -> Markup {
    match cell {
        Cell::NotLooked => html! { span aria-label="not looked at" { "·" } },
        Cell::Looked { on, of, found: true } => html! { b { (on) " of " (of) } },
        Cell::Looked { on, of, found: false } => html! { (on) " of " (of) },
    }
}
