//! What studies found, drawn: each result with its interval, what they come to, and how that stands to the reviews.

use crate::chart::{Diamond, Forest, ForestRow, forest, forest_table};
use maud::{Markup, html};
use supple_core::knowledge::{AgainstWhat, ClaimResult, ResultGroup, ReviewResult, Together};

/// Everything studies and reviews come to for a claim; nothing where no number speaks to it.
pub fn found(result: &ClaimResult) -> Markup {
    if result.reviews.is_empty() && result.pooled.is_empty() {
        return html! {};
    }
    html! {
        section .card .results {
            h2 { "What studies found" }
            p .small {
                "Above 0 favours rolling. 0.2 is a small difference between people, 0.5 a medium one, 0.8 a large one. \
                 In brackets is where the true value lies 95 times of 100."
            }
            @if !result.reviews.is_empty() {
                h3 { "Published reviews" }
                ul {
                    @for (at, review) in result.reviews.iter().enumerate() {
                        @let said = at > 0 && result.reviews[at - 1].ours == review.ours;
                        li { (reviewed(review, !said)) }
                    }
                }
            }
            @for group in result.pooled.iter().filter(|group| !group.rows.is_empty()) { (drawn(group)) }
            @for group in &result.pooled { (beside(group)) }
            @if let Some(words) = &result.small_studies { p .small { "Small studies: " (words) "." } }
        }
    }
}

fn reviewed(review: &ReviewResult, compared: bool) -> Markup {
    html! {
        (review.label) ": "
        @match (review.effect, review.low, review.high) {
            (Some(effect), Some(low), Some(high)) => b { (number(effect)) " (" (number(low)) " to " (number(high)) ")" },
            (Some(effect), ..) => { b { (number(effect)) } ", interval not in the summary" }
            _ => "value not in the summary",
        }
        "."
        @if let Some(ours) = review.ours.as_ref().filter(|_| compared) { " " (ours) }
    }
}

/// The heading of a group.
fn heading(against: AgainstWhat) -> &'static str {
    match against {
        AgainstWhat::Nothing => "Compared with doing nothing",
        AgainstWhat::NothingAndBefore => "With the readings before and after",
        AgainstWhat::Before => "Before and after, compared with nobody",
        AgainstWhat::SomethingElse => "Compared with something else, such as stretching",
    }
}

fn drawn(group: &ResultGroup) -> Markup {
    let plot = plot(group);
    html! {
        figure .plot {
            figcaption { h3 { (heading(group.against)) } }
            @if group.against == AgainstWhat::Before {
                p .small { "What a second test gains by itself is still in these." }
            }
            (forest(&plot))
            details { summary { "The same as a table" } (forest_table(&plot)) }
        }
    }
}

fn plot(group: &ResultGroup) -> Forest {
    let rows = group.rows.iter().map(|row| ForestRow {
        label: row.label.clone(),
        effect: row.effect,
        low: row.low,
        high: row.high,
        weight: row.weight,
    });
    let together = group.together.as_ref();
    let answer = together.map_or("One study alone is not pooled.".to_owned(), |t| {
        format!(
            "The diamond is what they come to together: {}, {} to {}. A new study would lie from {} to {}.",
            number(t.effect),
            number(t.low),
            number(t.high),
            number(t.new_low),
            number(t.new_high)
        )
    });
    Forest {
        title: format!("{}: {}, {}", heading(group.against), counted(group), people(group)),
        description: format!(
            "Forest plot. Each square is a result, its line the 95 % interval, its size its weight. {answer}"
        ),
        axis: "above 0 favours rolling".to_owned(),
        rows: rows.collect(),
        pooled: together.map(|t| Diamond {
            label: format!("Together, {}", counted(group)),
            effect: t.effect,
            ci: (t.low, t.high),
            pi: (t.new_low, t.new_high),
        }),
    }
}

fn counted(group: &ResultGroup) -> String {
    if group.studies == 1 { "1 study".to_owned() } else { format!("{} studies", group.studies) }
}

fn people(group: &ResultGroup) -> String {
    format!("{} people", group.people)
}

/// A sentence for what is not drawn.
fn beside(group: &ResultGroup) -> Markup {
    let Some(Together { effect, low, high, .. }) =
        group.together.filter(|_| group.against == AgainstWhat::NothingAndBefore)
    else {
        return html! {};
    };
    html! {
        p {
            "With the readings before and after as well, less what a second test gains by itself, " (counted(group))
            " come to " b { (number(effect)) " (" (number(low)) " to " (number(high)) ")" } "."
        }
    }
}

/// Always two decimals.
fn number(value: f64) -> String {
    format!("{value:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_result_of_a_claim_is_drawn_and_said_in_a_table() {
        let results = &supple_knowledge::embedded().results;
        let mut drawn = 0;
        for (id, result) in results {
            let page = found(result).into_string();
            let rows: usize = result.pooled.iter().map(|group| group.rows.len()).sum();
            assert_eq!(page.matches("class=\"result\"").count(), rows, "{id}");
            let plots = result.pooled.iter().filter(|group| !group.rows.is_empty()).count();
            assert_eq!(page.matches("<table").count(), plots, "{id}");
            assert_eq!(page.matches("<desc>").count(), plots, "{id}");
            assert!(result.reviews.iter().all(|review| page.contains(&review.label)), "{id}");
            drawn += plots;
        }
        assert!(drawn > 5, "only {drawn} plots");
    }

    #[test]
    fn a_claim_without_a_number_says_nothing_here() {
        let results = &supple_knowledge::embedded().results;
        assert_eq!(found(&results["prevents_injury"]).into_string(), "");
    }
}
