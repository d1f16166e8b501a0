//! Welcome: what this is, what it is not, and what a session looks like.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, framed};
use crate::player::sample;
use maud::html;

/// The intended purpose, word for word the same everywhere.
pub const PURPOSE: &str = "Supple supports flexibility, warm-up, relaxation and comfort after exercise.";

/// The page.
pub fn get(cx: &Cx<'_>) -> Response {
    framed(
        cx,
        200,
        Page {
            title: "Welcome",
            class: "page-welcome",
            place: None,
            scripts: &[],
            body: html! {
                header .hero {
                    p .mark { "Supple" }
                    h1 { "Roll what needs it, as much as helps, and find out whether it does." }
                    p .lead { "With a roller, stick or ball: planned for today's body, guided move by move." }
                    p { a .button .primary .big href=(cx.href("today")) { "Start" } }
                    p .small { "No account, no network: what you enter stays on this device." }
                }
                section .look {
                    h2 { "A session" }
                    (sample())
                    p .small { "Press Stop whenever you like: one tap, no questions first." }
                }
                section {
                    h2 { "What it is not" }
                    p { "It does not examine you, and it is not for an illness or an injury. Some days and some \
                         places are not for rolling, so a few short questions come first." }
                    p .small { (PURPOSE) }
                }
            },
        },
    )
}
