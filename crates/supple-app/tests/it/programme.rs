//! Four weeks in a few taps, today's part in one, and what to do when something comes up.

use crate::world::{Phone, forms};
use supple_core::body::{RegionId, Side};
use supple_core::event::upcast::Entry;
use supple_core::event::{BlockEnd, EventBody, MoveFinished};
use supple_core::knowledge::StopSignalId;
use supple_core::programme::{Aim, Item, ItemKind, TrainingKind};

/// A newcomer whose questions are answered.
fn newcomer() -> Phone {
    let mut phone = Phone::new("2026-11-23T18:02:00+01:00");
    phone.introduce();
    phone.answer_all_no();
    phone
}

const THREE_DAYS: [(&str, &str); 5] =
    [("aim", "mobility"), ("free", "0"), ("free", "2"), ("free", "4"), ("minutes", "20")];

/// Words that stand on a page before anything is opened: its head, its scripts and what a closed *more* hides left out.
fn words(html: &str) -> usize {
    seen(html).split_whitespace().count()
}

fn seen(html: &str) -> String {
    let mut page = html.split_once("<main").map_or(html, |(_, main)| main).to_owned();
    for (begins, ends) in [("<script", "</script>"), ("<svg", "</svg>"), ("<option", "</option>")] {
        while let Some(from) = page.find(begins) {
            let to = page[from..].find(ends).map_or(page.len(), |at| from + at + ends.len());
            page.replace_range(from..to, " ");
        }
    }
    // Inner ones first; one that is open hides nothing.
    while let Some(from) = page.rfind("<details") {
        let to = page[from..].find("</details>").map_or(page.len(), |at| from + at);
        let whole = page[from..to].to_owned();
        let head = whole.split('>').next().unwrap_or_default();
        let is_open = head.ends_with(" open");
        let left = if is_open { whole.as_str() } else { whole.split("</summary>").next().unwrap_or_default() };
        let left = format!("{} ", left.replacen("<details", "<was-details", 1));
        let end = (to + "</details>".len()).min(page.len());
        page.replace_range(from..end, &left);
    }
    let mut text = String::new();
    let mut inside = true;
    for letter in page.chars() {
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
    text
}

#[test]
fn words_are_counted_as_they_are_seen() {
    let page = "<head><title>No</title></head><main id=\"main\"><p>one two</p><details><summary>three</summary><p>hidden \
                words</p><details><summary>in it</summary>deep</details></details><details open><summary>four</summary>five\
                </details><script>no</script><b>six</b>seven</main>";
    assert_eq!(words(page), 7);
}

#[test]
fn a_newcomer_has_four_weeks_in_few_taps_and_words() {
    let mut phone = newcomer();
    let today = phone.get("today");
    assert!(today.body.contains("Plan my weeks"), "Today leads there");
    let setup = phone.get("programme");
    let then = phone.press(&setup, "Make my weeks", &THREE_DAYS);
    assert_eq!((then.status, then.location.as_deref()), (303, Some("/programme")), "{}", then.body);
    let made = phone.get("programme");
    // The link on Today, each box that is not ticked beforehand, the button.
    let ticked = |name: &str, value: &str| {
        let box_of = format!("name=\"{name}\" value=\"{value}\" checked");
        setup.body.contains(&box_of)
    };
    let taps = 1 + THREE_DAYS.iter().filter(|(name, value)| !ticked(name, value)).count() + 1;
    let read = words(&today.body) + words(&setup.body) + words(&made.body);
    assert_eq!(taps, 6);
    assert!(taps <= 40 && read <= 600, "{taps} taps, {read} words");
    assert!(read >= 100, "{read} words: the pages are counted");

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
    assert!(!made.body.contains(" style=") && made.body.contains("The weeks"));
    assert!(phone.get("today").body.contains("My programme:"));
}

#[test]
fn the_movement_screen_may_come_later_and_begins_with_the_overhead_squat() {
    let mut phone = newcomer();
    assert!(phone.get("programme").body.contains("or later"), "it can be skipped");
    let page = phone.get("movement");
    assert_eq!(page.status, 200);
    let seen_first = seen(&page.body).to_lowercase();
    assert!(seen_first.contains("squat") && seen_first.contains("leave it out"), "{seen_first}");
    let page = phone.get("movement?begin=yes");
    let seen = seen(&page.body).to_lowercase();
    assert!(seen.contains("overhead squat"), "{seen}");
    for later in ["single-leg squat", "thomas", "hurdle step"] {
        assert!(!seen.contains(later), "{later} is asked for only by what the first one shows: {seen}");
    }
}

#[test]
fn todays_rolling_starts_in_one_tap_through_the_plan_and_the_gate() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
    let page = phone.get("programme");
    let start = forms(&page.body).into_iter().find(|form| form.action == "/programme/start").expect("a start today");
    assert!(start.html.contains("Start: Rolling"));
    let then = phone.press(&page, "Start", &[]);
    assert_eq!(then.location.as_deref(), Some("/plan"));
    let last = phone.app.state().check_ins.last().expect("wishes of today");
    assert!(last.what.wants.contains(&RegionId::Calf));
    assert!(phone.get("plan").body.contains(">Start</button>"));
}

