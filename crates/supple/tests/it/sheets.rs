//! Hand-outs, and what goes from one terminal to another.

use crate::home::{Home, TODAY};
use std::collections::BTreeSet;

/// Two weeks of an adult with a roller and nothing to report, over a change of the clocks.
pub const WEEKS: &str = r#"{"now":"2026-10-19T09:00:00+02:00[Europe/Berlin]","goals":["mobility"],"weeks":2,
    "tools":["foam_roller"],"tool_firmness":{"foam_roller":"soft"},"person":{"age_years":34},"screen":{"default":"no"},
    "wants":["calf"],"days":[
    {"date":"2026-10-20","minutes":20,"training":[{"kind":"run","minutes":30,"at":"18:00"}]},
    {"date":"2026-10-23","minutes":20},
    {"date":"2026-10-27","minutes":20,"training":[{"kind":"run","minutes":30,"at":"18:00"}]},
    {"date":"2026-10-30","minutes":20}]}"#;

#[test]
fn weeks_go_into_a_calendar_and_onto_paper() {
    let home = Home::new();
    let weeks = home.write("weeks.json", WEEKS);
    let (ics, sheet) = (home.path("weeks.ics"), home.path("week.html"));
    let calendar = |more: &[&str]| {
        let args = [&["calendar", "--request", &weeks, "--out", ics.to_str().unwrap()], more].concat();
        home.at(TODAY, &args).ok();
        std::fs::read_to_string(&ics).unwrap()
    };
    let plain = calendar(&[]);
    let uids: Vec<&str> = plain.lines().filter(|line| line.starts_with("UID:")).collect();
    assert!(uids.len() >= 4 && uids.iter().collect::<BTreeSet<_>>().len() == uids.len(), "{uids:?}");
    assert!(uids.iter().all(|uid| uid.starts_with("UID:programme-2026-10-20-")), "{uids:?}");
    assert!(!plain.contains("Calf") && !plain.contains("VALARM"));
    let told = calendar(&["--detail", "--alarm", "15"]);
    assert!(told.replace("\r\n ", "").contains("Calf"), "{told}");
    let again: Vec<String> = told.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
    assert_eq!(again, uids, "what is told of an event does not change which one it is");

    let print = |week: &str| {
        home.at(TODAY, &["print", "--request", &weeks, "--week", week, "--out", sheet.to_str().unwrap()])
    };
    print("2").ok();
    let page = std::fs::read_to_string(&sheet).unwrap();
    assert!(page.contains(">Tue<br>") && page.contains(">Fri<br>") && page.contains("Calf"));
    print("3").with_code(2).complains(&["no week 3", "has 2"]);
    let held = home.write("held.json", WEEKS.replace("\"default\":\"no\"", "\"default\":\"unknown\""));
    home.at(TODAY, &["print", "--request", &held, "--out", "x.html"]).with_code(2).complains(&["nothing is planned"]);
}

#[test]
fn sixty_hand_outs_come_from_one_run_and_from_a_list_without_names() {
    let home = Home::new();
    let goals = ["warm_up", "mobility", "recovery", "wind_down"];
    let line =
        |n: usize| format!("{},{},foam_roller ball,{},{n}\n", goals[n % 4], 5 + n % 14, ["", "calf:left"][n % 2]);
    let list: String = (1..=60).map(line).collect();
    let list = home.write("list.csv", format!("goal,minutes,tools,areas,label\n{list}"));
    let out = home.path("sixty.html");
    let ran = home.at(TODAY, &["handout", "--list", &list, "--out", out.to_str().unwrap(), "--json"]).ok().json();
    assert_eq!(ran["sheets"], 60);
    let page = std::fs::read_to_string(&out).unwrap();
    assert_eq!(page.matches("<article class=\"handout\">").count(), 60);
    assert!((1..=60).all(|n| page.contains(&format!("<p class=\"label\">{n}</p>"))));
    assert_eq!(page.matches("class=\"qr\"").count(), 60);
    for elsewhere in ["<script", "src=", "href=", "url("] {
        assert!(!page.contains(elsewhere), "{elsewhere}: the file needs nothing else");
    }
}

#[test]
fn a_list_with_a_mistake_gives_no_sheet_and_says_every_mistake() {
    let home = Home::new();
    let out = home.path("out.html");
    let run = |name: &str, text: &str| {
        let list = home.write(name, text);
        home.at(TODAY, &["handout", "--list", &list, "--out", out.to_str().unwrap()])
    };
    run("a.csv", "goal,minutes,tools\nrecovery,8,foam_roller\ncure,8,ball\nmobility,99,ball\n")
        .with_code(2)
        .complains(&["line 3", "cure", "line 4", "2 to 20"]);
    run("b.csv", "goal,minutes,tools,name\nrecovery,8,foam_roller,Ada\n")
        .with_code(2)
        .complains(&["no column `name`"]);
    run("c.jsonl", "{\"goal\":\"recovery\",\"minutes\":8,\"tools\":[\"gun\"]}\n")
        .with_code(2)
        .complains(&["no tool `gun`"]);
    run("d.jsonl", "{\"goal\":\"recovery\",\"patient\":\"Ada\"}\n").with_code(2).complains(&["patient"]);
    run("e.csv", "goal,minutes,tools\n").with_code(2).complains(&["1 to 200 lines"]);
    assert!(!out.exists(), "all or none");
    let text = "{\"text\":\"supple1:recovery/9;p=calf_roller.b.1x30.3\",\"label\":\"A\"}\n{\"goal\":\"recovery\",\"minutes\":8,\
                \"tools\":[\"foam_roller\"],\"areas\":[\"calf\"]}\n";
    run("f.jsonl", text).ok().says(&["2 hand-outs"]);
    assert!(out.exists());
}

#[test]
fn what_is_shared_in_one_terminal_is_received_in_another() {
    let coach = Home::new();
    coach.two_minutes_for_the_calves(TODAY);
    let file = coach.path("routine.supple");
    let shared = coach.at(TODAY, &["share", "--out", file.to_str().unwrap(), "--json"]).ok().json();
    let text = shared["text"].as_str().unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim(), text);
    let other = Home::new();
    other.at(TODAY, &["receive", file.to_str().unwrap()]).ok().says(&["Your own answers come first"]);
    other.two_minutes_for_the_calves(TODAY);
    let seen =
        other.at(TODAY, &["receive", &format!("https://supple.example.org/receive#{text}"), "--save", "--json"]);
    let seen = seen.ok().json();
    assert_eq!(seen["text"], text);
    assert_eq!(seen["for_you"][0][0]["allowed"], true);
    other.at(TODAY, &["share", "From a coach: Mobility"]).ok().says(&["supple1:mobility/2"]);
    other.at(TODAY, &["receive", "supple1:mobility/2;p=x"]).with_code(2).complains(&["may have been changed"]);
    other.at(TODAY, &["receive", "no/such/file"]).with_code(2).complains(&["the name of a file"]);
    other.at(TODAY, &["share", "nothing"]).with_code(2).complains(&["From a coach: Mobility"]);
    let code = other.path("code.svg");
    other.at(TODAY, &["share", "--code", code.to_str().unwrap()]).ok();
    assert!(std::fs::read_to_string(&code).unwrap().starts_with("<svg xmlns="));
}
