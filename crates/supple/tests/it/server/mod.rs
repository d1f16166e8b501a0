//! The server as browsers, devices and attackers use it: the real binary on a free port.

mod client;
mod erase;
mod feeds;
mod headers;
mod import;
mod killed;
mod openapi;
mod pairing;
mod sync;
mod together;
mod trainings;

use crate::home::{Home, TODAY};
use client::Asked;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

/// A server that was started for a test, and dies with it.
pub struct Running {
    child: Child,
    port: u16,
    // Closing it would break what the server prints.
    _out: BufReader<ChildStdout>,
}

impl Running {
    /// On this machine, at the hour of the other tests.
    pub fn start(home: &Home) -> Self {
        Self::with(home, TODAY, &[])
    }

    /// With these flags, at this time.
    pub fn with(home: &Home, now: &str, flags: &[&str]) -> Self {
        let mut child = home
            .supple()
            .args(["--json", "--now", now, "serve", "--port", "0"])
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).expect("it says where it is");
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        let address = said["address"].as_str().unwrap();
        let port = address.rsplit(':').next().unwrap().trim_end_matches('/').parse().unwrap();
        Self { child, port, _out: out }
    }

    /// The name a browser on this machine would ask for.
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// A question, not yet sent.
    pub fn ask(&self, method: &'static str, path: &str) -> Asked {
        Asked::new(self.port, method, path).header("Host", &self.host())
    }

    /// JSON to a path of the API, as a program sends it.
    pub fn send(&self, path: &str, body: &Value) -> client::Answer {
        self.ask("POST", path).json(body).send()
    }

    /// What the server says of itself.
    pub fn epoch(&self) -> String {
        self.ask("GET", "/api/status").send().json()["epoch"].as_str().expect("an epoch").to_owned()
    }

    /// The form that takes the last entry back, as it stands on the page; none where there is nothing to take back.
    pub fn undo_form(&self) -> Option<String> {
        let page = self.ask("GET", "/history").send().with(200).text();
        let form = page.split("history/undo\"").nth(1)?;
        let value = |name: &str| form.split(&format!("name=\"{name}\" value=\"")).nth(1)?.split('"').next();
        Some(format!("action={}&of={}", value("action")?, value("of")?))
    }

    /// SIGKILL on Unix: nobody can tidy up.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
