//! Requests of every kind, for properties; and the plain one that the tables start from.

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;
use supple_core::body::{Area, RegionId, Side};
use supple_core::contract::{AnswerGiven, Person, PlanRequest, PressureToday, ScreenGiven};
use supple_core::event::{Answer, Soreness};
use supple_core::knowledge::{Action, Firmness, Goal, Knowledge, Limb, Place, Posture, Scope, ToolId};
use supple_core::sorted::SortedMap;
use supple_core::unit::{AgeYears, Felt, Kilograms, SessionMinutes};

pub const NOW: &str = "2026-11-22T18:00:00+01:00[Europe/Berlin]";
pub const PLACES: [Place; 3] = [Place::Floor, Place::Wall, Place::Chair];
const POSTURES: [Posture; 5] =
    [Posture::Kneeling, Posture::WeightOnHands, Posture::LyingFaceDown, Posture::LyingOnBack, Posture::LyingOnSide];

pub fn knowledge() -> &'static Knowledge {
    supple_knowledge::embedded()
}

/// A healthy adult of 40 with every tool, soft; a second session; every question answered no; wants everything.
pub fn plain() -> PlanRequest {
    PlanRequest {
        now: NOW.parse().unwrap(),
        seed: 1,
        minutes: SessionMinutes::new(20).unwrap(),
        goal: Goal::Mobility,
        tools: ToolId::ALL.to_vec(),
        tool_firmness: ToolId::ALL.map(|tool| (tool, Firmness::Soft)).into(),
        places: None,
        no: Vec::new(),
        person: Person { age_years: Some(AgeYears::new(40).unwrap()), body_mass_kg: None, adult_present: false },
        first_session: false,
        pressure_seconds_today: Vec::new(),
        screen: ScreenGiven { default: Some(Answer::No), answers: SortedMap::new() },
        soreness: Vec::new(),
        tight: Vec::new(),
        wants: RegionId::ALL.to_vec(),
        avoid: Vec::new(),
    }
}

/// An answer and nothing else.
pub fn bare(answer: Answer) -> AnswerGiven {
    AnswerGiven { answer, side: None, areas: Vec::new(), clinician_agreed_on: None, since: None }
}

/// The day so many days before the request; negative is in the future.
pub fn days_before(now: &Zoned, days: i64) -> Date {
    now.date().checked_sub(days.days()).unwrap()
}

fn region() -> impl Strategy<Value = RegionId> {
    // Half of the time a region that many techniques reach, so that marks meet plans.
    prop_oneof![
        select(vec![
            RegionId::Calf,
            RegionId::Soleus,
            RegionId::HamstringsLateral,
            RegionId::RectusFemoris,
            RegionId::GluteusMaximus,
            RegionId::ThoracicErectors,
            RegionId::PlantarFoot,
        ]),
        select(RegionId::ALL.to_vec()),
    ]
}

fn side() -> impl Strategy<Value = Option<Side>> {
    option::of(select(vec![Side::Left, Side::Right, Side::Both]))
}

fn area() -> impl Strategy<Value = Area> {
    (region(), side()).prop_map(|(region, side)| Area { region, side })
}

/// Days before today: each side of every bound an entry has.
fn days() -> impl Strategy<Value = i64> {
    select(vec![-30, -1, 0, 1, 2, 3, 4, 41, 42, 43, 100, 364, 365, 366, 1000])
}

fn answer() -> impl Strategy<Value = Given> {
    (
        prop_oneof![5 => Just(Answer::Yes), 2 => Just(Answer::Unknown), 2 => Just(Answer::No)],
        side(),
        vec(area(), 0..4),
        option::weighted(0.4, days()),
        option::weighted(0.4, days()),
    )
}

/// Ids of entries; mostly of those that leave something to plan.
pub fn caution_id() -> impl Strategy<Value = String> {
    let cautions = &knowledge().cautions;
    let holds = |id: &&String| {
        let caution = &cautions[*id];
        caution.does(Action::AvoidAll)
            || caution.action == Action::StopAndReferUrgently
            || (caution.scope == Scope::WholeBody && caution.action == Action::AskClinician)
    };
    let all: Vec<String> = cautions.keys().cloned().collect();
    let gentle: Vec<String> = cautions.keys().filter(|id| !holds(id)).cloned().collect();
    prop_oneof![6 => select(gentle), 1 => select(all)]
}

#[derive(Debug, Clone, Copy)]
enum Rest {
    DefaultNo,
    EveryNo,
    EveryNoOnTheLegsOnly,
    EveryNoOver(Answer),
    Nothing,
}

type Given = (Answer, Option<Side>, Vec<Area>, Option<i64>, Option<i64>);

fn screen() -> impl Strategy<Value = (Rest, Vec<(String, Given)>)> {
    let rest = prop_oneof![
        12 => Just(Rest::DefaultNo),
        4 => Just(Rest::EveryNo),
        3 => Just(Rest::EveryNoOnTheLegsOnly),
        1 => Just(Rest::EveryNoOver(Answer::Unknown)),
        2 => Just(Rest::EveryNoOver(Answer::Yes)),
        1 => Just(Rest::Nothing),
    ];
    (rest, vec((caution_id(), answer()), 0..5))
}

