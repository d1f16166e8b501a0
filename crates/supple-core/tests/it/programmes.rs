//! Whole people over weeks: golden files, and what no programme may ever do.

use crate::requests::knowledge;
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt::Write as _;
use std::path::PathBuf;
use supple_core::assess::Assessment;
use supple_core::body::{Area, PerSite, RegionId, Site};
use supple_core::contract::programme::{
    DayView, ItemView, ProgrammeAnswer, ProgrammeRequest, WeekView, answer_programme, answer_programme_json,
};
use supple_core::contract::{PlanRequest, VerdictName};
use supple_core::dose::Dose;
use supple_core::event::upcast::{Entry, read};
use supple_core::event::{Event, EventBody, ProgrammeChanged, ProgrammeEnded, ProgrammeSet};
use supple_core::gate::judge;
use supple_core::knowledge::{Goal, MoveKind};
use supple_core::programme::{
    Aim, Change, Detail, Item, ItemKind, Person, Programme, Progress, Running, Wishes, details, make, replan,
};
use supple_core::state::fold;
use supple_core::timetable;
use supple_core::unit::Seconds;

/// A person, and what comes up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    /// For the reader.
    story: String,
    request: serde_json::Value,
    #[serde(default)]
    then: Vec<Then>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Then {
    /// The day on which it is said.
    on: Date,
    change: Change,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/people")
}

fn stories() -> Vec<(String, Story)> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).expect("tests/people/").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a story");
        let story = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), story)
    };
    files.into_iter().map(read).collect()
}

fn request_of(value: &serde_json::Value) -> ProgrammeRequest {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}"))
}

/// The same request as a plan request for a day: what the gate is asked independently of any programme.
fn plan_request(value: &serde_json::Value, date: Date, today: Date) -> PlanRequest {
    let mut plan = value.clone();
    let fields = plan.as_object_mut().expect("an object");
    for field in ["goals", "compensations", "weeks", "days", "equipment"] {
        fields.remove(field);
    }
    fields.insert("goal".to_owned(), "mobility".into());
    fields.insert("minutes".to_owned(), 20.into());
    let mut plan: PlanRequest = serde_json::from_value(plan).expect("a plan request");
    plan.now = plan.now.with().date(date).build().expect("a day");
    if date != today {
        plan.pressure_seconds_today.clear();
    }
    if today.until(date).expect("days").get_days() > 4 {
        plan.soreness.clear();
    }
    plan
}

#[test]
fn whole_people_over_weeks() {
    let stories = stories();
    assert!(stories.len() >= 15, "only {} people", stories.len());
    let mut changed = Vec::new();
    for (name, story) in &stories {
        let text = told(story);
        let path = folder().join(format!("{name}.txt"));
        if std::fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            changed.push(name.clone());
            if std::env::var_os("ACCEPT_PEOPLE").is_some() {
                std::fs::write(&path, text).expect("written");
            }
        }
    }
    assert!(
        changed.is_empty() || std::env::var_os("ACCEPT_PEOPLE").is_some(),
        "these weeks changed: {changed:?}; if that is wanted, run with ACCEPT_PEOPLE=1 and read the difference"
    );
}

fn told(story: &Story) -> String {
    let request = request_of(&story.request);
    let answer = answer_programme(knowledge(), &request).expect("an answer");
    assert_rules(&story.request, &request, &answer);
    let mut out = format!("{}\n\n{:?}\n", story.story, answer.verdict);
    for week in &answer.weeks {
        out += &week_text(week);
    }
    for one in &answer.not_met {
        let _ = writeln!(out, "not met: {}", one.why);
    }
    if story.then.is_empty() {
        return out;
    }
    let wishes = request.wishes(knowledge()).expect("wishes");
    let mut changes = Vec::new();
    let progress = Progress::none();
    let first = story.then[0].on;
    let today = assessment(&story.request, first, request.now.date());
    let whom = Person { knowledge: knowledge(), today: &today, progress: &progress };
    let mut programme = make(&whom, &wishes).programme;
    for then in &story.then {
        let today = assessment(&story.request, then.on, request.now.date());
        let whom = Person { knowledge: knowledge(), today: &today, progress: &progress };
        let running = Running { wishes: &wishes, changes: &changes, programme: &programme };
        let _ = writeln!(out, "\nOn {}: {}", then.on, serde_json::to_string(&then.change).expect("JSON"));
        match replan(&whom, &running, &then.change) {
            Ok(made) => {
                for why in &made.explained {
                    let _ = writeln!(out, "  {}", why.text);
                }
                programme = made.programme;
                changes.push(then.change.clone());
                assert_keeps_rules(&whom, &wishes, &changes, &programme);
            }
            Err(why) => {
                let _ = writeln!(out, "  {}", why.text);
            }
        }
    }
    out.push('\n');
    for item in programme.items() {
        let what: Vec<String> = item
            .areas
            .iter()
            .map(|area| area.region.to_string())
            .chain(item.moves.iter().map(|m| m.id.clone()))
            .collect();
        let pinned = if item.pinned { " pinned" } else { "" };
        let _ = writeln!(out, "{} {} {} min{pinned}: {}", item.date, item.id, item.minutes, what.join(" "));
    }
    out
}

