//! A person built from joint angles, drawn with the tool, the floor and the line of travel.
//!
//! The numbers are held with each technique (`knowledge/techniques/`) and with the body positions they share
//! (`knowledge/poses.toml`). [`picture`] is what pages call. Body and pose know nothing of techniques, so that
//! stretches and movement tests can be drawn with them too.

pub mod body;
mod describe;
pub mod draw;
pub mod geometry;
pub mod outline;
pub mod skeleton;
pub mod solve;
mod svg;

use draw::{Piece, Shape};
use geometry::Point;
use maud::{Markup, html};
pub use solve::Subject;
use solve::{Posed, Scene};
use supple_core::body::Side;
use supple_core::knowledge::{Knowledge, MotionKind, ToolId, View};
use svg::{Frame, Lens};

/// How a technique or a test is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// Moving between its key poses at its real pace, without end.
    Moving,
    /// The first key pose, still.
    Still,
    /// Both key poses, still, one beside the other: for people who asked for less motion, and for paper.
    SideBySide,
    /// The last key pose, still, with the first one thin behind it: for paper, where one picture has to show the way.
    Ending,
    /// The lighter way, still; a test has none.
    Lighter,
}

/// What the body is drawn with: all that is shown of the pose behind another.
const BODY: [&str; 4] = ["fig-skin", "fig-far", "fig-trunk", "fig-hair"];

/// Seconds for one pass where the tool stays on a spot and the knowledge gives no pace: our judgement.
const SECONDS_WITHOUT_PACE: f64 = 4.0;

/// The picture of a technique or a test as inline SVG with a text alternative; none where there is none.
///
/// `side` mirrors the drawing for the left side; `both` and `midline` are drawn like the right side.
#[must_use]
pub fn picture(knowledge: &Knowledge, subject: Subject<'_>, side: Side, kind: PictureKind) -> Option<Markup> {
    let scene = Scene::new(knowledge, subject)?;
    let words = match subject {
        Subject::Technique(_) => describe::words(scene.technique()?, side, kind),
        _ if kind == PictureKind::Lighter => return None,
        Subject::Measure(id) => describe::words_of_test(knowledge.measures.get(id)?, side),
        Subject::Move(id) => describe::words_of_move(knowledge.moves.get(id)?, side),
        Subject::MovementTest(id) => describe::words_of_movement_test(knowledge.movement_tests.get(id)?),
        Subject::Compensation(id) => describe::words_of_what_is_seen(knowledge.compensations.get(id)?, side),
    };
    // What is seen starts from how it looks when it is fine: the arrow goes one way, and nothing is marked on the fine one.
    let seen = matches!(subject, Subject::Compensation(_));
    let moments: Vec<Posed> = match kind {
        PictureKind::Moving => {
            let steps = steps(&scene);
            (0..=steps).map(|step| scene.at(step as f64 / steps as f64)).collect()
        }
        PictureKind::Still => vec![scene.at(0.0)],
        PictureKind::SideBySide | PictureKind::Ending => vec![scene.at(0.0), scene.at(1.0)],
        PictureKind::Lighter => vec![scene.lighter()],
    };

    let (Subject::Technique(id)
    | Subject::Measure(id)
    | Subject::Move(id)
    | Subject::MovementTest(id)
    | Subject::Compensation(id)) = subject;
    let name = format!("fig-{id}-{side}-{}", kind.short());
    let way = if kind == PictureKind::Lighter { None } else { draw::moving_part(&scene, seen) };
    let way: Vec<_> = way.into_iter().collect();
    let narrow = seen || matches!(subject, Subject::MovementTest(_));
    let film = Film::new(&scene, side, &moments, &way, narrow);
    let frame = &film.frame;
    Some(match kind {
        PictureKind::Moving => {
            let pace = scene.technique().and_then(|technique| technique.motion.seconds_per_pass);
            let seconds = pace.map_or(SECONDS_WITHOUT_PACE, f64::from);
            film.svg("fig", &name, Some(&words), &svg::moving(frame, &film.moments, seconds), &way)
        }
        PictureKind::Still => {
            let way = if seen { &[][..] } else { &way };
            film.svg("fig", &name, Some(&words), &svg::still(frame, &film.moments[0]), way)
        }
        PictureKind::Ending => {
            let before: Vec<Shape> =
                film.moments[0].iter().filter(|shape| BODY.contains(&shape.class)).cloned().collect();
            let body = html! { g .fig-before { (svg::still(frame, &before)) } (svg::still(frame, &film.moments[1])) };
            film.at(1).svg("fig", &name, Some(&words), &body, &way)
        }
        PictureKind::Lighter => {
            film.svg("fig fig-lighter", &name, Some(&words), &svg::still(frame, &film.moments[0]), &way)
        }
        PictureKind::SideBySide => html! { span.fig-pair role="img" aria-label=(words) {
            @for (index, shapes) in film.moments.iter().enumerate() {
                @let way = if seen && index == 0 { &[][..] } else { &way };
                (film.at(index).svg("fig", &format!("{name}{index}"), None, &svg::still(frame, shapes), way))
            }
        } },
    })
}

