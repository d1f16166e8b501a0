use crate::{Error, Store, migrate};
use sqlx::{Connection, SqliteConnection};

/// Notices that anybody, in this process or another, has written to the file: far cheaper than looking where the
/// log stands.
#[derive(Debug)]
pub struct Watch {
    conn: SqliteConnection,
    seen: Option<i64>,
}

impl Store {
    /// A watch that has seen nothing yet: the first look says that something has changed.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn watch(&self) -> Result<Watch, Error> {
        let options = migrate::connection(self.path()).pragma("query_only", "ON");
        Ok(Watch { conn: SqliteConnection::connect_with(&options).await?, seen: None })
    }
}

impl Watch {
    /// Whether anything was written since the last look. What the caller reads afterwards is at least as new, and a
    /// write between the look and the reading is found by the next look: nothing is missed.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn changed(&mut self) -> Result<bool, Error> {
        // SQLite's own counter of what other connections commit; this one never writes.
        let now: i64 = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut self.conn).await?;
        Ok(self.seen.replace(now) != Some(now))
    }

    /// Forgets what it has seen, after whatever it led to has failed.
    pub const fn forget(&mut self) {
        self.seen = None;
    }

    /// Closes its connection.
    ///
    /// # Errors
    /// What the file or the disk says.
    pub async fn close(self) -> Result<(), Error> {
        Ok(self.conn.close().await?)
    }
}
