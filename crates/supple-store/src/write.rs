//! Every way in: append, receive, and what an import and a rebuild do with a line.

use crate::line::{self, Framed, Line, Stray};
use crate::{Error, Store, Version, migrate};
use sqlx::sqlite::Sqlite;
use sqlx::{SqliteConnection, Transaction};
use std::collections::BTreeSet;
use supple_core::event::Event;
use supple_core::event::upcast::{Entry, read};

/// What came of lines from another log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Received {
    /// Lines that were not in the log.
    pub new: u64,
    /// Lines that were, with the same bytes.
    pub known: u64,
}

impl Received {
    pub(crate) fn count(&mut self, put: Put) {
        match put {
            Put::New => self.new += 1,
            Put::Known => self.known += 1,
        }
    }
}

/// What came of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// It is in the log now.
    New,
    /// It was, with the same bytes.
    Known,
}

impl Store {
    /// Appends this device's events, all or none, if the log still stands where the caller decided, and says where
    /// it stands now.
    ///
    /// When it returns, they are on the disk. Each must come after every event in fold order, so that the head moves.
    ///
    /// # Errors
    /// [`Error::HeadMoved`] if anything arrived meanwhile: load and decide again. [`Error::OtherDevice`],
    /// [`Error::OutOfSeries`], [`Error::NotLast`], [`Error::IdTaken`], [`Error::Unwritable`] and
    /// [`Error::LineTooLong`] if an event is wrong; otherwise what the file or the disk says. Nothing was written.
    pub async fn append(&self, expected: &Version, events: &[Event]) -> Result<Version, Error> {
        let lines = events.iter().map(|event| self.own_line(event)).collect::<Result<Vec<_>, _>>()?;
        let mut tx = self.begin().await?;
        let done = append_in(&mut tx, self.device(), expected, events, &lines).await;
        finish(tx, done).await
    }

    /// Takes events of other devices, or of this one from a copy, all or none, one line each. What is already there
    /// with the same bytes is passed over, so the same lines may come any number of times, in any order.
    ///
    /// # Errors
    /// [`Error::AtLine`] with the line's place, from 1, and what is wrong with it: [`Error::Differs`] or
    /// [`Error::IdTaken`] if the log says otherwise, [`Error::NoFrame`], [`Error::NotOneLine`] and
    /// [`Error::LineTooLong`]; otherwise what the file or the disk says. Nothing was written.
    pub async fn receive<L: AsRef<[u8]> + Sync>(&self, lines: &[L]) -> Result<Received, Error> {
        let mut tx = self.begin().await?;
        let done = receive_in(&mut tx, lines).await;
        finish(tx, done).await
    }

    /// The line of an event of this device that can be read again.
    fn own_line(&self, event: &Event) -> Result<String, Error> {
        let id = || event.id.clone();
        if event.device != self.device() {
            return Err(Error::OtherDevice { id: id(), device: event.device.clone(), own: self.device().to_owned() });
        }
        let text =
            serde_json::to_string(event).map_err(|error| Error::Unwritable { id: id(), why: error.to_string() })?;
        line::one(text.as_bytes())?;
        match read(&text) {
            Entry::Read(_) => Ok(text),
            Entry::Unreadable(entry) => Err(Error::Unwritable { id: id(), why: entry.why }),
        }
    }

    /// A write transaction on a file that is still of this program's version.
    ///
    /// BEGIN IMMEDIATE takes the write lock at once: a transaction that reads first and writes later would fail
    /// where another process wrote in between, however long it may wait.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, Error> {
        let mut tx = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        // A newer program may have migrated the file since it was opened.
        let checked = migrate::version(&mut tx).await;
        match checked {
            Ok(_) => Ok(tx),
            Err(error) => finish(tx, Err(error)).await,
        }
    }
}

/// Commits what went well and takes back what did not.
pub(crate) async fn finish<T>(tx: Transaction<'static, Sqlite>, done: Result<T, Error>) -> Result<T, Error> {
    match done {
        Ok(value) => {
            tx.commit().await?;
            Ok(value)
        }
        Err(error) => {
            let _ = tx.rollback().await; // the first error is the one to tell; SQLite takes back what it must
            Err(error)
        }
    }
}

async fn append_in(
    conn: &mut SqliteConnection,
    device: &str,
    expected: &Version,
    events: &[Event],
    lines: &[String],
) -> Result<Version, Error> {
    let (mut version, mut last) = Version::read(conn).await?;
    if version != *expected {
        return Err(Error::HeadMoved { expected: expected.clone(), found: version });
    }
    // After an erasing the file continues another series; an older handle must not go on with its own.
    let own: String = sqlx::query_scalar("SELECT device FROM this_file").fetch_one(&mut *conn).await?;
    if let Some(event) = events.first().filter(|event| event.device != own) {
        return Err(Error::OtherDevice { id: event.id.clone(), device: device.to_owned(), own });
    }
    let mut next = next_seq(conn, device).await?;
    let mut writing = Writing::new(conn);
    for (event, text) in events.iter().zip(lines) {
        let id = || event.id.clone();
        if event.seq != next {
            let device = device.to_owned();
            return Err(Error::OutOfSeries { id: id(), device, expected: next, found: event.seq });
        }
        let Line::Framed(framed) = line::read(text.as_bytes()) else {
            return Err(Error::Unwritable { id: id(), why: "it has no place in a series".into() });
        };
        if let Some(last) = last.filter(|last| framed.order() <= last.order()) {
            return Err(Error::NotLast { id: id(), logical_ms: event.logical_ms, last_ms: last.logical_ms });
        }
        writing.put(&framed).await?;
        next += 1;
        version.events += 1;
        version.head = Some(framed.id.clone());
        last = Some(Last { id: framed.id, logical_ms: framed.logical_ms, device: framed.device, seq: framed.seq });
    }
    Ok(version)
}

