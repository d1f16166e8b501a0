//! Tests a person takes alone: every one has a page, results come back, slips are asked about.

use crate::world::{Phone, knowledge, wishes};
use supple_core::body::{RegionId, Side};
use supple_core::event::{Answer, EventBody, QuestionAnswered};
use supple_core::knowledge::{Action, Caution, Goal, TakenOn};

const NOW: &str = "2026-11-22T18:00:00+01:00";

fn typed<'a>(left: &[&'a str], right: &[&'a str]) -> Vec<(String, &'a str)> {
    let side = |name: &'static str, trials: &[&'a str]| -> Vec<(String, &'a str)> {
        trials.iter().enumerate().map(|(i, value)| (format!("{name}.{}", i + 1), *value)).collect()
    };
    let mut fields = side("left", left);
    fields.extend(side("right", right));
    fields.push(("when".to_owned(), "rest"));
    fields
}

fn save(phone: &mut Phone, id: &str, fields: &[(String, &str)], more: &[(&str, &str)]) -> supple_app::Response {
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.extend_from_slice(more);
    phone.post(&format!("measures/{id}"), &fields)
}

#[test]
fn every_test_can_be_taken_and_shows_its_result() {
    for (id, measure) in &knowledge().measures {
        let mut phone = Phone::new(NOW);
        assert!(phone.get("measures").body.contains(&format!("/measures/{id}")), "{id} is not in the list");
        let value = f64::midpoint(measure.plausible_low, measure.plausible_high).round().to_string();
        let page = phone.get(&format!("measures/{id}"));
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("Your results"));
        let name = if measure.taken == TakenOn::EachSide { "left" } else { "one" };
        let mut fields: Vec<(String, &str)> =
            (1..=measure.trials).map(|trial| (format!("{name}.{trial}"), value.as_str())).collect();
        fields.push(("when".into(), "rest"));
        let place: &[(&str, &str)] =
            if measure.taken == TakenOn::AtAPlace { &[("region", "calf"), ("side", "left")] } else { &[] };
        let answer = save(&mut phone, id, &fields, place);
        assert_eq!(answer.status, 303, "{id}: {}", answer.body);
        let kept = &phone.app.state().measures[0].what;
        let side = if measure.taken == TakenOn::Once { None } else { Some(Side::Left) };
        let region = if measure.taken == TakenOn::AtAPlace { Some(RegionId::Calf) } else { None };
        assert_eq!((kept.side, kept.region), (side, region), "{id}");
        let page = phone.get(&format!("measures/{id}")).body;
        assert!(page.contains("All of them") && !page.contains("class=\"chart ribbon\""), "{id}: one is no course");
        for _ in 0..4 {
            assert_eq!(save(&mut phone, id, &fields, place).status, 303, "{id} again");
        }
        let page = phone.get(&format!("measures/{id}")).body;
        assert!(page.contains("class=\"chart ribbon\""), "{id}");
        assert!(!page.contains("Your own error of one trial"), "{id}: trials that are alike are not without error");
        assert!(phone.get("measures").body.contains("Yours"), "{id}");
    }
}

#[test]
fn numbers_that_cannot_be_right_are_given_back_as_they_were() {
    let mut phone = Phone::new(NOW);
    let answer = save(&mut phone, "ake", &typed(&["30", "400", "31"], &[]), &[]);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("400 is outside -10 to 80"), "what, and the allowed range");
    assert!(answer.body.contains("value=\"400\"") && answer.body.contains("value=\"31\""), "nothing typed is lost");
    let answer = save(&mut phone, "ake", &typed(&["thirty"], &[]), &[]);
    assert!(answer.status == 422 && answer.body.contains("“thirty” is not a number"));
    let answer = save(&mut phone, "ake", &typed(&["30"], &[]), &[]);
    assert!(answer.status == 422, "the only trial is practice");
    assert_eq!(phone.post("measures/none", &[]).status, 404);
    assert!(phone.app.state().measures.is_empty());
}

