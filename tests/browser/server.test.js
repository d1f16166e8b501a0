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

test("without JavaScript the server answers", async () => {
  const server = await supple();
  const { context, close } = await launch({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    for (const path of ["", "today", "settings"]) {
      const answer = await page.goto(server.url + path);
      assert.equal(answer.status(), 200, path);
      assert.ok(await page.locator("h1").first().isVisible());
    }
  } finally {
    await close();
    await server.end();
  }
});
