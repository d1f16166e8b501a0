//! Settings: me, my answers, sounds, the look, and my data.

mod about;
mod bring_in;
pub mod csv;
mod me;
mod sound;
mod watch;
pub mod zip;

use crate::app::Decision;
use crate::cx::Cx;
use crate::exchange::{Response, Shell};
use crate::form::Form;
use crate::page::{Page, Place, framed};
use maud::{Markup, html};
use supple_core::event::{CountryCode, EventBody, SettingsChanged, Theme};

/// The page.
pub fn get(cx: &Cx<'_>) -> Response {
    match cx.segments().as_slice() {
        ["settings", "about"] => about::page(cx),
        ["settings", "export.jsonl"] => export(cx),
        ["settings", "export.zip"] => tables(cx),
        ["settings", "plan.fit"] => watch::plan(cx),
        ["settings", "session.fit"] => watch::session(cx),
        _ => page(cx, 200, &[]),
    }
}

/// What its forms write.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    match cx.segments().as_slice() {
        ["settings", "me"] => match me::read(cx, form) {
            Ok(change) => cx.record(change.map(EventBody::ProfileChanged), "settings"),
            Err(problems) => cx.answer(page(cx, 422, &problems)),
        },
        ["settings", "look"] => match look(form) {
            Ok(change) => cx.record(Some(EventBody::SettingsChanged(change)), "settings"),
            Err(problem) => cx.answer(page(cx, 422, &[problem])),
        },
        ["settings", "sound"] => match sound::read(form) {
            Ok(change) => cx.record(Some(EventBody::SettingsChanged(change)), "settings"),
            Err(problem) => cx.answer(page(cx, 422, &[problem])),
        },
        _ => cx.answer(crate::pages::trouble::not_found(cx)),
    }
}

/// The theme and the country; a theme button posts only the theme.
fn look(form: &Form) -> Result<SettingsChanged, &'static str> {
    let theme = match form.get("theme") {
        None => None,
        Some("light") => Some(Theme::Light),
        Some("dark") => Some(Theme::Dark),
        Some("system") => Some(Theme::System),
        Some(_) => return Err("Theme: light, dark, or as the device."),
    };
    let country = match form.get("country") {
        None => None,
        Some(code) => Some(CountryCode::new(code).map_err(|_| "Country: choose one from the list.")?),
    };
    Ok(SettingsChanged { theme, country, ..SettingsChanged::default() })
}

/// Everything, as it is stored: one event a line.
fn export(cx: &Cx<'_>) -> Response {
    let lines: String = cx.entries.iter().map(|entry| entry.to_line() + "\n").collect();
    Response::file(&format!("supple-{}.jsonl", cx.now().date()), "application/jsonl; charset=utf-8", lines)
}

/// Everything as tables.
fn tables(cx: &Cx<'_>) -> Response {
    match crate::tables::zip(cx.state) {
        Ok(zip) => Response::binary(&format!("supple-{}.zip", cx.now().date()), "application/zip", &zip),
        Err(error) => Response::json(500, format!("{{\"error\":\"the tables could not be made: {error}\"}}")),
    }
}

fn page(cx: &Cx<'_>, status: u16, problems: &[&str]) -> Response {
    framed(
        cx,
        status,
        Page {
            title: "Settings",
            class: "page-settings",
            place: Some(Place::Settings),
            scripts: &["data.js"],
            body: html! {
                h1 { "Settings" }
                @if !problems.is_empty() {
                    div .caution role="alert" {
                        p { strong { "Not saved yet. Please look at:" } }
                        ul { @for problem in problems { li { (problem) } } }
                    }
                }
                (me::card(cx))
                (answers(cx))
                (sound::card(cx))
                (look_card(cx))
                (data(cx))
                section .card {
                    h2 { "Calendar" }
                    p { a .button href=(cx.href("calendar")) { "Put my weeks into my calendar" } }
                }
                section .card {
                    h2 { "About" }
                    p { (crate::pages::welcome::PURPOSE) }
                    p { a href=(cx.href("settings/about")) { "What Supple stands on: sources, grades, version" } }
                }
            },
        },
    )
}

