//! What Supple stands on.

use crate::cx::Cx;
use crate::exchange::Response;
use crate::page::{Page, Place, framed};
use maud::html;
use supple_core::knowledge::Read;

/// The page.
pub fn page(cx: &Cx<'_>) -> Response {
    framed(
        cx,
        200,
        Page {
            title: "About",
            class: "page-about",
            place: Some(Place::Settings),
            scripts: &[],
            body: html! {
                h1 { "What Supple stands on" }
                p { (crate::pages::welcome::PURPOSE) }
                p { "Version " (env!("CARGO_PKG_VERSION")) ". Free software, MIT or Apache 2.0." }
                h2 { "What the words for evidence mean" }
                dl { @for words in cx.knowledge.grades.values() { dt { (words.label) } dd { (words.meaning) } } }
                h2 { "What people say rolling does, and what was found" }
                p { a .button href=(cx.href("evidence")) { "What you may have read" } }
                h2 #sources { "Sources" }
                ul .sources {
                    @for (id, source) in &cx.knowledge.sources {
                        li id={ "source-" (id) } {
                            (source.citation)
                            @if let Some(doi) = &source.doi { " doi " (doi) "." }
                            " " span .small { (read(source.read)) }
                        }
                    }
                }
            },
        },
    )
}

const fn read(read: Read) -> &'static str {
    match read {
        Read::Abstract => "Read at least in the abstract.",
        Read::Unverified => "Not checked against the source.",
        Read::OurJudgement => "Our judgement.",
    }
}
