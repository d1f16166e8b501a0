//! Who is let in.

use crate::Outcome;
use crate::events::{folder, new_log};
use jiff::{SignedDuration, Timestamp};

#[tokio::test]
async fn a_code_is_good_once_and_for_its_time() -> Outcome {
    let folder = folder();
    let store = new_log(folder.path(), "laptop").await;
    let now: Timestamp = "2026-11-22T18:00:00Z".parse()?;
    let expires = now + SignedDuration::from_mins(10);
    store.offer_pairing(&[1; 32], now, expires).await?;
    assert!(!store.pair(&[9; 32], &[2; 32], "guess", now).await?, "another code");
    assert!(store.pair(&[1; 32], &[2; 32], "phone", now).await?);
    assert!(!store.pair(&[1; 32], &[3; 32], "thief", now).await?, "used");
    // On both sides of the bound.
    store.offer_pairing(&[4; 32], now, expires).await?;
    assert!(!store.pair(&[4; 32], &[5; 32], "late", expires).await?);
    store.offer_pairing(&[4; 32], now, expires).await?;
    assert!(store.pair(&[4; 32], &[5; 32], "in time", expires - SignedDuration::from_millis(1)).await?);
    // A later code clears those that nobody used.
    store.offer_pairing(&[6; 32], now, expires).await?;
    store.offer_pairing(&[7; 32], expires, expires + SignedDuration::from_mins(10)).await?;
    assert!(!store.pair(&[6; 32], &[8; 32], "too late", now).await?, "it is gone");

    let paired: Vec<_> = store.paired().await?.into_iter().map(|p| (p.number, p.name, p.hash[0], p.since)).collect();
    assert_eq!(paired[0], (1, "phone".into(), 2, now));
    assert_eq!((paired.len(), paired[1].1.as_str()), (2, "in time"));
    assert!(store.revoke_pairing(1).await? && !store.revoke_pairing(1).await?);
    assert_eq!(store.paired().await?.len(), 1);
    Ok(())
}
