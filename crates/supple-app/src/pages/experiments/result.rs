//! What an experiment found: the analysis fixed beforehand, the data, and what it means and does not mean.

use super::run::{compared, fate_words};
use crate::chart::{Block, paired};
use crate::cx::Cx;
use crate::words;
use maud::{Markup, html};
use supple_core::event::ExperimentEnd;
use supple_core::experiment::{Analysis, Course, Fate, Finding, Gain, Look, analyse, first_finding, words as say};
use supple_core::knowledge::Measure;
use supple_core::measure::words::{decimals, number, unit};
use supple_core::state::ExperimentRecord;

/// What was found, with the look it was found at: the first that could say something, else the last there is.
pub struct Found {
    pub look: Option<Look>,
    pub finding: Option<Finding>,
    pub gains: Vec<Gain>,
}

/// The analysis of an experiment as the log has it.
pub fn found(record: &ExperimentRecord, course: &Course<'_>, measure: &Measure) -> Found {
    let analysis = Analysis::from(record.design());
    let gains = course.gains(record.design(), measure);
    let looks = analyse(&analysis, &gains);
    let first = first_finding(&looks, analysis.certainty);
    let (look, finding) = match first {
        Some((look, finding)) => (Some(*look), Some(finding)),
        None => (looks.last().copied(), None),
    };
    Found { look, finding, gains }
}

/// What was found, in one sentence.
pub fn sentence(cx: &Cx<'_>, record: &ExperimentRecord) -> String {
    let course = Course::of(cx.knowledge, record, cx.state, cx.now());
    match cx.knowledge.measures.get(&record.design().outcome.measure) {
        Some(measure) => say::finding(record.design(), found(record, &course, measure).finding),
        None => "This program does not know its test.".to_owned(),
    }
}

/// The result, below the title.
pub fn page(cx: &Cx<'_>, record: &ExperimentRecord, course: &Course<'_>) -> Markup {
    let design = record.design();
    let Some(measure) = cx.knowledge.measures.get(&design.outcome.measure) else {
        return html! { p { "This program does not know its test. Update Supple to see the result." } };
    };
    let found = found(record, course, measure);
    let stopped = record.ended.as_ref().filter(|ended| ended.what.how == ExperimentEnd::Stopped);
    html! {
        section .card .finding {
            p .lead { b { (say::finding(design, found.finding)) } }
            @match &found.look {
                Some(look) => p { (say::estimate(measure, design, look)) },
                None => p { "There are " (found.gains.len()) " sessions; nothing is said before six." },
            }
            @if let Some(stopped) = stopped {
                p .small {
                    "Ended early, on " (words::day(stopped.at.date()))
                    @if let Some(reason) = &stopped.what.reason { ": " (reason) }
                    ". Ending when one likes does not tilt this result: the rule allows a look after every block."
                }
            }
        }
        (data(record, course, measure))
        (meaning(cx, record, measure, &found))
        (fixed(cx, record, measure, &found))
        (compared(cx, design, false))
        section .card {
            h2 { "For others" }
            p { "Everything another person needs to work it out again: readings, order, seed, design and analysis." }
            p { a .button .wide href=(cx.href(&format!("experiments/{}/export", record.id()))) { "Download as a zip" } }
        }
    }
}

/// Gains in blocks of two sessions.
fn blocks(gains: &[Gain]) -> Vec<Block> {
    let of = |pair: &[Gain], arm: u8| pair.iter().find(|gain| gain.arm == arm).map(|gain| gain.gain);
    gains.chunks(2).map(|pair| Block { first: of(pair, 0), second: of(pair, 1) }).collect()
}

