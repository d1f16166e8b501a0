//! Which shape stands for which region and side, and which one a point lies in.

use super::outlines::{BACK, FRONT, WIDTH};
use super::path;
use supple_core::body::{Half, RegionId, Side, Site};

/// Radius of the place for a finger that a narrow shape gets, in map units.
///
/// A view fits a phone at 700 CSS pixels of height; there this is 12 pixels, so the place is 24 pixels wide.
pub const FINGER: i32 = 32;

/// From where the body is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// From the front, palms forward.
    Front,
    /// From the back; the soles stand beside the lower legs.
    Back,
}

impl View {
    /// Front, then back.
    pub const ALL: [Self; 2] = [Self::Front, Self::Back];

    /// The id used in addresses and files: `front` or `back`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Back => "back",
        }
    }

    /// The view with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }

    /// Whose half of the body lies to the right of the middle line, as one looks at the picture.
    #[must_use]
    pub const fn half_on_the_right(self) -> Half {
        match self {
            Self::Front => Half::Left,
            Self::Back => Half::Right,
        }
    }

    pub(super) const fn drawn(self) -> &'static [Drawn] {
        match self {
            Self::Front => &FRONT,
            Self::Back => &BACK,
        }
    }
}

/// A region as it stands in the drawing: on the right half of the picture, or across the middle line.
#[derive(Debug)]
pub(super) struct Drawn {
    pub region: RegionId,
    pub view: View,
    pub midline: bool,
    pub centre: (i32, i32),
    /// Where a finger may also tap it, if the shape itself is narrow.
    pub finger: Option<(i32, i32)>,
    pub path: &'static str,
}

impl Drawn {
    /// Its side when drawn as it stands, or mirrored.
    pub const fn side(&self, mirrored: bool) -> Side {
        match (self.midline, self.view.half_on_the_right(), mirrored) {
            (true, ..) => Side::Midline,
            (_, Half::Left, false) | (_, Half::Right, true) => Side::Left,
            (_, Half::Right, false) | (_, Half::Left, true) => Side::Right,
        }
    }
}

/// One region on one side in one view.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The region.
    pub region: RegionId,
    /// Left, right or midline, as the person has it; never both.
    pub side: Side,
    /// The view it is drawn in.
    pub view: View,
    drawn: &'static Drawn,
    mirrored: bool,
}

impl Shape {
    const fn new(drawn: &'static Drawn, mirrored: bool) -> Self {
        Self { region: drawn.region, side: drawn.side(mirrored), view: drawn.view, drawn, mirrored }
    }

    /// A point well inside it, where a number can be printed; map units.
    #[must_use]
    pub const fn centre(&self) -> (i32, i32) {
        self.place(self.drawn.centre)
    }

    /// Centre of the extra place for a finger, [`FINGER`] map units around; only narrow shapes have one.
    #[must_use]
    pub fn finger(&self) -> Option<(i32, i32)> {
        self.drawn.finger.map(|point| self.place(point))
    }

    /// The outline as SVG path data, in map units. Filled by the even-odd rule.
    #[must_use]
    pub fn path_d(&self) -> String {
        if self.mirrored { path::mirrored(self.drawn.path) } else { self.drawn.path.to_owned() }
    }

    /// Whether a point lies inside, in map units.
    #[must_use]
    pub fn contains(&self, x: f64, y: f64) -> bool {
        let x = if self.mirrored { f64::from(WIDTH) - x } else { x };
        path::contains(&path::flatten(self.drawn.path), (x, y))
    }

    /// The outline as it stands in the drawing, before it is mirrored.
    pub(super) const fn as_drawn(&self) -> &'static str {
        self.drawn.path
    }

    pub(super) const fn mirrored(&self) -> bool {
        self.mirrored
    }

    /// The smallest and the largest corner of a box that holds the outline and the handles of its curves.
    pub(super) fn corners(&self) -> ((i32, i32), (i32, i32)) {
        let (low, high) = path::corners(self.drawn.path);
        if self.mirrored { ((WIDTH - high.0, low.1), (WIDTH - low.0, high.1)) } else { (low, high) }
    }

    pub(super) fn lines(&self) -> Vec<Vec<path::Point>> {
        path::flatten(&self.path_d())
    }

    const fn place(&self, (x, y): (i32, i32)) -> (i32, i32) {
        if self.mirrored { (WIDTH - x, y) } else { (x, y) }
    }
}

/// Every shape of a view, from head to foot, the right half of the picture first.
pub fn shapes(view: View) -> impl Iterator<Item = Shape> {
    let half = |mirrored: bool| {
        view.drawn().iter().filter(move |drawn| !(mirrored && drawn.midline)).map(move |d| Shape::new(d, mirrored))
    };
    half(false).chain(half(true))
}

/// The site at a point, in map units; none beside the body, in a gap, or on a part that is no region.
///
/// On a shape across the middle line (the head) it is the half the point lies on.
#[must_use]
pub fn site_at(view: View, x: f64, y: f64) -> Option<Site> {
    let shape = shapes(view).find(|shape| shape.contains(x, y))?;
    let right_of_picture = x >= f64::from(WIDTH) / 2.0;
    let half = match (shape.side, view.half_on_the_right()) {
        (Side::Left, _) => Half::Left,
        (Side::Right, _) => Half::Right,
        (_, half) if right_of_picture => half,
        (_, Half::Left) => Half::Right,
        (_, Half::Right) => Half::Left,
    };
    Some(Site::new(shape.region, half))
}
