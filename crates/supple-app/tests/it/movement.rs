//! The movement screen on a phone: one look a page, nothing lost, pain ends a test, at most two things to work on.

use crate::world::{Phone, knowledge, wishes};
use supple_app::Response;
use supple_core::assess::Assessment;
use supple_core::body::RegionId;
use supple_core::contract::decide;
use supple_core::event::{EventBody, MeasureTaken, MovementEnd, When};
use supple_core::gate::Verdict;
use supple_core::knowledge::Goal;
use supple_core::movement::{found, needed};

const NOW: &str = "2026-11-22T18:00:00+01:00";

/// A phone of somebody who has answered every question today.
fn ready() -> Phone {
    let mut phone = Phone::new(NOW);
    phone.introduce();
    phone.answer_all_no();
    phone
}

fn begin(phone: &mut Phone) -> Response {
    let intro = phone.get("movement");
    assert!(intro.body.contains("movement?begin=yes"), "{}", intro.body);
    phone.get("movement?begin=yes")
}

/// Every thing that a page asks to look for.
fn looked_for(page: &Response) -> Vec<String> {
    let ids = page.body.split("name=\"looked-for\" value=\"").skip(1);
    ids.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect()
}

/// Presses *Next* with what was seen and 0 for the others, or says that nothing was seen; and goes where it leads.
fn look(phone: &mut Phone, page: &Response, seen: &[(&str, &str)]) -> Response {
    let on = |id: &str| seen.iter().find(|(known, _)| *known == id).map_or("0", |(_, on)| *on).to_owned();
    let numbers: Vec<(String, String)> =
        looked_for(page).into_iter().map(|id| (format!("on.{id}"), on(&id))).collect();
    let mut fields: Vec<(&str, &str)> = vec![("do", if seen.is_empty() { "none" } else { "next" })];
    if !seen.is_empty() {
        fields.extend(numbers.iter().map(|(name, on)| (name.as_str(), on.as_str())));
    }
    let answer = phone.press(page, "Next", &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    follow(phone, &answer)
}

fn follow(phone: &mut Phone, answer: &Response) -> Response {
    let to = answer.location.clone().expect("a way on");
    phone.get(to.trim_start_matches('/'))
}

#[test]
fn somebody_in_whom_nothing_is_seen_is_through_after_three_looks() {
    let mut phone = ready();
    let mut page = begin(&mut phone);
    for view in ["From the front", "From the side", "From behind"] {
        assert!(page.body.contains("Overhead squat") && page.body.contains(view), "{view}");
        let (lines, pairs) = (page.body.matches("<fieldset").count(), page.body.matches("This one: ").count());
        assert!(lines > 0 && lines == pairs, "each line shows fine beside this one: {pairs} of {lines}, {view}");
        assert!(page.body.contains("class=\"fig-moving\""), "the test itself is shown");
        page = look(&mut phone, &page, &[]);
    }
    assert!(page.body.contains("Nothing was seen often enough to work on."), "{}", page.body);
    assert_eq!(phone.app.state().movement.len(), 3);
    assert!(phone.get("movement").body.contains("What came of it"));
}

#[test]
fn what_is_seen_calls_for_retests_and_tests_and_comes_out_as_at_most_two_things() {
    let mut phone = ready();
    let page = begin(&mut phone);
    let page = look(&mut phone, &page, &[("ohs_knees_in", "4"), ("ohs_knees_out", "1")]);
    let page =
        look(&mut phone, &page, &[("ohs_heels_rise", "5"), ("ohs_arms_forward", "3"), ("ohs_low_back_arch", "2")]);
    let mut page = look(&mut phone, &page, &[("ohs_weight_shift", "3")]);
    assert!(
        page.body.contains("with one thing changed") && page.body.contains("4 to 5 cm"),
        "heels raised comes next"
    );
    let mut pages = 0;
    while !page.body.contains("What was seen</h1>") {
        page = look(&mut phone, &page, &[]);
        pages += 1;
        assert!(pages < 60, "it ends");
    }
    let state = phone.app.state();
    let looked: Vec<&str> = state.movement.iter().map(|look| look.what.test.as_str()).collect();
    for called in
        ["heels_raised", "single_leg_squat", "hurdle_step", "knee_to_wall_lunge", "seated_thoracic_rotation"]
    {
        assert!(looked.contains(&called), "{called} was called for");
    }
    for not_called in ["hands_on_hips", "modified_thomas", "ober_like", "step_down"] {
        assert!(!looked.contains(&not_called), "{not_called}: two of five are not enough");
    }
    let (first, more) = page.body.split_once("<summary>More</summary>").expect("the rest is behind more");
    assert_eq!(first.matches("<section class=\"card found\"").count(), 2, "at most two things");
    assert!(first.contains("Heels lifted on 5 of 5"), "worded as what was seen, and on how many");
    assert!(more.contains("on 4 of 5") && more.contains("on 3 of 5"));
    assert!(!page.body.contains("on 2 of 5") && !page.body.contains("on 1 of 5"), "not often enough");
    assert!(first.contains("measures/wblt_angle"), "a number tells more");
    assert!(page.body.contains("convention"), "and the page says what it stands on");
}

#[test]
fn a_screen_that_breaks_off_goes_on_where_it_was_and_a_form_sent_twice_counts_once() {
    let mut phone = ready();
    let page = begin(&mut phone);
    let second = look(&mut phone, &page, &[("ohs_knees_in", "4")]);
    let numbers: Vec<String> = looked_for(&page).iter().map(|id| format!("on.{id}")).collect();
    let mut fields: Vec<(&str, &str)> = numbers.iter().map(|name| (name.as_str(), "0")).collect();
    fields.retain(|(name, _)| *name != "on.ohs_knees_in");
    fields.extend([("do", "next"), ("on.ohs_knees_in", "4")]);
    let again = phone.press(&page, "Next", &fields);
    assert_eq!(again.status, 303);
    phone.is_now("2026-11-24T08:00:00+01:00");
    assert!(phone.get("movement").body.contains("A few questions first"), "another day, other answers");
    phone.answer_all_no();
    let resumed = phone.get("movement");
    assert!(resumed.body.contains("From the side") && second.body.contains("From the side"));
    let screens: std::collections::BTreeSet<&str> =
        phone.app.state().movement.iter().map(|look| look.what.screen.as_str()).collect();
    assert_eq!(screens.len(), 1);
    phone.is_now("2026-12-10T08:00:00+01:00");
    phone.answer_all_no();
    assert!(phone.get("movement").body.contains("Begin with the squat"), "after a week it begins anew");
}

#[test]
fn pain_ends_the_test_closes_the_place_and_asks_about_it() {
    let mut phone = Phone::new(NOW);
    phone.introduce();
    phone.check_in(wishes(Goal::Mobility, 10, &[RegionId::Calf, RegionId::Lats]));
    phone.answer_all_no();
    let closed = |phone: &Phone| -> Vec<RegionId> {
        let wishes = wishes(Goal::Mobility, 10, &[RegionId::Calf, RegionId::Lats]);
        let assessment = Assessment::from_state(knowledge(), phone.app.state(), &phone.now, &wishes);
        let (_, plan) = decide(knowledge(), &assessment);
        let doses = plan.map(|plan| plan.doses()).unwrap_or_default();
        let open: Vec<RegionId> = doses
            .iter()
            .filter_map(|dose| knowledge().techniques.get(&dose.technique).map(|known| known.region))
            .collect();
        [RegionId::Calf, RegionId::Lats].into_iter().filter(|region| !open.contains(region)).collect()
    };
    assert!(closed(&phone).is_empty(), "both can be rolled before");
    let page = begin(&mut phone);
    let page = look(&mut phone, &page, &[("ohs_knees_in", "5")]);
    let answer = phone.press(&page, "Stop this test", &[("do", "pain"), ("pain", "calf"), ("pain_side", "both")]);
    let page = follow(&mut phone, &answer);
    assert!(page.body.contains("Stop here") && page.body.contains("calf"), "{}", page.body);
    assert!(page.body.contains("screen/ask?id=rf_fracture"), "the matching questions are asked");
    let state = phone.app.state();
    assert_eq!(state.movement.last().unwrap().what.end, MovementEnd::Pain);
    let verdict = {
        let wishes = wishes(Goal::Mobility, 10, &[RegionId::Calf, RegionId::Lats]);
        let assessment = Assessment::from_state(knowledge(), state, &phone.now, &wishes);
        decide(knowledge(), &assessment).0.verdict
    };
    assert!(matches!(verdict, Verdict::Hold), "an open question about bone comes first: {verdict:?}");
    assert!(phone.get("movement").body.contains("A few questions first"), "before any other test");
    // With every question answered no, the place still rests today, and not tomorrow.
    phone.answer_all_no();
    assert_eq!(closed(&phone), [RegionId::Calf]);
    assert!(phone.get("movement?begin=yes").body.contains("loads a place that hurt today"));
    phone.is_now("2026-11-23T18:00:00+01:00");
    phone.check_in(wishes(Goal::Mobility, 10, &[RegionId::Calf, RegionId::Lats]));
    phone.answer_all_no();
    assert!(closed(&phone).is_empty());
}

#[test]
fn no_test_is_offered_while_help_comes_first() {
    let mut phone = Phone::new(NOW);
    phone.introduce();
    phone.check_in(wishes(Goal::Mobility, 10, &[RegionId::Calf]));
    phone.answer_all_no();
    let mut urgent = phone
        .app
        .state()
        .answers
        .get("rf_fracture")
        .and_then(|answers| answers.last())
        .map(|last| last.what.clone())
        .unwrap();
    urgent.answer = supple_core::event::Answer::Yes;
    phone.record([EventBody::QuestionAnswered(urgent)]);
    let page = phone.get("movement?begin=yes");
    assert!(page.body.contains("Get help first") && !page.body.contains("name=\"do\""), "{}", page.body);
    let fields = [("screen", "s"), ("test", "overhead_squat"), ("view", "front"), ("do", "next")];
    assert_eq!(phone.post("movement", &fields).status, 409);
    assert!(phone.app.state().movement.is_empty());
}

#[test]
fn a_measure_counts_instead_of_the_eye() {
    let mut phone = ready();
    let page = begin(&mut phone);
    let page = look(&mut phone, &page, &[]);
    look(&mut phone, &page, &[("ohs_heels_rise", "5")]);
    let heels = |phone: &Phone| {
        let all = found(phone.app.state(), knowledge(), &phone.now);
        all.into_iter().find(|finding| finding.compensation == "ohs_heels_rise")
    };
    assert_eq!(heels(&phone).unwrap().confirmed_by, None);
    let taken = |value: f64| {
        [supple_core::body::Side::Left, supple_core::body::Side::Right].map(|side| {
            EventBody::MeasureTaken(MeasureTaken {
                measure: "wblt_cm".into(),
                side: Some(side),
                region: None,
                trials: vec![value; 3],
                practice_trials: 1,
                when: When::Rest,
            })
        })
    };
    phone.record(taken(7.0));
    assert_eq!(heels(&phone).unwrap().confirmed_by.as_deref(), Some("wblt_cm"));
    assert!(phone.get("movement/result").body.contains("Seen, and measured"));
    phone.is_now("2026-11-23T18:00:00+01:00");
    phone.record(taken(13.0));
    assert_eq!(heels(&phone), None, "the range is there");
    assert!(phone.get("movement/result").body.contains("The number counts."));
}

#[test]
fn what_a_form_cannot_mean_is_asked_again_and_nothing_is_kept() {
    let mut phone = ready();
    let odd: [&[(&str, &str)]; 6] = [
        &[],
        &[("screen", "s"), ("test", "nothing"), ("view", "front")],
        &[("screen", "s"), ("test", "overhead_squat"), ("view", "below")],
        &[("screen", "s"), ("test", "overhead_squat"), ("view", "front"), ("side", "left")],
        &[("screen", "s"), ("test", "single_leg_squat"), ("view", "front")],
        &[("screen", "s"), ("test", "overhead_squat"), ("view", "front"), ("on.ohs_knees_in", "6")],
    ];
    for fields in odd {
        assert_eq!(phone.post("movement", fields).status, 422, "{fields:?}");
    }
    let other = [("screen", "s"), ("test", "overhead_squat"), ("view", "front"), ("on.il_heel", "3")];
    assert_eq!(phone.post("movement", &other).status, 422, "of another test");
    assert!(phone.app.state().movement.is_empty());
}

#[test]
fn what_nobody_chose_a_number_for_is_asked_about_and_never_counts_as_not_seen() {
    let mut phone = ready();
    let page = begin(&mut phone);
    assert!(!page.body.contains("value=\"0\" checked"), "nothing is chosen beforehand");
    let first = format!("on.{}", looked_for(&page)[0]);
    for fields in [&[("do", "next")][..], &[("do", "next"), (first.as_str(), "3")]] {
        let answer = phone.press(&page, "Next", fields);
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Choose a number for each"), "{}", answer.body);
    }
    assert!(phone.app.state().movement.is_empty());
    let answer = phone.press(&page, "Next", &[("do", "none")]);
    follow(&mut phone, &answer);
    assert_eq!(phone.app.state().movement.len(), 1, "one tap says that all was looked at");
}

#[test]
fn weeks_that_were_planned_before_are_planned_again_with_what_was_seen() {
    let mut phone = ready();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &[("aim", "mobility"), ("free", "1"), ("free", "4"), ("minutes", "15")]);
    let before = phone.app.state().programme.clone().expect("a programme").set.what;
    assert!(before.wishes.compensations.is_empty());
    phone.is_now("2026-11-29T18:00:00+01:00");
    phone.answer_all_no();
    let mut page = begin(&mut phone);
    page = look(&mut phone, &page, &[("ohs_knees_in", "5")]);
    while !looked_for(&page).is_empty() {
        page = look(&mut phone, &page, &[]);
    }
    let result = phone.get("movement/result");
    assert!(result.body.contains("Your weeks do not know of it yet."), "{}", result.body);
    let answer = phone.press(&result, "Plan the rest of my weeks with it", &[]);
    follow(&mut phone, &answer);
    let after = phone.app.state().programme.clone().expect("a programme").set.what;
    assert!(!after.wishes.compensations.is_empty());
    let today = phone.now.date();
    assert!(after.wishes.days.iter().all(|day| day.date >= today) && !after.items.is_empty());
    assert_eq!(after.wishes.days.last(), before.wishes.days.last(), "no longer than before");
    assert!(!phone.get("movement/result").body.contains("do not know"));
}

