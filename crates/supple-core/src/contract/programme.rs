//! Weeks for other programs: `supple programme --request`.

use super::request::{each_once, time_with_zone, yes};
use super::view::{block_view, reason_view, why_view};
use super::{
    AnsweredReason, BadRequest, BlockView, ErrorView, MAX_LINE_BYTES, Person, PlanRequest, PressureToday,
    ScreenGiven, VerdictName, WhyView,
};
use crate::assess::Assessment;
use crate::body::{Area, RegionId, Side};
use crate::event::Soreness;
use crate::gate::{Verdict, judge};
use crate::knowledge::{Equipment, Firmness, Goal, Grade, Knowledge, Place, Posture, ToolId};
use crate::move_dose::MoveDose;
use crate::programme::{
    self, Aim, Day, DayWish, Detail, Item, ItemKind, Made, Person as Whom, Progress, Seen, Wishes,
};
use crate::sorted::SortedMap;
use crate::unit::SessionMinutes;
use jiff::Zoned;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a programme is made from: the fields of a plan request, and goals, compensations, weeks and days. Unknown fields
/// are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with at least `now`, `goals` and `days`")]
pub struct ProgrammeRequest {
    /// Civil time with its zone, such as `2026-11-22T18:00:00+01:00[Europe/Berlin]`. The programme begins on this day, or
    /// on the first of `days`, if that is later.
    #[serde(deserialize_with = "time_with_zone")]
    #[schemars(with = "String")]
    pub now: Zoned,
    /// What the programme is for, the most important first.
    pub goals: Vec<Aim>,
    /// What was seen in the movement screen, the most important first: ids, or objects with `id` and `side`.
    #[serde(default)]
    pub compensations: Vec<SeenGiven>,
    /// How many weeks, 1 to 12; missing means 4.
    #[serde(default = "four", deserialize_with = "weeks")]
    #[schemars(range(min = 1, max = 12))]
    pub weeks: u8,
    /// Days with time to spare or training, at most 84. A day that is not there has no minute to spare.
    pub days: Vec<DayWish>,
    /// What moves can be done with; missing means what most homes have: chair, step, table, bed, towel, cushion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equipment: Option<Vec<Equipment>>,
    /// As in a plan request; programmes have no chance in them.
    #[serde(default)]
    pub seed: u64,
    /// As in a plan request, and not used: each day has its own minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<SessionMinutes>,
    /// As in a plan request; missing means by the first of `goals`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// Tools at hand, by exact id; nothing is implied.
    #[serde(default)]
    pub tools: Vec<ToolId>,
    /// How hard each tool is; missing counts as hard wherever hard tools are excluded.
    #[serde(default, deserialize_with = "each_once")]
    pub tool_firmness: SortedMap<ToolId, Firmness>,
    /// Places that can be used; missing means all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<Place>>,
    /// Postures ruled out.
    #[serde(default)]
    pub no: Vec<Posture>,
    /// Who it is for.
    #[serde(default)]
    pub person: Person,
    /// Whether nothing was done before; missing counts as yes.
    #[serde(default = "yes")]
    pub first_session: bool,
    /// Pressure already given today.
    #[serde(default)]
    pub pressure_seconds_today: Vec<PressureToday>,
    /// Answers to the screen.
    #[serde(default)]
    pub screen: ScreenGiven,
    /// Sore places today.
    #[serde(default)]
    pub soreness: Vec<Soreness>,
    /// Tight places. In a programme they are chosen places, on both sides.
    #[serde(default)]
    pub tight: Vec<Area>,
    /// Regions asked for, on both sides.
    #[serde(default)]
    pub wants: Vec<RegionId>,
    /// Regions to leave out; beats everything else.
    #[serde(default)]
    pub avoid: Vec<RegionId>,
}

/// An id of `compensations/`, perhaps with a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "an id of a compensation, or an object with `id` and `side`")]
pub enum SeenGiven {
    /// On both sides, or on none.
    Id(String),
    /// On one side.
    Sided(Seen),
}

