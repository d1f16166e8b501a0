//! How a body position and a technique are drawn: joint angles, what is planted where, where the tool lies.
//!
//! Only numbers stand here, all of them our judgement; the app's figure module turns them into a drawing.
//!
//! Angles are degrees. Seen from the side, `hip`, `shoulder` and the like are flexion: 0 is standing upright with the
//! arms hanging, a raised thigh is positive. Seen from the front, the back or above, they are the angle away from the
//! middle line. `near` is the side that is worked on; the drawing is mirrored for the other one.

use super::ToolId;
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// A body position that pictures share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyPose {
    /// Where the eye is.
    pub view: View,
    /// What the trunk rests on.
    pub rests: Rest,
    /// Height of the hip joints above the floor in centimetres, where the pose stands or is held up by its limbs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_cm: Option<f64>,
    /// Angles in degrees; a joint that is not named is at 0.
    pub joints: SortedMap<Joint, f64>,
    /// Hands, feet, elbows and knees that stay where they are put, whatever the rest of the body does.
    #[serde(default)]
    pub contacts: SortedMap<End, ContactPoint>,
}

/// Where the eye is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// From the side that is worked on.
    Side,
    /// From in front of the person.
    Front,
    /// From behind the person.
    Back,
    /// From above, on the back of a person who lies face down.
    Above,
    /// From above, on the front of a person who lies on the back.
    AboveFront,
    /// From above, on a person who lies on the side: drawn as from the side.
    AboveSide,
}

impl View {
    /// Whether the eye looks down on a person who lies: then no floor line is drawn, since the floor is all around.
    #[must_use]
    pub fn from_above(self) -> bool {
        matches!(self, Self::Above | Self::AboveFront | Self::AboveSide)
    }

    /// Whether the body is drawn in profile.
    #[must_use]
    pub fn in_profile(self) -> bool {
        matches!(self, Self::Side | Self::AboveSide)
    }
}

/// What carries the trunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// The trunk's lowest point is on the floor.
    Floor,
    /// The trunk's lowest point is on the seat of the chair.
    Seat,
    /// The trunk's lowest point is on a table or a high bed, the hips at its edge.
    Table,
    /// The body is as high as the tool under it makes it.
    Tool,
    /// The limbs hold it at `height_cm`.
    Limbs,
}

/// A joint of the drawn body, or how far a part of a limb points out of the drawing and so looks shorter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joint {
    /// The pelvis against upright; forward, or towards the worked side, is positive.
    Lean,
    /// The low back.
    Lumbar,
    /// The upper back.
    Thoracic,
    /// The neck on the trunk.
    Neck,
    /// The head on the neck.
    Head,
    /// The head turned about its own length: towards the eye where the eye is at the side, towards the worked side
    /// elsewhere.
    HeadTurn,
    /// The chest turned against the pelvis, as the head is: the chest opens towards the eye, or towards the worked side.
    TrunkTurn,
    /// Hip.
    NearHip,
    /// Knee.
    NearKnee,
    /// Ankle, toes up positive; 0 is a right angle.
    NearAnkle,
    /// Hip.
    FarHip,
    /// Knee.
    FarKnee,
    /// Ankle.
    FarAnkle,
    /// Shoulder.
    NearShoulder,
    /// Elbow.
    NearElbow,
    /// Wrist, palm towards the forearm positive.
    NearWrist,
    /// Shoulder.
    FarShoulder,
    /// Elbow.
    FarElbow,
    /// Wrist.
    FarWrist,
    /// The thigh out of the drawing.
    NearThighTurn,
    /// The lower leg out of the drawing.
    NearShankTurn,
    /// The foot out of the drawing.
    NearFootTurn,
    /// The thigh out of the drawing.
    FarThighTurn,
    /// The lower leg out of the drawing.
    FarShankTurn,
    /// The foot out of the drawing.
    FarFootTurn,
    /// The upper arm out of the drawing.
    NearUpperArmTurn,
    /// The forearm out of the drawing.
    NearForearmTurn,
    /// The hand out of the drawing.
    NearHandTurn,
    /// The upper arm out of the drawing.
    FarUpperArmTurn,
    /// The forearm out of the drawing.
    FarForearmTurn,
    /// The hand out of the drawing.
    FarHandTurn,
    /// Both collar bones raised towards the ears.
    Shrug,
    /// How far the inner edge of the worked side's shoulder blade stands off the ribs; where it is named, and the eye
    /// is behind, both shoulder blades are drawn.
    BladeTurn,
    /// The fingers of the worked side's hand, bent towards the palm; where it is named, the hand is drawn with fingers
    /// that bend. Negative with the hand turned over, palm down.
    NearGrip,
    /// The toes of the worked side's foot, bent up; where it is named, the foot is drawn with toes that bend.
    NearToes,
    /// The arch of the worked side's foot, raised: no angle, but how high, in millimetres.
    NearArch,
    /// The belly filled with breath: no angle, but how far it comes forward, in millimetres.
    Belly,
}

