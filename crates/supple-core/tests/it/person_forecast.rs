//! Forecasts of one person's own soreness: what they keep to, and how often people made up by the model's own rules are
//! foretold right.

use jiff::{SignedDuration, Zoned};
use std::collections::BTreeMap;
use supple_core::body::{Half, RegionId, Side, Site};
use supple_core::draws::Draws;
use supple_core::event::{CheckedIn, Soreness, Trained};
use supple_core::exposure::bouts;
use supple_core::knowledge::{Goal, Knowledge};
use supple_core::learn::forecast::person::{DAYS_AHEAD, Outlook, outlook, scored, sore_tomorrow};
use supple_core::learn::normal_quantile;
use supple_core::math;
use supple_core::state::{State, Timed, Training};
use supple_core::unit::{Felt, SessionMinutes, TrainingSeconds};

fn knowledge() -> &'static Knowledge {
    supple_knowledge::embedded()
}

fn day(number: i64, hour: i64) -> Zoned {
    let start: Zoned = "2026-06-01T00:00:00[UTC]".parse().expect("a time");
    start.checked_add(SignedDuration::from_hours(24 * number + hour)).expect("in range")
}

fn train(state: &mut State, start: &Zoned, minutes: u32, effort: u8, unusual: Option<bool>) {
    let id = format!("t{}", state.trainings.len());
    let what = Trained {
        start: start.clone(),
        seconds: TrainingSeconds::new(minutes * 60).expect("in range"),
        sport: "running".into(),
        name: None,
        effort: Some(Felt::of(effort)),
        unusual,
        exercises: Vec::new(),
        distance: None,
        ascent: None,
        descent: None,
        rolled: Vec::new(),
        source: None,
    };
    state.trainings.push(Training { id, at: start.clone(), what, also: Vec::new() });
}

fn check_in(state: &mut State, at: &Zoned, sore: &[(RegionId, Option<Side>, u8)]) {
    let soreness = sore.iter().map(|&(region, side, felt)| Soreness { region, side, felt: Felt::of(felt) }).collect();
    let what = CheckedIn {
        goal: Goal::Recovery,
        minutes: SessionMinutes::new(10).expect("in range"),
        soreness,
        tight: Vec::new(),
        wants: Vec::new(),
        avoid: Vec::new(),
    };
    state.check_ins.push(Timed { at: at.clone(), id: format!("c{}", state.check_ins.len()), what });
}

/// Three weeks of check-ins in the evening; every fifth day an unusual hour's run, sore two days later.
fn three_weeks(side: Option<Side>) -> State {
    let mut state = State::default();
    for number in 0..21 {
        if number % 5 == 0 {
            train(&mut state, &day(number, 9), 60, 8, Some(true));
        }
        let felt = [0, 3, 5, 2, 0][usize::try_from(number % 5).expect("small")];
        let sore: &[_] = if felt == 0 || number < 5 { &[] } else { &[(RegionId::Calf, side, felt)] };
        check_in(&mut state, &day(number, 19), sore);
    }
    state
}

fn mean(outlook: &Outlook, site: Site, ahead: usize) -> f64 {
    outlook.on(site, outlook.days()[ahead]).expect("a place that was trained").mean()
}

const CALF: Site = Site::new(RegionId::Calf, Half::Left);

#[test]
fn it_covers_today_to_four_days_ahead_and_says_what_is_missing_before() {
    let mut state = State::default();
    let now = day(0, 20);
    let nothing = outlook(knowledge(), &state, &now);
    assert!(nothing.places.is_empty() && nothing.worst().is_empty());
    let missing = nothing.not_yet.expect("nothing is known");
    assert_eq!((missing.check_in_days, missing.training), (7, true));
    train(&mut state, &day(0, 18), 60, 8, None);
    check_in(&mut state, &now, &[]);
    let missing = outlook(knowledge(), &state, &now).not_yet.expect("one check-in is too few");
    assert_eq!((missing.check_in_days, missing.training), (6, false));
    let state = three_weeks(None);
    let outlook = outlook(knowledge(), &state, &day(20, 20));
    assert_eq!(outlook.not_yet, None);
    assert_eq!(i32::try_from(outlook.days().len()).expect("few"), DAYS_AHEAD + 1);
    assert!(outlook.places.values().all(|all| all.len() == outlook.moments.len()));
}

