//! What is handed in: a file, an archive, or something packed.

use crate::found::{Found, Problem, Refused, Told};
use crate::{Columns, DayOrder, Kind, Limits, apple, archive, fit, gpx, intervals, strava, table, tcx};
use flate2::read::MultiGzDecoder;
use jiff::tz::TimeZone;
use std::io::{BufReader, Read, Seek, SeekFrom};

/// What bytes come from: a file, a slice in a `Cursor`, or pieces that a browser hands over.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// What a file does not say itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The person's zone, for times that have none.
    pub zone: TimeZone,
    /// What is read at most.
    pub limits: Limits,
    /// What the columns of a table are, where they are not called what is usual.
    pub columns: Option<Columns>,
    /// Which number of a date is the day, where it cannot be seen.
    pub days: Option<DayOrder>,
}

impl Settings {
    /// What is usual, in this zone.
    #[must_use]
    pub const fn of(zone: TimeZone) -> Self {
        Self { zone, limits: Limits::USUAL, columns: None, days: None }
    }
}

/// Reads a file and tells what is in it, one thing at a time. What is wrong with it is told, too; nothing is thrown.
///
/// `name` is what problems call it.
pub fn read(name: &str, source: &mut dyn Source, settings: &Settings, tell: &mut dyn FnMut(Told)) {
    let head = match head(source) {
        Ok(head) => head,
        Err(error) => return tell(problem(name, Refused::Reading(error.to_string()), false)),
    };
    match Kind::of(&head) {
        Kind::Zip => archive::read(name, source, settings, tell),
        Kind::Gzip => {
            let packed = source.seek(SeekFrom::End(0)).and_then(|end| source.rewind().map(|()| end));
            match packed {
                Ok(packed) => {
                    one(name, &mut MultiGzDecoder::new(BufReader::new(source)), Some(packed), settings, tell)
                }
                Err(error) => tell(problem(name, Refused::Reading(error.to_string()), false)),
            }
        }
        _ => one(name, source, None, settings, tell),
    }
}

/// The first bytes; afterwards the source stands at its beginning again.
fn head(source: &mut dyn Source) -> std::io::Result<Vec<u8>> {
    source.rewind()?;
    let mut head = Vec::new();
    Read::take(&mut *source, Kind::HEAD as u64).read_to_end(&mut head)?;
    source.rewind()?;
    Ok(head)
}

/// What a problem is called.
pub fn problem(file: &str, what: Refused, kept: bool) -> Told {
    Told::Problem(Problem { file: file.to_owned(), what, kept })
}

/// Reads one file that is no archive. `packed` is its size where it is packed.
pub fn one(name: &str, bytes: &mut dyn Read, packed: Option<u64>, settings: &Settings, tell: &mut dyn FnMut(Told)) {
    let limits = settings.limits;
    // What is packed may unpack to so much.
    let bomb = packed.map(|packed| limits.free.saturating_add(packed.saturating_mul(limits.times)));
    let mut head = Vec::new();
    if let Err(error) = (&mut *bytes).take(Kind::HEAD as u64).read_to_end(&mut head)
        && head.is_empty()
    {
        return tell(problem(name, unpacking(&error), false));
    }
    let kind = Kind::of(&head);
    let most = if kind == Kind::AppleHealth { limits.stream } else { limits.file };
    let allowed = bomb.map_or(most, |bomb| bomb.min(most));
    let over = match bomb {
        Some(bomb) if bomb < most => Refused::Bomb { times: limits.times },
        _ => Refused::TooLarge { most },
    };
    match kind {
        Kind::AppleHealth => {
            // The document type before the root has been malformed in some versions; nobody needs it.
            let root = head.windows(11).position(|part| part == b"<HealthData").unwrap_or(0);
            tell(Told::Bytes(root as u64));
            let rest = head.split_off(root);
            let stream = std::io::Cursor::new(rest).chain(bytes).take(allowed);
            let mut kept = false;
            let mut telling = |told: Told| {
                kept |= matches!(told, Told::Found(_));
                tell(told);
            };
            let mut stream = BufReader::with_capacity(256 << 10, stream);
            let mut problems = apple::read(&mut stream, &settings.zone, limits.element, &mut telling);
            if stream.get_ref().limit() == 0 {
                problems = vec![over];
            }
            problems.into_iter().for_each(|what| tell(problem(name, what, kept)));
        }
        Kind::Unknown => tell(problem(name, Refused::UnknownKind, false)),
        Kind::OwnLog => tell(problem(name, Refused::OwnLog, false)),
        Kind::Zip | Kind::Gzip => tell(problem(name, Refused::UnknownKind, false)),
        Kind::Json => {
            let mut stream = std::io::Cursor::new(head).chain(bytes).take(allowed.saturating_add(1));
            let mut kept = false;
            let mut found = |what: Found| {
                kept = true;
                tell(Told::Found(what));
            };
            let mut problems = intervals::json(&mut stream, settings, &mut found);
            let left = stream.limit();
            if left == 0 {
                problems = vec![over];
            }
            tell(Told::Bytes(allowed.saturating_add(1) - left));
            problems.into_iter().for_each(|what| tell(problem(name, what, kept)));
        }
        Kind::Fit | Kind::Tcx | Kind::Gpx | Kind::Table => {
            let mut all = head;
            let left = allowed.saturating_sub(all.len() as u64).saturating_add(1);
            let read = (&mut *bytes).take(left).read_to_end(&mut all);
            if all.len() as u64 > allowed {
                return tell(problem(name, over, false));
            }
            tell(Told::Bytes(all.len() as u64));
            let mut kept = false;
            let mut found = |what: Found| {
                kept = true;
                tell(Told::Found(what));
            };
            let mut problems = whole(kind, &all, settings, &mut found);
            if let Err(error) = read
                && !problems.contains(&Refused::CutShort)
            {
                problems.push(unpacking(&error));
            }
            problems.into_iter().for_each(|what| tell(problem(name, what, kept)));
        }
    }
}

/// What a mistake while unpacking means.
pub fn unpacking(error: &std::io::Error) -> Refused {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => Refused::CutShort,
        std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => Refused::Damaged,
        _ => Refused::Reading(error.to_string()),
    }
}

/// Reads a file that is held as a whole.
fn whole(kind: Kind, bytes: &[u8], settings: &Settings, found: &mut dyn FnMut(Found)) -> Vec<Refused> {
    let (zone, element) = (&settings.zone, settings.limits.element);
    match kind {
        Kind::Fit => {
            let read = fit::read(bytes, zone);
            read.trainings.into_iter().for_each(|training| found(Found::Training(Box::new(training))));
            read.problems
        }
        Kind::Tcx => tcx::read(bytes, zone, element, found),
        Kind::Gpx => gpx::read(bytes, zone, element, found),
        _ => match table::Rows::of(bytes) {
            Ok(rows) if strava::is_one(&rows) => strava::alone(&rows, settings, found),
            Ok(rows) if intervals::is_one(&rows) => intervals::table(&rows, settings, found),
            Ok(rows) => table::read(&rows, settings, found),
            Err(problem) => vec![problem],
        },
    }
}
