//! Files of trainings brought in with plain forms, for pages without JavaScript: sent, looked at, agreed to.
//!
//! ```text
//!  POST training/import        the files, as a stream, into a folder beside the log ─▶ what is in them
//!  POST training/import/again  the same files, with what their columns mean         ─▶ what is in them
//!  POST training/import/agree  the same files once more ─▶ events, at most 500 at a time ─▶ training
//! ```
//!
//! A file is never in memory as a whole, and nothing is written to the log before somebody agrees. Files are kept for half
//! an hour at most, for a few imports at once.

use super::{Server, pages};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::tz::TimeZone;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use supple_app::form::Form;
use supple_core::contract::Known;
use supple_core::event::{EventBody, Imported, Name};
use supple_import::{Batch, Columns, DayOrder, MOST_EVENTS, Problem, Refused, Report, Settings, Told, read};
use uuid::Uuid;

/// Where files are sent to, below the root.
pub const PATH: &str = "training/import";
/// The longest that files may take to arrive and to be read: a gigabyte over a home network is two minutes.
pub const PATIENCE: Duration = Duration::from_secs(30 * 60);
/// So long the files of an import are kept until somebody agrees.
const KEPT_FOR: Duration = Duration::from_secs(30 * 60);
/// So many imports are kept at once; one more ends the oldest.
const KEPT: usize = 3;
/// What files are called while they are kept, so that those of a server that was killed are known again.
const CALLED: &str = ".supple-import-";
/// The most a form beside the files may hold.
const FORM_BYTES: usize = 64 << 10;

/// Imports that nobody has agreed to yet.
#[derive(Debug)]
pub struct Waiting {
    folder: PathBuf,
    /// The most bytes that one import may have.
    most: u64,
    kept: Mutex<Vec<Arc<Kept>>>,
}

/// The files of one import.
#[derive(Debug)]
struct Kept {
    called: String,
    files: Vec<Sent>,
    since: Instant,
    told: Mutex<Meaning>,
}

/// What the person said about the files.
#[derive(Debug, Clone, Default)]
struct Meaning {
    columns: Option<Columns>,
    days: Option<DayOrder>,
}

/// A file as it lies on the disk; it is deleted with this.
#[derive(Debug)]
struct Sent {
    name: String,
    path: PathBuf,
    sum: [u8; 32],
}

impl Drop for Sent {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, "a file that was kept for an import could not be deleted");
        }
    }
}

/// Why nothing came of a form, as the page is told.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    NoFile,
    TooLarge,
    CutOff,
    Full,
    Gone,
}

impl Wrong {
    const fn said(self) -> (StatusCode, &'static str) {
        match self {
            Self::NoFile => (StatusCode::UNPROCESSABLE_ENTITY, "no-file"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::CutOff => (StatusCode::BAD_REQUEST, "cut-off"),
            Self::Full => (StatusCode::INSUFFICIENT_STORAGE, "full"),
            Self::Gone => (StatusCode::GONE, "gone"),
        }
    }
}

impl Waiting {
    /// Nobody waits yet. Files go beside the log, where there is room for what a person has; those that a server left
    /// behind which was killed are deleted.
    pub fn beside(log: &Path, most: u64) -> Self {
        let folder = log.parent().unwrap_or_else(|| Path::new(".")).to_owned();
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let old = entry
                .metadata()
                .and_then(|about| about.modified())
                .is_ok_and(|changed| changed.elapsed().is_ok_and(|age| age > KEPT_FOR + PATIENCE));
            if old && entry.file_name().to_string_lossy().starts_with(CALLED) {
                let _ = std::fs::remove_file(entry.path()); // tried again at the next start
            }
        }
        Self { folder, most, kept: Mutex::default() }
    }

    fn keep(&self, kept: Kept) -> Arc<Kept> {
        let kept = Arc::new(kept);
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|kept| kept.since.elapsed() < KEPT_FOR);
        if all.len() >= KEPT {
            all.remove(0);
        }
        all.push(Arc::clone(&kept));
        kept
    }

    fn find(&self, called: &str) -> Option<Arc<Kept>> {
        let all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|kept| kept.called == called && kept.since.elapsed() < KEPT_FOR).cloned()
    }

    fn end(&self, called: &str) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|kept| kept.called != called);
    }
}

