//! What is drawn of a pose, in order: what is behind comes first.

use super::body;
use super::geometry::{Point, direction, point};
use super::outline::{self, Outline};
use super::skeleton::{Limb, Skeleton};
use super::solve::{self, Posed, Scene};
use supple_core::knowledge::{
    Against, BodyPicture, DrawnLimb, End, MotionKind, PropKind, Rest, Segment, Surface, Thing, ToolId, View,
    ZoneLevel,
};
use supple_core::math::{cos_degrees, sin_degrees};

/// A part of a path.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A smooth closed curve.
    Smooth(Outline),
    /// A smooth open curve through the middle of its inner sides.
    Curve(Vec<Point>),
    /// Straight lines, open.
    Line(Vec<Point>),
    /// Straight lines, closed.
    Polygon(Vec<Point>),
    /// A circle: its middle and radius.
    Circle(Point, f64),
}

impl Piece {
    /// The points that say how large it is.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        match self {
            Self::Smooth(points) => outline::drawn(points),
            Self::Curve(points) | Self::Line(points) | Self::Polygon(points) => points.clone(),
            Self::Circle(at, radius) => vec![*at - point(*radius, *radius), *at + point(*radius, *radius)],
        }
    }
}

/// Pieces that are painted together.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The class that gives it its colour; `web/style/figure.css`.
    pub class: &'static str,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

fn shape(class: &'static str, pieces: Vec<Piece>) -> Shape {
    Shape { class, pieces }
}

/// A part of the body that can touch the ground, with its outline.
pub fn parts(posed: &Posed) -> Vec<(&'static str, Outline)> {
    let body = &posed.body;
    let mut parts = vec![("trunk", outline::trunk(body)), ("head", outline::head(body).0)];
    let names = [
        ["near thigh", "near shank", "near foot"],
        ["far thigh", "far shank", "far foot"],
        ["near upper arm", "near forearm", "near hand"],
        ["far upper arm", "far forearm", "far hand"],
    ];
    let limbs = [
        outline::near_leg(body),
        outline::leg(body, &body.far_leg),
        outline::near_arm(body),
        outline::arm(&body.far_arm),
    ];
    for (names, limb) in names.into_iter().zip(limbs) {
        parts.extend(names.into_iter().zip(limb));
    }
    parts
}

/// How near to a surface a part must be to rest on it, in centimetres.
const TOUCH: f64 = 1.6;

/// The parts that rest on a surface: which, and how high the surface is.
#[must_use]
pub fn resting(posed: &Posed) -> Vec<(usize, f64)> {
    if posed.body.view.from_above() {
        return Vec::new();
    }
    let mut grounds = vec![0.0];
    match posed.rests {
        Rest::Seat => grounds.push(solve::SEAT),
        Rest::Table => grounds.push(solve::TABLE),
        Rest::Floor | Rest::Tool | Rest::Limbs => {}
    }
    grounds.extend(posed.contacts.values().map(solve::ground_under).filter(|&height| height > 0.0));
    let mut resting = Vec::new();
    for (index, (_, outline)) in parts(posed).iter().enumerate() {
        let lowest = outline::drawn(outline).iter().map(|at| at.y).fold(f64::INFINITY, f64::min);
        if let Some(&height) = grounds.iter().find(|&&height| (lowest - height).abs() < TOUCH) {
            resting.push((index, height));
        }
    }
    resting
}

