//! The player of a session.

use super::found::is_first;
use super::words::{SHEET, name};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::guided::full_screen::{self, FullScreen, Over, begin};
use crate::picture::picture;
use maud::{Markup, Render, html};
use serde_json::{Value, json};
use supple_core::guide::Session;
use supple_core::state::SessionRecord;

/// The page.
pub fn page(cx: &Cx<'_>, record: &SessionRecord, session: &Session) -> Response {
    let screen = FullScreen {
        title: "Session",
        heading: "Your session",
        data: data(cx, record, session),
        pictures: record.started.doses.iter().map(|dose| picture(cx, &dose.technique, dose.side).render()).collect(),
        travel: travel(),
        question: "How strong was it?",
        lighter: "Lighter",
        before: before(cx, record),
        sheet: SHEET,
        over: Over {
            label: "The session is over",
            title: "That is the session",
            after: format!("after/{}", record.id),
            go_on: "How was it?",
        },
    };
    full_screen::page(cx, screen)
}

/// The session, and where its events go.
fn data(cx: &Cx<'_>, record: &SessionRecord, session: &Session) -> Value {
    let blocks = record.started.doses.iter().map(|dose| {
        let technique = cx.knowledge.techniques.get(&dose.technique);
        let line = technique.map(|technique| &technique.line);
        json!({
            "name": name(technique, dose), "side": dose.side.spoken(),
            "from": line.map(|line| &line.from), "to": line.map(|line| &line.to),
        })
    });
    json!({
        "id": record.id,
        "session": session,
        "blocks": blocks.collect::<Vec<_>>(),
        "first": is_first(cx, record),
        "events": cx.href(&format!("session/{}/events", record.id)),
    })
}

/// The line of travel: where it begins, where it ends, and where the tool is now.
fn travel() -> Markup {
    html! {
        div #travel .travel hidden {
            div .travel-line { span .travel-tool {} }
            p #travel-from .travel-end {}
            p #travel-to .travel-end {}
        }
    }
}

/// Before the first second: what comes, a sound test, and one button.
fn before(cx: &Cx<'_>, record: &SessionRecord) -> Markup {
    let blocks = record.started.doses.len();
    let by_hand = cx.href(&format!("session/{}/by-hand", record.id));
    html! {
        section #before .player-over aria-label="Before you start" {
            div {
                h1 { "Ready when you are" }
                p .lead { @if blocks == 1 { "One block." } @else { (blocks) " blocks." }
                    " 4 of 10 is a pleasant ache." }
                p { strong { "Stop" } " ends the pressure at once. Lift off whenever you want." }
                @if is_first(cx, record) {
                    div .card {
                        p { button type="button" data-sound-test { "Play a sound" } }
                        details { summary { "No sound?" }
                            p .small { "Turn up the volume. On an iPhone, turn off silent mode (the switch or button \
                                         on the side), and try again. Or choose the sound that plays even in silent \
                                         mode, under the loudspeaker." } }
                    }
                }
                (begin())
                p .small { a href=(by_hand) { "Do it by hand" } " · "
                    a href=(cx.href("plan")) { "To the plan" } }
                noscript { p .notice { "The player needs JavaScript. " a href=(by_hand) { "Do the session by hand" }
                    ": the same blocks, with a clock of yours." } }
            }
        }
    }
}
