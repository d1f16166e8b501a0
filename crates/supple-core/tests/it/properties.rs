//! Laws over random requests. What they demand is worked out in `oracle.rs`, apart from the gate.

use crate::oracle::{Demands, demands, had_today, places_today, presses, sides_of, sites_of};
use crate::requests::{PLACES, bare, caution_id, days_before, knowledge, request};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use std::collections::{BTreeMap, BTreeSet};
use supple_core::assess::Assessment;
use supple_core::body::{Area, RegionId, Side, Site};
use supple_core::contract::{
    AnswerGiven, BlockView, PlanAnswer, PlanRequest, PlanView, PressureToday, VerdictName, answer, answer_line,
    decide, view,
};
use supple_core::dose::Dose;
use supple_core::event::{Answer, ExperimentArm, ExperimentDesigned, ExperimentOutcome, Name, RollArm, Soreness};
use supple_core::experiment::{MODEL, Seed, doses_for};
use supple_core::gate::{Allowance, Clearance, admit, judge};
use supple_core::knowledge::{
    Action, Firmness, Level, MotionKind, Place, Posture, Scope, Technique, ToolId, ZoneLevel,
};
use supple_core::plan::{explained, propose};
use supple_core::unit::{
    AgeYears, Blocks, Certainty, Felt, MinutesAfter, Seconds, SessionMinutes, Spread, Trials, WashOutHours,
    WorthHaving,
};

pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, max_shrink_iters: 4000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(10_000))]

    /// SAFETY.md, rules 1 to 5 and 10.
    #[test]
    fn no_block_touches_a_blocked_site_or_exceeds_any_limit(request in request()) {
        let demands = demands(knowledge(), &request);
        let answer = answer(knowledge(), &request).unwrap();
        prop_assert_eq!(answer.verdict, demands.verdict);
        let ready = matches!(answer.verdict, VerdictName::Clear | VerdictName::Modify);
        prop_assert_eq!(answer.plan.is_some(), ready, "a plan if ready, and only then");
        if let Some(plan) = &answer.plan {
            plan_keeps(&request, &demands, plan).map_err(TestCaseError::fail)?;
        }
    }

    /// Neither more nor less than is demanded is closed or limited, site by site.
    #[test]
    fn the_clearance_is_what_the_rules_demand_site_by_site(request in request()) {
        let demands = demands(knowledge(), &request);
        let assessment = Assessment::from_request(&request, knowledge()).unwrap();
        let judgement = judge(knowledge(), &assessment);
        if let Some(clearance) = judgement.verdict.clearance() {
            for site in Site::all() {
                prop_assert_eq!(limits_at(clearance, site), comparable(&demands, site), "{:?}", site);
            }
        }
    }

    /// Rule 1: every triggered entry is a reason, and what is not known is asked, never said.
    #[test]
    fn every_triggered_entry_is_a_reason_and_unknown_is_never_worded_as_yes(request in request()) {
        let demands = demands(knowledge(), &request);
        let answer = answer(knowledge(), &request).unwrap();
        let said: Vec<(String, Answer)> = answer.reasons.iter().map(|reason| (reason.id.clone(), reason.answer)).collect();
        let of_the_screen: BTreeSet<_> =
            said.iter().filter(|(id, _)| knowledge().cautions.contains_key(id)).cloned().collect();
        prop_assert_eq!(&of_the_screen, &demands.triggered);
        prop_assert_eq!(said.len(), said.iter().collect::<BTreeSet<_>>().len(), "no reason twice");
        for reason in &answer.reasons {
            prop_assert!(!reason.text.is_empty() && !reason.text.contains('{'), "{}", reason.text);
            prop_assert!(!reason.sources.is_empty(), "{} has no source", reason.id);
            let Some(caution) = knowledge().cautions.get(&reason.id) else { continue };
            match reason.answer {
                Answer::Unknown => {
                    prop_assert_eq!(reason.question.as_ref(), Some(&caution.question));
                    prop_assert!(reason.text.ends_with(&caution.question), "{}", reason.text);
                    prop_assert!(!reason.text.contains(&caution.name) || caution.question.contains(&caution.name));
                    prop_assert_eq!(&reason.advice, &None);
                    prop_assert_eq!(&reason.agreed_on, &None);
                }
                Answer::Yes => prop_assert!(reason.advice.as_ref().is_some_and(|said| said.starts_with(&caution.advice))),
                Answer::No => prop_assert!(false, "{} is a reason although the answer is no", reason.id),
            }
        }
        let holds = answer.reasons.iter().any(|reason| reason.holds);
        prop_assert_eq!(holds, matches!(answer.verdict, VerdictName::Hold | VerdictName::Refer));
    }

    /// Whatever takes something away never gives something.
    #[test]
    fn a_yes_more_or_an_answer_less_never_allows_more(request in request(), change in change(), at in any::<Index>()) {
        let Some(stricter) = change.applied(&request, at) else { return Ok(()) };
        let before = Outcome::of(&request);
        let after = Outcome::of(&stricter);
        // What is sore is one of today's places: more of them may be open than before.
        let same_places = !matches!(change, Change::Sorer(..));
        prop_assert!(before.rank <= after.rank || !same_places, "from {} to {}", before.rank, after.rank);
        for (what, most) in &after.allowed {
            let Some(was) = before.allowed.get(what) else {
                return Err(TestCaseError::fail(format!("{what:?} was not allowed before")));
            };
            prop_assert!(within(most, was), "{:?}: {:?} was {:?}", what, most, was);
        }
        // And how sore it is says how much it is needed; whatever else is taken away, the best only falls.
        if same_places {
            prop_assert!(after.objective <= before.objective, "{} was {}", after.objective, before.objective);
        }
    }
}

