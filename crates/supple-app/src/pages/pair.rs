//! Pair: a code from the server's terminal lets this device in. Only a server that other devices reach needs it.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, framed};
use maud::html;

/// The page. Its form goes to the server itself, so it works before any of the app's own code does.
pub fn get(cx: &Cx<'_>) -> Response {
    let query = cx.query();
    let notice = match query.get("tried") {
        Some("wrong") => Some("That code is not good, or not any more. Each works once, for ten minutes."),
        Some("often") => Some("That was too often. Wait a few seconds, then try again."),
        _ => None,
    };
    framed(
        cx,
        200,
        Page {
            title: "Pair this device",
            class: "page-pair",
            place: None,
            scripts: &[],
            body: html! {
                h1 { "Pair this device" }
                p { "This server keeps one person's log. To see it here, and to keep this device and the others \
                     the same, type a code once." }
                @if let Some(notice) = notice { p .notice role="alert" { (notice) } }
                form method="post" action=(cx.href("api/pair")) {
                    p {
                        label for="code" { "Code" }
                        input #code name="code" required maxlength="20" autocomplete="off" autocapitalize="characters"
                            spellcheck="false" placeholder="ABCD-EFGH" aria-describedby="code-help";
                    }
                    p #code-help .small {
                        "On the machine where the server runs: " code { "supple pair" } ". Small letters will do."
                    }
                    p {
                        label for="name" { "A name for this device, so that you know it in the list" }
                        input #name name="name" maxlength="40" autocomplete="off" placeholder="my phone";
                    }
                    button .primary { "Pair" }
                }
                p .small { "Paired already and sent here by a link? " a href=(cx.href("")) { "Go on" } "." }
            },
        },
    )
}
