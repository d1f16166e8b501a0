use crate::{Error, line, write};
use sqlx::SqliteConnection;
use std::fmt;
use std::str::FromStr;

/// Where a log stands. What was decided on it holds while it is still there.
///
/// Every line that arrives moves it, wherever the line sorts: the last event alone would miss one that was made
/// earlier and came late, and one that is set aside. A rebuild that finds a line's place moves it too.
///
/// Written out it is one short string, for whoever decides elsewhere: the head, `#`, the number of events, `+`, the
/// number of lines set aside. It says nothing about any other log.
///
/// ```
/// use supple_store::Version;
/// let version: Version = "phone-3#5+1".parse()?;
/// assert_eq!(version.head(), Some("phone-3"));
/// assert_eq!(version.to_string(), "phone-3#5+1");
/// assert_eq!(Version::default().to_string(), "#0+0", "where an empty log stands");
/// # Ok::<(), supple_store::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    pub(crate) head: Option<String>,
    pub(crate) events: u64,
    pub(crate) set_aside: u64,
}

impl Version {
    /// The id of the last event in fold order; `None` while there is none.
    #[must_use]
    pub fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }

    /// Where the log stands and its last event; one moment only inside a transaction.
    pub(crate) async fn read(conn: &mut SqliteConnection) -> Result<(Self, Option<write::Last>), Error> {
        const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM events), (SELECT COUNT(*) FROM set_aside)";
        let last = write::last(conn).await?;
        let (events, set_aside) = sqlx::query_as(COUNTS).fetch_one(conn).await?;
        let head = last.as_ref().map(|last| last.id.clone());
        Ok((Self { head, events: line::from_column(events), set_aside: line::from_column(set_aside) }, last))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}+{}", self.head().unwrap_or_default(), self.events, self.set_aside)
    }
}

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        // An id may hold anything, so the counts are looked for from the end.
        let parts = || {
            let (rest, set_aside) = text.rsplit_once('+')?;
            let (head, events) = rest.rsplit_once('#')?;
            let head = Some(head.to_owned()).filter(|head| !head.is_empty());
            Some(Self { head, events: events.parse().ok()?, set_aside: set_aside.parse().ok()? })
        };
        parts().ok_or_else(|| Error::NotAVersion { text: text.to_owned() })
    }
}
