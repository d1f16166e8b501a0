//! Everything another person needs to work an experiment out again, as one zip.

use super::result::found;
use crate::cx::Cx;
use crate::exchange::Response;
use crate::pages::settings::{csv::Table, zip::stored};
use crate::pages::trouble;
use serde::Serialize;
use supple_core::Zoned;
use supple_core::event::{ArmRevealed, ExperimentDesigned};
use supple_core::experiment::{Analysis, Course, Fate, analyse, replay, training_gains, words as say};
use supple_core::knowledge::{Knowledge, Measure};
use supple_core::state::{ExperimentRecord, State};

/// `GET experiments/<id>/export`: once it is over, for the order would give away what comes.
pub fn get(cx: &Cx<'_>, id: &str) -> Response {
    match zip(cx.knowledge, cx.state, id, cx.now()) {
        Some(bytes) => Response::binary("supple-experiment.zip", "application/zip", &bytes),
        None => trouble::not_found(cx),
    }
}

/// The zip of an experiment that is over; none if there is no such. The same log gives the same bytes.
#[must_use]
pub fn zip(knowledge: &Knowledge, state: &State, id: &str, now: &Zoned) -> Option<Vec<u8>> {
    let record = state.experiments.iter().find(|known| known.id() == id && known.ended.is_some())?;
    let measure = knowledge.measures.get(&record.design().outcome.measure)?;
    // What counts is what counted when it ended: nothing that came later changes the file.
    let ended = record.ended.as_ref().map_or(now, |ended| &ended.at);
    let course = Course::of(knowledge, record, state, ended);
    let files = [
        ("README.txt", readme(record, measure, &course)),
        ("experiment.json", design_json(record)?),
        ("sessions.csv", sessions(record, measure, &course)),
        ("readings.csv", readings(record, state)),
        ("allocation.csv", allocation(record)),
        ("looks.csv", looks(record, measure, &course)),
        ("dictionary.csv", dictionary(measure)),
    ];
    Some(stored(&files))
}

/// What `supple experiment replay` reads.
#[derive(Serialize)]
struct Exported<'e> {
    design: &'e ExperimentDesigned,
    shown: Vec<&'e ArmRevealed>,
}

fn design_json(record: &ExperimentRecord) -> Option<String> {
    let shown = record.revealed.iter().map(|revealed| &revealed.what).collect();
    let text = serde_json::to_string_pretty(&Exported { design: record.design(), shown }).ok()?;
    Some(text + "\n")
}

fn sessions(record: &ExperimentRecord, measure: &Measure, course: &Course<'_>) -> String {
    let mut table = Table::new(&[
        "session",
        "arm",
        "label",
        "shown_at",
        "fate",
        "ended_at",
        "read_at",
        "hours",
        "before",
        "trials_before",
        "after",
        "trials_after",
        "gain",
        "error_variance",
        "training",
    ]);
    let mut gains = course.gains(record.design(), measure).into_iter();
    for attempt in &course.attempts {
        let shown = &attempt.revealed.what;
        let (session, arm) = ((u16::from(shown.session) + 1).to_string(), shown.arm.to_string());
        let label = say::label(record.design(), shown.arm);
        let at = attempt.revealed.at.to_string();
        let fate = fate(&attempt.fate);
        match (&attempt.fate, matches!(attempt.fate, Fate::Counts { .. }).then(|| gains.next()).flatten()) {
            (Fate::Counts { before, after, ended, read, .. }, Some(gain)) => table.row(&[
                &session,
                &arm,
                label,
                &at,
                &fate,
                &ended.to_string(),
                &read.to_string(),
                &gain.hours.to_string(),
                &before.value.to_string(),
                &before.trials.to_string(),
                &after.value.to_string(),
                &after.trials.to_string(),
                &gain.gain.to_string(),
                &gain.error.to_string(),
                &gain.training.to_string(),
            ]),
            _ => table.row(&[&session, &arm, label, &at, &fate, "", "", "", "", "", "", "", "", "", ""]),
        }
    }
    table.into_text()
}

fn fate(fate: &Fate) -> String {
    match fate {
        Fate::Counts { .. } => "counts".to_owned(),
        Fate::Missed(why) => format!("left out: {}", say::missed(*why)),
        Fate::Lapsed(why) => format!("does not count: {}", say::lapse(*why)),
        Fate::ToDo { .. } | Fate::Waiting { .. } => "under way when it ended".to_owned(),
    }
}

