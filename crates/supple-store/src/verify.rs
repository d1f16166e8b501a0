//! Is everything as it should be, and if not: everything that is not a line, made again from the lines.

use crate::line::{self, Line};
use crate::transfer::put_or_set_aside;
use crate::write::{Put, Writing, finish};
use crate::{Error, Store, migrate};
use futures_util::TryStreamExt;
use sqlx::{Connection, SqliteConnection};
use std::collections::BTreeSet;
use thiserror::Error as Message;

/// What [`Store::verify`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Events in the series.
    pub events: u64,
    /// Of these, how many this program cannot read; it may be too old for them.
    pub unreadable: u64,
    /// Lines without a place in a series.
    pub set_aside: u64,
    /// What is not as it should be.
    pub problems: Vec<Problem>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Message)]
#[non_exhaustive]
pub enum Problem {
    /// SQLite's own check of the file.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// Events are missing from a series; another device or an export may have them.
    #[error("device {device}: numbers {from} to {to} are missing")]
    Gap {
        /// The device.
        device: String,
        /// The first missing number.
        from: u64,
        /// The last missing number.
        to: u64,
    },
    /// The columns say something else than the line they were read from.
    #[error("number {seq} of device {device}: its line says something else than the columns beside it")]
    Columns {
        /// The device, as the column has it.
        device: String,
        /// The number, as the column has it.
        seq: u64,
    },
    /// A table, index or guard is missing, changed or strange to this program.
    #[error("{0} is not as this program makes it")]
    Schema(String),
}

impl Report {
    /// Whether there is nothing to mend. Lines that cannot be read are no problem: they are kept.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Whether [`Store::rebuild`] can mend all of it: not missing bytes, missing events or missing tables.
    #[must_use]
    pub fn can_be_rebuilt(&self) -> bool {
        self.problems.iter().all(|problem| match problem {
            Problem::Columns { .. } => true,
            Problem::Schema(name) => !name.starts_with("table "),
            Problem::Damaged(_) | Problem::Gap { .. } => false,
        })
    }
}

/// What [`Store::rebuild`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Lines that were read again: all there are.
    pub lines: u64,
    /// What a check finds now.
    pub report: Report,
}

type Part = (String, String, String);

impl Store {
    /// Checks the file, the series, and every line against its columns.
    ///
    /// # Errors
    /// [`Error::Damaged`] if too little can be read to go on; otherwise what the disk says.
    pub async fn verify(&self) -> Result<Report, Error> {
        let mut tx = self.readers.begin().await?;
        check(&mut tx).await
    }

    /// Makes everything again that is not a line (tables, indexes, guards, columns), in one transaction, and
    /// verifies. A line that can be placed now leaves the lines set aside; one whose place is taken joins them (an
    /// import of such a log elsewhere says so and refuses). No line is lost, and no line's bytes change.
    ///
    /// # Errors
    /// [`Error::Damaged`] if a line cannot be read from the file; otherwise what the file or the disk says.
    /// Everything is then as it was.
    pub async fn rebuild(&self) -> Result<Rebuilt, Error> {
        let mut tx = self.begin().await?;
        let done = rebuild_in(&mut tx, self.device()).await;
        let lines = finish(tx, done).await?;
        Ok(Rebuilt { lines, report: self.verify().await? })
    }
}

/// The lines wait in a temporary table; the real ones are dropped and made by the migrations, as in a new file. A
/// crash anywhere takes the transaction back.
async fn rebuild_in(conn: &mut SqliteConnection, device: &str) -> Result<u64, Error> {
    // NOT INDEXED: an index may be what is wrong.
    const OUT: &str = "DROP TABLE IF EXISTS temp.kept;
        CREATE TEMP TABLE kept (nth INTEGER PRIMARY KEY, line BLOB NOT NULL);
        INSERT INTO kept (line) SELECT CAST(line AS BLOB) FROM events NOT INDEXED;
        INSERT INTO kept (line) SELECT line FROM set_aside NOT INDEXED ORDER BY arrived;
        DROP TABLE events;
        DROP TABLE set_aside;
        DROP TABLE this_file;
        DROP TABLE devices;";
    const NEXT: &str = "SELECT nth, line FROM kept WHERE nth > $1 ORDER BY nth LIMIT 500";
    sqlx::raw_sql(OUT).execute(&mut *conn).await?;
    migrate::apply_log(conn).await?;
    migrate::continue_series(conn, device).await?;
    let (mut done, mut lines) = (0, 0);
    loop {
        let some: Vec<(i64, Vec<u8>)> = sqlx::query_as(NEXT).bind(done).fetch_all(&mut *conn).await?;
        let Some(&(nth, _)) = some.last() else { break };
        done = nth;
        let mut writing = Writing::new(conn);
        for (_, bytes) in &some {
            lines += u64::from(put_or_set_aside(&mut writing, bytes).await? == Put::New);
        }
    }
    sqlx::raw_sql("DROP TABLE temp.kept").execute(conn).await?;
    Ok(lines)
}

