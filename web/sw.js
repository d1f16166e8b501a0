// The service worker: it answers every page and every form of the app on this device, with no network.
//
//   request ─▶ engine decides ─▶ new events into IndexedDB, awaited ─▶ answer
//
// It may be killed between any two lines, and an older one may be alive beside it. So the log in IndexedDB is the only
// truth, memory is a cache of one revision of it, and all writes of all windows go through one lock.

import { Engine, EngineFailed, compile } from "./engine.js";
import { Log, NewerVersion, alone } from "./log.js";
import { Sync } from "./sync.js";

// What this build consists of: { build, engines: { first, whole, import }, files }. Filled in by the program that writes the site.
const SITE = null;

const root = new URL(self.registration.scope).pathname;
const CACHE = `supple ${root} ${SITE.build}`;
/** Fetched when they are asked for: the system shows them, the app does not. */
const isIcon = (path) => path.endsWith(".png");
/** The last one reads files of trainings: it is fetched when somebody chooses one. */
const { first: FIRST, whole: WHOLE, import: IMPORT } = SITE.engines;
/** Paths that only the server can answer. */
const SERVERS = ["api", "healthz", "sw.js"];
/** Time for the first exchange of a device that has nothing yet; then it goes on without. */
const FIRST_SYNC_MS = 1500;
/** Time for what a page fetches as it opens, before something is done ahead of time. */
const BEFORE_WARM_UP_MS = 500;
/** Forms have a few hundred bytes, a finished session a few thousand. */
const MOST_BYTES = 1 << 20;

const log = new Log(root);
const sync = new Sync({
  root,
  log,
  alone: (work) => alone(root, work),
  missing: async (have) => (await fresh()).engine.call("supple_missing", JSON.stringify({ have })),
  taken: ({ before, revision, added, setAside }) => {
    if (memory?.revision === before && setAside === 0) remember(added, revision);
  },
});

self.addEventListener("install", (event) => event.waitUntil(fetchEverything()));

self.addEventListener("activate", (event) => {
  // Not waited for: nothing is answered before activation has ended, and the log can be read meanwhile.
  atHand().catch(() => {});
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith(`supple ${root} `) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  const say = {
    // A window without a worker: first visit, or a forced reload.
    claim: () => self.clients.claim(),
    "use-new-version": async () => {
      if (!(await inSession())) await self.skipWaiting();
    },
    hello: async () => {
      const { askToPersist } = await log.facts();
      if (askToPersist) event.source?.postMessage({ type: "persist" });
      await syncUnlessInSession();
      // Something was answered, so there is time for the pages that come after the questions. While these are read, the
      // whole engine takes over.
      await compiled(WHOLE);
      wanted = WHOLE;
      await fresh();
      await warmUp();
    },
    persisted: () => alone(root, () => log.note({ askToPersist: false })),
  }[event.data?.type];
  if (say) event.waitUntil(Promise.resolve(say()).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || !url.pathname.startsWith(root)) return;
  const path = url.pathname.slice(root.length);
  if (SITE.files.includes(path)) return event.respondWith(file(path, request));
  if (path === "engine.json") return event.respondWith(json({ build: SITE.build, engines: SITE.engines }));
  // The address of a calendar subscription, should somebody open it here.
  if (/^calendar\/[0-9a-f]{32}\.ics$/.test(path)) return;
  // Files of another version, and what only a server knows.
  if (path.startsWith("assets/") || SERVERS.includes(path.split("/")[0])) return;
  event.respondWith(answer(event, url, path));
});

// ---- files ---------------------------------------------------------------------------------------------------------

async function fetchEverything() {
  const cache = await caches.open(CACHE);
  const missing = [];
  // The first engine is what an answer waits for: it is compiled as it arrives, and small files come beside it. The
  // whole one is fetched once something was answered, unless an older version serves meanwhile and nobody waits.
  const later = (path) => isIcon(path) || path === IMPORT || (path === WHOLE && !self.registration.active);
  for (const path of [FIRST, ...SITE.files.filter((path) => path !== FIRST && !later(path))]) {
    if (!(await cache.match(root + path))) missing.push(path);
  }
  const engine = missing[0] === FIRST ? fetchEngine(cache, missing.shift()) : null;
  await Promise.all([engine, zoneRules(), cache.addAll(missing.map(request))]);
  await compiled(FIRST);
}

/** Fetches an engine into the cache and lets the compiler have each piece at once. */
async function fetchEngine(cache, path) {
  const response = await fetch(request(path));
  if (!response.ok) throw new Error(`the engine could not be fetched (${response.status})`);
  keep(path, compile(response.clone()));
  await cache.put(root + path, response);
}

/** Names with a hash may come from the browser's cache; any other is asked for again. */
function request(path) {
  return new Request(root + path, { cache: path.startsWith("assets/") ? "default" : "no-cache" });
}

