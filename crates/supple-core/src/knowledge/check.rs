//! Rules over the knowledge that types cannot hold: all errors at once, file and field named.

mod anatomy;
mod cards;
mod cautions;
mod compensations;
mod moves;
mod numbers;
mod paths;
mod pictures;
mod questions;
mod references;
mod responses;
mod retests;
mod sports;
mod techniques;
mod texts;
mod trials;
mod walk;

pub use retests::{RETEST_RULE, retests};
pub use sports::OTHER_SPORT;
pub use trials::{REVIEW_RULE, TRIAL_RULES, reviews, trials};

use super::Knowledge;
use std::fmt;

/// Something wrong in `knowledge/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, below `knowledge/`.
    pub file: String,
    /// The field, if it is about one.
    pub field: String,
    /// The rule that found it.
    pub rule: &'static str,
    /// What is wrong, and what to do about it.
    pub what: String,
}

impl Problem {
    /// Something wrong.
    #[must_use]
    pub fn new(file: &str, field: &str, rule: &'static str, what: String) -> Self {
        Self { file: file.to_owned(), field: field.to_owned(), rule, what }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = if self.field.is_empty() { "" } else { ": " };
        write!(f, "{}{dot}{}: {} [{}]", self.file, self.field, self.what, self.rule)
    }
}

/// What a rule adds its findings to.
type Problems = Vec<Problem>;

/// A rule: its name, and the function that looks.
type Rule = (&'static str, fn(&Knowledge, &'static str, &mut Problems));

