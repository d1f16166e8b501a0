use crate::body::{Area, RegionId, Side};
use crate::event::{Answer, Soreness};
use crate::knowledge::{Firmness, Goal, Place, Posture, ToolId};
use crate::sorted::SortedMap;
use crate::unit::{AgeYears, Kilograms, Seconds, SessionMinutes};
use jiff::Zoned;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display};
use std::marker::PhantomData;

/// What a plan is made from. Unknown fields are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with at least `now`, `minutes` and `goal`")]
pub struct PlanRequest {
    /// Civil time with its zone, such as `2026-11-22T18:00:00+01:00[Europe/Berlin]`. Days are counted in it.
    #[serde(deserialize_with = "time_with_zone")]
    #[schemars(with = "String")]
    pub now: Zoned,
    /// Kept for experiments; today's plans have no chance in them.
    #[serde(default)]
    pub seed: u64,
    /// Minutes at hand, 2 to 20.
    pub minutes: SessionMinutes,
    /// What the session is for.
    pub goal: Goal,
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
    /// Whether this is a first session; missing counts as yes.
    #[serde(default = "yes")]
    pub first_session: bool,
    /// Pressure already given today.
    #[serde(default)]
    pub pressure_seconds_today: Vec<PressureToday>,
    /// Answers to the screen.
    #[serde(default)]
    pub screen: ScreenGiven,
    /// Sore places.
    #[serde(default)]
    pub soreness: Vec<Soreness>,
    /// Tight places.
    #[serde(default)]
    pub tight: Vec<Area>,
    /// Regions asked for, on both sides.
    #[serde(default)]
    pub wants: Vec<RegionId>,
    /// Regions to leave out; beats `wants`.
    #[serde(default)]
    pub avoid: Vec<RegionId>,
}

pub(super) const fn yes() -> bool {
    true
}

/// Who a plan is for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `age_years`, `body_mass_kg` or `adult_present`")]
pub struct Person {
    /// Age; missing counts as not known, and limits by age then hold where an answer leaves them open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_years: Option<AgeYears>,
    /// Body mass, only to estimate the force through the tool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_mass_kg: Option<Kilograms>,
    /// Whether an adult has agreed and is there; needed under 18.
    #[serde(default)]
    pub adult_present: bool,
}

/// Pressure already given today on one region and side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `region`, `side` and `seconds`")]
pub struct PressureToday {
    /// The region.
    pub region: RegionId,
    /// Left, right or both; missing means both. `both` and `midline` count fully on each side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Seconds, 0 to 86,400.
    #[serde(deserialize_with = "seconds_of_a_day")]
    #[schemars(range(max = 86400))]
    pub seconds: u32,
}

/// Answers to the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `default` and `answers`")]
pub struct ScreenGiven {
    /// The answer to every question that has none of its own; exists only here. Missing means unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Answer>,
    /// Answers by caution id.
    #[serde(default, deserialize_with = "each_once")]
    pub answers: SortedMap<String, AnswerGiven>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `answer`: yes, no or unknown")]
pub struct AnswerGiven {
    /// The answer.
    pub answer: Answer,
    /// The side, for entries that ask for one; missing means both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// The places the answer is about, for questions on areas; none means everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Area>,
    /// The day a clinician agreed: not in the future, not older than 365 days.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date")]
    #[schemars(with = "Option<String>")]
    pub clinician_agreed_on: Option<Date>,
    /// The day it happened, for entries that wait some days; missing counts as too recent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date")]
    #[schemars(with = "Option<String>")]
    pub since: Option<Date>,
}

/// A map whose keys may stand in it once: of two answers to one question neither can be taken.
pub(super) fn each_once<'de, D, K, V>(deserializer: D) -> Result<SortedMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + Display,
    V: Deserialize<'de>,
{
    struct EachOnce<K, V>(PhantomData<(K, V)>);

    impl<'de, K: Deserialize<'de> + Ord + Display, V: Deserialize<'de>> Visitor<'de> for EachOnce<K, V> {
        type Value = SortedMap<K, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map from ids")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = SortedMap::new();
            while let Some(key) = access.next_key::<K>()? {
                if map.contains_key(&key) {
                    return Err(A::Error::custom(format_args!("`{key}` stands here twice; keep one of them")));
                }
                let value = access.next_value()?;
                map.insert(key, value);
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(EachOnce(PhantomData))
}

fn seconds_of_a_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Seconds::deserialize(deserializer).map(Seconds::get)
}

pub(super) fn time_with_zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zoned, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|error| {
        let form = "a time with its zone, such as 2026-11-22T18:00:00+01:00[Europe/Berlin]";
        D::Error::custom(format_args!("it must be {form}, not `{text}` ({error})"))
    })
}

pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let date = text.parse().map_err(|error| {
        D::Error::custom(format_args!("it must be a date such as 2026-11-01, not `{text}` ({error})"))
    });
    date.map(Some)
}
