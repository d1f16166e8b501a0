// The programme in a real browser: four weeks in a few taps, today's moves guided and stopped, days moved, a week on paper.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { eveningLines, put } from "./support/evening.js";
import { served } from "./support/site.js";
import { soundThatIsKept } from "./support/sound.js";
import { until } from "./support/until.js";

/** Screenshots go here; look at them. */
const SHOTS = process.env.SUPPLE_SHOTS ?? join(import.meta.dirname, "screenshots");
const AXE = await readFile(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");

describe("a programme", () => {
  let url, assets, end;
  before(async () => {
    ({ url, assets, end } = await served());
    await mkdir(SHOTS, { recursive: true });
  });
  after(() => end());

  const browser = (name, work) =>
    test(name, async () => {
      const { context, close } = await launch({ bypassCSP: true, viewport: { width: 390, height: 844 } });
      try {
        const page = await open(context, url);
        await put(page, assets, await eveningLines());
        await work(page, context);
      } finally {
        await close();
      }
    });

  /** A picture in both themes, nothing wider than a phone, and nothing that axe-core finds. */
  async function look(page, name) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: join(SHOTS, `weeks-${name}-${colorScheme}.png`), fullPage: true });
      if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${name} ${colorScheme} ${id}: ${nodes[0].target}`), []);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(wide, 0, `${name} is wider than the window`);
  }

  /** Sets four weeks up, as a person does; gives the taps it took. */
  async function setUp(page, { pictures = false } = {}) {
    let taps = 0;
    await page.goto(`${url}programme`);
    const tap = async (locator) => {
      await locator.click();
      taps += 1;
    };
    for (const day of [0, 2, 4]) await tap(page.locator(`.choice:has(input[name=free][value="${day}"])`));
    await tap(page.locator('.choice:has(input[name=minutes][value="20"])'));
    if (pictures) await look(page, "set-up");
    await tap(page.getByRole("button", { name: "Make my weeks" }));
    await page.getByRole("heading", { name: "Today" }).waitFor();
    return taps;
  }

  const bodies = async (page) => (await storedLines(page)).map((line) => JSON.parse(line).body);
  const phase = (page) => page.getAttribute("#player", "data-phase");

  browser("is made in a few taps and shows today first", async (page) => {
    const taps = await setUp(page, { pictures: true });
    assert.ok(taps <= 40, `${taps} taps`);
    const made = (await bodies(page)).filter(({ type }) => type === "programme_set");
    assert.equal(made.length, 1);
    assert.equal(await page.locator("table.programme tbody tr").count(), 4);
    await look(page, "made");
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));
    await look(page, "made-open");
  });

  browser("a page that stays open reminds when the time comes, and no longer when it is over", async (first, context) => {
    const page = await context.newPage();
    await first.close();
    // Five o'clock where the browser is, which need not be where this runs.
    await page.clock.install({ time: await page.evaluate(() => new Date("2026-11-23T17:00:00").getTime()) });
    // As the page of somebody has it who trains at 17:55; the time of the worker is not that of the page.
    await page.addInitScript(() => {
      const watch = new MutationObserver(() => {
        const main = document.querySelector("main");
        if (!main) return;
        watch.disconnect();
        const line = document.createElement("p");
        Object.assign(line.dataset, { date: "2026-11-23", at: "17:50", before: 15, minutes: 5 });
        Object.assign(line, { className: "reminder", hidden: true, textContent: "Your warm-up is at 17:50" });
        main.before(line);
      });
      watch.observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${url}history`);
    const line = page.locator(".reminder");
    const seen = async (minutes) => {
      await page.clock.runFor(minutes * 60_000);
      return line.isVisible();
    };
    assert.deepEqual([await seen(30), await seen(6), await seen(16), await seen(5)], [false, true, true, false]);
  });

  /** Goes to the player of today's moves. */
  async function moves(page) {
    await setUp(page);
    await page.getByRole("button", { name: /^Start: (Stretching|Strengthening|Putting)/ }).first().click();
    await page.waitForURL(/moves\/run\//);
    await page.waitForSelector("html[data-player=ready]");
  }

  browser("guides today's moves, stops at once, and keeps what was done", async (first, context) => {
    await moves(first);
    await look(first, "moves-before");
    const address = first.url();
    const page = await context.newPage();
    await first.close();
    await page.addInitScript(soundThatIsKept);
    await page.clock.install({ time: new Date() });
    await page.goto(address);
    await page.waitForSelector("html[data-player=ready]");
    const data = JSON.parse(await page.textContent("#session-data"));
    await page.click("#begin");
    assert.equal(await phase(page), "set_up");
    // A new position waits until somebody is there.
    await page.clock.runFor(60_000);
    assert.equal(await phase(page), "set_up");
    await page.click("#ready");
    for (let seconds = 0; (await phase(page)) !== "work"; seconds += 1) {
      assert.ok(seconds < 30, `still ${await phase(page)}`);
      await page.clock.runFor(1_000);
    }
    await page.clock.runFor(4_000);
    await look(page, "moves-work");
    // Too hard: off, until the person goes on.
    for (let seconds = 0; (await phase(page)) === "work"; seconds += 1) {
      assert.ok(seconds < 200, "a set that never ends");
      await page.clock.runFor(1_000);
    }
    assert.match(await page.innerText("#felt"), /How hard was it/);
    await page.click("#stop");
    assert.equal(await phase(page), "stopped");
    assert.match(await page.innerText("#sheet"), /Let go\. What happened\?/);
    await look(page, "moves-stopped");
    await page.click('[data-reason="finished"]');
    await page.waitForSelector("#over:not([hidden])");
    await look(page, "moves-over");
    await until(async () => (await bodies(page)).some(({ type }) => type === "moves_ended"));
    const kept = (await bodies(page)).filter(({ session }) => session === data.id);
    assert.deepEqual(kept.map(({ type }) => type), ["moves_started", "move_finished", "moves_ended"]);
    assert.ok(kept[1].sets === 1 && kept[1].seconds > 0, JSON.stringify(kept[1]));
    await page.click("#leave");
    await page.getByRole("heading", { name: "That is done" }).waitFor();
    await look(page, "moves-done");
  });

  browser("is done by hand, too", async (page) => {
    await moves(page);
    await page.goto(`${page.url()}/by-hand`);
    await look(page, "moves-by-hand");
    const many = await page.locator(".by-hand > li").count();
    for (let at = 0; at < many; at += 1) {
      await page.getByRole("button", { name: at === 0 ? "Done" : "Skip", exact: true }).click();
      await page.waitForLoadState();
    }
    await page.goto(page.url().replace("/by-hand", ""));
    await page.getByRole("heading", { name: "That is done" }).waitFor();
    assert.match(await page.innerText("main"), new RegExp(`1 of ${many} move`));
  });

  browser("moves when something comes up, and goes on paper and into the calendar", async (page) => {
    await setUp(page);
    const items = async () => (await bodies(page)).findLast(({ items }) => items).items;
    const last = (await items()).filter(({ kind }) => kind === "smr").at(0);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));
    const form = page.locator(`form:has(input[name=item][value="${last.id}"]):has(input[name=what][value=pin])`);
    await form.getByRole("button").click();
    await page.waitForLoadState();
    assert.equal((await items()).find(({ id }) => id === last.id).pinned, true);
    await page.getByText("Something came up").click();
    const until = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await page.locator("form:has(input[value=ill]) input[type=date]").fill(until);
    await page.getByRole("button", { name: "Rest until then" }).click();
    await page.waitForLoadState();
    assert.ok((await items()).every(({ date }) => date > until), "nothing while ill");
    await look(page, "after-a-change");
    await page.goto(`${url}handout?week=2`);
    await look(page, "on-paper");
    assert.ok((await page.locator(".part svg").count()) > 1, "a drawing for each");
    await page.goto(`${url}calendar`);
    assert.doesNotMatch(await page.innerText("main"), /Nothing is planned/);
    const file = await page.evaluate(async (to) => (await fetch(to)).text(), `${url}calendar/supple.ics`);
    assert.match(file, /BEGIN:VEVENT/);
    assert.match(file, /STATUS:CANCELLED/);
  });
});
