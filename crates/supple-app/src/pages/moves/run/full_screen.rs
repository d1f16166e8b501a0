//! The player of moves: the session's screen, clock and sound, with words of moves.

use super::words::{REASONS, name};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, framed};
use crate::pages::session::{get_help, ring, sound, top};
use crate::picture::of_move;
use maud::{Markup, PreEscaped, html};
use serde_json::json;
use supple_core::body::Side;
use supple_core::guide::MoveRun;
use supple_core::state::MovesRecord;

/// The page.
pub fn page(cx: &Cx<'_>, record: &MovesRecord, run: &MoveRun) -> Response {
    let body = html! {
        script type="application/json" #session-data { (PreEscaped(data(cx, record, run))) }
        section #player .player data-phase="loading" tabindex="-1" aria-label="Moves" {
            (top())
            (stage(cx, record))
            (buttons())
        }
        (before(cx, record))
        (sheet(cx))
        (over(cx, record))
        (sound())
        p #player-says .visually-hidden aria-live="polite" {}
    };
    framed(cx, 200, Page { title: "Moves", class: "page-session", place: None, scripts: &["session.js"], body })
}

/// The run and where its events go, as data that no script can be hidden in.
fn data(cx: &Cx<'_>, record: &MovesRecord, run: &MoveRun) -> String {
    let side = |side: Side| match side {
        Side::Left | Side::Right => side.spoken(),
        Side::Both | Side::Midline => "",
    };
    let blocks: Vec<_> = record.started.moves.iter().map(|dose| json!({ "side": side(dose.side) })).collect();
    let settings = cx.state.settings;
    let data = json!({
        "id": record.id,
        "seed": cx.request.seed,
        "session": run,
        "blocks": blocks,
        "first": false,
        "player": "supple_move_player",
        "words": {
            "block": "Move", "one": "move", "many": "moves", "nothing": "Nothing was done.", "done": "of work",
            "eased": "It has eased: go on easier",
        },
        "settings": {
            "voice": settings.voice, "tones": settings.tones, "tick": settings.tick, "breathe": settings.breathe,
        },
        "events": cx.href(&format!("moves/run/{}/events", record.id)),
        "after": cx.href(&format!("moves/run/{}", record.id)),
    });
    data.to_string().replace('<', "\\u003c")
}

fn stage(cx: &Cx<'_>, record: &MovesRecord) -> Markup {
    html! {
        div .player-stage {
            div .player-place {
                h1 #what { "Your moves" }
                p #side {}
                div #pictures {
                    @for (index, dose) in record.started.moves.iter().enumerate() {
                        figure data-block=(index) hidden { (of_move(cx, &dose.id, dose.side)) }
                    }
                }
                div #travel .travel hidden { p #travel-from {} p #travel-to {} }
            }
            div .player-clock {
                (ring())
                p #now .player-now tabindex="0" {}
                p #next .player-next {}
            }
        }
    }
}

fn buttons() -> Markup {
    html! {
        div .player-buttons {
            div #felt .player-felt hidden {
                p #felt-question { "How hard was it?" }
                div .player-three {
                    button type="button" data-felt="could_be_more" { "Could be more" kbd { "1" } }
                    button type="button" data-felt="just_right" { "Just right" kbd { "2" } }
                    button type="button" data-felt="too_much" { "Too much" kbd { "3" } }
                }
                details #felt-number {
                    summary { "As a number" }
                    div .felt-numbers {
                        @for number in 0..=10 { button type="button" data-felt-number=(number) { (number) } }
                    }
                }
            }
            div #ready-row .player-two hidden {
                button #ready type="button" .primary { span { "Ready" } kbd { "space" } }
                button #add-time type="button" { "+10 s" kbd { "+" } }
            }
            div .player-three {
                button #pause type="button" { span { "Pause" } kbd { "space" } }
                button #lighter type="button" { "Easier" kbd { "l" } }
                button #skip type="button" { "Skip" kbd { "n" } }
            }
            button #stop type="button" .player-stop { "Stop" kbd { "s" } }
            p #note .player-note hidden {}
        }
    }
}

/// Before the first second: what comes, how each is done, and one button. Browsers give sound only after a touch.
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
                p { button #begin type="button" .primary .big .wide disabled { "Start" } }
                p #begin-problem .error hidden {}
                button #stop-before type="button" .player-stop hidden { "Stop" kbd { "s" } }
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

/// The sheet after a stop: large answers, no network. Its time runs out in the engine.
fn sheet(cx: &Cx<'_>) -> Markup {
    html! {
        section #sheet .player-over .player-sheet role="alertdialog" aria-modal="true" aria-labelledby="sheet-title"
            hidden {
            div {
                h1 #sheet-title { "Let go. What happened?" }
                p #sheet-left {}
                @for (reason, words, follows) in REASONS {
                    button type="button" data-reason=(reason) { strong { (words) } span { (follows) } }
                }
            }
        }
        section #urgent .player-over role="alertdialog" aria-modal="true" aria-label="Get help first" hidden {
            div { (get_help(cx)) p { a .button data-leave href=(cx.href("help-first")) { "Go on" } } }
        }
    }
}

fn over(cx: &Cx<'_>, record: &MovesRecord) -> Markup {
    let after = cx.href(&format!("moves/run/{}", record.id));
    html! {
        section #over .player-over aria-label="It is over" hidden {
            div {
                h1 #over-title { "That is done" }
                p #over-done .lead {}
                p #over-advice {}
                p #over-unsaved .caution hidden { "Not all of it is stored yet. Leave this page open for a moment." }
                p { a #leave .button .primary .big .wide data-leave href=(after) { "Go on" } }
                p { button #notice-sign type="button" .plain { "Something hurt or feels wrong" } }
            }
        }
    }
}
