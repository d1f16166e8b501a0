//! From no file or an older file to one of this version, without a moment at which a crash could hurt.

use crate::{Error, erase};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Marks a SQLite file as ours: "Supl".
pub(crate) const APPLICATION_ID: i64 = 0x5375_706C;

/// Every step, in order; each sets `user_version` to its own number. A released step never changes.
const MIGRATIONS: [&str; 5] = [
    include_str!("../migrations/0001_log.sql"),
    include_str!("../migrations/0002_set_aside.sql"),
    include_str!("../migrations/0003_devices.sql"),
    include_str!("../migrations/0004_readings.sql"),
    include_str!("../migrations/0005_feeds.sql"),
];

/// The version of the schema this program reads and writes.
pub(crate) const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// The step that made what is not part of the log. The steps before it made the log, and nothing else.
pub(crate) const DEVICES_SCHEMA: i64 = 3;

/// The step that made what was read from the lines: it belongs to their rows.
const READINGS_SCHEMA: i64 = 4;

/// How long to wait for another writer; an import of a long log takes some seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// How every connection is set up.
///
/// `synchronous = FULL`, not the NORMAL that is usual with WAL: NORMAL syncs the write-ahead log only at checkpoints,
/// so a power cut takes back commits that were already acknowledged. An event here is a stop signal or an answer to
/// the screen, a few a minute at most: a sync for each costs milliseconds and nobody is told a lie. `fullfsync` makes
/// the same true on macOS, where a plain fsync stops at the disk's cache.
pub(crate) fn connection(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .pragma("fullfsync", "ON")
        .pragma("checkpoint_fullfsync", "ON")
        // Delete triggers then also see what a REPLACE would delete.
        .pragma("recursive_triggers", "ON")
        .disable_statement_logging()
}

/// Makes the file ready: creates it, or checks it and brings it up to date.
pub(crate) async fn prepare(path: &Path, device_if_new: &str) -> Result<(), Error> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path, device_if_new).await?,
        Err(source) => return Err(Error::File { doing: "look at it", path: path.to_owned(), source }),
        Ok(found) if !found.is_file() => return Err(Error::NotAFile),
        // A new log appears under its name only when it is whole, so an empty file was once a longer one.
        Ok(found) if found.len() == 0 => return Err(Error::Damaged { why: "it is empty".into() }),
        Ok(_) => whole(path)?,
    }
    bring_up_to_date(path).await
}

/// Whether the file is as long as its header says. SQLite itself takes the missing part of a last page for zeros.
fn whole(path: &Path) -> Result<(), Error> {
    // While there is a write-ahead log, the file may be behind it and SQLite knows better.
    let pending = || fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    let look = || lengths(path).map_err(file("read it", path));
    let Some(seen) = look()?.filter(|(is, says)| is < says && !pending()) else { return Ok(()) };
    // A second look: another process may be folding its write-ahead log into the file right now.
    if look()? != Some(seen) || pending() {
        return Ok(());
    }
    let (is, says) = seen;
    Err(Error::Damaged { why: format!("it is cut off after {is} of {says} bytes") })
}

/// The length of a SQLite file, and the one it says it has: <https://sqlite.org/fileformat.html>.
fn lengths(path: &Path) -> io::Result<Option<(u64, u64)>> {
    let mut file = File::open(path)?;
    let mut header = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut header)?;
    let is = file.metadata()?.len(); // after the header: a file that grows meanwhile looks longer, not cut off
    let (Some(size), Some(pages)) = (header.get(16..18), header.get(28..32)) else { return Ok(None) };
    let page = match size.iter().fold(0, |n, &byte| n << 8 | u64::from(byte)) {
        1 => 65536,
        size => size,
    };
    let says = page * pages.iter().fold(0, |n, &byte| n << 8 | u64::from(byte));
    Ok(header.starts_with(b"SQLite format 3\0").then_some((is, says)))
}

