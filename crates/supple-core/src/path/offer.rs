use crate::body::{RegionId, Side, Site};
use crate::event::Answer;
use crate::gate::{Allowance, Clearance, Closed, MoveLimits, MoveRefusal, Refusal, RuledOut, admit_moves};
use crate::knowledge::{CarePath, Knowledge, Measure, MeasureKind, Move, PathMeasure, PathOffer, Sides, Technique};
use crate::move_dose::MoveDose;

/// Some things of a path that go together, as far as they are allowed today.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered<'k> {
    /// What is known of it.
    pub known: &'k PathOffer,
    /// Moves that are allowed, each on a side.
    pub moves: Vec<OfferedMove<'k>>,
    /// Techniques that are allowed, each on a side.
    pub techniques: Vec<OfferedTechnique<'k>>,
    /// Measures that are allowed.
    pub measures: Vec<OfferedMeasure<'k>>,
    /// What is not for today, and why.
    pub left_out: Vec<LeftOut<'k>>,
}

/// A move that is allowed today.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferedMove<'k> {
    /// Its id.
    pub id: &'k str,
    /// What is known of it.
    pub known: &'k Move,
    /// The most of it that is allowed, as it was admitted.
    pub dose: MoveDose,
    /// Limits besides: whether with a hand on something firm.
    pub limits: MoveLimits,
}

/// A technique that is allowed today.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferedTechnique<'k> {
    /// Its id.
    pub id: &'k str,
    /// What is known of it.
    pub known: &'k Technique,
    /// The side.
    pub side: Side,
    /// The most of it that is allowed.
    pub most: Allowance,
}

/// A measure that is allowed today.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferedMeasure<'k> {
    /// Its id.
    pub id: &'k str,
    /// What is known of it.
    pub known: &'k Measure,
    /// The sides on which it may be taken; empty for a number that is only said.
    pub sides: Vec<Side>,
}

/// Something of a path that is not for today.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut<'k> {
    /// Its id.
    pub id: &'k str,
    /// What it is called.
    pub name: &'k str,
    /// The side.
    pub side: Side,
    /// Why.
    pub why: Refused,
    /// What stands behind it, where an answer does: an id in `knowledge/`, and whether it was a yes.
    pub by: Option<(String, Answer)>,
}

/// Why something of a path is not for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A move, or what a measure asks of the body.
    Move(MoveRefusal),
    /// A technique.
    Technique(Refusal),
}

/// Everything a path names, as far as the gate allows it.
pub(super) fn all<'k>(knowledge: &'k Knowledge, clearance: &Clearance, known: &'k CarePath) -> Vec<Offered<'k>> {
    known.offers.iter().map(|offer| offered(knowledge, clearance, offer)).collect()
}

fn offered<'k>(knowledge: &'k Knowledge, clearance: &Clearance, offer: &'k PathOffer) -> Offered<'k> {
    let mut offered = Offered {
        known: offer,
        moves: Vec::new(),
        techniques: Vec::new(),
        measures: Vec::new(),
        left_out: Vec::new(),
    };
    for id in &offer.moves {
        let Some(known) = knowledge.moves.get(id) else { continue };
        for &side in sides(known.sides) {
            match admitted(knowledge, clearance, id, side) {
                Ok((dose, limits)) => offered.moves.push(OfferedMove { id, known, dose, limits }),
                Err(why) => offered.left_out.push(left_out_move(clearance, id, &known.name, side, why)),
            }
        }
    }
    for id in &offer.techniques {
        let Some(known) = knowledge.techniques.get(id) else { continue };
        for &side in sides(known.sides) {
            match clearance.allowance(knowledge, known, side) {
                Ok(most) => offered.techniques.push(OfferedTechnique { id, known, side, most }),
                Err(why) => offered.left_out.push(left_out_technique(clearance, known, id, side, why)),
            }
        }
    }
    for measure in &offer.measures {
        take_measure(knowledge, clearance, measure, &mut offered);
    }
    offered
}

