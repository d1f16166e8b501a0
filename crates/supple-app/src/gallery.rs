//! Every picture that pages show of a technique or of a place, and the small one of each move, drawn beforehand.
//!
//! A picture depends on the knowledge alone, and drawing one takes longer than all else of a page. A shell that
//! answers many requests has them drawn once and hands them over ([`crate::App::hang`]); a page is the same, byte for
//! byte, with and without. In the browser there is one page at a time and none are drawn beforehand.

use crate::body_map::highlight;
#[cfg(feature = "whole")]
use crate::figure::{PictureKind, picture};
use crate::figure::{Subject, moving_or_still};
use crate::words;
use maud::{Markup, html};
use supple_core::body::{RegionId, Side, Site};
use supple_core::knowledge::Knowledge;
use supple_core::sorted::SortedMap;

/// The pictures.
#[derive(Debug, Default)]
pub struct Gallery {
    figures: SortedMap<String, [Markup; SIDES.len()]>,
    places: SortedMap<RegionId, [Markup; SIDES.len()]>,
    /// Of each move only the small one: a page shows all of those, but one move at a time as it is done.
    #[cfg(feature = "whole")]
    small: SortedMap<String, Markup>,
}

const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Both, Side::Midline];

impl Gallery {
    /// Draws them all: some tenths of a second, and some megabytes.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        let figures = |id: &String| (id.clone(), SIDES.map(|side| draw_figure(knowledge, id, side)));
        let places = |region: RegionId| (region, SIDES.map(|side| draw_place(knowledge, region, side)));
        Self {
            figures: knowledge.techniques.keys().map(figures).collect(),
            places: RegionId::ALL.into_iter().map(places).collect(),
            #[cfg(feature = "whole")]
            small: knowledge.moves.keys().map(|id| (id.clone(), draw_small(knowledge, id))).collect(),
        }
    }

    /// How a technique is done on a side, if it hangs here.
    pub(crate) fn figure(&self, technique: &str, side: Side) -> Option<&Markup> {
        self.figures.get(technique).map(|sides| &sides[index(side)])
    }

    /// A place on the body, if it hangs here.
    pub(crate) fn place(&self, region: RegionId, side: Side) -> Option<&Markup> {
        self.places.get(&region).map(|sides| &sides[index(side)])
    }

    /// The small picture of a move, if it hangs here.
    #[cfg(feature = "whole")]
    pub(crate) fn small(&self, id: &str) -> Option<&Markup> {
        self.small.get(id)
    }
}

/// How a technique is done on a side: the body with the tool. Nothing where there is no drawing.
pub(crate) fn draw_figure(knowledge: &Knowledge, technique: &str, side: Side) -> Markup {
    moving_or_still(knowledge, Subject::Technique(technique), side).unwrap_or_default()
}

/// How a move begins, small, for lists. Nothing where there is no such move.
#[cfg(feature = "whole")]
pub(crate) fn draw_small(knowledge: &Knowledge, id: &str) -> Markup {
    picture(knowledge, Subject::Move(id), Side::Right, PictureKind::Still).unwrap_or_default()
}

/// A small map of the body with one place marked; of both sides the left one stands for both.
pub(crate) fn draw_place(knowledge: &Knowledge, region: RegionId, side: Side) -> Markup {
    let site = Site::of(region, side).next();
    html! { @if let Some(site) = site { (highlight(site, &words::place(knowledge, region, side))) } }
}

const fn index(side: Side) -> usize {
    match side {
        Side::Left => 0,
        Side::Right => 1,
        Side::Both => 2,
        Side::Midline => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_hangs_at_its_side() {
        for (at, side) in SIDES.into_iter().enumerate() {
            assert_eq!(index(side), at);
        }
    }
}
