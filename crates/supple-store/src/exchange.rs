//! Taking what another device sends, line by line, without leaving gaps.

use crate::line::{self, Framed, Line};
use crate::write::{Put, Received, Writing, finish};
use crate::{Error, Store, Version, erase};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;
use supple_core::event::upcast::{self, Entry};

/// What came of an exchange.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchanged {
    /// How many lines were new, how many known.
    pub received: Received,
    /// The new ones, read.
    pub entries: Vec<Entry>,
    /// Where the log stands now.
    pub version: Version,
    /// The hybrid logical time of the last event in fold order.
    pub last_logical_ms: Option<i64>,
}

impl Store {
    /// Takes lines of the epoch `epoch`, all or none, like [`Store::receive`]; but every series has to go on where
    /// it ends here, so that what is held can always be said in one number a device. The lines may come in any order.
    ///
    /// # Errors
    /// [`Error::OtherEpoch`] if everything was erased since; [`Error::AtLine`] with the line's place, from 1, and
    /// [`Error::Gap`], [`Error::Differs`], [`Error::IdTaken`], [`Error::NoFrame`], [`Error::NotOneLine`] or
    /// [`Error::LineTooLong`]; otherwise what the file or the disk says. Nothing was written.
    pub async fn exchange<L: AsRef<[u8]> + Sync>(&self, epoch: &str, lines: &[L]) -> Result<Exchanged, Error> {
        let mut framed = framed_in_order(lines)?;
        let mut tx = self.begin().await?;
        let done = exchange_in(&mut tx, epoch, &mut framed).await;
        finish(tx, done).await
    }
}

/// The lines by device and number, each with its place in what was sent.
fn framed_in_order<L: AsRef<[u8]>>(lines: &[L]) -> Result<Vec<(u64, Framed<'_>)>, Error> {
    let mut framed = Vec::with_capacity(lines.len());
    for (bytes, number) in lines.iter().zip(1..) {
        framed.push(match line::one(bytes.as_ref()).map(line::read) {
            Ok(Line::Framed(framed)) => (number, framed),
            Ok(Line::Stray(stray)) => return Err(Error::NoFrame { why: stray.why }.at_line(number)),
            Err(error) => return Err(error.at_line(number)),
        });
    }
    framed.sort_by(|(_, a), (_, b)| (&a.device, a.seq).cmp(&(&b.device, b.seq)));
    Ok(framed)
}

async fn exchange_in(
    conn: &mut SqliteConnection,
    epoch: &str,
    lines: &mut [(u64, Framed<'_>)],
) -> Result<Exchanged, Error> {
    erase::is_still(conn, epoch).await?;
    let mut held: BTreeMap<&str, i64> = BTreeMap::new();
    for (_, framed) in lines.iter() {
        if !held.contains_key(framed.device.as_str()) {
            held.insert(&framed.device, up_to(conn, &framed.device).await?);
        }
    }
    let (mut received, mut entries) = (Received::default(), Vec::new());
    let mut writing = Writing::new(conn);
    for (number, framed) in lines.iter() {
        let end = held.get_mut(framed.device.as_str()).expect("every device was looked up");
        // The log itself may have a gap; what lies behind it is held too, and the series goes on after it.
        if framed.seq > *end + 1 {
            *end = up_to(writing.connection(), &framed.device).await?;
        }
        if framed.seq > *end + 1 {
            let (expected, found) = (line::from_column(*end + 1), line::from_column(framed.seq));
            return Err(Error::Gap { device: framed.device.clone(), expected, found }.at_line(*number));
        }
        let put = writing.put(framed).await.map_err(|error| error.at_line(*number))?;
        *end = (*end).max(framed.seq);
        if put == Put::New {
            entries.push(upcast::read(framed.text));
        }
        received.count(put);
    }
    let (version, last) = Version::read(conn).await?;
    Ok(Exchanged { received, entries, version, last_logical_ms: last.map(|last| last.logical_ms) })
}

/// The number up to which a device's series has no gap.
async fn up_to(conn: &mut SqliteConnection, device: &str) -> Result<i64, Error> {
    const UP_TO: &str = "SELECT COALESCE(MIN(CASE WHEN seq <> before + 1 THEN before END), MAX(seq), 0)
        FROM (SELECT seq, LAG(seq, 1, 0) OVER (ORDER BY seq) AS before FROM events WHERE device = $1)";
    Ok(sqlx::query_scalar(UP_TO).bind(device).fetch_one(conn).await?)
}
