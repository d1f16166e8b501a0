//! What is expected of each measure: the gain of a second test, and what rolling adds.

use crate::shell::Failure;
use std::collections::BTreeSet;
use std::fmt::Write;
use supple_core::knowledge::{Expected, ExpectedFrom, MeasureKind};
use supple_core::learn::{
    PRE_POST_CORRELATION, PooledEffect, Predictor, Scale, SecondTests, Spreads, all_poolable, normal_quantile,
    smd_rows,
};
use supple_knowledge::{embedded, retests, reviews, trials};

/// The review whose result is expected of a kind of measure, its source id, and whether less of it is better. What is
/// typed here is which result counts, never how large it is.
fn review_of(kind: MeasureKind) -> (&'static str, &'static str, &'static str, bool) {
    match kind {
        MeasureKind::Reach => ("wilke2020", "ROM vs no exercise", "wilke_2020", false),
        MeasureKind::Pressure => ("zhou2024", "PPT immediately", "zhou_2024", false),
        MeasureKind::Rating => ("zhou2024", "VAS immediately", "zhou_2024", true),
        MeasureKind::Performance => ("wiewelhove2019", "pre-rolling jump", "wiewelhove_2019", false),
    }
}

const KINDS: [MeasureKind; 4] =
    [MeasureKind::Reach, MeasureKind::Pressure, MeasureKind::Rating, MeasureKind::Performance];

/// What is cited for it.
pub fn sources() -> Vec<&'static str> {
    let mut ids: BTreeSet<&str> = KINDS.iter().map(|kind| review_of(*kind).2).collect();
    ids.extend(retests().values().map(|retest| retest.source.as_str()));
    ids.insert("our_judgement");
    ids.into_iter().collect()
}

/// The tables `[measures.…]`.
pub fn tables() -> Result<String, Failure> {
    let measures = &embedded().measures;
    let few = || Failure::error("too few studies under knowledge/ to expect anything of a measure");
    let second = SecondTests::pool(retests(), measures, trials()).ok_or_else(few)?;
    let rows = smd_rows(&all_poolable(trials(), PRE_POST_CORRELATION));
    let predictor = Predictor::new(&rows, Scale::Smd, PRE_POST_CORRELATION, true);
    let tau = predictor.and_then(|predictor| predictor.spread()).map_err(|_| few())?;
    let spreads = Spreads::new(tau, trials(), measures).ok_or_else(few)?;
    let mut text = format!(
        "\n# By measure, in its own unit (percent of the first reading where `percent` stands); above zero is better.\n\
         # A second test by itself: {:.2} (sd between tests {:.2}) smallest real changes, pooled from {} tests.\n\
         # Rolling: spread between studies {:.2} sd, between people {:.2} of the mean.\n",
        second.pooled.mean,
        second.pooled.tau,
        second.studies.len(),
        spreads.studies,
        spreads.people,
    );
    // Writing to a string cannot fail.
    for (id, measure) in measures {
        let _ = writeln!(text, "\n[measures.{id}]");
        if measure.change_threshold.percent {
            text.push_str("percent = true\n");
        }
        let _ = writeln!(text, "retest = {}", written(&second.expected(id, measure)));
        let _ = writeln!(text, "effect = {}", written(&spreads.expected(pooled(measure.kind())?, measure)));
    }
    Ok(text)
}

fn written(expected: &Expected) -> String {
    let from = match expected.from {
        ExpectedFrom::SameTest => "same_test",
        ExpectedFrom::LikeTests => "like_tests",
        ExpectedFrom::Nothing => "nothing",
        ExpectedFrom::PooledStudies => "pooled_studies",
    };
    format!("{{ mean = {:.2}, sd = {:.2}, from = \"{from}\" }}", expected.mean, expected.sd)
}

/// A review's result with its standard error: from its interval, else from its p. Where neither is printed the error
/// is left out; what studies differ in is far larger.
fn pooled(kind: MeasureKind) -> Result<PooledEffect, Failure> {
    let (id, outcome, _, less_is_better) = review_of(kind);
    let found = reviews().get(id).and_then(|review| review.pooled.iter().find(|pooled| pooled.outcome == outcome));
    let Some((value, found)) = found.and_then(|found| Some((found.value?, found))) else {
        return Err(Failure::error(format!("knowledge/reviews/{id}.toml has no pooled `{outcome}`")));
    };
    let p = found.p.as_deref().and_then(supple_core::learn::exact_p);
    let se = match (found.ci_low, found.ci_high, p) {
        (Some(low), Some(high), _) => (high - low) / (2.0 * normal_quantile(0.975)),
        (_, _, Some(p)) => value.abs() / normal_quantile(1.0 - p / 2.0),
        _ => 0.0,
    };
    Ok(PooledEffect { smd: if less_is_better { -value } else { value }, se })
}
