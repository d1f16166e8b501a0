//! Moves obey the gate: what each entry of the screen means for them, laws over random requests, and admission.

use crate::oracle::{MoveDemands, demands, sites_of};
use crate::properties::{Change, cases, change};
use crate::requests::{PLACES, bare, days_before, knowledge as real, plain, request};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};
use supple_core::assess::Assessment;
use supple_core::body::{Area, Half, RegionId, Side, Site};
use supple_core::contract::{AnswerGiven, PlanRequest};
use supple_core::event::{Answer, Soreness};
use supple_core::gate::{
    Clearance, MoveLimits, MoveRefusal, MovesNotAdmitted, RuledOut, SiteMoveLimits, admit_moves, judge,
};
use supple_core::knowledge::{
    Amount, Demand, Grade, Knowledge, Move, MoveKind, Place, Posture, Read, Reps, Sides, Tempo,
};
use supple_core::move_dose::MoveDose;
use supple_core::unit::{AgeYears, Felt, Seconds};

const POSTURES: [Posture; 5] =
    [Posture::Kneeling, Posture::WeightOnHands, Posture::LyingFaceDown, Posture::LyingOnBack, Posture::LyingOnSide];

// The engine has no global state; this is a test's, so that its world is made once and not for every case.
#[allow(clippy::disallowed_types)]
/// What is really known, with one made-up move for each thing that can be ruled out.
fn knowledge() -> &'static Knowledge {
    static WORLD: std::sync::OnceLock<Knowledge> = std::sync::OnceLock::new();
    WORLD.get_or_init(|| {
        let mut world = real().clone();
        world.moves = [].into();
        let mut add = |id: String, known: Move| world.moves.insert(id, known);
        for region in RegionId::ALL {
            add(format!("hold_{region}"), held(region));
        }
        for demand in Demand::ALL {
            for (name, region) in [("calf", RegionId::Calf), ("chest", RegionId::Pectorals)] {
                let asks = Move { demands: vec![demand], ..held(region) };
                add(format!("asks_{demand:?}_{name}").to_lowercase(), asks.clone());
                add(format!("asks_{demand:?}_{name}_both").to_lowercase(), Move { sides: Sides::Together, ..asks });
            }
        }
        for posture in POSTURES {
            add(format!("in_{posture:?}").to_lowercase(), Move { postures: vec![posture], ..held(RegionId::Calf) });
        }
        for place in PLACES {
            add(format!("at_{place:?}").to_lowercase(), Move { place, ..held(RegionId::Calf) });
        }
        add("middle".into(), Move { sides: Sides::Midline, ..held(RegionId::LumbarRegion) });
        add(
            "stands_on_the_other".into(),
            Move { other_side: Some(vec![RegionId::Calf]), ..held(RegionId::HipFlexor) },
        );
        add("nobody_looked".into(), Move { other_side: None, ..held(RegionId::HipFlexor) });
        add("counted".into(), counted());
        world
    })
}

/// Held for 30 s, twice, on one side, at the wall.
fn held(region: RegionId) -> Move {
    Move {
        name: format!("Hold, {region}"),
        kind: MoveKind::Stretch,
        regions: vec![region],
        touches: vec![region],
        other_side: Some(Vec::new()),
        muscles: String::new(),
        sides: Sides::OneAtATime,
        place: Place::Wall,
        postures: Vec::new(),
        equipment: Vec::new(),
        demands: Vec::new(),
        position: String::new(),
        steps: Vec::new(),
        amount: Amount { sets: 2, hold_seconds: Some(60), reps: None, tempo: None, rest_seconds: 15, effort_max: 7 },
        feel: String::new(),
        easier: String::new(),
        easier_move: None,
        harder: String::new(),
        harder_move: None,
        mistakes: Vec::new(),
        caution: None,
        zones: Vec::new(),
        picture: None,
        grade: Grade::VeryLow,
        sources: Vec::new(),
        read: Read::OurJudgement,
        note: None,
    }
}

/// Three sets of 8 to 12 at 2-1-2.
fn counted() -> Move {
    let amount = Amount {
        sets: 3,
        hold_seconds: None,
        reps: Some(Reps { low: 8, high: 12 }),
        tempo: Some(Tempo { out_seconds: 2, hold_seconds: 1, back_seconds: 2 }),
        rest_seconds: 45,
        effort_max: 7,
    };
    Move { kind: MoveKind::Strengthen, amount, ..held(RegionId::Calf) }
}

