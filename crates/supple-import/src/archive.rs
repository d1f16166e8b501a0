//! Zip archives: a Strava archive, an Apple Health export, or files put together by hand.

use crate::found::{Found, Refused, Told};
use crate::read::{self, Settings, Source, problem};
use crate::strava::{self, Activities};
use crate::table::Rows;
use flate2::bufread::DeflateDecoder;
use flate2::read::MultiGzDecoder;
use rawzip::{
    CompressionMethod, Crc32, Error, ErrorKind, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ReaderAt, ZipArchive,
    ZipArchiveEntryWayfinder, ZipVerification,
};
use std::cell::Cell;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

const FORM: &str = "a zip archive";
/// How a Strava archive names its table in every language.
const TABLE: &str = "activities.csv";
/// Endings of files that may hold trainings.
const ENDINGS: [&str; 6] = ["fit", "tcx", "gpx", "xml", "csv", "json"];

/// So much of a packed file is asked of its source at once.
const PIECE_BYTES: usize = 64 << 10;

/// A source that counts what is read of it.
struct Counted<'s> {
    source: &'s mut dyn Source,
    read: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.source.read(into)?;
        self.read.set(self.read.get().saturating_add(length as u64));
        Ok(length)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.source.seek(to)
    }
}

/// How far an archive is read, in bytes of it and never more than it has: parts of it are read twice.
struct Progress {
    read: Rc<Cell<u64>>,
    told: u64,
    whole: u64,
}

impl Progress {
    fn tell(&mut self, tell: &mut dyn FnMut(Told)) {
        self.tell_up_to(self.read.get().min(self.whole), tell);
    }

    fn tell_up_to(&mut self, now: u64, tell: &mut dyn FnMut(Told)) {
        if now > self.told {
            tell(Told::Bytes(now - self.told));
            self.told = now;
        }
    }
}

/// A file of the archive.
struct Inside {
    place: ZipArchiveEntryWayfinder,
    packing: CompressionMethod,
    name: String,
    packed: u64,
}

/// An archive, its files in order once every name has been looked at.
struct Archive<R> {
    zip: ZipArchive<R>,
    inside: Vec<Inside>,
}

/// Looks for the directory of an archive, which is at its end, and goes through it.
fn open<'s>(source: Counted<'s>, most: usize) -> Result<Archive<impl ReaderAt + use<'s>>, Refused> {
    // Large enough for any record of the directory.
    let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let zip = ZipArchive::from_seekable(source, &mut buffer).map_err(refused)?;
    Archive::of(zip, &mut buffer, most)
}

impl<R: ReaderAt> Archive<R> {
    fn of(zip: ZipArchive<R>, buffer: &mut [u8], most: usize) -> Result<Self, Refused> {
        let says = usize::try_from(zip.entries_hint()).unwrap_or(usize::MAX);
        if says > most {
            return Err(Refused::TooManyFiles { found: says, most });
        }
        let (mut inside, mut found) = (Vec::with_capacity(says), 0);
        let mut entries = zip.entries(buffer);
        while let Some(entry) = entries.next_entry().map_err(refused)? {
            found += 1;
            if found > most {
                return Err(Refused::TooManyFiles { found, most });
            }
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            if leads_out(&name) {
                return Err(Refused::LeadsOut { name });
            }
            if entry.is_dir() {
                continue;
            }
            if entry.flags().is_encrypted() {
                return Err(Refused::Locked);
            }
            let (place, packed) = (entry.wayfinder(), entry.compressed_size_hint());
            inside.push(Inside { place, packing: entry.compression_method(), name, packed });
        }
        if found < says {
            return Err(Refused::CutShort);
        }
        Ok(Self { zip, inside })
    }

    /// What is in a file.
    fn unpacked(&self, file: &Inside) -> Result<Box<dyn Read + '_>, Refused> {
        let packed = self.zip.get_entry(file.place).map_err(refused)?.reader();
        let says = packed.claim_verifier();
        let packed = BufReader::with_capacity(PIECE_BYTES, packed);
        match file.packing {
            CompressionMethod::STORE => Ok(Box::new(Checked::new(packed, says))),
            CompressionMethod::DEFLATE => Ok(Box::new(Checked::new(DeflateDecoder::new(packed), says))),
            other => Err(Refused::Unreadable {
                form: FORM,
                why: format!("it is packed in a way not known here, {other:?}"),
            }),
        }
    }
}

/// Unpacked bytes, held against the length and the checksum that the archive says they have once all have been handed on:
/// what came before a mistake is kept.
struct Checked<B> {
    bytes: B,
    says: ZipVerification,
    length: u64,
    checksum: Crc32,
}

impl<B: Read> Checked<B> {
    fn new(bytes: B, says: ZipVerification) -> Self {
        Self { bytes, says, length: 0, checksum: Crc32::new() }
    }
}

impl<B: Read> Read for Checked<B> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.bytes.read(into)?;
        self.length += length as u64;
        self.checksum.update(&into[..length]);
        if length == 0 && !into.is_empty() {
            let is = ZipVerification { crc: self.checksum.checksum(), uncompressed_size: self.length };
            self.says.valid(is).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))?;
        }
        Ok(length)
    }
}

