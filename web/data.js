// Everything a person has entered, in their hands: save a copy, bring one back, delete it all. It reads and writes the
// log directly, so it works even when the engine does not, and files of any size never go through the worker.
//
//   data-export                a button: saves all entries as a file, through the share sheet where there is one
//   data-import                <input type="file">: takes the entries of such a file
//   data-erase                 a button: deletes everything, here and on the paired server; asks first
//   data-persist               a button: asks the browser to keep the storage; hidden where it is kept already
//   data-storage="entries"     is filled with the number of entries
//   data-storage="used"        … with the space they take: "1.2 MB"
//   data-storage="kept"        … with whether the browser promised to keep them
//   data-storage="backup"      … with the day of the last copy
//   data-status                hears in words what came of it (give it role="status")

import { Log, alone, inFoldOrder, placeOf, trimmed } from "./log.js";

const { root } = document.documentElement.dataset;
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

function say(words) {
  for (const place of all("data-status")) place.textContent = words;
}

function onClick(name, work) {
  for (const button of all(name)) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await work();
      } catch (error) {
        say(error.message || "That did not work. Nothing was changed.");
      } finally {
        button.disabled = false;
      }
      await show();
    });
  }
}

onClick("data-export", async () => {
  const saved = await saveCopy();
  if (saved !== null) say(`A copy with ${entries(saved)} was handed to this device.`);
});

onClick("data-erase", async () => {
  const words = "Delete everything you have entered, on this device and on the ones it is paired with? It cannot be undone.";
  if (!confirm(words)) return;
  const everywhere = await eraseEverything();
  if (!everywhere) say("Deleted here. The server is told as soon as it can be reached.");
  else location.assign(root);
});

onClick("data-persist", async () => {
  const kept = await navigator.storage?.persist?.();
  say(kept ? "The browser keeps it from now on." : "The browser decided not to promise it. Save a copy now and then.");
});

for (const input of all("data-import")) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    say("Reading …");
    try {
      const { added, known, setAside } = await bringBack(file);
      const aside = setAside > 0 ? ` ${entries(setAside)} could not be read yet and were kept as they are.` : "";
      say(`${entries(added)} taken; ${known} were here already.${aside}`);
    } catch (error) {
      say(error.message || "The file could not be read. Nothing was taken.");
    }
    input.value = "";
    await show();
  });
}

/** What the storage holds, in words. */
async function show() {
  const places = [...all("data-storage")];
  const kept = (await navigator.storage?.persisted?.()) ?? false;
  for (const button of all("data-persist")) button.hidden = kept;
  if (places.length === 0) return;
  const [{ lines, aside, facts }, estimate] = await Promise.all([log.load(), navigator.storage?.estimate?.()]);
  const words = {
    entries: entries(lines.length + aside.length),
    used: estimate?.usage === undefined ? "not known" : `${(estimate.usage / 1e6).toFixed(1)} MB`,
    kept: kept
      ? "kept until you delete it"
      : "not promised: the browser may clear it when space is short or it was not opened for some days",
    backup: facts.backupMs ? localDay(new Date(facts.backupMs)) : "none yet",
  };
  for (const place of places) place.textContent = words[place.dataset.storage] ?? "";
}

function localDay(date) {
  const two = (n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function isIos() {
  return /iP(hone|ad|od)/.test(navigator.platform) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
}

show().catch(() => {});
