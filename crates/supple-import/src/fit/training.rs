//! From the messages of one file to the trainings they tell of.

use super::codes::{self, EPOCH, activity, file_id, record, session, set, sport};
use super::{number, text};
use crate::found::Refused;
use crate::{place, sports};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use rustyfit::proto::Message;
use supple_core::body::RegionId;
use supple_core::event::{ExerciseDone, Name, Rolled, SetDone, SourceFormat, Trained, TrainingSource};
use supple_core::unit::{Felt, LoadKilograms, Metres, Repetitions, Seconds, TrainingSeconds};

/// What the messages of one file said.
#[derive(Debug, Default)]
pub struct Gathered {
    serial: Option<u64>,
    created: Option<u64>,
    /// Whether Supple wrote it.
    ours: bool,
    sport: Option<(u64, u64)>,
    sport_name: Option<String>,
    sessions: Vec<Session>,
    sets: Vec<Set>,
    first_record: Option<u64>,
    last_record: Option<u64>,
    last_distance: Option<u64>,
    /// How far the clock on the wall was ahead of the one the file counts with, in seconds.
    ahead: Option<i64>,
}

#[derive(Debug, Clone)]
struct Session {
    start: u64,
    elapsed_ms: Option<u64>,
    timer_ms: Option<u64>,
    sport: (u64, u64),
    name: Option<String>,
    distance_cm: Option<u64>,
    ascent: Option<u64>,
    descent: Option<u64>,
    rpe_tenths: Option<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Set {
    start: Option<u64>,
    category: Option<u64>,
    done: SetDone,
    rolled: Option<RegionId>,
}

/// Whole seconds from thousandths, rounded.
const fn seconds(ms: u64) -> u64 {
    ms.saturating_add(500) / 1000
}

/// What a device writes where it knows no exercise.
const UNKNOWN_CATEGORY: u64 = 65_534;

/// Below this a time is counted from when the device was switched on. From the description of FIT's `date_time`.
const COUNTED_FROM_SWITCHED_ON: u64 = 0x1000_0000;

/// Clocks are apart by whole quarters of an hour.
const QUARTER: i64 = 900;

impl Gathered {
    /// Takes in a message; what is of no use here is passed over.
    pub fn add(&mut self, message: &Message) {
        match message.num.0 {
            codes::FILE_ID => {
                self.serial = self.serial.or(number(message, file_id::SERIAL_NUMBER));
                self.created = self.created.or(number(message, file_id::TIME_CREATED));
                self.ours |= number(message, file_id::MANUFACTURER) == Some(file_id::DEVELOPMENT)
                    && text(message, file_id::PRODUCT_NAME) == Some("Supple");
            }
            codes::SPORT => {
                let part = |field| number(message, field).unwrap_or(0);
                self.sport = Some((part(sport::SPORT), part(sport::SUB_SPORT)));
                self.sport_name = text(message, sport::NAME).map(str::to_owned);
            }
            codes::SESSION => self.sessions.extend(self.session(message)),
            codes::SET => self.sets.extend(set_of(message)),
            codes::RECORD => {
                let at = number(message, codes::TIMESTAMP);
                self.first_record = self.first_record.or(at);
                self.last_record = at.or(self.last_record);
                self.last_distance = number(message, record::DISTANCE).or(self.last_distance);
            }
            codes::ACTIVITY => {
                let clocks = number(message, activity::LOCAL_TIMESTAMP).zip(number(message, codes::TIMESTAMP));
                let whole = |(wall, utc): (u64, u64)| i64::try_from(wall).ok()?.checked_sub(i64::try_from(utc).ok()?);
                self.ahead = clocks.and_then(whole).or(self.ahead);
            }
            _ => {}
        }
    }

