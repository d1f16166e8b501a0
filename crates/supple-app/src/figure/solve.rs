//! From the numbers held with a technique to a body that rests on something, with the tool between it and the floor.
//!
//! The order is fixed: the trunk is set down; one joint is turned until the tool lies on what it lies on; the tool
//! rolls, so the body moves twice as far as the tool does; then hands, feet, elbows and knees reach where they are
//! planted.

use super::body;
use super::geometry::{Point, direction, point, turn};
use super::outline;
use super::skeleton::{Joints, Limb, Skeleton};
use std::borrow::Cow;
use supple_core::knowledge::{
    Against, Anchor, BodyPicture, BodyPose, Contact, ContactPoint, DrawnLine, End, Joint, KeyPose, Knowledge,
    Picture, PropKind, Rest, Segment, Spot, Surface, Technique, Thing, ToolId,
};
use supple_core::sorted::SortedMap;

/// Height of a chair's seat, in centimetres.
pub const SEAT: f64 = 43.0;
/// Height of a table.
pub const TABLE: f64 = 72.0;
/// Height of a low step.
pub const STEP: f64 = 30.0;
/// From the middle of a stick to where a hand holds it.
pub const STICK_GRIP: f64 = 9.0;
/// How far a tool sinks into soft tissue.
pub const SINK: f64 = 0.7;

/// A tool as drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Which.
    pub tool: ToolId,
    /// Its middle.
    pub at: Point,
    /// Its radius in centimetres.
    pub radius: f64,
    /// Heading of the body part it is on.
    pub along: f64,
}

/// A body in one position, with the tool.
#[derive(Debug, Clone)]
pub struct Posed {
    /// The body.
    pub body: Skeleton,
    /// The tool, where there is one.
    pub tool: Option<Placed>,
    /// Where the wall is, if there is one.
    pub wall: Option<f64>,
    /// What is planted where.
    pub contacts: SortedMap<End, ContactPoint>,
    /// What carries the trunk.
    pub rests: Rest,
    /// What the tool lies on.
    pub against: Against,
    /// The side of the body part the tool touches.
    pub surface: Surface,
    /// The knee that a cushion lies under.
    pub cushion_under: Option<End>,
    /// Where things besides body and tool are: from where to where.
    pub props: Vec<(PropKind, Point, Point)>,
}

/// What a key pose takes over from the first one, so that nothing slides.
#[derive(Debug, Clone, Copy)]
struct Before {
    /// The tool's middle with the hips unmoved.
    tool: Option<Point>,
    /// Where the hips are.
    hips: Point,
    /// Where the wall is.
    wall: Option<f64>,
    /// From the ankle or wrist to the tool, for a limb that rolls over it.
    end_to_tool: Point,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A technique, by its id: a body with a tool.
    Technique(&'a str),
    /// A test, by the id of its measure: a body alone.
    Measure(&'a str),
    /// A stretch or an exercise, by its id.
    Move(&'a str),
    /// A movement test as it looks when all is fine, by its id.
    MovementTest(&'a str),
    /// What may be seen in a movement test, by its id.
    Compensation(&'a str),
}

/// The picture of a technique or a test, ready to be posed at any moment of its movement.
#[derive(Debug, Clone)]
pub struct Scene<'k> {
    held: Held<'k>,
    /// The start of the movement, and what the others take over from it.
    first: (Posed, Before),
    last: Posed,
}

/// What is held with a technique or a test, and what it leads to.
#[derive(Debug, Clone)]
struct Held<'k> {
    knowledge: &'k Knowledge,
    picture: Cow<'k, Picture>,
    worked: Option<Worked<'k>>,
    /// What a picture of a body alone says besides; none for a technique.
    alone: Option<&'k BodyPicture>,
}

/// What is worked on, and with what.
#[derive(Debug, Clone, Copy)]
struct Worked<'k> {
    technique: &'k Technique,
    line: DrawnLine,
    length_cm: f64,
    tool: (ToolId, f64),
}

impl<'k> Scene<'k> {
    /// The picture of a technique or a test; none if there is none, or if what it names is missing.
    #[must_use]
    pub fn new(knowledge: &'k Knowledge, subject: Subject<'_>) -> Option<Self> {
        let held = match subject {
            Subject::Technique(id) => {
                let technique = knowledge.techniques.get(id)?;
                let picture = Cow::Borrowed(technique.picture.as_ref()?);
                let region = knowledge.regions.get(&technique.region)?;
                let tool = (technique.tool, tool_radius(knowledge, technique.tool));
                let worked = Worked { technique, line: region.drawn?, length_cm: region.line.length_cm, tool };
                Held { knowledge, picture, worked: Some(worked), alone: None }
            }
            Subject::Measure(id) => Held::alone(knowledge, knowledge.measures.get(id)?.picture.as_ref()?),
            Subject::Move(id) => Held::alone(knowledge, knowledge.moves.get(id)?.picture.as_ref()?),
            Subject::MovementTest(id) => Held::alone(knowledge, knowledge.movement_tests.get(id)?.picture.as_ref()?),
            Subject::Compensation(id) => Held::alone(knowledge, knowledge.compensations.get(id)?.picture.as_ref()?),
        };
        knowledge.poses.get(&held.picture.pose)?;
        let first = held.key(&held.picture.start, None);
        let last = held.key(&held.picture.end, Some(first.1)).0;
        Some(Self { held, first, last })
    }

    /// The technique; none for a test.
    #[must_use]
    pub fn technique(&self) -> Option<&'k Technique> {
        self.held.worked.map(|worked| worked.technique)
    }

    /// What a picture of a body alone says besides its key poses; none for a technique.
    #[must_use]
    pub fn alone(&self) -> Option<&'k BodyPicture> {
        self.held.alone
    }