/// A new log is made under another name and then linked to its own: no other process ever sees half of one, and of
/// two that begin at the same moment one wins and the other uses it.
async fn create(path: &Path, device: &str) -> Result<(), Error> {
    static NTH: AtomicU32 = AtomicU32::new(0);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(file("create the folder", folder))?;
    }
    // SQLite would take such a file for part of the new log.
    for leftover in [beside(path, "-wal"), beside(path, "-journal")] {
        if leftover.exists() && !path.exists() {
            return Err(Error::LogMissing { leftover });
        }
    }
    let draft = beside(path, &format!(".new-{}-{}", std::process::id(), NTH.fetch_add(1, Ordering::Relaxed)));
    let made = write_draft(&draft, device).await.and_then(|()| publish(&draft, path));
    // On success the first is only a second name of the log; on failure none is of use.
    for name in [draft.clone(), beside(&draft, "-wal"), beside(&draft, "-shm")] {
        let _ = fs::remove_file(name);
    }
    made
}

async fn write_draft(draft: &Path, device: &str) -> Result<(), Error> {
    create_private(draft)?;
    let options = connection(draft).journal_mode(SqliteJournalMode::Wal);
    let mut conn = SqliteConnection::connect_with(&options).await?;
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await?;
    apply(&mut tx, 0).await?;
    continue_series(&mut tx, device).await?;
    tx.commit().await?;
    conn.close().await?;
    sync(draft)
}

fn publish(draft: &Path, path: &Path) -> Result<(), Error> {
    match fs::hard_link(draft, path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        // Some file systems have no links.
        Err(_) if !path.exists() => fs::rename(draft, path).map_err(file("create it", path))?,
        Err(_) => return Ok(()),
    }
    sync_folder(path);
    Ok(())
}

/// Writes down whose series a new file continues.
pub(crate) async fn continue_series(conn: &mut SqliteConnection, device: &str) -> Result<(), Error> {
    sqlx::query("INSERT INTO devices (id) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(device)
        .execute(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO this_file (one, device) VALUES (1, $1)").bind(device).execute(conn).await?;
    Ok(())
}

/// Runs the steps after version `from`, inside the caller's transaction.
pub(crate) async fn apply(conn: &mut SqliteConnection, from: i64) -> Result<(), Error> {
    apply_until(conn, from, SCHEMA).await
}

/// Makes the tables of the log again, in a file whose other tables stay, inside the caller's transaction.
pub(crate) async fn apply_log(conn: &mut SqliteConnection) -> Result<(), Error> {
    apply_until(conn, 0, DEVICES_SCHEMA - 1).await?;
    // What was read from the lines belongs to their rows, and they have others now.
    sqlx::raw_sql("DROP TABLE IF EXISTS readings").execute(&mut *conn).await?;
    apply_until(conn, READINGS_SCHEMA - 1, READINGS_SCHEMA).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("PRAGMA user_version = {SCHEMA}"))).execute(conn).await?;
    Ok(())
}

async fn apply_until(conn: &mut SqliteConnection, from: i64, until: i64) -> Result<(), Error> {
    let count = |version: i64| usize::try_from(version).unwrap_or(0);
    for step in &MIGRATIONS[count(from)..count(until)] {
        sqlx::raw_sql(*step).execute(&mut *conn).await?;
    }
    Ok(())
}

/// The version of the open file, if this program can use it.
pub(crate) async fn version(conn: &mut SqliteConnection) -> Result<i64, Error> {
    let found: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *conn).await?;
    if found != APPLICATION_ID {
        return Err(Error::NotALog { found });
    }
    let file: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(conn).await?;
    if file > SCHEMA { Err(Error::NewerFile { file, program: SCHEMA }) } else { Ok(file) }
}

