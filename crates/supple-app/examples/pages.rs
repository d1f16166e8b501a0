//! Writes pages of the app to files, to look at them: `cargo run -p supple-app --example pages -- OUT_DIR [PATH ...]`.
//!
//! A demo log of some weeks is played through the app; then each path is looked at and written as light and dark
//! HTML beside the files of `web/`. Without paths it writes those of [`PATHS`]. A picture of one, in the width of a
//! phone: `chromium --headless --no-sandbox --disable-gpu --window-size=390,1400 --screenshot=plan.png
//! file://OUT_DIR/plan.light.html`.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a tool, not the app: it writes files")]

#[path = "../tests/it/months.rs"]
mod months;
#[path = "../tests/it/world.rs"]
mod world;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use supple_app::assets::FILES;
use supple_core::body::{Area, RegionId, Side};
use supple_core::event::{
    EventBody, MapView, Name, NextDayReported, RoutineSaved, SessionFelt, SessionReviewed, Soreness, SpotChange,
    SpotFollowedUp, SpotMarked, SpotPressed, When,
};
use supple_core::knowledge::{Goal, ToolId};
use supple_core::unit::{Felt, MapUnits, SessionMinutes};
use world::{Phone, wishes};

/// Where the log stands when a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scene {
    /// Nothing is in the log.
    New,
    /// In the morning, before anything was said.
    Morning,
    /// Checked in, every question answered.
    Ready,
    /// Just after today's session.
    Done,
    /// Two years of a session every other day.
    TwoYears,
    /// Two months of tests and sessions.
    TwoMonths,
}

/// What is written without paths: where the log stands, the path, the name of the file.
const PATHS: &[(Scene, &str, &str)] = &[
    (Scene::New, "", "welcome"),
    (Scene::New, "history", "history-new"),
    (Scene::New, "today", "today-new"),
    (Scene::New, "settings", "settings-new"),
    (Scene::Morning, "today", "today"),
    (Scene::Morning, "today?same=1", "today-same"),
    (Scene::Ready, "today", "today-checked-in"),
    (Scene::Ready, "screen/all", "screen-all"),
    (Scene::Ready, "screen/ask?id=sp_bruise&id=sp_clot_risk", "screen-ask"),
    (Scene::Ready, "settings", "settings"),
    (Scene::Ready, "settings/about", "about"),
    (Scene::New, "routines", "routines-new"),
    (Scene::Morning, "next-day", "next-day"),
    (Scene::Morning, "history", "history"),
    (Scene::Morning, "history?heat=soreness", "history-soreness"),
    (Scene::Morning, "history/session-2026-11-20", "history-session"),
    (Scene::Morning, "spots/outer-calf", "spot"),
    (Scene::Ready, "plan", "plan"),
    (Scene::Ready, "routines", "routines"),
    (Scene::Done, "after/session-2026-11-22", "after"),
    (Scene::TwoYears, "history?month=2026-10", "history-two-years"),
    (Scene::New, "progress", "progress-new"),
    (Scene::TwoMonths, "progress", "progress"),
    (Scene::TwoMonths, "measures/wblt_cm", "measure"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("name the folder to write to")?);
    fs::create_dir_all(out.join("assets"))?;
    for file in FILES {
        fs::write(out.join("assets").join(file.served_as), file.bytes)?;
    }
    let asked: Vec<String> = arguments.collect();
    let asked: Vec<(Scene, &str, String)> = if asked.is_empty() {
        PATHS.iter().map(|(scene, path, name)| (*scene, *path, (*name).to_owned())).collect()
    } else {
        let name = |path: &str| path.replace(['/', '?', '&', '='], "-");
        asked.iter().map(|path| (Scene::Ready, path.as_str(), name(path))).collect()
    };
    for (scene, path, name) in asked {
        let mut phone = demo(scene);
        "./".clone_into(&mut phone.root);
        let page = phone.get(path);
        write(&out, &name, &page.body)?;
        println!(
            "{} {path} -> {name}: {} bytes, {} ms",
            page.status,
            page.body.len(),
            milliseconds(&mut phone, path)
        );
    }
    let mut phone = demo(Scene::Ready);
    "./".clone_into(&mut phone.root);
    let plan = phone.get("plan");
    let refused = phone.press(&plan, "Swap", &[("with", "no_such_technique")]);
    write(&out, "plan-refused", &refused.body)?;
    phone.press(&plan, "Take out", &[]);
    write(&out, "plan-own", &phone.get("plan").body)?;
    Ok(())
}

/// The least of some tries: what it costs where nothing else runs.
fn milliseconds(phone: &mut Phone, path: &str) -> String {
    let mut tries = (0..40).map(|_| {
        let begun = std::time::Instant::now();
        phone.get(path);
        begun.elapsed()
    });
    let first = tries.next().unwrap_or_default();
    format!("{:.2}", tries.fold(first, std::cmp::min).as_secs_f64() * 1000.0)
}

/// A page in light and in dark. Opened from a file it has no origin, so its policy would forbid its own style sheet.
fn write(out: &std::path::Path, name: &str, html: &str) -> Result<(), Box<dyn Error>> {
    let policy = html.find("<meta http-equiv").and_then(|from| Some((from, from + html[from..].find('>')? + 1)));
    let (before, after) = policy.map_or((html, ""), |(from, to)| (&html[..from], &html[to..]));
    for theme in ["light", "dark"] {
        let page = format!("{before}{after}").replace("data-theme=\"system\"", &format!("data-theme=\"{theme}\""));
        fs::write(out.join(format!("{name}.{theme}.html")), page)?;
    }
    Ok(())
}

