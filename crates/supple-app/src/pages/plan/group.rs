//! Left and right of the same thing, one after the other, are read and changed as one.

use std::ops::Range;
use supple_core::dose::Dose;

/// Blocks that differ in their side only, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which of the doses.
    pub range: Range<usize>,
}

impl Group {
    /// Its name in forms and addresses: the technique and the side it begins with. Unlike a number it still means the
    /// same when the plan has changed meanwhile.
    pub fn key(&self, doses: &[Dose]) -> String {
        let first = &doses[self.range.start];
        format!("{}.{}", first.technique, first.side)
    }
}

/// The groups of a session, in order.
pub fn groups(doses: &[Dose]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, dose) in doses.iter().enumerate() {
        match groups.last_mut() {
            Some(group) if same_but_side(&doses[group.range.clone()], dose) => group.range.end = index + 1,
            _ => groups.push(Group { range: index..index + 1 }),
        }
    }
    groups
}

fn same_but_side(group: &[Dose], dose: &Dose) -> bool {
    group.iter().all(|known| known.side != dose.side && Dose { side: known.side, ..dose.clone() } == *known)
}
