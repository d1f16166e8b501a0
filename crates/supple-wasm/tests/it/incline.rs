//! A test taken with the phone: every answer natively and in wasm with the same bytes.

use crate::engine::Wasm;
use serde_json::{Value, json};
use supple_core::measure::incline::{Rule, step_json};

/// Where the phone is after so many seconds, in degrees: at a wall, on a shin, two lunges of a trembling leg, and
/// somewhere else.
fn angles(t: f64) -> [f64; 2] {
    let tremble = 0.2 * (t * 37.0).sin();
    let lean = match t {
        ..2.0 => 0.0,
        ..7.0 => 3.0,
        ..9.0 => 3.0 + 17.3 * (t - 7.0),
        ..11.0 => 37.6,
        ..12.0 => 37.6 - 34.0 * (t - 11.0),
        ..14.0 => 3.6 + 18.2 * (t - 12.0),
        _ => 40.0,
    };
    [90.0 + lean + tremble, if t > 16.0 { 50.0 } else { 2.0 * tremble }]
}

#[test]
fn a_lunge_is_the_same_natively_and_in_wasm() {
    let rule = Rule::of(&supple_knowledge::embedded().measures["wblt_angle"]).expect("a phone takes it");
    let mut wasm = Wasm::start();
    let mut both = |ask: &Value| -> Value {
        let ask = ask.to_string();
        let native = step_json(&ask);
        assert_eq!(wasm.call("supple_incline", &ask), native);
        serde_json::from_str(&native).expect("an answer is JSON")
    };
    let mut answer = both(&json!({ "begin": { "rule": rule, "at_ms": 0.5 } }));
    let mut read = Vec::new();
    for look in 1..=180_u32 {
        let t = f64::from(look) / 10.0;
        let [beta, gamma] = angles(t);
        let (across, up) = (beta.to_radians().cos(), beta.to_radians().sin());
        let acceleration =
            [-across * gamma.to_radians().sin(), up, across * gamma.to_radians().cos()].map(|g| g * 9.81);
        let tap = [1, 20].contains(&look).then_some("go");
        let looks = json!([{ "at_ms": t * 1_000.0, "angles": [beta, gamma], "acceleration": acceleration }]);
        answer = both(&json!({ "step": { "state": answer["state"], "tap": tap, "looks": looks } }));
        assert!(answer["error"].is_null(), "{answer}");
        read.extend(answer["events"].as_array().expect("a list").iter().map(|event| event["kind"].clone()));
    }
    assert_eq!(read, ["zeroed", "ready", "read", "next", "read", "next", "refused"], "{read:?}");
    assert!(both(&json!({ "nothing": {} }))["error"].is_string());
}
