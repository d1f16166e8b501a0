//! Small things between the modules of the server and HTTP.

use axum::body::{self, Body};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest that a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// What an API path answers when it cannot do what was asked.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// What is wrong, and what to do.
    pub error: String,
    /// The epoch it is now, where the one that was given is over: erase what is left of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
}

/// JSON.
pub fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => (status, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, format!("the answer is no JSON: {error}")),
    }
}

/// A refusal, in JSON.
pub fn refuse(status: StatusCode, error: impl Into<String>) -> Response {
    let refusal = Refusal { error: error.into(), epoch: None };
    (status, [(CONTENT_TYPE, "application/json")], serde_json::to_vec(&refusal).unwrap_or_default()).into_response()
}

/// Whether the body is a form.
pub fn is_form(headers: &HeaderMap) -> bool {
    has_type(headers, "application/x-www-form-urlencoded")
}

/// Whether the body is JSON.
pub fn is_json(headers: &HeaderMap) -> bool {
    has_type(headers, "application/json")
}

fn has_type(headers: &HeaderMap, wanted: &str) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().is_some_and(|given| given.trim().eq_ignore_ascii_case(wanted))
}

/// Reads a body of at most `most` bytes.
pub async fn read(headers: &HeaderMap, body: Body, most: usize) -> Result<Vec<u8>, Response> {
    let too_long = || refuse(StatusCode::PAYLOAD_TOO_LARGE, format!("at most {most} bytes may be sent here at once"));
    let announced: Option<usize> =
        headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|value| value.parse().ok());
    if announced.is_some_and(|announced| announced > most) {
        return Err(too_long());
    }
    match tokio::time::timeout(BODY_PATIENCE, body::to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        // Cut off, or more than was announced.
        Ok(Err(_)) => Err(too_long()),
        Err(_) => Err(refuse(StatusCode::REQUEST_TIMEOUT, "what was sent did not arrive in time; send it again")),
    }
}
