//! What has to be known once: age, tools, and places. Later only a line that can be opened.

use crate::cx::Cx;
use crate::form::Form;
use maud::{Markup, html};
use supple_core::event::ProfileChanged;
use supple_core::knowledge::{Firmness, Place, ToolId};
use supple_core::sorted::SortedMap;
use supple_core::unit::AgeYears;

/// What the form says about the person.
pub struct Said {
    /// What is new, if anything is.
    pub changed: Option<ProfileChanged>,
    /// What cannot be taken, in words.
    pub problems: Vec<&'static str>,
}

/// Reads the fields of [`fields`].
pub fn read(cx: &Cx<'_>, form: &Form) -> Said {
    let profile = &cx.state.profile;
    let mut change = ProfileChanged::default();
    let mut problems = Vec::new();
    let today = cx.now().date();
    if form.has("age") {
        match form.read::<u8>("age").and_then(|age| AgeYears::new(age).ok()) {
            Some(age) => change.age_years = Some(age),
            None => problems.push("Age: a whole number of years from 0 to 120."),
        }
    } else if profile.age_on(today).is_none() {
        problems.push("Age: a whole number of years from 0 to 120.");
    }
    if form.has("adult") {
        change.adult_present = Some(form.get("adult") == Some("yes"));
    }
    if form.has("tools_shown") {
        let chosen = chosen_tools(form);
        if chosen.is_empty() {
            problems.push("Tools: mark at least one. A tennis ball in a sock or a filled bottle will do.");
        } else {
            let places = profile.places.clone();
            let tools = at_hand(chosen, places.as_deref());
            let firmness: SortedMap<_, _> = tools.iter().filter_map(|(tool, hard)| Some((*tool, (*hard)?))).collect();
            let ids: Vec<ToolId> = tools.into_keys().collect();
            if ids != profile.tools || firmness != profile.tool_firmness {
                change.tools = Some(ids);
                change.tool_firmness = Some(firmness);
            }
        }
    } else if profile.tools.is_empty() {
        problems.push("Tools: mark at least one. A tennis ball in a sock or a filled bottle will do.");
    }
    Said { changed: Some(change).filter(|change| *change != ProfileChanged::default()), problems }
}

/// The tools that are ticked, each with how firm it is; nothing is not sure, which counts as hard.
pub fn chosen_tools(form: &Form) -> SortedMap<ToolId, Option<Firmness>> {
    let firmness = |tool: ToolId| match form.get(&format!("firm.{tool}")) {
        Some("soft") => Some(Firmness::Soft),
        Some("medium") => Some(Firmness::Medium),
        Some("hard") => Some(Firmness::Hard),
        _ => None,
    };
    form.all("tool").filter_map(ToolId::from_id).map(|tool| (tool, firmness(tool))).collect()
}

/// A ball is also a ball against a wall, where there is one.
pub fn at_hand(
    mut tools: SortedMap<ToolId, Option<Firmness>>,
    places: Option<&[Place]>,
) -> SortedMap<ToolId, Option<Firmness>> {
    if let Some(&ball) = tools.get(&ToolId::Ball)
        && places.is_none_or(|places| places.contains(&Place::Wall))
    {
        tools.insert(ToolId::WallBall, ball);
    }
    tools
}

/// Everything still missing, open; what is known, folded away.
pub fn fields(cx: &Cx<'_>) -> Markup {
    let profile = &cx.state.profile;
    let today = cx.now().date();
    let age = profile.age_on(today);
    let adult_from = cx.knowledge.limits.age.adult_from_years;
    let young = age.is_some_and(|age| age.get() < adult_from) && !profile.adult_present_on(today);
    html! {
        @if profile.tools.is_empty() {
            fieldset { legend { "Your tools" } (tools(cx)) }
        } @else {
            details .known {
                summary { "With: " (tool_names(cx)) }
                fieldset { legend .visually-hidden { "Your tools" } (tools(cx)) }
            }
        }
        @if age.is_none() {
            fieldset {
                legend { "Your age" }
                input type="number" name="age" min="0" max="120" inputmode="numeric" required aria-label="Age in years";
                p .small { "Some limits go by age." }
            }
        }
        @if young {
            fieldset {
                legend { "Is an adult here with you today who agrees to this?" }
                div .choices {
                    label .choice { input type="radio" name="adult" value="yes"; span { "Yes" } }
                    label .choice { input type="radio" name="adult" value="no"; span { "No" } }
                }
            }
        }
    }
}

/// The tools, to be ticked, and how firm each is.
pub fn tools(cx: &Cx<'_>) -> Markup {
    let profile = &cx.state.profile;
    let shown = || cx.knowledge.tools.iter().filter(|(tool, _)| **tool != ToolId::WallBall);
    html! {
        input type="hidden" name="tools_shown" value="1";
        div .choices {
            @for (tool, known) in shown() {
                label .choice {
                    input type="checkbox" name="tool" value=(tool) checked[profile.tools.contains(tool)];
                    span { (known.name) }
                }
            }
        }
        details .firm {
            summary { "How firm?" }
            p .small { "Not sure counts as hard. Soft gives way under your thumb, medium gives a little, hard does not, or has ridges." }
            @for (tool, known) in shown().filter(|(tool, _)| **tool != ToolId::VibratingRoller) {
                @let now = profile.tool_firmness.get(tool);
                label .firmness { span { (known.name) }
                    select name={ "firm." (tool) } {
                        option value="" selected[now.is_none()] { "not sure" }
                        option value="soft" selected[now == Some(&Firmness::Soft)] { "soft" }
                        option value="medium" selected[now == Some(&Firmness::Medium)] { "medium" }
                        option value="hard" selected[now == Some(&Firmness::Hard)] { "hard" }
                    }
                }
            }
            @for (_, known) in shown() {
                @for stand_in in &known.stand_ins {
                    p .small { "No " (known.name) "? " (stand_in.what) " will do; mark it as "
                        (firmness_word(stand_in.firmness)) "." }
                }
            }
        }
    }
}

const fn firmness_word(firmness: Firmness) -> &'static str {
    match firmness {
        Firmness::Soft => "soft",
        Firmness::Medium => "medium",
        Firmness::Hard => "hard",
    }
}

/// The tools that are known, in words.
pub fn tool_names(cx: &Cx<'_>) -> String {
    let shown = cx.state.profile.tools.iter().filter(|tool| **tool != ToolId::WallBall);
    let names: Vec<&str> =
        shown.map(|tool| cx.knowledge.tools.get(tool).map_or(tool.id(), |known| &known.name)).collect();
    names.join(", ")
}
