// The service worker: it takes over, answers without a network, and never loses what it has acknowledged.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { FORM, entries, open, post, storedLines, wholeEngineIsHere } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { served } from "./support/site.js";
import { answersNo, checksIn } from "./support/person.js";

describe("the service worker", () => {
  let server, url, end;
  before(async () => ({ server, url, end } = await served()));
  after(() => end());

  /** A new browser for one test. */
  const browser = (name, work) =>
    test(name, async () => {
      const { context, close, folder } = await launch();
      try {
        await work(context, folder);
      } finally {
        await close();
      }
    });

  browser("the first visit can be read before there is a worker", async (context) => {
    await context.route("**/sw.js", (route) => route.abort());
    const page = await context.newPage();
    const answer = await page.goto(url);
    assert.equal(answer.status(), 200);
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.match(await page.textContent("main"), /Supple supports flexibility/);
    await page.getByText("Supple cannot keep anything in this window").waitFor();
  });

  browser("any address waits for the worker and then shows its page", async (context) => {
    const page = await context.newPage();
    await page.goto(`${url}${FORM}`);
    await page.getByText("0 entries").waitFor();
  });

  browser("where the whole engine has not come, Today and the questions work and other pages say what to do", async (context) => {
    server.cutOff = /whole/;
    try {
      const page = await context.newPage();
      await page.goto(url);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      assert.equal((await page.goto(`${url}today`)).status(), 200);
      assert.equal((await page.goto(`${url}settings`)).status(), 503);
      assert.match(await page.textContent("main"), /not on your phone yet/);
      assert.equal((await page.goto(`${url}today`)).status(), 200, "and Today is still there");
      await checksIn(page);
      await page.waitForSelector("body.page-card");
      await answersNo(page);
      await page.getByText("not on your phone yet").waitFor();
      assert.equal(await page.evaluate(wholeEngineIsHere), false);
      server.cutOff = null;
      await page.goto(`${url}plan`);
      await page.getByRole("button", { name: "Start", exact: true }).waitFor();
    } finally {
      server.cutOff = null;
    }
  });

  browser("the whole engine comes by itself after the first answer, and then answers offline", async (context) => {
    const page = await open(context, url);
    await server.stop();
    try {
      await page.goto(`${url}history`);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.shell), "worker");
      assert.ok(server.asked.some((asked) => asked.includes("/assets/whole.")));
    } finally {
      await server.again();
    }
  });

  browser("pages and forms are answered with the server stopped, also after a reload", async (context) => {
    const page = await open(context, url);
    await server.stop();
    try {
      assert.equal(await entries(page, url), 0);
      await page.getByRole("button", { name: "Write" }).click();
      await page.getByText("1 entries").waitFor();
      assert.equal(await page.evaluate(() => performance.getEntriesByType("navigation")[0].type), "navigate");
      await page.reload();
      assert.equal(await page.textContent("h1"), "1 entries");
      await page.goto(url);
      await page.getByRole("heading", { level: 1 }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.dataset.shell), "worker");
    } finally {
      await server.again();
    }
  });

  browser("the answer to a form is a redirect, and it comes after the entry is stored", async (context) => {
    const page = await open(context, url);
    const { redirected, text } = await post(page, url, "action-number-1");
    assert.ok(redirected);
    assert.match(text, /1 entries/);
    const [line] = await storedLines(page);
    const event = JSON.parse(line);
    assert.equal(event.id, "action-number-1.0");
    assert.equal(event.seq, 1);
    assert.match(event.at, /\[Europe\/Berlin\]$/, "the zone is the one of the browser");
  });

  test("a browser killed right after the redirect has the entry", async () => {
    const profile = await mkdtemp(join(tmpdir(), "supple-killed-"));
    try {
      for (let round = 1; round <= 3; round += 1) {
        const { context } = await launch({ profile });
        const page = await open(context, url);
        const process = await browserProcess(context);
        await post(page, url, `before-the-kill-${round}`);
        globalThis.process.kill(process, "SIGKILL");
        await context.close().catch(() => {});
        await gone(process);
      }
      const { context, close } = await launch({ profile });
      const page = await open(context, url);
      assert.equal(await entries(page, url), 3);
      await close();
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  browser("two windows that write at once both have their entries, numbered without gaps", async (context) => {
    const [one, other] = [await open(context, url), await open(context, url)];
    const write = (page, name) => Promise.all(Array.from({ length: 10 }, (_, i) => post(page, url, `window-${name}-${i}`)));
    await Promise.all([write(one, "one"), write(other, "other")]);
    const events = (await storedLines(one)).map((line) => JSON.parse(line));
    assert.deepEqual(events.map((event) => event.seq), Array.from({ length: 20 }, (_, i) => i + 1));
    assert.equal(new Set(events.map((event) => event.id)).size, 20);
    const times = events.map((event) => event.logical_ms);
    assert.deepEqual(times, [...times].sort((a, b) => a - b), "and in an order that every device agrees on");
    assert.equal(await entries(other, url), 20);
  });

  browser("a form posted twice is written once", async (context) => {
    const page = await open(context, url);
    await Promise.all([post(page, url, "the-same-action"), post(page, url, "the-same-action")]);
    await post(page, url, "the-same-action");
    assert.equal((await storedLines(page)).length, 1);
  });

  browser("what another window stored since is decided on", async (context) => {
    const page = await open(context, url);
    await post(page, url, "through-the-worker");
    // As a page module does it that imports or exchanges: past the worker's memory.
    await page.evaluate(async (root) => {
      const opened = indexedDB.open(`supple ${root}`);
      await new Promise((resolve) => (opened.onsuccess = resolve));
      const tx = opened.result.transaction(["events", "meta"], "readwrite");
      const line = await new Promise((resolve) => {
        tx.objectStore("events").getAll().onsuccess = (event) => resolve(event.target.result[0]);
      });
      const event = { ...JSON.parse(line), id: "elsewhere.0", device: "elsewhere" };
      tx.objectStore("events").put(JSON.stringify(event), ["elsewhere", 1]);
      tx.objectStore("meta").get("log").onsuccess = ({ target }) =>
        tx.objectStore("meta").put({ ...target.result, revision: target.result.revision + 1 }, "log");
      await new Promise((resolve) => (tx.oncomplete = resolve));
      opened.result.close();
    }, "/");
    assert.equal(await entries(page, url), 2);
  });

  browser("a panic shows a page that says what to do, and the next request works", async (context) => {
    const page = await open(context, url);
    await post(page, url, "before-the-panic");
    const answer = await page.goto(`${url}panic-for-the-test`);
    assert.equal(answer.status(), 500);
    assert.match(await page.textContent("main"), /What was saved before is safe/);
    assert.match(await page.textContent("details"), /as the test asked/);
    assert.equal(await entries(page, url), 1);
  });

  browser("what was typed is still there when it cannot be stored", async (context) => {
    const page = await open(context, url);
    const [worker] = context.serviceWorkers();
    await worker.evaluate(() => {
      // A full disk, as IndexedDB reports it.
      IDBObjectStore.prototype.add = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await page.goto(url + FORM);
    const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
    await page.getByRole("button", { name: "Write" }).click();
    assert.equal((await answered).status(), 503);
    await page.getByText("This is not saved yet").waitFor();
    assert.equal((await storedLines(page)).length, 0);
    assert.ok(await page.locator('input[type=hidden][name="action"]').getAttribute("value"));
  });

  browser("a log that a newer version has taken over is left alone, and the page says to reload", async (context) => {
    const page = await open(context, url);
    await post(page, url, "by-this-version");
    await page.evaluate(async () => {
      const opened = indexedDB.open("supple /", 99);
      await new Promise((resolve) => (opened.onsuccess = resolve));
      opened.result.close();
    });
    const answer = await page.goto(url + FORM);
    assert.equal(answer.status(), 503);
    assert.match(await page.textContent("main"), /newer version/);
  });

  browser("a window that was reloaded by force finds its worker again", async (context) => {
    const page = await open(context, url);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Page.reload", { ignoreCache: true });
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  });
});

describe("in a folder of a host that has other things too", () => {
  test("everything is found below that folder", async () => {
    const { server, url, end } = await served({ root: "/sub/" });
    const { context, close } = await launch();
    try {
      const page = await open(context, url);
      assert.equal(await entries(page, url), 0);
      await post(page, url, "in-a-folder");
      assert.equal((await storedLines(page, "/sub/")).length, 1);
      // The form for tests names no icon, so the browser looks where icons were in 1999.
      const outside = server.asked.filter((asked) => !asked.includes(" /sub/") && !asked.endsWith("/favicon.ico"));
      assert.deepEqual(outside, []);
    } finally {
      await close();
      await end();
    }
  });
});

/** The id of the browser's own process. */
async function browserProcess(context) {
  const devtools = await context.browser().newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  return processInfo.find(({ type }) => type === "browser").id;
}

async function gone(id) {
  for (;;) {
    try {
      process.kill(id, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