/// The whole drawing of one moment. `rest` names what throws a shadow, so that all moments have the same shapes.
#[must_use]
pub fn shapes(scene: &Scene<'_>, posed: &Posed, rest: &[(usize, f64)]) -> Vec<Shape> {
    let body = &posed.body;
    let side = body.from_side();
    let mut shapes = Vec::new();
    shapes.extend(shadows(posed, rest));
    let far = if side { "fig-far" } else { "fig-skin" };
    let smooth = |outlines: Vec<Outline>| outlines.into_iter().map(Piece::Smooth).collect::<Vec<_>>();
    let near_leg = shape("fig-skin", smooth(outline::near_leg(body)));
    let far_leg = shape(far, smooth(outline::leg(body, &body.far_leg)));
    let near_arm = shape("fig-skin", smooth(outline::near_arm(body)));
    let far_arm = shape(far, smooth(outline::arm(&body.far_arm)));
    let trunk = shape("fig-trunk", smooth(vec![outline::trunk(body)]));
    let (head, hair) = outline::head(body);
    let head = [
        shape("fig-skin", smooth(vec![outline::neck(body), head.into_iter().rev().collect()])),
        shape("fig-hair", smooth(vec![hair])),
    ];
    if let Some(alone) = scene.alone() {
        shapes.extend(things(posed, true));
        shapes.extend(layers(posed, alone, [near_leg, far_leg, near_arm, far_arm], trunk, head));
        shapes.extend(things(posed, false));
        return shapes;
    }
    let on_top = posed.against == Against::Hand;
    let through = posed.surface == Surface::Facing;
    let marks = marks(scene, posed);
    let on_trunk = matches!(scene.segment(), Some(Segment::Trunk | Segment::Neck));
    let on_leg = matches!(scene.segment(), Some(Segment::Thigh | Segment::Shank | Segment::Foot));
    if side {
        shapes.extend([far_arm, far_leg]);
        shapes.extend(cushion(posed));
        if !on_top {
            shapes.extend(tool(posed, false));
        }
        shapes.extend(head);
        shapes.push(trunk);
        if on_trunk {
            shapes.extend(marks.clone());
        }
        shapes.push(near_leg);
        if on_leg {
            shapes.extend(marks.clone());
        }
        shapes.push(near_arm);
        // A tool in the hand is drawn over the fingers: where it is matters more than how it is held.
        if on_top {
            shapes.extend(tool(posed, false));
        }
        if !on_leg && !on_trunk {
            shapes.extend(marks);
        }
    } else {
        shapes.extend(if through || on_top { vec![] } else { tool(posed, false) });
        let arms_in_front = body.view == View::Front && matches!(posed.rests, Rest::Limbs | Rest::Seat);
        let (behind, before) = if arms_in_front { (None, Some(near_arm)) } else { (Some(near_arm), None) };
        shapes.extend(behind);
        shapes.extend([near_leg, far_leg]);
        shapes.push(trunk);
        shapes.extend(head);
        shapes.extend(before);
        shapes.push(far_arm);
        shapes.extend(marks);
        if through || on_top {
            shapes.extend(tool(posed, through));
        }
    }
    shapes
}

/// A body alone, in the order of what covers what.
fn layers(
    posed: &Posed,
    alone: &BodyPicture,
    [near_leg, far_leg, near_arm, far_arm]: [Shape; 4],
    trunk: Shape,
    head: [Shape; 2],
) -> Vec<Shape> {
    let body = &posed.body;
    let limbs = [
        (DrawnLimb::FarArm, far_arm),
        (DrawnLimb::FarLeg, far_leg),
        (DrawnLimb::NearLeg, near_leg),
        (DrawnLimb::NearArm, near_arm),
    ];
    let near = |limb: DrawnLimb| matches!(limb, DrawnLimb::NearArm | DrawnLimb::NearLeg);
    let arm = |limb: DrawnLimb| matches!(limb, DrawnLimb::NearArm | DrawnLimb::FarArm);
    let (mut behind, mut before) = (Vec::new(), Vec::new());
    for (limb, shape) in limbs {
        let usual = if body.from_side() { near(limb) } else { arm(limb) && body.view != View::Above };
        let over = (usual || alone.in_front.contains(&limb)) && !alone.behind.contains(&limb);
        if over { before.push(shape) } else { behind.push(shape) }
    }
    // In profile the neck goes into the collar; from elsewhere the head is over it.
    if body.from_side() {
        behind.extend(head);
        behind.push(trunk);
    } else {
        behind.push(trunk);
        behind.extend(blades(body));
        behind.extend(head);
    }
    behind.extend(before);
    behind
}