proptest! {
    #![proptest_config(cases(5_000))]

    /// What a clinician's agreement lifts, and that it lifts nothing else.
    #[test]
    fn an_agreement_lifts_its_own_entry_and_nothing_else(
        request in request(), id in caution_id(), days in -3_i64..=400, since in proptest::option::of(0_i64..60),
        places in proptest::collection::vec((select(RegionId::ALL.to_vec()), select(vec![Side::Left, Side::Right])), 0..3),
    ) {
        let mut without = request;
        without.screen.default = Some(Answer::No);
        let areas = places.into_iter().map(|(region, side)| Area { region, side: Some(side) }).collect();
        let since = since.map(|days| days_before(&without.now, days));
        let yes = AnswerGiven { areas, since, ..bare(Answer::Yes) };
        without.screen.answers.insert(id.clone(), yes);
        let mut with = without.clone();
        let agreed_on = days_before(&with.now, days);
        with.screen.answers.get_mut(&id).unwrap().clinician_agreed_on = Some(agreed_on);

        let caution = &knowledge().cautions[&id];
        let waits = caution.limits.min_days_since.unwrap_or(0);
        let waited = waits == 0 || since.is_some_and(|since| (with.now.date() - since).get_days() >= waits as i32);
        let can_be_lifted = caution.does(Action::AskClinician)
            && !matches!(caution.action, Action::AvoidAll | Action::StopAndReferUrgently)
            && id != "sp_pregnancy";
        let counts = (0..=365).contains(&days) && can_be_lifted && waited;

        let (before, after) = (judged(&without), judged(&with));
        let agreed = after.reasons.iter().any(|reason| reason.id == id && reason.agreed_on == Some(agreed_on));
        prop_assert_eq!(agreed, counts);
        prop_assert!(after.reasons.iter().all(|reason| reason.agreed_on.is_none() || reason.answer == Answer::Yes));
        if !counts {
            prop_assert_eq!(after.verdict, before.verdict);
            return Ok(());
        }
        // Everything else stays: what other entries close, and every limit of this one.
        let mut others = with.clone();
        others.screen.answers.insert(id.clone(), bare(Answer::No));
        if let (Some(after), Some(others)) = (after.verdict.clearance(), judged(&others).verdict.clearance()) {
            for site in Site::all() {
                prop_assert_eq!(after.at(site).blocked, others.at(site).blocked, "{:?}", site);
                let (here, there) = (limits_at(after, site), limits_at(others, site));
                prop_assert!(here.felt_cap <= there.felt_cap && here.seconds <= there.seconds);
            }
        }
        if let (Some(before), Some(after)) = (before.verdict.clearance(), after.verdict.clearance()) {
            for site in Site::all() {
                let (was, is) = (limits_at(before, site), limits_at(after, site));
                prop_assert!(is.felt_target <= was.felt_target && is.felt_cap <= was.felt_cap, "{:?}", site);
                prop_assert!(is.seconds <= was.seconds && is.sets <= was.sets, "{:?}", site);
                prop_assert!(was.vibration || !is.vibration, "{:?}", site);
            }
        }
    }

    /// The same request gives the same bytes, by every way in, and is itself after a round trip.
    /// An experiment takes away and never allows: what comes of a way keeps every law of a plan.
    #[test]
    fn a_way_of_an_experiment_is_within_what_is_allowed_or_refused(
        request in request(), at in any::<Index>(), steps in 4..25_u32, felt in prop::option::of(0..7_u8), side in 0..3,
    ) {
        let assessment = Assessment::from_request(&request, knowledge()).unwrap();
        let judgement = judged(&request);
        let Some(clearance) = judgement.verdict.clearance() else { return Ok(()) };
        let ids: Vec<&String> = knowledge().techniques.keys().collect();
        let technique = at.get(&ids).to_string();
        let side = [Side::Left, Side::Right, Side::Both][side as usize];
        let design = of_one_way(technique, 5 * steps, felt, side);
        let proposed = propose(knowledge(), clearance, &assessment);
        if let Ok(doses) = doses_for(knowledge(), clearance, &assessment, &design, &design.arms[0]) {
            for dose in &doses {
                prop_assert_eq!(seconds_of(dose), u64::from(5 * steps), "no more and no less");
                prop_assert!(felt.is_none_or(|felt| dose.felt_target.get() == felt));
            }
            let plan = explained(knowledge(), clearance, &assessment, &proposed, doses);
            let answer = view(knowledge(), &assessment, &judgement, Some(&plan));
            let kept = answer.plan.iter().flat_map(|plan| &plan.blocks).try_for_each(|block| {
                block_keeps(&request, &demands(knowledge(), &request), block)
            });
            prop_assert!(kept.is_ok(), "{:?}", kept);
        }
    }

    #[test]
    fn the_same_request_gives_the_same_bytes(request in request()) {
        let line = serde_json::to_string(&request).unwrap();
        let once = answer_line(knowledge(), &line);
        prop_assert_eq!(&once, &answer_line(knowledge(), &line));
        prop_assert_eq!(&once, &serde_json::to_string(&answer(knowledge(), &request).unwrap()).unwrap());
        let again: PlanRequest = serde_json::from_str(&line).unwrap();
        prop_assert_eq!(&again, &request);
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), line);
        let value: serde_json::Value = serde_json::from_str(&once).unwrap();
        prop_assert!(value.get("verdict").is_some());
    }

    /// A plan made under a clearance is always admitted; the same plan, one step stronger, never.
    #[test]
    fn a_plan_is_admitted_and_one_step_more_is_not(request in request(), at in any::<Index>(), how in 0..7) {
        let assessment = Assessment::from_request(&request, knowledge()).unwrap();
        let (judgement, plan) = decide(knowledge(), &assessment);
        let (Some(clearance), Some(plan)) = (judgement.verdict.clearance(), plan) else { return Ok(()) };
        let doses = plan.doses();
        let admitted = |doses: &[Dose]| admit(knowledge(), clearance, None, request.goal, request.minutes, doses).is_ok();
        prop_assert!(admitted(&doses));
        prop_assert!(admit(knowledge(), clearance, Some("other"), request.goal, request.minutes, &doses).is_err());
        if doses.is_empty() {
            return Ok(());
        }
        let mut more = doses.clone();
        let dose = &mut more[at.index(doses.len())];
        let technique = &knowledge().techniques[&dose.technique];
        let most = clearance.allowance(knowledge(), technique, dose.side).unwrap();
        match how {
            0 => dose.felt_target = Felt::of(most.felt_target.get() + 1),
            1 => dose.felt_cap = Felt::of(most.felt_cap.get() + 1),
            2 => dose.sets = most.sets + 1,
            3 => dose.seconds_per_set = most.seconds_per_set.get() + 1,
            4 => dose.sets = 0,
            5 if dose.hold_seconds.is_some() => dose.hold_seconds = Some(31),
            // Called a stroke, a hold would have no longest time.
            5 => (dose.seconds_per_pass, dose.hold_seconds) = (None, None),
            _ => more.extend(doses.iter().cloned().cycle().take(60)),
        }
        prop_assert!(!admitted(&more), "{:?}", more);
    }
}

