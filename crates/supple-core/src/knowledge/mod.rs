//! What is known, as types. The files themselves are under `knowledge/`, one per thing, id = file name.
//!
//! Unknown fields are refused everywhere; [`check`] holds the rules that types cannot.

mod anatomy;
mod cards;
mod care_path;
mod caution;
pub mod check;
mod claim;
mod compensation;
mod emergency;
mod limits;
mod measure;
mod moves;
mod phone;
mod picture;
mod planning;
mod question;
mod response;
mod result;
mod retest;
mod review;
mod sport;
mod technique;
mod tool;
mod trial;

pub use anatomy::{Limb, Line, Region, Zone, ZoneLevel, ZoneSpan};
pub use cards::{
    CardKind, Cards, FirstCard, LaterCard, News, PlaceWords, ScreenLine, Told, fingerprint, reading, words,
};
pub use care_path::{AgeRange, CallFor, CarePath, PathCard, PathMeasure, PathOffer, Watch};
pub use caution::{
    Action, Agreement, AskAgain, Caution, CautionKind, CautionLimits, Ends, IfCleared, QuestionLine, Scope,
    ScreenOrder, StopSignal, StopSignalId, Urgency, Widen,
};
pub use claim::{Claim, Grade, InReview, Verdict as ClaimVerdict};
pub use compensation::{Compensation, Decides, MovementTest, Retake, Threshold, Viewpoint};
pub use emergency::{Country, EmergencyNumbers};
pub use limits::{
    AgeRules, CautionLevelLimits, Ceilings, DefaultLimits, FirstSession, FlareRule, Limits, MoveCeilings, NextDayRule,
};
pub use measure::{ChangeThreshold, Measure, MeasureKind, Norm, Reliability, TakenOn};
pub use moves::{Amount, AskedOf, BodyHalf, CautionForMoves, Demand, Equipment, Move, MoveKind, Tempo};
pub use phone::{More, Phone, ZeroAt};
pub use picture::{
    Against, Anchor, BodyKeyPose, BodyPicture, BodyPose, ContactPoint, DrawnLimb, DrawnLine, End, Joint, KeyPose,
    Picture, Prop, PropKind, Rest, Segment, Spot, Surface, Thing, View,
};
pub use planning::{
    Expected, ExpectedFrom, Goal, GoalDoses, GoalPlan, MeasurePriors, NeedWeights, Offer, Planning, Prior, Priors,
    ReferenceBody, TimeCosts,
};
pub use question::{ArmTiming, Question, QuestionArm, QuestionPlace, WashOut};
pub use response::{Promise, Rule, Worthwhile, WorthwhileChange};
pub use result::{Against as AgainstWhat, ClaimResult, ResultGroup, ResultRow, ReviewResult, Together};
pub use retest::{Retest, Retests};
pub use review::{PooledResult, Review, Reviews};
pub use sport::{Exercise, Exercises, Sport};
pub use technique::{
    ActiveMovement, CatalogueDose, Force, ForceBasis, Level, Motion, MotionKind, Place, Posture, PressureControl,
    Reps, Sides, Technique, TravelLine,
};
pub use tool::{Contact, Firmness, StandIn, Tool, ToolId};
pub use trial::{Basis, Contrast, PrintedEffect, Trial, Trials};

use crate::body::RegionId;
use crate::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// Everything that is known, as one value. Keys are the ids (file names).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// `sources.toml`: what is cited, by source id.
    pub sources: SortedMap<String, Source>,
    /// `grades.toml`: what the words for evidence mean.
    pub grades: SortedMap<Grade, GradeWords>,
    /// `limits.toml`: the ceilings no plan crosses.
    pub limits: Limits,
    /// `planning.toml`: time costs, needs and doses by goal.
    pub planning: Planning,
    /// `priors.toml`: how much effect to expect.
    pub priors: Priors,
    /// `worthwhile.toml`: what a session is asked to change.
    pub worthwhile: Worthwhile,
    /// `rule.toml`: when something may be said of a person's own results.
    pub rule: Rule,
    /// `claims.toml`: what people say rolling does, and what was found.
    pub claims: SortedMap<String, Claim>,
    /// `results.toml`: what studies come to, for each claim that was searched.
    #[serde(default)]
    pub results: SortedMap<String, ClaimResult>,
    /// `screen.toml`: the order of the questions.
    pub screen: ScreenOrder,
    /// `cards.toml`: the questions as short lines on cards.
    pub cards: Cards,
    /// `stop_signals.toml`: what ends a block, a region, a limb or a session.
    pub stop_signals: SortedMap<StopSignalId, StopSignal>,
    /// `emergency.toml`: whom to call.
    pub emergency: EmergencyNumbers,
    /// `poses.toml`: body positions that pictures share.
    #[serde(default)]
    pub poses: SortedMap<String, BodyPose>,
    /// `reasons.toml`: the sentences with which a plan explains itself.
    pub reasons: SortedMap<String, ReasonText>,
    /// `regions/`.
    pub regions: SortedMap<RegionId, Region>,
    /// `tools/`.
    pub tools: SortedMap<ToolId, Tool>,
    /// `zones/`.
    pub zones: SortedMap<String, Zone>,
    /// `techniques/`.
    pub techniques: SortedMap<String, Technique>,
    /// `cautions/`.
    pub cautions: SortedMap<String, Caution>,
    /// `measures/`.
    pub measures: SortedMap<String, Measure>,
    /// `questions/`: ready questions for experiments on oneself.
    pub questions: SortedMap<String, Question>,
    /// `moves/`: stretches, strengthening, integration.
    #[serde(default)]
    pub moves: SortedMap<String, Move>,
    /// `movement_tests/`: what to do while somebody looks.
    #[serde(default)]
    pub movement_tests: SortedMap<String, MovementTest>,
    /// `compensations/`: what can be seen, and what is usually done about it.
    #[serde(default)]
    pub compensations: SortedMap<String, Compensation>,
    /// `paths/`: what belongs together for people to whom something special applies.
    #[serde(default)]
    pub paths: SortedMap<String, CarePath>,
    /// `sports/`: kinds of training.
    #[serde(default)]
    pub sports: SortedMap<String, Sport>,
    /// `exercises.toml`: what sets work.
    #[serde(default)]
    pub exercises: Exercises,
}

/// How far a fact was checked against its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Read {
    /// At least one fact was read in the source's abstract or page.
    Abstract,
    /// Recalled or general knowledge; not checked.
    Unverified,
    /// Our own number or call, not a finding.
    OurJudgement,
}

/// Something that is cited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The citation: who, when, what, where.
    pub citation: String,
    /// The digital object identifier, without a resolver in front.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// How far it was read.
    pub read: Read,
}

/// What a word for evidence means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeWords {
    /// What a person reads: "some evidence".
    pub label: String,
    /// One sentence on what it means.
    pub meaning: String,
}

/// A sentence with which a plan explains a choice. `{name}` stands for a value filled in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonText {
    /// The sentence.
    pub text: String,
    /// Where it comes from; `our_judgement` where it is ours.
    pub sources: Vec<String>,
}