/// An end of a limb, or its middle joint, that can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The hand of the worked side.
    NearHand,
    /// The other hand.
    FarHand,
    /// The elbow of the worked side, with the forearm lying flat.
    NearElbow,
    /// The other elbow, with the forearm lying flat.
    FarElbow,
    /// The foot of the worked side.
    NearFoot,
    /// The other foot.
    FarFoot,
    /// The knee of the worked side.
    NearKnee,
    /// The other knee.
    FarKnee,
}

/// Where an end is planted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactPoint {
    /// On what.
    pub on: Thing,
    /// Along a surface: centimetres from the hip joint of the first key pose, forward positive; up a wall: above the
    /// floor. On a part of the body: centimetres along it.
    #[serde(default)]
    pub at_cm: f64,
    /// For `place`: centimetres above the floor.
    #[serde(default)]
    pub up_cm: f64,
    /// Hands only: the elbow is on the other side of the line from shoulder to hand than it is with the arm hanging,
    /// because the arm is turned out.
    #[serde(default)]
    pub elbow_turned: bool,
    /// Feet only: on the ball of the foot or the toes, with the heel up, by so many degrees; negative is toes up.
    #[serde(default)]
    pub heel_up: f64,
    /// Feet only, seen from in front or behind: where the knee is, in centimetres outward of the ankle and above it;
    /// where it is not given, on the line from hip to ankle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub knee_cm: Option<[f64; 2]>,
    /// Feet only, seen from in front or behind: how far the toes point outward, in degrees.
    #[serde(default)]
    pub turned_out: f64,
}

/// What an end can be planted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// The floor.
    Floor,
    /// The wall.
    Wall,
    /// The seat of a chair.
    Seat,
    /// A table.
    Table,
    /// A low table, as high as a seat.
    LowTable,
    /// A low step.
    Step,
    /// The tool: a hand holds it, a foot or a hand presses on it.
    Tool,
    /// The thigh of the worked side.
    NearThigh,
    /// The other thigh.
    FarThigh,
    /// The back of the head.
    Head,
    /// The chest.
    Chest,
    /// The forearm of the worked side.
    NearForearm,
    /// The other forearm.
    FarForearm,
    /// The lower leg of the worked side.
    NearShank,
    /// The other lower leg.
    FarShank,
    /// A place in the air, or on something that is drawn apart: `at_cm` along the floor, `up_cm` above it.
    Place,
    /// Nothing: the angles alone say where it is.
    Free,
}

/// How a technique is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The body position it starts from, in `poses.toml`.
    pub pose: String,
    /// What the tool lies on or is held by.
    pub against: Against,
    /// The side of the body part the tool touches, where it is another one than the region's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<Surface>,
    /// The joint that is turned until the tool lies on what it lies on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Joint>,
    /// Whether, as the tool rolls, only the limb moves over it and the trunk stays.
    #[serde(default)]
    pub limb_only: bool,
    /// Angles in degrees that differ from the base position.
    #[serde(default)]
    pub joints: SortedMap<Joint, f64>,
    /// What is planted elsewhere than in the base position.
    #[serde(default)]
    pub contacts: SortedMap<End, ContactPoint>,
    /// Height of the hip joints in centimetres, where it differs from the base position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_cm: Option<f64>,
    /// The knee that a cushion lies under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cushion_under: Option<End>,
    /// One end of the movement.
    pub start: KeyPose,
    /// The other end of the movement.
    pub end: KeyPose,
    /// How it is done lighter.
    pub lighter: KeyPose,
}

