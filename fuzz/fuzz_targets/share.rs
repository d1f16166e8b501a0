//! Whatever text comes from somebody: it is refused in words, or it is a routine that is written as the same text, and
//! nothing of it gets past the receiver's own clearance.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use supple_core::assess::Assessment;
use supple_core::contract::{PlanRequest, decide};
use supple_core::gate::Clearance;
use supple_core::share::{MOST_BYTES, Outcome, Part, Shared, fit};

/// What an adult with one closed place may do, who has a roller and a soft ball.
static CLEARANCE: LazyLock<Clearance> = LazyLock::new(|| {
    let request = r#"{"now":"2026-11-22T18:00:00+01:00[Europe/Berlin]","minutes":12,"goal":"recovery",
        "tools":["foam_roller","ball"],"tool_firmness":{"foam_roller":"soft","ball":"soft"},"first_session":false,
        "person":{"age_years":40},"screen":{"default":"no"},"avoid":["calf"]}"#;
    let request: PlanRequest = serde_json::from_str(request).expect("a request");
    let knowledge = supple_knowledge::embedded();
    let assessment = Assessment::from_request(&request, knowledge).expect("an assessment");
    decide(knowledge, &assessment).0.verdict.clearance().expect("something may be done").clone()
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let shared = match Shared::read(text) {
        Ok(shared) => shared,
        Err(why) => {
            let words = why.to_string();
            return assert!(!words.is_empty() && words.len() < 400 && !words.contains(char::is_control), "{words:?}");
        }
    };
    let written = shared.to_text();
    let behind = text.trim().rsplit_once('#').map_or(text.trim(), |(_, behind)| behind);
    assert_eq!(written, behind, "a content has one spelling");
    assert!(written.len() <= MOST_BYTES);
    let knowledge = supple_knowledge::embedded();
    for session in &shared.sessions {
        for fitted in fit(knowledge, &CLEARANCE, shared.goal, session) {
            match (fitted.part, fitted.outcome) {
                (Part::Press(press), Outcome::Allowed { doses, .. }) => {
                    for dose in doses {
                        assert!(CLEARANCE.allows(knowledge, &dose), "the gate allows it: {dose:?}");
                        assert!(dose.sets <= press.sets && dose.seconds_per_set <= u32::from(press.seconds));
                        assert!(dose.felt_target.get() <= press.felt);
                    }
                }
                (Part::Move(sent), Outcome::Move { doses, .. }) => {
                    for dose in doses {
                        assert!(CLEARANCE.allows_move_dose(knowledge, &dose), "the gate allows it: {dose:?}");
                        assert!(dose.sets <= sent.sets);
                    }
                }
                (_, Outcome::LeftOut(why)) => assert!(!why.is_empty(), "the receiver is told why"),
                (part, outcome) => panic!("{part:?} became {outcome:?}"),
            }
        }
    }
});
