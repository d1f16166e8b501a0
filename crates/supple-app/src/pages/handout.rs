//! A hand-out to print: today's plan, a routine, or what came from somebody.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::handout::{Look, Paper, sheet};
use crate::page::{Page, Place, framed};
use crate::pages::share::{address, asked, nothing};
use maud::html;

/// The page: `handout`, `handout?routine=ID`, `handout?text=…`; `paper=a4|letter`, `large=1`.
pub fn get(cx: &Cx<'_>) -> Response {
    let shared = match asked(cx) {
        Some(Ok(shared)) => shared,
        Some(Err(why)) => return nothing(cx, &why),
        None => return nothing(cx, "There is no plan for today yet."),
    };
    let query = cx.query();
    let look =
        Look { paper: query.get("paper").and_then(Paper::from_id).unwrap_or_default(), large: query.has("large") };
    let address = address(cx);
    let body = html! {
        div .no-print .card {
            p { "This is how it looks on paper. Nothing about you stands on it." }
            form method="get" action=(cx.href("handout")) {
                input type="hidden" name="text" value=(shared.to_text());
                @if let Some(address) = &address { input type="hidden" name="at" value=(address.as_str()); }
                fieldset {
                    legend { "Paper" }
                    div .choices {
                        @for (paper, name) in [(Paper::A4, "A4"), (Paper::Letter, "Letter")] {
                            label .choice {
                                input type="radio" name="paper" value=(paper.id()) checked[look.paper == paper];
                                span { (name) }
                            }
                        }
                        label .choice {
                            input type="checkbox" name="large" value="1" checked[look.large];
                            span { "Large print" }
                        }
                    }
                }
                div .row {
                    button { "Show it so" }
                    button .primary type="button" data-print="" hidden { "Print" }
                }
            }
        }
        div class=(look.classes()) { (sheet(cx.knowledge, &shared, address.as_ref(), None)) }
    };
    framed(
        cx,
        200,
        Page {
            title: "Hand-out",
            class: "page-handout",
            place: Some(Place::Plan),
            scripts: &["address.js", "share.js"],
            body,
        },
    )
}
