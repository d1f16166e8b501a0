//! No fact was lost on the way from the shared catalogue, where that lies beside the repository. The texts are our
//! own; ids, numbers, levels, actions and regions are not.

use crate::here;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use supple_core::knowledge::Knowledge;
use supple_knowledge::{embedded, reviews, trials};

#[test]
fn techniques_keep_their_facts() {
    let Some(shared) = shared("techniques") else { return };
    let knowledge = embedded();
    let techniques = list(&shared["techniques"]);
    let mut lost = Lost::default();
    lost.ids("techniques", ids(&techniques), knowledge.techniques.keys());
    lost.ids("tools", keys(&shared["meta"]["tools"]), knowledge.tools.keys().map(|tool| tool.id()));
    for before in techniques {
        let id = text(&before["id"]);
        let Some(now) = knowledge.techniques.get(id) else { continue };
        lost.same(id, "region", text(&before["region"]), now.region.id());
        lost.same(id, "tool", text(&before["tool"]), now.tool.id());
        lost.same(id, "level", text(&before["level"]), &wire(now.level));
        lost.same(id, "read", text(&before["read"]), &wire(now.read));
        lost.same(id, "default_sets", before["default_sets"].as_u64(), Some(now.dose.sets.into()));
        lost.same(id, "default_seconds", before["default_seconds"].as_u64(), Some(now.dose.seconds_per_set.into()));
        let reps = before["active_movement"]["reps"].as_str().map(low_and_high);
        let reps_now = now.active_movement.as_ref().map(|movement| (movement.reps.low, movement.reps.high));
        lost.same(id, "reps", reps, reps_now);
        // Zones may be added, and one that is worked in lightly stands under works_in.
        for zone in strings(&before["zones_to_avoid"]) {
            let kept = now.zones_to_avoid.iter().chain(&now.works_in).any(|known| known == zone);
            lost.same(id, zone, true, kept);
        }
    }
    let shared = &shared["meta"]["defaults"];
    let ceilings = &knowledge.limits.ceilings;
    let felt = &shared["target_discomfort_0_10"];
    for (name, before, now) in [
        ("usual", &felt["usual"], ceilings.felt_target.into()),
        ("cap", &felt["cap"], ceilings.felt_cap.into()),
        ("never", &felt["never"], ceilings.felt_off.into()),
        ("first_sessions", &felt["first_sessions"], knowledge.limits.first_session.felt_target.into()),
        ("static_hold_max_seconds", &shared["static_hold_max_seconds"], ceilings.hold_seconds),
        ("per_area_cap_seconds_per_day", &shared["per_area_cap_seconds_per_day"], ceilings.seconds_per_area_day),
        ("session_cap_minutes", &shared["session_cap_minutes"], ceilings.session_minutes.into()),
        ("rest_between_sets_seconds", &shared["rest_between_sets_seconds"], knowledge.planning.time.rest_seconds),
    ] {
        lost.same("limits", name, before.as_u64(), Some(now.into()));
    }
    lost.nothing();
}

#[test]
fn zones_keep_their_facts() {
    let Some(shared) = shared("zones") else { return };
    let knowledge = embedded();
    let zones = list(&shared["zones"]);
    let mut lost = Lost::default();
    lost.ids("zones", ids(&zones), knowledge.zones.keys());
    lost.ids("regions", keys(&shared["regions"]), knowledge.regions.keys().map(|region| region.id()));
    for before in zones {
        let id = text(&before["id"]);
        let Some(now) = knowledge.zones.get(id) else { continue };
        lost.same(id, "level", text(&before["level"]), &wire(now.level));
        lost.same(id, "read", text(&before["read"]), &wire(now.read));
        let regions = now.regions.iter().map(|region| region.id()).collect();
        lost.same(id, "affects_regions", set(&before["affects_regions"]), regions);
    }
    lost.nothing();
}