/// The shoulder blades, seen from behind, and the shadow beside the one whose inner edge stands off.
fn blades(body: &Skeleton) -> Vec<Shape> {
    let Some(turn) = body.blades.filter(|_| body.view == View::Back) else { return Vec::new() };
    let at = |side: f64, out: f64, up: f64| {
        let (middle, heading) = body.spine_at(up);
        middle + direction(heading + 90.0) * (side * out)
    };
    let off = 7.0 * sin_degrees(turn);
    let blade = |side: f64, off: f64| {
        Piece::Smooth(vec![at(side, 5.0 - off, 23.0), at(side, 4.5 - off, 41.0), at(side, 15.5, 40.0)])
    };
    let edge = Piece::Smooth(vec![
        at(1.0, 6.0, 22.0),
        at(1.0, 5.0 - 1.6 * off, 24.0),
        at(1.0, 5.0 - 1.6 * off, 39.0),
        at(1.0, 6.0, 41.0),
    ]);
    vec![shape("fig-hollow", vec![edge]), shape("fig-blade", vec![blade(1.0, off), blade(-1.0, 0.0)])]
}

/// Things besides the body: those it is on or in front of, or those it holds.
fn things(posed: &Posed, behind: bool) -> Vec<Shape> {
    let one = |&(what, from, to): &(PropKind, Point, Point)| {
        let circle = |class: &'static str, at: Point, radius: f64| shape(class, vec![Piece::Circle(at, radius)]);
        match what {
            PropKind::Block => {
                let corners = vec![from, point(from.x, to.y), to, point(to.x, from.y)];
                shape("fig-prop", vec![Piece::Polygon(corners)])
            }
            PropKind::LargeBall => circle("fig-tool", from, LARGE_BALL),
            PropKind::Mat => {
                let corners = vec![from, point(from.x, to.y), to, point(to.x, from.y)];
                shape("fig-prop", vec![Piece::Polygon(corners)])
            }
            PropKind::Dumbbell => circle("fig-tool", from, 6.5),
            PropKind::SmallBall => circle("fig-tool", from, 5.0),
            PropKind::Roller if from != to => {
                let across = direction((to - from).heading() + 90.0) * 7.5;
                let corners = vec![from + across, to + across, to - across, from - across];
                shape("fig-tool", vec![Piece::Polygon(corners)])
            }
            PropKind::Roller => shape("fig-tool", vec![Piece::Circle(from, 7.5), Piece::Circle(from, 3.4)]),
            PropKind::Cushion => circle("fig-cushion", from, 6.0),
            PropKind::Ball => circle("fig-tool", from, 10.0),
            PropKind::Weight => circle("fig-tool", from, 5.0),
            PropKind::Strap => shape("fig-strap", vec![Piece::Line(vec![from, to])]),
            PropKind::Stick => {
                // It sticks out beyond both hands; seen from its end it is a dot.
                let step = to - from;
                let length = step.length();
                // One that turns with the chest looks shorter.
                let far = 14.0 * if posed.body.from_side() { 1.0 } else { cos_degrees(posed.body.trunk_turn) };
                let beyond = if length > 4.0 { step * (far / length) } else { point(0.6, 0.0) };
                shape("fig-rod", vec![Piece::Line(vec![from - beyond, to + beyond])])
            }
        }
    };
    let under = |what: PropKind| {
        use PropKind::{Block, Cushion, Dumbbell, LargeBall, Mat, Roller};
        matches!(what, Block | Dumbbell | LargeBall | Roller | Cushion | Mat)
    };
    posed.props.iter().filter(|(what, ..)| under(*what) == behind).map(one).collect()
}

/// Radius of a large ball, in centimetres.
const LARGE_BALL: f64 = 30.0;

/// Shadows under what carries the weight.
fn shadows(posed: &Posed, rest: &[(usize, f64)]) -> Option<Shape> {
    let parts = parts(posed);
    let lenses: Vec<_> = rest
        .iter()
        .map(|&(index, height)| {
            let points = outline::drawn(&parts[index].1);
            let low = points.iter().filter(|at| at.y < height + 4.0).map(|at| at.x);
            let from = low.clone().fold(f64::INFINITY, f64::min);
            let to = low.fold(f64::NEG_INFINITY, f64::max);
            let (from, to) = if from > to { (0.0, 0.0) } else { (from, to) };
            Piece::Smooth(outline::shadow(from, to, height))
        })
        .collect();
    (!lenses.is_empty()).then(|| shape("fig-shadow", lenses))
}

