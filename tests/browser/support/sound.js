// A sound that can be read afterwards, on the clock of the page, and the times at which it should have sounded.
import { readFile } from "node:fs/promises";
import { notesOf, sounding } from "../../../web/player-tones.js";

/** Stands in for AudioContext: runs on the page's own clock, and keeps the start of every note that was not taken back. */
export function soundThatIsKept() {
  const notes = [];
  const now = () => performance.now() / 1000;
  const param = () => ({ value: 0, setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} });
  class Node {
    notes = [];
    connect(to) {
      if (to instanceof Node) to.notes.push(...this.notes);
      return to;
    }
    disconnect() {
      for (const note of this.notes) if (note.start > now()) note.takenBack = true;
    }
  }
  class Oscillator extends Node {
    frequency = param();
    constructor() {
      super();
      this.notes.push({ start: null, hz: null, takenBack: false });
      this.frequency.setValueAtTime = (hz) => { this.notes[0].hz = hz; };
    }
    start(at) {
      this.notes[0].start = at;
      notes.push(this.notes[0]);
    }
    stop() {}
  }
  globalThis.AudioContext = class {
    state = "running";
    destination = new Node();
    get currentTime() { return now(); }
    createGain() { return Object.assign(new Node(), { gain: param() }); }
    createStereoPanner() { return Object.assign(new Node(), { pan: param() }); }
    createOscillator() { return new Oscillator(); }
    resume() { return Promise.resolve(); }
    close() { return Promise.resolve(); }
  };
  globalThis.suppleNotes = notes;
}

/** The engine in this process, asked by the test alone. */
export async function engine(file) {
  const { instance } = await WebAssembly.instantiate(await readFile(file), {});
  const { memory, supple_room: room, supple_player: player } = instance.exports;
  return (ask) => {
    const bytes = new TextEncoder().encode(JSON.stringify(ask));
    const place = room(bytes.length);
    new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
    const packed = BigInt.asUintN(64, player(place, bytes.length));
    const [at, length] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
    const answer = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, at, length)));
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
}

/**
 * When every note of a session should sound, worked out with inputs at their times and nothing else:
 * [{ ms, hz, kind }] on the page's clock.
 */
export function expectedNotes(call, session, inputs, settings) {
  const clocks = (ms) => ({ steady_ms: ms, wall_ms: ms, heard_ms: ms });
  let answer = call({ op: "begin", session, clocks: clocks(inputs[0].ms) });
  const moments = new Map();
  const take = (cues) => {
    for (const { at_ms: ms, kind } of cues) moments.set(ms, [...(moments.get(ms) ?? []), kind]);
  };
  const ticks = new Map();
  const step = (input, ms) => {
    answer = call({ op: "step", state: answer.state, input, clocks: clocks(ms) });
    take(answer.cues);
    for (const at of [...ticks.keys()]) if (at > ms) ticks.delete(at);
    for (const beat of answer.ahead) if (beat.kind === "tick") ticks.set(beat.at_ms, beat);
  };
  for (const [i, { input, ms }] of inputs.entries()) {
    step(input, ms);
    const until = inputs[i + 1]?.ms ?? Infinity;
    while (answer.next_due_ms !== null && answer.next_due_ms < until) step("tick", answer.next_due_ms);
  }
  take(ticks.values());
  const notes = [];
  for (const [ms, kinds] of moments) {
    for (const kind of sounding(kinds, settings)) {
      for (const { at, hz } of notesOf(kind)) notes.push({ ms: ms + at * 1000, hz, kind });
    }
  }
  return { notes: notes.sort((a, b) => a.ms - b.ms || a.hz - b.hz), phase: answer.view.phase };
}
