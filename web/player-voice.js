// The voice: an extra beside the tones, and only one that works without a network.

import { nameOf } from "./player-tones.js";

/** Said only where nothing else is being said. */
const CHATTER = new Set(["pass_out", "pass_back", "countdown", "lead_in", "rep", "noted", "more_time", "half_way", "breathe"]);
/** Said at once, whatever is being said. */
const URGENT = new Set(["stop_asked", "off_now", "area_ended", "limb_ended", "session_ended", "start", "rest", "paused", "resumed", "skipped", "not_now"]);
const STALE_MS = 1_500;
/** Passes named in words at the beginning of each set; then the tones are enough. */
const NAMED_PASSES = 2;

export class Voice {
  #settings;
  #voice = null;
  #passes = 0;
  /** Browsers do not always say when a sentence is over, so it is reckoned. */
  #busyUntil = 0;

  constructor(settings) {
    this.#settings = settings;
    this.#choose();
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => this.#choose());
  }

  get isThere() {
    if (!this.#voice) this.#choose();
    return this.#voice !== null;
  }

  /** From a touch: the first word must come from one. */
  open() {
    if (this.#settings.voice && this.isThere) this.#speak(" ");
  }

  /** Says the cues that are due now. */
  cues(cues, now) {
    for (const { at_ms: atMs, kind, text } of cues) {
      const name = nameOf(kind);
      if (name === "start") this.#passes = 0;
      if (name.startsWith("pass_")) {
        this.#passes += 1;
        if (!this.#settings.tick || this.#passes > NAMED_PASSES) continue;
      }
      if (atMs < now - STALE_MS || (name === "breathe" && !this.#settings.breathe)) continue;
      if (CHATTER.has(name) && performance.now() < this.#busyUntil) continue;
      if (URGENT.has(name)) this.silence();
      this.say(text);
    }
  }

  say(text) {
    if (this.#settings.voice && this.isThere && text.trim()) this.#speak(text);
  }

  silence() {
    this.#busyUntil = 0;
    globalThis.speechSynthesis?.cancel();
  }

  #speak(text) {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = this.#voice;
    utterance.lang = this.#voice.lang;
    speechSynthesis.speak(utterance);
    // About 3 words a second.
    const seconds = text.trim().split(/\s+/).length / 3;
    this.#busyUntil = Math.max(this.#busyUntil, performance.now()) + seconds * 1000;
  }

  #choose() {
    const voices = globalThis.speechSynthesis?.getVoices() ?? [];
    const local = voices.filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith("en"));
    this.#voice = local.find((voice) => voice.default) ?? local[0] ?? null;
  }
}
