//! Sorted maps and sets do what the standard library's do.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use supple_core::sorted::{SortedMap, SortedSet};

#[derive(Debug, Clone)]
enum Act {
    Insert(u8, u16),
    Remove(u8),
    AddOne(u8),
    Keep(u8),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (any::<u8>(), any::<u16>()).prop_map(|(key, value)| Act::Insert(key, value)),
        2 => any::<u8>().prop_map(Act::Remove),
        2 => any::<u8>().prop_map(Act::AddOne),
        1 => (1_u8..5).prop_map(Act::Keep),
    ]
}

proptest! {
    #[test]
    fn a_sorted_map_is_a_b_tree_map(acts in proptest::collection::vec(act(), 0..200), asked in any::<u8>()) {
        let (mut sorted, mut tree) = (SortedMap::new(), BTreeMap::new());
        for act in acts {
            match act {
                Act::Insert(key, value) => prop_assert_eq!(sorted.insert(key, value), tree.insert(key, value)),
                Act::Remove(key) => prop_assert_eq!(sorted.remove(&key), tree.remove(&key)),
                Act::AddOne(key) => {
                    let here = sorted.get_or_default(key);
                    *here = here.wrapping_add(1);
                    let there: &mut u16 = tree.entry(key).or_default();
                    *there = there.wrapping_add(1);
                }
                Act::Keep(part) => {
                    sorted.retain(|key, _| key % part != 0);
                    tree.retain(|key, _| key % part != 0);
                }
            }
            prop_assert_eq!(sorted.len(), tree.len());
        }
        prop_assert!(sorted.iter().eq(tree.iter()));
        prop_assert!(sorted.keys().eq(tree.keys()) && sorted.values().eq(tree.values()));
        prop_assert_eq!(sorted.get(&asked), tree.get(&asked));
        prop_assert_eq!(sorted.contains_key(&asked), tree.contains_key(&asked));
        prop_assert_eq!(sorted.last_key_value(), tree.last_key_value());
        prop_assert_eq!(&SortedMap::from(tree.clone()), &sorted);
        let json = serde_json::to_string(&tree).unwrap();
        prop_assert_eq!(&serde_json::to_string(&sorted).unwrap(), &json);
        prop_assert_eq!(serde_json::from_str::<SortedMap<u8, u16>>(&json).unwrap(), sorted);
    }

    #[test]
    fn a_sorted_set_is_a_b_tree_set(members in proptest::collection::vec(any::<u8>(), 0..100), asked in any::<u8>()) {
        let mut sorted = members.iter().copied().collect::<SortedSet<u8>>();
        let mut tree = members.into_iter().collect::<BTreeSet<u8>>();
        prop_assert!(sorted.iter().eq(tree.iter()));
        prop_assert_eq!(sorted.contains(&asked), tree.contains(&asked));
        prop_assert_eq!(sorted.insert(asked), tree.insert(asked));
        prop_assert_eq!(sorted.len(), tree.len());
        let json = serde_json::to_string(&tree).unwrap();
        prop_assert_eq!(&serde_json::from_str::<SortedSet<u8>>(&json).unwrap(), &sorted);
        prop_assert_eq!(sorted.remove(&asked), tree.remove(&asked));
    }
}
