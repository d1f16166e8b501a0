//! Whatever arrives in a path, a query or a form, there is an answer, and a look never writes.

use crate::plan::ready;
use proptest::prelude::*;
use supple_core::knowledge::Goal;

const PATHS: [&str; 28] = [
    "plan",
    "plan/arrange",
    "routines",
    "routines/start",
    "programme",
    "programme/change",
    "programme/start",
    "programme/end",
    "routines/remove",
    "after/today",
    "after/x",
    "next-day",
    "history",
    "history/today",
    "history/undo",
    "history/x",
    "spots/x",
    "spots/x/press",
    "spots/x/follow-up",
    "spots",
    "training",
    "training/back",
    "training/undo",
    "training/import",
    "training/import/found",
    "training/import/events",
    "training/import/agree",
    "training/known",
];

const NAMES: [&str; 20] = [
    "do",
    "block",
    "with",
    "region",
    "name",
    "routine",
    "felt",
    "worst",
    "marks",
    "mark.calf.left",
    "sore.calf.left",
    "of",
    "month",
    "heat",
    "sport",
    "minutes",
    "effort",
    "start",
    "like",
    "batch",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("up".to_owned()),
        Just("out".to_owned()),
        Just("swap".to_owned()),
        Just("shorter".to_owned()),
        Just("back-in".to_owned()),
        Just("calf_roller.left".to_owned()),
        Just("calf".to_owned()),
        Just("9999-99".to_owned()),
        Just("-9-1".to_owned()),
        Just("2026-02".to_owned()),
        Just("1900-01".to_owned()),
        Just("2999-12".to_owned()),
        Just("today".to_owned()),
        Just("999999999999999999999".to_owned()),
        Just("-1".to_owned()),
        Just("\u{0}\u{202e}<script>".to_owned()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_sent_stops_the_app(
        path in prop::sample::select(PATHS.to_vec()),
        fields in prop::collection::vec((prop::sample::select(NAMES.to_vec()), value()), 0..5),
        tail in any::<String>(),
    ) {
        let mut phone = ready();
        let doses = phone.suggested(&phone.app.state().check_ins[0].what.clone());
        phone.roll("today", Goal::Mobility, doses);
        phone.is_now("2026-11-23T08:00:00+01:00");
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        let looked = phone.get_once(&format!("{path}?{query}"));
        prop_assert!(matches!(looked.status, 200 | 303 | 404));
        prop_assert!(!looked.body.contains("<script>"), "what was sent is text");
        let posted = phone.post(path, &pairs);
        prop_assert!(matches!(posted.status, 200 | 303 | 404 | 422));
        phone.post_body(path, &tail);
        phone.get_once(&tail);
    }
}