/// What a tool lies on or is held by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The floor.
    Floor,
    /// The wall.
    Wall,
    /// The seat of a chair.
    Seat,
    /// A table.
    Table,
    /// A low table, as high as a seat.
    LowTable,
    /// One hand or both.
    Hand,
}

/// A key pose: where the tool is, and the angles that differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPose {
    /// Where the tool is, in centimetres along the region's line.
    pub at_cm: f64,
    /// Angles in degrees that differ from the picture's.
    #[serde(default)]
    pub joints: SortedMap<Joint, f64>,
    /// What is planted elsewhere.
    #[serde(default)]
    pub contacts: SortedMap<End, ContactPoint>,
    /// Height of the hip joints in centimetres, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_cm: Option<f64>,
    /// How far the hip joints are in front of where the first key pose has them, in centimetres, where the body goes
    /// over planted feet.
    #[serde(default)]
    pub forward_cm: f64,
    /// A lighter way on another surface, such as at the wall instead of on the floor: its own base position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pose: Option<String>,
    /// What the tool lies on in that position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// The tool, where the lighter way takes another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<ToolId>,
}

/// How a test is drawn: the body alone, going from one position to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyPicture {
    /// The body position it starts from, in `poses.toml`; not one that rests on a tool.
    pub pose: String,
    /// Where a wall is, where there is one: centimetres from the hip joints of the first key pose, forward positive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_cm: Option<f64>,
    /// What is there besides the body.
    #[serde(default)]
    pub props: Vec<Prop>,
    /// Limbs that are drawn behind the trunk where the view would have them in front of it.
    #[serde(default)]
    pub behind: Vec<DrawnLimb>,
    /// Limbs that are drawn over everything where the view would have them behind.
    #[serde(default)]
    pub in_front: Vec<DrawnLimb>,
    /// Whose way the arrow shows; where it is not given, that of the hand, foot or knee that goes furthest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrow: Option<Spot>,
    /// The part that is shown, where the whole body would hide it: the middle (centimetres forward of the first key
    /// pose's hip joints, and above the floor) and the width. As high as it is wide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closeup: Option<[f64; 3]>,
    /// Angles in degrees that differ from the base position.
    #[serde(default)]
    pub joints: SortedMap<Joint, f64>,
    /// What is planted elsewhere than in the base position.
    #[serde(default)]
    pub contacts: SortedMap<End, ContactPoint>,
    /// Height of the hip joints in centimetres, where it differs from the base position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_cm: Option<f64>,
    /// Where the movement starts.
    pub start: BodyKeyPose,
    /// Where it ends, and is read.
    pub end: BodyKeyPose,
}

/// A limb as a layer of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawnLimb {
    /// The arm of the worked side.
    NearArm,
    /// The other arm.
    FarArm,
    /// The leg of the worked side.
    NearLeg,
    /// The other leg.
    FarLeg,
}

/// A thing besides the body: a strap, a block to stand on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prop {
    /// What it is.
    pub what: PropKind,
    /// Where it is, or where it begins.
    pub from: Anchor,
    /// Where it ends, for what has two ends; a block's opposite corner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Anchor>,
}

/// What a thing is, and so how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropKind {
    /// A strap, towel or elastic band between two ends.
    Strap,
    /// A stick held in two hands.
    Stick,
    /// A weight in a hand.
    Weight,
    /// A dumbbell, seen from its end, behind the fingers that hold it.
    Dumbbell,
    /// A soft ball, as large as a head.
    Ball,
    /// A small soft ball, or a rolled towel of that size, as large as a fist.
    SmallBall,
    /// A large ball to lean on.
    LargeBall,
    /// A foam roller, seen from its end; with two ends, seen from its side, and lying between them.
    Roller,
    /// A cushion or a rolled towel, seen from its end.
    Cushion,
    /// A step, box, table, bench or doorpost: an upright rectangle.
    Block,
    /// A mat on the floor, seen from above: one corner, and the opposite one.
    Mat,
}

