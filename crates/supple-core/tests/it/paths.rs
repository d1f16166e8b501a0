//! Paths for special times of life: laws over random answers, and whole people.

use crate::properties::cases;
use proptest::prelude::*;
use proptest::sample::select;
use supple_core::Zoned;
use supple_core::assess::{Assessment, asked_about, given};
use supple_core::body::{Area, Half, RegionId, Side, Site, SiteSet};
use supple_core::event::upcast::Entry;
use supple_core::event::{Answer, CheckedIn, EventBody, ProfileChanged, QuestionAnswered, Series, stamp};
use supple_core::gate::{Clearance, Verdict, judge};
use supple_core::knowledge::{Demand, Knowledge, PathOffer, Posture, Read, Scope, Sides, ToolId};
use supple_core::path::{Basis, Due, Now, Said, Standing, WordGiven, concerning, noticed, standing};
use supple_core::state::{State, fold};
use supple_core::unit::AgeYears;

// The engine has no global state; this is a test's, so that its world is made once and not for every case.
#[allow(clippy::disallowed_types)]
/// What is known, with every path offering every technique and move there is: the hardest case for the gate.
fn knowledge() -> &'static Knowledge {
    static WORLD: std::sync::OnceLock<Knowledge> = std::sync::OnceLock::new();
    WORLD.get_or_init(|| {
        let mut world = real().clone();
        let everything = PathOffer {
            title: "Everything".into(),
            why: String::new(),
            moves: world.moves.keys().cloned().collect(),
            techniques: world.techniques.keys().cloned().collect(),
            measures: Vec::new(),
            sources: Vec::new(),
            read: Read::OurJudgement,
        };
        for known in world.paths.values_mut() {
            known.offers.push(everything.clone());
        }
        world
    })
}

fn real() -> &'static Knowledge {
    supple_knowledge::embedded()
}

fn now() -> Zoned {
    "2026-11-22T18:00:00+01:00[Europe/Berlin]".parse().unwrap()
}

/// What happened, some seconds apart from ten in the morning on.
fn state(bodies: &[EventBody]) -> State {
    let start: Zoned = "2026-11-22T10:00:00+01:00[Europe/Berlin]".parse().unwrap();
    let at = |index: usize| start.checked_add(jiff::Span::new().seconds(20 * index as i64)).unwrap();
    let bodies: Vec<_> = bodies.iter().enumerate().map(|(index, body)| (at(index), body.clone())).collect();
    let series = Series { device: "phone", next_seq: 1, last_logical_ms: None };
    let events = stamp(series, bodies, |seq| format!("e{seq}"));
    fold(&events.into_iter().map(|event| Entry::Read(Box::new(event))).collect::<Vec<_>>())
}

fn clearance(state: &State) -> Option<Clearance> {
    let assessment = Assessment::from_state(real(), state, &now(), &CheckedIn::nothing_wished());
    judge(real(), &assessment).verdict.clearance().cloned()
}

fn rank(state: &State) -> u8 {
    match judge(real(), &Assessment::from_state(real(), state, &now(), &CheckedIn::nothing_wished())).verdict {
        Verdict::Clear(_) => 0,
        Verdict::Modify(_) => 1,
        Verdict::Hold => 2,
        Verdict::Refer => 3,
    }
}

fn said(id: &str, answer: Answer) -> QuestionAnswered {
    given(id, &real().cautions[id], answer, Vec::new())
}

fn everywhere() -> Vec<Area> {
    asked_about(real(), &RegionId::ALL)
}

/// Every question answered with no.
fn all_no() -> Vec<EventBody> {
    let no = |id: &String| {
        let marked = real().cautions[id].scope == Scope::MarkedArea;
        let areas = if marked { everywhere() } else { Vec::new() };
        EventBody::QuestionAnswered(QuestionAnswered { areas, ..said(id, Answer::No) })
    };
    real().cautions.keys().map(no).collect()
}

fn person(age: u8, adult_present: Option<bool>) -> EventBody {
    EventBody::ProfileChanged(ProfileChanged {
        age_years: AgeYears::new(age).ok(),
        adult_present,
        tools: Some(ToolId::ALL.to_vec()),
        tool_firmness: Some(ToolId::ALL.map(|tool| (tool, supple_core::knowledge::Firmness::Soft)).into()),
        ..ProfileChanged::default()
    })
}

