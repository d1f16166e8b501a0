// A new version is offered, taken when the person says so, and never in the middle of a session.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { open, post, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { served } from "./support/site.js";

test("a new version waits for the person, and for the end of a session in another window", async () => {
  const { site, url, end } = await served();
  const { context, close } = await launch();
  try {
    const page = await open(context, url);
    await post(page, url, "with-the-old-version");
    const build = () => page.evaluate(async (url) => (await (await fetch(`${url}engine.json`)).json()).build, url);
    const old = await build();

    // The next build, as far as a browser can tell.
    const file = join(site.folder, "sw.js");
    await writeFile(file, (await readFile(file, "utf8")).replaceAll(old, "the next build"));
    const player = await context.newPage();
    await player.goto(`${url}session/by-hand`);
    await page.goto(`${url}today`);
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
    const use = page.getByRole("button", { name: "use it" });
    await use.waitFor();
    assert.equal(await build(), old, "it does not take over by itself");
    await use.click();
    await page.getByText("a session is open in one").waitFor();
    assert.equal(await build(), old, "nor while a session is open");

    await player.close();
    await page.reload();
    const reloaded = page.waitForEvent("load");
    await page.getByRole("button", { name: "use it" }).click();
    await reloaded;
    assert.equal(await build(), "the next build");
    assert.equal((await storedLines(page)).length, 1, "what was entered is still there");
  } finally {
    await close();
    await end();
  }
});
