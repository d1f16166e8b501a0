//! Addresses under which a calendar program may ask for what is planned.
//!
//! Only hashes of the secrets are kept, so whoever reads the file cannot ask in their name.

use crate::pairing::Hash;
use crate::{Error, Store, write};
use jiff::Timestamp;

/// An address that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its number, never given again.
    pub number: u64,
    /// Since when.
    pub since: Timestamp,
    /// What it shows.
    pub shows: FeedShows,
}

/// What an address shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedShows {
    /// The zone whose clocks the times are told by: where the person was when it was made.
    pub zone: String,
    /// Whether places and doses are told.
    pub detail: bool,
    /// Minutes before each event at which an alarm is given, 0 to 1440.
    pub alarm_minutes: Option<u16>,
}

type Row = (i64, i64, String, bool, Option<u16>);

fn feed((number, since_ms, zone, detail, alarm_minutes): Row) -> Feed {
    let since = Timestamp::from_millisecond(since_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    Feed { number: number.unsigned_abs(), since, shows: FeedShows { zone, detail, alarm_minutes } }
}

impl Store {
    /// Keeps an address by the hash of its secret.
    ///
    /// # Errors
    /// What the file or the disk says; nothing was kept.
    pub async fn add_feed(&self, secret: &Hash, since: Timestamp, shows: &FeedShows) -> Result<(), Error> {
        const ADD: &str =
            "INSERT INTO feeds (hash, since_ms, zone, detail, alarm_minutes) VALUES ($1, $2, $3, $4, $5)";
        let mut tx = self.begin().await?;
        let done = sqlx::query(ADD)
            .bind(&secret[..])
            .bind(since.as_millisecond())
            .bind(&shows.zone)
            .bind(shows.detail)
            .bind(shows.alarm_minutes)
            .execute(&mut *tx)
            .await
            .map(drop)
            .map_err(Error::from);
        write::finish(tx, done).await
    }

    /// Every address, by number.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn feeds(&self) -> Result<Vec<Feed>, Error> {
        const ALL: &str = "SELECT number, since_ms, zone, detail, alarm_minutes FROM feeds ORDER BY number";
        let rows: Vec<Row> = sqlx::query_as(ALL).fetch_all(&self.readers).await?;
        Ok(rows.into_iter().map(feed).collect())
    }

    /// The address with this secret, if it was given out and not taken back.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn feed(&self, secret: &Hash) -> Result<Option<Feed>, Error> {
        const ONE: &str = "SELECT number, since_ms, zone, detail, alarm_minutes FROM feeds WHERE hash = $1";
        let row: Option<Row> = sqlx::query_as(ONE).bind(&secret[..]).fetch_optional(&self.readers).await?;
        Ok(row.map(feed))
    }

    /// Takes an address back; says whether there was one of this number.
    ///
    /// # Errors
    /// What the file or the disk says; nothing was changed.
    pub async fn remove_feed(&self, number: u64) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let done = sqlx::query("DELETE FROM feeds WHERE number = $1")
            .bind(i64::try_from(number).unwrap_or(-1))
            .execute(&mut *tx)
            .await
            .map(|gone| gone.rows_affected() > 0)
            .map_err(Error::from);
        write::finish(tx, done).await
    }
}
