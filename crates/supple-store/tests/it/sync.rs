//! Which events does each side lack: the laws of the pure function, and two real logs.

use crate::Outcome;
use crate::events::{exported, folder, line, new_log, series};
use proptest::collection::btree_map;
use proptest::prelude::*;
use supple_core::sorted::SortedMap;
use supple_core::sync::{Missing, Span, Summary, diff};
use supple_store::Version;

fn summary() -> impl Strategy<Value = Summary> {
    btree_map("[a-d]", prop_oneof![0u64..6, Just(u64::MAX)], 0..4)
        .prop_map(|series| Summary::from(SortedMap::from(series)))
}

fn after(mut held: Summary, spans: &[Span]) -> Summary {
    for span in spans {
        held.take(span);
    }
    held
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_the_exchange_both_hold_the_same_and_nothing_is_missing(ours in summary(), theirs in summary()) {
        let missing = diff(&ours, &theirs);
        let (we, they) = (after(ours, &missing.ask), after(theirs, &missing.send));
        prop_assert_eq!(&we, &they);
        prop_assert_eq!(diff(&we, &they), Missing::default());
    }

    #[test]
    fn what_one_side_sends_the_other_asks_for(ours in summary(), theirs in summary()) {
        let (here, there) = (diff(&ours, &theirs), diff(&theirs, &ours));
        prop_assert_eq!((here.send, here.ask), (there.ask, there.send));
    }

    #[test]
    fn spans_may_come_in_any_order_and_twice(
        (ours, theirs, spans) in (summary(), summary()).prop_flat_map(|(ours, theirs)| {
            let asked = diff(&ours, &theirs).ask;
            let twice = [asked.clone(), asked].concat();
            (Just(ours), Just(theirs), Just(twice).prop_shuffle())
        })
    ) {
        let once = after(ours.clone(), &diff(&ours, &theirs).ask);
        prop_assert_eq!(after(ours, &spans), once);
    }

    #[test]
    fn three_devices_agree_whoever_meets_first(mut held in proptest::array::uniform3(summary()), order in Just([(0, 1), (1, 2), (0, 2)]).prop_shuffle()) {
        for (a, b) in order.into_iter().chain(order) {
            let missing = diff(&held[a], &held[b]);
            held[a] = after(held[a].clone(), &missing.ask);
            held[b] = after(held[b].clone(), &missing.send);
        }
        prop_assert_eq!(&held[0], &held[1]);
        prop_assert_eq!(&held[1], &held[2]);
    }

    #[test]
    fn a_summary_survives_the_wire(held in summary()) {
        let wire = serde_json::to_string(&held)?;
        prop_assert_eq!(serde_json::from_str::<Summary>(&wire)?, held);
    }
}

#[test]
fn a_span_behind_a_gap_is_not_counted() {
    let span = |from, to| Span { device: "a".into(), from, to };
    let held: Summary = [("a", 3)].into_iter().collect();
    assert_eq!(after(held.clone(), &[span(5, 9)]), held);
    assert_eq!(after(held.clone(), &[span(1, 2)]), held);
    assert_eq!(after(held.clone(), &[span(2, 9)]).up_to("a"), 9);
    assert_eq!(after(held, &[span(4, 9), span(5, 5)]).iter().collect::<Vec<_>>(), [("a", 9)]);
    assert_eq!(Summary::default().up_to("a"), 0);
}

#[tokio::test]
async fn two_logs_exchange_and_are_the_same_byte_for_byte() -> Outcome {
    let folder = folder();
    let (phone, laptop) = (new_log(folder.path(), "phone").await, new_log(folder.path(), "laptop").await);
    phone.append(&Version::default(), &series("phone", 6)).await?;
    laptop.append(&Version::default(), &series("laptop", 3)).await?;
    // The phone has already seen two of the laptop's, one of them behind a gap.
    phone.receive(&[line(&series("laptop", 1)[0]), line(&series("laptop", 3)[2])]).await?;
    let missing = diff(&phone.summary().await?, &laptop.summary().await?);
    for span in &missing.send {
        laptop.receive(&phone.lines(span).await?).await?;
    }
    for span in &missing.ask {
        phone.receive(&laptop.lines(span).await?).await?;
    }
    assert_eq!(exported(&phone).await, exported(&laptop).await);
    assert_eq!(phone.summary().await?, laptop.summary().await?);
    assert_eq!(phone.version().await?, laptop.version().await?);
    Ok(())
}