fn sides_of(known: &Move) -> &'static [Side] {
    match known.sides {
        Sides::OneAtATime => &[Side::Left, Side::Right],
        Sides::Together => &[Side::Both],
        Sides::Midline => &[Side::Midline],
    }
}

fn clearance(request: &PlanRequest) -> Option<Clearance> {
    let assessment = Assessment::from_request(request, knowledge()).unwrap();
    judge(knowledge(), &assessment).verdict.clearance().cloned()
}

fn open(request: &PlanRequest) -> Clearance {
    clearance(request).expect("there is a plan")
}

fn with(id: &str, given: AnswerGiven) -> PlanRequest {
    let mut request = plain();
    request.screen.answers.insert(id.to_owned(), given);
    request
}

fn agreed(given: AnswerGiven) -> AnswerGiven {
    let day = days_before(&plain().now, 20);
    AnswerGiven { clinician_agreed_on: Some(day), since: Some(days_before(&plain().now, 200)), ..given }
}

fn at(region: RegionId, side: Side) -> AnswerGiven {
    AnswerGiven { areas: vec![Area { region, side: Some(side) }], ..bare(Answer::Yes) }
}

fn on(side: Side) -> AnswerGiven {
    AnswerGiven { side: Some(side), ..bare(Answer::Yes) }
}

fn allows(clearance: &Clearance, id: &str, side: Side) -> Result<MoveLimits, MoveRefusal> {
    clearance.allows_move(knowledge(), id, side)
}

/// Everything that is allowed, with the most of it.
fn allowed(request: &PlanRequest) -> BTreeMap<(&'static str, Side), MoveLimits> {
    let Some(clearance) = clearance(request) else { return BTreeMap::new() };
    let ways = knowledge().moves.iter().flat_map(|(id, known)| sides_of(known).iter().map(move |&side| (id, side)));
    ways.filter_map(|(id, side)| Some(((id.as_str(), side), allows(&clearance, id, side).ok()?))).collect()
}

/// Whether the first allows nothing that the second does not.
fn within(most: &MoveLimits, was: &MoveLimits) -> bool {
    most.sets <= was.sets
        && most.hold_seconds <= was.hold_seconds
        && most.reps <= was.reps
        && most.effort_max <= was.effort_max
        && most.work_left <= was.work_left
        && (most.with_support || !was.with_support)
}

fn comparable(limits: &SiteMoveLimits) -> MoveDemands {
    MoveDemands {
        closed: limits.closed,
        excluded: Demand::ALL.into_iter().filter(|&demand| limits.excludes(demand)).collect(),
        postures: POSTURES.into_iter().filter(|&posture| limits.excludes_posture(posture)).collect(),
        places: PLACES.into_iter().filter(|&place| limits.place(place)).collect(),
        effort: limits.effort_max,
        hold: limits.hold_seconds,
        support: limits.with_support,
    }
}

/// The sites of a move, worked out apart from the gate.
fn sites(known: &Move, side: Side) -> BTreeSet<Site> {
    let own = known.regions.iter().chain(&known.touches).flat_map(|&region| sites_of(region, Some(side)));
    let everything: Vec<RegionId> = known.regions.iter().chain(&known.touches).copied().collect();
    let other = known.other_side.clone().unwrap_or(everything);
    let beyond: Vec<Site> = match side {
        Side::Left => other.into_iter().map(|region| Site::new(region, Half::Right)).collect(),
        Side::Right => other.into_iter().map(|region| Site::new(region, Half::Left)).collect(),
        Side::Both | Side::Midline => Vec::new(),
    };
    own.chain(beyond).collect()
}

