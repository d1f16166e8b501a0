//! The session on the full screen.

use crate::cli::print_line;
use crate::shell::{Diary, Failure};
use keep::Writer;
use keys::{Place, Press};
use paint::Paint;
use player::{Player, Wake};
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind};
use std::io::Write;
use std::time::{Duration, Instant, SystemTime};
use supple_core::guide::{Input, PhaseName, Session};

mod digits;
mod draw;
mod keep;
mod keys;
mod paint;
mod player;
mod scene;
mod sheet;
mod stack;
#[cfg(test)]
mod tests;
mod text;

/// Between two pictures while something moves.
const FRAME: Duration = Duration::from_millis(100);
/// The longest sleep: only so does a gap mean that the machine slept.
const DOZE: Duration = Duration::from_secs(1);
/// After the end, keys meant for the session do not leave the screen.
const LINGER: Duration = Duration::from_millis(800);

/// Plays a session on the full screen. The terminal is as before when it returns, and after a panic.
pub fn play(session: &mut Session, diary: &mut Diary, quiet: bool) -> Result<(), Failure> {
    let mut player = Player::new(session);
    let played = Writer::with(diary, |writer| {
        let mut terminal = ratatui::try_init()?;
        let played = run(&mut player, writer, &mut terminal, quiet);
        ratatui::restore();
        // What one has to know does not vanish with the screen.
        let said = print_line(&last_words(&player));
        player.finish(writer);
        played.and(said.map(|_| ()))
    });
    played?;
    player.into_problem().map_or(Ok(()), |problem| {
        let message = format!(
            "not all of this session could be written down: {}; write down what you did with `supple done`",
            problem.message
        );
        Err(Failure { message, ..problem })
    })
}

/// The end in words, as wide as the terminal.
fn last_words(player: &Player) -> String {
    let width = ratatui::crossterm::terminal::size().map_or(80, |(columns, _)| columns.clamp(20, 100));
    let paragraphs = sheet::over_text(&player.scene(Paint::detect()));
    paragraphs.iter().flat_map(|text| text::wrap(text, width)).collect::<Vec<_>>().join("\n")
}

fn run(player: &mut Player, diary: &mut Writer, terminal: &mut DefaultTerminal, quiet: bool) -> Result<(), Failure> {
    let (began, paint) = (Instant::now(), Paint::detect());
    let now = || milliseconds(began.elapsed());
    let mut drawn: Option<Instant> = None;
    let mut ended: Option<Instant> = None;
    let mut ring = player.step(Input::Tick, now(), diary);
    let mut fresh = true;
    loop {
        if ring && !quiet {
            std::io::stdout().write_all(b"\x07")?;
            std::io::stdout().flush()?;
        }
        if fresh || drawn.is_none_or(|at| at.elapsed() >= FRAME) {
            let scene = player.scene(paint);
            terminal.draw(|frame| draw::draw(&scene, frame.area(), frame.buffer_mut()))?;
            drawn = Some(Instant::now());
        }
        let view = player.view();
        if view.phase == PhaseName::Ended {
            ended.get_or_insert_with(Instant::now);
        }
        let asleep = matches!(view.phase, PhaseName::Paused | PhaseName::Off | PhaseName::Ended);
        let due = player.next_due().map_or(DOZE, |due| Duration::from_millis(due.saturating_sub(now())));
        let key = match next_key(due.min(if asleep { DOZE } else { FRAME })) {
            Ok(key) => key,
            Err(error) => {
                // No terminal, no session: what was done is written down and nothing goes on unseen.
                player.step(Input::End, now(), diary);
                return Err(error.into());
            }
        };
        player.awake(Wake { steady_ms: now(), wall_ms: wall_ms() }, diary);
        let press = match key {
            Wakened::Key(key) => {
                let scene = player.scene(paint);
                let place = Place::of(scene.view.phase, scene.noticing, player::ended_by_sign(&scene));
                keys::press(key, place).map(|press| (press, key))
            }
            Wakened::Resized | Wakened::Nothing => None,
        };
        fresh = key != Wakened::Nothing;
        ring = match press {
            Some((Press::Leave, key)) if player.has_unsaved() && !gives_up(key) => {
                player.retry(now(), diary);
                false
            }
            Some((Press::Leave, key)) => {
                if gives_up(key) || ended.is_some_and(|at| at.elapsed() >= LINGER) {
                    return Ok(());
                }
                false
            }
            Some((Press::Notice, _)) => {
                player.notice(true);
                player.step(Input::Stop, now(), diary)
            }
            Some((Press::CloseSheet, _)) => {
                player.notice(false);
                false
            }
            Some((Press::Say(input), _)) => {
                let ring = player.step(input, now(), diary);
                // After the end an answer closes the sheet.
                player.notice(player.is_noticing() && !matches!(input, Input::StopReason(_)));
                ring
            }
            None => player.step(Input::Tick, now(), diary),
        };
        fresh |= player.take_news();
    }
}

/// What ended a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wakened {
    Key(KeyEvent),
    Resized,
    Nothing,
}

fn next_key(wait: Duration) -> std::io::Result<Wakened> {
    if !event::poll(wait)? {
        return Ok(Wakened::Nothing);
    }
    Ok(match event::read()? {
        Event::Key(key) if key.kind != KeyEventKind::Release => Wakened::Key(key),
        Event::Resize(..) => Wakened::Resized,
        _ => Wakened::Nothing,
    })
}

/// The keys that leave even if not everything is on the disk.
fn gives_up(key: KeyEvent) -> bool {
    let control_c = key.modifiers.contains(event::KeyModifiers::CONTROL) && key.code == KeyCode::Char('c');
    control_c || matches!(key.code, KeyCode::Char('q' | 'Q'))
}

fn milliseconds(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

fn wall_ms() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, milliseconds)
}