async function file(path, asked) {
  const cache = await caches.open(CACHE);
  const held = await cache.match(root + path);
  if (held) return held;
  const response = await fetch(asked);
  if (response.ok && !isIcon(path)) await cache.put(root + path, response.clone());
  return response;
}

// ---- engine --------------------------------------------------------------------------------------------------------

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** The rules of the zone that it is now, for the first engine, which has none in it; null: the whole one has to do. */
async function zoneRules() {
  const name = zone();
  try {
    const path = `zones/${name}.tzif`;
    const response = await file(path, request(path));
    return response.ok ? `${name}\0${String.fromCharCode(...new Uint8Array(await response.arrayBuffer()))}` : null;
  } catch {
    return null;
  }
}

const compiling = new Map();

/** An engine, compiled; that is done once in the life of this worker. */
function compiled(path) {
  return compiling.get(path) ?? keep(path, file(path, request(path)).then(compile));
}

function keep(path, compilation) {
  compiling.set(path, compilation);
  compilation.catch(() => compiling.delete(path));
  return compilation;
}

/** The engine that answers: the first one, until something is asked that only the whole one knows. */
let wanted = FIRST;

/** The log as an engine has it in memory: { engine, path, revision, device }; null if it has to be read first. */
let memory = null;
let folding = null;
let firstSync = null;

/** The log in memory, as it is stored at this moment. */
async function fresh() {
  const { revision } = await log.facts();
  if (memory?.revision === revision && memory.path === wanted) return memory;
  folding ??= fold().finally(() => (folding = null));
  await folding;
  // Another window may have written meanwhile.
  const current = memory?.path === wanted && memory.revision === (await log.facts()).revision;
  return current ? memory : fresh();
}

async function fold() {
  const path = wanted;
  const rules = path === FIRST ? zoneRules() : null;
  const [module, known, { facts, lines, aside }] = await Promise.all([compiled(path), rules, log.load()]);
  const engine = memory?.path === path ? memory.engine : await Engine.start(module);
  memory = null;
  if (known) engine.call("supple_zone", known);
  engine.call("supple_open", `${lines.join("\n")}\0${aside.join("\n")}`);
  memory = { engine, path, revision: facts.revision, device: facts.device, empty: lines.length === 0 };
}

let warm = false;

/**
 * Walks once through a check-in and a plan of nobody while the person reads. A browser compiles a function when it is first
 * called, and the engine reads its knowledge then: somebody would wait for that.
 */
async function warmUp() {
  if (warm) return;
  warm = true;
  await new Promise((resolve) => setTimeout(resolve, BEFORE_WARM_UP_MS));
  const { engine, path } = await fresh();
  if (path !== WHOLE) return;
  try {
    engine.call("supple_warm_up", JSON.stringify({ method: "GET", path: "", query: "", body: "", device: "nobody", ...here() }));
  } catch (error) {
    // A dead instance: the next request takes a fresh one.
    memory = null;
    throw error;
  }
}

/** Lines that are stored now, taken into memory. If that fails, the log is read again next time: nothing is lost. */
function remember(lines, revision) {
  if (!memory) return;
  const { engine, path, device } = memory;
  memory = null;
  try {
    engine.call("supple_apply", lines.join("\n"));
    memory = { engine, path, revision, device, empty: false };
  } catch {
    // A dead instance: the next request takes a fresh one.
  }
}

/**
 * Asks the engine over the log as it is, and says from which revision it answered. What the first engine does not know
 * goes to the whole one, which then answers everything for the life of this worker.
 */
async function ask(name, asked, log = fresh) {
  for (;;) {
    const { engine, path, revision, device } = await log();
    let answer;
    try {
      answer = engine.call(name, JSON.stringify({ ...asked, device }));
    } catch (error) {
      // After a panic its instance is dead, and the next request takes a fresh one.
      memory = null;
      throw error;
    }
    if (!answer.elsewhere) return { ...answer, revision };
    if (path === WHOLE) throw new Error("no engine knows this");
    await compiled(WHOLE).catch((error) => {
      throw new NotHereYet(String(error));
    });
    wanted = WHOLE;
  }
}

/** The whole engine is not on this device yet, and cannot be fetched now. */
class NotHereYet extends Error {}

// ---- answers -------------------------------------------------------------------------------------------------------

async function answer(event, url, path) {
  let asked = null;
  try {
    const body = event.request.method === "POST" ? await event.request.text() : "";
    if (body.length > MOST_BYTES) return trouble(413, "This is too much at once", "Nothing was changed.");
    asked = {
      method: event.request.method === "POST" ? "POST" : "GET",
      path: path.replace(/\/+$/, ""),
      query: url.search.slice(1),
      body,
      ...here(),
    };
    return asked.method === "POST" ? await write(event, asked) : await look(asked);
  } catch (error) {
    return failed(error, asked);
  }
}

