//! Moves: what is done without pressing. Stretches, strengthening and integration.

use super::{BodyPicture, Grade, Place, Posture, Read, Reps, Sides};
use crate::body::{RegionId, Side, Site};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One exercise that lengthens, strengthens, or puts strength to use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// What people call it: "Calf stretch at the wall, knee straight".
    pub name: String,
    /// What it is for.
    pub kind: MoveKind,
    /// The regions it lengthens (a stretch) or works (the others), the first first.
    pub regions: Vec<RegionId>,
    /// Every region that is stretched, works hard or bears weight, its own included (our judgement where no source).
    /// If any of them is closed to moves, the move is left out.
    pub touches: Vec<RegionId>,
    /// For a move on one side: the regions that work, stretch or bear weight on the *other* side meanwhile, such as the
    /// leg one stands on. An empty list: none. Missing: nobody looked, so all that it touches counts on both sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_side: Option<Vec<RegionId>>,
    /// The muscles, in plain words with the book name behind.
    pub muscles: String,
    /// One side at a time, both at once, or on the middle line.
    pub sides: Sides,
    /// Where it is done.
    pub place: Place,
    /// What the body has to bear meanwhile.
    #[serde(default)]
    pub postures: Vec<Posture>,
    /// What it takes. One of these lists is enough; an empty list of lists means nothing is needed.
    #[serde(default)]
    pub equipment: Vec<Vec<Equipment>>,
    /// What it asks of the body, for cautions to rule out.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// How to get into position.
    pub position: String,
    /// What to do, one step each.
    pub steps: Vec<String>,
    /// How often, how long, how slowly.
    pub amount: Amount,
    /// What it should feel like, and where.
    pub feel: String,
    /// How to make it easier.
    pub easier: String,
    /// The easier move to go back to, where there is one.
    #[serde(default)]
    pub easier_move: Option<String>,
    /// How to make it harder.
    pub harder: String,
    /// The harder move to go on to, where there is one.
    #[serde(default)]
    pub harder_move: Option<String>,
    /// What people get wrong.
    pub mistakes: Vec<String>,
    /// When to leave it out or stop, in words; the gate does not rely on it.
    #[serde(default)]
    pub caution: Option<String>,
    /// Zones that it stretches or leans on, to be named where they are tender.
    #[serde(default)]
    pub zones: Vec<String>,
    /// How it is drawn. A rule sees to it that none is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<BodyPicture>,
    /// How sure we are that this amount does what it is for, in one word.
    pub grade: Grade,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
    /// Something a person should know before choosing it.
    #[serde(default)]
    pub note: Option<String>,
}

impl Move {
    /// Every site that it touches when done on a side: its own regions and those beside them on that side, and what the
    /// other side does meanwhile. Where nobody looked, all of it counts on both sides.
    pub fn sites(&self, side: Side) -> impl Iterator<Item = Site> + '_ {
        let own = self.regions.iter().chain(&self.touches).flat_map(move |&region| Site::of(region, side));
        let other = match side {
            Side::Left => Some(Side::Right),
            Side::Right => Some(Side::Left),
            Side::Both | Side::Midline => None,
        };
        let nobody_looked = self.other_side.is_none();
        let all = self.regions.iter().chain(&self.touches).filter(move |_| nobody_looked);
        let beyond = self.other_side.iter().flatten().chain(all);
        own.chain(beyond.flat_map(move |&region| other.into_iter().flat_map(move |other| Site::of(region, other))))
    }
}

/// What a move is for, in the order of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// Lengthens.
    Stretch,
    /// Strengthens one place.
    Strengthen,
    /// Puts several places to use together.
    Integrate,
}

/// What a move takes, at home or in a gym.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Equipment {
    /// A chair that does not slip.
    Chair,
    /// A step, or the lowest stair.
    Step,
    /// A table or bench at hip height.
    Table,
    /// A bed or bench to lie on.
    Bed,
    /// An elastic band, anchored where the steps say so.
    Band,
    /// A towel, a belt or a strap.
    Towel,
    /// A cushion or a rolled towel.
    Cushion,
    /// A soft ball the size of a head.
    SoftBall,
    /// A large ball to sit or lean on.
    LargeBall,
    /// A weight for the hands: a dumb-bell, a full bottle.
    Weight,
    /// A broomstick.
    Broomstick,
    /// A foam roller to lie on or lean over, without rolling.
    FoamRoller,
}

/// What a move asks of the body, for cautions to rule out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// A joint is taken to the end of its range.
    EndRange,
    /// The back is bent forward, far or under load.
    BackBentForward,
    /// The back is arched backward.
    BackArched,
    /// The back is turned to the end of its range.
    BackTurned,
    /// The neck is bent or turned, or carries the head.
    NeckMoved,
    /// The head is lower than the heart.
    HeadLow,
    /// Effort that tempts people to hold their breath.
    HardEffort,
    /// Standing on one leg, or otherwise easy to fall from.
    Balance,
    /// Landing from a jump or a hop.
    Impact,
    /// A shoulder or an arm works against resistance or carries weight.
    ArmLoaded,
    /// An arm goes above the shoulder.
    ArmOverhead,
    /// A knee or a hip bends under the body's weight beyond a right angle.
    DeepBend,
    /// The hip bends beyond a right angle, crosses the middle line or turns to the end of its range.
    HipFar,
    /// The belly wall works hard.
    BellyHard,
}

