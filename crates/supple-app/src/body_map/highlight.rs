//! A small picture of one place on the body.

use super::outlines::{HEIGHT, WIDTH};
use super::path::{area, bounds};
use super::picture::{backdrop, letters, mirror};
use super::shape::{Shape, View, shapes};
use maud::{Markup, html};
use supple_core::body::{Half, Side, Site};

/// Least width and height of what is shown, in map units: a quarter of the body, so that one sees where it is.
const LEAST: f64 = 460.0;

/// The part of the body around a site, with the site lit. `label` is read aloud.
///
/// Shown in the view in which the region is largest. The regions around it are drawn plain, and nothing can be tapped.
#[must_use]
pub fn highlight(site: Site, label: &str) -> Markup {
    let Some(lit) = largest(site) else { return html! {} };
    let (x, y, size) = crop(&lit);
    let (body, quiet) = backdrop(lit.view);
    let middle = f64::from(WIDTH) / 2.0;
    let around = |mirrored: bool| -> String {
        shapes(lit.view)
            .filter(|shape| shape.mirrored() == mirrored)
            .filter(|shape| shape.region != lit.region || shape.side != lit.side)
            .filter(|shape| touches(shape, (x, y, size)))
            .map(|shape| shape.as_drawn())
            .collect()
    };
    let mirrored = |is: bool| is.then(mirror);
    let whose = match (lit.side, lit.view.half_on_the_right()) {
        (Side::Left, Half::Left) | (Side::Right, Half::Right) => Some((letters(lit.view).1, x + size - size / 12.0)),
        (Side::Left | Side::Right, _) => Some((letters(lit.view).0, x + size / 12.0)),
        _ => None,
    };
    html! {
        svg class="bm bm-mini" viewBox=(format!("{x:.0} {y:.0} {size:.0} {size:.0}")) role="img" aria-label=(label) {
            @for (class, half) in [("bm-body", body), ("bm-quiet", quiet)] {
                g class=(class) {
                    @if x + size > middle { path d=(half) {} }
                    @if x < middle { path d=(half) transform=(mirror()) {} }
                }
            }
            @for side in [false, true] {
                @let around = around(side);
                @if !around.is_empty() { path class="around" d=(around) transform=[mirrored(side)] {} }
            }
            path class="lit" d=(lit.path_d()) {}
            @if let Some((letter, at)) = whose {
                text class="bm-words" x=(format!("{at:.0}")) y=(format!("{:.0}", y + size / 8.0)) { (letter) }
            }
        }
    }
}

/// The shape of a site in the view that shows most of it.
fn largest(site: Site) -> Option<Shape> {
    View::ALL
        .into_iter()
        .flat_map(shapes)
        .filter(|shape| shape.region == site.region && shape.side.halves().contains(&site.half))
        .map(|shape| (area(&shape.lines()), shape))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, shape)| shape)
}

/// Left edge, top edge and size of the square around a shape, kept inside the picture.
fn crop(shape: &Shape) -> (f64, f64, f64) {
    let (low, high) = bounds(&shape.lines());
    let size = (1.5 * (high.0 - low.0).max(high.1 - low.1)).max(LEAST).min(f64::from(WIDTH));
    let start = |low: f64, high: f64, end: i32| ((low + high - size) / 2.0).clamp(0.0, f64::from(end) - size);
    (start(low.0, high.0, WIDTH), start(low.1, high.1, HEIGHT), size)
}

fn touches(shape: &Shape, (x, y, size): (f64, f64, f64)) -> bool {
    let (low, high) = shape.corners();
    let (low, high) = ((f64::from(low.0), f64::from(low.1)), (f64::from(high.0), f64::from(high.1)));
    low.0 < x + size && high.0 > x && low.1 < y + size && high.1 > y
}
