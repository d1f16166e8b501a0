//! The page of progress, over real input: two months of tests and sessions, one test, and none.

use crate::months::two_months;
use crate::world::{Phone, wishes};
use supple_core::body::RegionId;
use supple_core::knowledge::Goal;

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
fn a_day_of_rolling_alone_is_in_the_calendar_once_there_is_a_test() {
    let mut phone = Phone::new("2026-11-20T18:00:00+01:00");
    phone.introduce();
    phone.a_day("2026-11-20T18:05:00+01:00", wishes(Goal::Mobility, 10, &[RegionId::Calf]));
    assert!(phone.get("progress").body.contains("Nothing to show yet"));
    phone.is_now(NOW);
    test_today(&mut phone, "9", "9");
    assert!(words(&phone.get("progress").body).contains("1 with a session, 1 with a test"));
}
