//! What pages of a first session say of experiments where there are none: a log that holds one is for the whole app.

use crate::cx::Cx;
use crate::today::Today;
use maud::{Markup, html};

/// Nothing.
pub fn notice(_cx: &Cx<'_>, _today: &Today<'_>) -> Markup {
    html! {}
}

/// Nothing.
pub const fn card(_cx: &Cx<'_>) -> Option<Markup> {
    None
}
