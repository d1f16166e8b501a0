//! Events and stores to test with.

use jiff::Zoned;
use std::path::Path;
use supple_core::event::{Event, EventBody, Retracted};
use supple_store::Store;
use tempfile::TempDir;

/// The logical time of the first event of every series.
pub const START: i64 = 1_795_370_400_000;

/// A folder that goes away with the test.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// One for tests that make many logs and ask nothing of the disk: in memory, where the system has such a folder.
pub fn folder_in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| folder())
}

/// A new log of a device.
pub async fn new_log(folder: &Path, device: &str) -> Store {
    Store::open(folder.join(format!("{device}.db")), device.into()).await.expect("a new log")
}

/// An event that can be read; its text may be anything.
pub fn event(device: &str, seq: u64, logical_ms: i64, text: &str) -> Event {
    let at: Zoned = "2026-11-22T18:00:00+01:00[Europe/Berlin]".parse().expect("a time");
    let body = EventBody::Retracted(Retracted { event: text.into() });
    Event { id: format!("{device}-{seq}"), device: device.into(), seq, logical_ms, at, version: 1, body }
}

/// The first events of a device, one millisecond apart.
pub fn series(device: &str, n: u64) -> Vec<Event> {
    (1..=n).zip(START..).map(|(seq, ms)| event(device, seq, ms, "Grüße, 東京 🦵")).collect()
}

/// The line of an event.
pub fn line(event: &Event) -> String {
    serde_json::to_string(event).expect("an event is JSON")
}

/// A line whose frame this program reads and whose body it does not.
pub fn newer_line(device: &str, seq: u64, logical_ms: i64) -> String {
    format!(
        r#"{{"version":99, "id":"{device}-{seq}","device":"{device}","seq":{seq},"logical_ms":{logical_ms},"shape":["new",{{}}]}}"#
    )
}

/// Everything a log exports.
pub async fn exported(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.export(&mut bytes).await.expect("an export");
    bytes
}
