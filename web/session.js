// The player: asks the engine, and does what it says. Sound, voice, shaking and paint are here; the session is not.

import { EngineFailed, engineOfPage } from "./engine.js";
import { keepAwake } from "./player-awake.js";
import { clocks, steadyMs, written } from "./player-clock.js";
import { Painter } from "./player-paint.js";
import { Outbox } from "./player-post.js";
import { Sound, mixWithMusic } from "./player-sound.js";
import { Store } from "./player-store.js";
import { vibrationOf } from "./player-tones.js";
import { Voice } from "./player-voice.js";

const at = (id) => document.getElementById(id);
const data = JSON.parse(at("session-data").textContent);
const settings = { ...data.settings, evenInSilentMode: false };
const sound = new Sound(settings);
const voice = new Voice(settings);
/** What a session of rolling says; a run of moves brings its own words. */
const words = {
  block: "Block", one: "block", many: "blocks", nothing: "Nothing was pressed.", done: "under pressure", ...data.words,
};
const painter = new Painter(data.blocks, words);
// For tests: what was handed to the sound, and when.
globalThis.suppleHandedIn = sound.handedIn;

/** The longest time between two steps while something runs. */
const STEP_MS = 1_000;
const NOTE_MS = 5_000;
const REASONS = {
  sharp: { signal: "sharp_or_electric" }, limb: { signal: "limb_pins_or_colour" }, strong: { signal: "too_strong" },
  unwell: { signal: "dizzy_or_chest" }, finished: "just_finished", mistake: "mistake",
};

let engine, store, outbox, answer;
let begun = false, noticing = false, unwell = false;
let done = { blocks: 0, seconds: 0, said: "" };
let timer = 0, noteTimer = 0;

// ---- the engine ------------------------------------------------------------------------------------------------------

function step(input) {
  if (!answer) return;
  const ask = { op: "step", state: answer.state, input, clocks: clocks(sound.heardMs()) };
  try {
    take(call(ask));
  } catch (error) {
    problem(error, input);
  }
}

const call = (ask) => engine.call(data.player ?? "supple_player", JSON.stringify(ask));

/** A dead engine is replaced, and asked again: nothing of the session is in it. */
async function problem(error, input) {
  if (!(error instanceof EngineFailed)) return note(`Something went wrong: ${error.message}`, Infinity);
  sound.silence();
  try {
    engine = await engineOfPage("whole");
    take(call({ op: "step", state: answer.state, input, clocks: clocks(sound.heardMs()) }));
  } catch (again) {
    note(`The player stopped: ${again.message}. Lift off; reload this page to go on.`, Infinity);
  }
}

function take(next) {
  answer = next;
  if (next.events.length > 0) keepEvents(next.events);
  for (const cue of next.cues) if (cue.kind === "session_ended" || cue.kind === "noted") done.said = cue.text;
  keep();
  if (begun) {
    sound.plan(next.cues, next.ahead);
    voice.cues(next.cues, steadyMs());
    shake(next.cues);
  }
  say(next.cues);
  if (next.gap) note("Paused: this device was asleep or busy.", Infinity);
  painter.paint(next);
  sheets(next.view);
  wake(next);
}

/** Steps again when something is due; nothing is counted in between. */
function wake({ next_due_ms: due }) {
  clearTimeout(timer);
  if (due === null) return;
  const wait = Math.max(0, Math.min(due - steadyMs(), STEP_MS));
  timer = setTimeout(() => step("tick"), wait);
}

// ---- what happened ---------------------------------------------------------------------------------------------------

function keepEvents(events) {
  const now = written(Date.now());
  outbox.add(events.map((body) => ({ at: now, body })));
  for (const body of events.filter(({ type, seconds }) => ["block_finished", "move_finished"].includes(type) && seconds > 0)) {
    done = { ...done, blocks: done.blocks + 1, seconds: done.seconds + body.seconds };
  }
  outbox.flush();
}

function keep() {
  store.keep({ id: data.id, state: answer.state, outbox: outbox.batches, settings, done, unwell });
}

function outboxChanged() {
  if (answer) keep();
  at("over-unsaved").hidden = outbox.isEmpty;
  if (outbox.isStuck) note("Not stored in your history yet; it is kept here and tried again.", NOTE_MS);
}

// ---- what is said and shown ------------------------------------------------------------------------------------------

const QUIET = ["pass", "rep", "lead_in", "countdown", "breathe", "tick", "noted"];