#[test]
fn cautions_keep_their_facts() {
    let Some(shared) = shared("safety") else { return };
    let knowledge = embedded();
    let entries = list(&shared["entries"]);
    let mut lost = Lost::default();
    lost.ids("cautions", ids(&entries), knowledge.cautions.keys());
    for before in entries {
        let id = text(&before["id"]);
        let Some(now) = knowledge.cautions.get(id) else { continue };
        lost.same(id, "action", text(&before["action"]), now.action.id());
        let extra = now.extra_actions.iter().map(|action| action.id()).collect();
        lost.same(id, "extra_actions", set(&before["extra_actions"]), extra);
        let level = text(&before["scope"]["level"]);
        lost.same(id, "scope.level", level.strip_prefix("user_").unwrap_or(level), &wire(now.scope));
        let regions = now.regions.iter().map(|region| region.id()).collect();
        lost.same(id, "scope.regions", set(&before["scope"]["regions"]), regions);
        lost.same(id, "read", text(&before["read"]), &wire(now.read));
        let agreement = now.agreement.as_ref();
        lost.same(id, "agreement.type", before["agreement"]["type"].as_str(), agreement.map(|own| own.kind.as_str()));
        let percent = agreement.and_then(|own| own.percent).map(u64::from);
        lost.same(id, "agreement.percent", before["agreement"]["percent"].as_u64(), percent);
        let panel = agreement.and_then(|own| own.panel_n).map(u64::from);
        lost.same(id, "agreement.panel_n", before["agreement"]["panel_n"].as_u64(), panel);
        let stricter = before.get("product_stricter_than_source").is_some_and(|said| said != &Value::Bool(false));
        lost.same(id, "product_stricter_than_source", stricter, now.stricter_than_source.is_some());
        limits_are_kept(&mut lost, id, &before["limits"], knowledge);
    }
    let first: Vec<_> = strings(&shared["first_screen_order"]).collect();
    let first_now: Vec<_> = knowledge.screen.ids().take(first.len()).collect();
    lost.same("screen", "first_screen_order", first, first_now);
    let signals = list(&shared["in_session_stop_signals"]);
    lost.same("stop_signals", "how many", signals.len(), knowledge.stop_signals.len());
    lost.nothing();
}

/// Numbers that stand in a limit of the shared file. Its prose became typed fields, which this cannot compare.
fn limits_are_kept(lost: &mut Lost, id: &str, before: &Value, knowledge: &Knowledge) {
    let now = &knowledge.cautions[id].limits;
    let cleared = now.if_cleared.as_ref();
    let weeks = |name: &str| before[name].as_u64().map(|weeks| weeks * 7);
    for (name, before, now) in [
        ("max_discomfort_0_10", before["max_discomfort_0_10"].as_u64(), now.felt_max.map(u64::from)),
        ("max_seconds_per_area", before["max_seconds_per_area"].as_u64(), now.seconds_per_area.map(u64::from)),
        ("start_seconds_per_area", before["start_seconds_per_area"].as_u64(), now.seconds_per_area.map(u64::from)),
        ("max_sets", before["max_sets"].as_u64(), now.max_sets.map(u64::from)),
        ("min_days_after_injury", before["min_days_after_injury"].as_u64(), now.min_days_since.map(u64::from)),
        ("min_weeks", weeks("min_weeks"), now.min_days_since.map(u64::from)),
        ("min_hours", before["min_hours"].as_u64(), now.min_hours_since.map(u64::from)),
        ("hours_after_injection", before["hours_after_injection"].as_u64(), now.min_hours_since.map(u64::from)),
        (
            "if_cleared.max_discomfort_0_10",
            before["if_cleared"]["max_discomfort_0_10"].as_u64(),
            cleared.map(|limits| limits.felt_max.into()),
        ),
        (
            "if_cleared.max_seconds_per_area",
            before["if_cleared"]["max_seconds_per_area"].as_u64(),
            cleared.map(|limits| limits.seconds_per_area.into()),
        ),
        (
            "if_cleared.max_sets",
            before["if_cleared"]["max_sets"].as_u64(),
            cleared.map(|limits| limits.max_sets.into()),
        ),
    ] {
        if before.is_some() {
            lost.same(id, name, before, now);
        }
    }
    for (name, before, now) in [
        ("next_session_scale", before["next_session_scale"].as_f64(), now.next_dose_share),
        ("keep_cm_from_insertion", before["keep_cm_from_insertion"].as_f64(), now.keep_cm_from_ends),
    ] {
        if before.is_some() {
            lost.same(id, name, before, now);
        }
    }
    if before["no_end_range_pin_and_move"] == true {
        lost.same(id, "no_end_range_pin_and_move", true, now.no_pin_and_move);
    }
}

