//! Which devices may exchange events with this log: codes that let one in, and who was let in.
//!
//! Only hashes are kept, so whoever reads the file cannot pass for a device. What is hashed, and how, is the
//! caller's: here it is 32 bytes.

use crate::{Error, Store, write};
use jiff::Timestamp;

/// The hash of a code or of a token.
pub type Hash = [u8; 32];

/// A device that was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    /// Its number, never given again.
    pub number: u64,
    /// The hash of its token.
    pub hash: Hash,
    /// What the person calls it.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

impl Store {
    /// Keeps a code until it is used or `expires`; codes that have expired by `now` go.
    ///
    /// # Errors
    /// What the file or the disk says; nothing was kept.
    pub async fn offer_pairing(&self, code: &Hash, now: Timestamp, expires: Timestamp) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        let done = async {
            const EXPIRED: &str = "DELETE FROM pairing_codes WHERE expires_ms <= $1";
            sqlx::query(EXPIRED).bind(now.as_millisecond()).execute(&mut *tx).await?;
            const KEEP: &str = "INSERT INTO pairing_codes (hash, expires_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            sqlx::query(KEEP).bind(&code[..]).bind(expires.as_millisecond()).execute(&mut *tx).await?;
            Ok(())
        }
        .await;
        write::finish(tx, done).await
    }

    /// Trades a code for a token: the code is gone, whether or not it had expired, and the device is let in if it
    /// had not. Says whether it was let in.
    ///
    /// # Errors
    /// What the file or the disk says; the code is then still good.
    pub async fn pair(&self, code: &Hash, token: &Hash, name: &str, now: Timestamp) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let done = async {
            const USE: &str = "DELETE FROM pairing_codes WHERE hash = $1 RETURNING expires_ms";
            let expires: Option<i64> = sqlx::query_scalar(USE).bind(&code[..]).fetch_optional(&mut *tx).await?;
            let good = expires.is_some_and(|expires| now.as_millisecond() < expires);
            if good {
                const LET_IN: &str = "INSERT INTO paired (hash, name, since_ms) VALUES ($1, $2, $3)";
                let insert = sqlx::query(LET_IN).bind(&token[..]).bind(name).bind(now.as_millisecond());
                insert.execute(&mut *tx).await?;
            }
            Ok(good)
        }
        .await;
        write::finish(tx, done).await
    }

    /// Everybody who was let in, by number.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn paired(&self) -> Result<Vec<Paired>, Error> {
        const ALL: &str = "SELECT number, hash, name, since_ms FROM paired ORDER BY number";
        let rows: Vec<(i64, Vec<u8>, String, i64)> = sqlx::query_as(ALL).fetch_all(&self.readers).await?;
        // A hash of another length is of no token, and nobody gets in with it.
        let paired = rows.into_iter().filter_map(|(number, hash, name, since_ms)| {
            let since = Timestamp::from_millisecond(since_ms).unwrap_or(Timestamp::UNIX_EPOCH);
            Some(Paired { number: number.unsigned_abs(), hash: hash.try_into().ok()?, name, since })
        });
        Ok(paired.collect())
    }

    /// Lets a device in no longer; says whether there was one of this number.
    ///
    /// # Errors
    /// What the file or the disk says; nothing was changed.
    pub async fn revoke_pairing(&self, number: u64) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let done = sqlx::query("DELETE FROM paired WHERE number = $1")
            .bind(i64::try_from(number).unwrap_or(-1))
            .execute(&mut *tx)
            .await
            .map(|gone| gone.rows_affected() > 0)
            .map_err(Error::from);
        write::finish(tx, done).await
    }
}
