//! Where pages get their pictures from, so that they need not know who draws them.

use crate::cx::Cx;
use maud::{Markup, html};
use supple_core::body::{RegionId, Side};

/// How a technique is done on a side: the body with the tool. Nothing where there is no drawing.
pub fn picture(_cx: &Cx<'_>, _technique: &str, _side: Side) -> Markup {
    html! {}
}

/// A small map of the body with one place marked. Nothing where there is no drawing.
pub fn where_it_is(_cx: &Cx<'_>, _region: RegionId, _side: Side) -> Markup {
    html! {}
}