    /// The knowledge it is from.
    #[must_use]
    pub fn knowledge(&self) -> &'k Knowledge {
        self.held.knowledge
    }

    /// The body part the region's line lies on; none for a test.
    #[must_use]
    pub fn segment(&self) -> Option<Segment> {
        self.held.worked.map(|worked| worked.line.segment)
    }

    /// A place on the region's line, as a share of the body part's length; 0 for a test, which has no line.
    #[must_use]
    pub fn share(&self, at_cm: f64) -> f64 {
        self.held.share(at_cm)
    }

    /// The pose at a moment: 0 is the start of the movement, 1 its end.
    #[must_use]
    pub fn at(&self, moment: f64) -> Posed {
        if moment <= 0.0 {
            return self.first.0.clone();
        }
        if moment >= 1.0 {
            return self.last.clone();
        }
        self.held.key(&between(&self.held.picture, moment), Some(self.first.1)).0
    }

    /// The lighter way.
    #[must_use]
    pub fn lighter(&self) -> Posed {
        self.held.key(&self.held.picture.lighter, None).0
    }
}

impl<'k> Held<'k> {
    fn alone(knowledge: &'k Knowledge, picture: &'k BodyPicture) -> Self {
        Self { knowledge, picture: Cow::Owned(picture.as_picture()), worked: None, alone: Some(picture) }
    }

    /// Where a wall is that no tool lies against.
    fn wall(&self) -> Option<f64> {
        self.alone.and_then(|picture| picture.wall_cm)
    }

    fn share(&self, at_cm: f64) -> f64 {
        self.worked
            .map_or(0.0, |Worked { line, length_cm, .. }| line.from + (line.to - line.from) * at_cm / length_cm)
    }

    fn key(&self, key: &KeyPose, before: Option<Before>) -> (Posed, Before) {
        let base_id = key.pose.as_ref().unwrap_or(&self.picture.pose);
        let base = self.knowledge.poses.get(base_id).unwrap_or(&self.knowledge.poses[&self.picture.pose]);
        let own = key.pose.is_none();
        let mut joints = base.joints.clone();
        let mut contacts = base.contacts.clone();
        if own {
            joints.extend(&self.picture.joints);
            contacts.extend(&self.picture.contacts);
        }
        joints.extend(&key.joints);
        contacts.extend(&key.contacts);
        contacts.retain(|_, contact| contact.on != Thing::Free);
        let height = key.height_cm.or(self.picture.height_cm.filter(|_| own)).or(base.height_cm);
        let against = key.against.unwrap_or(self.picture.against);
        let surface = self.picture.surface.filter(|_| own);
        let tool = self.worked.map(|worked| {
            (worked.line, key.tool.map_or(worked.tool, |tool| (tool, tool_radius(self.knowledge, tool))))
        });
        let (share, forward) = (self.share(key.at_cm), key.forward_cm);
        let setting = Setting { held: self, base, height, against, surface, tool, share, forward };
        if let Some(joint) = self.picture.fit.filter(|_| own) {
            setting.fit(joint, &mut joints);
        }
        setting.pose(&joints, contacts, before, self.picture.limb_only && own)
    }
}

