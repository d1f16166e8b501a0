// A first session from nothing, and what comes after it: within five minutes to the first block, no more questions than
// were promised, and all of it with nobody there but the device itself.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { put } from "./support/evening.js";
import { Effort, answersNo, checksIn, daysEarlier, visibleWords } from "./support/person.js";
import { served } from "./support/site.js";

describe("from nothing", () => {
  let server, url, assets, end;
  before(async () => ({ server, url, assets, end } = await served()));
  after(() => end());

  const browser = (name, options, work) =>
    test(name, async () => {
      const { context, close } = await launch(options);
      try {
        await work(context);
      } finally {
        await close();
      }
    });

  const ready = (page) => page.waitForSelector("html[data-player=ready]");
  const phase = (page) => page.getAttribute("#player", "data-phase");

  browser("the first block begins within five minutes, and the next day asks one card", {}, async (context) => {
    const effort = new Effort();
    const page = await open(context, url);
    await effort.reads(page, "welcome");
    await page.getByRole("link", { name: "Start" }).click();
    effort.taps += 1;
    await page.waitForSelector("body.page-today");
    await effort.reads(page, "today", { whole: true });
    await checksIn(page, { places: ["calf"], minutes: 5 }, effort);
    await page.waitForSelector("body.page-card");
    const { early } = await answersNo(page, effort);
    assert.deepEqual(early, [], "None of these waits until the whole list was on the screen");
    await page.waitForSelector("body.page-plan");
    await effort.reads(page, "plan");
    await page.getByRole("button", { name: "Start", exact: true }).click();
    effort.taps += 1;
    await ready(page);
    await effort.reads(page, "before the session");
    await page.click("#begin");
    effort.taps += 1;
    await effort.reads(page, "set-up");
    await page.click("#ready");
    effort.taps += 1;
    await page.waitForSelector("#player[data-phase=work]", { timeout: 20_000 });

    console.log(`${effort.pages.join(", ")}\n${effort.words} words, ${effort.taps} taps: ${effort.seconds.toFixed(0)} s; ` +
      `${effort.cards} cards of ${effort.cardWords} words`);
    assert.ok(effort.cards >= 4 && effort.cards <= 12, `${effort.cards} cards`);
    assert.ok(effort.cardWords <= 500, `${effort.cardWords} words on cards`);
    assert.ok(effort.seconds < 300, `${effort.seconds} s`);

    // The same person a day later, on a device that has their log.
    const lines = daysEarlier(await storedLines(page), 1);
    await page.close();
    const { context: later, close } = await launch();
    try {
      const again = await open(later, url);
      await put(again, assets, lines);
      const second = new Effort();
      await again.goto(`${url}today`);
      await again.getByText("Same as yesterday").click();
      await again.getByRole("button", { name: "Go on" }).click();
      await again.waitForSelector("body.page-card");
      await answersNo(again, second);
      await again.waitForSelector("body.page-plan");
      console.log(`a day later: ${second.cards} card of ${second.cardWords} words`);
      assert.equal(second.cards, 1);
      assert.ok(second.cardWords <= 90, `${second.cardWords} words`);
    } finally {
      await close();
    }
  });

  browser("the whole loop works with nobody there, and is still there after a reload", {}, async (context) => {
    const page = await open(context, url);
    await server.stop();
    try {
      await page.goto(`${url}today`);
      await checksIn(page);
      await answersNo(page);
      await page.waitForSelector("body.page-plan");
      await page.clock.install();
      await page.getByRole("button", { name: "Start", exact: true }).click();
      await ready(page);
      await page.click("#begin");
      await page.keyboard.press(" ");
      for (let seconds = 0; (await phase(page)) !== "work"; seconds += 1) {
        assert.ok(seconds < 30, "the first block does not begin");
        await page.clock.runFor(1_000);
      }
      await page.clock.runFor(20_000);
      for (let skipped = 0; (await phase(page)) !== "ended"; skipped += 1) {
        assert.ok(skipped < 40, "it never ends");
        await page.keyboard.press("n");
      }
      await page.waitForFunction(() => document.getElementById("over-unsaved").hidden);
      await page.click("#leave");
      await page.waitForSelector("body.page-after");
      await page.locator(".choice").filter({ hasText: "About the same" }).click();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Noted: about the same").waitFor();
      await page.goto(`${url}history`);
      const sessions = page.locator("a.session-line");
      assert.equal(await sessions.count(), 1);
      const shown = await page.innerHTML("main");
      const kept = (await storedLines(page)).length;

      const again = await context.newPage();
      await page.close();
      await again.goto(`${url}history`);
      await again.reload();
      const without = (html) => html.replaceAll(/name="action" value="[^"]*"/g, "");
      const reloaded = without(await again.innerHTML("main"));
      const differs = [...reloaded].findIndex((letter, at) => letter !== without(shown)[at]);
      const around = (html) => html.slice(Math.max(0, differs - 40), differs + 160);
      assert.equal(differs, -1, `${around(without(shown))} became ${around(reloaded)}`);
      assert.equal((await storedLines(again)).length, kept);
      await again.locator("a.session-line").click();
      await again.waitForSelector("body.page-session-done");
      assert.ok((await visibleWords(again, { whole: true })) > 10);
    } finally {
      await server.again(Number(new URL(url).port));
    }
  });
});
