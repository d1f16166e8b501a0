//! Whatever a person makes of a plan is admitted or refused, never guided unadmitted.

use crate::plan::ready;
use crate::world::{Phone, forms, knowledge};
use proptest::prelude::*;
use supple_core::assess::Assessment;
use supple_core::body::{RegionId, Side};
use supple_core::contract::decide;
use supple_core::dose::Dose;
use supple_core::event::{EventBody, PlanArranged};
use supple_core::gate::admit;
use supple_core::unit::Felt;

/// Whether these doses pass the gate by the log as it stands.
fn passes(phone: &Phone, doses: &[Dose]) -> bool {
    let state = phone.app.state();
    let wishes = &state.check_ins.last().unwrap().what;
    let assessment = Assessment::from_state(knowledge(), state, &phone.now, wishes);
    let (judgement, _) = decide(knowledge(), &assessment);
    let clearance = judgement.verdict.clearance().unwrap();
    admit(knowledge(), clearance, state.head.as_deref(), assessment.goal, assessment.minutes, doses).is_ok()
}

fn arranged(phone: &Phone) -> Vec<Dose> {
    phone.app.state().arrangement.as_ref().map(|arranged| arranged.what.doses.clone()).unwrap_or_default()
}

fn any_dose() -> impl Strategy<Value = Dose> {
    let techniques: Vec<String> = knowledge().techniques.keys().cloned().collect();
    let parts = (
        proptest::sample::select(techniques),
        proptest::sample::select(vec![Side::Left, Side::Right, Side::Both, Side::Midline]),
        proptest::option::weighted(0.1, proptest::sample::select(RegionId::ALL.to_vec())),
        0..=4_u8,
        0..=150_u32,
        0..=10_u8,
        0..=10_u8,
        proptest::option::of(0..=6_u32),
        proptest::option::of(0..=60_u32),
    );
    parts.prop_map(|(id, side, region, sets, seconds_per_set, target, cap, pass, hold)| {
        let technique = &knowledge().techniques[&id];
        Dose {
            region: region.unwrap_or(technique.region),
            tool: technique.tool,
            technique: id,
            side,
            sets,
            seconds_per_set,
            rest_seconds: 20,
            felt_target: Felt::of(target),
            felt_cap: Felt::of(cap),
            seconds_per_pass: pass,
            spots: 1,
            hold_seconds: hold,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Buttons pressed at random on the page itself.
    #[test]
    fn a_change_made_on_the_page_is_always_one_that_the_gate_admits(presses in prop::collection::vec(0..400_usize, 1..8)) {
        let mut phone = ready();
        for press in presses {
            let page = phone.get("plan");
            let changes: Vec<_> = forms(&page.body).into_iter().filter(|form| form.action == "/plan/arrange").collect();
            let form = &changes[press % changes.len()];
            let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let answer = phone.post("plan/arrange", &fields);
            prop_assert!(matches!(answer.status, 303 | 422));
            let doses = arranged(&phone);
            prop_assert!(doses.is_empty() || passes(&phone, &doses), "kept without being admitted: {doses:?}");
        }
    }

    /// An arrangement that came from elsewhere, such as another device or a file, is never in force unadmitted.
    #[test]
    fn an_arrangement_from_elsewhere_is_in_force_only_if_the_gate_admits_it(doses in prop::collection::vec(any_dose(), 1..5), keep in any::<bool>()) {
        let mut phone = ready();
        let mut doses = doses;
        if keep {
            let wishes = phone.app.state().check_ins.last().unwrap().what.clone();
            doses.truncate(1);
            doses.extend(phone.suggested(&wishes));
        }
        phone.record([EventBody::PlanArranged(PlanArranged { based_on: None, doses: doses.clone() })]);
        let page = phone.get("plan");
        prop_assert_eq!(page.status, 200);
        prop_assert_eq!(page.body.contains("This is your own version"), passes(&phone, &doses));
    }
}

#[test]
fn the_next_check_in_ends_an_arrangement() {
    let mut phone = ready();
    let page = phone.get("plan");
    phone.press(&page, "Shorter", &[]);
    let wishes = phone.app.state().check_ins.last().unwrap().what.clone();
    phone.check_in(wishes);
    assert!(!phone.get("plan").body.contains("This is your own version"));
}