// ---- what a plan has to keep to

fn plan_keeps(request: &PlanRequest, demands: &Demands, plan: &PlanView) -> Result<(), String> {
    let mut pressed: BTreeMap<Site, u64> = BTreeMap::new();
    let mut sets: BTreeMap<Site, u32> = BTreeMap::new();
    for block in &plan.blocks {
        block_keeps(request, demands, block)
            .map_err(|why| format!("{} {}: {why}", block.dose.technique, block.dose.side))?;
        for site in sites_of(block.dose.region, Some(block.dose.side)) {
            *pressed.entry(site).or_default() += seconds_of(&block.dose);
            *sets.entry(site).or_default() += u32::from(block.dose.sets);
        }
    }
    for (site, seconds) in pressed {
        let day = seconds + had_today(request, site);
        ensure(day <= u64::from(demands.sites[&site].seconds), || format!("{day} s on {site:?} today"))?;
        ensure(sets[&site] <= u32::from(demands.sites[&site].sets), || format!("{} sets on {site:?}", sets[&site]))?;
    }
    time_adds_up(request, plan)?;
    ensure(plan.objective >= 0.0 && plan.objective.is_finite(), || format!("objective {}", plan.objective))?;
    left_out_says_why(request, plan)
}

/// A design whose first way is this.
fn of_one_way(technique: String, seconds: u32, felt: Option<u8>, side: Side) -> ExperimentDesigned {
    let name = |text: &str| Name::new(text).unwrap();
    let roll = RollArm { technique, seconds: Seconds::new(seconds), felt: felt.map(Felt::of), timing: None };
    ExperimentDesigned {
        experiment: "e".into(),
        question: None,
        name: name("a question"),
        arms: [
            ExperimentArm { label: name("roll"), roll: Some(roll) },
            ExperimentArm { label: name("rest"), roll: None },
        ],
        side,
        outcome: ExperimentOutcome {
            measure: "wblt_cm".into(),
            side: Some(Side::Right),
            region: None,
            trials: Trials::ONE,
            minutes_after: MinutesAfter::new(5).unwrap(),
        },
        worth_having: WorthHaving::new(1.0).unwrap(),
        wash_out_hours: WashOutHours::new(3).unwrap(),
        session_seconds: Seconds::new(120),
        blocks: Blocks::new(8).unwrap(),
        spread: Spread::new(1.0).unwrap(),
        certainty: Certainty::new(0.9).unwrap(),
        seed: Seed::new(1),
        model: MODEL.into(),
    }
}