proptest! {
    #![proptest_config(cases(3_000))]

    /// Neither more nor less than is demanded is closed or limited, site by site.
    #[test]
    fn moves_are_limited_as_the_rules_demand_site_by_site(request in request()) {
        let demands = demands(knowledge(), &request);
        if let Some(clearance) = clearance(&request) {
            for site in Site::all() {
                prop_assert_eq!(&comparable(clearance.moves_at(site)), &demands.moves[&site], "{:?}", site);
            }
        }
    }

    /// Blocked stays blocked, for moves as for the roller.
    #[test]
    fn no_move_touches_a_closed_site_or_asks_for_what_is_ruled_out(request in request()) {
        let demands = demands(knowledge(), &request);
        let avoid: BTreeSet<Site> = request.avoid.iter().flat_map(|&region| sites_of(region, None)).collect();
        for ((id, side), most) in allowed(&request) {
            let known = &knowledge().moves[id];
            let ceilings = &knowledge().limits.moves;
            prop_assert!(most.sets <= ceilings.sets && most.sets <= known.amount.sets);
            prop_assert!(most.effort_max <= ceilings.effort && most.effort_max <= known.amount.effort_max);
            prop_assert!(!request.no.iter().any(|posture| known.postures.contains(posture)));
            prop_assert!(request.places.as_ref().is_none_or(|places| places.contains(&known.place)));
            for site in sites(known, side) {
                let here = &demands.moves[&site];
                prop_assert!(!here.closed && !avoid.contains(&site), "{id} {side} touches {site:?}");
                prop_assert!(here.places.contains(&known.place));
                prop_assert!(!known.postures.iter().any(|posture| here.postures.contains(posture)));
                prop_assert!(most.effort_max <= here.effort);
                prop_assert!(most.hold_seconds.is_none_or(|hold| hold <= here.hold));
                // Every made-up move that asks for something of an arm or a leg touches one region, and here it is.
                let arm = [Demand::ArmLoaded, Demand::ArmOverhead];
                let leg = [Demand::DeepBend, Demand::HipFar];
                for demand in &known.demands {
                    let elsewhere = match id {
                        _ if arm.contains(demand) => id.contains("calf"),
                        _ if leg.contains(demand) => id.contains("chest"),
                        _ => false,
                    };
                    prop_assert!(elsewhere || !here.excluded.contains(demand), "{id} {side}");
                }
            }
        }
    }

    /// Whatever takes something away never gives something.
    #[test]
    fn a_yes_more_or_an_answer_less_never_allows_more_moves(
        request in request(), change in change(), index in any::<Index>()
    ) {
        let Some(stricter) = Change::applied(&change, &request, index) else { return Ok(()) };
        let (before, after) = (allowed(&request), allowed(&stricter));
        // What is sore is one of today's places: more of them may be open than before, but no move that was not.
        for (what, most) in &after {
            let Some(was) = before.get(what) else {
                prop_assert!(clearance(&request).is_none(), "{what:?} was not allowed before");
                prop_assert!(matches!(change, Change::Sorer(..)));
                return Ok(());
            };
            prop_assert!(within(most, was), "{:?}: {:?} was {:?}", what, most, was);
        }
    }

    /// Exactly what is allowed is admitted: one step more of anything is not.
    #[test]
    fn the_most_that_is_allowed_is_admitted_and_one_step_more_is_not(request in request(), index in any::<Index>()) {
        let all: Vec<_> = allowed(&request).into_iter().collect();
        if all.is_empty() {
            return Ok(());
        }
        let ((id, side), most) = all[index.index(all.len())];
        let clearance = open(&request);
        let known = &knowledge().moves[id];
        let dose = MoveDose {
            sets: most.sets,
            hold_seconds: most.hold_seconds,
            reps: most.reps,
            effort_max: most.effort_max,
            ..MoveDose::as_written(id, known, side)
        };
        let admits = |dose: MoveDose| admit_moves(knowledge(), &clearance, None, &[dose]);
        let run = admits(dose.clone()).map_err(|why| TestCaseError::fail(format!("{why:?}")))?;
        prop_assert_eq!(run.moves()[0].dose(), &dose);
        prop_assert_eq!(run.moves()[0].with_support(), most.with_support);
        let more = [
            MoveDose { sets: dose.sets + 1, ..dose.clone() },
            MoveDose { hold_seconds: dose.hold_seconds.map(|hold| hold + 1), reps: dose.reps.map(|n| n + 1), ..dose.clone() },
            MoveDose { effort_max: dose.effort_max + 1, ..dose.clone() },
            MoveDose { tempo: Some(Tempo { out_seconds: 9, hold_seconds: 9, back_seconds: 9 }), ..dose.clone() },
            MoveDose { rest_seconds: 0, ..dose.clone() },
            MoveDose { hold_seconds: Some(10), reps: Some(5), ..dose.clone() },
            MoveDose { hold_seconds: None, reps: None, ..dose.clone() },
            MoveDose { sets: 0, ..dose.clone() },
            MoveDose { side: if side == Side::Both { Side::Left } else { Side::Both }, ..dose.clone() },
            MoveDose { id: "nothing_of_the_kind".into(), ..dose },
        ];
        for dose in more {
            prop_assert!(admits(dose.clone()).is_err(), "{dose:?}");
        }
    }
}