const fn four() -> u8 {
    4
}

fn weeks<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    let weeks = u8::deserialize(deserializer)?;
    if (1..=12).contains(&weeks) {
        return Ok(weeks);
    }
    Err(serde::de::Error::custom(format_args!("a programme has 1 to 12 weeks, not {weeks}")))
}

/// The answer to a programme request.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProgrammeAnswer {
    /// Whether to start.
    pub verdict: VerdictName,
    /// Every entry that was triggered, the weightiest first.
    pub reasons: Vec<AnsweredReason>,
    /// The weeks; none for hold and refer.
    pub weeks: Vec<WeekView>,
    /// What could not be met, and why.
    pub not_met: Vec<NotMetView>,
}

/// A rule that could not be kept, or a wish that could not be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotMetView {
    /// Which: an id of `reasons.toml`.
    pub rule: String,
    /// Why, in one sentence.
    pub why: String,
}

/// A week of a programme.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WeekView {
    /// Whether it is a lighter week.
    pub lighter: bool,
    /// Seven days.
    pub days: Vec<DayView>,
    /// How often things come.
    pub counts: CountsView,
}

/// How often things come in a week.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct CountsView {
    /// On how many days each region is rolled.
    pub smr_per_region: SortedMap<RegionId, u32>,
}

/// A day of a programme.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DayView {
    /// Which day.
    #[schemars(with = "String")]
    pub date: Date,
    /// What is planned, in the order in which it is done.
    pub items: Vec<ItemView>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ItemView {
    /// Its id, the same wherever it moves.
    pub id: String,
    /// What it is.
    pub kind: ItemKind,
    /// Minutes it takes at most.
    pub minutes: u16,
    /// When it begins, such as `17:55`, where that matters.
    pub at: Option<String>,
    /// Why rolling is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// Rolling: the blocks in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Vec<BlockView>>,
    /// Stretching, strengthening, integration: the moves in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves: Option<Vec<MoveView>>,
    /// Why it is here.
    pub why: Vec<WhyView>,
}

/// A move with its amount.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MoveView {
    /// What to do.
    #[serde(flatten)]
    pub dose: MoveDose,
    /// Its name.
    pub name: String,
    /// Why it is here.
    pub why: String,
    /// How sure the evidence is, in one word.
    pub grade: Grade,
    /// Source ids.
    pub sources: Vec<String>,
}

impl ProgrammeRequest {
    /// The plan request that it holds.
    fn as_plan(&self) -> PlanRequest {
        let minutes = self.minutes.or_else(|| SessionMinutes::new(20).ok());
        PlanRequest {
            now: self.now.clone(),
            seed: self.seed,
            minutes: minutes.expect("20 minutes are allowed"),
            goal: self.rolling_goal(),
            tools: self.tools.clone(),
            tool_firmness: self.tool_firmness.clone(),
            places: self.places.clone(),
            no: self.no.clone(),
            person: self.person.clone(),
            first_session: self.first_session,
            pressure_seconds_today: self.pressure_seconds_today.clone(),
            screen: self.screen.clone(),
            soreness: self.soreness.clone(),
            tight: self.tight.clone(),
            wants: self.wants.clone(),
            avoid: self.avoid.clone(),
        }
    }

    fn rolling_goal(&self) -> Goal {
        self.goal.unwrap_or_else(|| self.goals.first().copied().unwrap_or(Aim::Mobility).rolling())
    }

