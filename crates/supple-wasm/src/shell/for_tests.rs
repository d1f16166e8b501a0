//! Paths that only debug builds answer, so that the shell can be tested apart from the pages: one panics, one is a
//! form that writes the smallest event there is.

use supple_app::exchange::{Method, Request, Response};
use supple_app::form::Form;
use supple_app::{App, Decision};
use supple_core::event::upcast::Entry;
use supple_core::event::{EventBody, ProfileChanged};

/// The decision for a path of this module; `None` for any other.
///
/// # Panics
/// If it is asked to.
pub fn decide(app: &App, request: &Request) -> Option<Decision> {
    assert!(request.path != "panic-for-the-test", "as the test asked");
    if request.path != "form-for-the-test" {
        return None;
    }
    let form = Form::parse(&request.body);
    let decision = |bodies, action: &str, response| {
        let head = app.state().head.clone();
        Some(Decision { bodies, action: action.to_owned(), head, response })
    };
    match request.method {
        Method::Get => decision(Vec::new(), "none", page(app, request)),
        Method::Post => {
            let action = form.get("action").unwrap_or(&request.seed);
            let adult_present = Some(form.has("yes"));
            let body = EventBody::ProfileChanged(ProfileChanged { adult_present, ..Default::default() });
            let known = |entry: &Entry| matches!(entry, Entry::Read(event) if event.id == format!("{action}.0"));
            let bodies = if app.entries().iter().any(known) { vec![] } else { vec![(request.now.clone(), body)] };
            decision(bodies, action, Response::see_other(format!("{}form-for-the-test", request.root)))
        }
    }
}

fn page(app: &App, request: &Request) -> Response {
    let (root, entries, action) = (&request.root, app.entries().len(), &request.seed);
    let body = format!(
        "<!DOCTYPE html><html lang=\"en\" data-root=\"{root}\"><title>Form</title><h1>{entries} entries</h1>\
         <form method=\"post\" action=\"{root}form-for-the-test\"><input type=\"hidden\" name=\"action\" \
         value=\"{action}-form\"><button name=\"yes\">Write</button></form></html>"
    );
    Response { body, content_type: "text/html; charset=utf-8".to_owned(), ..Response::json(200, String::new()) }
}