#[test]
fn measures_keep_their_facts() {
    let Some(shared) = shared("rom") else { return };
    let knowledge = embedded();
    let tests = list(&shared["tests"]);
    let mut lost = Lost::default();
    lost.ids("measures", ids(&tests), knowledge.measures.keys());
    for before in tests {
        let id = text(&before["id"]);
        let Some(now) = knowledge.measures.get(id) else { continue };
        let threshold = before["app_change_threshold"]["value"].as_f64();
        lost.same(id, "app_change_threshold", threshold, Some(now.change_threshold.value));
        let norms = list(&before["norms"]);
        lost.same(id, "number of norms", norms.len(), now.norms.len());
        for (index, (before, now)) in norms.iter().zip(&now.norms).enumerate() {
            let field = |name: &str| format!("norms[{index}].{name}");
            lost.same(id, &field("mean"), before["mean"].as_f64(), now.mean);
            lost.same(id, &field("mean, as printed"), before["mean"].as_str(), now.printed.as_deref());
            lost.same(id, &field("sd"), before["sd"].as_f64(), now.sd);
            lost.same(id, &field("n"), before["n"].as_u64(), now.n.map(u64::from));
            lost.same(id, &field("read"), text(&before["read"]), &wire(now.read));
        }
        let studies = list(&before["reliability"]);
        lost.same(id, "number of studies", studies.len(), now.reliability.len());
        for (index, (before, now)) in studies.iter().zip(&now.reliability).enumerate() {
            let field = |name: &str| format!("reliability[{index}].{name}");
            lost.same(id, &field("icc"), printed(&before["icc"]), now.icc.clone());
            lost.same(id, &field("sem"), printed(&before["sem"]), now.sem.clone());
            lost.same(id, &field("mdc95"), printed(&before["mdc95"]), now.mdc95.clone());
        }
    }
    lost.nothing();
}

#[test]
fn compensations_keep_their_facts() {
    let Some(shared) = shared("screen") else { return };
    let knowledge = embedded();
    let before = list(&shared["compensations"]);
    let mut lost = Lost::default();
    lost.ids("compensations", ids(&before), knowledge.compensations.keys());
    let tests = before.iter().map(|sign| text(&sign["test"])).collect();
    lost.ids("movement tests", tests, knowledge.movement_tests.keys());
    for before in before {
        let id = text(&before["id"]);
        let Some(now) = knowledge.compensations.get(id) else { continue };
        lost.same(id, "test", text(&before["test"]), &now.test);
        // Where two views would do, one of them was chosen.
        let views: Vec<&str> = text(&before["view"]).split('/').map(view).collect();
        lost.same(id, "view is one of the views", true, views.contains(&wire(now.view).as_str()));
        let rolled = now.roll.iter().map(|region| region.id()).collect();
        lost.same(id, "regions to roll", set(&before["smr_regions"]), rolled);
        for (fact, theirs, ours) in [
            ("probable_overactive", &before["probable_overactive"], &now.thought_overactive),
            ("probable_underactive", &before["probable_underactive"], &now.thought_underactive),
        ] {
            lost.same(id, fact, set(theirs), ours.iter().map(String::as_str).collect());
        }
        lost.same(id, "evidence", text(&before["evidence"]["strength"]), &now.evidence);
        let how = &before["how_to_see"];
        let limit = now.threshold.as_ref();
        let said = limit.map(|limit| format!("{} {}", limit.from, limit.kind)).unwrap_or_default();
        for number in numbers(&format!("{} {}", text(&how["threshold"]), text(&how["threshold_kind"]))) {
            lost.same(id, &format!("{number} of the threshold"), true, numbers(&said).contains(&number));
        }
        for number in numbers(text(&before["evidence"]["note"])) {
            let kept = numbers(&now.evidence_note).contains(&number);
            lost.same(id, &format!("{number} of the note"), true, kept);
        }
        lost.same(id, "number of sources", list(&before["source"]).len(), now.sources.len());
        // Where anything was not read, nothing counts as read.
        let unread = strings(&before["read"]).any(|read| read.contains("unverified"));
        lost.same(id, "read", unread, wire(now.read) == "unverified");
        for (moves, theirs) in [(&now.stretch, &before["stretches"]), (&now.strengthen, &before["strengthening"])] {
            let none = strings(theirs).all(|named| named == "-");
            lost.same(id, "moves where there are some, and only there", none, moves.is_empty());
        }
    }
    lost.nothing();
}

