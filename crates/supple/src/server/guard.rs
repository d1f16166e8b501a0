//! What every request passes: is it asked of us, by our own page, by somebody who may? And what every answer says.

use super::access::{Access, is_loopback_name};
use super::clock::cookie;
use super::routes::Route;
use super::{Server, feeds, pairing, secret, trainings, wire};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use std::time::{Duration, Instant};
use supple_app::CONTENT_SECURITY_POLICY;

/// The longest an answer may take; beside it, the file itself is waited for at most 15 s.
const PATIENCE: Duration = Duration::from_secs(60);

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Checks a request, answers it, and marks the answer.
pub async fn guard(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let (began, id) = (Instant::now(), uuid::Uuid::now_v7().simple().to_string());
    let (method, place) = (request.method().clone(), place(&server, request.uri().path()));
    let of_files = below_root(&server, request.uri().path()).is_some_and(|path| path.starts_with(trainings::PATH));
    let patience = if of_files && method == Method::POST { trainings::PATIENCE * 2 } else { PATIENCE };
    let answered = tokio::time::timeout(patience, checked(&server, request, next)).await;
    let mut response =
        answered.unwrap_or_else(|_| wire::refuse(StatusCode::SERVICE_UNAVAILABLE, "this takes too long; try again"));
    mark(&server, &mut response, &id);
    // Neither bodies nor queries nor whole paths: they may say how a person is.
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros());
    if status >= 500 {
        tracing::warn!(id, %method, place, status, micros, "answered");
    } else {
        tracing::info!(id, %method, place, status, micros, "answered");
    }
    response
}

async fn checked(server: &Server, request: Request, next: Next) -> Response {
    if let Err(refusal) = is_addressed_to_us(server, &request).and_then(|host| is_our_page(server, &request, host)) {
        return *refusal;
    }
    if server.access.needs_pairing() && !is_open(server, &request) {
        match is_paired(server, request.headers()).await {
            Ok(true) => {}
            Ok(false) => return not_paired(server, &request),
            Err(error) => return super::trouble(&error),
        }
    }
    next.run(request).await
}

/// The name the request was sent to, if it is ours.
fn is_addressed_to_us<'r>(server: &Server, request: &'r Request) -> Result<&'r str, Box<Response>> {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = named.or_else(|| request.uri().authority().map(|authority| authority.as_str())).unwrap_or_default();
    // Whatever watches over the server asks it by the name of the machine.
    let is_health = below_root(server, request.uri().path()) == Some(Route::Health.path());
    if server.access.is_our_host(host) || (is_health && is_loopback_name(host)) {
        return Ok(host);
    }
    let error = match &server.access {
        Access::Loopback => "this server answers on this machine only, as localhost",
        Access::Public(_) => {
            "this server answers under its public address only; a proxy in front of it has to pass the Host header on"
        }
    };
    Err(Box::new(wire::refuse(StatusCode::MISDIRECTED_REQUEST, error)))
}

/// Whether a request that may change something comes from a page of ours. A browser says where it comes from;
/// a program that is no browser says nothing, and may send JSON, which no page elsewhere can without asking first.
fn is_our_page(server: &Server, request: &Request, host: &str) -> Result<(), Box<Response>> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let ours = match (text(SEC_FETCH_SITE), text(header::ORIGIN)) {
        // Our pages send no referrer, and a form on such a page has the origin `null`.
        (Some(site), Some("null") | None) => site == "same-origin",
        (Some(site), Some(origin)) => site == "same-origin" && server.access.is_our_origin(origin, host),
        (None, Some(origin)) => server.access.is_our_origin(origin, host),
        (None, None) => wire::is_json(headers),
    };
    let error = "this was not sent by a page of this server; open the app itself and try again there";
    if ours { Ok(()) } else { Err(Box::new(wire::refuse(StatusCode::FORBIDDEN, error))) }
}

/// What a device may see before it is paired: files that are the same for everybody, what this is, and the way in.
fn is_open(server: &Server, request: &Request) -> bool {
    let Some(path) = below_root(server, request.uri().path()) else { return true };
    let looks = matches!(*request.method(), Method::GET | Method::HEAD);
    match Route::at(path) {
        Some(route) => route.is_open(),
        // Whoever has the address of a calendar may ask; the secret in it is looked at there.
        None if looks && feeds::secret_of(path).is_some() => true,
        None => looks && (matches!(path, "" | "pair") || server.files.contains(path)),
    }
}

/// Whether the cookie is one that was given out and not taken back.
pub async fn is_paired(server: &Server, headers: &HeaderMap) -> Result<bool, supple_store::Error> {
    let Some(token) = cookie(headers, pairing::cookie_name(server.access.root())) else { return Ok(false) };
    server.desk.refresh().await?;
    Ok(server.desk.is_paired(&secret::hash_of_token(token)))
}

fn not_paired(server: &Server, request: &Request) -> Response {
    let is_page = *request.method() == Method::GET
        && below_root(server, request.uri().path()).is_some_and(|path| !path.starts_with("api/"));
    if is_page {
        return Redirect::to(&format!("{}pair", server.access.root())).into_response();
    }
    wire::refuse(StatusCode::UNAUTHORIZED, "this device is not paired; get a code with `supple pair` on the server")
}

/// The path below the root; nothing if it is not below it.
pub fn below_root<'p>(server: &Server, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(server.access.root())
}

/// The first piece of the path, for the server's log.
fn place(server: &Server, path: &str) -> String {
    let first = below_root(server, path).unwrap_or("elsewhere").split('/').next().unwrap_or_default();
    first.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(20).collect()
}

fn mark(server: &Server, response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::REFERRER_POLICY, "same-origin");
    say(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    say(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if server.access.needs_pairing() {
        say(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, server.policy.clone());
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// What pages may load and who may frame them: nobody. The latter cannot be said in the page itself.
pub fn policy() -> HeaderValue {
    HeaderValue::try_from(format!("{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"))
        .expect("the policy is plain ASCII")
}
