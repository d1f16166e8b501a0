//! Several processes on one log, some of them killed. A child is this test binary again, told by environment
//! variables what to do: no other program has to be built or found, whatever runs the tests.

use crate::Outcome;
use crate::events::{START, event, folder};
use crate::opening::{copies, old_log, raw, version_and_events};
use sqlx::Connection;
use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use supple_store::{Error, Store};

const LOG: &str = "SUPPLE_STORE_TEST_LOG";
const EVENTS: &str = "SUPPLE_STORE_TEST_EVENTS";
const ACKNOWLEDGED: &str = "acknowledged ";

/// Runs the test binary again, only the test below and with orders for it: opens the log, which migrates an older
/// one, and appends so many events.
fn spawn(log: &Path, events: u64) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(["--exact", "crash::a_child_process_appends_what_it_is_told_to", "--nocapture", "--test-threads=1"])
        .env(LOG, log)
        .env(EVENTS, events.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
}

/// The log a child works on and how many events it appends; nothing if nobody spawned it.
fn orders() -> Option<(PathBuf, u64)> {
    Some((std::env::var_os(LOG)?.into(), std::env::var(EVENTS).ok()?.parse().ok()?))
}

/// Appends, and says so only when the log has said so.
async fn obey(log: &Path, events: u64) -> Outcome {
    let store = Store::open(log, "phone".into()).await?;
    let mut left = events;
    while left > 0 {
        let (log, seq) = (store.load().await?, store.next_seq().await?);
        let ms = log.last_logical_ms.map_or(START, |last| last + 1);
        match store.append(&log.version, &[event("phone", seq, ms, "a block was done")]).await {
            Ok(_) => {
                println!("{ACKNOWLEDGED}{seq}");
                left -= 1;
            }
            Err(Error::HeadMoved { .. } | Error::OutOfSeries { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    store.close().await;
    Ok(())
}

/// The child, and the proof that it does something: without it the tests below could be green and kill nobody.
#[tokio::test]
async fn a_child_process_appends_what_it_is_told_to() -> Outcome {
    if let Some((log, events)) = orders() {
        return obey(&log, events).await;
    }
    let folder = folder();
    let path = folder.path().join("log.db");
    old_log(&path, 2).await;
    for (events, says, then) in [(0, vec![], 2), (3, vec![3, 4, 5], 5)] {
        let (seqs, status) = acknowledged(spawn(&path, events)?, None)?;
        assert!(status.success() && seqs == says, "{status}: {seqs:?}");
        assert_eq!(version_and_events(&path).await, (5, then));
    }
    Ok(())
}

/// Reads what the child says; at the `kill_at`th acknowledgement, sends it SIGKILL and reads what it had still said.
fn acknowledged(mut child: Child, kill_at: Option<usize>) -> std::io::Result<(Vec<u64>, ExitStatus)> {
    let mut seqs = Vec::new();
    let out = child.stdout.take().expect("piped");
    for said in BufReader::new(out).lines() {
        // The test runner's own words may stand before it.
        let seq: Option<u64> = said?.split_once(ACKNOWLEDGED).and_then(|(_, seq)| seq.parse().ok());
        seqs.extend(seq);
        if seq.is_some() && kill_at == Some(seqs.len()) {
            child.kill()?;
        }
    }
    Ok((seqs, child.wait()?))
}

/// Different in every run.
fn random(below: usize) -> usize {
    usize::try_from(RandomState::new().build_hasher().finish() % below as u64).expect("small")
}

async fn seqs_in_log(store: &Store) -> Result<Vec<u64>, Error> {
    Ok(store.load().await?.entries.iter().map(|entry| entry.order().2).collect())
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    let mut all = Vec::new();
    for kill in 0..10 {
        let at = 1 + random(40);
        let (seqs, status) = acknowledged(spawn(&path, 1_000_000)?, Some(at))?;
        assert!(!status.success(), "kill {kill}: it was killed");
        assert!(seqs.len() >= at, "kill {kill}: {seqs:?}");
        all.extend(seqs);
        let store = Store::open(&path, "phone".into()).await?;
        let there = seqs_in_log(&store).await?;
        assert!(all.iter().all(|seq| there.contains(seq)), "kill {kill}: {all:?} but only {there:?}");
        // At most one more was written and not yet acknowledged.
        assert!(there.len() <= all.len() + kill + 1);
        let report = store.verify().await?;
        assert!(report.is_sound(), "kill {kill}: {report:?}");
        store.close().await;
    }
    Ok(())
}

#[tokio::test]
async fn two_processes_write_one_series() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    let children = [spawn(&path, 40)?, spawn(&path, 40)?];
    let mut all = Vec::new();
    for child in children {
        let (seqs, status) = acknowledged(child, None)?;
        assert!(status.success());
        assert_eq!(seqs.len(), 40);
        all.extend(seqs);
    }
    all.sort_unstable();
    assert_eq!(all, (1..=80).collect::<Vec<_>>(), "each number was given once");
    let store = Store::open(&path, "third".into()).await?;
    assert_eq!(seqs_in_log(&store).await?, all);
    assert!(store.verify().await?.is_sound());
    Ok(())
}

/// Waits until something can be seen of the migration, or the child is done.
fn wait_until(child: &mut Child, seen: impl Fn() -> bool) -> std::io::Result<()> {
    while !seen() && child.try_wait()?.is_none() {
        std::thread::yield_now();
    }
    Ok(())
}

#[tokio::test]
async fn kill_9_during_a_migration_leaves_the_old_log_or_the_new_one() -> Outcome {
    const N: u64 = 15_000;
    let folder = folder();
    let template = folder.path().join("template.db");
    old_log(&template, N).await;
    let size = fs::metadata(&template)?.len();
    let mut unfinished = 0;
    for moment in 0..10u64 {
        let room = folder.path().join(format!("moment {moment}"));
        fs::create_dir(&room)?;
        let path = room.join("log.db");
        fs::copy(&template, &path)?;
        let (part, copy) = (room.join("log.db.before-2.bak.part"), room.join("log.db.before-2.bak"));
        let mut child = spawn(&path, 0)?;
        wait_until(&mut child, || match moment {
            // While the copy is being written, when it is whole, and a little later.
            0..6 => fs::metadata(&part).is_ok_and(|part| part.len() > moment * size / 8) || copy.exists(),
            6..8 => copy.exists(),
            _ => copy.exists() && random(50_000) == 0,
        })?;
        child.kill()?;
        child.wait()?;

        let (version, events) = version_and_events(&path).await;
        assert!(version == 1 || version == 5, "moment {moment}");
        assert_eq!(events, i64::try_from(N)?, "moment {moment}");
        unfinished += usize::from(version == 1);
        assert!(version == 1 || copy.exists(), "moment {moment}: never without a copy");
        if copy.exists() {
            assert_eq!(version_and_events(&copy).await, (1, events), "moment {moment}: a copy is whole or not there");
            let mut conn = raw(&copy).await;
            let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut conn).await?;
            assert_eq!(said, "ok", "moment {moment}");
            conn.close().await?;
        }
        // The next start finishes what the killed one began, and leaves one copy.
        let store = Store::open(&path, "phone".into()).await?;
        let report = store.verify().await?;
        assert!(report.is_sound() && report.events == N, "moment {moment}: {report:?}");
        store.close().await;
        assert_eq!(copies(&path), ["log.db.before-2.bak"], "moment {moment}");
    }
    assert!(unfinished > 0, "no kill came in time; make the log of this test longer");
    Ok(())
}
