//! Zip archives: a Strava archive, an Apple Health export, or files put together by hand.

use crate::found::{Found, Refused, Told};
use crate::read::{self, Settings, Source, problem};
use crate::strava::{self, Activities};
use crate::table::Rows;
use flate2::read::MultiGzDecoder;
use std::cell::Cell;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;
use zip::ZipArchive;
use zip::result::ZipError;

const FORM: &str = "a zip archive";
/// How a Strava archive names its table in every language.
const TABLE: &str = "activities.csv";
/// Endings of files that may hold trainings.
const ENDINGS: [&str; 6] = ["fit", "tcx", "gpx", "xml", "csv", "json"];

/// A source behind a reference: the archive asks for one of known size. It counts what is read.
struct Lent<'s> {
    source: &'s mut dyn Source,
    read: Rc<Cell<u64>>,
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

impl Read for Lent<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.source.read(into)?;
        self.read.set(self.read.get().saturating_add(length as u64));
        Ok(length)
    }
}

impl Seek for Lent<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.source.seek(to)
    }
}

/// A file of the archive.
struct Inside {
    place: usize,
    name: String,
    packed: u64,
}

/// Reads every file of an archive that may hold trainings. Nothing is taken from one with a name that leads out of it.
pub fn read(name: &str, source: &mut dyn Source, settings: &Settings, tell: &mut dyn FnMut(Told)) {
    let refuse = |error: ZipError| match error {
        ZipError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
            Refused::Reading(error.to_string())
        }
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => Refused::Locked,
        ZipError::InvalidArchive(_) | ZipError::Io(_) => Refused::CutShort,
        other => Refused::Unreadable { form: FORM, why: other.to_string() },
    };
    let whole = match source.seek(SeekFrom::End(0)) {
        Ok(whole) => whole,
        Err(error) => return tell(problem(name, Refused::Reading(error.to_string()), false)),
    };
    let mut progress = Progress { read: Rc::default(), told: 0, whole };
    let lent = Lent { source, read: Rc::clone(&progress.read) };
    let mut archive = match ZipArchive::new(BufReader::new(lent)) {
        Ok(archive) => archive,
        Err(error) => return tell(problem(name, refuse(error), false)),
    };
    let most = settings.limits.files;
    if archive.len() > most {
        return tell(problem(name, Refused::TooManyFiles { found: archive.len(), most }, false));
    }
    let inside = match list(&mut archive) {
        Ok(inside) => inside,
        Err(error) => return tell(problem(name, error, false)),
    };
    let strava = table(&mut archive, &inside, settings, name, tell);
    let mut rows = strava.unwrap_or_default();
    let of_strava = !rows.is_empty();
    let mut any = of_strava;
    for file in inside.iter().filter(|file| is_wanted(&file.name, of_strava)) {
        any = true;
        tell(Told::File);
        let whole = format!("{name}: {}", file.name);
        let mut entry = match archive.by_index(file.place) {
            Ok(entry) => entry,
            Err(error) => {
                tell(problem(&whole, refuse(error), false));
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
            read::one(&whole, &mut MultiGzDecoder::new(BufReader::new(&mut entry)), packed, settings, &mut telling);
        } else {
            read::one(&whole, &mut entry, packed, settings, &mut telling);
        }
        drop(entry);
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

/// The files of an archive in their order, once every name has been looked at.
fn list<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<Vec<Inside>, Refused> {
    let mut inside = Vec::with_capacity(archive.len());
    for place in 0..archive.len() {
        let entry = match archive.by_index_raw(place) {
            Ok(entry) => entry,
            Err(error) => return Err(Refused::Unreadable { form: FORM, why: error.to_string() }),
        };
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let leads_out = name.contains('\0')
            || name.starts_with(['/', '\\'])
            || name.split(['/', '\\']).any(|part| part == "..")
            || name.as_bytes().get(1) == Some(&b':');
        if leads_out {
            return Err(Refused::LeadsOut { name });
        }
        if entry.is_dir() {
            continue;
        }
        if entry.encrypted() {
            return Err(Refused::Locked);
        }
        inside.push(Inside { place, packed: entry.compressed_size(), name });
    }
    Ok(inside)
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
fn table<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    inside: &[Inside],
    settings: &Settings,
    name: &str,
    tell: &mut dyn FnMut(Told),
) -> Option<Activities> {
    let file = inside.iter().find(|file| file.name.rsplit('/').next() == Some(TABLE))?;
    let entry = archive.by_index(file.place).ok()?;
    let mut bytes = Vec::new();
    let whole = format!("{name}: {}", file.name);
    if let Err(error) = entry.take(settings.limits.file + 1).read_to_end(&mut bytes) {
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
