//! Questions of the screen: what rolling waits for, leaves out or takes gently.

use super::{CautionForMoves, Firmness, Place, Read, ToolId};
use crate::body::RegionId;
use crate::sorted::SortedMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One question of the screen and what a *yes* means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    /// What it is, for clinicians and lists.
    pub name: String,
    /// Where the entry comes from.
    pub kind: CautionKind,
    /// The full question; *yes* always means caution.
    pub question: String,
    /// The question as short lines for a card, at most 12 words each. Together never narrower than the question.
    pub lines: Vec<QuestionLine>,
    /// Why we ask, in plain words.
    pub why: String,
    /// What to do, whom to ask and how soon. Never names what it may be, never offers another routine.
    pub advice: String,
    /// How soon, for entries that need help first.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// How far the entry reaches.
    pub scope: Scope,
    /// The regions it reaches, for scopes `regions` and `side`.
    #[serde(default)]
    pub regions: Vec<RegionId>,
    /// Marked areas are widened to this.
    #[serde(default)]
    pub widen: Option<Widen>,
    /// Regions on both sides that it blocks besides.
    #[serde(default)]
    pub also_blocks: Vec<RegionId>,
    /// Regions, on either side, that a person may mark besides, such as where a flap was taken from. Marked ones are
    /// blocked; without an answer all of them are.
    #[serde(default)]
    pub marks: Vec<RegionId>,
    /// What it does first of all.
    pub action: Action,
    /// What else it does.
    #[serde(default)]
    pub extra_actions: Vec<Action>,
    /// A clinician's agreement never lifts it, although it says to ask one.
    #[serde(default)]
    pub never_lifted: bool,
    /// Numbers that go with the actions.
    #[serde(default)]
    pub limits: CautionLimits,
    /// What it means for moves.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "super::seldom")]
    pub moves: Option<CautionForMoves>,
    /// When the question must be asked again.
    pub ask_again: AskAgain,
    /// How many experts agreed, where a panel was asked.
    #[serde(default)]
    pub agreement: Option<Agreement>,
    /// Where we are stricter than the source.
    #[serde(default)]
    pub stricter_than_source: Option<String>,
    /// The version of the question's text; goes up when its meaning changes.
    pub text_version: u16,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

impl Caution {
    /// Every action, the main one first.
    pub fn actions(&self) -> impl Iterator<Item = Action> + '_ {
        std::iter::once(self.action).chain(self.extra_actions.iter().copied())
    }

    /// Whether it takes this action, main or extra.
    #[must_use]
    pub fn does(&self, action: Action) -> bool {
        self.actions().any(|own| own == action)
    }
}

/// A short line of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionLine {
    /// At most 12 words.
    pub text: String,
}

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CautionKind {
    /// An expert panel on foam rolling.
    Delphi,
    /// A sign that needs help before anything else.
    RedFlag,
    /// A condition, a treatment or a time of life.
    SpecialPopulation,
}

/// How soon help is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Call the emergency number now.
    Now,
    /// Be seen today.
    Today,
}

/// How far an entry reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole person.
    WholeBody,
    /// The listed regions, both sides.
    Regions,
    /// The listed regions on the side given; a missing side means both.
    Side,
    /// The places the person marks.
    MarkedArea,
}

/// What a marked area is widened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Widen {
    /// The whole limb on that side.
    WholeLimb,
    /// From the mark down the limb.
    DownTheLimb,
}

/// What an entry does. Declared in order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// No plan; get help first.
    StopAndReferUrgently,
    /// No plan today.
    AvoidAll,
    /// As the main action: no plan (whole body) or nothing in its regions until a clinician agrees.
    /// As an extra action: advice.
    AskClinician,
    /// Nothing there.
    AvoidRegion,
    /// No vibrating tool.
    AvoidVibration,
    /// Lighter: felt target and cap at most 3 unless the entry gives a number.
    LowerPressure,
    /// Shorter: 30 s per area and one set unless the entry gives numbers.
    Shorten,
}

impl Action {
    /// The id used in files and on the wire.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::StopAndReferUrgently => "stop-and-refer-urgently",
            Self::AvoidAll => "avoid-all",
            Self::AskClinician => "ask-clinician",
            Self::AvoidRegion => "avoid-region",
            Self::AvoidVibration => "avoid-vibration",
            Self::LowerPressure => "lower-pressure",
            Self::Shorten => "shorten",
        }
    }
}

