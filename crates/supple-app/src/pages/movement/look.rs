use super::{screen_id, title};
use crate::app::Decision;
use crate::cx::Cx;
use crate::figure::{PictureKind, Subject, moving_or_still, picture};
use crate::form::Form;
use crate::words::region;
use maud::{Markup, html};
use supple_core::body::{Area, RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{EventBody, MovementEnd, MovementScreened, MovementSeen};
use supple_core::knowledge::{Compensation, MovementTest, Viewpoint};
use supple_core::movement::words::view_in_words;
use supple_core::movement::{ScreenRecord, Step, after_pain};

/// The page of one look: what to do, what to look for, and on how many repetitions it was seen. `by_hand` is the test
/// somebody chose by hand, `wrong` what was wrong with what was posted.
pub fn form(
    cx: &Cx<'_>,
    step: &Step,
    screen: Option<&ScreenRecord<'_>>,
    (by_hand, wrong): (Option<&str>, Option<&str>),
) -> Markup {
    let Some(test) = cx.knowledge.movement_tests.get(&step.test) else { return html! {} };
    let retake = test.retests.iter().find(|retake| Some(&retake.id) == step.retest.as_ref());
    let looks = screen.map_or(0, |screen| screen.looks.len());
    // What was read once need not be read from each side again.
    let known = screen.is_some_and(|screen| screen.looks.iter().any(|look| look.what.test == step.id()));
    let rows: Vec<(&str, &Compensation)> =
        step.looks_for.iter().filter_map(|id| Some((id.as_str(), cx.knowledge.compensations.get(id)?))).collect();
    let inside = html! {
        input type="hidden" name="screen" value=(screen_id(cx, screen));
        input type="hidden" name="test" value=(step.id());
        @if let Some(id) = by_hand { input type="hidden" name="hand" value=(id); }
        @if let Some(side) = step.side { input type="hidden" name="side" value=(side.id()); }
        input type="hidden" name="view" value=(view_id(step.view));
        input type="hidden" name="repetitions" value=(step.repetitions);
        @for (id, compensation) in &rows { (row(cx, step, test, id, compensation)) }
        p { button .primary .big .wide name="do" value="next" { "Next" } }
        p { button .wide name="do" value="none" formnovalidate { "I looked: " @if rows.len() == 1 { "not seen" } @else { "none of these" } } }
        (hurts(cx, step, test))
        p .row {
            button name="do" value="skip_view" formnovalidate { "Cannot look " (view_in_words(step.view).to_lowercase()) }
            button name="do" value="skip_test" formnovalidate { "Skip this test" }
        }
    };
    html! {
        p .eyebrow { "Movement, look " (looks + 1) }
        h1 { (title(cx, step)) }
        p .lead {
            (view_in_words(step.view))
            @if let Some(side) = step.side { ", " b { (side_words(side)) } }
            @if retake.is_some() { ", with one thing changed" }
        }
        @if let Some(wrong) = wrong { p .error role="alert" { (wrong) } }
        @if let Some(caution) = &test.caution { p .caution { (caution) } }
        @if let Some(retake) = retake {
            section .card { h2 { "What changes" } p { (retake.change) } }
        } @else {
            details .card open[!known] {
                summary { "How to do it" }
                (moving_or_still(cx.knowledge, Subject::MovementTest(&step.test), drawn_side(step)).unwrap_or_default())
                ol .protocol { @for step in &test.steps { li { (step) } } }
                p .small { "With: " (test.needs) }
            }
        }
        section .card .looks {
            h2 { "On how many of " (step.repetitions) " do you see it?" }
            (cx.form("look", "movement", inside))
        }
    }
}

/// One thing to look for: when it is fine, when it is this one, and on how many.
fn row(cx: &Cx<'_>, step: &Step, test: &MovementTest, id: &str, compensation: &Compensation) -> Markup {
    let which_side = compensation.has_side && !test.each_side;
    html! {
        fieldset .look {
            input type="hidden" name="looked-for" value=(id);
            legend { (compensation.name) }
            // The first picture is over the words for the first, the second over those for the second.
            div .pair {
                (picture(cx.knowledge, Subject::Compensation(id), drawn_side(step), PictureKind::SideBySide).unwrap_or_default())
                p { b { "Fine" } " " (compensation.fine) }
                p { b { "This one" } " " (compensation.seen) }
            }
            div .choices .count role="radiogroup" aria-label={ (compensation.name) ", seen on" } {
                @for on in 0..=step.repetitions {
                    label .choice {
                        input type="radio" name={ "on." (id) } value=(on) required;
                        span { (on) }
                    }
                }
            }
            @if which_side {
                div .choices {
                    @for (value, words) in [("both", "Both sides"), ("left", "Left"), ("right", "Right")] {
                        label .choice {
                            input type="radio" name={ "side." (id) } value=(value) checked[value == "both"];
                            span { (words) }
                        }
                    }
                }
            }
        }
    }
}

/// The side that is drawn: the one that is looked at; the right one where both are.
fn drawn_side(step: &Step) -> Side {
    step.side.unwrap_or(Side::Right)
}

/// The button for pain, with the places the test loads. Nothing marked means all of them.
fn hurts(cx: &Cx<'_>, step: &Step, test: &MovementTest) -> Markup {
    html! {
        details .hurts {
            summary .button .wide { "It hurts" }
            p { "This test ends now, and the place rests today. Where was it? If it is hard to say, mark nothing." }
            div .choices {
                @for id in &test.loads {
                    label .choice {
                        input type="checkbox" name="pain" value=(id);
                        span { (region(cx.knowledge, *id)) }
                    }
                }
            }
            @if step.side.is_none() {
                div .choices {
                    @for (value, words) in [("both", "Both sides"), ("left", "Left"), ("right", "Right")] {
                        label .choice {
                            input type="radio" name="pain_side" value=(value) checked[value == "both"];
                            span { (words) }
                        }
                    }
                }
            }
            p { button .big .wide name="do" value="pain" formnovalidate { "Stop this test" } }
        }
    }
}

/// What a posted form says.
///
/// # Errors
/// What to do about it, where it is about no test there is, or counts more than were done.
pub fn read(cx: &Cx<'_>, form: &Form) -> Result<MovementScreened, &'static str> {
    const AGAIN: &str = "That look could not be read. Here it is again.";
    const NOT_CHOSEN: &str = "Choose a number for each, or say that you saw none of these or cannot look from there.";
    let (screen, id) = form.get("screen").zip(form.get("test")).ok_or(AGAIN)?;
    let test = cx
        .knowledge
        .movement_tests
        .iter()
        .find(|(known, test)| known.as_str() == id || test.retests.iter().any(|retake| retake.id == id));
    let (test_id, test) = test.ok_or(AGAIN)?;
    let view = form.get("view").and_then(view_of).ok_or(AGAIN)?;
    let side = match form.get("side") {
        Some("left") => Some(Side::Left),
        Some("right") => Some(Side::Right),
        _ => None,
    };
    if side.is_some() != (test.each_side && test_id == id) {
        return Err(AGAIN);
    }
    let mut look = MovementScreened {
        screen: screen.to_owned(),
        test: id.to_owned(),
        side,
        view: Some(view),
        repetitions: test.repetitions,
        end: MovementEnd::Done,
        seen: Vec::new(),
        pain: Vec::new(),
    };
    match form.get("do") {
        Some("skip_view") => (look.end, look.repetitions) = (MovementEnd::Skipped, 0),
        Some("skip_test") => (look.end, look.repetitions, look.view) = (MovementEnd::Skipped, 0, None),
        Some("pain") => {
            // What was seen until it hurt was seen on repetitions nobody counted, so it says nothing.
            (look.end, look.repetitions) = (MovementEnd::Pain, 0);
            let side = side.or_else(|| form.get("pain_side").and_then(one_side));
            let places: Vec<&str> = form.all("pain").collect();
            let known = RegionId::ALL.into_iter().filter(|region| places.contains(&region.id()));
            look.pain = known.map(|region| Area { region, side }).collect();
        }
        Some("none") => {}
        _ => {
            // What nobody chose a number for was not looked at; none of it is taken for "not seen".
            if form.all("looked-for").any(|id| form.get(&format!("on.{id}")).is_none()) {
                return Err(NOT_CHOSEN);
            }
            for (id, on) in form.below("on.") {
                let known = cx.knowledge.compensations.get(id).filter(|known| known.test == *test_id);
                let known = known.ok_or(AGAIN)?;
                let on: u8 = on.parse().map_err(|_| AGAIN)?;
                if on > test.repetitions {
                    return Err("Nothing can be seen more often than it was done. Choose again.");
                }
                if on > 0 {
                    let named = form.get(&format!("side.{id}")).and_then(one_side);
                    let side = named.filter(|_| known.has_side && !test.each_side);
                    look.seen.push(MovementSeen { compensation: id.to_owned(), side, on });
                }
            }
        }
    }
    Ok(look)
}

/// Writes a look, with what follows from pain at once, and goes on: with the screen, or with the test chosen by hand.
pub fn record(cx: &Cx<'_>, look: MovementScreened, by_hand: Option<&str>) -> Decision {
    if look.end == MovementEnd::Pain {
        let asked = after_pain(cx.state, cx.knowledge, cx.now(), &look);
        let bodies = std::iter::once(EventBody::MovementScreened(look)).chain(asked);
        return cx.record(bodies, "movement/hurt");
    }
    let by_hand = by_hand.filter(|id| cx.knowledge.movement_tests.contains_key(*id));
    let then = by_hand.map_or_else(|| "movement?on=yes".to_owned(), |id| format!("movement?test={id}"));
    cx.record([EventBody::MovementScreened(look)], &then)
}

fn one_side(text: &str) -> Option<Side> {
    match text {
        "left" => Some(Side::Left),
        "right" => Some(Side::Right),
        _ => None,
    }
}

const VIEWS: [(Viewpoint, &str); 4] =
    [(Viewpoint::Front, "front"), (Viewpoint::Side, "side"), (Viewpoint::Back, "back"), (Viewpoint::Above, "above")];

fn view_id(view: Viewpoint) -> &'static str {
    VIEWS.iter().find(|(known, _)| *known == view).map_or("front", |(_, id)| id)
}

fn view_of(text: &str) -> Option<Viewpoint> {
    VIEWS.iter().find(|(_, id)| *id == text).map(|(view, _)| *view)
}
