//! Whatever a line holds, the answer is one line of JSON: an error, or an answer that keeps the ceilings.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use supple_core::contract::{PlanRequest, answer_line};

fuzz_target!(|bytes: &[u8]| {
    // A shell refuses what is not UTF-8 before it comes here.
    let Ok(line) = std::str::from_utf8(bytes) else { return };
    let knowledge = supple_knowledge::embedded();
    let answer = answer_line(knowledge, line);
    assert!(!answer.contains('\n'), "one line");
    let value: Value = serde_json::from_str(&answer).expect("an answer is JSON");
    let Some(verdict) = value["verdict"].as_str() else {
        assert!(!value["error"].as_str().expect("an error says what is wrong").is_empty());
        return;
    };
    let request: PlanRequest = serde_json::from_str(line).expect("what was answered can be read");
    let written = serde_json::to_string(&request).expect("a request is JSON");
    assert_eq!(answer_line(knowledge, &written), answer, "the same request gives the same bytes");

    let plan = &value["plan"];
    assert_eq!(plan.is_null(), matches!(verdict, "hold" | "refer"), "no plan for hold and refer");
    assert!(verdict != "clear" || value["reasons"].as_array().is_some_and(Vec::is_empty));
    if plan.is_null() {
        return;
    }
    let number = |value: &Value| value.as_u64().expect("a whole number");
    assert!(number(&plan["seconds_total"]) <= u64::from(request.minutes.get()) * 60);
    let mut pressure = 0;
    for block in plan["blocks"].as_array().expect("blocks") {
        let seconds = number(&block["sets"]) * number(&block["seconds_per_set"]);
        pressure += seconds;
        assert!((1..=3).contains(&number(&block["sets"])) && (1..=120).contains(&seconds));
        assert!(number(&block["felt_target"]) <= 4 && number(&block["felt_cap"]) <= 6);
        assert!(block["hold_seconds"].is_null() || number(&block["hold_seconds"]) <= 30);
        assert!(request.tools.iter().any(|tool| block["tool"] == tool.id()));
        assert!(request.avoid.iter().all(|region| block["region"] != region.id()));
    }
    assert_eq!(pressure, number(&plan["seconds_pressure"]));
});
