// The phone as an inclinometer: asks the engine what the sensors mean, does what it says, and puts what was read into
// the form. Nothing is reckoned here.

import { EngineFailed, engineOfPage } from "./engine.js";
import { Sensors, askForSensors } from "./incline-sensors.js";
import { keepAwake } from "./player-awake.js";
import { steadyMs } from "./player-clock.js";
import { Sound, mixWithMusic } from "./player-sound.js";
import { vibrationOf } from "./player-tones.js";

const at = (id) => document.getElementById(id);
const offer = at("phone");
const data = JSON.parse(offer.dataset.phone);
/** The form with the fields that are read into. */
const form = document.querySelector(`[name="${data.sides[0].name}.1"]`).form;
const dialog = at("incline");
const sound = new Sound({ tones: data.tones, voice: false, tick: false, breathe: false });
const sensors = new Sensors(steadyMs);

/** Between two looks: a still phone sends no events, so its last value is looked at again and again. */
const LOOK_MS = 33;
const TYPE_IT = "You can type the numbers below instead.";
const PROBLEMS = {
  insecure: `Browsers give a page the motion sensors only over https, and this page came another way. ${TYPE_IT}`,
  none: `This browser has no motion sensors for a page. ${TYPE_IT}`,
  denied: `The motion sensors were not allowed, and that is fine. ${TYPE_IT} To be asked again, reload this page.`,
  no_sensor: `This device reports no angles: it has no such sensor, or the browser keeps it back. ${TYPE_IT}`,
};
const TONES = { zeroed: "zero_set", ready: "in_position", read: "trial_read", refused: "trial_refused", next: "trial_over", side_done: "side_read" };

let engine, answer;
let timer = 0;
let saidOfTrouble = null;
let mayGoDark = false;
/** What was put into each field, so that what somebody typed over it stays. */
const filled = new Map();

offer.hidden = false;
at("phone-begin").addEventListener("click", begin);

// ---- the beginning and the end ---------------------------------------------------------------------------------------

async function begin() {
  at("phone-problem").hidden = at("phone-filled").hidden = true;
  at("phone-begin").disabled = true;
  // All of these want a tap.
  sound.open();
  mixWithMusic(false);
  const asked = askForSensors();
  try {
    const allowed = await asked;
    if (allowed !== "granted") return fallBack(allowed);
    engine ??= await engineOfPage("whole");
    sensors.start();
    // What was read before stays, and goes on.
    if (answer && answer.view.stage !== "done") step("wait");
    else take(await call({ begin: { rule: data.rule, at_ms: steadyMs() } }));
  } catch (error) {
    return problem(`The phone could not be made ready: ${error.message}. ${TYPE_IT}`);
  } finally {
    at("phone-begin").disabled = false;
  }
  dialog.showModal();
  at("incline-what").focus();
  keepAwake(true).then((awake) => { mayGoDark = !awake; });
  timer = setInterval(() => step(null), LOOK_MS);
}

function end() {
  clearInterval(timer);
  timer = 0;
  sensors.stop();
  keepAwake(false);
  if (dialog.open) dialog.close();
}

function fallBack(why) {
  end();
  if (why === "no_sensor") answer = null;
  problem(PROBLEMS[why]);
}

function problem(words) {
  end();
  at("phone-problem").textContent = words;
  at("phone-problem").hidden = false;
}

dialog.addEventListener("close", () => {
  if (timer) end();
  const count = answer?.view.trials.flat().length ?? 0;
  if (!count) return;
  at("phone-filled").textContent = `${count} ${count === 1 ? "number is" : "numbers are"} in the form below. ${data.then}`;
  at("phone-filled").hidden = false;
  at("phone-begin").textContent = answer.view.stage === "done" ? "Use this phone again" : "Go on with this phone";
  (form.querySelector('input[name="when"]') ?? form.elements.namedItem(`${data.sides[0].name}.1`)).focus();
});

// ---- the engine ------------------------------------------------------------------------------------------------------

/** A dead engine is replaced and asked again: nothing of the test is in it. */
async function call(ask) {
  try {
    return engine.call("supple_incline", JSON.stringify(ask));
  } catch (error) {
    if (!(error instanceof EngineFailed)) throw error;
    engine = await engineOfPage("whole");
    return engine.call("supple_incline", JSON.stringify(ask));
  }
}