impl Demand {
    /// Every demand.
    pub const ALL: [Self; 14] = [
        Self::EndRange,
        Self::BackBentForward,
        Self::BackArched,
        Self::BackTurned,
        Self::NeckMoved,
        Self::HeadLow,
        Self::HardEffort,
        Self::Balance,
        Self::Impact,
        Self::ArmLoaded,
        Self::ArmOverhead,
        Self::DeepBend,
        Self::HipFar,
        Self::BellyHard,
    ];

    /// Of what part of the person it is asked.
    #[must_use]
    pub const fn asked_of(self) -> AskedOf {
        match self {
            Self::EndRange => AskedOf::WhatIsTouched,
            Self::ArmLoaded | Self::ArmOverhead => AskedOf::Limb(BodyHalf::Upper),
            Self::DeepBend | Self::HipFar => AskedOf::Limb(BodyHalf::Lower),
            Self::BackBentForward
            | Self::BackArched
            | Self::BackTurned
            | Self::NeckMoved
            | Self::HeadLow
            | Self::HardEffort
            | Self::Balance
            | Self::Impact
            | Self::BellyHard => AskedOf::Person,
        }
    }
}

/// Of what part of a person a move asks something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedOf {
    /// Of the whole person, whatever the side.
    Person,
    /// Of an arm or of a leg.
    Limb(BodyHalf),
    /// Of a joint somewhere in what the move touches.
    WhatIsTouched,
}

/// Upper or lower half of the body, the hips with the legs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyHalf {
    /// Trunk, arms, neck and head.
    Upper,
    /// Hips, legs and feet.
    Lower,
}

impl BodyHalf {
    /// Upper, then lower.
    pub const ALL: [Self; 2] = [Self::Upper, Self::Lower];

    /// Whether a region belongs to it.
    #[must_use]
    pub const fn has(self, region: RegionId) -> bool {
        let lower = matches!(
            region,
            RegionId::Calf
                | RegionId::Soleus
                | RegionId::TibialisAnterior
                | RegionId::Peroneals
                | RegionId::PlantarFoot
                | RegionId::HamstringsMedial
                | RegionId::HamstringsLateral
                | RegionId::RectusFemoris
                | RegionId::VastusLateralis
                | RegionId::Adductors
                | RegionId::Tfl
                | RegionId::LateralThigh
                | RegionId::GluteusMaximus
                | RegionId::GluteusMedius
                | RegionId::Piriformis
                | RegionId::HipFlexor
        );
        match self {
            Self::Lower => lower,
            Self::Upper => !lower,
        }
    }
}

/// How often, how long, how slowly. Either `hold_seconds` or `reps` is given, never both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// Sets, 1 to 4.
    pub sets: u8,
    /// Seconds of one hold, 5 to 120.
    #[serde(default)]
    pub hold_seconds: Option<u32>,
    /// Repetitions in one set.
    #[serde(default)]
    pub reps: Option<Reps>,
    /// How slowly, with `reps`.
    #[serde(default)]
    pub tempo: Option<Tempo>,
    /// Seconds between sets.
    pub rest_seconds: u32,
    /// How hard it may feel, 0 to 10.
    pub effort_max: u8,
}

/// How slowly one repetition goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tempo {
    /// Seconds into it.
    pub out_seconds: u8,
    /// Seconds at the end.
    pub hold_seconds: u8,
    /// Seconds back.
    pub back_seconds: u8,
}

/// What a caution means for moves. Missing: what is closed to the roller is closed to moves, its places hold for them,
/// and nothing else is ruled out.
///
/// Postures, places and support hold for the whole person, and so does what is asked of the whole person
/// ([`Demand::asked_of`]). Effort, holds and what is asked of an arm, a leg or a joint hold for the whole person, too,
/// where the entry does; where it is about a side or a marked place, they hold in that quarter of the body: left or
/// right, upper or lower.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CautionForMoves {
    /// Whether its regions, or the places marked, stay open to moves although they are closed to the roller: only
    /// where a source says that gentle exercise is right there. What it closes besides stays closed.
    #[serde(default)]
    pub regions_stay_open: bool,
    /// Of its regions, those that stay open to moves where not all do.
    #[serde(default)]
    pub regions_open: Vec<RegionId>,
    /// What moves may not ask for, whatever a clinician said.
    #[serde(default)]
    pub demands_excluded: Vec<Demand>,
    /// What moves may not ask for until a clinician agrees.
    #[serde(default)]
    pub demands_until_agreed: Vec<Demand>,
    /// What the body may not have to bear, such as lying flat on the back.
    #[serde(default)]
    pub postures_excluded: Vec<Posture>,
    /// Whether moves that are easy to fall from are done with a hand on something firm.
    #[serde(default)]
    pub with_support: bool,
    /// Whether `places_only` of the rolling limits holds for moves, too.
    #[serde(default = "yes")]
    pub places_as_for_rolling: bool,
    /// How hard a move may feel, 0 to 10.
    #[serde(default)]
    pub effort_max: Option<u8>,
    /// The longest hold, in seconds.
    #[serde(default)]
    pub hold_seconds_max: Option<u32>,
    /// One line on why.
    pub why: String,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

const fn yes() -> bool {
    true
}
