//! The screen as a pure function of the scene.

use super::digits;
use super::keys::{ANSWERS, HINTS, Hint};
use super::scene::{Beat, Scene};
use super::stack::{Part, stack};
use super::text::{columns, felt_words, minutes, phase_word, turn, wrap};
use super::{player, sheet};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use supple_core::body::Side;
use supple_core::guide::{Direction, InputName, PhaseName};

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// From 76 columns and 22 rows: everything.
    Roomy,
    /// From 46 columns and 14 rows: everything that fits, small digits.
    Small,
    /// What is needed to stop and to know what to do.
    Tiny,
}

impl Room {
    const fn of(area: Rect) -> Self {
        match (area.width, area.height) {
            (76.., 22..) => Self::Roomy,
            (46.., 14..) => Self::Small,
            _ => Self::Tiny,
        }
    }
}

/// Draws the scene.
pub fn draw(scene: &Scene, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    let room = Room::of(area);
    if room == Room::Tiny {
        tiny(scene, area, buf);
        return;
    }
    let page = centred(area, 116, 36);
    let air = u16::from(room == Room::Roomy);
    let [head, _, body, _, foot] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Length(air),
        Constraint::Fill(1),
        Constraint::Length(air),
        Constraint::Length(3),
    ])
    .areas(page);
    header(scene, head, buf);
    match scene.view.phase {
        PhaseName::Ended if !scene.noticing => sheet::over(scene, body, buf),
        PhaseName::Ended | PhaseName::Stopped => sheet::reasons(scene, body, buf),
        _ => playing(scene, room, body, buf),
    }
    footer(scene, foot, buf);
}

/// Puts a line into a row of `area`, cut to it.
pub fn put(line: &Line, row: u16, area: Rect, buf: &mut Buffer) {
    if row < area.height {
        line.render(Rect { y: area.y + row, height: 1, ..area }, buf);
    }
}

fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width.saturating_sub(2)), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

fn header(scene: &Scene, area: Rect, buf: &mut Buffer) {
    let (view, paint) = (&scene.view, scene.paint);
    let left =
        if view.blocks == 0 { String::new() } else { format!("  block {} of {}", view.block + 1, view.blocks) };
    let left = if view.phase == PhaseName::Ended { String::new() } else { left };
    put(&Line::from(vec![Span::styled("Supple", paint.bold()), Span::styled(left, paint.dim())]), 0, area, buf);
    if view.phase != PhaseName::Ended {
        let time = minutes(u64::from(view.session_seconds_left));
        let right = Line::from(vec![Span::styled(time, paint.bold()), Span::styled(" left", paint.dim())]);
        put(&right.right_aligned(), 0, area, buf);
    }
    let done = filled(view.progress, area.width);
    let bar = vec![
        Span::styled("━".repeat(done), paint.accent()),
        Span::styled("─".repeat(usize::from(area.width) - done), paint.dim()),
    ];
    put(&Line::from(bar), 1, area, buf);
}

/// How many of `width` columns a share fills.
fn filled(share: f64, width: u16) -> usize {
    // Clamped first: what is left is a whole number of columns.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let columns = (share.clamp(0.0, 1.0) * f64::from(width)).round() as usize;
    columns.min(usize::from(width))
}

fn playing(scene: &Scene, room: Room, body: Rect, buf: &mut Buffer) {
    // In the middle, but never so that it jumps with the length of a text.
    let body = if body.height > 24 { Rect { y: body.y + 3, height: body.height - 6, ..body } } else { body };
    let column = countdown(scene, "seconds", room, body, buf);
    let [right, _, last] = if room == Room::Roomy {
        Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)]).areas(column)
    } else {
        Layout::vertical([Constraint::Fill(1), Constraint::Length(0), Constraint::Length(1)]).areas(column)
    };
    stack(&parts(scene, right.width, room), scene, right, buf);
    put(&Line::from(scene.view.next.clone()), 0, last, buf);
}

