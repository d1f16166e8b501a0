// What each cue sounds like. Every cue can be told from the others by ear alone: rising means get going, falling means
// pressure off, one low tone means stand still.

const note = (hz, at = 0, seconds = 0.12, { to = hz, gain = 0.5, pan = 0, type = "sine" } = {}) =>
  ({ hz, at, seconds, to, gain, pan, type });

const TONES = {
  stop_asked: [note(196, 0, 0.6, { gain: 0.7 })],
  off_now: [0, 0.3, 0.6].map((at) => note(233, at, 0.2, { gain: 0.7, type: "triangle" })),
  area_ended: [note(392), note(330, 0.2), note(262, 0.4, 0.4)],
  limb_ended: [note(392), note(330, 0.2), note(262, 0.4, 0.4)],
  session_ended: [note(523), note(659, 0.18), note(784, 0.36), note(1047, 0.54, 0.7)],
  start: [note(988, 0, 0.5)],
  rest: [note(659, 0, 0.8, { to: 330 })],
  new_position: [note(392), note(523, 0.18), note(659, 0.36, 0.3)],
  switch_sides: [-0.9, 0.9, -0.9, 0.9].map((pan, i) => note(523, i * 0.22, 0.14, { pan })),
  set_up: [note(523), note(659, 0.18, 0.25)],
  lead_in: [note(660, 0, 0.12)],
  countdown: [note(554, 0, 0.1)],
  half_way: [note(660, 0, 0.09), note(660, 0.14, 0.09)],
  next_spot: [note(740, 0, 0.1), note(740, 0.16, 0.1), note(740, 0.32, 0.1)],
  small_movement: [note(698, 0, 0.08), note(880, 0.12, 0.08)],
  ask_felt: [note(440, 0, 0.2), note(587, 0.22, 0.35)],
  paused: [note(294, 0, 0.4)],
  resumed: [note(440), note(660, 0.15, 0.2)],
  lighter: [note(523), note(392, 0.16, 0.25)],
  skipped: [note(440, 0, 0.08), note(370, 0.1, 0.08)],
  shortened: [note(440, 0, 0.08), note(370, 0.1, 0.08)],
  more_time: [note(523, 0, 0.08)],
  noted: [note(784, 0, 0.07)],
  not_now: [note(262, 0, 0.08)],
  rep: [note(587, 0, 0.1)],
  pass_out: [note(587, 0, 0.11, { to: 784, gain: 0.35 })],
  pass_back: [note(784, 0, 0.11, { to: 587, gain: 0.35 })],
  tick: [note(1480, 0, 0.025, { gain: 0.12, type: "triangle" })],
  // A test taken with the phone: nobody looks, so each can be told from the others, too.
  trial_refused: [note(208, 0, 0.25, { gain: 0.7 }), note(208, 0.35, 0.25, { gain: 0.7 })],
  side_read: [note(523), note(784, 0.18), note(1047, 0.36, 0.5)],
  trial_read: [note(1047, 0, 0.45)],
  zero_set: [note(784, 0, 0.1), note(784, 0.16, 0.3)],
  in_position: [note(523), note(880, 0.16, 0.3)],
  trial_over: [note(587, 0, 0.15)],
  breathe: [note(440, 0.15, 1.4, { to: 208, gain: 0.22 })],
};
const ORDER = Object.keys(TONES);
/** The cadence: off when the tick is off. */
const CADENCE = new Set(["pass_out", "pass_back", "tick"]);

/** The name of a cue's kind, whatever else the kind carries. */
export function nameOf(kind) {
  if (typeof kind === "string") return kind;
  const [name, value] = Object.entries(kind)[0];
  return name === "pass" ? `pass_${value}` : name;
}

/** The cues of one moment that sound: the one that matters most, and breathing out beside it. */
export function sounding(kinds, settings) {
  const wanted = kinds.filter((kind) => {
    const name = nameOf(kind);
    return TONES[name] && (settings.tick || !CADENCE.has(name)) && (settings.breathe || name !== "breathe");
  });
  const first = wanted.filter((kind) => nameOf(kind) !== "breathe")
    .sort((a, b) => ORDER.indexOf(nameOf(a)) - ORDER.indexOf(nameOf(b)))[0];
  const breathe = wanted.find((kind) => nameOf(kind) === "breathe");
  return [first, breathe].filter((kind) => kind !== undefined);
}

export const notesOf = (kind) => TONES[nameOf(kind)] ?? [];

const VIBRATIONS = {
  stop_asked: [400], off_now: [200, 100, 200, 100, 200], rest: [300], start: [120], switch_sides: [80, 80, 80, 80],
  new_position: [80, 60, 80], countdown: [40], lead_in: [40], session_ended: [100, 80, 100, 80, 300], half_way: [60, 60, 60],
  next_spot: [60, 60, 60, 60, 60], area_ended: [300, 100, 300], limb_ended: [300, 100, 300], paused: [150],
  trial_read: [200], zero_set: [60, 60, 120], trial_refused: [300, 100, 300], side_read: [100, 80, 100, 80, 300],
};

/** How a phone shakes for a cue, where phones can. */
export const vibrationOf = (kind) => VIBRATIONS[nameOf(kind)];
