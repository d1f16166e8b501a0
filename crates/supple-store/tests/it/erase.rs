//! Everything erased: what is left, what is not, and what a crash in the middle leaves.

use crate::Outcome;
use crate::events::{event, exported, folder, line, new_log, series};
use crate::opening::{copies, old_log, raw};
use sqlx::Connection;
use std::fs;
use std::path::Path;
use supple_store::{Error, Store, Version};

/// A text that can be found in bytes.
const SECRET: &str = "a sore calf nobody should read";

/// Whether any file of the folder holds these bytes.
fn anywhere(folder: &Path, text: &str) -> bool {
    let holds = |path: &Path| fs::read(path).unwrap().windows(text.len()).any(|bytes| bytes == text.as_bytes());
    fs::read_dir(folder).unwrap().any(|entry| holds(&entry.unwrap().path()))
}

#[tokio::test]
async fn nothing_of_what_was_erased_is_on_the_disk() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    old_log(&path, 3).await;
    let store = Store::open(&path, "phone".into()).await?;
    let (log, old_epoch) = (store.load().await?, store.epoch().await?);
    let ms = log.last_logical_ms.unwrap() + 1;
    store.append(&log.version, &[event("phone", 4, ms, SECRET)]).await?;
    store.import(format!("{}\nno event: {SECRET}\n", line(&series("other", 1)[0])).as_bytes()).await?;
    assert!(anywhere(folder.path(), SECRET) && copies(&path).len() == 1, "there is something to erase");

    let epoch = store.erase(&old_epoch, "phone again").await?;
    assert!(!anywhere(folder.path(), SECRET), "not in the file, not in its write-ahead log");
    assert_eq!(copies(&path), [""; 0], "nor in a copy");
    assert_ne!(epoch, old_epoch);
    assert!(exported(&store).await.is_empty());
    store.close().await;

    let store = Store::open(&path, "nobody".into()).await?;
    assert_eq!((store.device(), store.epoch().await?), ("phone again", epoch));
    assert!(store.verify().await?.is_sound());
    store.append(&Version::default(), &series("phone again", 2)).await?;
    Ok(())
}

#[tokio::test]
async fn it_is_erased_once_and_nothing_old_comes_back() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "laptop").await;
    let old = store.epoch().await?;
    let lines: Vec<String> = series("phone", 3).iter().map(line).collect();
    store.exchange(&old, &lines).await?;
    let new = store.erase(&old, "laptop-2").await?;
    // Told again, for instance after an answer that was lost: nothing more is erased.
    let again = store.erase(&old, "laptop-3").await;
    assert!(matches!(&again, Err(Error::OtherEpoch { found, .. }) if *found == new), "{again:?}");
    // A phone that was away and knows nothing of it.
    let late = store.exchange(&old, &lines).await;
    assert!(matches!(&late, Err(Error::OtherEpoch { found, .. }) if *found == new), "{late:?}");
    // A program that had the file open does not go on with the old series.
    let stale = store.append(&Version::default(), &series("laptop", 1)).await;
    assert!(matches!(&stale, Err(Error::OtherDevice { own, .. }) if own == "laptop-2"), "{stale:?}");
    assert!(exported(&store).await.is_empty());
    Ok(())
}

#[tokio::test]
async fn what_a_crash_cut_off_is_finished_at_the_next_opening() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    let store = Store::open(&path, "phone".into()).await?;
    store.append(&Version::default(), &[event("phone", 1, 1, SECRET)]).await?;
    store.close().await;
    // The transaction is through, the rest is not: as a kill between the two leaves it.
    let mut conn = raw(&path).await;
    sqlx::raw_sql(
        "PRAGMA secure_delete = OFF; DROP TRIGGER events_never_go; DELETE FROM events; UPDATE epoch SET sweeping = 1",
    )
    .execute(&mut conn)
    .await?;
    conn.close().await?;
    fs::write(folder.path().join("log.db.before-2.bak"), SECRET)?;
    assert!(anywhere(folder.path(), SECRET));
    Store::open(&path, "phone".into()).await?.close().await;
    assert!(!anywhere(folder.path(), SECRET));
    let mut conn = raw(&path).await;
    let sweeping: i64 = sqlx::query_scalar("SELECT sweeping FROM epoch").fetch_one(&mut conn).await?;
    assert_eq!(sweeping, 0);
    Ok(())
}

#[tokio::test]
async fn a_rebuild_keeps_the_epoch_and_who_was_let_in() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "laptop").await;
    let now = "2026-11-22T18:00:00Z".parse()?;
    store.offer_pairing(&[1; 32], now, "2026-11-22T18:10:00Z".parse()?).await?;
    assert!(store.pair(&[1; 32], &[2; 32], "phone", now).await?);
    let before = (store.epoch().await?, store.paired().await?);
    assert!(store.rebuild().await?.report.is_sound());
    assert_eq!((store.epoch().await?, store.paired().await?), before);
    Ok(())
}
