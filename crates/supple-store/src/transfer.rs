//! Out as JSON Lines and in again, byte for byte.

use crate::line::{self, LINE_LIMIT, Line};
use crate::sqlite::in_fold_order;
use crate::write::{Put, Received, Writing, finish};
use crate::{Error, Store};
use futures_util::TryStreamExt;
use sqlx::SqliteConnection;
use std::io::{BufRead, Read, Write};

/// Of the lines set aside, this many are named.
const NAMED: usize = 20;

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Lines that were not in the log, and lines that were, with the same bytes.
    pub lines: Received,
    /// How many of all lines cannot be read by this program; those set aside are among them.
    pub unreadable: u64,
    /// How many of all lines have no place in a series and were set aside, now or before.
    pub set_aside: u64,
    /// The first of those set aside, at most twenty.
    pub first_set_aside: Vec<SetAside>,
}

/// A line of an import without a place in a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Its number in the input, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}

impl Store {
    /// Writes every line in fold order, each with a line feed after it, and says how many. It blocks while the
    /// writer does, and the caller flushes.
    ///
    /// # Errors
    /// [`Error::Output`] if the writer fails; otherwise what the file or the disk says.
    pub async fn export<W: Write + Send>(&self, mut writer: W) -> Result<u64, Error> {
        let mut conn = self.readers.acquire().await?;
        let mut rows = in_fold_order(&mut conn);
        let mut lines = 0;
        while let Some((_, bytes)) = rows.try_next().await? {
            writer.write_all(&bytes).and_then(|()| writer.write_all(b"\n")).map_err(Error::Output)?;
            lines += 1;
        }
        Ok(lines)
    }

    /// Takes every line of an export, all or none. A line that cannot be read is kept as it is; what is already
    /// there is passed over. It reads line by line and holds the write lock until the end, so give it a file, not
    /// something that waits for a person; it blocks while the reader does.
    ///
    /// # Errors
    /// [`Error::AtLine`] with [`Error::LineTooLong`], [`Error::Differs`] or [`Error::IdTaken`];
    /// [`Error::NoEvents`] if there are lines, but no event among them: a wrong file, kept for ever line by line,
    /// would help nobody; [`Error::Input`] if the reader fails; otherwise what the file or the disk says. Nothing
    /// was imported.
    pub async fn import<R: BufRead + Send>(&self, reader: R) -> Result<Imported, Error> {
        let mut tx = self.begin().await?;
        let done = import_in(&mut tx, reader).await;
        finish(tx, done).await
    }
}

async fn import_in<R: BufRead + Send>(conn: &mut SqliteConnection, mut reader: R) -> Result<Imported, Error> {
    let mut imported = Imported::default();
    let mut writing = Writing::new(conn);
    let mut buffer = Vec::new();
    let (mut number, mut events) = (0, 0);
    while next_line(&mut reader, &mut buffer, &mut number)? {
        let Some(bytes) = line::trim(&buffer) else { continue };
        let put = match line::read(bytes) {
            Line::Framed(framed) => {
                events += 1;
                imported.unreadable += u64::from(!framed.readable);
                writing.put(&framed).await.map_err(|error| error.at_line(number))?
            }
            Line::Stray(stray) => {
                let put = writing.set_aside(&stray).await.map_err(|error| error.at_line(number))?;
                imported.note(number, stray.why);
                put
            }
        };
        imported.lines.count(put);
    }
    let lines = imported.lines.new + imported.lines.known;
    if events == 0 && lines > 0 { Err(Error::NoEvents { lines }) } else { Ok(imported) }
}

impl Imported {
    fn note(&mut self, line: u64, why: String) {
        self.unreadable += 1;
        self.set_aside += 1;
        if self.first_set_aside.len() < NAMED {
            self.first_set_aside.push(SetAside { line, why });
        }
    }
}

/// Reads up to a line feed, which is left out, and never more than a line may have: a 50 MB line costs 1 MiB.
fn next_line<R: BufRead>(reader: &mut R, buffer: &mut Vec<u8>, number: &mut u64) -> Result<bool, Error> {
    buffer.clear();
    *number += 1;
    let most = LINE_LIMIT as u64 + 1; // and the line feed
    if reader.take(most).read_until(b'\n', buffer).map_err(Error::Input)? == 0 {
        return Ok(false);
    }
    if buffer.last() == Some(&b'\n') {
        buffer.pop();
    } else if buffer.len() > LINE_LIMIT {
        return Err(Error::LineTooLong.at_line(*number));
    }
    Ok(true)
}

/// Puts a line where its frame says, or aside if another line is there: used where nothing may be refused.
pub(crate) async fn put_or_set_aside(writing: &mut Writing<'_>, bytes: &[u8]) -> Result<Put, Error> {
    match line::read(bytes) {
        Line::Framed(framed) => match writing.put(&framed).await {
            Err(Error::Differs { .. } | Error::IdTaken { .. }) => writing.set_aside(&framed.into()).await,
            other => other,
        },
        Line::Stray(stray) => writing.set_aside(&stray).await,
    }
}