fn screen_given(now: &Zoned, (rest, given): (Rest, Vec<(String, Given)>)) -> ScreenGiven {
    let every = |no: fn(&str) -> AnswerGiven| knowledge().cautions.keys().map(|id| (id.clone(), no(id))).collect();
    let (default, mut answers) = match rest {
        Rest::DefaultNo => (Some(Answer::No), BTreeMap::new()),
        Rest::EveryNo => (None, every(|_| bare(Answer::No))),
        Rest::EveryNoOnTheLegsOnly => (None, every(no_on_the_legs)),
        Rest::EveryNoOver(default) => (Some(default), every(|_| bare(Answer::No))),
        Rest::Nothing => (None, BTreeMap::new()),
    };
    for (id, (answer, side, areas, agreed, since)) in given {
        let clinician_agreed_on = agreed.map(|days| days_before(now, days));
        let since = since.map(|days| days_before(now, days));
        answers.insert(id, AnswerGiven { answer, side, areas, clinician_agreed_on, since });
    }
    ScreenGiven { default, answers: answers.into() }
}

/// A no that, where the question is about areas, covers the legs only.
fn no_on_the_legs(id: &str) -> AnswerGiven {
    let mut no = bare(Answer::No);
    if knowledge().cautions[id].scope == Scope::MarkedArea {
        let legs = RegionId::ALL.into_iter().filter(|region| knowledge().regions[region].limb == Some(Limb::Leg));
        no.areas = legs.map(|region| Area { region, side: None }).collect();
    }
    no
}

fn person() -> impl Strategy<Value = Person> {
    let age = prop_oneof![
        6 => 18_u8..=90,
        2 => select(vec![11, 12, 15, 17, 18, 59, 60, 69, 70]),
        1 => 0_u8..=17,
    ];
    (option::weighted(0.9, age), option::of(20.0..200.0), prop::bool::weighted(0.7)).prop_map(
        |(age, mass, adult_present)| Person {
            age_years: age.map(|age| AgeYears::new(age).unwrap()),
            body_mass_kg: mass.map(|mass| Kilograms::new(mass).unwrap()),
            adult_present,
        },
    )
}

fn now() -> impl Strategy<Value = Zoned> {
    select(vec![
        NOW,
        "2026-03-29T03:30:00+02:00[Europe/Berlin]",
        "2026-10-25T02:30:00+01:00[Europe/Berlin]",
        "2024-02-29T23:59:59-08:00[America/Los_Angeles]",
        "2027-01-01T00:00:00+14:00[Pacific/Kiritimati]",
    ])
    .prop_map(|text| text.parse().unwrap())
}

type Things = (Vec<ToolId>, BTreeMap<ToolId, Firmness>, Option<Vec<Place>>, Vec<Posture>);

fn things() -> impl Strategy<Value = Things> {
    (
        prop_oneof![3 => Just(ToolId::ALL.to_vec()), 5 => subsequence(ToolId::ALL.to_vec(), 0..=7)],
        btree_map(select(ToolId::ALL.to_vec()), select(vec![Firmness::Soft, Firmness::Medium, Firmness::Hard]), 0..7),
        option::weighted(0.3, subsequence(PLACES.to_vec(), 0..=3)),
        prop_oneof![3 => Just(Vec::new()), 1 => subsequence(POSTURES.to_vec(), 0..=5)],
    )
}

type Body = (Vec<PressureToday>, Vec<Soreness>, Vec<Area>, Vec<RegionId>, Vec<RegionId>);

fn body() -> impl Strategy<Value = Body> {
    let seconds = prop_oneof![select(vec![0, 1, 10, 29, 30, 99, 100, 101, 119, 120, 121, 86_400]), 0_u32..=140];
    (
        vec((region(), side(), seconds), 0..4),
        vec((region(), side(), 0_u8..=10), 0..4),
        vec(area(), 0..3),
        vec(region(), 0..6),
        vec(region(), 0..2),
    )
        .prop_map(|(pressed, sore, tight, wants, avoid)| {
            let pressed = pressed.into_iter().map(|(region, side, seconds)| PressureToday { region, side, seconds });
            let sore = sore.into_iter().map(|(region, side, felt)| Soreness { region, side, felt: Felt::of(felt) });
            (pressed.collect(), sore.collect(), tight, wants, avoid)
        })
}

/// Any request that can be read.
pub fn request() -> impl Strategy<Value = PlanRequest> {
    let what = (now(), 2_u8..=20, select(Goal::ALL.to_vec()), prop::bool::weighted(0.3));
    (what, things(), person(), screen(), body()).prop_map(|(what, things, person, screen, body)| {
        let (now, minutes, goal, first_session) = what;
        let (tools, tool_firmness, places, no) = things;
        let (pressure_seconds_today, soreness, tight, wants, avoid) = body;
        PlanRequest {
            screen: screen_given(&now, screen),
            now,
            seed: 1,
            minutes: SessionMinutes::new(minutes).unwrap(),
            goal,
            tools,
            tool_firmness: tool_firmness.into(),
            places,
            no,
            person,
            first_session,
            pressure_seconds_today,
            soreness,
            tight,
            wants,
            avoid,
        }
    })
}