async fn receive_in<L: AsRef<[u8]> + Sync>(conn: &mut SqliteConnection, lines: &[L]) -> Result<Received, Error> {
    let mut received = Received::default();
    let mut writing = Writing::new(conn);
    for (bytes, number) in lines.iter().zip(1..) {
        let put = match line::one(bytes.as_ref()).map(line::read) {
            Ok(Line::Framed(framed)) => writing.put(&framed).await,
            Ok(Line::Stray(stray)) => Err(Error::NoFrame { why: stray.why }),
            Err(error) => Err(error),
        };
        received.count(put.map_err(|error| error.at_line(number))?);
    }
    Ok(received)
}

/// The last event in fold order.
pub(crate) struct Last {
    pub id: String,
    pub logical_ms: i64,
    device: String,
    seq: i64,
}

impl Last {
    fn order(&self) -> (i64, &str, i64) {
        (self.logical_ms, &self.device, self.seq)
    }
}

impl Framed<'_> {
    fn order(&self) -> (i64, &str, i64) {
        (self.logical_ms, &self.device, self.seq)
    }
}

pub(crate) async fn last(conn: &mut SqliteConnection) -> Result<Option<Last>, Error> {
    const LAST: &str = "SELECT id, logical_ms, device, seq FROM events
        ORDER BY logical_ms DESC, device DESC, seq DESC LIMIT 1";
    let row: Option<(String, i64, String, i64)> = sqlx::query_as(LAST).fetch_optional(conn).await?;
    Ok(row.map(|(id, logical_ms, device, seq)| Last { id, logical_ms, device, seq }))
}

/// After the highest number, even behind a gap: a number once given is never given again.
pub(crate) async fn next_seq(conn: &mut SqliteConnection, device: &str) -> Result<u64, Error> {
    const HIGHEST: &str = "SELECT COALESCE(MAX(seq), 0) FROM events WHERE device = $1";
    let highest: i64 = sqlx::query_scalar(HIGHEST).bind(device).fetch_one(conn).await?;
    Ok(line::from_column(highest) + 1)
}

/// Puts lines into the tables, inside a transaction.
pub(crate) struct Writing<'c> {
    conn: &'c mut SqliteConnection,
    devices: BTreeSet<String>,
}

impl<'c> Writing<'c> {
    pub fn new(conn: &'c mut SqliteConnection) -> Self {
        Self { conn, devices: BTreeSet::new() }
    }

    /// The connection, to look something up in between.
    pub const fn connection(&mut self) -> &mut SqliteConnection {
        self.conn
    }

    pub async fn put(&mut self, framed: &Framed<'_>) -> Result<Put, Error> {
        if !self.devices.contains(&framed.device) {
            const DEVICE: &str = "INSERT INTO devices (id) VALUES ($1) ON CONFLICT DO NOTHING";
            sqlx::query(DEVICE).bind(&framed.device).execute(&mut *self.conn).await?;
            self.devices.insert(framed.device.clone());
        }
        const EVENT: &str = "INSERT INTO events (device, seq, id, logical_ms, line) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING";
        let inserted = sqlx::query(EVENT)
            .bind(&framed.device)
            .bind(framed.seq)
            .bind(&framed.id)
            .bind(framed.logical_ms)
            .bind(framed.text)
            .execute(&mut *self.conn)
            .await?;
        if inserted.rows_affected() == 1 { Ok(Put::New) } else { self.compare(framed).await }
    }

    /// The place or the id is taken: by the same bytes?
    async fn compare(&mut self, framed: &Framed<'_>) -> Result<Put, Error> {
        const AT: &str = "SELECT line FROM events WHERE device = $1 AND seq = $2";
        let there: Option<String> =
            sqlx::query_scalar(AT).bind(&framed.device).bind(framed.seq).fetch_optional(&mut *self.conn).await?;
        match there {
            Some(text) if text == framed.text => Ok(Put::Known),
            Some(_) => Err(Error::Differs { device: framed.device.clone(), seq: line::from_column(framed.seq) }),
            None => {
                const BY: &str = "SELECT device, seq FROM events WHERE id = $1";
                let (device, seq): (String, i64) =
                    sqlx::query_as(BY).bind(&framed.id).fetch_one(&mut *self.conn).await?;
                Err(Error::IdTaken { id: framed.id.clone(), device, seq: line::from_column(seq) })
            }
        }
    }

    pub async fn set_aside(&mut self, stray: &Stray<'_>) -> Result<Put, Error> {
        const STRAY: &str = "INSERT INTO set_aside (logical_ms, device, seq, line) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING";
        let inserted = sqlx::query(STRAY)
            .bind(stray.logical_ms)
            .bind(&stray.device)
            .bind(stray.seq)
            .bind(stray.bytes)
            .execute(&mut *self.conn)
            .await?;
        Ok(if inserted.rows_affected() == 1 { Put::New } else { Put::Known })
    }
}
