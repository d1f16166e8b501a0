// An experiment of the days before today: a minute of rolling for both calves, or a rest, and what a person would have
// typed on each day.
const DEVICE = "the-days-before";
const MASK = (1n << 64n) - 1n;
const STEP = 0x9e3779b97f4a7c15n;

/** SplitMix64 as docs/model.md §6 has it, written down once more. */
function output(seed, index) {
  let z = (seed + STEP * BigInt(index + 1)) & MASK;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return z ^ (z >> 31n);
}

/** The way of a session, 0 or 1. */
export function arm(seed, session) {
  const first = Number(output(BigInt(`0x${seed}`), Math.floor(session / 2)) >> 63n);
  return session % 2 === 0 ? first : 1 - first;
}

const DESIGN = {
  type: "experiment_designed", experiment: "calves", question: "roll_or_rest", name: "Roll or rest?",
  arms: [{ label: "Roll for a minute", roll: { technique: "calf_roller", seconds: 60 } }, { label: "Rest" }],
  side: "both", outcome: { measure: "wblt_cm", side: "right", trials: 2, minutes_after: 5 },
  worth_having: 1, wash_out_hours: 3, session_seconds: 175, blocks: 10, spread: 1.0833, certainty: 0.8,
  seed: "20261122cafe0001", model: "n-of-1/1",
};

/** Lines written down over the days, each `[days before today, "hh:mm", body]`. */
function stamped(happened) {
  const midnight = new Date();
  midnight.setUTCHours(0, 0, 0, 0);
  return happened.map(([days, time, body], index) => {
    const [hours, minutes] = time.split(":").map(Number);
    const at = midnight.getTime() - days * 86_400_000 + (hours * 60 + minutes) * 60_000;
    return JSON.stringify({
      id: `${DEVICE}.${index}`, device: DEVICE, seq: index + 1, logical_ms: at,
      at: new Date(at).toISOString().replace("Z", "+00:00[UTC]"), version: 3, body,
    });
  });
}

const read = (value, when) => ({ type: "measure_taken", measure: "wblt_cm", side: "right", trials: [value, value, value], practice_trials: 1, when });

/** A session of a minute for each calf. */
function rolled(days) {
  const session = `rolled-${days}`;
  const block = (side, block) => ({ type: "block_finished", session, block, technique: "calf_roller", region: "calf", side, seconds: 60, end: "completed", lighter_steps: 0 });
  return [
    [days, "12:00", { type: "session_started", session, goal: "mobility", doses: [] }],
    [days, "12:02", block("left", 0)],
    [days, "12:03", block("right", 1)],
    [days, "12:03", { type: "session_ended", session, completed: true }],
  ];
}

/** Enough rolling in the days before that a minute for each calf is nothing new. */
export const usedToIt = () => stamped([3, 2, 1].flatMap((days) => [
  ...rolled(days),
  [days, "20:00", { type: "next_day_reported", region: "calf", soreness: 0, bruise: false }],
]));

/** Eight sessions in eight days; `gains` of the two ways in cm. It is over unless `running`. */
export function eightDays({ gains = [2.4, 0.3], running = false } = {}) {
  const happened = [[10, "11:00", DESIGN]];
  const wobble = [0.3, -0.2, 0.4, -0.3, 0.1, -0.4, 0.2, 0];
  for (let session = 0; session < 8; session += 1) {
    const days = 9 - session;
    const way = arm(DESIGN.seed, session);
    happened.push([days, "11:50", read(10, "before")]);
    happened.push([days, "11:59", { type: "arm_revealed", experiment: DESIGN.experiment, session, arm: way }]);
    if (way === 0) happened.push(...rolled(days));
    happened.push([days, "12:08", read(Math.round((10 + gains[way] + wobble[session]) * 10) / 10, "after")]);
  }
  if (!running) happened.push([1, "13:00", { type: "experiment_ended", experiment: DESIGN.experiment, how: "finished" }]);
  return stamped(happened);
}
