//! From a judgement and a plan to what a person or a program reads.

use super::{AnsweredReason, BlockView, LeftOutView, PlanAnswer, PlanView, Quantity, VerdictName, WhyView};
use crate::assess::Assessment;
use crate::event::Answer;
use crate::gate::{Judgement, Reason, Verdict};
use crate::knowledge::{Action, Caution, Firmness, Knowledge, Scope, Technique, ToolId, Widen};
use crate::plan::{Estimate, Plan, PlannedBlock, Why, force_and_pressure, sentence};
use crate::sorted::SortedMap;

/// The answer a judgement and its plan give.
#[must_use]
pub fn view(
    knowledge: &Knowledge,
    assessment: &Assessment,
    judgement: &Judgement,
    plan: Option<&Plan>,
) -> PlanAnswer {
    let verdict = match judgement.verdict {
        Verdict::Clear(_) => VerdictName::Clear,
        Verdict::Modify(_) => VerdictName::Modify,
        Verdict::Hold => VerdictName::Hold,
        Verdict::Refer => VerdictName::Refer,
    };
    PlanAnswer {
        verdict,
        reasons: judgement.reasons.iter().map(|reason| reason_view(knowledge, reason)).collect(),
        plan: plan.map(|plan| plan_view(knowledge, assessment, plan)),
    }
}

pub(super) fn reason_view(knowledge: &Knowledge, reason: &Reason) -> AnsweredReason {
    let caution = knowledge.cautions.get(&reason.id);
    let unknown = reason.answer == Answer::Unknown;
    let text = match caution {
        // What is not known is asked again; it is never an alarm.
        Some(caution) if unknown => format!("Still open, so Supple stays on the safe side: {}", caution.question),
        Some(caution) => [format!("{}: {}.", caution.name, effects(knowledge, caution, reason)), caution.why.clone()]
            .into_iter()
            .chain(agreement(knowledge, caution, reason))
            .collect::<Vec<_>>()
            .join(" "),
        None => sentence(knowledge, &reason.id, &reason.values).text,
    };
    let sources = caution
        .map(|caution| &caution.sources)
        .or_else(|| knowledge.reasons.get(&reason.id).map(|sentence| &sentence.sources));
    AnsweredReason {
        id: reason.id.clone(),
        action: reason.action,
        actions: reason.actions.clone(),
        answer: reason.answer,
        holds: reason.holds,
        text,
        advice: caution.filter(|_| !unknown).map(advice),
        question: caution.filter(|_| unknown).map(|caution| caution.question.clone()),
        agreed_on: reason.agreed_on.map(|date| date.to_string()),
        sources: sources.cloned().unwrap_or_default(),
    }
}

fn agreement(knowledge: &Knowledge, caution: &Caution, reason: &Reason) -> Option<String> {
    if let Some(date) = reason.agreed_on {
        let agreed = sentence(knowledge, "agreed", &[("date", date.to_string())]).text;
        let direction = caution.limits.if_cleared.as_ref().map(|cleared| format!(" {}.", cleared.direction));
        return Some(agreed + &direction.unwrap_or_default());
    }
    let (date, id) = reason.agreement_refused?;
    let days = knowledge.screen.agreement_holds_days.to_string();
    Some(sentence(knowledge, id, &[("date", date.to_string()), ("days", days)]).text)
}

/// What an entry does today, in a few words.
fn effects(knowledge: &Knowledge, caution: &Caution, reason: &Reason) -> String {
    if caution.action == Action::StopAndReferUrgently {
        return "get help first".to_owned();
    }
    // Where there is no session, what it would be like means nothing.
    if reason.holds {
        return "no session for now".to_owned();
    }
    let limits = &caution.limits;
    let defaults = &knowledge.limits.defaults;
    let lifted = reason.agreed_on.is_some();
    let mut words: Vec<String> = Vec::new();
    if !lifted && (caution.does(Action::AvoidRegion) || caution.action == Action::AskClinician) {
        words.push(left_alone(caution));
    }
    for action in caution.actions() {
        match action {
            Action::AvoidVibration => words.push("no vibration".to_owned()),
            Action::LowerPressure => {
                let felt = limits.felt_max.unwrap_or(defaults.lower_pressure_felt);
                words.push(format!("pressure at most {felt} of 10"));
            }
            Action::Shorten => {
                let seconds = limits.seconds_per_area.unwrap_or(defaults.shorten_seconds_per_area);
                let sets = limits.max_sets.unwrap_or(defaults.shorten_sets);
                words.push(format!("at most {seconds} s on each area, {}", times(sets)));
            }
            Action::StopAndReferUrgently | Action::AvoidAll | Action::AskClinician | Action::AvoidRegion => {}
        }
    }
    if limits.places_only.is_some() {
        words.push("only at the wall or on a chair".to_owned());
    }
    if limits.tools_excluded.contains(&ToolId::VibratingRoller) && !caution.does(Action::AvoidVibration) {
        words.push("no vibration".to_owned());
    }
    words.extend(how_hard(knowledge, &limits.firmness_at_most));
    if let Some(cleared) = limits.if_cleared.as_ref().filter(|_| lifted) {
        let (felt, seconds, sets) = (cleared.felt_max, cleared.seconds_per_area, times(cleared.max_sets));
        words.push(format!("there at most {felt} of 10 and {seconds} s, {sets}, only with soft tools"));
    }
    if words.is_empty() {
        words.push(if lifted { "agreed with your clinician".to_owned() } else { "take it gently".to_owned() });
    }
    words.join(", ")
}

