//! The conformance story: what every kind of log must do. PostgreSQL joins by another `impl Backend`.

use crate::Outcome;
use crate::events::{START, event, folder, line, new_log, newer_line, series};
use std::error::Error as StdError;
use supple_core::event::Event;
use supple_core::event::upcast::Entry;
use supple_core::sync::Span;
use supple_store::{Error, Imported, Log, Received, Store};

/// What the story needs of a log.
trait Backend {
    async fn next_seq(&self) -> Result<u64, Error>;
    async fn head(&self) -> Result<Option<String>, Error>;
    async fn append(&self, expected_head: Option<&str>, events: &[Event]) -> Result<(), Error>;
    async fn receive(&self, lines: &[String]) -> Result<Received, Error>;
    async fn load(&self) -> Result<Log, Error>;
    async fn lines(&self, span: &Span) -> Result<Vec<String>, Error>;
    async fn export(&self) -> Result<Vec<u8>, Error>;
    async fn import(&self, bytes: &[u8]) -> Result<Imported, Error>;
    /// Lets go of everything and opens the same log again.
    async fn reopen(self) -> Self;
}

impl Backend for Store {
    async fn next_seq(&self) -> Result<u64, Error> {
        Self::next_seq(self).await
    }
    async fn head(&self) -> Result<Option<String>, Error> {
        Self::head(self).await
    }
    async fn append(&self, expected_head: Option<&str>, events: &[Event]) -> Result<(), Error> {
        Self::append(self, expected_head, events).await
    }
    async fn receive(&self, lines: &[String]) -> Result<Received, Error> {
        Self::receive(self, lines).await
    }
    async fn load(&self) -> Result<Log, Error> {
        Self::load(self).await
    }
    async fn lines(&self, span: &Span) -> Result<Vec<String>, Error> {
        Self::lines(self, span).await
    }
    async fn export(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        Self::export(self, &mut bytes).await?;
        Ok(bytes)
    }
    async fn import(&self, bytes: &[u8]) -> Result<Imported, Error> {
        Self::import(self, bytes).await
    }
    async fn reopen(self) -> Self {
        let path = self.path().to_owned();
        self.close().await;
        Self::open(path, "somebody else".into()).await.expect("the same log")
    }
}

/// A new, empty log of the device "phone" goes in.
async fn story(log: impl Backend) -> Outcome {
    let log = it_begins_empty_and_appends(log).await?;
    it_refuses_what_does_not_continue_the_log(&log).await?;
    let log = it_receives_in_any_order_any_number_of_times(log).await?;
    it_refuses_a_second_truth(&log).await?;
    it_keeps_what_it_cannot_read(log).await
}

async fn it_begins_empty_and_appends<L: Backend>(log: L) -> Result<L, Box<dyn StdError>> {
    assert_eq!(log.load().await?, Log { entries: vec![], head: None, last_logical_ms: None });
    assert_eq!(log.head().await?, None);
    assert_eq!(log.next_seq().await?, 1);
    let events = series("phone", 3);
    log.append(None, &events[..2]).await?;
    log.append(Some("phone-2"), &events[2..]).await?;
    log.append(Some("phone-3"), &[]).await?;
    let log = log.reopen().await;
    let loaded = log.load().await?;
    let expected: Vec<Entry> = events.into_iter().map(|event| Entry::Read(Box::new(event))).collect();
    assert_eq!(loaded.entries, expected);
    assert_eq!(loaded.head.as_deref(), Some("phone-3"));
    assert_eq!(loaded.last_logical_ms, Some(START + 2));
    assert_eq!(log.next_seq().await?, 4);
    Ok(log)
}

async fn it_refuses_what_does_not_continue_the_log(log: &impl Backend) -> Outcome {
    let before = log.load().await?;
    let head = Some("phone-3");
    let next = event("phone", 4, START + 9, "");
    for stale in [None, Some("phone-2"), Some("nobody")] {
        let refused = log.append(stale, std::slice::from_ref(&next)).await;
        assert!(matches!(refused, Err(Error::HeadMoved { found: Some(id), .. }) if id == "phone-3"));
    }
    let of_another = event("laptop", 1, START + 9, "");
    assert!(matches!(log.append(head, &[of_another]).await, Err(Error::OtherDevice { .. })));
    for seq in [0, 3, 5, u64::MAX] {
        let refused = log.append(head, &[event("phone", seq, START + 9, "")]).await;
        assert!(matches!(refused, Err(Error::OutOfSeries { expected: 4, found, .. }) if found == seq));
    }
    let late = event("phone", 4, START + 1, "");
    assert!(matches!(log.append(head, &[late]).await, Err(Error::NotLast { .. })));
    let second_use = Event { id: "phone-1".into(), ..next.clone() };
    assert!(matches!(log.append(head, &[second_use]).await, Err(Error::IdTaken { seq: 1, .. })));
    let newer = Event { version: 99, ..next.clone() };
    assert!(matches!(log.append(head, &[newer]).await, Err(Error::Unwritable { .. })));
    let long = event("phone", 4, START + 9, &"x".repeat(1 << 20));
    assert!(matches!(log.append(head, &[long]).await, Err(Error::LineTooLong)));
    // All or nothing: the first of two is good.
    let two = [next.clone(), event("phone", 6, START + 10, "")];
    assert!(matches!(log.append(head, &two).await, Err(Error::OutOfSeries { expected: 5, .. })));
    assert_eq!(log.load().await?, before);
    Ok(())
}