    fn session(&self, message: &Message) -> Option<Session> {
        let elapsed_ms = number(message, session::TOTAL_ELAPSED_TIME);
        let ended = number(message, codes::TIMESTAMP);
        let start = number(message, session::START_TIME)
            .or_else(|| ended.and_then(|end| end.checked_sub(seconds(elapsed_ms.unwrap_or(0)))))
            .or(self.first_record)?;
        let own = self.sport.unwrap_or((0, 0));
        Some(Session {
            start,
            elapsed_ms,
            timer_ms: number(message, session::TOTAL_TIMER_TIME),
            sport: (
                number(message, session::SPORT).unwrap_or(own.0),
                number(message, session::SUB_SPORT).unwrap_or(own.1),
            ),
            name: text(message, session::SPORT_PROFILE_NAME).map(str::to_owned).or_else(|| self.sport_name.clone()),
            distance_cm: number(message, session::TOTAL_DISTANCE),
            ascent: number(message, session::TOTAL_ASCENT),
            descent: number(message, session::TOTAL_DESCENT),
            rpe_tenths: number(message, session::WORKOUT_RPE),
        })
    }

    /// The trainings, one for each part of a multisport activity. Without any part, as in a file that was cut short, what
    /// the records span.
    pub fn trainings(mut self, zone: &TimeZone, trainings: &mut Vec<Trained>, problems: &mut Vec<Refused>) {
        // It stands in the log as a session already; as a training besides, rolling would count as load.
        if self.ours {
            problems.push(Refused::OwnSession);
            return;
        }
        if self.sessions.is_empty()
            && let Some((first, last)) = self.first_record.zip(self.last_record).filter(|(first, last)| last > first)
        {
            self.sessions.push(Session {
                start: first,
                elapsed_ms: Some((last - first).saturating_mul(1000)),
                timer_ms: None,
                sport: self.sport.unwrap_or((0, 0)),
                name: self.sport_name.clone(),
                distance_cm: self.last_distance,
                ascent: None,
                descent: None,
                rpe_tenths: None,
            });
        }
        let parts: Vec<Session> =
            self.sessions.iter().filter(|session| session.sport.0 != codes::TRANSITION).cloned().collect();
        for (place, part) in parts.iter().enumerate() {
            let until = parts.get(place + 1).map(|next| next.start);
            match self.training(part, place == 0, until, zone) {
                Ok(training) => trainings.push(training),
                Err(what) => problems.push(Refused::CannotBe { what }),
            }
        }
    }

    fn training(&self, part: &Session, first: bool, until: Option<u64>, zone: &TimeZone) -> Result<Trained, String> {
        let took = seconds(part.timer_ms.or(part.elapsed_ms).ok_or("a part of it has no length")?);
        let took = u32::try_from(took).unwrap_or(u32::MAX);
        let length = TrainingSeconds::new(took).map_err(|error| error.to_string())?;
        let start = self.moment(part.start, zone).ok_or("it does not say when it was")?;
        // A set that says no time belongs to the first part.
        let own = |set: &&Set| match set.start {
            Some(at) => (first || at >= part.start) && until.is_none_or(|until| at < until),
            None => first,
        };
        let sets: Vec<Set> = self.sets.iter().filter(own).copied().collect();
        let (rolled, lifted): (Vec<Set>, Vec<Set>) = sets.into_iter().partition(|set| set.rolled.is_some());
        let known = sports::of_fit(part.sport.0, part.sport.1);
        let sport = if !rolled.is_empty() && lifted.is_empty() { sports::FOAM_ROLLING } else { known };
        let rolled = rolled.iter().filter_map(|set| {
            Some(Rolled { region: set.rolled?, side: None, seconds: set.done.seconds.filter(|s| s.get() > 0)? })
        });
        Ok(Trained {
            start,
            seconds: length,
            sport: sport.to_owned(),
            name: part.name.as_deref().and_then(short_name),
            effort: part
                .rpe_tenths
                .and_then(|tenths| u8::try_from((tenths + 5) / 10).ok())
                .and_then(|e| Felt::new(e).ok()),
            unusual: None,
            exercises: in_rows(&lifted),
            distance: part.distance_cm.and_then(|cm| metres((cm + 50) / 100)),
            ascent: part.ascent.and_then(metres),
            descent: part.descent.and_then(metres),
            rolled: rolled.collect(),
            source: Some(TrainingSource { batch: String::new(), format: SourceFormat::Fit, id: self.id(part, took) }),
        })
    }

