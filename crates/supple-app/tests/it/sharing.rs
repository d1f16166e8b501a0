//! What goes to somebody else, and what comes from somebody else.

use crate::world::{Phone, at, knowledge, wishes};
use supple_app::handout::{Address, Look, Paper, Wanted, document, planned};
use supple_core::body::{Area, RegionId, Side};
use supple_core::event::EventBody;
use supple_core::event::upcast::Entry;
use supple_core::knowledge::{Goal, ToolId};
use supple_core::share::{Part, Shared};
use supple_core::unit::SessionMinutes;

const ADDRESS: &str = "https://supple.example.org/";

/// A coach's routine: two techniques, one of them on a place that this person has closed, a move, and two unknown things.
const FROM_A_COACH: &str = "supple1:mobility/mo.th@12;t=foam_roller;a=calf,gluteus_maximus;p=calf_roller.b.3x60.4,\
                            gmax_roller.b.1x60.3,heel_raise.b.3x12,moon_walk.b.2x10,star_gaze.l.1x30.4";

fn text_of(phone: &Phone) -> String {
    phone.app.entries().iter().map(Entry::to_line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_plan_goes_out_without_anything_about_its_owner() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    phone.introduce();
    phone.answer_all_no();
    phone.check_in(wishes(Goal::Mobility, 12, &[RegionId::Calf]));
    let page = phone.get(&format!("share?at={ADDRESS}"));
    assert_eq!(page.status, 200);
    let link =
        page.body.split("id=\"share-link\"").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap();
    let (before, text) = link.split_once('#').expect("the content stands behind the #");
    assert_eq!(before, format!("{ADDRESS}receive"));
    let shared = Shared::read(text).unwrap();
    assert_eq!(shared.to_text(), text);
    assert!(page.body.contains("<svg class=\"qr\""), "and as a code");
    for private in ["34", "68", "Europe", "2026", "seed"] {
        assert!(!text.contains(private), "{private}: {text}");
    }
    let file = phone.get(&format!("share/routine.supple?text={}", text.replace('=', "%3D").replace(';', "%3B")));
    assert_eq!((file.file_name.as_deref(), file.body.trim()), (Some("routine.supple"), text));
    let paper = phone.get("handout?paper=letter&large=1");
    assert!(paper.body.contains("class=\"handouts letter large\"") && paper.body.contains("Stop signs"));
}

#[test]
fn an_address_that_is_none_is_asked_for_and_never_becomes_a_link() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    for at in ["", "javascript:alert(1)", "https://evil.org/%22%3E%3Cscript%3E", "//evil.org"] {
        let page = phone.get(&format!("share?text=supple1:recovery/9%3Ba%3Dcalf&at={at}"));
        assert!(page.body.contains("The address of your Supple"), "{at}");
        assert!(!page.body.contains("evil") && !page.body.contains("javascript:"), "{at}");
    }
}

#[test]
fn what_comes_is_held_against_the_receivers_own_answers_and_only_the_receiver_is_told() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    // Nobody has asked this person anything yet: nothing of it can be done.
    let unknown = phone.post("receive", &[("text", FROM_A_COACH)]);
    assert!(unknown.body.contains("Your own answers come first") && !unknown.body.contains(" today</button>"));
    phone.introduce();
    phone.answer_all_no();
    phone.check_in(wishes(Goal::Recovery, 8, &[]));
    let before = text_of(&phone);
    let page = phone.post("receive", &[("text", &format!("{ADDRESS}receive#{FROM_A_COACH}"))]);
    assert_eq!(text_of(&phone), before, "looking at it writes nothing");
    let line = |name: &str| {
        page.body
            .split("For you today")
            .nth(1)
            .unwrap()
            .split("<li>")
            .find(|line| line.contains(name))
            .unwrap()
            .to_owned()
    };
    // A first session allows less than was sent.
    assert!(line("Calf on the roller").contains("gentler"), "{}", line("Calf on the roller"));
    assert!(line("moon_walk").contains("left out") && line("star_gaze").contains("left out"));
    assert!(page.body.contains("for you alone"));

    let plan = phone.press(&page, "Roll it today", &[]);
    assert_eq!(plan.location.as_deref(), Some("/plan"));
    let arranged = phone.app.state().arrangement.as_ref().expect("an arrangement").what.doses.clone();
    assert!(!arranged.is_empty());
    let sent = Shared::read(FROM_A_COACH).unwrap();
    for dose in &arranged {
        let press = sent.sessions[0].parts.iter().find_map(|part| match part {
            Part::Press(press) if press.technique == dose.technique => Some(press),
            _ => None,
        });
        let press = press.expect("nothing that was not sent");
        assert!(dose.sets <= press.sets && dose.seconds_per_set <= u32::from(press.seconds));
        assert!(dose.felt_target.get() <= press.felt, "never stronger than was sent");
    }
    let page = phone.get("plan");
    assert!(page.body.contains("Calf on the roller"), "the plan has it");
}