fn demo(scene: Scene) -> Phone {
    if scene == Scene::TwoMonths {
        return months::two_months();
    }
    let mut phone = Phone::new("2026-10-05T18:02:00+02:00");
    if scene == Scene::New {
        phone.is_now("2026-11-22T18:02:00+01:00");
        return phone;
    }
    phone.introduce();
    if scene == Scene::TwoYears {
        return two_years(phone);
    }
    let legs = [RegionId::Calf, RegionId::RectusFemoris];
    for (index, day) in ["2026-10-05", "2026-10-12", "2026-10-23", "2026-10-30"].into_iter().enumerate() {
        let offset = if index < 3 { "+02:00" } else { "+01:00" };
        phone.a_day(&format!("{day}T18:10:00{offset}"), wishes(Goal::Mobility, 10, &legs));
    }
    phone.is_now("2026-11-01T18:00:00+01:00");
    phone.record([EventBody::SpotMarked(SpotMarked {
        spot: "outer-calf".to_owned(),
        region: RegionId::Calf,
        side: Side::Left,
        view: MapView::Back,
        x: MapUnits::new(400).expect("on the map"),
        y: MapUnits::new(700).expect("on the map"),
        name: Name::new("outer left calf").ok(),
        lump: false,
    })]);
    for (day, before, after) in
        [("2026-11-03", 6, 5), ("2026-11-07", 6, 4), ("2026-11-12", 5, 4), ("2026-11-16", 4, 3)]
    {
        phone.is_now(&format!("{day}T17:40:00+01:00"));
        phone.record([press(before, When::Before)]);
        let mut wished = wishes(Goal::Recovery, 10, &legs);
        wished.soreness = vec![Soreness {
            region: RegionId::Calf,
            side: Some(Side::Both),
            felt: Felt::of(before.saturating_sub(2)),
        }];
        phone.a_day(&format!("{day}T18:10:00+01:00"), wished);
        phone.record([press(after, When::After)]);
        phone.record([EventBody::SpotFollowedUp(SpotFollowedUp {
            spot: "outer-calf".to_owned(),
            change: SpotChange::Easier,
        })]);
        phone.is_now(&format!("{day}T23:10:00+01:00"));
        let report = |region| {
            EventBody::NextDayReported(NextDayReported { region, side: None, soreness: Felt::of(2), bruise: false })
        };
        phone.record(legs.map(report));
    }
    phone.a_day("2026-11-20T19:05:00+01:00", wishes(Goal::Mobility, 12, &legs));
    phone.record([
        EventBody::SessionReviewed(SessionReviewed {
            session: "session-2026-11-20".to_owned(),
            felt: SessionFelt::Better,
            soreness: Vec::new(),
        }),
        EventBody::RoutineSaved(RoutineSaved {
            routine: "legs-after-running".to_owned(),
            name: Name::new("Legs after running").expect("a name"),
            goal: Goal::Mobility,
            minutes: SessionMinutes::new(12).expect("2 to 20"),
            tools: vec![ToolId::FoamRoller, ToolId::MassageStick],
            wants: legs.to_vec(),
            sent: None,
        }),
    ]);
    phone.is_now("2026-11-22T18:02:00+01:00");
    if scene == Scene::Morning {
        return phone;
    }
    let mut wished = wishes(Goal::Mobility, 12, &[RegionId::Calf, RegionId::RectusFemoris, RegionId::HandThenar]);
    wished.soreness = vec![Soreness { region: RegionId::GluteusMaximus, side: Some(Side::Left), felt: Felt::of(3) }];
    wished.tight = vec![Area { region: RegionId::Calf, side: Some(Side::Left) }];
    if scene == Scene::Done {
        phone.a_day("2026-11-22T18:05:00+01:00", wished);
    } else {
        phone.check_in(wished);
        phone.answer_all_no();
        phone.is_now("2026-11-22T18:05:00+01:00");
    }
    phone
}

/// A session every other day at most places, folded once at the end.
fn two_years(mut phone: Phone) -> Phone {
    let wished = wishes(Goal::Mobility, 15, &[]);
    phone.a_day("2024-11-22T18:00:00+01:00", wished.clone());
    let doses: Vec<_> = phone.app.state().sessions[0].started.doses.clone();
    let mut bodies = Vec::new();
    for days in (2..730).step_by(2) {
        let at = phone.now.checked_add(supple_core::SignedDuration::from_hours(24 * days)).expect("within two years");
        bodies.push((at.clone(), EventBody::CheckedIn(wished.clone())));
        bodies
            .extend(world::rolled(&format!("session-{days}"), Goal::Mobility, &doses).map(|body| (at.clone(), body)));
    }
    phone.append(bodies, "two-years");
    phone.is_now("2026-11-22T18:02:00+01:00");
    phone
}

fn press(tenderness: u8, when: When) -> EventBody {
    EventBody::SpotPressed(SpotPressed {
        spot: "outer-calf".to_owned(),
        tenderness: Felt::of(tenderness),
        when,
        session: None,
    })
}