/// The big digits with the word of the phase over and the unit under them; gives back the room beside them.
pub fn countdown(scene: &Scene, unit: &str, room: Room, body: Rect, buf: &mut Buffer) -> Rect {
    let (view, paint) = (&scene.view, scene.paint);
    let scale = match (body.width, body.height) {
        (112.., 20..) => 4,
        (100.., 18..) => 3,
        _ if room == Room::Roomy => 2,
        _ => 1,
    };
    let two = digits::size(10, scale).0;
    // Three digits are drawn smaller rather than pushing the text away.
    let smaller = if digits::size(view.seconds_left, scale).0 > two { scale.div_ceil(2) } else { scale };
    let number = digits::size(view.seconds_left, smaller);
    let style = paint.phase(view.phase);
    let word = phase_word(view, matches!(scene.beat, Beat::Rep(_)));
    let width = number.0.max(two).max(u16::try_from(word.len()).unwrap_or(u16::MAX));
    let gap = if room == Room::Roomy { 5 } else { 3 };
    let [left, _, right] =
        Layout::horizontal([Constraint::Length(width), Constraint::Length(gap), Constraint::Fill(1)]).areas(body);
    put(&Line::styled(word, style), 0, left, buf);
    let air = u16::from(room == Room::Roomy);
    let below = Rect { y: left.y + 1 + air, height: left.height.saturating_sub(1 + air), ..left };
    // The ones stay where they are.
    let indent = two.saturating_sub(number.0);
    let ones = Rect { x: below.x + indent, width: below.width.saturating_sub(indent), ..below };
    digits::draw(view.seconds_left, smaller, style, ones, buf);
    for (row, line) in (number.1 + air..).zip(wrap(unit, width)) {
        put(&Line::styled(line, paint.dim()), row, below, buf);
    }
    right
}

/// What stands beside the digits.
fn parts<'a>(scene: &'a Scene, width: u16, room: Room) -> Vec<Part<'a>> {
    let (view, paint) = (&scene.view, scene.paint);
    let lines = |text: &str, style: Style| -> Vec<Line<'a>> {
        wrap(text, width).into_iter().map(|line| Line::styled(line, style)).collect()
    };
    let mut parts = Vec::new();
    if let Some(problem) = &scene.problem {
        let text = format!("Not written down yet, so the session waits: {problem}. Any key tries again.");
        parts.push(Part::kept(lines(&text, paint.care())));
    }
    if let Some(told) = &scene.told {
        parts.push(Part::kept(lines(told, paint.care())));
        let watch_for = view.advice.as_ref().map_or("", |advice| advice.watch_for.as_str());
        parts.push(Part::kept(lines(watch_for, Style::new())));
    }
    let set = if view.sets > 1 { format!(" · set {} of {}", view.set, view.sets) } else { String::new() };
    let mut title = lines(&view.technique_name, paint.bold());
    let place = format!("{}{set}", view.side.map_or("", Side::spoken));
    title.extend(lines(&place, paint.dim()));
    parts.push(Part::of(2, title));

    let now = now_text(scene);
    parts.push(Part::now(wrap(&now, width)));
    let under_way = !matches!(view.phase, PhaseName::Rest | PhaseName::Asking);
    if under_way {
        parts.push(Part::of(1, pressure(scene, width)));
    }
    if view.asks_felt {
        parts.push(Part::of(1, felt_buttons(scene, width)));
    }
    match scene.beat {
        Beat::Pass { direction, spent_ms, pass_ms } => {
            let line = travel(scene, direction, spent_ms, pass_ms, width);
            parts.push(Part::of(3, vec![line]));
        }
        Beat::Rep(n) => {
            let dots = "● ".repeat(usize::from(n));
            let text =
                vec![Span::styled(format!("repetition {n}  "), paint.bold()), Span::styled(dots, paint.accent())];
            parts.push(Part::of(3, vec![Line::from(text)]));
        }
        Beat::Still => {}
    }
    // How strong it was is noted in its own place.
    let note = scene.note.as_ref().filter(|note| !(scene.felt_said && *note == "Noted."));
    let mut note = note.map_or_else(Vec::new, |note| lines(note, paint.note()));
    if view.phase == PhaseName::Work && room == Room::Roomy {
        // Its room is kept, so that nothing jumps when it comes and goes.
        note.resize(note.len().max(2), Line::default());
    }
    parts.push(Part::of(4, note));
    parts.retain(|part| part.height() > 0);
    parts
}

