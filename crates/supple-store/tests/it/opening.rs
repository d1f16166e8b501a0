//! Files that are older, newer, another program's, cut off or gone.

use crate::Outcome;
use crate::events::{START, event, exported, folder, line, new_log, series};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};
use supple_store::{Error, Store, Version};

/// Opens a file as any SQLite tool would.
pub async fn raw(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    SqliteConnection::connect_with(&options).await.expect("a SQLite file")
}

/// A log as the first step of the migrations left it, with events of the device "phone".
pub async fn old_log(path: &Path, events: u64) {
    let mut conn = raw(path).await;
    sqlx::raw_sql(include_str!("../../migrations/0001_log.sql")).execute(&mut conn).await.expect("the first step");
    let mut tx = conn.begin().await.expect("a transaction");
    sqlx::raw_sql("INSERT INTO devices VALUES ('phone'); INSERT INTO this_file VALUES (1, 'phone')")
        .execute(&mut *tx)
        .await
        .expect("a device");
    for event in series("phone", events) {
        sqlx::query("INSERT INTO events (device, seq, id, logical_ms, line) VALUES ($1, $2, $3, $4, $5)")
            .bind(&event.device)
            .bind(i64::try_from(event.seq).expect("small"))
            .bind(&event.id)
            .bind(event.logical_ms)
            .bind(line(&event))
            .execute(&mut *tx)
            .await
            .expect("an event");
    }
    tx.commit().await.expect("a commit");
    conn.close().await.expect("closed");
}

/// Version and number of events, as any SQLite tool would see them.
pub async fn version_and_events(path: &Path) -> (i64, i64) {
    let mut conn = raw(path).await;
    let version = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut conn).await.expect("a version");
    let events = sqlx::query_scalar("SELECT COUNT(*) FROM events").fetch_one(&mut conn).await.expect("a count");
    conn.close().await.expect("closed");
    (version, events)
}

/// The names of the copies beside a log.
pub fn copies(log: &Path) -> Vec<String> {
    let folder = log.parent().expect("a folder");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().into_string().expect("text"))
        .filter(|name| name.contains(".bak"))
        .collect();
    names.sort();
    names
}

async fn refused(path: &Path) -> Error {
    Store::open(path, "phone".into()).await.expect_err("it must be refused")
}

#[tokio::test]
async fn a_file_keeps_its_own_device() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    let store = Store::open(&path, "first".into()).await?;
    assert_eq!((store.device(), store.path()), ("first", path.as_path()));
    store.close().await;
    assert_eq!(Store::open(&path, "second".into()).await?.device(), "first");
    let left: Vec<_> = fs::read_dir(folder.path())?.flatten().map(|f| f.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".new-")), "{left:?}");
    Ok(())
}

/// It says how a person's body is.
#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_a_log_and_its_copies() -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    old_log(&folder.path().join("old.db"), 1).await;
    fs::set_permissions(folder.path().join("old.db"), fs::Permissions::from_mode(0o600))?;
    let old = Store::open(folder.path().join("old.db"), "phone".into()).await?;
    let new = new_log(folder.path(), "phone").await;
    for store in [&old, &new] {
        let next = event("phone", store.next_seq().await?, START + 9, "");
        store.append(&store.version().await?, &[next]).await?;
    }
    let files: Vec<_> = fs::read_dir(folder.path())?.collect::<Result<_, _>>()?;
    assert!(files.len() >= 5, "two logs, a copy and what SQLite keeps beside them: {files:?}");
    for file in files {
        assert_eq!(file.metadata()?.permissions().mode() & 0o777, 0o600, "{file:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_older_file_is_copied_and_brought_up_to_date() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    old_log(&path, 5).await;
    let store = Store::open(&path, "other".into()).await?;
    assert_eq!(store.load().await?.head.as_deref(), Some("phone-5"));
    assert_eq!((store.device(), store.next_seq().await?), ("phone", 6));
    assert!(store.verify().await?.is_sound());
    store.close().await;
    assert_eq!(copies(&path), ["log.db.before-2.bak"]);
    let copy = folder.path().join("log.db.before-2.bak");
    assert_eq!(version_and_events(&copy).await, (1, 5));
    // The copy is a log: put back, it opens.
    fs::rename(&copy, &path)?;
    assert!(Store::open(&path, "other".into()).await?.verify().await?.is_sound());
    Ok(())
}

#[tokio::test]
async fn an_older_copy_is_never_overwritten() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    fs::write(folder.path().join("log.db.before-2.bak"), "somebody's")?;
    fs::write(folder.path().join("log.db.before-2.bak.part"), "what a crash left")?;
    old_log(&path, 5).await;
    let template = fs::read(&path)?;
    Store::open(&path, "phone".into()).await?.close().await;
    assert_eq!(copies(&path), ["log.db.before-2.2.bak", "log.db.before-2.bak"]);
    assert_eq!(fs::read(folder.path().join("log.db.before-2.bak"))?, b"somebody's");
    // A second try with the same log, as after a crash before the commit, needs no third copy.
    fs::write(&path, template)?;
    Store::open(&path, "phone".into()).await?.close().await;
    assert_eq!(copies(&path), ["log.db.before-2.2.bak", "log.db.before-2.bak"]);
    Ok(())
}

