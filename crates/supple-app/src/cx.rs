//! What every page gets: what is known, what the log says, and the request.

use crate::app::Decision;
use crate::exchange::{Request, Response};
use crate::form::Form;
use crate::gallery::Gallery;
use maud::{Markup, html};
use supple_core::Zoned;
use supple_core::event::EventBody;
use supple_core::event::upcast::Entry;
use supple_core::knowledge::Knowledge;
use supple_core::state::State;

/// The context of one answer.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a> {
    pub knowledge: &'static Knowledge,
    pub state: &'a State,
    pub entries: &'a [Entry],
    pub gallery: Option<&'a Gallery>,
    pub request: &'a Request,
}

impl<'a> Cx<'a> {
    /// The address of a page of the app: `href("today")`.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.request.root)
    }

    /// Now, with its zone.
    pub const fn now(&self) -> &'a Zoned {
        &self.request.now
    }

    /// The path in pieces.
    pub fn segments(&self) -> Vec<&'a str> {
        self.request.path.split('/').filter(|piece| !piece.is_empty()).collect()
    }

    /// The query.
    pub fn query(&self) -> Form {
        Form::parse(&self.request.query)
    }

    /// A form that posts, with the hidden field that makes posting it twice harmless. `name` tells forms of one
    /// page apart.
    pub fn form(&self, name: &str, path: &str, inside: Markup) -> Markup {
        html! {
            form method="post" action=(self.href(path)) {
                input type="hidden" name="action" value=(self.action(name));
                (inside)
            }
        }
    }

    /// The id under which a form of this page is written to the log.
    pub fn action(&self, name: &str) -> String {
        format!("{}-{name}", self.request.seed)
    }

    /// Whether events of this action are in the log.
    pub fn has_action(&self, action: &str) -> bool {
        self.entries.iter().any(|entry| match entry {
            Entry::Read(event) => event.id.strip_prefix(action).is_some_and(|rest| rest.starts_with('.')),
            Entry::Unreadable(_) => false,
        })
    }

    /// Nothing to write.
    pub fn answer(&self, response: Response) -> Decision {
        Decision { bodies: Vec::new(), action: self.action("none"), head: self.state.head.clone(), response }
    }

    /// Write these now, then go there.
    pub fn record(&self, bodies: impl IntoIterator<Item = EventBody>, then: &str) -> Decision {
        Decision {
            bodies: bodies.into_iter().map(|body| (self.now().clone(), body)).collect(),
            action: self.action("post"),
            head: self.state.head.clone(),
            response: Response::see_other(self.href(then)),
        }
    }
}
