//! That a long log is gone through in fewer steps changes nothing: each short way against the long one.

use super::ScreenFact;
use super::from_state::{days_since, is_older_than, on_day, take, taken_together};
use crate::body::{Area, RegionId, Side};
use crate::event::{Answer, QuestionAnswered};
use crate::knowledge::{Caution, Scope};
use crate::state::Timed;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use proptest::prelude::*;

fn caution(scope: Scope) -> Caution {
    let json = serde_json::json!({
        "name": "It", "kind": "delphi", "question": "Is it so?", "lines": [], "why": "Because.", "advice": "Wait.",
        "scope": "whole_body", "action": "avoid-all", "ask_again": "each_session", "text_version": 1, "sources": [],
        "read": "abstract",
    });
    let mut caution: Caution = serde_json::from_value(json).expect("a caution");
    caution.scope = scope;
    caution
}

fn at(second: i64) -> Zoned {
    Timestamp::from_second(second).expect("a time").to_zoned(TimeZone::UTC)
}

fn answered() -> impl Strategy<Value = QuestionAnswered> {
    let answer = prop_oneof![Just(Answer::Yes), Just(Answer::No), Just(Answer::Unknown)];
    let side = prop_oneof![Just(None), Just(Some(Side::Left)), Just(Some(Side::Right)), Just(Some(Side::Both))];
    let some = prop::collection::vec((0..RegionId::ALL.len(), side.clone()), 0..6);
    let some = some.prop_map(|areas| {
        areas.into_iter().map(|(region, side)| Area { region: RegionId::ALL[region], side }).collect::<Vec<_>>()
    });
    let all = Just(RegionId::ALL.map(|region| Area { region, side: None }).to_vec());
    let day = |far: i64| -> Date { date(2026, 1, 1).checked_add(Span::new().days(far)).expect("a day") };
    let days = move || prop::option::weighted(0.3, (0i64..40).prop_map(day));
    (answer, side, prop_oneof![3 => some, 1 => all], days(), days()).prop_map(
        |(answer, side, areas, clinician_agreed_on, since)| QuestionAnswered {
            caution: "it".into(),
            text_version: 1,
            answer,
            side,
            areas,
            clinician_agreed_on,
            since,
        },
    )
}

proptest! {
    #[test]
    fn the_last_answers_say_what_all_of_them_say(said in prop::collection::vec(answered(), 0..9)) {
        let timed: Vec<_> = said
            .into_iter()
            .enumerate()
            .map(|(i, what)| Timed { at: at(i64::try_from(i).expect("few")), id: i.to_string(), what })
            .collect();
        for scope in [Scope::MarkedArea, Scope::WholeBody] {
            let caution = caution(scope);
            let mut all = ScreenFact::UNANSWERED;
            for given in &timed {
                take(&mut all, &caution, &given.what);
            }
            prop_assert_eq!(taken_together(&caution, &timed, |_| true), all, "{:?}", scope);
            let counts = |given: &Timed<QuestionAnswered>| given.id.len() == 1 && given.id != "3" && given.id != "0";
            let mut some = ScreenFact::UNANSWERED;
            for given in timed.iter().filter(|given| counts(given)) {
                take(&mut some, &caution, &given.what);
            }
            prop_assert_eq!(taken_together(&caution, &timed, counts), some, "{:?}, not all of them", scope);
        }
    }

    #[test]
    fn days_are_told_apart_without_a_zone_as_with_one(
        zone in prop::sample::select(vec!["Europe/Berlin", "Pacific/Apia", "Pacific/Kiritimati", "America/St_Johns"]),
        // From 1990 to 2030: Apia left out the last but one day of 2011, St John's turned back its clocks at 0:01.
        now in 631_152_000i64..1_893_456_000,
        hours in -400i64..1200,
        days in -1i32..40,
    ) {
        let now = Timestamp::from_second(now).expect("a time").to_zoned(TimeZone::get(zone).expect("a zone"));
        let then = at(now.timestamp().as_second() - hours * 3600);
        let day = then.with_time_zone(now.time_zone().clone()).date();
        prop_assert_eq!(on_day(&then, &now), day == now.date());
        prop_assert_eq!(is_older_than(&then, days, &now), days_since(&then, &now) > days);
    }
}
