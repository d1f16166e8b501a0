//! Where a person was on the clock: moments with an offset, and distances on the ground.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use supple_core::math;

/// A moment in a person's zone, or, where the file has another offset then, with that offset alone.
pub fn at(moment: Timestamp, offset_seconds: Option<i32>, zone: &TimeZone) -> Zoned {
    let there = moment.to_zoned(zone.clone());
    match offset_seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()) {
        Some(offset) if offset != there.offset() => moment.to_zoned(TimeZone::fixed(offset)),
        _ => there,
    }
}

/// A wall clock's time in a person's zone. In the hour that a clock skips, the time after it.
pub fn local(time: DateTime, zone: &TimeZone) -> Option<Zoned> {
    time.to_zoned(zone.clone()).ok()
}

/// `2024-01-05T06:12:08Z`, `2024-01-05T06:12:08.5+01:00`, or without an offset: then it is in the person's zone.
pub fn iso(text: &str, zone: &TimeZone) -> Option<Zoned> {
    let text = text.trim();
    let clock = text.find(['T', ' ']).filter(|at| *at == 10)?;
    let (date, rest) = (text.get(..clock)?, text.get(clock + 1..)?);
    let (time, offset) = match rest.find(['Z', 'z', '+', '-', ' ']) {
        Some(at) => (rest.get(..at)?, rest.get(at..)?.trim()),
        None => (rest, ""),
    };
    let civil = DateTime::from_parts(crate::days::iso_day(date)?, crate::days::clock(time)?);
    match offset {
        "" => local(civil, zone),
        "Z" | "z" => Some(at(civil.to_zoned(TimeZone::UTC).ok()?.timestamp(), None, zone)),
        _ => {
            let seconds = offset_seconds(offset)?;
            let offset = Offset::from_seconds(seconds).ok()?;
            Some(at(offset.to_timestamp(civil).ok()?, Some(seconds), zone))
        }
    }
}

/// `+01:00`, `-0330`, `+01`.
fn offset_seconds(text: &str) -> Option<i32> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits[..2].parse::<i32>().ok()?, digits[2..].parse::<i32>().ok()?),
        _ => return None,
    };
    Some(sign * (hours * 3600 + minutes * 60))
}

/// The mean radius of the Earth in metres (IUGG).
const EARTH: f64 = 6_371_008.8;

/// Metres between two places, by the haversine formula.
pub fn metres([lat_a, lon_a]: [f64; 2], [lat_b, lon_b]: [f64; 2]) -> f64 {
    let half = |degrees: f64| {
        let sine = math::sin_degrees(degrees / 2.0);
        sine * sine
    };
    let part = half(lat_b - lat_a) + math::cos_degrees(lat_a) * math::cos_degrees(lat_b) * half(lon_b - lon_a);
    let part = part.clamp(0.0, 1.0);
    2.0 * EARTH * math::atan2_degrees(math::sqrt(part), math::sqrt(1.0 - part)).to_radians()
}

/// Up and down along a way, without the trembling of a sensor: a turn counts once it has gone so many metres.
#[derive(Debug, Default)]
pub struct Climb {
    last_turn: Option<f64>,
    up: f64,
    down: f64,
}

/// Less than this up or down is the sensor. Our judgement, near what watches do.
const TREMBLING_METRES: f64 = 3.0;

impl Climb {
    /// The next height in metres.
    pub fn add(&mut self, height: f64) {
        if !height.is_finite() {
            return;
        }
        let last = *self.last_turn.get_or_insert(height);
        if height - last >= TREMBLING_METRES {
            self.up += height - last;
            self.last_turn = Some(height);
        } else if last - height >= TREMBLING_METRES {
            self.down += last - height;
            self.last_turn = Some(height);
        }
    }

    /// Metres up and down; none where no height was given.
    pub fn sums(&self) -> Option<(f64, f64)> {
        self.last_turn.map(|_| (self.up, self.down))
    }
}
