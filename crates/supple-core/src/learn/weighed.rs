//! A claim weighed: what studies and reviews come to, how sure that makes us, and why. The rule: `docs/model.md` §4.

use super::distributions::normal_quantile;
use super::pool::Pooled;
use super::poolable::{Poolable, exact_p};
use super::predict::WITHIN_TRIAL;
use super::small_study::{SmallStudies, small_studies};
use super::speaking::{Allowance, pool_studies, pool_with_within, studies, three_levels};
use crate::knowledge::{
    AgainstWhat, Basis, Claim, ClaimResult, ClaimVerdict, Grade, InReview, Read, ResultGroup, ResultRow, Review,
    ReviewResult, Reviews, Together,
};
use crate::math::{self, round_to};

/// From how many studies against nothing on our own pooling counts more than a review's: our judgement, as for
/// `priors.toml`.
const ENOUGH_STUDIES: usize = 5;
/// A share of the spread between studies, in percent, from which on they do not agree. Source: the usual reading of
/// I2 ("may represent substantial heterogeneity"), Cochrane Handbook 10.10.2.
const DISAGREE: f64 = 50.0;
/// A small effect and a medium one, in standard deviations. Source: Cohen J. Statistical Power Analysis, 1988.
const SMALL: f64 = 0.2;
const MEDIUM: f64 = 0.5;

/// What a grade rests on.
struct Body {
    /// What it is, in words.
    words: String,
    /// Whether people, or days, without rolling were compared: `Some(false)` where only a part was.
    compared: Option<bool>,
    interval: Option<(f64, f64)>,
    /// In percent.
    i2: Option<f64>,
    abstracts: bool,
}

/// Weighs a claim with the rows that speak to it. None for a claim nobody has searched yet.
#[must_use]
pub fn weighed(claim: &Claim, rows: &[Poolable], reviews: &Reviews, allowance: Allowance) -> Option<ClaimResult> {
    let own_call = claim.grade?;
    let of = |basis: Basis| rows.iter().filter(|row| row.basis == basis).cloned().collect::<Vec<_>>();
    let (nothing, before, other) = (of(Basis::BetweenControl), of(Basis::Within), of(Basis::BetweenActive));
    let both: Vec<Poolable> = nothing.iter().chain(&before).cloned().collect();
    let mut groups = Vec::new();
    groups.extend(group(AgainstWhat::Nothing, &nothing));
    let posterior = if before.is_empty() { None } else { pool_with_within(&both, allowance) };
    let with_before = posterior.map(|posterior| Together {
        effect: two(posterior.mean),
        low: two(posterior.ci.0),
        high: two(posterior.ci.1),
        new_low: two(posterior.pi.0),
        new_high: two(posterior.pi.1),
        tau: two(posterior.tau),
        i2: None,
    });
    if let Some(together) = with_before {
        let mut group = counted(AgainstWhat::NothingAndBefore, &both);
        group.together = Some(together);
        groups.push(group);
    }
    groups.extend(group(AgainstWhat::Before, &before));
    groups.extend(group(AgainstWhat::SomethingElse, &other));

    let pooled = pool_studies(&nothing, WITHIN_TRIAL);
    let ours = pooled.as_ref().map(|pooled| pooled.normal.mu).or(with_before.map(|together| together.effect));
    let found: Vec<(&InReview, &Review, ReviewResult)> =
        claim.reviews.iter().filter_map(|named| said(named, reviews, ours, studies(&nothing).len())).collect();
    let check = check(if studies(&nothing).len() > 1 { &nothing } else { &both });
    let body = body(&found, (&nothing, pooled.as_ref()), (&both, with_before), reviews);
    let (grade, reasons) = graded(claim, own_call, body.as_ref(), check);
    Some(ClaimResult {
        grade,
        reasons,
        studies: whole(studies(rows).len()),
        people: people(rows),
        small_studies: (!rows.is_empty()).then(|| check_in_words(check)),
        reviews: found.into_iter().map(|(.., said)| said).collect(),
        pooled: groups,
    })
}