/// The most of a move that is allowed on a side, admitted like everything that is done.
fn admitted(
    knowledge: &Knowledge,
    clearance: &Clearance,
    id: &str,
    side: Side,
) -> Result<(MoveDose, MoveLimits), MoveRefusal> {
    let known = knowledge.moves.get(id).ok_or(MoveRefusal::Unknown)?;
    let limits = clearance.allows_move(knowledge, id, side)?;
    let mut dose = MoveDose {
        sets: limits.sets,
        hold_seconds: limits.hold_seconds,
        reps: limits.reps,
        effort_max: limits.effort_max,
        ..MoveDose::as_written(id, known, side)
    };
    // Late in a day of many moves fewer sets may be all that is left.
    while dose.sets > 1 && dose.work(knowledge) > limits.work_left {
        dose.sets -= 1;
    }
    match admit_moves(knowledge, clearance, clearance.head(), std::slice::from_ref(&dose)) {
        Ok(_) => Ok((dose, limits)),
        Err(_) => Err(MoveRefusal::NothingLeft),
    }
}

fn take_measure<'k>(
    knowledge: &'k Knowledge,
    clearance: &Clearance,
    measure: &'k PathMeasure,
    offered: &mut Offered<'k>,
) {
    let Some(known) = knowledge.measures.get(&measure.id) else { return };
    let id = measure.id.as_str();
    if measure.like.is_empty() {
        if known.kind() == MeasureKind::Rating {
            offered.measures.push(OfferedMeasure { id, known, sides: Vec::new() });
        }
        return;
    }
    let like: Vec<&Move> = measure.like.iter().filter_map(|id| knowledge.moves.get(id)).collect();
    let one_sided = like.iter().any(|known| known.sides == Sides::OneAtATime);
    let mut allowed = Vec::new();
    for &side in if one_sided { sides(Sides::OneAtATime) } else { sides(Sides::Together) } {
        let refused = measure.like.iter().find_map(|id| {
            let as_the_move_goes = match knowledge.moves.get(id).map(|known| known.sides) {
                Some(Sides::OneAtATime) | None => side,
                Some(Sides::Together) => Side::Both,
                Some(Sides::Midline) => Side::Midline,
            };
            admitted(knowledge, clearance, id, as_the_move_goes).err()
        });
        match refused {
            None => allowed.push(side),
            Some(why) => offered.left_out.push(left_out_move(clearance, id, &known.name, side, why)),
        }
    }
    if !allowed.is_empty() {
        offered.measures.push(OfferedMeasure { id, known, sides: allowed });
    }
}

fn left_out_move<'k>(clearance: &Clearance, id: &'k str, name: &'k str, side: Side, why: MoveRefusal) -> LeftOut<'k> {
    let ruled_out = |what| clearance.ruled_out_by(what).next().map(|by| (by.by.clone(), by.answer));
    let by = match why {
        // What is done on one side may be refused for what the other side does meanwhile.
        MoveRefusal::Closed(region) => [side, Side::Both]
            .into_iter()
            .find_map(|side| first_of(Site::of(region, side).flat_map(|site| clearance.closed_to_moves_by(site)))),
        MoveRefusal::Demand(demand) => ruled_out(RuledOut::Demand(demand)),
        MoveRefusal::Posture(posture) => ruled_out(RuledOut::Posture(posture)),
        _ => None,
    };
    LeftOut { id, name, side, why: Refused::Move(why), by }
}

fn left_out_technique<'k>(
    clearance: &Clearance,
    known: &'k Technique,
    id: &'k str,
    side: Side,
    why: Refusal,
) -> LeftOut<'k> {
    let closed = |region: RegionId| first_of(Site::of(region, side).flat_map(|site| clearance.closed_by(site)));
    let by = match why {
        Refusal::Blocked => closed(known.region),
        Refusal::BlockedNextTo(region) => closed(region),
        _ => None,
    };
    LeftOut { id, name: &known.name, side, why: Refused::Technique(why), by }
}

fn first_of<'c>(mut closed: impl Iterator<Item = &'c Closed>) -> Option<(String, Answer)> {
    closed.next().map(|by| (by.by.clone(), by.answer))
}

/// The sides on which something is done.
const fn sides(of: Sides) -> &'static [Side] {
    match of {
        Sides::OneAtATime => &[Side::Left, Side::Right],
        Sides::Together => &[Side::Both],
        Sides::Midline => &[Side::Midline],
    }
}
