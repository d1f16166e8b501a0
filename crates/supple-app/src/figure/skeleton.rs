//! From joint angles to where every part of the body is.

use super::body;
use super::geometry::{Point, direction, turn};
use supple_core::knowledge::{Joint, Segment, View};
use supple_core::math::{acos_degrees, cos_degrees, sin_degrees};
use supple_core::sorted::SortedMap;

/// Angles by joint, in degrees; one that is missing is 0.
pub type Joints = SortedMap<Joint, f64>;

/// A body in one position.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// Where the eye is.
    pub view: View,
    /// Points along the spine, each with its heading: one for every centimetre from `SPINE_FROM`.
    spine: Vec<(Point, f64)>,
    /// Heading of the neck.
    pub neck: f64,
    /// Heading of the head.
    pub head: f64,
    /// How far the head is turned about its own length, in degrees; none where no picture says so, and it is drawn
    /// with fewer points.
    pub head_turn: Option<f64>,
    /// How far the chest is turned against the pelvis, in degrees.
    pub trunk_turn: f64,
    /// How far both collar bones are raised, in degrees.
    pub shrug: f64,
    /// How far the inner edge of the worked side's shoulder blade stands off, in degrees; none where no picture shows
    /// the shoulder blades.
    pub blades: Option<f64>,
    /// How far the fingers of the worked side's hand are bent, in degrees; none where no picture says so, and the hand
    /// is drawn with fewer points.
    pub grip: Option<f64>,
    /// How far the toes of the worked side's foot are bent up, in degrees, and how high its arch is raised, in
    /// centimetres; none where no picture says so, and the foot is drawn with fewer points.
    pub toes: Option<(f64, f64)>,
    /// How far the belly comes forward, in centimetres.
    pub belly: f64,
    /// Leg of the worked side.
    pub near_leg: Limb,
    /// The other leg.
    pub far_leg: Limb,
    /// Arm of the worked side.
    pub near_arm: Limb,
    /// The other arm.
    pub far_arm: Limb,
}

const SPINE_FROM: i32 = -10;
const SPINE_TO: i32 = 60;

/// A limb of three parts in a chain.
#[derive(Debug, Clone, Copy)]
pub struct Limb {
    /// Whether it is a leg.
    pub leg: bool,
    /// 1, or -1 for a limb drawn in mirror image: the far side, seen from in front or behind.
    pub side: f64,
    /// Where it starts.
    pub from: Point,
    /// Headings of the three parts.
    pub headings: [f64; 3],
    /// Lengths of the three parts as drawn.
    pub lengths: [f64; 3],
}

impl Limb {
    /// The point at the far end of so many parts: 0 is the hip or shoulder, 2 the ankle or wrist.
    #[must_use]
    pub fn joint(&self, parts: usize) -> Point {
        (0..parts).fold(self.from, |from, part| from + direction(self.headings[part]) * self.lengths[part])
    }

    /// Bends the limb so that its ankle or wrist is at the target, or as near as its length allows.
    pub fn reach(&mut self, target: Point) {
        self.reach_bent(target, 1.0);
    }

    /// As [`Limb::reach`]; with -1 for `way` the middle joint points the other way, as that of an arm does that is
    /// turned out.
    pub fn reach_bent(&mut self, target: Point, way: f64) {
        let [upper, lower, _] = self.lengths;
        let step = target - self.from;
        let far = step.length().clamp((upper - lower).abs() + 0.5, upper + lower - 0.05);
        let at_root = acos_degrees((upper * upper + far * far - lower * lower) / (2.0 * upper * far));
        let at_middle = 180.0 - acos_degrees((upper * upper + lower * lower - far * far) / (2.0 * upper * lower));
        // A knee points forward and an elbow backward.
        let bend = if self.leg { 1.0 } else { -1.0 } * self.side * way;
        self.headings[0] = step.heading() - bend * at_root;
        self.headings[1] = self.headings[0] + bend * at_middle;
    }

