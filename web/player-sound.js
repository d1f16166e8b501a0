// Tones, handed to the sound ahead of time on its own clock, so that they come on time while the page is busy, hidden
// or asleep. Whatever was handed in and is not wanted any more is taken back.

import { steadyMs } from "./player-clock.js";
import { notesOf, sounding } from "./player-tones.js";

/** A cue this late helps nobody. */
const STALE_MS = 1_500;

export class Sound {
  /** Every tone handed to the sound: { atMs, kind, start }, start on the clock of the sound in seconds. For tests. */
  handedIn = [];
  #context = null;
  #out = null;
  #pending = new Map();
  #settings;

  constructor(settings) {
    this.#settings = settings;
  }

  /** Must be called from a touch or a key: before one, browsers stay silent. */
  open() {
    const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
    if (!Context) return;
    // A phone call can leave a context that never runs again; a new one does.
    if (this.#context && this.#context.state !== "running") this.#close();
    if (!this.#context) {
      this.#context = new Context({ latencyHint: "interactive" });
      this.#out = this.#context.createGain();
      this.#out.connect(this.#context.destination);
      this.#context.onstatechange = () => this.#drop(() => this.#context?.state !== "running");
    }
    this.#context.resume?.()?.catch?.(() => {});
  }

  get isRunning() {
    return this.#context?.state === "running";
  }

  /** How far the sound has run, or null while nobody can hear it. */
  heardMs() {
    return this.isRunning && this.#settings.tones ? Math.round(this.#context.currentTime * 1000) : null;
  }

  /** Hands in what is due now and later, and takes back all else that was handed in. */
  plan(cues, ahead) {
    if (!this.isRunning || !this.#settings.tones) return this.silence();
    const now = steadyMs();
    const moments = new Map();
    for (const { at_ms: atMs, kind } of [...cues.filter((cue) => cue.at_ms > now - STALE_MS), ...ahead]) {
      moments.set(atMs, [...(moments.get(atMs) ?? []), kind]);
    }
    const wanted = new Map();
    for (const [atMs, kinds] of moments) {
      for (const kind of sounding(kinds, this.#settings)) wanted.set(`${atMs} ${JSON.stringify(kind)}`, { atMs, kind });
    }
    this.#drop((key, { atMs }) => atMs > now && !wanted.has(key));
    for (const [key, { atMs, kind }] of wanted) {
      if (!this.#pending.has(key)) this.#pending.set(key, { atMs, nodes: this.#play(kind, atMs, now) });
    }
    for (const [key, { atMs }] of this.#pending) if (atMs < now - 5_000) this.#pending.delete(key);
  }

  /** Now, and nothing more comes. */
  silence() {
    this.#drop(() => true);
  }

  /** For the sound test. */
  test() {
    this.open();
    const now = steadyMs();
    for (const [i, kind] of ["new_position", "start", "rest"].entries()) this.#play(kind, now + i * 1_100, now);
  }

  #drop(unwanted) {
    for (const [key, planned] of this.#pending) {
      if (!unwanted(key, planned)) continue;
      for (const node of planned.nodes) node.disconnect();
      this.#pending.delete(key);
    }
  }

  #close() {
    this.silence();
    this.#context.onstatechange = null;
    this.#context.close?.()?.catch?.(() => {});
    this.#context = null;
  }

  #play(kind, atMs, now) {
    const context = this.#context;
    if (!context) return [];
    const start = Math.max(context.currentTime, context.currentTime + (atMs - now) / 1000);
    this.handedIn.push({ atMs, kind, start });
    if (this.handedIn.length > 5_000) this.handedIn.shift();
    return notesOf(kind).map(({ hz, at, seconds, to, gain: loud, pan, type }) => {
      const [oscillator, gain] = [context.createOscillator(), context.createGain()];
      const [from, until] = [start + at, start + at + seconds];
      oscillator.type = type;
      oscillator.frequency.setValueAtTime(hz, from);
      if (to !== hz) oscillator.frequency.exponentialRampToValueAtTime(to, until);
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(loud, from + 0.008);
      gain.gain.setValueAtTime(loud, Math.max(from + 0.009, until - 0.03));
      gain.gain.linearRampToValueAtTime(0, until);
      oscillator.connect(gain);
      const side = pan && context.createStereoPanner ? context.createStereoPanner() : null;
      if (side) {
        side.pan.value = pan;
        gain.connect(side).connect(this.#out);
      } else {
        gain.connect(this.#out);
      }
      oscillator.start(from);
      oscillator.stop(until + 0.02);
      return side ?? gain;
    });
  }
}

/** Lets the person's own music go on, or sounds even in silent mode: on an iPhone it is one or the other. */
export function mixWithMusic(evenInSilentMode) {
  if (navigator.audioSession) navigator.audioSession.type = evenInSilentMode ? "playback" : "transient";
}
