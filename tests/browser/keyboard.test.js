// From the first page to a session that runs, without a pointer: only Tab, Enter, the arrows, Space, and typing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { served } from "./support/site.js";

/** More steps than any page has. */
const MOST = 250;

test("a session is started by keyboard alone", async () => {
  const { url, end } = await served();
  const { context, close } = await launch({ viewport: { width: 1280, height: 900 }, hasTouch: false });
  try {
    const page = await open(context, url);
    const press = (key) => page.keyboard.press(key);
    /** Goes on with Tab until what is focused is this, and says that somebody could see it. */
    const reach = async (selector) => {
      for (let steps = 0; steps < MOST; steps += 1) {
        await press("Tab");
        const there = await page.evaluate((selector) => document.activeElement?.matches(selector), selector);
        if (!there) continue;
        const seen = await page.evaluate(() => {
          const styled = (of) => [getComputedStyle(of).outlineStyle, getComputedStyle(of).outlineWidth, getComputedStyle(of).stroke, getComputedStyle(of).strokeWidth];
          const around = [document.activeElement, document.activeElement.nextElementSibling].filter(Boolean);
          return around.some((of) => {
            const [style, width, stroke, strokeWidth] = styled(of);
            return (style !== "none" && Number.parseFloat(width) >= 2) || (stroke !== "none" && Number.parseFloat(strokeWidth) >= 8);
          });
        });
        assert.ok(seen, `nobody sees that ${selector} has the focus`);
        return;
      }
      assert.fail(`Tab does not lead to ${selector} on ${page.url()}`);
    };

    await reach('.hero a[href$="today"]');
    await press("Enter");
    await page.waitForSelector("html.has-map");
    await reach('[data-view="back"] a[data-region="calf"]');
    await press("Enter");
    await page.locator("#mark[open]").waitFor();
    await reach('input[name="sheet_sore"]');
    for (let felt = 0; felt < 4; felt += 1) await press("ArrowRight");
    await reach("[data-done]");
    await press("Enter");
    assert.match(await page.innerText("#marked"), /calf.*sore 4/i);
    await reach('input[name="minutes"]');
    await press("ArrowLeft");
    await reach('input[name="tool"][value="foam_roller"]');
    await press(" ");
    await reach('input[name="age"]');
    await page.keyboard.type("34");
    await reach("main form .go button");
    await press("Enter");
    await page.waitForSelector("body.page-card");
    for (let cards = 0; await page.locator("body.page-card").count(); cards += 1) {
      assert.ok(cards < 12, "the cards never end");
      const card = await page.inputValue('input[name="card"]');
      await reach("[data-none]:not([disabled])");
      await press("Enter");
      await page.waitForFunction((card) => document.querySelector('input[name="card"]')?.value !== card, card);
      await page.waitForLoadState();
    }
    await page.waitForSelector("body.page-plan");
    await reach(".start button");
    await press("Enter");
    await page.waitForSelector("html[data-player=ready]");
    await reach("#begin");
    await press("Enter");
    assert.equal(await page.getAttribute("#player", "data-phase"), "set_up");
    await reach("#ready");
    await press(" ");
    await page.waitForSelector("#player[data-phase=work]", { timeout: 20_000 });
  } finally {
    await close();
    await end();
  }
});
