//! Shapes as SVG: whole millimetres, relative commands, no style attributes, so that a picture is small and passes a
//! strict content security policy.

use super::draw::{Piece, Shape};
use super::geometry::{Point, point};
use maud::{Markup, html};
use std::fmt::Write as _;
use supple_core::math::{acos_degrees, round_to};

/// The part of the plane that is shown, in centimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
    /// Upper edge.
    pub top: f64,
    /// Whether the picture is mirrored, for the other side of the body.
    pub mirrored: bool,
}

/// Width over height of most pictures, and the largest there is.
const ASPECT: f64 = 4.0 / 3.0;
/// Width over height of the narrowest picture.
const NARROWEST: f64 = 0.8;

impl Frame {
    /// A frame of the common shape that holds all the points, with a margin.
    ///
    /// A `narrow` one is as narrow as what it shows, between limits: two fit beside each other on a phone.
    #[must_use]
    pub fn around(points: impl Iterator<Item = Point>, mirrored: bool, narrow: bool) -> Self {
        let (mut low, mut high) = (point(0.0, 0.0), point(0.0, 0.0));
        for (index, at) in points.enumerate() {
            if index == 0 {
                (low, high) = (at, at);
            }
            low = point(low.x.min(at.x), low.y.min(at.y));
            high = point(high.x.max(at.x), high.y.max(at.y));
        }
        let (left, right, bottom, top) = (low.x - 8.0, high.x + 8.0, low.y - 7.0, high.y + 6.0);
        let (width, height) = (right - left, top - bottom);
        let aspect = if narrow { (width / height).clamp(NARROWEST, ASPECT) } else { ASPECT };
        let wider = (height * aspect - width).max(0.0) / 2.0;
        let higher = (width / aspect - height).max(0.0);
        Self {
            left: left - wider,
            right: right + wider,
            bottom: bottom - higher * 0.25,
            top: top + higher * 0.75,
            mirrored,
        }
    }

    /// A square part of the plane: where its middle is, and its width.
    #[must_use]
    pub fn closeup([x, y, width]: [f64; 3], mirrored: bool) -> Self {
        let half = width / 2.0;
        Self { left: x - half, right: x + half, bottom: y - half, top: y + half, mirrored }
    }

    /// The `viewBox`.
    #[must_use]
    pub fn view_box(&self) -> String {
        let left = if self.mirrored { -self.right } else { self.left };
        let [x, y, width, height] =
            [left, -self.top, self.right - self.left, self.top - self.bottom].map(millimetres);
        format!("{x} {y} {width} {height}")
    }

    fn x(&self, at: Point) -> f64 {
        if self.mirrored { -at.x } else { at.x }
    }
}

fn millimetres(cm: f64) -> i64 {
    // Far inside what an i64 holds: drawings are a few thousand millimetres wide.
    // The tiny step keeps halves, which are common, from going now up and now down.
    (cm * 10.0 + 1e-6).round() as i64
}

/// The nearest even number of millimetres.
fn even_millimetres(cm: f64) -> i64 {
    2 * millimetres(cm / 2.0)
}

/// Writes one path. Positions are relative to the path's first point, so that a shape that only moves has the same
/// text but for that point.
struct Writer<'f> {
    frame: &'f Frame,
    text: String,
    first: Option<Point>,
    at: (i64, i64),
}

