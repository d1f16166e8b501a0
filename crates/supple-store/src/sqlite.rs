use crate::readings::Readings;
use crate::{Error, Version, line, migrate, write};
use futures_util::TryStreamExt;
use sqlx::SqliteConnection;
use sqlx::sqlite::{SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use std::path::{Path, PathBuf};
use supple_core::event::upcast::{self, Entry};
use supple_core::sync::{Span, Summary};

/// The event log in one SQLite file.
///
/// One connection writes and some read, so a reader never waits for a writer; several processes may use the same
/// file. Close it with [`Store::close`] so that SQLite can tidy up; a process that is killed loses nothing either.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    device: String,
    path: PathBuf,
}

/// The whole log at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// Every entry in fold order. Those without a whole frame sort where its parts say, or last; the last tie is
    /// broken by their bytes, so the order is the same on every device.
    pub entries: Vec<Entry>,
    /// Where the log stands; what [`Store::append`] wants to be told.
    pub version: Version,
    /// The id of the last event in fold order, readable or not, to show. A line that is set aside is none, even
    /// where it sorts after every event.
    pub head: Option<String>,
    /// The hybrid logical time of that event; the next one comes after it.
    pub last_logical_ms: Option<i64>,
}

impl Store {
    /// Opens the log, or begins one with its folder if there is none. An older file is copied, then brought up to
    /// date. `device_if_new` names the series that a new file continues; an existing file keeps its own.
    ///
    /// # Errors
    /// [`Error::NewerFile`], [`Error::NotALog`], [`Error::NotAFile`], [`Error::Damaged`] (also for an empty file),
    /// [`Error::LogMissing`], [`Error::File`], [`Error::Busy`], [`Error::ReadOnly`] and [`Error::DiskFull`]: the
    /// file, if there is one, is as it was.
    pub async fn open(path: impl AsRef<Path>, device_if_new: String) -> Result<Self, Error> {
        let path = path.as_ref();
        migrate::prepare(path, &device_if_new).await?;
        let pool =
            || SqlitePoolOptions::new().acquire_timeout(migrate::PATIENCE).idle_timeout(None).max_lifetime(None);
        let options = migrate::connection(path);
        let writing = options.clone().journal_mode(SqliteJournalMode::Wal);
        let writer = pool().max_connections(1).test_before_acquire(false).connect_with(writing).await?;
        let device: Option<String> =
            sqlx::query_scalar("SELECT device FROM this_file").fetch_optional(&writer).await?;
        let device =
            device.ok_or_else(|| Error::Damaged { why: "it does not say whose series it continues".to_owned() })?;
        let readers = pool().max_connections(4).connect_lazy_with(options.pragma("query_only", "ON"));
        Ok(Self { writer, readers, device, path: path.to_owned() })
    }

    /// The device whose series this file continues.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The number of the next event of this device.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn next_seq(&self) -> Result<u64, Error> {
        write::next_seq(&mut *self.readers.acquire().await?, &self.device).await
    }

    /// The id of the last event in fold order, to show; `None` while there is none.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn head(&self) -> Result<Option<String>, Error> {
        let mut conn = self.readers.acquire().await?;
        Ok(write::last(&mut conn).await?.map(|last| last.id))
    }

    /// Where the log stands. To decide on what is loaded take [`Log::version`], which belongs to it.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn version(&self) -> Result<Version, Error> {
        let mut tx = self.readers.begin().await?; // one moment for both reads
        Ok(Version::read(&mut tx).await?.0)
    }

    /// Everything, in fold order, with where it stands.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn load(&self) -> Result<Log, Error> {
        let mut tx = self.readers.begin().await?; // one moment for all reads
        let Readings { mut entries, upto } = Readings::read(&mut tx).await?;
        let mut rows = in_fold_order_after(&mut tx, upto);
        while let Some((set_aside, bytes)) = rows.try_next().await? {
            entries.push(match std::str::from_utf8(&bytes) {
                Ok(text) if !set_aside => upcast::read(text),
                _ => line::set_aside(&bytes),
            });
        }
        drop(rows);
        if upto > 0 {
            // A stable sort: what was read already comes before a line that is set aside and claims the same place.
            entries.sort_by(|a, b| a.order().cmp(&b.order()));
        }
        let (version, last) = Version::read(&mut tx).await?;
        let last_logical_ms = last.as_ref().map(|last| last.logical_ms);
        Ok(Log { entries, version, head: last.map(|last| last.id), last_logical_ms })
    }

    /// What this log holds, for [`supple_core::sync::diff`].
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn summary(&self) -> Result<Summary, Error> {
        const UP_TO: &str = "SELECT device, COALESCE(MIN(CASE WHEN seq <> before + 1 THEN before END), MAX(seq))
            FROM (SELECT device, seq, LAG(seq, 1, 0) OVER (PARTITION BY device ORDER BY seq) AS before FROM events)
            GROUP BY device";
        let rows: Vec<(String, i64)> = sqlx::query_as(UP_TO).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(|(device, seq)| (device, line::from_column(seq))).collect())
    }

    /// The lines of a span, by number, for [`Store::receive`] on the other side.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn lines(&self, span: &Span) -> Result<Vec<String>, Error> {
        const SPAN: &str = "SELECT line FROM events WHERE device = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq";
        let (from, to) = (line::to_column(span.from), line::to_column(span.to));
        Ok(sqlx::query_scalar(SPAN).bind(&span.device).bind(from).bind(to).fetch_all(&self.readers).await?)
    }

    /// Closes the file. Of several processes the last one folds the write-ahead log into it.
    pub async fn close(self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Whether each line is set aside, and its bytes.
pub(crate) fn in_fold_order(
    conn: &mut SqliteConnection,
) -> impl futures_util::Stream<Item = Result<(bool, Vec<u8>), sqlx::Error>> + Send + Unpin {
    in_fold_order_after(conn, 0)
}

/// The same without the lines up to a row, which were read already. Lines that are set aside have no such row.
fn in_fold_order_after(
    conn: &mut SqliteConnection,
    upto: i64,
) -> impl futures_util::Stream<Item = Result<(bool, Vec<u8>), sqlx::Error>> + Send + Unpin {
    const ALL: &str = "SELECT aside, line FROM (
            SELECT logical_ms, device, seq, 0 AS aside, CAST(line AS BLOB) AS line FROM events WHERE rowid > $1
            UNION ALL
            SELECT logical_ms, device, seq, 1, line FROM set_aside)
        ORDER BY logical_ms, device, seq, aside, line";
    sqlx::query_as(ALL).bind(upto).fetch(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What makes an acknowledged event last, on every connection.
    #[tokio::test]
    async fn every_connection_is_durable_and_patient() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(folder.path().join("log.db"), "phone".into()).await?;
        for (pool, query_only) in [(&store.writer, 0), (&store.readers, 1)] {
            let pragma = |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).fetch_one(pool);
            assert_eq!(pragma("PRAGMA synchronous").await?, 2, "FULL");
            assert_eq!(pragma("PRAGMA foreign_keys").await?, 1);
            assert_eq!(pragma("PRAGMA busy_timeout").await?, 15_000);
            assert_eq!(pragma("PRAGMA query_only").await?, query_only);
            let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(pool).await?;
            assert_eq!(mode, "wal");
        }
        Ok(())
    }
}