#[test]
fn a_routine_with_both_is_rolled_by_a_plan_and_its_moves_stay_as_they_came() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    phone.introduce();
    phone.answer_all_no();
    let text = "supple1:mobility/mo@12;t=foam_roller;a=calf;p=calf_roller.b.1x30.3,heel_raise.b.3x12/th@10;a=lats";
    let page = phone.post("receive", &[("text", text)]);
    phone.press(&page, "Save all as my routines", &[]);
    let routines: Vec<_> = phone.app.state().routines.iter().map(|routine| routine.what.clone()).collect();
    let sent = routines[0].sent.as_ref().expect("there are moves in it");
    assert_eq!(sent.as_str(), "supple1:mobility/mo@12;t=foam_roller;a=calf;p=calf_roller.b.1x30.3,heel_raise.b.3x12");
    assert_eq!(routines[0].wants, [RegionId::Calf]);
    assert!(routines[1].sent.is_none(), "what can be planned afresh is planned afresh");
    let page = phone.get("routines");
    assert_eq!(page.body.matches("Plan it for today").count(), 2);
    let shown = phone.press(&page, "See its stretches and exercises for today", &[]);
    assert!(shown.body.contains("For you today") && shown.body.contains("Start the stretches and exercises"));
    // Passed on, it goes as it came.
    let on = phone.get(&format!("share?routine={}", routines[0].routine));
    assert!(on.body.contains("heel_raise.b.3x12"), "{}", on.body);
}

#[test]
fn a_place_that_is_closed_stays_closed_whatever_a_coach_sends() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    phone.introduce();
    phone.answer_all_no();
    phone.record([EventBody::CheckedIn(supple_core::event::CheckedIn {
        goal: Goal::Mobility,
        minutes: SessionMinutes::new(12).unwrap(),
        soreness: Vec::new(),
        tight: Vec::new(),
        wants: Vec::new(),
        avoid: vec![RegionId::Calf],
    })]);
    let page = phone.post("receive", &[("text", "supple1:mobility/12;p=calf_roller.b.1x30.3")]);
    let told = page.body.split("For you today").nth(1).unwrap();
    assert!(told.contains("left out") && !told.contains("today</button>"), "{told}");
}

#[test]
fn what_comes_is_kept_as_routines_once() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    let week = "supple1:recovery/mo.th@12;t=foam_roller;a=calf/sa@45;a=lats";
    let page = phone.post("receive", &[("text", week)]);
    phone.press(&page, "Save all as my routines", &[]);
    let names = |phone: &Phone| -> Vec<String> {
        phone.app.state().routines.iter().map(|routine| routine.what.name.to_string()).collect()
    };
    let both = ["From a coach: Recovery after exercise, Mon and Thu", "From a coach: Recovery after exercise, Sat"];
    assert_eq!(names(&phone), both);
    let kept = &phone.app.state().routines[1].what;
    assert_eq!(
        (kept.minutes.get(), kept.wants.as_slice()),
        (20, &[RegionId::Lats][..]),
        "what is rolled takes 20 at most"
    );
    let again = phone.post("receive", &[("text", week)]);
    phone.press(&again, "Save all as my routines", &[]);
    assert_eq!(names(&phone), both, "the same again replaces it");
}

#[test]
fn what_cannot_be_read_is_shown_back_as_it_came_and_does_nothing() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    for (text, says) in [
        ("", "This is not a routine of Supple"),
        ("<script>alert(1)</script>", "This is not a routine of Supple"),
        ("supple9:x", "newer Supple"),
        ("supple1:mobility/12;p=calf_roller.b.9x60.4", "may have been changed"),
    ] {
        for path in ["receive", "receive/save", "receive/today"] {
            let page = phone.post(path, &[("text", text)]);
            assert!(page.status == 422 && page.body.contains(says), "{path} {text}: {}", page.status);
            assert!(!page.body.contains("<script>alert"));
        }
    }
    assert!(phone.app.entries().is_empty());
}

