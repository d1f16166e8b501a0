// How much a phone fetches and how long it waits: 1.6 Mbit/s, 150 ms away, a quarter of this machine's speed. Each
// number stands beside what it may be at most; one that is over ends this with an error.
//
//   make sizes          builds the program, then runs this
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
process.env.SUPPLE ??= join(target, "release/supple");
const { launch } = await import("../tests/browser/support/chromium.js");
const { eveningLines, put } = await import("../tests/browser/support/evening.js");
const { exportSite, serve } = await import("../tests/browser/support/site.js");

const SLOW = { latencyMs: 150, bytesPerSecond: 1.6e6 / 8 };
const CPU = 4;
/** Renderers run this long at a stretch, and then stand still for as long as makes it a quarter. */
const STRETCH_MS = 5;
const RUNS = 5;
/** A regular needs at least so long for the form: well under the 30 s that it may take. */
const FILLING_IN_MS = 3000;

const site = await exportSite();
const server = await serve(site.folder, { slow: SLOW });
const { url } = server;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const rows = [];
const row = (what, value, most, words) => rows.push({ what, value: words(value), most: most === Infinity ? "no limit" : words(most), over: value > most });
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Slows the processor down for pages and workers alike. The browser's own brake (Emulation.setCPUThrottlingRate) knows
 * only pages, so every renderer is stopped and let go on, a hundred times a second.
 */
async function slowDown(context) {
  const devtools = await context.browser().newBrowserCDPSession();
  const renderers = async () => {
    const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
    return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  };
  const tell = (ids, signal) => {
    for (const id of ids) {
      try {
        process.kill(id, signal);
      } catch {
        // It has ended.
      }
    }
  };
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  let going = true;
  let known = await renderers();
  const looking = (async () => {
    while (going) {
      await wait(50);
      known = await renderers().catch(() => known);
    }
  })();
  const braking = (async () => {
    while (going) {
      const ids = known;
      tell(ids, "SIGSTOP");
      await wait(STRETCH_MS * (CPU - 1));
      tell(ids, "SIGCONT");
      await wait(STRETCH_MS);
    }
  })();
  return async () => {
    going = false;
    await Promise.all([looking, braking]);
  };
}

/** Waits until the whole engine answers: History is a page of its own. */
async function wholeEngine(page) {
  const answered = await page.evaluate(async (path) => (await fetch(path)).status, `${url}history`);
  if (answered !== 200) throw new Error(`the whole engine answered ${answered}`);
}

/** When the first words were painted, from the beginning of the navigation. */
const painted = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = (list) => list.find(({ name }) => name === "first-contentful-paint");
        const there = look(performance.getEntriesByType("paint"));
        if (there) return resolve(there.startTime);
        new PerformanceObserver((list, observer) => {
          const paint = look(list.getEntries());
          if (paint) resolve(paint.startTime), observer.disconnect();
        }).observe({ type: "paint", buffered: true });
      }),
  );

try {
  // What has to be there before anything is seen: the page, its style sheet, and the modules that it names.
  {
    const { context, close } = await launch();
    await context.route("**/sw.js", (route) => route.abort());
    // It comes beside the page, after all else, and the first view below is measured with it.
    await context.route("**/*.wasm", (route) => route.abort());
    server.bytes = 0;
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "load" });
    row("bytes before the first view", server.bytes, 60_000, kilobytes);
    await close();
  }

  const first = [], worker = [], offline = [], posts = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { context, close } = await launch();
    const fullSpeed = await slowDown(context);
    const page = await context.newPage();
    const began = Date.now();
    await page.goto(url, { waitUntil: "commit" });
    first.push(await painted(page));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });
    const answered = await page.evaluate(async (path) => (await fetch(path)).status, `${url}today`);
    worker.push(Date.now() - began);
    if (answered !== 200) throw new Error(`the worker answered ${answered}`);
    // Somebody who has answered every question, so that a check-in leads to a plan.
    await put(page, await readdir(join(site.folder, "assets")), await eveningLines());
    await wholeEngine(page);
    await page.close();

    // A new window, nobody there.
    const again = await context.newPage();
    await server.stop();
    await again.goto(`${url}today?same=1`, { waitUntil: "commit" });
    offline.push(await painted(again));
    await again.waitForLoadState();
    // It takes over by itself, and goes through a plan once, while somebody fills in the form, which takes longer than this.
    await wholeEngine(again);
    await again.waitForTimeout(FILLING_IN_MS);
    const took = await again.evaluate(async () => {
      const form = document.getElementById("list").closest("form");
      const body = new URLSearchParams(new FormData(form));
      const began = performance.now();
      // Not form.action: the form has a field of that name.
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
      await answer.text();
      return { ms: performance.now() - began, status: answer.status, led: answer.url };
    });
    if (took.status !== 200 || !took.led.endsWith("/plan")) {
      throw new Error(`the check-in was answered with ${took.status} and led to ${took.led}`);
    }
    posts.push(took.ms);
    await fullSpeed();
    await close();
    await server.again();
  }
  row("first view, from the page made beforehand", median(first), 2000, seconds);
  const { engines } = JSON.parse(await readFile(join(site.folder, "engine.json"), "utf8"));
  const size = async (path) => (await stat(join(site.folder, `${path}.br`))).size;
  row("the engine that has to be there for an answer, compressed", await size(engines.first), 300_000, kilobytes);
  row("the whole engine, fetched after that", await size(engines.whole), Infinity, kilobytes);
  row("what reads files of trainings, fetched when one is chosen", await size(engines.import), Infinity, kilobytes);
  row("first answer of the worker", median(worker), 4000, seconds);
  row("second visit, offline", median(offline), 500, seconds);
  row("a check-in posted, and the page after it", median(posts), 150, (ms) => `${ms.toFixed(0)} ms`);
} finally {
  await server.stop().catch(() => {});
  await site.remove();
}

console.log(`medians of ${RUNS} runs at 1.6 Mbit/s, 150 ms, processor ÷ ${CPU}`);
for (const { what, value, most, over } of rows) {
  console.log(`${over ? "OVER" : "  ok"}  ${what.padEnd(44)} ${value.padStart(10)}   at most ${most}`);
}
process.exitCode = rows.some(({ over }) => over) ? 1 : 0;