/// Which places an entry closes. The advice that follows names those of an entry with a fixed reach.
fn left_alone(caution: &Caution) -> String {
    let places = match (caution.scope, caution.widen) {
        (Scope::MarkedArea, Some(Widen::WholeLimb)) => "nothing on that arm or leg",
        (Scope::MarkedArea, Some(Widen::DownTheLimb)) => "nothing from there down the limb",
        (Scope::MarkedArea, None) => "nothing on that place",
        _ => "nothing on the places below",
    };
    let until =
        if caution.does(Action::AskClinician) && !caution.never_lifted { " until a clinician agrees" } else { "" };
    format!("{places}{until}")
}

fn times(sets: u8) -> String {
    if sets == 1 { "once".to_owned() } else { format!("{sets} sets") }
}

fn how_hard(knowledge: &Knowledge, firmness_at_most: &SortedMap<ToolId, Firmness>) -> Option<String> {
    let hardest = firmness_at_most.values().max()?;
    if *hardest > Firmness::Soft {
        return Some("no hard tools".to_owned());
    }
    let names: Vec<&str> =
        firmness_at_most.keys().filter_map(|tool| Some(knowledge.tools.get(tool)?.name.as_str())).collect();
    Some(format!("{} only if soft", names.join(" and ")))
}

/// What to do, and what to look out for.
fn advice(caution: &Caution) -> String {
    let more = caution.limits.watch_for.as_ref().map(|text| format!("{}.", text.trim_end_matches('.')));
    [caution.advice.clone()].into_iter().chain(more).collect::<Vec<_>>().join(" ")
}

fn plan_view(knowledge: &Knowledge, assessment: &Assessment, plan: &Plan) -> PlanView {
    let goal = knowledge.planning.goals.get(&assessment.goal);
    let offer = goal.and_then(|goal| goal.offer.as_ref()).map(|offer| offer.text.clone());
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    let objective = plan.objective_micro as f64 / 1e6;
    PlanView {
        offer,
        says: goal.map_or(String::new(), |goal| goal.says.clone()),
        blocks: plan.blocks.iter().filter_map(|block| block_view(knowledge, assessment, block)).collect(),
        left_out: plan
            .left_out
            .iter()
            .map(|left| LeftOutView {
                region: left.region,
                side: left.side,
                id: left.why.id.clone(),
                why: left.why.text.clone(),
            })
            .collect(),
        seconds_total: plan.total.get(),
        seconds_pressure: plan.blocks.iter().map(|block| block.dose.pressure().get()).sum(),
        objective,
    }
}

pub(super) fn block_view(knowledge: &Knowledge, assessment: &Assessment, block: &PlannedBlock) -> Option<BlockView> {
    let technique = knowledge.techniques.get(&block.dose.technique)?;
    let (force, pressure) = force_and_pressure(knowledge, technique, assessment.person.body_mass_kg);
    let gentle = block.dose.felt_target.get() < knowledge.limits.ceilings.felt_target;
    Some(BlockView {
        dose: block.dose.clone(),
        name: technique.name.clone(),
        position: technique.position.clone(),
        setup: technique.setup.clone(),
        line_of_travel: format!("From {}, to {}.", technique.line.from, technique.line.to),
        small_movements: technique.small_movements.clone(),
        active_movement: technique.active_movement.clone().filter(|_| block.active_movement),
        lighter: technique.pressure.lighter.clone(),
        // Nothing heavier is offered where anything asked for less.
        heavier: if gentle { Vec::new() } else { technique.pressure.heavier.clone() },
        force_newtons: quantity(force),
        pressure_kpa: quantity(pressure),
        why: block.why.iter().map(why_view).collect(),
        grade: technique.grade,
        sources: sources(knowledge, assessment, technique),
    })
}

/// The technique's sources, then those of the effect to expect.
fn sources(knowledge: &Knowledge, assessment: &Assessment, technique: &Technique) -> Vec<String> {
    let effect = knowledge.priors.effects.get(&assessment.goal).map_or(&[][..], |prior| &prior.sources);
    let mut all = technique.sources.clone();
    all.extend(effect.iter().filter(|id| !technique.sources.contains(id)).cloned());
    all
}

fn quantity(estimate: Estimate) -> Quantity {
    Quantity { low: estimate.low, usual: estimate.usual, high: estimate.high, source: estimate.source }
}

pub(super) fn why_view(why: &Why) -> WhyView {
    WhyView { id: why.id.clone(), text: why.text.clone() }
}
