//! What stands on a printed sheet: as much as is meant, how it is done, and when to stop.

use crate::world::{at, knowledge};
use jiff::civil::{Date, date};
use supple_app::figure::{PictureKind, Subject, picture};
use supple_app::handout::{Address, Wanted, amount_words, code, of_week, planned, sheet};
use supple_core::assess::Assessment;
use supple_core::body::{Area, RegionId, Side};
use supple_core::contract::PlanRequest;
use supple_core::gate::judge;
use supple_core::knowledge::{Goal, MotionKind, MoveKind, Sides, ToolId};
use supple_core::programme::{Day, Item, ItemKind, ItemMove, Week, amount};
use supple_core::share::{Part, Shared};
use supple_core::unit::SessionMinutes;

const MONDAY: Date = date(2026, 11, 23);

/// A sheet as text.
fn printed(text: &str) -> String {
    let address = Address::new("https://supple.example.org").unwrap();
    sheet(knowledge(), &Shared::read(text).unwrap(), Some(&address), None).into_string()
}

/// What stands on a page without its elements and what is read aloud only, blanks made one.
fn words(page: &str) -> String {
    let text: String = page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    let text = text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A week of calves rolled on Monday, and moves on Monday and Thursday.
fn week(moves: &[(&str, Side)], lighter: bool) -> Week {
    let item = |id: &str, date, kind, moves: &[(&str, Side)]| Item {
        id: id.to_owned(),
        date,
        kind,
        goal: (kind == ItemKind::Smr).then_some(Goal::Mobility),
        at: None,
        minutes: 8,
        areas: if kind == ItemKind::Smr { vec![Area { region: RegionId::Calf, side: None }] } else { Vec::new() },
        moves: moves.iter().map(|&(id, side)| ItemMove { id: id.to_owned(), side }).collect(),
        pinned: false,
    };
    let days = (0..7).map(|after| {
        let date = MONDAY.checked_add(jiff::Span::new().days(after)).unwrap();
        let items = match after {
            0 => vec![item("a", date, ItemKind::Smr, &[]), item("b", date, ItemKind::Strengthen, moves)],
            3 => vec![item("c", date, ItemKind::Strengthen, moves)],
            _ => Vec::new(),
        };
        Day { date, minutes: 30, training: Vec::new(), items }
    });
    Week { number: 4, lighter, days: days.collect() }
}

/// The sheet of a week says what the programme itself begins with, in a lighter week what it gives then.
#[test]
fn a_week_on_paper_gives_what_a_programme_begins_with_and_less_in_a_lighter_week() {
    let now = at("2026-11-22T18:00:00+01:00");
    let nobody = r#"{"now":"2026-11-22T18:00:00+01:00[+01:00]","minutes":20,"goal":"mobility","tools":["foam_roller"],
        "tool_firmness":{"foam_roller":"soft"},"first_session":true,"person":{"age_years":35},"screen":{"default":"no"}}"#;
    let request: PlanRequest = serde_json::from_str(nobody).unwrap();
    let judged = judge(knowledge(), &Assessment::from_request(&request, knowledge()).unwrap());
    let clearance = judged.verdict.clearance().unwrap();
    let moves = [
        ("heel_raise", Side::Both),
        ("bridge", Side::Both),
        ("split_squat", Side::Both),
        ("split_squat_hold", Side::Left),
        ("chin_tuck", Side::Midline),
        ("calf_wall_straight", Side::Both),
    ];
    let mut differ = 0;
    for lighter in [false, true] {
        let shared = of_week(knowledge(), &week(&moves, lighter), &[ToolId::FoamRoller], &now).unwrap();
        for (id, side) in moves {
            let known = &knowledge().moves[id];
            let asked = if known.sides == Sides::OneAtATime && side == Side::Both { Side::Left } else { side };
            let dose = amount(knowledge(), clearance, id, asked, 0, lighter).unwrap();
            let parts: Vec<_> = shared.sessions.iter().flat_map(|session| &session.parts).collect();
            let said: Vec<String> = parts
                .iter()
                .filter(|part| matches!(part, Part::Move(part) if part.id == id))
                .map(|part| amount_words(knowledge(), part))
                .collect();
            assert_eq!(said.len(), 2, "{id}, on both days");
            for said in said {
                let (how_many, sets) = (dose.hold_seconds.or(dose.reps.map(u32::from)).unwrap(), dose.sets);
                let numbers: Vec<u32> =
                    said.split(|letter: char| !letter.is_ascii_digit()).filter_map(|one| one.parse().ok()).collect();
                let mut meant = if sets == 1 { vec![how_many] } else { vec![u32::from(sets), how_many] };
                meant.sort_unstable();
                let mut numbers = numbers;
                numbers.sort_unstable();
                assert_eq!(numbers, meant, "{id}, lighter: {lighter}: {said}");
            }
            let written = &known.amount;
            differ += usize::from(dose.sets != written.sets);
            let fewest = written.reps.map(|reps| reps.low);
            let as_begun = if lighter { dose.reps <= fewest } else { dose.reps == fewest };
            assert!(known.kind == MoveKind::Stretch || as_begun, "{id}");
        }
    }
    assert!(differ > moves.len(), "the full amounts would be seen");
}