/// The key pose at a moment between the first and the last.
fn between(picture: &Picture, moment: f64) -> KeyPose {
    let (start, end) = (&picture.start, &picture.end);
    let mix = |from: f64, to: f64| from + (to - from) * moment;
    let mut joints = SortedMap::new();
    for joint in start.joints.keys().chain(end.joints.keys()) {
        let usual = picture.joints.get(joint).copied();
        let from = start.joints.get(joint).copied().or(usual);
        let to = end.joints.get(joint).copied().or(usual);
        // A joint that only one key pose names comes from the base position, which both share.
        if let (Some(from), Some(to)) = (from.or(to), to.or(from)) {
            joints.insert(*joint, mix(from, to));
        }
    }
    let mut contacts = start.contacts.clone();
    for (end_of_limb, &last) in &end.contacts {
        let first = start.contacts.get(end_of_limb).or(picture.contacts.get(end_of_limb)).copied();
        let mixed = first.filter(|first| first.on == last.on).map_or(last, |first| ContactPoint {
            at_cm: mix(first.at_cm, last.at_cm),
            up_cm: mix(first.up_cm, last.up_cm),
            heel_up: mix(first.heel_up, last.heel_up),
            turned_out: mix(first.turned_out, last.turned_out),
            knee_cm: first.knee_cm.zip(last.knee_cm).map(|(from, to)| [mix(from[0], to[0]), mix(from[1], to[1])]),
            ..last
        });
        contacts.insert(*end_of_limb, mixed);
    }
    let height_cm = match (start.height_cm.or(picture.height_cm), end.height_cm.or(picture.height_cm)) {
        (Some(from), Some(to)) => Some(mix(from, to)),
        (from, to) => from.or(to),
    };
    KeyPose {
        at_cm: mix(start.at_cm, end.at_cm),
        joints,
        contacts,
        height_cm,
        forward_cm: mix(start.forward_cm, end.forward_cm),
        pose: None,
        against: None,
        tool: None,
    }
}

/// The radius a tool is drawn with, in centimetres. Balls as big as the knowledge has them.
#[must_use]
pub fn tool_radius(knowledge: &Knowledge, tool: ToolId) -> f64 {
    match (tool, knowledge.tools.get(&tool).map(|known| &known.contact)) {
        (ToolId::FoamRoller | ToolId::VibratingRoller, _) => 7.5,
        (ToolId::MassageStick, _) => 2.2,
        (ToolId::Handheld, _) => 1.6,
        (_, Some(Contact::Ball { radius_cm, .. })) => *radius_cm,
        _ => 3.2,
    }
}

/// Height of a surface above the floor.
#[must_use]
pub fn height_of(thing: Thing) -> f64 {
    match thing {
        Thing::Seat | Thing::LowTable => SEAT,
        Thing::Table => TABLE,
        Thing::Step => STEP,
        _ => 0.0,
    }
}

/// Height above the floor of what an end is planted on.
#[must_use]
pub fn ground_under(contact: &ContactPoint) -> f64 {
    if contact.on == Thing::Place { contact.up_cm } else { height_of(contact.on) }
}

/// Whether what an end is planted on can be seen from above: a place in the drawing, or a part of the body.
fn in_the_plane(contact: &ContactPoint) -> bool {
    !matches!(
        contact.on,
        Thing::Floor | Thing::Wall | Thing::Seat | Thing::Table | Thing::LowTable | Thing::Step | Thing::Tool
    )
}

