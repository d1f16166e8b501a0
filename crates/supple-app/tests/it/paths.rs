//! Paths on a phone: they ask in their own order, show what is left alone, offer what the gate allows, and watch.

use crate::world::{Phone, knowledge};
use supple_app::Response;
use supple_core::body::{Area, Half, RegionId, Side, Site};
use supple_core::event::{Answer, EventBody, ProfileChanged, QuestionAnswered};
use supple_core::path::{Now, Said, Standing, standing};
use supple_core::unit::AgeYears;

const NOW: &str = "2026-11-22T18:00:00+01:00";

fn phone() -> Phone {
    let mut phone = Phone::new(NOW);
    phone.introduce();
    phone
}

fn yes(id: &str) -> QuestionAnswered {
    let caution = &knowledge().cautions[id];
    supple_core::assess::given(id, caution, Answer::Yes, Vec::new())
}

fn here<'k>(phone: &Phone, path: &str) -> Standing<'k> {
    standing(knowledge(), phone.app.state(), &phone.now, None, path).unwrap()
}

/// After breast cancer, nodes and radiotherapy on the left; the nurse agreed to rolling in general.
fn after_breast_cancer() -> Phone {
    let mut phone = phone();
    phone.answer_all_no();
    let agreed = Some("2026-11-02".parse().unwrap());
    let pectorals = Area { region: RegionId::Pectorals, side: Some(Side::Left) };
    phone.record(
        [
            QuestionAnswered { clinician_agreed_on: agreed, ..yes("rf_cancer") },
            QuestionAnswered { side: Some(Side::Left), ..yes("sp_breast_nodes") },
            QuestionAnswered { areas: vec![pectorals], ..yes("sp_radiation") },
        ]
        .map(EventBody::QuestionAnswered),
    );
    phone
}

fn follow(phone: &mut Phone, answer: &Response) -> Response {
    assert_eq!(answer.status, 303, "{}", answer.body);
    let to = answer.location.clone().expect("a way on");
    phone.get(to.trim_start_matches('/'))
}

/// The part of a page from a heading to the next section.
fn part<'p>(page: &'p Response, heading: &str) -> &'p str {
    let (_, rest) = page.body.split_once(&format!("<h2>{heading}</h2>")).unwrap_or_else(|| panic!("{}", page.body));
    rest.split("</section>").next().unwrap_or("")
}

#[test]
fn the_list_leads_to_each_path_and_puts_what_was_answered_first() {
    let mut phone = phone();
    let page = phone.get("paths");
    for (id, known) in &knowledge().paths {
        assert!(page.body.contains(&format!("href=\"/paths/{id}\"")), "{id}");
        assert_eq!(phone.get(&format!("paths/{id}")).status, 200, "{}", known.title);
    }
    assert!(!page.body.contains("By what you answered"), "nothing was answered");
    phone.record([EventBody::QuestionAnswered(yes("sp_hypermobility"))]);
    let page = phone.get("paths");
    assert!(part(&page, "By what you answered").contains("/paths/hypermobile"));
    assert!(!part(&page, "The others").contains("/paths/hypermobile"));
    assert_eq!(phone.get("paths/nobody").status, 404);
}

#[test]
fn no_page_names_an_illness_to_somebody_who_did_not_open_it() {
    let mut phone = phone();
    phone.answer_all_no();
    phone
        .record([EventBody::QuestionAnswered(QuestionAnswered { side: Some(Side::Left), ..yes("sp_breast_nodes") })]);
    let settings = phone.get("settings").body;
    assert!(settings.contains("/paths/after_breast_cancer") && !settings.to_lowercase().contains("cancer treatment"));
    assert!(phone.get("screen/all").body.contains("href=\"/paths\""));
}