fn seconds_of(dose: &Dose) -> u64 {
    u64::from(dose.sets) * u64::from(dose.seconds_per_set)
}

fn block_keeps(request: &PlanRequest, demands: &Demands, block: &BlockView) -> Result<(), String> {
    let dose = &block.dose;
    let technique = &knowledge().techniques[&dose.technique];
    ensure(dose.region == technique.region && dose.tool == technique.tool, || "another region or tool".to_owned())?;
    ensure(sides_of(technique).contains(&dose.side), || "a side it cannot press".to_owned())?;
    ensure(request.tools.contains(&dose.tool), || "a tool that is not at hand".to_owned())?;
    let places = request.places.clone().unwrap_or(PLACES.to_vec());
    ensure(places.contains(&technique.place), || "a place that is not at hand".to_owned())?;
    ensure(technique.postures.iter().all(|posture| !request.no.contains(posture)), || {
        "a posture ruled out".to_owned()
    })?;
    ensure(!request.first_session || technique.level != Level::Caution, || "not in a first session".to_owned())?;
    ensure((1..=3).contains(&dose.sets) && dose.seconds_per_set > 0, || "no sets or too many".to_owned())?;
    ensure(dose.seconds_per_set <= technique.dose.seconds_per_set, || {
        "a longer set than the catalogue's".to_owned()
    })?;
    ensure(dose.sets <= technique.dose.sets, || "more sets than the catalogue's".to_owned())?;
    moves_or_holds(technique, block)?;
    felt_keeps(technique, dose)?;
    for site in presses(technique, dose.side) {
        site_keeps(request, demands, block, site).map_err(|why| format!("{why} on {site:?}"))?;
    }
    ensure(block.force_newtons.low <= block.force_newtons.high, || "a force upside down".to_owned())?;
    let said = block.why.iter().all(|why| !why.text.is_empty() && !why.text.contains('{'));
    ensure(said && !block.why.is_empty() && !block.sources.is_empty(), || "no reason or no source".to_owned())
}

