//! From a check-in to a plan, its changes, a routine and what is said afterwards.

use crate::world::{Phone, forms, knowledge, wishes};
use supple_core::body::RegionId;
use supple_core::event::{Answer, EventBody, QuestionAnswered, SessionEnded, SessionStarted};
use supple_core::knowledge::Goal;

/// A phone on which everything is answered and two places are wished for.
pub fn ready() -> Phone {
    let mut phone = Phone::new("2026-11-22T18:02:00+01:00");
    phone.introduce();
    phone.check_in(wishes(Goal::Mobility, 12, &[RegionId::Calf, RegionId::RectusFemoris]));
    phone.answer_all_no();
    phone
}

fn answer(caution: &str, answer: Answer) -> EventBody {
    EventBody::QuestionAnswered(QuestionAnswered {
        caution: caution.to_owned(),
        text_version: knowledge().cautions[caution].text_version,
        answer,
        side: None,
        areas: Vec::new(),
        clinician_agreed_on: None,
        since: None,
    })
}

#[test]
fn who_has_no_plan_is_led_to_what_comes_before_it() {
    let mut phone = Phone::new("2026-11-22T18:02:00+01:00");
    assert_eq!(phone.get_once("plan").location.as_deref(), Some("/today"), "no check-in today");
    phone.introduce();
    phone.check_in(wishes(Goal::Mobility, 10, &[RegionId::Calf]));
    assert_eq!(phone.get_once("plan").location.as_deref(), Some("/screen"), "questions are open");
    phone.answer_all_no();
    assert_eq!(phone.get_once("plan").status, 200);
    let urgent = knowledge()
        .screen
        .ids()
        .find(|id| knowledge().cautions[*id].action == supple_core::knowledge::Action::StopAndReferUrgently);
    phone.record([answer(urgent.unwrap(), Answer::Yes)]);
    assert_eq!(phone.get_once("plan").location.as_deref(), Some("/help-first"));
    phone.record([answer(urgent.unwrap(), Answer::No)]);
    let holding = knowledge()
        .screen
        .ids()
        .find(|id| knowledge().cautions[*id].action == supple_core::knowledge::Action::AvoidAll);
    phone.record([answer(holding.unwrap(), Answer::Yes)]);
    assert_eq!(phone.get_once("plan").location.as_deref(), Some("/not-yet"));
    phone.is_now("2026-11-23T08:00:00+01:00");
    assert_eq!(phone.get_once("plan").location.as_deref(), Some("/today"), "yesterday's check-in is over");
}

#[test]
fn from_nothing_to_a_plan_of_ones_own_with_taps_alone() {
    let mut phone = Phone::new("2026-11-22T18:02:00+01:00");
    let today = phone.get("today");
    let said =
        [("age", "34"), ("tool", "foam_roller"), ("firm.foam_roller", "medium"), ("want", "calf"), ("minutes", "10")];
    let mut then = phone.press(&today, "Go on", &said);
    assert_eq!(then.status, 303, "{}", then.body);
    let mut cards = 0;
    let plan = loop {
        let page = phone.get(then.location.as_deref().unwrap_or("plan").trim_start_matches('/'));
        if !page.body.contains("None of these") {
            break page;
        }
        cards += 1;
        assert!(cards <= 12, "at most twelve cards");
        then = phone.press(&page, "None of these", &[]);
        assert_eq!(then.status, 303, "{}", then.body);
    };
    assert!(cards > 0, "nothing is planned before the questions");
    assert!(plan.body.contains(">Start</button>"), "{}", plan.body);
    phone.press(&plan, "Shorter", &[]);
    assert!(phone.get("plan").body.contains("This is your own version"));
}

#[test]
fn a_plan_says_what_where_how_long_how_strong_and_why() {
    let page = ready().get("plan");
    assert_eq!(page.status, 200);
    for said in ["Ready", "You asked for it.", "of your body weight", "evidence", "Never over", "Start", "Lighter"] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!(!page.body.contains(" style="), "the policy forbids styles in the page");
    assert!(forms(&page.body).iter().any(|form| form.action == "/session/start"));
    let before_numbers = page.body.split("Numbers and sources").next().unwrap();
    assert!(!before_numbers.contains("kPa") && !before_numbers.contains(" N ("), "numbers stand one tap behind");
}

