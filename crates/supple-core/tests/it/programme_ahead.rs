//! Weeks made from a person's own log: what will likely be too sore moves, and without a training nothing changes.

use crate::requests::knowledge;
use jiff::civil::Date;
use jiff::{SignedDuration, Zoned};
use supple_core::assess::Assessment;
use supple_core::body::{Half, RegionId, Site};
use supple_core::contract::PlanRequest;
use supple_core::contract::programme::{ProgrammeRequest, answer_programme};
use supple_core::event::{CheckedIn, Soreness, Trained};
use supple_core::knowledge::Goal;
use supple_core::programme::{
    Ahead, Change, Detail, Item, Person, Programme, Progress, Running, Training, TrainingKind, Wishes, details, make,
    replan,
};
use supple_core::state::{State, Timed, Training as Logged};
use supple_core::unit::{Felt, Metres, SessionMinutes, TrainingSeconds};

const THIGH: Site = Site { region: RegionId::RectusFemoris, half: Half::Left };

/// Monday, 23 Nov 2026, in the morning.
fn now() -> Zoned {
    "2026-11-23T07:00:00[Europe/Berlin]".parse().expect("a time")
}

fn before(days: i64, hour: i64) -> Zoned {
    now().checked_sub(SignedDuration::from_hours(24 * days + 7 - hour)).expect("in range")
}

/// Four weeks of evening check-ins; every fifth day a run with a long way down that leaves the thighs at 9 of 10 for two
/// days. The last one was yesterday evening, if at all.
fn downhill(yesterday: bool) -> State {
    let mut state = State::default();
    for ago in (0..=26).rev() {
        let runs = ago % 5 == 1 && (ago > 1 || yesterday);
        if runs {
            let what = Trained {
                start: before(ago, 17),
                seconds: TrainingSeconds::new(90 * 60).expect("in range"),
                sport: "running".into(),
                name: None,
                effort: Some(Felt::of(9)),
                unusual: Some(true),
                exercises: Vec::new(),
                distance: None,
                ascent: None,
                descent: Some(Metres::new(900).expect("in range")),
                rolled: Vec::new(),
                source: None,
            };
            state.trainings.push(Logged { id: format!("t{ago}"), at: what.start.clone(), what, also: Vec::new() });
        }
        if ago == 0 {
            break;
        }
        let since = [0, 9, 9, 4, 0][usize::try_from((26 - ago) % 5).expect("in range")];
        let soreness = match since {
            0 => Vec::new(),
            felt => [RegionId::RectusFemoris, RegionId::VastusLateralis]
                .map(|region| Soreness { region, side: None, felt: Felt::of(felt) })
                .to_vec(),
        };
        let what = CheckedIn {
            goal: Goal::Mobility,
            minutes: SessionMinutes::new(10).expect("in range"),
            soreness,
            tight: Vec::new(),
            wants: Vec::new(),
            avoid: Vec::new(),
        };
        state.check_ins.push(Timed { at: before(ago, 20), id: format!("c{ago}"), what });
    }
    state
}

/// Seven days with time; front of thigh and the broad muscle of the back.
fn request(goal: &str) -> ProgrammeRequest {
    let days: Vec<serde_json::Value> =
        (23..=29).map(|day| serde_json::json!({ "date": format!("2026-11-{day}"), "minutes": 25 })).collect();
    let value = serde_json::json!({
        "now": "2026-11-23T07:00:00+01:00[Europe/Berlin]",
        "goals": [goal], "weeks": 1, "days": days,
        "wants": ["rectus_femoris", "lats"],
        "tools": ["foam_roller"], "person": { "age_years": 30 }, "first_session": false,
        "screen": { "default": "no" },
    });
    serde_json::from_value(value).expect("a request")
}

fn assessment() -> Assessment {
    let value = serde_json::json!({
        "now": "2026-11-23T07:00:00+01:00[Europe/Berlin]", "goal": "mobility", "minutes": 20,
        "tools": ["foam_roller"], "person": { "age_years": 30 }, "first_session": false,
        "screen": { "default": "no" },
    });
    let request: PlanRequest = serde_json::from_value(value).expect("a request");
    Assessment::from_request(&request, knowledge()).expect("an assessment")
}

fn wishes(goal: &str) -> Wishes {
    request(goal).wishes(knowledge()).expect("wishes")
}

fn made(progress: &Progress, wishes: &Wishes) -> Programme {
    make(&Person { knowledge: knowledge(), today: &assessment(), progress }, wishes).programme
}

/// The days of November on which a region is rolled in a main session.
fn rolled(programme: &Programme, region: RegionId) -> Vec<i8> {
    let items = programme.items().filter(|item| item.is_main_rolling());
    items.filter(|item| item.areas.iter().any(|area| area.region == region)).map(|item| item.date.day()).collect()
}

fn november(day: i8) -> Date {
    Date::constant(2026, 11, day)
}

