//! What weeks that were written down leave out, and why: for a page that shows them long after they were made.

use super::target::gather;
use super::{Change, ItemKind, NotMet, Person, Programme, Wishes};
use crate::body::RegionId;
use crate::knowledge::{Goal, Knowledge};
use crate::plan::sentence;
use crate::sorted::SortedMap;
use jiff::civil::Date;

/// What was asked for and is left out of every week, by what is known of the person today.
#[must_use]
pub fn left_out(person: &Person<'_>, wishes: &Wishes, changes: &[Change]) -> Vec<NotMet> {
    gather(person, wishes, changes).left_out
}

/// Places that are rolled once in a week that begins on a day or later, where twice is meant: counted from the items.
#[must_use]
pub fn rolled_once(knowledge: &Knowledge, programme: &Programme, from: Date) -> Vec<NotMet> {
    let mut weeks: SortedMap<RegionId, Vec<u8>> = SortedMap::new();
    for week in programme.weeks.iter().filter(|week| week.days.first().is_some_and(|day| day.date >= from)) {
        let mut times: SortedMap<RegionId, u32> = SortedMap::new();
        let light = |goal| matches!(goal, Some(Goal::WarmUp | Goal::Recovery));
        let rolled = week.days.iter().flat_map(|day| &day.items);
        for area in rolled.filter(|item| item.kind == ItemKind::Smr && !light(item.goal)).flat_map(|item| &item.areas)
        {
            *times.get_or_default(area.region) += 1;
        }
        for (region, _) in times.iter().filter(|(_, times)| **times == 1) {
            weeks.get_or_default(*region).push(week.number);
        }
    }
    let in_words = |(region, weeks): (&RegionId, &Vec<u8>)| {
        let known = knowledge.regions.get(region);
        let weeks: Vec<usize> = weeks.iter().map(|week| usize::from(*week)).collect();
        let values = [
            ("what", known.map_or(region.id(), |known| known.name.as_str()).to_owned()),
            ("weeks", super::make::weeks_in_words(&weeks)),
            ("times", "once".to_owned()),
            ("cause", String::new()),
        ];
        let rule = "programme_smr_twice";
        NotMet { rule: rule.to_owned(), why: sentence(knowledge, rule, &values).text.trim_end().to_owned() }
    };
    weeks.iter().map(in_words).collect()
}