/// Starts an item of today of this kind, as its button does, and gives where that leads.
fn start(phone: &mut Phone, kind: ItemKind) -> (Item, String) {
    let today = phone.now.date();
    let kept = phone.app.state().programme.clone().expect("a programme");
    let page = phone.get("programme");
    let is_of = |form: &crate::world::FormIn, item: &Item| {
        form.action == "/programme/start" && form.fields.contains(&("item".to_owned(), item.id.clone()))
    };
    let (form, item) = forms(&page.body)
        .into_iter()
        .find_map(|form| {
            let mut items = kept
                .items
                .iter()
                .filter(|item| item.date == today && (item.kind == ItemKind::Smr) == (kind == ItemKind::Smr));
            let item = items.find(|item| is_of(&form, item))?.clone();
            Some((form, item))
        })
        .unwrap_or_else(|| panic!("a start of {kind:?} in {}", page.body));
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let then = phone.post("programme/start", &fields);
    assert_eq!(then.status, 303, "{}", then.body);
    // The same form again is the same run.
    let again = phone.post("programme/start", &fields);
    assert_eq!(again.location, then.location);
    (item, then.location.expect("a place").trim_start_matches('/').to_owned())
}

fn finished(phone: &Phone) -> Vec<MoveFinished> {
    phone.app.state().moves.iter().flat_map(|run| &run.moves).map(|done| done.what.clone()).collect()
}

#[test]
fn todays_moves_are_guided_by_hand_without_a_script() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
    let (item, path) = start(&mut phone, ItemKind::Strengthen);
    assert!(path.starts_with("moves/run/"), "{path}");
    let started = phone.app.state().moves.last().expect("it began").started.moves.clone();
    assert!(item.moves.iter().all(|one| started.iter().any(|dose| dose.id == one.id)), "what was pressed comes");
    let player = phone.get(&path);
    assert!(player.body.contains("Ready when you are") && player.body.contains("supple_move_player"));
    let by_hand = format!("{path}/by-hand");
    for number in 0..started.len() {
        let page = phone.get(&by_hand);
        assert_eq!(page.status, 200);
        let words = ["Done", "Skip", "Done, the easier way"][number % 3];
        phone.press(&page, words, &[]);
        // A page from before does nothing.
        phone.press(&page, "Done", &[]);
        assert_eq!(finished(&phone).len(), number + 1, "{words}");
    }
    let done = finished(&phone);
    assert_eq!((done[0].end, done[0].sets, done[0].easier), (BlockEnd::Completed, started[0].sets, false));
    if let Some(second) = done.get(1) {
        assert_eq!((second.end, second.sets), (BlockEnd::Skipped, 0));
    }
    assert!(phone.app.state().moves.last().expect("a run").ended.is_some());
    assert!(phone.get(&path).body.contains("That is done"));
    let page = phone.get("programme").body;
    assert!(page.contains(">done<"), "it is done on the page of the programme");
}