    /// Brings the ankle or wrist to the target along a straight line: the limb bends towards the eye, so both its
    /// parts look shorter.
    pub fn bend_towards_eye(&mut self, target: Point) {
        let step = target - self.from;
        let shorter = (step.length() / (self.lengths[0] + self.lengths[1])).min(1.0);
        self.headings[0] = step.heading();
        self.headings[1] = step.heading();
        self.lengths[0] *= shorter;
        self.lengths[1] *= shorter;
    }

    /// Brings the ankle to the target over a knee that is where it is said to be: thigh and lower leg look as short as
    /// that makes them.
    pub fn bend_at(&mut self, knee: Point, ankle: Point) {
        for (part, step) in [(0, knee - self.from), (1, ankle - knee)] {
            self.headings[part] = step.heading();
            self.lengths[part] = step.length().clamp(0.5, self.lengths[part]);
        }
    }

    /// Brings the knee or elbow to the target. A part that has length to spare points out of the drawing.
    pub fn kneel(&mut self, target: Point) {
        let step = target - self.from;
        self.headings[0] = step.heading();
        self.lengths[0] = step.length().clamp(self.lengths[0] * 0.3, self.lengths[0]);
        self.headings[1] = if turn(90.0, self.headings[1]).abs() < 90.0 { 90.0 } else { 270.0 };
    }
}

impl Skeleton {
    /// A body with its hip joints at a point.
    #[must_use]
    pub fn new(view: View, joints: &Joints, hips: Point) -> Self {
        let angle = |joint| joints.get(&joint).copied().unwrap_or(0.0);
        let spine = spine(hips, angle(Joint::Lean), angle(Joint::Lumbar), angle(Joint::Thoracic));
        let mut body = Self {
            view,
            spine,
            neck: 0.0,
            head: 0.0,
            head_turn: joints.get(&Joint::HeadTurn).copied(),
            trunk_turn: angle(Joint::TrunkTurn),
            shrug: angle(Joint::Shrug),
            blades: joints.get(&Joint::BladeTurn).copied(),
            grip: joints.get(&Joint::NearGrip).copied(),
            toes: [Joint::NearToes, Joint::NearArch]
                .iter()
                .any(|joint| joints.contains_key(joint))
                .then(|| (angle(Joint::NearToes), angle(Joint::NearArch) / 10.0)),
            belly: angle(Joint::Belly) / 10.0,
            near_leg: Limb { leg: true, side: 1.0, from: hips, headings: [0.0; 3], lengths: [0.0; 3] },
            far_leg: Limb { leg: true, side: 1.0, from: hips, headings: [0.0; 3], lengths: [0.0; 3] },
            near_arm: Limb { leg: false, side: 1.0, from: hips, headings: [0.0; 3], lengths: [0.0; 3] },
            far_arm: Limb { leg: false, side: 1.0, from: hips, headings: [0.0; 3], lengths: [0.0; 3] },
        };
        body.neck = body.spine_at(body::TRUNK).1 + angle(Joint::Neck);
        body.head = body.neck + angle(Joint::Head);
        let mirror = if body.from_side() { 1.0 } else { -1.0 };
        use Joint::*;
        body.near_leg =
            body.leg(1.0, [NearHip, NearKnee, NearAnkle, NearThighTurn, NearShankTurn, NearFootTurn].map(angle));
        body.far_leg =
            body.leg(mirror, [FarHip, FarKnee, FarAnkle, FarThighTurn, FarShankTurn, FarFootTurn].map(angle));
        body.near_arm = body.arm(
            1.0,
            false,
            [NearShoulder, NearElbow, NearWrist, NearUpperArmTurn, NearForearmTurn, NearHandTurn].map(angle),
        );
        body.far_arm = body.arm(
            mirror,
            true,
            [FarShoulder, FarElbow, FarWrist, FarUpperArmTurn, FarForearmTurn, FarHandTurn].map(angle),
        );
        body
    }

    /// The same body elsewhere.
    #[must_use]
    pub fn moved(mut self, step: Point) -> Self {
        for (at, _) in &mut self.spine {
            *at = *at + step;
        }
        for limb in [&mut self.near_leg, &mut self.far_leg, &mut self.near_arm, &mut self.far_arm] {
            limb.from = limb.from + step;
        }
        self
    }

