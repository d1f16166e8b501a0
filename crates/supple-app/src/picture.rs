//! Where pages get their pictures from, so that they need not know who draws them, or when.

use crate::cx::Cx;
#[cfg(feature = "whole")]
use crate::gallery::draw_small;
use crate::gallery::{draw_figure, draw_place};
use maud::{Markup, PreEscaped, Render};
use supple_core::body::{RegionId, Side};

/// A picture that hangs somewhere, or one drawn for this page.
pub enum Picture<'a> {
    Hung(&'a Markup),
    Drawn(Markup),
}

impl Render for Picture<'_> {
    fn render_to(&self, page: &mut String) {
        let PreEscaped(picture) = match self {
            Self::Hung(picture) => picture,
            Self::Drawn(picture) => picture,
        };
        page.push_str(picture);
    }
}

/// How a technique is done on a side: the body with the tool. Nothing where there is no drawing.
pub fn picture<'a>(cx: &Cx<'a>, technique: &str, side: Side) -> Picture<'a> {
    let hung = cx.gallery.and_then(|gallery| gallery.figure(technique, side));
    hung.map_or_else(|| Picture::Drawn(draw_figure(cx.knowledge, technique, side)), Picture::Hung)
}

/// A small map of the body with one place marked; of both sides the left one stands for both.
pub fn where_it_is<'a>(cx: &Cx<'a>, region: RegionId, side: Side) -> Picture<'a> {
    let hung = cx.gallery.and_then(|gallery| gallery.place(region, side));
    hung.map_or_else(|| Picture::Drawn(draw_place(cx.knowledge, region, side)), Picture::Hung)
}

/// How a move begins, small, for lists.
#[cfg(feature = "whole")]
pub fn small<'a>(cx: &Cx<'a>, id: &str) -> Picture<'a> {
    let hung = cx.gallery.and_then(|gallery| gallery.small(id));
    hung.map_or_else(|| Picture::Drawn(draw_small(cx.knowledge, id)), Picture::Hung)
}

/// How a move is done on a side. Nothing where there is no such move.
#[cfg(feature = "whole")]
pub fn of_move(cx: &Cx<'_>, id: &str, side: Side) -> Markup {
    crate::figure::moving_or_still(cx.knowledge, crate::figure::Subject::Move(id), side).unwrap_or_default()
}