async fn check(conn: &mut SqliteConnection) -> Result<Report, Error> {
    let mut report = Report::default();
    let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *conn).await?;
    report.problems.extend(said.into_iter().filter(|line| line != "ok").map(Problem::Damaged));
    report.problems.extend(schema_problems(conn).await?);
    if report.problems.iter().any(|problem| matches!(problem, Problem::Schema(name) if name.starts_with("table "))) {
        return Ok(report); // the questions below need the tables
    }
    report.set_aside = count(sqlx::query_scalar("SELECT COUNT(*) FROM set_aside").fetch_one(&mut *conn).await?);
    check_lines(conn, &mut report).await?;
    check_series(conn, &mut report).await?;
    Ok(report)
}

/// Every line against the columns beside it. NOT INDEXED, so that no index stands in for a missing row.
async fn check_lines(conn: &mut SqliteConnection, report: &mut Report) -> Result<(), Error> {
    const LINES: &str = "SELECT device, seq, id, logical_ms, CAST(line AS BLOB) FROM events NOT INDEXED";
    let mut rows = sqlx::query_as::<_, (String, i64, String, i64, Vec<u8>)>(LINES).fetch(conn);
    while let Some((device, seq, id, logical_ms, bytes)) = rows.try_next().await? {
        report.events += 1;
        match line::read(&bytes) {
            Line::Framed(f) if (&f.device, f.seq, &f.id, f.logical_ms) == (&device, seq, &id, logical_ms) => {
                report.unreadable += u64::from(!f.readable);
            }
            _ => report.problems.push(Problem::Columns { device, seq: line::from_column(seq) }),
        }
    }
    Ok(())
}

async fn check_series(conn: &mut SqliteConnection, report: &mut Report) -> Result<(), Error> {
    const GAPS: &str = "SELECT device, before + 1, seq - 1
        FROM (SELECT device, seq, LAG(seq, 1, 0) OVER (PARTITION BY device ORDER BY seq) AS before FROM events)
        WHERE seq <> before + 1 ORDER BY device, seq";
    let gaps: Vec<(String, i64, i64)> = sqlx::query_as(GAPS).fetch_all(conn).await?;
    report.problems.extend(gaps.into_iter().map(|(device, from, to)| Problem::Gap {
        device,
        from: count(from),
        to: count(to),
    }));
    Ok(())
}

/// The file's tables, indexes and triggers against those of a new log.
async fn schema_problems(conn: &mut SqliteConnection) -> Result<Vec<Problem>, Error> {
    let mut fresh = SqliteConnection::connect_with(&migrate::connection(":memory:".as_ref())).await?;
    migrate::apply(&mut fresh, 0).await?;
    let (wanted, found) = (parts(&mut fresh).await?, parts(conn).await?);
    fresh.close().await?;
    let names: BTreeSet<String> =
        wanted.symmetric_difference(&found).map(|(kind, name, _)| format!("{kind} {name}")).collect();
    Ok(names.into_iter().map(Problem::Schema).collect())
}

async fn parts(conn: &mut SqliteConnection) -> Result<BTreeSet<Part>, Error> {
    // ANALYZE and the automatic indexes make rows of their own; only what a migration wrote counts.
    const PARTS: &str =
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'";
    Ok(sqlx::query_as::<_, Part>(PARTS).fetch_all(conn).await?.into_iter().collect())
}

fn count(n: i64) -> u64 {
    line::from_column(n)
}
