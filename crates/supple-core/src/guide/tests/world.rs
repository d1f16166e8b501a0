//! A small world, and short words for what the tests do with it.

use crate::body::{RegionId, Side};
use crate::dose::Dose;
use crate::event::{BlockFinished, EventBody, StopSignalled};
use crate::gate::{Admitted, AdmittedBlock};
use crate::guide::{Cue, CueKind, Input, Output, Pace, Session};
use crate::knowledge::{Goal, Knowledge, ToolId};
use crate::unit::Felt;
use serde_json::{Value, json};

pub fn knowledge() -> Knowledge {
    serde_json::from_value(json!({
        "sources": {}, "grades": {}, "claims": {}, "reasons": {}, "tools": {}, "zones": {}, "cautions": {}, "measures": {},
        "limits": limits(),
        "planning": {
            "time": {
                "station_setup_seconds": 20, "placing_seconds": 0, "lead_in_seconds": 5, "rest_seconds": 20, "side_switch_seconds": 10,
                "least_seconds": 20, "step_seconds": 5, "sources": [], "read": "our_judgement",
            },
            "need": {
                "want": 1000, "tight": 800, "usual": 500, "one_side_share": 250, "caution_share": 700,
                "floor_share": 600, "sources": [], "read": "our_judgement",
            },
            "reference_body": {"mass_kg": 75.0, "sources": [], "read": "our_judgement"},
            "goals": {},
        },
        "priors": {"provisional": true, "tau_seconds": 60.0, "half_life_minutes": 13.0, "curve_sources": [], "effects": {}},
        "worthwhile": {"sources": [], "read": "our_judgement", "measures": {}},
        "rule": {"certainty": 0.8, "promises": []},
        "questions": {},
        "screen": {
            "get_help_first": [], "told_by_a_doctor": [], "medicines": [], "recent": [], "areas": [],
            "each_session_holds_hours": 12, "confirm_lasting_after_days": 90, "agreement_holds_days": 365,
        },
        "stop_signals": {
            "sharp_or_electric": {
                "signal": "sharp", "what_to_do": "lift off now; this area is done for today", "ends": "area",
                "watch_for": "Pain that stays longer than 30 minutes", "sources": [], "read": "our_judgement",
            },
        },
        "emergency": { "unknown_country": "112", "countries": {}, "sources": [], "read": "our_judgement" },
        "cards": {
            "none_of_these": "None", "yes": "Yes", "not_sure": "Not sure", "renew_after_days": 7,
            "ask_anew_after_days": 28, "places": { "legs": "legs", "arms": "arms", "or": " or ", "body": "body" },
            "first": [],
            "later": {
                "title": "Today", "lines": [], "news": { "text": "New since {day}", "ids": [] },
                "told": { "text": "Changed: {what}", "many": "{count}", "names": {} },
            },
        },
        "regions": {
            "calf": region("calf", Some("leg")), "soleus": region("deep calf", Some("leg")),
            "rectus_femoris": region("front of the thigh", Some("leg")),
            "thoracic_erectors": region("upper back", None), "triceps": region("back of the arm", Some("arm")),
        },
        "techniques": {
            "calf_roller": technique("Calf on the roller", "calf", &["calf", "soleus"], "strokes"),
            "calf_pin": technique("Calf held, ankle moving", "calf", &["calf", "soleus"], "pin_and_move"),
            "soleus_ball": technique("Deep calf on a ball", "soleus", &["soleus"], "search_and_hold"),
            "quad_roller": technique("Thigh on the roller", "rectus_femoris", &["rectus_femoris"], "strokes"),
            "back_peanut": technique("Back on a peanut", "thoracic_erectors", &["thoracic_erectors"], "search_and_hold"),
        },
    }))
    .expect("the small world is well formed")
}

fn limits() -> Value {
    json!({
        "ceilings": {
            "felt_target": 4, "felt_cap": 6, "felt_off": 7, "hold_seconds": 30, "seconds_per_area_day": 120, "sets": 3,
            "session_minutes": 20, "leave_alone_soreness": 7, "sources": [], "read": "our_judgement",
        },
        "defaults": {
            "lower_pressure_felt": 3, "shorten_seconds_per_area": 30, "shorten_sets": 1,
            "sources": [], "read": "our_judgement",
        },
        "first_session": {"felt_target": 3, "seconds_per_area": 30, "sources": [], "read": "our_judgement"},
        "caution_level": {
            "felt_target": 3, "felt_cap": 4, "light_only_felt": 3, "sources": [], "read": "our_judgement",
        },
        "age": {
            "not_under_years": 12, "adult_from_years": 18, "gentle_start_from_years": 60, "gentle_start_felt": 3,
            "gentle_start_places": [], "older_adult_from_years": 70, "sources": [], "read": "our_judgement",
        },
        "flare": {
            "soreness_above": 3, "next_dose_share": 0.7, "bruise_closed_days": 7, "sources": [], "read": "our_judgement",
        },
        "next_day": {
            "within_hours": 48, "share_without_report": 1.0, "step_seconds": 30, "fresh_start_after_days": 21,
            "sources": [], "read": "our_judgement",
        },
    })
}

fn region(name: &str, limb: Option<&str>) -> Value {
    json!({
        "name": name, "muscle": name, "where_it_is": "here", "limb": limb, "rollable": true,
        "line": {"from": "heel", "to": "knee", "length_cm": 30.0},
    })
}

