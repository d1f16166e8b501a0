//! Files made for a test, and what reading them tells.

use jiff::tz::TimeZone;
use std::io::{Cursor, Write};
use supple_core::event::{SorenessNoted, Trained};
use supple_import::{Found, Problem, Settings, Told, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Everything that was told of a file.
#[derive(Debug, Default)]
pub struct All {
    pub trainings: Vec<Trained>,
    pub days: Vec<SorenessNoted>,
    pub problems: Vec<Problem>,
    pub bytes: u64,
    pub files: usize,
}

impl All {
    /// What is wrong, in words.
    pub fn said(&self) -> Vec<String> {
        self.problems.iter().map(|problem| problem.what.to_string()).collect()
    }

    /// The only training there is.
    pub fn one(&self) -> &Trained {
        let [training] = self.trainings.as_slice() else { panic!("{self:?}") };
        training
    }
}

pub fn berlin() -> Settings {
    Settings::of(TimeZone::get("Europe/Berlin").expect("bundled"))
}

pub fn told_by(name: &str, bytes: &[u8], settings: &Settings) -> All {
    let mut all = All::default();
    read(name, &mut Cursor::new(bytes), settings, &mut |told| match told {
        Told::Found(Found::Training(training)) => all.trainings.push(*training),
        Told::Found(Found::Soreness(day)) => all.days.push(day),
        Told::Problem(problem) => all.problems.push(problem),
        Told::Bytes(bytes) => all.bytes += bytes,
        Told::File => all.files += 1,
    });
    all
}

pub fn told(name: &str, bytes: &[u8]) -> All {
    told_by(name, bytes, &berlin())
}

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        writer.write_all(bytes).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

/// A field of a FIT message as it is written: its number, its base type and its bytes.
pub struct Field(pub u8, pub u8, pub Vec<u8>);

pub const U8: u8 = 0x02;
pub const ENUM: u8 = 0x00;
pub const U16: u8 = 0x84;
pub const U32: u8 = 0x86;
pub const U32Z: u8 = 0x8c;
pub const TEXT: u8 = 0x07;

pub fn u32(number: u8, value: u32) -> Field {
    Field(number, U32, value.to_le_bytes().to_vec())
}

pub fn u16(number: u8, value: u16) -> Field {
    Field(number, U16, value.to_le_bytes().to_vec())
}

pub fn byte(number: u8, value: u8) -> Field {
    Field(number, ENUM, vec![value])
}

/// A file of a watch, message by message; each defines itself anew.
pub fn fit(messages: &[(u16, Vec<Field>)]) -> Vec<u8> {
    let mut data = Vec::new();
    for (number, fields) in messages {
        data.extend([0x40, 0, 0]);
        data.extend(number.to_le_bytes());
        data.push(u8::try_from(fields.len()).expect("few"));
        for Field(field, base, bytes) in fields {
            data.extend([*field, u8::try_from(bytes.len()).expect("short"), *base]);
        }
        data.push(0);
        fields.iter().for_each(|Field(_, _, bytes)| data.extend(bytes));
    }
    let mut file = vec![14, 0x20, 0x54, 0x08];
    file.extend(u32::try_from(data.len()).expect("short").to_le_bytes());
    file.extend(b".FIT");
    file.extend(sum(&file).to_le_bytes());
    file.extend(data);
    file.extend(sum(&file).to_le_bytes());
    file
}

/// The CRC-16 of FIT, bit by bit as its description has it.
fn sum(bytes: &[u8]) -> u16 {
    let mut sum = 0_u16;
    for byte in bytes {
        sum ^= u16::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xa001 } else { sum >> 1 };
        }
    }
    sum
}

/// 2026-11-20T17:00:00Z, as a watch counts.
pub const START: u32 = 1_795_194_000 - 631_065_600;

/// A session: sport, kind, seconds.
pub fn session(start: u32, sport: u8, kind: u8, seconds: u32) -> (u16, Vec<Field>) {
    let fields = vec![
        u32(253, start + seconds),
        u32(2, start),
        byte(5, sport),
        byte(6, kind),
        u32(7, seconds * 1000),
        u32(8, seconds * 1000),
    ];
    (18, fields)
}

/// A set that is work.
pub fn set(start: u32, category: u16, exercise: u16, repetitions: u16, seconds: u32) -> (u16, Vec<Field>) {
    let fields = vec![
        u32(0, seconds * 1000),
        u16(3, repetitions),
        u16(4, 40 * 16),
        byte(5, 1),
        u32(6, start),
        u16(7, category),
        u16(8, exercise),
        u32(254, start + seconds),
    ];
    (225, fields)
}