fn assessment(value: &serde_json::Value, date: Date, today: Date) -> Assessment {
    let mut plan = value.clone();
    for field in ["wants", "tight"] {
        plan.as_object_mut().expect("an object").remove(field);
    }
    Assessment::from_request(&plan_request(&plan, date, today), knowledge()).expect("an assessment")
}

fn week_text(week: &WeekView) -> String {
    let mut out = if week.lighter { "\na lighter week\n".to_owned() } else { "\na week\n".to_owned() };
    for day in week.days.iter().filter(|day| !day.items.is_empty()) {
        let _ = writeln!(out, "{}", day.date);
        for item in &day.items {
            let at = item.at.as_ref().map_or(String::new(), |at| format!(" at {at}"));
            let goal = item.goal.map_or("", |goal| goal.id());
            let _ = writeln!(out, "  {} {:?} {goal}{at} {} min: {}", item.id, item.kind, item.minutes, content(item));
        }
    }
    let counts: Vec<String> = week.counts.smr_per_region.iter().map(|(region, n)| format!("{region} {n}")).collect();
    let _ = writeln!(out, "rolled: {}", counts.join(", "));
    out
}

fn content(item: &ItemView) -> String {
    let blocks = item.blocks.iter().flatten().map(|block| {
        let dose = &block.dose;
        format!("{} {} {}x{} s at {}", dose.technique, dose.side, dose.sets, dose.seconds_per_set, dose.felt_target)
    });
    let moves = item.moves.iter().flatten().map(|one| {
        let dose = &one.dose;
        let amount = match (dose.reps, dose.hold_seconds) {
            (Some(reps), _) => format!("{reps}"),
            (None, hold) => format!("{} s", hold.unwrap_or(0)),
        };
        format!("{} {} {}x{amount}", dose.id, dose.side, dose.sets)
    });
    blocks.chain(moves).collect::<Vec<_>>().join("; ")
}

