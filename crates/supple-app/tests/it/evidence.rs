//! What people say rolling does: every claim has a page, and what matters to a goal comes first.

use crate::world::{Phone, knowledge, wishes};
use supple_core::body::RegionId;
use supple_core::knowledge::Goal;

const NOW: &str = "2026-11-22T18:00:00+01:00";

#[test]
fn every_claim_has_a_page_with_its_verdict_and_sources() {
    let mut phone = Phone::new(NOW);
    let all = phone.get("evidence").body;
    for (id, claim) in &knowledge().claims {
        assert!(all.contains(&format!("/evidence/{id}\"")), "{id} is not in the list");
        let page = phone.get(&format!("evidence/{id}"));
        assert_eq!(page.status, 200, "{id}");
        // It begins a paragraph there, so its first letter is a capital one.
        assert!(page.body.contains(&claim.verdict.words()[1..]), "{id}");
        for source in &claim.sources {
            assert!(page.body.contains(&format!("settings/about#source-{source}")), "{id} lacks {source}");
        }
    }
    assert_eq!(phone.get("evidence/heals_everything").status, 404);
}

#[test]
fn a_plan_for_recovery_leads_to_the_lines_on_soreness_first() {
    let mut phone = Phone::new(NOW);
    phone.introduce();
    phone.check_in(wishes(Goal::Recovery, 10, &[RegionId::Calf]));
    phone.answer_all_no();
    assert!(phone.get("plan").body.contains("/evidence?goal=recovery"));
    let page = phone.get("evidence?goal=recovery").body;
    let at = |id: &str| page.find(&format!("/evidence/{id}\"")).unwrap_or_else(|| panic!("{id} is missing"));
    assert!(at("soreness_next_hour") < at("blood_flow") && at("blood_flow") < at("breaks_up_adhesions"));
    assert_eq!(page.matches("/evidence/blood_flow\"").count(), 1, "nothing stands twice");
}
