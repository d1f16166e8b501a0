//! The list that does what the map does: every place, left and right. The map writes into the same fields.

use super::Marks;
use crate::cx::Cx;
use maud::{Markup, html};
use supple_core::body::{Half, RegionId, Site};

/// Parts of the body, as the list is grouped, with their regions from foot to head.
const PARTS: [(&str, &[RegionId]); 5] = [
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
            @for region in marks.wanted() { li { (cx.knowledge.regions[region].name) " · roll it" } }
        }
    }
}

/// The list.
pub fn list(cx: &Cx<'_>, marks: &Marks) -> Markup {
    html! {
        details .list #list {
            summary { "Choose from a list instead" }
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