/// Every trial of the outcome from the design to the end, counted or not.
fn readings(record: &ExperimentRecord, state: &State) -> String {
    let outcome = &record.design().outcome;
    let mut table = Table::new(&["at", "when", "trial", "practice", "value"]);
    let ended = record.ended.as_ref().map(|ended| &ended.at);
    let during = |at: &Zoned| *at >= record.designed.at && ended.is_none_or(|ended| at <= ended);
    for taken in state.measures.iter().filter(|taken| during(&taken.at)) {
        let what = &taken.what;
        if what.measure != outcome.measure || what.side != outcome.side || what.region != outcome.region {
            continue;
        }
        for (index, value) in what.trials.iter().enumerate() {
            let when = match what.when {
                supple_core::event::When::Rest => "rest",
                supple_core::event::When::Before => "before",
                supple_core::event::When::After => "after",
                supple_core::event::When::BeforeWait => "before_wait",
                supple_core::event::When::AfterWait => "after_wait",
            };
            let practice = index < usize::from(what.practice_trials);
            table.row(&[
                &taken.at.to_string(),
                when,
                &(index + 1).to_string(),
                &practice.to_string(),
                &value.to_string(),
            ]);
        }
    }
    table.into_text()
}

/// The order as the seed gives it, all sessions, and what was shown.
fn allocation(record: &ExperimentRecord) -> String {
    let design = record.design();
    let replayed = replay(record);
    let mut table = Table::new(&["block", "session", "arm", "label", "shown"]);
    for session in 0..2 * design.blocks.get() {
        let arm = design.seed.arm(session);
        let shown = replayed.sessions.iter().find(|one| one.session == session);
        let shown: Vec<String> = shown.iter().flat_map(|one| &one.shown).map(ToString::to_string).collect();
        table.row(&[
            &(session / 2 + 1).to_string(),
            &(u16::from(session) + 1).to_string(),
            &arm.to_string(),
            say::label(design, arm),
            &shown.join(" "),
        ]);
    }
    table.into_text()
}

fn looks(record: &ExperimentRecord, measure: &Measure, course: &Course<'_>) -> String {
    let analysis = Analysis::from(record.design());
    let mut table = Table::new(&["sessions", "mean", "sd", "p_first", "p_second", "p_little", "finding"]);
    for look in analyse(&analysis, &course.gains(record.design(), measure)) {
        let six = |value: f64| format!("{value:.6}");
        table.row(&[
            &look.sessions.to_string(),
            &six(look.mean),
            &six(look.sd),
            &six(look.first),
            &six(look.second),
            &six(look.little),
            look.finding(analysis.certainty).map_or("", |finding| finding.id()),
        ]);
    }
    table.into_text()
}

fn dictionary(measure: &Measure) -> String {
    let unit = measure.unit.as_str();
    let mut table = Table::new(&["file", "column", "unit", "meaning"]);
    for [file, column, unit, meaning] in [
        [
            "sessions.csv",
            "session",
            "",
            "number of the session, from 1; the same number again is a session that was left out before",
        ],
        ["sessions.csv", "arm", "", "0 is the first way, 1 the second"],
        ["sessions.csv", "label", "", "the way as the person read it"],
        ["sessions.csv", "shown_at", "civil time with zone", "when the way was shown"],
        ["sessions.csv", "fate", "", "counts, or why it does not"],
        ["sessions.csv", "ended_at", "civil time with zone", "last pressure, or the end of the rest"],
        ["sessions.csv", "read_at", "civil time with zone", "the reading after"],
        ["sessions.csv", "hours", "h", "from the first session that counts, between the readings after"],
        ["sessions.csv", "before", unit, "mean of the trials before, practice dropped"],
        ["sessions.csv", "trials_before", "", "how many trials that is"],
        ["sessions.csv", "after", unit, "mean of the trials after, practice dropped"],
        ["sessions.csv", "trials_after", "", "how many trials that is"],
        ["sessions.csv", "gain", unit, "after minus before; turned round where less is better"],
        [
            "sessions.csv",
            "error_variance",
            "",
            "variance of the error of this gain against that of a gain with the trials of the design",
        ],
        [
            "sessions.csv",
            "training",
            unit,
            "what training before the way was shown lets expect of this gain, for somebody whom a unit of work makes sore by one point; 0 for everything but soreness",
        ],
        ["readings.csv", "at", "civil time with zone", "when the sitting was written down"],
        ["readings.csv", "when", "", "before or after a session or a wait without rolling, or at rest"],
        ["readings.csv", "trial", "", "its number in the sitting, from 1"],
        ["readings.csv", "practice", "", "whether it is dropped"],
        ["readings.csv", "value", unit, "what was read"],
        ["allocation.csv", "block", "", "two sessions, one with each way"],
        ["allocation.csv", "session", "", "number of the session, from 1"],
        ["allocation.csv", "arm", "", "the way that the seed gives"],
        ["allocation.csv", "label", "", "the way as the person read it"],
        [
            "allocation.csv",
            "shown",
            "",
            "what was shown, more than once where it was left out; empty if it never came to it",
        ],
        ["looks.csv", "sessions", "", "sessions that count at this look"],
        ["looks.csv", "mean", unit, "posterior mean of the first way minus the second"],
        ["looks.csv", "sd", unit, "its posterior standard deviation"],
        ["looks.csv", "p_first", "", "probability that the first way is better by more than worth_having"],
        ["looks.csv", "p_second", "", "the same for the second way"],
        ["looks.csv", "p_little", "", "probability that they differ by less than that"],
        ["looks.csv", "finding", "", "what may be said at this look; the first one that is not empty is the result"],
    ] {
        table.row(&[file, column, unit, meaning]);
    }
    table.into_text()
}

