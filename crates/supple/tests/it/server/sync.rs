//! Two devices and a server: whoever meets whom first, all end with the same log.

use super::Running;
use super::client::Answer;
use crate::home::{Home, TODAY};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A device as the browser is one: a log of lines and what it needs to exchange them.
#[derive(Debug, Default, Clone)]
pub struct Device {
    pub name: String,
    pub epoch: Option<String>,
    /// Lines by device and number.
    pub lines: BTreeMap<String, BTreeMap<u64, String>>,
}

impl Device {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Something happens on this device.
    pub fn write(&mut self, text: &str) -> String {
        let series = self.lines.entry(self.name.clone()).or_default();
        let seq = series.len() as u64 + 1;
        let line = line(&self.name, seq, text);
        series.insert(seq, line.clone());
        line
    }

    fn have(&self) -> BTreeMap<&str, u64> {
        self.lines.iter().map(|(device, series)| (device.as_str(), series.len() as u64)).collect()
    }

    /// Exchanges until nothing is left, or the answer is lost after so many questions. `most` lines go at once.
    pub fn meet(&mut self, server: &Running, most: usize, lost_after: usize) {
        let mut theirs: BTreeMap<String, u64> = BTreeMap::new();
        let mut known = false;
        for question in 0.. {
            assert!(question < 1000, "it ends");
            let held = |device: &str| theirs.get(device).copied().unwrap_or(0);
            let lacks = |(device, series): (&String, &BTreeMap<u64, String>)| -> Vec<String> {
                series.iter().filter(|(seq, _)| **seq > held(device)).map(|(_, line)| line.clone()).collect()
            };
            // The first question only asks what the server has.
            let all: Vec<String> = if known { self.lines.iter().flat_map(lacks).collect() } else { Vec::new() };
            let some = &all[..all.len().min(most)];
            let asked = json!({ "epoch": self.epoch, "have": self.have(), "lines": some });
            let answer = server.send("/api/sync", &asked).with(200);
            if question == lost_after {
                return;
            }
            let answer = answer.json();
            self.epoch = Some(answer["epoch"].as_str().unwrap().to_owned());
            theirs = serde_json::from_value(answer["have"].clone()).unwrap();
            for line in answer["lines"].as_array().unwrap() {
                self.take(line.as_str().unwrap());
            }
            if known && all.len() == some.len() && answer["more"] == false {
                return;
            }
            known = true;
        }
    }

    fn take(&mut self, line: &str) {
        let value: Value = serde_json::from_str(line).unwrap();
        let (device, seq) = (value["device"].as_str().unwrap(), value["seq"].as_u64().unwrap());
        let series = self.lines.entry(device.to_owned()).or_default();
        assert!(seq <= series.len() as u64 + 1, "the server leaves no gap");
        let before = series.insert(seq, line.to_owned());
        assert!(before.is_none_or(|before| before == line), "one place, one line");
    }

    pub fn all(&self) -> BTreeSet<&str> {
        self.lines.values().flat_map(BTreeMap::values).map(String::as_str).collect()
    }
}

/// An event of a device, written as no program of ours would write it: its bytes have to stay.
pub fn line(device: &str, seq: u64, text: &str) -> String {
    let at = "2026-11-22T18:00:00+01:00[Europe/Berlin]";
    let ms = 1_795_366_800_000 + seq;
    format!(
        r#"{{"id":"{device}-{seq}", "device":"{device}","seq":{seq},"logical_ms":{ms},"at":"{at}","version":1,"body":{{"type":"retracted","event":"{text}"}}}}"#
    )
}

/// A different choice for every seed, the same for the same seed: SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }
}

#[test]
fn in_whatever_order_devices_meet_the_server_all_logs_are_equal() {
    for seed in 0..12 {
        let home = Home::new();
        if seed % 3 == 0 {
            home.two_minutes_for_the_calves(TODAY);
        }
        let server = Running::start(&home);
        let mut dice = Dice(seed);
        let mut devices = [Device::new("phone"), Device::new("tablet")];
        for step in 0..40 {
            let device = &mut devices[dice.below(2)];
            match dice.below(4) {
                0 => device.meet(&server, 1 + dice.below(5), usize::MAX),
                // The network goes away in the middle.
                1 => device.meet(&server, 1 + dice.below(5), dice.below(3)),
                _ => drop(device.write(&format!("Grüße \\\" 東京 {step}"))),
            }
        }
        for _ in 0..2 {
            devices.iter_mut().for_each(|device| device.meet(&server, 7, usize::MAX));
        }
        let [phone, tablet] = &devices;
        assert_eq!(phone.all(), tablet.all(), "seed {seed}");
        let export = home.run(&["log", "export", "-"]).ok().out;
        assert_eq!(phone.all(), export.lines().collect(), "seed {seed}: byte for byte");
        home.run(&["log", "verify"]).ok();
    }
}

fn refused(answer: Answer, status: u16, words: &str) {
    assert!(answer.text().contains(words), "{words} is not in {}", answer.text());
    answer.with(status);
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_lost() {
    let home = Home::new();
    let server = Running::start(&home);
    let send = |lines: &[String]| server.send("/api/sync", &json!({ "lines": lines }));
    let lines: Vec<String> = (1..=4).map(|seq| line("phone", seq, "x")).collect();
    send(&lines[..2]).with(200);
    let before = home.run(&["log", "export", "-"]).ok().out;
    refused(send(&lines[3..]), 409, "the next one here is 3");
    refused(send(&[line("tablet", 1, "good"), line("phone", 2, "another truth")]), 409, "with other bytes");
    refused(send(&[line("tablet", 1, "x").replace("tablet-1", "phone-1")]), 409, "already that of number 1");
    refused(send(&["{}".into()]), 422, "line 1: no place in a series");
    refused(send(&["two\nlines".into()]), 422, "not one line");
    for (body, words) in
        [(json!({ "lines": [1] }), "lines[0]"), (json!({ "has": {} }), "unknown field"), (json!(7), "epoch")]
    {
        refused(server.send("/api/sync", &body), 422, words);
    }
    assert_eq!(home.run(&["log", "export", "-"]).ok().out, before);
    // One of a newer version is kept as it is, and handed on.
    let newer = line("phone", 3, "x").replace("\"version\":1", "\"version\":77");
    send(std::slice::from_ref(&newer)).with(200);
    let answer = server.send("/api/sync", &json!({ "have": { "phone": 2 } })).with(200).json();
    assert_eq!(answer["lines"], json!([newer]));
    assert_eq!(answer["have"], json!({ "phone": 3 }));
}

#[test]
fn a_long_log_comes_in_pieces() {
    let home = Home::new();
    let server = Running::start(&home);
    let mut phone = Device::new("phone");
    let long = "y".repeat(2000);
    (0..600).for_each(|_| drop(phone.write(&long)));
    phone.meet(&server, 300, usize::MAX);
    let first = server.send("/api/sync", &json!({})).with(200);
    assert!(first.body.len() < 400_000, "{}", first.body.len());
    assert_eq!(first.json()["more"], true);
    let mut tablet = Device::new("tablet");
    tablet.meet(&server, 1, usize::MAX);
    assert_eq!(tablet.all(), phone.all());
}