#[test]
fn with_every_answer_no_every_move_is_open_as_it_is_written() {
    for (id, known) in &knowledge().moves {
        for &side in sides_of(known) {
            let most = allows(&open(&plain()), id, side).unwrap_or_else(|why| panic!("{id} {side}: {why}"));
            assert_eq!(most.sets, known.amount.sets, "{id}");
            assert_eq!(most.hold_seconds, known.amount.hold_seconds, "{id}");
            assert_eq!(most.reps, known.amount.reps.as_ref().map(|reps| reps.high), "{id}");
            assert_eq!(most.effort_max, 7, "{id}");
            assert!(!most.with_support, "{id}");
            assert_eq!(most.work_left, Seconds::new(3600), "{id}");
        }
    }
}

#[test]
fn there_is_no_clearance_and_so_no_move_without_a_screen() {
    let mut request = plain();
    request.screen.default = None;
    assert!(clearance(&request).is_none());
    let urgent = with("rf_cardiac", bare(Answer::Yes));
    assert!(clearance(&urgent).is_none());
    assert!(clearance(&with("sp_alcohol", bare(Answer::Unknown))).is_none());
}

#[test]
fn what_is_closed_to_the_roller_is_closed_to_moves_where_nothing_else_is_said() {
    let request = with("delphi_open_wound", at(RegionId::Calf, Side::Left));
    assert_eq!(allows(&open(&request), "hold_calf", Side::Left), Err(MoveRefusal::Closed(RegionId::Calf)));
    assert!(allows(&open(&request), "hold_calf", Side::Right).is_ok());
    let by: Vec<_> = open(&request).closed_to_moves_by(Site::new(RegionId::Calf, Half::Left)).cloned().collect();
    assert_eq!(by.len(), 1);
    assert_eq!((by[0].by.as_str(), by[0].answer), ("delphi_open_wound", Answer::Yes));
}

#[test]
fn the_other_leg_counts_where_one_stands_on_it_and_where_nobody_looked() {
    let request = with("delphi_open_wound", at(RegionId::Calf, Side::Left));
    assert_eq!(allows(&open(&request), "stands_on_the_other", Side::Right), Err(MoveRefusal::Closed(RegionId::Calf)));
    assert!(allows(&open(&request), "stands_on_the_other", Side::Left).is_ok());
    let request = with("delphi_open_wound", at(RegionId::HipFlexor, Side::Left));
    assert!(allows(&open(&request), "nobody_looked", Side::Right).is_err());
}

#[test]
fn a_region_never_asked_about_is_closed_to_moves() {
    let mut request = plain();
    request.screen.answers = real()
        .cautions
        .keys()
        .map(|id| (id.clone(), bare(Answer::No)))
        .collect::<BTreeMap<_, _>>()
        .into_iter()
        .collect();
    request.screen.default = None;
    let no_here = AnswerGiven { areas: vec![Area { region: RegionId::Calf, side: None }], ..bare(Answer::No) };
    request.screen.answers.insert("sp_numbness".into(), no_here);
    let clearance = open(&request);
    assert!(allows(&clearance, "hold_calf", Side::Left).is_ok());
    assert_eq!(allows(&clearance, "hold_soleus", Side::Left), Err(MoveRefusal::Closed(RegionId::Soleus)));
}

/// What is said of a person that rules out a demand, by hand: entry, demand, and whether an agreement lifts it.
#[rustfmt::skip]
const RULED_OUT: &[(&str, Demand, bool)] = &[
    ("sp_hypermobility", Demand::EndRange, false),
    ("sp_osteoporosis", Demand::BackBentForward, false), ("sp_osteoporosis", Demand::BackTurned, false),
    ("sp_osteoporosis", Demand::Impact, false), ("sp_osteoporosis", Demand::HardEffort, true),
    ("sp_pregnancy", Demand::HardEffort, false), ("sp_pregnancy", Demand::Balance, false),
    ("sp_pregnancy", Demand::Impact, false), ("sp_pregnancy", Demand::BellyHard, false),
    ("sp_eye", Demand::HeadLow, false), ("sp_eye", Demand::HardEffort, false),
    ("sp_hernia", Demand::HardEffort, false), ("sp_hernia", Demand::BellyHard, false),
    ("sp_epilepsy", Demand::Balance, true), ("sp_older_adult", Demand::Balance, false),
    ("sp_child", Demand::HardEffort, false), ("sp_headache", Demand::NeckMoved, false),
    ("sp_spine_structural", Demand::BackBentForward, true), ("sp_rib", Demand::BackTurned, true),
    ("sp_anticoagulant", Demand::Impact, false), ("sp_aromatase_bone", Demand::BackBentForward, false),
    ("sp_steroids", Demand::Impact, false), ("sp_diabetes_neuropathy", Demand::Balance, true),
];

