//! What a check finds, and what a rebuild mends.

use crate::Outcome;
use crate::events::{START, event, exported, folder, line, new_log, newer_line, series};
use crate::opening::raw;
use sqlx::Connection;
use supple_store::{Error, Problem, Report, Store, Version};

/// A log with a bit of everything, closed.
async fn full_log(folder: &std::path::Path) -> Result<(std::path::PathBuf, Vec<u8>), Box<dyn std::error::Error>> {
    let store = new_log(folder, "phone").await;
    store.append(&Version::default(), &series("phone", 3)).await?;
    let file = format!("{}\n{}\nbroken\n", line(&series("laptop", 1)[0]), newer_line("laptop", 2, START + 7));
    store.import(file.as_bytes()).await?;
    let sound = Report { events: 5, unreadable: 1, set_aside: 1, problems: vec![] };
    assert_eq!(store.verify().await?, sound);
    let (path, out) = (store.path().to_owned(), exported(&store).await);
    store.close().await;
    Ok((path, out))
}

async fn meddle(path: &std::path::Path, sql: &'static str) -> Outcome {
    let mut conn = raw(path).await;
    sqlx::raw_sql(sql).execute(&mut conn).await?;
    Ok(conn.close().await?)
}

#[tokio::test]
async fn the_log_refuses_to_change_or_lose_a_line() -> Outcome {
    let folder = folder();
    let (path, out) = full_log(folder.path()).await?;
    for sql in [
        "UPDATE events SET line = ''",
        "UPDATE set_aside SET line = x''",
        "DELETE FROM events",
        "DELETE FROM set_aside",
    ] {
        let refused = meddle(&path, sql).await.expect_err(sql);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    assert_eq!(exported(&Store::open(&path, String::new()).await?).await, out);
    Ok(())
}

#[tokio::test]
async fn a_rebuild_makes_columns_indexes_and_guards_again() -> Outcome {
    let folder = folder();
    let (path, out) = full_log(folder.path()).await?;
    meddle(
        &path,
        "DROP TRIGGER events_never_change; DROP TRIGGER set_aside_never_goes; DROP INDEX events_in_fold_order;
         UPDATE events SET logical_ms = 5, id = 'x' WHERE device = 'phone' AND seq = 2;
         UPDATE events SET seq = 7 WHERE device = 'laptop' AND seq = 2;",
    )
    .await?;
    let store = Store::open(&path, String::new()).await?;
    let report = store.verify().await?;
    assert!(!report.is_sound() && !report.can_be_rebuilt(), "a gap is no rebuild's business: {report:?}");
    for problem in [
        Problem::Columns { device: "phone".into(), seq: 2 },
        Problem::Columns { device: "laptop".into(), seq: 7 },
        Problem::Gap { device: "laptop".into(), from: 2, to: 6 },
        Problem::Schema("index events_in_fold_order".into()),
        Problem::Schema("trigger events_never_change".into()),
        Problem::Schema("trigger set_aside_never_goes".into()),
    ] {
        assert!(report.problems.contains(&problem), "{problem} is missing in {report:?}");
    }
    let rebuilt = store.rebuild().await?;
    assert_eq!(rebuilt.lines, 6);
    assert_eq!(rebuilt.report, Report { events: 5, unreadable: 1, set_aside: 1, problems: vec![] });
    assert_eq!(exported(&store).await, out);
    assert_eq!((store.device(), store.next_seq().await?), ("phone", 4));
    // It goes on, also in a process that had it open.
    store.append(&store.version().await?, &[event("phone", 4, START + 9, "")]).await?;
    let head = store.head().await?;
    assert_eq!(head.as_deref(), Some("phone-4"));
    Ok(())
}

#[tokio::test]
async fn a_rebuild_finds_the_place_of_a_line_and_never_loses_one_whose_place_is_taken() -> Outcome {
    let folder = folder();
    let (path, out) = full_log(folder.path()).await?;
    // An event among the lines set aside, as an older program may have left it; and a second truth.
    meddle(
        &path,
        "INSERT INTO set_aside (logical_ms, device, seq, line)
            SELECT 0, '', 0, CAST(REPLACE(REPLACE(line, '\"seq\":3', '\"seq\":4'), 'phone-3', 'phone-4') AS BLOB)
            FROM events WHERE device = 'phone' AND seq = 3;
         INSERT INTO set_aside (logical_ms, device, seq, line)
            SELECT 0, '', 0, CAST(REPLACE(line, 'Gr', 'gr') AS BLOB) FROM events WHERE device = 'phone' AND seq = 3;",
    )
    .await?;
    let store = Store::open(&path, String::new()).await?;
    let decided_on = store.version().await?;
    let rebuilt = store.rebuild().await?;
    assert_eq!(rebuilt.lines, 8);
    assert_eq!((rebuilt.report.events, rebuilt.report.set_aside), (6, 2));
    assert!(rebuilt.report.is_sound(), "{:?}", rebuilt.report);
    // As many lines as before and the same head, but one more of them counts.
    let refused = store.append(&decided_on, &[event("phone", 5, START + 9, "")]).await;
    assert!(matches!(refused, Err(Error::HeadMoved { found, .. }) if found.head() == decided_on.head()));
    let now = exported(&store).await;
    for old in out.split(|&b| b == b'\n') {
        assert!(now.split(|&b| b == b'\n').any(|line| line == old));
    }
    let unreadable: Vec<_> = store
        .load()
        .await?
        .entries
        .into_iter()
        .filter_map(|entry| match entry {
            supple_core::event::upcast::Entry::Unreadable(entry) => Some(entry.why),
            supple_core::event::upcast::Entry::Read(_) => None,
        })
        .collect();
    assert!(unreadable.iter().any(|why| why.contains("another line has its number")), "{unreadable:?}");
    Ok(())
}

#[tokio::test]
async fn a_gap_is_named_and_healed_by_who_has_the_events() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    let lines: Vec<String> = series("laptop", 9).iter().map(line).collect();
    store.receive(&[&lines[1], &lines[4], &lines[8]]).await?;
    let gap = |from, to| Problem::Gap { device: "laptop".into(), from, to };
    assert_eq!(store.verify().await?.problems, [gap(1, 1), gap(3, 4), gap(6, 8)]);
    assert_eq!(store.summary().await?.up_to("laptop"), 0);
    store.receive(&lines[..3]).await?;
    assert_eq!(store.summary().await?.up_to("laptop"), 3);
    store.receive(&lines).await?;
    assert!(store.verify().await?.is_sound());
    assert_eq!(store.summary().await?.up_to("laptop"), 9);
    Ok(())
}

#[tokio::test]
async fn damage_inside_the_file_is_found() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    store.append(&Version::default(), &series("phone", 400)).await?;
    let path = store.path().to_owned();
    store.close().await;
    let mut bytes = std::fs::read(&path)?;
    let middle = bytes.len() / 2;
    bytes[middle..middle + 6000].fill(0xA5);
    std::fs::write(&path, bytes)?;
    // SQLite may stop at once or report; it must never be sound.
    match Store::open(&path, String::new()).await {
        Ok(store) => assert!(!matches!(store.verify().await, Ok(report) if report.is_sound())),
        Err(error) => assert!(matches!(error, Error::Damaged { .. }), "{error}"),
    }
    Ok(())
}
