//! Trainings: written down, taken back, repeated from a template; imports undone as a whole.

use crate::world::{Phone, knowledge};
use supple_core::event::{EventBody, Imported, Name, SourceFormat, Trained, TrainingSource};
use supple_core::exposure::bouts;
use supple_core::state::fold;
use supple_core::unit::{Felt, TrainingSeconds};

fn phone() -> Phone {
    let mut phone = Phone::new("2026-11-22T18:02:00+01:00");
    phone.introduce();
    phone
}

fn run(batch: Option<&str>, start: &str) -> EventBody {
    let source = batch.map(|batch| TrainingSource {
        batch: batch.to_owned(),
        format: SourceFormat::Fit,
        id: format!("fit:{start}"),
    });
    EventBody::Trained(Box::new(Trained {
        start: format!("2026-11-{start}+01:00[Europe/Berlin]").parse().expect("a time"),
        seconds: TrainingSeconds::new(2700).expect("in range"),
        sport: "trail_running".into(),
        name: None,
        effort: Some(Felt::of(6)),
        unusual: None,
        exercises: Vec::new(),
        distance: None,
        ascent: None,
        descent: None,
        rolled: Vec::new(),
        source,
    }))
}

#[test]
fn a_training_is_written_down_and_taken_back() {
    let mut phone = phone();
    let page = phone.get("training");
    assert!(page.body.contains("Nothing yet."));
    let typed = [("sport", "strength"), ("minutes", "45"), ("effort", "7"), ("unusual", "yes")];
    let then = phone.press(&page, "Write it down", &typed);
    assert_eq!(then.location.as_deref(), Some("/training"));
    let state = fold(phone.app.entries());
    let [training] = state.trainings.as_slice() else { panic!("{:?}", state.trainings) };
    assert_eq!(training.what.start.datetime().to_string(), "2026-11-22T17:17:00", "it has just ended");
    assert_eq!((training.what.effort, training.what.unusual), (Felt::new(7).ok(), Some(true)));
    assert_eq!(bouts(knowledge(), &state)[0].load, 315.0);
    let page = phone.get("training");
    assert!(page.body.contains("Strength training") && page.body.contains("effort 7 of 10, new or unusual"));
    phone.press(&page, "Take it back", &[]);
    assert!(phone.get("training").body.contains("Nothing yet."));
}

#[test]
fn what_cannot_be_is_said_and_what_was_typed_stays() {
    let mut phone = phone();
    let entries = phone.app.entries().len();
    for (field, value, said) in [
        ("minutes", "0", "1 to 10,080 whole minutes"),
        ("minutes", "soon", "1 to 10,080 whole minutes"),
        ("minutes", "99999999999", "1 to 10,080 whole minutes"),
        ("sport", "curling", "from the list"),
        ("start", "2026-11-22T19:00", "later than now"),
        ("start", "yesterday", "a day and a time"),
    ] {
        let mut typed = vec![("sport", "running"), ("minutes", "40"), ("name", "With Ada")];
        typed.retain(|(name, _)| *name != field);
        typed.push((field, value));
        let page = phone.post("training", &typed);
        assert_eq!(page.status, 422, "{field}={value}");
        assert!(page.body.contains(said) && page.body.contains("With Ada"), "{field}={value}");
    }
    assert_eq!(phone.app.entries().len(), entries);
}

#[test]
fn a_template_fills_the_form_in() {
    let mut phone = phone();
    phone.record([run(None, "20T18:00:00")]);
    let page = phone.get("training");
    let link = page.body.split("href=\"").find(|part| part.starts_with("/training?like=")).expect("a template");
    let link = link.split('"').next().expect("an address").trim_start_matches('/').to_owned();
    let filled = phone.get(&link);
    assert!(filled.body.contains("value=\"45\""), "minutes");
    assert!(filled.body.contains("<option value=\"trail_running\" selected>"), "sport");
}

#[test]
fn an_import_is_undone_as_a_whole_and_what_was_typed_in_stays() {
    let mut phone = phone();
    let began = Imported { batch: "b1".into(), name: Name::new("a.zip").expect("a name"), fingerprint: "f".into() };
    phone.record([
        EventBody::Imported(began),
        run(Some("b1"), "10T18:00:00"),
        run(Some("b1"), "12T18:00:00"),
        run(None, "14T18:00:00"),
    ]);
    let page = phone.get("training");
    assert!(page.body.contains("a.zip") && page.body.contains("2 trainings"));
    phone.press(&page, "Undo this import", &[]);
    let page = phone.get("training");
    assert!(!page.body.contains("a.zip"));
    assert_eq!(fold(phone.app.entries()).trainings.len(), 1);
    let entries = phone.app.entries().len();
    phone.post("training/undo", &[("batch", "b1")]);
    assert_eq!(phone.app.entries().len(), entries, "once is enough");
}

