//! One view of the body as SVG.

use super::outlines::{BACK_BODY, BACK_QUIET, FRONT_BODY, FRONT_QUIET, HEIGHT, WIDTH};
use super::shape::{Drawn, FINGER, Shape, View, shapes};
use super::{RegionLook, Spot};
use maud::{Markup, PreEscaped, html};
use std::fmt;
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
    let looks: Vec<(Shape, RegionLook)> =
        shapes(map.view).map(|shape| (shape, look(shape.region, shape.side))).collect();
    let (right, left) = looks.split_at(drawn.len());
    let paired = drawn.iter().enumerate().filter(|(_, shape)| !shape.midline);
    let printed: Vec<_> =
        looks.iter().filter_map(|(shape, look)| Some((shape.centre(), look.printed.as_deref()?))).collect();
    html! {
        svg class="bm" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label=(map.label) {
            g id=(format!("{}-b", map.id)) aria-hidden="true" {
                (element(format_args!(r#"path class="bm-body" d="{body}""#)))
                (element(format_args!(r#"path class="bm-quiet" d="{quiet}""#)))
            }
            (element(format_args!(r##"use href="#{}-b" transform="{}" aria-hidden="true""##, Id(map.id), mirror())))
            @for (k, (shape, (_, look))) in drawn.iter().zip(right).enumerate() {
                (region(shape, false, look, &outline(shape, map.id, k)))
            }
            g transform=(mirror()) {
                @for ((k, shape), (_, look)) in paired.zip(left) {
                    (region(shape, true, look, &element(format_args!(r##"use href="#{}{k}""##, Id(map.id)))))
                }
            }
            (words(map.view))
            @if !printed.is_empty() {
                g class="bm-numbers" aria-hidden="true" {
                    @for ((x, y), text) in printed { text x=(x) y=(y + DIGIT_DROP) { (text) } }
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

/// An element without content, closed in the short way: the pictures hold many of them.
fn element(tag: fmt::Arguments<'_>) -> Markup {
    PreEscaped(format!("<{tag}/>"))
}

/// An id as it may stand in a tag.
struct Id<'a>(&'a str);

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&html! { (self.0) }.into_string())
    }
}

/// A region as drawn, with its place for a finger; the other half of the body uses both again.
fn outline(drawn: &Drawn, id: &str, k: usize) -> Markup {
    let Drawn { path, .. } = drawn;
    match drawn.finger {
        None => element(format_args!(r#"path id="{}{k}" d="{path}""#, Id(id))),
        Some((x, y)) => html! {
            g id=(format!("{id}{k}")) {
                (element(format_args!(r#"path d="{path}""#)))
                // Unseen, but it takes a tap; as an attribute, since a style sheet's selectors end at a mirrored copy.
                (element(format_args!(r#"circle opacity="0" cx="{x}" cy="{y}" r="{FINGER}""#)))
            }
        },
    }
}

fn region(drawn: &Drawn, mirrored: bool, look: &RegionLook, outline: &Markup) -> Markup {
    let side = drawn.side(mirrored);
    let inside = html! {
        title { (look.label) }
        (outline)
    };
    html! {
        @if let Some(href) = &look.href {
            a class=[look.classes()] href=(href) data-region=(drawn.region.id()) data-side=(side.id()) aria-label=(look.label) {
                (inside)
            }
        } @else {
            g class=[look.classes()] role="img" data-region=(drawn.region.id()) data-side=(side.id()) aria-label=(look.label) {
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
