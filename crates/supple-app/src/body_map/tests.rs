//! What the drawing promises: every region is there, in its place, and can be hit with a finger.

use super::outlines::{HEIGHT, WIDTH};
use super::path::{Point, bounds, contains, flatten, mirrored};
use super::picture::backdrop;
use super::shape::{FINGER, Shape, View, shapes, site_at};
use super::{Map, RegionLook, Spot, highlight, svg};
use supple_core::body::{Half, RegionId, Side, Site};
use supple_core::sorted::SortedSet;
use supple_core::unit::Felt;
use supple_knowledge::embedded;

/// Distance between two sample points, in map units.
const GRID: i32 = 5;
/// CSS pixels for a map unit on a phone: a view in 390 × 700.
fn pixels_per_unit() -> f64 {
    (390.0 / f64::from(WIDTH)).min(700.0 / f64::from(HEIGHT))
}

fn samples() -> impl Iterator<Item = Point> {
    (0..HEIGHT / GRID).flat_map(|row| {
        (0..WIDTH / GRID).map(move |column| (f64::from(column * GRID) + 0.5, f64::from(row * GRID) + 0.5))
    })
}

/// A shape with its outline as straight pieces and the corners of the box around it.
struct Flat {
    shape: Shape,
    lines: Vec<Vec<Point>>,
    low: Point,
    high: Point,
}

impl Flat {
    fn holds(&self, point: Point) -> bool {
        let boxed =
            point.0 >= self.low.0 && point.0 <= self.high.0 && point.1 >= self.low.1 && point.1 <= self.high.1;
        boxed && contains(&self.lines, point)
    }
}

fn flat(view: View) -> Vec<Flat> {
    shapes(view)
        .map(|shape| {
            let lines = shape.lines();
            let (low, high) = bounds(&lines);
            Flat { shape, lines, low, high }
        })
        .collect()
}

fn plain(region: RegionId, side: Side) -> RegionLook {
    let known = &embedded().regions[&region];
    let look = RegionLook::plain(format!("{side} {}", known.name)).leads_to(format!("/today/{region}/{side}"));
    RegionLook { rollable: known.rollable, ..look }
}

fn picture(view: View) -> String {
    let map = Map { view, id: &view.id()[..1], label: "your body, seen from the front", spots: &[] };
    svg(&map, plain).into_string()
}

#[test]
fn every_site_is_on_the_map() {
    let drawn: SortedSet<(RegionId, Half)> = View::ALL
        .into_iter()
        .flat_map(shapes)
        .flat_map(|shape| shape.side.halves().iter().map(move |&half| (shape.region, half)))
        .collect();
    let missing: Vec<Site> = Site::all().filter(|site| !drawn.contains(&(site.region, site.half))).collect();
    assert!(missing.is_empty(), "draw these: {missing:?}");
}

#[test]
fn a_region_that_is_rolled_has_a_shape_for_each_side() {
    for view in View::ALL {
        for shape in shapes(view).filter(|shape| embedded().regions[&shape.region].rollable) {
            assert_ne!(shape.side, Side::Midline, "{} in the {} view", shape.region, view.id());
        }
    }
}

#[test]
fn no_region_is_drawn_twice_in_a_view() {
    for view in View::ALL {
        let all: Vec<_> = shapes(view).map(|shape| (shape.region, shape.side)).collect();
        assert_eq!(all.iter().collect::<SortedSet<_>>().len(), all.len());
    }
}

#[test]
fn the_centre_of_a_shape_lies_in_it() {
    for shape in View::ALL.into_iter().flat_map(shapes) {
        let (x, y) = shape.centre();
        let found = site_at(shape.view, f64::from(x), f64::from(y));
        assert!(
            found.is_some_and(|site| site.region == shape.region && shape.side.halves().contains(&site.half)),
            "{} {} at {x} {y} found {found:?}",
            shape.side,
            shape.region
        );
    }
}

#[test]
fn left_is_on_the_right_from_the_front_and_on_the_left_from_the_back() {
    let middle = f64::from(WIDTH) / 2.0;
    for shape in View::ALL.into_iter().flat_map(shapes).filter(|shape| shape.side != Side::Midline) {
        let (low, high) = bounds(&shape.lines());
        let on_the_right = (shape.view == View::Front) == (shape.side == Side::Left);
        let beside = if on_the_right { low.0 > middle } else { high.0 < middle };
        assert!(beside, "{} {} in the {} view: {low:?} to {high:?}", shape.side, shape.region, shape.view.id());
    }
}

