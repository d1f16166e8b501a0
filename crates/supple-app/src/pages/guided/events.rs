//! What the player sends while it plays: each part as soon as it ended, again and again until it is stored.

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::Response;
use serde::Deserialize;
use supple_core::Zoned;
use supple_core::event::EventBody;

/// More than a session can bring in one go. Our judgement.
const MOST_EVENTS: usize = 64;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    action: String,
    events: Vec<SentEvent>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SentEvent {
    #[serde(with = "supple_core::event::time::moment")]
    at: Zoned,
    body: EventBody,
}

/// What began, so that something of it can be stored.
#[derive(Debug, Clone, Copy)]
pub struct Began<'a> {
    /// When.
    pub at: &'a Zoned,
    /// Whether its end is stored already.
    pub is_over: bool,
}

/// Appends what the body of a request brings, once. `belongs` says why something is not taken.
pub fn store(
    cx: &Cx<'_>,
    began: Option<Began<'_>>,
    belongs: impl Fn(&EventBody) -> Result<(), &'static str>,
) -> Decision {
    match read(cx, began, &belongs) {
        Ok(sent) => {
            let mut decision = cx.answer(Response::json(200, "{\"stored\":true}".to_owned()));
            if !cx.has_action(&sent.action) {
                decision.bodies = sent.events.into_iter().map(|event| (event.at, event.body)).collect();
            }
            decision.action = sent.action;
            decision
        }
        Err((status, error)) => {
            cx.answer(Response::json(status, serde_json::json!({ "stored": false, "error": error }).to_string()))
        }
    }
}

fn read(
    cx: &Cx<'_>,
    began: Option<Began<'_>>,
    belongs: &dyn Fn(&EventBody) -> Result<(), &'static str>,
) -> Result<Sent, (u16, String)> {
    let mut sent: Sent = supple_core::lean::from_str(&cx.request.body).map_err(|error| (422, error.to_string()))?;
    if !crate::app::well_formed(&sent.action) {
        return Err((422, "an action is 8 to 80 letters, digits, - and _".into()));
    }
    if sent.events.len() > MOST_EVENTS {
        return Err((422, format!("at most {MOST_EVENTS} events at once")));
    }
    if cx.has_action(&sent.action) {
        return Ok(sent);
    }
    let Some(began) = began else { return Err((404, "there is no such session".into())) };
    for event in &sent.events {
        belongs(&event.body).map_err(|error| (422, error.to_owned()))?;
        // A stop signal is never refused: it may be noticed after the end.
        if began.is_over && !matches!(event.body, EventBody::StopSignalled(_)) {
            return Err((409, "the session has ended".into()));
        }
    }
    for event in &mut sent.events {
        // A clock that was set meanwhile does not move what happened out of the session.
        let now = cx.now();
        if event.at < *began.at || event.at > *now {
            event.at = now.clone().max(began.at.clone());
        }
    }
    Ok(sent)
}