/** What an answer may depend on beside the log and what is asked. */
const here = () => ({
  now_ms: Date.now(),
  zone: zone(),
  offset_minutes: -new Date().getTimezoneOffset(),
  seed: crypto.randomUUID().replaceAll("-", ""),
  root,
});

async function look(asked) {
  return respond((await ask("supple_request", asked, atHand)).response);
}

/** The log in memory, also where it has to be fetched first. */
async function atHand() {
  const now = await fresh();
  if (!now.empty) return now;
  // Perhaps it is on the server: this may be a second device, or one whose storage was cleared.
  firstSync ??= sync.run();
  await Promise.race([firstSync, new Promise((resolve) => setTimeout(resolve, FIRST_SYNC_MS))]);
  return fresh();
}

function write(event, asked) {
  return alone(root, async () => {
    for (let again = false; ; again = true) {
      const { response, append, revision } = await ask("supple_request", asked);
      if (append.length === 0) return respond(response);
      const finished = append.some((line) => line.includes('"type":"session_ended"'));
      let stored;
      try {
        stored = await log.append(revision, append, finished ? await persistence() : {});
      } catch (error) {
        if (error.name === "NewerVersion") throw error;
        // The log has moved on: decided again from where it is now, once.
        memory = null;
        if (!again) continue;
        return respond((await ask("supple_not_stored", asked)).response);
      }
      remember(append, stored);
      event.waitUntil(syncUnlessInSession());
      return respond(response);
    }
  });
}

/** The first saved session is worth asking the browser to keep it; only a page may ask. */
async function persistence() {
  const kept = await navigator.storage?.persisted?.().catch(() => true);
  return kept === false ? { askToPersist: true } : {};
}

async function inSession() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.some((client) => {
    const path = new URL(client.url).pathname;
    return path.startsWith(root) && path.slice(root.length).split("/")[0] === "session";
  });
}

async function syncUnlessInSession() {
  if (!(await inSession())) await sync.run();
}

function respond({ status, location, content_type, file_name, body, base64 }) {
  // A redirect that was fetched is refused for a page; a new one is not.
  if (location) return new Response(null, { status: 303, headers: { location } });
  const headers = { "content-type": content_type, "cache-control": "no-store", "x-content-type-options": "nosniff" };
  if (file_name) headers["content-disposition"] = `attachment; filename="${file_name.replace(/["\\\r\n]/g, "")}"`;
  return new Response(base64 ? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)) : body, { status, headers });
}

function json(value) {
  return new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });
}

// ---- when the engine cannot answer -----------------------------------------------------------------------------------

function failed(error, asked) {
  if (error instanceof NewerVersion) {
    return trouble(
      503,
      "A newer version is here",
      "Another window already uses a newer version of Supple. Nothing is lost: reload this page to use it too.",
      asked,
    );
  }
  if (error instanceof NotHereYet) {
    return trouble(
      503,
      "This page is not on your phone yet",
      "It comes as soon as there is a connection, and stays. What you entered is kept: go to Today.",
      asked,
      String(error.message || error),
    );
  }
  const words =
    error instanceof EngineFailed
      ? "Supple stopped in the middle of making this page. What was saved before is safe, and the next page starts fresh."
      : "The storage of this device could not be read, or the app is not complete yet. What was saved before is safe.";
  return trouble(500, "Something went wrong", words, asked, String(error.message || error));
}

function trouble(status, title, words, asked, details = "") {
  const safe = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const named = (name) => SITE.files.find((path) => path.startsWith(`assets/${name}.`));
  const fields = [...new URLSearchParams(asked?.body ?? "")].map(
    ([name, value]) => `<input type="hidden" name="${safe(name)}" value="${safe(value)}">`,
  );
  const again =
    asked?.method === "POST"
      ? `<form method="post" action="${safe(root + asked.path)}">${fields.join("")}<button class="primary">Send it again</button></form>`
      : `<p><a class="button primary" href="">Try again</a></p>`;
  const sentence = asked?.method === "POST" ? " What you sent is not saved; it is still in the button below." : "";
  const page = `<!DOCTYPE html>
<html lang="en" data-theme="system" data-root="${safe(root)}" data-shell="worker"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>${safe(title)} · Supple</title>
<link rel="stylesheet" href="${root}${named("style")}"><script type="module" src="${root}${named("app")}"></script>
<script type="module" src="${root}${named("data")}"></script></head>
<body class="page-trouble"><main id="main"><h1>${safe(title)}</h1><p>${safe(words)}${sentence}</p>${again}
<p><a href="${root}today">Go to Today</a></p>
<h2>To be on the safe side</h2><p>You can save a copy of everything you have entered. It can be imported again in Settings.</p>
<p><button type="button" data-export>Save a copy</button></p><p data-status role="status"></p>
${details ? `<details><summary>What happened, for those who write Supple</summary><pre>${safe(details)}</pre></details>` : ""}
</main></body></html>`;
  return new Response(page, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
