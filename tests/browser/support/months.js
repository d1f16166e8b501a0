// Two months of somebody who rolls their calves and tests them: the lines of the log, up to today.
const ADDED = "two-months";
const DAY = 86_400_000;
/** Off from what would be read without error, in centimetres: made up, the same every time. */
const OFF = [0.3, -0.5, 0.2, 0.6, -0.3, 0, -0.6, 0.4, 0.2, -0.2, 0.3, -0.4];

/** An occasion every third or fourth day: a test, rolling or every third time a wait without it, and a test again. */
export function monthsLines() {
  const lines = [];
  const add = (at, body) => {
    const index = lines.length;
    const written = new Date(at).toISOString().replace("Z", "+00:00[UTC]");
    lines.push(JSON.stringify({ id: `${ADDED}.${index}`, device: ADDED, seq: index + 1, logical_ms: at, at: written, version: 3, body }));
  };
  const noon = new Date().setUTCHours(10, 0, 0, 0);
  for (let occasion = 0; occasion < 18; occasion += 1) {
    const day = Math.floor((occasion * 10) / 3);
    const at = noon - (59 - day) * DAY;
    const rests = occasion % 3 === 2;
    const take = (minutes, turn, when, second) => {
      for (const [shift, side, level, rolled] of [[0, "left", 8 + (2 * day) / 59, 2], [3, "right", 11.5, 1.2]]) {
        const gain = second ? 0.2 + (rests ? 0 : rolled) : 0;
        const trials = [1, 2, 3].map((trial) => Number((level + gain + OFF[(turn * 7 + shift + trial) % 12]).toFixed(1)));
        add(at + minutes * 60_000 + shift, { type: "measure_taken", measure: "wblt_cm", side, trials, practice_trials: 1, when });
      }
    };
    take(0, occasion, rests ? "before_wait" : "before", false);
    if (!rests) add(at + 12 * 60_000, { type: "done_elsewhere", region: "calf", tool: "foam_roller", seconds: 180 });
    take(18, occasion + 5, rests ? "after_wait" : "after", true);
  }
  return lines;
}