fn technique(name: &str, region: &str, touches: &[&str], kind: &str) -> Value {
    json!({
        "name": name, "region": region, "touches": touches, "muscle": region, "tool": "foam_roller", "level": "standard",
        "sides": "one_at_a_time", "place": "floor", "station": "sitting", "position": "Sit on the floor.",
        "setup": "Put it on the roller", "line": {"from": "your heel", "to": "your knee", "from_cm": 8.0, "to_cm": 22.0},
        "motion": {"kind": kind, "spots": 2, "cadence": "slowly"},
        "small_movements": ["short strokes", "turn the foot"],
        "active_movement": {"joint": "ankle", "motion": "pull the toes up, then point them", "reps": {"low": 6, "high": 8}},
        "pressure": {"lighter": ["hips down", "other foot down"], "heavier": []},
        "dose": {"sets": 2, "seconds_per_set": 45},
        "force": {
            "basis": "newtons", "low": 0.0, "usual": 0.0, "high": 0.0, "sources": [], "read": "our_judgement", "note": "",
        },
        "zones_to_avoid": [], "easier": "", "mistakes": [], "strengthen": [], "stretch": "", "grade": "low",
        "sources": [], "read": "our_judgement",
    })
}

pub const CALF: RegionId = RegionId::Calf;

/// The region of each technique of the small world, and how a plan would dose its motion.
pub const TECHNIQUES: [(&str, RegionId); 5] = [
    ("calf_roller", RegionId::Calf),
    ("calf_pin", RegionId::Calf),
    ("soleus_ball", RegionId::Soleus),
    ("quad_roller", RegionId::RectusFemoris),
    ("back_peanut", RegionId::ThoracicErectors),
];

pub fn block(technique: &str, side: Side, sets: u8, seconds_per_set: u32) -> AdmittedBlock {
    let region = TECHNIQUES.iter().find(|t| t.0 == technique).map_or(CALF, |t| t.1);
    let strokes = technique.ends_with("_roller");
    AdmittedBlock {
        dose: Dose {
            technique: technique.into(),
            region,
            side,
            tool: ToolId::FoamRoller,
            sets,
            seconds_per_set,
            rest_seconds: 20,
            felt_target: Felt::of(4),
            felt_cap: Felt::of(6),
            seconds_per_pass: strokes.then_some(3),
            spots: 2,
            hold_seconds: technique.ends_with("_ball").then_some(seconds_per_set.div_ceil(2).min(30)),
        },
        new_station: true,
        side_switch: false,
        setup_seconds: 20,
        lead_in_seconds: 5,
    }
}

/// The same technique on the other side.
pub fn switched(mut block: AdmittedBlock, side: Side) -> AdmittedBlock {
    block.dose.side = side;
    (block.new_station, block.side_switch, block.setup_seconds) = (false, true, 10);
    block
}

pub fn begin(blocks: Vec<AdmittedBlock>) -> Session {
    begin_for(Goal::Mobility, blocks)
}

pub fn begin_for(goal: Goal, blocks: Vec<AdmittedBlock>) -> Session {
    Session::start("s1".into(), &Admitted::for_tests(goal, blocks), &knowledge()).0
}

pub fn begin_paced(blocks: Vec<AdmittedBlock>, pace: &Pace) -> Session {
    Session::start_paced("s1".into(), &Admitted::for_tests(Goal::Mobility, blocks), &knowledge(), pace).0
}

/// One block of strokes on the left calf: set-up to 20 s, count-in to 25 s, then 2 sets of 30 s with a rest of 20 s.
pub fn left_calf() -> Session {
    begin(vec![block("calf_roller", Side::Left, 2, 30)])
}

/// The left calf, the right calf and the back.
pub fn calves_and_back() -> Session {
    let left = block("calf_roller", Side::Left, 2, 30);
    let right = switched(left.clone(), Side::Right);
    begin(vec![left, right, block("back_peanut", Side::Midline, 1, 40)])
}

impl Session {
    /// Starts the clock at 0 and lets it run to a second.
    pub(super) fn run_to(&mut self, second: u64) -> Output {
        let mut out = self.step(Input::Tick, 0);
        out.append(self.step(Input::Tick, second * 1000));
        out
    }

    /// Steps at a second.
    pub(super) fn at(&mut self, second: u64, input: Input) -> Output {
        self.step(input, second * 1000)
    }
}

impl Output {
    pub(in crate::guide) fn append(&mut self, more: Output) {
        self.cues.extend(more.cues);
        self.events.extend(more.events);
    }

    pub(in crate::guide) fn kinds(&self) -> Vec<CueKind> {
        self.cues.iter().map(|cue| cue.kind).collect()
    }

    pub(in crate::guide) fn says(&self, kind: CueKind) -> bool {
        self.cues.iter().any(|cue| cue.kind == kind)
    }

    pub(in crate::guide) fn cue(&self, kind: CueKind) -> Option<&Cue> {
        self.cues.iter().find(|cue| cue.kind == kind)
    }

    pub(in crate::guide) fn finished(&self) -> Vec<&BlockFinished> {
        self.events
            .iter()
            .filter_map(|event| match event {
                EventBody::BlockFinished(finished) => Some(finished),
                _ => None,
            })
            .collect()
    }

    pub(in crate::guide) fn signalled(&self) -> Vec<&StopSignalled> {
        self.events
            .iter()
            .filter_map(|event| match event {
                EventBody::StopSignalled(signalled) => Some(signalled),
                _ => None,
            })
            .collect()
    }

    /// Whether the session ended with this step, and if so whether it was completed.
    pub(super) fn ended(&self) -> Option<bool> {
        self.events.iter().find_map(|event| match event {
            EventBody::SessionEnded(ended) => Some(ended.completed),
            _ => None,
        })
    }
}