/// Numbers and exclusions that go with an entry. Anything missing sets no limit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CautionLimits {
    /// Felt target and cap, 0 to 10.
    pub felt_max: Option<u8>,
    /// Seconds on one region and side in a day.
    pub seconds_per_area: Option<u32>,
    /// Sets on one region and side.
    pub max_sets: Option<u8>,
    /// The only places it may be done.
    pub places_only: Option<Vec<Place>>,
    /// Places to prefer where there is a choice.
    pub places_preferred: Vec<Place>,
    /// Tools that may not be used.
    pub tools_excluded: Vec<ToolId>,
    /// The hardest a tool may be; a tool whose firmness is not known counts as hard.
    pub firmness_at_most: SortedMap<ToolId, Firmness>,
    /// No joint is moved under pressure.
    pub no_pin_and_move: bool,
    /// Days that must have passed since it happened; unknown counts as not passed.
    pub min_days_since: Option<u32>,
    /// Hours that must have passed since it happened; unknown counts as not passed.
    pub min_hours_since: Option<u32>,
    /// Next dose as a share of the last.
    pub next_dose_share: Option<f64>,
    /// Ends of muscles are kept free by this many centimetres.
    pub keep_cm_from_ends: Option<f64>,
    /// Ages below which nothing is offered.
    pub not_under_age_years: Option<u8>,
    /// What to look out for, in words.
    pub watch_for: Option<String>,
    /// What applies to its regions once a clinician has agreed.
    pub if_cleared: Option<IfCleared>,
}

/// What applies to an entry's regions once a clinician has agreed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IfCleared {
    /// Felt target and cap.
    pub felt_max: u8,
    /// Seconds on one region and side in a day.
    pub seconds_per_area: u32,
    /// Sets on one region and side.
    pub max_sets: u8,
    /// The only tools allowed there.
    pub tools_only: Vec<ToolId>,
    /// The hardest each may be.
    pub firmness_at_most: SortedMap<ToolId, Firmness>,
    /// The direction of work, in words.
    pub direction: String,
}

/// When a question must be asked again; an older answer is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskAgain {
    /// Before every session.
    EachSession,
    /// After so many days.
    AfterDays(u16),
    /// When the person says it changed; a list is confirmed every 90 days.
    WhenChanged,
}

/// How many experts agreed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// What kind of agreement.
    pub kind: String,
    /// Percent of the panel, where there was one.
    #[serde(default)]
    pub percent: Option<u8>,
    /// Size of the panel.
    #[serde(default)]
    pub panel_n: Option<u16>,
}

/// The order of the questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreenOrder {
    /// First the signs that need help; every entry stands in exactly one list.
    pub get_help_first: Vec<String>,
    /// What a doctor has ever told.
    pub told_by_a_doctor: Vec<String>,
    /// Medicines.
    pub medicines: Vec<String>,
    /// What happened recently.
    pub recent: Vec<String>,
    /// Asked only about today's places.
    pub areas: Vec<String>,
    /// How long an answer that is asked before every session holds, in hours; a session ends it sooner.
    pub each_session_holds_hours: u16,
    /// How often the list of lasting conditions is shown to be confirmed, in days.
    pub confirm_lasting_after_days: u16,
    /// How long a clinician's agreement holds, in days.
    pub agreement_holds_days: u16,
}

impl ScreenOrder {
    /// Every id in the order asked.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        [&self.get_help_first, &self.told_by_a_doctor, &self.medicines, &self.recent, &self.areas]
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

/// A sign during or after a session that changes what happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopSignalId {
    /// Sharp, stabbing, electric; tingling, numb, shooting.
    SharpOrElectric,
    /// Pins and needles or a colour change in hand or foot.
    LimbPinsOrColour,
    /// Felt 7 or more, breath held, guarding.
    TooStrong,
    /// Discomfort rising during a hold.
    RisingInHold,
    /// Dizzy, faint, sick, sight, heart, breath, chest.
    DizzyOrChest,
    /// New swelling, lump or bruise.
    SwellingOrBruise,
    /// Sore above 3 next day, or longer than 48 h.
    SoreNextDay,
}

/// What to do about a stop signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopSignal {
    /// What a person feels or sees.
    pub signal: String,
    /// What to do, said at once.
    pub what_to_do: String,
    /// What it ends today.
    pub ends: Ends,
    /// Days for which the area stays closed, beyond today.
    #[serde(default)]
    pub area_closed_days: u16,
    /// What to watch for afterwards, and whom to ask.
    pub watch_for: String,
    /// Source ids.
    pub sources: Vec<String>,
    /// How far they were read.
    pub read: Read,
}

/// What a stop signal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ends {
    /// Nothing; go lighter or move on.
    Nothing,
    /// This hold.
    Hold,
    /// This region on this side, today.
    Area,
    /// This limb, today.
    Limb,
    /// The session.
    Session,
}
