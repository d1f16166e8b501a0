//! From a body to the outlines that are drawn.

use super::body::{self, Station};
use super::geometry::{Point, direction, point};
use super::skeleton::{Limb, Skeleton};
use supple_core::knowledge::{Segment, View};
use supple_core::math::{cos_degrees, sin_degrees, sqrt};

/// A closed outline: the control points of a smooth curve through the middle of each side.
pub type Outline = Vec<Point>;

/// The points the smooth curve of an outline goes through, and those half way along each bend.
#[must_use]
pub fn drawn(outline: &[Point]) -> Vec<Point> {
    let count = outline.len();
    (0..count)
        .flat_map(|index| {
            let (before, here) = (outline[(index + count - 1) % count], outline[index]);
            let after = outline[(index + 1) % count];
            let (from, to) = (before.towards(here, 0.5), here.towards(after, 0.5));
            let bend = from.towards(here, 0.5).towards(here.towards(to, 0.5), 0.5);
            [from, bend]
        })
        .collect()
}

/// Both sides of a shape; `middle` has its middle at a share of its length, and one centimetre to the front there.
fn both_sides(shape: &[Station], middle: impl Fn(f64) -> (Point, Point)) -> Outline {
    let stations: Vec<_> = shape.iter().map(|&(share, front, back)| (middle(share), front, back)).collect();
    let front = stations.iter().map(|&((at, out), front, _)| at + out * front);
    let back = stations.iter().rev().map(|&((at, out), _, back)| at - out * back);
    front.chain(back).collect()
}

fn part_of(limb: &Limb, part: usize, shape: &[Station], full: f64, heel: f64) -> Outline {
    let heading = limb.headings[part];
    let (from, length) = (limb.joint(part), limb.lengths[part]);
    // A part that points out of the drawing is short, but keeps its round ends.
    let place = |share: f64| {
        if share < 0.0 {
            share * full
        } else if share > 1.0 {
            length + (share - 1.0) * full
        } else {
            share * length
        }
    };
    let (along, out) = (direction(heading), direction(heading - 90.0 * limb.side));
    both_sides(shape, |share| (from + along * (place(share) - heel), out))
}

/// A leg: thigh, lower leg, foot.
#[must_use]
pub fn leg(body: &Skeleton, limb: &Limb) -> Vec<Outline> {
    let foot = if body.from_side() {
        part_of(limb, 2, body::FOOT_SHAPE, body::FOOT, body::HEEL * limb.lengths[2] / body::FOOT)
    } else {
        part_of(limb, 2, body::FOOT_FRONT_SHAPE, body::FOOT_FROM_FRONT, 0.0)
    };
    let shank = if body.from_side() { body::SHANK_SHAPE } else { body::SHANK_FRONT_SHAPE };
    vec![part_of(limb, 0, body::THIGH_SHAPE, body::THIGH, 0.0), part_of(limb, 1, shank, body::SHANK, 0.0), foot]
}

/// The leg of the worked side, whose toes may bend and whose arch may rise where it is seen in profile.
#[must_use]
pub fn near_leg(body: &Skeleton) -> Vec<Outline> {
    let limb = &body.near_leg;
    let mut leg = leg(body, limb);
    if let Some((toes, arch)) = body.toes.filter(|_| body.from_side()) {
        let shape: Vec<Station> = body::FOOT_BENDING_SHAPE
            .iter()
            .map(|&(share, top, sole)| {
                // Highest in the middle of the arch, nothing at heel and ball.
                let part = (1.0 - ((share - 0.4) / 0.28).abs()).max(0.0);
                (share, top + 0.6 * arch * part, sole - arch * part)
            })
            .collect();
        let hinge = Hinge { at: body::BALL_OF_FOOT, over: 0.12, out: -6.0, degrees: toes };
        leg[2] = bending(limb, &shape, body::HEEL * limb.lengths[2] / body::FOOT, hinge);
    }
    leg
}

