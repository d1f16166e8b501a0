//! A terminal for the binary: `script` of util-linux gives it one, 80 by 24, and we type and read.

use crate::home::Home;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Whether a terminal can be had. Says so loudly if not; with `CI=true` that is a failure.
pub fn there_is_one() -> bool {
    let version = Command::new("script").arg("--version").output();
    let there = version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("util-linux"));
    if !there {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "install util-linux: there is no `script` here");
        eprintln!("SKIPPED: there is no `script` of util-linux here, so nothing was tried on a terminal");
    }
    there
}

/// A program on a terminal.
pub struct Terminal {
    child: Child,
    keys: Option<ChildStdin>,
    bytes: Receiver<Vec<u8>>,
    /// Everything that was shown, as it came.
    pub raw: String,
    /// The same in plain letters.
    shown: String,
    read_up_to: usize,
}

pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const CTRL_C: &str = "\x03";

impl Terminal {
    /// Starts `supple` with these arguments.
    pub fn open(home: &Home, args: &str) -> Self {
        Self::open_with(home, args, &[])
    }

    pub fn open_with(home: &Home, args: &str, env: &[(&str, &str)]) -> Self {
        let supple = home.supple();
        let mut command = Command::new("script");
        for (name, value) in supple.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let line = format!("stty rows 24 cols 80; exec '{}' {args}", supple.get_program().to_str().unwrap());
        let mut child = command
            .envs(env.iter().copied())
            .env("SHELL", "/bin/sh")
            .current_dir(home.path(""))
            .args(["-q", "-e", "-c", &line, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("script starts");
        let keys = child.stdin.take();
        let mut out = child.stdout.take().unwrap();
        let (send, bytes) = channel();
        thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(read @ 1..) = out.read(&mut piece) {
                if send.send(piece[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, keys, bytes, raw: String::new(), shown: String::new(), read_up_to: 0 }
    }

    /// Waits until these words are shown after whatever was waited for before; everything up to them.
    #[track_caller]
    pub fn until(&mut self, words: &str) -> String {
        loop {
            let new = &self.shown[self.read_up_to..];
            if let Some(at) = new.find(words) {
                let passed = new[..at + words.len()].to_owned();
                self.read_up_to += passed.len();
                return passed;
            }
            match self.bytes.recv_timeout(Duration::from_secs(60)) {
                Ok(piece) => self.take(&piece),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("`{words}` was not shown after: {}", &self.shown[self.read_up_to..])
                }
            }
        }
    }

    /// Waits for more; whether anything came.
    pub fn next_piece(&mut self) -> bool {
        let piece = self.bytes.recv_timeout(Duration::from_secs(60));
        piece.map(|piece| self.take(&piece)).is_ok()
    }

    /// Waits for words, then types.
    #[track_caller]
    pub fn at(&mut self, words: &str, keys: &str) {
        self.until(words);
        self.types(keys);
    }

    pub fn types(&mut self, keys: &str) {
        let input = self.keys.as_mut().unwrap();
        input.write_all(keys.as_bytes()).and_then(|()| input.flush()).expect("it listens");
    }

    /// Waits for the end: the exit code, and all that was shown.
    pub fn end(mut self) -> (i32, String) {
        while self.next_piece() {}
        drop(self.keys.take());
        let status = self.child.wait().expect("it ends");
        (status.code().unwrap_or(-1), self.shown.clone())
    }

    fn take(&mut self, piece: &[u8]) {
        // Letters that were cut in two are only looked at in English words.
        self.raw.push_str(&String::from_utf8_lossy(piece));
        self.shown = plain(&self.raw);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a failed assertion; one that has ended is not harmed.
        drop(self.child.kill());
    }
}

/// Without what moves the cursor and paints.
pub fn plain(raw: &str) -> String {
    let mut out = String::new();
    let mut letters = raw.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => {
                if letters.next() == Some('[') {
                    while letters.next().is_some_and(|letter| !letter.is_ascii_alphabetic()) {}
                }
            }
            '\r' => {}
            _ => out.push(letter),
        }
    }
    out
}
