use super::candidates::Candidates;
use crate::assess::{Assessment, HistoryEffect};
use crate::body::{RegionId, Side, Site, SiteSet};
use crate::dose::Dose;
use crate::event::Answer;
use crate::gate::{Clearance, Refusal};
use crate::knowledge::{Knowledge, Place, Posture, Sides, Technique};
use crate::math;
use crate::unit::Felt;

/// A reason for a choice: an id in `knowledge/` with its sentence filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The id.
    pub id: String,
    /// The sentence.
    pub text: String,
}

/// Something wanted that is not in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The region.
    pub region: RegionId,
    /// The side.
    pub side: Side,
    /// Why.
    pub why: Why,
}

/// A sentence of `reasons.toml` with its values filled in.
pub(crate) fn sentence(knowledge: &Knowledge, id: &str, values: &[(&str, String)]) -> Why {
    let text = knowledge.reasons.get(id).map_or("", |reason| reason.text.as_str());
    let text = values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
    Why { id: id.to_owned(), text }
}

/// Why a block is here, and why it is this long and this strong.
pub(super) fn why(knowledge: &Knowledge, clearance: &Clearance, assessment: &Assessment, dose: &Dose) -> Vec<Why> {
    let say = |id: &str, values: &[(&str, String)]| sentence(knowledge, id, values);
    let sites: SiteSet = dose.sites().collect();
    let mut reasons = Vec::new();
    let soreness = sites.iter().filter_map(|site| assessment.soreness[site]).max();
    let goal = knowledge.planning.goals.get(&assessment.goal);
    let for_goal = || [("goal", goal.map_or(String::new(), |goal| goal.name.clone()))];
    let came_along = goal.is_some_and(|goal| {
        goal.usual_regions.contains(&dose.region) && assessment.has_the_usual_places(&goal.usual_regions)
    });
    let wanted = !sites.intersection(assessment.wants).is_empty();
    if wanted && !came_along {
        reasons.push(say("wanted", &[]));
    }
    if let Some(felt) = soreness {
        reasons.push(say("sore", &[("felt", felt.to_string())]));
    }
    if !sites.intersection(assessment.tight).is_empty() {
        reasons.push(say("tight", &[]));
    }
    if reasons.is_empty() {
        reasons.push(say(if wanted { "usual_place" } else { "usual_for_goal" }, &for_goal()));
    }
    let ahead = sites.iter().filter(|&site| assessment.soreness[site].is_none());
    if let Some(felt) = ahead.filter_map(|site| assessment.sore_tomorrow.get(&site)).max() {
        reasons.push(say("sore_tomorrow", &[("felt", felt.to_string())]));
    }
    reasons
        .push(say("dose_curve", &[("seconds", dose.pressure().to_string()), ("percent", percent(knowledge, dose))]));
    if let Some(prior) = knowledge.priors.effects.get(&assessment.goal) {
        let label = knowledge.grades.get(&prior.grade).map_or(String::new(), |grade| capitalised(&grade.label));
        reasons.push(say("effect", &[("outcome", prior.outcome.clone()), ("grade", label)]));
    }
    let shares: Vec<u32> = sites.iter().filter_map(|site| assessment.effect_shares.get(&site).copied()).collect();
    if !shares.is_empty() {
        let more = shares.iter().sum::<u32>() >= 1000 * shares.len() as u32;
        reasons.push(say(if more { "own_tests_more" } else { "own_tests_less" }, &[]));
    }
    if clearance.first_session() {
        let most = crate::unit::Seconds::new(knowledge.limits.first_session.seconds_per_area);
        reasons.push(say("first_session", &[("seconds", most.to_string())]));
    }
    let rules = &knowledge.limits.age;
    if clearance.first_session()
        && assessment.person.age_years.is_some_and(|age| age.get() >= rules.gentle_start_from_years)
    {
        let (years, felt) = (rules.gentle_start_from_years.to_string(), rules.gentle_start_felt.to_string());
        reasons.push(say("age_gentle_start", &[("years", years), ("felt", felt)]));
    }
    if let (Some(felt), Some(goal)) = (soreness, goal)
        && let Some((_, cap)) = goal.doses.sore_from.zip(goal.doses.sore_felt).filter(|(from, _)| felt.get() >= *from)
    {
        reasons.push(say("sore_gentle", &[("felt", felt.to_string()), ("cap", Felt::of(cap).to_string())]));
    }
    for limit in assessment.history.iter().filter(|limit| sites.contains(limit.site)) {
        let reason = match &limit.effect {
            HistoryEffect::Flare { felt, .. } => {
                let share = math::round_to(knowledge.limits.flare.next_dose_share * 100.0, 0);
                say("flare", &[("felt", felt.to_string()), ("percent", share.to_string())])
            }
            HistoryEffect::AfterStop { .. } => {
                let share = math::round_to(knowledge.limits.flare.next_dose_share * 100.0, 0);
                say("after_stop", &[("percent", share.to_string())])
            }
            HistoryEffect::Lighter { felt_target, .. } => say("lighter_asked", &[("felt", felt_target.to_string())]),
            HistoryEffect::NoStepUp { .. } => say("no_step_up", &[]),
            HistoryEffect::EndedToday | HistoryEffect::ClosedUntil(_) => continue,
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// How much of what the longest dose would give this one gives, in percent.
fn percent(knowledge: &Knowledge, dose: &Dose) -> String {
    let gain = |seconds: u32| 1.0 - math::exp(-f64::from(seconds) / knowledge.priors.tau_seconds);
    let share = gain(dose.pressure().get()) / gain(knowledge.limits.ceilings.seconds_per_area_day);
    math::round_to((share * 100.0).min(100.0), 0).to_string()
}

/// Everything wanted that is not in the plan, and why; both sides together where the reason is the same.
pub(super) fn left_out(
    knowledge: &Knowledge,
    clearance: &Clearance,
    assessment: &Assessment,
    candidates: &Candidates<'_>,
    doses: &[Dose],
) -> Vec<LeftOut> {
    let usual = knowledge.planning.goals.get(&assessment.goal).map_or(&[][..], |goal| &goal.usual_regions);
    let done: SiteSet = doses.iter().flat_map(Dose::sites).collect();
    let mut found: Vec<LeftOut> = Vec::new();
    for site in assessment.places_today(usual).minus(done).iter() {
        let why = why_not(knowledge, clearance, assessment, candidates, site);
        match found.last_mut() {
            Some(last) if last.region == site.region && last.why == why => last.side = Side::Both,
            _ => found.push(LeftOut { region: site.region, side: site.half.side(), why }),
        }
    }
    found
}

fn why_not(
    knowledge: &Knowledge,
    clearance: &Clearance,
    assessment: &Assessment,
    candidates: &Candidates<'_>,
    site: Site,
) -> Why {
    let say = |id: &str, values: &[(&str, String)]| sentence(knowledge, id, values);
    if clearance.avoided(site) {
        return say("avoided", &[]);
    }
    if let Some(closed) = clearance.closed_by(site).min_by_key(|closed| closed.answer) {
        return closed_why(knowledge, assessment, site, closed);
    }
    if candidates.too_tight.contains(&site) {
        return say("limits_too_tight", &[]);
    }
    // The way that got furthest tells most.
    let refusals: Vec<(Refusal, &Technique)> = knowledge
        .techniques
        .values()
        .filter(|technique| technique.region == site.region)
        .filter_map(|technique| {
            let side = match technique.sides {
                Sides::OneAtATime => site.half.side(),
                Sides::Together => Side::Both,
                Sides::Midline => Side::Midline,
            };
            clearance.allowance(knowledge, technique, side).err().map(|refusal| (refusal, technique))
        })
        .collect();
    let ways = knowledge.techniques.values().filter(|technique| technique.region == site.region).count();
    if ways == 0 {
        return say("no_technique", &[]);
    }
    if refusals.len() < ways {
        return say("no_time", &[]);
    }
    let Some((refusal, technique)) = refusals.iter().copied().max_by_key(|(refusal, _)| *refusal) else {
        return say("no_technique", &[]);
    };
    let name_of = |region: RegionId| {
        knowledge.regions.get(&region).map_or(region.id().to_owned(), |region| region.name.clone())
    };
    match refusal {
        // This side is open, so it is the other one that is not.
        Refusal::Blocked => say("blocked_next_to", &[("region", name_of(site.region))]),
        Refusal::BlockedNextTo(region) => say("blocked_next_to", &[("region", name_of(region))]),
        Refusal::AvoidedNextTo(region) => say("avoided_next_to", &[("region", name_of(region))]),
        Refusal::ToolExcluded => say("tool_ruled_out", &[]),
        Refusal::NoPinAndMove => say("no_joint_movement", &[]),
        Refusal::NoTool => {
            let mut tools: Vec<String> = refusals
                .iter()
                .filter(|(refusal, _)| *refusal == Refusal::NoTool)
                .filter_map(|(_, technique)| Some(knowledge.tools.get(&technique.tool)?.name.clone()))
                .collect();
            tools.sort();
            tools.dedup();
            say("no_tool", &[("tools", or(&tools))])
        }
        Refusal::ToolTooHard => say("too_hard_tool", &[]),
        Refusal::NotFirstSession => say("not_first_session", &[]),
        Refusal::AreaFull => {
            let given = clearance.pressure_given(site);
            say("area_full_today", &[("seconds", given.to_string())])
        }
        _ => say("no_place", &[("what", what_it_needs(technique))]),
    }
}

fn closed_why(knowledge: &Knowledge, assessment: &Assessment, site: Site, closed: &crate::gate::Closed) -> Why {
    if let Some(caution) = knowledge.cautions.get(&closed.by) {
        let id = if closed.answer == Answer::Yes { "blocked" } else { "blocked_until_answered" };
        let text = sentence(knowledge, id, &[("name", caution.name.clone())]).text;
        return Why { id: closed.by.clone(), text };
    }
    let felt = assessment.soreness[site].map_or(String::new(), |felt| felt.to_string());
    let until = assessment.history.iter().find_map(|limit| match &limit.effect {
        HistoryEffect::ClosedUntil(date) if limit.site == site => Some(date.to_string()),
        _ => None,
    });
    sentence(knowledge, &closed.by, &[("felt", felt), ("date", until.unwrap_or_default())])
}

/// `a`, `a or b`, `a, b or c`.
fn or(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What a technique asks of place, tool and posture, in words.
fn what_it_needs(technique: &Technique) -> String {
    let place = match technique.place {
        Place::Floor => "the floor",
        Place::Wall => "a wall",
        Place::Chair => "a chair",
    };
    let postures = technique.postures.iter().map(|posture| match posture {
        Posture::Kneeling => "kneeling",
        Posture::WeightOnHands => "weight on the hands",
        Posture::LyingFaceDown => "lying face down",
        Posture::LyingOnBack => "lying on the back",
        Posture::LyingOnSide => "lying on the side",
    });
    let mut all = vec![place];
    all.extend(postures);
    all.join(", ")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
