//! The body over a month: where pressure was given, or how sore it was at the worst.

use super::month::Month;
use crate::body_map::{Map, RegionLook, View, svg};
use crate::cx::Cx;
use crate::words;
use maud::{Markup, html};
use supple_core::body::{PerSite, RegionId, Side, Site};
use supple_core::contract::text::side_words;
use supple_core::unit::{Felt, Seconds};

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heat {
    /// Seconds of pressure.
    Pressure,
    /// The worst soreness said at a check-in.
    Soreness,
}

impl Heat {
    /// What is asked for; pressure unless soreness is.
    pub fn asked(text: Option<&str>) -> Self {
        if text == Some("soreness") { Self::Soreness } else { Self::Pressure }
    }
}

/// The card with both views.
pub fn card(cx: &Cx<'_>, month: &Month, heat: Heat) -> Markup {
    let seconds = pressure(cx, month);
    let most = Site::all().map(|site| seconds[site]).max().unwrap_or(Seconds::ZERO);
    let soreness = soreness(cx, month);
    let nothing = match heat {
        Heat::Pressure => most == Seconds::ZERO,
        Heat::Soreness => Site::all().all(|site| soreness[site].is_none()),
    };
    let look = |region: RegionId, side: Side| {
        let name = format!("{}, {}", words::region(cx.knowledge, region), side_words(side));
        let known = cx.knowledge.regions.get(&region);
        let mut look = RegionLook::plain(name);
        look.rollable = known.is_none_or(|known| known.rollable);
        match heat {
            Heat::Pressure => {
                let given = Site::of(region, side).map(|site| seconds[site]).max().unwrap_or(Seconds::ZERO);
                if given > Seconds::ZERO {
                    look.label = format!("{}: {given}", look.label);
                    look.level = Some(share(given, most));
                    look.printed = Some(given.get().div_ceil(60).to_string());
                }
                look
            }
            Heat::Soreness => match Site::of(region, side).filter_map(|site| soreness[site]).max() {
                Some(felt) => {
                    look.label = format!("{}: {felt} of 10", look.label);
                    look.at(felt)
                }
                None => look,
            },
        }
    };
    let tab = |to: Heat, word: &str, words: &str| {
        let month = supple_core::date_words::year_and_month(month.first);
        let href = cx.href(&format!("history?month={month}&heat={word}"));
        html! { a .choice-link href=(href) aria-current=[(to == heat).then_some("true")] { (words) } }
    };
    html! {
        section #heat .card .heat {
            div .row { (tab(Heat::Pressure, "pressure", "Pressure")) (tab(Heat::Soreness, "soreness", "Soreness")) }
            @if nothing {
                p .small {
                    @match heat {
                        Heat::Pressure => { "No pressure in this month." }
                        Heat::Soreness => { "No soreness was noted in this month." }
                    }
                }
            } @else {
                div .views {
                    (svg(&Map { view: View::Front, id: "heat-front", label: "Front", spots: &[] }, look))
                    (svg(&Map { view: View::Back, id: "heat-back", label: "Back", spots: &[] }, look))
                }
                p .small {
                    @match heat {
                        Heat::Pressure => { "Minutes of pressure on each place in this month; the stronger the colour, the more." }
                        Heat::Soreness => { "The most soreness said at a check-in in this month, 0 to 10." }
                    }
                }
            }
        }
    }
}

fn pressure(cx: &Cx<'_>, month: &Month) -> PerSite<Seconds> {
    let mut seconds = PerSite::filled(Seconds::ZERO);
    for given in cx.state.pressure().filter(|given| month.has(given.at)) {
        for site in Site::of(given.region, given.side) {
            seconds[site] = seconds[site] + given.seconds;
        }
    }
    seconds
}

fn soreness(cx: &Cx<'_>, month: &Month) -> PerSite<Option<Felt>> {
    let mut worst = PerSite::filled(None);
    for check_in in cx.state.check_ins.iter().filter(|check_in| month.has(&check_in.at)) {
        for sore in &check_in.what.soreness {
            for site in Site::of(sore.region, sore.side.unwrap_or(Side::Both)) {
                worst[site] = worst[site].max(Some(sore.felt));
            }
        }
    }
    worst
}

/// The share of the most, in tenths, at least one.
fn share(given: Seconds, most: Seconds) -> Felt {
    let tenths = (u64::from(given.get()) * 10).div_ceil(u64::from(most.get().max(1)));
    Felt::of(u8::try_from(tenths).unwrap_or(10))
}