/// The word for a view in `knowledge/`.
fn view(theirs: &str) -> &str {
    match theirs {
        "anterior" => "front",
        "lateral" => "side",
        "posterior" => "back",
        "superior" => "above",
        "decision rule" => "compared",
        other => other,
    }
}

/// The numbers in a text, as printed.
fn numbers(text: &str) -> BTreeSet<String> {
    let pieces = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let trimmed = pieces.map(|piece| piece.trim_matches('.').to_owned());
    trimmed.filter(|piece| piece.starts_with(|letter: char| letter.is_ascii_digit())).collect()
}

#[test]
fn studies_keep_their_facts() {
    let Some(shared) = shared("trials") else { return };
    let before = list(&shared);
    let mut lost = Lost::default();
    lost.ids("trials", before.iter().map(|row| text(&row["trial_id"])).collect(), trials().keys());
    let rows: std::collections::BTreeMap<&str, (Value, Value)> = trials()
        .values()
        .flat_map(|trial| {
            let study = serde_json::to_value(trial).expect("a study as JSON");
            trial.contrasts.iter().map(move |row| {
                (row.id.as_str(), (study.clone(), serde_json::to_value(row).expect("a contrast as JSON")))
            })
        })
        .collect();
    lost.ids("contrasts", ids(&before), rows.keys());
    let citations = |study: &str| -> BTreeSet<&str> {
        before.iter().filter(|row| text(&row["trial_id"]) == study).map(|row| text(&row["citation"])).collect()
    };
    let mut compared = 0;
    for row in &before {
        let id = text(&row["id"]);
        let Some((study, now)) = rows.get(id) else { continue };
        // Two studies are cited in two ways; theirs is one of them.
        let cited = citations(text(&row["trial_id"])).contains(text(&study["citation"]));
        lost.same(id, "citation", true, cited);
        for (fact, before) in row.as_object().into_iter().flatten() {
            // Notes are sentences, not facts; the numbers in them became fields of their own.
            if ["id", "trial_id", "notes", "citation"].contains(&fact.as_str()) {
                continue;
            }
            compared += 1;
            let now = study.get(fact).or_else(|| now.get(fact)).unwrap_or(&Value::Null);
            if !alike(before, now) {
                lost.same(id, fact, before, now);
            }
        }
    }
    assert!(compared > 9_000, "only {compared} facts were compared");
    lost.nothing();
}

