//! Tight spots: those that are open, on the map, and those that a form adds.

use super::Marks;
use crate::body_map::{HEIGHT, Spot, View, WIDTH, site_at};
use crate::cx::Cx;
use crate::form::Form;
use supple_core::body::{Half, RegionId, Site};
use supple_core::event::{MapView, Name, SpotMarked};
use supple_core::unit::MapUnits;

/// Open spots as dots that lead to their pages, numbered as they were first marked.
pub fn on_map(cx: &Cx<'_>) -> Vec<Spot> {
    let open = cx.state.spots.iter().filter(|spot| spot.is_open());
    open.enumerate()
        .map(|(index, spot)| {
            let name = match &spot.marked.name {
                Some(name) => name.to_string(),
                None => format!("{}, {}", cx.knowledge.regions[&spot.marked.region].name, spot.marked.side),
            };
            Spot {
                view: match spot.marked.view {
                    MapView::Front => View::Front,
                    MapView::Back => View::Back,
                },
                x: f64::from(spot.marked.x.get()) * f64::from(WIDTH) / 1000.0,
                y: f64::from(spot.marked.y.get()) * f64::from(HEIGHT) / 1000.0,
                number: u32::try_from(index + 1).unwrap_or(u32::MAX),
                label: format!("spot {}, {name}", index + 1),
                href: Some(cx.href(&format!("spots/{}", spot.id))),
            }
        })
        .collect()
}

/// New spots of a form, each `calf|left|back|512|708|0|outer left calf`: region, side, view, thousandths of the
/// picture from the left and from above, 1 for a lump, a name. What cannot be read is left out; a spot also marks its
/// place as tight.
pub fn read(form: &Form, action: &str, marks: &mut Marks) -> Vec<SpotMarked> {
    let mut spots = Vec::new();
    for text in form.all("spot") {
        let Some((site, mut spot)) = spot(text) else { continue };
        spot.spot = format!("{action}-{}", spots.len());
        marks.mark_tight(site);
        spots.push(spot);
    }
    spots
}

fn spot(text: &str) -> Option<(Site, SpotMarked)> {
    let mut parts = text.splitn(7, '|');
    let region = RegionId::from_id(parts.next()?)?;
    let side = parts.next()?;
    let half = Half::ALL.into_iter().find(|half| half.side().id() == side)?;
    let view = View::from_id(parts.next()?)?;
    let mut thousandths = || MapUnits::new(parts.next()?.parse().ok()?).ok();
    let (x, y) = (thousandths()?, thousandths()?);
    let lump = parts.next()? == "1";
    let name = parts.next().and_then(|name| Name::new(name).ok());
    // A point says more exactly than a name where it is; both have to agree on the place.
    let units = |share: MapUnits, whole: i32| f64::from(share.get()) * f64::from(whole) / 1000.0;
    let site = site_at(view, units(x, WIDTH), units(y, HEIGHT)).filter(|site| site.region == region);
    let site = site.unwrap_or_else(|| Site::new(region, half));
    let view = match view {
        View::Front => MapView::Front,
        View::Back => MapView::Back,
    };
    let spot = SpotMarked { spot: String::new(), region, side: site.half.side(), view, x, y, name, lump };
    Some((site, spot))
}
