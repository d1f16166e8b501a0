//! Addresses for calendars: given out, found by their secret alone, taken back.

use jiff::Timestamp;
use supple_store::{FeedShows, Store};

#[tokio::test]
async fn an_address_is_found_by_its_secret_until_it_is_taken_back() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("log.db");
    let store = Store::open(&path, "phone".into()).await?;
    let since: Timestamp = "2026-11-22T17:00:00Z".parse()?;
    let shows = FeedShows { zone: "Europe/Berlin".to_owned(), detail: true, alarm_minutes: Some(15) };
    let quiet = FeedShows { zone: "UTC".to_owned(), detail: false, alarm_minutes: None };
    store.add_feed(&[1; 32], since, &shows).await?;
    store.add_feed(&[2; 32], since, &quiet).await?;
    store.close().await;

    let store = Store::open(&path, "other".into()).await?;
    let found = store.feed(&[1; 32]).await?.ok_or("the address is known")?;
    assert_eq!((found.number, found.since, &found.shows), (1, since, &shows));
    assert_eq!(store.feed(&[2; 32]).await?.map(|feed| feed.shows), Some(quiet));
    assert_eq!(store.feed(&[3; 32]).await?, None);
    assert!(store.remove_feed(1).await? && !store.remove_feed(1).await?);
    assert_eq!(store.feed(&[1; 32]).await?, None);
    assert_eq!(store.feeds().await?.len(), 1);
    store.add_feed(&[4; 32], since, &shows).await?;
    assert_eq!(store.feeds().await?.last().map(|feed| feed.number), Some(3), "a number is never given again");
    assert!(store.add_feed(&[4; 32], since, &shows).await.is_err(), "a secret is nobody else's");
    let epoch = store.epoch().await?;
    store.erase(&epoch, "anew").await?;
    assert_eq!(store.feed(&[4; 32]).await?, None, "erasing everything takes every address back");
    Ok(())
}