#[test]
fn a_stop_by_hand_closes_the_area_and_the_answer_says_what_it_was() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
    let (_, path) = start(&mut phone, ItemKind::Strengthen);
    let page = phone.get(&format!("{path}/by-hand"));
    let then = phone.press(&page, "Stop", &[]);
    let sheet = phone.get(then.location.expect("the sheet").trim_start_matches('/'));
    assert!(sheet.body.contains("What happened?"));
    // No answer counts as the first: it is written down already.
    let stops = |phone: &Phone| phone.app.state().stops.len();
    assert!(stops(&phone) >= 1);
    let sheet_form = forms(&sheet.body).into_iter().next().expect("reasons");
    let mut fields: Vec<(&str, &str)> = sheet_form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.push(("reason", "mistake"));
    phone.post(&format!("{path}/stop"), &fields);
    assert_eq!(stops(&phone), 0, "pressed by mistake: nothing happened");
    assert!(finished(&phone).is_empty());
    // For real this time: what touches the place is not asked for again in this run.
    let page = phone.get(&format!("{path}/by-hand"));
    phone.press(&page, "Stop", &[]);
    let first = finished(&phone).first().cloned().expect("written at once");
    assert_eq!(first.end, BlockEnd::Stopped);
    let regions = |id: &str| crate::world::knowledge().moves[id].regions.clone();
    let page = phone.get(&format!("{path}/by-hand")).body;
    if page.contains("aria-current=\"step\"") {
        let run = phone.app.state().moves.last().expect("a run").started.moves.clone();
        let current = page.split("aria-current=\"step\"").nth(1).expect("one in turn");
        let current = current.split_once("</h2>").expect("its name").0;
        // Both sides of a move have one name.
        let mut named = run.iter().filter(|dose| current.contains(&crate::world::knowledge().moves[&dose.id].name));
        let rests = |side: Side| side == first.side || side == Side::Both || first.side == Side::Both;
        let touches = |id: &str| regions(id).iter().any(|region| regions(&first.id).contains(region));
        assert!(named.any(|dose| !rests(dose.side) || !touches(&dose.id)), "{current} after {first:?}");
    }
}

#[test]
fn each_answer_to_a_stop_of_a_move_does_what_it_says() {
    use StopSignalId::{DizzyOrChest, LimbPinsOrColour, SharpOrElectric};
    for (reason, then, signal, moves, ended) in [
        ("sharp", "/by-hand", Some(SharpOrElectric), 1, None),
        ("limb", "/by-hand", Some(LimbPinsOrColour), 1, None),
        ("strong", "/by-hand", None, 1, Some(false)),
        ("unwell", "/stop?told=unwell", Some(DizzyOrChest), 1, Some(true)),
        ("finished", "", None, 1, Some(true)),
        ("mistake", "/by-hand", None, 0, Some(false)),
        ("what-nobody-knows", "/by-hand", Some(SharpOrElectric), 1, None),
    ] {
        let mut phone = newcomer();
        let setup = phone.get("programme");
        phone.press(&setup, "Make my weeks", &THREE_DAYS);
        let (_, path) = start(&mut phone, ItemKind::Strengthen);
        let page = phone.get(&format!("{path}/by-hand"));
        let sheet = phone.press(&page, "Stop", &[]).location.expect("the sheet");
        let sheet = phone.get(sheet.trim_start_matches('/'));
        let form = forms(&sheet.body).into_iter().next().expect("reasons");
        let mut fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        fields.push(("reason", reason));
        let location = phone.post(&format!("{path}/stop"), &fields).location.expect("somewhere");
        assert_eq!(location, format!("/{path}{then}"), "{reason}");
        let state = phone.app.state();
        assert!(state.stops.iter().all(|stop| Some(stop.what.signal) == signal), "{reason}: {:?}", state.stops);
        assert_eq!(state.stops.is_empty(), signal.is_none(), "{reason}");
        assert_eq!(finished(&phone).len(), moves, "{reason}");
        let is_over = phone.app.state().moves.last().expect("a run").ended.is_some();
        // What is closed may be all that was left to do.
        assert!(ended.is_none_or(|ended| ended == is_over), "{reason}");
        let page = phone.get(location.trim_start_matches('/'));
        assert_eq!(page.status, 200, "{reason}");
    }
}

