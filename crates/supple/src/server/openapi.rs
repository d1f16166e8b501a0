//! The HTTP API as an OpenAPI document.
//!
//! Assembled here and not by a library: every shape has its JSON Schema already, for `supple schema`, and a second
//! set of derives on the engine's types would have to be kept equal to the first.

use super::api::{EraseRequest, Erased, Health, Status};
use super::pairing::{PairRequest, Paired};
use super::routes::Route;
use super::wire::Refusal;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};
use supple_core::contract::{ErrorView, PlanAnswer, PlanRequest};
use supple_core::event::Event;
use supple_core::sync::{Exchange, Exchanged};

/// The document, for an app that begins at `root`.
pub fn document(root: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths = Map::new();
    for route in Route::ALL {
        let mut operation = operation(route, &mut schemas);
        let mut refusals: Vec<(u16, &str)> = Vec::new();
        if !route.is_open() {
            refusals.push((401, "This device is not paired."));
        }
        if route.method() == axum::http::Method::POST {
            refusals.push((403, "It was not sent by a page of this server, nor as JSON by a program."));
            refusals.push((413, "It is too long."));
        }
        refusals.push((421, "The server does not answer under this name."));
        refusals.push((503, "The log cannot be used now; try again."));
        let refusal = schemas.subschema_for::<Refusal>();
        for (status, says) in refusals {
            let responses = &mut operation["responses"];
            if responses.get(status.to_string()).is_none() {
                responses[status.to_string()] = answer(says, json!(refusal));
            }
        }
        if !route.is_open() {
            operation["security"] = json!([{ "paired": [] }, {}]);
        }
        let method = route.method().as_str().to_ascii_lowercase();
        paths.insert(format!("/{}", route.path()), json!({ method: operation }));
    }
    // What the lines of an exchange hold.
    let _ = schemas.subschema_for::<Event>();
    let schemas = schemas.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Supple",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Plans self-myofascial release sessions, and exchanges events between one person's devices. \
                Supple supports flexibility, warm-up, relaxation and comfort after exercise. It is not a medical device.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": root.trim_end_matches('/').to_owned() + "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "paired": {
                "type": "apiKey",
                "in": "cookie",
                "name": super::pairing::cookie_name(root),
                "description": "What `api/pair` gives. A server on this machine alone asks for none.",
            } },
        },
    })
}

fn operation(route: Route, schemas: &mut SchemaGenerator) -> Value {
    match route {
        Route::Health => json!({
            "operationId": "health",
            "summary": "Is the server well?",
            "responses": { "200": answer("It is.", of::<Health>(schemas)) },
        }),
        Route::Status => json!({
            "operationId": "status",
            "summary": "Is there a server, and is this device paired?",
            "responses": { "200": answer("How the device stands.", of::<Status>(schemas)) },
        }),
        Route::Sync => json!({
            "operationId": "sync",
            "summary": "Exchange events",
            "description": "Send what the server lacks, take what it answers, and ask again while there is `more` or \
                something left to send. A line is an `Event` as JSON, byte for byte as it stands in the log; one of a \
                newer version is kept as it is. The same lines may come any number of times.",
            "requestBody": body(of::<Exchange>(schemas)),
            "responses": {
                "200": answer("What the device lacks.", of::<Exchanged>(schemas)),
                "409": answer(
                    "Nothing was taken: the epoch is over (then `epoch` is the new one), a series does not go on where \
                     it ends here, or this place in a series has other bytes here.",
                    of::<Refusal>(schemas)
                ),
                "422": answer("Nothing was taken: it cannot be read.", of::<Refusal>(schemas)),
            },
        }),
        Route::Erase => json!({
            "operationId": "erase",
            "summary": "Erase everything, on every device",
            "description": "Ends the epoch. Events of it are refused from then on, so that no device brings them back; \
                a device learns of it from the 409 at its next exchange.",
            "requestBody": body(of::<EraseRequest>(schemas)),
            "responses": {
                "200": answer("It is erased.", of::<Erased>(schemas)),
                "409": answer("It was erased before; `epoch` is the one it is now.", of::<Refusal>(schemas)),
                "422": answer("Nothing was erased: it cannot be read.", of::<Refusal>(schemas)),
            },
        }),
        Route::Pair => json!({
            "operationId": "pair",
            "summary": "Trade a code from `supple pair` for a cookie",
            "requestBody": body(of::<PairRequest>(schemas)),
            "responses": {
                "200": answer("The device is paired; the cookie lets it in.", of::<Paired>(schemas)),
                "409": answer("This server needs no pairing.", of::<Refusal>(schemas)),
                "422": answer("It cannot be read.", of::<Refusal>(schemas)),
                "429": answer("Too many tries; wait as long as `Retry-After` says.", of::<Refusal>(schemas)),
            },
        }),
        Route::Plan => json!({
            "operationId": "plan",
            "summary": "Plan a session from nothing but the request",
            "description": "The stateless contract: the same request gives the same bytes, and nothing is stored.",
            "requestBody": body(of::<PlanRequest>(schemas)),
            "responses": {
                "200": answer("The answer, whatever its verdict.", of::<PlanAnswer>(schemas)),
                "422": answer("It cannot be read.", of::<ErrorView>(schemas)),
            },
        }),
        Route::OpenApi => json!({
            "operationId": "openapi",
            "summary": "This document",
            "responses": { "200": answer("An OpenAPI 3.1 document.", json!({ "type": "object" })) },
        }),
    }
}

fn of<T: schemars::JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    json!(schemas.subschema_for::<T>())
}

fn body(schema: Value) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": schema } } })
}

fn answer(says: &str, schema: Value) -> Value {
    json!({ "description": says, "content": { "application/json": { "schema": schema } } })
}
