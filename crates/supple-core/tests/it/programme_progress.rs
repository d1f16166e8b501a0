//! Weeks made from what was done: moves go on to harder ones and back, and what was done yesterday has its day between.

use crate::requests::knowledge;
use jiff::civil::Date;
use jiff::{SignedDuration, Zoned};
use supple_core::assess::Assessment;
use supple_core::body::{RegionId, Side};
use supple_core::contract::PlanRequest;
use supple_core::contract::programme::ProgrammeRequest;
use supple_core::event::{BlockEnd, CheckedIn, DoneElsewhere, ElsewhereTool, MoveFinished, MovesStarted, Soreness};
use supple_core::knowledge::{Goal, ToolId};
use supple_core::programme::{GoesOn, Person, Programme, Progress, Wishes, make, that_go_on, why_harder};
use supple_core::state::{MovesRecord, State, Timed};
use supple_core::unit::{Felt, SessionMinutes};

/// Monday, 23 Nov 2026, in the evening.
fn now() -> Zoned {
    "2026-11-23T18:00:00[Europe/Berlin]".parse().expect("a time")
}

fn before(days: i64) -> Zoned {
    now().checked_sub(SignedDuration::from_hours(24 * days)).expect("in range")
}

fn request(screen: &serde_json::Value) -> serde_json::Value {
    serde_json::json!({
        "now": "2026-11-23T18:00:00+01:00[Europe/Berlin]",
        "tools": ["foam_roller", "ball"], "person": { "age_years": 30 }, "first_session": false, "screen": screen,
    })
}

fn nothing_wrong() -> serde_json::Value {
    serde_json::json!({ "default": "no" })
}

fn today(screen: &serde_json::Value) -> Assessment {
    let mut value = request(screen);
    value["goal"] = "mobility".into();
    value["minutes"] = 20.into();
    let request: PlanRequest = serde_json::from_value(value).expect("a request");
    Assessment::from_request(&request, knowledge()).expect("an assessment")
}

/// One week with twenty minutes a day, after knees that go in were seen.
fn wishes() -> Wishes {
    let mut value = request(&nothing_wrong());
    value["goals"] = serde_json::json!(["mobility"]);
    value["weeks"] = 1.into();
    value["wants"] = serde_json::json!(["lats"]);
    value["compensations"] = serde_json::json!(["ohs_knees_in"]);
    value["equipment"] = serde_json::json!(["chair", "step", "band"]);
    let days = (23..=29).map(|day| serde_json::json!({ "date": format!("2026-11-{day}"), "minutes": 20 }));
    value["days"] = days.collect();
    let request: ProgrammeRequest = serde_json::from_value(value).expect("a request");
    request.wishes(knowledge()).expect("wishes")
}

fn made(progress: &Progress, screen: &serde_json::Value) -> Programme {
    make(&Person { knowledge: knowledge(), today: &today(screen), progress }, &wishes()).programme
}

fn holds(programme: &Programme, id: &str) -> bool {
    programme.items().flat_map(|item| &item.moves).any(|one| one.id == id)
}

fn finished(id: &str, side: Side, at: Zoned) -> Timed<MoveFinished> {
    let what = MoveFinished {
        session: "s".to_owned(),
        number: 0,
        id: id.to_owned(),
        side,
        sets: 2,
        reps: Some(16),
        seconds: 40,
        end: BlockEnd::Completed,
        easier: false,
        effort: None,
    };
    Timed { id: format!("{id}-{side:?}-{at}"), at, what }
}

/// A run with this in it.
fn run(at: &Zoned, moves: Vec<Timed<MoveFinished>>) -> MovesRecord {
    let started = MovesStarted { session: "s".to_owned(), moves: Vec::new() };
    MovesRecord { id: format!("run-{at}"), at: at.clone(), started, moves, ended: None }
}

/// The next morning, with this much in the calves.
fn morning_after(done: &Zoned, calves: u8) -> Timed<CheckedIn> {
    let soreness = match calves {
        0 => Vec::new(),
        felt => vec![Soreness { region: RegionId::Calf, side: None, felt: Felt::of(felt) }],
    };
    let what = CheckedIn {
        goal: Goal::Mobility,
        minutes: SessionMinutes::new(10).expect("in range"),
        soreness,
        tight: Vec::new(),
        wants: Vec::new(),
        avoid: Vec::new(),
    };
    let at = done.checked_add(SignedDuration::from_hours(15)).expect("in range");
    Timed { id: format!("c{at}"), at, what }
}

/// So many days ago, every second one of them, a move, and the word of the morning after.
fn log(id: &str, sides: &[Side], ago: impl Iterator<Item = (i64, u8)>) -> State {
    let mut state = State::default();
    for (days, sore) in ago {
        let at = before(days);
        state.moves.push(run(&at, sides.iter().map(|&side| finished(id, side, at.clone())).collect()));
        state.check_ins.push(morning_after(&at, sore));
    }
    state
}

