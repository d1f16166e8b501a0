//! An experiment from the question to the result and the zip, through the pages, with the gate in between.

use crate::world::{Phone, forms, knowledge, wishes};
use jiff::ToSpan;
use std::io::{Cursor, Read};
use supple_app::{Response, experiment_zip};

use supple_core::body::{RegionId, Side};
use supple_core::event::{
    BlockEnd, BlockFinished, CheckedIn, DoneElsewhere, ElsewhereTool, EventBody, ExperimentDesigned, NextDayReported,
    Retracted, Soreness,
};
use supple_core::experiment::{Analysis, Fate, Finding, Gain, Lapse, Look, Seed, analyse, first_finding, running};
use supple_core::experiment::{Course, Due};
use supple_core::knowledge::{Goal, ToolId};
use supple_core::state::ExperimentRecord;
use supple_core::unit::{Felt, Seconds};

const START: &str = "2026-11-22T18:00:00+01:00";

fn calf() -> CheckedIn {
    wishes(Goal::Mobility, 10, &[RegionId::Calf])
}

/// A person who rolled two days ago, so that it is no first session, and has begun an experiment.
fn begun(question: &str, query: &str) -> (Phone, String) {
    let mut phone = Phone::new("2026-11-18T18:00:00+01:00");
    phone.introduce();
    // A dose grows by 30 s, and only once the day after was all right.
    phone.a_day("2026-11-18T18:00:00+01:00", calf());
    phone.is_now("2026-11-19T17:00:00+01:00");
    all_right(&mut phone);
    phone.a_day("2026-11-19T18:00:00+01:00", calf());
    phone.is_now("2026-11-20T17:00:00+01:00");
    all_right(&mut phone);
    phone.a_day("2026-11-20T18:00:00+01:00", calf());
    phone.is_now("2026-11-21T18:00:00+01:00");
    let page = phone.get(&format!("experiments/new/{question}?{query}"));
    assert!(page.body.contains("How long it takes"), "{}", page.body);
    let answer = phone.press(&page, "Begin", &[]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let id = running(phone.app.state()).expect("it runs").id().to_owned();
    phone.is_now(START);
    (phone, id)
}

/// Says that the day after was all right.
fn all_right(phone: &mut Phone) {
    let report = NextDayReported { region: RegionId::Calf, side: None, soreness: Felt::NONE, bruise: false };
    phone.record([EventBody::NextDayReported(report)]);
}

fn record(phone: &Phone) -> &ExperimentRecord {
    &phone.app.state().experiments[0]
}

fn due(phone: &Phone) -> Due {
    let state = phone.app.state();
    let course = Course::of(knowledge(), record(phone), state, &phone.now);
    Due::of(knowledge(), record(phone), &course, state, &phone.now)
}

fn later(phone: &mut Phone, minutes: i64) {
    phone.now = phone.now.checked_add(minutes.minutes()).unwrap();
}

fn next_day(phone: &mut Phone) {
    let day = phone.now.date().tomorrow().unwrap();
    phone.now = day.at(18, 0, 0, 0).to_zoned(phone.now.time_zone().clone()).unwrap();
}

fn look(phone: &mut Phone, id: &str) -> Response {
    phone.get(&format!("experiments/{id}"))
}

/// Saves a reading of two trials after practice.
fn measure(phone: &mut Phone, id: &str, value: f64) {
    let page = look(phone, id);
    assert!(
        page.body.contains(">Save</button>"),
        "{}",
        page.body.split("class=\"card due\"").nth(1).unwrap_or(&page.body)
    );
    let text = format!("{value:.2}");
    let answer =
        phone.press(&page, "Save", &[("trial.1", &text), ("trial.2", &text), ("trial.3", &text), ("sure", "yes")]);
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// Checks in, measures, and is shown the way.
fn shown(phone: &mut Phone, id: &str, before: f64) -> u8 {
    all_right(phone);
    phone.check_in(calf());
    phone.answer_all_no();
    measure(phone, id, before);
    let page = look(phone, id);
    assert_eq!(phone.press(&page, "Show today's way", &[]).status, 303);
    record(phone).revealed.last().expect("it was shown").what.arm
}

/// Does every block of the session that the plan starts, in three minutes.
fn roll_the_plan(phone: &mut Phone) {
    let sessions = phone.app.state().sessions.len();
    let plan = phone.get("plan");
    phone.press(&plan, "Start", &[]);
    assert_eq!(phone.app.state().sessions.len(), sessions + 1, "the session began");
    later(phone, 3);
    let session = phone.app.state().sessions.last().unwrap().clone();
    let blocks = session.started.doses.iter().zip(0..).map(|(dose, block)| {
        EventBody::BlockFinished(BlockFinished {
            session: session.id.clone(),
            block,
            technique: dose.technique.clone(),
            region: dose.region,
            side: dose.side,
            seconds: dose.pressure().get(),
            end: BlockEnd::Completed,
            lighter_steps: 0,
            felt: vec![],
        })
    });
    phone.record(blocks.collect::<Vec<_>>());
}

/// One session, from check-in to the reading after. `gains` are those of the first and the second way.
fn session(phone: &mut Phone, id: &str, before: f64, gains: [f64; 2]) {
    let arm = shown(phone, id, before);
    if record(phone).design().arms[usize::from(arm)].roll.is_some() {
        roll_the_plan(phone);
        later(phone, 5);
    } else {
        later(phone, 9);
    }
    measure(phone, id, before + gains[usize::from(arm)]);
}

/// A whole experiment. Errors are small and fixed, so that the test is about the way and not about chance.
fn whole(question: &str, gains: [f64; 2]) -> (Phone, String) {
    let (mut phone, id) = begun(question, "region=calf&side=both&worth=1");
    for day in 0..60 {
        if due(&phone) == Due::Complete {
            break;
        }
        let wobble = [0.3, -0.2, 0.1, -0.3, 0.2, 0.0][day % 6];
        session(&mut phone, &id, 10.0, [gains[0] + wobble, gains[1] + wobble]);
        next_day(&mut phone);
    }
    let page = look(&mut phone, &id);
    assert_eq!(phone.press(&page, "See the result", &[]).status, 303);
    (phone, id)
}

#[test]
fn a_whole_experiment_leads_to_what_is_true_of_the_person() {
    for (gains, sentence) in [
        ([3.0, 0.2], "For you, “Roll for a minute” does more than “Rest”."),
        ([0.2, 3.0], "For you, “Rest” does more than “Roll for a minute”."),
        ([0.6, 0.6], "It makes little difference for you which of the two you do."),
    ] {
        let (mut phone, id) = whole("roll_or_rest", gains);
        let page = look(&mut phone, &id).body;
        assert!(page.contains(sentence), "{gains:?}: {page}");
        assert!(page.contains("class=\"paired\"") && page.contains("What it does not mean"));
        assert!(phone.get("experiments").body.contains(sentence));
    }
}

#[test]
fn the_plan_is_the_way_that_was_shown_and_nothing_else() {
    let (mut phone, id) = begun("short_or_long", "region=calf&side=both&worth=1");
    let mut seen = Vec::new();
    for _ in 0..2 {
        let arm = shown(&mut phone, &id, 10.0);
        let plan = phone.get("plan").body;
        assert!(plan.contains("Your experiment. Today:"), "{plan}");
        roll_the_plan(&mut phone);
        let doses = &phone.app.state().sessions.last().unwrap().started.doses;
        let wanted = [60, 30][usize::from(arm)];
        assert_eq!(doses.iter().map(|dose| dose.side).collect::<Vec<_>>(), [Side::Left, Side::Right]);
        assert!(doses.iter().all(|dose| dose.technique == "calf_roller" && dose.pressure() == Seconds::new(wanted)));
        // Until the reading after, there is nothing to roll, whatever is answered.
        phone.check_in(calf());
        phone.answer_all_no();
        let plan = phone.get("plan").body;
        assert!(plan.contains("Nothing to roll today") && plan.contains("It rests for your experiment"), "{plan}");
        later(&mut phone, 5);
        measure(&mut phone, &id, 11.0);
        assert!(matches!(due(&phone), Due::NotBefore(_)));
        assert!(!phone.get("plan").body.contains("rests for your experiment"), "then as one likes");
        seen.push(arm);
        next_day(&mut phone);
    }
    seen.sort_unstable();
    assert_eq!(seen, [0, 1], "both ways in the first block");
}

#[test]
fn a_rest_is_a_rest_and_takes_as_long() {
    let (mut phone, id) = begun("roll_or_rest", "region=calf&side=both&worth=1");
    while shown(&mut phone, &id, 10.0) != 1 {
        roll_the_plan(&mut phone);
        later(&mut phone, 5);
        measure(&mut phone, &id, 10.5);
        next_day(&mut phone);
    }
    let sessions = phone.app.state().sessions.len();
    let plan = phone.get("plan").body;
    assert!(plan.contains("rest until the next reading") && !plan.contains("session/start"), "{plan}");
    phone.post("session/start", &[("action", "seed-forged-start")]);
    assert_eq!(phone.app.state().sessions.len(), sessions, "no form gets around it");
    let Due::ReadingAfter { ended, from, .. } = due(&phone) else { panic!("{:?}", due(&phone)) };
    let shown_at = &record(&phone).revealed.last().unwrap().at;
    let seconds = record(&phone).design().session_seconds.get();
    assert_eq!(ended.duration_since(shown_at).as_secs(), i64::from(seconds));
    assert!(seconds > 120, "two sides of a minute each: {seconds}");
    assert_eq!(from.duration_since(&ended).as_mins(), 3, "two minutes early is in time");
}

#[test]
fn nothing_tells_what_comes_before_it_is_due() {
    let seeds = [Seed::new(1), Seed::new(2), Seed::new(3), Seed::new(4), Seed::new(5)];
    let (one, other) = (seeds[0], *seeds.iter().find(|seed| seed.arm(0) != seeds[0].arm(0)).unwrap());
    let pages = |seed: Seed| {
        let (mut phone, _) = begun("roll_or_rest", "region=calf&side=both&worth=1");
        let mut design: ExperimentDesigned = record(&phone).design().clone();
        let id = design.experiment.clone();
        design.seed = seed;
        let event = phone.app.entries().iter().rev().find_map(|entry| match entry {
            supple_core::event::upcast::Entry::Read(event)
                if matches!(event.body, EventBody::ExperimentDesigned(_)) =>
            {
                Some(event.id.clone())
            }
            _ => None,
        });
        phone.record([EventBody::Retracted(Retracted { event: event.unwrap() })]);
        phone.record([EventBody::ExperimentDesigned(Box::new(design))]);
        all_right(&mut phone);
        phone.check_in(calf());
        phone.answer_all_no();
        measure(&mut phone, &id, 10.0);
        assert_eq!(due(&phone), Due::Reveal);
        ["experiments".to_owned(), format!("experiments/{id}"), "plan".to_owned(), "today".to_owned()]
            .map(|path| phone.get(&path).body)
    };
    assert_eq!(pages(one), pages(other), "the pages do not depend on the seed");
}

#[test]
fn the_zip_holds_everything_to_work_it_out_again() {
    let (phone, id) = whole("roll_or_rest", [3.0, 0.2]);
    let state = phone.app.state();
    let zip = experiment_zip(knowledge(), state, &id, &phone.now).expect("it is over");
    let mut month_later = phone.now.clone();
    month_later = month_later.checked_add(720.hours()).unwrap();
    assert_eq!(experiment_zip(knowledge(), state, &id, &month_later), Some(zip.clone()), "the same bytes again");
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut file = |name: &str| {
        let index = (0..archive.len()).find(|&index| archive.by_index(index).unwrap().name().unwrap() == name);
        let mut text = String::new();
        archive.by_index(index.expect(name)).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let rows = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let exported: serde_json::Value = serde_json::from_str(&file("experiment.json")).unwrap();
    let design: ExperimentDesigned = serde_json::from_value(exported["design"].clone()).unwrap();
    assert_eq!(&design, record(&phone).design());
    // The order, from the seed alone.
    let allocation = rows(&file("allocation.csv"));
    assert_eq!(allocation.len(), usize::from(design.blocks.get()) * 2);
    for (session, row) in (0..).zip(&allocation) {
        assert_eq!(row[2], design.seed.arm(session).to_string());
    }
    // The analysis, from the columns alone.
    let number = |text: &String| text.parse::<f64>().unwrap();
    let gains: Vec<Gain> = rows(&file("sessions.csv"))
        .iter()
        .filter(|row| row[4] == "counts")
        .map(|row| {
            let gain = number(&row[10]) - number(&row[8]);
            assert!((gain - number(&row[12])).abs() < 1e-12, "knee to wall: more is better");
            Gain {
                hours: number(&row[7]),
                arm: row[1].parse().unwrap(),
                gain: number(&row[12]),
                error: number(&row[13]),
                training: number(&row[14]),
            }
        })
        .collect();
    let analysis = Analysis::from(&design);
    let looks = analyse(&analysis, &gains);
    let (_, finding) = first_finding(&looks, analysis.certainty).expect("it was clear");
    assert_eq!(finding, Finding::First);
    let six =
        |look: &Look| [look.mean, look.sd, look.first, look.second, look.little].map(|v| format!("{v:.6}")).to_vec();
    let exported: Vec<Vec<String>> = rows(&file("looks.csv")).iter().map(|row| row[1..6].to_vec()).collect();
    assert_eq!(exported, looks.iter().map(six).collect::<Vec<_>>());
    // Readings: the mean of what is no practice is what the sessions hold.
    let trials = rows(&file("readings.csv"));
    assert_eq!(
        trials.iter().filter(|row| row[3] == "false").count(),
        gains.len() * 4,
        "two trials, before and after"
    );
    // Every column is in the dictionary.
    let dictionary = rows(&file("dictionary.csv"));
    for name in ["sessions.csv", "readings.csv", "allocation.csv", "looks.csv"] {
        let text = file(name);
        let columns: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let described: Vec<&str> =
            dictionary.iter().filter(|row| row[0] == name).map(|row| row[1].as_str()).collect();
        assert_eq!(columns, described, "{name}");
    }
    assert!(file("README.txt").contains(&design.seed.to_string()));
    let (mut running, id) = begun("roll_or_rest", "region=calf");
    assert_eq!(running.get(&format!("experiments/{id}/export")).status, 404, "the order would give away what comes");
}

#[test]
fn a_way_that_is_not_allowed_today_is_not_shown_and_the_day_does_not_count() {
    let (mut phone, id) = begun("roll_or_rest", "region=calf&side=both");
    let sore = Soreness { region: RegionId::Calf, side: Some(Side::Left), felt: Felt::of(8) };
    phone.check_in(CheckedIn { soreness: vec![sore], ..calf() });
    phone.answer_all_no();
    let page = look(&mut phone, &id);
    assert!(page.body.contains("Not today.") && page.body.contains("nothing is lost"), "{}", page.body);
    assert!(forms(&page.body).iter().all(|form| !form.html.contains("Show today")));
    phone.post(&format!("experiments/{id}"), &[("action", "forged-0001"), ("do", "show")]);
    assert!(record(&phone).revealed.is_empty(), "no form gets around it");
    next_day(&mut phone);
    shown(&mut phone, &id, 10.0);
    assert_eq!(record(&phone).revealed[0].what.session, 0);
}

#[test]
fn a_session_left_out_keeps_its_way_for_the_next_time() {
    let (mut phone, id) = begun("short_or_long", "region=calf&side=both");
    let first = shown(&mut phone, &id, 10.0);
    let page = look(&mut phone, &id);
    assert_eq!(phone.press(&page, "Leave this session out", &[]).status, 303);
    assert!(matches!(due(&phone), Due::NotBefore(_)), "one way a day");
    for day in 0..3 {
        next_day(&mut phone);
        assert_eq!(shown(&mut phone, &id, 10.0), first, "day {day}: the same way is still owed");
        // Shown, and then nothing at all.
    }
    next_day(&mut phone);
    session(&mut phone, &id, 10.0, [11.0, 11.0]);
    next_day(&mut phone);
    assert_ne!(shown(&mut phone, &id, 10.0), first, "the block is completed by the other way");
    let course = Course::of(knowledge(), record(&phone), phone.app.state(), &phone.now);
    assert_eq!(course.counted(), 1);
    let lapsed = course.attempts.iter().filter(|a| a.fate == Fate::Lapsed(Lapse::NotDone)).count();
    assert_eq!(lapsed, 3);
}

#[test]
fn what_is_rolled_besides_and_readings_too_late_do_not_count() {
    let (mut phone, id) = begun("short_or_long", "region=calf&side=both");
    shown(&mut phone, &id, 10.0);
    roll_the_plan(&mut phone);
    phone.record([EventBody::DoneElsewhere(DoneElsewhere {
        region: RegionId::Calf,
        side: None,
        seconds: 60,
        tool: ElsewhereTool::Tool(ToolId::MassageStick),
        felt: None,
    })]);
    let fate = |phone: &Phone| {
        let course = Course::of(knowledge(), record(phone), phone.app.state(), &phone.now);
        course.attempts.last().unwrap().fate.clone()
    };
    later(&mut phone, 1);
    assert_eq!(fate(&phone), Fate::Lapsed(Lapse::RolledBesides));
    next_day(&mut phone);
    shown(&mut phone, &id, 10.0);
    roll_the_plan(&mut phone);
    later(&mut phone, 16);
    assert_eq!(fate(&phone), Fate::Lapsed(Lapse::NoReadingAfter), "over ten minutes late");
}

#[test]
fn it_can_be_ended_early_and_says_what_there_is() {
    let (mut phone, id) = begun("roll_or_rest", "region=calf&side=both");
    session(&mut phone, &id, 10.0, [12.0, 10.0]);
    let page = look(&mut phone, &id);
    phone.press(&page, "End the experiment", &[("reason", "holidays")]);
    let page = look(&mut phone, &id).body;
    assert!(
        page.contains("Cannot tell.") && page.contains("holidays") && page.contains("nothing is said before six")
    );
    assert_eq!(phone.get(&format!("experiments/{id}/export")).status, 200);
    assert!(phone.get("experiments/new/roll_or_rest").body.contains("Begin"), "another one can begin");
}

#[test]
fn a_test_that_cannot_answer_says_so_and_what_else_there_is() {
    let mut phone = Phone::new(START);
    phone.introduce();
    let page = phone.get("experiments/new/roll_or_rest?region=calf&side=both&worth=0.2").body;
    assert!(page.contains("This test cannot answer the question.") && page.contains("Use another test"), "{page}");
    assert!(!page.contains(">Begin<"));
    let page = phone.get("experiments/new/own?first=calf_roller&second=calf_roller&measure=wblt_cm").body;
    assert!(page.contains("The two ways are the same"));
    let page = phone.get("experiments/new/own?first=calf_stick&first_seconds=60&second=rest&measure=wblt_cm");
    assert_eq!(phone.press(&page, "Begin", &[]).status, 303);
    let design = record(&phone).design();
    assert_eq!((design.question.as_ref(), design.arms[1].roll.as_ref()), (None, None));
}

#[test]
fn every_ready_question_can_be_begun_or_says_that_its_test_cannot_answer() {
    for (id, question) in &knowledge().questions {
        let mut begun = 0;
        for place in &question.places {
            let mut phone = Phone::new(START);
            let page = phone.get(&format!("experiments/new/{id}?region={}&side=both", place.region));
            assert!(page.body.contains(&question.asks), "{id}");
            if page.body.contains("This test cannot answer the question.") {
                continue; // it says what else there is: a test of its own
            }
            assert_eq!(phone.press(&page, "Begin", &[]).status, 303, "{id} at {}", place.region);
            let sessions = 2 * record(&phone).design().blocks.get();
            assert!((6..=60).contains(&sessions), "{id}: {sessions}");
            begun += 1;
        }
        assert!(begun > 0, "{id} can be begun nowhere");
    }
}

#[test]
fn a_phone_that_can_read_the_test_is_offered_for_one_side_and_the_trials_of_the_design() {
    let (mut phone, id) = begun("roll_or_rest", "region=rectus_femoris&side=left&worth=8");
    let outcome = record(&phone).design().outcome.clone();
    let test = &knowledge().measures[outcome.measure.as_str()];
    assert!(test.phone.is_some(), "{}", outcome.measure);
    all_right(&mut phone);
    phone.check_in(wishes(Goal::Mobility, 10, &[RegionId::RectusFemoris]));
    phone.answer_all_no();
    let page = look(&mut phone, &id).body;
    let data = page.split("data-phone=\"").nth(1).expect("the phone is offered").split('"').next().unwrap();
    let data: serde_json::Value = serde_json::from_str(&data.replace("&quot;", "\"")).unwrap();
    assert_eq!(data["sides"], serde_json::json!([{ "name": "trial", "words": "Left" }]));
    let trials = test.practice_trials + outcome.trials.get();
    assert_eq!((&data["rule"]["sides"], &data["rule"]["trials"]), (&1.into(), &trials.into()));
    let last = format!("name=\"trial.{}\"", data["fields"]);
    assert!(page.contains(&last) && page.contains("/incline."), "the module and the fields it fills are there");

    // Where nothing is to be read, the module would find no card.
    let (mut other, id) = begun("roll_or_rest", "region=calf&side=both&worth=1");
    let page = look(&mut other, &id).body;
    assert!(!page.contains("data-phone") && !page.contains("/incline."));
}
