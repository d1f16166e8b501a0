//! The time line of a session, drawn to scale: pressure filled, getting into position open.

use super::group::Group;
use crate::words::clock;
use maud::{Markup, html};
use supple_core::gate::AdmittedBlock;
use supple_core::unit::Seconds;

/// When a block's first second of pressure is, and when its last, counted from the start of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When getting into position begins.
    pub setup: Seconds,
    /// The first second of pressure.
    pub from: Seconds,
    /// The end of it.
    pub to: Seconds,
}

/// When each block of a session is.
pub fn spans(blocks: &[AdmittedBlock]) -> Vec<Span> {
    let mut setup = Seconds::ZERO;
    blocks
        .iter()
        .map(|block| {
            let from = setup + Seconds::new(block.setup_seconds + block.lead_in_seconds);
            let to = from + block.dose.span();
            let span = Span { setup, from, to };
            setup = to;
            span
        })
        .collect()
}

/// Width of the drawing in tenths of its units.
const WIDTH_TENTHS: u64 = 3600;

/// The time line with a tick for each minute.
pub fn line(groups: &[Group], spans: &[Span]) -> Markup {
    let Some(total) = spans.last().map(|span| span.to.get()).filter(|total| *total > 0) else { return html! {} };
    // Rounded to the nearest tenth.
    let at = |seconds: u32| (u64::from(seconds) * WIDTH_TENTHS + u64::from(total) / 2) / u64::from(total);
    let every = if total > 10 * 60 { 2 } else { 1 };
    html! {
        svg .time-line viewBox="0 0 360 48" role="img" aria-label={ "Time line: " (clock(Seconds::new(total))) " minutes" } {
            @for (number, group) in groups.iter().enumerate() {
                @for span in &spans[group.range.clone()] {
                    rect .getting-there x=(place(at(span.setup.get()))) y="12" rx="2" height="8"
                        width=(place(at(span.from.get() - span.setup.get()))) {}
                    rect .pressing x=(place(at(span.from.get()))) y="4" rx="4" height="24"
                        width=(place(at(span.to.get() - span.from.get()))) {}
                }
                text .number x=(place(middle(&spans[group.range.clone()]).map_or(0, &at))) y="21" text-anchor="middle" {
                    (number + 1)
                }
            }
            line .axis x1="0" x2="360" y1="34" y2="34" {}
            @for minute in (0..=total / 60).step_by(every) {
                line .axis x1=(place(at(minute * 60))) x2=(place(at(minute * 60))) y1="34" y2="37" {}
                text .minute x=(place(at(minute * 60))) y="46" text-anchor=(anchor(minute, total)) {
                    (minute) @if minute == 0 { " min" }
                }
            }
        }
    }
}

/// The middle of a group's first stretch of pressure, in seconds.
fn middle(spans: &[Span]) -> Option<u32> {
    let first = spans.first()?;
    Some(first.from.get().midpoint(first.to.get()))
}

const fn anchor(minute: u32, total: u32) -> &'static str {
    match minute {
        0 => "start",
        _ if minute * 60 + 10 >= total => "end",
        _ => "middle",
    }
}

/// A number of the drawing, always written with one decimal.
fn place(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
