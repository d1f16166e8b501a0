//! The one app over the log: many look, one writes.
//!
//! The app in memory is only a cache of the file. Before each answer a look at SQLite's change counter says whether
//! anybody else has written (the terminal, another server); only then is the log read again. A write decides on what
//! is in memory, and the file takes it only if the log still stands there.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock, RwLockReadGuard};
use supple_app::calendar::Wishes;
use supple_app::{App, Gallery, Request, Response};
use supple_core::contract::Known;
use supple_core::event::upcast::Entry;
use supple_core::event::{Series, stamp};
use supple_core::sync::{Exchange, Exchanged, Span, diff};
use supple_store::{Error, Feed, FeedShows, Hash, Imported, Store, Version, Watch};
use tokio::sync::Mutex;
use uuid::Uuid;

/// How many bytes of lines one answer of an exchange holds, about; at least one line. Our judgement: a second or
/// two on a slow phone network.
const ANSWER_BYTES: usize = 256 << 10;
/// How many lines are read from the file at once.
const CHUNK: u64 = 200;

/// Every picture there is, once somebody has drawn them; they depend on nothing but the knowledge in this program.
static GALLERY: OnceLock<Gallery> = OnceLock::new();

/// The log, folded, and the file behind it.
pub struct Desk {
    /// Whoever holds it may write, to the file and to what is in memory of it.
    turn: Mutex<Store>,
    watch: Mutex<Watch>,
    /// How often the watch has noticed a write, and up to which of them memory has caught up.
    noticed: AtomicU64,
    caught_up: AtomicU64,
    seen: RwLock<Seen>,
}

/// What is in memory of the file.
struct Seen {
    app: App,
    version: Version,
    last_logical_ms: Option<i64>,
    epoch: String,
    paired: Vec<Hash>,
}

impl Desk {
    /// Opens the log and folds it.
    pub async fn open(store: Store) -> Result<Self, Error> {
        let mut watch = store.watch().await?;
        watch.changed().await?;
        let seen = Seen::read(&store).await?;
        Ok(Self {
            turn: Mutex::new(store),
            watch: Mutex::new(watch),
            noticed: AtomicU64::new(0),
            caught_up: AtomicU64::new(0),
            seen: RwLock::new(seen),
        })
    }

    /// Looks whether anybody has written, and if so catches up. What was acknowledged before this call, by whatever
    /// program, is seen after it.
    pub async fn refresh(&self) -> Result<(), Error> {
        self.notice().await?;
        if self.is_behind() { self.catch_up(&*self.turn.lock().await).await } else { Ok(()) }
    }

    async fn notice(&self) -> Result<(), Error> {
        if self.watch.lock().await.changed().await? {
            self.noticed.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    }

    fn is_behind(&self) -> bool {
        self.caught_up.load(Ordering::SeqCst) < self.noticed.load(Ordering::SeqCst)
    }

    /// Reads who is paired, and the log too if it has moved: our own writes are noticed as well. In turn.
    async fn catch_up(&self, store: &Store) -> Result<(), Error> {
        if !self.is_behind() {
            return Ok(()); // somebody was faster
        }
        let noticed = self.noticed.load(Ordering::SeqCst);
        let (version, epoch, paired) = (store.version().await?, store.epoch().await?, paired(store).await?);
        let moved = {
            let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
            seen.paired = paired;
            seen.version != version || seen.epoch != epoch
        };
        if moved {
            self.read(store).await?;
        }
        self.caught_up.store(noticed, Ordering::SeqCst);
        Ok(())
    }

    /// What a request that only looks is answered.
    pub fn look(&self, request: &Request) -> Response {
        let seen = self.seen();
        catch_unwind(AssertUnwindSafe(|| seen.app.decide(request).response)).unwrap_or_else(|_| mistake())
    }

    /// Decides, stamps and appends; the answer comes only after everything is on the disk.
    pub async fn post(&self, request: &Request) -> Result<Response, Error> {
        let store = self.turn.lock().await;
        self.notice().await?;
        self.catch_up(&store).await?;
        match self.decide_and_append(&store, request).await {
            // Somebody else wrote in between: decide again on what is there now, once.
            Err(Error::HeadMoved { .. } | Error::OutOfSeries { .. } | Error::NotLast { .. }) => {
                self.read(&store).await?;
                self.decide_and_append(&store, request).await
            }
            other => other,
        }
    }

    /// Draws every picture and hangs them; takes some tenths of a second, and pages are answered meanwhile.
    pub fn draw_pictures(&self) {
        let gallery = GALLERY.get_or_init(|| Gallery::new(supple_knowledge::embedded()));
        self.seen.write().unwrap_or_else(PoisonError::into_inner).app.hang(gallery);
    }

    /// The page that says that nothing was stored.
    pub fn not_stored(&self, request: &Request) -> Response {
        self.seen().app.not_stored(request)
    }

    /// Which epoch it is.
    pub fn epoch(&self) -> String {
        self.seen().epoch.clone()
    }

    /// Whether this is the hash of a paired device's token.
    pub fn is_paired(&self, token: &Hash) -> bool {
        self.seen().paired.contains(token)
    }

    /// Trades a code for a token; see [`Store::pair`].
    pub async fn pair(&self, code: &Hash, token: &Hash, name: &str, now: &Zoned) -> Result<bool, Error> {
        let store = self.turn.lock().await;
        let good = store.pair(code, token, name, now.timestamp()).await?;
        self.notice().await?;
        self.catch_up(&store).await?;
        Ok(good)
    }

    /// Takes what a device sends and answers with what it lacks.
    pub async fn exchange(&self, asked: &Exchange) -> Result<Exchanged, Error> {
        let store = self.turn.lock().await;
        self.notice().await?;
        self.catch_up(&store).await?;
        let epoch = asked.epoch.clone().unwrap_or_else(|| self.epoch());
        let done = store.exchange(&epoch, &asked.lines).await?;
        if !done.entries.is_empty() {
            self.take(done.entries, done.version, done.last_logical_ms);
        }
        let have = store.summary().await?;
        let (mut lines, mut bytes, mut more) = (Vec::new(), 0, false);
        'spans: for span in diff(&have, &asked.have).send {
            let mut from = span.from;
            while from <= span.to {
                let to = span.to.min(from.saturating_add(CHUNK - 1));
                for line in store.lines(&Span { device: span.device.clone(), from, to }).await? {
                    bytes += line.len();
                    more = bytes > ANSWER_BYTES && !lines.is_empty();
                    if more {
                        break 'spans;
                    }
                    lines.push(line);
                }
                from = to + 1;
            }
        }
        Ok(Exchanged { epoch, have, lines, more })
    }

