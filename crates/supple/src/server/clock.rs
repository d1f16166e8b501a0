//! Which time it is, and in which zone: the page says where the person is.

use axum::http::{HeaderMap, header};
use jiff::Zoned;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The clock, or a time that stands in for it in tests.
#[derive(Debug)]
pub struct Clock {
    fixed: Option<Zoned>,
    zones: TimeZoneDatabase,
}

impl Clock {
    /// The machine's clock, unless there is a fixed time.
    pub fn new(fixed: Option<Zoned>) -> Self {
        // Never the machine's own files: the browser has the bundled ones, and the same request gives the same bytes.
        Self { fixed, zones: TimeZoneDatabase::bundled() }
    }

    /// Now, in the zone of the cookie `tz` if it names one, else in this machine's.
    pub fn now(&self, headers: &HeaderMap) -> Zoned {
        let now = self.fixed.clone().unwrap_or_else(Zoned::now);
        match self.zone(headers) {
            Some(zone) => now.with_time_zone(zone),
            // An event is read again by the name of its zone.
            None if now.time_zone().iana_name().is_none() => now.with_time_zone(TimeZone::UTC),
            None => now,
        }
    }

    fn zone(&self, headers: &HeaderMap) -> Option<TimeZone> {
        let name = cookie(headers, "tz")?;
        self.zones.get(&name.replace("%2F", "/").replace("%2f", "/")).ok()
    }
}

/// A cookie's value.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use axum::http::{HeaderMap, header};

    #[test]
    fn the_zone_is_the_one_the_page_names_if_there_is_such_a_zone() {
        let here = "2026-11-22T18:00:00+01:00[Europe/Berlin]";
        let clock = Clock::new(Some(here.parse().unwrap()));
        let at = |cookies: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookies.parse().unwrap());
            clock.now(&headers).to_string()
        };
        assert_eq!(at("a=b; tz=Asia/Tokyo"), "2026-11-23T02:00:00+09:00[Asia/Tokyo]");
        assert_eq!(at("tz=America%2FNew_York"), "2026-11-22T12:00:00-05:00[America/New_York]");
        for wrong in ["tz=Middle/Earth", "tz=../../etc/passwd", "tz=", "xtz=Asia/Tokyo", "tz"] {
            assert_eq!(at(wrong), here, "{wrong}");
        }
        assert_eq!(clock.now(&HeaderMap::new()).to_string(), here);
    }
}
