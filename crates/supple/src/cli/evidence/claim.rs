//! A claim in plain words, with the studies that could be pooled.

use crate::cli::{Common, print_json, print_line};
use crate::shell::page::{fit, lines, width};
use crate::shell::{Done, Failure, Outcome, Pictures, Style};
use serde_json::json;
use std::fmt::Write;
use supple_app::chart::{Diamond, Forest, ForestRow, forest_file};
use supple_core::knowledge::{AgainstWhat, Basis, Claim, ClaimResult};
use supple_core::learn::{PRE_POST_CORRELATION, Poolable, Pooled, WITHIN_TRIAL, normal_quantile, pool_studies};
use supple_knowledge::{embedded, trials};

pub fn list(common: &Common) -> Outcome {
    let claims = &embedded().claims;
    if common.json {
        return print_json(claims);
    }
    let wide = claims.keys().map(String::len).max().unwrap_or(0);
    for (id, claim) in claims {
        print_line(&format!("{id:wide$}  {}: {}", claim.claim, claim.verdict.words()))?;
    }
    Ok(Done::Ok)
}

/// The contrasts that speak to a claim, and what they come to together.
struct Spoken<'t> {
    basis: Basis,
    rows: Vec<Poolable<'t>>,
    pooled: Option<Pooled>,
    /// The lowest and highest mean over what is assumed where studies do not print it: the correlation of before and
    /// after 0.5 to 0.9, of sampling errors within a study 0.3 to 0.9.
    assumed: Option<(f64, f64)>,
}

pub fn show(id: &str, common: &Common, pictures: &Pictures) -> Outcome {
    let knowledge = embedded();
    let Some(claim) = knowledge.claims.get(id) else {
        return Err(Failure::bad_input(format!("no claim is called `{id}`; `supple evidence` lists them all")));
    };
    let spoken: Vec<Spoken> = Basis::ALL.into_iter().map(|basis| spoken(claim, basis)).collect();
    pictures.write(|| drawn(claim, &spoken))?;
    if common.json {
        let pooled: Vec<_> = spoken
            .iter()
            .map(|s| {
                json!({
                    "basis": s.basis.id(), "k": s.rows.len(),
                    "contrasts": s.rows.iter().map(|r| json!({
                        "id": r.contrast.id, "yi": r.effect.y, "vi": r.effect.v,
                    })).collect::<Vec<_>>(),
                    "pooled": s.pooled.as_ref().map(|p| json!({
                        "mu": p.normal.mu, "hk_ci_low": p.hartung_knapp.ci.0, "hk_ci_high": p.hartung_knapp.ci.1,
                        "tau2": p.spread.total(), "i2": p.i2, "studies": p.trials,
                    })),
                })
            })
            .collect();
        return print_json(&json!({
            "id": id, "claim": claim, "contrasts": pooled, "result": knowledge.results.get(id),
        }));
    }
    print_line(fit(&words(claim, &spoken, knowledge.results.get(id))).trim_end())
}

fn spoken(claim: &Claim, basis: Basis) -> Spoken<'static> {
    let rows = speaking(claim, basis, PRE_POST_CORRELATION);
    let pooled_now = pool_studies(&rows, WITHIN_TRIAL);
    let mut assumed: Option<(f64, f64)> = None;
    for correlation in [0.5, 0.9] {
        for rho in [0.3, 0.9] {
            let Some(pooled) = pool_studies(&speaking(claim, basis, correlation), rho) else { continue };
            let mu = pooled.normal.mu;
            assumed = Some(assumed.map_or((mu, mu), |(low, high)| (low.min(mu), high.max(mu))));
        }
    }
    Spoken { basis, rows, pooled: pooled_now, assumed }
}

fn speaking(claim: &Claim, basis: Basis, correlation: f64) -> Vec<Poolable<'static>> {
    let mut rows = supple_core::learn::speaking(trials(), claim, correlation);
    rows.retain(|row| row.basis == basis);
    rows
}

