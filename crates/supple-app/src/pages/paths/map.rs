//! What is left alone: the body from front and back, and the same in words with the reason for each.

use crate::body_map::{Map, RegionLook, Shut, View, svg};
use crate::cx::Cx;
use crate::words;
use maud::{Markup, html};
use supple_core::body::{RegionId, Side, Site, SiteSet};
use supple_core::contract::text::side_words;
use supple_core::event::Answer;
use supple_core::path::words::{basis_in_words, because, closing_in_words, closing_title, nothing_closed};
use supple_core::path::{Basis, Closing, OffLimits};

/// The section.
pub fn section(cx: &Cx<'_>, off: &OffLimits) -> Markup {
    let (said, open): (Vec<&Closing>, Vec<&Closing>) =
        off.closings.iter().partition(|closing| closing.answer == Answer::Yes);
    html! {
        section #map .card {
            h2 { "What is left alone, and why" }
            @if off.basis != Basis::Everything && nothing_closed(off) {
                p { "No place is closed by your answers. What is gentler stands with what is offered." }
            } @else {
                p { (basis_in_words(off.basis)) }
            }
            @if off.basis != Basis::Everything && !nothing_closed(off) {
                (picture(cx, off))
                @for closing in said { (why(cx, closing)) }
                @if !open.is_empty() {
                    details {
                        summary { @if open.len() == 1 { "1 open question" } @else { (open.len()) " open questions" }
                            ", which count as yes until answered" }
                        @for closing in open { (why(cx, closing)) }
                    }
                }
            }
        }
    }
}

fn picture(cx: &Cx<'_>, off: &OffLimits) -> Markup {
    let (press, moves) = (off.press(), off.moves());
    let look = |region: RegionId, side: Side| {
        let name = format!("{}, {}", words::region(cx.knowledge, region), side_words(side));
        let mut look = RegionLook::plain(name);
        look.rollable = cx.knowledge.regions.get(&region).is_none_or(|known| known.rollable);
        let any = |set: SiteSet| Site::of(region, side).any(|site| set.contains(site));
        let shut = match (any(press), any(moves)) {
            (_, true) => Shut::ToAll,
            (true, false) => Shut::ToPressure,
            (false, false) => return look,
        };
        look.label = match shut {
            Shut::ToPressure => format!("{}: not pressed", look.label),
            Shut::ToAll => format!("{}: left alone", look.label),
        };
        look.left_alone(shut)
    };
    html! {
        div .views {
            (svg(&Map { view: View::Front, id: "path-front", label: "Front", spots: &[] }, look))
            (svg(&Map { view: View::Back, id: "path-back", label: "Back", spots: &[] }, look))
        }
        ul .legend {
            @if !moves.is_empty() { li { span .key .shut-all { "×" } " left alone: not pressed, stretched or loaded" } }
            @if !press.minus(moves).is_empty() {
                li { span .key .shut-press { "–" } " not pressed; gentle movement may be open" }
            }
        }
    }
}

fn why(cx: &Cx<'_>, closing: &Closing) -> Markup {
    let moves = cx.knowledge.cautions.get(&closing.by).and_then(|caution| caution.moves.as_ref());
    html! {
        div .closing {
            h3 { (closing_title(cx.knowledge, closing)) }
            @for line in closing_in_words(cx.knowledge, closing) { p { (line) } }
            @if closing.answer == Answer::Yes {
                details {
                    summary { "Why" }
                    p { (because(cx.knowledge, &closing.by, closing.answer)) }
                    @if let Some(moves) = moves { p { (moves.why) } }
                }
            } @else {
                p { a href=(cx.href(&format!("screen/ask?id={}", closing.by))) { "Answer it" } }
            }
        }
    }
}
