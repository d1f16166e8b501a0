//! Pairing: a code that was printed on the server is traded, once, for a cookie that lets a device in.

use super::{Server, guard, secret, trouble, wire};
use axum::extract::{Request, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// The most such a form may hold.
const FORM_BYTES: usize = 4 << 10;
/// The longest name of a device, in characters.
const NAME_LENGTH: usize = 40;
/// 400 days, the longest that browsers keep a cookie. It is given anew whenever the device asks how it stands.
const COOKIE_SECONDS: u32 = 400 * 86_400;

/// Tries at once, and how long until the next one.
pub const TRIES: (u32, Duration) = (10, Duration::from_secs(2));

/// What a device sends to be let in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with `code` and perhaps `name`")]
pub struct PairRequest {
    /// The code that `supple pair` printed; case and the dash do not matter.
    pub code: String,
    /// What the person calls the device.
    #[serde(default)]
    pub name: Option<String>,
}

/// What it is answered, with the cookie.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paired {
    /// Always true.
    pub paired: bool,
    /// The epoch of the log.
    pub epoch: String,
}

/// The name of the cookie. With these prefixes a browser takes it only from https, and not from a neighbour.
pub fn cookie_name(root: &str) -> &'static str {
    if root == "/" { "__Host-supple" } else { "__Secure-supple" }
}

/// The cookie that holds this token.
pub fn set_cookie(root: &str, token: &str) -> Option<HeaderValue> {
    let name = cookie_name(root);
    HeaderValue::try_from(format!(
        "{name}={token}; Path={root}; Max-Age={COOKIE_SECONDS}; Secure; HttpOnly; SameSite=Strict"
    ))
    .ok()
}

/// Trades a code, from the form of the page `pair` or as JSON.
pub async fn pair(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let form = wire::is_form(&parts.headers);
    if !server.access.needs_pairing() {
        let words = "browsers on this machine need no pairing; start the server with --public-url for other devices";
        return if form { to(&server, "") } else { wire::refuse(StatusCode::CONFLICT, words) };
    }
    let asked = match wire::read(&parts.headers, body, FORM_BYTES).await {
        Ok(body) => read(&parts.headers, &body),
        Err(refusal) => return refusal,
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(why) => return wire::refuse(StatusCode::UNPROCESSABLE_ENTITY, why),
    };
    let try_now = server.tries.lock().unwrap_or_else(PoisonError::into_inner).take(Instant::now());
    if let Err(wait) = try_now {
        let seconds = wait.as_secs() + 1;
        if form {
            return to(&server, "pair?tried=often");
        }
        let words = format!("too many tries; wait {seconds} s, then try again");
        return ([(RETRY_AFTER, seconds)], wire::refuse(StatusCode::TOO_MANY_REQUESTS, words)).into_response();
    }
    let Ok(token) = secret::token() else {
        return wire::refuse(StatusCode::SERVICE_UNAVAILABLE, "this machine gives no random numbers; try again");
    };
    let (code, hash) = (secret::hash_of_code(&asked.code), secret::hash_of_token(&token));
    let name = name_of(asked.name.as_deref().unwrap_or_default());
    match server.desk.pair(&code, &hash, &name, &server.clock.now(&parts.headers)).await {
        Ok(true) => {
            tracing::info!("a device was paired");
            let paired = Paired { paired: true, epoch: server.desk.epoch() };
            let mut response = if form { to(&server, "") } else { wire::json(StatusCode::OK, &paired) };
            if let Some(cookie) = set_cookie(server.access.root(), &token) {
                response.headers_mut().insert(SET_COOKIE, cookie);
            }
            response
        }
        Ok(false) if form => to(&server, "pair?tried=wrong"),
        Ok(false) => wire::refuse(
            StatusCode::FORBIDDEN,
            "this code is not good (any more): each works once, for ten minutes; print a new one with `supple pair`",
        ),
        Err(error) => trouble(&error),
    }
}

/// Whether the device is paired, for those who answer differently then.
pub async fn standing(server: &Server, headers: &HeaderMap) -> Result<bool, supple_store::Error> {
    if server.access.needs_pairing() {
        return guard::is_paired(server, headers).await;
    }
    server.desk.refresh().await?;
    Ok(true)
}

fn to(server: &Server, path: &str) -> Response {
    axum::response::Redirect::to(&format!("{}{path}", server.access.root())).into_response()
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<PairRequest, String> {
    if wire::is_form(headers) {
        let form = supple_app::form::Form::parse(&String::from_utf8_lossy(body));
        let code = form.get("code").unwrap_or_default().to_owned();
        return Ok(PairRequest { code, name: form.get("name").map(str::to_owned) });
    }
    serde_json::from_slice(body).map_err(|error| format!("{error}; send {{\"code\": \"ABCD-EFGH\"}}"))
}

/// A name that can be printed on one line.
fn name_of(given: &str) -> String {
    let plain: String = given.chars().filter(|c| !c.is_control()).take(NAME_LENGTH).collect();
    let plain = plain.trim();
    if plain.is_empty() { "a device without a name".to_owned() } else { plain.to_owned() }
}
