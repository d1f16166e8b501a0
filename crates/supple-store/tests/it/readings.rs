//! What was read once and kept: the same log with and without, whatever happens to it.

use crate::Outcome;
use crate::events::{START, event, exported, folder, folder_in_memory, line, new_log, newer_line, series};
use crate::opening::raw;
use proptest::prelude::*;
use sqlx::Connection;
use std::path::Path;
use supple_core::event::upcast::Entry;
use supple_store::{Log, Store};

/// Lines that a reading has.
const LINES: u64 = 512;

/// Every line of the released shapes again and again, each time as other events.
fn lines(count: u64) -> Vec<String> {
    let golden = [
        include_str!("../../../supple-core/tests/it/golden/v1.jsonl"),
        include_str!("../../../supple-core/tests/it/golden/v2.jsonl"),
        include_str!("../../../supple-core/tests/it/golden/v3.jsonl"),
        include_str!("../../../supple-core/tests/it/golden/v4.jsonl"),
    ];
    let bodies: Vec<serde_json::Value> = golden
        .iter()
        .flat_map(|file| file.lines())
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|event| event["id"].is_string() && event["body"].is_object())
        .collect();
    assert!(bodies.len() > 30, "the golden logs are where this test looks for them");
    let again = |(seq, event): (u64, &serde_json::Value)| {
        let mut event = event.clone();
        event["id"] = format!("tablet-{seq}").into();
        event["device"] = "tablet".into();
        event["seq"] = seq.into();
        event["logical_ms"] = (START + i64::try_from(seq).expect("few")).into();
        event.to_string()
    };
    (1..=count).zip(bodies.iter().cycle()).map(again).collect()
}

/// The log as a program finds it that has kept nothing.
async fn read_as_text(path: &Path) -> Result<Log, Box<dyn std::error::Error>> {
    let folder = folder_in_memory();
    let copy = folder.path().join("copy.db");
    let mut conn = raw(path).await;
    sqlx::query("VACUUM INTO $1").bind(copy.to_str().expect("a path")).execute(&mut conn).await?;
    conn.close().await?;
    let mut conn = raw(&copy).await;
    sqlx::raw_sql("DELETE FROM readings").execute(&mut conn).await?;
    conn.close().await?;
    let store = Store::open(&copy, String::new()).await?;
    let log = store.load().await?;
    store.close().await;
    Ok(log)
}

fn texts(log: &Log) -> Vec<String> {
    log.entries.iter().map(Entry::to_line).collect()
}

async fn kept(store: &Store) -> i64 {
    let mut conn = raw(store.path()).await;
    let kept = sqlx::query_scalar("SELECT COUNT(*) FROM readings").fetch_one(&mut conn).await.expect("a number");
    conn.close().await.expect("closed");
    kept
}

async fn assert_same(store: &Store) -> Outcome {
    let (log, text) = (store.load().await?, read_as_text(store.path()).await?);
    assert_eq!(texts(&log), texts(&text));
    assert_eq!(log, text);
    Ok(())
}

async fn long_log(folder: &Path, count: u64) -> Result<Store, Box<dyn std::error::Error>> {
    let store = new_log(folder, "phone").await;
    store.receive(&lines(count)).await?;
    Ok(store)
}

#[tokio::test]
async fn a_long_log_is_the_same_from_what_was_read_before() -> Outcome {
    let folder = folder();
    let store = long_log(folder.path(), 2 * LINES + 100).await?;
    assert_eq!(store.keep_readings().await?, 2 * LINES);
    assert_eq!(store.keep_readings().await?, 0, "nothing is kept twice");
    assert_same(&store).await?;
    // Later ones, earlier ones of another device, one that cannot be read, and one that claims a place that is taken.
    store.append(&store.version().await?, &[event("phone", 1, START + 9_000_000, "later")]).await?;
    store.receive(&series("laptop", 20).iter().map(line).collect::<Vec<_>>()).await?;
    store.receive(&[newer_line("laptop", 21, START + 300)]).await?;
    let taken = format!("{}\n{}\nbroken\n", line(&event("desk", 1, START, "x")), newer_line("tablet", 7, START + 7));
    let _ = store.import(taken.as_bytes()).await;
    assert_same(&store).await?;
    assert_eq!(store.verify().await?.problems, vec![]);
    store.receive(&series("watch", LINES).iter().map(line).collect::<Vec<_>>()).await?;
    assert_eq!(store.keep_readings().await?, LINES);
    assert_same(&store).await
}

#[tokio::test]
async fn what_is_damaged_or_of_another_program_is_not_used_and_made_again() -> Outcome {
    let folder = folder();
    let store = long_log(folder.path(), 3 * LINES).await?;
    store.keep_readings().await?;
    for harm in [
        "UPDATE readings SET packed = zeroblob(length(packed)) WHERE upto = 512",
        "UPDATE readings SET packed = substr(packed, 1, length(packed) - 1) WHERE upto = 1024",
        "UPDATE readings SET packed = (SELECT packed FROM readings WHERE upto = 512), sum = (SELECT sum FROM readings \
            WHERE upto = 512) WHERE upto = 1536",
        "UPDATE readings SET sum = sum + 1 WHERE upto = 1536",
        "UPDATE readings SET program = 'another'",
        "DELETE FROM readings WHERE upto = 512",
    ] {
        let mut conn = raw(store.path()).await;
        sqlx::raw_sql(harm).execute(&mut conn).await?;
        conn.close().await?;
        assert_same(&store).await?;
        assert!(store.keep_readings().await? >= LINES, "{harm}");
        assert_eq!(kept(&store).await, 3);
        assert_same(&store).await?;
    }
    Ok(())
}

#[tokio::test]
async fn erasing_and_rebuilding_leave_nothing_that_was_read() -> Outcome {
    let folder = folder();
    let store = long_log(folder.path(), LINES + 1).await?;
    store.keep_readings().await?;
    assert_eq!(kept(&store).await, 1);
    store.rebuild().await?;
    assert_eq!(kept(&store).await, 0, "lines may have other rows now");
    assert_same(&store).await?;
    assert_eq!(store.keep_readings().await?, LINES);
    let before = exported(&store).await;
    store.erase(&store.epoch().await?, "new").await?;
    assert_eq!(kept(&store).await, 0);
    assert!(before.len() > 1000);
    let file = std::fs::read(store.path())?;
    assert!(!file.windows(9).any(|bytes| bytes == b"tablet-37"), "no byte of it is left");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn in_whatever_order_lines_come_and_whenever_they_are_kept(
        seed in any::<u64>(),
        stops in prop::collection::vec(1usize..700, 1..4),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let folder = folder_in_memory();
            let store = new_log(folder.path(), "phone").await;
            let mut lines = lines(1300);
            // Any order: each line's place is drawn from the seed.
            let mut dice = seed | 1;
            lines.sort_by_cached_key(|_| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                dice >> 17
            });
            let mut rest = lines.as_slice();
            for stop in stops {
                let (some, others) = rest.split_at(stop.min(rest.len()));
                store.receive(some).await.expect("received");
                store.keep_readings().await.expect("kept");
                rest = others;
            }
            store.receive(rest).await.expect("received");
            assert_same(&store).await.expect("the same");
            let again = Store::open(store.path(), String::new()).await.expect("opened");
            assert_eq!(supple_core::state::fold(&again.load().await.expect("a log").entries), {
                let text = read_as_text(store.path()).await.expect("a log");
                supple_core::state::fold(&text.entries)
            });
        });
    }
}
