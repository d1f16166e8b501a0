use super::Failure;
use jiff::Zoned;
use std::path::PathBuf;
use supple_core::event::upcast::Entry;
use supple_core::event::{EventBody, Series, stamp};
use supple_core::state::{State, fold};
use supple_store::{Store, Version};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

/// The log on this machine: stamps what happened, appends it, and keeps it folded.
pub struct Diary {
    runtime: Runtime,
    store: Store,
    entries: Vec<Entry>,
    state: State,
    version: Version,
    last_logical_ms: Option<i64>,
    now: Option<Zoned>,
}

impl Diary {
    /// Opens the log, or begins one. `now` stands in for the clock in scripts and tests.
    pub fn open(file: Option<PathBuf>, now: Option<Zoned>) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let path = data_file(file)?;
        let store = runtime
            .block_on(Store::open(&path, Uuid::now_v7().to_string()))
            .map_err(|error| Failure::from(error).at(&path))?;
        let mut diary = Self {
            runtime,
            store,
            entries: Vec::new(),
            state: State::default(),
            version: Version::default(),
            last_logical_ms: None,
            now,
        };
        diary.reload().map_err(|failure| failure.at(&path))?;
        Ok(diary)
    }

    /// The clock, in this machine's zone.
    pub fn now(&self) -> Zoned {
        self.now.clone().unwrap_or_else(Zoned::now)
    }

    /// The log, folded.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The entries of the log.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The file, for verbs about the log itself.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Waits for something the file does.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Appends what happened, all or none, if the log is still where it was; when this returns it is on the disk.
    pub fn record(&mut self, bodies: Vec<EventBody>) -> Result<(), Failure> {
        let now = self.now();
        self.record_timed(bodies.into_iter().map(|body| (now.clone(), body)).collect())
    }

    /// The same, each with its own time: for sessions played on a virtual clock.
    pub fn record_timed(&mut self, bodies: Vec<(Zoned, EventBody)>) -> Result<(), Failure> {
        if bodies.is_empty() {
            return Ok(());
        }
        let next_seq = self.runtime.block_on(self.store.next_seq())?;
        let series = Series { device: self.store.device(), next_seq, last_logical_ms: self.last_logical_ms };
        let events = stamp(series, bodies, |_| Uuid::now_v7().to_string());
        self.version = self.runtime.block_on(self.store.append(&self.version, &events))?;
        self.last_logical_ms = events.last().map(|event| event.logical_ms);
        self.entries.extend(events.into_iter().map(|event| Entry::Read(Box::new(event))));
        self.state = fold(&self.entries);
        Ok(())
    }

    /// Reads the log again.
    pub fn reload(&mut self) -> Result<(), Failure> {
        let log = self.runtime.block_on(self.store.load())?;
        self.state = fold(&log.entries);
        self.entries = log.entries;
        self.version = log.version;
        self.last_logical_ms = log.last_logical_ms;
        Ok(())
    }

    /// Closes the file in peace.
    pub fn close(self) {
        self.runtime.block_on(self.store.close());
    }
}

/// Where the log is: as given, or in the person's data folder.
pub fn data_file(given: Option<PathBuf>) -> Result<PathBuf, Failure> {
    if let Some(path) = given {
        return Ok(path);
    }
    let named = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    named("XDG_DATA_HOME")
        .or_else(|| named("HOME").map(|home| home.join(".local/share")))
        .or_else(|| named("LOCALAPPDATA"))
        .map(|folder| folder.join("supple/log.sqlite"))
        .ok_or_else(|| Failure::bad_input("no home folder is known; say where the log is with --data FILE"))
}