/** For screen readers; the seconds would drown everything else. */
function say(cues) {
  const spoken = cues.filter((cue) => !QUIET.includes(typeof cue.kind === "string" ? cue.kind : Object.keys(cue.kind)[0]));
  if (spoken.length > 0) at("player-says").textContent = spoken.map((cue) => cue.text).join(" ");
  for (const cue of cues) {
    if (["not_now", "noted", "lighter", "more_time", "skipped", "area_ended", "limb_ended", "small_movement", "next_spot"].includes(cue.kind)) {
      note(cue.text, cue.kind.endsWith("_ended") ? 20_000 : NOTE_MS);
    }
  }
}

function note(text, forMs) {
  clearTimeout(noteTimer);
  const place = at("note");
  place.textContent = text;
  place.hidden = false;
  if (forMs !== Infinity) noteTimer = setTimeout(() => { place.hidden = true; }, forMs);
}

function shake(cues) {
  const pattern = cues.map((cue) => vibrationOf(cue.kind)).find((pattern) => pattern);
  if (pattern && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}

function sheets(view) {
  const ended = view.phase === "ended";
  const asked = view.phase === "stopped" || noticing;
  if (asked && at("sheet").hidden) openSheet();
  // A key pressed next must never reach a reason that is not shown any more.
  const answered = !asked && at("sheet").contains(document.activeElement);
  at("sheet").hidden = !asked;
  at("sheet-left").textContent = view.phase === "stopped"
    ? `No answer in ${view.seconds_left} s counts as the first.` : "Noticed afterwards? Say what it was.";
  at("urgent").hidden = !unwell;
  at("over").hidden = !ended || asked || unwell;
  at("before").hidden = begun || asked || unwell || ended;
  at("player").inert = asked || unwell || ended || !begun;
  if (answered) {
    document.activeElement.blur();
    at("player").focus({ preventScroll: true });
  }
  if (!ended) return;
  keepAwake(false);
  const minutes = `${Math.floor(done.seconds / 60)}:${String(done.seconds % 60).padStart(2, "0")}`;
  at("over-done").textContent = done.blocks === 0 ? words.nothing
    : `${minutes} ${words.done}, in ${done.blocks} of ${view.blocks} ${view.blocks === 1 ? words.one : words.many}.`;
  at("over-advice").textContent = view.advice ? `${done.said} ${view.advice.watch_for}` : "";
  at("over-unsaved").hidden = outbox.isEmpty;
}

function openSheet() {
  at("sheet").hidden = false;
  at("sheet").querySelector("button").focus({ preventScroll: true });
  if (!begun) return;
  for (const button of at("sheet").querySelectorAll("button strong")) voice.say(`${button.textContent}.`);
}

// ---- what is pressed -------------------------------------------------------------------------------------------------

function stop() {
  // Silence first: whatever else may fail, this does not.
  sound.silence();
  voice.silence();
  at("player").inert = true;
  if (answer?.view.phase === "ended") noticing = true;
  step("stop");
  if (at("sheet").hidden) openSheet();
}

function reason(name) {
  voice.silence();
  const ended = answer.view.phase === "ended";
  noticing = false;
  // Whatever the engine does, what to do now is on the screen.
  if (name === "unwell") unwell = true;
  at("urgent").hidden = !unwell;
  if (ended && (name === "finished" || name === "mistake")) return take({ ...answer, cues: [], events: [] });
  step({ stop_reason: REASONS[name] });
  if (unwell) voice.say(at("urgent").innerText);
}

const pauseOrGoOn = () => step(answer.view.phase === "paused" ? "resume" : "pause");

function begin() {
  begun = true;
  sound.open();
  voice.open();
  mixWithMusic(settings.evenInSilentMode);
  keepAwake(true).then((awake) => { if (!awake) note("The screen may go dark: this browser cannot keep it on.", NOTE_MS); });
  const { phase } = answer.view;
  step(phase === "paused" ? "resume" : "tick");
}

const press = {
  ready: () => step("ready"), "add-time": () => step("add_time"), pause: pauseOrGoOn, lighter: () => step("lighter"),
  skip: () => step("skip"), stop, begin, "notice-sign": stop, "stop-before": stop,
  "sound-button": () => at("sound").showModal(), "sound-close": () => at("sound").close(),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button.disabled) return;
  // What a finger pressed does not hear the space bar next.
  if (event.detail > 0 && !button.closest("dialog")) button.blur();
  const { reason: why, felt, feltNumber, soundTest } = button.dataset;
  if (press[button.id]) press[button.id]();
  else if (why) reason(why);
  else if (felt) step({ felt_word: felt });
  else if (feltNumber !== undefined) { at("felt-number").open = false; step({ felt: Number(feltNumber) }); }
  else if (soundTest !== undefined) { mixWithMusic(settings.evenInSilentMode); sound.test(); voice.say("This is the voice."); }
});

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || !answer || at("sound").open) return;
  const key = event.key.toLowerCase();
  const onButton = event.target.closest?.("button, a, summary, input");
  if (key === "enter" || (key === " " && onButton)) return;
  const handled = !at("sheet").hidden ? sheetKey(key) : begun ? playerKey(key) : beforeKey(key);
  if (handled) event.preventDefault();
});

