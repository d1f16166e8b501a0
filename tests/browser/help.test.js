// The way to help: one yes leads to the full question, a second to the page that says what to do, with nobody there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { checksIn } from "./support/person.js";
import { served } from "./support/site.js";

test("a yes to a sign leads to help first, offline, and two ways lead back", async () => {
  const { server, url, end } = await served();
  const { context, close } = await launch();
  try {
    const page = await open(context, url);
    await server.stop();
    await context.setOffline(true);
    await page.goto(`${url}today`);
    await checksIn(page);
    await page.waitForSelector("body.page-card");
    const sign = page.locator(".lines li").filter({ hasText: "Chest pressure" });
    await sign.getByRole("checkbox", { name: /^Yes/ }).check();
    assert.ok(await page.locator("[data-none]").isHidden(), "with a line marked, none of these is no answer");
    await page.getByRole("button", { name: "Go on" }).click();

    const answers = async (answer) => {
      await page.waitForSelector("body.page-screen");
      for (const question of await page.locator("fieldset.question").all()) {
        await question.locator(".choices").first().locator(".choice").filter({ hasText: answer }).first().click();
      }
      await page.getByRole("button", { name: "Save" }).click();
    };
    await answers("Yes");
    await page.waitForSelector("body.page-help");
    assert.match(await page.innerText("h1"), /^Please get medical help now\.$/);
    const call = page.locator('a[href^="tel:"]');
    assert.ok(await call.isVisible());
    assert.match(await call.getAttribute("href"), /^tel:\d+$/);
    assert.equal(await page.locator("nav.bar").count(), 0, "nothing leads to a routine from here");
    for (const path of ["plan", "screen", "help-first"]) {
      await page.goto(url + path);
      assert.equal(await page.locator("body.page-help").count(), 1, `${path} leads to help`);
    }

    // A correction is a new entry, and the question is asked again in full.
    await page.goto(`${url}help-first`);
    const before = (await storedLines(page)).length;
    await page.getByRole("button", { name: /^I tapped the wrong answer/ }).click();
    await page.waitForSelector("body.page-screen");
    const corrected = (await storedLines(page)).slice(before).map((line) => JSON.parse(line).body);
    assert.deepEqual(corrected.map(({ type, answer }) => [type, answer]), [["question_answered", "unknown"]]);
    await answers("No");
    await page.waitForSelector("body.page-card");

    // Again yes, and this time somebody had a look.
    await page.locator(".lines li").filter({ hasText: "After even a small knock" }).getByRole("checkbox", { name: /^Yes/ }).check();
    await page.getByRole("button", { name: "Go on" }).click();
    await answers("Yes");
    await page.waitForSelector("body.page-help");
    await page.getByText("I have been seen").click();
    await page.getByRole("button", { name: "Ask me again" }).click();
    await page.waitForSelector("body.page-card");
    const last = JSON.parse((await storedLines(page)).at(-1)).body;
    assert.equal(last.type, "seen_by_clinician");
  } finally {
    await close();
    await server.again().catch(() => {});
    await end();
  }
});
