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
