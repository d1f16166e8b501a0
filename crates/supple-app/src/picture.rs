//! Where pages get their pictures from, so that they need not know who draws them.

use crate::body_map::highlight;
use crate::cx::Cx;
use crate::figure::moving_or_still;
use crate::words;
use maud::{Markup, html};
use supple_core::body::{RegionId, Side, Site};

/// How a technique is done on a side: the body with the tool. Nothing where there is no drawing.
pub fn picture(cx: &Cx<'_>, technique: &str, side: Side) -> Markup {
    moving_or_still(cx.knowledge, technique, side).unwrap_or_default()
}

/// A small map of the body with one place marked; of both sides the left one stands for both.
pub fn where_it_is(cx: &Cx<'_>, region: RegionId, side: Side) -> Markup {
    let site = Site::of(region, side).next();
    html! { @if let Some(site) = site { (highlight(site, &words::place(cx.knowledge, region, side))) } }
}
