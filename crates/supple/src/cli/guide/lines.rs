//! The session line by line, for pipes, screen readers and small terminals. Inputs are typed as words.

use super::{clock, keep};
use crate::cli::{print_json, print_line};
use crate::shell::page::fit;
use crate::shell::{Diary, Failure};
use std::io::BufRead;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};
use supple_core::guide::{CueKind, Input, MoveRun, Output, Session, parse_script};

/// What can be played line by line.
pub trait Guided {
    /// Lets the time pass, then takes the input.
    fn step(&mut self, input: Input, now_ms: u64) -> Output;
    /// Whether it is over.
    fn is_ended(&self) -> bool;
    /// When the next cue or change is due.
    fn next_due(&self) -> Option<u64>;
}

impl Guided for Session {
    fn step(&mut self, input: Input, now_ms: u64) -> Output {
        Self::step(self, input, now_ms)
    }
    fn is_ended(&self) -> bool {
        Self::is_ended(self)
    }
    fn next_due(&self) -> Option<u64> {
        Self::next_due(self)
    }
}

impl Guided for MoveRun {
    fn step(&mut self, input: Input, now_ms: u64) -> Output {
        Self::step(self, input, now_ms)
    }
    fn is_ended(&self) -> bool {
        Self::is_ended(self)
    }
    fn next_due(&self) -> Option<u64> {
        Self::next_due(self)
    }
}

/// Line by line: cues are printed when they are due, a typed word is an input.
pub struct Typed {
    /// Cues as JSON.
    pub json: bool,
    /// No bell.
    pub quiet: bool,
    /// 1 for people; tests let the clock run faster.
    pub speed: u32,
}

impl Typed {
    /// Plays to the end.
    pub fn play(&self, guided: &mut impl Guided, diary: &mut Diary) -> Result<(), Failure> {
        play(guided, diary, self.json, self.quiet, self.speed)
    }
}

fn play(session: &mut impl Guided, diary: &mut Diary, json: bool, quiet: bool, speed: u32) -> Result<(), Failure> {
    let typed = read_words();
    let began = Instant::now();
    let speed = u64::from(speed.max(1));
    let now = || u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_mul(speed);
    if !json {
        print_line("Type a word and enter: ready, pause, resume, lighter, skip, felt 5, stop, end.")?;
    }
    let mut output = session.step(Input::Tick, now());
    let mut passes = 0;
    loop {
        keep(diary, &output)?;
        if json {
            for cue in &output.cues {
                print_json(cue)?;
            }
        } else {
            say(&output, quiet, &mut passes)?;
        }
        if session.is_ended() {
            return Ok(());
        }
        let wait = session.next_due().map_or(1000, |due| due.saturating_sub(now()).div_ceil(speed).min(1000));
        output = match typed.recv_timeout(Duration::from_millis(wait)) {
            Ok(line) => input(session, &line, now(), json)?,
            Err(RecvTimeoutError::Timeout) => session.step(Input::Tick, now()),
            Err(RecvTimeoutError::Disconnected) => {
                thread::sleep(Duration::from_millis(wait));
                session.step(Input::Tick, now())
            }
        };
    }
}

fn input(session: &mut impl Guided, line: &str, now: u64, json: bool) -> Result<Output, Failure> {
    match parse_script(&format!("0 {line}")) {
        Ok(inputs) => Ok(inputs.first().map_or_else(Output::default, |(_, input)| session.step(*input, now))),
        Err(error) if json => Err(Failure::bad_input(error.problem.to_string())),
        Err(error) => {
            print_line(&error.problem.to_string())?;
            Ok(session.step(Input::Tick, now))
        }
    }
}

/// How many passes are called after each start: enough for the pace, and no line for every second after it.
const PASSES_SAID: usize = 4;

fn say(output: &Output, quiet: bool, passes: &mut usize) -> Result<(), Failure> {
    for cue in &output.cues {
        match cue.kind {
            CueKind::Start => *passes = 0,
            CueKind::Pass(_) => *passes += 1,
            _ => {}
        }
        if matches!(cue.kind, CueKind::Pass(_)) && *passes > PASSES_SAID {
            continue;
        }
        let bell = matches!(cue.kind, CueKind::Start | CueKind::Rest | CueKind::SwitchSides | CueKind::OffNow);
        let bell = if bell && !quiet { "\u{7}" } else { "" };
        let going_on =
            if *passes == PASSES_SAID && matches!(cue.kind, CueKind::Pass(_)) { " And so on." } else { "" };
        let text = fit(&format!("{}  {}{going_on}", clock(cue.at_ms), cue.text));
        print_line(&format!("{bell}{text}"))?;
    }
    Ok(())
}

fn read_words() -> Receiver<String> {
    let (send, receive) = channel();
    thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    receive
}