#[test]
fn demands_are_ruled_out_by_a_yes_and_by_an_open_question_and_lifted_only_where_the_table_says_so() {
    for &(id, demand, lifted) in RULED_OUT {
        for (given, still) in [
            (bare(Answer::Yes), true),
            (bare(Answer::Unknown), true),
            (agreed(bare(Answer::Yes)), !lifted),
            (bare(Answer::No), false),
        ] {
            let clearance = open(&with(id, given.clone()));
            for site in Site::all() {
                assert_eq!(clearance.moves_at(site).excludes(demand), still, "{id} {demand:?} {given:?}");
            }
            let by = clearance.ruled_out_by(RuledOut::Demand(demand)).any(|by| by.by == id);
            assert_eq!(by, still, "{id} {demand:?}: what is ruled out says why");
        }
    }
}

#[test]
fn high_blood_pressure_and_a_weak_heart_hold_until_a_clinician_agrees_and_then_keep_moves_light() {
    for (id, effort, hold) in [("sp_hypertension", 5, 30), ("sp_heart_failure", 4, 20)] {
        assert!(clearance(&with(id, bare(Answer::Yes))).is_none(), "{id}");
        let clearance = open(&with(id, agreed(bare(Answer::Yes))));
        let most = allows(&clearance, "hold_calf", Side::Left).unwrap();
        assert_eq!((most.effort_max, most.hold_seconds), (effort, Some(hold)), "{id}");
        let hard = allows(&clearance, "asks_hardeffort_calf", Side::Left);
        assert_eq!(hard, Err(MoveRefusal::Demand(Demand::HardEffort)), "{id}");
        let low = allows(&clearance, "asks_headlow_calf", Side::Left);
        assert_eq!(low, Err(MoveRefusal::Demand(Demand::HeadLow)), "{id}");
    }
}

#[test]
fn after_breast_nodes_that_arm_moves_gently_and_the_other_arm_and_the_legs_as_ever() {
    let clearance = open(&with("sp_breast_nodes", on(Side::Left)));
    let gently = allows(&clearance, "hold_pectorals", Side::Left).unwrap();
    assert_eq!((gently.effort_max, gently.hold_seconds), (4, Some(30)));
    for what in ["armloaded", "armoverhead", "endrange"] {
        let id = format!("asks_{what}_chest");
        assert!(matches!(allows(&clearance, &id, Side::Left), Err(MoveRefusal::Demand(_))), "{id}");
        assert!(allows(&clearance, &id, Side::Right).is_ok(), "{id}");
        assert!(allows(&clearance, &format!("{id}_both"), Side::Both).is_err(), "{id}");
    }
    assert_eq!(allows(&clearance, "hold_calf", Side::Left).unwrap().effort_max, 7);
    let clearance = open(&with("sp_breast_nodes", agreed(on(Side::Left))));
    assert!(allows(&clearance, "asks_armoverhead_chest", Side::Left).is_ok());
    assert_eq!(allows(&clearance, "asks_armoverhead_chest", Side::Left).unwrap().effort_max, 4, "a limit stays");
    let clearance = open(&with("sp_breast_nodes", bare(Answer::Yes)));
    assert!(allows(&clearance, "asks_armloaded_chest", Side::Right).is_err(), "a missing side means both");
}

#[test]
fn a_swollen_arm_waits_for_the_therapist_and_breathing_stays_open() {
    let clearance = open(&with("sp_lymphedema", on(Side::Right)));
    assert!(allows(&clearance, "hold_biceps_brachialis", Side::Right).is_err());
    assert!(allows(&clearance, "hold_biceps_brachialis", Side::Left).is_ok());
    assert!(allows(&clearance, "hold_abdomen", Side::Right).is_ok());
}