#[test]
fn the_moves_player_brings_what_was_done_and_nothing_else() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
    let (_, path) = start(&mut phone, ItemKind::Strengthen);
    let page = phone.get(&path).body;
    let data = page.split_once("session-data").expect("data").1;
    let data = data.split_once('>').expect("its beginning").1.split_once("</script>").expect("its end").0;
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    let ask = |question: serde_json::Value| -> serde_json::Value {
        serde_json::from_str(&supple_app::player::step_moves_json(&question.to_string())).expect("JSON")
    };
    let mut ms = 0_u64;
    let clocks = |ms: u64| serde_json::json!({ "steady_ms": ms, "wall_ms": ms, "heard_ms": null });
    let mut answer = ask(serde_json::json!({ "op": "begin", "session": data["session"], "clocks": clocks(0) }));
    assert!(answer.get("error").is_none(), "{answer}");
    let mut events: Vec<serde_json::Value> = Vec::new();
    for _ in 0..5_000 {
        if answer["view"]["phase"] == "ended" {
            break;
        }
        let waits = answer["view"]["waits_for_ready"] == true;
        ms += 1_000;
        let input = if waits { "ready" } else { "tick" };
        let question =
            serde_json::json!({ "op": "step", "state": answer["state"], "input": input, "clocks": clocks(ms) });
        answer = ask(question);
        assert!(answer.get("error").is_none(), "{answer}");
        events.extend(answer["events"].as_array().expect("events").iter().cloned());
    }
    assert_eq!(answer["view"]["phase"], "ended", "{answer}");
    let at = phone.now.to_string();
    let sent: Vec<_> = events.iter().map(|body| serde_json::json!({ "at": at, "body": body })).collect();
    let post = |phone: &mut Phone, action: &str, events: &[serde_json::Value]| {
        let body = serde_json::json!({ "action": action, "events": events }).to_string();
        phone.post_body(&format!("{path}/events"), &body)
    };
    // More than was given, and what belongs elsewhere, is refused.
    let mut more = sent.clone();
    let first = more.iter_mut().find(|event| event["body"]["type"] == "move_finished").expect("a move");
    first["body"]["seconds"] = 9_000.into();
    assert_eq!(post(&mut phone, "too-much-1", &more).status, 422);
    let other = serde_json::json!({ "at": at, "body": { "type": "programme_ended", "programme": "p" } });
    assert_eq!(post(&mut phone, "elsewhere-1", &[other]).status, 422);
    assert!(finished(&phone).is_empty());
    assert_eq!(post(&mut phone, "all-of-it-1", &sent).status, 200);
    assert_eq!(post(&mut phone, "all-of-it-1", &sent).status, 200, "again and again until it is stored");
    let started = phone.app.state().moves.last().expect("a run").started.moves.clone();
    let done = finished(&phone);
    assert_eq!(done.len(), started.len());
    assert!(done.iter().zip(&started).all(|(done, dose)| done.end == BlockEnd::Completed && done.sets == dose.sets));
    assert!(phone.app.state().moves.last().expect("a run").ended.is_some());
}

#[test]
fn open_questions_come_before_todays_moves() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
    let kept = phone.app.state().programme.clone().expect("a programme");
    let today = phone.now.date();
    let later =
        kept.items.iter().find(|item| item.date > today && !item.moves.is_empty()).expect("moves on another day");
    phone.is_now(&format!("{}T07:00:00+01:00", later.date));
    let (_, path) = start(&mut phone, ItemKind::Strengthen);
    assert_eq!(path, "screen?then=programme");
    for _ in 0..8 {
        let page = phone.get_once("screen?then=programme");
        if page.location.is_some() {
            assert_eq!(page.location.as_deref(), Some("/programme"));
            break;
        }
        phone.press(&page, "None of these", &[]);
    }
    let (_, path) = start(&mut phone, ItemKind::Strengthen);
    assert!(path.starts_with("moves/run/"), "{path}");
}