async fn it_receives_in_any_order_any_number_of_times<L: Backend>(log: L) -> Result<L, Box<dyn StdError>> {
    // Between the phone's events in fold order, and backwards.
    let mut lines: Vec<String> = series("laptop", 3).iter().rev().map(line).collect();
    assert_eq!(log.receive(&lines).await?, Received { new: 3, known: 0 });
    assert_eq!(log.receive(&lines).await?, Received { new: 0, known: 3 });
    lines.push(newer_line("laptop", 4, START + 5));
    assert_eq!(log.receive(&lines).await?, Received { new: 1, known: 3 });
    let log = log.reopen().await;
    let order: Vec<(i64, String, u64)> = log
        .load()
        .await?
        .entries
        .iter()
        .map(|entry| {
            let (ms, device, seq) = entry.order();
            (ms - START, device.to_owned(), seq)
        })
        .collect();
    let expected = [(0, 1), (1, 2), (2, 3)]
        .into_iter()
        .flat_map(|(ms, seq)| [(ms, "laptop".to_owned(), seq), (ms, "phone".to_owned(), seq)])
        .chain([(5, "laptop".to_owned(), 4)]);
    assert_eq!(order, expected.collect::<Vec<_>>());
    // An event of a newer version is the head too: what it says is unknown, not nothing.
    assert_eq!(log.head().await?.as_deref(), Some("laptop-4"));
    let span = Span { device: "laptop".into(), from: 2, to: 9 };
    assert_eq!(log.lines(&span).await?, [1, 0, 3].map(|n| lines[n].clone()));
    Ok(log)
}

async fn it_refuses_a_second_truth(log: &impl Backend) -> Outcome {
    let before = log.export().await?;
    let good = line(&event("laptop", 5, START + 6, ""));
    for (bad, why) in [
        (line(&event("laptop", 2, START + 1, "edited")), "with other bytes"),
        (line(&series("laptop", 2)[1]).replace(":{", ": {"), "with other bytes"),
        (line(&event("laptop", 6, START + 7, "")).replace("laptop-6", "phone-1"), "number 1 of device phone"),
        (good.replace(r#""seq":5"#, r#""seq":0"#), "no place in a series"),
        (good.replace(&(START + 6).to_string(), &i64::MAX.to_string()), "no place in a series"),
        ("{".into(), "no place in a series"),
        (String::new(), "not one line"),
        (format!("{good}\n{good}"), "not one line"),
        ("x".repeat((1 << 20) + 1), "1048576 bytes"),
    ] {
        let refused = log.receive(&[good.clone(), bad]).await.expect_err(why);
        assert!(matches!(refused, Error::AtLine { line: 2, .. }), "{refused}");
        assert!(refused.to_string().contains(why), "{refused}");
        assert!(!refused.next_step().is_empty());
    }
    assert_eq!(log.export().await?, before);
    Ok(())
}

async fn it_keeps_what_it_cannot_read(log: impl Backend) -> Outcome {
    let broken = r#"{"id":"laptop-5","device":"laptop","seq":5,"logi"#;
    let file = format!("{}\n{broken}\n", newer_line("laptop", 4, START + 5));
    let imported = log.import(file.as_bytes()).await?;
    assert_eq!(imported.lines, Received { new: 1, known: 1 });
    assert_eq!((imported.unreadable, imported.set_aside), (2, 1));
    assert_eq!(imported.first_set_aside[0].line, 2);
    let log = log.reopen().await;
    let loaded = log.load().await?;
    let [.., newer, last] = &loaded.entries[..] else { return Err("too short".into()) };
    assert_eq!(last.to_line(), broken, "it may be the latest, so it sorts last; it is kept byte for byte");
    assert!(matches!(last, Entry::Unreadable(entry) if entry.why.contains("EOF")));
    assert_eq!(newer.to_line(), newer_line("laptop", 4, START + 5));
    // It is neither the head nor the clock, and the log goes on.
    assert_eq!((loaded.head.as_deref(), loaded.last_logical_ms), (Some("laptop-4"), Some(START + 5)));
    log.append(loaded.head.as_deref(), &[event("phone", 4, START + 6, "")]).await?;
    let loaded = log.load().await?;
    assert_eq!((loaded.head.as_deref(), loaded.last_logical_ms), (Some("phone-4"), Some(START + 6)));
    assert_eq!(loaded.entries.last().map(Entry::to_line).as_deref(), Some(broken));
    Ok(())
}

#[tokio::test]
async fn sqlite_does_what_every_log_must_do() -> Outcome {
    let folder = folder();
    story(new_log(&folder.path().join("made/on/the/way"), "phone").await).await
}

/// A server spawns these.
#[test]
fn every_future_may_move_between_threads() {
    fn is_send<T: Send>(_: impl FnOnce(&'static Store) -> T) {}
    is_send(|store| store.append(None, &[]));
    is_send(|store| store.receive(&[""]));
    is_send(|store| store.import(&b""[..]));
    is_send(|store| store.export(std::io::sink()));
    is_send(Store::load);
    is_send(Store::verify);
    is_send(Store::rebuild);
    is_send(|_| Store::open("", String::new()));
}
