//! A question can be answered, says how far it reaches, and never loosens a ceiling.

use super::super::{Action, AskAgain, Caution, Knowledge, Scope};
use super::{Problem, Problems};

/// Words with which a question that can be answered yes or no begins.
const OPENERS: &[&str] = &["Do", "Does", "Did", "Have", "Has", "Are", "Is", "Was", "Were", "Could", "Can", "Would"];

/// Words with which the circumstance before such a question begins: "After a fall, do you ...?"
const CIRCUMSTANCES: &[&str] = &["After", "With", "In"];

/// Most words on one line of a card.
const LINE_WORDS: usize = 12;

/// How advice begins where help comes first.
const HELP_FIRST: &str = "Please get medical help";

/// Signs and states that change within a day, besides everything urgent.
const CHANGES_FAST: &[&str] =
    &["sp_fever", "sp_alcohol", "sp_skin_infection", "sp_bruise", "delphi_open_wound", "delphi_inflammation"];

/// Every question with its file.
fn each(knowledge: &Knowledge) -> impl Iterator<Item = (String, &str, &Caution)> {
    knowledge.cautions.iter().map(|(id, caution)| (format!("cautions/{id}.toml"), id.as_str(), caution))
}

fn is_urgent(caution: &Caution) -> bool {
    caution.does(Action::StopAndReferUrgently)
}

/// Ensure every question can be answered with yes or no.
pub(super) fn questions_are_yes_no(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        if !caution.question.ends_with('?') {
            let what = "a question ends with a question mark; add it".to_owned();
            problems.push(Problem::new(&file, "question", rule, what));
        }
        if !opens_yes_no(&caution.question) {
            let what = format!(
                "begin with a word that asks for yes or no ({}), or with \"After ..., do you\"",
                OPENERS.join(", ")
            );
            problems.push(Problem::new(&file, "question", rule, what));
        }
    }
}

fn opens_yes_no(question: &str) -> bool {
    let first = question.split_whitespace().next().unwrap_or_default();
    let after_a_comma = || {
        question.split(',').skip(1).any(|part| {
            let opener = part.split_whitespace().next().unwrap_or_default();
            OPENERS.iter().any(|known| known.to_lowercase() == opener)
        })
    };
    OPENERS.contains(&first) || (CIRCUMSTANCES.contains(&first) && after_a_comma())
}

/// Ensure every question can be shown on a card.
pub(super) fn questions_have_card_lines(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        if caution.lines.is_empty() {
            let what = "the card would be empty; put the question into one or more short lines".to_owned();
            problems.push(Problem::new(&file, "lines", rule, what));
        }
    }
}

/// Ensure a line of a card can be read at a glance.
pub(super) fn card_lines_are_short(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        for (index, line) in caution.lines.iter().enumerate() {
            let words = line.text.split_whitespace().count();
            if words > LINE_WORDS {
                let what = format!("{words} words; a line has at most {LINE_WORDS}: split it, but do not ask less");
                problems.push(Problem::new(&file, &format!("lines[{index}].text"), rule, what));
            }
        }
    }
}

/// Ensure an entry that reaches regions names them, and one that does not names none.
pub(super) fn actions_have_a_reach(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        let what = match (caution.scope, caution.regions.is_empty()) {
            (Scope::Regions | Scope::Side, true) => "the scope is certain regions, but none is named; name them",
            (Scope::WholeBody | Scope::MarkedArea, false) => {
                "these regions are never read with this scope; take them out, or make the scope `regions` or `side`"
            }
            _ => continue,
        };
        problems.push(Problem::new(&file, "regions", rule, what.to_owned()));
    }
}

/// Ensure only a place the person marks is widened.
pub(super) fn only_marks_are_widened(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        if caution.widen.is_some() && caution.scope != Scope::MarkedArea {
            let what = "there is no mark to widen; take this out, or make the scope `marked_area`".to_owned();
            problems.push(Problem::new(&file, "widen", rule, what));
        }
    }
}

/// Ensure extra actions do not repeat the main one.
pub(super) fn extra_actions_are_extra(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        for (index, extra) in caution.extra_actions.iter().enumerate() {
            if *extra == caution.action {
                let what = format!("{} is the main action already; take it out here", extra.id());
                problems.push(Problem::new(&file, &format!("extra_actions[{index}]"), rule, what));
            }
        }
    }
}