    fn leg(&self, side: f64, [hip, knee, ankle, thigh_turn, shank_turn, foot_turn]: [f64; 6]) -> Limb {
        let (hips, pelvis) = self.spine_at(0.0);
        let out = if self.from_side() { 0.0 } else { body::HIP_OUT * side };
        let thigh = pelvis + 180.0 - side * hip;
        let shank = thigh + side * knee;
        let (foot, foot_length) = if self.from_side() {
            (shank - 90.0 - ankle, body::FOOT)
        } else {
            (shank - side * ankle, body::FOOT_FROM_FRONT)
        };
        let lengths = [
            body::THIGH * cos_degrees(thigh_turn),
            body::SHANK * cos_degrees(shank_turn),
            foot_length * cos_degrees(foot_turn),
        ];
        Limb { leg: true, side, from: hips + direction(pelvis + 90.0) * out, headings: [thigh, shank, foot], lengths }
    }

    fn arm(
        &self,
        side: f64,
        far: bool,
        [shoulder, elbow, wrist, upper_turn, forearm_turn, hand_turn]: [f64; 6],
    ) -> Limb {
        let (top, chest) = self.spine_at(body::SHOULDER_AT);
        let out = self.shoulder_out(if far { -1.0 } else { 1.0 });
        let upper = chest + 180.0 - side * shoulder;
        let forearm = upper - side * elbow;
        let hand = forearm - side * wrist;
        let lengths = [
            body::UPPER_ARM * cos_degrees(upper_turn),
            body::FOREARM * cos_degrees(forearm_turn),
            body::HAND * cos_degrees(hand_turn),
        ];
        Limb {
            leg: false,
            side,
            from: top
                + direction(chest + 90.0) * out
                + direction(chest) * (body::SHOULDER_OUT * sin_degrees(self.shrug)),
            headings: [upper, forearm, hand],
            lengths,
        }
    }

    /// How far a shoulder is out from the middle of the trunk, as drawn: a chest that turns brings the shoulders of a
    /// front view nearer to each other, and parts those of a side view.
    fn shoulder_out(&self, side: f64) -> f64 {
        let turn = self.trunk_turn;
        if !self.from_side() {
            return body::SHOULDER_OUT * cos_degrees(turn) * side;
        }
        -body::SHOULDER_OUT * sin_degrees(turn) * side
    }

    /// Whether the eye is at the side.
    #[must_use]
    pub fn from_side(&self) -> bool {
        self.view.in_profile()
    }

    /// The spine so many centimetres above the hip joints: where, and its heading.
    #[must_use]
    pub fn spine_at(&self, cm: f64) -> (Point, f64) {
        let place = (cm - f64::from(SPINE_FROM)).clamp(0.0, f64::from(SPINE_TO - SPINE_FROM) - 0.001);
        let below = place as usize;
        let (from, heading) = self.spine[below];
        let (to, next) = self.spine[below + 1];
        let part = place - below as f64;
        (from.towards(to, part), heading + (next - heading) * part)
    }

