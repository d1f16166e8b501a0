//! "I have been seen" lifts nothing: it only takes answers away, and an answer less never allows more.

use crate::properties::within;
use crate::requests::{caution_id, knowledge};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use supple_core::Zoned;
use supple_core::assess::Assessment;
use supple_core::body::{RegionId, Side};
use supple_core::event::CheckedIn;
use supple_core::event::upcast::{Entry, read};
use supple_core::gate::{Allowance, judge};
use supple_core::state::fold;

const NOW: &str = "2026-11-22T18:00:00+01:00[Europe/Berlin]";

fn log(bodies: &[Value]) -> Vec<Entry> {
    let entry = |(index, body): (usize, &Value)| {
        let event = json!({
            "id": format!("e{index}"), "device": "phone", "seq": index + 1, "logical_ms": index + 1,
            "at": "2026-11-22T17:30:00+01:00[Europe/Berlin]", "version": 2, "body": body,
        });
        let entry = read(&event.to_string());
        assert!(matches!(entry, Entry::Read(_)), "{entry:?}");
        entry
    };
    bodies.iter().enumerate().map(entry).collect()
}

/// What a log allows today; nothing, where there is no plan.
fn allowed(bodies: &[Value]) -> BTreeMap<(String, Side), Allowance> {
    let now: Zoned = NOW.parse().unwrap();
    let wishes: CheckedIn = serde_json::from_value(json!({ "goal": "mobility", "minutes": 20 })).unwrap();
    let assessment = Assessment::from_state(knowledge(), &fold(&log(bodies)), &now, &wishes);
    let judgement = judge(knowledge(), &assessment);
    let Some(clearance) = judgement.verdict.clearance() else { return BTreeMap::new() };
    let sides = [Side::Left, Side::Right, Side::Both, Side::Midline];
    let all = knowledge().techniques.iter().flat_map(|(id, technique)| sides.map(|side| (id, technique, side)));
    all.filter_map(|(id, technique, side)| {
        let most = clearance.allowance(knowledge(), technique, side).ok()?;
        Some(((id.clone(), side), most))
    })
    .collect()
}

fn answered(caution: &str, answer: &str) -> Value {
    json!({ "type": "question_answered", "caution": caution, "answer": answer,
        "text_version": knowledge().cautions[caution].text_version })
}

/// Who it is, and a no to every question, everywhere.
fn all_no() -> Vec<Value> {
    let everywhere: Vec<Value> = RegionId::ALL.iter().map(|region| json!({ "region": region })).collect();
    let no = |id: &String| {
        let mut body = answered(id, "no");
        body["areas"] = json!(everywhere);
        body
    };
    let profile = json!({ "type": "profile_changed", "age_years": 40,
        "tools": ["foam_roller", "ball", "massage_stick", "wall_ball", "peanut", "handheld"] });
    std::iter::once(profile).chain(knowledge().cautions.keys().map(no)).collect()
}

fn seen() -> Value {
    json!({ "type": "seen_by_clinician", "on": "2026-11-22" })
}

fn given() -> impl Strategy<Value = (String, &'static str, Vec<(RegionId, Side)>, bool)> {
    let area = (select(RegionId::ALL.to_vec()), select(vec![Side::Left, Side::Right]));
    (caution_id(), select(vec!["yes", "yes", "no", "unknown"]), vec(area, 0..3), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn having_been_seen_never_allows_more(
        given in vec(given(), 0..6), again in vec(any::<bool>(), 80), at in 0_usize..200, all_again in any::<bool>(),
    ) {
        let mut log = all_no();
        let mut agreed = BTreeSet::new();
        for (id, answer, areas, agrees) in given {
            let mut body = answered(&id, answer);
            body["areas"] = areas.iter().map(|(region, side)| json!({ "region": region, "side": side })).collect();
            // Agreements to one question count as old as the oldest of them, so each question gets one at most: a
            // second would count as the younger it is once the first is gone.
            if agrees && answer == "yes" && agreed.insert(id) {
                body["clinician_agreed_on"] = json!("2026-11-20");
                body["since"] = json!("2025-01-01");
            }
            log.push(body);
        }
        log.extend(all_no().into_iter().skip(1).zip(again).filter(|(_, again)| *again || all_again).map(|(no, _)| no));
        let before = allowed(&log);
        let mut log_with = log.clone();
        log_with.insert(at % (log.len() + 1), seen());
        for (what, most) in allowed(&log_with) {
            let was = before.get(&what);
            prop_assert!(was.is_some_and(|was| within(&most, was)), "{:?}: {:?} was {:?}", what, most, was);
        }
        // Right after it nothing is answered, so nothing is allowed.
        log.push(seen());
        prop_assert!(allowed(&log).is_empty());
    }
}

#[test]
fn after_having_been_seen_every_question_opens_the_way_again_and_one_left_out_keeps_it_closed() {
    let mut log = all_no();
    assert!(allowed(&log).len() > 50, "what is compared above is not nothing");
    log.push(seen());
    let answers: Vec<Value> = all_no().into_iter().skip(1).collect();
    let (last, rest) = answers.split_last().unwrap();
    log.extend_from_slice(rest);
    let closed = allowed(&log);
    log.push(last.clone());
    let open = allowed(&log);
    assert_eq!(open, allowed(&all_no()));
    assert!(closed.len() < open.len());
}

#[test]
fn an_agreement_goes_with_the_answer_it_stands_in() {
    let mut agreed = answered("sp_numbness", "yes");
    agreed["areas"] = json!([{ "region": "calf", "side": "left" }]);
    agreed["clinician_agreed_on"] = json!("2026-11-20");
    agreed["since"] = json!("2025-01-01");
    let log = |extra: &[Value]| {
        let mut log = all_no();
        log.push(agreed.clone());
        log.extend_from_slice(extra);
        allowed(&log)
    };
    let on_the_calf =
        |allowed: &BTreeMap<(String, Side), Allowance>| allowed.contains_key(&("calf_roller".to_owned(), Side::Left));
    assert!(on_the_calf(&log(&[])), "the agreement opens it");
    let mut later = vec![seen()];
    later.extend(all_no().into_iter().skip(1));
    let mut bare = agreed.clone();
    bare.as_object_mut().unwrap().remove("clinician_agreed_on");
    later.push(bare);
    assert!(!on_the_calf(&log(&later)), "asked again and still a yes, it needs an agreement of its own");
    later.push(agreed.clone());
    assert!(on_the_calf(&log(&later)), "which may be given again");
}