#[test]
fn a_calendar_follows_the_programme_by_its_ids() {
    let mut phone = newcomer();
    assert!(!phone.get("calendar/supple.ics").body.contains("BEGIN:VEVENT"), "nothing is planned");
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
    let first = uids(&phone.get("calendar/supple.ics").body);
    let items = phone.app.state().programme.clone().expect("a programme").items;
    assert_eq!(first.len(), items.len());
    assert!(first.values().all(|(sequence, status)| *sequence == 0 && status != "CANCELLED"));
    let page = phone.get("programme");
    phone.is_now("2026-11-23T18:10:00+01:00");
    phone.press(&page, "Rest until then", &[("until", "2026-11-25")]);
    let second = uids(&phone.get("calendar/supple.ics").body);
    assert!(first.keys().all(|uid| second.contains_key(uid)), "no event is forgotten");
    let gone = second.values().filter(|(_, status)| status == "CANCELLED").count();
    assert!(gone > 0, "what is let go is cancelled");
    assert!(second.values().all(|(sequence, status)| status != "CANCELLED" || *sequence > 0));
    assert!(second.values().any(|(sequence, status)| *sequence == 0 && status != "CANCELLED"), "the rest stays");
    phone.is_now("2026-11-27T18:10:00+01:00");
    let page = phone.get("programme");
    phone.press(&page, "End this programme", &[]);
    let third = uids(&phone.get("calendar/supple.ics").body);
    assert!(second.keys().all(|uid| third.contains_key(uid)));
    assert!(third.iter().all(|(uid, (sequence, status))| status == "CANCELLED" || second[uid].0 == *sequence));
    assert!(third.values().filter(|(_, status)| status == "CANCELLED").count() > gone, "the days to come go");
}

/// Sequence and status of every event by its identity.
fn uids(text: &str) -> std::collections::BTreeMap<String, (u32, String)> {
    let events = text.split("BEGIN:VEVENT").skip(1);
    let field = |event: &str, name: &str| {
        let line = event.lines().find(|line| line.split([':', ';']).next() == Some(name));
        line.and_then(|line| line.split_once(':')).map_or(String::new(), |(_, value)| value.to_owned())
    };
    events
        .map(|event| {
            let sequence = field(event, "SEQUENCE").parse().unwrap_or(0);
            (field(event, "UID"), (sequence, field(event, "STATUS")))
        })
        .collect()
}

#[test]
fn a_week_is_printed_and_passed_on() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
    assert!(phone.get("programme").body.contains("handout?week=1"));
    let page = phone.get("handout?week=1");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Heel raise") || page.body.contains("Calf"), "{}", page.body);
    assert!(page.body.matches("<figure").count() + page.body.matches("<svg").count() > 2, "with drawings");
    assert_eq!(phone.get("share?week=2").status, 200);
    assert!(phone.get("handout?week=9").body.contains("no plan"));
}

#[test]
fn five_minutes_ill_and_a_missed_day_change_weeks_without_blame() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    phone.press(&setup, "Make my weeks", &THREE_DAYS);
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
    // What can be read stays as it was typed.
    let typed = [("aim", "strength"), ("free", "3"), ("minutes", "30"), ("minutes.3", "400"), ("at", "soon")];
    let said = phone.post("programme", &typed);
    assert_eq!(said.status, 422);
    for part in ["a whole number from 1 to 240", "like 18:30", "value=\"strength\" checked", "value=\"30\" checked"] {
        assert!(said.body.contains(part), "{part}: {}", said.body);
    }
    assert!(said.body.contains("name=\"free\" value=\"3\" checked"), "{}", said.body);
    assert!(phone.app.state().programme.is_none());
}