#[test]
fn every_test_can_be_chosen_by_hand_and_looked_at_on_each_side() {
    for (id, test) in &knowledge().movement_tests {
        let mut phone = ready();
        let mut page = phone.get(&format!("movement?test={id}"));
        let mut looks = 0;
        while page.body.contains("name=\"do\"") {
            assert!(page.body.contains(&test.name), "{id}");
            assert!(looks == 0 || !page.body.contains("open><summary>How to do it"), "{id}: read once");
            page = look(&mut phone, &page, &[]);
            looks += 1;
            assert!(looks < 12, "{id} ends");
        }
        assert!(page.body.contains("What came of it"), "{id}: a way on");
        assert!(looks >= if test.each_side { 2 } else { 1 }, "{id}");
        assert!(needed(test.repetitions) >= 2, "{id}");
    }
}

#[test]
fn screens_stand_side_by_side_and_a_skipped_view_is_no_finding() {
    let mut phone = ready();
    let mut page = begin(&mut phone);
    page = look(&mut phone, &page, &[]);
    page = look(&mut phone, &page, &[("ohs_forward_head", "2")]);
    let answer = phone.press(&page, "Next", &[("do", "skip_view")]);
    follow(&mut phone, &answer);
    phone.is_now("2026-12-20T18:00:00+01:00");
    phone.answer_all_no();
    page = begin(&mut phone);
    page = look(&mut phone, &page, &[]);
    page = look(&mut phone, &page, &[]);
    let answer = phone.press(&page, "Next", &[("do", "skip_test")]);
    let page = follow(&mut phone, &answer);
    assert!(page.body.contains("Over time") && page.body.contains("2 of 5") && page.body.contains("0 of 5"));
    assert!(!page.body.contains("Worth working on"));
}