/// Ensure a limit of an entry only ever lowers a ceiling.
pub(super) fn limits_are_under_the_ceilings(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let ceilings = &knowledge.limits.ceilings;
    for (file, _, caution) in each(knowledge) {
        let own = &caution.limits;
        let cleared = own.if_cleared.as_ref();
        let felt = u32::from(ceilings.felt_cap);
        let sets = u32::from(ceilings.sets);
        let numbers = [
            ("felt_max", own.felt_max.map(u32::from), felt),
            ("seconds_per_area", own.seconds_per_area, ceilings.seconds_per_area_day),
            ("max_sets", own.max_sets.map(u32::from), sets),
            ("if_cleared.felt_max", cleared.map(|limits| limits.felt_max.into()), felt),
            (
                "if_cleared.seconds_per_area",
                cleared.map(|limits| limits.seconds_per_area),
                ceilings.seconds_per_area_day,
            ),
            ("if_cleared.max_sets", cleared.map(|limits| limits.max_sets.into()), sets),
        ];
        for (field, limit, ceiling) in numbers {
            if let Some(limit) = limit.filter(|&limit| limit > ceiling) {
                let what = format!("{limit} is above the ceiling and would limit nothing; give {ceiling} or less");
                problems.push(Problem::new(&file, &format!("limits.{field}"), rule, what));
            }
        }
    }
}

/// Ensure limits leave a place and a tool, and speak only of tools that are left.
pub(super) fn limits_leave_a_tool_and_a_place(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        let limits = &caution.limits;
        if limits.places_only.as_ref().is_some_and(Vec::is_empty) {
            let what = "no place is left; name at least one, or take the field out".to_owned();
            problems.push(Problem::new(&file, "limits.places_only", rule, what));
        }
        for tool in limits.firmness_at_most.keys().filter(|tool| limits.tools_excluded.contains(tool)) {
            let what = "this tool is excluded anyway; leave it in one of the two".to_owned();
            problems.push(Problem::new(&file, &format!("limits.firmness_at_most.{tool}"), rule, what));
        }
        let Some(cleared) = &limits.if_cleared else { continue };
        if cleared.tools_only.is_empty() {
            let what = "no tool is left once a clinician has agreed; name at least one".to_owned();
            problems.push(Problem::new(&file, "limits.if_cleared.tools_only", rule, what));
        }
        for tool in cleared.firmness_at_most.keys().filter(|tool| !cleared.tools_only.contains(tool)) {
            let what = "this tool is not among tools_only; add it there, or take it out here".to_owned();
            problems.push(Problem::new(&file, &format!("limits.if_cleared.firmness_at_most.{tool}"), rule, what));
        }
    }
}

/// Ensure an urgent entry says how soon and opens with getting help, and no other entry does.
pub(super) fn urgent_entries_say_how_soon(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        let helps_first = caution.advice.starts_with(HELP_FIRST);
        match (is_urgent(caution), caution.urgency) {
            (true, None) => {
                let what = "help comes first here, but how soon? Give `now` or `today`".to_owned();
                problems.push(Problem::new(&file, "urgency", rule, what));
            }
            (false, Some(_)) => {
                let what = "only entries with stop-and-refer-urgently say how soon; take this out".to_owned();
                problems.push(Problem::new(&file, "urgency", rule, what));
            }
            _ => {}
        }
        if is_urgent(caution) && !helps_first {
            let what = format!("help comes first here; begin with \"{HELP_FIRST}\"");
            problems.push(Problem::new(&file, "advice", rule, what));
        } else if !is_urgent(caution) && helps_first {
            let what =
                format!("only entries with stop-and-refer-urgently begin with \"{HELP_FIRST}\"; say it otherwise");
            problems.push(Problem::new(&file, "advice", rule, what));
        }
    }
}

/// Ensure signs that need help are asked before anything else.
pub(super) fn urgent_entries_are_asked_first(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let screen = &knowledge.screen;
    for (_, id, caution) in each(knowledge) {
        let listed = screen.ids().any(|asked| asked == id);
        if is_urgent(caution) && listed && !screen.get_help_first.iter().any(|first| first == id) {
            let what = format!("`{id}` is a sign that needs help; move it to get_help_first");
            problems.push(Problem::new("screen.toml", id, rule, what));
        }
    }
}

