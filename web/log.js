// The log on this device. It is the only truth: what was acknowledged is here, and everything else can be made from
// it again.
//
//   events   [device, seq] -> line     a place in a device's series
//   aside    line -> line              lines of an import that have no place of their own
//   meta     "log" -> { device, revision, epoch, ... }
//
// The revision counts every change, also the arrival of an old event: what was decided on one revision is stored only
// while it still stands.

const VERSION = 1;
const FACTS = "log";
/** The most bytes a line may have, as in the file of the terminal. */
const LINE_LIMIT = 1 << 20;

/** A newer version of the app has this database now. */
export class NewerVersion extends Error {
  name = "NewerVersion";
}

/** The log is not where it was when this was decided. */
export class Moved extends Error {
  name = "Moved";
}

/** Runs alone among everything that writes this log, in all tabs and workers. */
export function alone(root, work) {
  return navigator.locks.request(`supple ${root}`, work);
}

export class Log {
  #root;
  #opening = null;

  constructor(root) {
    this.#root = root;
  }

  /** Where the log stands: { device, revision, epoch, ... }. */
  async facts() {
    const facts = await this.#read(["meta"], (tx) => tx.objectStore("meta").get(FACTS));
    return facts ?? this.#begin();
  }

  /** Everything, of one moment: { facts, lines, aside }. */
  async load() {
    await this.facts();
    const tx = (await this.#open()).transaction(["meta", "events", "aside"], "readonly");
    const [facts, lines, aside] = await Promise.all([
      result(tx.objectStore("meta").get(FACTS)),
      result(tx.objectStore("events").getAll()),
      result(tx.objectStore("aside").getAll()),
    ]);
    return { facts, lines, aside };
  }

  /**
   * Appends new events of this device, all or none, and comes back when they are on the disk, with the new revision.
   * Throws Moved if the log is not at `revision` any more.
   */
  async append(revision, lines, changes = {}) {
    return this.#write((events, _aside, facts) => {
      if (facts.revision !== revision) throw new Moved("the log was written by another window");
      for (const line of lines) {
        const place = placeOf(line);
        // `add` fails if the place is taken, and with it the whole transaction.
        events.add(line, [place.device, place.seq]);
      }
      return { ...facts, ...changes, revision: revision + 1 };
    });
  }

  /**
   * Takes lines from elsewhere: what is here already is passed over, what has no place of its own is set aside, and
   * nothing is ever replaced. Gives { before, revision, added, setAside }: the revision before and after, the new
   * lines that have their place, and how many new ones were set aside.
   */
  async take(lines) {
    const added = [];
    let before, setAside = 0;
    const revision = await this.#write(async (events, aside, facts) => {
      before = facts.revision;
      const known = await Promise.all(lines.map((line) => {
        const place = placeOf(line);
        return place ? result(events.get([place.device, place.seq])) : result(aside.get(line));
      }));
      const newHere = new Map();
      for (const [i, line] of lines.entries()) {
        if (known[i] === line) continue;
        const place = placeOf(line);
        const key = place && JSON.stringify([place.device, place.seq]);
        if (place && known[i] === undefined && !newHere.has(key)) {
          newHere.set(key, line);
          events.put(line, [place.device, place.seq]);
          added.push(line);
        } else if (newHere.get(key) === line) {
          continue;
        } else {
          // Its place is taken by other bytes, or it has none: it is kept, and nothing is lost.
          if ((await result(aside.getKey(line))) !== undefined) continue;
          aside.put(line, line);
          setAside += 1;
        }
      }
      return added.length + setAside === 0 ? null : { ...facts, revision: facts.revision + 1 };
    });
    return { before, revision, added, setAside };
  }

  /** Which of these lines cannot be taken because other bytes have their place: how many. */
  async conflicts(lines) {
    const tx = (await this.#open()).transaction(["events"], "readonly");
    const events = tx.objectStore("events");
    const held = await Promise.all(lines.map((line) => {
      const place = placeOf(line);
      return place && result(events.get([place.device, place.seq]));
    }));
    return held.filter((bytes, i) => bytes && bytes !== lines[i]).length;
  }

  /** Changes facts beside the log, such as the day of the last backup. */
  async note(changes) {
    return this.#write((_events, _aside, facts) => ({ ...facts, ...changes }));
  }

  /** Forgets everything. This becomes a new device: its old series may still be somewhere else. */
  async erase(changes = {}) {
    const written = await this.#write((events, aside, facts) => {
      events.clear();
      aside.clear();
      return { device: crypto.randomUUID(), revision: facts.revision + 1, epoch: null, ...changes };
    });
    await forgetRunningSession();
    return written;
  }

  async #begin() {
    await this.#write((_events, _aside, facts) => facts);
    return this.#read(["meta"], (tx) => tx.objectStore("meta").get(FACTS));
  }

  async #read(stores, look) {
    return result(look((await this.#open()).transaction(stores, "readonly")));
  }

  /** One transaction. `work` gives the facts to write, or null for none; what it throws undoes everything. */
  async #write(work) {
    const db = await this.#open();
    const tx = db.transaction(["meta", "events", "aside"], "readwrite", { durability: "strict" });
    const done = completed(tx);
    // Awaited below; a failure before that must not count as unhandled.
    done.catch(() => {});
    const meta = tx.objectStore("meta");
    let facts;
    try {
      facts = (await result(meta.get(FACTS))) ?? { device: crypto.randomUUID(), revision: 0, epoch: null };
      const changed = await work(tx.objectStore("events"), tx.objectStore("aside"), facts);
      if (changed) meta.put((facts = changed), FACTS);
    } catch (error) {
      try {
        tx.abort();
      } catch {
        // It has failed already.
      }
      await done.catch(() => {});
      throw error;
    }
    await done;
    return facts.revision;
  }

  #open() {
    this.#opening ??= open(this.#root).then((db) => {
      const forget = () => (this.#opening = null);
      db.onclose = forget;
      // A newer version wants to change the database: out of its way.
      db.onversionchange = () => {
        db.close();
        forget();
      };
      return db;
    });
    this.#opening.catch(() => (this.#opening = null));
    return this.#opening;
  }
}

