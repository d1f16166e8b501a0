// The exchange with the server that served the app, if there is one and this device is paired with it. A site on a
// static host has none; then nothing is ever sent.
//
//   GET  {root}api/status                            -> { server, paired, epoch }
//   POST {root}api/sync  { epoch, have, lines }      -> { epoch, have, lines, more }
//
// Every device's series is sent as it is, taking a line twice changes nothing, and what was interrupted is asked for
// again. The epoch changes when everything was deleted: then this device forgets too, instead of bringing it back.

/** Rounds of one exchange. Each moves a quarter of a megabyte or ends it. */
const MOST_ROUNDS = 400;

export class Sync {
  #running = null;
  /** A static host said that there is no server: in this life of the worker it is not asked again. */
  #absent = false;

  /**
   * `log` is the log, `alone` runs something alone among its writers, `missing(theirs)` asks the engine what the
   * other side lacks, `taken(result)` hears of lines that arrived.
   */
  constructor({ root, log, alone, missing, taken }) {
    Object.assign(this, { root, log, alone, missing, taken });
  }

  /** One exchange; asked for again while it runs, it is the same one. Never throws: it is tried again later. */
  run() {
    this.#running ??= this.#exchange()
      .catch(() => false)
      .finally(() => (this.#running = null));
    return this.#running;
  }

  async #exchange() {
    if (this.#absent) return false;
    const status = await this.#json("api/status");
    if (!status?.server || !status.paired) return false;
    let { epoch } = status;
    const facts = await this.log.facts();
    if (facts.erasePending) {
      ({ epoch } = (await this.#json("api/erase", { epoch })) ?? {});
      if (!epoch) return false;
      await this.alone(() => this.log.note({ erasePending: false, epoch }));
    } else if (!facts.epoch) {
      await this.alone(() => this.log.note({ epoch }));
    } else if (facts.epoch !== epoch) {
      await this.alone(() => this.log.erase({ epoch }));
    }
    let theirs = {};
    let ours = { lines: [], have: (await this.missing(theirs)).have };
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const answer = await this.#json("api/sync", { epoch, have: ours.have, lines: ours.lines });
      // Deleted or unpaired meanwhile: the next exchange begins anew.
      if (answer?.epoch !== epoch) return false;
      if (answer.lines.length > 0) {
        const stored = await this.alone(async () => {
          if ((await this.log.facts()).epoch !== epoch) return null;
          return this.log.take(answer.lines);
        });
        if (!stored) return false;
        this.taken(stored);
      }
      const before = JSON.stringify([theirs, ours.have]);
      theirs = answer.have;
      ours = await this.missing(theirs);
      if (!answer.more && ours.lines.length === 0 && !ours.ask) return true;
      // Neither side has got any further: what is left cannot be exchanged today.
      if (round > 0 && JSON.stringify([theirs, ours.have]) === before) return false;
    }
    return false;
  }

  /** What the server says; null if it is not there, says no, or is not ours. */
  async #json(path, body) {
    const request = { cache: "no-store", credentials: "same-origin", redirect: "error" };
    if (body !== undefined) {
      Object.assign(request, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    }
    const response = await fetch(this.root + path, request);
    const json = (response.headers.get("content-type") ?? "").startsWith("application/json");
    if (response.status === 404 || (response.ok && !json)) this.#absent = true;
    return response.ok && json ? response.json() : null;
  }
}