impl Writer<'_> {
    fn offset(&self, to: Point) -> (i64, i64) {
        let first = self.first.unwrap_or(to);
        (millimetres(self.frame.x(to) - self.frame.x(first)), millimetres(first.y - to.y))
    }

    fn numbers(&mut self, points: &[Point]) {
        let from = self.at;
        for &to in points {
            self.at = self.offset(to);
            self.pair(from, self.at);
        }
    }

    /// A step, as two numbers that no blank parts from a letter or a minus.
    fn pair(&mut self, from: (i64, i64), to: (i64, i64)) {
        for value in [to.0 - from.0, to.1 - from.1] {
            if value >= 0 && self.text.ends_with(|last: char| last.is_ascii_digit()) {
                self.text.push(' ');
            }
            let _ = write!(self.text, "{value}");
        }
    }

    /// A smooth closed curve through the middle of each side. Each bend's control point is then the one before it,
    /// reflected, which is what `t` means: only the middles are written. They are whole numbers, and nothing adds up,
    /// because the control points are even ones.
    fn smooth(&mut self, points: &[Point]) {
        let count = points.len();
        let begins_path = self.first.is_none();
        let first = *self.first.get_or_insert(points[count - 1].towards(points[0], 0.5));
        let even =
            |to: Point| (even_millimetres(self.frame.x(to) - self.frame.x(first)), even_millimetres(first.y - to.y));
        let controls: Vec<_> = points.iter().map(|&at| even(at)).collect();
        let middle = |index: usize| {
            let (one, other) = (controls[index % count], controls[(index + 1) % count]);
            ((one.0 + other.0) / 2, (one.1 + other.1) / 2)
        };
        let start = middle(count - 1);
        if !begins_path {
            self.text.push('m');
            self.pair(self.at, start);
        }
        self.text.push('q');
        self.pair(start, controls[0]);
        self.pair(start, middle(0));
        self.text.push('t');
        for index in 1..count {
            self.pair(middle(index - 1), middle(index));
        }
        self.text.push('z');
        self.at = start;
    }

    fn start(&mut self, at: Point) {
        if self.first.is_none() {
            self.first = Some(at);
            return;
        }
        self.text.push('m');
        self.numbers(&[at]);
    }

    fn bend(&mut self, over: Point, to: Point) {
        self.text.push('q');
        self.numbers(&[over, to]);
    }

    fn line(&mut self, to: Point) {
        self.text.push('l');
        self.numbers(&[to]);
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Smooth(points) => self.smooth(points),
            Piece::Curve(points) => {
                self.start(points[0]);
                let last = points.len() - 1;
                for index in 1..last {
                    let to =
                        if index + 1 == last { points[last] } else { points[index].towards(points[index + 1], 0.5) };
                    self.bend(points[index], to);
                }
            }
            Piece::Line(points) | Piece::Polygon(points) => {
                self.start(points[0]);
                for &to in &points[1..] {
                    self.line(to);
                }
                if matches!(piece, Piece::Polygon(_)) {
                    self.close(points[0]);
                }
            }
            Piece::Circle(middle, radius) => {
                let from = *middle - point(*radius, 0.0);
                self.start(from);
                let size = millimetres(*radius);
                let across = if self.frame.mirrored { -2 * size } else { 2 * size };
                self.text.push_str(&format!("a{size} {size} 0 1 1 {across} 0a{size} {size} 0 1 1 {} 0z", -across));
            }
        }
    }

    fn close(&mut self, from: Point) {
        self.text.push('z');
        self.at = self.offset(from);
    }
}

/// A path's start, and the rest of it.
fn path(frame: &Frame, shape: &Shape) -> ((i64, i64), String) {
    let mut writer = Writer { frame, text: String::new(), first: None, at: (0, 0) };
    for piece in &shape.pieces {
        writer.piece(piece);
    }
    let first = writer.first.unwrap_or_default();
    ((millimetres(frame.x(first)), millimetres(-first.y)), writer.text)
}

/// Draws shapes that stay.
#[must_use]
pub fn still(frame: &Frame, shapes: &[Shape]) -> Markup {
    html! { @for shape in shapes {
        @let ((x, y), rest) = path(frame, shape);
        path class=(shape.class) d=(format!("M{x} {y}{rest}")) {}
    } }
}

/// Draws shapes that go through all frames and back again. Each pass takes `seconds`.
#[must_use]
pub fn moving(frame: &Frame, frames: &[Vec<Shape>], seconds: f64) -> Markup {
    let duration = format!("{}s", round_to(2.0 * seconds, 2));
    html! { @for index in 0..frames[0].len() {
        @let all: Vec<&Shape> = frames.iter().map(|shapes| &shapes[index]).collect();
        @let kept = if nearly_straight(&all) { vec![all[0], all[all.len() - 1]] } else { all };
        @let paths: Vec<_> = kept.iter().map(|shape| path(frame, shape)).collect();
        @let (mode, times, splines) = timing(paths.len());
        @let there_and_back = || (0..paths.len()).chain((0..paths.len() - 1).rev());
        @let ((x, y), rest) = &paths[0];
        path class=(frames[0][index].class) d=(format!("M{x} {y}{rest}")) {
            @if paths.iter().any(|other| other.1 != *rest) {
                @let values: Vec<_> = there_and_back().map(|at| {
                    let ((x, y), rest) = &paths[at];
                    format!("M{x} {y}{rest}")
                }).collect();
                animate attributeName="d" dur=(duration) repeatCount="indefinite" calcMode=(mode)
                    keyTimes=[times.as_deref()] keySplines=[splines] values=(values.join(";")) {}
            } @else if paths.iter().any(|other| other.0 != (*x, *y)) {
                @let values: Vec<_> = there_and_back()
                    .map(|at| format!("{} {}", paths[at].0.0 - x, paths[at].0.1 - y)).collect();
                animateTransform attributeName="transform" type="translate" dur=(duration)
                    repeatCount="indefinite" calcMode=(mode) keyTimes=[times.as_deref()] keySplines=[splines]
                    values=(values.join(";")) {}
            }
        }
    } }
}

