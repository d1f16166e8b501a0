//! Which contrasts can be pooled, and why the others cannot.

use crate::cli::{Common, print_json, print_line};
use crate::shell::Outcome;
use crate::shell::page::count;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use supple_core::knowledge::Basis;
use supple_core::learn::{NotPoolable, PRE_POST_CORRELATION, Poolable, contrasts};

pub fn run(common: &Common) -> Outcome {
    let all: Vec<_> = contrasts(supple_knowledge::trials(), PRE_POST_CORRELATION).collect();
    if common.json {
        let rows: Vec<_> = all
            .iter()
            .map(|(trial, contrast, found)| match found {
                Ok(p) => json!({
                    "id": contrast.id, "trial_id": trial, "poolable": true, "basis": p.basis.id(),
                    "basis_derived": p.derived, "outcome_class": contrast.outcome_class,
                    "yi": p.effect.y, "vi": p.effect.v,
                }),
                Err(reason) => json!({
                    "id": contrast.id, "trial_id": trial, "poolable": false, "reason": reason.words(),
                }),
            })
            .collect();
        return print_json(&rows);
    }
    print_line(words(&all).trim_end())
}

type Found<'t> = (&'t str, &'t supple_core::knowledge::Contrast, Result<Poolable<'t>, NotPoolable>);

/// "1 study", "18 studies", one as wide as the other.
fn in_studies(number: usize) -> String {
    format!("{:<10}", count(number as u64, "study", "studies"))
}

fn words(all: &[Found]) -> String {
    let poolable: Vec<&Poolable> = all.iter().filter_map(|(_, _, found)| found.as_ref().ok()).collect();
    let studies = |rows: &[&Poolable]| rows.iter().map(|row| row.trial_id).collect::<BTreeSet<_>>().len();
    let in_all = all.iter().map(|(trial, ..)| trial).collect::<BTreeSet<_>>().len();
    let mut text = format!(
        "{} of {} contrasts, from {} of {in_all} studies, can be pooled: {} of them with a derived basis.\n",
        poolable.len(),
        all.len(),
        studies(&poolable),
        poolable.iter().filter(|row| row.derived).count(),
    );
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\nBy what they are measured against");
    for basis in Basis::ALL {
        let rows: Vec<&Poolable> = poolable.iter().copied().filter(|row| row.basis == basis).collect();
        let _ = writeln!(text, "  {:>3}  in {}  {}", rows.len(), in_studies(studies(&rows)), basis.id());
    }
    let _ = writeln!(text, "\nBy outcome");
    let classes: BTreeSet<&str> = poolable.iter().map(|row| row.contrast.outcome_class.as_str()).collect();
    for class in classes {
        let rows: Vec<&Poolable> =
            poolable.iter().copied().filter(|row| row.contrast.outcome_class == class).collect();
        let _ = writeln!(text, "  {:>3}  in {}  {class}", rows.len(), in_studies(studies(&rows)));
    }
    let mut reasons = BTreeMap::<NotPoolable, usize>::new();
    for reason in all.iter().filter_map(|(_, _, found)| found.as_ref().err()) {
        *reasons.entry(*reason).or_default() += 1;
    }
    let _ = writeln!(text, "\nNot poolable");
    for (reason, count) in reasons {
        let _ = writeln!(text, "  {count:>3}  {}", reason.words());
    }
    text
}