fn words(claim: &Claim, spoken: &[Spoken], result: Option<&ClaimResult>) -> String {
    let style = Style::detect();
    let paragraph = |text: &str| lines(text, width()).join("\n");
    let mut text = format!("{}\n\n", style.bold(&claim.claim));
    let known = embedded();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}\n{}\n", style.bold(&upper_first(claim.verdict.words())), paragraph(&claim.answer));
    if let Some(grade) = claim.grade.and_then(|grade| known.grades.get(&grade)) {
        let _ = writeln!(text, "{}", paragraph(&format!("How sure: {}. {}", grade.label, grade.meaning)));
        for reason in result.iter().flat_map(|result| &result.reasons) {
            let _ = writeln!(text, "  - {}", lines(reason, width().saturating_sub(4)).join("\n    "));
        }
        text.push('\n');
    }
    for spoken in spoken.iter().filter(|spoken| !spoken.rows.is_empty()) {
        let _ = writeln!(text, "{}\n{}", style.bold(against(spoken.basis)), forest(spoken));
    }
    let studies: std::collections::BTreeSet<&str> =
        spoken.iter().flat_map(|spoken| &spoken.rows).map(|row| row.trial_id).collect();
    if (1..FEW_STUDIES).contains(&studies.len()) || spoken.iter().any(|s| too_few(s.pooled.as_ref())) {
        let _ = writeln!(text, "{}\n", paragraph(FEW));
    }
    if !claim.outcome_classes.is_empty() && spoken.iter().all(|spoken| spoken.rows.is_empty()) {
        let _ = writeln!(text, "None of the studies' numbers could be pooled; `supple evidence trials` says why.\n");
    }
    if let Some(result) = result {
        text.push_str(&beside(result));
    }
    for (title, body) in
        [("In numbers", &claim.numbers), ("What would change our mind", &claim.would_change_our_mind)]
    {
        if let Some(body) = body {
            let _ = writeln!(text, "{}\n{}\n", style.bold(title), paragraph(body));
        }
    }
    let cited: Vec<&str> =
        claim.sources.iter().filter_map(|id| known.sources.get(id)).map(|s| s.citation.as_str()).collect();
    if !cited.is_empty() {
        let _ = writeln!(text, "{}", style.bold("Sources"));
        for source in cited {
            let _ = writeln!(text, "  - {}", lines(source, width().saturating_sub(4)).join("\n    "));
        }
    }
    text
}

/// What stands beside our own pooling: the reviews, the rows before and after less the allowance, small studies.
fn beside(result: &ClaimResult) -> String {
    let mut text = String::new();
    let with_before = result.pooled.iter().find(|group| group.against == AgainstWhat::NothingAndBefore);
    let list = |text: &mut String, line: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  - {}", lines(&line, width().saturating_sub(4)).join("\n    "));
    };
    if let Some((group, together)) = with_before.and_then(|group| Some((group, group.together.as_ref()?))) {
        list(
            &mut text,
            format!(
                "With the readings before and after, less what a second test gains by itself: {:.2} ({:.2} to {:.2}) \
                 from {} studies; a new study {:.2} to {:.2}.",
                together.effect, together.low, together.high, group.studies, together.new_low, together.new_high
            ),
        );
    }
    for review in &result.reviews {
        let value = match (review.effect, review.low, review.high) {
            (Some(effect), Some(low), Some(high)) => format!("{effect:.2} ({low:.2} to {high:.2})"),
            (Some(effect), ..) => format!("{effect:.2}, interval not in the summary"),
            _ => "value not in the summary".to_owned(),
        };
        let ours = review.ours.as_deref().map_or_else(String::new, |ours| format!(" {ours}"));
        list(&mut text, format!("{}: {value}.{ours}", review.label));
    }
    if let Some(words) = &result.small_studies {
        list(&mut text, format!("Small studies: {words}."));
    }
    if text.is_empty() { text } else { format!("{}\n{text}\n", Style::detect().bold("Beside it")) }
}

/// What the studies of a basis compare with.
const fn against(basis: Basis) -> &'static str {
    match basis {
        Basis::Within => "Before and after, nobody compared (what a second test gains by itself is in it)",
        Basis::BetweenControl => "Against nothing, or a sham",
        Basis::BetweenActive => "Against something else",
    }
}

