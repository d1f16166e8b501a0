//! How fast archives are read: `cargo run --release -p supple-import --example how_fast -- archive DIR`,
//! `-- apple DIR MEGABYTES` or `-- read FILE`.
//!
//! `archive` writes a Strava archive of 2,000 activities (runs of an hour with a record a second, each packed)
//! to `DIR/archive.zip` and reads it; `apple` writes an export of so many megabytes; `read` reads a
//! file. Beside it, in the same run: `scripts/compare-with-lxml.py FILE`. Nothing is measured by hand.

// An example has a clock and a disk.
#![allow(clippy::disallowed_methods)]

use jiff::tz::TimeZone;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::time::Instant;
use supple_import::{Found, Settings, Told, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ACTIVITIES: u32 = 2000;
/// Seconds between two activities: ten hours.
const APART: u32 = 36_000;
/// An hour of records, one a second, as a running watch writes them.
const RECORDS: u32 = 3600;
/// 2020-01-01T00:00:00Z, as a watch counts.
const FIRST: u32 = 946_684_800;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["archive", folder] => {
            let path = format!("{folder}/archive.zip");
            archive(&path)?;
            timed(&path)
        }
        ["apple", folder, megabytes] => {
            let path = format!("{folder}/export.xml");
            apple(&path, megabytes.parse()?)?;
            timed(&path)
        }
        ["read", path] => timed(path),
        _ => Err("write: archive FOLDER, apple FOLDER MEGABYTES, or read FILE".into()),
    }
}

fn timed(path: &str) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::metadata(path)?.len();
    let began = Instant::now();
    let (mut trainings, mut problems) = (0_u32, 0_u32);
    let mut source = BufReader::new(File::open(path)?);
    read(path, &mut source, &Settings::of(TimeZone::UTC), &mut |told| match told {
        Told::Found(Found::Training(_)) => trainings += 1,
        Told::Problem(_) => problems += 1,
        _ => {}
    });
    let seconds = began.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss)] // files are far below 2^52 bytes
    let rate = bytes as f64 / 1e6 / seconds;
    println!(
        "{trainings} trainings, {problems} problems, {seconds:.2} s, {rate:.0} MB/s of {bytes} bytes, {}",
        peak()
    );
    Ok(())
}

/// The most memory it held, where the system says so.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.map_or_else(|| "memory unknown".to_owned(), |line| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn archive(path: &str) -> Result<(), Box<dyn Error>> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    let options = SimpleFileOptions::default();
    let mut table = String::from(
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename\n",
    );
    for number in 0..ACTIVITIES {
        table +=
            &format!("{number},\"Jan 1, 2020, 0:00:00 AM\",Run {number},Run,,3600,10,activities/{number}.fit.gz\n");
        zip.start_file(format!("activities/{number}.fit.gz"), options)?;
        let mut packed = flate2::write::GzEncoder::new(&mut zip, flate2::Compression::fast());
        packed.write_all(&activity(FIRST + number * APART))?;
        packed.finish()?;
    }
    zip.start_file("activities.csv", options)?;
    zip.write_all(table.as_bytes())?;
    zip.finish()?.flush()?;
    Ok(())
}

/// A run of an hour: file id, a record a second with heart rate, distance, height and place, a session.
fn activity(start: u32) -> Vec<u8> {
    let mut data = Vec::new();
    let define = |data: &mut Vec<u8>, local: u8, message: u16, fields: &[(u8, u8, u8)]| {
        data.extend([0x40 | local, 0, 0]);
        data.extend(message.to_le_bytes());
        data.push(u8::try_from(fields.len()).unwrap_or(0));
        fields.iter().for_each(|(field, size, base)| data.extend([*field, *size, *base]));
    };
    define(&mut data, 0, 0, &[(0, 1, 0), (3, 4, 0x8c), (4, 4, 0x86)]);
    data.extend([0, 4]);
    data.extend(7_u32.to_le_bytes());
    data.extend(start.to_le_bytes());
    define(&mut data, 1, 20, &[(253, 4, 0x86), (5, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85), (2, 2, 0x84), (3, 1, 2)]);
    for second in 0..RECORDS {
        data.push(1);
        data.extend((start + second).to_le_bytes());
        data.extend((second * 300).to_le_bytes());
        data.extend((500_000_000 + second * 17).to_le_bytes());
        data.extend((100_000_000 + second * 23 % 1000).to_le_bytes());
        data.extend(u16::try_from(2500 + second % 500).unwrap_or(0).to_le_bytes());
        data.push(u8::try_from(120 + second % 50).unwrap_or(0));
    }
    define(&mut data, 2, 18, &[(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0)]);
    data.push(2);
    for value in [start + RECORDS, start, RECORDS * 1000, RECORDS * 1000, RECORDS * 300] {
        data.extend(value.to_le_bytes());
    }
    data.push(1);
    let mut file = vec![12, 0x20, 0x54, 0x08];
    file.extend(u32::try_from(data.len()).unwrap_or(0).to_le_bytes());
    file.extend(b".FIT");
    file.extend(data);
    let mut sum = 0_u16;
    for byte in &file {
        sum ^= u16::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xa001 } else { sum >> 1 };
        }
    }
    file.extend(sum.to_le_bytes());
    file
}

/// Readings as a telephone exports them, with a workout every ten thousand.
fn apple(path: &str, megabytes: u64) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut written = out.write(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record|Workout)*>\n]>\n<HealthData locale=\"en_GB\">\n")? as u64;
    for number in 0_u64.. {
        if written >= megabytes * 1_000_000 {
            break;
        }
        let (day, minute) = (1 + number / 1440 % 28, number % 1440);
        let time = format!("2024-01-{day:02} {:02}:{:02}:00 +0100", minute / 60, minute % 60);
        let line = if number % 10_000 == 9_999 {
            format!(
                "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"30\" durationUnit=\"min\" sourceName=\"Watch\" startDate=\"{time}\" endDate=\"{time}\"/>\n"
            )
        } else {
            format!(
                "<Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"Watch\" sourceVersion=\"10.1\" device=\"&lt;&lt;HKDevice: 0x1&gt;, name:Watch&gt;\" unit=\"count/min\" creationDate=\"{time}\" startDate=\"{time}\" endDate=\"{time}\" value=\"{}\"/>\n",
                60 + number % 90
            )
        };
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
    }
    out.write_all(b"</HealthData>\n")?;
    Ok(out.flush()?)
}
