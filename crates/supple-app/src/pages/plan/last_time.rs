//! What changed against the last session with the same wishes, in one line.

use crate::cx::Cx;
use crate::today::Today;
use crate::words;
use supple_core::body::{RegionId, Side};
use supple_core::dose::Dose;
use supple_core::event::CheckedIn;
use supple_core::state::SessionRecord;
use supple_core::unit::Seconds;

/// The line; none where nobody wished for this before, or no routine asks for it.
pub fn line(cx: &Cx<'_>, today: &Today<'_>) -> Option<String> {
    let wishes = &today.wishes.what;
    let routine = cx.state.routines.iter().find(|routine| {
        let saved = &routine.what;
        (saved.goal, saved.minutes, &saved.wants) == (wishes.goal, wishes.minutes, &wishes.wants)
    })?;
    let last = last_with(cx, wishes)?;
    let (then, now) = (&last.started.doses, today.doses());
    let changes = changes(cx, then, &now);
    let when = words::day(last.at.with_time_zone(cx.now().time_zone().clone()).date());
    let name = &routine.what.name;
    Some(if changes.is_empty() {
        format!("{name}: the same as on {when}.")
    } else {
        format!("{name}, against {when}: {}.", changes.join("; "))
    })
}

/// The last session that began under the same wishes.
fn last_with<'s>(cx: &Cx<'s>, wishes: &CheckedIn) -> Option<&'s SessionRecord> {
    cx.state.sessions.iter().rfind(|session| {
        let before = cx.state.check_ins.iter().rfind(|check_in| check_in.at <= session.at);
        before.is_some_and(|check_in| {
            let what = &check_in.what;
            (what.goal, what.minutes, &what.wants) == (wishes.goal, wishes.minutes, &wishes.wants)
        })
    })
}

fn changes(cx: &Cx<'_>, then: &[Dose], now: &[Dose]) -> Vec<String> {
    let places =
        |doses: &[Dose]| -> Vec<(RegionId, Side)> { doses.iter().map(|dose| (dose.region, dose.side)).collect() };
    let (before, after) = (places(then), places(now));
    let only_in = |here: &[(RegionId, Side)], there: &[(RegionId, Side)]| -> Vec<String> {
        let mut regions: Vec<RegionId> = here.iter().filter(|place| !there.contains(place)).map(|p| p.0).collect();
        regions.sort();
        regions.dedup();
        regions.into_iter().map(|region| words::region(cx.knowledge, region).to_owned()).collect()
    };
    let mut lines = Vec::new();
    for (places, what) in [(only_in(&after, &before), "new"), (only_in(&before, &after), "out")] {
        if !places.is_empty() {
            lines.push(format!("{what}: {}", words::list(&places)));
        }
    }
    let pressure = |doses: &[Dose]| doses.iter().map(Dose::pressure).sum::<Seconds>();
    let (was, is) = (pressure(then), pressure(now));
    if is > was {
        lines.push(format!("{} more pressure", is.saturating_sub(was)));
    } else if was > is {
        lines.push(format!("{} less pressure", was.saturating_sub(is)));
    }
    lines
}
