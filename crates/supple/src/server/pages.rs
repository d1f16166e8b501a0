//! The pages of the app: HTTP in, the pure app in the middle, HTTP out.

use super::{Server, guard, trouble, wire};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, LOCATION};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use supple_app::exchange::{Method as Asked, Shell};
use supple_app::{App, Request as AppRequest, Response as AppResponse};

/// The most a form may hold.
const FORM_BYTES: usize = 256 << 10;

/// A file of `web/`, or a page.
pub async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(path) = guard::below_root(&server, parts.uri.path()) else {
        return Redirect::to(server.access.root()).into_response();
    };
    let method = match parts.method {
        Method::GET | Method::HEAD => Asked::Get,
        Method::POST => Asked::Post,
        _ => return wire::refuse(StatusCode::METHOD_NOT_ALLOWED, "pages are looked at (GET) and posted to (POST)"),
    };
    if method == Asked::Get {
        if let Some(file) = server.files.get(path, &parts.headers) {
            return file;
        }
        return look(&server, &parts.headers, &parts.uri, path).await;
    }
    if !(wire::is_form(&parts.headers) || wire::is_json(&parts.headers)) {
        return wire::refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "pages take urlencoded forms and JSON");
    }
    let body = match wire::read(&parts.headers, body, FORM_BYTES).await {
        Ok(bytes) => bytes,
        Err(refusal) => return refusal,
    };
    let Ok(body) = String::from_utf8(body) else {
        return wire::refuse(StatusCode::BAD_REQUEST, "a form is UTF-8 text");
    };
    post(&server, &ask(&server, &parts.headers, &parts.uri, path, Asked::Post, body)).await
}

async fn look(server: &Server, headers: &HeaderMap, uri: &Uri, path: &str) -> Response {
    let asked = ask(server, headers, uri, path, Asked::Get, String::new());
    if server.access.needs_pairing() {
        match guard::is_paired(server, headers).await {
            Ok(true) => {}
            // Welcome and the way in, as they look over an empty log.
            Ok(false) => {
                let empty = App::new(supple_knowledge::embedded(), Vec::new());
                return answer_of(empty.decide(&asked).response);
            }
            Err(error) => return trouble(&error),
        }
    } else if let Err(error) = server.desk.refresh().await {
        return trouble(&error);
    }
    answer_of(server.desk.look(&asked))
}

/// The settings page with this query and status: what it says to something that is no form of the app.
pub async fn settings(server: &Server, headers: &HeaderMap, uri: &Uri, status: StatusCode, query: &str) -> Response {
    let mut asked = ask(server, headers, uri, "settings", Asked::Get, String::new());
    query.clone_into(&mut asked.query);
    let mut response = answer_of(server.desk.look(&asked));
    *response.status_mut() = status;
    response
}

/// A page with this query and status: the server knows what came of a form that is no form of the app, the app has the
/// words.
pub fn page(server: &Server, headers: &HeaderMap, path: &str, status: StatusCode, query: &str) -> Response {
    let mut asked = ask(server, headers, &Uri::from_static("/"), path, Asked::Get, String::new());
    query.clone_into(&mut asked.query);
    let mut response = answer_of(server.desk.look(&asked));
    *response.status_mut() = status;
    response
}

/// Something posted to the app by the server itself, for somebody with these headers.
pub fn posted(server: &Server, headers: &HeaderMap, path: &str, body: String) -> AppRequest {
    ask(server, headers, &Uri::from_static("/"), path, Asked::Post, body)
}

async fn post(server: &Server, asked: &AppRequest) -> Response {
    match server.desk.post(asked).await {
        Ok(response) => answer_of(response),
        Err(error) => {
            tracing::error!(%error, "a form was not stored");
            answer_of(server.desk.not_stored(asked))
        }
    }
}

fn ask(server: &Server, headers: &HeaderMap, uri: &Uri, path: &str, method: Asked, body: String) -> AppRequest {
    AppRequest {
        method,
        path: path.trim_matches('/').to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        body,
        now: server.clock.now(headers),
        seed: uuid::Uuid::now_v7().simple().to_string(),
        root: server.access.root().to_owned(),
        shell: Shell::Server,
    }
}

/// An answer of the app, over HTTP.
pub fn answer_of(response: AppResponse) -> Response {
    let mut headers = HeaderMap::new();
    let mut say = |name, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    say(CONTENT_TYPE, response.content_type.clone());
    if let Some(location) = &response.location {
        say(LOCATION, location.clone());
    }
    if let Some(name) = &response.file_name {
        let plain: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
        say(CONTENT_DISPOSITION, format!("attachment; filename=\"{plain}\""));
    }
    let status = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = response.into_bytes();
    (status, headers, body).into_response()
}