fn steps(state: &State, id: &str) -> u8 {
    Progress::of(knowledge(), state, &now()).step(id)
}

#[test]
fn a_move_that_went_well_with_its_largest_amount_goes_on_to_the_harder_one() {
    let easy = made(&Progress::none(), &nothing_wrong());
    assert!(holds(&easy, "heel_raise") && !holds(&easy, "single_leg_heel_raise"), "{easy:?}");
    let (three, four) = (of_steps(3), of_steps(4));
    assert_eq!(made(&three, &nothing_wrong()).not_met, easy.not_met);
    assert!(holds(&made(&three, &nothing_wrong()), "heel_raise"));
    let harder = made(&four, &nothing_wrong());
    assert!(!holds(&harder, "heel_raise") && holds(&harder, "single_leg_heel_raise"), "{harder:?}");

    // Weeks under way have the easy one; it is said that they can go on, once, and why once they do.
    let person = today(&nothing_wrong());
    let whom = |progress| Person { knowledge: knowledge(), today: &person, progress };
    let goes_on = GoesOn { easy: "heel_raise".to_owned(), harder: "single_leg_heel_raise".to_owned() };
    assert_eq!(that_go_on(&whom(&four), &wishes(), &[], &easy), [goes_on]);
    assert_eq!(that_go_on(&whom(&three), &wishes(), &[], &easy), []);
    assert_eq!(that_go_on(&whom(&four), &wishes(), &[], &harder), []);
    let why = why_harder(knowledge(), &four, &harder, "single_leg_heel_raise").expect("a reason");
    assert!(why.text.contains("went well with its largest amount"), "{}", why.text);
    assert_eq!(why_harder(knowledge(), &four, &harder, "toe_raise"), None);
    assert_eq!(why_harder(knowledge(), &four, &easy, "single_leg_heel_raise"), None, "the easy one is still there");
}

fn of_steps(step: u8) -> Progress {
    Progress::of_steps([("heel_raise".to_owned(), step)])
}

#[test]
fn what_is_closed_or_not_at_hand_is_not_gone_on_to() {
    let (harder, _) = knowledge().moves.iter().find(|(id, _)| *id == "single_leg_heel_raise").expect("the move");
    let mut closed = 0;
    for caution in knowledge().cautions.keys() {
        let screen = serde_json::json!({ "default": "no", "answers": { caution: { "answer": "yes" } } });
        let person = today(&screen);
        let judged = supple_core::gate::judge(knowledge(), &person);
        let Some(clearance) = judged.verdict.clearance() else { continue };
        if clearance.allows_move(knowledge(), harder, Side::Left).is_ok() {
            continue;
        }
        closed += 1;
        let programme = made(&of_steps(4), &screen);
        assert!(!holds(&programme, harder), "{caution}");
        let whom = Person { knowledge: knowledge(), today: &person, progress: &of_steps(4) };
        assert_eq!(that_go_on(&whom, &wishes(), &[], &made(&Progress::none(), &nothing_wrong())), [], "{caution}");
    }
    assert!(closed >= 3, "{closed} answers close it");
    // Side-lying leg raises lead on to a band, which is not in every home.
    let bare = Wishes { equipment: Default::default(), ..wishes() };
    let progress =
        Progress::of_steps([("side_lying_abduction_back".to_owned(), 4), ("side_lying_abduction".to_owned(), 4)]);
    let person = today(&nothing_wrong());
    let whom = Person { knowledge: knowledge(), today: &person, progress: &progress };
    let programme = make(&whom, &bare).programme;
    assert!(holds(&programme, "side_lying_abduction_back") && !holds(&programme, "band_side_walk"), "{programme:?}");
    assert!(holds(&make(&whom, &wishes()).programme, "band_side_walk"));
}

