//! The browser's shell around the app: text in, text out. It stamps; its caller, `web/sw.js`, stores.

#[cfg(feature = "for-tests")]
mod for_tests;
#[cfg(feature = "whole")]
mod warm_up;

use crate::memory::failed;
use crate::zones::Zones;
#[cfg(feature = "whole")]
use jiff::tz::Offset;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use supple_app::exchange::{Method, Request, Response, Shell as Answerer};
use supple_app::{App, Decision};
use supple_core::event::upcast::{self, Entry, Frame, Unreadable};
use supple_core::event::{EventBody, Series, stamp};
use supple_core::lean;
use supple_core::sorted::SortedMap;
use supple_core::sync::{self, Span, Summary};

/// The most bytes of lines in one answer of [`Shell::missing`]; a first exchange of years takes a few rounds. Our
/// judgement: on a slow connection of 50 kB/s one round is 5 s.
const MOST_BYTES: usize = 250_000;

/// One person's log in memory.
#[derive(Debug)]
pub struct Shell {
    app: App,
    zones: Zones,
}

impl Default for Shell {
    fn default() -> Self {
        Self { app: App::new(supple_knowledge::embedded(), Vec::new()), zones: Zones::default() }
    }
}

/// What the service worker passes in for each request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    method: Method,
    path: String,
    query: String,
    body: String,
    /// Milliseconds since 1970.
    now_ms: i64,
    /// The name of the zone, as the browser knows it.
    zone: String,
    /// Minutes east of Greenwich, for a zone that is not in our database.
    #[cfg_attr(
        not(feature = "whole"),
        expect(dead_code, reason = "the first engine leaves such a zone to the whole one")
    )]
    offset_minutes: i32,
    seed: String,
    root: String,
    /// Whose series the events go to.
    device: String,
}

#[derive(Debug, Serialize)]
struct Answered<'a> {
    response: &'a Response,
    /// Lines to store before the response goes out; none: nothing is to be stored.
    append: Vec<String>,
}

/// Only the whole engine can answer this.
#[derive(Debug, Serialize)]
struct Elsewhere {
    elsewhere: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Theirs {
    have: Summary,
}

#[derive(Debug, Serialize)]
struct Missing {
    /// What is held here.
    have: Summary,
    /// What the other side lacks, as much as fits.
    lines: Vec<String>,
    /// Whether the other side lacks more than that.
    more: bool,
    /// Whether something is missing here.
    ask: bool,
}

impl Shell {
    /// Folds a log, a line an entry; after a zero byte the lines that were set aside. Answers with `{"entries":…}`.
    pub fn open(&mut self, lines: &str) -> String {
        let (lines, aside) = lines.split_once('\0').unwrap_or((lines, ""));
        let entries = self.entries(lines).chain(self.entries(aside).map(set_aside));
        self.app = App::new(supple_knowledge::embedded(), entries.collect());
        self.counted()
    }

    /// Takes in lines that are stored now. Answers with `{"entries":…}`.
    pub fn apply(&mut self, lines: &str) -> String {
        let entries: Vec<Entry> = self.entries(lines).collect();
        self.app.apply(entries);
        self.counted()
    }

    /// What a request leads to: `{"response":…,"append":[…]}`. Nothing is kept until [`apply`](Self::apply). The first
    /// engine says `{"elsewhere":true}` of what only the whole one can answer.
    #[must_use]
    pub fn request(&self, asked: &str) -> String {
        let asked = match self.read(asked) {
            Ok(asked) => asked,
            Err(error) => return failed(&error),
        };
        let decided = asked.and_then(|(request, device)| Some((self.decide(&request)?, device)));
        let Some((Decision { bodies, action, response, .. }, device)) = decided else {
            return json(&Elsewhere { elsewhere: true });
        };
        json(&Answered { response: &response, append: self.stamped(&device, &action, bodies) })
    }

    /// The page for a request that could not be stored: `{"response":…,"append":[]}`.
    #[must_use]
    pub fn not_stored(&self, asked: &str) -> String {
        match self.read(asked) {
            Ok(Some((request, _))) => {
                json(&Answered { response: &self.app.not_stored(&request), append: Vec::new() })
            }
            Ok(None) => json(&Elsewhere { elsewhere: true }),
            Err(error) => failed(&error),
        }
    }

    /// What another side lacks that holds `{"have":…}`, and whether something is missing here.
    #[must_use]
    pub fn missing(&self, theirs: &str) -> String {
        let theirs: Theirs = match lean::from_str(theirs) {
            Ok(theirs) => theirs,
            Err(error) => return failed(&error.to_string()),
        };
        let series = self.series();
        let have = summary(&series);
        let missing = sync::diff(&have, &theirs.have);
        let (mut lines, mut bytes, mut more) = (Vec::new(), 0, false);
        for Span { device, from, to } in &missing.send {
            let wanted = series[device.as_str()].iter().filter(|(seq, _)| *seq >= from && *seq <= to);
            for (_, entry) in wanted {
                // At least one, however long it is.
                if bytes >= MOST_BYTES {
                    more = true;
                    break;
                }
                let line = entry.to_line();
                bytes += line.len();
                lines.push(line);
            }
        }
        json(&Missing { have, lines, more, ask: !missing.ask.is_empty() })
    }