fn answers(cx: &Cx<'_>) -> Markup {
    use supple_core::event::Answer;
    let yes: Vec<&str> = cx
        .state
        .answers
        .iter()
        .filter(|(_, answers)| answers.last().is_some_and(|last| last.what.answer != Answer::No))
        .filter_map(|(id, _)| cx.knowledge.cautions.get(id).map(|caution| caution.question.as_str()))
        .collect();
    html! {
        section .card {
            h2 { "What you told us about your health" }
            @if cx.state.answers.is_empty() {
                p { "Nothing yet. The questions come before the first plan." }
            } @else if yes.is_empty() {
                p { "None of the questions was answered with yes or not sure." }
            } @else {
                p { "Answered with yes or not sure:" }
                ul { @for question in yes { li { (question) } } }
            }
            p { a .button href=(cx.href("screen/all")) { "See and change every answer" } }
            (crate::pages::paths::links(cx))
            p { a href=(cx.href("paths")) { "Paths: after a treatment, in a pregnancy, at some ages" } }
        }
    }
}

fn look_card(cx: &Cx<'_>) -> Markup {
    let settings = &cx.state.settings;
    let themes =
        [(Theme::System, "system", "As the device"), (Theme::Light, "light", "Light"), (Theme::Dark, "dark", "Dark")];
    html! {
        section .card {
            h2 { "Look and country" }
            (cx.form("look", "settings/look", html! {
                fieldset {
                    legend { "Theme" }
                    div .choices {
                        @for (theme, id, name) in themes {
                            label .choice {
                                input type="radio" name="theme" value=(id) checked[settings.theme == theme];
                                span { (name) }
                            }
                        }
                    }
                }
                fieldset {
                    legend { "Whose emergency number do we show?" }
                    select name="country" aria-label="Country" {
                        option value="" selected[settings.country.is_none()] { "not chosen: 112" }
                        @for (code, country) in &cx.knowledge.emergency.countries {
                            option value=(code) selected[settings.country.is_some_and(|chosen| chosen.as_str() == code)] {
                                (country.name) ": " (country.number)
                            }
                        }
                    }
                }
                button { "Save" }
            }))
        }
    }
}

fn data(cx: &Cx<'_>) -> Markup {
    let server = cx.request.shell == Shell::Server;
    html! {
        section .card #data {
            h2 { "Your data" }
            p { "Everything you enter is kept as a log of " (cx.entries.len()) " entries "
                @if server { "by the Supple that runs on this computer." } @else { "on this device." } }
            p .small data-storage-state="" {}
            div .row {
                a .button href=(cx.href("settings/export.jsonl")) download data-export="jsonl" { "Save a copy (JSON Lines)" }
                a .button href=(cx.href("settings/export.zip")) { "Save tables (CSV)" }
                button type="button" data-persist="" hidden { "Ask the browser to keep it" }
            }
            (watch::part(cx))
            p .small { "On an iPhone the copy goes through the share sheet. Browsers there may clear a site that \
                        was not opened for a week; put Supple on the home screen, and save a copy now and then." }
            p data-status="" role="status" {}
            (bring_in::part(cx))
            details .erase {
                summary { "Delete everything" }
                p { "This erases every entry on this device, and on every device that is paired. It cannot be \
                     undone; save a copy first if you may want it." }
                @if server {
                    (cx.form("erase", "api/erase", html! {
                        p { label .switch { input type="checkbox" name="really" value="yes" required; " Yes, erase all of it" } }
                        button .danger { "Delete everything" }
                    }))
                } @else {
                    p { label .switch { input type="checkbox" data-erase-sure=""; " Yes, erase all of it" } }
                    p { button .danger type="button" data-erase="" disabled { "Delete everything" } }
                }
            }
        }
    }
}