/// Whether every point moves on a straight line at an even pace, give or take a centimetre: then the first and
/// the last frame say it all.
fn nearly_straight(frames: &[&Shape]) -> bool {
    const OFF: f64 = 1.0;
    let points = |shape: &Shape| shape.pieces.iter().flat_map(Piece::points).collect::<Vec<_>>();
    let (first, last) = (points(frames[0]), points(frames[frames.len() - 1]));
    let passes = (frames.len() - 1) as f64;
    frames.iter().enumerate().all(|(at, shape)| {
        let share = at as f64 / passes;
        let straight = first.iter().zip(&last).map(|(from, to)| from.towards(*to, share));
        points(shape).into_iter().zip(straight).all(|(here, straight)| (here - straight).length() < OFF)
    })
}

/// Slow at both ends and faster between, like half a wave, whatever the number of frames.
fn timing(frames: usize) -> (&'static str, Option<String>, Option<&'static str>) {
    if frames == 2 {
        return ("spline", None, Some(".37 0 .63 1;.37 0 .63 1"));
    }
    let passes = (frames - 1) as f64;
    let there: Vec<f64> = (0..frames).map(|at| acos_degrees(1.0 - 2.0 * at as f64 / passes) / 360.0).collect();
    let back = there.iter().rev().skip(1).map(|time| 1.0 - time);
    let times: Vec<_> = there.iter().copied().chain(back).map(|time| round_to(time, 3).to_string()).collect();
    ("linear", Some(times.join(";")), None)
}

/// A round window in a free corner that shows the tool larger.
#[derive(Debug, Clone, Copy)]
pub struct Lens {
    /// What it looks at.
    pub on: Point,
    /// Its middle.
    pub at: Point,
    /// Its radius in centimetres.
    pub radius: f64,
}

/// How many times larger a lens shows things.
const LARGER: f64 = 2.3;

impl Lens {
    /// A lens on a place, in the corner of the frame that has the fewest points.
    #[must_use]
    pub fn new(frame: &Frame, on: Point, points: &[Point]) -> Self {
        let radius = (frame.top - frame.bottom) * 0.215;
        let inside = radius + 2.0;
        let corners = [
            point(frame.right - inside, frame.top - inside),
            point(frame.left + inside, frame.top - inside),
            point(frame.right - inside, frame.bottom + inside + 6.0),
            point(frame.left + inside, frame.bottom + inside + 6.0),
        ];
        let crowd = |corner: &Point| {
            let nearer = points.iter().filter(|at| (**at - *corner).length() < radius + 3.0).count();
            (nearer, millimetres((on - *corner).length()))
        };
        let at = corners.into_iter().min_by_key(crowd).unwrap_or(on);
        Self { on, at, radius }
    }
}

/// The drawing with a lens over it. `name` must differ from that of every other picture on the page.
#[must_use]
pub fn with_lens(frame: &Frame, lens: Option<&Lens>, name: &str, inside: &Markup) -> Markup {
    let Some(lens) = lens else { return inside.clone() };
    let at = |point: Point| (millimetres(frame.x(point)), millimetres(-point.y));
    let ((x, y), (on_x, on_y), radius) = (at(lens.at), at(lens.on), millimetres(lens.radius));
    let way = lens.on - lens.at;
    let rim = at(lens.at + way * (lens.radius / way.length().max(lens.radius)));
    let (left, top) = (x as f64 - LARGER * on_x as f64, y as f64 - LARGER * on_y as f64);
    let transform = format!("translate({} {}) scale({LARGER})", round_to(left, 0), round_to(top, 0));
    html! {
        g id=(name) { (inside) }
        clipPath id=(format!("{name}-lens")) { circle cx=(x) cy=(y) r=(radius) {} }
        path class="fig-lens-line" d=(format!("M{on_x} {on_y}L{} {}", rim.0, rim.1)) {}
        circle.fig-lens cx=(x) cy=(y) r=(radius) {}
        g.fig-larger clip-path=(format!("url(#{name}-lens)")) { use href=(format!("#{name}")) transform=(transform) {} }
        circle.fig-lens-rim cx=(x) cy=(y) r=(radius) {}
    }
}