async fn bring_up_to_date(path: &Path) -> Result<(), Error> {
    // No journal mode yet: setting one would already change the file of a newer program.
    let mut conn = SqliteConnection::connect_with(&connection(path)).await?;
    let outcome = match version(&mut conn).await {
        Ok(SCHEMA) => Ok(()),
        Ok(_) => migrate(&mut conn, path).await,
        Err(error) => Err(error),
    };
    let outcome = match outcome {
        Ok(()) => match erase::sweep_if_cut_off(&mut conn, path).await {
            // Somebody is reading: the file can be used, and the next opening sweeps.
            Err(Error::Busy) => Ok(()),
            other => other,
        },
        failed => failed,
    };
    let closed = conn.close().await;
    outcome?;
    Ok(closed?)
}

/// All pending steps in one transaction, so the file is never of a version in between; a copy is made while the
/// write lock is held, so it is exactly what the steps begin with, and only one process can be making it.
async fn migrate(conn: &mut SqliteConnection, path: &Path) -> Result<(), Error> {
    let mut tx = conn.begin_with("BEGIN IMMEDIATE").await?;
    let from = version(&mut tx).await?; // another process may have been faster
    if from < SCHEMA {
        copy(path, from + 1).await?;
        apply(&mut tx, from).await?;
    }
    Ok(tx.commit().await?)
}

/// Copies the log to `<path>.before-<step>.bak`. An older copy with other bytes stays, and the new one is numbered.
async fn copy(path: &Path, step: i64) -> Result<(), Error> {
    // What a crash left: it was never a copy, as it does not bear the name of one.
    let part = beside(path, &format!(".before-{step}.bak.part"));
    match fs::remove_file(&part) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            return Err(Error::File { doing: "remove what a crash left", path: part, source });
        }
        _ => {}
    }
    let Some(target) = part.to_str() else {
        let source = io::Error::new(io::ErrorKind::InvalidFilename, "the path is not UTF-8 text");
        return Err(Error::File { doing: "copy the log", path: part, source });
    };
    create_private(&part)?;
    // A second connection, as a VACUUM cannot run inside a transaction; it reads what the first one has locked.
    let mut reader = SqliteConnection::connect_with(&connection(path)).await?;
    let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&mut reader).await;
    let closed = reader.close().await;
    copied?;
    closed?;
    // VACUUM INTO does not sync.
    sync(&part)?;
    for nth in 1u32.. {
        let name = if nth == 1 { format!(".before-{step}.bak") } else { format!(".before-{step}.{nth}.bak") };
        let kept = beside(path, &name);
        if !kept.exists() {
            fs::rename(&part, &kept).map_err(file("name the copy", &kept))?;
            sync_folder(path);
            break;
        }
        // A crash after the copy and before the commit comes here with the same bytes again.
        if same_bytes(&part, &kept).map_err(file("compare with an older copy", &kept))? {
            fs::remove_file(&part).map_err(file("remove the second copy", &part))?;
            break;
        }
    }
    Ok(())
}

fn same_bytes(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (File::open(a)?, File::open(b)?);
    let mut left = a.metadata()?.len();
    if left != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut x, mut y) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    while left > 0 {
        let n = usize::try_from(left).unwrap_or(usize::MAX).min(x.len());
        a.read_exact(&mut x[..n])?;
        b.read_exact(&mut y[..n])?;
        if x[..n] != y[..n] {
            return Ok(false);
        }
        left -= n as u64;
    }
    Ok(true)
}

/// A file beside the log: its name and an ending.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

/// An empty file that only its owner may read: it will say how a person's body is. SQLite's own files beside it
/// take their permissions from it.
fn create_private(path: &Path) -> Result<(), Error> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(file("create it", path))
}

fn sync(path: &Path) -> Result<(), Error> {
    // Windows syncs only what may be written.
    File::options().write(true).open(path).and_then(|f| f.sync_all()).map_err(file("sync it to the disk", path))
}

/// Makes a new name last. Not every system can sync a folder, and then there is nothing better to do.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = File::open(folder).and_then(|f| f.sync_all());
}

fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File { doing, path, source }
}