    /// What is wished for, checked.
    ///
    /// # Errors
    /// [`ErrorView`] with the field, if a compensation does not exist, a day comes twice, or there is no goal or no day.
    pub fn wishes(&self, knowledge: &Knowledge) -> Result<Wishes, ErrorView> {
        let refuse = |field: String, error: String| Err(ErrorView { error, field: Some(field) });
        if self.goals.is_empty() {
            let all = Aim::ALL.map(Aim::id).join(", ");
            return refuse("goals".to_owned(), format!("a programme needs a goal; give one of {all}"));
        }
        let mut compensations = Vec::new();
        for (index, given) in self.compensations.iter().enumerate() {
            let seen = match given {
                SeenGiven::Id(id) => Seen { id: id.clone(), side: None },
                SeenGiven::Sided(seen) => seen.clone(),
            };
            if !knowledge.compensations.contains_key(&seen.id) {
                let close = super::assess::closest(&seen.id, knowledge.compensations.keys());
                let hint = close.map_or(String::new(), |id| format!(" (did you mean `{id}`?)"));
                let error = format!(
                    "there is no compensation `{}`{hint}; `supple knowledge list compensations` shows all",
                    seen.id
                );
                return refuse(format!("compensations[{index}]"), error);
            }
            if seen.side == Some(Side::Midline) {
                return refuse(format!("compensations[{index}].side"), "a side is left, right or both".to_owned());
            }
            compensations.push(seen);
        }
        if self.days.is_empty() || self.days.len() > 84 {
            let error = format!("a programme needs 1 to 84 days with their minutes, not {}", self.days.len());
            return refuse("days".to_owned(), error);
        }
        let mut days = self.days.clone();
        days.sort_by_key(|day| day.date);
        for (index, day) in self.days.iter().enumerate() {
            if day.minutes > 240 {
                let error = format!("a day has 0 to 240 minutes to spare, not {}", day.minutes);
                return refuse(format!("days[{index}].minutes"), error);
            }
            if self.days[..index].iter().any(|before| before.date == day.date) {
                return refuse(format!("days[{index}].date"), format!("{} stands here twice; keep one", day.date));
            }
            let odd = |minutes: u16| !(1..=600).contains(&minutes);
            if let Some(at) = day.training.iter().position(|training| odd(training.minutes)) {
                let error = format!("training takes 1 to 600 minutes, not {}", day.training[at].minutes);
                return refuse(format!("days[{index}].training[{at}].minutes"), error);
            }
        }
        let today = self.now.date();
        let start = days.iter().map(|day| day.date).find(|date| *date >= today).unwrap_or(today);
        let tight = self.tight.iter().map(|area| area.region);
        let mut wants: Vec<RegionId> = self.wants.clone();
        wants.extend(tight.filter(|region| !self.wants.contains(region)));
        Ok(Wishes {
            goals: self.goals.clone(),
            compensations,
            wants,
            equipment: self.equipment.clone().unwrap_or_else(|| AT_HOME.to_vec()),
            start,
            weeks: self.weeks,
            days,
        })
    }
}

/// What most homes have. Our judgement.
pub const AT_HOME: [Equipment; 6] =
    [Equipment::Chair, Equipment::Step, Equipment::Table, Equipment::Bed, Equipment::Towel, Equipment::Cushion];

/// Answers a programme request.
///
/// # Errors
/// [`ErrorView`] if it names something that does not exist, or a number is out of range.
pub fn answer_programme(knowledge: &Knowledge, request: &ProgrammeRequest) -> Result<ProgrammeAnswer, ErrorView> {
    let wishes = request.wishes(knowledge)?;
    let assessment = Assessment::from_request(&request.as_plan(), knowledge).map_err(|error| {
        let BadRequest::UnknownCaution { given, .. } = &error;
        ErrorView { field: Some(format!("screen.answers.{given}")), error: error.to_string() }
    })?;
    let judgement = judge(knowledge, &assessment);
    let verdict = match judgement.verdict {
        Verdict::Clear(_) => VerdictName::Clear,
        Verdict::Modify(_) => VerdictName::Modify,
        Verdict::Hold => VerdictName::Hold,
        Verdict::Refer => VerdictName::Refer,
    };
    let reasons = judgement.reasons.iter().map(|reason| reason_view(knowledge, reason)).collect();
    if judgement.verdict.clearance().is_none() {
        return Ok(ProgrammeAnswer { verdict, reasons, weeks: Vec::new(), not_met: Vec::new() });
    }
    let progress = Progress::none();
    let whom = Whom { knowledge, today: &assessment, progress: &progress };
    let Made { programme, .. } = programme::make(&whom, &wishes);
    let weeks = programme
        .weeks
        .iter()
        .map(|week| {
            let days: Vec<DayView> = week.days.iter().map(|day| day_view(&whom, &wishes, &programme, day)).collect();
            WeekView { lighter: week.lighter, counts: counts(&days), days }
        })
        .collect();
    let not_met = programme.not_met.into_iter().map(|one| NotMetView { rule: one.rule, why: one.why });
    Ok(ProgrammeAnswer { verdict, reasons, weeks, not_met: not_met.collect() })
}

