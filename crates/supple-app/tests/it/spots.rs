//! Tight spots: a page for each.

use crate::world::Phone;
use supple_core::body::{RegionId, Side};
use supple_core::event::{EventBody, MapView, Name, SpotChange, SpotMarked, When};
use supple_core::unit::MapUnits;

fn marked(lump: bool) -> Phone {
    let mut phone = Phone::new("2026-11-01T18:00:00+01:00");
    phone.record([EventBody::SpotMarked(SpotMarked {
        spot: "calf".to_owned(),
        region: RegionId::Calf,
        side: Side::Left,
        view: MapView::Back,
        x: MapUnits::new(300).unwrap(),
        y: MapUnits::new(700).unwrap(),
        name: Name::new("outer <left> calf").ok(),
        lump,
    })]);
    phone
}

#[test]
fn a_spot_has_a_page_with_what_was_felt_there() {
    let mut phone = marked(false);
    phone.is_now("2026-11-05T18:00:00+01:00");
    let page = phone.get("spots/calf");
    assert!(page.body.contains("Outer &lt;left&gt; calf"), "a name is text, whatever is in it");
    assert!(page.body.contains("4 days"));
    phone.press(&page, "Save", &[("tenderness", "6"), ("when", "before")]);
    let page = phone.get("spots/calf");
    phone.press(&page, "Save", &[("tenderness", "4"), ("when", "after")]);
    assert!(phone.get("spots/calf").body.contains("6 before, 4 after"));
    assert_eq!(phone.app.state().spots[0].presses[1].what.when, When::After);
    let page = phone.get("spots/calf");
    phone.press(&page, "Easier", &[]);
    assert_eq!(phone.app.state().spots[0].last_change(), Some(SpotChange::Easier));
    let page = phone.get("spots/calf");
    phone.press(&page, "Gone", &[]);
    assert!(phone.get("spots/calf").body.contains("Was open for"));
}

#[test]
fn today_asks_after_each_open_spot_once() {
    let mut phone = marked(false);
    assert!(!phone.get("today").body.contains("Since last time"), "not on the day it was marked");
    phone.is_now("2026-11-03T18:00:00+01:00");
    let today = phone.get("today");
    assert!(today.body.contains("Since last time"));
    let then = phone.press(&today, "The same", &[]);
    assert_eq!(then.location.as_deref(), Some("/today"));
    assert!(!phone.get("today").body.contains("Since last time"));
}

#[test]
fn a_lump_or_four_weeks_without_change_is_worth_showing() {
    let worth = "Worth showing to a clinician";
    assert!(marked(true).get("spots/calf").body.contains(worth), "a lump, on the first day");
    let mut phone = marked(false);
    phone.is_now("2026-11-28T18:00:00+01:00");
    assert!(!phone.get("spots/calf").body.contains(worth), "27 days");
    phone.is_now("2026-11-29T18:00:00+01:00");
    let page = phone.get("spots/calf").body;
    assert!(page.contains(worth), "28 days");
    assert!(!page.contains("role=\"alert\""), "calmly");
}

#[test]
fn what_is_not_chosen_is_asked_for() {
    let mut phone = marked(false);
    assert_eq!(phone.post("spots/calf/press", &[("tenderness", "12"), ("when", "before")]).status, 422);
    assert_eq!(phone.post("spots/calf/press", &[("tenderness", "2")]).status, 422);
    assert_eq!(phone.post("spots/calf/follow-up", &[("change", "healed")]).status, 422);
    assert_eq!(phone.post("spots/none/follow-up", &[("change", "gone")]).status, 404);
    assert!(phone.app.state().spots[0].follow_ups.is_empty());
}
