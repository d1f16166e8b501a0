//! The log as the app knows it, and the two questions a shell asks: what is to be written, and what is to be shown.

use crate::cx::Cx;
use crate::exchange::{Method, Request, Response};
use crate::form::Form;
use crate::gallery::Gallery;
use crate::routes;
use supple_core::Zoned;
use supple_core::event::EventBody;
use supple_core::event::upcast::Entry;
use supple_core::knowledge::Knowledge;
use supple_core::state::{State, fold};

/// One person's log, folded. It is only a cache of what the shell has stored.
#[derive(Debug)]
pub struct App {
    knowledge: &'static Knowledge,
    entries: Vec<Entry>,
    state: State,
    gallery: Option<&'static Gallery>,
}

/// What a request leads to: something to write or nothing, and the answer once it is written.
#[derive(Debug)]
pub struct Decision {
    /// What to append, each with its civil time. Empty: nothing, and the answer stands.
    pub bodies: Vec<(Zoned, EventBody)>,
    /// Event ids are this, a point and a number from 0: the same action twice appends once.
    pub action: String,
    /// The log head this was decided from; if the log has moved on, the shell decides again, once.
    pub head: Option<String>,
    /// The answer, to be given only after everything is on the disk.
    pub response: Response,
}

impl App {
    /// The app over what a shell has stored.
    #[must_use]
    pub fn new(knowledge: &'static Knowledge, entries: Vec<Entry>) -> Self {
        let state = fold(&entries);
        Self { knowledge, entries, state, gallery: None }
    }

    /// Hands over pictures of the same knowledge that were drawn beforehand: the same pages, sooner.
    pub const fn hang(&mut self, gallery: &'static Gallery) {
        self.gallery = Some(gallery);
    }

    /// What was folded.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The log, in the order it came.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes in what the shell has stored.
    pub fn apply(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.entries.extend(entries);
        self.state = fold(&self.entries);
    }

    /// What a request leads to. A `GET` never writes.
    #[must_use]
    pub fn decide(&self, request: &Request) -> Decision {
        let not_found = || {
            let cx = self.cx(request);
            cx.answer(crate::pages::trouble::not_found(&cx))
        };
        self.decide_here(request).unwrap_or_else(not_found)
    }

    /// The same, as far as this build can say it; none if it has no such page. One without `whole` has only the pages of
    /// a first visit until the questions are answered, and reads nothing that comes later: a log with an entry that it
    /// cannot read is for the whole app.
    #[must_use]
    pub fn decide_here(&self, request: &Request) -> Option<Decision> {
        #[cfg(not(feature = "whole"))]
        if self.entries.iter().any(|entry| matches!(entry, Entry::Unreadable(_))) {
            return None;
        }
        let cx = self.cx(request);
        match request.method {
            Method::Get => routes::get(&cx).map(|page| cx.answer(page)),
            Method::Post => {
                let form = Form::parse(&request.body);
                let action = form.get("action").filter(|action| well_formed(action));
                let done = action.is_some_and(|action| cx.has_action(action));
                let mut decision = routes::post(&cx, &form)?;
                if let Some(action) = action {
                    action.clone_into(&mut decision.action);
                }
                if done {
                    decision.bodies.clear();
                }
                Some(decision)
            }
        }
    }

    /// What is planned, as an iCalendar file for somebody whose clocks go by this zone.
    #[cfg(feature = "whole")]
    #[must_use]
    pub fn calendar(&self, zone: &jiff::tz::TimeZone, wishes: crate::calendar::Wishes) -> String {
        crate::calendar::file(&crate::pages::calendar::items(self.knowledge, &self.state), zone, wishes)
    }

    /// The page to show when what a request leads to could not be stored: nothing is lost, and it says so.
    #[must_use]
    pub fn not_stored(&self, request: &Request) -> Response {
        crate::pages::trouble::not_stored(&self.cx(request), &Form::parse(&request.body))
    }

    /// The page for any address of a static host, until the service worker answers there.
    #[must_use]
    pub fn opening(&self, request: &Request) -> Response {
        crate::pages::opening::get(&self.cx(request))
    }

    const fn cx<'a>(&'a self, request: &'a Request) -> Cx<'a> {
        Cx {
            knowledge: self.knowledge,
            state: &self.state,
            entries: self.entries.as_slice(),
            gallery: self.gallery,
            request,
        }
    }
}

/// Event ids go to other devices and into addresses, so an action is short and plain.
pub fn well_formed(action: &str) -> bool {
    (8..=80).contains(&action.len()) && action.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