/// An arm: upper arm, forearm, hand.
#[must_use]
pub fn arm(limb: &Limb) -> Vec<Outline> {
    vec![
        part_of(limb, 0, body::UPPER_ARM_SHAPE, body::UPPER_ARM, 0.0),
        part_of(limb, 1, body::FOREARM_SHAPE, body::FOREARM, 0.0),
        part_of(limb, 2, body::HAND_SHAPE, body::HAND, 0.0),
    ]
}

/// The arm of the worked side, whose fingers may bend.
#[must_use]
pub fn near_arm(body: &Skeleton) -> Vec<Outline> {
    let mut arm = arm(&body.near_arm);
    if let Some(degrees) = body.grip {
        let hinge = Hinge { at: body::KNUCKLES, over: 0.62, out: 0.0, degrees };
        arm[2] = bending(&body.near_arm, body::HAND_BENDING_SHAPE, 0.0, hinge);
    }
    arm
}

/// Where, over how much of its length and by how much the last part of a limb bends towards its front.
struct Hinge {
    /// The share of its length where the bend begins.
    at: f64,
    /// The share over which it bends.
    over: f64,
    /// What does not grow longer or shorter lies so many centimetres to the front of the middle.
    out: f64,
    /// By how many degrees, all in all.
    degrees: f64,
}

/// The last part of a limb with a bend in it.
fn bending(limb: &Limb, shape: &[Station], heel: f64, hinge: Hinge) -> Outline {
    const STEPS: usize = 40;
    let (heading, length) = (limb.headings[2], limb.lengths[2]);
    let out = |heading: f64| direction(heading - 90.0 * limb.side);
    let turned = |share: f64| heading - limb.side * hinge.degrees * ((share - hinge.at) / hinge.over).clamp(0.0, 1.0);
    let from = limb.joint(2) - direction(heading) * heel + out(heading) * hinge.out;
    both_sides(shape, |share| {
        let step = length * share / STEPS as f64;
        let along = (0..STEPS)
            .fold(from, |at, index| at + direction(turned(share * (index as f64 + 0.5) / STEPS as f64)) * step);
        let out = out(turned(share));
        (along - out * hinge.out, out)
    })
}

/// Where a bar lies that bent fingers hold: in the middle of the bend.
#[must_use]
pub fn in_the_fingers(body: &Skeleton) -> Point {
    let limb = &body.near_arm;
    let (heading, length) = (limb.headings[2], limb.lengths[2]);
    limb.joint(2)
        + direction(heading) * (length * (body::KNUCKLES + 0.12))
        + direction(heading - 90.0 * limb.side)
            * (if body.grip.is_some_and(|grip| grip < 0.0) { -body::BAR } else { body::BAR })
}

/// The trunk.
#[must_use]
pub fn trunk(body: &Skeleton) -> Outline {
    let (shape, other) = if body.from_side() {
        (body::TRUNK_SHAPE, body::TRUNK_FRONT_SHAPE)
    } else {
        (body::TRUNK_FRONT_SHAPE, body::TRUNK_SHAPE)
    };
    let turned: Vec<Station>;
    let shape = if body.trunk_turn == 0.0 {
        shape
    } else {
        turned = shape.iter().map(|&station| turned_station(station, other, body.trunk_turn)).collect();
        &turned
    };
    let filled: Vec<Station>;
    let shape = if body.belly == 0.0 {
        shape
    } else {
        filled = shape
            .iter()
            .map(|&(share, front, back)| {
                (share, front + body.belly * (1.0 - ((share - 0.3) / 0.4).abs()).max(0.0), back)
            })
            .collect();
        &filled
    };
    both_sides(shape, |share| {
        let (at, heading) = body.spine_at(share * body::TRUNK);
        (at, direction(heading + 90.0))
    })
}

