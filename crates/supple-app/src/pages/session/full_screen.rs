//! The player: one page that holds all a session needs, so that it needs no network and no answer until it is over.

use super::found::is_first;
use super::words::{REASONS, get_help, name};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, framed};
use crate::picture::picture;
use maud::{Markup, PreEscaped, html};
use serde_json::json;
use supple_core::guide::Session;
use supple_core::state::SessionRecord;

/// The page.
pub fn page(cx: &Cx<'_>, record: &SessionRecord, session: Session) -> Response {
    let body = html! {
        script type="application/json" #session-data { (PreEscaped(data(cx, record, &session))) }
        section #player .player data-phase="loading" tabindex="-1" aria-label="Session" {
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
    framed(cx, 200, Page { title: "Session", class: "page-session", place: None, scripts: &["session.js"], body })
}

/// The session and where its events go, as data that no script can be hidden in.
fn data(cx: &Cx<'_>, record: &SessionRecord, session: &Session) -> String {
    let href = |part: &str| cx.href(&format!("session/{}{part}", record.id));
    let blocks = record.started.doses.iter().map(|dose| {
        let technique = cx.knowledge.techniques.get(&dose.technique);
        let line = technique.map(|technique| &technique.line);
        json!({
            "name": name(technique, dose), "side": dose.side.spoken(),
            "from": line.map(|line| &line.from), "to": line.map(|line| &line.to),
        })
    });
    let blocks: Vec<_> = blocks.collect();
    let settings = cx.state.settings;
    let data = json!({
        "id": record.id,
        "seed": cx.request.seed,
        "session": session,
        "blocks": blocks,
        "first": is_first(cx, record),
        "settings": {
            "voice": settings.voice, "tones": settings.tones, "tick": settings.tick, "breathe": settings.breathe,
        },
        "events": href("/events"),
        "after": cx.href(&format!("after/{}", record.id)),
    });
    data.to_string().replace('<', "\\u003c")
}

/// How much is over, what is left, and the sound.
pub fn top() -> Markup {
    html! {
        header .player-top {
            div #progress .player-progress role="progressbar" aria-label="How much of the session is over"
                aria-valuemin="0" aria-valuemax="100" aria-valuenow="0" { span {} }
            p #whole { "" }
            button #sound-button type="button" .player-round aria-label="Sound and voice" {
                (icon("M4 9v6h4l5 4V5L8 9H4ZM16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12"))
            }
        }
    }
}

fn stage(cx: &Cx<'_>, record: &SessionRecord) -> Markup {
    html! {
        div .player-stage {
            div .player-place {
                h1 #what { "Your session" }
                p #side {}
                div #pictures {
                    @for (index, dose) in record.started.doses.iter().enumerate() {
                        figure data-block=(index) hidden { (picture(cx, &dose.technique, dose.side)) }
                    }
                }
                (travel())
            }
            div .player-clock {
                (ring())
                p #now .player-now tabindex="0" {}
                p #next .player-next {}
            }
        }
    }
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

/// The clock.
pub fn ring() -> Markup {
    html! {
        div .ring {
            svg viewBox="0 0 120 120" aria-hidden="true" {
                circle .ring-track cx="60" cy="60" r="54" pathLength="100" {}
                circle #ring .ring-left cx="60" cy="60" r="54" pathLength="100" {}
            }
            p #count .ring-count role="timer" {}
            p #phase .ring-phase {}
        }
    }
}

fn buttons() -> Markup {
    html! {
        div .player-buttons {
            div #felt .player-felt hidden {
                p #felt-question { "How strong was it?" }
                div .player-three {
                    button type="button" data-felt="could_be_more" { "Could be more" kbd { "1" } }
                    button type="button" data-felt="just_right" { "Just right" kbd { "2" } }
                    button type="button" data-felt="too_much" { "Too much" kbd { "3" } }
                }
                details #felt-number {
                    summary { "As a number" }
                    div .felt-numbers {
                        @for number in 0..=10 {
                            button type="button" data-felt-number=(number) { (number) }
                        }
                    }
                }
            }
            div #ready-row .player-two hidden {
                button #ready type="button" .primary { span { "Ready" } kbd { "space" } }
                button #add-time type="button" { "+10 s" kbd { "+" } }
            }
            div .player-three {
                button #pause type="button" { span { "Pause" } kbd { "space" } }
                button #lighter type="button" { "Lighter" kbd { "l" } }
                button #skip type="button" { "Skip" kbd { "n" } }
            }
            button #stop type="button" .player-stop { "Stop" kbd { "s" } }
            p #note .player-note hidden {}
        }
    }
}

/// Before the first second: what comes, a sound test, and one button. Browsers give sound only after a touch.
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
                p { button #begin type="button" .primary .big .wide disabled { "Start" } }
                p #begin-problem .error hidden {}
                button #stop-before type="button" .player-stop hidden { "Stop" kbd { "s" } }
                p .small { a href=(by_hand) { "Do it by hand" } " · "
                    a href=(cx.href("plan")) { "To the plan" } }
                noscript { p .notice { "The player needs JavaScript. " a href=(by_hand) { "Do the session by hand" }
                    ": the same blocks, with a clock of yours." } }
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
                h1 #sheet-title { "Pressure off. What happened?" }
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

fn over(cx: &Cx<'_>, record: &SessionRecord) -> Markup {
    let after = cx.href(&format!("after/{}", record.id));
    html! {
        section #over .player-over aria-label="The session is over" hidden {
            div {
                h1 #over-title { "That is the session" }
                p #over-done .lead {}
                p #over-advice {}
                p #over-unsaved .caution hidden { "Not all of it is stored yet. Leave this page open for a moment." }
                p { a #leave .button .primary .big .wide data-leave href=(after) { "How was it?" } }
                p { button #notice-sign type="button" .plain { "Something hurt or feels wrong" } }
            }
        }
    }
}

/// What sounds.
pub fn sound() -> Markup {
    html! {
        dialog #sound aria-labelledby="sound-title" {
            h2 #sound-title { "Sound and voice" }
            @for (name, words) in [
                ("tones", "Tones"), ("voice", "Voice"), ("tick", "Tick of the cadence"),
                ("breathe", "Reminders to breathe out"),
            ] {
                p { label .sound-choice { input type="checkbox" data-setting=(name); span { (words) } } }
            }
            p { label .sound-choice { input #over-silent type="checkbox"; span { "Sound even in silent mode" } } }
            p .small { "On an iPhone, that stops your own music. Without it, your music goes on." }
            p #voice-note .small hidden { "This device has no voice that works without a network, so there are tones \
                                           and pictures." }
            p .row {
                button type="button" data-sound-test { "Play a sound" }
                button #sound-close type="button" .primary { "Done" }
            }
        }
    }
}

fn icon(path: &str) -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="28" height="28" fill="none" stroke="currentColor" stroke-width="1.8"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" { path d=(path) {} }
    }
}
