//! One view of the body as SVG.

use super::outlines::{BACK_BODY, BACK_QUIET, FRONT_BODY, FRONT_QUIET, HEIGHT, WIDTH};
use super::shape::{Drawn, FINGER, View, shapes};
use super::{RegionLook, Spot};
use maud::{Markup, html};
use supple_core::body::{RegionId, Side};

/// What a picture of one view needs besides its regions.
#[derive(Debug, Clone, Copy)]
pub struct Map<'a> {
    /// The view.
    pub view: View,
    /// Starts every id inside the picture; must differ between two pictures on one page.
    pub id: &'a str,
    /// What the whole picture is called, read aloud.
    pub label: &'a str,
    /// The spots; those of the other view are left out.
    pub spots: &'a [Spot],
}

/// One view of the body. `look` is asked once for each region and side (left, right, or midline for the head).
///
/// The half to the right of the middle line is drawn; the other half uses the same outlines, mirrored.
#[must_use]
pub fn svg(map: &Map<'_>, look: impl Fn(RegionId, Side) -> RegionLook) -> Markup {
    let (body, quiet) = backdrop(map.view);
    let drawn = map.view.drawn();
    html! {
        svg class="bm" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label=(map.label) {
            g class="bm-body" aria-hidden="true" {
                path id=(format!("{}-b", map.id)) d=(body) {}
                use href=(format!("#{}-b", map.id)) transform=(mirror()) {}
            }
            g class="bm-quiet" aria-hidden="true" {
                path id=(format!("{}-q", map.id)) d=(quiet) {}
                use href=(format!("#{}-q", map.id)) transform=(mirror()) {}
            }
            @for (k, shape) in drawn.iter().enumerate() {
                (region(shape, false, &look, &html! { path id=(format!("{}{k}", map.id)) d=(shape.path) {} }))
            }
            g transform=(mirror()) {
                @for (k, shape) in drawn.iter().enumerate().filter(|(_, shape)| !shape.midline) {
                    (region(shape, true, &look, &html! { use href=(format!("#{}{k}", map.id)) {} }))
                }
            }
            (words(map.view))
            g class="bm-numbers" aria-hidden="true" {
                @for shape in shapes(map.view) {
                    @if let Some(printed) = look(shape.region, shape.side).printed {
                        text x=(shape.centre().0) y=(shape.centre().1 + DIGIT_DROP) { (printed) }
                    }
                }
            }
            @for spot in map.spots.iter().filter(|spot| spot.view == map.view) { (dot(spot)) }
        }
    }
}

/// How far below its middle the foot of a digit stands, in map units: a third of the letters' size in the style sheet.
const DIGIT_DROP: i32 = 11;

/// Half of the silhouette and half of the parts that are no region.
pub(super) const fn backdrop(view: View) -> (&'static str, &'static str) {
    match view {
        View::Front => (FRONT_BODY, FRONT_QUIET),
        View::Back => (BACK_BODY, BACK_QUIET),
    }
}

/// Carries the right half of the picture to the left half.
pub(super) fn mirror() -> String {
    format!("matrix(-1 0 0 1 {WIDTH} 0)")
}

fn region(drawn: &Drawn, mirrored: bool, look: &impl Fn(RegionId, Side) -> RegionLook, outline: &Markup) -> Markup {
    let side = drawn.side(mirrored);
    let look = look(drawn.region, side);
    let inside = html! {
        title { (look.label) }
        (outline)
        @if let Some((x, y)) = drawn.finger { circle cx=(x) cy=(y) r=(FINGER) {} }
    };
    html! {
        @if let Some(href) = &look.href {
            a class=(look.classes()) href=(href) data-region=(drawn.region.id()) data-side=(side.id()) aria-label=(look.label) {
                (inside)
            }
        } @else {
            g class=(look.classes()) role="img" data-region=(drawn.region.id()) data-side=(side.id()) aria-label=(look.label) {
                (inside)
            }
        }
    }
}

/// "front" or "back", and which half is whose.
fn words(view: View) -> Markup {
    let (left, right) = letters(view);
    html! {
        g class="bm-words" aria-hidden="true" {
            text x=(WIDTH / 8) y="150" { (left) }
            text x=(WIDTH - WIDTH / 8) y="150" { (right) }
            text x=(WIDTH / 8) y="60" { (view.id()) }
        }
    }
}

/// The letters at the left and at the right edge of the picture.
pub(super) const fn letters(view: View) -> (&'static str, &'static str) {
    match view {
        View::Front => ("R", "L"),
        View::Back => ("L", "R"),
    }
}

fn dot(spot: &Spot) -> Markup {
    let (x, y) = (format!("{:.0}", spot.x), format!("{:.0}", spot.y));
    let inside = html! {
        title { (spot.label) }
        circle cx=(x) cy=(y) r="24" {}
        text x=(x) y=(format!("{:.0}", spot.y + f64::from(DIGIT_DROP))) { (spot.number) }
    };
    html! {
        @if let Some(href) = &spot.href {
            a class="bm-spot" href=(href) aria-label=(spot.label) { (inside) }
        } @else {
            g class="bm-spot" role="img" aria-label=(spot.label) { (inside) }
        }
    }
}
