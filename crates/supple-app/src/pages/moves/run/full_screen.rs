//! The player of moves.

use super::words::{SHEET, name};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::guided::full_screen::{self, FullScreen, Over, begin};
use crate::picture::of_move;
use maud::{Markup, html};
use serde_json::{Value, json};
use supple_core::body::Side;
use supple_core::guide::MoveRun;
use supple_core::state::MovesRecord;

/// The page.
pub fn page(cx: &Cx<'_>, record: &MovesRecord, run: &MoveRun) -> Response {
    let screen = FullScreen {
        title: "Moves",
        heading: "Your moves",
        data: data(cx, record, run),
        pictures: record.started.moves.iter().map(|dose| of_move(cx, &dose.id, dose.side)).collect(),
        // Nothing travels.
        travel: html! { div #travel .travel hidden { p #travel-from {} p #travel-to {} } },
        question: "How hard was it?",
        lighter: "Easier",
        before: before(cx, record),
        sheet: SHEET,
        over: Over {
            label: "It is over",
            title: "That is done",
            after: format!("moves/run/{}", record.id),
            go_on: "Go on",
        },
    };
    full_screen::page(cx, screen)
}

/// The run, and where its events go.
fn data(cx: &Cx<'_>, record: &MovesRecord, run: &MoveRun) -> Value {
    let side = |side: Side| match side {
        Side::Left | Side::Right => side.spoken(),
        Side::Both | Side::Midline => "",
    };
    let blocks: Vec<_> = record.started.moves.iter().map(|dose| json!({ "side": side(dose.side) })).collect();
    json!({
        "id": record.id,
        "session": run,
        "blocks": blocks,
        "first": false,
        "player": "supple_move_player",
        "words": {
            "block": "Move", "one": "move", "many": "moves", "nothing": "Nothing was done.", "done": "of work",
            "eased": "It has eased: go on easier",
        },
        "events": cx.href(&format!("moves/run/{}/events", record.id)),
    })
}

/// Before the first second: what comes, how each is done, and one button.
fn before(cx: &Cx<'_>, record: &MovesRecord) -> Markup {
    let by_hand = cx.href(&format!("moves/run/{}/by-hand", record.id));
    let mut ids: Vec<&String> = Vec::new();
    for dose in &record.started.moves {
        if !ids.contains(&&dose.id) {
            ids.push(&dose.id);
        }
    }
    html! {
        section #before .player-over aria-label="Before you start" {
            div {
                h1 { "Ready when you are" }
                p .lead { @if ids.len() == 1 { "One move." } @else { (ids.len()) " moves." } " Slowly, and keep breathing." }
                p { strong { "Stop" } " ends it at once. Whatever hurts is left out." }
                (begin())
                @for id in ids {
                    @if let Some(dose) = record.started.moves.iter().find(|dose| dose.id == *id) {
                        details .card {
                            summary { (name(cx, dose)) }
                            @if let Some(known) = cx.knowledge.moves.get(id) {
                                p { (known.position) }
                                ol { @for step in &known.steps { li { (step) } } }
                            }
                        }
                    }
                }
                p .small { a href=(by_hand) { "Do it by hand" } " · "
                    a href=(cx.href("programme")) { "To my programme" } }
                noscript { p .notice { "The player needs JavaScript. " a href=(by_hand) { "Do the moves by hand" }
                    ": the same moves, with a clock of yours." } }
            }
        }
    }
}