/// A place on the body.
#[must_use]
pub fn spot_on(body: &Skeleton, spot: Spot) -> Point {
    let tip = |limb: &Limb, share: f64| limb.joint(2) + direction(limb.headings[2]) * (limb.lengths[2] * share);
    // Under the ball of the foot, where a strap lies.
    let sole = |limb: &Limb| {
        let under = if body.from_side() { direction(limb.headings[2] + 90.0) * 6.0 } else { point(0.0, 0.0) };
        tip(limb, 0.5) + under
    };
    match spot {
        Spot::NearHand => tip(&body.near_arm, 0.45),
        Spot::FarHand => tip(&body.far_arm, 0.45),
        Spot::NearElbow => body.near_arm.joint(1),
        Spot::FarElbow => body.far_arm.joint(1),
        Spot::NearFoot => sole(&body.near_leg),
        Spot::FarFoot => sole(&body.far_leg),
        Spot::NearAnkle => body.near_leg.joint(2),
        Spot::FarAnkle => body.far_leg.joint(2),
        Spot::NearKnee => body.near_leg.joint(1),
        Spot::FarKnee => body.far_leg.joint(1),
        Spot::Knees => body.near_leg.joint(1).towards(body.far_leg.joint(1), 0.5),
        Spot::NearShoulder => body.near_arm.from,
        Spot::FarShoulder => body.far_arm.from,
        Spot::Hips => body.spine_at(0.0).0,
        Spot::Chest => body.axis(Segment::Trunk, 0.72).0,
        Spot::Head => body.head_point((0.0, 17.0)),
        Spot::NearWaist => waist(body, 1.0),
        Spot::FarWaist => waist(body, -1.0),
        Spot::Heels => {
            // A heel is a little below its ankle.
            let heel = |limb: &Limb| limb.joint(2) + direction(limb.headings[1]) * 3.0;
            heel(&body.near_leg).towards(heel(&body.far_leg), 0.5)
        }
        Spot::NearPalm => outline::in_the_fingers(body),
        Spot::NearArch => {
            let arch = body.toes.map_or(0.0, |(_, arch)| arch);
            let foot = &body.near_leg;
            tip(foot, 0.18) + direction(foot.headings[2] + 90.0) * (6.6 - arch)
        }
        Spot::NearToes => tip(&body.near_leg, 1.0),
        Spot::Belly => {
            let (at, _, front) = body.axis(Segment::Trunk, 0.3);
            at + direction(front) * (body.width(Segment::Trunk, 0.3).0 + body.belly)
        }
    }
}

/// The side of the waist, where a belt sits: on the line of the pelvis.
fn waist(body: &Skeleton, side: f64) -> Point {
    let (at, heading) = body.spine_at(4.0);
    at + direction(heading + 90.0) * (side * 16.0)
}

/// Height of what a tool lies on; none if it is held or at a wall.
#[must_use]
pub fn ground_of(against: Against) -> Option<f64> {
    match against {
        Against::Floor => Some(0.0),
        Against::Seat | Against::LowTable => Some(SEAT),
        Against::Table => Some(TABLE),
        Against::Wall | Against::Hand => None,
    }
}

struct Setting<'s, 'k> {
    held: &'s Held<'k>,
    base: &'k BodyPose,
    height: Option<f64>,
    against: Against,
    surface: Option<Surface>,
    /// The line it lies on, which it is, and its radius in centimetres.
    tool: Option<(DrawnLine, (ToolId, f64))>,
    share: f64,
    /// How far the hips are in front of where the first key pose has them.
    forward: f64,
}

impl Setting<'_, '_> {
    fn surface(&self) -> Surface {
        self.surface.or(self.tool.map(|(line, _)| line.surface)).unwrap_or(Surface::Front)
    }

    /// The tool on the body part.
    fn tool(&self, body: &Skeleton) -> Option<Placed> {
        let (DrawnLine { segment, .. }, (tool, radius)) = self.tool?;
        let (middle, along, front) = body.axis(segment, self.share);
        let (to_front, to_back) = body.width(segment, self.share);
        let out = match self.surface() {
            Surface::Front => direction(front) * (to_front + radius - SINK),
            Surface::Back => direction(front + 180.0) * (to_back + radius - SINK),
            Surface::Facing => point(0.0, 0.0),
        };
        Some(Placed { tool, at: middle + out, radius, along })
    }