fn moves_or_holds(technique: &Technique, block: &BlockView) -> Result<(), String> {
    let dose = &block.dose;
    match technique.motion.kind {
        MotionKind::Strokes => ensure(dose.hold_seconds.is_none() && dose.seconds_per_pass >= Some(1), || {
            "a stroke that holds".to_owned()
        }),
        _ => ensure(dose.seconds_per_pass.is_none() && (Some(1)..=Some(30)).contains(&dose.hold_seconds), || {
            format!("a hold of {:?}", dose.hold_seconds)
        }),
    }
}

fn felt_keeps(technique: &Technique, dose: &Dose) -> Result<(), String> {
    let (mut target, mut cap) = (4, 6);
    if technique.level == Level::Caution {
        (target, cap) = (3, 4);
    }
    let light = |id: &String| matches!(knowledge().zones[id].level, ZoneLevel::LightOnly | ZoneLevel::Debate);
    if technique.works_in.iter().any(light) {
        (target, cap) = (3, 3);
    }
    let most = technique.felt_max.unwrap_or(10);
    let (target, cap) = (most.min(target), most.min(cap));
    ensure(dose.felt_target.get() <= target && dose.felt_cap.get() <= cap, || {
        format!("felt {} and {}, more than {target} and {cap}", dose.felt_target, dose.felt_cap)
    })?;
    ensure(dose.felt_target <= dose.felt_cap, || "a target above the cap".to_owned())
}

fn site_keeps(request: &PlanRequest, demands: &Demands, block: &BlockView, site: Site) -> Result<(), String> {
    let here = &demands.sites[&site];
    let dose = &block.dose;
    let technique = &knowledge().techniques[&dose.technique];
    ensure(!here.blocked, || "blocked".to_owned())?;
    ensure(!request.avoid.contains(&site.region), || "asked to leave out".to_owned())?;
    ensure(dose.felt_target.get() <= here.felt_target, || format!("felt target {}", dose.felt_target))?;
    ensure(dose.felt_cap.get() <= here.felt_cap, || format!("felt cap {}", dose.felt_cap))?;
    ensure(dose.sets <= here.sets, || format!("{} sets", dose.sets))?;
    ensure(seconds_of(dose) <= u64::from(here.seconds), || format!("{} s", seconds_of(dose)))?;
    ensure(here.vibration || dose.tool != ToolId::VibratingRoller, || "vibration".to_owned())?;
    ensure(!here.tools_excluded.contains(&dose.tool), || format!("{}", dose.tool))?;
    let firmness = request.tool_firmness.get(&dose.tool).copied().unwrap_or(Firmness::Hard);
    let most = here.firmness_at_most.get(&dose.tool).copied().unwrap_or(Firmness::Hard);
    ensure(firmness <= most, || format!("a {firmness:?} {}", dose.tool))?;
    ensure(here.places.contains(&technique.place), || format!("{:?}", technique.place))?;
    let moves = technique.motion.kind == MotionKind::PinAndMove || block.active_movement.is_some();
    ensure(here.joint_movement || !moves, || "a joint moved under pressure".to_owned())
}

/// The whole is the sum of set-ups, lead-ins, spans and switches, and no longer than was asked.
fn time_adds_up(request: &PlanRequest, plan: &PlanView) -> Result<(), String> {
    let costs = &knowledge().planning.time;
    let mut total = 0;
    let mut before: Option<(&String, Side, (ToolId, &String))> = None;
    for block in &plan.blocks {
        let dose = &block.dose;
        let station = (dose.tool, &knowledge().techniques[&dose.technique].station);
        total += match before {
            Some((technique, side, _)) if *technique == dose.technique && side != dose.side => {
                costs.side_switch_seconds
            }
            Some((_, _, last)) if last == station => costs.placing_seconds,
            _ => costs.station_setup_seconds + costs.placing_seconds,
        };
        total += costs.lead_in_seconds;
        total += u32::from(dose.sets) * dose.seconds_per_set + u32::from(dose.sets - 1) * dose.rest_seconds;
        before = Some((&dose.technique, dose.side, station));
    }
    ensure(plan.seconds_total == total, || format!("{} s in all, not {total}", plan.seconds_total))?;
    ensure(total <= u32::from(request.minutes.get()) * 60, || format!("{total} s in {} min", request.minutes.get()))?;
    let pressure: u64 = plan.blocks.iter().map(|block| seconds_of(&block.dose)).sum();
    ensure(u64::from(plan.seconds_pressure) == pressure, || format!("{} s of pressure", plan.seconds_pressure))
}

