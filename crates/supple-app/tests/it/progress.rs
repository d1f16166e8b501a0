//! The page of progress, over real input: two months of tests and sessions, one test, and none.

use crate::months::two_months;
use crate::world::{Phone, knowledge, wishes};
use supple_core::body::{RegionId, Side};
use supple_core::event::{DoneElsewhere, ElsewhereTool, EventBody};
use supple_core::knowledge::{Goal, ToolId};
use supple_core::learn::response_of;
use supple_core::measure::Where;

const NOW: &str = "2026-11-22T18:00:00+01:00";

fn test_today(phone: &mut Phone, left: &str, right: &str) {
    let mut fields = vec![("when", "rest"), ("sure", "yes")];
    for trial in ["left.1", "left.2", "left.3"] {
        fields.push((trial, left));
    }
    for trial in ["right.1", "right.2", "right.3"] {
        fields.push((trial, right));
    }
    assert_eq!(phone.post("measures/wblt_cm", &fields).status, 303);
}

/// Words without their tags.
fn words(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<').skip(1) {
        text.push_str(piece.split_once('>').map_or("", |(_, words)| words));
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn nothing_yet_is_kind_and_leads_to_the_first_test() {
    let mut phone = Phone::new(NOW);
    let page = phone.get("progress");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Nothing to show yet, and that is fine."));
    assert!(page.body.contains("href=\"/measures/wblt_cm\"") && phone.get("measures/wblt_cm").status == 200);
    assert!(!page.body.contains("<svg class=\"chart"), "an empty chart says nothing");
}

#[test]
fn it_is_found_from_history_from_the_tests_and_from_a_test() {
    let mut phone = Phone::new(NOW);
    assert!(phone.get("history").body.contains("href=\"/progress\""));
    test_today(&mut phone, "9", "9");
    assert!(phone.get("measures").body.contains("href=\"/progress\""));
    assert!(phone.get("measures/wblt_cm").body.contains("href=\"/progress#wblt_cm\""));
    assert!(phone.get("progress").body.contains("id=\"wblt_cm\""), "where that link leads");
}

#[test]
fn one_result_is_a_point_and_says_nothing_of_change() {
    let mut phone = Phone::new(NOW);
    test_today(&mut phone, "9", "9.5");
    let page = phone.get("progress").body;
    assert_eq!(page.matches("<svg class=\"chart ribbon\"").count(), 2, "one for each side");
    assert!(!page.contains("class=\"band\"") && !page.contains("Since "), "one result has no line");
    assert!(!page.contains("Left and right differ"), "half a centimetre is inside the error");
}

#[test]
fn a_side_difference_is_told_only_where_it_is_more_than_error() {
    let mut phone = Phone::new(NOW);
    test_today(&mut phone, "7", "12");
    let page = words(&phone.get("progress").body);
    assert!(
        page.contains("Left and right differ by 5.0 cm: more than error (2.0). The right does better."),
        "{page}"
    );
}

#[test]
fn two_months_show_where_one_stands_and_the_days_behind_it() {
    let mut phone = two_months();
    let page = phone.get("progress").body;
    assert_eq!(page.matches("class=\"band\"").count(), 4, "a ribbon and its legend for each side");
    // The left went from 8 to 10 cm, the right stayed.
    let text = words(&page);
    let since: Vec<&str> = text.split("Since 24 Sep: ").skip(1).collect();
    assert_eq!(since.len(), 2, "{text}");
    let change = |since: &str| since.split(' ').next().unwrap().parse::<f64>().unwrap();
    assert!((change(since[0]) - 2.0).abs() < 0.8, "left: {}", since[0]);
    assert!(change(since[1]).abs() < 0.8, "right: {}", since[1]);
    assert!(since[0].contains("better, by more than error"), "{}", since[0]);
    assert!(since[1].contains("which may be no more than error"), "{}", since[1]);
    assert!(text.contains("12 with a session, 18 with a test"), "the calendar counts the days");
}

#[test]
fn two_months_have_a_sentence_what_to_do_next_and_the_gain_against_what_is_worth_having() {
    let mut phone = two_months();
    let page = phone.get("progress").body;
    let told = page.matches("class=\"told\"").count();
    assert_eq!(told, 2, "one for each side");
    let text = words(&page);
    // Twelve sessions and six rest tests.
    for (side, gain) in [(Side::Left, 2.0), (Side::Right, 1.2)] {
        let about = Where { region: None, side: Some(side) };
        let response = response_of(knowledge(), phone.app.state(), "wblt_cm", about).unwrap();
        assert_eq!((response.sessions, response.rest_tests), (12, 6));
        assert!((response.gain.mean - gain).abs() < 0.6, "{:?}", response.gain);
        assert!((response.retest.mean - 0.2).abs() < 0.4, "{:?}", response.retest);
        let sentence = supple_core::learn::response::words::verdict(response.told);
        assert!(text.to_lowercase().contains(&sentence), "{sentence}: {text}");
    }
    assert!(text.contains("Left Helps you."), "2 cm against 1 cm worth having, over 12 sessions: {text}");
    assert_eq!(page.matches("<svg class=\"chart density\"").count(), 2);
    assert_eq!(page.matches("id=\"hatch-wblt_cmleft\"").count(), 1, "patterns have names of their own");
    assert!(text.contains("average gain right after a session, cm"));
}

#[test]
fn what_is_still_needed_is_said_in_pairs_of_tests() {
    let mut phone = Phone::new(NOW);
    test_today(&mut phone, "9", "9");
    let page = words(&phone.get("progress").body);
    assert!(page.contains("Cannot tell yet, about "), "{page}");
    let (_, rest) = page.split_once("About ").expect("what to do next");
    let numbers: Vec<u32> = rest
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .take(3)
        .map(|n| n.parse().unwrap())
        .collect();
    assert_eq!(numbers[0], numbers[1] + numbers[2], "{page}");
    assert!(numbers[2] >= 6 && rest.contains("around a session") && rest.contains("without rolling"), "{page}");
}

/// Around a session or a wait, both sides.
fn pair(phone: &mut Phone, day: &str, from: &str, to: &str, before: &str, after: &str) {
    for (time, when) in [(from, before), (to, after)] {
        phone.is_now(&format!("{day}T{time}:00+01:00"));
        let mut fields = vec![("when", when), ("sure", "yes")];
        fields.extend(["left.1", "left.2", "left.3", "right.1", "right.2", "right.3"].map(|trial| (trial, "9")));
        assert_eq!(phone.post("measures/wblt_cm", &fields).status, 303);
        if when == "before" {
            phone.is_now(&format!("{day}T{time}:30+01:00"));
            phone.record([EventBody::DoneElsewhere(DoneElsewhere {
                region: RegionId::Calf,
                side: None,
                seconds: 120,
                tool: ElsewhereTool::Tool(ToolId::FoamRoller),
                felt: None,
            })]);
        }
    }
}

#[test]
fn a_wait_without_rolling_is_offered_explained_and_led_through() {
    let mut phone = Phone::new("2026-11-01T18:00:00+01:00");
    assert!(
        !phone.get("measures/wblt_cm").body.contains("Today without rolling first"),
        "not before the first result"
    );
    for day in ["2026-11-02", "2026-11-05", "2026-11-08"] {
        pair(&mut phone, day, "18:00", "18:18", "before", "after");
    }
    // Three sessions and no rest test: the one that was missed comes first.
    phone.is_now("2026-11-11T18:00:00+01:00");
    let page = phone.get("measures/wblt_cm");
    let text = words(&page.body);
    assert!(text.contains("Today without rolling first") && text.contains("Wait 20 minutes"), "{text}");
    assert!(text.contains("how much of the change is just from testing twice"), "it says why");
    assert!(page.body.contains("name=\"when\" value=\"before_wait\" required checked"), "the form knows");
    assert!(phone.get("progress").body.contains("Next: a day without rolling first"));
    let fields = ["left.1", "left.2", "left.3"].map(|trial| (trial, "9"));
    assert_eq!(phone.post("measures/wblt_cm", &[&fields[..], &[("when", "before_wait")]].concat()).status, 303);
    phone.is_now("2026-11-11T18:10:00+01:00");
    let page = phone.get("measures/wblt_cm");
    assert!(words(&page.body).contains("Test again at 18:20"), "{}", words(&page.body));
    assert!(page.body.contains("name=\"when\" value=\"after_wait\" required checked"));
    phone.is_now("2026-11-11T18:21:00+01:00");
    assert!(phone.get("measures/wblt_cm").body.contains("The wait is over"));
    assert_eq!(phone.post("measures/wblt_cm", &[&fields[..], &[("when", "after_wait")]].concat()).status, 303);
    let page = phone.get("measures/wblt_cm").body;
    assert!(
        !page.contains("The wait is over") && !page.contains("Today without rolling first"),
        "one occasion a day"
    );
    let about = Where { region: None, side: Some(Side::Left) };
    let response = response_of(knowledge(), phone.app.state(), "wblt_cm", about).unwrap();
    assert_eq!((response.sessions, response.rest_tests), (3, 1), "and it counts as one");
}

#[test]
fn a_wait_that_was_left_is_over_after_hours() {
    let mut phone = Phone::new("2026-11-10T18:00:00+01:00");
    let fields = ["left.1", "left.2", "left.3"].map(|trial| (trial, "9"));
    assert_eq!(phone.post("measures/wblt_cm", &[&fields[..], &[("when", "before_wait")]].concat()).status, 303);
    phone.is_now("2026-11-10T21:00:00+01:00");
    assert!(phone.get("measures/wblt_cm").body.contains("The wait is over"));
    phone.is_now("2026-11-10T22:01:00+01:00");
    assert!(!phone.get("measures/wblt_cm").body.contains("The wait is over"));
}

#[test]
fn a_day_of_rolling_alone_is_in_the_calendar_once_there_is_a_test() {
    let mut phone = Phone::new("2026-11-20T18:00:00+01:00");
    phone.introduce();
    phone.a_day("2026-11-20T18:05:00+01:00", wishes(Goal::Mobility, 10, &[RegionId::Calf]));
    assert!(phone.get("progress").body.contains("Nothing to show yet"));
    phone.is_now(NOW);
    test_today(&mut phone, "9", "9");
    assert!(words(&phone.get("progress").body).contains("1 with a session, 1 with a test"));
}
