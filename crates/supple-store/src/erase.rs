//! Everything erased, for good: a new epoch begins.
//!
//! ```text
//!  one transaction: every line gone, a new epoch, a new device, "sweeping" ──▶ erased, whatever happens next
//!  then: no page of the file, no write-ahead log and no copy beside it holds a byte of it ──▶ swept
//! ```
//!
//! A crash between the two leaves a file that is erased and says so; the next opening sweeps.

use crate::{Error, Store, migrate, write};
use sqlx::SqliteConnection;
use std::fs;
use std::io;
use std::path::Path;

impl Store {
    /// Which epoch this is: between one erasing of everything and the next.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn epoch(&self) -> Result<String, Error> {
        read(&mut *self.readers.acquire().await?).await
    }

    /// Erases every line, if the epoch is still `expected`, and begins a new epoch, with `device` for its series:
    /// numbers of the old one are taken for ever on other devices. Who was let in stays, so that other devices can be
    /// told. Older copies of the log beside it go too. Says which epoch it is now; open the file again to use it.
    ///
    /// When it returns, nothing of the old epoch can be read from the disk; when it is cut off, either nothing has
    /// happened, or everything is erased and the next opening clears the rest.
    ///
    /// # Errors
    /// [`Error::OtherEpoch`] if it was erased meanwhile, and that is all it took; otherwise what the file or the
    /// disk says.
    pub async fn erase(&self, expected: &str, device: &str) -> Result<String, Error> {
        let mut tx = self.begin().await?;
        let done = erase_in(&mut tx, expected, device).await;
        let epoch = write::finish(tx, done).await?;
        sweep(&mut *self.writer.acquire().await?, self.path()).await?;
        Ok(epoch)
    }
}

pub(crate) async fn read(conn: &mut SqliteConnection) -> Result<String, Error> {
    Ok(sqlx::query_scalar("SELECT id FROM epoch").fetch_one(conn).await?)
}

/// Refuses what belongs to another epoch.
pub(crate) async fn is_still(conn: &mut SqliteConnection, expected: &str) -> Result<(), Error> {
    let found = read(conn).await?;
    if found == expected { Ok(()) } else { Err(Error::OtherEpoch { expected: expected.to_owned(), found }) }
}

/// The tables are made again by the migrations, as in a new file: their guards let no line go, and are right.
async fn erase_in(conn: &mut SqliteConnection, expected: &str, device: &str) -> Result<String, Error> {
    is_still(conn, expected).await?;
    const OUT: &str = "DROP TABLE events; DROP TABLE set_aside; DROP TABLE this_file; DROP TABLE devices;";
    sqlx::raw_sql(OUT).execute(&mut *conn).await?;
    migrate::apply_log(conn).await?;
    // Nobody is to be shown the next log who asked for this one.
    sqlx::raw_sql("DELETE FROM feeds").execute(&mut *conn).await?;
    migrate::continue_series(conn, device).await?;
    const NEW: &str = "UPDATE epoch SET id = lower(hex(randomblob(16))), sweeping = 1 RETURNING id";
    Ok(sqlx::query_scalar(NEW).fetch_one(conn).await?)
}

/// Finishes what a crash cut off.
pub(crate) async fn sweep_if_cut_off(conn: &mut SqliteConnection, path: &Path) -> Result<(), Error> {
    let sweeping: bool = sqlx::query_scalar("SELECT sweeping FROM epoch").fetch_one(&mut *conn).await?;
    if sweeping { sweep(conn, path).await } else { Ok(()) }
}

/// Dropped pages keep their bytes until they are used again, so the file is written anew; then the write-ahead log
/// is folded into it and cut to nothing. Both may be done any number of times.
async fn sweep(conn: &mut SqliteConnection, path: &Path) -> Result<(), Error> {
    remove_copies(path)?;
    sqlx::raw_sql("VACUUM").execute(&mut *conn).await?;
    // A reader in the middle of something holds old pages; it is waited for as for any lock.
    let busy: (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *conn).await?;
    if busy.0 != 0 {
        return Err(Error::Busy);
    }
    sqlx::query("UPDATE epoch SET sweeping = 0").execute(conn).await?;
    Ok(())
}

/// Copies made before a migration, and what a crash left of one.
fn remove_copies(path: &Path) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Ok(()) };
    let failed = |doing, at: &Path, source| Error::File { doing, path: at.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(|source| failed("list it", folder, source))? {
        let entry = entry.map_err(|source| failed("list it", folder, source))?;
        let file = entry.file_name();
        let of_this_log = file.to_str().and_then(|file| file.strip_prefix(name)).is_some_and(|rest| {
            rest.starts_with(".before-") && (rest.ends_with(".bak") || rest.ends_with(".bak.part"))
        });
        if of_this_log {
            match fs::remove_file(entry.path()) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(failed("erase the copy", &entry.path(), source));
                }
                _ => {}
            }
        }
    }
    Ok(())
}