/// Somebody of this age with these answers; every other one is no.
fn somebody(age: u8, answers: Vec<QuestionAnswered>) -> Vec<EventBody> {
    let mut bodies = vec![person(age, None)];
    bodies.extend(all_no());
    bodies.extend(answers.into_iter().map(EventBody::QuestionAnswered));
    bodies
}

fn on_left(id: &str) -> QuestionAnswered {
    QuestionAnswered { side: Some(Side::Left), ..said(id, Answer::Yes) }
}

fn on(path: &str, bodies: &[EventBody]) -> Standing<'static> {
    standing(real(), &state(bodies), &now(), None, path).unwrap()
}

/// Moves and techniques offered, with their sides.
fn offered(standing: &Standing<'_>) -> Vec<(String, Side)> {
    let moves = standing.offers.iter().flat_map(|offer| &offer.moves).map(|one| (one.id.to_owned(), one.dose.side));
    let techniques =
        standing.offers.iter().flat_map(|offer| &offer.techniques).map(|one| (one.id.to_owned(), one.side));
    moves.chain(techniques).collect()
}

fn has(standing: &Standing<'_>, id: &str, side: Side) -> bool {
    offered(standing).contains(&(id.to_owned(), side))
}

/// Answers that are mostly no, so that most people have a clearance, and some of anything.
fn answers() -> impl Strategy<Value = Vec<EventBody>> {
    let ids: Vec<&'static String> = real().cautions.keys().collect();
    // What a path asks comes up often.
    let asked: Vec<&'static String> =
        real().paths.values().flat_map(|path| &path.cards).flat_map(|card| &card.asks).collect();
    let one = (
        prop_oneof![1 => select(ids), 3 => select(asked)],
        select(vec![Answer::Yes, Answer::Yes, Answer::Unknown, Answer::No]),
        prop::option::of(select(vec![Side::Left, Side::Right, Side::Both])),
        prop::collection::vec(
            (select(RegionId::ALL.to_vec()), prop::option::of(select(vec![Side::Left, Side::Right]))),
            0..4,
        ),
        prop::option::of(0_i64..400),
    );
    let some = prop::collection::vec(one, 0..6);
    let start = (10_u8..90, any::<bool>(), prop::bool::weighted(0.9));
    (start, some).prop_map(|((age, adult, answered), some)| {
        let mut bodies = vec![person(age, Some(adult))];
        if answered {
            bodies.extend(all_no());
        }
        for (id, answer, side, areas, agreed) in some {
            let caution = &real().cautions[id];
            let marked = caution.scope == Scope::MarkedArea || !caution.marks.is_empty();
            let areas = areas.into_iter().map(|(region, side)| Area { region, side });
            let ago = |days: i64| now().date().checked_sub(jiff::ToSpan::days(days)).unwrap();
            bodies.push(EventBody::QuestionAnswered(QuestionAnswered {
                side: side.filter(|_| caution.scope == Scope::Side),
                areas: areas.filter(|_| marked).collect(),
                clinician_agreed_on: agreed.filter(|_| answer == Answer::Yes).map(ago),
                since: agreed.filter(|_| answer == Answer::Yes).map(|days| ago(days + 60)),
                ..said(id, answer)
            }));
        }
        bodies
    })
}

