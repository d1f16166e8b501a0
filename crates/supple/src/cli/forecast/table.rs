//! Diaries out of two CSV files in the layout of PMData; rows that cannot be used are named.

use crate::shell::Failure;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;
use supple_core::learn::forecast::{Diary, Points};
use supple_core::sorted::SortedMap;

/// What was read.
#[derive(Debug)]
pub struct Read {
    /// By participant.
    pub diaries: SortedMap<String, Diary>,
    /// Rows that were not used, with the reason; the last says how many more there are.
    pub left_out: Vec<String>,
}

/// The most bytes of one table, unpacked: fifty years of a large club.
const MOST_BYTES: u64 = 200_000_000;
/// How many rows are named before the rest is only counted.
const MOST_NAMED: usize = 8;
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Reads both files. Of several readings on one day the last counts; loads of one day are summed.
pub fn read(wellness: &Path, load: &Path, points: Points) -> Result<Read, Failure> {
    let mut diaries: SortedMap<String, Diary> = SortedMap::new();
    let mut left_out = Vec::new();
    let columns = ["participant", "effective_time_frame", "soreness"];
    rows(wellness, columns, |line, [participant, when, soreness]| {
        let value = soreness.parse::<f64>().ok().filter(|value| value.fract() == 0.0);
        #[allow(clippy::cast_possible_truncation)] // whole, and as casts saturate, what is too large is no point
        match (day(when), value.map(|value| value as i32)) {
            (Some(day), Some(value)) if points.index(value).is_some() => {
                diaries.get_or_default(participant.to_owned()).soreness.insert(day, value);
            }
            (None, _) => left_out.push(format!("wellness, line {line}: \"{when}\" is no date")),
            _ => left_out.push(format!(
                "wellness, line {line}: soreness \"{soreness}\" is no whole number from {} to {}",
                points.lowest, points.highest
            )),
        }
    })
    .map_err(|failure| failure.at(wellness))?;
    let columns = ["participant", "end_date_time", "perceived_exertion", "duration_min"];
    rows(load, columns, |line, [participant, when, effort, minutes]| {
        let number = |text: &str, most: f64| text.parse::<f64>().ok().filter(|x| (0.0..=most).contains(x));
        match (day(when), number(effort, 10.0), number(minutes, 1440.0)) {
            (Some(day), Some(effort), Some(minutes)) => {
                *diaries.get_or_default(participant.to_owned()).load.get_or_default(day) += effort * minutes;
            }
            _ => left_out.push(format!(
                "load, line {line}: a date, an effort from 0 to 10 and minutes from 0 to 1440 are needed"
            )),
        }
    })
    .map_err(|failure| failure.at(load))?;
    let more = left_out.len().saturating_sub(MOST_NAMED);
    left_out.truncate(MOST_NAMED);
    if more > 0 {
        left_out.push(format!("and {more} more rows"));
    }
    Ok(Read { diaries, left_out })
}

/// Days since 1970; from a date, or from a time that begins with one, as it is written.
fn day(text: &str) -> Option<i32> {
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    (date - jiff::civil::date(1970, 1, 1)).get_days().into()
}

fn rows<const N: usize>(path: &Path, wanted: [&str; N], mut each: impl FnMut(u64, [&str; N])) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::bad_input(format!("{error}; name a CSV file"));
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let packed = std::io::BufRead::fill_buf(&mut file).map_err(unreadable)?.starts_with(&GZIP);
    let mut bytes = Vec::new();
    let mut reader: Box<dyn std::io::Read> =
        if packed { Box::new(flate2::bufread::MultiGzDecoder::new(file)) } else { Box::new(file) };
    reader
        .by_ref()
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::bad_input(format!("{error}; the file may be cut off: fetch it once more")))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::bad_input(format!(
            "this is more than {} MB unpacked; take fewer people or fewer years at a time",
            MOST_BYTES / 1_000_000
        )));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes))
        .map_err(|_| Failure::bad_input("this is not UTF-8 text; save the table as CSV, UTF-8, and try again"))?;
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: csv::Error| Failure::bad_input(format!("{error}; mend that line and try again"));
    let header = table.headers().map_err(broken)?.clone();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(wanted) {
        *place = header.iter().position(|column| column == name).ok_or_else(|| {
            Failure::bad_input(format!(
                "there is no column {name}; needed are {}. The columns are: {}",
                wanted.join(", "),
                header.iter().collect::<Vec<_>>().join(", ")
            ))
        })?;
    }
    for record in table.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        each(line, places.map(|place| record.get(place).unwrap_or_default()));
    }
    Ok(())
}
