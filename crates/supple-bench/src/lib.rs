//! The requests that are measured, always the same ones, and the same problems for HiGHS.

pub mod calibration;
#[cfg(feature = "highs")]
pub mod general;
pub mod looks;
pub mod people;
pub mod rule;
pub mod two_years;
pub mod update;

use supple_core::assess::Assessment;
use supple_core::body::{Area, RegionId, Side};
use supple_core::contract::{Person, PlanRequest, ScreenGiven};
use supple_core::draws::Draws;
use supple_core::event::{Answer, Soreness};
use supple_core::gate::judge;
use supple_core::knowledge::{Goal, Knowledge, ToolId};
use supple_core::plan::{self, solve::Problem};
use supple_core::unit::{AgeYears, Felt, Kilograms, SessionMinutes};

/// The largest requests there are: every region wanted and every tool at hand, so that every technique is a
/// candidate; 20 minutes.
#[must_use]
pub fn full_size_requests(count: usize) -> Vec<PlanRequest> {
    let mut dice = Dice(Draws::new(60));
    (0..count).map(|_| request(&mut dice, 20, RegionId::ALL.to_vec())).collect()
}

/// Large requests: 8 to 20 regions wanted, 8 to 20 minutes.
#[must_use]
pub fn large_requests(count: usize) -> Vec<PlanRequest> {
    let mut dice = Dice(Draws::new(42));
    let mut large = || {
        let minutes = dice.between(8, 20);
        let mut wants = RegionId::ALL.to_vec();
        for _ in 0..RegionId::ALL.len() - usize::from(dice.between(8, 20)) {
            wants.remove(usize::from(dice.between(1, wants.len() as u8)) - 1);
        }
        request(&mut dice, minutes, wants)
    };
    (0..count).map(|_| large()).collect()
}

/// The optimisation problem behind a request.
///
/// # Panics
/// If the request allows no plan; those made here do.
#[must_use]
pub fn problem(knowledge: &Knowledge, request: &PlanRequest) -> Problem {
    let assessment = Assessment::from_request(request, knowledge).expect("a request that names what exists");
    let judgement = judge(knowledge, &assessment);
    plan::problem(knowledge, judgement.verdict.clearance().expect("a request that allows a plan"), &assessment)
}

/// The middle of some times, in milliseconds.
///
/// # Panics
/// If there are none.
#[must_use]
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A request with every tool and nothing that limits, some places sore and some tight.
fn request(dice: &mut Dice, minutes: u8, wants: Vec<RegionId>) -> PlanRequest {
    PlanRequest {
        now: "2026-11-22T18:00:00+01:00[Europe/Berlin]".parse().expect("a time with its zone"),
        seed: 1,
        minutes: SessionMinutes::new(minutes).expect("2 to 20 minutes"),
        goal: *dice.one_of(&[Goal::WarmUp, Goal::Mobility, Goal::Recovery, Goal::WindDown]),
        tools: ToolId::ALL.to_vec(),
        tool_firmness: [].into(),
        places: None,
        no: Vec::new(),
        person: Person {
            age_years: Some(AgeYears::new(34).expect("an age")),
            body_mass_kg: Some(Kilograms::new(78.0).expect("a mass")),
            adult_present: false,
        },
        first_session: false,
        pressure_seconds_today: Vec::new(),
        screen: ScreenGiven { default: Some(Answer::No), answers: [].into() },
        soreness: (0..dice.between(0, 4))
            .map(|_| Soreness { region: dice.region(), side: dice.side(), felt: Felt::of(dice.between(1, 6)) })
            .collect(),
        tight: (0..dice.between(0, 4)).map(|_| Area { region: dice.region(), side: dice.side() }).collect(),
        wants,
        avoid: Vec::new(),
    }
}

/// Reproducible numbers: SplitMix64.
struct Dice(Draws);

impl Dice {
    fn between(&mut self, least: u8, most: u8) -> u8 {
        least + (self.0.bits() % (u64::from(most - least) + 1)) as u8
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::from(self.between(1, all.len() as u8)) - 1]
    }

    fn region(&mut self) -> RegionId {
        *self.one_of(&RegionId::ALL)
    }

    fn side(&mut self) -> Option<Side> {
        *self.one_of(&[None, Some(Side::Left), Some(Side::Right), Some(Side::Both)])
    }
}