#[test]
fn a_step_is_a_session_after_which_the_morning_was_fine_whatever_its_sides() {
    let sides = [Side::Left, Side::Right];
    for done in 0..=5_u8 {
        let ago = || (1..=i64::from(done)).rev().map(|day| (2 * day, 0));
        assert_eq!(
            steps(&log("single_leg_heel_raise", &sides, ago()), "single_leg_heel_raise"),
            done.min(3),
            "{done}"
        );
        let progress = Progress::of(knowledge(), &log("heel_raise", &[Side::Both], ago()), &now());
        assert_eq!(progress.goes_on_to(knowledge(), "heel_raise").is_some(), done >= 4, "{done}");
    }
    // Nobody said how it was; one side was stopped; it was harder than meant.
    let mut silent = log("heel_raise", &[Side::Both], (1..=4).map(|day| (2 * day, 0)));
    silent.check_ins.clear();
    assert_eq!(steps(&silent, "heel_raise"), 0);
    let mut stopped = log("single_leg_heel_raise", &sides, std::iter::once((2, 0)));
    assert_eq!(steps(&stopped, "single_leg_heel_raise"), 1);
    stopped.moves[0].moves[1].what.end = BlockEnd::Stopped;
    assert_eq!(steps(&stopped, "single_leg_heel_raise"), 0);
    let mut hard = log("heel_raise", &[Side::Both], std::iter::once((2, 0)));
    let most = knowledge().moves["heel_raise"].amount.effort_max;
    hard.moves[0].moves[0].what.effort = Some(most);
    assert_eq!(steps(&hard, "heel_raise"), 1);
    hard.moves[0].moves[0].what.effort = Some(most + 1);
    assert_eq!(steps(&hard, "heel_raise"), 0);
    // A stretch never goes on by itself.
    let stretched = log("hamstring_strap", &sides, (1..=6).rev().map(|day| (2 * day, 0)));
    assert_eq!(Progress::of(knowledge(), &stretched, &now()).goes_on_to(knowledge(), "hamstring_strap"), None);
}

#[test]
fn a_harder_move_that_leaves_one_sore_goes_back_to_the_easier_one() {
    let mut state = log("heel_raise", &[Side::Both], (3..=6).rev().map(|day| (2 * day, 0)));
    let sore = log("single_leg_heel_raise", &[Side::Left, Side::Right], std::iter::once((3, 6)));
    state.moves.extend(sore.moves);
    state.check_ins.extend(sore.check_ins);
    state.check_ins.sort_by(|one, other| one.at.cmp(&other.at));
    let progress = Progress::of(knowledge(), &state, &now());
    assert_eq!((progress.step("heel_raise"), progress.step("single_leg_heel_raise")), (3, 0));
    assert!(holds(&made(&progress, &nothing_wrong()), "heel_raise"));
    // Sore once, the easy one goes well again, and the harder one comes back.
    let at = before(1);
    state.moves.push(run(&at, vec![finished("heel_raise", Side::Both, at.clone())]));
    state.check_ins.push(morning_after(&at, 0));
    let progress = Progress::of(knowledge(), &state, &now());
    assert_eq!(progress.goes_on_to(knowledge(), "heel_raise").map(String::as_str), Some("single_leg_heel_raise"));
}

/// The days of November on which the side of the back is rolled.
fn rolled(state: &State) -> Vec<i8> {
    let progress = Progress::of(knowledge(), state, &now());
    let programme = made(&progress, &nothing_wrong());
    let main = programme.items().filter(|item| item.is_main_rolling());
    let on = main.filter(|item| item.areas.iter().any(|area| area.region == RegionId::Lats));
    on.map(|item| item.date.day()).collect()
}

/// The days on which the shin is made strong.
fn strong(state: &State) -> Vec<i8> {
    let progress = Progress::of(knowledge(), state, &now());
    let programme = made(&progress, &nothing_wrong());
    let days = programme.items().filter(|item| item.moves.iter().any(|one| one.id == "toe_raise"));
    days.map(|item| item.date).map(Date::day).collect()
}

#[test]
fn what_was_done_yesterday_has_its_day_between_in_a_new_programme_too() {
    let elsewhere = |days: i64, seconds: u32| {
        let what = DoneElsewhere {
            tool: ElsewhereTool::Tool(ToolId::FoamRoller),
            region: RegionId::Lats,
            side: None,
            seconds,
            felt: None,
        };
        let elsewhere = vec![Timed { at: before(days), id: "d".to_owned(), what }];
        State { elsewhere, ..State::default() }
    };
    assert_eq!(rolled(&State::default())[0], 23, "today, if nothing was done");
    assert!(rolled(&elsewhere(1, 90))[0] >= 24, "rolled yesterday");
    assert!(rolled(&elsewhere(0, 90))[0] >= 25, "rolled this very day");
    assert_eq!(rolled(&elsewhere(2, 90))[0], 23, "two days ago is long enough");
    assert_eq!(rolled(&elsewhere(1, 60))[0], 23, "a short session is not heavy");
    assert_eq!(strong(&State::default())[0], 24, "tomorrow, if nothing was done");
    let today = log("toe_raise", &[Side::Both], std::iter::once((0, 0)));
    assert!(strong(&today)[0] >= 25 && strong(&today).len() >= 2, "done today: {:?}", strong(&today));
    let other = log("heel_raise", &[Side::Both], std::iter::once((0, 0)));
    assert_eq!(strong(&other)[0], 24, "another group was made strong today");
}
