//! A home of its own for each test, and the binary in it.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A Sunday evening in Berlin.
pub const TODAY: &str = "2026-11-22T18:00:00+01:00[Europe/Berlin]";
/// The evening after.
pub const TOMORROW: &str = "2026-11-23T18:00:00+01:00[Europe/Berlin]";

/// Every list of questions answered with no.
pub const ALL_NO: [&str; 10] = [
    "--none-of",
    "get_help_first",
    "--none-of",
    "told_by_a_doctor",
    "--none-of",
    "medicines",
    "--none-of",
    "recent",
    "--none-of",
    "areas",
];

pub struct Home {
    folder: TempDir,
}

/// What a command came to.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file in the temporary folder");
        path.to_str().expect("temporary paths are UTF-8").to_owned()
    }

    /// The binary in this home, in Berlin, with nothing of the tester's own settings.
    pub fn supple(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_supple"));
        command
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("SUPPLE_DATA", self.path("log.sqlite"))
            .env("TZ", "Europe/Berlin")
            .env("TERM", "xterm-256color")
            .env_remove("NO_COLOR")
            .env_remove("XDG_DATA_HOME");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// The same with something on standard input.
    pub fn run_with(&self, args: &[&str], input: impl AsRef<[u8]>) -> Ran {
        let mut child = self
            .supple()
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut stdin = child.stdin.take().expect("it was piped");
        let input = input.as_ref().to_vec();
        // A program that does not read its input is no failure of the test.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("the writer ends");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("what it prints is UTF-8"),
            err: String::from_utf8(output.stderr).expect("what it says is UTF-8"),
        }
    }

    /// At a time.
    pub fn at(&self, now: &str, args: &[&str]) -> Ran {
        self.run(&[&["--now", now], args].concat())
    }

    /// A check-in by flags with every question answered with no.
    pub fn check_in(&self, now: &str, flags: &[&str]) -> Ran {
        self.at(now, &[&["check-in"], flags, &ALL_NO].concat())
    }

    /// An adult with a soft stick and two minutes for both calves.
    pub fn two_minutes_for_the_calves(&self, now: &str) {
        self.check_in(
            now,
            &[
                "--age",
                "34",
                "--tool",
                "massage_stick:soft",
                "--goal",
                "mobility",
                "--minutes",
                "2",
                "--tight",
                "calf",
            ],
        )
        .ok();
    }

    /// The whole of today's plan on a virtual clock.
    pub fn play(&self, now: &str) -> Ran {
        self.at(now, &["guide", "--simulate", "-"]).ok()
    }
}

impl Ran {
    /// It went well.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.with_code(0)
    }

    /// It ended with this code.
    #[track_caller]
    pub fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Each line of what it printed is one JSON value.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }

    /// What it printed is one line of JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let mut lines = self.json_lines();
        assert_eq!(lines.len(), 1, "one line: {}", self.out);
        lines.remove(0)
    }

    /// All of these words are in what it printed.
    #[track_caller]
    pub fn says(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.out.contains(word), "`{word}` is not in: {}", self.out);
        }
        self
    }

    /// All of these words are in its error, and nothing of how it is made.
    #[track_caller]
    pub fn complains(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        for inside in ["panicked", "RUST_BACKTRACE", "Error {", "Os {", "::"] {
            assert!(!self.err.contains(inside), "`{inside}` is in: {}", self.err);
        }
        self
    }
}
