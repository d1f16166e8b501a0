// Reads files of trainings, beside the page so that it stays responsive: pieces of a file go in as they are asked for,
// and what is found stays in the module until the person agrees. Nothing is written here; the page posts the events.
//
//   { look: { module, begin, files } }   -> { progress: 0 … 1 } now and then, then { report }
//   { agree: { batch, name } }           -> { agreed: { batch, events } }
//   { next: true }                       -> { next: { events, left } }
//   whatever goes wrong                  -> { failed: words }

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
/** How often the page hears how far it is. */
const TELL_MS = 100;

let exports = null;
/** The file that is read now. */
let file = null;
let done = 0, all = 1, told = 0;

/** What the module asks of us. */
const supple = {
  supple_read(from, place, length) {
    try {
      const piece = new FileReaderSync().readAsArrayBuffer(file.slice(from, from + length));
      // The memory may have grown, and its buffer with it, so it is looked up again.
      new Uint8Array(exports.memory.buffer).set(new Uint8Array(piece), place);
      return piece.byteLength;
    } catch {
      return -1;
    }
  },
  supple_told(bytes) {
    done += bytes;
    const now = performance.now();
    if (now - told < TELL_MS) return;
    told = now;
    postMessage({ progress: Math.min(done / all, 1) });
  },
};

async function look({ module, begin, files }) {
  const response = await fetch(module);
  if (!response.ok) throw new Error("the part that reads files could not be fetched");
  const compiled = await WebAssembly.compile(await response.arrayBuffer());
  ({ exports } = await WebAssembly.instantiate(compiled, { supple }));
  call("supple_import_begin", begin);
  // Each byte twice: for the fingerprint, and for what is in it.
  all = Math.max(1, 2 * files.reduce((sum, { size }) => sum + size, 0));
  for (file of files) call("supple_import_file", JSON.stringify({ name: file.name, bytes: file.size }));
  const name = files.length === 1 ? files[0].name : `${files.length} files`;
  return { report: call("supple_import_preview", name) };
}

/** Calls a function of the module with text, and reads its answer, which is JSON. */
function call(name, text) {
  const bytes = encoder.encode(text);
  const place = exports.supple_room(bytes.length);
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
  const answer = take(exports[name](place, bytes.length));
  exports.supple_give_back(place, bytes.length);
  const value = JSON.parse(answer);
  if (value.error !== undefined) throw new Error(value.error);
  return value;
}

function take(packed) {
  const place = Number(BigInt.asUintN(64, packed) >> 32n);
  const length = Number(BigInt.asUintN(32, packed));
  const text = decoder.decode(new Uint8Array(exports.memory.buffer, place, length));
  exports.supple_give_back(place, length);
  return text;
}

/** What a panic said, if it was one. */
function lastWords() {
  try {
    return take(exports.supple_last_words());
  } catch {
    return "";
  }
}

const work = {
  look,
  agree: (named) => ({ agreed: call("supple_import_agree", JSON.stringify(named)) }),
  next: () => ({ next: call("supple_import_next", "") }),
};

addEventListener("message", async ({ data }) => {
  const [[name, given]] = Object.entries(data);
  try {
    postMessage(await work[name](given));
  } catch (error) {
    const trap = error instanceof WebAssembly.RuntimeError;
    if (trap) console.warn(lastWords() || error);
    postMessage({ failed: trap ? "reading it went wrong inside Supple" : error.message || String(error) });
  }
});
