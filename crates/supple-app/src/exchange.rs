//! What a shell hands in and gets back: plain values, no sockets.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::{Deserialize, Serialize};
use supple_core::Zoned;

/// A request, with everything the answer may depend on beside the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What is asked for.
    pub method: Method,
    /// The path below [`root`](Self::root), without a slash at either end: `today`, `session/by-hand`.
    pub path: String,
    /// The query, as it stood behind the question mark.
    #[serde(default)]
    pub query: String,
    /// The body: an urlencoded form, or JSON where the path says so.
    #[serde(default)]
    pub body: String,
    /// Civil time with its zone.
    pub now: Zoned,
    /// Letters and digits nobody else has, new for every request: ids are made from it.
    pub seed: String,
    /// Where the app begins, with a slash at both ends: `/`, or `/supple/` on a host that has other things too.
    pub root: String,
    /// Who answers.
    pub shell: Shell,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Look.
    Get,
    /// Change.
    Post,
}

/// Who answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shell {
    /// The service worker on the device itself.
    Worker,
    /// A server.
    Server,
    /// Written to a file beforehand, for a first visit: there is no log, and forms cannot be posted yet.
    Prerendered,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The HTTP status: 200, 303 (go to `location`), 404, 422 (the form again, with what was typed).
    pub status: u16,
    /// Where to go, for 303.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// What the body is.
    pub content_type: String,
    /// The name to save the body under, when it is a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// The body, where it is text.
    pub body: String,
    /// The body in base64, where it is not; `body` is empty then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
}

impl Response {
    /// A page.
    #[must_use]
    pub fn page(status: u16, body: maud::Markup) -> Self {
        Self {
            status,
            location: None,
            content_type: "text/html; charset=utf-8".to_owned(),
            file_name: None,
            body: body.into_string(),
            base64: None,
        }
    }

    /// Go elsewhere, and look.
    #[must_use]
    pub fn see_other(location: String) -> Self {
        Self {
            status: 303,
            location: Some(location),
            content_type: "text/plain; charset=utf-8".to_owned(),
            file_name: None,
            body: String::new(),
            base64: None,
        }
    }

    /// JSON.
    #[must_use]
    pub fn json(status: u16, body: String) -> Self {
        Self { status, location: None, content_type: "application/json".to_owned(), file_name: None, body, base64: None }
    }

    /// A file to save that is not text.
    #[must_use]
    pub fn binary(name: &str, content_type: &str, bytes: &[u8]) -> Self {
        Self { base64: Some(BASE64_STANDARD.encode(bytes)), ..Self::file(name, content_type, String::new()) }
    }

    /// The bytes of the body.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        let decoded = self.base64.and_then(|text| BASE64_STANDARD.decode(text).ok());
        decoded.unwrap_or_else(|| self.body.into_bytes())
    }

    /// A file to save.
    #[must_use]
    pub fn file(name: &str, content_type: &str, body: String) -> Self {
        Self {
            status: 200,
            location: None,
            content_type: content_type.to_owned(),
            file_name: Some(name.to_owned()),
            body,
            base64: None,
        }
    }
}
