//! A page for any address that nobody can answer yet: the app is still being fetched. `web/app.js` looks again as soon
//! as it is there.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, framed};
use maud::html;

/// The page.
pub fn get(cx: &Cx<'_>) -> Response {
    framed(
        cx,
        200,
        Page {
            title: "One moment",
            class: "page-opening",
            place: None,
            scripts: &[],
            body: html! {
                h1 { "One moment" }
                p #opening role="status" { "Supple is being fetched. This happens once; from then on it works without a network." }
                noscript { p .caution { "Here Supple needs JavaScript: the pages are made on this device." } }
                p { a href=(cx.href("")) { "What is Supple?" } }
            },
        },
    )
}