#[test]
fn a_point_on_the_head_belongs_to_the_half_it_lies_on() {
    let head = |view, x: i32| site_at(view, f64::from(WIDTH / 2 + x), 120.0);
    assert_eq!(head(View::Front, 40), Some(Site::new(RegionId::HeadFace, Half::Left)));
    assert_eq!(head(View::Front, -40), Some(Site::new(RegionId::HeadFace, Half::Right)));
    assert_eq!(head(View::Back, 40), Some(Site::new(RegionId::HeadFace, Half::Right)));
    assert_eq!(head(View::Back, -40), Some(Site::new(RegionId::HeadFace, Half::Left)));
}

#[test]
fn beside_the_body_there_is_no_site() {
    for (x, y) in [(2.0, 2.0), (-50.0, 900.0), (f64::from(WIDTH) / 2.0, f64::from(HEIGHT) - 3.0), (f64::NAN, 500.0)] {
        for view in View::ALL {
            assert_eq!(site_at(view, x, y), None, "{x} {y}");
        }
    }
}

#[test]
fn shapes_do_not_overlap() {
    for view in View::ALL {
        let flat = flat(view);
        for point in samples() {
            let here: Vec<_> = flat.iter().filter(|flat| flat.holds(point)).map(|flat| flat.shape.region).collect();
            assert!(here.len() <= 1, "{here:?} lie over each other at {point:?} in the {} view", view.id());
        }
    }
}

#[test]
fn every_shape_lies_within_the_silhouette() {
    for view in View::ALL {
        let half = backdrop(view).0;
        let body = [flatten(half), flatten(&mirrored(half))];
        for Flat { shape, lines, .. } in flat(view) {
            for &point in lines.iter().flatten() {
                assert!(
                    body.iter().any(|half| contains(half, point)),
                    "{} {} leaves the {} silhouette at {point:?}",
                    shape.side,
                    shape.region,
                    view.id()
                );
            }
        }
    }
}

#[test]
fn both_halves_are_the_same_drawing() {
    for shape in View::ALL.into_iter().flat_map(shapes).filter(|shape| shape.side != Side::Midline) {
        assert_eq!(mirrored(&mirrored(&shape.path_d())), shape.path_d());
    }
}

/// What a tap hits: as in a browser, what stands later lies on top, and an extra place counts like its shape.
fn hit(flat: &[Flat], point: Point) -> Option<usize> {
    let near = |shape: &Shape| {
        shape.finger().is_some_and(|(x, y)| {
            let (dx, dy) = (point.0 - f64::from(x), point.1 - f64::from(y));
            dx * dx + dy * dy <= f64::from(FINGER * FINGER)
        })
    };
    flat.iter().rposition(|flat| near(&flat.shape) || flat.holds(point))
}

#[test]
fn every_region_offers_a_finger_the_area_of_a_24_pixel_square() {
    let grid = f64::from(GRID) * pixels_per_unit();
    for view in View::ALL {
        let flat = flat(view);
        let mut pixels = vec![0.0; flat.len()];
        for point in samples() {
            if let Some(k) = hit(&flat, point) {
                pixels[k] += grid * grid;
            }
        }
        for (Flat { shape, .. }, pixels) in flat.iter().zip(pixels) {
            assert!(
                pixels >= 24.0 * 24.0,
                "{} {} in the {} view: {pixels:.0} square pixels to tap",
                shape.side,
                shape.region,
                view.id()
            );
        }
    }
}

#[test]
fn a_tap_on_the_number_of_a_region_hits_that_region() {
    for view in View::ALL {
        let flat = flat(view);
        for (k, Flat { shape, .. }) in flat.iter().enumerate() {
            let (x, y) = shape.centre();
            let found = hit(&flat, (f64::from(x), f64::from(y))).map(|k| flat[k].shape.region);
            assert_eq!(hit(&flat, (f64::from(x), f64::from(y))), Some(k), "{} is under {found:?}", shape.region);
        }
    }
}