#[test]
fn reviews_keep_their_facts() {
    let Some(shared) = shared("meta") else { return };
    let before = list(&shared);
    let mut lost = Lost::default();
    lost.ids("reviews", ids(&before), reviews().keys());
    for review in &before {
        let id = text(&review["id"]);
        let Some(now) = reviews().get(id) else { continue };
        let now = serde_json::to_value(now).expect("a review as JSON");
        for (theirs, ours) in [
            ("citation", "citation"),
            ("year", "year"),
            ("doi_or_pmcid", "doi_or_pmcid"),
            ("type", "kind"),
            ("k", "k"),
            ("n", "n"),
            ("effects", "effects"),
            ("I2", "i2"),
        ] {
            if !alike(&review[theirs], &now[ours]) {
                lost.same(id, theirs, &review[theirs], &now[ours]);
            }
        }
        lost.same(id, "read", text(&review["read"]).starts_with("unverified"), now["read"] == "unverified");
        let (theirs, ours) = (list(&review["pooled"]), list(&now["pooled"]));
        lost.same(id, "number of pooled results", theirs.len(), ours.len());
        for (theirs, ours) in theirs.iter().zip(&ours) {
            for fact in ["outcome", "metric", "value", "ci_low", "ci_high", "percent", "p"] {
                if !alike(&theirs[fact], &ours[fact]) {
                    lost.same(id, fact, &theirs[fact], &ours[fact]);
                }
            }
        }
    }
    lost.nothing();
}

/// The same fact: 10 and 10.0 are, and a field that is missing is one that is null.
fn alike(before: &Value, now: &Value) -> bool {
    match (before, now) {
        (Value::Number(before), Value::Number(now)) => before.as_f64() == now.as_f64(),
        (Value::Object(before), Value::Object(now)) => before.keys().chain(now.keys()).all(|key| {
            let field = |object: &serde_json::Map<String, Value>| object.get(key).cloned().unwrap_or(Value::Null);
            alike(&field(before), &field(now))
        }),
        _ => before == now,
    }
}

/// A file of the shared catalogue, or none where it does not lie beside the repository.
fn shared(name: &str) -> Option<Value> {
    let path = here("../../../shared/knowledge").join(name).with_extension("json");
    let Ok(text) = fs::read_to_string(&path) else {
        // Straight to the terminal: the test harness hides what a passing test prints.
        let skipped = format!("SKIPPED: no {}: facts were not compared with the shared catalogue\n", path.display());
        std::io::stderr().write_all(skipped.as_bytes()).expect("a terminal to write to");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Facts that differ, gathered so that all show at once.
#[derive(Default)]
struct Lost(Vec<String>);

impl Lost {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, id: &str, fact: &str, before: T, now: T) {
        if before != now {
            self.0.push(format!("{id}: {fact}: shared {before:?}, knowledge/ {now:?}"));
        }
    }

    fn ids(&mut self, kind: &str, before: BTreeSet<&str>, now: impl IntoIterator<Item = impl AsRef<str>>) {
        let now: BTreeSet<String> = now.into_iter().map(|id| id.as_ref().to_owned()).collect();
        let before: BTreeSet<String> = before.into_iter().map(str::to_owned).collect();
        for id in before.symmetric_difference(&now) {
            self.0.push(format!("{kind}: {id} is in only one of the two"));
        }
    }

    fn nothing(self) {
        assert!(self.0.is_empty(), "facts differ from the shared catalogue:\n{}", self.0.join("\n"));
    }
}

fn list(value: &Value) -> Vec<&Value> {
    value.as_array().map(|list| list.iter().collect()).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().map(text)
}

fn set(value: &Value) -> BTreeSet<&str> {
    strings(value).collect()
}

fn ids<'v>(things: &[&'v Value]) -> BTreeSet<&'v str> {
    things.iter().map(|thing| text(&thing["id"])).collect()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect()
}

/// The id with which files write a value.
fn wire(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).map(|value| text(&value).to_owned()).unwrap_or_default()
}

/// A number or a text as it was printed.
fn printed(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// "6-8" is 6 to 8, "5 each way" is 5 to 5.
fn low_and_high(reps: &str) -> (u8, u8) {
    let numbers: Vec<u8> = reps.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    (numbers.first().copied().unwrap_or_default(), numbers.last().copied().unwrap_or_default())
}
