//! An answer in words, for a terminal or a golden file. No colours: a shell adds them.

use super::{BlockView, PlanAnswer, VerdictName};
use crate::body::Side;
use crate::dose::Dose;
use crate::event::Answer;
use crate::knowledge::Knowledge;
use crate::plan::force_in_words;
use crate::unit::Seconds;
use std::fmt::Write;

impl VerdictName {
    /// The words people see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Clear => "Ready",
            Self::Modify => "Ready, gentler today",
            Self::Hold => "Not yet",
            Self::Refer => "Get help first",
        }
    }
}

/// The whole answer in words.
#[must_use]
pub fn answer_text(knowledge: &Knowledge, answer: &PlanAnswer) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_answer(knowledge, answer, &mut out);
    out
}

fn write_answer(knowledge: &Knowledge, answer: &PlanAnswer, out: &mut String) -> std::fmt::Result {
    let only_questions = answer.verdict == VerdictName::Hold
        && answer.reasons.iter().filter(|reason| reason.holds).all(|reason| reason.answer == Answer::Unknown);
    if only_questions && let Some(first) = answer.reasons.iter().find(|reason| reason.answer == Answer::Unknown) {
        let question = first.question.as_deref().unwrap_or(&first.text);
        writeln!(out, "One question first.\n\n{}", wrapped(question, "  "))?;
        let more = answer.reasons.iter().filter(|reason| reason.answer == Answer::Unknown).count() - 1;
        if more > 0 {
            writeln!(out, "\n{more} more {} open.", if more == 1 { "question is" } else { "questions are" })?;
        }
        return Ok(());
    }
    let nothing = answer.plan.as_ref().is_some_and(|plan| plan.blocks.is_empty());
    let headline = match nothing {
        true if answer.reasons.iter().any(|reason| reason.answer == Answer::Unknown) => "Nothing to roll yet",
        true => "Nothing to roll today",
        false => answer.verdict.words(),
    };
    writeln!(out, "{headline}")?;
    for reason in &answer.reasons {
        if answer.verdict == VerdictName::Refer {
            // Only what to do; never what it may be.
            if let Some(advice) =
                reason.advice.as_ref().filter(|_| reason.action == crate::knowledge::Action::StopAndReferUrgently)
            {
                writeln!(out, "\n{}", wrapped(advice, ""))?;
            }
            continue;
        }
        if answer.verdict == VerdictName::Hold && reason.answer == Answer::Unknown {
            continue; // what was answered already decides today; the open questions come with the next check-in
        }
        writeln!(out, "\n{}", wrapped(&reason.text, "  "))?;
        if let Some(advice) = &reason.advice {
            writeln!(out, "{}", wrapped(advice, "  "))?;
        }
    }
    let Some(plan) = &answer.plan else { return Ok(()) };
    if let Some(offer) = &plan.offer {
        writeln!(out, "\n{}", wrapped(offer, ""))?;
    }
    if !nothing {
        let total = Seconds::new(plan.seconds_total);
        let pressure = Seconds::new(plan.seconds_pressure);
        writeln!(out, "\n{total} in all, {pressure} of it pressure.")?;
        writeln!(out, "{}", wrapped(&plan.says, ""))?;
    }
    let mut before: Option<&BlockView> = None;
    for (index, block) in plan.blocks.iter().enumerate() {
        if before.is_some_and(|last| same_on_the_other_side(last, block)) {
            writeln!(out, "\n{}. {}, {}: the same on this side", index + 1, block.name, side_words(block.dose.side))?;
        } else {
            write_block(knowledge, index + 1, block, out)?;
        }
        before = Some(block);
    }
    if !plan.left_out.is_empty() {
        writeln!(out, "\nLeft out")?;
        for left in &plan.left_out {
            let name = knowledge.regions.get(&left.region).map_or(left.region.id(), |region| region.name.as_str());
            writeln!(out, "{}", wrapped(&format!("{name}, {}: {}", side_words(left.side), left.why), "  "))?;
        }
    }
    Ok(())
}

fn same_on_the_other_side(a: &BlockView, b: &BlockView) -> bool {
    a.dose.side != b.dose.side && Dose { side: a.dose.side, ..b.dose.clone() } == a.dose
}

fn write_block(knowledge: &Knowledge, number: usize, block: &BlockView, out: &mut String) -> std::fmt::Result {
    let dose = &block.dose;
    writeln!(out, "\n{number}. {}, {}", block.name, side_words(dose.side))?;
    let times = if dose.sets == 1 { String::new() } else { format!("{} x ", dose.sets) };
    let rest = if dose.sets == 1 { String::new() } else { format!(", {} s rest between", dose.rest_seconds) };
    let pace = match (dose.seconds_per_pass, dose.hold_seconds) {
        (Some(pass), _) => format!("{pass} s for each pass"),
        (None, Some(hold)) if dose.spots == 1 => format!("{hold} s on one spot"),
        (None, Some(hold)) => format!("{} spots, {hold} s on each", dose.spots),
        (None, None) => String::new(),
    };
    let (seconds, target, cap) = (dose.seconds_per_set, dose.felt_target, dose.felt_cap);
    let felt =
        if target == cap { format!("at most {cap} of 10") } else { format!("{target} of 10, never over {cap}") };
    writeln!(out, "   {times}{seconds} s{rest}. Pressure {felt}. {pace}.")?;
    writeln!(out, "{}", wrapped(&block.position, "   "))?;
    writeln!(out, "{}", wrapped(&block.setup, "   "))?;
    writeln!(out, "{}", wrapped(&block.line_of_travel, "   "))?;
    if let Some(lighter) = block.lighter.first() {
        writeln!(out, "{}", wrapped(&format!("Lighter: {lighter}."), "   "))?;
    }
    let why: Vec<&str> = block.why.iter().map(|why| why.text.as_str()).collect();
    writeln!(out, "{}", wrapped(&format!("Why: {}", why.join(" ")), "   "))?;
    let grade = knowledge.grades.get(&block.grade).map_or("", |grade| grade.label.as_str());
    let force = knowledge.techniques.get(&dose.technique).map(|technique| force_in_words(&technique.force));
    let force = force.map_or(String::new(), |force| format!(" It presses with {force}."));
    writeln!(out, "{}", wrapped(&format!("For this way of doing it: {grade}.{force}"), "   "))
}

/// The words for a side.
#[must_use]
pub const fn side_words(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Both => "both sides",
        Side::Midline => "in the middle",
    }
}

/// Text wrapped at 88 letters, each line indented.
#[must_use]
pub fn wrapped(text: &str, indent: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < 88 - indent.len());
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}
