//! An evening in which everything is answered and a session can be started, on a phone that answers for itself.

use crate::world::Phone;
use serde_json::Value;
use std::ops::{Deref, DerefMut};
use supple_app::Response;
use supple_app::exchange::Shell;

const EIGHT: &str = "2026-11-22T20:00:00+01:00";

/// A phone at eight in the evening.
pub struct Evening(Phone);

impl Deref for Evening {
    type Target = Phone;

    fn deref(&self) -> &Phone {
        &self.0
    }
}

impl DerefMut for Evening {
    fn deref_mut(&mut self) -> &mut Phone {
        &mut self.0
    }
}

impl Evening {
    /// Every question answered no, some tools, and a check-in with sore calves.
    pub fn new() -> Self {
        let mut evening = Self(Phone::new(EIGHT));
        evening.shell = Shell::Worker;
        evening.log_json(r#"{"type":"profile_changed","age_years":34,"body_mass_kg":70.0,"tools":["foam_roller","massage_stick"]}"#);
        evening.answer_all_no();
        evening.log_json(
            r#"{"type":"checked_in","goal":"recovery","minutes":10,"soreness":[{"region":"calf","felt":4},{"region":"rectus_femoris","felt":2}],"wants":["calf"]}"#,
        );
        evening
    }

    /// Writes down what happened, now.
    pub fn log_json(&mut self, body: &str) {
        self.record([serde_json::from_str(body).expect("a body")]);
    }

    /// Lets seconds go by.
    pub fn wait(&mut self, seconds: i64) {
        self.now = self.now.checked_add(supple_core::SignedDuration::from_secs(seconds)).expect("a time");
    }

    /// Looks at a page, and does not go where it leads.
    pub fn get(&mut self, address: &str) -> Response {
        self.get_once(address)
    }

    /// Posts a form as it stands in a body, and keeps what it leads to.
    pub fn post(&mut self, address: &str, body: &str) -> Response {
        self.post_body(address, body)
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