#[test]
fn days_that_differ_and_places_chosen_by_hand_are_kept_and_stand_in_the_form_next_time() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    let typed = [
        ("aim", "strength"),
        ("also", "recovery"),
        ("also", "strength"),
        ("free", "0"),
        ("free", "2"),
        ("free", "4"),
        ("minutes", "30"),
        ("minutes.2", "12"),
        ("minutes.5", "45"),
        ("train", "1"),
        ("train", "3"),
        ("train", "5"),
        ("kind", "0"),
        ("at", "18:00"),
        ("long", "60"),
        ("kind.3", "1"),
        ("at.3", "07:30"),
        ("long.3", "90"),
        ("want", "soleus"),
        ("want", "abdomen"),
        ("weeks", "8"),
    ];
    let answer = phone.press(&setup, "Make my weeks", &typed);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let wishes = phone.app.state().programme.clone().expect("a programme").set.what.wishes;
    assert_eq!(wishes.goals, [Aim::Strength, Aim::Recovery]);
    assert_eq!(wishes.weeks, 8);
    assert_eq!(wishes.wants, [RegionId::Soleus], "the belly is never rolled");
    let first: Vec<(u16, Option<(TrainingKind, u16)>)> = wishes
        .days
        .iter()
        .take(6)
        .map(|day| (day.minutes, day.training.first().map(|training| (training.kind, training.minutes))))
        .collect();
    let (strength, run) = (Some((TrainingKind::Strength, 60)), Some((TrainingKind::Run, 90)));
    assert_eq!(first, [(30, None), (0, strength), (12, None), (0, run), (30, None), (45, strength)]);
    assert_eq!(wishes.days.len(), 8 * 6);

    let before = phone.app.state().programme.clone().expect("a programme").set.what.wishes;
    phone.is_now("2026-11-25T18:02:00+01:00");
    // Two days later the questions come first, and then the same weeks from today on.
    let page = phone.get("programme?new=1");
    assert!(!page.body.contains("Make my weeks"));
    let answer = phone.press(&page, "Answer today’s questions", &[]);
    assert_eq!(answer.location.as_deref(), Some("/screen?then=programme"));
    assert!(phone.get("screen?then=programme").body.contains("None of these"));
    let answer = phone.post("programme", &typed);
    assert_eq!(answer.status, 422, "nothing is planned before they are answered");
    assert!(answer.body.contains("name=\"minutes.2\"") && answer.body.contains("Answer today’s questions"));
    phone.answer_all_no();
    // Then the form is as it was, on the days of the week it was for.
    let again = phone.get("programme?new=1").body;
    for ticked in [
        "name=\"aim\" value=\"strength\" checked",
        "name=\"also\" value=\"recovery\" checked",
        "name=\"free\" value=\"5\" checked",
        "name=\"free\" value=\"0\" checked",
        "name=\"train\" value=\"1\" checked",
        "name=\"minutes\" value=\"30\" checked",
        "name=\"weeks\" value=\"8\" checked",
        "name=\"want\" value=\"soleus\" checked",
    ] {
        assert!(again.contains(ticked), "{ticked}: {again}");
    }
    let own = forms(&again).into_iter().find(|form| form.action == "/programme").expect("the form");
    for (name, value) in [("minutes.0", "12"), ("minutes.3", "45"), ("at.1", "07:30"), ("long.1", "90")] {
        assert!(own.html.contains(&format!("name=\"{name}\"")), "{name}");
        let field = own.html.split(&format!("name=\"{name}\"")).nth(1).and_then(|rest| rest.split('>').next());
        assert!(field.is_some_and(|field| field.contains(&format!("value=\"{value}\""))), "{name}: {field:?}");
    }
    let page = phone.get("programme?new=1");
    assert_eq!(phone.press(&page, "Make my weeks", &[]).status, 303);
    let after = phone.app.state().programme.clone().expect("a programme").set.what.wishes;
    assert_ne!(after.start, before.start);
    for day in after.days.iter().take(6) {
        let was = before.days.iter().find(|was| was.date == day.date).expect("the same day");
        assert_eq!(day, was);
    }
}