proptest! {
    #![proptest_config(cases(400))]

    /// Everything a path offers is admitted by the gate, nothing it allows is held back, and whoever has no clearance is
    /// offered nothing.
    #[test]
    fn a_path_offers_what_the_gate_admits_and_nothing_else(bodies in answers()) {
        let state = state(&bodies);
        let clearance = clearance(&state);
        for id in knowledge().paths.keys() {
            let standing = standing(knowledge(), &state, &now(), None, id).unwrap();
            prop_assert_eq!(standing.now == Now::Open, clearance.is_some());
            let Some(clearance) = &clearance else {
                prop_assert!(standing.offers.is_empty());
                continue;
            };
            for one in standing.offers.iter().flat_map(|offer| &offer.moves) {
                prop_assert!(clearance.allows_move_dose(real(), &one.dose), "{:?}", one.dose);
                let touched = one.known.sites(one.dose.side);
                prop_assert!(touched.into_iter().all(|site| !clearance.moves_at(site).closed), "{}", one.id);
            }
            for one in standing.offers.iter().flat_map(|offer| &offer.techniques) {
                prop_assert_eq!(clearance.allowance(real(), one.known, one.side).ok(), Some(one.most));
                let pressed = one.known.touches.iter().chain([&one.known.region]);
                let mut pressed = pressed.flat_map(|region| Site::of(*region, one.side));
                prop_assert!(pressed.all(|site| !clearance.at(site).blocked), "{}", one.id);
            }
            let everything = standing.offers.last().unwrap();
            let sides = |of| match of {
                Sides::OneAtATime => vec![Side::Left, Side::Right],
                Sides::Together => vec![Side::Both],
                Sides::Midline => vec![Side::Midline],
            };
            let allowed = real().moves.iter().flat_map(|(id, known)| sides(known.sides).into_iter().map(move |side| (id, side)));
            let allowed = allowed.filter(|(id, side)| clearance.allows_move(real(), id, *side).is_ok()).count();
            prop_assert_eq!(everything.moves.len(), allowed);
            // What is left out is told, each once.
            let all: usize = real().moves.values().map(|known| sides(known.sides).len()).sum::<usize>()
                + real().techniques.values().map(|known| sides(known.sides).len()).sum::<usize>();
            prop_assert_eq!(everything.moves.len() + everything.techniques.len() + everything.left_out.len(), all);
        }
    }

    /// What is shown as closed is what the gate closes: all of it where there is a clearance, and none of it is offered.
    #[test]
    fn what_a_path_shows_as_closed_is_what_the_gate_closes(bodies in answers()) {
        let state = state(&bodies);
        let clearance = clearance(&state);
        for id in real().paths.keys() {
            let standing = standing(real(), &state, &now(), None, id).unwrap();
            let off = &standing.off_limits;
            match &clearance {
                Some(clearance) => {
                    prop_assert_eq!(off.basis, Basis::Today);
                    let press: SiteSet = Site::all().filter(|site| clearance.at(*site).blocked).collect();
                    let moves: SiteSet = Site::all().filter(|site| clearance.moves_at(*site).closed).collect();
                    prop_assert_eq!((off.press(), off.moves()), (press, moves));
                }
                None => prop_assert!(off.basis != Basis::Today),
            }
        }
    }

    /// An answer to a watch opens nothing: not the verdict, not a place, not a move, not a second of pressure. A *no*
    /// leaves the gate as it was.
    #[test]
    fn a_watch_opens_nothing(
        bodies in answers(),
        which in any::<prop::sample::Index>(),
        answer in select(vec![Answer::Yes, Answer::No, Answer::Unknown]),
        side in prop::option::of(select(vec![Side::Left, Side::Right, Side::Both])),
    ) {
        let watches: Vec<(&String, &str)> = real()
            .paths
            .iter()
            .flat_map(|(id, path)| path.watches.iter().map(move |watch| (id, watch.id.as_str())))
            .collect();
        let (path, watch) = watches[which.index(watches.len())];
        let before = state(&bodies);
        let more = noticed(real(), &before, &now(), (path, watch), (answer, side)).unwrap();
        let after = state(&bodies.iter().cloned().chain(more.iter().cloned()).collect::<Vec<_>>());
        prop_assert!(rank(&after) >= rank(&before));
        if answer == Answer::No {
            prop_assert_eq!(more.len(), 1, "a no is no answer to the screen");
            prop_assert_eq!(&before.answers, &after.answers);
        }
        if let (Some(before), Some(after)) = (clearance(&before), clearance(&after)) {
            for site in Site::all() {
                prop_assert!(after.at(site).blocked || !before.at(site).blocked, "{:?}", site);
                prop_assert!(after.moves_at(site).closed || !before.moves_at(site).closed, "{:?}", site);
                prop_assert!(after.at(site).felt_cap <= before.at(site).felt_cap);
                prop_assert!(after.at(site).seconds_per_day <= before.at(site).seconds_per_day);
                prop_assert!(before.at(site).vibration || !after.at(site).vibration);
                for demand in Demand::ALL {
                    prop_assert!(after.moves_at(site).excludes(demand) || !before.moves_at(site).excludes(demand));
                }
            }
        }
    }
}