#[test]
fn a_change_is_kept_and_taken_back() {
    let mut phone = ready();
    let suggested = phone.get("plan");
    assert!(!suggested.body.contains("This is your own version"));
    let then = phone.press(&suggested, "Shorter", &[]);
    assert_eq!(then.location.as_deref(), Some("/plan"));
    let own = phone.get("plan");
    assert!(own.body.contains("This is your own version"));
    phone.press(&own, "Later", &[]);
    let order = |html: &str| -> Vec<String> {
        html.split("<li class=\"block card\" id=\"")
            .skip(1)
            .map(|li| li.split('"').next().unwrap().to_owned())
            .collect()
    };
    let turned = phone.get("plan");
    let (was, is) = (order(&own.body), order(&turned.body));
    assert_eq!((was.first(), was.get(1)), (is.get(1), is.first()), "the first came later");
    phone.press(&turned, "Take out", &[]);
    let less = phone.get("plan");
    assert_eq!(order(&less.body).len(), is.len() - 1);
    assert!(less.body.contains("You took it out"));
    phone.press(&less, "Put it back", &[]);
    assert_eq!(order(&phone.get("plan").body).len(), is.len());
    phone.press(&less, "Back to what Supple suggests", &[]);
    let back = phone.get("plan");
    assert_eq!(order(&back.body), order(&suggested.body));
    assert!(!back.body.contains("This is your own version"));
}