#[test]
fn every_page_reminds_of_what_has_a_time_today_until_it_is_begun() {
    let mut phone = newcomer();
    let setup = phone.get("programme");
    let typed = [
        ("aim", "warm_up"),
        ("free", "0"),
        ("free", "2"),
        ("minutes", "20"),
        ("train", "0"),
        ("at", "20:00"),
        ("long", "60"),
    ];
    assert_eq!(phone.press(&setup, "Make my weeks", &typed).status, 303);
    let items = phone.app.state().programme.clone().expect("a programme").items;
    let at = items.iter().find_map(|item| item.at).expect("what is before training has a time");
    let line = |phone: &mut Phone, path: &str| {
        let page = phone.get(path).body;
        page.split_once("class=\"reminder\"").map(|(_, rest)| rest.split("</p>").next().unwrap_or("").to_owned())
    };
    let early = line(&mut phone, "history").expect("a line that a page that stays open can show");
    assert!(early.contains(" hidden") && early.contains("data-at=\"19:5"), "{early}");
    phone.is_now("2026-11-23T19:45:00+01:00");
    for path in ["today", "history", "settings", "programme"] {
        let now = line(&mut phone, path).expect(path);
        assert!(
            !now.contains(" hidden") && now.contains(&format!("Rolling at {:02}:{:02}", at.hour(), at.minute())),
            "{now}"
        );
    }
    phone.is_now("2026-11-23T20:20:00+01:00");
    assert!(line(&mut phone, "history").is_none(), "it is over");
    phone.is_now("2026-11-24T19:45:00+01:00");
    assert!(line(&mut phone, "history").is_none(), "another day");
    // Begun: nobody is reminded of it.
    phone.is_now("2026-11-23T19:46:00+01:00");
    let page = phone.get("programme");
    phone.press(&page, "Start", &[]);
    phone.post("session/start", &[]);
    assert!(phone.app.state().sessions.len() == 1, "a session is under way");
    phone.is_now("2026-11-23T19:47:00+01:00");
    assert!(line(&mut phone, "history").is_none());
}

#[test]
fn what_the_weeks_cannot_give_is_said_with_its_reason() {
    let mut phone = newcomer();
    let page = |phone: &mut Phone, fields: &[(&str, &str)]| {
        let setup = phone.get("programme?new=1");
        let answer = phone.press(&setup, "Make my weeks", fields);
        assert_eq!(answer.status, 303, "{}", answer.body);
        phone.get("programme").body
    };
    let enough = page(&mut phone, &THREE_DAYS);
    assert!(!enough.contains("is rolled once"), "{enough}");
    phone.post("programme/end", &[]);
    let once_a_week = page(&mut phone, &[("aim", "mobility"), ("free", "2"), ("minutes", "15")]);
    assert!(once_a_week.contains("What is left out, and why"), "{once_a_week}");
    assert!(once_a_week.contains("is rolled once in weeks 1, 2, 3 and 4, not twice."), "{once_a_week}");
}

#[test]
fn one_move_can_be_done_by_itself_once_the_questions_are_answered() {
    let mut phone = Phone::new("2026-11-23T18:02:00+01:00");
    phone.introduce();
    let page = phone.get("moves/heel_raise");
    let answer = phone.press(&page, "Do this one now", &[]);
    assert_eq!(answer.location.as_deref(), Some("/screen"), "nobody has answered anything yet");
    assert!(phone.app.state().moves.is_empty());
    phone.answer_all_no();
    let page = phone.get("moves/heel_raise");
    let answer = phone.press(&page, "Do this one now", &[]);
    assert!(answer.location.as_deref().is_some_and(|to| to.starts_with("/moves/run/")), "{answer:?}");
    let run = phone.app.state().moves.last().expect("a run").clone();
    assert!(run.started.moves.iter().all(|dose| dose.id == "heel_raise") && !run.started.moves.is_empty());
    // Pressed again, it leads to the run that is under way.
    let again = phone.press(&page, "Do this one now", &[]);
    assert_eq!(again.location, answer.location);
    assert_eq!(phone.app.state().moves.len(), 1);
    assert_eq!(phone.post("moves/none", &[]).status, 404);
}