/// What holds for every answer, checked from outside: by the request, the answer and the gate alone.
fn assert_rules(value: &serde_json::Value, request: &ProgrammeRequest, answer: &ProgrammeAnswer) {
    let today = request.now.date();
    let days: Vec<&DayView> = answer.weeks.iter().flat_map(|week| &week.days).collect();
    let chosen: Vec<_> = answer.weeks.iter().flat_map(|week| week.counts.smr_per_region.keys().copied()).collect();
    for day in &days {
        let wish = request.days.iter().find(|wish| wish.date == day.date);
        let used: u16 = day.items.iter().map(|item| item.minutes).sum();
        assert!(used <= wish.map_or(0, |wish| wish.minutes), "{}: {used} minutes", day.date);
        let assessment =
            Assessment::from_request(&plan_request(value, day.date, today), knowledge()).expect("an assessment");
        let judgement = judge(knowledge(), &assessment);
        if day.items.is_empty() {
            continue;
        }
        let clearance = judgement.verdict.clearance().expect("a day with items has a clearance");
        let mut pressed = PerSite::filled(Seconds::ZERO);
        for item in &day.items {
            let doses: Vec<Dose> = item.blocks.iter().flatten().map(|block| block.dose.clone()).collect();
            let takes = timetable::total(knowledge(), &doses);
            assert!(takes <= Seconds::new(u32::from(item.minutes) * 60), "{}: {takes} of {}", item.id, item.minutes);
            for dose in &doses {
                assert!(clearance.allows(knowledge(), dose), "{}: {dose:?} is not allowed", day.date);
                for site in reached(dose) {
                    pressed[site] = pressed[site] + dose.pressure();
                }
            }
            let moves: Vec<_> = item.moves.iter().flatten().map(|one| one.dose.clone()).collect();
            for dose in &moves {
                assert!(clearance.allows_move_dose(knowledge(), dose), "{}: {dose:?} is not allowed", day.date);
            }
            let takes = timetable::moves_total(knowledge(), &moves);
            assert!(takes <= Seconds::new(u32::from(item.minutes) * 60), "{}: {takes} of {}", item.id, item.minutes);
            if item.goal == Some(Goal::WarmUp) {
                let at: jiff::civil::Time = item.at.as_ref().expect("a warm-up has a time").parse().expect("a time");
                let ends =
                    at.checked_add(jiff::SignedDuration::from_mins(item.minutes.into())).expect("the same day");
                let begins = wish.into_iter().flat_map(|wish| &wish.training).filter_map(|training| training.at);
                assert!(begins.into_iter().any(|begins| begins == ends), "{}: it ends at {ends}", item.id);
            }
        }
        // Places beside those that are rolled count where they are chosen themselves.
        for site in Site::all().filter(|site| chosen.contains(&site.region)) {
            let most = clearance.at(site).seconds_per_day.saturating_sub(clearance.pressure_given(site));
            assert!(pressed[site] <= most, "{}: {} on {}", day.date, pressed[site], site.region);
        }
        // Rolling, then stretching, then strength: nothing is rolled between or after.
        let of = |kind: ItemKind| day.items.iter().position(|item| item.kind == kind && item.at.is_none());
        let order: Vec<usize> =
            [ItemKind::Screen, ItemKind::Smr, ItemKind::Stretch, ItemKind::Strengthen, ItemKind::Integrate]
                .into_iter()
                .filter_map(of)
                .collect();
        assert!(order.is_sorted(), "{}: {order:?}", day.date);
    }
    assert_reasons_are_true(request, answer);
    if request.goals.first() == Some(&Aim::Strength) {
        for day in &days {
            let main = day
                .items
                .iter()
                .filter(|item| item.kind == ItemKind::Smr && item.goal == Some(Aim::Strength.rolling()));
            let main = main.filter(|item| item.at.is_none());
            assert!(main.map(|item| item.minutes).sum::<u16>() <= 8, "{}: strength is the aim", day.date);
        }
    }
    assert_lighter_weeks_are_lighter(answer);
    // A day between two heavy sessions on a region, and between two of strength for a group.
    for pair in days.windows(2) {
        for site in Site::all().filter(|site| chosen.contains(&site.region)) {
            let heavy = |day: &DayView| {
                let blocks = day.items.iter().filter_map(|item| item.blocks.as_ref()).flatten();
                let on = blocks.filter(|block| reached(&block.dose).contains(&site));
                on.map(|block| block.dose.pressure().get()).sum::<u32>() > supple_core::programme::LIGHT_SECONDS
            };
            assert!(!(heavy(pair[0]) && heavy(pair[1])), "{} and the day after: {}", pair[0].date, site.region);
        }
        let groups = |day: &DayView| -> Vec<_> {
            let moves = day.items.iter().filter_map(|item| item.moves.as_ref()).flatten();
            let known = moves.filter_map(|one| knowledge().moves.get(&one.dose.id));
            let strong = known.filter(|known| known.kind == MoveKind::Strengthen);
            strong.filter_map(|known| known.regions.first().copied()).collect()
        };
        let after = groups(pair[1]);
        assert!(groups(pair[0]).iter().all(|group| !after.contains(group)), "{}: two days in a row", pair[0].date);
    }
    // Strength two or three times a week, never more.
    for (number, week) in (1..).zip(&answer.weeks) {
        let moves = |day: &DayView| -> Vec<String> {
            let strengthening = day.items.iter().filter(|item| item.kind == ItemKind::Strengthen);
            strengthening.flat_map(|item| item.moves.iter().flatten()).map(|one| one.dose.id.clone()).collect()
        };
        let days: Vec<Vec<String>> = week.days.iter().map(moves).collect();
        for id in days.iter().flatten() {
            let on = days.iter().filter(|day| day.contains(id)).count();
            assert!(on <= 3, "{id} on {on} days of week {number}");
        }
    }
    // Whatever comes less than twice in a week is told.
    for (index, week) in answer.weeks.iter().enumerate() {
        let rolled: Vec<_> =
            answer.weeks.iter().flat_map(|week| week.counts.smr_per_region.keys().copied()).collect();
        for region in rolled {
            let times = week.counts.smr_per_region.get(&region).copied().unwrap_or(0);
            let name = &knowledge().regions[&region].name;
            let told = answer.not_met.iter().any(|one| {
                one.rule == "programme_smr_twice"
                    && one.why.starts_with(name.as_str())
                    && one.why.split(|c: char| !c.is_ascii_digit()).any(|number| number == (index + 1).to_string())
            });
            assert!(times >= 2 || told, "{region} comes {times} times in week {} and nobody says so", index + 1);
        }
    }
}

