// With the server of Supple: devices exchange what they hold, work without it, and deleting deletes everywhere.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { entries, open, post, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { answersNo, checksIn } from "./support/person.js";
import { SUPPLE } from "./support/site.js";
import { until } from "./support/until.js";

/** `supple serve` over a new log; `stop` ends it as a failing machine would. */
async function supple() {
  const folder = await mkdtemp(join(tmpdir(), "supple-serve-"));
  const data = join(folder, "log.sqlite");
  const start = async (port) => {
    const child = spawn(SUPPLE, ["serve", "--json", "--port", String(port), "--data", data], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await Promise.race([
      createInterface({ input: child.stdout })[Symbol.asyncIterator]().next().then(({ value }) => [value]),
      new Promise((_, reject) => child.once("exit", (code) => reject(new Error(`supple serve ended with ${code}`)))),
    ]);
    return { child, url: JSON.parse(line).address };
  };
  let running = await start(0);
  const { url } = running;
  const stop = () => new Promise((resolve) => {
    running.child.once("exit", resolve);
    running.child.kill("SIGKILL");
  });
  return {
    url,
    stop,
    again: async () => (running = await start(new URL(url).port)),
    end: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test("two devices write apart, exchange, and have the same; what one deletes is deleted", async () => {
  const server = await supple();
  const { url } = server;
  const [phone, laptop] = [await launch(), await launch()];
  try {
    const one = await open(phone.context, url);
    await post(one, url, "on-the-phone-1");
    // The other has nothing: it asks the server before its first answer.
    const other = await open(laptop.context, url);
    await until(async () => (await entries(other, url)) === 1);

    await server.stop();
    await post(one, url, "on-the-phone-2");
    await post(other, url, "on-the-laptop-1");
    assert.equal(await entries(one, url), 2, "it works without the server");
    await server.again();
    for (const page of [one, other, one, other]) {
      await page.goto(url);
      await page.waitForTimeout(300);
    }
    await until(async () => (await storedLines(one)).length === 3 && (await storedLines(other)).length === 3);
    assert.deepEqual(await storedLines(one), await storedLines(other));

    // Deleted as the Settings page does it.
    await one.goto(`${url}settings`);
    await one.getByText("Delete everything").first().click();
    await one.locator("[data-erase-sure]").check();
    await one.locator("[data-erase]").click();
    await one.waitForURL(url);
    assert.deepEqual(await storedLines(one), []);
    await other.goto(url);
    await until(async () => (await storedLines(other)).length === 0);
    await one.goto(`${url}today`);
    assert.equal(await entries(one, url), 0, "and nobody brought it back");
  } finally {
    await phone.close();
    await laptop.close();
    await server.end();
  }
});

/** What a page shows, without the names that each drawing of a form gets and what a browser says of its own storage. */
async function shown(page, url) {
  await page.goto(url);
  const main = (await page.innerHTML("main")).replaceAll(/name="action" value="[^"]*"/g, "");
  return main.replace(/(data-storage-state="">)[^<]*/, "$1");
}

/** From a check-in to the first block, done by hand. */
async function rolls(page, url, wishes) {
  await page.goto(`${url}today`);
  await checksIn(page, wishes);
  await page.waitForSelector("body.page-card");
  await answersNo(page);
  await page.waitForSelector("body.page-plan");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.waitForSelector("html[data-player=ready]");
  await page.goto(`${page.url()}/by-hand`);
  // Written down before the page that follows is there; what is counted next must hold it.
  await Promise.all([page.waitForEvent("load"), page.locator('button[value="done"]').click()]);
}

test("two devices edit offline, exchange, and show the same pages", async () => {
  const server = await supple();
  const { url } = server;
  const [phone, laptop] = [await launch(), await launch()];
  try {
    const one = await open(phone.context, url);
    const other = await open(laptop.context, url);
    await server.stop();
    await rolls(one, url, { places: ["calf"] });
    await rolls(other, url, { places: ["gluteus_maximus"], age: 34 });
    assert.notEqual(await shown(one, `${url}history`), await shown(other, `${url}history`), "apart they differ");
    const [mine, theirs] = [await storedLines(one), await storedLines(other)];
    await server.again();
    await until(async () => {
      for (const page of [one, other]) await page.goto(`${url}history`);
      const [here, there] = [new Set(await storedLines(one)), new Set(await storedLines(other))];
      return [...mine, ...theirs].every((line) => here.has(line) && there.has(line)) && here.size === there.size;
    });
    for (const path of ["history", "today", "plan", "settings", "screen/all"]) {
      assert.equal(await shown(one, url + path), await shown(other, url + path), path);
    }
    await one.goto(`${url}history`);
    assert.equal(await one.locator("a.session-line").count(), 2);
  } finally {
    await phone.close();
    await laptop.close();
    await server.end();
  }
});

test("without JavaScript: from nothing to the first block of a session by hand", async () => {
  const server = await supple();
  const { context, close } = await launch({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole("link", { name: "Start" }).click();
    // The map leads to the list, which is the form itself.
    await page.locator("#list summary").click();
    await page.locator('input[name="sore.calf.left"]').fill("4");
    await page.locator('input[name="tool"][value="foam_roller"]').check({ force: true });
    await page.locator('input[name="age"]').fill("34");
    await page.getByRole("button", { name: "Go on" }).click();
    let cards = 0;
    while (await page.locator("body.page-card").count()) {
      cards += 1;
      assert.ok(cards <= 12, "the cards never end");
      await page.locator("[data-none]").click();
    }
    assert.ok(cards >= 4, `${cards} cards`);
    assert.equal(await page.locator("body.page-plan").count(), 1, page.url());
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const byHand = page.getByRole("link", { name: /by hand/ }).first();
    assert.ok(await byHand.isVisible());
    await byHand.click();
    const block = await page.locator('input[name="block"]').first().inputValue();
    await page.locator('button[value="done"]').click();
    assert.equal(await page.locator("body.page-by-hand").count(), 1);
    assert.notEqual(await page.locator('input[name="block"]').first().inputValue(), block);
    assert.match(await page.innerText("ol.by-hand li"), /done/);
    await page.goto(`${server.url}history`);
    assert.equal(await page.locator("a.session-line").count(), 1);
  } finally {
    await close();
    await server.end();
  }
});

test("without JavaScript: a file of trainings is looked at, written down once, and undone", async () => {
  const server = await supple();
  const { context, close } = await launch({ javaScriptEnabled: false });
  const begun = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 19);
  const run = `<?xml version="1.0"?><TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>${begun}Z</Id>
<Lap StartTime="${begun}Z"><TotalTimeSeconds>2400</TotalTimeSeconds></Lap></Activity></Activities></TrainingCenterDatabase>`;
  try {
    const page = await context.newPage();
    const choose = async (name, text) => {
      await page.goto(`${server.url}training/import`);
      await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
      await page.getByRole("button", { name: "Look what is in it" }).click();
    };
    const trainings = async () => {
      await page.goto(`${server.url}training`);
      const list = page.locator("section", { has: page.getByRole("heading", { name: "Written down" }) });
      return ((await list.textContent()).match(/40\smin/g) ?? []).length;
    };
    await choose("run.tcx", run);
    assert.match(await page.innerText("#import-preview"), /1 new training, 0\sh 40\smin/);
    assert.equal(await trainings(), 0, "nothing is written before somebody agrees");
    await choose("run.tcx", run);
    await page.getByRole("button", { name: "Write it down" }).click();
    assert.equal(await trainings(), 1);
    await choose("run.tcx", run);
    assert.match(await page.innerText("#import-preview"), /will not be there twice/);
    await choose("broken.fit", "no fit at all");
    assert.match(await page.innerText("#import-preview"), /could not be read/);
    assert.equal(await trainings(), 1);
    await page.getByRole("button", { name: "Undo this import" }).click();
    assert.equal(await trainings(), 0);
  } finally {
    await close();
    await server.end();
  }
});