#[test]
fn one_way_is_swapped_for_another_that_is_allowed() {
    let mut phone = ready();
    let page = phone.get("plan");
    let first = page.body.split("<h2>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    phone.press(&page, "Swap", &[]);
    let swapped = phone.get("plan");
    assert!(swapped.body.contains("This is your own version"));
    assert_ne!(swapped.body.split("<h2>").nth(1).unwrap().split('<').next().unwrap(), first);
}

#[test]
fn a_way_that_is_not_allowed_is_refused_and_explained() {
    let mut phone = ready();
    let page = phone.get("plan");
    let entries = phone.app.entries().len();
    let refused = phone.press(&page, "Swap", &[("with", "hipflexor_caution")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Not changed") && refused.body.contains("not allowed there today"));
    assert_eq!(phone.app.entries().len(), entries);
}

#[test]
fn an_order_that_takes_too_long_is_refused_and_explained() {
    let mut phone = Phone::new("2026-11-22T18:02:00+01:00");
    phone.introduce();
    phone.a_day("2026-11-20T18:00:00+01:00", wishes(Goal::Mobility, 10, &[RegionId::Calf]));
    phone.is_now("2026-11-22T18:02:00+01:00");
    let wants = [RegionId::Calf, RegionId::RectusFemoris, RegionId::VastusLateralis, RegionId::HamstringsLateral];
    // Of the orders of what fits the minutes, one that goes to and fro between positions does not fit them.
    let mut refused = Vec::new();
    for minutes in 4..=20 {
        phone.check_in(wishes(Goal::Mobility, minutes, &wants));
        phone.answer_all_no();
        for number in 1..4 {
            let page = phone.get("plan");
            let later = forms(&page.body).into_iter().filter(|form| form.html.contains(">Later<")).nth(number - 1);
            let Some(form) = later else { break };
            let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            refused.extend(Some(phone.post("plan/arrange", &fields)).filter(|answer| answer.status == 422));
        }
    }
    let refused = refused.first().expect("an order that takes too long");
    assert!(refused.body.contains("With the time to change position it would take"));
}

#[test]
fn a_change_that_is_not_allowed_any_more_gives_way_to_the_suggestion() {
    let mut phone = ready();
    let page = phone.get("plan");
    phone.press(&page, "Shorter", &[]);
    assert!(phone.get("plan").body.contains("This is your own version"));
    phone.record([answer("sp_anticoagulant", Answer::Yes)]);
    let page = phone.get("plan");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("gentler today"));
    assert!(page.body.contains("Your own version is not allowed any more"), "it asked for more pressure");
    assert!(!page.body.contains("This is your own version"));
    assert!(page.body.contains("outside what is allowed today"), "and why");
}

#[test]
fn a_form_sent_twice_counts_once() {
    let mut phone = ready();
    let page = phone.get("plan");
    let entries = phone.app.entries().len();
    phone.press(&page, "Shorter", &[]);
    assert_eq!(phone.app.entries().len(), entries + 1);
    let again = phone.press(&page, "Shorter", &[]);
    assert_eq!(phone.app.entries().len(), entries + 1, "the same action");
    assert_eq!(again.status, 303);
}

#[test]
fn a_routine_is_saved_and_planned_afresh_on_another_day() {
    let mut phone = ready();
    let page = phone.get("plan");
    let then = phone.press(&page, "Save", &[("name", "Legs")]);
    assert_eq!(then.location.as_deref(), Some("/routines"));
    let doses = phone.suggested(&wishes(Goal::Mobility, 12, &[RegionId::Calf, RegionId::RectusFemoris]));
    phone.roll("first", Goal::Mobility, doses);
    phone.is_now("2026-11-24T18:00:00+01:00");
    let list = phone.get("routines");
    assert!(list.body.contains("Legs"));
    let then = phone.press(&list, "Plan it for today", &[]);
    assert_eq!(then.location.as_deref(), Some("/plan"));
    assert_eq!(phone.get_once("plan").location.as_deref(), Some("/screen"), "the screen still comes first");
    phone.answer_all_no();
    let plan = phone.get("plan");
    assert!(
        plan.body.contains("Legs, against") || plan.body.contains("Legs: the same as"),
        "one line on what changed"
    );
    let list = phone.get("routines");
    phone.press(&list, "Remove", &[]);
    assert!(!phone.get("routines").body.contains("Legs"));
}

#[test]
fn after_a_session_one_says_how_it_feels_and_may_correct_it() {
    let mut phone = ready();
    let doses = phone.suggested(&wishes(Goal::Mobility, 12, &[RegionId::Calf]));
    phone.roll("today", Goal::Mobility, doses);
    let page = phone.get("after/today");
    assert!(page.body.contains("How do these places feel now?"));
    let missing = phone.press(&page, "Save", &[]);
    assert_eq!(missing.status, 422);
    phone.press(&page, "Save", &[("felt", "better"), ("sore.calf.left", "2")]);
    assert!(phone.get("after/today").body.contains("better than before"));
    assert_eq!(phone.app.state().reviews[0].what.soreness.len(), 1);
    let again = phone.get("after/today?again=1");
    phone.press(&again, "Save", &[("felt", "same")]);
    assert_eq!(phone.app.state().reviews.len(), 1);
    assert!(phone.get("history/today").body.contains("about the same"));
    assert_eq!(phone.get("after/nothing").status, 404);
}

#[test]
fn after_a_session_without_pressure_nothing_is_asked() {
    let mut phone = ready();
    let doses = phone.suggested(&wishes(Goal::Mobility, 12, &[RegionId::Calf]));
    let session = || "nothing".to_owned();
    phone.record([
        EventBody::SessionStarted(SessionStarted { session: session(), goal: Goal::Mobility, doses }),
        EventBody::SessionEnded(SessionEnded { session: session(), completed: false }),
    ]);
    for path in ["after/nothing", "after/nothing?again=1", "history/nothing"] {
        let page = phone.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.body.contains("feel now?") && !page.body.contains("how it felt"), "{path}");
    }
    assert!(phone.get("after/nothing").body.contains(">Close</a>"), "there is a way on");
    let posted = phone.post("after/nothing", &[("felt", "worse")]);
    assert_eq!(posted.location.as_deref(), Some("/after/nothing"));
    assert!(phone.app.state().reviews.is_empty(), "a form from elsewhere says nothing about it either");
}

#[test]
fn a_place_that_fills_the_time_is_not_said_to_be_asked_for() {
    let mut phone = ready();
    let usual = knowledge().planning.goals[&Goal::Recovery].usual_regions.clone();
    assert!(!usual.contains(&RegionId::PlantarFoot), "this test needs a place that is not usual");
    let mut why = |wants: &[RegionId]| {
        phone.check_in(wishes(Goal::Recovery, 20, wants));
        phone.get("plan").body
    };
    let filled: Vec<RegionId> = usual.iter().copied().chain([RegionId::PlantarFoot]).collect();
    let both = why(&filled);
    assert!(both.contains("One of the usual places for recovery") && both.contains("You asked for it"), "{both}");
    let named = why(&usual[..1]);
    assert!(named.contains("You asked for it") && !named.contains("One of the usual places"), "one alone was named");
    assert!(why(&[]).contains("Usual for recovery after exercise, as nothing was marked"));
}

#[test]
fn a_page_is_the_same_with_pictures_that_were_drawn_beforehand() {
    let mut phone = ready();
    let request = |path: &str| supple_app::Request {
        method: supple_app::Method::Get,
        path: path.to_owned(),
        query: String::new(),
        body: String::new(),
        now: phone.now.clone(),
        seed: "seed000001".to_owned(),
        root: "/".to_owned(),
        shell: supple_app::exchange::Shell::Server,
    };
    let requests = ["plan", "today", "history", "moves"].map(request);
    let drawn = requests.each_ref().map(|request| phone.app.decide(request).response.body);
    let gallery = supple_app::Gallery::new(crate::world::knowledge());
    phone.app.hang(Box::leak(Box::new(gallery)));
    let hung = requests.each_ref().map(|request| phone.app.decide(request).response.body);
    assert_eq!(hung, drawn);
    assert!(hung[0].contains("fig-moving") && hung[0].contains("bm-mini"), "there are pictures on it");
}
