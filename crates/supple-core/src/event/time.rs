//! Moments and days as the log writes them. Not by jiff's own readers: their mistakes bring all of jiff's error texts
//! into the browser's engine.

/// A moment with its zone: `2026-11-22T18:00:00+01:00[Europe/Berlin]`.
pub mod moment {
    use jiff::Zoned;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes it.
    ///
    /// # Errors
    /// If the serializer fails.
    pub fn serialize<S: Serializer>(moment: &Zoned, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(moment)
    }

    /// Reads it.
    ///
    /// # Errors
    /// If the text is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zoned, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text)
            .ok_or_else(|| D::Error::custom("no moment with its zone, as 2026-11-22T18:00:00+01:00[Europe/Berlin]"))
    }

    #[cfg(feature = "whole")]
    fn parse(text: &str) -> Option<Zoned> {
        text.parse().ok()
    }

    /// The first engine has no time zones: the moment gets one of its name that knows the written offset only. Its shell
    /// puts the real one there ([`in_its_zone`]) before anybody reads it. Only the one way this program writes is read,
    /// `2026-11-22T18:00:00.5+01:00[Europe/Berlin]`; any other is for the whole engine.
    #[cfg(not(feature = "whole"))]
    fn parse(text: &str) -> Option<Zoned> {
        use crate::days::number;
        use jiff::civil::{DateTime, Time};
        use jiff::tz::{Offset, TimeZone};

        let (moment, zone) = text.strip_suffix(']')?.split_once('[')?;
        let (date, clock) = moment.split_once('T')?;
        let sign = clock.rfind(['+', '-'])?;
        let (clock, offset) = (&clock[..sign], &clock[sign..]);
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let [hour, minute, second] = numbers(clock)?;
        let nanos = number(fraction, fraction.len())?
            .checked_mul(10_i32.checked_pow(9_u32.checked_sub(u32::try_from(fraction.len()).ok()?)?)?)?;
        let small = |number: i32| i8::try_from(number).ok();
        let time = Time::new(small(hour)?, small(minute)?, small(second)?, nanos).ok()?;
        let [hours, minutes] = numbers(&offset[1..])?;
        let east = if offset.starts_with('-') { -1 } else { 1 } * (hours * 3600 + minutes * 60);
        let zone = if zone == offset {
            TimeZone::fixed(Offset::from_seconds(east).ok()?)
        } else {
            // A file of zones as RFC 9636 has it, version 1: a header of 44 bytes that counts one kind of local time and
            // one byte of its name, that kind (seconds east, no summer time, its name at 0), and the name.
            let mut file = [0; 51];
            file[..4].copy_from_slice(b"TZif");
            (file[39], file[43]) = (1, 1);
            file[44..48].copy_from_slice(&east.to_be_bytes());
            TimeZone::tzif(zone, &file).ok()?
        };
        DateTime::from_parts(crate::days::parse(date)?, time).to_zoned(zone).ok()
    }

    /// Numbers of two digits each, with colons between.
    #[cfg(not(feature = "whole"))]
    fn numbers<const N: usize>(text: &str) -> Option<[i32; N]> {
        let mut parts = text.split(':');
        let mut numbers = [0; N];
        for one in &mut numbers {
            *one = crate::days::number(parts.next()?, 2)?;
        }
        parts.next().is_none().then_some(numbers)
    }

    /// The same moment in the real zone of its name, if the offset it was written with is the one of that zone then.
    #[cfg(not(feature = "whole"))]
    #[must_use]
    pub fn in_its_zone(moment: &Zoned, zone: &jiff::tz::TimeZone) -> Option<Zoned> {
        let there = moment.with_time_zone(zone.clone());
        (there.offset() == moment.offset()).then_some(there)
    }
}

/// A day: `2026-11-22`.
pub mod day {
    use crate::days;
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes it.
    ///
    /// # Errors
    /// If the serializer fails.
    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    /// Reads it.
    ///
    /// # Errors
    /// If the text is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        days::parse(&text).ok_or_else(|| D::Error::custom("no day, as 2026-11-22"))
    }
}

/// A day, or none.
pub mod day_or_none {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes it.
    ///
    /// # Errors
    /// If the serializer fails.
    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => super::day::serialize(day, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// If the text is none.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        #[derive(Deserialize)]
        struct Day(#[serde(with = "super::day")] Date);

        Ok(Option::<Day>::deserialize(deserializer)?.map(|Day(day)| day))
    }
}
