//! A person with a phone: requests through the app, and what they lead to stamped into the log, as a shell does it.

#![allow(dead_code, reason = "the tests and the example use different parts")]

use supple_app::exchange::Shell;
use supple_app::{App, Method, Request, Response};
use supple_core::Zoned;
use supple_core::assess::{Assessment, asked_about};
use supple_core::body::RegionId;
use supple_core::contract::decide;
use supple_core::dose::Dose;
use supple_core::event::upcast::Entry;
use supple_core::event::{
    Answer, BlockEnd, BlockFinished, CheckedIn, EventBody, ProfileChanged, QuestionAnswered, Series, SessionEnded,
    SessionStarted, stamp,
};
use supple_core::knowledge::{Firmness, Goal, Knowledge, Place, Scope, ToolId};
use supple_core::unit::{AgeYears, Felt, Kilograms, SessionMinutes};

/// What is known, as it is embedded.
pub fn knowledge() -> &'static Knowledge {
    supple_knowledge::embedded()
}

/// A moment.
pub fn at(text: &str) -> Zoned {
    format!("{text}[Europe/Berlin]").parse().expect("civil time with its offset")
}

/// A phone with the app on it.
pub struct Phone {
    pub app: App,
    pub now: Zoned,
    pub root: String,
    pub shell: Shell,
    requests: u32,
}

impl Phone {
    /// With nothing in the log.
    pub fn new(now: &str) -> Self {
        Self {
            app: App::new(knowledge(), Vec::new()),
            now: at(now),
            root: "/".to_owned(),
            shell: Shell::Server,
            requests: 0,
        }
    }

    /// Later.
    pub fn is_now(&mut self, now: &str) {
        self.now = at(now);
    }

    fn request(&mut self, method: Method, path: &str, body: &str) -> Request {
        self.requests += 1;
        let path = path.split('#').next().unwrap_or("").trim_start_matches('/');
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Request {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            body: body.to_owned(),
            now: self.now.clone(),
            seed: format!("seed{:06}", self.requests),
            root: self.root.clone(),
            shell: self.shell,
        }
    }

    /// Looks at a page, going where it leads.
    pub fn get(&mut self, path: &str) -> Response {
        let mut response = self.get_once(path);
        for _ in 0..5 {
            let Some(location) = response.location.clone() else { break };
            response = self.get_once(location.strip_prefix(&self.root).unwrap_or(&location));
        }
        response
    }

    /// Looks at a page.
    pub fn get_once(&mut self, path: &str) -> Response {
        let request = self.request(Method::Get, path, "");
        let before = self.app.entries().len();
        let decision = self.app.decide(&request);
        assert!(decision.bodies.is_empty(), "GET {path} never writes");
        assert_eq!(self.app.entries().len(), before);
        decision.response
    }

    /// Posts a form as it stands in a body, and keeps what it leads to.
    pub fn post_body(&mut self, path: &str, body: &str) -> Response {
        let request = self.request(Method::Post, path, body);
        let decision = self.app.decide(&request);
        self.append(decision.bodies, &decision.action);
        decision.response
    }

    /// Posts a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_body(path, &body)
    }

    /// Presses the button with these words on a page (the first such), with these fields typed or chosen besides.
    pub fn press(&mut self, page: &Response, words: &str, typed: &[(&str, &str)]) -> Response {
        let form = form_with_button(&page.body, words);
        let mut fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        fields.retain(|(name, _)| !typed.iter().any(|(other, _)| other == name));
        fields.extend_from_slice(typed);
        let path = form.action.strip_prefix(&self.root).unwrap_or(&form.action).to_owned();
        self.post(&path, &fields)
    }

    /// Writes down what happened, now.
    pub fn record(&mut self, bodies: impl IntoIterator<Item = EventBody>) {
        self.requests += 1;
        let now = self.now.clone();
        let bodies = bodies.into_iter().map(|body| (now.clone(), body)).collect();
        let action = format!("told{:06}", self.requests);
        self.append(bodies, &action);
    }

    /// Appends what happened, each thing at its time.
    pub fn append(&mut self, bodies: Vec<(Zoned, EventBody)>, action: &str) {
        let last = self.app.entries().iter().map(|entry| entry.order().0).max();
        let next_seq = self.app.entries().len() as u64 + 1;
        let series = Series { device: "phone", next_seq, last_logical_ms: last };
        let events = stamp(series, bodies, |seq| format!("{action}.{}", seq - next_seq));
        self.app.apply(events.into_iter().map(|event| Entry::Read(Box::new(event))));
    }

    /// Says who it is and with what they roll.
    pub fn introduce(&mut self) {
        self.record([EventBody::ProfileChanged(ProfileChanged {
            age_years: AgeYears::new(34).ok(),
            body_mass_kg: Kilograms::new(68.0).ok(),
            tools: Some(vec![ToolId::FoamRoller, ToolId::MassageStick, ToolId::Ball, ToolId::WallBall]),
            tool_firmness: Some(
                [
                    (ToolId::FoamRoller, Firmness::Medium),
                    (ToolId::MassageStick, Firmness::Medium),
                    (ToolId::Ball, Firmness::Soft),
                    (ToolId::WallBall, Firmness::Soft),
                ]
                .into(),
            ),
            places: Some(vec![Place::Floor, Place::Wall, Place::Chair]),
            ..ProfileChanged::default()
        })]);
    }

    /// Checks in.
    pub fn check_in(&mut self, wishes: CheckedIn) {
        self.record([EventBody::CheckedIn(wishes)]);
    }

    /// Answers every question with no, about everywhere.
    pub fn answer_all_no(&mut self) {
        let everywhere = asked_about(knowledge(), &RegionId::ALL);
        let answers: Vec<EventBody> = knowledge()
            .cautions
            .iter()
            .map(|(id, caution)| {
                EventBody::QuestionAnswered(QuestionAnswered {
                    caution: id.clone(),
                    text_version: caution.text_version,
                    answer: Answer::No,
                    side: None,
                    areas: if caution.scope == Scope::MarkedArea { everywhere.clone() } else { Vec::new() },
                    clinician_agreed_on: None,
                    since: None,
                })
            })
            .collect();
        self.record(answers);
    }

    /// What Supple suggests for these wishes now.
    pub fn suggested(&self, wishes: &CheckedIn) -> Vec<Dose> {
        let assessment = Assessment::from_state(knowledge(), self.app.state(), &self.now, wishes);
        decide(knowledge(), &assessment).1.map(|plan| plan.doses()).unwrap_or_default()
    }

    /// A day with a check-in, every answer no, and all of the session that Supple suggests.
    pub fn a_day(&mut self, now: &str, wishes: CheckedIn) {
        self.is_now(now);
        let goal = wishes.goal;
        self.check_in(wishes.clone());
        self.answer_all_no();
        let doses = self.suggested(&wishes);
        assert!(!doses.is_empty(), "there is a plan on {now}");
        self.roll(&format!("session-{}", now.get(..10).unwrap_or(now)), goal, doses);
    }

    /// Does a session with these doses, all of it.
    pub fn roll(&mut self, session: &str, goal: Goal, doses: Vec<Dose>) {
        self.record(rolled(session, goal, &doses).collect::<Vec<_>>());
    }
}