    /// What an import is compared with.
    pub fn known(&self) -> Known {
        Known::of(self.seen().app.state())
    }

    /// What is planned, as a calendar.
    pub fn calendar(&self, zone: &TimeZone, wishes: Wishes) -> String {
        self.seen().app.calendar(zone, wishes)
    }

    /// Every address for calendars.
    pub async fn feeds(&self) -> Result<Vec<Feed>, Error> {
        self.turn.lock().await.feeds().await
    }

    /// The address with this secret; see [`Store::feed`].
    pub async fn feed(&self, secret: &Hash) -> Result<Option<Feed>, Error> {
        self.turn.lock().await.feed(secret).await
    }

    /// Keeps an address; see [`Store::add_feed`].
    pub async fn add_feed(&self, secret: &Hash, since: Timestamp, shows: &FeedShows) -> Result<(), Error> {
        self.turn.lock().await.add_feed(secret, since, shows).await
    }

    /// Takes an address back; see [`Store::remove_feed`].
    pub async fn remove_feed(&self, number: u64) -> Result<bool, Error> {
        self.turn.lock().await.remove_feed(number).await
    }

    /// Takes every line of a copy, all or none; see [`Store::import`].
    pub async fn import(&self, copy: &[u8]) -> Result<Imported, Error> {
        let store = self.turn.lock().await;
        let imported = store.import(copy).await?;
        self.notice().await?;
        self.catch_up(&store).await?;
        Ok(imported)
    }

    /// Erases everything, if the epoch is still `expected`, and says which one it is now.
    pub async fn erase(&self, expected: &str) -> Result<String, Error> {
        let mut store = self.turn.lock().await;
        let erased = store.erase(expected, &Uuid::now_v7().to_string()).await;
        // The file continues another series now, even where clearing up was cut off.
        let again = Store::open(store.path(), Uuid::now_v7().to_string()).await?;
        std::mem::replace(&mut *store, again).close().await;
        self.read(&store).await?;
        erased
    }

    /// Closes the file in peace.
    pub async fn close(self) {
        let _ = self.watch.into_inner().close().await; // nothing was written through it
        self.turn.into_inner().close().await;
    }

    async fn decide_and_append(&self, store: &Store, request: &Request) -> Result<Response, Error> {
        let (decided, version, last) = {
            let seen = self.seen();
            let decided = catch_unwind(AssertUnwindSafe(|| seen.app.decide(request)));
            (decided, seen.version.clone(), seen.last_logical_ms)
        };
        // A mistake of ours ends this answer and nothing else; nothing was written.
        let Ok(decision) = decided else { return Ok(mistake()) };
        if decision.bodies.is_empty() {
            return Ok(decision.response);
        }
        let first = store.next_seq().await?;
        let series = Series { device: store.device(), next_seq: first, last_logical_ms: last };
        let events = stamp(series, decision.bodies, |seq| format!("{}.{}", decision.action, seq - first));
        let version = store.append(&version, &events).await?;
        let last = events.last().map(|event| event.logical_ms);
        self.take(events.into_iter().map(|event| Entry::Read(Box::new(event))), version, last);
        Ok(decision.response)
    }

    fn take(&self, entries: impl IntoIterator<Item = Entry>, version: Version, last_logical_ms: Option<i64>) {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        seen.app.apply(entries);
        seen.version = version;
        seen.last_logical_ms = last_logical_ms;
    }

    async fn read(&self, store: &Store) -> Result<(), Error> {
        let read = Seen::read(store).await?;
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    /// A panic while something is written leaves what was there before it; the next look reads the log again.
    fn seen(&self) -> RwLockReadGuard<'_, Seen> {
        self.seen.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    async fn read(store: &Store) -> Result<Self, Error> {
        let (epoch, paired, log) = (store.epoch().await?, paired(store).await?, store.load().await?);
        let mut app = App::new(supple_knowledge::embedded(), log.entries);
        if let Some(gallery) = GALLERY.get() {
            app.hang(gallery);
        }
        Ok(Self { app, version: log.version, last_logical_ms: log.last_logical_ms, epoch, paired })
    }
}

async fn paired(store: &Store) -> Result<Vec<Hash>, Error> {
    Ok(store.paired().await?.into_iter().map(|device| device.hash).collect())
}

/// What is said when a mistake of ours ended an answer.
pub fn mistake() -> Response {
    let words = "Something went wrong inside Supple. Nothing is lost. Go back and try again; if it stays, please \
                 report what you did.";
    let said = Response::file("", "text/plain; charset=utf-8", words.to_owned());
    Response { status: 500, file_name: None, ..said }
}