    /// The body set down, without its limbs planted.
    fn set_down(&self, joints: &Joints) -> Skeleton {
        let body = Skeleton::new(self.base.view, joints, point(0.0, 0.0));
        let lowest = |points: Vec<Point>| points.iter().map(|at| at.y).fold(f64::INFINITY, f64::min);
        let up = match (self.base.rests, self.height) {
            (_, Some(height)) => height,
            _ if self.base.view.from_above() => 0.0,
            (Rest::Floor, _) => {
                let mut points = outline::drawn(&outline::trunk(&body));
                if !body.from_side() {
                    points.extend(outline::drawn(&outline::leg(&body, &body.near_leg)[0]));
                }
                -lowest(points)
            }
            (Rest::Seat, _) => SEAT - lowest(outline::drawn(&outline::trunk(&body))),
            (Rest::Table, _) => TABLE - lowest(outline::drawn(&outline::trunk(&body))),
            (Rest::Tool | Rest::Limbs, _) => {
                let under = self.tool(&body).map_or(0.0, |tool| tool.at.y - tool.radius);
                ground_of(self.against).unwrap_or(0.0) - under
            }
        };
        body.moved(point(self.forward, up))
    }

    /// Turns a joint until the tool lies on what it lies on. Looks 60 degrees either way, nearest first.
    fn fit(&self, joint: Joint, joints: &mut Joints) {
        let Some(ground) = ground_of(self.against) else { return };
        let usual = joints.get(&joint).copied().unwrap_or(0.0);
        let mut gap = |angle: f64| {
            joints.insert(joint, angle);
            self.tool(&self.set_down(joints)).map_or(0.0, |tool| tool.at.y - tool.radius - ground)
        };
        let here = gap(usual);
        let mut sides = [(1.0, here), (-1.0, here)];
        for step in 1..=30 {
            for (sign, before) in &mut sides {
                let far = usual + *sign * f64::from(step) * 2.0;
                let now = gap(far);
                if *before * now <= 0.0 {
                    let angle = crossing((far - *sign * 2.0, *before), (far, now), &mut gap);
                    joints.insert(joint, angle);
                    return;
                }
                *before = now;
            }
        }
        joints.insert(joint, usual);
    }

    fn pose(
        &self,
        joints: &Joints,
        contacts: SortedMap<End, ContactPoint>,
        before: Option<Before>,
        limb_only: bool,
    ) -> (Posed, Before) {
        let view = self.base.view;
        let mut body = self.set_down(joints);
        let mut hips = body.spine_at(0.0).0;
        let unmoved = self.tool(&body).map(|tool| tool.at);
        let at_wall = self.against == Against::Wall;
        // The tool rolls between body and floor or wall: it goes half as far as the body, the other way.
        let rolls = !limb_only && self.against != Against::Hand && !view.from_above();
        if let (true, Some(before), Some(unmoved), Some(was)) =
            (rolls, before, unmoved, before.and_then(|before| before.tool))
        {
            let moved = unmoved - was;
            hips = if at_wall { hips - point(0.0, 2.0 * moved.y) } else { hips - point(2.0 * moved.x, 0.0) };
            if at_wall {
                hips.x = before.hips.x;
            }
            let step = hips - body.spine_at(0.0).0;
            body = body.moved(step);
        }
        let (mut wall, mut behind) = (self.held.wall(), self.held.wall().is_some_and(|wall| wall < 0.0));
        if let (Some(tool), Some((line, _))) = (self.tool(&body), self.tool) {
            behind = tool.at.x < body.axis(line.segment, self.share).0.x;
            wall = at_wall.then_some(if behind { tool.at.x - tool.radius } else { tool.at.x + tool.radius });
        }
        if let (Some(now), Some(first)) = (wall, before.and_then(|before| before.wall)) {
            hips.x += first - now;
            body = body.moved(point(first - now, 0.0));
            wall = Some(first);
        }
        let mut end_to_tool = point(0.0, 0.0);
        // From above there is no floor to reach: the angles say where everything is, but for what is planted at a place
        // in the drawing or on the body. Hands come last, since they may
        // hold a tool on a leg, and the worked foot may rest on the other thigh.
        for end in PLANTING_ORDER {
            let Some(contact) = contacts.get(&end).filter(|contact| !view.from_above() || in_the_plane(contact))
            else {
                continue;
            };
            if !self.presses(end, contact) {
                let tool = self.tool(&body);
                Planner { body: &mut body, wall, wall_behind: behind, tool }.plant(end, contact, self.base.rests);
            }
        }
        for (&end, contact) in &contacts {
            if self.presses(end, contact) {
                end_to_tool = self.press(&mut body, end, contact, before);
            }
        }
        let tool = self.tool(&body);
        let posed = Posed {
            body,
            tool,
            wall,
            contacts,
            rests: self.base.rests,
            against: self.against,
            surface: self.surface(),
            cushion_under: self.held.picture.cushion_under,
            props: Vec::new(),
        };
        let posed = Posed { props: self.props(&posed.body), ..posed };
        (posed, Before { tool: unmoved, hips, wall, end_to_tool })
    }