#[test]
fn the_extra_place_is_24_pixels_wide_on_a_phone() {
    assert!(2.0 * f64::from(FINGER) * pixels_per_unit() >= 24.0);
}

#[test]
fn both_views_take_at_most_25_kb() {
    let bytes: usize = View::ALL.into_iter().map(|view| picture(view).len()).sum();
    assert!(bytes <= 25_000, "{bytes} bytes");
}

#[test]
fn the_picture_holds_no_style_and_no_script() {
    for view in View::ALL {
        let picture = picture(view);
        for banned in ["style=", "<style", "<script", "onclick", "javascript:"] {
            assert!(!picture.contains(banned), "{banned}");
        }
    }
}

#[test]
fn every_shape_is_a_named_link() {
    for view in View::ALL {
        let picture = picture(view);
        for shape in shapes(view) {
            let (region, side) = (shape.region, shape.side);
            let name = format!("{side} {}", embedded().regions[&region].name);
            let link = format!(
                r#"href="/today/{region}/{side}" data-region="{region}" data-side="{side}" aria-label="{name}"><title>{name}</title>"#
            );
            assert_eq!(picture.matches(&link).count(), 1, "{link}");
        }
    }
}

#[test]
fn a_level_is_a_class_and_a_printed_number() {
    let map = Map { view: View::Back, id: "b", label: "back", spots: &[] };
    for points in 0..=10 {
        let picture = svg(&map, |region, side| {
            let marked = region == RegionId::Soleus && side == Side::Left;
            if marked { plain(region, side).at(Felt::of(points)) } else { plain(region, side) }
        })
        .into_string();
        assert_eq!(picture.matches(&format!(r#"class="lvl-{points}""#)).count(), 1);
        assert_eq!(picture.matches(&format!(">{points}</text>")).count(), 1);
    }
}

#[test]
fn a_label_cannot_break_out_of_the_picture() {
    let map = Map { view: View::Front, id: "f", label: "front", spots: &[] };
    let picture = svg(&map, |region, side| RegionLook { label: r#""><script>"#.into(), ..plain(region, side) });
    assert!(!picture.into_string().contains("<script"));
}

#[test]
fn a_spot_is_a_numbered_dot_in_its_own_view() {
    let spot = Spot { view: View::Back, x: 350.4, y: 1500.0, number: 3, label: "spot 3".into(), href: None };
    let picture =
        |view| svg(&Map { view, id: "m", label: "map", spots: std::slice::from_ref(&spot) }, plain).into_string();
    assert!(picture(View::Back).contains(r#"<circle cx="350" cy="1500" r="24""#));
    assert!(picture(View::Back).contains(">3</text>"));
    assert!(!picture(View::Front).contains("spot 3"));
}

#[test]
fn the_small_picture_shows_the_whole_region_and_names_the_half() {
    for site in Site::all() {
        let picture = highlight(site, "place").into_string();
        let view_box: Vec<f64> = picture
            .split("viewBox=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a picture has a view box")
            .split(' ')
            .map(|number| number.parse().expect("a number"))
            .collect();
        let lit = picture.split("class=\"lit\" d=\"").nth(1).and_then(|rest| rest.split('"').next());
        let (low, high) = bounds(&flatten(lit.expect("one region is lit")));
        assert!(low.0 >= view_box[0] && low.1 >= view_box[1], "{site:?}");
        assert!(high.0 <= view_box[0] + view_box[2] && high.1 <= view_box[1] + view_box[3], "{site:?}");
        let letter = match site.half {
            Half::Left => ">L</text>",
            Half::Right => ">R</text>",
        };
        assert_eq!(picture.contains(letter), site.region != RegionId::HeadFace, "{site:?}");
    }
}

#[test]
fn corners_hold_the_outline_closely() {
    for view in View::ALL {
        for shape in shapes(view) {
            let (low, high) = shape.corners();
            let (inner_low, inner_high) = super::path::bounds(&shape.lines());
            let slack = [
                inner_low.0 - f64::from(low.0),
                inner_low.1 - f64::from(low.1),
                f64::from(high.0) - inner_high.0,
                f64::from(high.1) - inner_high.1,
            ];
            // Handles reach a little over the curve, never far.
            assert!(slack.iter().all(|over| (-1e-9..60.0).contains(over)), "{:?}: {slack:?}", shape.region);
        }
    }
}
