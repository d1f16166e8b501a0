// Where a running session is kept after every step: small, on this device, apart from the log. If there is no store
// (a private window), the session plays all the same and a reload begins with the block in turn.

const NAME = "supple-player";
const STORE = "sessions";

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error ?? new Error("blocked"));
  });
}

export class Store {
  #db = null;
  #next = null;
  #busy = false;

  static async open() {
    const store = new Store();
    try {
      store.#db = await open();
      // Another window wants it gone or newer: let go of it.
      store.#db.onversionchange = () => { store.#db.close(); store.#db = null; };
    } catch {
      store.#db = null;
    }
    return store;
  }

  /** What was kept of a session; whatever was kept of older ones is gone once all of it is in the log. */
  async load(id) {
    if (!this.#db) return null;
    try {
      const all = await this.#ask("readonly", (store) => store.getAll());
      for (const old of all.filter((kept) => kept.id !== id && kept.outbox.length === 0)) {
        await this.#ask("readwrite", (store) => store.delete(old.id));
      }
      return all.find((kept) => kept.id === id) ?? null;
    } catch {
      return null;
    }
  }

  /** Keeps the newest; what was not written yet is overtaken. */
  keep(record) {
    this.#next = record;
    if (!this.#busy) this.#write();
  }

  async #write() {
    this.#busy = true;
    while (this.#next && this.#db) {
      const record = this.#next;
      this.#next = null;
      await this.#ask("readwrite", (store) => store.put(record)).catch(() => {});
    }
    this.#busy = false;
  }

  #ask(mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#db.transaction(STORE, mode);
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      // A page that is left at this moment has written it all the same.
      transaction.commit?.();
    });
  }
}
