//! Why an item is here, in sentences of `reasons.toml`.

use super::{Item, ItemKind, Wishes};
use crate::body::RegionId;
use crate::knowledge::{Goal, Knowledge};
use crate::plan::{Why, sentence};

/// Why an item is in the programme.
#[must_use]
pub fn why(knowledge: &Knowledge, wishes: &Wishes, item: &Item) -> Vec<Why> {
    let say = |id: &str| sentence(knowledge, id, &[]);
    match (item.kind, item.goal) {
        (ItemKind::Screen, _) => vec![say("programme_why_screen")],
        (ItemKind::Smr, Some(Goal::WarmUp)) => vec![say("programme_why_before")],
        (ItemKind::Smr, Some(Goal::Recovery)) => vec![say("programme_why_after")],
        (ItemKind::Smr, goal) => {
            let mut all: Vec<Why> = Vec::new();
            for area in &item.areas {
                let why = why_rolled(knowledge, wishes, area.region, goal);
                if !all.contains(&why) {
                    all.push(why);
                }
            }
            all
        }
        (ItemKind::Stretch, _) => vec![say("programme_why_stretch")],
        (ItemKind::Strengthen, _) => vec![say("programme_why_strengthen"), say("programme_why_step")],
        (ItemKind::Integrate, _) => vec![say("programme_why_integrate")],
    }
}

fn why_rolled(knowledge: &Knowledge, wishes: &Wishes, region: RegionId, goal: Option<Goal>) -> Why {
    if wishes.wants.contains(&region) {
        return sentence(knowledge, "wanted", &[]);
    }
    let seen = wishes.compensations.iter().filter_map(|seen| knowledge.compensations.get(&seen.id));
    if let Some(seen) = seen.into_iter().find(|seen| seen.roll.contains(&region)) {
        return sentence(knowledge, "programme_why_seen", &[("seen", seen.name.clone())]);
    }
    let goal = goal.and_then(|goal| knowledge.planning.goals.get(&goal));
    sentence(knowledge, "usual_for_goal", &[("goal", goal.map_or(String::new(), |goal| goal.name.clone()))])
}

/// What people call an item. It says nothing of health.
#[must_use]
pub const fn title(item: &Item) -> &'static str {
    match (item.kind, item.goal) {
        (ItemKind::Screen, _) => "The movement screen",
        (ItemKind::Smr, Some(Goal::WarmUp)) => "The warm-up",
        (ItemKind::Smr, Some(Goal::Recovery)) => "Easy rolling",
        (ItemKind::Smr, _) => "Rolling",
        (ItemKind::Stretch, _) => "Stretching",
        (ItemKind::Strengthen, _) => "Strengthening",
        (ItemKind::Integrate, _) => "Putting it to use",
    }
}