    /// The middle of a part of the body at a share of its length: where, its heading towards its far end, and the
    /// heading of its front or outer side.
    #[must_use]
    pub fn axis(&self, segment: Segment, share: f64) -> (Point, f64, f64) {
        let limb = |limb: &Limb, part: usize| {
            let heading = limb.headings[part];
            let middle = limb.joint(part) + direction(heading) * (limb.lengths[part] * share);
            (middle, heading, heading - 90.0 * limb.side)
        };
        match segment {
            Segment::Trunk => {
                let (at, heading) = self.spine_at(share * body::TRUNK);
                (at, heading, heading + 90.0)
            }
            Segment::Neck => {
                let from = self.spine_at(body::TRUNK).0;
                (from + direction(self.neck) * (share * body::NECK), self.neck, self.neck + 90.0)
            }
            Segment::ChestLine => {
                if self.from_side() {
                    // Seen from the side the line runs towards the eye, and a little up: two centimetres are left.
                    let (at, heading) = self.spine_at(36.0 + 2.0 * share);
                    return (at, heading, heading + 90.0);
                }
                let (at, heading) = self.spine_at(38.0);
                (at + direction(heading + 90.0) * (share * body::SHOULDER_OUT), heading + 90.0, heading + 90.0)
            }
            Segment::ShoulderTop => {
                let (neck, heading) = self.spine_at(if self.from_side() { 47.5 } else { 52.0 });
                if self.from_side() {
                    return (neck - direction(heading) * (3.0 * share), heading, heading + 90.0);
                }
                let from = neck + direction(heading + 90.0) * 5.0;
                let to = self.near_arm.from + direction(heading) * 4.5;
                (from.towards(to, share), (to - from).heading(), heading + 90.0)
            }
            Segment::Thigh => limb(&self.near_leg, 0),
            Segment::Shank => limb(&self.near_leg, 1),
            Segment::Foot => {
                let (at, heading, front) = limb(&self.near_leg, 2);
                (at - direction(heading) * (body::HEEL * self.near_leg.lengths[2] / body::FOOT), heading, front)
            }
            Segment::UpperArm => limb(&self.near_arm, 0),
            Segment::Forearm => limb(&self.near_arm, 1),
            Segment::Hand => limb(&self.near_arm, 2),
        }
    }

    /// How wide a part is there: centimetres to the front or outer side, and to the back or inner side.
    #[must_use]
    pub fn width(&self, segment: Segment, share: f64) -> (f64, f64) {
        let side = self.from_side();
        match segment {
            Segment::Trunk => body::width_at(if side { body::TRUNK_SHAPE } else { body::TRUNK_FRONT_SHAPE }, share),
            Segment::ChestLine if side => body::width_at(body::TRUNK_SHAPE, (36.0 + 2.0 * share) / body::TRUNK),
            Segment::ShoulderTop if side => body::width_at(body::TRUNK_SHAPE, (47.5 - 3.0 * share) / body::TRUNK),
            Segment::ChestLine | Segment::ShoulderTop => (3.0, 3.0),
            Segment::Neck => body::width_at(body::NECK_SHAPE, share),
            Segment::Thigh => body::width_at(body::THIGH_SHAPE, share),
            Segment::Shank => body::width_at(if side { body::SHANK_SHAPE } else { body::SHANK_FRONT_SHAPE }, share),
            Segment::Foot => body::width_at(body::FOOT_SHAPE, share),
            Segment::UpperArm => body::width_at(body::UPPER_ARM_SHAPE, share),
            Segment::Forearm => body::width_at(body::FOREARM_SHAPE, share),
            Segment::Hand => body::width_at(body::HAND_SHAPE, share),
        }
    }

    /// Where the neck meets the skull.
    #[must_use]
    pub fn skull(&self) -> Point {
        self.axis(Segment::Neck, 1.0).0
    }

    /// A point of the head: forward and up from where the neck meets the skull.
    #[must_use]
    pub fn head_point(&self, (forward, up): (f64, f64)) -> Point {
        self.skull() + direction(self.head) * up + direction(self.head + 90.0) * forward
    }
}

/// The spine bends over a stretch, not at a point.
fn spine(hips: Point, lean: f64, lumbar: f64, thoracic: f64) -> Vec<(Point, f64)> {
    let eased = |from: f64, to: f64, at: f64| {
        let part = ((at - from) / (to - from)).clamp(0.0, 1.0);
        part * part * (3.0 - 2.0 * part)
    };
    let heading = |cm: f64| lean + lumbar * eased(4.0, 20.0, cm) + thoracic * eased(18.0, 42.0, cm);
    let mut points = Vec::with_capacity((SPINE_TO - SPINE_FROM + 1) as usize);
    let mut along = (lean, direction(lean));
    let mut at = hips - along.1 * f64::from(-SPINE_FROM);
    for cm in SPINE_FROM..=SPINE_TO {
        let cm = f64::from(cm);
        points.push((at, heading(cm)));
        let next = heading(cm + 0.5);
        // Half of the spine is straight.
        if next != along.0 {
            along = (next, direction(next));
        }
        at = at + along.1;
    }
    points
}
