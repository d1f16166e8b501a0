//! The sources that something rests on.

use crate::cx::Cx;
use maud::{Markup, html};

/// Each with the way to its place in the list of all; one that nobody knows is left out.
pub fn list(cx: &Cx<'_>, ids: &[String]) -> Markup {
    let sources = ids.iter().filter_map(|id| Some((id, cx.knowledge.sources.get(id)?)));
    html! {
        ul .sources {
            @for (id, source) in sources {
                li {
                    (source.citation)
                    @if let Some(doi) = &source.doi { " doi " (doi) "." }
                    " " a href=(cx.href(&format!("settings/about#source-{id}"))) { "in the list" }
                }
            }
        }
    }
}