/// `POST training/import`.
pub async fn take(State(server): State<Arc<Server>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let room = server.waiting.most.saturating_add(FORM_BYTES as u64);
    let files = if announced.is_some_and(|announced| announced > room) {
        Err(Wrong::TooLarge)
    } else {
        tokio::time::timeout(PATIENCE, files(&server.waiting, request)).await.unwrap_or(Err(Wrong::CutOff))
    };
    match files {
        Ok(files) => {
            let called = Uuid::now_v7().simple().to_string();
            let kept = Kept { called, files, since: Instant::now(), told: Mutex::default() };
            shown(&server, &headers, server.waiting.keep(kept)).await
        }
        Err(wrong) => said(&server, &headers, wrong),
    }
}

/// `POST training/import/again`.
pub async fn again(State(server): State<Arc<Server>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let Ok((form, kept)) = of_form(&server, request).await else { return said(&server, &headers, Wrong::Gone) };
    {
        let mut told = kept.told.lock().unwrap_or_else(PoisonError::into_inner);
        let mut named = form.below("column-").filter(|(_, header)| !header.is_empty()).peekable();
        if named.peek().is_some()
            && let Ok(columns) = named.try_fold(Columns::default(), |all, (what, header)| all.with(what, header))
        {
            told.columns = Some(columns);
        }
        told.days = match form.get("days") {
            Some("day_first") => Some(DayOrder::DayFirst),
            Some("month_first") => Some(DayOrder::MonthFirst),
            _ => told.days,
        };
    }
    shown(&server, &headers, kept).await
}

/// `POST training/import/agree`.
pub async fn agree(State(server): State<Arc<Server>>, request: Request) -> Response {
    let headers = request.headers().clone();
    let Ok((_, kept)) = of_form(&server, request).await else { return said(&server, &headers, Wrong::Gone) };
    let (called, fingerprint) = (name_of(&kept.files), fingerprint(&kept.files));
    let batch = match looked(&server, &headers, Arc::clone(&kept)).await {
        Ok(batch) => batch,
        Err(response) => return *response,
    };
    let short: String = called.chars().filter(|c| !c.is_control()).take(Name::MOST).collect();
    let Ok(name) = Name::new(short).or_else(|_| Name::new("a file")) else {
        return said(&server, &headers, Wrong::Gone);
    };
    let imported = Imported { batch: Uuid::now_v7().to_string(), name, fingerprint };
    let bodies = batch.into_bodies(imported);
    let brought = bodies.iter().find_map(batch_of).unwrap_or_default().to_owned();
    for some in bodies.chunks(MOST_EVENTS) {
        let body = json!({ "action": Uuid::now_v7().to_string(), "events": some }).to_string();
        let asked = pages::posted(&server, &headers, "training/import/events", body);
        match server.desk.post(&asked).await {
            Ok(stored) if stored.status == 200 => {}
            // What was written before stays, and the same file goes on there.
            Ok(_) => return super::wire::refuse(StatusCode::INTERNAL_SERVER_ERROR, "an import could not be written"),
            Err(error) => return super::trouble(&error),
        }
    }
    server.waiting.end(&kept.called);
    tracing::info!(events = bodies.len(), "trainings were brought in");
    Redirect::to(&format!("{}training?brought={brought}", server.access.root())).into_response()
}

/// What a form of the preview says, and the files it is about.
async fn of_form(server: &Server, request: Request) -> Result<(Form, Arc<Kept>), ()> {
    let (parts, body) = request.into_parts();
    let body = super::wire::read(&parts.headers, body, FORM_BYTES).await.map_err(drop)?;
    let form = Form::parse(&String::from_utf8_lossy(&body));
    let kept = form.get("kept_as").and_then(|called| server.waiting.find(called)).ok_or(())?;
    Ok((form, kept))
}

/// The page of what is in the files.
async fn shown(server: &Arc<Server>, headers: &HeaderMap, kept: Arc<Kept>) -> Response {
    let batch = match looked(server, headers, Arc::clone(&kept)).await {
        Ok(batch) => batch,
        Err(response) => return *response,
    };
    let report = Report::of(&name_of(&kept.files), batch.preview());
    let body = json!({ "report": report, "kept_as": kept.called }).to_string();
    pages::answer_of(server.desk.look(&pages::posted(server, headers, "training/import/found", body)))
}

