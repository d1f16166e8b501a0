//! What the oldest lines were read as, kept beside them, so that a log of years is there at once.
//!
//! ```text
//!  lines, in the order they came:  1 ........ 512 | 513 ....... 1024 | 1025 ... 1300
//!                                  a reading        a reading          read as text
//! ```
//!
//! The lines stay the truth. A reading is used only where it is this very program's, whole, and of the lines that stand
//! there: a line never changes and never goes, so its row stays what it was. Where lines get other rows, by a rebuild or
//! an erasing, all readings go in the same transaction.

use crate::{Error, Store, line, pack, write};
use sqlx::SqliteConnection;
use supple_core::event::upcast::Entry;

/// How many lines a reading has. Fewer make more of them; more leave more lines to be read as text.
const LINES: i64 = 512;

/// What was read already: the entries of all lines up to a row, in the order they came.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    pub entries: Vec<Entry>,
    pub upto: i64,
}

impl Readings {
    /// All that can be used, up to the first that cannot. One moment with what is read after it only inside a
    /// transaction.
    pub(crate) async fn read(conn: &mut SqliteConnection) -> Result<Self, Error> {
        const ALL: &str = "SELECT upto, sum, packed FROM readings WHERE program = $1 ORDER BY upto";
        let rows: Vec<(i64, i64, Vec<u8>)> = sqlx::query_as(ALL).bind(pack::program()).fetch_all(&mut *conn).await?;
        let mut read = Self::default();
        for (upto, sum, packed) in rows {
            let whole = upto == read.upto + LINES && pack::sum(&packed) == sum.cast_unsigned();
            let Some(entries) = whole.then(|| pack::unpack(&packed)).flatten() else { break };
            if i64::try_from(entries.len()) != Ok(LINES) {
                break;
            }
            read.entries.extend(entries);
            read.upto = upto;
        }
        if read.is_of(conn).await? { Ok(read) } else { Ok(Self::default()) }
    }

    /// Whether these are the lines that stand there: as many, and the last one is the last one.
    async fn is_of(&self, conn: &mut SqliteConnection) -> Result<bool, Error> {
        // The plus sign has an index counted through, a small part of the file, and not the lines themselves.
        const THERE: &str =
            "SELECT COUNT(*), (SELECT id FROM events WHERE rowid = $1) FROM events WHERE +rowid <= $1";
        let (count, last): (i64, Option<String>) = sqlx::query_as(THERE).bind(self.upto).fetch_one(conn).await?;
        let id = match self.entries.last() {
            Some(Entry::Read(event)) => Some(&event.id),
            Some(Entry::Unreadable(entry)) => entry.frame.id.as_ref(),
            None => None,
        };
        Ok(count == self.upto && last.as_ref() == id)
    }
}

impl Store {
    /// Keeps what lines were read as, for the next start, and drops what another program kept. Says for how many more
    /// lines. Nothing depends on it, and it may be cut off at any moment.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn keep_readings(&self) -> Result<u64, Error> {
        let program = pack::program();
        let mut kept = 0;
        let mut upto = self.kept_upto(&program).await?;
        loop {
            const NEXT: &str = "SELECT line FROM events WHERE rowid BETWEEN $1 AND $2 ORDER BY rowid";
            let lines: Vec<String> =
                sqlx::query_scalar(NEXT).bind(upto + 1).bind(upto + LINES).fetch_all(&self.readers).await?;
            if i64::try_from(lines.len()) != Ok(LINES) {
                return Ok(kept);
            }
            let packed = pack::pack(lines.iter().map(String::as_str));
            let mut tx = self.begin().await?;
            let done = keep(&mut tx, &program, upto, &lines, &packed).await;
            if !write::finish(tx, done).await? {
                return Ok(kept);
            }
            upto += LINES;
            kept += line::from_column(LINES);
        }
    }

    /// The row up to which this program's readings can be used; all others are dropped.
    async fn kept_upto(&self, program: &str) -> Result<i64, Error> {
        let upto = {
            let mut tx = self.readers.begin().await?;
            Readings::read(&mut tx).await?.upto
        };
        const USELESS: &str = "SELECT COUNT(*) FROM readings WHERE program <> $1 OR upto > $2";
        let useless: i64 = sqlx::query_scalar(USELESS).bind(program).bind(upto).fetch_one(&self.readers).await?;
        if useless > 0 {
            let mut tx = self.begin().await?;
            let done = sqlx::query("DELETE FROM readings WHERE program <> $1 OR upto > $2")
                .bind(program)
                .bind(upto)
                .execute(&mut *tx)
                .await;
            write::finish(tx, done.map_err(Error::from)).await?;
        }
        Ok(upto)
    }
}

/// Keeps one reading, if the log was not erased or rebuilt since its lines were read: then the last of them is no longer
/// in its row.
async fn keep(
    conn: &mut SqliteConnection,
    program: &str,
    after: i64,
    lines: &[String],
    packed: &[u8],
) -> Result<bool, Error> {
    const STILL: &str = "SELECT line FROM events WHERE rowid BETWEEN $1 AND $2 ORDER BY rowid";
    let (from, upto) = (after + 1, after + LINES);
    let still: Vec<String> = sqlx::query_scalar(STILL).bind(from).bind(upto).fetch_all(&mut *conn).await?;
    if still != lines {
        return Ok(false);
    }
    const KEEP: &str = "INSERT OR REPLACE INTO readings (upto, program, sum, packed) VALUES ($1, $2, $3, $4)";
    let sum = pack::sum(packed).cast_signed();
    sqlx::query(KEEP).bind(upto).bind(program).bind(sum).bind(packed).execute(conn).await?;
    Ok(true)
}