    /// Where the things besides body and tool are.
    fn props(&self, body: &Skeleton) -> Vec<(PropKind, Point, Point)> {
        let at = |anchor: Anchor| match anchor {
            Anchor::On(spot) => spot_on(body, spot),
            Anchor::At([x, y]) => point(x, y),
        };
        let props = self.held.alone.map_or(&[][..], |picture| &picture.props);
        props.iter().map(|prop| (prop.what, at(prop.from), at(prop.to.unwrap_or(prop.from)))).collect()
    }

    /// Whether a hand or foot presses on the tool with the place that is worked on.
    fn presses(&self, end: End, contact: &ContactPoint) -> bool {
        let segment = self.tool.map(|(line, _)| line.segment);
        let worked = match end {
            End::NearFoot => segment == Some(Segment::Foot),
            End::NearHand => segment == Some(Segment::Hand),
            _ => false,
        };
        worked && contact.on == Thing::Tool && self.against != Against::Hand
    }

    /// Sets the worked foot or hand on the tool, which lies at `at_cm` and rolls under it.
    fn press(&self, body: &mut Skeleton, end: End, contact: &ContactPoint, before: Option<Before>) -> Point {
        let ground = ground_of(self.against).unwrap_or(0.0);
        let heading = 90.0 + contact.heel_up;
        let limb = if end == End::NearFoot { &mut body.near_leg } else { &mut body.near_arm };
        limb.headings[2] = heading;
        let from = limb.joint(2);
        let Some(Placed { at, radius, .. }) = self.tool(body) else { return point(0.0, 0.0) };
        let end_to_tool = at - from;
        let rolled = before.map_or(0.0, |before| end_to_tool.x - before.end_to_tool.x);
        let tool = point(contact.at_cm - rolled, ground + radius);
        let limb = if end == End::NearFoot { &mut body.near_leg } else { &mut body.near_arm };
        limb.reach(tool - end_to_tool);
        limb.headings[2] = heading;
        end_to_tool
    }
}

/// Where a gap closes between two angles at which it has opposite signs: the place where a straight line between them
/// would, again and again (regula falsi, with the end that stays counted half: the Illinois way).
fn crossing(mut one: (f64, f64), mut other: (f64, f64), mut gap: impl FnMut(f64) -> f64) -> f64 {
    /// A thousandth of what is drawn of it.
    const CLOSED_CM: f64 = 1e-4;
    let mut best = if one.1.abs() < other.1.abs() { one } else { other };
    for _ in 0..24 {
        if best.1.abs() < CLOSED_CM {
            break;
        }
        let angle = other.0 - other.1 * (other.0 - one.0) / (other.1 - one.1);
        let now = (angle, gap(angle));
        if now.1 * other.1 < 0.0 {
            one = other;
        } else {
            one.1 /= 2.0;
        }
        other = now;
        if now.1.abs() < best.1.abs() {
            best = now;
        }
    }
    best.0
}

