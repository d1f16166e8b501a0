//! What was, month by month, and undo.

use crate::world::{Phone, wishes};
use supple_core::body::RegionId;
use supple_core::knowledge::Goal;

fn some_weeks() -> Phone {
    let mut phone = Phone::new("2026-10-05T18:00:00+02:00");
    phone.introduce();
    let legs = wishes(Goal::Mobility, 10, &[RegionId::Calf]);
    phone.a_day("2026-10-05T18:00:00+02:00", legs.clone());
    phone.a_day("2026-11-03T18:00:00+01:00", legs.clone());
    phone.a_day("2026-11-10T18:00:00+01:00", legs);
    phone.is_now("2026-11-22T18:00:00+01:00");
    phone
}

#[test]
fn a_month_shows_its_sessions_and_leads_to_the_months_beside_it() {
    let mut phone = some_weeks();
    let november = phone.get("history");
    assert!(november.body.contains("November 2026") && november.body.contains("2 sessions"));
    assert!(november.body.contains("history?month=2026-10") && !november.body.contains("month=2026-12"));
    let october = phone.get("history?month=2026-10");
    assert!(october.body.contains("October 2026") && october.body.contains("1 session,"));
    assert!(october.body.contains("history?month=2026-11") && !october.body.contains("month=2026-09\""));
}

#[test]
fn the_map_shows_pressure_and_soreness() {
    let mut phone = some_weeks();
    assert!(phone.get("history?heat=pressure").body.contains("Minutes of pressure"));
    assert!(phone.get("history?heat=soreness").body.contains("No soreness was noted"));
}

#[test]
fn a_session_tells_what_was_done_of_what_was_planned() {
    let mut phone = some_weeks();
    let page = phone.get("history/session-2026-11-03");
    assert!(page.body.contains("Tuesday 3 November") && page.body.contains("all of it"));
    assert_eq!(phone.get("history/none").status, 404);
}

#[test]
fn a_day_without_a_session_is_never_an_alarm() {
    let page = some_weeks().get("history");
    for word in ["missed", "warn", "danger", "streak", "caution"] {
        assert!(!page.body.contains(word), "{word}");
    }
}

#[test]
fn the_last_entry_is_undone_and_stays_in_the_log() {
    let mut phone = some_weeks();
    let legs = wishes(Goal::Recovery, 10, &[RegionId::Calf]);
    phone.check_in(legs);
    assert_eq!(phone.app.state().check_ins.len(), 4);
    let entries = phone.app.entries().len();
    let page = phone.get("history");
    assert!(page.body.contains("Check-in, today at 18:00"));
    phone.press(&page, "Undo", &[]);
    assert_eq!(phone.app.state().check_ins.len(), 3);
    assert_eq!(phone.app.entries().len(), entries + 1);
    phone.press(&page, "Undo", &[]);
    assert_eq!(phone.app.entries().len(), entries + 1, "an old page undoes nothing else");
}

#[test]
fn pressure_that_was_given_is_not_undone() {
    let mut phone = some_weeks();
    loop {
        let page = phone.get("history");
        if !page.body.contains(">Undo</button>") {
            break;
        }
        phone.press(&page, "Undo", &[]);
    }
    let state = phone.app.state();
    assert!(state.check_ins.is_empty());
    assert_eq!(state.sessions.len(), 3);
    assert!(state.sessions.iter().all(|session| session.seconds().get() > 0));
}
