//! An evening in which everything is answered and a session can be started, and a shell for it in memory.

use serde_json::{Value, json};
use supple_app::exchange::Shell;
use supple_app::{App, Method, Request, Response};
use supple_core::Zoned;
use supple_core::assess::asked_about;
use supple_core::body::RegionId;
use supple_core::event::upcast::Entry;
use supple_core::event::{Event, EventBody, VERSION};
use supple_core::knowledge::Scope;

pub const EIGHT: &str = "2026-11-22T20:00:00+01:00[Europe/Berlin]";

/// An app, its log and its clock.
pub struct Evening {
    pub app: App,
    pub now: Zoned,
    seq: u64,
    seeds: u32,
}

impl Evening {
    /// Every question answered no, some tools, and a check-in with sore calves.
    pub fn new() -> Self {
        let knowledge = supple_knowledge::embedded();
        let now: Zoned = EIGHT.parse().expect("a time");
        let mut evening = Self { app: App::new(knowledge, Vec::new()), now, seq: 0, seeds: 0 };
        evening.log_json(r#"{"type":"profile_changed","age_years":34,"body_mass_kg":70.0,"tools":["foam_roller","massage_stick"]}"#);
        let everywhere = asked_about(knowledge, &RegionId::ALL);
        for (id, caution) in &knowledge.cautions {
            let areas = if caution.scope == Scope::MarkedArea { everywhere.as_slice() } else { &[] };
            let answered = json!({
                "type": "question_answered", "caution": id, "text_version": caution.text_version, "answer": "no", "areas": areas,
            });
            evening.log_json(&answered.to_string());
        }
        evening.log_json(
            r#"{"type":"checked_in","goal":"recovery","minutes":10,"soreness":[{"region":"calf","felt":4},{"region":"rectus_femoris","felt":2}],"wants":["calf"]}"#,
        );
        evening
    }

    /// Appends a body as this device's shell does.
    pub fn log(&mut self, id: &str, at: Zoned, body: EventBody) {
        self.seq += 1;
        let logical_ms = at.timestamp().as_millisecond() + i64::try_from(self.seq).expect("few");
        let (id, device, seq) = (id.to_owned(), "phone".to_owned(), self.seq);
        self.app.apply([Entry::Read(Box::new(Event { id, device, seq, logical_ms, at, version: VERSION, body }))]);
    }

    pub fn log_json(&mut self, body: &str) {
        let id = format!("before-{}", self.seq);
        let at = self.now.clone();
        self.log(&id, at, serde_json::from_str(body).expect("a body"));
    }

    /// Lets seconds go by.
    pub fn wait(&mut self, seconds: i64) {
        self.now = self.now.checked_add(supple_core::SignedDuration::from_secs(seconds)).expect("a time");
    }

    pub fn get(&mut self, address: &str) -> Response {
        self.send(Method::Get, address, "")
    }

    pub fn post(&mut self, address: &str, body: &str) -> Response {
        self.send(Method::Post, address, body)
    }

    fn send(&mut self, method: Method, address: &str, body: &str) -> Response {
        self.seeds += 1;
        let (path, query) =
            address.trim_start_matches('/').split_once('?').unwrap_or((address.trim_start_matches('/'), ""));
        let request = Request {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            body: body.to_owned(),
            now: self.now.clone(),
            seed: format!("seed{:04}", self.seeds),
            root: "/".to_owned(),
            shell: Shell::Worker,
        };
        let decision = self.app.decide(&request);
        for (index, (at, body)) in decision.bodies.into_iter().enumerate() {
            self.log(&format!("{}.{index}", decision.action), at, body);
        }
        decision.response
    }

    /// Starts today's session and gives its path.
    pub fn start(&mut self) -> String {
        let answer = self.post("session/start", "action=start-of-the-test");
        let location = answer.location.expect("a session to go to");
        assert!(location.starts_with("/session/"), "{location}");
        location.trim_start_matches('/').to_owned()
    }

    /// The data in a player's page.
    pub fn player(&mut self, path: &str) -> Value {
        let page = self.get(path).body;
        let (_, data) = page
            .split_once("id=\"session-data\" type=\"application/json\">")
            .unwrap_or_else(|| panic!("no player in {page}"));
        serde_json::from_str(data.split_once("</script>").expect("an end").0).expect("JSON")
    }
}
