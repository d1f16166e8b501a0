//! How the body is today and what is wanted.

use super::next_day::felt;
use crate::cli::ask::{Row, Way, find_some_of, one_of, typed, walk};
use crate::shell::{Diary, Failure};
use supple_core::body::{Area, RegionId, Side};
use supple_core::contract::text::side_words;
use supple_core::event::{CheckedIn, Soreness};
use supple_core::knowledge::Goal;
use supple_core::unit::{Felt, SessionMinutes};

/// Asks for today's wishes; none if the person went back before the first of them.
pub fn ask(diary: &Diary) -> Result<Option<CheckedIn>, Failure> {
    let now = diary.now();
    let last = diary.state().check_ins.last();
    let no_session_since =
        |at: &jiff::Zoned| !diary.state().sessions.iter().any(|session| session.at >= *at && session.at <= now);
    let mut draft = Draft {
        today: last.filter(|last| last.at.date() == now.date() && no_session_since(&last.at)).is_some(),
        last: last.map(|last| last.what.clone()),
        same: false,
        goal: Goal::Mobility,
        minutes: None,
        sore: Vec::new(),
        tight: Vec::new(),
        wants: Vec::new(),
    };
    match walk(&mut draft, &[same, same_but_sore, goal, minutes, sore, tight, wants])? {
        Way::Back => Ok(None),
        Way::On | Way::Passed => Ok(draft.wishes()),
    }
}

struct Draft {
    last: Option<CheckedIn>,
    /// The last check-in was today, and nothing was rolled since.
    today: bool,
    same: bool,
    goal: Goal,
    minutes: Option<SessionMinutes>,
    sore: Vec<Soreness>,
    tight: Vec<Area>,
    wants: Vec<RegionId>,
}

impl Draft {
    fn wishes(self) -> Option<CheckedIn> {
        if self.same {
            return self.last.map(|last| CheckedIn { soreness: self.sore, ..last });
        }
        Some(CheckedIn {
            goal: self.goal,
            minutes: self.minutes?,
            soreness: self.sore,
            tight: self.tight,
            wants: self.wants,
            avoid: Vec::new(),
        })
    }
}

fn same(draft: &mut Draft) -> Result<Way, Failure> {
    let Some(last) = &draft.last else { return Ok(Way::Passed) };
    let how = if draft.today { "As you said earlier today" } else { "Same as last time" };
    let rows = vec![
        Row::new(true, &format!("{how}: {}", in_words(last)), "the same"),
        Row::new(false, "Something else", "something else"),
    ];
    Ok(match one_of("What would you like today?", rows)? {
        Some(same) => {
            draft.same = same;
            draft.sore = if same { last.soreness.clone() } else { Vec::new() };
            Way::On
        }
        None => Way::Back,
    })
}

/// Soreness is of the day.
fn same_but_sore(draft: &mut Draft) -> Result<Way, Failure> {
    if !draft.same || draft.today || draft.sore.is_empty() {
        return Ok(Way::Passed);
    }
    for sore in &mut draft.sore {
        let side = side_words(sore.side.unwrap_or(Side::Both));
        match felt(&format!("{}, {side}: how sore today?", name(sore.region)))? {
            Some(felt) => sore.felt = felt,
            None => return Ok(Way::Back),
        }
    }
    Ok(Way::On)
}

fn goal(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let goals = &supple_knowledge::embedded().planning.goals;
    let rows = Goal::ALL
        .into_iter()
        .filter_map(|goal| goals.get(&goal).map(|known| (goal, known)))
        .map(|(goal, known)| Row::new(goal, &format!("{}: {}", known.name, known.says), &known.name))
        .collect();
    Ok(match one_of("What is it for?", rows)? {
        Some(goal) => {
            draft.goal = goal;
            Way::On
        }
        None => Way::Back,
    })
}

fn minutes(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let minutes = typed("How many minutes do you have?", "2 to 20", Some("10"), |text| {
        let minutes = text.parse().map_err(|_| "a whole number from 2 to 20".to_owned())?;
        SessionMinutes::new(minutes).map_err(|error| error.to_string())
    })?;
    draft.minutes = minutes.or(draft.minutes);
    Ok(if minutes.is_some() { Way::On } else { Way::Back })
}

fn sore(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let before: Vec<RegionId> = draft.sore.iter().map(|sore| sore.region).collect();
    let Some(places) = places("Where are you sore? If nowhere, just enter.", &[], &before)? else {
        return Ok(Way::Back);
    };
    draft.sore.clear();
    for region in places {
        let Some(side) = side(region)? else { return Ok(Way::Back) };
        let Some(felt) = felt(&format!("{}, {}: how sore?", name(region), side_words(side)))? else {
            return Ok(Way::Back);
        };
        if felt > Felt::NONE {
            draft.sore.push(Soreness { region, side: Some(side), felt });
        }
    }
    Ok(Way::On)
}

fn tight(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let before: Vec<RegionId> = draft.tight.iter().map(|area| area.region).collect();
    let Some(places) = places("Where do you feel tight? If nowhere, just enter.", &[], &before)? else {
        return Ok(Way::Back);
    };
    draft.tight.clear();
    for region in places {
        let Some(side) = side(region)? else { return Ok(Way::Back) };
        draft.tight.push(Area { region, side: Some(side) });
    }
    Ok(Way::On)
}

fn wants(draft: &mut Draft) -> Result<Way, Failure> {
    if draft.same {
        return Ok(Way::Passed);
    }
    let named: Vec<RegionId> =
        draft.sore.iter().map(|sore| sore.region).chain(draft.tight.iter().map(|area| area.region)).collect();
    let question = if named.is_empty() {
        "Where would you like to roll? Just enter for the usual places."
    } else {
        "Anywhere else you would like to roll? If nowhere, just enter."
    };
    Ok(match places(question, &named, &draft.wants)? {
        Some(wants) => {
            draft.wants = wants;
            Way::On
        }
        None => Way::Back,
    })
}

fn in_words(wishes: &CheckedIn) -> String {
    let knowledge = supple_knowledge::embedded();
    let names: Vec<&str> = super::regions(wishes).iter().map(|id| name(*id)).collect();
    let goal = knowledge.planning.goals.get(&wishes.goal).map_or("", |goal| goal.name.as_str());
    format!("{goal}, {} min, {}", wishes.minutes.get(), names.join(", "))
}

fn name(region: RegionId) -> &'static str {
    supple_knowledge::embedded().regions.get(&region).map_or(region.id(), |known| known.name.as_str())
}

/// Places from a list: some left out, some marked from the time before the person went back.
fn places(question: &str, but: &[RegionId], before: &[RegionId]) -> Result<Option<Vec<RegionId>>, Failure> {
    let knowledge = supple_knowledge::embedded();
    let all: Vec<RegionId> =
        RegionId::ALL.into_iter().filter(|id| knowledge.regions[id].rollable && !but.contains(id)).collect();
    let marked: Vec<usize> = (0..all.len()).filter(|at| before.contains(&all[*at])).collect();
    find_some_of(question, all.into_iter().map(|id| Row::plain(id, name(id))).collect(), &marked)
}

fn side(region: RegionId) -> Result<Option<Side>, Failure> {
    let rows =
        vec![Row::plain(Side::Both, "both sides"), Row::plain(Side::Left, "left"), Row::plain(Side::Right, "right")];
    one_of(&format!("{}: which side?", name(region)), rows)
}