/// What a move may do to somebody stands beside it, for every move that has a word on it.
#[test]
fn every_move_is_printed_with_what_to_take_care_of() {
    let cautious: Vec<_> =
        knowledge().moves.iter().filter_map(|(id, known)| Some((id, known.caution.as_ref()?))).collect();
    assert!(cautious.len() > 100);
    for some in cautious.chunks(20) {
        let parts: Vec<String> = some.iter().map(|(id, _)| format!("{id}.{}.1x8", side_letter(id))).collect();
        let page = words(&printed(&format!("supple1:mobility/12;p={}", parts.join(","))));
        for (id, caution) in some {
            assert!(page.contains(&format!("Take care: {caution}")), "{id}");
        }
    }
}

fn side_letter(id: &str) -> &'static str {
    if knowledge().moves[id].sides == Sides::Midline { "m" } else { "b" }
}

/// Who has the paper only has nobody to ask what follows a sign: whatever names help names it here.
#[test]
fn stop_signs_are_printed_with_when_help_is_needed() {
    let page = words(&printed("supple1:mobility/12;p=calf_roller.b.1x30.3,chin_tuck.m.1x6"));
    let mut urgent = 0;
    for (id, signal) in &knowledge().stop_signals {
        assert!(page.contains(&signal.what_to_do), "{id:?}");
        if signal.watch_for.contains("medical help") {
            urgent += 1;
            assert!(page.contains(&signal.watch_for), "{id:?}");
        }
    }
    assert_eq!(urgent, 4);
    assert!(page.contains("In a stretch or an exercise, “lift off” means: stop, and come out of it slowly."));
}

/// Where a joint moves under the tool, "stay still" would be the wrong half of it.
#[test]
fn a_joint_that_moves_under_the_tool_is_printed() {
    let pinned = knowledge().techniques.iter().filter(|(_, one)| one.motion.kind == MotionKind::PinAndMove);
    let mut seen = 0;
    for (id, technique) in pinned {
        let side = if technique.sides == Sides::Midline { "m" } else { "b" };
        let page = words(&printed(&format!("supple1:mobility/12;p={id}.{side}.1x30.3")));
        let active = technique.active_movement.as_ref().unwrap();
        let how_often = page.split(&active.motion).nth(1).unwrap_or_else(|| panic!("{id}: {}", active.motion));
        let most = format!("{} times, then the next spot.", active.reps.high);
        assert!(how_often.split_inclusive('.').next().unwrap().ends_with(&most), "{id}: {how_often}");
        assert!(page.contains("still on one spot.") && !page.contains("Stay still"), "{id}");
        seen += 1;
    }
    assert_eq!(seen, 8);
    assert!(words(&printed("supple1:mobility/12;p=gmed_ball.b.1x30.3")).contains("Stay still"));
}

