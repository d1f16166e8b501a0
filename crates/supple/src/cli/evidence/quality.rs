//! Leaving each study out in turn, as the table of docs/model.md.

use crate::cli::{Common, print_json, print_line};
use crate::shell::{Failure, Outcome};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use supple_core::learn::{
    LeftOut, Moderators, Outside, PRE_POST_CORRELATION, Scale, all_poolable, leave_one_trial_out, percent_rows,
    smd_rows,
};

/// Draws the bootstrap: the year of the first version, and nothing was chosen by it.
const SEED: u64 = 2026;
/// Classes of outcome with fewer rows stand together.
const LEAST_ROWS: usize = supple_core::learn::LEAST_ROWS;

pub fn run(common: &Common) -> Outcome {
    let trials = supple_knowledge::trials();
    let mut table = String::from(
        "| scale | outcomes | rows | studies | inside | 95 % interval | mean score | a mean alone | with muscle and tool |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut all = Vec::new();
    for (scale, name, rows) in [
        (Scale::Smd, "SMD", smd_rows(&all_poolable(trials, PRE_POST_CORRELATION))),
        (Scale::Percent, "percent", percent_rows(trials, PRE_POST_CORRELATION)),
    ] {
        let left_out = |moderators| {
            leave_one_trial_out(&rows, scale, PRE_POST_CORRELATION, moderators, SEED)
                .map_err(|error| Failure::error(error.to_string()))
        };
        let (ours, alone) = (left_out(Moderators::Usual)?, left_out(Moderators::None)?);
        let with_more = left_out(Moderators::WithMuscleAndTool)?;
        let compared = [&alone, &with_more];
        line(&mut table, name, "all", &ours.rows, Some(&ours), compared);
        for (class, rows) in by_class(&ours.rows) {
            line(&mut table, name, &class, &rows, None, compared);
        }
        all.push(json!({
            "scale": name, "rows": ours.rows.len(), "coverage": ours.coverage,
            "coverage_ci": [ours.coverage_ci.0, ours.coverage_ci.1], "interval_score": ours.score,
            "interval_score_mean_only": alone.score, "coverage_mean_only": alone.coverage,
            "interval_score_with_muscle_and_tool": with_more.score,
            "coverage_with_muscle_and_tool": with_more.coverage,
            "predictions": ours.rows.iter().map(|row| json!({
                "id": row.row.contrast_id, "trial_id": row.row.trial_id, "observed": row.row.y,
                "mean": row.range.mean, "lo90": row.range.low, "hi90": row.range.high, "inside": row.inside,
            })).collect::<Vec<_>>(),
        }));
    }
    if common.json { print_json(&all) } else { print_line(table.trim_end()) }
}

fn by_class(rows: &[Outside]) -> BTreeMap<String, Vec<Outside>> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for row in rows {
        *counts.entry(&row.row.asked.class).or_default() += 1;
    }
    let mut classes = BTreeMap::<String, Vec<Outside>>::new();
    for row in rows {
        let class = &row.row.asked.class;
        let large = counts.get(class.as_str()).is_some_and(|count| *count >= LEAST_ROWS);
        let name = if large { class.clone() } else { "others, pooled".to_owned() };
        classes.entry(name).or_default().push(row.clone());
    }
    // One class alone is what "all" says already.
    if classes.len() > 1 { classes } else { BTreeMap::new() }
}

#[allow(clippy::cast_precision_loss)] // numbers of rows
fn line(
    table: &mut String,
    scale: &str,
    class: &str,
    rows: &[Outside],
    all: Option<&LeftOut>,
    compared: [&LeftOut; 2],
) {
    let studies: BTreeSet<&str> = rows.iter().map(|row| row.row.trial_id.as_str()).collect();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.row.contrast_id.as_str()).collect();
    let inside = rows.iter().filter(|row| row.inside).count();
    let mean = |rows: &mut dyn Iterator<Item = f64>| {
        let (sum, count) = rows.fold((0.0, 0.0), |(sum, count), score| (sum + score, count + 1.0));
        sum / f64::max(count, 1.0)
    };
    let ours = mean(&mut rows.iter().map(|row| row.score));
    let [alone, with_more] = compared.map(|other| {
        mean(&mut other.rows.iter().filter(|row| ids.contains(row.row.contrast_id.as_str())).map(|row| row.score))
    });
    let interval = all.map_or(String::new(), |all| {
        format!("{:.0} to {:.0} %", 100.0 * all.coverage_ci.0, 100.0 * all.coverage_ci.1)
    });
    // Writing to a string cannot fail.
    let _ = writeln!(
        table,
        "| {scale} | {class} | {} | {} | {:.0} % | {interval} | {ours:.2} | {alone:.2} | {with_more:.2} |",
        rows.len(),
        studies.len(),
        100.0 * inside as f64 / rows.len().max(1) as f64,
    );
}