impl PictureKind {
    /// A word for it in ids.
    fn short(self) -> &'static str {
        match self {
            Self::Moving => "moving",
            Self::Still => "still",
            Self::SideBySide => "pair",
            Self::Ending => "ending",
            Self::Lighter => "lighter",
        }
    }
}

/// The moving picture and, for people who asked for less motion, the still one; `web/style/figure.css` shows one.
#[must_use]
pub fn moving_or_still(knowledge: &Knowledge, subject: Subject<'_>, side: Side) -> Option<Markup> {
    let moving = picture(knowledge, subject, side, PictureKind::Moving)?;
    let still = picture(knowledge, subject, side, PictureKind::SideBySide)?;
    Some(html! { span.fig-moving { (moving) } span.fig-calm { (still) } })
}

/// Into how many straight steps the movement is cut: limbs that turn far would look shorter half way otherwise.
fn steps(scene: &Scene<'_>) -> usize {
    /// A limb that turns by so many degrees between two frames looks 2 % shorter half way.
    const DEGREES: f64 = 24.0;
    let turn = solve::largest_turn(&scene.at(0.0), &scene.at(1.0));
    let strokes = scene.technique().is_some_and(|technique| technique.motion.kind == MotionKind::Strokes);
    if strokes { 1 } else { ((turn / DEGREES) as usize + 1).min(2) }
}

/// The shapes of a picture at each of its moments, and what frames them.
#[derive(Clone)]
struct Film {
    frame: Frame,
    /// What stands behind the body.
    props: Vec<Shape>,
    moments: Vec<Vec<Shape>>,
    /// Where the tool is at each moment.
    tools: Vec<Option<Point>>,
    lens: Option<Lens>,
}

impl Film {
    fn new(scene: &Scene<'_>, side: Side, moments: &[Posed], way: &[Shape], narrow: bool) -> Self {
        let first = &moments[0];
        let rest = draw::resting(first);
        let shapes: Vec<_> = moments.iter().map(|posed| draw::shapes(scene, posed, &rest)).collect();
        let points = |shapes: &[Shape]| -> Vec<Point> {
            shapes.iter().flat_map(|shape| shape.pieces.iter().flat_map(Piece::points)).collect()
        };
        let mut reach: Vec<Point> = shapes.iter().flat_map(|shapes| points(shapes)).collect();
        let top = reach.iter().map(|at| at.y).fold(0.0, f64::max);
        let middle = first.body.spine_at(0.0).0.x;
        reach.extend(points(&draw::props(moments, (middle, middle), top)));
        reach.extend(points(way));
        let frame = match scene.alone().and_then(|alone| alone.closeup) {
            Some(part) => Frame::closeup(part, mirrored(first, side)),
            None => Frame::around(reach.iter().copied(), mirrored(first, side), narrow),
        };
        let mut props = draw::props(moments, (frame.left, frame.right), top);
        props.extend(draw::carried_by(first));
        let last = &moments[moments.len() - 1];
        let small = first.tool.zip(last.tool).filter(|(tool, _)| is_small(tool.tool));
        let lens = small.map(|(from, to)| Lens::new(&frame, from.at.towards(to.at, 0.5), &reach));
        let tools = moments.iter().map(|posed| posed.tool.map(|tool| tool.at)).collect();
        Self { frame, props, moments: shapes, tools, lens }
    }

    /// The same, with the lens on where the tool is at that moment.
    fn at(&self, moment: usize) -> Self {
        let lens = self.lens.map(|lens| Lens { on: self.tools[moment].unwrap_or(lens.on), ..lens });
        Self { lens, ..self.clone() }
    }

    fn svg(&self, class: &str, name: &str, words: Option<&str>, body: &Markup, before: &[Shape]) -> Markup {
        let inside = html! { (svg::still(&self.frame, &self.props)) (body) };
        let near = self.frame.right - self.frame.left < NEAR_CM;
        html! {
            svg class={ (class) @if near { " fig-near" } } viewBox=(self.frame.view_box()) role=[words.map(|_| "img")] aria-label=[words]
                aria-hidden=[words.is_none().then_some("true")] {
                (svg::with_lens(&self.frame, self.lens.as_ref(), name, &inside))
                (svg::still(&self.frame, before))
            }
        }
    }
}

/// A picture that shows less of the plane than so many centimetres across is drawn with finer lines.
const NEAR_CM: f64 = 50.0;

/// Whether a tool is so small that a lens has to show it.
fn is_small(tool: ToolId) -> bool {
    matches!(tool, ToolId::Ball | ToolId::WallBall | ToolId::Peanut | ToolId::Handheld)
}

/// The side a drawing shows unmirrored: who faces right shows the right side; who faces the eye has the left one on
/// the right.
fn mirrored(posed: &Posed, side: Side) -> bool {
    match posed.body.view {
        View::Front | View::AboveFront => side != Side::Left,
        View::Side | View::Back | View::Above | View::AboveSide => side == Side::Left,
    }
}
