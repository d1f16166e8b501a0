//! The description of the API says what the API does.

use super::Running;
use super::sync::line;
use crate::home::Home;
use serde_json::{Value, json};

/// Whether a value fits a JSON Schema: what our schemas use of it, and anything else is a failure.
fn fits(value: &Value, schema: &Value, all: &Value) -> Result<(), String> {
    let Some(schema) = schema.as_object() else {
        return if schema == &json!(true) { Ok(()) } else { Err(format!("schema {schema}")) };
    };
    for (word, says) in schema {
        let fine = match word.as_str() {
            "$ref" => {
                let name = says.as_str().unwrap().strip_prefix("#/components/schemas/").expect("a schema of its own");
                fits(value, all.get(name).unwrap_or_else(|| panic!("{name} is missing")), all)?;
                true
            }
            "type" => {
                let kinds = says.as_array().cloned().unwrap_or_else(|| vec![says.clone()]);
                kinds.iter().any(|kind| is_a(value, kind.as_str().unwrap()))
            }
            "enum" => says.as_array().unwrap().contains(value),
            "const" => says == value,
            "required" => says.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "properties" => {
                for (name, schema) in says.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        fits(inner, schema, all).map_err(|why| format!("{name}: {why}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = schema.get("properties").and_then(Value::as_object);
                let mut more = value.as_object().into_iter().flatten();
                more.all(|(name, inner)| {
                    known.is_some_and(|known| known.contains_key(name))
                        || (says != &json!(false) && fits(inner, says, all).is_ok())
                })
            }
            "items" => {
                for (nth, inner) in value.as_array().into_iter().flatten().enumerate() {
                    fits(inner, says, all).map_err(|why| format!("[{nth}]: {why}"))?;
                }
                true
            }
            "anyOf" => says.as_array().unwrap().iter().any(|one| fits(value, one, all).is_ok()),
            "oneOf" => says.as_array().unwrap().iter().filter(|one| fits(value, one, all).is_ok()).count() == 1,
            "allOf" => says.as_array().unwrap().iter().all(|one| fits(value, one, all).is_ok()),
            "minimum" => value.as_f64().is_none_or(|n| n >= says.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= says.as_f64().unwrap()),
            "description" | "title" | "format" | "default" => true,
            other => return Err(format!("this test does not know the word {other}")),
        };
        if !fine {
            return Err(format!("{value} is not {word}: {says}"));
        }
    }
    Ok(())
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("no such type: {other}"),
    }
}

#[test]
fn every_path_is_described_and_answers_as_described() {
    let home = Home::new();
    let server = Running::start(&home);
    let document = server.ask("GET", "/api/openapi.json").send().with(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let schemas = &document["components"]["schemas"];
    let epoch = server.epoch();
    let plan = json!({
        "now": "2026-11-22T18:00:00+01:00[Europe/Berlin]", "minutes": 10, "goal": "recovery",
        "tools": ["foam_roller"], "wants": ["calf"], "first_session": false,
        "person": { "age_years": 34 }, "screen": { "default": "no" },
    });
    let samples = [
        ("get", "/healthz", Value::Null, 200),
        ("get", "/api/status", Value::Null, 200),
        ("get", "/api/openapi.json", Value::Null, 200),
        ("post", "/api/sync", json!({ "epoch": epoch, "lines": [line("phone", 1, "x")] }), 200),
        ("post", "/api/sync", json!({ "epoch": epoch, "have": { "tablet": 4 } }), 200),
        ("post", "/api/sync", json!({ "epoch": "over" }), 409),
        ("post", "/api/sync", json!({ "lines": 1 }), 422),
        ("post", "/api/plan", plan, 200),
        ("post", "/api/plan", json!({}), 422),
        ("post", "/api/pair", json!({ "code": "x" }), 409),
        ("post", "/api/erase", json!({}), 422),
        ("post", "/api/erase", json!({ "epoch": epoch }), 200),
        ("post", "/api/erase", json!({ "epoch": epoch }), 409),
    ];
    for (method, path, body, status) in &samples {
        let answer = match *method {
            "get" => server.ask("GET", path).send(),
            _ => server.send(path, body),
        };
        let operation = &document["paths"][*path][*method];
        let schema = &operation["responses"][status.to_string()]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{method} {path} {status} is described");
        let answer = answer.with(*status).json();
        fits(&answer, schema, schemas).unwrap_or_else(|why| panic!("{method} {path}: {why}"));
        if *status == 200 && *method == "post" {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            fits(body, schema, schemas).unwrap_or_else(|why| panic!("{method} {path}: {why}"));
        }
    }
    // Nothing is described that is not there, and nothing is there that is not tried above.
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(samples.iter().any(|(m, p, ..)| m == method && p == path), "{method} {path} is not tried");
            assert!(operation["operationId"].is_string() && operation["summary"].is_string(), "{path}");
        }
    }
    // The check above can fail.
    let status =
        &document["paths"]["/api/status"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert!(fits(&json!({ "server": "yes", "paired": true }), status, schemas).is_err());
    assert!(fits(&json!({ "server": true, "paired": true, "epoch": null, "more": 1 }), status, schemas).is_err());
    assert!(fits(&json!({ "server": true }), status, schemas).is_err());
}

#[test]
fn an_api_path_that_is_not_there_is_not_described() {
    let home = Home::new();
    let server = Running::start(&home);
    server.ask("GET", "/api/users").send().with(404);
}
