// Everything a person has entered, in their hands: save a copy, bring one back, delete it all. It reads and writes the
// log directly, so it works even when the engine does not, and files of any size never go through the worker.
//
//   data-export="jsonl"   a link or button: saves all entries as a file, through the share sheet on iOS
//   data-import           <input type="file">: takes the entries of such a file
//   data-import-state     hears in words what came of it (give it role="status")
//   data-erase-sure       a box to tick before …
//   data-erase            … this button deletes everything, here and on the paired server
//   data-persist          a button: asks the browser to keep the storage; hidden where it is kept already
//   data-storage-state    is filled with what is stored, whether the browser promised to keep it, and the last copy
//   data-status           hears what came of the buttons; without one, data-import-state does
//
// A page that a server made shows the log of the server: there a copy is a plain link, and a file is not taken.

import { Log, alone, inFoldOrder, placeOf, trimmed } from "./log.js";

const { root, shell } = document.documentElement.dataset;
const log = new Log(root);
/** Entries in one transaction: a phone stays responsive, and what is written is written. */
const BATCH = 500;

/** Every entry as JSON Lines, in the same order on every device. */
export async function exported() {
  const { lines, aside } = await log.load();
  return inFoldOrder([...lines, ...aside]).map((line) => `${line}\n`).join("");
}

/** Saves a copy. Gives how many entries it has, or null if the person changed their mind. */
export async function saveCopy() {
  const text = await exported();
  const name = `supple-${localDay(new Date())}.jsonl`;
  const file = new File([text], name, { type: "application/jsonl" });
  if (isIos() && navigator.canShare?.({ files: [file] })) {
    // A download out of a home-screen app on iOS goes nowhere; the share sheet does.
    try {
      await navigator.share({ files: [file], title: name });
    } catch (error) {
      if (error.name === "AbortError") return null;
      throw error;
    }
  } else {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
  await alone(root, () => log.note({ backupMs: Date.now() }));
  return text === "" ? 0 : text.split("\n").length - 1;
}

/**
 * Takes the entries of a file, all or none: it is read twice, first only looked at. Gives { added, known, setAside };
 * throws with words for the person.
 */
export async function bringBack(file) {
  let events = 0, lines = 0;
  for await (const batch of batches(file)) {
    lines += batch.length;
    events += batch.filter((line) => placeOf(line)).length;
    const taken = await log.conflicts(batch);
    if (taken > 0) {
      throw new Error(
        `This file disagrees with what is here about ${taken} ${taken === 1 ? "entry" : "entries"}, so nothing was ` +
          "taken. It may have been edited; try the file as it was saved.",
      );
    }
  }
  if (events === 0) throw new Error("There are no Supple entries in this file, so nothing was taken. Is it the right one?");
  let added = 0, setAside = 0;
  for await (const batch of batches(file)) {
    const took = await alone(root, () => log.take(batch));
    added += took.added.length;
    setAside += took.setAside;
  }
  return { added, known: lines - added - setAside, setAside };
}

/** Deletes everything on this device, and where it is paired. Gives false if the server is told later. */
export async function eraseEverything() {
  const { epoch } = await log.facts();
  // First here, with a note to tell the server: if this is interrupted, nothing is half deleted.
  await alone(root, () => log.erase(epoch ? { epoch, erasePending: true } : {}));
  if (!epoch) return true;
  try {
    const answer = await fetch(`${root}api/erase`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ epoch }),
    });
    if (!answer.ok) return false;
    const { epoch: next } = await answer.json();
    await alone(root, () => log.note({ epoch: next, erasePending: false }));
    return true;
  } catch {
    return false;
  }
}

/** The file's lines in batches, read piece by piece: a file of years never stands in memory as a whole. */
async function* batches(file) {
  const reader = file.stream().pipeThrough(new TextDecoderStream("utf-8", { fatal: true, ignoreBOM: true })).getReader();
  let rest = "", batch = [];
  const take = (line) => {
    const text = trimmed(line);
    if (text !== null) batch.push(text);
  };
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error("This file is not text, so nothing was taken. Is it the right one?");
    });
    const pieces = (rest + (done ? "" : value)).split("\n");
    rest = done ? "" : pieces.pop();
    for (const piece of pieces) {
      take(piece);
      if (batch.length === BATCH) yield batch.splice(0);
    }
    if (done) break;
    trimmed(rest.slice(0, (1 << 20) + 1)); // throws if a line has no end
  }
  if (batch.length > 0) yield batch;
}