/// A cushion on the floor, as high as the hollow of the knee above it.
fn cushion(posed: &Posed) -> Option<Shape> {
    let leg = match posed.cushion_under? {
        End::FarKnee => &posed.body.far_leg,
        _ => &posed.body.near_leg,
    };
    let knee = leg.joint(1);
    let top = (knee.y - 4.2).max(2.0);
    let corner = |across: f64, up: f64| point(knee.x + across, up);
    let round = vec![
        corner(-15.0, 0.0),
        corner(-16.0, top * 0.6),
        corner(-8.0, top),
        corner(8.0, top),
        corner(16.0, top * 0.6),
        corner(15.0, 0.0),
    ];
    Some(shape("fig-cushion", vec![Piece::Smooth(round)]))
}

/// The tool, if there is one.
fn tool(posed: &Posed, through: bool) -> Vec<Shape> {
    let Some(placed) = posed.tool else { return Vec::new() };
    let (at, radius) = (placed.at, placed.radius);
    let class = if through { "fig-tool fig-under" } else { "fig-tool" };
    let ring = |share: f64| shape("fig-tool-in", vec![Piece::Circle(at, radius * share)]);
    match placed.tool {
        ToolId::FoamRoller | ToolId::VibratingRoller if posed.body.view == View::Above => {
            // Seen from above a roller is a bar, square to the part it lies under.
            let across = direction(placed.along + 90.0) * 22.0;
            let along = direction(placed.along) * radius;
            let bar = vec![at + across + along, at + across - along, at - across - along, at - across + along];
            vec![shape(class, vec![Piece::Polygon(bar)])]
        }
        ToolId::FoamRoller => vec![shape(class, vec![Piece::Circle(at, radius)]), ring(0.45)],
        ToolId::VibratingRoller => {
            let wave = |side: f64| {
                let x = at.x + side * (radius + 2.4);
                Piece::Curve(vec![
                    point(x, at.y + 4.4),
                    point(x + side * 1.6, at.y + 2.2),
                    point(x - side * 1.0, at.y),
                    point(x + side * 1.6, at.y - 2.2),
                    point(x, at.y - 4.4),
                ])
            };
            vec![
                shape(class, vec![Piece::Circle(at, radius)]),
                ring(0.45),
                shape("fig-wave", vec![wave(1.0), wave(-1.0)]),
            ]
        }
        ToolId::Peanut => {
            // The second ball lies behind the first one; it is drawn a little to the side, so that two can be seen.
            let behind = at + direction(placed.along) * (radius * 0.7);
            vec![
                shape(class, vec![Piece::Circle(behind, radius * 0.92)]),
                shape(class, vec![Piece::Circle(at, radius)]),
            ]
        }
        ToolId::Handheld => {
            let hook =
                vec![at, at + point(-1.0, 5.0), at + point(4.0, 9.5), at + point(12.0, 7.0), at + point(15.0, -8.0)];
            vec![shape("fig-rod", vec![Piece::Curve(hook)]), shape(class, vec![Piece::Circle(at, radius)])]
        }
        ToolId::MassageStick if !posed.body.from_side() => {
            // Seen from in front a stick is a bar across the part it rolls over.
            let across = direction(placed.along + 90.0) * 21.0;
            let (one, other) = (at + across, at - across);
            vec![shape("fig-rod", vec![Piece::Line(vec![one, other])])]
        }
        ToolId::Ball | ToolId::WallBall | ToolId::MassageStick => vec![shape(class, vec![Piece::Circle(at, radius)])],
    }
}