/// What to do now, without the words that the pressure line says better.
fn now_text(scene: &Scene) -> String {
    let view = &scene.view;
    let aim = format!("About {} of 10.", view.felt_target);
    match view.phase {
        PhaseName::LeadIn => "Get ready. Pressure begins when the count ends.".into(),
        PhaseName::Paused => "Take the pressure off. Press p to go on.".into(),
        PhaseName::Off => {
            let hint = view.now.strip_prefix("Pressure off. Go on lighter when it has eased.").unwrap_or(&view.now);
            format!("Take the pressure off. When it has eased, press enter and go on lighter.{hint}")
        }
        PhaseName::Asking => "Lift off. How strong was it?".into(),
        PhaseName::Rest if scene.felt_said => "Rest. Lift off.".into(),
        PhaseName::Rest => "Rest. Lift off. How strong was it?".into(),
        _ => view.now.strip_suffix(&aim).unwrap_or(&view.now).trim_end().to_owned(),
    }
}

/// `●●●●○○····  4 of 10`, and in words.
fn pressure<'a>(scene: &Scene, width: u16) -> Vec<Line<'a>> {
    let (view, paint) = (&scene.view, scene.paint);
    let (target, cap) = (view.felt_target.get(), view.felt_cap.get());
    let dots = |n: u8, dot: &str| dot.repeat(usize::from(n));
    let first = Line::from(vec![
        Span::styled(dots(target.min(10), "●"), paint.accent()),
        Span::styled(dots(cap.saturating_sub(target).min(10), "○"), paint.accent()),
        Span::styled(dots(10_u8.saturating_sub(cap.max(target)), "·"), paint.dim()),
        Span::styled(format!("  {target} of 10"), paint.bold()),
    ]);
    let words = format!("{} Never over {cap}.", capital(felt_words(target)));
    let mut all = vec![first];
    all.extend(wrap(&words, width).into_iter().map(Line::from));
    all
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// The three large answers to how strong it was.
fn felt_buttons<'a>(scene: &Scene, width: u16) -> Vec<Line<'a>> {
    const BUTTONS: [(&str, &str); 3] = [("u", "could be more"), ("j", "just right"), ("t", "too much")];
    let paint = scene.paint;
    if scene.felt_said {
        return vec![Line::styled("Noted.", paint.note())];
    }
    let each = 15;
    if width < 3 * each + 2 {
        let line = |(key, words): (&str, &str)| {
            Line::from(vec![Span::styled(format!(" {key} "), paint.badge()), Span::raw(format!(" {words}"))])
        };
        return BUTTONS.map(line).to_vec();
    }
    let (mut top, mut middle, mut bottom) = (Vec::new(), Vec::new(), Vec::new());
    for (i, (key, words)) in BUTTONS.into_iter().enumerate() {
        let gap = if i == 0 { "" } else { " " };
        top.extend([
            Span::styled(format!("{gap}╭ "), paint.dim()),
            Span::styled(key, paint.bold()),
            Span::styled(" ──────────╮", paint.dim()),
        ]);
        middle.extend([
            Span::styled(format!("{gap}│"), paint.dim()),
            Span::styled(format!("{words:^13}"), paint.bold()),
            Span::styled("│", paint.dim()),
        ]);
        bottom.push(Span::styled(format!("{gap}╰─────────────╯"), paint.dim()));
    }
    vec![Line::from(top), Line::from(middle), Line::from(bottom)]
}

/// `back ◂ ──────●────── ▸ out`: the tool on its way along the line.
fn travel<'a>(scene: &Scene, direction: Direction, spent_ms: u64, pass_ms: u64, width: u16) -> Line<'a> {
    let paint = scene.paint;
    let room = usize::from(width.min(60)).saturating_sub(columns("back ◂  ▸ out") + 1);
    let share = usize::try_from(spent_ms.min(pass_ms) * 1000 / pass_ms.max(1)).unwrap_or(0);
    let way = room * share / 1000;
    let at = if direction == Direction::Out { way } else { room - way };
    let (out, back) = match direction {
        Direction::Out => (paint.bold(), paint.dim()),
        Direction::Back => (paint.dim(), paint.bold()),
    };
    Line::from(vec![
        Span::styled("back ◂ ", back),
        Span::styled("─".repeat(at), paint.dim()),
        Span::styled("●", paint.accent().patch(paint.bold())),
        Span::styled("─".repeat(room - at), paint.dim()),
        Span::styled(" ▸ out", out),
    ])
}

/// Stop, large, and the keys.
fn footer(scene: &Scene, area: Rect, buf: &mut Buffer) {
    let [stop, _, keys] =
        Layout::horizontal([Constraint::Length(12), Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    buf.set_style(stop, scene.paint.stop());
    put(&Line::from("s  STOP").centered(), 1, stop, buf);
    for (row, line) in (0..).zip(key_lines(scene, keys.width, 3)) {
        put(&line, row, keys, buf);
    }
}

fn key_lines<'a>(scene: &Scene, width: u16, rows: usize) -> Vec<Line<'a>> {
    let (view, paint) = (&scene.view, scene.paint);
    let pair = |key: &str, does: &str| {
        Line::from(vec![Span::styled(key.to_owned(), paint.bold()), Span::raw(format!(" {does}"))])
    };
    match view.phase {
        PhaseName::Ended if scene.noticing => {
            return vec![pair("1-5", "say what it is"), pair("0", "nothing after all")];
        }
        PhaseName::Ended => {
            let leave = if scene.problem.is_some() {
                vec![pair("any key", "to try again"), pair("q", "to leave without")]
            } else if player::ended_by_sign(scene) {
                vec![pair("enter", "when you have read this")]
            } else {
                vec![pair("any key", "to leave")]
            };
            let leave = if rows > 2 && leave.len() == 1 { [vec![Line::default()], leave].concat() } else { leave };
            return leave.into_iter().chain([pair("s", "something feels wrong now")]).collect();
        }
        PhaseName::Stopped => {
            return vec![
                pair("1-6", "say what happened"),
                pair("0", "go on: it was a mistake"),
                pair("q", "end the session"),
            ];
        }
        _ => {}
    }
    let does_something = |hint: &Hint| view.inputs.contains(&hint.input) || hint.does == "pause";
    let show = |hint: &Hint| {
        let still = matches!(view.phase, PhaseName::Paused | PhaseName::Off);
        let does = if hint.input == InputName::Pause && still { "go on" } else { hint.does };
        if does_something(hint) {
            pair(hint.key, does)
        } else {
            Line::styled(format!("{} {does}", hint.key), paint.dim())
        }
    };
    let column = usize::from(width) / 4;
    if column >= 14 {
        let row = |hints: &[Hint]| {
            let mut spans = Vec::new();
            for hint in hints {
                let line = show(hint);
                let pad = column.saturating_sub(line.width());
                spans.extend(line.spans.into_iter().map(|span| span.patch_style(line.style)));
                spans.push(Span::raw(" ".repeat(pad)));
            }
            Line::from(spans)
        };
        let mut lines: Vec<Line> = HINTS.chunks(4).map(row).take(rows).collect();
        if let Some(last) = lines.last_mut() {
            last.spans.extend(pair("space", "stops too").spans);
        }
        return lines;
    }
    flow(HINTS.iter().filter(|hint| does_something(hint)).map(show), usize::from(width), rows)
}

/// Items one after another, a line only as full as whole items fit.
fn flow<'a>(items: impl Iterator<Item = Line<'a>>, width: usize, rows: usize) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for item in items {
        let count = lines.len();
        match lines.last_mut() {
            Some(last) if last.width() + 2 + item.width() <= width => {
                last.spans.push(Span::raw("  "));
                last.spans.extend(item.spans);
            }
            _ if count < rows && item.width() <= width => lines.push(item),
            _ => {}
        }
    }
    lines
}

/// A few rows only: stop, the count, what to do.
fn tiny(scene: &Scene, area: Rect, buf: &mut Buffer) {
    let (view, paint) = (&scene.view, scene.paint);
    let word = phase_word(view, matches!(scene.beat, Beat::Rep(_)));
    let asks = scene.noticing || view.phase == PhaseName::Stopped;
    let mut top =
        vec![Span::styled(" s STOP ", paint.stop()), Span::styled(format!(" {word} "), paint.phase(view.phase))];
    if view.phase != PhaseName::Ended {
        top.push(Span::styled(format!("{} s", view.seconds_left), paint.bold()));
    }
    let top = Line::from(top);
    let left = minutes(u64::from(view.session_seconds_left));
    let fits = top.width() + 1 + left.len() <= usize::from(area.width);
    put(&top, 0, area, buf);
    if fits && !asks && view.phase != PhaseName::Ended {
        put(&Line::styled(left, paint.dim()).right_aligned(), 0, area, buf);
    }
    let rest = Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(1), ..area };
    if asks {
        let answers: Vec<String> = if rest.height >= 7 {
            ANSWERS.iter().map(|answer| format!("{} {}", answer.key, answer.shortest)).collect()
        } else {
            wrap("1 sharp 2 pins 3 strong 4 dizzy 5 swelling 6 done 0 mistake", rest.width)
        };
        for (row, answer) in (0..).zip(answers) {
            put(&Line::from(answer), row, rest, buf);
        }
        return;
    }
    if view.phase == PhaseName::Ended {
        let keys = u16::from(rest.height >= 2);
        let lines = wrap(&sheet::over_text(scene).join(" "), rest.width);
        for (row, line) in (0..).zip(turn(lines, usize::from(rest.height - keys), scene.shown_seconds)) {
            put(&Line::from(line), row, rest, buf);
        }
        if let Some(line) = key_lines(scene, rest.width, 1).into_iter().next().filter(|_| keys > 0) {
            put(&line, rest.height - 1, rest, buf);
        }
        return;
    }
    let mut below = rest;
    // The count is in the first row already: long instructions are worth more than large digits.
    let reads = matches!(view.phase, PhaseName::SetUp) || scene.told.is_some() || scene.problem.is_some();
    if rest.width >= 24 && rest.height >= 6 && !reads {
        let rows = digits::rows(1);
        digits::draw(view.seconds_left, 1, paint.phase(view.phase), rest, buf);
        let beside = digits::size(view.seconds_left, 1).0.max(digits::size(10, 1).0) + 2;
        let beside = Rect { x: rest.x + beside.min(rest.width), width: rest.width.saturating_sub(beside), ..rest };
        let set = if view.sets > 1 { format!("set {} of {}", view.set, view.sets) } else { String::new() };
        let (side, felt) = (view.side.map_or("", Side::spoken), format!("{} of 10", view.felt_target));
        for (row, text) in (0..).zip([side, &set, &felt].into_iter().filter(|text| !text.is_empty())) {
            put(&Line::from(text.to_owned()), row, beside, buf);
        }
        below = Rect { y: rest.y + rows, height: rest.height - rows, ..rest };
    }
    let keys = u16::from(below.height >= 3);
    let text = scene.problem.clone().or_else(|| scene.told.clone()).unwrap_or_else(|| now_text(scene));
    let lines = wrap(&text, below.width);
    let height = usize::from(below.height - keys);
    for (row, line) in (0..).zip(turn(lines, height, scene.shown_seconds)) {
        put(&Line::from(line), row, below, buf);
    }
    if let Some(line) = key_lines(scene, below.width, 1).into_iter().next().filter(|_| keys > 0) {
        put(&line, below.height - 1, below, buf);
    }
}
