//! Why an item is here, in sentences of `reasons.toml`.

use super::target::SHORT_SCREEN_MINUTES;
use super::{Day, Item, ItemKind, Programme, Wishes};
use crate::body::RegionId;
use crate::knowledge::{Goal, Knowledge};
use crate::plan::{Why, sentence};

/// Why an item is in the programme on a day.
#[must_use]
pub fn why(knowledge: &Knowledge, wishes: &Wishes, day: &Day, item: &Item) -> Vec<Why> {
    let say = |id: &str| sentence(knowledge, id, &[]);
    match (item.kind, item.goal) {
        (ItemKind::Screen, _) if item.minutes <= SHORT_SCREEN_MINUTES => {
            vec![say("programme_why_screen"), say("programme_why_screen_short")]
        }
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
            all.extend(item.at.map(|_| say("programme_why_before")));
            all
        }
        (ItemKind::Stretch, _) if day.is_rolled() => vec![say("programme_why_stretch")],
        (ItemKind::Stretch, _) => vec![say("programme_why_stretch_alone")],
        (ItemKind::Strengthen, _) => vec![say("programme_why_strengthen"), say("programme_why_step")],
        (ItemKind::Integrate, _) => vec![say("programme_why_integrate")],
    }
}

/// Why a move is in a programme: what was seen, a place that it is for, or that it is usual where neither leads to any.
#[must_use]
pub fn why_move(knowledge: &Knowledge, wishes: &Wishes, programme: &Programme, id: &str) -> Why {
    let led = |list: &[String]| list.iter().any(|led| led == id);
    let seen: Vec<_> = wishes.compensations.iter().filter_map(|seen| knowledge.compensations.get(&seen.id)).collect();
    if let Some(seen) = seen.iter().find(|seen| led(&seen.stretch) || led(&seen.strengthen) || led(&seen.integrate)) {
        return sentence(knowledge, "programme_why_seen", &[("seen", seen.name.clone())]);
    }
    let first = |id: &String| knowledge.moves.get(id).and_then(|known| known.regions.first().copied());
    let rolled = |region: RegionId| {
        programme
            .items()
            .filter(|item| item.is_main_rolling())
            .any(|item| item.areas.iter().any(|area| area.region == region))
    };
    let is_place = |region: RegionId| {
        let group = |seen: &crate::knowledge::Compensation| {
            let lists = seen.stretch.iter().chain(&seen.strengthen);
            seen.roll.contains(&region) || lists.filter_map(first).any(|group| group == region)
        };
        wishes.wants.contains(&region) || rolled(region) || seen.iter().any(|seen| group(seen))
    };
    let known = knowledge.moves.get(id);
    let place = known.and_then(|known| known.regions.iter().copied().find(|&region| is_place(region)));
    let Some(place) = place.and_then(|place| knowledge.regions.get(&place)) else {
        return sentence(knowledge, "programme_why_usual", &[]);
    };
    sentence(knowledge, "programme_why_place", &[("region", place.name.clone())])
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
