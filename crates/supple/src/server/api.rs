//! The paths for programs: how a device stands, exchanging events, erasing everything, the stateless contract.

use super::{Server, clock, pairing, trouble, wire};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use supple_core::contract::{MAX_LINE_BYTES, answer_json};
use supple_core::sync::Exchange;
use supple_store::Error;

/// The most one exchange may hold.
const SYNC_BYTES: usize = 1 << 20;
/// The most any other request may hold.
const SMALL_BYTES: usize = 4 << 10;

/// Whether the server is well.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// Always true: else the answer is an error.
    pub ok: bool,
    /// Always `supple`.
    pub name: String,
    /// The version of the program.
    pub version: String,
}

/// How a device stands.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Always true: a static host has no such path.
    pub server: bool,
    /// Whether this device may exchange events now.
    pub paired: bool,
    /// The epoch of the log, for paired devices.
    pub epoch: Option<String>,
}

/// What erases everything.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `epoch`")]
pub struct EraseRequest {
    /// The epoch to end; told twice, it ends once.
    pub epoch: String,
}

/// The epoch that has begun.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// The new epoch.
    pub epoch: String,
}

/// `healthz`: the file can be read.
pub async fn health(State(server): State<Arc<Server>>) -> Response {
    match server.desk.refresh().await {
        Ok(()) => {
            let version = env!("CARGO_PKG_VERSION").to_owned();
            wire::json(StatusCode::OK, &Health { ok: true, name: "supple".to_owned(), version })
        }
        Err(error) => trouble(&error),
    }
}

/// `api/status`.
pub async fn status(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    let paired = match pairing::standing(&server, &headers).await {
        Ok(paired) => paired,
        Err(error) => return trouble(&error),
    };
    let epoch = paired.then(|| server.desk.epoch());
    let mut response = wire::json(StatusCode::OK, &Status { server: true, paired, epoch });
    let root = server.access.root();
    // The cookie of a device that is in use never runs out.
    if paired
        && let Some(token) = clock::cookie(&headers, pairing::cookie_name(root))
        && let Some(cookie) = pairing::set_cookie(root, token)
    {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// `api/sync`.
pub async fn sync(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = match wire::read(&parts.headers, body, SYNC_BYTES).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let asked = match Exchange::read(&body) {
        Ok(asked) => asked,
        Err(why) => return wire::refuse(StatusCode::UNPROCESSABLE_ENTITY, format!("{why}; see api/openapi.json")),
    };
    match server.desk.exchange(&asked).await {
        Ok(answer) => wire::json(StatusCode::OK, &answer),
        Err(error) => refused(&error),
    }
}

/// `api/erase`: as JSON with the epoch, or from a form with `really=yes`, for pages without JavaScript.
pub async fn erase(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = match wire::read(&parts.headers, body, SMALL_BYTES).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    if wire::is_form(&parts.headers) {
        let form = supple_app::form::Form::parse(&String::from_utf8_lossy(&body));
        if form.get("really") != Some("yes") {
            return wire::refuse(
                StatusCode::UNPROCESSABLE_ENTITY,
                "nothing was erased; tick the box that you mean it",
            );
        }
        return match server.desk.erase(&server.desk.epoch()).await {
            Ok(_) => Redirect::to(server.access.root()).into_response(),
            Err(error) => refused(&error),
        };
    }
    let asked: EraseRequest = match serde_json::from_slice(&body) {
        Ok(asked) => asked,
        Err(error) => {
            return wire::refuse(StatusCode::UNPROCESSABLE_ENTITY, format!("{error}; see api/openapi.json"));
        }
    };
    match server.desk.erase(&asked.epoch).await {
        Ok(epoch) => {
            tracing::info!("everything was erased, a new epoch has begun");
            wire::json(StatusCode::OK, &Erased { epoch })
        }
        Err(error) => refused(&error),
    }
}

/// `api/plan`: what is in the request is all there is; nothing is read from the log, nothing written to it.
pub async fn plan(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = match wire::read(&parts.headers, body, MAX_LINE_BYTES).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let Ok(text) = String::from_utf8(body) else {
        return wire::refuse(StatusCode::UNPROCESSABLE_ENTITY, "a request is UTF-8 text; see api/openapi.json");
    };
    match answer_json(supple_knowledge::embedded(), &text) {
        Ok(answer) => wire::json(StatusCode::OK, &answer),
        Err(error) => wire::json(StatusCode::UNPROCESSABLE_ENTITY, &error),
    }
}

/// `api/openapi.json`.
pub async fn openapi(State(server): State<Arc<Server>>) -> Response {
    let document = super::openapi::document(server.access.root());
    ([(CONTENT_TYPE, "application/json")], document.to_string()).into_response()
}

/// What another device did wrong, or what went wrong here.
fn refused(error: &Error) -> Response {
    let inner = if let Error::AtLine { source, .. } = error { source } else { error };
    let status = match inner {
        Error::OtherEpoch { .. } | Error::Gap { .. } | Error::Differs { .. } | Error::IdTaken { .. } => {
            StatusCode::CONFLICT
        }
        Error::NoFrame { .. } | Error::NotOneLine | Error::LineTooLong => StatusCode::UNPROCESSABLE_ENTITY,
        _ => return trouble(error),
    };
    let epoch = if let Error::OtherEpoch { found, .. } = inner { Some(found.clone()) } else { None };
    wire::json(status, &wire::Refusal { error: format!("{error}. {}", error.next_step()), epoch })
}