/** One after the other: each needs the state the one before handed out. */
let before = Promise.resolve();
function step(tap) {
  const look = sensors.look();
  before = before.then(async () => {
    if (!answer) return;
    take(await call({ step: { state: answer.state, tap, looks: [look] } }));
  }).catch((error) => problem(`Something went wrong: ${error.message}. ${TYPE_IT}`));
}

function take(next) {
  const last = answer;
  answer = next;
  if (next.view.trouble === "no_sensor" && timer) return fallBack("no_sensor");
  for (const event of next.events) happened(event);
  fill(next.view.trials);
  paint(next.view);
  const words = instruction(next.view);
  if (next.events.length === 0 && last?.view.stage !== next.view.stage) say(words);
  sayTrouble(next.view);
}

function happened(event) {
  const kind = TONES[event.kind];
  sound.plan([{ at_ms: steadyMs(), kind }], []);
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(vibrationOf(kind) ?? [60]);
  const side = data.sides[event.side]?.words;
  say({
    zeroed: () => `The zero is set. ${instruction(answer.view)}`,
    ready: () => instruction(answer.view),
    read: () => `${degrees(event.degrees)} degrees${event.leaning ? ", leaning: hold it straighter for a better number" : ""}. ${instruction(answer.view)}`,
    refused: () => `Not read: it leans ${degrees(event.lean_deg)} degrees to the side. Hold it straighter and keep still.`,
    next: () => instruction(answer.view),
    side_done: () => `${side ? `${side}: ` : ""}all read. ${instruction(answer.view)}`,
  }[event.kind]());
}

// ---- the form --------------------------------------------------------------------------------------------------------

const degrees = (value) => value.toFixed(1);

function fill(trials) {
  data.sides.forEach(({ name }, side) => {
    for (let trial = 0; trial < data.fields; trial += 1) {
      const field = form.elements.namedItem(`${name}.${trial + 1}`);
      const value = trials[side][trial];
      const text = value === undefined ? "" : degrees(value);
      if (text === (filled.get(field.name) ?? "")) continue;
      // Thrown away; unless something else stands there now.
      if (text || field.value === filled.get(field.name)) field.value = text;
      filled.set(field.name, text);
    }
  });
}

// ---- what is said and shown ------------------------------------------------------------------------------------------

const seconds = (n) => (n === 1 ? "1 second" : `${n} seconds`);
/** The zero is a thing of the room. */
const inTheRoom = data.rule.zero === "wall" || data.rule.zero === "level";
const ofTwo = data.rule.zero === "other_segment";

function instruction(view) {
  const place = data.rule.seconds_to_place;
  switch (view.stage) {
    case "waits":
      if (view.ahead === "begin") return `${data.placed} Tap Start; then you have ${seconds(place)} to get into position.`;
      if (inTheRoom) return `${data.zero} Tap Zero, then keep still until it beeps.`;
      if (ofTwo) return `${data.zero} Tap Zero, then keep still until it beeps.`;
      return `${data.placed} ${data.zero} After you tap Zero you have ${seconds(place)} to get there; then keep still until it beeps.`;
    case "placing": return ofTwo || !inTheRoom ? `${data.zero} Keep still there.` : "Get into position.";
    case "zeroing": return "Keep still …";
    case "moving": return ofTwo ? `${data.placed} Keep still there.` : "Move slowly to the end and keep still there.";
    case "held": return "Read. Go further, or back to the start for the next one.";
    default: return "All read. Close this to save the numbers.";
  }
}

const TROUBLES = {
  contradiction: () => `The two sensors of this phone contradict each other. Lay it down flat for a moment, then try again. ${TYPE_IT}`,
  not_square: () => ({
    wall: "Hold it upright: back flat on the wall, top edge up.", level: "Lay it flat on its back, screen up.",
  }[data.rule.zero] ?? "Put on like this, the phone cannot see the motion: it would turn about the vertical."),
  blind: () => "Put on like this, the phone cannot see the motion: it turns about the vertical.",
  refused: ({ lean_deg: lean }) => `It leans ${Math.abs(lean).toFixed(0)}° to the side: not read. Hold it straighter.`,
  leaning: ({ lean_deg: lean }) => `It leans ${Math.abs(lean).toFixed(0)}° to the side. Hold it straighter for a better number.`,
  outside: ({ degrees: now }) => `It reads ${now.toFixed(0)}°, and ${data.rule.low} to ${data.rule.high}° can be right. Is it on the same way round as at zero?`,
};

