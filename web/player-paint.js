// Paints what the engine says. It decides nothing.

import { steadyMs } from "./player-clock.js";

const at = (id) => document.getElementById(id);
const WORDS = {
  waiting: "", set_up: "Set up", lead_in: "Get ready", work: "", rest: "Rest", asking: "Done", paused: "Paused",
  off: "Off", stopped: "Stopped", ended: "",
};

export class Painter {
  #player = at("player");
  #blocks;
  #unit;
  #answer = null;
  #steps = matchMedia("(prefers-reduced-motion: reduce)");
  #frame = 0;

  constructor(blocks, words) {
    this.#blocks = blocks;
    this.#unit = words;
    document.addEventListener("visibilitychange", () => this.#run());
  }

  paint(answer) {
    this.#answer = answer;
    const { view } = answer;
    const shown = view.interrupted ?? view.phase;
    this.#player.dataset.phase = view.phase;
    this.#player.dataset.stage = shown;
    this.#place(view, shown);
    this.#words(view, shown);
    this.#buttons(view);
    this.#whole(view);
    this.#run();
  }

  #place(view, shown) {
    const block = this.#blocks[view.block];
    at("what").textContent = block?.name ?? view.technique_name;
    at("side").textContent = block?.side ?? "";
    for (const figure of at("pictures").children) figure.hidden = figure.dataset.block !== String(view.block);
    at("travel").hidden = !block?.from || !block?.to || shown === "ended";
    at("travel-from").textContent = block?.from ?? "";
    at("travel-to").textContent = block?.to ?? "";
    at("travel").dataset.still = view.seconds_per_pass === null;
  }

  #words(view, shown) {
    at("now").textContent = view.now;
    at("next").textContent = view.next;
    const set = shown !== "work" ? "" : [
      view.sets > 1 ? `Set ${view.set} of ${view.sets}` : "", view.rep && view.reps ? `${view.rep} of ${view.reps}` : "",
    ].filter(Boolean).join(", ");
    at("phase").textContent = view.waits_for_ready ? "No hurry" : WORDS[view.phase] || set || (view.phase === "work" ? "Go" : "");
  }

  #buttons(view) {
    const can = (name) => view.inputs.includes(name);
    const paused = view.phase === "paused";
    const shown = { ready: can("ready") && !paused, "add-time": can("add_time") };
    for (const [id, visible] of Object.entries(shown)) at(id).hidden = !visible;
    at("ready-row").hidden = !shown.ready && !shown["add-time"];
    at("ready").firstElementChild.textContent =
      view.phase === "off" ? this.#unit.eased ?? "It has eased: go on lighter" : view.phase === "rest" ? "Ready: next set" : view.phase === "asking" ? "Next" : "Ready";
    at("pause").firstElementChild.textContent = paused ? "Go on" : "Pause";
    at("pause").disabled = !can("pause") && !paused;
    at("pause").classList.toggle("primary", paused);
    at("lighter").disabled = !can("lighter");
    at("skip").disabled = !can("skip");
    at("felt").hidden = !view.asks_felt;
  }

  #whole(view) {
    const part = Math.round(view.progress * 100);
    at("progress").setAttribute("aria-valuenow", part);
    at("progress").style.setProperty("--part", view.progress.toFixed(4));
    const minutes = Math.floor(view.session_seconds_left / 60);
    const seconds = String(view.session_seconds_left % 60).padStart(2, "0");
    const block = Math.min(view.block + 1, view.blocks);
    at("whole").textContent = view.phase === "ended" ? "" : `${this.#unit.block} ${block} of ${view.blocks} · ${minutes}:${seconds} left`;
  }

  /** Moves the ring and the tool while something runs and somebody can see it. */
  #run() {
    cancelAnimationFrame(this.#frame);
    if (!this.#answer) return;
    this.#move();
    const moving = this.#answer.clock.running && document.visibilityState === "visible";
    if (moving) this.#frame = requestAnimationFrame(() => this.#run());
  }

  #move() {
    const { clock, view, state } = this.#answer;
    const since = clock.running ? Math.max(0, steadyMs() - state.woke.steady_ms) : 0;
    const left = Math.max(0, clock.left_ms - since);
    const seconds = Math.ceil(left / 1000);
    const part = clock.length_ms > 0 ? (this.#steps.matches ? seconds * 1000 : left) / clock.length_ms : 0;
    at("ring").style.setProperty("--left", Math.min(1, part).toFixed(4));
    const count = at("count");
    const text = view.phase === "ended" || view.phase === "waiting" ? "" : view.waits_for_ready ? "Ready?" : String(seconds);
    if (count.textContent !== text) count.textContent = text;
    count.classList.toggle("is-word", view.waits_for_ready);
    this.#travel(clock.pass, since);
  }

  #travel(pass, since) {
    const travel = at("travel");
    travel.classList.toggle("is-moving", pass !== null && this.#answer.view.phase === "work");
    if (!pass) return;
    const passes = (pass.elapsed_ms + since) / pass.length_ms;
    const back = (pass.direction === "back") !== (Math.floor(passes) % 2 === 1);
    const gone = this.#steps.matches ? 1 : passes % 1;
    travel.style.setProperty("--at", (back ? 1 - gone : gone).toFixed(4));
    travel.dataset.way = back ? "back" : "out";
  }
}