/// The region that is worked on, the zones to keep free, and the line of travel.
fn marks(scene: &Scene<'_>, posed: &Posed) -> Vec<Shape> {
    let (Some(technique), Some(segment)) = (scene.technique(), scene.segment()) else { return Vec::new() };
    let body = &posed.body;
    let sign = match posed.surface {
        Surface::Front => 1.0,
        Surface::Back => -1.0,
        Surface::Facing => 0.0,
    };
    let (from, to) = (scene.share(technique.line.from_cm), scene.share(technique.line.to_cm));
    let mut shapes =
        vec![shape("fig-target", vec![Piece::Smooth(band(body, segment, sign, (from, to), (0.98, 0.35)))])];
    let mut closed = Vec::new();
    for (id, zone) in &scene.knowledge().zones {
        let strict = matches!(zone.level, ZoneLevel::NoGo | ZoneLevel::NoDirectPressure);
        let avoided = strict || technique.zones_to_avoid.contains(id);
        let Some(span) = zone.spans.get(&technique.region).filter(|_| avoided) else { continue };
        let (low, high) = part_limits(segment);
        let clip = |share: f64| share.clamp(low, high);
        let (one, other) = (clip(scene.share(span.from_cm)), clip(scene.share(span.to_cm)));
        // Where the line runs towards the eye, its start lies on the outline, under the tool: not hatched there.
        let hidden = body.from_side() && runs_across(segment) && one.max(other) <= from + 0.01;
        if (one - other).abs() > 0.01 && !hidden {
            closed.push((one.min(other), one.max(other)));
        }
    }
    let hatch = hatching(body, segment, sign, merged(closed));
    if !hatch.is_empty() {
        shapes.push(shape("fig-nogo", hatch));
    }
    if technique.motion.kind != MotionKind::PinAndMove {
        shapes.push(shape("fig-arrow", arrow(&middle_of_band(body, segment, sign, from, to), 2.6)));
    }
    shapes
}

/// Whether a line on this part runs from the middle of the trunk outwards.
fn runs_across(segment: Segment) -> bool {
    matches!(segment, Segment::ChestLine | Segment::ShoulderTop)
}

/// The band of the worked region. A line that runs across the body, towards the eye, is drawn slanting over the
/// trunk, as things that come nearer are in a drawing without depth.
fn band(body: &Skeleton, segment: Segment, sign: f64, (from, to): (f64, f64), depths: (f64, f64)) -> Outline {
    if !(body.from_side() && runs_across(segment)) {
        return outline::band(body, segment, sign, (from, to), depths);
    }
    let (middle, heading, front) = body.axis(segment, 0.0);
    let (to_front, to_back) = body.width(segment, 0.0);
    let skin = if sign > 0.0 { direction(front) * to_front } else { direction(front) * -to_back };
    let inside = body.near_arm.from + direction(heading) * -1.0;
    let width = 2.4 * (depths.0 - depths.1).abs() / 0.63;
    let at = |part: f64, across: f64| {
        let share = from + (to - from) * part;
        (middle + skin).towards(inside, share * 0.9) + direction(heading) * (across * width)
    };
    vec![at(0.0, 1.0), at(0.5, 1.0), at(1.0, 1.0), at(1.0, -1.0), at(0.5, -1.0), at(0.0, -1.0)]
}

/// How far along a part a hatched zone is drawn: to its ends, a little beyond at the joints.
fn part_limits(segment: Segment) -> (f64, f64) {
    match segment {
        Segment::Trunk => (-0.12, 1.0),
        _ => (-0.02, 1.06),
    }
}

/// Spans that overlap, as one.
fn merged(mut spans: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    spans.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut apart: Vec<(f64, f64)> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => apart.push(span),
        }
    }
    apart
}

/// Slanted lines over the zones to keep free.
fn hatching(body: &Skeleton, segment: Segment, sign: f64, spans: Vec<(f64, f64)>) -> Vec<Piece> {
    let mut lines = Vec::new();
    for (from, to) in spans {
        let band = band(body, segment, sign, (from, to), (0.98, 0.3));
        let half = band.len() / 2;
        let length = (band[half - 1] - band[0]).length();
        let count = (length / 1.7).max(2.0) as usize;
        let inner = |share: f64| {
            let place = share * (half - 1) as f64;
            let below = (place as usize).min(half - 2);
            let mirrored = |index: usize| band[band.len() - 1 - index];
            mirrored(below).towards(mirrored(below + 1), place - below as f64)
        };
        let outer = |share: f64| {
            let place = share * (half - 1) as f64;
            let below = (place as usize).min(half - 2);
            band[below].towards(band[below + 1], place - below as f64)
        };
        for line in 0..=count {
            let share = line as f64 / count as f64;
            let slant = (share + 0.8 / count as f64).min(1.0);
            lines.push(Piece::Line(vec![outer(share), inner(slant)]));
        }
    }
    lines
}