/// What a reader of files hands over to be shown.
fn report(change: impl Fn(&mut serde_json::Value)) -> String {
    let mut report = serde_json::json!({
        "name": "ride.zip", "new": 2, "adding": 1, "there": 3, "days": 0, "sports": { "trail_running": 2 },
        "minutes": 91, "sets": 4, "repetitions": 32, "files": 6, "span": ["2026-11-20", "2026-11-22"],
        "problems": [{ "file": "ride.zip: a<b.fit", "what": "it is cut short", "kept": true }], "more_problems": 0,
        "headers": [], "which_first": false,
    });
    change(&mut report);
    serde_json::json!({ "report": report, "kept_as": "" }).to_string()
}

#[test]
fn what_was_found_in_files_is_shown_and_writes_nothing() {
    let mut phone = phone();
    assert!(phone.get("training/import").body.contains("multipart/form-data"));
    let entries = phone.app.entries().len();
    let shown = phone.post_body("training/import/found", &report(|_| {})).body;
    for said in [
        "2 new trainings",
        "1\u{a0}h 31\u{a0}min",
        "From Friday 20 November 2026 to Sunday 22 November 2026",
        "Trail running",
        "1 training you have gets",
        "3 trainings are in your log already",
        "a&lt;b.fit",
        "Write them down",
    ] {
        assert!(shown.contains(said), "{said} is not in {shown}");
    }
    let table = |report: &mut serde_json::Value| {
        report["new"] = 0.into();
        report["adding"] = 0.into();
        report["headers"] = serde_json::json!(["Wann", "Wie <lang>"]);
        report["which_first"] = true.into();
    };
    let shown = phone.post_body("training/import/found", &report(table)).body;
    assert!(shown.contains("<option value=\"Wie &lt;lang&gt;\">") && shown.contains("value=\"day_first\""));
    assert!(!shown.contains("Write them down") && !shown.contains("Nothing new"));
    let refused = phone.post_body("training/import/found", "{\"report\":{}}");
    assert_eq!(refused.status, 422);
    assert_eq!(phone.post("training/import", &[("file", "x")]).status, 422);
    assert_eq!(phone.app.entries().len(), entries);
}

fn sent(action: &str, bodies: &[EventBody]) -> String {
    serde_json::json!({ "action": action, "events": bodies }).to_string()
}

#[test]
fn events_of_an_import_are_appended_once_and_nothing_else_is_taken() {
    let mut phone = phone();
    let before = phone.app.entries().len();
    let began = Imported { batch: "b1".into(), name: Name::new("a.zip").expect("a name"), fingerprint: "f".into() };
    let bodies = [EventBody::Imported(began), run(Some("b1"), "10T18:00:00"), run(Some("b1"), "12T18:00:00")];
    let body = sent("action-of-the-first", &bodies);
    for _ in 0..2 {
        let stored = phone.post_body("training/import/events", &body);
        assert_eq!((stored.status, stored.body.as_str()), (200, "{\"stored\":true}"));
    }
    assert_eq!(phone.app.entries().len(), before + 3);
    let known: supple_core::contract::Known =
        serde_json::from_str(&phone.get("training/known").body).expect("what is known can be read");
    assert_eq!((known.trainings.len(), known.begun.len()), (2, 1));
    let notice = phone.get("training?brought=b1").body;
    assert!(notice.contains("Written down: <b>2 trainings</b> from a.zip"), "{notice}");

    let many = vec![run(Some("b1"), "10T18:00:00"); 501];
    let other = EventBody::ImportUndone(supple_core::event::ImportUndone { batch: "b1".into() });
    for refused in [
        sent("typed-in", &[run(None, "14T18:00:00")]),
        sent("without-a-batch", &[run(Some(""), "14T18:00:00")]),
        sent("something-else", &[other]),
        sent("too-many-at-once", &many),
        sent("no", &[]),
        "{}".to_owned(),
        "action=1".to_owned(),
    ] {
        assert_eq!(phone.post_body("training/import/events", &refused).status, 422);
    }
    assert_eq!(phone.app.entries().len(), before + 3);
}