/// Answers a request given as JSON.
///
/// # Errors
/// [`ErrorView`] with what is wrong, where, and what is allowed.
pub fn answer_programme_json(knowledge: &Knowledge, text: &str) -> Result<ProgrammeAnswer, ErrorView> {
    if text.len() > MAX_LINE_BYTES {
        let error = format!("a request may be at most {MAX_LINE_BYTES} bytes, this one has {}", text.len());
        return Err(ErrorView { error, field: None });
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let request: ProgrammeRequest = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        let next = "see `supple schema programme-request`";
        ErrorView { error: format!("{}; {next}", error.inner()), field: Some(field).filter(|field| field != ".") }
    })?;
    json.end()
        .map_err(|error| ErrorView { error: format!("something follows the request: {error}"), field: None })?;
    answer_programme(knowledge, &request)
}

fn counts(days: &[DayView]) -> CountsView {
    let mut counts = CountsView::default();
    for day in days {
        let blocks = day.items.iter().filter_map(|item| item.blocks.as_ref()).flatten();
        let mut regions: Vec<RegionId> = blocks.map(|block| block.dose.region).collect();
        regions.sort_unstable();
        regions.dedup();
        for region in regions {
            *counts.smr_per_region.get_or_default(region) += 1;
        }
    }
    counts
}

fn day_view(whom: &Whom<'_>, wishes: &Wishes, programme: &programme::Programme, day: &Day) -> DayView {
    let details = programme::details(whom, wishes, &[], programme, day);
    let items = day
        .items
        .iter()
        .zip(&details)
        .filter_map(|(item, detail)| item_view(whom, wishes, programme, day, item, detail));
    DayView { date: day.date, items: items.collect() }
}

fn item_view(
    whom: &Whom<'_>,
    wishes: &Wishes,
    programme: &programme::Programme,
    day: &Day,
    item: &Item,
    detail: &Detail,
) -> Option<ItemView> {
    let knowledge = whom.knowledge;
    let (blocks, moves) = match detail {
        Detail::Closed => return None,
        Detail::Screen => (None, None),
        Detail::Rolling(day, plan) => {
            (Some(plan.blocks.iter().filter_map(|block| block_view(knowledge, day, block)).collect()), None)
        }
        Detail::Moves(doses) => {
            (None, Some(doses.iter().filter_map(|dose| move_view(knowledge, wishes, programme, dose)).collect()))
        }
    };
    Some(ItemView {
        id: item.id.clone(),
        kind: item.kind,
        minutes: item.minutes,
        at: item.at.map(|at| format!("{:02}:{:02}", at.hour(), at.minute())),
        goal: item.goal,
        blocks,
        moves,
        why: programme::why(knowledge, wishes, day, item).iter().map(why_view).collect(),
    })
}

fn move_view(
    knowledge: &Knowledge,
    wishes: &Wishes,
    programme: &programme::Programme,
    dose: &MoveDose,
) -> Option<MoveView> {
    let known = knowledge.moves.get(&dose.id)?;
    Some(MoveView {
        name: known.name.clone(),
        why: programme::why_move(knowledge, wishes, programme, &dose.id).text,
        grade: known.grade,
        sources: known.sources.clone(),
        dose: dose.clone(),
    })
}
