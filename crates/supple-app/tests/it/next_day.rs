//! The day after: asked once, with its date, and never assumed.

use crate::world::{Phone, wishes};
use supple_core::body::RegionId;
use supple_core::knowledge::Goal;

fn the_day_after() -> Phone {
    let mut phone = Phone::new("2026-11-20T18:00:00+01:00");
    phone.introduce();
    phone.a_day("2026-11-20T18:00:00+01:00", wishes(Goal::Mobility, 10, &[RegionId::Calf, RegionId::RectusFemoris]));
    phone.is_now("2026-11-22T08:00:00+01:00");
    phone
}

#[test]
fn it_is_asked_with_the_date_of_the_session_until_it_is_answered() {
    let mut phone = the_day_after();
    assert!(phone.get("today").body.contains("The day after Friday 20 November"), "a card leads to it");
    let page = phone.get("next-day");
    assert!(page.body.contains("The day after Friday 20 November"));
    let then = phone.press(&page, "Save", &[("worst", "2"), ("marks", "no")]);
    assert_eq!(then.location.as_deref(), Some("/today"));
    let reports = &phone.app.state().next_days;
    assert_eq!(reports.len(), 4, "each place on each side");
    assert!(reports.iter().all(|report| report.what.soreness.get() == 2 && !report.what.bruise));
    assert_eq!(phone.get_once("next-day").location.as_deref(), Some("/today"), "it is not asked twice");
    assert!(!phone.get("today").body.contains("The day after"));
}

#[test]
fn it_is_not_asked_on_the_day_itself() {
    let mut phone = the_day_after();
    phone.is_now("2026-11-20T23:00:00+01:00");
    assert_eq!(phone.get_once("next-day").status, 303);
}

#[test]
fn what_is_not_said_is_asked_for_and_never_taken_for_a_no() {
    let mut phone = the_day_after();
    let page = phone.get("next-day");
    for fields in [
        &[("marks", "no")][..],
        &[("worst", "2")],
        &[("worst", "eleven"), ("marks", "no")],
        &[("worst", "11"), ("marks", "no")],
    ] {
        let again = phone.press(&page, "Save", fields);
        assert_eq!(again.status, 422, "{fields:?}");
    }
    assert!(phone.app.state().next_days.is_empty());
}

#[test]
fn a_bruise_without_a_place_is_a_bruise_everywhere_and_with_one_only_there() {
    let mut phone = the_day_after();
    let page = phone.get("next-day");
    phone.press(&page, "Save", &[("worst", "5"), ("marks", "yes"), ("sore.calf.left", "1")]);
    let reports = &phone.app.state().next_days;
    assert!(reports.iter().all(|report| report.what.bruise));
    assert_eq!(reports.iter().filter(|report| report.what.soreness.get() == 5).count(), 3);

    let mut phone = the_day_after();
    let page = phone.get("next-day");
    phone.press(&page, "Save", &[("worst", "5"), ("marks", "no"), ("mark.calf.left", "yes")]);
    let marked = phone.app.state().next_days.iter().filter(|report| report.what.bruise).count();
    assert_eq!(marked, 1, "a ticked place counts, whatever else was said");
}
