//! The body map, what is marked on it in words, and the list that does what the map does: every place, left and right. The map writes into the same fields.

use super::Marks;
use super::spots::on_map;
use crate::body_map::{Map, RegionLook, Spot, View, svg};
use crate::cx::Cx;
use maud::{Markup, html};
use supple_core::body::{Half, RegionId, Side, Site};
use supple_core::unit::Felt;

/// Parts of the body, as lists are grouped, with their regions from foot to head.
pub const PARTS: [(&str, &[RegionId]); 5] = [
    (
        "Foot and lower leg",
        &[RegionId::PlantarFoot, RegionId::Calf, RegionId::Soleus, RegionId::TibialisAnterior, RegionId::Peroneals],
    ),
    (
        "Thigh",
        &[
            RegionId::RectusFemoris,
            RegionId::VastusLateralis,
            RegionId::LateralThigh,
            RegionId::Adductors,
            RegionId::HamstringsMedial,
            RegionId::HamstringsLateral,
        ],
    ),
    (
        "Hip and buttock",
        &[
            RegionId::GluteusMaximus,
            RegionId::GluteusMedius,
            RegionId::Piriformis,
            RegionId::Tfl,
            RegionId::HipFlexor,
        ],
    ),
    (
        "Back and trunk",
        &[
            RegionId::LumbarRegion,
            RegionId::QuadratusLumborum,
            RegionId::ThoracicErectors,
            RegionId::RhomboidsMidTrap,
            RegionId::Lats,
            RegionId::Pectorals,
            RegionId::Abdomen,
        ],
    ),
    (
        "Shoulder, neck and arm",
        &[
            RegionId::UpperTrapLevator,
            RegionId::PosteriorShoulder,
            RegionId::Suboccipitals,
            RegionId::NeckAnterior,
            RegionId::HeadFace,
            RegionId::Triceps,
            RegionId::BicepsBrachialis,
            RegionId::ForearmFlexors,
            RegionId::ForearmExtensors,
            RegionId::HandThenar,
        ],
    ),
];

/// The map, front and back. Without a module a tap leads to the place in the list.
pub fn map(cx: &Cx<'_>, marks: &Marks) -> Markup {
    let spots: Vec<Spot> = on_map(cx);
    html! {
        div .map {
            input #map-front type="radio" name="map_view" value="front" checked .visually-hidden;
            input #map-back type="radio" name="map_view" value="back" .visually-hidden;
            div .turn role="group" aria-label="Seen from" {
                label for="map-front" { "Front" }
                label for="map-back" { "Back" }
            }
            @for view in View::ALL {
                @let label = format!("Your body from the {}: tap a place to mark it", view.id());
                div .view data-view=(view.id()) {
                    (svg(&Map { view, id: view.id(), label: &label, spots: &spots }, |region, side| look(cx, marks, region, side)))
                }
            }
        }
    }
}

fn look(cx: &Cx<'_>, marks: &Marks, region: RegionId, side: Side) -> RegionLook {
    let known = &cx.knowledge.regions[&region];
    let marked: Vec<_> = side.halves().iter().map(|half| marks.at(Site::new(region, *half))).collect();
    let sore: Option<Felt> = marked.iter().filter_map(|mark| mark.sore).max();
    let tight = marked.iter().any(|mark| mark.tight);
    let mut label = known.name.clone();
    if side != Side::Midline {
        label.push_str(&format!(", {side}"));
    }
    if let Some(felt) = sore {
        label.push_str(&format!(", sore {}", felt.get()));
    }
    if tight {
        label.push_str(", tight");
    }
    let look = RegionLook::plain(label).leads_to(format!("#place-{region}"));
    let look = sore.map_or_else(|| look.clone(), |felt| look.clone().at(felt));
    RegionLook { tight, chosen: marks.wants(region), rollable: known.rollable, ..look }
}

/// What a tap on the map opens: a sheet over the lower part of the page.
pub fn sheet() -> Markup {
    html! {
        dialog #mark aria-labelledby="mark-title" {
            h2 #mark-title {}
            p .how-sore { "How sore? 0 none, 3 you notice it on stairs, 6 it changes how you move." }
            div .felt role="radiogroup" aria-label="Soreness, 0 to 10" {
                @for felt in 0..=10 {
                    label .choice { input type="radio" name="sheet_sore" value=(felt); span { (felt) } }
                }
            }
            div .choices {
                label .choice { input type="checkbox" data-tight=""; span { "tight" } }
                label .choice { input type="checkbox" data-want=""; span { "roll it" } }
                label .choice { input type="checkbox" data-both=""; span { "both sides" } }
                label .choice data-spot-row="" { input type="checkbox" data-spot=""; span { "tender spot here" } }
            }
            div data-spot-more="" hidden {
                p { label { "A name for it, if you like " input type="text" maxlength="60" data-spot-name="" placeholder="outer left calf"; } }
                p { label .switch { input type="checkbox" data-spot-lump=""; " I can feel a lump there" } }
            }
            button .primary .wide type="button" data-done="" { "Done" }
        }
    }
}

/// What is marked, in words; `today.js` keeps it up to date.
pub fn marked(cx: &Cx<'_>, marks: &Marks) -> Markup {
    html! {
        ul .marked #marked aria-label="Marked so far" {
            @for (site, mark) in marks.places() {
                li { (cx.knowledge.regions[&site.region].name) ", " (site.half.side())
                    @if let Some(felt) = mark.sore { " · sore " (felt.get()) }
                    @if mark.tight { " · tight" }
                }
            }
            @for region in marks.avoided() {
                li { (cx.knowledge.regions[region].name) " · left alone" input type="hidden" name="avoid" value=(region); }
            }
            @for region in marks.wanted() { li { (cx.knowledge.regions[region].name) " · roll it" } }
        }
    }
}

/// The list.
pub fn list(cx: &Cx<'_>, marks: &Marks) -> Markup {
    html! {
        details .list #list {
            summary { "Choose from a list" }
            p .small { "Soreness is 0 to 10: 0 none, 3 you notice it on stairs, 6 it changes how you move." }
            @for (part, regions) in PARTS {
                fieldset {
                    legend { (part) }
                    @for region in regions { (row(cx, marks, *region)) }
                }
            }
        }
    }
}

fn row(cx: &Cx<'_>, marks: &Marks, region: RegionId) -> Markup {
    let known = &cx.knowledge.regions[&region];
    html! {
        div .place #{ "place-" (region) } {
            p .name { (known.name) }
            @for half in Half::ALL {
                @let mark = marks.at(Site::new(region, half));
                @let (id, name) = (half.side().id(), &known.name);
                label { (id) " "
                    input type="number" min="0" max="10" inputmode="numeric" name={ "sore." (region) "." (id) }
                        value=[mark.sore.map(|felt| felt.get())] aria-label={ (name) ", " (id) ", soreness 0 to 10" };
                }
                label {
                    input type="checkbox" name={ "tight." (region) "." (id) } checked[mark.tight]
                        aria-label={ (name) ", " (id) ", tight" };
                    " tight"
                }
            }
            @if known.rollable {
                label { input type="checkbox" name="want" value=(region) checked[marks.wants(region)]; " roll it" }
            }
        }
    }
}