#[test]
fn its_questions_come_a_card_at_a_time_and_open_nothing_before_all_are_answered() {
    let mut phone = phone();
    let path = "after_breast_cancer";
    let page = phone.get(&format!("paths/{path}"));
    assert!(page.body.contains("questions of this path"));
    assert!(!page.body.contains("class=\"offered\""), "nothing is offered");
    let mut asked = 0;
    let mut to = format!("paths/{path}/ask?card=0");
    for _ in 0..10 {
        let page = phone.get(&to);
        let open: Vec<String> = here(&phone, path)
            .cards
            .iter()
            .flat_map(|card| &card.questions)
            .filter(|question| {
                question.said == Said::Open && page.body.contains(&format!("value=\"{}\"", question.id))
            })
            .map(|question| question.id.to_owned())
            .collect();
        if open.is_empty() {
            break;
        }
        asked += open.len();
        // Without an answer nothing is written, and what is missing is said.
        let before = phone.app.entries().len();
        let missing = phone.press(&page, "Save", &[]);
        assert!(missing.status == 422 && phone.app.entries().len() == before, "{}", missing.body);
        let named: Vec<String> = open.iter().map(|id| format!("answer.{id}")).collect();
        let mut typed: Vec<(&str, &str)> = named.iter().map(|name| (name.as_str(), "no")).collect();
        typed.extend(open.iter().map(|id| ("id", id.as_str())));
        let answer = phone.press(&page, "Save", &typed);
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.location.unwrap().trim_start_matches('/').clone_into(&mut to);
    }
    let all: usize = knowledge().paths[path].cards.iter().map(|card| card.asks.len()).sum();
    assert_eq!(asked, all, "each was asked once");
    assert_eq!(here(&phone, path).open_questions(), 0);
    // Then what every session asks; one card after the other, then it is open.
    let mut page = phone.get(&format!("paths/{path}/today"));
    for _ in 0..20 {
        if !page.body.contains("None of these") {
            break;
        }
        let answer = phone.press(&page, "None of these", &[]);
        page = follow(&mut phone, &answer);
    }
    assert_eq!(here(&phone, path).now, Now::Open, "{:?}", here(&phone, path).holding);
    // All of it was answered with no: the path is somebody else's.
    assert!(page.body.contains("You answered no") && !page.body.contains("class=\"offered\""), "{}", page.body);
}

#[test]
fn the_treated_side_is_on_the_map_with_its_reason_and_the_legs_are_offered() {
    let mut phone = after_breast_cancer();
    let page = phone.get("paths/after_breast_cancer");
    let map = part(&page, "What is left alone, and why");
    for (region, side, class) in [
        ("pectorals", "left", "shut-all"),
        ("triceps", "left", "shut-press"),
        ("forearm_flexors", "left", "shut-press"),
    ] {
        let shape = format!("class=\"{class}\" role=\"img\" data-region=\"{region}\" data-side=\"{side}\"");
        assert!(map.contains(&shape), "{region}: {map}");
    }
    assert!(map.contains("role=\"img\" data-region=\"calf\" data-side=\"left\" aria-label=\"calf, left\""), "{map}");
    assert!(map.contains("chest, left: left alone") && map.contains("You said yes: "));
    let legs = part(&page, "Legs and hips");
    assert!(legs.contains("/moves/ankle_circles") && legs.contains("each side"));
    assert!(part(&page, "Breathing first").contains("/moves/belly_breathing"));
    let other = part(&page, "The other side");
    let offered = other.split("<details>").next().unwrap();
    assert!(offered.contains("right") && !offered.contains("left"), "{offered}");
    assert!(part(&page, "Your clinician's word").contains("breast care nurse"));
}

#[test]
fn a_swelling_is_asked_weekly_and_closes_that_side_at_once() {
    let mut phone = after_breast_cancer();
    let page = phone.get("paths/after_breast_cancer");
    assert!(page.body.contains("Time to look."));
    let watch =
        |answer: &'static str, side: &'static str| vec![("watch", "swelling"), ("answer", answer), ("side", side)];
    let nothing = phone.post("paths/after_breast_cancer/watch", &[("watch", "swelling")]);
    assert_eq!(nothing.status, 422);
    let before = phone.app.state().answers.clone();
    let answer = phone.post("paths/after_breast_cancer/watch", &watch("no", "both"));
    let page = follow(&mut phone, &answer);
    assert!(page.body.contains("Next on") && phone.app.state().answers == before, "a no answers nothing else");

    phone.is_now("2026-11-29T18:00:00+01:00");
    assert!(phone.get("paths/after_breast_cancer").body.contains("Time to look."));
    phone.is_now("2026-11-22T19:00:00+01:00");
    let answer = phone.post("paths/after_breast_cancer/watch", &watch("yes", "left"));
    let page = follow(&mut phone, &answer);
    assert!(page.body.contains("Thank you for looking") && page.body.contains("this week"), "{}", page.body);
    let legs = part(&page, "Legs and hips");
    let offered = legs.split("<details>").next().unwrap();
    assert!(offered.contains("right") && !offered.contains("each side") && !offered.contains("left"), "{offered}");
    assert!(phone.get("clinician").body.contains("lymph"), "and it stands on the page for the clinician");
    assert!(phone.get("today").status == 200 && phone.get("history").status == 200);
}