#[test]
fn in_pregnancy_legs_move_upright_and_easily() {
    let clearance = open(&with("sp_pregnancy", agreed(bare(Answer::Yes))));
    let most = allows(&clearance, "hold_calf", Side::Left).unwrap();
    assert_eq!((most.effort_max, most.hold_seconds), (5, Some(30)));
    assert_eq!(allows(&clearance, "at_floor", Side::Left), Err(MoveRefusal::Place(Place::Floor)));
    for posture in [Posture::LyingOnBack, Posture::LyingFaceDown] {
        let id = format!("in_{posture:?}").to_lowercase();
        assert_eq!(allows(&clearance, &id, Side::Left), Err(MoveRefusal::Posture(posture)));
        assert!(clearance.ruled_out_by(RuledOut::Posture(posture)).any(|by| by.by == "sp_pregnancy"));
    }
    assert_eq!(allows(&clearance, "hold_abdomen", Side::Left), Err(MoveRefusal::Closed(RegionId::Abdomen)));
}

#[test]
fn an_artificial_hip_is_not_bent_far_on_its_side_and_arms_are_free() {
    let clearance = open(&with("sp_joint_replacement", at(RegionId::GluteusMedius, Side::Right)));
    for what in ["hipfar", "deepbend"] {
        let id = format!("asks_{what}_calf");
        assert!(allows(&clearance, &id, Side::Right).is_err(), "{id}");
        assert!(allows(&clearance, &id, Side::Left).is_ok(), "{id}");
    }
    assert!(allows(&clearance, "asks_armoverhead_chest", Side::Right).is_ok());
    let shoulder = open(&with("sp_joint_replacement", at(RegionId::PosteriorShoulder, Side::Right)));
    assert!(allows(&shoulder, "asks_armoverhead_chest", Side::Right).is_err());
    assert!(allows(&shoulder, "asks_hipfar_calf", Side::Right).is_ok());
}

#[test]
fn a_leg_demand_of_a_move_that_names_no_leg_counts_on_both() {
    let clearance = open(&with("sp_joint_replacement", at(RegionId::GluteusMedius, Side::Right)));
    assert!(allows(&clearance, "asks_hipfar_chest", Side::Left).is_err());
}

#[test]
fn thin_bones_keep_the_back_open_upright_and_with_a_hand_on_something() {
    let clearance = open(&with("sp_osteoporosis", agreed(bare(Answer::Yes))));
    assert!(allows(&clearance, "hold_thoracic_erectors", Side::Left).is_ok());
    assert!(allows(&clearance, "asks_balance_calf", Side::Left).unwrap().with_support);
    assert!(!allows(&clearance, "hold_calf", Side::Left).unwrap().with_support, "only what is easy to fall from");
    let asked = open(&with("sp_osteoporosis", bare(Answer::Yes)));
    assert!(allows(&asked, "hold_thoracic_erectors", Side::Left).is_ok(), "strengthening is what is advised");
    assert!(allows(&asked, "asks_balance_calf", Side::Left).is_err());
}

#[test]
fn from_60_on_and_without_an_age_balance_is_with_support_and_from_70_on_it_is_left_out() {
    let aged = |years: Option<u8>| {
        let mut request = plain();
        request.person.age_years = years.map(|years| AgeYears::new(years).unwrap());
        open(&request)
    };
    let balance = |years| allows(&aged(years), "asks_balance_calf", Side::Left);
    assert!(!balance(Some(59)).unwrap().with_support);
    assert!(balance(Some(60)).unwrap().with_support);
    assert!(balance(None).unwrap().with_support);
    assert!(balance(Some(69)).unwrap().with_support);
    assert_eq!(balance(Some(70)), Err(MoveRefusal::Demand(Demand::Balance)));
}

#[test]
fn under_18_efforts_stay_moderate() {
    let mut request = plain();
    request.person.age_years = AgeYears::new(17).ok();
    request.person.adult_present = true;
    let clearance = open(&request);
    assert_eq!(allows(&clearance, "hold_calf", Side::Left).unwrap().effort_max, 6);
    assert!(allows(&clearance, "asks_hardeffort_calf", Side::Left).is_err());
    request.person.age_years = AgeYears::new(18).ok();
    assert_eq!(allows(&open(&request), "hold_calf", Side::Left).unwrap().effort_max, 7);
}

