//! The player's screen: one page that holds all that is needed, so that it needs no network and no answer until it is
//! over.

use super::stop::{Sheet, get_help};
use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, framed};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

/// What is told apart on the screen of a session and of a run of moves.
pub struct FullScreen {
    /// What the page is called.
    pub title: &'static str,
    /// Stands where the part in turn will be named.
    pub heading: &'static str,
    /// What is played, where its events go, and what else the script needs of it.
    pub data: Value,
    /// One for each part.
    pub pictures: Vec<Markup>,
    /// The line of travel, where something travels.
    pub travel: Markup,
    /// Asked after a part.
    pub question: &'static str,
    /// On the button that makes it lighter or easier.
    pub lighter: &'static str,
    /// Before the first second.
    pub before: Markup,
    /// What a stop may have been.
    pub sheet: Sheet,
    /// When it is over.
    pub over: Over,
}

/// When it is over.
pub struct Over {
    pub label: &'static str,
    pub title: &'static str,
    /// Where it leads.
    pub after: String,
    /// On the button that leads there.
    pub go_on: &'static str,
}

/// The page.
pub fn page(cx: &Cx<'_>, mut screen: FullScreen) -> Response {
    let settings = cx.state.settings;
    screen.data["seed"] = json!(cx.request.seed);
    screen.data["settings"] = json!({
        "voice": settings.voice, "tones": settings.tones, "tick": settings.tick, "breathe": settings.breathe,
    });
    screen.data["after"] = json!(cx.href(&screen.over.after));
    // No script can be hidden in it.
    let data = screen.data.to_string().replace('<', "\\u003c");
    let body = html! {
        script type="application/json" #session-data { (PreEscaped(data)) }
        section #player .player data-phase="loading" tabindex="-1" aria-label=(screen.title) {
            (top())
            (stage(&screen))
            (buttons(&screen))
        }
        (screen.before)
        (sheet(cx, &screen.sheet))
        (over(cx, &screen.over))
        (sound())
        p #player-says .visually-hidden aria-live="polite" {}
    };
    let (title, scripts) = (screen.title, &["session.js"]);
    framed(cx, 200, Page { title, class: "page-session", place: None, scripts, body })
}

/// The one button before the first second. Browsers give sound only after a touch.
pub fn begin() -> Markup {
    html! {
        p { button #begin type="button" .primary .big .wide disabled { "Start" } }
        p #begin-problem .error hidden {}
        button #stop-before type="button" .player-stop hidden { "Stop" kbd { "s" } }
    }
}

/// How much is over, what is left, and the sound.
fn top() -> Markup {
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

fn stage(screen: &FullScreen) -> Markup {
    html! {
        div .player-stage {
            div .player-place {
                h1 #what { (screen.heading) }
                p #side {}
                div #pictures {
                    @for (index, picture) in screen.pictures.iter().enumerate() {
                        figure data-block=(index) hidden { (picture) }
                    }
                }
                (screen.travel)
            }
            div .player-clock {
                (ring())
                p #now .player-now tabindex="0" {}
                p #next .player-next {}
            }
        }
    }
}

/// The clock.
fn ring() -> Markup {
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

fn buttons(screen: &FullScreen) -> Markup {
    html! {
        div .player-buttons {
            div #felt .player-felt hidden {
                p #felt-question { (screen.question) }
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
                button #lighter type="button" { (screen.lighter) kbd { "l" } }
                button #skip type="button" { "Skip" kbd { "n" } }
            }
            button #stop type="button" .player-stop { "Stop" kbd { "s" } }
            p #note .player-note hidden {}
        }
    }
}

/// The sheet after a stop: large answers, no network. Its time runs out in the engine.
fn sheet(cx: &Cx<'_>, sheet: &Sheet) -> Markup {
    html! {
        section #sheet .player-over .player-sheet role="alertdialog" aria-modal="true" aria-labelledby="sheet-title"
            hidden {
            div {
                h1 #sheet-title { (sheet.title) }
                p #sheet-left {}
                @for (reason, words, follows) in sheet.reasons {
                    button type="button" data-reason=(reason) { strong { (words) } span { (follows) } }
                }
            }
        }
        section #urgent .player-over role="alertdialog" aria-modal="true" aria-label="Get help first" hidden {
            div { (get_help(cx)) p { a .button data-leave href=(cx.href("help-first")) { "Go on" } } }
        }
    }
}

fn over(cx: &Cx<'_>, over: &Over) -> Markup {
    html! {
        section #over .player-over aria-label=(over.label) hidden {
            div {
                h1 #over-title { (over.title) }
                p #over-done .lead {}
                p #over-advice {}
                p #over-unsaved .caution hidden { "Not all of it is stored yet. Leave this page open for a moment." }
                p { a #leave .button .primary .big .wide data-leave href=(cx.href(&over.after)) { (over.go_on) } }
                p { button #notice-sign type="button" .plain { "Something hurt or feels wrong" } }
            }
        }
    }
}

/// What sounds.
fn sound() -> Markup {
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