    /// Takes in a time zone, as [`Zones::hand`]. Answers with `{"taken":…}`.
    #[cfg(not(feature = "whole"))]
    pub fn hand_zone(&mut self, text: &str) -> String {
        format!("{{\"taken\":{}}}", self.zones.hand(text))
    }

    /// A request and whose series its events go to. None: its time zone is not here.
    fn read(&self, asked: &str) -> Result<Option<(Request, String)>, String> {
        let asked: Asked = lean::from_str(asked).map_err(|error| error.to_string())?;
        let now = Timestamp::from_millisecond(asked.now_ms).map_err(|_| "a time in no calendar")?;
        let zone = zone(&self.zones, &asked)?;
        let Asked { method, path, query, body, seed, root, device, .. } = asked;
        let at = |zone| Request {
            method,
            path,
            query,
            body,
            now: now.to_zoned(zone),
            seed,
            root,
            shell: Answerer::Worker,
        };
        Ok(zone.map(|zone| (at(zone), device)))
    }

    /// None: only the whole engine can.
    fn decide(&self, request: &Request) -> Option<Decision> {
        #[cfg(feature = "for-tests")]
        if let Some(decision) = for_tests::decide(&self.app, request) {
            return Some(decision);
        }
        // Whoever knows all pages says of the others that there are none.
        #[cfg(feature = "whole")]
        let decided = Some(self.app.decide(request));
        #[cfg(not(feature = "whole"))]
        let decided = self.app.decide_here(request);
        decided
    }

    fn entries(&self, lines: &str) -> impl Iterator<Item = Entry> {
        lines.split('\n').filter(|line| !line.trim().is_empty()).map(|line| self.zones.settled(upcast::read(line)))
    }

    /// Every device's entries by number, as far as their frames can be read.
    fn series(&self) -> SortedMap<&str, SortedMap<u64, &Entry>> {
        let mut series: SortedMap<&str, SortedMap<u64, &Entry>> = SortedMap::new();
        for entry in self.app.entries() {
            if let Some((device, seq)) = place(entry) {
                series.get_or_default(device).insert(seq, entry);
            }
        }
        series
    }

    fn stamped(&self, device: &str, action: &str, bodies: Vec<(Zoned, EventBody)>) -> Vec<String> {
        let mut last = None;
        let mut taken = 0;
        for entry in self.app.entries() {
            last = last.max(match entry {
                Entry::Read(event) => Some(event.logical_ms),
                Entry::Unreadable(entry) => entry.frame.logical_ms,
            });
            taken = taken.max(place(entry).filter(|(whose, _)| *whose == device).map_or(0, |(_, seq)| seq));
        }
        let series = Series { device, next_seq: taken + 1, last_logical_ms: last };
        let events = stamp(series, bodies, |seq| format!("{action}.{}", seq - taken - 1));
        events.into_iter().map(|event| Entry::Read(Box::new(event)).to_line()).collect()
    }

    fn counted(&self) -> String {
        format!("{{\"entries\":{}}}", self.app.entries().len())
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain values are always JSON")
}

/// A line whose place is taken, or that has none, is never read as an event, whatever its bytes say.
fn set_aside(entry: Entry) -> Entry {
    match entry {
        Entry::Unreadable(entry) => Entry::Unreadable(Unreadable { frame: Frame::default(), ..entry }),
        Entry::Read(event) => Entry::Unreadable(Unreadable {
            raw: Entry::Read(event).to_line(),
            why: "another line has its number or its id".to_owned(),
            frame: Frame::default(),
        }),
    }
}

fn place(entry: &Entry) -> Option<(&str, u64)> {
    match entry {
        Entry::Read(event) => Some((&event.device, event.seq)),
        Entry::Unreadable(entry) => Some((entry.frame.device.as_deref()?, entry.frame.seq?)),
    }
}

/// Of each device, the number up to which nothing is missing.
fn summary(series: &SortedMap<&str, SortedMap<u64, &Entry>>) -> Summary {
    series
        .iter()
        .map(|(device, entries)| (*device, (1..).zip(entries.keys()).take_while(|(n, seq)| n == *seq).count() as u64))
        .collect()
}

/// The zone of a request, which browsers may know better than we do; then the offset has to do.
#[cfg(feature = "whole")]
fn zone(zones: &Zones, asked: &Asked) -> Result<Option<TimeZone>, String> {
    let offset = || Offset::from_seconds(asked.offset_minutes.saturating_mul(60)).map(TimeZone::fixed);
    let zone = zones.get(&asked.zone).map_or_else(offset, Ok);
    zone.map(Some).map_err(|_| "an offset of more than a day".to_owned())
}

/// The zone of a request, if it was handed over.
#[cfg(not(feature = "whole"))]
#[allow(clippy::unnecessary_wraps)] // the other build can fail
fn zone(zones: &Zones, asked: &Asked) -> Result<Option<TimeZone>, String> {
    Ok(zones.get(&asked.zone))
}