/// The table of rules. Each has a fixture under `invalid/` that proves that it can fail.
pub const RULES: &[Rule] = &[
    ("dangling_source", references::sources_exist),
    ("unused_source", references::sources_are_used),
    ("missing_source", references::sources_are_given),
    ("judgement_without_source", references::judgement_is_cited),
    ("dangling_zone", references::zones_exist),
    ("dangling_caution", references::screen_lists_every_caution_once),
    ("dangling_claim", references::claims_exist),
    ("missing_region", references::every_region_has_a_file),
    ("missing_tool", references::every_tool_has_a_file),
    ("missing_stop_signal", references::every_stop_signal_is_described),
    ("missing_goal", references::every_goal_is_planned),
    ("missing_grade", references::every_grade_has_words),
    ("missing_reason", references::reasons_used_exist),
    ("unused_reason", references::reasons_are_used),
    ("listed_twice", references::lists_name_a_thing_once),
    ("dose_outside_limits", techniques::dose_within_limits),
    ("hold_too_long", techniques::holds_within_limits),
    ("felt_above_cap", techniques::felt_within_limits),
    ("pace_without_strokes", techniques::strokes_alone_have_a_pace),
    ("pin_without_movement", techniques::pinned_spots_have_a_movement),
    ("reps_out_of_order", techniques::reps_are_ordered),
    ("line_enters_zone", techniques::line_stays_out_of_zones),
    ("works_in_closed_zone", techniques::works_in_light_zones_only),
    ("zone_not_listed", techniques::no_go_zones_of_the_region_are_listed),
    ("vibrates_near_implant", techniques::vibration_keeps_off_implants),
    ("touches_lacks_own_region", techniques::touches_its_own_region),
    ("presses_closed_region", techniques::presses_rollable_regions),
    ("force_out_of_order", techniques::force_is_ordered),
    ("posture_outside_place", techniques::wall_and_chair_need_no_floor_posture),
    ("station_in_two_places", techniques::a_station_is_in_one_place),
    ("judgement_unsaid", techniques::judgement_is_said),
    ("move_not_held_nor_counted", moves::moves_are_held_or_counted),
    ("move_amount_outside_limits", moves::amounts_are_within_the_ceilings),
    ("move_of_many_steps", moves::moves_have_few_steps),
    ("move_lacks_own_region", moves::moves_touch_their_regions),
    ("move_rests_on_untouched", moves::weight_is_touched),
    ("move_other_side_unsaid", moves::one_sided_moves_tell_of_the_other_side),
    ("move_on_throat_or_face", moves::moves_keep_off_throat_and_face),
    ("move_posture_outside_place", moves::floor_postures_are_on_the_floor),
    ("move_demand_missing", moves::demands_are_complete),
    ("move_equipment_empty", moves::equipment_is_named),
    ("dangling_move", moves::easier_and_harder_exist),
    ("moves_in_a_circle", moves::harder_never_comes_round),
    ("question_not_yes_no", cautions::questions_are_yes_no),
    ("no_card_line", cautions::questions_have_card_lines),
    ("line_too_long", cautions::card_lines_are_short),
    ("action_without_reach", cautions::actions_have_a_reach),
    ("widened_without_mark", cautions::only_marks_are_widened),
    ("action_twice", cautions::extra_actions_are_extra),
    ("limits_above_ceiling", cautions::limits_are_under_the_ceilings),
    ("limits_without_tool", cautions::limits_leave_a_tool_and_a_place),
    ("urgent_without_advice", cautions::urgent_entries_say_how_soon),
    ("urgent_asked_late", cautions::urgent_entries_are_asked_first),
    ("area_asked_elsewhere", cautions::areas_are_asked_with_today),
    ("ask_again_too_late", cautions::what_changes_fast_is_asked_each_session),
    ("never_lifted_needlessly", cautions::only_agreements_can_be_refused),
    ("move_limit_above_ceiling", cautions::move_limits_are_under_the_ceilings),
    ("open_to_moves_unsourced", cautions::regions_stay_open_by_a_source),
    ("moves_wait_for_nobody", cautions::demands_wait_for_somebody),
    ("question_on_no_card", cards::every_question_is_on_a_card),
    ("card_out_of_order", cards::cards_are_in_order),
    ("card_too_long", cards::cards_are_short),
    ("card_title_elsewhere", cards::titles_say_where),
    ("later_card_unfilled", cards::later_card_can_be_filled_in),
    ("zone_span_reversed", anatomy::spans_are_ordered),
    ("zone_span_elsewhere", anatomy::spans_are_in_listed_regions),
    ("limb_without_order", anatomy::limbs_are_ordered),
    ("line_outside_region", anatomy::lines_are_inside_their_region),
    ("line_too_short", anatomy::lines_go_somewhere),
    ("ceiling_raised", numbers::ceilings_are_not_raised),
    ("limit_above_ceiling", numbers::general_limits_are_under_the_ceilings),
    ("share_out_of_range", numbers::shares_never_add),
    ("time_off_step", numbers::seconds_fit_the_step),
    ("prior_out_of_order", numbers::effects_lie_in_their_interval),
    ("grade_without_answer", numbers::answers_alone_are_graded),
    ("measure_out_of_order", numbers::measures_can_be_right),
    ("phone_cannot_read", numbers::phones_can_read),
    ("question_not_askable", questions::questions_can_be_asked),
    ("work_not_shared_out", sports::work_is_shared_out),
    ("no_other_sport", sports::an_unknown_sport_counts_as_something),
    ("response_not_to_be_told", responses::responses_can_be_told),
    ("dangling_finding", compensations::tests_and_findings_exist),
    ("measure_cannot_decide", compensations::measures_can_decide),
    ("finding_without_move", compensations::moves_exist),
    ("movement_tests_out_of_order", compensations::tests_are_in_order),
    ("movement_test_out_of_reach", compensations::tests_can_be_reached),
    ("rolls_closed_region", compensations::regions_can_be_rolled),
    ("one_side_unsaid", compensations::sides_fit_the_test),
    ("dangling_path_id", paths::everything_named_exists),
    ("path_asks_in_disorder", paths::questions_come_in_order),
    ("path_shown_to_nobody", paths::paths_are_for_somebody),
    ("watch_not_answerable", paths::watches_can_be_acted_on),
    ("path_measure_ungated", paths::measures_have_a_move),
    ("not_drawn", pictures::everything_is_drawn),
    ("dangling_pose", pictures::poses_exist_and_are_used),
    ("angle_no_joint_has", pictures::angles_are_human),
    ("poses_alike", pictures::key_poses_differ),
    ("tool_in_a_test", pictures::tests_need_no_tool),
    ("tool_off_line", pictures::tools_stay_on_the_line),
    ("wall_without_wall", pictures::tools_are_where_the_technique_is),
    ("words_we_do_not_use", texts::no_claims_and_no_blame),
    ("long_dash", texts::no_long_dashes),
    ("empty_text", texts::nothing_is_empty),
    ("number_not_to_be_dialled", numbers::emergency_numbers_can_be_dialled),
    ("duplicate_name", texts::names_are_unique),
];

/// Everything wrong, by every rule, in a fixed order.
#[must_use]
pub fn all(knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, rule) in RULES {
        rule(knowledge, name, &mut problems);
    }
    problems.sort();
    problems
}