const PLANTING_ORDER: [End; 8] = [
    End::FarFoot,
    End::FarKnee,
    End::NearFoot,
    End::NearKnee,
    End::NearElbow,
    End::FarElbow,
    End::NearHand,
    End::FarHand,
];

/// Plants hands, feet, elbows and knees.
struct Planner<'b> {
    body: &'b mut Skeleton,
    wall: Option<f64>,
    wall_behind: bool,
    tool: Option<Placed>,
}

impl Planner<'_> {
    fn plant(&mut self, end: End, contact: &ContactPoint, rests: Rest) {
        let side = self.body.from_side();
        let tool = self.tool;
        let (wall, behind) = (self.wall.unwrap_or(0.0), self.wall_behind);
        let on_body = self.on_body(contact);
        let limb = self.limb(end);
        match end {
            End::NearFoot | End::FarFoot => {
                let target = match on_body {
                    Some((at, out)) => at + direction(out) * 4.0,
                    None => {
                        let ground = ground_under(contact);
                        point(contact.at_cm, ground) + ankle_over_sole(side, contact.heel_up)
                    }
                };
                let relative = limb.headings[2] - limb.headings[1];
                if !side && rests != Rest::Limbs && end == End::NearFoot {
                    // On the side, the lower leg lies along the floor.
                    limb.reach(point(contact.at_cm, 4.4));
                    limb.headings[2] = limb.headings[1];
                    return;
                }
                if let Some([out, up]) = contact.knee_cm.filter(|_| !side) {
                    limb.bend_at(target + point(out * limb.side, up), target);
                } else if !side && rests == Rest::Limbs {
                    limb.bend_towards_eye(target);
                } else {
                    limb.reach(target);
                }
                limb.headings[2] = match (on_body.is_some(), side) {
                    (true, _) => limb.headings[1] + relative,
                    (false, true) => 90.0 + contact.heel_up,
                    (false, false) => 180.0 - limb.side * contact.turned_out,
                };
                if !side {
                    // A foot that turns out shows more of its length.
                    limb.lengths[2] *= 1.0 + contact.turned_out / 120.0;
                    if contact.heel_up > 0.0 {
                        limb.lengths[2] += ankle_over_sole(false, contact.heel_up).y - body::FOOT_FROM_FRONT;
                    }
                }
            }
            End::NearKnee | End::FarKnee => {
                let relative = limb.headings[2] - limb.headings[1];
                limb.kneel(point(contact.at_cm, ground_under(contact) + 5.2));
                limb.headings[2] = limb.headings[1] + relative;
                if side && limb.headings[1] > 180.0 {
                    // The lower leg lies back, the ankle a little up, the toes on the floor.
                    limb.headings[1] += 7.0;
                    limb.headings[2] = limb.headings[1] - 32.0;
                }
            }
            End::NearElbow | End::FarElbow => {
                let relative = limb.headings[2] - limb.headings[1];
                limb.kneel(point(contact.at_cm, ground_under(contact) + 4.0));
                limb.headings[2] = limb.headings[1] + relative;
            }
            End::NearHand | End::FarHand => {
                let (wrist, hand) = match (contact.on, tool, on_body) {
                    (Thing::Wall, ..) => {
                        let away = if behind { body::HAND_FLAT + 0.4 } else { -body::HAND_FLAT - 0.4 };
                        (point(wall + away, contact.at_cm), 0.0)
                    }
                    (Thing::Tool, Some(tool), _) if tool.tool == ToolId::MassageStick && !side => {
                        // Each hand holds the end of the bar that is nearer to its shoulder.
                        let across = direction(tool.along + 90.0) * STICK_GRIP;
                        let (one, other) = (tool.at + across, tool.at - across);
                        let nearer = (one - limb.from).length() < (other - limb.from).length();
                        let grip = if nearer == (end == End::NearHand) { one } else { other };
                        let back = (limb.from - grip).heading();
                        (grip + direction(back) * 5.0, back + 180.0)
                    }
                    (Thing::Tool, Some(tool), _) => {
                        let back = limb.from - tool.at;
                        let hold = if back.length() > 0.0 { back * (1.0 / back.length()) } else { back };
                        (tool.at + hold * (tool.radius + 5.0), hold.heading() + 180.0)
                    }
                    (_, _, Some((at, out))) => (at + direction(out) * 1.5, f64::NAN),
                    (Thing::Place, ..) => (point(contact.at_cm, contact.up_cm), f64::NAN),
                    _ => {
                        let at = point(contact.at_cm, height_of(contact.on) + body::HAND_FLAT + 0.6);
                        (at, if at.x < limb.from.x - 4.0 { 270.0 } else { 90.0 })
                    }
                };
                let relative = limb.headings[2] - limb.headings[1];
                limb.reach_bent(wrist, if contact.elbow_turned { -1.0 } else { 1.0 });
                limb.headings[2] = if hand.is_nan() { limb.headings[1] + relative } else { hand };
            }
        }
    }

    /// Where on the body an end is planted: the skin there, and the heading away from it.
    fn on_body(&self, contact: &ContactPoint) -> Option<(Point, f64)> {
        let on_limb = |limb: &Limb, part: usize| {
            let (heading, front) = (limb.headings[part], limb.headings[part] - 90.0 * limb.side);
            let width = if limb.leg { 7.0 } else { 4.0 };
            Some((limb.joint(part) + direction(heading) * contact.at_cm + direction(front) * width, front))
        };
        match contact.on {
            Thing::NearThigh => on_limb(&self.body.near_leg, 0),
            Thing::FarThigh => on_limb(&self.body.far_leg, 0),
            Thing::NearForearm => on_limb(&self.body.near_arm, 1),
            Thing::FarForearm => on_limb(&self.body.far_arm, 1),
            Thing::NearShank => on_limb(&self.body.near_leg, 1),
            Thing::FarShank => on_limb(&self.body.far_leg, 1),
            Thing::Head => Some((self.body.head_point((-9.0, 5.0)), self.body.head - 90.0)),
            Thing::Chest => {
                let (at, _, front) = self.body.axis(Segment::Trunk, contact.at_cm / body::TRUNK);
                let out = if self.body.from_side() {
                    self.body.width(Segment::Trunk, contact.at_cm / body::TRUNK).0
                } else {
                    0.0
                };
                Some((at + direction(front) * out, front))
            }
            _ => None,
        }
    }

    fn limb(&mut self, end: End) -> &mut Limb {
        match end {
            End::NearHand | End::NearElbow => &mut self.body.near_arm,
            End::FarHand | End::FarElbow => &mut self.body.far_arm,
            End::NearFoot | End::NearKnee => &mut self.body.near_leg,
            End::FarFoot | End::FarKnee => &mut self.body.far_leg,
        }
    }
}

