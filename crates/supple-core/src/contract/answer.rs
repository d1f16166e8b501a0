use crate::body::{RegionId, Side};
use crate::dose::Dose;
use crate::event::Answer;
use crate::knowledge::{Action, ActiveMovement, Grade};
use schemars::JsonSchema;
use serde::Serialize;

/// The answer to a plan request.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanAnswer {
    /// Whether to start.
    pub verdict: VerdictName,
    /// Every entry that was triggered, the weightiest first.
    pub reasons: Vec<AnsweredReason>,
    /// The plan; null for hold and refer.
    pub plan: Option<PlanView>,
}

/// Whether to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictName {
    /// Ready: nothing was triggered.
    Clear,
    /// Ready, gentler today.
    Modify,
    /// Not yet.
    Hold,
    /// Get help first.
    Refer,
}

/// Why a verdict is what it is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AnsweredReason {
    /// Id in `knowledge/`: a caution or a sentence of `reasons.toml`.
    pub id: String,
    /// Its main action.
    pub action: Action,
    /// Every action it takes, the main one first.
    pub actions: Vec<Action>,
    /// Whether it was answered yes, or counts as yes because it is not known.
    pub answer: Answer,
    /// Whether it alone leads to no plan. Where every such reason is unknown, shells show one question first.
    pub holds: bool,
    /// What it means today, in plain words.
    pub text: String,
    /// What to do, whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The full question, when the answer is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The day a clinician agreed, if that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_on: Option<String>,
    /// Source ids.
    pub sources: Vec<String>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanView {
    /// What is offered before the counted time, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// One line on the goal.
    pub says: String,
    /// Blocks in order.
    pub blocks: Vec<BlockView>,
    /// Everything wanted that is not in, and why.
    pub left_out: Vec<LeftOutView>,
    /// Everything: pressure, rests, set-ups and switches.
    pub seconds_total: u32,
    /// Sets times seconds, over blocks.
    pub seconds_pressure: u32,
    /// The value of the plan in the units of the optimisation; only comparable between plans.
    pub objective: f64,
}

/// One block of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BlockView {
    /// What to do.
    #[serde(flatten)]
    pub dose: Dose,
    /// The technique's name.
    pub name: String,
    /// How to get into position.
    pub position: String,
    /// Where the tool goes.
    pub setup: String,
    /// From where to where.
    pub line_of_travel: String,
    /// Small movements under pressure.
    pub small_movements: Vec<String>,
    /// A joint to move while the pressure stays; null where there is none or it is ruled out.
    pub active_movement: Option<ActiveMovement>,
    /// How to make it lighter, gentlest first.
    pub lighter: Vec<String>,
    /// How to make it heavier, while it stays at or under the target.
    pub heavier: Vec<String>,
    /// Estimated force through the tool.
    pub force_newtons: Quantity,
    /// Estimated mean contact pressure.
    pub pressure_kpa: Quantity,
    /// Why it is here and why it is this long.
    pub why: Vec<WhyView>,
    /// How sure the evidence is, in one word.
    pub grade: Grade,
    /// Source ids.
    pub sources: Vec<String>,
}

/// An estimate with what it stands on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Quantity {
    /// With the lightest way of doing it.
    pub low: f64,
    /// As described.
    pub usual: f64,
    /// With the heaviest way described.
    pub high: f64,
    /// What it stands on.
    pub source: String,
}

/// A reason for a choice.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WhyView {
    /// Id in `knowledge/`.
    pub id: String,
    /// The sentence.
    pub text: String,
}

/// Something wanted that is not in the plan.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LeftOutView {
    /// The region.
    pub region: RegionId,
    /// The side.
    pub side: Side,
    /// Id in `knowledge/`.
    pub id: String,
    /// Why.
    pub why: String,
}

/// A request that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ErrorView {
    /// What is wrong, the allowed range, and the next step.
    pub error: String,
    /// The field it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}