fn readme(record: &ExperimentRecord, measure: &Measure, course: &Course<'_>) -> String {
    let design = record.design();
    let found = found(record, course, measure);
    let model = &design.model;
    let kinds: Vec<String> = training_gains().map(|gain| gain.to_string()).collect();
    format!(
        "{name}\n\nAn experiment of one person on themselves, made with Supple. It is not a medical device.\n\n\
         First way (arm 0): {first}\nSecond way (arm 1): {second}\nJudged by: {measure}, in {unit}, {wait} after\n\
         Worth having: {worth} {unit}\n\nResult: {finding}\n\n\
         Files\n  experiment.json   the design, fixed before the first reading, and every way that was shown\n  \
         allocation.csv    the order that the seed gives\n  sessions.csv      every session: which way, whether it counts, before, after, gain\n  \
         readings.csv      every trial\n  looks.csv         the analysis at every look\n  dictionary.csv    what every column means\n\n\
         The order: block b (from 0) takes output b of SplitMix64 with the seed {seed} (hexadecimal); if its highest bit is 1,\n\
         the second way comes first, otherwise the first. `supple experiment replay experiment.json` checks it.\n\n\
         The analysis is {model}, of the sessions that count, in order:\n  \
         gain = shared + difference * x + carry * x_before + sore * training + correlated + own\n  \
         x is 1/2 for arm 0 and -1/2 for arm 1; x_before that of the session before, 0 for the first\n  \
         variance of correlated: w s^2, correlation f^(hours apart / 24); variance of own: (1 - w) s^2 error_variance\n  \
         (f, w) is (0, 0), (0.3, 0.3), (0.7, 0.3), (0.3, 0.6) or (0.7, 0.6), equally likely beforehand\n  \
         s is {spread} times 0.55, 0.74, 1, 1.35 or 1.82, with weights exp(-(ln(s / {spread}) / 0.3)^2 / 2)\n  \
         sore is {kinds}, equally likely beforehand; where all of training is 0 it makes no difference\n  \
         normal priors around 0 with standard deviations: shared {shared}, difference {difference:.6}, carry {carry}\n\
         A look after every second session from the sixth on; something is said once its probability is {certainty} or more.\n",
        name = design.name,
        first = say::label(design, 0),
        second = say::label(design, 1),
        measure = measure.name,
        unit = measure.unit,
        wait = say::wait(design.outcome.minutes_after.get()),
        worth = design.worth_having.value(),
        finding = say::finding(design, found.finding),
        seed = design.seed,
        kinds = kinds.join(", "),
        spread = design.spread.value(),
        shared = 30.0 * design.spread.value(),
        difference = 2.0 / 1.644_853_626_951_472_7 * design.worth_having.value(),
        carry = 0.5 * design.worth_having.value(),
        certainty = design.certainty.probability(),
    )
}