/// After breast cancer: nodes removed on the left, radiotherapy to chest and side of the back three months ago. Her
/// nurse agreed to rolling in general, and nobody was asked about the left side yet.
fn after_breast_cancer() -> Vec<EventBody> {
    let agreed = Some("2026-11-02".parse().unwrap());
    let radiated = [RegionId::Pectorals, RegionId::Lats].map(|region| Area { region, side: Some(Side::Left) });
    let radiation = QuestionAnswered {
        areas: radiated.to_vec(),
        since: Some("2026-08-22".parse().unwrap()),
        ..said("sp_radiation", Answer::Yes)
    };
    somebody(
        52,
        vec![
            QuestionAnswered { clinician_agreed_on: agreed, ..said("rf_cancer", Answer::Yes) },
            on_left("sp_breast_nodes"),
            radiation,
        ],
    )
}

#[test]
fn after_breast_cancer_the_treated_side_is_closed_and_the_legs_are_open() {
    let standing = on("after_breast_cancer", &after_breast_cancer());
    assert!(standing.concerns && standing.now == Now::Open && standing.open_questions() == 0);
    let press = standing.off_limits.press();
    let site = |region, half| Site::new(region, half);
    for region in [RegionId::Pectorals, RegionId::Triceps, RegionId::ForearmFlexors, RegionId::RhomboidsMidTrap] {
        assert!(press.contains(site(region, Half::Left)) && !press.contains(site(region, Half::Right)), "{region}");
    }
    assert!(!press.contains(site(RegionId::Calf, Half::Left)), "legs are open");
    // Radiated tissue waits altogether; the rest of the arm may be moved gently.
    let moves = standing.off_limits.moves();
    assert!(moves.contains(site(RegionId::Pectorals, Half::Left)));
    assert!(!moves.contains(site(RegionId::Triceps, Half::Left)));

    for (id, side) in [
        ("belly_breathing", Side::Midline),
        ("ankle_circles", Side::Left),
        ("sit_to_stand", Side::Both),
        ("calf_stick", Side::Left),
        ("calf_stick", Side::Right),
        ("band_external_rotation", Side::Right),
        ("postshoulder_wall_ball", Side::Right),
        ("shoulder_pendulum", Side::Right),
    ] {
        assert!(has(&standing, id, side), "{id} {side}");
    }
    for (id, side) in [
        ("band_external_rotation", Side::Left),
        ("postshoulder_wall_ball", Side::Left),
        ("forearm_flexor_stick", Side::Left),
        ("shoulder_pendulum", Side::Left),
        ("arm_raise_with_stick", Side::Both),
    ] {
        assert!(!has(&standing, id, side), "{id} {side}");
        let left = standing.offers.iter().flat_map(|offer| &offer.left_out).find(|l| l.id == id && l.side == side);
        assert!(left.is_some_and(|left| left.by.is_some()), "{id} is told with what stands behind it");
    }
    let word = |id: &str| standing.clinician.iter().find(|word| word.caution == id).map(|word| word.given);
    assert_eq!(word("sp_breast_nodes"), Some(WordGiven::Needed));
    assert_eq!(word("sp_radiation"), Some(WordGiven::Needed));
    assert_eq!(word("rf_cancer"), Some(WordGiven::Counts("2026-11-02".parse().unwrap())));
    assert!(!standing.offers.iter().flat_map(|o| &o.techniques).any(|t| real().tools[&t.known.tool].vibrates));
}

#[test]
fn a_swelling_closes_the_side_at_once_and_no_swelling_changes_nothing() {
    let bodies = after_breast_cancer();
    let swelling = |bodies: &[EventBody]| {
        let standing = on("after_breast_cancer", bodies);
        standing.watches.iter().find(|watch| watch.known.id == "swelling").unwrap().due
    };
    assert_eq!(swelling(&bodies), Due::Now);
    let answer = |bodies: &[EventBody], answer, side| {
        let watch = ("after_breast_cancer", "swelling");
        let more = noticed(real(), &state(bodies), &now(), watch, (answer, side)).unwrap();
        bodies.iter().cloned().chain(more).collect::<Vec<_>>()
    };
    let fine = answer(&bodies, Answer::No, None);
    assert_eq!(swelling(&fine), Due::On("2026-11-29".parse().unwrap()));
    let (before, after) = (on("after_breast_cancer", &bodies), on("after_breast_cancer", &fine));
    assert_eq!(offered(&before), offered(&after));

    let swollen = answer(&bodies, Answer::Yes, Some(Side::Left));
    let standing = on("after_breast_cancer", &swollen);
    assert!(!has(&standing, "calf_stick", Side::Left) && has(&standing, "calf_stick", Side::Right));
    assert!(!has(&standing, "ankle_circles", Side::Left) && has(&standing, "ankle_circles", Side::Right));
    let needed = standing.clinician.iter().any(|w| w.caution == "sp_lymphedema" && w.given == WordGiven::Needed);
    assert!(needed, "their word is asked for");
    // The other arm, a week later: both sides are closed, the first is not opened by it.
    let both = on("after_breast_cancer", &answer(&swollen, Answer::Yes, Some(Side::Right)));
    assert!(!has(&both, "ankle_circles", Side::Left) && !has(&both, "ankle_circles", Side::Right));
}