/// How wide a turned chest is: what the eye saw of it before grows narrow and what it did not see grows wide. Below
/// the ribs the trunk turns less, and the pelvis stays.
fn turned_station((share, front, back): Station, other: &[Station], turn: f64) -> Station {
    let part = ((share - 0.1) / 0.6).clamp(0.0, 1.0);
    let (cos, sin) = (cos_degrees(turn * part), sin_degrees(turn * part));
    let (across, behind) = body::width_at(other, share);
    let wide = |one: f64, other: f64| sqrt(one * one * cos * cos + other * other * sin * sin);
    (share, wide(front, across), wide(back, behind))
}

/// The neck.
#[must_use]
pub fn neck(body: &Skeleton) -> Outline {
    both_sides(body::NECK_SHAPE, |share| {
        let (at, _, front) = body.axis(Segment::Neck, share);
        (at, direction(front))
    })
}

/// The head, and its hair.
#[must_use]
pub fn head(body: &Skeleton) -> (Outline, Outline) {
    let (head, hair) = match body.view {
        View::Side | View::AboveSide => (body::HEAD_PROFILE, body::HAIR_PROFILE),
        View::Front | View::AboveFront => (body::HEAD_FRONT, body::HAIR_FRONT),
        View::Back | View::Above => (body::HEAD_FRONT, body::HAIR_BACK),
    };
    let outline = |points: &[(f64, f64)]| points.iter().map(|&at| body.head_point(at)).collect();
    let Some(turn) = body.head_turn else { return (outline(head), outline(hair)) };
    // Between full face and profile the outline is a mixture of both, point by point.
    let (profile, way) = if body.from_side() {
        (cos_degrees(turn), 1.0)
    } else {
        let side = sin_degrees(turn);
        (side.abs(), if side < 0.0 { -1.0 } else { 1.0 })
    };
    let mix = |from: &[(f64, f64)], to: &[(f64, f64)]| -> Outline {
        from.iter()
            .zip(to)
            .map(|(&(x, y), &(ahead, up))| body.head_point((x + (way * ahead - x) * profile, y + (up - y) * profile)))
            .collect()
    };
    let full = |points: &[(f64, f64)]| points.iter().map(|&(x, y)| (x * way, y)).collect::<Vec<_>>();
    let hair =
        if matches!(body.view, View::Back | View::Above) { body::HAIR_BACK_AS_PROFILE } else { body::HAIR_FULL };
    let (mut head, mut hair) =
        (mix(&full(body::HEAD_FULL), body::HEAD_PROFILE), mix(&full(hair), body::HAIR_PROFILE));
    if way < 0.0 {
        // Mirrored points run the other way round; neck and head in one path would cut each other out.
        head.reverse();
        hair.reverse();
    }
    (head, hair)
}

/// A band along one side of a body part, from one share of its length to another: `depth` is the share of the way
/// from the skin to the middle.
#[must_use]
pub fn band(
    body: &Skeleton,
    segment: Segment,
    sign: f64,
    (from, to): (f64, f64),
    (skin, depth): (f64, f64),
) -> Outline {
    const STEPS: usize = 4;
    let at = |share: f64, part: f64| {
        let (middle, _, front) = body.axis(segment, share);
        let (to_front, to_back) = body.width(segment, share);
        let out = match sign {
            sign if sign > 0.0 => to_front * part,
            sign if sign < 0.0 => -to_back * part,
            _ => 4.0 * (part - 0.5),
        };
        middle + direction(front) * out
    };
    let share = |step: usize| from + (to - from) * step as f64 / STEPS as f64;
    let outer = (0..=STEPS).map(|step| at(share(step), skin));
    let inner = (0..=STEPS).rev().map(|step| at(share(step), depth));
    outer.chain(inner).collect()
}

/// A lens that lies on a surface under something: its shadow.
#[must_use]
pub fn shadow(from: f64, to: f64, height: f64) -> Outline {
    let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0 + 5.0);
    vec![
        point(middle - half, height - 0.7),
        point(middle, height + 1.4),
        point(middle + half, height - 0.7),
        point(middle, height - 2.8),
    ]
}
