//! Four weeks in a few taps, today's part in one, and what to do when something comes up.

use crate::world::{Phone, forms};
use supple_core::body::RegionId;
use supple_core::event::EventBody;
use supple_core::event::upcast::Entry;

/// A newcomer whose questions are answered.
fn newcomer() -> Phone {
    let mut phone = Phone::new("2026-11-23T18:02:00+01:00");
    phone.introduce();
    phone.answer_all_no();
    phone
}

const THREE_DAYS: [(&str, &str); 5] =
    [("aim", "mobility"), ("free", "0"), ("free", "2"), ("free", "4"), ("minutes", "20")];

fn words(html: &str) -> usize {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().count()
}

#[test]
fn a_newcomer_has_four_weeks_in_few_taps_and_words() {
    let mut phone = newcomer();
    let today = phone.get("today");
    assert!(today.body.contains("Plan four weeks"), "Today leads there");
    let setup = phone.get("programme");
    // The link, three days, twenty minutes, the button: everything else is chosen beforehand.
    let taps = 1 + 3 + 1 + 1;
    assert!(taps <= 40 && words(&setup.body) <= 600, "{} words", words(&setup.body));
    let then = phone.press(&setup, "Make my four weeks", &THREE_DAYS);
    assert_eq!((then.status, then.location.as_deref()), (303, Some("/programme")), "{}", then.body);
    let kept = phone.app.state().programme.clone().expect("a programme");
    let programme = kept.programme();
    assert_eq!(programme.weeks.len(), 4);
    for week in &programme.weeks {
        let rolled = |region: RegionId| {
            let items = week.days.iter().flat_map(|day| &day.items);
            items.filter(|item| item.areas.iter().any(|area| area.region == region)).count()
        };
        assert!(rolled(RegionId::Calf) >= 2, "week {}", week.number);
    }
    let page = phone.get("programme");
    assert!(!page.body.contains(" style=") && page.body.contains("The weeks"));
    assert!(phone.get("today").body.contains("My programme:"));
}

#[test]
fn todays_rolling_starts_in_one_tap_through_the_plan_and_the_gate() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my four weeks", &THREE_DAYS);
    let page = phone.get("programme");
    let start = forms(&page.body).into_iter().find(|form| form.action == "/programme/start").expect("a start today");
    assert!(start.html.contains("Start"));
    let then = phone.press(&page, "Start", &[]);
    assert_eq!(then.location.as_deref(), Some("/plan"));
    let last = phone.app.state().check_ins.last().expect("wishes of today");
    assert!(last.what.wants.contains(&RegionId::Calf));
    assert!(phone.get("plan").body.contains(">Start</button>"));
}

#[test]
fn five_minutes_ill_and_a_missed_day_change_weeks_without_blame() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my four weeks", &THREE_DAYS);
    let items = |phone: &Phone| phone.app.state().programme.clone().expect("a programme").items;
    let before = items(&phone);
    let page = phone.get("programme");
    phone.press(&page, "Only five minutes today", &[]);
    let today = phone.now.date();
    let minutes: u16 = items(&phone).iter().filter(|item| item.date == today).map(|item| item.minutes).sum();
    assert!(minutes <= 5, "{minutes} minutes");

    // The next morning some questions are open again: nothing is lost for that.
    phone.is_now("2026-11-25T07:00:00+01:00");
    let many = items(&phone).len();
    let page = phone.get("programme");
    for blame in ["missed", "failed", "overdue", "behind", "late "] {
        assert!(!page.body.to_lowercase().contains(blame), "{blame}");
    }
    let page = phone.get("programme");
    phone.press(&page, "Rest until then", &[("until", "2026-11-29")]);
    let after = items(&phone);
    let ill =
        |date: jiff::civil::Date| ("2026-11-25".parse().unwrap()..="2026-11-29".parse().unwrap()).contains(&date);
    assert!(after.iter().all(|item| !ill(item.date)), "nothing while ill");
    assert!(after.len() * 2 > many && many * 2 > before.len(), "the weeks after stay: {} of {many}", after.len());
    let changes =
        phone.app.entries().iter().filter(
            |entry| matches!(entry, Entry::Read(event) if matches!(event.body, EventBody::ProgrammeChanged(_))),
        );
    assert_eq!(changes.count(), 2);
}

#[test]
fn without_a_day_or_an_aim_the_form_says_what_is_missing() {
    let mut phone = newcomer();
    let said = phone.post("programme", &[("minutes", "20")]);
    assert_eq!(said.status, 422);
    assert!(said.body.contains("choose at least one"));
    assert!(phone.app.state().programme.is_none());
}
