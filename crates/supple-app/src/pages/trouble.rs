//! Pages for what went wrong: what it is, and what to do next.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::form::Form;
use crate::page::{Page, Place, framed};
use maud::html;

/// No such page.
pub fn not_found(cx: &Cx<'_>) -> Response {
    framed(
        cx,
        404,
        Page {
            title: "Not here",
            class: "page-trouble",
            place: Some(Place::Today),
            scripts: &[],
            body: html! {
                h1 { "There is no such page" }
                p { "Nothing is lost. The address may be from an older version, or mistyped." }
                p { a .button href=(cx.href("today")) { "Go to Today" } }
            },
        },
    )
}

/// What was posted could not be stored. Everything typed is still here, in one button that posts it again.
pub fn not_stored(cx: &Cx<'_>, form: &Form) -> Response {
    framed(
        cx,
        503,
        Page {
            title: "Not saved yet",
            class: "page-trouble",
            place: None,
            scripts: &[],
            body: html! {
                h1 { "This is not saved yet" }
                p { "The storage of this device did not take it: it may be full, or another window may be busy. \
                     Nothing was changed, and what you typed is still here." }
                form method="post" action=(cx.href(&cx.request.path)) {
                    @for (name, value) in form.below("") { input type="hidden" name=(name) value=(value); }
                    button .primary { "Try again" }
                }
                p { a href=(cx.href("settings")) { "Look at the storage in Settings" } }
            },
        },
    )
}