/// What is in the files, beside what the log knows. Read on a thread of its own: others are answered meanwhile.
async fn looked(server: &Arc<Server>, headers: &HeaderMap, kept: Arc<Kept>) -> Result<Batch, Box<Response>> {
    server.desk.refresh().await.map_err(|error| super::trouble(&error))?;
    let (known, zone) = (server.desk.known(), server.clock.now(headers).time_zone().clone());
    let read = tokio::task::spawn_blocking(move || in_files(&kept, known, zone)).await;
    read.map_err(|error| {
        tracing::error!(%error, "reading files ended in a mistake of ours");
        Box::new(pages::answer_of(super::desk::mistake()))
    })
}

fn in_files(kept: &Kept, known: Known, zone: TimeZone) -> Batch {
    let Meaning { columns, days } = kept.told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let settings = Settings { columns, days, ..Settings::of(zone) };
    let mut batch = Batch::beside(known);
    for sent in &kept.files {
        match File::open(&sent.path) {
            Ok(file) => read(&sent.name, &mut BufReader::new(file), &settings, &mut |told| batch.take(told)),
            Err(error) => batch.take(Told::Problem(Problem {
                file: sent.name.clone(),
                what: Refused::Reading(error.to_string()),
                kept: false,
            })),
        }
    }
    batch
}

/// The files of a form, each written to the disk as it comes.
async fn files(waiting: &Waiting, request: Request) -> Result<Vec<Sent>, Wrong> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| Wrong::NoFile)?;
    let (mut files, mut bytes) = (Vec::new(), 0_u64);
    while let Some(mut field) = form.next_field().await.map_err(|_| Wrong::CutOff)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut kept = None;
        while let Some(piece) = field.chunk().await.map_err(|_| Wrong::CutOff)? {
            // A browser sends an empty file where none was chosen.
            if piece.is_empty() {
                continue;
            }
            bytes += piece.len() as u64;
            if bytes > waiting.most {
                return Err(Wrong::TooLarge);
            }
            let arriving = match &mut kept {
                Some(arriving) => arriving,
                none => none.insert(Arriving::in_folder(&waiting.folder, name.clone())?),
            };
            tokio::task::block_in_place(|| arriving.write(&piece))?;
        }
        if let Some(arriving) = kept {
            files.push(arriving.there()?);
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    if files.is_empty() { Err(Wrong::NoFile) } else { Ok(files) }
}

/// A file that is on its way.
struct Arriving {
    file: File,
    sum: Sha256,
    sent: Sent,
}

impl Arriving {
    fn in_folder(folder: &Path, name: String) -> Result<Self, Wrong> {
        let path = folder.join(format!("{CALLED}{}", Uuid::now_v7().simple()));
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // As the log itself: nobody else on this machine reads it.
            options.mode(0o600);
        }
        let file = options.open(&path).map_err(|error| full(&error))?;
        // What a browser calls a file may hold a folder.
        let name = name.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or("a file").to_owned();
        Ok(Self { file, sum: Sha256::new(), sent: Sent { name, path, sum: [0; 32] } })
    }

    fn write(&mut self, piece: &[u8]) -> Result<(), Wrong> {
        self.sum.update(piece);
        self.file.write_all(piece).map_err(|error| full(&error))
    }

    fn there(mut self) -> Result<Sent, Wrong> {
        self.file.flush().map_err(|error| full(&error))?;
        self.sent.sum = self.sum.finalize().into();
        Ok(self.sent)
    }
}

fn full(error: &io::Error) -> Wrong {
    tracing::error!(%error, "a file that was sent cannot be kept");
    Wrong::Full
}

fn name_of(files: &[Sent]) -> String {
    match files {
        [one] => one.name.clone(),
        many => format!("{} files", many.len()),
    }
}

/// SHA-256 of the file, or of the sums of all in the order of their names: as `supple import` makes it.
fn fingerprint(files: &[Sent]) -> String {
    let sum: [u8; 32] = match files {
        [one] => one.sum,
        many => many.iter().fold(Sha256::new(), |sum, one| sum.chain_update(one.sum)).finalize().into(),
    };
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn batch_of(body: &EventBody) -> Option<&str> {
    match body {
        EventBody::Imported(body) => Some(&body.batch),
        EventBody::Trained(body) => body.batch(),
        EventBody::SorenessNoted(body) => Some(&body.source.batch),
        _ => None,
    }
}

fn said(server: &Server, headers: &HeaderMap, wrong: Wrong) -> Response {
    let (status, word) = wrong.said();
    pages::page(server, headers, PATH, status, &format!("wrong={word}&most={}", server.waiting.most >> 20))
}
