//! What a person makes of the plan: earlier, later, shorter, out, another way. Every change is admitted like a
//! suggestion before it is kept, and again each time the plan is looked at.

use super::{Group, groups, nowhere, page, why_not};
use crate::app::Decision;
use crate::cx::Cx;
use crate::form::Form;
use crate::today::Today;
use maud::{Markup, html};
use supple_core::body::RegionId;
use supple_core::dose::Dose;
use supple_core::event::{EventBody, PlanArranged};
use supple_core::plan::{Alternatives, shorter};

/// The reason of what the person took out.
pub const TAKEN_OUT: &str = "taken_out";

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    /// What Supple suggests.
    Suggested,
    /// These doses.
    To(Vec<Dose>),
    /// Nothing that there is (any more): a form of an older page.
    Nothing,
    /// Something that cannot be, and why.
    Cannot(&'static str),
}

/// Keeps a change, or says why not.
pub fn post(cx: &Cx<'_>, form: &Form) -> Decision {
    let today = match Today::ready(cx) {
        Ok(today) => today,
        Err(path) => return nowhere(cx, path),
    };
    if came_from(cx, form) {
        return nowhere(cx, "plan");
    }
    let doses = match asked(cx, &today, form) {
        Change::Suggested => return keep(cx, Vec::new()),
        Change::Nothing => return nowhere(cx, "plan"),
        Change::Cannot(why) => return refuse(cx, &today, html! { p { b { "Not changed. " } (why) } }),
        Change::To(doses) => doses,
    };
    match today.admit(cx, &doses) {
        Ok(_) => keep(cx, doses),
        Err(problems) => {
            let why = html! {
                p { b { "Not changed." } }
                @for problem in &problems { p { (why_not(cx, problem)) } }
            };
            refuse(cx, &today, why)
        }
    }
}

/// Whether the arrangement in force is what this very form led to: it was sent twice.
fn came_from(cx: &Cx<'_>, form: &Form) -> bool {
    let Some((action, arranged)) = form.get("action").zip(cx.state.arrangement.as_ref()) else { return false };
    arranged.id.rsplit_once('.').is_some_and(|(before, _)| before == action)
}

/// No doses mean that what Supple suggests is back in force.
fn keep(cx: &Cx<'_>, doses: Vec<Dose>) -> Decision {
    let based_on = cx.state.head.clone();
    cx.record([EventBody::PlanArranged(PlanArranged { based_on, doses })], "plan")
}

fn refuse(cx: &Cx<'_>, today: &Today<'_>, why: Markup) -> Decision {
    cx.answer(page(cx, today, 422, Some(why)))
}

fn asked(cx: &Cx<'_>, today: &Today<'_>, form: &Form) -> Change {
    let doses = today.doses();
    let what = form.get("do").unwrap_or("");
    match what {
        "suggested" => return Change::Suggested,
        "back-in" => return back_in(today, doses, form),
        _ => {}
    }
    let groups = groups(&doses);
    let key = form.get("block").unwrap_or("");
    let Some(at) = groups.iter().position(|group| group.key(&doses) == key) else { return Change::Nothing };
    let mut parts: Vec<Vec<Dose>> = groups.iter().map(|group: &Group| doses[group.range.clone()].to_vec()).collect();
    match what {
        "up" if at > 0 => parts.swap(at, at - 1),
        "down" if at + 1 < parts.len() => parts.swap(at, at + 1),
        "shorter" => {
            let shorter: Option<Vec<Dose>> = parts[at].iter().map(|dose| shorter(cx.knowledge, dose)).collect();
            match shorter {
                Some(doses) => parts[at] = doses,
                None => return Change::Cannot("It is already as short as is worth getting into position for."),
            }
        }
        "only-left" | "only-right" if parts[at].len() > 1 => {
            parts[at].retain(|dose| what.strip_prefix("only-") == Some(dose.side.id()));
        }
        "out" if parts.len() > 1 => {
            parts.remove(at);
        }
        "out" => return Change::Cannot("It is the last thing in it. If you want nothing today, just leave it."),
        "swap" => match other_way(cx, today, &parts[at], form) {
            Some(doses) => parts[at] = doses,
            None => return Change::Cannot("That way is not allowed there today."),
        },
        _ => return Change::Nothing,
    }
    Change::To(parts.concat())
}

fn other_way(cx: &Cx<'_>, today: &Today<'_>, doses: &[Dose], form: &Form) -> Option<Vec<Dose>> {
    let with = form.get("with")?;
    let allowed = Alternatives::gathered(cx.knowledge, today.clearance()?, &today.assessment);
    let mut others = allowed.to(doses).into_iter();
    others.find(|other| other.first().is_some_and(|dose| dose.technique == with))
}

/// What was suggested for a place and taken out comes back, at the end.
fn back_in(today: &Today<'_>, mut doses: Vec<Dose>, form: &Form) -> Change {
    let Some(region) = form.get("region") else { return Change::Nothing };
    let suggested = today.proposed.iter().flat_map(|plan| &plan.blocks).map(|block| &block.dose);
    let missing = suggested.filter(|dose| {
        dose.region.id() == region
            && !doses.iter().any(|there| there.sites().any(|site| dose.sites().any(|s| s == site)))
    });
    let missing: Vec<Dose> = missing.cloned().collect();
    if missing.is_empty() {
        return Change::Nothing;
    }
    doses.extend(missing);
    Change::To(doses)
}

/// The button that does it.
pub fn put_back(cx: &Cx<'_>, region: RegionId) -> Markup {
    let inside = html! {
        input type="hidden" name="do" value="back-in";
        input type="hidden" name="region" value=(region.id());
        button .plain { "Put it back" }
    };
    cx.form(&format!("back-{region}"), "plan/arrange", inside)
}