#[test]
fn a_run_with_a_hard_way_down_moves_the_thighs() {
    let with = Ahead::of(knowledge(), &downhill(true), &now());
    let sore: Vec<i8> = (23..=29).filter(|&day| with.rests(knowledge(), november(day)).contains(THIGH)).collect();
    assert!(!sore.is_empty() && sore.len() <= 3, "{sore:?}: the two days after such a run: {with:?}");
    let without = Ahead::of(knowledge(), &downhill(false), &now());
    assert!((23..=29).all(|day| !without.rests(knowledge(), november(day)).contains(THIGH)), "{without:?}");
    // The first day with time is one of them.
    assert!(sore.contains(&24), "{sore:?}");
    let mut wishes = wishes("mobility");
    wishes.days.retain(|day| day.date >= november(24));
    wishes.start = november(24);
    let of = |ahead: Ahead| made(&Progress::none().with_ahead(ahead), &wishes);
    let (fresh, tired) = (of(without), of(with));
    assert!(rolled(&fresh, RegionId::RectusFemoris).iter().any(|day| sore.contains(day)), "nothing had to move");
    let moved = rolled(&tired, RegionId::RectusFemoris);
    assert!(moved.len() >= 2 && moved.iter().all(|day| !sore.contains(day)), "{moved:?}, sore on {sore:?}");
    assert_eq!(rolled(&fresh, RegionId::Lats).len(), rolled(&tired, RegionId::Lats).len());
    let said: Vec<&str> = tired.not_met.iter().map(|one| one.why.as_str()).collect();
    let one = said.iter().find(|why| why.starts_with("front of thigh is not rolled on")).expect("it is said");
    assert!(one.contains("24 Nov"), "{one}");
    assert!(fresh.not_met.iter().all(|one| one.rule != "programme_sore_ahead"));
}

#[test]
fn without_a_training_nothing_changes() {
    let mut state = downhill(true);
    state.trainings.clear();
    let progress = Progress::of(knowledge(), &state, &now());
    assert_eq!(progress.ahead(), &Ahead::none());
    for goal in ["mobility", "recovery"] {
        assert_eq!(made(&progress, &wishes(goal)), made(&Progress::none(), &wishes(goal)));
        // Nor has a request of another program a log.
        answer_programme(knowledge(), &request(goal)).expect("an answer");
    }
}

#[test]
fn what_is_foretold_for_one_day_closes_that_day_alone_and_only_for_rolling() {
    let wishes = wishes("mobility");
    let usual = made(&Progress::none(), &wishes);
    for day in rolled(&usual, RegionId::RectusFemoris) {
        let foretold = |felt: u8| Ahead::of_days([(november(day), THIGH, Felt::of(felt))]);
        let gentle = made(&Progress::none().with_ahead(foretold(6)), &wishes);
        assert_eq!(gentle, usual, "6 of 10 is not left alone");
        let progress = Progress::none().with_ahead(foretold(7));
        let spared = made(&progress, &wishes);
        let on = rolled(&spared, RegionId::RectusFemoris);
        assert!(!on.contains(&day) && on.len() >= 2, "{on:?} with {day} closed");
        // What was said of the place today counts today.
        let mut today = assessment();
        today.soreness[THIGH] = Some(Felt::of(0));
        let said = make(&Person { knowledge: knowledge(), today: &today, progress: &progress }, &wishes).programme;
        assert_eq!(rolled(&said, RegionId::RectusFemoris).contains(&day), november(day) == now().date());
    }
}

#[test]
fn a_change_tells_what_is_left_alone() {
    let wishes = wishes("mobility");
    let usual = made(&Progress::none(), &wishes);
    let progress = Progress::none().with_ahead(Ahead::of_days([(november(24), THIGH, Felt::of(9))]));
    let today = assessment();
    let person = Person { knowledge: knowledge(), today: &today, progress: &progress };
    let running = Running { wishes: &wishes, changes: &[], programme: &usual };
    let change = Change::Only { date: november(27), minutes: 5 };
    let after = replan(&person, &running, &change).expect("fewer minutes are always possible");
    assert!(after.explained.iter().any(|why| why.id == "programme_sore_ahead"), "{:?}", after.explained);
    assert!(!rolled(&after.programme, RegionId::RectusFemoris).contains(&24));
}

#[test]
fn a_sore_place_weighs_more_on_a_day_for_recovery() {
    // Two hard days in a row: at least one of the days after them has no session of its own.
    let mut wishes = wishes("recovery");
    for day in wishes.days.iter_mut().filter(|day| (24..=25).contains(&day.date.day())) {
        day.training = vec![Training { kind: TrainingKind::Run, minutes: 120, at: None, hard: Some(true) }];
    }
    let today = assessment();
    let pressed = |progress: &Progress| {
        let person = Person { knowledge: knowledge(), today: &today, progress };
        let programme = make(&person, &wishes).programme;
        let is_recovery = |item: &Item| item.goal == Some(Goal::Recovery);
        let day = programme.days().find(|day| day.items.iter().any(is_recovery)).expect("a day for recovery");
        let all = details(&person, &wishes, &[], &programme, day);
        let of_item = all.into_iter().zip(&day.items).filter(|(_, item)| is_recovery(item));
        let plan = of_item
            .into_iter()
            .find_map(|(one, _)| if let Detail::Rolling(_, plan) = one { Some(plan) } else { None });
        (day.date, plan.expect("a session"))
    };
    let (date, usual) = pressed(&Progress::none());
    let ahead = Ahead::of_days([Half::Left, Half::Right].map(|half| (date, Site { half, ..THIGH }, Felt::of(5))));
    let (_, tired) = pressed(&Progress::none().with_ahead(ahead));
    let said = |plan: &supple_core::plan::Plan| {
        plan.blocks.iter().filter(|b| b.why.iter().any(|why| why.id == "programme_sore_then")).count()
    };
    assert_eq!(said(&usual), 0);
    assert!(said(&tired) >= 1, "the reason is said");
    let seconds = |plan: &supple_core::plan::Plan| {
        let doses = plan.doses();
        let of = doses.iter().filter(|dose| dose.sites().any(|site| site == THIGH));
        of.map(|dose| dose.pressure().get()).sum::<u32>()
    };
    assert!(seconds(&tired) >= seconds(&usual));
    assert!(tired.objective_micro > usual.objective_micro, "it weighs more");
}
