//! The files of the app in the browser: compressed beforehand, kept for ever under names that change with their
//! contents. Pages are not among them: the server makes its own, so they need no JavaScript.

use super::secret;
use crate::site::{Site, SiteFile};
use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// For a service worker: the whole app is its business, wherever the file itself is.
const SERVICE_WORKER_ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

/// Every file, by its path below the root.
#[derive(Debug)]
pub struct Files {
    root: String,
    served: BTreeMap<String, Served>,
}

#[derive(Debug)]
struct Served {
    bytes: Cow<'static, [u8]>,
    brotli: Option<&'static [u8]>,
    headers: HeaderMap,
    etag: HeaderValue,
}

impl Files {
    /// The files of an app that begins at `root`.
    pub fn new(root: &str) -> Self {
        let is_page = |file: &SiteFile| file.content_type.starts_with("text/html");
        let site = Site::new(root);
        let files = site.files().iter().filter(|file| !is_page(file));
        Self {
            root: root.to_owned(),
            served: files.map(|file| (file.path.clone(), Served::new(root, file))).collect(),
        }
    }

    /// The file at a path, if there is one.
    pub fn get(&self, path: &str, asked: &HeaderMap) -> Option<Response> {
        // Hundreds of zones, of which a device asks for one or two: not prepared beforehand.
        let zone = || Site::zone(path).map(|file| Served::new(&self.root, &file).answer(asked));
        self.served.get(path).map(|file| file.answer(asked)).or_else(zone)
    }

    /// Whether there is a file at a path.
    pub fn contains(&self, path: &str) -> bool {
        self.served.contains_key(path) || Site::zone(path).is_some()
    }
}

impl Served {
    fn new(root: &str, file: &SiteFile) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let caching = if file.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
        if file.path == "sw.js"
            && let Ok(root) = HeaderValue::from_str(root)
        {
            headers.insert(SERVICE_WORKER_ALLOWED, root);
        }
        // A name that holds a hash says as much as one made here, and the engine is large.
        let named = if file.immutable { file.path.as_bytes() } else { &*file.bytes };
        let hash = secret::hash(b"file", named);
        let etag = hash[..8].iter().fold(String::from("\""), |text, byte| format!("{text}{byte:02x}")) + "\"";
        let etag = HeaderValue::try_from(etag).expect("hexadecimal digits may be in a header");
        headers.insert(ETAG, etag.clone());
        Self { bytes: file.bytes.clone(), brotli: file.brotli, headers, etag }
    }

    fn answer(&self, asked: &HeaderMap) -> Response {
        let mut headers = self.headers.clone();
        if asked.get_all(IF_NONE_MATCH).into_iter().any(|tags| names(tags, &self.etag)) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        if let Some(small) = self.brotli.filter(|_| takes_brotli(asked)) {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
            return (headers, small).into_response();
        }
        let body = match &self.bytes {
            Cow::Borrowed(bytes) => Body::from(*bytes),
            Cow::Owned(bytes) => Body::from(bytes.clone()),
        };
        (headers, body).into_response()
    }
}

/// Whether `If-None-Match` names this tag; a weak one will do, since only equal bytes have equal tags.
fn names(given: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(given), Ok(tag)) = (given.to_str(), tag.to_str()) else { return false };
    given.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    let accepted = asked.get_all(ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("br") && weight.is_some_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::takes_brotli;
    use axum::http::{HeaderMap, header};

    #[test]
    fn brotli_only_where_it_is_taken() {
        let takes = |accepted: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
            takes_brotli(&headers)
        };
        assert!(takes("br") && takes("gzip, deflate, br, zstd") && takes("gzip;q=1.0, BR;q=0.5"));
        assert!(!takes("gzip") && !takes("br;q=0") && !takes("br;q=x") && !takes("brotli") && !takes(""));
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