/// Numbers as they are kept.
fn two(x: f64) -> f64 {
    // Adding zero takes the sign off a nought.
    round_to(x, 2) + 0.0
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// People in the studies of rows, each study once: its largest row.
fn people(rows: &[Poolable]) -> u32 {
    let of = |id: &str| {
        let arms = |row: &Poolable| {
            let one = row.contrast.n_per_arm.unwrap_or(0);
            let same = row.basis == Basis::Within || super::paired(&row.trial.design);
            if same { one } else { one + row.contrast.n_comparator.unwrap_or(one) }
        };
        rows.iter().filter(|row| row.trial_id == id).map(arms).max().unwrap_or(0)
    };
    studies(rows).iter().map(|id| of(id)).sum()
}

fn counted(against: AgainstWhat, rows: &[Poolable]) -> ResultGroup {
    ResultGroup {
        against,
        studies: whole(studies(rows).len()),
        effects: whole(rows.len()),
        people: people(rows),
        together: None,
        rows: Vec::new(),
    }
}

fn group(against: AgainstWhat, rows: &[Poolable]) -> Option<ResultGroup> {
    if rows.is_empty() {
        return None;
    }
    let pooled = pool_studies(rows, WITHIN_TRIAL);
    let tau2 = pooled.as_ref().map_or(0.0, |pooled| pooled.spread.total());
    let total: f64 = rows.iter().map(|row| 1.0 / (row.effect.v + tau2)).sum();
    let z = normal_quantile(0.975);
    let mut group = counted(against, rows);
    group.rows = rows
        .iter()
        .map(|row| {
            let alike: Vec<&Poolable> = rows.iter().filter(|other| label(other) == label(row)).collect();
            let half = z * math::sqrt(row.effect.v);
            ResultRow {
                label: format!("{}{}", label(row), told_apart(row, &alike)),
                effect: two(row.effect.y),
                low: two(row.effect.y - half),
                high: two(row.effect.y + half),
                weight: two(1.0 / (row.effect.v + tau2) / total),
            }
        })
        .collect();
    group.together = pooled.map(|pooled| Together {
        effect: two(pooled.normal.mu),
        low: two(pooled.hartung_knapp.ci.0),
        high: two(pooled.hartung_knapp.ci.1),
        new_low: two(pooled.hartung_knapp.pi.0),
        new_high: two(pooled.hartung_knapp.pi.1),
        tau: two(math::sqrt(pooled.spread.total())),
        i2: Some(round_to(pooled.i2, 0)),
    });
    Some(group)
}

/// "Zhang 2020: straight leg raise".
fn label(row: &Poolable) -> String {
    let outcome = row.contrast.outcome.split([',', '(']).next().unwrap_or_default().trim();
    format!("{}: {}", who(&row.trial.citation, row.trial.year), plain(outcome))
}

/// What tells a row from others of its name: the tool, the muscle, the time.
fn told_apart(row: &Poolable, alike: &[&Poolable]) -> String {
    let fields = |row: &Poolable| {
        let of = row.contrast;
        // Of the outcome what its name leaves out.
        let rest = of.outcome.split_once(['(', ',']).map_or("", |(_, rest)| rest).replace(['(', ')'], "");
        let seconds = of.total_seconds_per_muscle.map_or_else(String::new, |seconds| format!("{seconds:.0} s"));
        [of.tool.clone(), of.muscle.clone(), rest.trim().to_owned(), seconds, of.time_after.clone()]
    };
    let own = fields(row);
    let differs = |at: &usize| alike.iter().any(|other| fields(other)[*at] != own[*at]);
    let words: Vec<String> =
        (0..own.len()).filter(differs).map(|at| own[at].clone()).filter(|words| !words.is_empty()).collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

/// An outcome in plain words.
fn plain(outcome: &str) -> String {
    let word = |word: &str| match word {
        "ROM" => "range of motion".to_owned(),
        "VAS" => "own rating of soreness".to_owned(),
        "PPT" => "pressure until it hurts".to_owned(),
        "MVC" => "maximal".to_owned(),
        "vs" => "against".to_owned(),
        "NIRS" => "oxygen".to_owned(),
        "pre-rolling" => "before exercise:".to_owned(),
        "post-rolling" => "after exercise:".to_owned(),
        other => other.to_owned(),
    };
    outcome.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The first name of a citation with the year.
fn who(citation: &str, year: Option<u32>) -> String {
    let end = citation.find([' ', ',']).unwrap_or(citation.len());
    // "The acute effects of …" names nobody.
    let name = match &citation[..end] {
        "The" | "Multidirectional" => "Student study",
        name => name,
    };
    year.map_or_else(|| name.to_owned(), |year| format!("{name} {year}"))
}

/// What a review says, and whether ours lies within.
fn said<'r>(
    named: &'r InReview,
    reviews: &'r Reviews,
    ours: Option<f64>,
    compared: usize,
) -> Option<(&'r InReview, &'r Review, ReviewResult)> {
    let review = reviews.get(&named.review)?;
    let pooled = review.pooled.iter().find(|pooled| pooled.outcome == named.outcome)?;
    let turned = |value: f64| two(if named.less_is_better { -value } else { value });
    let p = pooled.p.as_deref().and_then(exact_p);
    let from_p = || {
        let (value, p) = (pooled.value?, p?);
        let half = normal_quantile(0.975) * value.abs() / normal_quantile(1.0 - p / 2.0);
        Some((value - half, value + half))
    };
    let ends = pooled.ci_low.zip(pooled.ci_high).or_else(from_p).map(|(low, high)| (turned(low), turned(high)));
    let ends = ends.map(|(a, b)| (a.min(b), a.max(b)));
    let count = pooled.k.or(review.k).map_or_else(String::new, |k| format!(", {k} studies"));
    let ours = ends.zip(ours).map(|((low, high), ours)| {
        let few = match compared {
            0 => "no study of ours compared with nothing could be pooled".to_owned(),
            1 => "one study of ours compared with nothing could be pooled".to_owned(),
            many => format!("{many} studies of ours compared with nothing could be pooled"),
        };
        if (low..=high).contains(&ours) {
            format!("Ours ({ours:.2}) lies within.")
        } else if ours > high {
            format!(
                "Ours ({ours:.2}) lies above: {few}, and short summaries print a number more often when it is large. \
                 Believe the review."
            )
        } else {
            format!("Ours ({ours:.2}) lies below: {few}. Believe the review.")
        }
    });
    let result = ReviewResult {
        label: format!("{}{count}: {}", who(&review.citation, Some(review.year)), plain(&named.outcome)),
        effect: pooled.value.map(turned),
        low: ends.map(|ends| ends.0),
        high: ends.map(|ends| ends.1),
        ours,
    };
    Some((named, review, result))
}

fn check(rows: &[Poolable]) -> Option<SmallStudies> {
    let errors: Vec<f64> = rows.iter().map(|row| math::sqrt(row.effect.plain)).collect();
    small_studies(&three_levels(rows, WITHIN_TRIAL)?, &errors).ok().flatten()
}

fn check_in_words(check: Option<SmallStudies>) -> String {
    check.map_or_else(
        || "too few studies to look whether small ones find more".to_owned(),
        |check| format!("{} ({} studies)", check.words(), check.studies),
    )
}

/// What the grade rests on: our own pooling against nothing from five studies on; else the first review that printed a
/// value; else our rows before and after less the allowance. None where no number speaks.
fn body(
    found: &[(&InReview, &Review, ReviewResult)],
    (nothing, pooled): (&[Poolable], Option<&Pooled>),
    (both, with_before): (&[Poolable], Option<Together>),
    reviews: &Reviews,
) -> Option<Body> {
    let abstracts = |rows: &[Poolable]| rows.iter().all(|row| row.contrast.read != Read::OurJudgement);
    if let Some(pooled) = pooled.filter(|pooled| pooled.trials >= ENOUGH_STUDIES) {
        return Some(Body {
            words: format!("our own pooling of {} studies against nothing", pooled.trials),
            compared: Some(true),
            interval: Some(pooled.hartung_knapp.ci),
            i2: Some(pooled.i2),
            abstracts: abstracts(nothing),
        });
    }
    let review = found.iter().find(|(.., said)| said.effect.is_some());
    if let Some((named, review, said)) = review {
        let outcome = reviews.get(&named.review)?.pooled.iter().find(|pooled| pooled.outcome == named.outcome)?;
        return Some(Body {
            words: format!("a published review ({})", said.label),
            compared: Some(true),
            interval: said.low.zip(said.high),
            i2: outcome.i2.or(review.i2),
            abstracts: review.read == Read::Abstract,
        });
    }
    let together = with_before?;
    let some = both.iter().any(|row| row.basis == Basis::BetweenControl);
    Some(Body {
        words: format!("{} of our studies, before and after", studies(both).len()),
        compared: if some { Some(false) } else { None },
        interval: Some((together.low, together.high)),
        // Rows before and after differ from those against nothing by what they are, so each kind is asked alone.
        i2: [Basis::Within, Basis::BetweenControl].into_iter().find_map(|basis| {
            let alone: Vec<Poolable> = both.iter().filter(|row| row.basis == basis).cloned().collect();
            pool_studies(&alone, WITHIN_TRIAL).map(|pooled| pooled.i2)
        }),
        abstracts: abstracts(both),
    })
}

/// The grade and its reasons.
fn graded(claim: &Claim, own_call: Grade, body: Option<&Body>, check: Option<SmallStudies>) -> (Grade, Vec<String>) {
    let Some(body) = body else {
        let why = "No number that speaks to it could be pooled: the grade is our own call from the studies named."
            .to_owned();
        return (own_call, vec![why]);
    };
    // Steps below high.
    let mut down = 0_usize;
    let mut reasons = Vec::new();
    match body.compared {
        None => {
            down += 2;
            reasons.push(format!("It rests on {}: nobody was compared with, so it starts low.", body.words));
        }
        Some(false) => {
            down += 1;
            reasons.push(format!(
                "It rests on {}, and few against nothing: it starts high and loses a step for being indirect.",
                body.words
            ));
        }
        Some(true) => reasons.push(format!("It rests on {}: it starts high.", body.words)),
    }
    if body.abstracts {
        down += 1;
        reasons.push(
            "One step down: people know whether they were rolled, the studies are small, and we read their summaries \
             only."
                .to_owned(),
        );
    }
    match body.i2 {
        Some(i2) if i2 > DISAGREE => {
            down += 1;
            reasons.push(format!("One step down: the studies disagree (I2 {i2:.0} %)."));
        }
        Some(i2) => reasons.push(format!("The studies agree well enough (I2 {i2:.0} %).")),
        None => reasons.push("How far its studies disagree could not be seen.".to_owned()),
    }
    match body.interval {
        Some(interval) if imprecise(claim.verdict, interval) => {
            down += 1;
            reasons.push(format!(
                "One step down: the interval ({:.2} to {:.2}) leaves both answers open.",
                interval.0, interval.1
            ));
        }
        Some((low, high)) => reasons.push(format!("The interval ({low:.2} to {high:.2}) is narrow enough.")),
        None => reasons.push("Its interval was not in the summary, so it is not judged.".to_owned()),
    }
    if check.is_some_and(|check| check.enough() && check.p < 0.1 && check.slope.b > 0.0) {
        down += 1;
        reasons.push("One step down: small studies find more than large ones.".to_owned());
    }
    let by_rule = [Grade::High, Grade::Moderate, Grade::Low][..].get(down).copied().unwrap_or(Grade::VeryLow);
    // A worse grade is the larger one.
    if own_call > by_rule {
        reasons.push("Our own call, from the best-made studies among those named, is lower still.".to_owned());
    }
    (own_call.max(by_rule), reasons)
}

/// Whether an interval leaves both answers open: of a claim that holds, none and a small effect; of one that does not,
/// none and a medium one.
fn imprecise(verdict: ClaimVerdict, (low, high): (f64, f64)) -> bool {
    match verdict {
        ClaimVerdict::No | ClaimVerdict::NotShown => low < -MEDIUM || high > MEDIUM,
        _ => low <= 0.0 && high >= SMALL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(i2: f64, interval: (f64, f64), compared: Option<bool>) -> Body {
        Body { words: "x".to_owned(), compared, interval: Some(interval), i2: Some(i2), abstracts: true }
    }

    fn claim(verdict: ClaimVerdict) -> Claim {
        let text = r#"{"claim": "c", "answer": "a", "verdict": "somewhat", "grade": "high", "sources": []}"#;
        Claim { verdict, ..serde_json::from_str(text).unwrap() }
    }

    #[test]
    fn each_doubt_takes_a_step_and_our_call_is_never_exceeded() {
        let somewhat = claim(ClaimVerdict::Somewhat);
        let grade = |body: &Body, call: Grade| graded(&somewhat, call, Some(body), None).0;
        assert_eq!(grade(&body(20.0, (0.3, 0.9), Some(true)), Grade::High), Grade::Moderate);
        assert_eq!(grade(&body(73.0, (0.3, 0.9), Some(true)), Grade::High), Grade::Low);
        assert_eq!(grade(&body(73.0, (-0.1, 0.9), Some(true)), Grade::High), Grade::VeryLow);
        assert_eq!(grade(&body(20.0, (0.3, 0.9), Some(false)), Grade::High), Grade::Low);
        assert_eq!(grade(&body(20.0, (0.3, 0.9), None), Grade::High), Grade::VeryLow);
        assert_eq!(grade(&body(20.0, (0.3, 0.9), Some(true)), Grade::Low), Grade::Low);
        assert_eq!(graded(&somewhat, Grade::VeryLow, None, None).0, Grade::VeryLow);
    }

    #[test]
    fn no_useful_effect_is_precise_where_a_medium_one_is_excluded() {
        assert!(!imprecise(ClaimVerdict::No, (-0.1, 0.3)) && imprecise(ClaimVerdict::No, (-0.1, 0.6)));
        assert!(imprecise(ClaimVerdict::Somewhat, (-0.1, 0.3)) && !imprecise(ClaimVerdict::Somewhat, (0.1, 0.9)));
    }

    #[test]
    fn a_study_is_called_by_its_first_author() {
        assert_eq!(who("Zhang Q, Trama R. J Hum Kinet", Some(2020)), "Zhang 2020");
        assert_eq!(who("Alonso-Calvete A, Rey E.", None), "Alonso-Calvete");
        assert_eq!(who("The acute effects of foam rolling", Some(2018)), "Student study 2018");
    }
}