#[test]
fn without_a_clinicians_word_on_cancer_nothing_is_offered_and_the_map_says_what_stays_closed() {
    let bodies = somebody(52, vec![said("rf_cancer", Answer::Yes), on_left("sp_breast_nodes")]);
    let standing = on("after_breast_cancer", &bodies);
    assert_eq!(standing.now, Now::NotYet);
    assert!(standing.offers.is_empty());
    assert_eq!(standing.holding.iter().map(|reason| reason.id.as_str()).collect::<Vec<_>>(), ["rf_cancer"]);
    assert_eq!(standing.off_limits.basis, Basis::AtLeast);
    assert!(standing.off_limits.press().contains(Site::new(RegionId::Pectorals, Half::Left)));
    assert!(!standing.off_limits.press().contains(Site::new(RegionId::Calf, Half::Left)));
}

#[test]
fn who_answered_nothing_has_open_questions_and_no_offer() {
    let standing = on("after_breast_cancer", &[person(52, None)]);
    assert!(!standing.concerns, "nobody is told that it is theirs");
    assert_eq!(standing.now, Now::Questions);
    assert!(standing.offers.is_empty());
    assert!(standing.cards.iter().flat_map(|card| &card.questions).all(|question| question.said == Said::Open));
    assert!(concerning(real(), &state(&[person(52, None)]), &now()).is_empty());
}

#[test]
fn pregnant_the_legs_are_not_pressed_and_may_move() {
    let standing = on("pregnancy", &somebody(31, vec![said("sp_pregnancy", Answer::Yes)]));
    assert!(standing.concerns && standing.now == Now::Open);
    let press = standing.off_limits.press();
    assert!(press.contains(Site::new(RegionId::Calf, Half::Left)));
    assert!(!standing.off_limits.moves().contains(Site::new(RegionId::Calf, Half::Left)));
    assert!(has(&standing, "heel_raise", Side::Both) && has(&standing, "rhomboid_wall_ball", Side::Left));
    let all = standing.offers.iter();
    for one in all.flat_map(|offer| &offer.moves) {
        assert!(!one.known.postures.contains(&Posture::LyingOnBack), "{}", one.id);
        assert!(one.dose.effort_max <= 5 && one.dose.hold_seconds.is_none_or(|hold| hold <= 30));
    }
    for one in standing.offers.iter().flat_map(|offer| &offer.techniques) {
        assert!(one.most.felt_cap.get() <= 3, "{}", one.id);
    }
    let word = standing.clinician.iter().find(|word| word.caution == "sp_pregnancy").unwrap();
    assert_eq!(word.given, WordGiven::OnlyAdvice, "asking is advised, and opens nothing");
}

#[test]
fn at_68_with_thin_bones_strength_is_offered_with_support_and_the_back_is_not_pressed() {
    let bodies = somebody(68, vec![said("sp_osteoporosis", Answer::Yes)]);
    let standing = on("thin_bones", &bodies);
    assert!(standing.concerns && standing.now == Now::Open);
    assert!(standing.off_limits.press().contains(Site::new(RegionId::ThoracicErectors, Half::Right)));
    assert!(has(&standing, "sit_to_stand", Side::Both) && has(&standing, "band_row", Side::Both));
    assert!(has(&standing, "calf_stick", Side::Left));
    let demands: Vec<Demand> = standing
        .offers
        .iter()
        .flat_map(|offer| &offer.moves)
        .flat_map(|one| one.known.demands.iter().copied())
        .collect();
    assert!(!demands.contains(&Demand::BackBentForward) && !demands.contains(&Demand::Balance));
    let paths: Vec<&str> = concerning(real(), &state(&bodies), &now()).into_iter().map(|(id, _)| id).collect();
    assert_eq!(paths, ["thin_bones", "over_60"]);
    let older = on("over_60", &bodies);
    assert!(!has(&older, "single_leg_balance", Side::Left), "balance waits for a clinician");
    let without_the_bones = on("over_60", &somebody(68, Vec::new()));
    let balance = without_the_bones.offers.iter().flat_map(|o| &o.moves).find(|m| m.id == "single_leg_balance");
    assert!(balance.is_some_and(|one| one.limits.with_support), "a hand on something firm from 60 on");
}