#[tokio::test]
async fn a_newer_file_is_refused_and_left_as_it_is() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    let version = store.append(&Version::default(), &series("phone", 3)).await?;
    let path = store.path().to_owned();
    // While the older program has it open, a newer one migrates.
    let mut newer = raw(&path).await;
    sqlx::raw_sql("PRAGMA user_version = 99").execute(&mut newer).await?;
    newer.close().await?;
    let open_one = store.append(&version, &[event("phone", 4, i64::from(i32::MAX), "")]).await;
    assert!(matches!(open_one, Err(Error::NewerFile { file: 99, program: 5 })));
    store.close().await;
    let before = fs::read(&path)?;
    let error = refused(&path).await;
    assert_eq!(error.to_string(), "the file has schema 99, this program reads up to 5; nothing was changed");
    assert_eq!(error.next_step(), "Update Supple, then open it again.");
    assert_eq!(fs::read(&path)?, before);
    assert!(copies(&path).is_empty());
    Ok(())
}

#[tokio::test]
async fn another_programs_file_is_refused_and_left_as_it_is() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    let mut conn = raw(&path).await;
    sqlx::raw_sql("CREATE TABLE bookmarks (url TEXT)").execute(&mut conn).await?;
    conn.close().await?;
    let before = fs::read(&path)?;
    assert!(matches!(refused(&path).await, Error::NotALog { found: 0 }));
    assert_eq!(fs::read(&path)?, before);
    assert!(matches!(refused(folder.path()).await, Error::NotAFile));
    let below_a_file = path.join("below/log.db");
    assert!(matches!(refused(&below_a_file).await, Error::File { .. }));
    Ok(())
}

#[tokio::test]
async fn a_truncated_file_is_named_damaged() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "phone").await;
    store.append(&Version::default(), &series("phone", 500)).await?;
    let path = store.path().to_owned();
    store.close().await;
    let whole = fs::read(&path)?;
    for keep in [0, 10, 99, 100, 511, 4096, 5000, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        fs::write(&path, &whole[..keep])?;
        let error = Store::open(&path, "phone".into()).await.expect_err(&format!("{keep} bytes"));
        assert!(matches!(error, Error::Damaged { .. }), "{keep} of {} bytes: {error:?}", whole.len());
        assert!(error.next_step().contains(".bak"));
        assert_eq!(fs::read(&path)?, whole[..keep], "a damaged file is left as it is");
    }
    fs::write(&path, "my diary\n".repeat(1000))?;
    assert!(matches!(refused(&path).await, Error::Damaged { .. }));
    Ok(())
}

#[tokio::test]
async fn a_log_that_is_gone_is_not_replaced_while_its_last_events_are_there() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    let wal: PathBuf = folder.path().join("log.db-wal");
    fs::write(&wal, "acknowledged")?;
    let error = refused(&path).await;
    assert!(matches!(&error, Error::LogMissing { leftover } if *leftover == wal), "{error:?}");
    assert!(!path.exists() && wal.exists());
    Ok(())
}

#[tokio::test]
async fn many_may_begin_the_same_log_at_once() -> Outcome {
    let folder = folder();
    let path = folder.path().join("log.db");
    let opened: Vec<_> = (0..8).map(|n| tokio::spawn(Store::open(path.clone(), format!("device {n}")))).collect();
    let mut devices = Vec::new();
    for one in opened {
        devices.push(one.await??.device().to_owned());
    }
    devices.dedup();
    assert_eq!(devices.len(), 1, "one of them began it: {devices:?}");
    assert!(exported(&Store::open(&path, "late".into()).await?).await.is_empty());
    Ok(())
}