fn refused(error: Error) -> Refused {
    match error.into_kind() {
        ErrorKind::IO(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
            Refused::Reading(error.to_string())
        }
        ErrorKind::IO(_)
        | ErrorKind::Eof
        | ErrorKind::MissingEndOfCentralDirectory
        | ErrorKind::InvalidEndOfCentralDirectory
        | ErrorKind::InvalidSignature { .. } => Refused::CutShort,
        other => Refused::Unreadable { form: FORM, why: other.to_string() },
    }
}

/// Reads every file of an archive that may hold trainings. Nothing is taken from one with a name that leads out of it.
pub fn read(name: &str, source: &mut dyn Source, settings: &Settings, tell: &mut dyn FnMut(Told)) {
    let whole = match source.seek(SeekFrom::End(0)) {
        Ok(whole) => whole,
        Err(error) => return tell(problem(name, Refused::Reading(error.to_string()), false)),
    };
    let mut progress = Progress { read: Rc::default(), told: 0, whole };
    let source = Counted { source, read: Rc::clone(&progress.read) };
    let archive = match open(source, settings.limits.files) {
        Ok(archive) => archive,
        Err(error) => return tell(problem(name, error, false)),
    };
    let strava = table(&archive, settings, name, tell);
    let mut rows = strava.unwrap_or_default();
    let of_strava = !rows.is_empty();
    let mut any = of_strava;
    for file in archive.inside.iter().filter(|file| is_wanted(&file.name, of_strava)) {
        any = true;
        tell(Told::File);
        let whole = format!("{name}: {}", file.name);
        let mut unpacked = match archive.unpacked(file) {
            Ok(unpacked) => unpacked,
            Err(error) => {
                tell(problem(&whole, error, false));
                continue;
            }
        };
        let row = rows.take(&file.name);
        let mut found_any = false;
        let mut telling = |told: Told| match told {
            Told::Found(Found::Training(mut training)) => {
                // What was typed in at Strava is what the person calls it, and how hard they say it was.
                if let Some(row) = row.as_ref().filter(|_| !found_any) {
                    row.name(&mut training);
                }
                found_any = true;
                tell(Told::Found(Found::Training(training)));
            }
            // What was unpacked is told as what was read of the archive for it.
            Told::Bytes(_) => progress.tell(tell),
            other => tell(other),
        };
        let packed = Some(file.packed);
        if file.name.to_ascii_lowercase().ends_with(".gz") {
            read::one(&whole, &mut MultiGzDecoder::new(unpacked), packed, settings, &mut telling);
        } else {
            read::one(&whole, &mut unpacked, packed, settings, &mut telling);
        }
        progress.tell(tell);
        if let Some(row) = row.filter(|_| !found_any) {
            row.alone(settings, &whole, tell);
        }
    }
    rows.rest(settings, name, tell);
    if !any {
        tell(problem(name, Refused::NothingInIt, false));
    }
    progress.tell_up_to(whole, tell);
}

/// Whether a name leads out of the folder that an archive is unpacked in.
fn leads_out(name: &str) -> bool {
    name.contains('\0')
        || name.starts_with(['/', '\\'])
        || name.split(['/', '\\']).any(|part| part == "..")
        || name.as_bytes().get(1) == Some(&b':')
}

/// Whether a file may hold trainings. Of a Strava archive only its activities; of Apple's only the export itself.
fn is_wanted(name: &str, strava: bool) -> bool {
    let lower = name.to_lowercase();
    let file = lower.rsplit('/').next().unwrap_or(&lower);
    let bare = lower.strip_suffix(".gz").unwrap_or(&lower);
    let known = ENDINGS.iter().any(|ending| bare.rsplit_once('.').is_some_and(|(_, last)| last == *ending));
    let of_a_system = file.starts_with('.') || lower.contains("__macosx/");
    let apple_besides = file == "export_cda.xml" || lower.contains("workout-routes/");
    let strava_besides = strava && !lower.split('/').any(|folder| folder == "activities");
    known && !of_a_system && !apple_besides && !strava_besides
}

/// The table of a Strava archive, if there is one.
fn table(
    archive: &Archive<impl ReaderAt>,
    settings: &Settings,
    name: &str,
    tell: &mut dyn FnMut(Told),
) -> Option<Activities> {
    let file = archive.inside.iter().find(|file| file.name.rsplit('/').next() == Some(TABLE))?;
    let unpacked = archive.unpacked(file).ok()?;
    let mut bytes = Vec::new();
    let whole = format!("{name}: {}", file.name);
    if let Err(error) = unpacked.take(settings.limits.file + 1).read_to_end(&mut bytes) {
        tell(problem(&whole, Refused::Reading(error.to_string()), false));
    }
    if bytes.len() as u64 > settings.limits.file {
        tell(problem(&whole, Refused::TooLarge { most: settings.limits.file }, false));
        return None;
    }
    match Rows::of(&bytes) {
        Ok(rows) => strava::is_one(&rows).then(|| Activities::of(&rows)),
        Err(what) => {
            tell(problem(&whole, what, false));
            None
        }
    }
}