#[test]
fn it_rises_after_training_is_worst_on_the_second_day_and_falls_back_without_more() {
    let state = three_weeks(None);
    // An unusual run on day 20, in the morning; it is evening.
    let fresh = outlook(knowledge(), &state, &day(20, 20));
    let by_day: Vec<f64> = (0..5).map(|ahead| mean(&fresh, CALF, ahead)).collect();
    assert!(by_day[1] > by_day[0] && by_day[2] > by_day[0], "{by_day:?}");
    assert!(by_day[2] > by_day[3] && by_day[3] > by_day[4], "{by_day:?}");
    let worst = &fresh.worst()[0];
    assert_eq!((worst.site.region, worst.moment.date), (RegionId::Calf, day(22, 0).date()), "{:?}", worst.moment);
    // Nothing for a month: the same background on every day, below where anybody notices it.
    let later = outlook(knowledge(), &state, &day(50, 20));
    let by_day: Vec<f64> = (0..5).map(|ahead| mean(&later, CALF, ahead)).collect();
    assert!(by_day.iter().all(|mean| *mean < 1.5 && (mean - by_day[0]).abs() < 0.05), "{by_day:?}");
    assert!(later.worst().is_empty());
}

#[test]
fn left_and_right_mirror_each_other_and_agree_where_all_is_the_same() {
    let now = day(20, 20);
    let [left, right] = [Side::Left, Side::Right].map(|side| outlook(knowledge(), &three_weeks(Some(side)), &now));
    for (site, chances) in &left.places {
        let other = if site.half == Half::Left { Half::Right } else { Half::Left };
        let mirrored = &right.places[&Site::new(site.region, other)];
        for (one, two) in chances.iter().zip(mirrored) {
            // Sums over both sides are taken in another order.
            let apart = one.points().iter().zip(two.points()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(apart < 1e-9, "{site:?}");
        }
    }
    assert!(mean(&left, CALF, 2) > mean(&left, Site::new(RegionId::Calf, Half::Right), 2) + 0.5);
    let both = outlook(knowledge(), &three_weeks(None), &now);
    for region in both.places.keys().map(|site| site.region) {
        let [a, b] = Half::ALL.map(|half| &both.places[&Site::new(region, half)]);
        assert_eq!(a, b, "{region}");
    }
}

#[test]
fn being_used_to_it_makes_less_sore() {
    let now = day(20, 20);
    let state = three_weeks(None);
    let mut usual = state.clone();
    usual.trainings.last_mut().expect("one").what.unusual = Some(false);
    let (new, used) = (outlook(knowledge(), &state, &now), outlook(knowledge(), &usual, &now));
    assert!(mean(&used, CALF, 2) < mean(&new, CALF, 2) - 0.5);
}

#[test]
fn nothing_later_changes_a_forecast() {
    let mut state = three_weeks(None);
    let now = day(18, 20);
    let before = outlook(
        knowledge(),
        &{
            let mut early = state.clone();
            early.check_ins.truncate(19);
            early.trainings.truncate(4);
            early
        },
        &now,
    );
    check_in(&mut state, &day(21, 19), &[(RegionId::Calf, Some(Side::Left), 9), (RegionId::Lats, None, 4)]);
    assert_eq!(outlook(knowledge(), &state, &now), before, "what lies ahead of the moment is not looked at");
    assert_eq!(outlook(knowledge(), &state, &now), outlook(knowledge(), &state, &now));
}

#[test]
fn tomorrow_is_told_to_a_plan_only_where_it_will_be_noticed() {
    let state = three_weeks(None);
    let sore = sore_tomorrow(knowledge(), &state, &day(20, 20));
    assert!(sore.contains_key(&CALF), "{sore:?}");
    assert!(sore.values().all(|felt| felt.get() >= 3));
    let mut untrained = state;
    untrained.trainings.clear();
    assert!(sore_tomorrow(knowledge(), &untrained, &day(20, 20)).is_empty());
}

/// People made up by the equations of `docs/model.md` §9 (gain, noise, swing drawn around the grid, not on it), who mark
/// what they would notice. What comes has to lie in the middle 90 % about as often, and beat both simple forecasts.
#[test]
fn made_up_people_are_foretold_as_well_as_promised() {
    let mut draws = Draws::new(20_261_123);
    // Twelve people of twelve weeks: 17,000 forecasts, though those of one day go together.
    let (mut n, mut inside, mut ours, mut rivals) = (0.0, 0.0, 0.0, [0.0; 3]);
    for _ in 0..12 {
        let state = made_up(&mut draws);
        let score = scored(knowledge(), &state, &day(90, 0)).expect("days enough").scored;
        #[allow(clippy::cast_precision_loss)]
        let weight = score.n as f64;
        n += weight;
        inside += weight * score.coverage90;
        ours += weight * score.crps.supple;
        for (sum, crps) in rivals.iter_mut().zip([score.crps.persistence, score.crps.mean, score.crps.ridge]) {
            *sum += weight * crps;
        }
    }
    let coverage = inside / n;
    assert!(n > 10_000.0 && (0.85..=0.95).contains(&coverage), "{coverage} of {n}");
    assert!(rivals.iter().all(|rival| ours < 0.97 * rival), "{ours} against {rivals:?}");
}

fn made_up(draws: &mut Draws) -> State {
    let mut normal = |spread: f64| spread * normal_quantile(draws.uniform());
    let (gain, swing, noise) = (math::exp(0.2 + normal(0.5)), 0.8 + normal(0.1), 0.8 + normal(0.1));
    let mut state = State::default();
    for number in 0..84 {
        let at = normal(1.0);
        if at > 0.3 {
            let minutes = if at > 1.3 { 100 } else { 45 };
            train(&mut state, &day(number, 17), minutes, if at > 1.0 { 8 } else { 5 }, (at > 1.6).then_some(true));
        }
    }
    let bouts = bouts(knowledge(), &state);
    let mut places: BTreeMap<RegionId, (f64, f64, f64)> = BTreeMap::new();
    let mut check_ins = Vec::new();
    for number in 0..84 {
        let at = day(number, 19);
        let mut sore = Vec::new();
        for region in
            bouts.iter().flat_map(|bout| bout.regions.keys()).copied().collect::<std::collections::BTreeSet<_>>()
        {
            let (usual, own, swung) =
                places.entry(region).or_insert_with(|| (normal(0.6), gain * (1.0 + normal(0.3)), normal(swing)));
            *swung = 0.6 * *swung + normal(swing * 0.8);
            let pull: f64 = bouts
                .iter()
                .filter(|bout| bout.ended <= at)
                .filter_map(|bout| Some((hours(&bout.ended, &at), bout.regions.get(&region)?)))
                .filter(|(hours, _)| *hours <= 120.0)
                .map(|(hours, asked)| {
                    let share = hours / 40.0;
                    let cube = share * share * share;
                    cube * cube * math::exp(6.0 * (1.0 - share)) * math::sqrt(asked.exposure / 25.0)
                })
                .sum();
            let felt = math::round_to((*usual + *swung + *own * pull + normal(noise)).clamp(0.0, 10.0), 0);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 10
            if felt >= 3.0 {
                sore.push((region, None, felt as u8));
            }
        }
        check_ins.push((at, sore));
    }
    for (at, sore) in check_ins {
        check_in(&mut state, &at, &sore);
    }
    state
}

fn hours(from: &Zoned, to: &Zoned) -> f64 {
    to.duration_since(from).as_secs_f64() / 3600.0
}
