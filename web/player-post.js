// What happened goes to the log at once and in order, again and again until it is there. The same batch twice is
// written once.

const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];

export class Outbox {
  /** Batches on their way: [{ action, events: [{ at, body }] }]. */
  batches;
  #url;
  #changed;
  #sending = null;
  #failures = 0;

  /** changed: called when a batch is through or refused, or when a try failed. */
  constructor(url, batches, changed) {
    this.#url = url;
    this.batches = batches;
    this.#changed = changed;
  }

  get isEmpty() {
    return this.batches.length === 0;
  }

  /** Whether it has failed so often that the person should know. */
  get isStuck() {
    return !this.isEmpty && this.#failures > 2;
  }

  add(events) {
    this.batches.push({ action: crypto.randomUUID(), events });
  }

  /** Resolves once nothing is left; it never gives up while the page is open. */
  flush() {
    this.#sending ??= this.#send().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  async #send() {
    while (!this.isEmpty) {
      const batch = this.batches[0];
      const outcome = await this.#post(batch);
      if (outcome === "again") {
        this.#failures += 1;
        this.#changed();
        await new Promise((resolve) => setTimeout(resolve, WAITS_MS[Math.min(this.#failures, WAITS_MS.length) - 1]));
        continue;
      }
      this.#failures = 0;
      this.batches.shift();
      this.#changed();
    }
  }

  async #post(batch) {
    try {
      const answer = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(batch),
        keepalive: true,
      });
      if (answer.ok) return (await answer.json()).stored ? "stored" : "again";
      // Refused for good: the session is over, or these are no events of it. All else may pass.
      return answer.status === 409 || answer.status === 422 ? "refused" : "again";
    } catch {
      return "again";
    }
  }
}