    /// When something was. A device that does not know the time counts from when it was switched on; then only the clock
    /// on the wall that it was given later tells.
    fn moment(&self, counted: u64, zone: &TimeZone) -> Option<Zoned> {
        let unix = i64::try_from(counted).ok()?.checked_add(EPOCH)?;
        if counted < COUNTED_FROM_SWITCHED_ON {
            let wall = Timestamp::from_second(unix.checked_add(self.ahead.filter(|ahead| *ahead > 0)?)?).ok()?;
            return place::local(wall.to_zoned(TimeZone::UTC).datetime(), zone);
        }
        let whole = self.ahead.and_then(|ahead| Some(ahead.checked_add(QUARTER / 2)?.div_euclid(QUARTER) * QUARTER));
        // No place on Earth is further from UTC than 14 hours.
        let offset = whole.filter(|whole| whole.abs() <= 14 * 3600).and_then(|whole| i32::try_from(whole).ok());
        Some(place::at(Timestamp::from_second(unix).ok()?, offset, zone))
    }

    /// The same in each copy of the file: the device and when it made the file, and the part's start.
    fn id(&self, part: &Session, took: u32) -> String {
        match (self.serial, self.created) {
            (Some(serial), Some(created)) => format!("fit:{serial}:{created}:{}", part.start),
            _ => format!("fit:{}:{took}", part.start),
        }
    }
}

/// Metres; none for nothing, which a watch writes where it did not measure.
fn metres(metres: u64) -> Option<Metres> {
    u32::try_from(metres).ok().filter(|&metres| metres > 0).and_then(|metres| Metres::new(metres).ok())
}

/// A name, cut where it is too long.
pub fn short_name(text: &str) -> Option<Name> {
    let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(Name::MOST).collect();
    Name::new(one_line.trim()).ok()
}

/// A set that was work; none for a rest.
fn set_of(message: &Message) -> Option<Set> {
    if number(message, set::SET_TYPE) == Some(set::REST) {
        return None;
    }
    let category = number(message, set::CATEGORY).filter(|category| *category != UNKNOWN_CATEGORY);
    let subtype = number(message, set::CATEGORY_SUBTYPE);
    let whole = number(message, set::DURATION).map(seconds).and_then(|took| u32::try_from(took).ok());
    let repetitions = number(message, set::REPETITIONS).and_then(|many| u16::try_from(many).ok());
    let sixteenths = number(message, set::WEIGHT).and_then(|weight| u32::try_from(weight).ok());
    // A weight of nothing means that none was entered.
    let weight = sixteenths.filter(|weight| *weight > 0).map(|weight| f64::from(weight) / 16.0);
    Some(Set {
        start: number(message, set::START_TIME).or_else(|| number(message, set::TIMESTAMP)),
        category,
        rolled: category.zip(subtype).and_then(|(category, exercise)| codes::rolled(category, exercise)),
        done: SetDone {
            repetitions: repetitions.and_then(|many| Repetitions::new(many).ok()),
            weight: weight.and_then(|kilograms| LoadKilograms::new(kilograms).ok()),
            seconds: whole.filter(|took| *took <= 86_400).map(Seconds::new),
        },
    })
}

/// Sets of one exercise in a row stand together.
fn in_rows(sets: &[Set]) -> Vec<ExerciseDone> {
    let rows = sets.chunk_by(|a, b| a.category == b.category);
    rows.map(|row| ExerciseDone {
        exercise: row[0].category.and_then(codes::exercise).map(str::to_owned),
        sets: row.iter().map(|set| set.done).collect(),
    })
    .collect()
}