/// What a session leaves in the log in which every block was done.
pub fn rolled<'d>(session: &'d str, goal: Goal, doses: &'d [Dose]) -> impl Iterator<Item = EventBody> + use<'d> {
    let started = SessionStarted { session: session.to_owned(), goal, doses: doses.to_vec() };
    let finished = doses.iter().enumerate().map(|(index, dose)| {
        EventBody::BlockFinished(BlockFinished {
            session: session.to_owned(),
            block: u16::try_from(index).expect("a few blocks"),
            technique: dose.technique.clone(),
            region: dose.region,
            side: dose.side,
            seconds: dose.pressure().get(),
            end: BlockEnd::Completed,
            lighter_steps: 0,
            felt: vec![Felt::of(4)],
        })
    });
    let ended = SessionEnded { session: session.to_owned(), completed: true };
    std::iter::once(EventBody::SessionStarted(started)).chain(finished).chain([EventBody::SessionEnded(ended)])
}

/// Wishes for some minutes with some places.
pub fn wishes(goal: Goal, minutes: u8, wants: &[RegionId]) -> CheckedIn {
    CheckedIn {
        goal,
        minutes: SessionMinutes::new(minutes).expect("2 to 20"),
        soreness: Vec::new(),
        tight: Vec::new(),
        wants: wants.to_vec(),
        avoid: Vec::new(),
    }
}

/// A form as it stands in a page.
#[derive(Debug)]
pub struct FormIn {
    pub action: String,
    /// What a browser would send if nothing was typed: hidden fields, texts, ticked boxes and of each list what is selected or else its first.
    pub fields: Vec<(String, String)>,
    pub html: String,
}

/// The forms of a page.
pub fn forms(html: &str) -> Vec<FormIn> {
    let pieces = html.split("<form ").skip(1).filter_map(|rest| rest.split_once("</form>").map(|(form, _)| form));
    pieces
        .map(|form| {
            let (head, inside) = form.split_once('>').expect("a form has a head");
            let fields = tags(inside, "<input ").filter_map(|tag| {
                let kind = attribute(tag, "type")?;
                let sent = matches!(kind.as_str(), "hidden" | "text" | "date" | "time" | "number")
                    || tag.contains(" checked");
                sent.then(|| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))?
            });
            let mut fields: Vec<_> = fields.collect();
            for list in inside.split("<select ").skip(1) {
                let name = attribute(list.split_once('>').map_or("", |(tag, _)| tag), "name");
                let list = list.split("</select>").next().unwrap_or_default();
                let mut options = tags(list, "<option ");
                let chosen = options.clone().find(|tag| tag.contains(" selected")).or_else(|| options.next());
                fields.extend(name.zip(chosen.and_then(|tag| attribute(tag, "value"))));
            }
            FormIn {
                action: attribute(head, "action").expect("a form has an action"),
                fields,
                html: inside.to_owned(),
            }
        })
        .collect()
}

fn form_with_button(html: &str, words: &str) -> FormIn {
    let button = |form: &FormIn| form.html.contains(&format!(">{words}</button>"));
    let mut form = forms(html).into_iter().find(button).unwrap_or_else(|| panic!("no button “{words}” in\n{html}"));
    let before = form.html.split(&format!(">{words}</button>")).next().unwrap_or("");
    let tag = before.rsplit("<button").next().unwrap_or("").to_owned();
    form.fields.extend(attribute(&tag, "name").zip(attribute(&tag, "value")));
    form
}

fn tags<'h>(html: &'h str, begins: &'h str) -> impl Iterator<Item = &'h str> + Clone {
    html.split(begins).skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = format!(" {tag}");
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}
