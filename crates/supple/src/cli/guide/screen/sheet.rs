//! After a stop: what happened? After the end: what was done, and what to watch for.

use super::draw::{Room, countdown};
use super::keys::ANSWERS;
use super::player;
use super::scene::Scene;
use super::stack::{Part, stack};
use super::text::{minutes, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use supple_core::event::BlockEnd;
use supple_core::guide::{PhaseName, StopReason};
use supple_core::knowledge::StopSignalId;

/// The reasons of a stop as large numbered answers, and the time left to answer.
pub fn reasons(scene: &Scene, body: Rect, buf: &mut Buffer) {
    let paint = scene.paint;
    let stopped = scene.view.phase == PhaseName::Stopped;
    let wide = body.width >= 72 && body.height >= 15;
    let room = if wide { Room::Roomy } else { Room::Small };
    let answers = if !stopped {
        body
    } else if wide || body.width >= 60 {
        countdown(scene, "seconds to answer. No answer counts as sharp pain.", room, body, buf)
    } else {
        body
    };
    let mut title = vec![Span::styled("Pressure off. What happened?", paint.bold())];
    if !stopped {
        title = vec![Span::styled("What do you notice?", paint.bold())];
    } else if answers == body {
        title.push(Span::styled(format!("  {} s", scene.view.seconds_left), paint.dim()));
    }
    let offered = ANSWERS.iter().filter(|answer| stopped || matches!(answer.reason, StopReason::Signal(_)));
    let width = answers.width.saturating_sub(5);
    let full: Vec<Vec<String>> = offered
        .clone()
        .map(|answer| {
            let signals = &supple_knowledge::embedded().stop_signals;
            match answer.reason {
                StopReason::Signal(id) => signals.get(&id).map_or_else(Vec::new, |known| wrap(&known.signal, width)),
                _ => Vec::new(),
            }
        })
        .collect();
    let rows: usize = full.iter().map(|lines| lines.len() + 2).sum();
    let tell = rows + 2 <= usize::from(answers.height);
    let mut parts = vec![Part::kept(vec![Line::from(title)])];
    for (answer, full) in offered.zip(&full) {
        let badge = Span::styled(format!(" {} ", answer.key), paint.badge());
        let short = wrap(answer.short, width);
        let first = short.first().cloned().unwrap_or_default();
        let mut lines = vec![Line::from(vec![badge, Span::raw("  "), Span::styled(first, paint.bold())])];
        let more = short.iter().skip(1).map(|line| Line::styled(format!("     {line}"), paint.bold()));
        lines.extend(more);
        if tell {
            lines.extend(full.iter().map(|line| Line::styled(format!("     {line}"), paint.dim())));
        }
        parts.push(Part::kept(lines));
    }
    parts.retain(|part| part.height() > 0);
    stack(&parts, scene, answers, buf);
}

/// What was done, and what to watch for.
pub fn over(scene: &Scene, body: Rect, buf: &mut Buffer) {
    let paint = scene.paint;
    let column = Rect { width: body.width.min(72), ..body };
    let lines = |text: &str, style: Style| -> Vec<Line> {
        wrap(text, column.width).into_iter().map(|line| Line::styled(line, style)).collect()
    };
    let mut parts = Vec::new();
    if let Some(problem) = &scene.problem {
        parts.push(Part::kept(lines(&format!("Not written down yet: {problem}"), paint.care())));
    }
    let (first, advice) = words(scene);
    let style = if player::ended_by_sign(scene) { paint.care() } else { paint.phase(PhaseName::Ended) };
    parts.push(Part::kept(lines(&first, style)));
    parts.push(Part::kept(lines(&advice, Style::new())));
    parts.push(Part::of(1, lines(&done(scene), paint.bold())));
    let blocks = scene.summary.blocks.iter().map(|block| {
        let time = format!("{:>5}  ", minutes(u64::from(block.seconds)));
        let end = match block.end {
            BlockEnd::Completed => "",
            BlockEnd::Shortened => " · shorter",
            BlockEnd::Skipped => " · left early",
            BlockEnd::Stopped => " · stopped",
        };
        Line::from(vec![
            Span::styled(time, paint.bold()),
            Span::raw(format!("{}, {}", block.name, block.side.spoken())),
            Span::styled(end, paint.dim()),
        ])
    });
    parts.push(Part::of(2, blocks.collect()));
    if let Some(note) = &scene.note {
        parts.push(Part::of(3, lines(note, paint.note())));
    }
    parts.retain(|part| part.height() > 0);
    stack(&parts, scene, column, buf);
}

/// The same in words alone, for a few rows or for the shell one returns to.
pub fn over_text(scene: &Scene) -> Vec<String> {
    let (first, advice) = words(scene);
    let problem =
        scene.problem.as_ref().map_or_else(String::new, |problem| format!("Not written down yet: {problem}."));
    [problem, first, advice, done(scene)].into_iter().filter(|text| !text.is_empty()).collect()
}

/// What the end is called, and what to watch for.
fn words(scene: &Scene) -> (String, String) {
    let told = scene.told.clone().unwrap_or_else(|| "That is the session.".into());
    let advice = scene.view.advice.as_ref().filter(|advice| {
        // Said while it mattered; afterwards there is nothing to watch for.
        !matches!(advice.signal, StopSignalId::TooStrong | StopSignalId::RisingInHold)
    });
    let watch_for = advice.map_or_else(String::new, |advice| advice.watch_for.clone());
    // A sign told after the end has its words in the advice alone.
    let first = advice.filter(|_| player::ended_by_sign(scene)).map_or(told, |advice| advice.what_to_do.clone());
    (first, watch_for)
}

/// "5:10 under pressure, in 3 of 4 blocks."
fn done(scene: &Scene) -> String {
    let begun = scene.summary.blocks.len();
    if begun == 0 {
        return "Nothing was pressed.".into();
    }
    let (time, blocks) = (minutes(scene.pressed_seconds), scene.view.blocks);
    if begun == blocks {
        let all = if blocks == 1 { "in one block" } else { "in all blocks" };
        return format!("{time} under pressure, {all}.");
    }
    format!("{time} under pressure, in {begun} of {blocks} blocks.")
}