/// Each of today's places is in the plan or is said to be left out, once, with a sentence.
fn left_out_says_why(request: &PlanRequest, plan: &PlanView) -> Result<(), String> {
    let blocks = plan.blocks.iter().flat_map(|block| sites_of(block.dose.region, Some(block.dose.side)));
    let done: BTreeSet<Site> = blocks.collect();
    let mut left = BTreeSet::new();
    for out in &plan.left_out {
        ensure(!out.why.is_empty() && !out.why.contains('{'), || format!("{}: {:?}", out.region, out.why))?;
        for site in sites_of(out.region, Some(out.side)) {
            ensure(left.insert(site) && !done.contains(&site), || format!("{site:?} is left out twice, or done"))?;
        }
    }
    let wanted: BTreeSet<Site> = places_today(knowledge(), request).difference(&done).copied().collect();
    ensure(left == wanted, || format!("left out {left:?}, not {wanted:?}"))
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

// ---- a clearance beside what is demanded

#[derive(Debug, PartialEq)]
struct Limits {
    blocked: bool,
    felt_target: u8,
    felt_cap: u8,
    seconds: u32,
    sets: u8,
    vibration: bool,
    joint_movement: bool,
    /// How hard each tool may be; none where it may not be used.
    tools: Vec<Option<Firmness>>,
    places: Vec<bool>,
}

const FIRMNESS: [Firmness; 3] = [Firmness::Hard, Firmness::Medium, Firmness::Soft];

fn limits_at(clearance: &Clearance, site: Site) -> Limits {
    let here = clearance.at(site);
    Limits {
        blocked: here.blocked,
        felt_target: here.felt_target.min(here.felt_cap).get(),
        felt_cap: here.felt_cap.get(),
        seconds: here.seconds_per_day.min(here.seconds_per_session).get(),
        sets: here.sets,
        vibration: here.vibration,
        joint_movement: here.pin_and_move,
        tools: ToolId::ALL.map(|tool| FIRMNESS.into_iter().find(|&f| here.tools.allows(tool, Some(f)))).to_vec(),
        places: PLACES.map(|place| here.place(place)).to_vec(),
    }
}

fn comparable(demands: &Demands, site: Site) -> Limits {
    let here = &demands.sites[&site];
    let most = |tool: ToolId| {
        let allowed = !here.tools_excluded.contains(&tool);
        allowed.then(|| here.firmness_at_most.get(&tool).copied().unwrap_or(Firmness::Hard))
    };
    Limits {
        blocked: here.blocked,
        felt_target: here.felt_target.min(here.felt_cap),
        felt_cap: here.felt_cap,
        seconds: here.seconds,
        sets: here.sets,
        vibration: here.vibration,
        joint_movement: here.joint_movement,
        tools: ToolId::ALL.map(most).to_vec(),
        places: PLACES.map(|place| here.places.contains(&place)).to_vec(),
    }
}

fn judged(request: &PlanRequest) -> supple_core::gate::Judgement {
    judge(knowledge(), &Assessment::from_request(request, knowledge()).unwrap())
}

// ---- taking something away

/// Everything that decides how much is allowed, before and after a change.
struct Outcome {
    rank: u8,
    allowed: BTreeMap<(&'static String, Side), Allowance>,
    objective: i64,
}

impl Outcome {
    fn of(request: &PlanRequest) -> Self {
        let assessment = Assessment::from_request(request, knowledge()).unwrap();
        let (judgement, plan) = decide(knowledge(), &assessment);
        let answer: PlanAnswer = answer(knowledge(), request).unwrap();
        let mut allowed = BTreeMap::new();
        if let Some(clearance) = judgement.verdict.clearance() {
            for (id, technique) in &knowledge().techniques {
                for &side in sides_of(technique) {
                    if let Ok(most) = clearance.allowance(knowledge(), technique, side) {
                        allowed.insert((id, side), most);
                    }
                }
            }
        }
        let rank = match answer.verdict {
            VerdictName::Clear => 0,
            VerdictName::Modify => 1,
            VerdictName::Hold | VerdictName::Refer => 2,
        };
        Self { rank, allowed, objective: plan.map_or(0, |plan| plan.objective_micro) }
    }
}

/// Whether the first allows nothing that the second does not.
pub fn within(most: &Allowance, was: &Allowance) -> bool {
    most.felt_target <= was.felt_target
        && most.felt_cap <= was.felt_cap
        && most.seconds <= was.seconds
        && most.seconds_per_set <= was.seconds_per_set
        && most.sets <= was.sets
        && (was.active_movement || !most.active_movement)
}

/// A change that can only take away.
#[derive(Debug, Clone)]
pub enum Change {
    Yes(String, Option<Side>, Vec<Area>, bool),
    NotSure(String),
    AnswerRemoved,
    AgreementRemoved,
    SideRemoved,
    DayRemoved,
    DefaultRemoved,
    DefaultYes,
    FirstSession,
    AdultGone,
    Younger,
    Older,
    Avoid(RegionId),
    Sorer(RegionId, Side, u8),
    Pressed(RegionId, Side, u32),
    ToolGone,
    ToolUnknown,
    PlaceGone(Place),
    Posture(Posture),
    LessTime,
}

pub fn change() -> impl Strategy<Value = Change> {
    let region = || select(RegionId::ALL.to_vec());
    let side = || select(vec![Side::Left, Side::Right, Side::Both]);
    let area = (region(), side()).prop_map(|(region, side)| Area { region, side: Some(side) });
    prop_oneof![
        8 => (caution_id(), proptest::option::of(side()), proptest::collection::vec(area, 0..3), any::<bool>())
            .prop_map(|(id, side, areas, agreed)| Change::Yes(id, side, areas, agreed)),
        5 => caution_id().prop_map(Change::NotSure),
        4 => Just(Change::AnswerRemoved),
        3 => Just(Change::AgreementRemoved),
        2 => Just(Change::SideRemoved),
        1 => Just(Change::DayRemoved),
        1 => Just(Change::DefaultRemoved),
        1 => Just(Change::DefaultYes),
        2 => Just(Change::FirstSession),
        1 => Just(Change::AdultGone),
        1 => Just(Change::Younger),
        1 => Just(Change::Older),
        2 => region().prop_map(Change::Avoid),
        2 => (region(), side(), 0_u8..=10).prop_map(|(region, side, felt)| Change::Sorer(region, side, felt)),
        2 => (region(), side(), 0_u32..=130).prop_map(|(region, side, seconds)| Change::Pressed(region, side, seconds)),
        1 => Just(Change::ToolGone),
        1 => Just(Change::ToolUnknown),
        1 => select(PLACES.to_vec()).prop_map(Change::PlaceGone),
        1 => select(vec![Posture::Kneeling, Posture::WeightOnHands, Posture::LyingOnBack]).prop_map(Change::Posture),
        1 => Just(Change::LessTime),
    ]
}

impl Change {
    /// The request with something taken away; none where there is nothing to take.
    pub fn applied(&self, request: &PlanRequest, at: Index) -> Option<PlanRequest> {
        let mut r = request.clone();
        let given: Vec<String> = r.screen.answers.keys().cloned().collect();
        let one = |ids: &[String]| (!ids.is_empty()).then(|| ids[at.index(ids.len())].clone());
        match self.clone() {
            Self::Yes(id, side, areas, agreed) => {
                let was_no = match r.screen.answers.get(&id) {
                    Some(given) => given.answer == Answer::No,
                    None => r.screen.default == Some(Answer::No),
                };
                if !was_no {
                    return None;
                }
                let before = r.screen.answers.get(&id).cloned().unwrap_or(bare(Answer::No));
                let area_no =
                    knowledge().cautions[&id].scope == Scope::MarkedArea && r.screen.default != Some(Answer::No);
                // A no about some places turned into a yes about others would free the first, and an agreement about
                // others would open those: the places and the side stay.
                let (side, areas) = if area_no { (before.side, before.areas) } else { (side, areas) };
                let clinician_agreed_on = agreed.then(|| days_before(&r.now, 20));
                r.screen.answers.insert(id, AnswerGiven { side, areas, clinician_agreed_on, ..bare(Answer::Yes) });
            }
            Self::NotSure(id) => {
                let before = r.screen.answers.get(&id).cloned().unwrap_or(bare(Answer::No));
                r.screen.answers.insert(id, AnswerGiven { answer: Answer::Unknown, ..before });
            }
            Self::AnswerRemoved => {
                // With a default of no, an answer removed is a no.
                let id = one(&given).filter(|_| r.screen.default != Some(Answer::No))?;
                r.screen.answers.remove(&id);
            }
            Self::AgreementRemoved => {
                let agreed: Vec<String> =
                    given.into_iter().filter(|id| r.screen.answers[id].clinician_agreed_on.is_some()).collect();
                r.screen.answers.get_mut(&one(&agreed)?)?.clinician_agreed_on = None;
            }
            Self::SideRemoved => {
                // Of a yes or a "not sure"; a no, or an agreement on areas, without a side is one for both.
                let of_both = |id: &String| {
                    let given = &r.screen.answers[id];
                    given.answer == Answer::No
                        || (knowledge().cautions[id].scope == Scope::MarkedArea
                            && given.clinician_agreed_on.is_some())
                };
                let sided: Vec<String> = given.into_iter().filter(|id| !of_both(id)).collect();
                r.screen.answers.get_mut(&one(&sided)?)?.side = None;
            }
            Self::DayRemoved => r.screen.answers.get_mut(&one(&given)?)?.since = None,
            // Of a no: a yes taken back takes its limits back.
            Self::DefaultRemoved => {
                r.screen.default.filter(|&default| default == Answer::No)?;
                r.screen.default = None;
            }
            Self::DefaultYes => r.screen.default = Some(Answer::Yes),
            Self::FirstSession => r.first_session = true,
            Self::AdultGone => r.person.adult_present = false,
            Self::Younger | Self::Older => {
                let years = if matches!(self, Self::Younger) { 15 } else { 75 };
                // Of an adult under 60, so that another age only takes away.
                r.person.age_years.filter(|age| (18..60).contains(&age.get()))?;
                r.person.age_years = AgeYears::new(years).ok();
            }
            Self::Avoid(region) => r.avoid.push(region),
            Self::Sorer(region, side, felt) => {
                r.soreness.push(Soreness { region, side: Some(side), felt: Felt::of(felt) });
            }
            Self::Pressed(region, side, seconds) => {
                r.pressure_seconds_today.push(PressureToday { region, side: Some(side), seconds });
            }
            Self::ToolGone => {
                let gone = *r.tools.get(at.index(r.tools.len().max(1)))?;
                r.tools.retain(|&tool| tool != gone);
            }
            Self::ToolUnknown => r.tool_firmness.clear(),
            Self::PlaceGone(place) => {
                r.places = Some(r.places.unwrap_or(PLACES.to_vec()).into_iter().filter(|&p| p != place).collect());
            }
            Self::Posture(posture) => r.no.push(posture),
            Self::LessTime => {
                r.minutes = SessionMinutes::new(r.minutes.get() - 1).ok()?;
            }
        }
        Some(r)
    }
}

/// The laws are only worth something if enough of the requests lead to plans, of every kind.
#[test]
fn the_requests_are_of_every_kind() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut verdicts: BTreeMap<VerdictName, u32> = BTreeMap::new();
    let (mut blocks, mut with_blocks) = (0, 0);
    for _ in 0..1000 {
        let request = request().new_tree(&mut runner).unwrap().current();
        let answer = answer(knowledge(), &request).unwrap();
        *verdicts.entry(answer.verdict).or_default() += 1;
        let number = answer.plan.map_or(0, |plan| plan.blocks.len());
        blocks += number;
        with_blocks += usize::from(number > 0);
    }
    println!("{verdicts:?}; {with_blocks} plans with {blocks} blocks");
    assert!(verdicts.len() == 4 && verdicts.values().all(|&number| number >= 20), "{verdicts:?}");
    assert!(with_blocks >= 350 && blocks >= 1000, "{with_blocks} plans with {blocks} blocks");
}