/// A lighter week has no more minutes of any kind than the week before, nothing of strength more than twice, and each move
/// in a smaller amount.
fn assert_lighter_weeks_are_lighter(answer: &ProgrammeAnswer) {
    let items = |week: &WeekView| -> Vec<ItemView> {
        let all = week.days.iter().flat_map(|day| &day.items);
        all.filter(|item| !matches!(item.goal, Some(Goal::WarmUp | Goal::Recovery))).cloned().collect()
    };
    let works = |item: &&ItemView| matches!(item.kind, ItemKind::Strengthen | ItemKind::Integrate);
    for (number, pair) in (2..).zip(answer.weeks.windows(2)).filter(|(_, pair)| pair[1].lighter) {
        let (before, now) = (items(&pair[0]), items(&pair[1]));
        for kind in [ItemKind::Smr, ItemKind::Stretch, ItemKind::Strengthen, ItemKind::Integrate] {
            let minutes = |items: &[ItemView]| -> u16 {
                items.iter().filter(|item| item.kind == kind).map(|item| item.minutes).sum()
            };
            let (most, has) = (minutes(&before), minutes(&now));
            assert!(has <= most, "week {number}: {has} minutes of {kind:?} after {most}");
        }
        for dose in now.iter().filter(works).flat_map(|item| item.moves.iter().flatten()).map(|one| &one.dose) {
            let days =
                now.iter().filter(|item| item.moves.iter().flatten().any(|one| one.dose.id == dose.id)).count();
            assert!(days <= 2, "week {number}: {} on {days} days", dose.id);
            let same = |other: &&supple_core::move_dose::MoveDose| other.id == dose.id && other.side == dose.side;
            let moves = before.iter().filter(works).flat_map(|item| item.moves.iter().flatten()).map(|one| &one.dose);
            let Some(full) = moves.into_iter().find(same) else { continue };
            let work = |dose: &supple_core::move_dose::MoveDose| {
                u32::from(dose.sets) * dose.reps.map_or_else(|| dose.hold_seconds.unwrap_or(0), u32::from)
            };
            let least = dose.reps.is_some_and(|reps| reps <= 4) && dose.reps == full.reps;
            assert!(work(dose) < work(full) || least, "week {number}: {dose:?} after {full:?}");
            assert!(dose.reps.is_none() || dose.reps >= full.reps.min(Some(4)), "week {number}: {dose:?}");
        }
    }
}

/// The sites that a dose presses, those beside its own included, each once.
fn reached(dose: &Dose) -> Vec<Site> {
    let beside = knowledge().techniques[&dose.technique].touches.iter();
    let beside = beside.flat_map(|&region| Site::of(region, dose.side));
    let mut all: Vec<Site> = dose.sites().chain(beside).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// No reason says what is not so: a stretch follows rolling only where something was rolled, and a move is "for the same
/// place" only where that place was chosen, is rolled, or is what was seen leads to.
fn assert_reasons_are_true(request: &ProgrammeRequest, answer: &ProgrammeAnswer) {
    let wishes = request.wishes(knowledge()).expect("wishes");
    let seen = || wishes.compensations.iter().filter_map(|seen| knowledge().compensations.get(&seen.id));
    let first = |id: &String| knowledge().moves[id].regions[0];
    let mut places: Vec<_> = wishes.wants.clone();
    places.extend(seen().flat_map(|seen| seen.roll.clone()));
    places.extend(seen().flat_map(|seen| seen.stretch.iter().chain(&seen.strengthen).map(first)));
    let days = || answer.weeks.iter().flat_map(|week| &week.days);
    places.extend(
        days().flat_map(|day| &day.items).flat_map(|item| item.blocks.iter().flatten()).map(|b| b.dose.region),
    );
    let names: Vec<&str> = places.iter().map(|region| knowledge().regions[region].name.as_str()).collect();
    for day in days() {
        let rolled = day.items.iter().any(|item| item.kind == ItemKind::Smr && item.goal != Some(Goal::WarmUp));
        for item in &day.items {
            let says = |id: &str| item.why.iter().any(|why| why.id == id);
            let stretch = item.kind == ItemKind::Stretch;
            assert_eq!(says("programme_why_stretch"), stretch && rolled, "{}: {}", day.date, item.id);
            assert_eq!(says("programme_why_stretch_alone"), stretch && !rolled, "{}: {}", day.date, item.id);
            for one in item.moves.iter().flatten() {
                if let Some(place) = one.why.strip_prefix("For the same place: ") {
                    let place = place.trim_end_matches('.');
                    assert!(names.contains(&place), "{}: {} for {place}, of {names:?}", day.date, one.dose.id);
                }
            }
        }
    }
}

/// The same rules on a programme after changes.
fn assert_keeps_rules(whom: &Person<'_>, wishes: &Wishes, changes: &[Change], programme: &Programme) {
    // A pin makes nothing anew: what the gate has closed since then is told on the day, and moves with the next change.
    let made_anew = !matches!(changes.last(), Some(Change::Pin { .. }));
    let today = whom.today.now.date();
    let mut ids: Vec<&str> = programme.items().map(|item| item.id.as_str()).collect();
    let many = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), many, "an id stands for two items");
    let days: Vec<_> = programme.days().collect();
    for day in &days {
        if day.date >= today {
            assert!(day.used() <= day.minutes, "{}: {} of {} minutes", day.date, day.used(), day.minutes);
        }
        for (item, detail) in day.items.iter().zip(details(whom, wishes, changes, programme, day)) {
            assert!(
                !made_anew || day.date < today || detail != Detail::Closed,
                "{}: nothing of {item:?} is allowed",
                day.date
            );
        }
    }
    for pair in days.windows(2) {
        let areas = |items: &[Item]| -> Vec<_> {
            items.iter().filter(|item| item.is_main_rolling()).flat_map(|item| item.areas.clone()).collect()
        };
        let after = areas(&pair[1].items);
        let press_each_other = |one: RegionId, other: RegionId| {
            let touches = |from: RegionId, to: RegionId| {
                let mut of = knowledge().techniques.values().filter(|technique| technique.region == from);
                from == to || of.any(|technique| technique.touches.contains(&to))
            };
            touches(one, other) || touches(other, one)
        };
        let again = |area: &Area| after.iter().any(|other| press_each_other(area.region, other.region));
        let both: Vec<_> = areas(&pair[0].items).into_iter().filter(again).collect();
        assert!(both.is_empty(), "{}: {both:?} two days in a row", pair[0].date);
        let after = groups(&pair[1].items);
        let both: Vec<_> = groups(&pair[0].items).into_iter().filter(|group| after.contains(group)).collect();
        assert!(both.is_empty(), "{}: {both:?} made strong two days in a row", pair[0].date);
    }
    for week in &programme.weeks {
        let worked: Vec<_> = week.days.iter().flat_map(|day| groups(&day.items)).collect();
        for group in &worked {
            let times = worked.iter().filter(|other| *other == group).count();
            assert!(times <= 3, "{group} is made strong {times} times in week {}", week.number);
        }
    }
}