/// The middle of the band of the worked region.
fn middle_of_band(body: &Skeleton, segment: Segment, sign: f64, from: f64, to: f64) -> Vec<Point> {
    let band = band(body, segment, sign, (from, to), (0.98, 0.35));
    let half = band.len() / 2;
    (0..half).map(|index| band[index].towards(band[band.len() - 1 - index], 0.5)).collect()
}

/// A line with a head at both ends.
fn arrow(line: &[Point], size: f64) -> Vec<Piece> {
    let mut pieces = arrow_one_way(line, size);
    let reversed: Vec<Point> = line.iter().rev().copied().collect();
    pieces.insert(1, arrow_one_way(&reversed, size).remove(1));
    pieces
}

/// A line with a head at its end.
fn arrow_one_way(line: &[Point], size: f64) -> Vec<Piece> {
    let (first, last) = (line[0], line[line.len() - 1]);
    let head = |tip: Point, inside: Point| {
        let back = (inside - tip).heading();
        let size = size.min((last - first).length() * 0.45);
        Piece::Line(vec![tip + direction(back + 38.0) * size, tip, tip + direction(back - 38.0) * size])
    };
    vec![Piece::Curve(line.to_vec()), head(last, line[line.len() - 2])]
}

/// The way the part that moves takes, as a bent arrow, where no tool travels and a joint moves.
#[must_use]
pub fn moving_part(scene: &Scene<'_>, one_way: bool) -> Option<Shape> {
    if scene.technique().is_some_and(|technique| technique.motion.kind != MotionKind::PinAndMove) {
        return None;
    }
    let chosen = scene.alone().and_then(|alone| alone.arrow);
    let frames: Vec<_> = (0..=6).map(|step| scene.at(f64::from(step) / 6.0)).collect();
    let ends = |posed: &Posed| {
        let body = &posed.body;
        if let Some(spot) = chosen {
            return [solve::spot_on(body, spot); 3];
        }
        let tip = |limb: &Limb, over: f64| {
            limb.joint(3) + direction(limb.headings[2]) * (over - if limb.leg { body::HEEL } else { 0.0 })
        };
        [
            tip(&body.near_leg, 5.0),
            tip(&body.near_arm, 4.0),
            body.near_leg.joint(1) + direction(body.near_leg.headings[0]) * 9.0,
        ]
    };
    let ways: Vec<Vec<Point>> = (0..3).map(|which| frames.iter().map(|posed| ends(posed)[which]).collect()).collect();
    let length = |way: &[Point]| (way[way.len() - 1] - way[0]).length();
    let longest = ways.into_iter().max_by(|one, other| length(one).total_cmp(&length(other)))?;
    let arrow = if one_way { arrow_one_way } else { arrow };
    // What is shown larger needs a smaller arrow, and shows a shorter way.
    let closeup = scene.alone().and_then(|alone| alone.closeup);
    let scale = closeup.map_or(1.0, |[.., width]| (width / 66.0).min(1.0));
    (length(&longest) > 3.0 * scale).then(|| shape("fig-arrow fig-way", arrow(&longest, 3.6 * scale)))
}

