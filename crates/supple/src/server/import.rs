//! A copy brought in with a plain form, for pages without JavaScript.
//!
//! The file is taken piece by piece and refused at the first byte too many; the log then takes all of it or nothing.
//! What came of it is said on the settings page, in words that the app has.

use super::{Server, pages, trouble};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{StatusCode, header::CONTENT_LENGTH};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use std::time::Duration;
use supple_store::Error;

/// The most a file may hold: two years of daily use are about 3 MB.
pub const FILE_BYTES: usize = 32 << 20;
/// The most the form around it may hold: its fields and what separates them. Our judgement: ten times what browsers send.
pub const FORM_BYTES: usize = FILE_BYTES + (16 << 10);
/// The longest that the file may take to arrive; the guard waits a little longer for the whole answer.
const PATIENCE: Duration = Duration::from_secs(45);

/// Why a form brought nothing in.
enum Refused {
    /// There is no file in it.
    NoFile,
    /// The file, or the form, is too large.
    TooLarge,
    /// It did not arrive, or is no such form.
    CutOff,
}

/// `POST settings/import`.
pub async fn take(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let file = if announced.is_some_and(|announced| announced > FORM_BYTES) {
        Err(Refused::TooLarge)
    } else {
        tokio::time::timeout(PATIENCE, file(request)).await.unwrap_or(Err(Refused::CutOff))
    };
    let (status, said) = match file {
        Err(Refused::NoFile) => (StatusCode::UNPROCESSABLE_ENTITY, "no-file".to_owned()),
        Err(Refused::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large".to_owned()),
        Err(Refused::CutOff) => (StatusCode::BAD_REQUEST, "cut-off".to_owned()),
        Ok(bytes) => match server.desk.import(&bytes).await {
            Ok(imported) if imported.lines.new + imported.lines.known == 0 => {
                (StatusCode::UNPROCESSABLE_ENTITY, "no-log".to_owned())
            }
            Ok(imported) => {
                let (new, known, aside) = (imported.lines.new, imported.lines.known, imported.set_aside);
                tracing::info!(new, known, aside, "a copy was brought in");
                let to = format!(
                    "{}settings?import=done&new={new}&known={known}&aside={aside}#data",
                    server.access.root()
                );
                return Redirect::to(&to).into_response();
            }
            Err(error) => match refused(&error) {
                Some(said) => (StatusCode::UNPROCESSABLE_ENTITY, said),
                None => return trouble(&error),
            },
        },
    };
    pages::settings(&server, &headers, &uri, status, &format!("import={said}")).await
}

/// The file in the form: the field `file`, whatever stands around it.
async fn file(request: Request) -> Result<Vec<u8>, Refused> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Refused::NoFile)?;
    let cut = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Refused::TooLarge } else { Refused::CutOff }
    };
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(cut)? {
            if bytes.len() + piece.len() > FILE_BYTES {
                return Err(Refused::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        // A browser sends an empty file where none was chosen.
        return if bytes.is_empty() { Err(Refused::NoFile) } else { Ok(bytes) };
    }
    Err(Refused::NoFile)
}

/// What the page says to an error of the file's; none where it is not the file that is wrong.
fn refused(error: &Error) -> Option<String> {
    match error {
        Error::NoEvents { .. } => Some("no-log".to_owned()),
        Error::AtLine { line, source } => match **source {
            Error::LineTooLong => Some(format!("line-too-long&line={line}")),
            Error::Differs { .. } | Error::IdTaken { .. } => Some(format!("differs&line={line}")),
            _ => None,
        },
        _ => None,
    }
}
