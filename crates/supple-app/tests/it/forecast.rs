//! Soreness ahead: "cannot tell yet" before there is enough, five days as links, and the list.

use crate::world::{Phone, knowledge};
use supple_core::event::{CheckedIn, EventBody, Soreness, Trained};
use supple_core::knowledge::Goal;
use supple_core::unit::{Felt, SessionMinutes, TrainingSeconds};

fn run(phone: &Phone) -> EventBody {
    EventBody::Trained(Box::new(Trained {
        start: phone.now.checked_sub(jiff::SignedDuration::from_hours(10)).expect("in range"),
        seconds: TrainingSeconds::new(3600).expect("in range"),
        sport: "running".into(),
        name: None,
        effort: Some(Felt::of(8)),
        unusual: Some(true),
        exercises: Vec::new(),
        distance: None,
        ascent: None,
        descent: None,
        rolled: Vec::new(),
        source: None,
    }))
}

fn check_in(felt: u8) -> EventBody {
    let region = supple_core::body::RegionId::Calf;
    let soreness = if felt == 0 { Vec::new() } else { vec![Soreness { region, side: None, felt: Felt::of(felt) }] };
    EventBody::CheckedIn(CheckedIn {
        goal: Goal::Recovery,
        minutes: SessionMinutes::new(10).expect("in range"),
        soreness,
        tight: Vec::new(),
        wants: Vec::new(),
        avoid: Vec::new(),
    })
}

#[test]
fn three_weeks_of_a_log_are_foretold_and_scored() {
    let mut phone = Phone::new("2026-11-01T19:00:00+01:00");
    phone.introduce();
    assert!(phone.get("forecast/scored").body.contains("Nothing to score yet"));
    let early = phone.get("forecast").body;
    assert!(early.contains("Cannot tell yet") && early.contains("7 more days") && !early.contains("forecast/scored"));
    for day in 1..=21 {
        phone.is_now(&format!("2026-11-{day:02}T19:00:00+01:00"));
        if day % 5 == 1 {
            phone.record([run(&phone)]);
        }
        phone.record([check_in([0, 0, 4, 6, 3][day % 5])]);
    }
    let page = phone.get("forecast").body;
    assert!(!page.contains("Cannot tell yet"));
    for day in 0..5 {
        assert!(page.contains(&format!("/forecast?day={day}\"")), "day {day} is a link");
    }
    let calf = &knowledge().regions[&supple_core::body::RegionId::Calf].name;
    assert!(
        page.contains(&format!("Monday morning: {calf}")),
        "{}",
        page.split("Each place at its worst").nth(1).expect("a list")
    );
    let monday = phone.get("forecast?day=2").body;
    assert!(monday.contains("Monday 23 November") && monday.contains(" of 10, "), "the map says it in words too");
    assert!(
        page.contains(&format!("Likely worst on Monday morning: {}, both sides, ", calf.to_lowercase())),
        "{page}"
    );
    for page in ["today", "training"] {
        assert!(phone.get(page).body.contains("/forecast\""), "{page} links to it once there is a training");
    }
    let so_far = phone.get("forecast/scored").body;
    assert!(so_far.contains("The same as last time") && so_far.contains("each made from earlier days only"));
    assert!(so_far.contains(&format!("{calf}, left: foretold and come")) && so_far.contains("<svg"), "{so_far}");
    let points = so_far.matches("class=\"dot\"").count();
    assert!(points > 3, "what was said is in it: {points} points");
    assert!(phone.get("forecast?day=99").body.contains("Saturday 21 November"), "an odd day is today");
}

#[test]
fn a_plan_for_recovery_says_what_will_be_sore_tomorrow_and_only_after_training() {
    let plan = |trained: bool| {
        let mut phone = Phone::new("2026-11-01T19:00:00+01:00");
        phone.introduce();
        for day in 1..=21 {
            phone.is_now(&format!("2026-11-{day:02}T19:00:00+01:00"));
            if trained && day % 5 == 1 {
                phone.record([run(&phone)]);
            }
            phone.record([check_in([0, 0, 4, 6, 3][day % 5])]);
        }
        phone.answer_all_no();
        phone.get("plan").body
    };
    let (with, without) = (plan(true), plan(false));
    assert!(with.contains("will likely be sore tomorrow: about"), "{with}");
    assert!(without.contains("Calf") && !without.contains("will likely be sore tomorrow"));
}