#[test]
fn a_very_sore_place_is_left_alone_and_what_is_to_be_left_out_is() {
    let mut request = plain();
    request.soreness.push(Soreness { region: RegionId::Calf, side: Some(Side::Left), felt: Felt::of(7) });
    request.avoid.push(RegionId::Lats);
    let clearance = open(&request);
    assert_eq!(allows(&clearance, "hold_calf", Side::Left), Err(MoveRefusal::Closed(RegionId::Calf)));
    assert!(allows(&clearance, "hold_calf", Side::Right).is_ok());
    assert_eq!(allows(&clearance, "hold_lats", Side::Right), Err(MoveRefusal::Avoided(RegionId::Lats)));
}

#[test]
fn a_first_time_is_two_sets_at_a_moderate_effort() {
    let mut request = plain();
    request.first_session = true;
    let most = allows(&open(&request), "counted", Side::Left).unwrap();
    assert_eq!((most.sets, most.effort_max, most.reps), (2, 6, Some(12)));
}

#[test]
fn the_minutes_of_a_day_are_counted_over_all_moves_and_what_was_done_before() {
    let mut assessment = Assessment::from_request(&plain(), knowledge()).unwrap();
    let dose = MoveDose::as_written("counted", &knowledge().moves["counted"], Side::Left);
    assert_eq!(dose.work(knowledge()), Seconds::new(3 * 12 * 5));
    for (before, fits) in [(3600 - 180, true), (3600 - 179, false), (3600, false)] {
        assessment.moves.seconds_today = Seconds::new(before);
        let clearance = judge(knowledge(), &assessment).verdict.clearance().cloned().unwrap();
        let run = admit_moves(knowledge(), &clearance, None, std::slice::from_ref(&dose));
        assert_eq!(run.is_ok(), fits, "{before}");
        assert_eq!(allows(&clearance, "counted", Side::Left).is_ok(), before < 3600, "{before}");
    }
    // Each fits by itself, both together do not.
    assessment.moves.seconds_today = Seconds::new(3600 - 200);
    let clearance = judge(knowledge(), &assessment).verdict.clearance().cloned().unwrap();
    let both = [dose.clone(), MoveDose { side: Side::Right, ..dose }];
    let why = admit_moves(knowledge(), &clearance, None, &both).unwrap_err();
    assert_eq!(why, [MovesNotAdmitted::TooMuch { seconds: Seconds::new(360) }]);
}

#[test]
fn one_move_twice_in_a_run_counts_its_sets_together() {
    let dose = MoveDose::as_written("counted", &knowledge().moves["counted"], Side::Left);
    let one = MoveDose { sets: 2, ..dose.clone() };
    let clearance = open(&plain());
    let ok = [MoveDose { sets: 1, ..one.clone() }, one.clone(), MoveDose { side: Side::Right, ..dose.clone() }];
    let run = admit_moves(knowledge(), &clearance, None, &ok).unwrap();
    let approach: Vec<_> = run.moves().iter().map(|m| (m.new_position(), m.side_switch())).collect();
    assert_eq!(approach, [(true, false), (false, false), (false, true)]);
    let why = admit_moves(knowledge(), &clearance, None, &[one.clone(), one]).unwrap_err();
    assert_eq!(why, [MovesNotAdmitted::TooManySets { id: "counted".into(), side: Side::Left, sets: 4 }]);
}

#[test]
fn moves_chosen_before_the_log_went_on_are_not_admitted() {
    let clearance = open(&plain());
    let why = admit_moves(knowledge(), &clearance, Some("another"), &[]).unwrap_err();
    assert_eq!(why, [MovesNotAdmitted::Stale]);
    assert!(admit_moves(knowledge(), &clearance, None, &[]).unwrap().moves().is_empty());
}

#[test]
fn the_ceilings_are_checked_again_by_themselves() {
    // A world in which a move asks for more than any may.
    let mut world = knowledge().clone();
    let greedy =
        Amount { sets: 9, hold_seconds: Some(300), reps: None, tempo: None, rest_seconds: 15, effort_max: 10 };
    world.moves.insert("greedy".into(), Move { amount: greedy, ..held(RegionId::Calf) });
    let assessment = Assessment::from_request(&plain(), &world).unwrap();
    let clearance = judge(&world, &assessment).verdict.clearance().cloned().unwrap();
    let most = clearance.allows_move(&world, "greedy", Side::Left).unwrap();
    assert_eq!((most.sets, most.hold_seconds, most.effort_max), (4, Some(120), 8));
    let dose = MoveDose::as_written("greedy", &world.moves["greedy"], Side::Left);
    assert!(admit_moves(&world, &clearance, None, &[dose]).is_err());
}