function open(root) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`supple ${root}`, VERSION);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      for (const store of ["events", "aside", "meta"]) db.createObjectStore(store);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => {
      const newer = opening.error?.name === "VersionError";
      reject(newer ? new NewerVersion("a newer version of Supple has this log") : opening.error);
    };
  });
}

/** What a line's frame says: its device and number, or null if it has no place in a series. */
export function placeOf(line) {
  const frame = frameOf(line);
  return frame.id && frame.device && frame.seq !== null && frame.logical_ms !== null ? frame : null;
}

function frameOf(line) {
  let read = null;
  try {
    read = JSON.parse(line);
  } catch {
    // Not JSON: no frame.
  }
  const text = (value) => (typeof value === "string" && value !== "" ? value : null);
  const whole = (value, least) => (Number.isSafeInteger(value) && value >= least ? value : null);
  return {
    id: text(read?.id),
    device: text(read?.device),
    seq: whole(read?.seq, 1),
    logical_ms: whole(read?.logical_ms, Number.MIN_SAFE_INTEGER),
  };
}

/** Lines in fold order, the same as the terminal writes them: an export of equal logs is equal. */
export function inFoldOrder(lines) {
  const keyed = lines.map((line) => ({ line, ...frameOf(line) }));
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  keyed.sort(
    (a, b) =>
      compare(a.logical_ms ?? Infinity, b.logical_ms ?? Infinity) ||
      compare(a.device ?? "", b.device ?? "") ||
      compare(a.seq ?? 0, b.seq ?? 0) ||
      compare(a.line, b.line),
  );
  return keyed.map(({ line }) => line);
}

/** A line of a file without what an editor may have added; null if it is blank. Throws if it is too long. */
export function trimmed(line) {
  const text = line.replace(/^\uFEFF+/, "").replace(/\r+$/, "");
  if (text.trim() === "") return null;
  if (text.length > LINE_LIMIT) throw new Error("a line is longer than an entry can be");
  return text;
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(tx) {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException("the storage took nothing", "AbortError"));
    tx.onerror = () => {};
  });
}

/** What player-store.js keeps of a running session is no part of the log, but it is the person's. */
function forgetRunningSession() {
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase("supple-player");
    // A player that is open lets go as soon as it hears of it, and then it is deleted; nobody waits for that.
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });
}
