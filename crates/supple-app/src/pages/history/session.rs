//! One session: what was planned, what was done, how it ended and how it felt.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use crate::pages::trouble;
use crate::words;
use maud::{Markup, html};
use supple_core::contract::text::side_words;
use supple_core::event::{BlockEnd, BlockFinished, SessionFelt};
use supple_core::state::SessionRecord;
use supple_core::unit::Seconds;

/// The page.
pub fn get(cx: &Cx<'_>, id: &str) -> Response {
    let Some(session) = cx.state.sessions.iter().find(|session| session.id == id) else {
        return trouble::not_found(cx);
    };
    let at = session.at.with_time_zone(cx.now().time_zone().clone());
    let goal = cx.knowledge.planning.goals.get(&session.started.goal).map_or("", |goal| goal.name.as_str());
    let title = words::day(at.date());
    let body = html! {
        p .eyebrow { (words::capitalised(goal)) ", " (words::time_of_day(&at)) }
        h1 { (title) }
        p .lead { (session.seconds()) " of pressure" @if let Some((_, false)) = session.ended { ", ended early" } "." }
        ol .done-blocks { @for block in &session.blocks { (block_line(cx, session, &block.finished)) } }
        (not_reached(cx, session))
        (stops(cx, session))
        (review(cx, session))
        (next_day(cx, session))
        @if !session.blocks.is_empty() {
            p { a href=(cx.href(&format!("settings/session.fit?session={}", session.id))) { "Save it for a watch or a training diary (FIT)" } }
        }
        p { a href=(cx.href("history")) { "Back to history" } }
    };
    framed(
        cx,
        200,
        Page { title: &title, class: "page-session-done", place: Some(Place::History), scripts: &[], body },
    )
}

fn name<'k>(cx: &Cx<'k>, technique: &'k str) -> &'k str {
    cx.knowledge.techniques.get(technique).map_or(technique, |known| known.name.as_str())
}

fn block_line(cx: &Cx<'_>, session: &SessionRecord, block: &BlockFinished) -> Markup {
    let planned = session.started.doses.get(usize::from(block.block)).map(supple_core::dose::Dose::pressure);
    let felt: Vec<String> = block.felt.iter().map(ToString::to_string).collect();
    html! {
        li .card {
            b { (name(cx, &block.technique)) ", " (side_words(block.side)) }
            p {
                (Seconds::new(block.seconds))
                @if let Some(planned) = planned.filter(|planned| planned.get() != block.seconds) { " of " (planned) }
                ", " (end_words(block.end))
                @if block.lighter_steps > 0 { ", made lighter" }
                "."
            }
            @if !felt.is_empty() { p .small { "Pressure felt: " (words::list(&felt)) " of 10." } }
        }
    }
}

const fn end_words(end: BlockEnd) -> &'static str {
    match end {
        BlockEnd::Completed => "all of it",
        BlockEnd::Shortened => "made shorter",
        BlockEnd::Skipped => "moved on",
        BlockEnd::Stopped => "stopped",
    }
}

/// What was planned and not begun, said without blame.
fn not_reached(cx: &Cx<'_>, session: &SessionRecord) -> Markup {
    let reached = |index: usize| session.blocks.iter().any(|block| usize::from(block.finished.block) == index);
    let left: Vec<String> = session
        .started
        .doses
        .iter()
        .enumerate()
        .filter(|(index, _)| !reached(*index))
        .map(|(_, dose)| format!("{}, {}", name(cx, &dose.technique), side_words(dose.side)))
        .collect();
    html! { @if !left.is_empty() { p .small { "Not done: " (left.join("; ")) "." } } }
}

fn stops(cx: &Cx<'_>, session: &SessionRecord) -> Markup {
    let mine = cx.state.stops.iter().filter(|stop| stop.what.session.as_deref() == Some(session.id.as_str()));
    html! {
        @for stop in mine {
            @if let Some(signal) = cx.knowledge.stop_signals.get(&stop.what.signal) {
                div .notice {
                    p {
                        b { "You stopped: " } (signal.signal)
                        @if let Some(region) = stop.what.region { " (" (words::region(cx.knowledge, region)) ")" }
                        "."
                    }
                    p .small { (signal.watch_for) }
                }
            }
        }
    }
}

fn review(cx: &Cx<'_>, session: &SessionRecord) -> Markup {
    let review = cx.state.reviews.iter().find(|review| review.what.session == session.id);
    let change = cx.href(&format!("after/{}?again=1", session.id));
    html! {
        @match review {
            Some(review) => {
                @let felt = match review.what.felt {
                    SessionFelt::Better => "better than before",
                    SessionFelt::Same => "about the same",
                    SessionFelt::Worse => "worse than before",
                };
                p {
                    "Right after it you said: " (felt)
                    @for sore in &review.what.soreness {
                        "; " (words::region(cx.knowledge, sore.region)) " " (sore.felt) " of 10 sore"
                    }
                    ". " a href=(change) { "Correct it" }
                }
            }
            // Nothing happened to the places, so there is nothing to say about them.
            None if session.seconds() == Seconds::ZERO => {}
            None => p { a href=(change) { "Say how it felt" } }
        }
    }
}

/// What was said of the days after it, until the next session.
fn next_day(cx: &Cx<'_>, session: &SessionRecord) -> Markup {
    let next = cx.state.sessions.iter().find(|other| other.at > session.at).map(|other| &other.at);
    let reports = cx
        .state
        .next_days
        .iter()
        .filter(|report| report.at > session.at && next.is_none_or(|next| report.at <= *next));
    let lines: Vec<String> = reports
        .map(|report| {
            let side = report.what.side.unwrap_or(supple_core::body::Side::Both);
            let bruise = if report.what.bruise { ", a bruise or swelling" } else { "" };
            format!("{} {} of 10{bruise}", words::place(cx.knowledge, report.what.region, side), report.what.soreness)
        })
        .collect();
    html! { @if !lines.is_empty() { p { "The day after: " (lines.join("; ")) "." } } }
}