function sheetKey(key) {
  const button = at("sheet").querySelectorAll("button")[Number(key) - 1];
  button?.click();
  return Boolean(button);
}

function beforeKey(key) {
  if (key === " " && !at("begin").disabled) return begin(), true;
  return key === "s" && !at("stop-before").hidden && (stop(), true);
}

function playerKey(key) {
  if (key === "s" || key === "escape") return stop(), true;
  if (answer.view.phase === "ended") return false;
  const ids = { l: "lighter", n: "skip", "+": "add-time", p: "pause" };
  const felt = { 1: "could_be_more", 2: "just_right", 3: "too_much" }[key];
  if (key === " ") return (at("ready-row").hidden || at("ready").hidden ? pauseOrGoOn() : step("ready")), true;
  if (felt && !at("felt").hidden) return step({ felt_word: felt }), true;
  const button = ids[key] && at(ids[key]);
  if (!button || button.disabled || button.hidden) return false;
  return press[button.id](), true;
}

// ---- sound and voice -------------------------------------------------------------------------------------------------

at("sound").addEventListener("change", ({ target }) => {
  if (target.id === "over-silent") settings.evenInSilentMode = target.checked;
  else settings[target.dataset.setting] = target.checked;
  mixWithMusic(settings.evenInSilentMode);
  if (!settings.voice) voice.silence();
  if (begun) step("tick");
});

function showSettings() {
  for (const box of at("sound").querySelectorAll("[data-setting]")) box.checked = settings[box.dataset.setting];
  at("over-silent").checked = settings.evenInSilentMode;
  at("voice-note").hidden = voice.isThere;
}

/** Back from a call, a locked screen or another app: the sound may be gone for good, and the clocks may have jumped. */
function back() {
  if (!begun || document.visibilityState !== "visible") return;
  if (!sound.isRunning) sound.open();
  step("tick");
}
document.addEventListener("visibilitychange", back);
addEventListener("pageshow", back);
for (const kind of ["pointerup", "keydown"]) {
  addEventListener(kind, () => { if (begun && !sound.isRunning) sound.open(); });
}

// Nothing leaves before what happened is in the log.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", async (event) => {
    if (!outbox || outbox.isEmpty) return;
    event.preventDefault();
    await Promise.race([outbox.flush(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
    location.href = link.href;
  });
}

// ---- the beginning ---------------------------------------------------------------------------------------------------

/** One window plays a session; the lock ends with the window. */
function onlyHere() {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`supple-session-${data.id}`, { ifAvailable: true }, (held) => {
      resolve(held !== null);
      return held && new Promise(() => {});
    });
  });
}

async function prepare() {
  if (!(await onlyHere())) throw new Error("This session runs in another window.");
  [engine, store] = await Promise.all([engineOfPage("whole"), Store.open()]);
  const kept = await store.load(data.id);
  if (kept) {
    Object.assign(settings, kept.settings);
    ({ done, unwell } = kept);
  }
  outbox = new Outbox(data.events, kept?.outbox ?? [], outboxChanged);
  const now = clocks(null);
  let first;
  try {
    if (kept) first = call({ op: "take_up", state: kept.state, clocks: now });
  } catch (error) {
    if (error instanceof EngineFailed) engine = await engineOfPage("whole");
  }
  const isNew = !first;
  take(first ?? call({ op: "begin", session: data.session, clocks: now }));
  outbox.flush();
  showSettings();
  at("begin").disabled = false;
  if (!isNew && answer.view.phase !== "waiting") {
    at("before").querySelector("h1").textContent = "Go on where you were";
    at("begin").textContent = "Go on";
    at("stop-before").hidden = false;
  }
  document.documentElement.dataset.player = "ready";
}

prepare().catch((error) => {
  at("begin-problem").textContent = `${error.message} You can reload this page, or do the session by hand.`;
  at("begin-problem").hidden = false;
});
