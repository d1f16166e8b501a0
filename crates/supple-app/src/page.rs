//! The frame around every page.

use crate::assets::served_as;
use crate::cx::Cx;
use crate::exchange::{Response, Shell};
use maud::{DOCTYPE, Markup, html};
use supple_core::event::Theme;

/// A page before it is framed.
pub struct Page<'p> {
    /// The title, as it stands in the history of the browser.
    pub title: &'p str,
    /// The name of the page's style: `page-today`.
    pub class: &'p str,
    /// Which place of the bar at the bottom is this; none hides the bar (in a session, on urgent pages).
    pub place: Option<Place>,
    /// Modules of `web/` that add to the page, beside `app.js`.
    pub scripts: &'p [&'p str],
    /// What is on it.
    pub body: Markup,
}

/// The places of the bar at the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What is today?
    Today,
    /// What do I do?
    Plan,
    /// What was?
    History,
    /// Me, and my data.
    Settings,
}

impl Place {
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Today, "today", "Today"),
        (Self::Plan, "plan", "Plan"),
        (Self::History, "history", "History"),
        (Self::Settings, "settings", "Settings"),
    ];
}

/// No code but our own; no connection but to where the page came from.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'";

/// The page in its frame.
pub fn framed(cx: &Cx<'_>, status: u16, page: Page<'_>) -> Response {
    let Page { title, class, place, scripts, body } = page;
    let prerendered = cx.request.shell == Shell::Prerendered;
    Response::page(
        status,
        html! {
            (DOCTYPE)
            html lang="en" data-theme=(theme(cx)) data-root=(cx.request.root) data-shell=(shell_word(cx)) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(CONTENT_SECURITY_POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                    title { (title) " · Supple" }
                    meta name="theme-color" content="#f7f4ee" media="(prefers-color-scheme: light)";
                    meta name="theme-color" content="#11181a" media="(prefers-color-scheme: dark)";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="same-origin";
                    link rel="stylesheet" href=(asset(cx, "style.css"));
                    link rel="manifest" href=(cx.href("manifest.webmanifest"));
                    link rel="icon" type="image/svg+xml" href=(asset(cx, "icon.svg"));
                    link rel="apple-touch-icon" href=(asset(cx, "icon-180.png"));
                    script type="module" src=(asset(cx, "app.js")) {}
                    @for script in scripts {
                        script type="module" src=(asset(cx, script)) {}
                    }
                }
                body class=(class) {
                    a .skip href="#main" { "Skip to the page" }
                    @if place.is_some() { (due(cx)) }
                    main #main {
                        (body)
                        @if prerendered { p #not-yet-here .notice role="status" hidden {} }
                    }
                    @if let Some(place) = place { (bar(cx, place)) }
                }
            }
        },
    )
}

#[cfg(feature = "whole")]
use crate::due::due;

/// The first engine reads no log with weeks in it.
#[cfg(not(feature = "whole"))]
fn due(_: &Cx<'_>) -> Markup {
    html! {}
}

/// The address of a file of `web/`.
pub fn asset(cx: &Cx<'_>, name: &str) -> String {
    cx.href(&format!("assets/{}", served_as(name)))
}

fn bar(cx: &Cx<'_>, here: Place) -> Markup {
    html! {
        nav .bar aria-label="Pages" {
            @for (place, path, name) in Place::ALL {
                a href=(cx.href(path)) aria-current=[(place == here).then_some("page")] {
                    (icon(place))
                    span { (name) }
                }
            }
        }
    }
}

fn icon(place: Place) -> Markup {
    let d = match place {
        Place::Today => {
            "M12 5.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM6 8.5l4-1h4l4 1M10 7.5V14l-1.5 8M14 7.5V14l1.5 8M10 14h4"
        }
        Place::Plan => "M4 6h10M4 12h16M4 18h7",
        Place::History => "M4 20V11M10 20V5M16 20v-7M21 20H3",
        Place::Settings => {
            "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z"
        }
    };
    html! {
        svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" { path d=(d) {} }
    }
}

const fn theme(cx: &Cx<'_>) -> &'static str {
    match cx.state.settings.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

const fn shell_word(cx: &Cx<'_>) -> &'static str {
    match cx.request.shell {
        Shell::Worker => "worker",
        Shell::Server => "server",
        Shell::Prerendered => "prerendered",
    }
}