/// Where a thing is fastened.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Anchor {
    /// To the body.
    On(Spot),
    /// To the room: centimetres forward of the first key pose's hip joints, and above the floor.
    At([f64; 2]),
}

/// A place on the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// The hand of the worked side.
    NearHand,
    /// The other hand.
    FarHand,
    /// The elbow of the worked side.
    NearElbow,
    /// The other elbow.
    FarElbow,
    /// The ball of the foot of the worked side.
    NearFoot,
    /// The other foot.
    FarFoot,
    /// The ankle of the worked side.
    NearAnkle,
    /// The other ankle.
    FarAnkle,
    /// The knee of the worked side.
    NearKnee,
    /// The other knee.
    FarKnee,
    /// Half way between the knees.
    Knees,
    /// The shoulder of the worked side.
    NearShoulder,
    /// The other shoulder.
    FarShoulder,
    /// The hip joints.
    Hips,
    /// The middle of the chest.
    Chest,
    /// The crown of the head.
    Head,
    /// The side of the waist, at the belt, on the worked side; from in front or behind.
    NearWaist,
    /// The other side of the waist.
    FarWaist,
    /// Half way between the heels.
    Heels,
    /// In the bent fingers of the worked side's hand, where a bar lies.
    NearPalm,
    /// Under the arch of the worked side's foot; from the side.
    NearArch,
    /// The tip of the worked side's foot.
    NearToes,
    /// The belly, at the navel; from the side.
    Belly,
}

/// One end of a test's movement: what differs from its picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyKeyPose {
    /// Angles in degrees.
    #[serde(default)]
    pub joints: SortedMap<Joint, f64>,
    /// What is planted elsewhere.
    #[serde(default)]
    pub contacts: SortedMap<End, ContactPoint>,
    /// Height of the hip joints in centimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height_cm: Option<f64>,
    /// How far the hip joints are in front of where the first key pose has them, in centimetres, where the body goes
    /// over planted feet.
    #[serde(default)]
    pub forward_cm: f64,
}

impl BodyPicture {
    /// The same as a technique's picture, for whoever draws both: what says where a tool is means nothing in it.
    #[must_use]
    pub fn as_picture(&self) -> Picture {
        Picture {
            pose: self.pose.clone(),
            against: Against::Hand,
            surface: None,
            fit: None,
            limb_only: false,
            joints: self.joints.clone(),
            contacts: self.contacts.clone(),
            height_cm: self.height_cm,
            cushion_under: None,
            start: self.start.as_key_pose(),
            end: self.end.as_key_pose(),
            lighter: self.start.as_key_pose(),
        }
    }
}

impl BodyKeyPose {
    fn as_key_pose(&self) -> KeyPose {
        KeyPose {
            at_cm: 0.0,
            joints: self.joints.clone(),
            contacts: self.contacts.clone(),
            height_cm: self.height_cm,
            forward_cm: self.forward_cm,
            pose: None,
            against: None,
            tool: None,
        }
    }
}

/// A part of the drawn body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Hip joints (0) to the base of the neck (1).
    Trunk,
    /// Base of the neck (0) to the skull (1).
    Neck,
    /// From the middle of the trunk (0) across to the shoulder joint (1), at the height of the arm.
    ChestLine,
    /// From the base of the neck (0) to the tip of the shoulder (1).
    ShoulderTop,
    /// Hip (0) to knee (1).
    Thigh,
    /// Knee (0) to ankle (1).
    Shank,
    /// Heel (0) to toes (1).
    Foot,
    /// Shoulder (0) to elbow (1).
    UpperArm,
    /// Elbow (0) to wrist (1).
    Forearm,
    /// Wrist (0) to finger tips (1).
    Hand,
}

/// A side of a part of the body, as drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// Front, or outer where the eye is in front, behind or above.
    Front,
    /// Back, or inner where the eye is in front, behind or above.
    Back,
    /// The side that faces the eye.
    Facing,
}

/// Where a region's line lies on the drawn body.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawnLine {
    /// The part of the body.
    pub segment: Segment,
    /// The side of it.
    pub surface: Surface,
    /// Where along the part the line's 0 cm is; 0 is its start, 1 its end.
    pub from: f64,
    /// Where along the part the line's far end is.
    pub to: f64,
}