/// Ensure questions about a marked place, and only they, are asked about today's places.
pub(super) fn areas_are_asked_with_today(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let screen = &knowledge.screen;
    for (_, id, caution) in each(knowledge) {
        let listed = screen.ids().any(|asked| asked == id);
        let with_today = screen.areas.iter().any(|area| area == id);
        let what = match (caution.scope == Scope::MarkedArea, with_today) {
            (true, false) if listed => format!("`{id}` asks about a place on the body; move it to areas"),
            (false, true) => format!("`{id}` does not ask about a place on the body; move it out of areas"),
            _ => continue,
        };
        problems.push(Problem::new("screen.toml", id, rule, what));
    }
}

/// Ensure whatever changes within a day is asked before every session.
pub(super) fn what_changes_fast_is_asked_each_session(
    knowledge: &Knowledge,
    rule: &'static str,
    problems: &mut Problems,
) {
    for (file, id, caution) in each(knowledge) {
        let changes_fast = is_urgent(caution) || CHANGES_FAST.contains(&id);
        if changes_fast && caution.ask_again != AskAgain::EachSession {
            let what = "this can change within a day; give `each_session`".to_owned();
            problems.push(Problem::new(&file, "ask_again", rule, what));
        }
        if caution.ask_again == AskAgain::AfterDays(0) {
            let what = "an answer that holds for 0 days is never known; give `each_session` instead".to_owned();
            problems.push(Problem::new(&file, "ask_again", rule, what));
        }
    }
}

/// Ensure only an entry that says to ask a clinician says that their agreement does not lift it.
pub(super) fn only_agreements_can_be_refused(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        if caution.never_lifted && !caution.does(Action::AskClinician) {
            let what = "without ask-clinician there is no agreement to refuse; take this out".to_owned();
            problems.push(Problem::new(&file, "never_lifted", rule, what));
        }
    }
}

/// Ensure what an entry says of moves lowers a ceiling, and rules a thing out once.
pub(super) fn move_limits_are_under_the_ceilings(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    let ceilings = &knowledge.limits.moves;
    for (file, _, caution) in each(knowledge) {
        let Some(moves) = &caution.moves else { continue };
        for (field, limit, ceiling) in [
            ("effort_max", moves.effort_max.map(u32::from), u32::from(ceilings.effort)),
            ("hold_seconds_max", moves.hold_seconds_max, ceilings.hold_seconds),
        ] {
            if let Some(limit) = limit.filter(|&limit| limit >= ceiling) {
                let what = format!("{limit} is not below the ceiling of {ceiling} and would limit nothing; lower it");
                problems.push(Problem::new(&file, &format!("moves.{field}"), rule, what));
            }
        }
        for demand in moves.demands_until_agreed.iter().filter(|&demand| moves.demands_excluded.contains(demand)) {
            let what = format!("{demand:?} is ruled out for good already; take it out here");
            problems.push(Problem::new(&file, "moves.demands_until_agreed", rule, what));
        }
    }
}

/// Ensure a region that is closed to the roller stays open to moves only where it is one of the entry's and a source
/// says so.
pub(super) fn regions_stay_open_by_a_source(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        let Some(moves) = &caution.moves else { continue };
        if !moves.regions_stay_open && moves.regions_open.is_empty() {
            continue;
        }
        if moves.sources.iter().all(|source| source == "our_judgement") {
            let what = "regions stay open to moves only where a source says so; name it, or close them".to_owned();
            problems.push(Problem::new(&file, "moves.sources", rule, what));
        }
        for region in moves.regions_open.iter().filter(|&region| !caution.regions.contains(region)) {
            let what = format!("{region} is none of the regions of this entry; take it out");
            problems.push(Problem::new(&file, "moves.regions_open", rule, what));
        }
    }
}

/// Ensure what moves wait for can come.
pub(super) fn demands_wait_for_somebody(knowledge: &Knowledge, rule: &'static str, problems: &mut Problems) {
    for (file, _, caution) in each(knowledge) {
        let waits = caution.moves.as_ref().is_some_and(|moves| !moves.demands_until_agreed.is_empty());
        if waits && (caution.never_lifted || !caution.does(Action::AskClinician)) {
            let what = "nobody's agreement lifts this entry; put them into demands_excluded".to_owned();
            problems.push(Problem::new(&file, "moves.demands_until_agreed", rule, what));
        }
    }
}
