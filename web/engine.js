// An engine: a WebAssembly module of plain functions, text in and text out. There is a first one, for the pages
// until the questions are answered, and a whole one. Used by the service worker, and by modules of pages that need an answer without a page.

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** The engine stopped in the middle of something. It cannot be asked again; take a new one. */
export class EngineFailed extends Error {
  name = "EngineFailed";
}

/** Compiles what a Response brings. A host that serves .wasm under a wrong type only costs a little time. */
export async function compile(response) {
  if (!response.ok) throw new Error(`the engine could not be fetched (${response.status})`);
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** For modules of pages: an engine, "first" or "whole", of the service worker which answers them. */
export async function engineOfPage(which) {
  const root = document.documentElement.dataset.root;
  const { engines } = await (await fetch(`${root}engine.json`)).json();
  return Engine.start(await compile(await fetch(root + engines[which])));
}

export class Engine {
  #exports;

  /** A fresh one. The same compiled module can start any number. */
  static async start(module) {
    const engine = new Engine();
    engine.#exports = (await WebAssembly.instantiate(module, {})).exports;
    return engine;
  }

  /** Calls a function with text, and reads its answer, which is JSON. Throws EngineFailed if it panicked. */
  call(name, text) {
    const { supple_room: room, supple_give_back: giveBack } = this.#exports;
    let answer;
    try {
      const bytes = encoder.encode(text);
      const place = room(bytes.length);
      new Uint8Array(this.#exports.memory.buffer, place, bytes.length).set(bytes);
      const packed = this.#exports[name](place, bytes.length);
      giveBack(place, bytes.length);
      answer = this.#take(packed);
    } catch (error) {
      throw new EngineFailed(this.#lastWords() || String(error));
    }
    const value = JSON.parse(answer);
    if (value.error !== undefined) throw new Error(value.error);
    return value;
  }

  #take(packed) {
    const place = Number(BigInt.asUintN(64, packed) >> 32n);
    const length = Number(BigInt.asUintN(32, packed));
    // The memory may have grown, and its buffer with it, so it is looked up again.
    const text = decoder.decode(new Uint8Array(this.#exports.memory.buffer, place, length));
    this.#exports.supple_give_back(place, length);
    return text;
  }

  #lastWords() {
    try {
      return this.#take(this.#exports.supple_last_words());
    } catch {
      return "";
    }
  }
}
