//! The picture of a block: the body in position, the tool, and the line it travels.

use crate::cx::Cx;
use maud::{Markup, html};
use supple_core::dose::Dose;

/// The picture of a technique on a side, or nothing while there is none.
pub fn picture(_cx: &Cx<'_>, _dose: &Dose) -> Markup {
    html! {}
}