#[test]
fn a_summary_has_days_minutes_places_and_soreness_and_no_answers() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    phone.introduce();
    phone.answer_all_no();
    let done = |seconds| {
        EventBody::DoneElsewhere(supple_core::event::DoneElsewhere {
            region: RegionId::Calf,
            side: Some(Side::Left),
            seconds,
            tool: supple_core::event::ElsewhereTool::Other,
            felt: None,
        })
    };
    phone.record([done(90)]);
    phone.is_now("2026-11-23T09:00:00+01:00");
    phone.record([EventBody::NextDayReported(supple_core::event::NextDayReported {
        region: RegionId::Calf,
        side: Some(Side::Left),
        soreness: supple_core::unit::Felt::of(2),
        bruise: false,
    })]);
    let text = |phone: &mut Phone, days: u16| phone.get(&format!("summary/summary.txt?days={days}")).body;
    let week = text(&mut phone, 7);
    assert_eq!(
        week,
        "What I did with Supple, 2026-11-17 to 2026-11-23\n\n\
         2026-11-22  1.5 min on: calf (left).\n\
         2026-11-23  Sore the day after: calf (left) 2 of 10.\n\n\
         In all: 0 sessions, 1.5 min of pressure.\n"
    );
    phone.is_now("2026-11-29T09:00:00+01:00");
    assert!(!text(&mut phone, 7).contains("2026-11-22"), "the eighth day back is not in it");
    assert!(text(&mut phone, 28).contains("2026-11-22"));
    let page = phone.get("summary");
    for caution in knowledge().cautions.values() {
        assert!(!page.body.contains(&caution.name), "{}", caution.name);
    }
}

/// For somebody who is not known there is the first session and nothing more; the code on paper opens what stands on it.
#[test]
fn a_hand_out_for_anybody_is_gentle_and_says_when_not_to_begin_and_when_to_stop() {
    let now = at("2026-11-22T18:00:00+01:00");
    let wanted = Wanted {
        goal: Goal::Recovery,
        minutes: SessionMinutes::new(10).unwrap(),
        tools: vec![ToolId::FoamRoller, ToolId::Ball],
        areas: vec![Area { region: RegionId::Calf, side: Some(Side::Left) }],
    };
    let shared = planned(knowledge(), &wanted, &now).unwrap();
    let most = knowledge().limits.first_session.seconds_per_area;
    for part in &shared.sessions[0].parts {
        let Part::Press(press) = part else { panic!("{part:?}") };
        assert!(u32::from(press.sets) * u32::from(press.seconds) <= most, "{press:?}");
        let technique = &knowledge().techniques[&press.technique];
        assert!(technique.region != RegionId::Calf || press.side == Side::Left, "only the side that was asked for");
    }
    let address = Address::new(ADDRESS).unwrap();
    for (paper, size) in [(Paper::A4, "size: A4"), (Paper::Letter, "size: letter")] {
        let look = Look { paper, large: false };
        let sheets = vec![(shared.clone(), Some("12".to_owned())), (shared.clone(), None)];
        let page = document(knowledge(), &sheets, Some(&address), look).into_string();
        assert_eq!(page.matches("<article class=\"handout\">").count(), 2);
        assert!(page.contains(size) && !page.contains("src=") && !page.contains("href="), "it needs nothing else");
        for signal in knowledge().stop_signals.values() {
            assert!(page.contains(&signal.signal), "{}", signal.signal);
        }
        assert!(page.contains("Sudden breathlessness") && page.contains("not a medical device"));
        let techniques = shared.sessions[0].parts.len();
        assert_eq!(page.matches("class=\"fig\"").count(), 2 * techniques, "one drawing for each");
    }
}

#[test]
fn moves_that_come_are_started_as_they_are_allowed_and_never_become_rolling() {
    let mut phone = Phone::new("2026-11-22T18:00:00+01:00");
    phone.introduce();
    phone.answer_all_no();
    phone.check_in(wishes(Goal::Mobility, 10, &[]));
    let text = "supple1:mobility/12;p=heel_raise.b.3x12";
    phone.post("receive", &[("text", text)]);
    phone.post("receive/save", &[("text", text)]);
    let kept = phone.app.state().routines.first().expect("it is kept").what.clone();
    assert!(kept.wants.is_empty() && kept.sent.is_some(), "{kept:?}");
    let routines = phone.get("routines");
    assert!(!routines.body.contains("Plan it for today"), "nothing to roll came");
    let page = phone.press(&routines, "See its stretches and exercises for today", &[]);
    let answer = phone.press(&page, "Start the stretches and exercises", &[]);
    assert!(answer.location.as_deref().is_some_and(|to| to.contains("moves/run/")), "{answer:?}");
    let run = phone.app.state().moves.last().expect("a run");
    assert!(run.started.moves.iter().all(|dose| dose.id == "heel_raise"), "{run:?}");
}
