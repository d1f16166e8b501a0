//! The calendar as a subscription: an address with a secret in it that a calendar program asks now and then.
//!
//! The page lies below `api/`, so that the service worker leaves it to the server; the addresses are given out, listed and
//! taken back here, and their words are the app's.

use super::{Server, access::Access, guard, pages, secret, trouble, wire};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::sync::Arc;
use supple_app::calendar::Wishes;
use supple_app::form::Form;
use supple_store::{Feed, FeedShows};

/// The path of the page, below the root.
pub const PAGE: &str = "api/calendar";
/// The most its forms may hold.
const FORM_BYTES: usize = 4 << 10;
/// The most addresses at once: our judgement, one for each calendar program of one person.
const MOST_FEEDS: usize = 20;

/// `api/calendar`: what there is.
pub async fn look(State(server): State<Arc<Server>>, request: Request) -> Response {
    page(&server, &request.into_parts().0.headers, StatusCode::OK, &[]).await
}

/// `api/calendar`: one more, or one less.
pub async fn change(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = match wire::read(&parts.headers, body, FORM_BYTES).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    if !wire::is_form(&parts.headers) {
        return wire::refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "this takes a form");
    }
    let form = Form::parse(&String::from_utf8_lossy(&body));
    match form.get("do") {
        Some("create") => create(&server, &parts.headers, &form).await,
        Some("revoke") => {
            let number = form.read::<u64>("number").unwrap_or(0);
            match server.desk.remove_feed(number).await {
                Ok(true) => page(&server, &parts.headers, StatusCode::OK, &[("gone", "yes")]).await,
                Ok(false) => page(&server, &parts.headers, StatusCode::OK, &[]).await,
                Err(error) => trouble(&error),
            }
        }
        _ => wire::refuse(StatusCode::UNPROCESSABLE_ENTITY, "open the page again and use its buttons"),
    }
}

async fn create(server: &Server, headers: &HeaderMap, form: &Form) -> Response {
    let known = match server.desk.feeds().await {
        Ok(known) => known.len(),
        Err(error) => return trouble(&error),
    };
    if known >= MOST_FEEDS {
        let words = "there are twenty addresses already; take one back first";
        return wire::refuse(StatusCode::CONFLICT, words);
    }
    let Ok(token) = secret::feed_token() else {
        return wire::refuse(StatusCode::SERVICE_UNAVAILABLE, "this machine gives no random numbers; try again");
    };
    let now = server.clock.now(headers);
    let wishes = supple_app::calendar_wishes(form);
    let shows = FeedShows {
        zone: now.time_zone().iana_name().unwrap_or("UTC").to_owned(),
        detail: wishes.detail,
        alarm_minutes: wishes.alarm_minutes,
    };
    if let Err(error) = server.desk.add_feed(&secret::hash_of_feed(&token), now.timestamp(), &shows).await {
        return trouble(&error);
    }
    tracing::info!("an address for calendars was given out");
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if matches!(server.access, Access::Public(_)) { "https" } else { "http" };
    let address = format!("{scheme}://{host}{}calendar/{token}.ics", server.access.root());
    page(server, headers, StatusCode::CREATED, &[("new", &address)]).await
}

/// The page of the app with what there is, in its query: nobody else can write there.
async fn page(server: &Server, headers: &HeaderMap, status: StatusCode, said: &[(&str, &str)]) -> Response {
    let feeds = match server.desk.feeds().await {
        Ok(feeds) => feeds,
        Err(error) => return trouble(&error),
    };
    let zone = server.clock.now(headers).time_zone().clone();
    let mut query = String::new();
    let mut pair = |name: &str, value: &str| {
        let and = if query.is_empty() { "" } else { "&" };
        query.push_str(&format!("{and}{name}={}", encoded(value)));
    };
    for (name, value) in said {
        pair(name, value);
    }
    for feed in &feeds {
        pair("feed", &in_words(feed, &zone));
    }
    pages::page(server, headers, "calendar", status, &query)
}

fn in_words(feed: &Feed, zone: &TimeZone) -> String {
    let day = feed.since.to_zoned(zone.clone()).date();
    let detail = if feed.shows.detail { "with what each is about" } else { "without what it is about" };
    let alarm = feed.shows.alarm_minutes.map(|minutes| format!(", alarm {minutes} minutes before"));
    format!("{} {day} {detail}{}", feed.number, alarm.unwrap_or_default())
}

/// A value in a query.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The secret in a path below the root, if it is the path of an address.
pub fn secret_of(path: &str) -> Option<&str> {
    let token = path.strip_prefix("calendar/")?.strip_suffix(".ics")?;
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (token.len() == secret::FEED_DIGITS && token.bytes().all(digit)).then_some(token)
}

/// `calendar/<secret>.ics`; any other name below `calendar/` is a page of the app.
pub async fn feed(State(server): State<Arc<Server>>, request: Request) -> Response {
    let path = guard::below_root(&server, request.uri().path()).unwrap_or_default();
    let Some(token) = secret_of(path) else { return pages::answer(State(server), request).await };
    let feed = match server.desk.feed(&secret::hash_of_feed(token)).await {
        Ok(Some(feed)) => feed,
        Ok(None) => return wire::refuse(StatusCode::NOT_FOUND, "there is no such calendar (any more)"),
        Err(error) => return trouble(&error),
    };
    if let Err(error) = server.desk.refresh().await {
        return trouble(&error);
    }
    let zone = TimeZoneDatabase::bundled().get(&feed.shows.zone).unwrap_or(TimeZone::UTC);
    let wishes = Wishes { detail: feed.shows.detail, alarm_minutes: feed.shows.alarm_minutes };
    answer(server.desk.calendar(&zone, wishes), request.headers())
}

fn answer(text: String, asked: &HeaderMap) -> Response {
    let hash = secret::hash(b"calendar", text.as_bytes());
    let tag = hash[..16].iter().fold(String::from("\""), |text, byte| format!("{text}{byte:02x}")) + "\"";
    let known = asked.get_all(IF_NONE_MATCH).into_iter().filter_map(|tags| tags.to_str().ok());
    let same = known.flat_map(|tags| tags.split(',')).any(|one| {
        let one = one.trim();
        one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag
    });
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    if same { (StatusCode::NOT_MODIFIED, headers).into_response() } else { (headers, text).into_response() }
}

#[cfg(test)]
mod tests {
    use super::{encoded, secret_of};

    #[test]
    fn only_an_address_that_was_made_here_has_a_secret() {
        let token = "0123456789abcdef0123456789abcdef";
        assert_eq!(secret_of(&format!("calendar/{token}.ics")), Some(token));
        for other in [
            "calendar".to_owned(),
            "calendar/supple.ics".to_owned(),
            format!("calendar/{token}"),
            format!("calendar/{token}0.ics"),
            format!("calendar/{}.ics", &token[1..]),
            format!("calendar/{}.ics", token.to_uppercase()),
            format!("calendar/x/{token}.ics"),
            format!("{token}.ics"),
        ] {
            assert_eq!(secret_of(&other), None, "{other}");
        }
    }

    #[test]
    fn what_is_said_in_a_query_stays_in_its_value() {
        assert_eq!(encoded("a b&c=d%\u{e9}"), "a%20b%26c%3Dd%25%C3%A9");
    }
}