#[test]
fn a_slip_is_asked_about_and_kept_swapped_or_changed_as_the_person_says() {
    let mut phone = Phone::new("2026-11-20T18:00:00+01:00");
    assert_eq!(save(&mut phone, "wblt_cm", &typed(&["12", "12", "12"], &["8", "8,0", "8"]), &[]).status, 303);
    phone.is_now(NOW);
    let swapped = typed(&["8", "8", "8"], &["12", "12", "12"]);
    let answer = save(&mut phone, "wblt_cm", &swapped, &[]);
    assert!(answer.status == 422 && answer.body.contains("the right way round"));
    assert_eq!(phone.app.state().measures.len(), 2, "nothing is written before it is answered");
    assert_eq!(save(&mut phone, "wblt_cm", &swapped, &[("swap", "yes")]).status, 303);
    let kept = &phone.app.state().measures[2].what;
    assert_eq!((kept.side, kept.trials[1]), (Some(Side::Right), 8.0));
    let inches = typed(&["4.7", "4.7", "4.7"], &[]);
    assert!(save(&mut phone, "wblt_cm", &inches, &[]).body.contains("in inches"));
    assert_eq!(save(&mut phone, "wblt_cm", &inches, &[("sure", "yes")]).status, 303);
    assert_eq!(phone.app.state().measures.last().unwrap().what.trials[1], 4.7);
}

#[test]
fn a_change_inside_the_error_is_not_called_one() {
    let mut phone = Phone::new("2026-11-01T18:00:00+01:00");
    save(&mut phone, "wblt_cm", &typed(&["9", "9", "9"], &["9", "9", "9"]), &[]);
    phone.is_now(NOW);
    save(&mut phone, "wblt_cm", &typed(&["10", "10", "10"], &["12", "12", "12"]), &[]);
    let page = phone.get("measures/wblt_cm").body;
    assert!(page.contains("+1.0 cm, inside the error of 2.0 cm: cannot tell"), "{page}");
    assert!(page.contains("+3.0 cm, better by more than error"));
}

#[test]
fn no_test_while_somebody_should_get_help_first() {
    let mut phone = Phone::new(NOW);
    phone.introduce();
    phone.check_in(wishes(Goal::Mobility, 10, &[RegionId::Calf]));
    phone.answer_all_no();
    let urgent = |caution: &Caution| caution.action == Action::StopAndReferUrgently;
    let id = knowledge().screen.ids().find(|id| urgent(&knowledge().cautions[*id])).unwrap();
    phone.record([EventBody::QuestionAnswered(QuestionAnswered {
        caution: id.to_owned(),
        text_version: knowledge().cautions[id].text_version,
        answer: Answer::Yes,
        side: None,
        areas: Vec::new(),
        clinician_agreed_on: None,
        since: None,
    })]);
    let page = phone.get("measures/ake").body;
    assert!(page.contains("Get help first") && !page.contains("name=\"left.1\""));
    assert_eq!(save(&mut phone, "ake", &typed(&["30", "30", "30"], &[]), &[]).status, 409);
    assert!(phone.app.state().measures.is_empty());
}

#[test]
fn a_phone_is_offered_where_it_can_read_and_stays_out_of_the_way_without_a_script() {
    for (id, measure) in &knowledge().measures {
        let page = Phone::new(NOW).get(&format!("measures/{id}")).body;
        let offered = page.contains("id=\"phone\"");
        assert_eq!(offered, measure.phone.is_some(), "{id}");
        assert_eq!(page.contains("assets/incline."), offered, "{id}: the module comes with it");
        assert_eq!(page.contains("<dialog id=\"incline\""), offered, "{id}");
        if !offered {
            continue;
        }
        let (card, _) = page.split_once("id=\"phone\"").unwrap().1.split_once('>').unwrap();
        assert!(card.contains(" hidden"), "{id}: nobody sees what only a module can do");
        let data = card.split("data-phone=\"").nth(1).unwrap().split('"').next().unwrap().replace("&quot;", "\"");
        let data: serde_json::Value = serde_json::from_str(&data).unwrap();
        let ask = serde_json::json!({ "begin": { "rule": data["rule"], "at_ms": 1.0 } });
        let answer = supple_core::measure::incline::step_json(&ask.to_string());
        assert!(answer.contains("\"stage\":\"waits\""), "{id}: {answer}");
        for text in ["zero", "placed"] {
            assert!(data[text].as_str().unwrap().ends_with('.'), "{id}: {text}");
        }
        let sides = data["sides"].as_array().unwrap();
        assert_eq!(sides.len() as u64, data["rule"]["sides"].as_u64().unwrap(), "{id}");
        for side in sides {
            for trial in 1..=data["fields"].as_u64().unwrap() {
                assert!(page.contains(&format!("name=\"{}.{trial}\"", side["name"].as_str().unwrap())), "{id}");
            }
        }
    }
}