/// The forest plot of the studies that compare best: against nothing or a sham if there are any, else against something
/// else, else before and after.
fn drawn(claim: &Claim, spoken: &[Spoken]) -> Result<String, Failure> {
    let order = [Basis::BetweenControl, Basis::BetweenActive, Basis::Within];
    let best = order.iter().find_map(|basis| spoken.iter().find(|s| s.basis == *basis && !s.rows.is_empty()));
    let best = best.ok_or_else(|| {
        Failure::bad_input("none of the studies on this claim could be pooled, so there is nothing to draw")
    })?;
    let tau2 = best.pooled.as_ref().map_or(0.0, |pooled| pooled.spread.total());
    let total: f64 = best.rows.iter().map(|row| 1.0 / (row.effect.v + tau2)).sum();
    let z = normal_quantile(0.975);
    let rows = best.rows.iter().map(|row| {
        let (effect, half) = (row.effect.y, z * row.effect.v.sqrt());
        let weight = 1.0 / (row.effect.v + tau2) / total;
        ForestRow { label: row.contrast.id.clone(), effect, low: effect - half, high: effect + half, weight }
    });
    Ok(forest_file(&Forest {
        title: claim.claim.clone(),
        description: format!(
            "Forest plot. {}. Each square is a contrast of a study, its line the 95 % interval, its size its weight; \
             above zero is in favour of rolling.",
            against(best.basis)
        ),
        axis: format!("standardised mean difference; {}", lower_first(against(best.basis))),
        rows: rows.collect(),
        pooled: best.pooled.as_ref().map(|pooled| Diamond {
            label: format!("Together, {} studies", pooled.trials),
            effect: pooled.normal.mu,
            ci: pooled.hartung_knapp.ci,
            pi: pooled.hartung_knapp.pi,
        }),
    }))
}

/// From how many studies on a pooled mean is worth leaning on: our judgement.
const FEW_STUDIES: usize = 5;
const FEW: &str = "Fewer than five studies pooled are too few to lean on, and a study's short summary prints its \
                   numbers more often when they are large. The reviews below read the whole papers; where they say \
                   less, believe them.";

fn too_few(pooled: Option<&Pooled>) -> bool {
    pooled.is_some_and(|pooled| pooled.trials < FEW_STUDIES)
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Columns of the drawn axis, from -1 to 2.5 standard deviations.
const COLUMNS: usize = 36;
const AXIS: (f64, f64) = (-1.0, 2.5);

/// A forest plot in letters: `o` an effect, `-` its 95 % interval, `|` zero, `#` what they come to together.
fn forest(spoken: &Spoken) -> String {
    let z = normal_quantile(0.975);
    let mut text = String::new();
    for row in &spoken.rows {
        let half = z * row.effect.v.sqrt();
        let line = bar((row.effect.y - half, row.effect.y, row.effect.y + half), ['-', 'o']);
        let _ = writeln!(text, "  {:<26} {line} {:>6.2}", clipped(&row.contrast.id, 26), row.effect.y);
    }
    match &spoken.pooled {
        Some(pooled) => {
            let (low, high) = pooled.hartung_knapp.ci;
            let line = bar((low, pooled.normal.mu, high), ['=', '#']);
            let _ = writeln!(
                text,
                "  {:<26} {line} {:>6.2}",
                format!("together, {} studies", pooled.trials),
                pooled.normal.mu
            );
            let _ = writeln!(
                text,
                "  {:.2} to {:.2} (95 %, Hartung-Knapp); a new study {:.2} to {:.2}; I2 {:.0} %",
                low, high, pooled.hartung_knapp.pi.0, pooled.hartung_knapp.pi.1, pooled.i2
            );
        }
        None => text.push_str("  One study alone is not pooled.\n"),
    }
    if let Some((low, high)) = spoken.assumed {
        let _ =
            writeln!(text, "  {low:.2} to {high:.2} over what is assumed where studies do not say (docs/model.md)");
    }
    text.push_str("  In standard deviations; right of | favours rolling.\n");
    text
}

fn clipped(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}

fn bar((low, middle, high): (f64, f64, f64), [line, mark]: [char; 2]) -> String {
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 35
    let column = |value: f64| {
        let share = ((value - AXIS.0) / (AXIS.1 - AXIS.0)).clamp(0.0, 1.0);
        (share * (COLUMNS - 1) as f64).round() as usize
    };
    let (from, at, to, zero) = (column(low), column(middle), column(high), column(0.0));
    (0..COLUMNS)
        .map(|c| {
            if c == at {
                mark
            } else if (from..=to).contains(&c) {
                line
            } else if c == zero {
                '|'
            } else {
                ' '
            }
        })
        .collect()
}
