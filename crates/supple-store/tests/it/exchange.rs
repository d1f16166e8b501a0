//! Lines from another device: no gaps, no second truth, nothing twice.

use crate::Outcome;
use crate::events::{event, exported, folder, line, new_log, newer_line, series};
use supple_store::{Error, Received, Version};

#[tokio::test]
async fn a_series_has_to_go_on_where_it_ends() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "laptop").await;
    let epoch = store.epoch().await?;
    let lines: Vec<String> = series("phone", 6).iter().map(line).collect();
    let gap = store.exchange(&epoch, &lines[2..4]).await.expect_err("1 and 2 are missing");
    assert_eq!(
        gap.to_string(),
        "line 1: number 3 of device phone does not continue its series, the next one here is 1"
    );
    assert!(exported(&store).await.is_empty(), "all or none");
    // In any order within one exchange.
    let done = store.exchange(&epoch, &[&lines[1], &lines[0]]).await?;
    assert_eq!((done.received, done.entries.len()), (Received { new: 2, known: 0 }, 2));
    assert_eq!((done.version, done.last_logical_ms), (store.version().await?, store.load().await?.last_logical_ms));
    // An import may have left a gap; filling it is going on, and so is going on after what lay behind it.
    store.receive(&[&lines[4]]).await?;
    store.exchange(&epoch, &[&lines[2], &lines[3], &lines[5]]).await?;
    assert_eq!(store.summary().await?.up_to("phone"), 6);
    let again = store.exchange(&epoch, &lines).await?;
    assert_eq!((again.received, again.entries.len()), (Received { new: 0, known: 6 }, 0));
    Ok(())
}

#[tokio::test]
async fn another_truth_is_refused_and_what_cannot_be_read_is_kept() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "laptop").await;
    let epoch = store.epoch().await?;
    let newer = newer_line("phone", 2, 1_795_370_400_009);
    store.exchange(&epoch, &[line(&series("phone", 1)[0]), newer.clone()]).await?;
    let before = exported(&store).await;
    assert!(String::from_utf8(before.clone())?.contains(&newer), "byte for byte");
    let other = line(&event("phone", 1, 1, "something else"));
    let differs = store.exchange(&epoch, &[line(&event("tablet", 1, 5, "")), other]).await;
    assert!(matches!(&differs, Err(Error::AtLine { line: 2, source }) if matches!(**source, Error::Differs { .. })));
    let stray = store.exchange(&epoch, &["{}"]).await;
    assert!(matches!(&stray, Err(Error::AtLine { line: 1, source }) if matches!(**source, Error::NoFrame { .. })));
    assert_eq!(exported(&store).await, before, "nothing came in, nothing was lost");
    Ok(())
}

#[tokio::test]
async fn a_watch_sees_every_write_and_nothing_else() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "laptop").await;
    let mut watch = store.watch().await?;
    assert!(watch.changed().await?, "the first look");
    assert!(!watch.changed().await?);
    store.load().await?;
    assert!(!watch.changed().await?, "reading is no change");
    let version = store.append(&Version::default(), &series("laptop", 1)).await?;
    assert!(watch.changed().await? && !watch.changed().await?);
    let other = supple_store::Store::open(store.path(), "other".into()).await?;
    other.receive(&[line(&series("phone", 1)[0])]).await?;
    assert!(watch.changed().await?, "another handle's write");
    assert!(store.append(&version, &[event("laptop", 2, i64::MAX / 4096, "late")]).await.is_err());
    watch.forget();
    assert!(watch.changed().await?);
    Ok(())
}