/// Floor, wall, chair, table and step, for all moments of a drawing that spans from left to right.
#[must_use]
pub fn props(posed: &[Posed], (left, right): (f64, f64), top: f64) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let first = &posed[0];
    if first.body.view.from_above() {
        return shapes;
    }
    if let Some(wall) = first.wall {
        let beside = first.tool.map_or(first.body.spine_at(0.0).0, |tool| tool.at);
        let out = if beside.x > wall { wall - 5.0 } else { wall + 5.0 };
        let corners = [point(wall, 0.0), point(wall, top + 6.0), point(out, top + 6.0), point(out, 0.0)];
        shapes.push(shape("fig-prop", vec![Piece::Polygon(corners.to_vec())]));
    }
    let contacts = || posed.iter().flat_map(|posed| posed.contacts.iter());
    if first.rests == Rest::Table {
        let hips = first.body.spine_at(0.0).0.x;
        let (from, to) = (hips - 84.0, hips + 8.0);
        let bar = |from: f64, to: f64, low: f64, high: f64| {
            Piece::Polygon(vec![point(from, low), point(from, high), point(to, high), point(to, low)])
        };
        let under = solve::TABLE - 4.0;
        let legs = [bar(from + 3.0, from + 7.0, 0.0, under), bar(to - 12.0, to - 8.0, 0.0, under)];
        shapes.push(shape("fig-prop", legs.into_iter().chain([bar(from, to, under, solve::TABLE)]).collect()));
    }
    let xs =
        |thing: Thing| contacts().filter(move |(_, contact)| contact.on == thing).map(|(_, contact)| contact.at_cm);
    let rectangle = |from: f64, to: f64, low: f64, high: f64| {
        Piece::Polygon(vec![point(from, low), point(from, high), point(to, high), point(to, low)])
    };
    if first.rests == Rest::Seat || posed.iter().any(|posed| posed.against == Against::Seat) {
        let hips = first.body.spine_at(0.0).0.x;
        let from_side = first.body.from_side();
        let (back, front) = if from_side { (hips - 20.0, hips + 24.0) } else { (hips - 24.0, hips + 24.0) };
        let (under, over) = (solve::SEAT - 4.0, solve::SEAT + 38.0);
        let backrest = if from_side {
            rectangle(back - 3.0, back + 0.5, under, over)
        } else {
            rectangle(back + 2.0, front - 2.0, solve::SEAT, over)
        };
        shapes.push(shape(
            "fig-prop",
            vec![
                rectangle(back, back + 3.5, 0.0, under),
                rectangle(front - 4.5, front - 1.0, 0.0, under),
                backrest,
                rectangle(back, front, under, solve::SEAT),
            ],
        ));
    }
    for (thing, against) in [(Thing::Table, Against::Table), (Thing::LowTable, Against::LowTable)] {
        let tools = posed.iter().filter(|posed| posed.against == against);
        let tools = tools.filter_map(|posed| Some(posed.tool?.at.x));
        let table: Vec<f64> = xs(thing).chain(tools).collect();
        if table.is_empty() {
            continue;
        }
        let from = table.iter().copied().fold(f64::INFINITY, f64::min) - 16.0;
        let to = table.iter().copied().fold(f64::NEG_INFINITY, f64::max) + 26.0;
        let height = solve::height_of(thing);
        shapes.push(shape(
            "fig-prop",
            vec![rectangle(from, to, height - 3.5, height), rectangle(to - 7.0, to - 3.0, 0.0, height - 3.5)],
        ));
    }
    let step: Vec<f64> = xs(Thing::Step).collect();
    if !step.is_empty() {
        let from = step.iter().copied().fold(f64::INFINITY, f64::min) - 10.0;
        let to = step.iter().copied().fold(f64::NEG_INFINITY, f64::max) + 26.0;
        shapes.push(shape("fig-prop", vec![rectangle(from, to, 0.0, solve::STEP)]));
    }
    shapes.push(shape("fig-floor", vec![Piece::Line(vec![point(left, -0.3), point(right, -0.3)])]));
    shapes
}

/// What is planted, for pictures from above, where no shadow shows what carries the weight.
#[must_use]
pub fn carried_by(posed: &Posed) -> Option<Shape> {
    if !posed.body.view.from_above() {
        return None;
    }
    let body = &posed.body;
    let at = |end: End| match end {
        End::NearHand => body.near_arm.joint(3),
        End::FarHand => body.far_arm.joint(3),
        End::NearElbow => body.near_arm.joint(1).towards(body.near_arm.joint(2), 0.4),
        End::FarElbow => body.far_arm.joint(1).towards(body.far_arm.joint(2), 0.4),
        End::NearFoot => body.near_leg.joint(3),
        End::FarFoot => body.far_leg.joint(3),
        End::NearKnee => body.near_leg.joint(1),
        End::FarKnee => body.far_leg.joint(1),
    };
    let discs: Vec<_> = posed.contacts.keys().map(|&end| Piece::Circle(at(end), 10.0)).collect();
    (!discs.is_empty()).then(|| shape("fig-shadow", discs))
}