// ---- the page --------------------------------------------------------------------------------------------------------

const all = (name) => document.querySelectorAll(`[${name}]`);
const entries = (n) => `${n} ${n === 1 ? "entry" : "entries"}`;

function say(words, ...names) {
  const places = names.map((name) => [...all(name)]).find((places) => places.length > 0) ?? [];
  for (const place of places) place.textContent = words;
}
const answer = (words) => say(words, "data-status", "data-import-state");

function onClick(selector, work) {
  for (const button of document.querySelectorAll(selector)) {
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await work();
      } catch (error) {
        answer(error.message || "That did not work. Nothing was changed.");
      }
      await show();
    });
  }
}

function onThisDevice() {
  onClick('[data-export=""], [data-export="jsonl"]', async () => {
    const saved = await saveCopy();
    if (saved !== null) answer(`A copy with ${entries(saved)} was handed to this device.`);
  });
  onClick("[data-erase]", async () => {
    if (await eraseEverything()) location.assign(root);
    else answer("Deleted here. The server is told as soon as it can be reached.");
  });
  onClick("[data-persist]", async () => {
    const kept = await navigator.storage?.persist?.();
    answer(kept ? "The browser keeps it from now on." : "The browser decided not to promise it. Save a copy now and then.");
  });
  for (const input of all("data-import")) input.addEventListener("change", () => take(input));
  show().catch(() => {});
}

async function take(input) {
  const [file] = input.files;
  if (!file) return;
  const state = (words) => say(words, "data-import-state", "data-status");
  state("Reading …");
  try {
    const { added, known, setAside } = await bringBack(file);
    const aside = setAside > 0 ? ` ${entries(setAside)} could not be read yet and were kept as they are.` : "";
    state(`${entries(added)} taken; ${known} were here already.${aside}`);
  } catch (error) {
    state(error.message || "The file could not be read. Nothing was taken.");
  }
  input.value = "";
  await show();
}

/** What the storage holds, in words. */
async function show() {
  const kept = (await navigator.storage?.persisted?.()) ?? false;
  for (const button of all("data-persist")) button.hidden = kept;
  if (all("data-storage-state").length === 0) return;
  const [{ lines, aside, facts }, estimate] = await Promise.all([log.load(), navigator.storage?.estimate?.()]);
  const used = estimate?.usage === undefined ? "" : `, ${(estimate.usage / 1e6).toFixed(1)} MB with the app itself`;
  const promise = kept
    ? "The browser keeps them until you delete them."
    : "The browser has not promised to keep them: it may clear them when space is short.";
  const backup = facts.backupMs ? `Last copy saved: ${localDay(new Date(facts.backupMs))}.` : "No copy saved yet.";
  say(`${entries(lines.length + aside.length)} on this device${used}. ${promise} ${backup}`, "data-storage-state");
}

/** The log is the server's, so the server deletes it. */
function onTheServer() {
  for (const input of all("data-import")) {
    input.disabled = true;
    say("A file can be brought in once this window works on its own; open it again in a moment.", "data-import-state");
  }
  onClick("[data-erase]", async () => {
    const body = new URLSearchParams({ really: "yes" });
    const erased = await fetch(`${root}api/erase`, { method: "POST", body });
    if (!erased.ok) throw new Error("The server did not delete it. Nothing was changed.");
    await alone(root, () => log.erase());
    location.assign(root);
  });
}

function localDay(date) {
  const two = (n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function isIos() {
  return /iP(hone|ad|od)/.test(navigator.platform) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
}

for (const box of all("data-erase-sure")) {
  const follow = () => all("data-erase").forEach((button) => (button.disabled = !box.checked));
  box.addEventListener("change", follow);
  follow();
}
if (shell === "server") onTheServer();
else onThisDevice();
