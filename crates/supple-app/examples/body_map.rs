//! Writes a page with the body map in every way it is shown: `cargo run -p supple-app --example body_map -- OUT.html`.
//!
//! After the file may stand a theme (`light`, `dark`) and a part (`plain`, `marked`, `heat`, `highlight`).

#![allow(clippy::disallowed_methods)] // the shell of a pure crate: arguments in, a file out

use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::{env, fs, process::ExitCode};
use supple_app::assets::FILES;
use supple_app::body_map::{Map, RegionLook, Spot, View, highlight, svg};
use supple_core::body::{Half, RegionId, Side, Site};
use supple_core::unit::Felt;
use supple_knowledge::embedded;

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(out) = arguments.next() else {
        eprintln!("usage: body_map OUT.html [light|dark] [plain|marked|heat|highlight]");
        return ExitCode::FAILURE;
    };
    let theme = arguments.next().unwrap_or_else(|| "light".into());
    let part = arguments.next().unwrap_or_else(|| "plain".into());
    match fs::write(&out, page(&theme, &part).into_string()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {out}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn page(theme: &str, part: &str) -> Markup {
    let css = FILES.iter().find(|file| file.name == "style.css").expect("the app has a style sheet").bytes;
    let style = format!(
        "{}body{{margin:0}}.two{{display:flex}}.two>svg{{flex:1;height:100vh}}.many{{display:grid;grid-template-columns:repeat(6,1fr);gap:8px}}\
         figure{{margin:4px;text-align:center;font-size:12px}}",
        String::from_utf8_lossy(css)
    );
    html! {
        (DOCTYPE)
        html lang="en" data-theme=(theme) {
            head { title { "Body map" } style { (PreEscaped(style)) } }
            body {
                @if part == "highlight" {
                    div class="many" {
                        @for region in RegionId::ALL {
                            figure { (highlight(Site::new(region, Half::Left), region.id())) figcaption { "left " (name(region)) } }
                        }
                    }
                } @else {
                    div class="two" {
                        @for view in View::ALL { (one(view, part)) }
                    }
                }
            }
        }
    }
}

fn one(view: View, part: &str) -> Markup {
    let spots = [
        Spot {
            view: View::Back,
            x: 350.0,
            y: 1500.0,
            number: 1,
            label: "spot 1, left calf".into(),
            href: Some("#".into()),
        },
        Spot { view: View::Back, x: 500.0, y: 420.0, number: 2, label: "spot 2, right shoulder".into(), href: None },
        Spot { view: View::Front, x: 500.0, y: 400.0, number: 3, label: "spot 3, left chest".into(), href: None },
    ];
    let spots = if part == "marked" { &spots[..] } else { &[] };
    svg(&Map { view, id: view.id(), label: view.id(), spots }, |region, side| look(region, side, part))
}

fn look(region: RegionId, side: Side, part: &str) -> RegionLook {
    let plain = RegionLook {
        rollable: embedded().regions[&region].rollable,
        ..RegionLook::plain(format!("{side} {}", name(region)))
    }
    .leads_to(format!("#{region}-{side}"));
    match (part, region, side) {
        ("marked", RegionId::Calf, Side::Left) => RegionLook { tight: true, ..plain.at(Felt::of(7)) },
        ("marked", RegionId::LumbarRegion, _) => plain.at(Felt::of(3)),
        ("marked", RegionId::RectusFemoris, Side::Right) => RegionLook { chosen: true, ..plain },
        ("marked", RegionId::UpperTrapLevator, Side::Left) => RegionLook { tight: true, ..plain },
        ("marked", RegionId::Abdomen, Side::Left) => plain.at(Felt::of(2)),
        ("heat", ..) => {
            let spread = region as usize * 7 + usize::from(side == Side::Left) * 3;
            plain.at(Felt::of(u8::try_from(spread % 11).unwrap_or(0)))
        }
        _ => plain,
    }
}

fn name(region: RegionId) -> &'static str {
    &embedded().regions[&region].name
}
