//! What was made lighter is planned lighter, until a session there went well.

use crate::world::{Phone, rolled, wishes};
use supple_core::body::RegionId;
use supple_core::dose::Dose;
use supple_core::event::{EventBody, NextDayReported};
use supple_core::knowledge::Goal;
use supple_core::unit::Felt;

const PLACES: [RegionId; 2] = [RegionId::Calf, RegionId::RectusFemoris];

/// What is planned in the evening of this day of November, after a check-in and every answer.
fn planned(phone: &mut Phone, day: u8) -> Vec<Dose> {
    phone.is_now(&format!("2026-11-{day:02}T18:00:00+01:00"));
    let wished = wishes(Goal::Mobility, 12, &PLACES);
    phone.check_in(wished.clone());
    phone.answer_all_no();
    phone.suggested(&wished)
}

/// Felt target and cap that are planned for a place.
fn felt(doses: &[Dose], region: RegionId) -> (u8, u8) {
    let dose = doses.iter().find(|dose| dose.region == region).expect("it is planned");
    (dose.felt_target.get(), dose.felt_cap.get())
}

/// Does what is planned on a day, with these places made lighter, and gives what was planned.
fn session(phone: &mut Phone, day: u8, lighter: &[RegionId]) -> Vec<Dose> {
    let doses = planned(phone, day);
    let bodies: Vec<EventBody> = rolled(&format!("s{day}"), Goal::Mobility, &doses)
        .map(|body| match body {
            EventBody::BlockFinished(mut block) => {
                block.lighter_steps = u8::from(lighter.contains(&block.region));
                EventBody::BlockFinished(block)
            }
            other => other,
        })
        .collect();
    phone.record(bodies);
    doses
}

/// Says the evening after a day how the calves were.
fn report(phone: &mut Phone, day: u8, soreness: u8, bruise: bool) {
    phone.is_now(&format!("2026-11-{:02}T17:00:00+01:00", day + 1));
    let said = NextDayReported { region: RegionId::Calf, side: None, soreness: Felt::of(soreness), bruise };
    phone.record([EventBody::NextDayReported(said)]);
}

/// Somebody whose first session is over.
fn after_the_first() -> Phone {
    let mut phone = Phone::new("2026-11-01T18:00:00+01:00");
    phone.introduce();
    session(&mut phone, 1, &[]);
    phone
}

#[test]
fn lighter_next_time_chosen_by_hand_is_one_step_lighter_the_next_time_and_only_there() {
    let mut phone = after_the_first();
    let before = planned(&mut phone, 3);
    let usual = felt(&before, RegionId::Calf);
    assert_eq!(usual, (4, 6));
    let started = phone.post("session/start", &[("action", "start-by-hand-today")]).location.expect("a session");
    let path = format!("{}/by-hand", started.trim_start_matches('/'));
    let doses = phone.app.state().sessions.last().expect("it began").started.doses.clone();
    for dose in &doses {
        let words = if dose.region == RegionId::Calf { "Done, lighter next time" } else { "Done" };
        let page = phone.get(&path);
        phone.press(&page, words, &[]);
    }
    let next = planned(&mut phone, 5);
    assert_eq!(felt(&next, RegionId::Calf), (3, 5));
    assert_eq!(felt(&next, RegionId::RectusFemoris), usual);
    let page = phone.get("plan").body;
    assert!(page.contains("You made it lighter last time: it stays at 3 of 10 or less"), "{page}");
}

#[test]
fn it_stays_lighter_until_a_session_there_was_reported_fine() {
    let mut phone = after_the_first();
    session(&mut phone, 3, &[RegionId::Calf]);
    // That session itself went well, which is no reason for more.
    report(&mut phone, 3, 0, false);
    assert_eq!(felt(&session(&mut phone, 5, &[]), RegionId::Calf), (3, 5));
    // Nothing was said of this one.
    assert_eq!(felt(&session(&mut phone, 7, &[]), RegionId::Calf), (3, 5), "no report is not a good one");
    report(&mut phone, 7, 2, true);
    // A bruise closes the place for some days.
    assert_eq!(felt(&session(&mut phone, 20, &[]), RegionId::Calf), (3, 5));
    report(&mut phone, 20, 4, false);
    assert_eq!(felt(&session(&mut phone, 22, &[]), RegionId::Calf), (3, 5), "sore the day after");
    report(&mut phone, 22, 3, false);
    assert_eq!(felt(&planned(&mut phone, 24), RegionId::Calf), (4, 6));
}

#[test]
fn lighter_twice_is_two_steps_and_they_come_back_one_at_a_time() {
    let mut phone = after_the_first();
    session(&mut phone, 3, &[RegionId::Calf]);
    session(&mut phone, 5, &[RegionId::Calf]);
    for (day, expected) in [(7, (2, 4)), (9, (3, 5)), (11, (4, 6))] {
        assert_eq!(felt(&session(&mut phone, day, &[]), RegionId::Calf), expected, "on day {day}");
        report(&mut phone, day, 1, false);
    }
}