/// Hold, pace, rest and effort of a move stand on paper, in numbers of its own.
#[test]
fn every_move_is_printed_with_its_pace_rest_and_effort() {
    let page = words(&printed("supple1:mobility/12;p=chin_tuck.m.2x6,split_squat.b.1x6,calf_wall_straight.b.2x30s"));
    for said in [
        "2 sets of 6. ",
        "Slowly: 2 s out, hold 5 s, 2 s back. Rest 30 s between sets. Effort at most 3 of 10.",
        "6 times, each side. ",
        "Slowly: 3 s out, hold 1 s, 2 s back. Effort at most 7 of 10.",
        "Hold 2 times 30 seconds, each side. ",
        "keep breathing. Rest 15 s between sets. A pull of at most 4 of 10.",
        "Effort and pull: 0 none, 10 the most you can do.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("7 is off at once"), "nothing is pressed");
    let rolling = words(&printed("supple1:mobility/12;p=calf_roller.b.1x30.3"));
    assert!(rolling.contains("7 is off at once") && !rolling.contains("Effort and pull"));
}

/// A phone that follows a link to `localhost` looks for Supple on itself.
#[test]
fn the_code_of_a_machine_that_names_itself_holds_the_text_to_paste() {
    let text = "supple1:mobility/12;p=calf_roller.b.1x30.3";
    let shared = Shared::read(text).unwrap();
    let at = |address: &str| sheet(knowledge(), &shared, Some(&Address::new(address).unwrap()), None).into_string();
    let drawn = |inside: &str| code::svg(inside, "A code that opens this in the app").unwrap().into_string();
    let elsewhere = at("https://supple.example.org/");
    assert!(
        elsewhere.contains("Point the camera")
            && elsewhere.contains(&drawn(&format!("https://supple.example.org/receive#{text}")))
    );
    for own in ["http://localhost:8077", "http://127.0.0.1:8077/", "http://[::1]:8077/"] {
        let page = at(own);
        assert!(
            page.contains("paste what it says under “From a coach”") && !page.contains("Point the camera"),
            "{own}"
        );
        assert!(page.contains(&drawn(text)), "{own}: the code holds what that page takes");
    }
}

/// One picture on paper shows the way: where it ends, and behind it, thin, where it starts.
#[test]
fn a_printed_move_is_shown_where_it_ends_with_its_start_behind_it() {
    let page = |text: &str| printed(&format!("supple1:mobility/12;p={text}"));
    let still = |id: &str, kind| picture(knowledge(), Subject::Move(id), Side::Right, kind).unwrap().into_string();
    let path = |drawn: &str| -> Vec<String> {
        drawn.split("<path ").skip(1).map(|one| one.split('>').next().unwrap().to_owned()).collect()
    };
    let mut moved = 0;
    for id in ["heel_raise", "bridge", "upper_trap_stretch", "levator_stretch", "hip_hinge_drill"] {
        let sheet =
            page(&format!("{id}.{}.1x8", if knowledge().moves[id].sides == Sides::Midline { "m" } else { "r" }));
        let (behind, before) =
            (sheet.split("class=\"fig-before\"").nth(1).expect("a start behind it"), still(id, PictureKind::Still));
        let (behind, end) = behind.split_once("</g>").unwrap();
        assert!(path(behind).iter().all(|one| before.contains(one.as_str())), "{id}: the first pose lies behind");
        let both = still(id, PictureKind::SideBySide);
        let last = path(both.split("</svg>").nth(1).unwrap());
        let body = |one: &&String| one.contains("fig-skin") || one.contains("fig-trunk");
        assert!(last.iter().filter(body).all(|one| end.contains(one.as_str())), "{id}: the last in front");
        moved += usize::from(!last.iter().filter(body).all(|one| before.contains(one.as_str())));
    }
    assert_eq!(moved, 5, "each of them moves");
    assert!(
        page("calf_pin_move.r.1x30.3").contains("fig-before") && !page("calf_roller.r.1x30.3").contains("fig-before")
    );
}

/// A week at a glance comes first, and how each thing is done stands once, however often it is done.
#[test]
fn a_week_is_a_table_and_each_thing_is_described_once() {
    let text = "supple1:mobility/mo.th@20;t=foam_roller;a=calf;p=calf_wall_straight.b.2x30s,heel_raise.b.1x8\
                /fr@18;t=foam_roller;a=calf;p=calf_roller.b.1x45.3,calf_wall_straight.b.2x30s,heel_raise.b.2x8,chin_tuck.m.1x6";
    let page = printed(text);
    let (table, after) = page.split_once("</table>").unwrap();
    let ticks: Vec<usize> =
        table.split("<tr").map(|row| row.matches("class=\"tick\"").count()).filter(|ticks| *ticks > 0).collect();
    // Rolling comes before the stretch that follows it on Friday; the two amounts of one exercise are two lines.
    assert_eq!(ticks, [1, 3, 2, 1, 1]);
    let names = ["Calf on the roller", "Calf stretch at the wall", "Heel raise", "Chin tuck"];
    let at: Vec<usize> = names.iter().map(|name| table.find(name).unwrap_or_else(|| panic!("{name}"))).collect();
    assert!(at.is_sorted(), "{at:?}");
    assert!(page.find("Do not begin").unwrap() < page.find("<table").unwrap());
    assert!(after.find("Stop signs").unwrap() < after.find("class=\"parts\"").unwrap(), "when to stop comes first");
    for id in ["calf_wall_straight", "heel_raise", "chin_tuck"] {
        assert_eq!(words(after).matches(&knowledge().moves[id].position).count(), 1, "{id}");
    }
    let after = words(after);
    assert!(after.contains("8 times (Monday and Thursday); 2 sets of 8 (Friday). "), "{after}");
    assert!(after.contains("Rest 60 s between sets."), "on the day that has two");
    assert_eq!(after.matches("not a medical device").count(), 1);
    assert!(words(table).contains("With: foam roller, chair and wall. "), "{}", words(table));
    assert!(!printed("supple1:recovery/9;t=foam_roller;a=calf;p=calf_roller.b.1x30.3").contains("<table"));
    let planned_later = words(&printed("supple1:mobility/mo@12;a=calf/fr@12;p=calf_roller.b.1x30.3"));
    assert!(planned_later.contains("Monday, 12 minutes. Places: calf. The app plans it for the day."));
}

/// A first session of two places takes a few minutes, whatever was asked for, and the sheet promises no more.
#[test]
fn a_sheet_for_anybody_names_the_minutes_it_takes() {
    let wanted = Wanted {
        goal: Goal::Recovery,
        minutes: SessionMinutes::new(20).unwrap(),
        tools: vec![ToolId::FoamRoller],
        areas: vec![Area { region: RegionId::Calf, side: None }],
    };
    let shared = planned(knowledge(), &wanted, &at("2026-11-22T18:00:00+01:00")).unwrap();
    let pressed: u32 = shared.sessions[0]
        .parts
        .iter()
        .map(|part| match part {
            Part::Press(press) => {
                u32::from(press.sets) * u32::from(press.seconds) * if press.side == Side::Both { 2 } else { 1 }
            }
            Part::Move(_) => 0,
        })
        .sum();
    let minutes = u32::from(shared.sessions[0].minutes);
    assert!(minutes * 60 >= pressed && minutes * 60 < pressed + 300, "{minutes} minutes for {pressed} s of pressure");
}