/// Groups that are made strong on a day, each once.
fn groups(items: &[Item]) -> Vec<supple_core::body::RegionId> {
    let moves = items.iter().filter(|item| item.kind == ItemKind::Strengthen).flat_map(|item| &item.moves);
    let mut groups: Vec<_> =
        moves.filter_map(|one| knowledge().moves.get(&one.id)?.regions.first().copied()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

#[test]
fn whatever_comes_up_no_rule_is_broken() {
    let mut dice = Dice::new(7);
    for (name, story) in stories().iter().filter(|(name, _)| name != "answers_are_missing") {
        let request = request_of(&story.request);
        let wishes = request.wishes(knowledge()).expect("wishes");
        let progress = Progress::none();
        let start = request.now.date().max(wishes.start);
        let today = assessment(&story.request, start, request.now.date());
        let whom = Person { knowledge: knowledge(), today: &today, progress: &progress };
        let mut programme = make(&whom, &wishes).programme;
        let mut changes: Vec<Change> = Vec::new();
        let mut now = start;
        for _ in 0..6 {
            now = now.checked_add(jiff::Span::new().days(dice.below(4) as i64)).expect("a day");
            let today = assessment(&story.request, now, request.now.date());
            let whom = Person { knowledge: knowledge(), today: &today, progress: &progress };
            let items: Vec<Item> = programme.items().filter(|item| item.date >= now).cloned().collect();
            if items.is_empty() {
                break;
            }
            let pick = |dice: &mut Dice| items[dice.below(items.len() as u64) as usize].clone();
            let later =
                |dice: &mut Dice| now.checked_add(jiff::Span::new().days(dice.below(9) as i64)).expect("a day");
            let change = match dice.below(7) {
                0 => Change::Move { item: pick(&mut dice).id, to: later(&mut dice) },
                1 => Change::Swap { item: pick(&mut dice).id, with: pick(&mut dice).id },
                2 => Change::Pin { item: pick(&mut dice).id, pinned: true },
                3 => Change::Only { date: later(&mut dice), minutes: 5 },
                4 => Change::Ill { from: now, until: later(&mut dice) },
                5 => Change::Away { from: now, until: later(&mut dice) },
                _ => Change::Missed { today: now, done: Vec::new() },
            };
            let before = programme.clone();
            let running = Running { wishes: &wishes, changes: &changes, programme: &programme };
            let again = replan(&whom, &running, &change);
            assert_eq!(again, replan(&whom, &running, &change), "{name}: {change:?}");
            let Ok(made) = again else { continue };
            assert!(!made.explained.is_empty(), "{name}: {change:?} is not explained");
            for item in before.items().filter(|item| item.date < now) {
                let kept = made.programme.item(&item.id);
                assert!(matches!(change, Change::Missed { .. }) || kept == Some(item), "{name}: {} is past", item.id);
            }
            if let Change::Move { item, to } = &change {
                assert_eq!(made.programme.item(item).map(|item| item.date), Some(*to), "{name}");
            }
            programme = made.programme;
            changes.push(change);
            assert_keeps_rules(&whom, &wishes, &changes, &programme);
        }
    }
}

#[test]
fn no_caution_is_bypassed() {
    // Every caution there is, answered yes by somebody: what the gate closes is in no week, and what holds or refers has
    // no week at all.
    let stories = stories();
    let (mut with_weeks, mut without) = (0, 0);
    for (index, id) in knowledge().cautions.keys().enumerate() {
        let (_, story) = &stories[index % stories.len()];
        let mut value = story.request.clone();
        value["weeks"] = 2.into();
        value["screen"]["answers"][id] = serde_json::json!({ "answer": "yes" });
        let request = request_of(&value);
        let answer = answer_programme(knowledge(), &request).expect("an answer");
        assert_rules(&value, &request, &answer);
        let goes_on = matches!(answer.verdict, VerdictName::Clear | VerdictName::Modify);
        assert_eq!(answer.weeks.is_empty(), !goes_on, "{id}: {:?}", answer.verdict);
        assert!(answer.reasons.iter().any(|reason| reason.id == *id) || !goes_on, "{id} has no say");
        if goes_on { with_weeks += 1 } else { without += 1 }
    }
    assert!(with_weeks >= 20 && without >= 5, "{with_weeks} with weeks, {without} without: both are tried");
}

#[test]
fn whoever_asks_for_whatever_no_rule_is_broken() {
    let mut dice = Dice::new(11);
    let compensations: Vec<&String> = knowledge().compensations.keys().collect();
    let cautions: Vec<&String> = knowledge().cautions.keys().collect();
    let tools = ["foam_roller", "massage_stick", "ball", "wall_ball"];
    let aims = ["mobility", "recovery", "warm_up", "wind_down", "strength"];
    for person in 0..60 {
        let mut day = |offset: i64| {
            let date = Date::constant(2026, 11, 23).checked_add(jiff::Span::new().days(offset)).expect("a day");
            let mut wish = serde_json::json!({ "date": date.to_string(), "minutes": dice.below(36) });
            if dice.below(4) == 0 {
                let kind = ["strength", "run", "game", "yoga"][dice.below(4) as usize];
                let minutes = 20 + dice.below(70);
                wish["training"] = serde_json::json!([{ "kind": kind, "minutes": minutes, "at": "18:00" }]);
            }
            wish
        };
        let days: Vec<serde_json::Value> = (0..14).map(&mut day).collect();
        let days: Vec<serde_json::Value> = days.into_iter().filter(|_| dice.below(3) > 0).collect();
        if days.is_empty() {
            continue;
        }
        let mut some = |from: &[&String], most: u64| -> Vec<String> {
            (0..dice.below(most)).map(|_| from[dice.below(from.len() as u64) as usize].clone()).collect()
        };
        let seen = some(&compensations, 4);
        let mut answers = serde_json::Map::new();
        for id in some(&cautions, 3) {
            answers.insert(id, serde_json::json!({ "answer": "yes" }));
        }
        let tools: Vec<&str> = tools.into_iter().filter(|_| dice.below(3) > 0).collect();
        let value = serde_json::json!({
            "now": "2026-11-22T18:00:00+01:00[Europe/Berlin]",
            "goals": [aims[dice.below(5) as usize]],
            "weeks": 2,
            "compensations": seen,
            "tools": tools,
            "person": { "age_years": 12 + dice.below(70) },
            "first_session": dice.below(2) == 0,
            "screen": { "default": "no", "answers": answers },
            "days": days,
        });
        let request = request_of(&value);
        let answer = answer_programme(knowledge(), &request).unwrap_or_else(|error| panic!("{person}: {error:?}"));
        assert_rules(&value, &request, &answer);
        let empty = answer.weeks.iter().all(|week| week.days.iter().all(|day| day.items.is_empty()));
        let goes_on = matches!(answer.verdict, VerdictName::Clear | VerdictName::Modify);
        assert!(!goes_on || !empty || !answer.not_met.is_empty(), "{person}: empty weeks and not a word: {value}");
    }
}

#[test]
fn moving_one_day_never_breaks_a_rule() {
    let mut dice = Dice::new(3);
    let (mut moved, mut refused) = (0, 0);
    for (name, story) in stories().iter().filter(|(name, _)| name != "answers_are_missing") {
        let request = request_of(&story.request);
        let wishes = request.wishes(knowledge()).expect("wishes");
        let progress = Progress::none();
        let today = assessment(&story.request, wishes.start, request.now.date());
        let whom = Person { knowledge: knowledge(), today: &today, progress: &progress };
        let made = make(&whom, &wishes).programme;
        let items: Vec<Item> = made.items().cloned().collect();
        if items.is_empty() {
            continue;
        }
        let running = Running { wishes: &wishes, changes: &[], programme: &made };
        for _ in 0..3 {
            let item = &items[dice.below(items.len() as u64) as usize];
            for offset in [-2, -1, 1, 2] {
                let to = item.date.checked_add(jiff::Span::new().days(offset)).expect("a day");
                let change = Change::Move { item: item.id.clone(), to };
                let Ok(after) = replan(&whom, &running, &change) else {
                    refused += 1;
                    continue;
                };
                moved += 1;
                assert_eq!(after.programme.item(&item.id).map(|item| item.date), Some(to), "{name}");
                assert_keeps_rules(&whom, &wishes, &[change], &after.programme);
            }
        }
    }
    assert!(moved >= 30 && refused >= 10, "{moved} moved, {refused} refused: both are tried");
}

fn answer_of(name: &str) -> ProgrammeAnswer {
    let all = stories();
    let (_, story) = all.iter().find(|(known, _)| known == name).expect("the story");
    answer_programme(knowledge(), &request_of(&story.request)).expect("an answer")
}

#[test]
fn what_is_sore_is_called_sore_and_what_is_usual_usual() {
    let sore = answer_of("sore_thighs_today");
    let thigh = sore.not_met.iter().find(|one| one.why.starts_with("front of thigh")).expect("it is told");
    assert!(thigh.why.contains("sore or closed on the other days"), "{}", thigh.why);
    // In her case the legs are closed and nobody chose them: a heel raise is for no place of hers.
    let pregnant = answer_of("pregnant_and_on_the_wall");
    let days = pregnant.weeks.iter().flat_map(|week| &week.days);
    let moves: Vec<_> = days.flat_map(|day| &day.items).flat_map(|item| item.moves.iter().flatten()).collect();
    let raise = moves.iter().find(|one| one.dose.id == "heel_raise").expect("a heel raise");
    assert_eq!(raise.why, "A usual one for this aim, as nothing nearer is open.");
}

#[test]
fn whoever_has_few_minutes_looks_again_for_five() {
    let all = stories();
    let (_, story) = all.iter().find(|(name, _)| name == "a_runner_with_stiff_ankles").expect("the story");
    let with = |minutes: u16| {
        let mut value = story.request.clone();
        for day in value["days"].as_array_mut().expect("days") {
            day["minutes"] = minutes.into();
        }
        let request = request_of(&value);
        let answer = answer_programme(knowledge(), &request).expect("an answer");
        assert_rules(&value, &request, &answer);
        let days = answer.weeks.iter().flat_map(|week| &week.days).flat_map(|day| &day.items);
        let screens: Vec<ItemView> = days.filter(|item| item.kind == ItemKind::Screen).cloned().collect();
        let missing =
            answer.not_met.iter().find(|one| one.rule == "programme_screen_again").map(|one| one.why.clone());
        (screens, missing)
    };
    let (screens, missing) = with(30);
    assert_eq!((screens.len(), screens[0].minutes, &missing), (1, 10, &None));
    assert!(screens[0].why.iter().all(|why| why.id != "programme_why_screen_short"));
    // Rolling comes first; where that leaves a day it is the short one, and where it does not, that is said.
    for minutes in [9, 8, 5] {
        let (screens, missing) = with(minutes);
        match screens.first() {
            Some(screen) => {
                assert_eq!(screen.minutes, 5, "{minutes} minutes a day");
                assert!(screen.why.iter().any(|why| why.id == "programme_why_screen_short"));
            }
            None => assert!(missing.expect("it is told").ends_with("taken by what comes first."), "{minutes}"),
        }
    }
    assert_eq!(with(8).0.len(), 1, "eight minutes a day are enough for a look");
    let (screens, missing) = with(4);
    assert!(screens.is_empty());
    let missing = missing.expect("it is told");
    assert!(missing.ends_with("It takes 5 minutes, and no day has as many."), "{missing}");
}

#[test]
fn what_is_gone_is_neither_pinned_nor_moved() {
    let all = stories();
    let (_, story) = all.iter().find(|(name, _)| name == "moves_swaps_and_pins").expect("the story");
    let request = request_of(&story.request);
    let wishes = request.wishes(knowledge()).expect("wishes");
    let progress = Progress::none();
    let today = assessment(&story.request, wishes.start, request.now.date());
    let whom = Person { knowledge: knowledge(), today: &today, progress: &progress };
    let made = make(&whom, &wishes).programme;
    let running = Running { wishes: &wishes, changes: &[], programme: &made };
    let there = made.items().next().expect("an item");
    let gone = || "w9-roll-9".to_owned();
    for change in [
        Change::Pin { item: gone(), pinned: true },
        Change::Pin { item: gone(), pinned: false },
        Change::Move { item: gone(), to: there.date },
        Change::Swap { item: gone(), with: there.id.clone() },
        Change::Swap { item: there.id.clone(), with: gone() },
    ] {
        let why = replan(&whom, &running, &change).expect_err("there is no such item");
        assert_eq!(why.id, "programme_no_item", "{change:?}: {}", why.text);
    }
    let pin = Change::Pin { item: there.id.clone(), pinned: true };
    let pinned = replan(&whom, &running, &pin).expect("it is there").programme;
    assert!(pinned.item(&there.id).expect("still there").pinned);
}

#[test]
fn the_issues_shape_is_read_and_unknown_fields_are_refused() {
    let text = r#"{"now":"2026-11-22T18:00:00+01:00[Europe/Berlin]","goals":["mobility"],"weeks":4,
        "compensations":["ohs_heels_rise"],"tools":["foam_roller"],"person":{"age_years":30},
        "screen":{"default":"no"},"first_session":false,
        "days":[{"date":"2026-11-23","minutes":20,"training":[{"kind":"strength","minutes":45,"at":"18:00"}]}]}"#;
    let answer = answer_programme_json(knowledge(), text).expect("an answer");
    assert_eq!(answer.weeks.len(), 4);
    assert!(answer.not_met.iter().any(|one| one.rule == "programme_smr_twice"), "one day a week is not twice");
    let json = serde_json::to_value(&answer).expect("JSON");
    let item = &json["weeks"][0]["days"][0]["items"][0];
    assert_eq!(item["kind"], "smr");
    assert!(item["blocks"].is_array() && item.get("at").is_some(), "{item}");
    for (from, to, field) in [
        ("\"weeks\":4", "\"weeks\":13", "weeks"),
        ("\"weeks\":4", "\"week\":4", "week"),
        ("ohs_heels_rise", "ohs_heels_ris", "compensations[0]"),
        ("\"minutes\":20", "\"minutes\":900", "days[0].minutes"),
        ("\"kind\":\"strength\"", "\"kind\":\"strenght\"", "days[0].training[0].kind"),
        ("[\"mobility\"]", "[]", "goals"),
    ] {
        let error = answer_programme_json(knowledge(), &text.replace(from, to)).expect_err(to);
        assert_eq!(error.field.as_deref(), Some(field), "{to}: {}", error.error);
    }
}

#[test]
fn a_programme_survives_the_log_and_keeps_its_ids() {
    let all = stories();
    let (_, story) = all.iter().find(|(name, _)| name == "two_weeks_ill_in_the_middle").expect("the story");
    let request = request_of(&story.request);
    let wishes = request.wishes(knowledge()).expect("wishes");
    let progress = Progress::none();
    let today = assessment(&story.request, wishes.start, request.now.date());
    let whom = Person { knowledge: knowledge(), today: &today, progress: &progress };
    let made = make(&whom, &wishes).programme;
    let items: Vec<Item> = made.items().cloned().collect();
    let set = EventBody::ProgrammeSet(Box::new(ProgrammeSet {
        programme: "p1".to_owned(),
        wishes: wishes.clone(),
        items: items.clone(),
    }));
    let running = Running { wishes: &wishes, changes: &[], programme: &made };
    let change = Change::Move { item: items[0].id.clone(), to: items[0].date.tomorrow().expect("a day") };
    let (change, after) = match replan(&whom, &running, &change) {
        Ok(after) => (change, after),
        Err(_) => {
            let change = Change::Only { date: items[0].date, minutes: 5 };
            let after = replan(&whom, &running, &change).expect("fewer minutes are always possible");
            (change, after)
        }
    };
    let changed = EventBody::ProgrammeChanged(ProgrammeChanged {
        programme: "p1".to_owned(),
        change,
        items: after.programme.items().cloned().collect(),
        from: after.from,
    });
    let foreign = EventBody::ProgrammeEnded(ProgrammeEnded { programme: "another".to_owned() });
    let line = |(index, body): (usize, &EventBody)| {
        let event = Event {
            id: format!("e{index}"),
            device: "phone".to_owned(),
            seq: index as u64 + 1,
            logical_ms: index as i64 + 1,
            at: request.now.clone(),
            version: supple_core::event::VERSION,
            body: body.clone(),
        };
        let line = Entry::Read(Box::new(event)).to_line();
        let entry = read(&line);
        assert!(matches!(entry, Entry::Read(_)), "{entry:?}");
        assert_eq!(entry.to_line(), line, "the same bytes again");
        entry
    };
    let log: Vec<Entry> = [set, changed, foreign].iter().enumerate().map(line).collect();
    let state = fold(&log);
    let kept = state.programme.as_ref().expect("a programme");
    assert_eq!(kept.programme().weeks, after.programme.weeks, "what was kept is what was made");
    assert_eq!(state.notes.len(), 1, "a foreign end is a note: {:?}", state.notes);
    let ids = |programme: &Programme| programme.items().map(|item| item.id.clone()).collect::<Vec<_>>();
    let stayed = ids(&made).into_iter().filter(|id| ids(&after.programme).contains(id)).count();
    assert!(stayed * 10 >= items.len() * 8, "{stayed} of {} ids stay after a small change", items.len());
    assert_eq!(fold(&log[..1]).programme.expect("a programme").programme().weeks, made.weeks);
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn below(&mut self, many: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % many
    }
}
