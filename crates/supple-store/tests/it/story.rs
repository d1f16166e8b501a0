//! The conformance story: what every kind of log must do. PostgreSQL joins by another `impl Backend`.

use crate::Outcome;
use crate::events::{START, event, folder, line, new_log, newer_line, series};
use std::error::Error as StdError;
use std::sync::LazyLock;
use supple_core::event::Event;
use supple_core::event::upcast::Entry;
use supple_core::sync::Span;
use supple_store::{Error, Imported, Log, Received, Store, Version};

/// What the story needs of a log.
trait Backend {
    async fn next_seq(&self) -> Result<u64, Error>;
    async fn head(&self) -> Result<Option<String>, Error>;
    async fn version(&self) -> Result<Version, Error>;
    async fn append(&self, expected: &Version, events: &[Event]) -> Result<Version, Error>;
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
    async fn version(&self) -> Result<Version, Error> {
        Self::version(self).await
    }
    async fn append(&self, expected: &Version, events: &[Event]) -> Result<Version, Error> {
        Self::append(self, expected, events).await
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
    it_refuses_a_decision_that_anything_overtook(&log).await?;
    it_keeps_what_it_cannot_read(log).await
}

async fn it_begins_empty_and_appends<L: Backend>(log: L) -> Result<L, Box<dyn StdError>> {
    let empty = Log { entries: vec![], version: Version::default(), head: None, last_logical_ms: None };
    assert_eq!(log.load().await?, empty);
    assert_eq!((log.head().await?, log.version().await?), (None, empty.version.clone()));
    assert_eq!(log.next_seq().await?, 1);
    let events = series("phone", 3);
    let two = log.append(&empty.version, &events[..2]).await?;
    let three = log.append(&two, &events[2..]).await?;
    assert_eq!(log.append(&three, &[]).await?, three, "nothing moves it nowhere");
    assert_eq!([&two, &three].map(Version::head), [Some("phone-2"), Some("phone-3")]);
    let log = log.reopen().await;
    let loaded = log.load().await?;
    let expected: Vec<Entry> = events.into_iter().map(|event| Entry::Read(Box::new(event))).collect();
    assert_eq!(loaded.entries, expected);
    assert_eq!((loaded.head.as_deref(), &loaded.version), (Some("phone-3"), &three));
    assert_eq!(loaded.last_logical_ms, Some(START + 2));
    assert_eq!(log.next_seq().await?, 4);
    Ok(log)
}

async fn it_refuses_what_does_not_continue_the_log(log: &impl Backend) -> Outcome {
    let before = log.load().await?;
    let version = &before.version;
    let next = event("phone", 4, START + 9, "");
    for stale in ["#0+0", "phone-2#2+0", "nobody#3+0", "phone-3#2+0", "phone-3#3+1"] {
        let refused = log.append(&stale.parse()?, std::slice::from_ref(&next)).await.expect_err(stale);
        assert!(matches!(&refused, Error::HeadMoved { found, .. } if found == version), "{refused}");
        assert_eq!(refused.to_string(), format!("the log has moved: it stands at phone-3#3+0, not at {stale}"));
    }
    let of_another = event("laptop", 1, START + 9, "");
    assert!(matches!(log.append(version, &[of_another]).await, Err(Error::OtherDevice { .. })));
    for seq in [0, 3, 5, u64::MAX] {
        let refused = log.append(version, &[event("phone", seq, START + 9, "")]).await;
        assert!(matches!(refused, Err(Error::OutOfSeries { expected: 4, found, .. }) if found == seq));
    }
    let late = event("phone", 4, START + 1, "");
    assert!(matches!(log.append(version, &[late]).await, Err(Error::NotLast { .. })));
    let second_use = Event { id: "phone-1".into(), ..next.clone() };
    assert!(matches!(log.append(version, &[second_use]).await, Err(Error::IdTaken { seq: 1, .. })));
    let newer = Event { version: 99, ..next.clone() };
    assert!(matches!(log.append(version, &[newer]).await, Err(Error::Unwritable { .. })));
    let long = event("phone", 4, START + 9, &"x".repeat(1 << 20));
    assert!(matches!(log.append(version, &[long]).await, Err(Error::LineTooLong)));
    // All or nothing: the first of two is good.
    let two = [next.clone(), event("phone", 6, START + 10, "")];
    assert!(matches!(log.append(version, &two).await, Err(Error::OutOfSeries { expected: 5, .. })));
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

/// Wherever it sorts: the last event alone would not say.
async fn it_refuses_a_decision_that_anything_overtook(log: &impl Backend) -> Outcome {
    let decided_on = log.load().await?;
    let next = [event("phone", 4, START + 6, "")];
    // An event that was made before all others and came late.
    assert_eq!(log.receive(&[line(&event("tablet", 1, START - 9, ""))]).await?.new, 1);
    let after_late = log.load().await?;
    assert_eq!(after_late.head, decided_on.head);
    assert!(matches!(log.append(&decided_on.version, &next).await, Err(Error::HeadMoved { .. })));
    // A line that is set aside, early by its time.
    let aside = format!(r#"{{"device":"tablet","logical_ms":{}}}"#, START - 8);
    let file = format!("{}\n{aside}\n", newer_line("laptop", 4, START + 5));
    assert_eq!(log.import(file.as_bytes()).await?.lines, Received { new: 1, known: 1 });
    assert_eq!(log.head().await?, decided_on.head);
    assert!(matches!(log.append(&after_late.version, &next).await, Err(Error::HeadMoved { .. })));
    // What was there already overtakes nothing.
    let version = log.version().await?;
    assert_eq!(log.import(file.as_bytes()).await?.lines, Received { new: 0, known: 2 });
    assert_eq!(log.version().await?, version);
    assert_eq!(log.append(&version, &[]).await?, version);
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
    let version = log.append(&loaded.version, &[event("phone", 4, START + 6, "")]).await?;
    let loaded = log.load().await?;
    assert_eq!((loaded.head.as_deref(), loaded.last_logical_ms), (Some("phone-4"), Some(START + 6)));
    assert_eq!((&loaded.version, version.to_string().as_str()), (&version, "phone-4#9+2"));
    assert_eq!(loaded.entries.last().map(Entry::to_line).as_deref(), Some(broken));
    Ok(())
}

#[tokio::test]
async fn sqlite_does_what_every_log_must_do() -> Outcome {
    let folder = folder();
    story(new_log(&folder.path().join("made/on/the/way"), "phone").await).await
}

#[test]
fn a_version_is_one_short_string() -> Outcome {
    for (text, head) in [("#0+0", None), ("a#1+0", Some("a")), ("a#b+c#+é#12+345", Some("a#b+c#+é"))] {
        let version: Version = text.parse()?;
        assert_eq!((version.to_string().as_str(), version.head()), (text, head));
    }
    for text in ["", "a", "a#1", "a+1", "a#1+", "a#+1", "1+a#1", "a#-1+0", "a#18446744073709551616+0"] {
        let error = text.parse::<Version>().expect_err(text);
        assert_eq!(error.to_string(), format!("{text:?} does not say where a log stands"));
        assert!(!error.next_step().is_empty());
    }
    Ok(())
}

/// A server spawns these.
#[test]
fn every_future_may_move_between_threads() {
    fn is_send<T: Send>(_: impl FnOnce(&'static Store) -> T) {}
    static NOWHERE: LazyLock<Version> = LazyLock::new(Version::default);
    is_send(|store| store.append(&NOWHERE, &[]));
    is_send(|store| store.receive(&[""]));
    is_send(|store| store.import(&b""[..]));
    is_send(|store| store.export(std::io::sink()));
    is_send(Store::load);
    is_send(Store::verify);
    is_send(Store::rebuild);
    is_send(|_| Store::open("", String::new()));
}