const say = (words) => set("incline-says", words);

/** Said once, not at every degree. */
function sayTrouble({ trouble, ...view }) {
  if (trouble !== saidOfTrouble && trouble && trouble !== "leaning" && trouble !== "refused") say(TROUBLES[trouble](view));
  saidOfTrouble = trouble;
}

function set(id, text) {
  const place = at(id);
  if (place.textContent !== text) place.textContent = text;
}

function paint(view) {
  const { words } = data.sides[view.side];
  const { practice, trials } = data.rule;
  const which = view.trial < practice ? "practice" : view.trial >= trials ? "one more" : `trial ${view.trial - practice + 1}`;
  dialog.dataset.stage = view.stage;
  set("incline-what", view.stage === "done" ? "All read" : words ? `${words}, ${which}` : which[0].toUpperCase() + which.slice(1));
  set("incline-do", instruction(view));
  const held = view.stage === "held" ? view.trials[view.side].at(-1) : null;
  const shown = view.seconds_left ?? (held ?? view.degrees);
  const unit = view.seconds_left === null ? "°" : " s";
  set("incline-degrees", shown === null || view.stage === "waits" || view.stage === "done" ? "–" : `${held === null ? shown.toFixed(0) : degrees(shown)}${unit}`);
  set("incline-state", { placing: "", zeroing: view.still ? "still" : "moving", moving: view.still ? "still" : "moving", held: "read" }[view.stage] ?? "");
  const trouble = view.trouble ? TROUBLES[view.trouble]?.(view)
    : mayGoDark && view.stage === "waits" && "The screen may go dark: this browser cannot keep it on. Touch it between the trials.";
  at("incline-trouble").hidden = !trouble;
  set("incline-trouble", trouble || "");
  buttons(view);
  sides(view);
}

function buttons(view) {
  const waits = view.stage === "waits";
  const running = !waits && view.stage !== "done";
  const any = view.trials.some((side) => side.length > 0);
  at("incline-go").hidden = running;
  set("incline-go", view.stage === "done" ? "Back to the form" : view.ahead === "begin" ? "Start" : "Zero");
  at("incline-wait").hidden = !running;
  at("incline-discard").hidden = !any;
  at("incline-zero").hidden = !(waits && inTheRoom && view.ahead === "begin");
  const missing = view.results[1 - view.side] === null && data.sides.length === 2;
  at("incline-other").hidden = !(waits && missing);
}

function sides(view) {
  data.sides.forEach(({ name }, side) => {
    const section = dialog.querySelector(`[data-side="${name}"]`);
    section.classList.toggle("now", side === view.side && view.stage !== "done");
    [...section.querySelectorAll("li")].forEach((line, trial) => {
      const value = view.trials[side][trial];
      const text = value === undefined ? "–" : `${degrees(value)}°`;
      line.hidden = trial >= data.rule.trials && value === undefined && !(view.one_more && side === view.side);
      const place = line.querySelector("b");
      if (place.textContent !== text) place.textContent = text;
    });
    const result = view.results[side];
    const words = result ? `Mean ${degrees(result[0])}°, ${degrees(result[1])}° apart` : view.one_more && side === view.side ? "Far apart: one more tells which to believe." : "";
    const place = section.querySelector("[data-result]");
    if (place.textContent !== words) place.textContent = words;
  });
}

// ---- what is tapped --------------------------------------------------------------------------------------------------

at("incline-go").addEventListener("click", () => (answer?.view.stage === "done" ? dialog.close() : step("go")));
for (const [id, tap] of [["wait", "wait"], ["discard", "discard"], ["zero", "zero"], ["other", "other_side"]]) {
  at(`incline-${id}`).addEventListener("click", () => step(tap));
}
at("incline-end").addEventListener("click", () => dialog.close());

/** Back from a call or another app: the sound may be gone. */
document.addEventListener("visibilitychange", () => {
  if (timer && document.visibilityState === "visible" && !sound.isRunning) sound.open();
});