#[test]
fn a_hypermobile_dancer_is_offered_strength_and_no_end_of_range() {
    let standing = on("hypermobile", &somebody(24, vec![said("sp_hypermobility", Answer::Yes)]));
    assert!(standing.concerns && standing.now == Now::Open);
    assert!(has(&standing, "band_row", Side::Both) && has(&standing, "clamshell", Side::Left));
    for one in standing.offers.iter().flat_map(|offer| &offer.moves) {
        assert!(!one.known.demands.contains(&Demand::EndRange), "{}", one.id);
    }
    for one in standing.offers.iter().flat_map(|offer| &offer.techniques) {
        assert!(one.most.felt_cap.get() <= 3 && one.most.seconds.get() <= 30 && !one.most.active_movement);
    }
}

#[test]
fn at_12_an_adult_has_to_be_there_and_at_11_nothing_is_offered() {
    let with = |age: u8, adult: bool| {
        let mut bodies = vec![person(age, Some(adult))];
        bodies.extend(all_no());
        on("from_12_to_17", &bodies)
    };
    let alone = with(12, false);
    assert!(alone.concerns && alone.now == Now::NotYet && alone.offers.is_empty());
    assert_eq!(alone.holding[0].id, "age_adult_present");
    let together = with(12, true);
    assert_eq!(together.now, Now::Open);
    assert!(has(&together, "bridge", Side::Both) && has(&together, "calf_roller", Side::Left));
    for one in together.offers.iter().flat_map(|offer| &offer.techniques) {
        assert!(one.most.felt_cap.get() <= 4 && one.most.seconds.get() <= 30, "{}", one.id);
    }
    for one in together.offers.iter().flat_map(|offer| &offer.moves) {
        assert!(!one.known.demands.contains(&Demand::HardEffort) && one.dose.effort_max <= 6, "{}", one.id);
    }
    let too_young = with(11, true);
    assert!(!too_young.concerns && too_young.offers.is_empty());
}

/// Everything a path names is open to somebody for whom it is: who said yes to what leads there, on the left where a side
/// is asked, with a clinician's word, and no to the rest. What nobody of them could do is a promise that is never kept.
#[test]
fn everything_a_path_names_is_open_to_somebody_whom_it_is_for() {
    let mut promises = Vec::new();
    for (id, known) in &real().paths {
        let age = known.ages.map_or(45, |ages| ages.from);
        let agreed = Some("2026-11-20".parse().unwrap());
        let leads = known.shown_by.first().filter(|_| known.ages.is_none()).map(|id| QuestionAnswered {
            side: (real().cautions[id].scope == Scope::Side).then_some(Side::Left),
            clinician_agreed_on: agreed,
            ..said(id, Answer::Yes)
        });
        let mut bodies = vec![person(age, Some(true))];
        bodies.extend(all_no());
        bodies.extend(leads.into_iter().map(EventBody::QuestionAnswered));
        let standing = on(id, &bodies);
        assert!(standing.concerns, "{id}");
        for offer in &standing.offers {
            let moves = offer.moves.iter().map(|one| one.id);
            let techniques = offer.techniques.iter().map(|one| one.id);
            let open: Vec<&str> = moves.chain(techniques).chain(offer.measures.iter().map(|one| one.id)).collect();
            let measures = offer.known.measures.iter().map(|measure| &measure.id);
            for named in offer.known.moves.iter().chain(&offer.known.techniques).chain(measures) {
                let why: Vec<_> =
                    offer.left_out.iter().filter(|left| left.id == named).map(|left| left.why).collect();
                if !open.contains(&named.as_str()) {
                    promises.push(format!("{id}: {named}: {why:?}"));
                }
            }
        }
    }
    assert!(promises.is_empty(), "open to nobody:\n{}", promises.join("\n"));
}