fn data(record: &ExperimentRecord, course: &Course<'_>, measure: &Measure) -> Markup {
    let design = record.design();
    let gains = course.gains(design, measure);
    let labels = [say::label(design, 0), say::label(design, 1)];
    let better = if measure.higher_is_better { 1.0 } else { -1.0 };
    let places = decimals(measure).max(1);
    html! {
        section .card .results {
            h2 { "The data" }
            (paired("Gain of every session by way, joined within a block; in a table below", labels, &blocks(&gains), places))
            p .small { "Gain in " (unit(measure)) ": after minus before" @if !measure.higher_is_better { ", turned so that more is better" } ". A bar is a mean." }
            details {
                summary { "All sessions" }
                div .scroll tabindex="0" role="region" aria-label="All sessions" {
                    table {
                        tr { th scope="col" { "Day" } th scope="col" { "Way" } th scope="col" { "Before" } th scope="col" { "After" } th scope="col" { "Gain" } }
                        @for attempt in &course.attempts {
                            tr {
                                td { (supple_core::date_words::short_day(attempt.revealed.at.date())) }
                                td { (say::label(design, attempt.revealed.what.arm)) }
                                @match &attempt.fate {
                                    Fate::Counts { before, after, .. } => {
                                        td { (number(measure, before.value)) }
                                        td { (number(measure, after.value)) }
                                        td { (format!("{:+.places$}", better * (after.value - before.value))) }
                                    },
                                    other => td colspan="3" { (fate_words(other)) },
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn meaning(cx: &Cx<'_>, record: &ExperimentRecord, measure: &Measure, found: &Found) -> Markup {
    let design = record.design();
    let least = format!("{} {}", design.worth_having.value(), unit(measure));
    let question = design.question.as_ref().and_then(|id| cx.knowledge.questions.get(id));
    html! {
        section .card {
            h2 { "What it means" }
            p {
                @match found.finding {
                    Some(Finding::First | Finding::Second) => { "Under the conditions you measured, the average difference is very probably more than " (least) ", which you had called worth having." },
                    Some(Finding::Little) => { "Whatever the difference is, it is very probably smaller than " (least) ", which you had called worth having. Choose the way you like better." },
                    None => { "The readings fit with a difference and with none. That is not the same as no difference." },
                }
            }
            h2 { "What it does not mean" }
            ul {
                @if let Some(question) = question { li { (question.not_about) } }
                li { "It is about you. Another person may find the opposite." }
                li { "You knew which way it was. What one expects can change a reading, most of all one of feeling." }
                li { "Supple is not a medical device, and this is no diagnosis." }
            }
        }
    }
}

fn fixed(cx: &Cx<'_>, record: &ExperimentRecord, measure: &Measure, found: &Found) -> Markup {
    let design = record.design();
    html! {
        details .card {
            summary { "The analysis, as it was fixed beforehand" }
            p { "On " (words::day(record.designed.at.date())) ", before the first reading:" }
            ul {
                li { (u16::from(design.blocks.get()) * 2) " sessions in blocks of two, each block with both ways, in an order drawn from the seed " code { (design.seed) } "." }
                li { "Judged by the gain from before to " (say::wait(design.outcome.minutes_after.get())) " after; worth having: " (design.worth_having.value()) " " (unit(measure)) "." }
                li { "One gain was taken to lie about " (format!("{:.1}", design.spread.value())) " " (unit(measure)) " from another by error and chance; the analysis allows from half to twice that." }
                li { "A look after every block from the sixth session on. Something is said once it is " (format!("{:.1}", design.certainty.probability() * 100.0)) " % sure or more: so that of people without any difference at most 5 in 100 are ever told of one." }
                li { "Analysis " code { (design.model) } ", of the gains that count: a difference between the ways, what may be left of the way before, and errors alike on days close together." }
            }
            @if let Some(look) = &found.look {
                p {
                    "After " (look.sessions) " sessions: “" (say::label(design, 0)) "” better by more than that "
                    (percent(look.first)) ", “" (say::label(design, 1)) "” better by more than that " (percent(look.second))
                    ", less than that either way " (percent(look.little)) "."
                }
            }
            p .small { a href=(cx.href("experiments")) { "Other questions" } }
        }
    }
}

fn percent(probability: f64) -> String {
    format!("{:.0} %", probability * 100.0)
}