#[test]
fn a_sign_that_cannot_wait_says_whom_to_call() {
    let mut phone = after_breast_cancer();
    let fields = [("watch", "skin"), ("answer", "yes")];
    let answer = phone.post("paths/after_breast_cancer/watch", &fields);
    let page = follow(&mut phone, &answer);
    assert!(page.body.contains("href=\"tel:112\"") && page.body.contains("Please get medical help today"));
    assert_eq!(here(&phone, "after_breast_cancer").now, Now::HelpFirst);
    assert!(!page.body.contains("class=\"offered\""));
}

#[test]
fn a_growing_bone_that_hurts_is_asked_about_in_full() {
    let mut phone = phone();
    let adult = Some(true);
    let young = ProfileChanged { age_years: AgeYears::new(14).ok(), adult_present: adult, ..Default::default() };
    phone.record([EventBody::ProfileChanged(young)]);
    phone.answer_all_no();
    assert_eq!(here(&phone, "from_12_to_17").now, Now::Open);
    let answer = phone.post("paths/from_12_to_17/watch", &[("watch", "growing"), ("answer", "yes")]);
    let page = follow(&mut phone, &answer);
    assert!(page.body.contains("name=\"answer.sp_tendon_pain\"") && page.body.contains("where.sp_tendon_pain"));
    // Until it is answered it counts as everywhere.
    let waits = here(&phone, "from_12_to_17");
    assert!(waits.offers.iter().all(|offer| offer.techniques.is_empty()));
    let fields = [("answer.sp_tendon_pain", "yes"), ("where.sp_tendon_pain", "plantar_foot.left")];
    let answer = phone.press(&page, "Save", &fields);
    let page = follow(&mut phone, &answer);
    assert!(part(&page, "Short, light rolling").contains("Not for today"));
    let rolled: Vec<(&str, Side)> = here(&phone, "from_12_to_17")
        .offers
        .iter()
        .flat_map(|offer| &offer.techniques)
        .map(|one| (one.id, one.side))
        .collect();
    assert!(rolled.contains(&("plantar_ball", Side::Right)) && !rolled.contains(&("plantar_ball", Side::Left)));
}

#[test]
fn where_a_flap_was_taken_from_is_asked_and_left_alone() {
    let mut phone = after_breast_cancer();
    let page = phone.get("paths/after_breast_cancer/ask?id=sp_reconstruction");
    assert!(page.body.contains("value=\"lats.left\"") && page.body.contains("value=\"gluteus_maximus.right\""));
    let fields = [
        ("answer.sp_reconstruction", "yes"),
        ("side.sp_reconstruction", "left"),
        ("where.sp_reconstruction", "gluteus_maximus.right"),
    ];
    let answer = phone.press(&page, "Save", &fields);
    follow(&mut phone, &answer);
    let closed = here(&phone, "after_breast_cancer").off_limits.press();
    let place = |region, half| closed.contains(Site::new(region, half));
    assert!(place(RegionId::GluteusMaximus, Half::Right) && !place(RegionId::GluteusMaximus, Half::Left));
    assert!(place(RegionId::Abdomen, Half::Left));
}

#[test]
fn a_path_whose_question_was_answered_no_offers_nothing_and_asks_again() {
    let mut phone = phone();
    phone.answer_all_no();
    for id in ["pregnancy", "after_breast_cancer"] {
        let page = phone.get(&format!("paths/{id}"));
        assert!(page.body.contains("You answered no") && page.body.contains("Answer again"), "{id}: {}", page.body);
        assert!(
            !page.body.contains("class=\"offered\"") && !page.body.contains("Nothing you answered waits"),
            "{id}"
        );
    }
    assert!(after_breast_cancer().get("paths/after_breast_cancer").body.contains("class=\"offered\""));
}