/// From the sole's contact to the ankle: flat, on the ball of the foot, or on the heel.
fn ankle_over_sole(side: bool, heel_up: f64) -> Point {
    if !side {
        // A heel that rises shows more of the foot's length, from in front and from behind.
        let raised = if heel_up > 0.0 { ankle_over_sole(true, heel_up).y - body::SOLE } else { 0.0 };
        return point(0.0, body::FOOT_FROM_FRONT + raised);
    }
    // The foot turns about its ball or about its heel; the rounded sole is a little off its corner.
    let pivot = if heel_up > 0.0 { point(12.0, -6.9) } else { point(-4.2, -6.7) };
    if heel_up == 0.0 {
        return point(0.0, body::SOLE);
    }
    let (along, up) = (direction(90.0 + heel_up), direction(heel_up));
    point(pivot.x, 0.0) - (along * pivot.x + up * pivot.y)
}

/// The largest turn of any part of any limb, or of the trunk, between two poses, in degrees.
#[must_use]
pub fn largest_turn(one: &Posed, other: &Posed) -> f64 {
    let limbs = |posed: &Posed| [posed.body.near_leg, posed.body.far_leg, posed.body.near_arm, posed.body.far_arm];
    let turns = limbs(one).into_iter().zip(limbs(other)).flat_map(|(from, to)| {
        from.headings.into_iter().zip(to.headings).map(|(from, to)| turn(from, to).abs()).collect::<Vec<_>>()
    });
    turns.fold(turn(one.body.neck, other.body.neck).abs(), f64::max)
}
