// The phone as an inclinometer in a real browser, with sensors that Chromium emulates: a whole lunge into the log, a
// wobbling hand, a tilted phone, no sensor, permission denied; the window in every look, for everybody.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { Phone, UPRIGHT, about, shin, then } from "./support/phone.js";
import { served } from "./support/site.js";
import { soundThatIsKept } from "./support/sound.js";

const SHOTS = process.env.SUPPLE_SHOTS ?? join(import.meta.dirname, "screenshots");
const AXE = await readFile(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
/** How far a reading may be from the truth, in degrees. */
const NEAR = 0.3;
/** The smallest phones there are. */
const SMALL = { width: 360, height: 640 };

describe("a phone that measures", () => {
  let server, url, end;
  before(async () => {
    ({ server, url, end } = await served());
    await mkdir(SHOTS, { recursive: true });
  });
  after(() => end());

  const browser = (name, work, options = {}) =>
    test(name, async () => {
      const { context, close } = await launch({ viewport: SMALL, bypassCSP: true, ...options });
      try {
        await work(await open(context, url), context);
      } finally {
        await close();
      }
    });

  const stage = (page, name) => page.waitForSelector(`#incline[data-stage="${name}"]`);
  const number = (page, side, trial) => page.inputValue(`input[name="${side}.${trial}"]`);
  const shown = (page) => page.innerText("#incline-degrees");

  /** A page of a test on a phone with sensors, its window open. */
  async function withPhone(page, id = "wblt_angle", lies = about("x", 20)) {
    await page.addInitScript(soundThatIsKept);
    const phone = await Phone.of(page, lies);
    await page.goto(`${url}measures/${id}`);
    await page.click("#phone-begin");
    await stage(page, "waits");
    return phone;
  }

  /** The zero is set at a wall, and the person stands with the phone on the shin. */
  async function lunging(page) {
    const phone = await withPhone(page);
    await phone.put(UPRIGHT);
    await page.click("#incline-go");
    await phone.holds(1.2);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await onTheShin(page, phone);
    return phone;
  }

  async function onTheShin(page, phone) {
    await page.click("#incline-go");
    await phone.holds(1.5, shin(2));
    await stage(page, "moving");
    await phone.holds(0.3, shin(2));
  }

  /** Down in a second, still for one and a half, up again. */
  async function lunge(page, phone, degrees) {
    await phone.moves(1, (t) => shin(2 + (degrees - 2) * t));
    await phone.holds(1.5, shin(degrees));
    await stage(page, "held");
    await phone.moves(0.8, (t) => shin(degrees - (degrees - 2) * (t / 0.8)));
    await page.waitForSelector('#incline:not([data-stage="held"])');
  }

  browser("takes a lunge on both sides with nobody there, and it is in the log", async (page) => {
    const phone = await withPhone(page);
    await phone.put(UPRIGHT);
    await page.click("#incline-go");
    // From here on there is no network: the engine is in the page.
    await server.stop();
    try {
      await phone.holds(1.2);
      await page.getByRole("button", { name: "Start" }).waitFor();
      const truth = { left: [33.4, 38.27, 37.63], right: [36.1, 41.94, 41.2] };
      for (const [side, trials] of Object.entries(truth)) {
        assert.match(await page.innerText("#incline-what"), new RegExp(`^${side}, practice$`, "i"));
        await onTheShin(page, phone);
        for (const degrees of trials) await lunge(page, phone, degrees);
      }
      await stage(page, "done");
      for (const [side, trials] of Object.entries(truth)) {
        for (const [trial, degrees] of trials.entries()) {
          const read = await number(page, side, trial + 1);
          assert.match(read, /^\d+\.\d$/);
          assert.ok(Math.abs(Number(read) - degrees) <= NEAR, `${side}, trial ${trial}: ${read} for ${degrees}`);
        }
      }
      const left = (Number(await number(page, "left", 2)) + Number(await number(page, "left", 3))) / 2;
      const mean = /Mean ([\d.]+)°/.exec(await page.innerText('[data-side="left"] [data-result]'))[1];
      assert.ok(Math.abs(Number(mean) - left) < 0.06, `${mean}: practice does not count`);

      // Each reading, each end of a trial and each zero was heard.
      const kinds = { zero: 784, read: 1047, over: 587 };
      const heard = (await page.evaluate(() => globalThis.suppleNotes)).map(({ hz }) => hz);
      const count = (hz) => heard.filter((one) => one === hz).length;
      assert.ok(count(kinds.read) >= 6 + 2, `${count(kinds.read)} readings were heard`);
      assert.ok(count(kinds.zero) >= 2 && count(kinds.over) === 4, `${heard}`);

      await page.click("#incline-go");
      await page.waitForFunction(() => document.activeElement.name === "when");
      assert.match(await page.innerText("#phone-filled"), /^6 numbers are in the form below/);
      // What was read can still be changed.
      await page.fill('input[name="right.1"]', "35,5");
      await page.locator(".choice").filter({ hasText: "Without a session" }).click();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Your results").waitFor();
      const taken = (await storedLines(page)).map((line) => JSON.parse(line).body).filter(({ type }) => type === "measure_taken");
      assert.deepEqual(taken.map(({ measure, side, trials, practice_trials: practice }) => [measure, side, trials.length, practice]),
        [["wblt_angle", "left", 3, 1], ["wblt_angle", "right", 3, 1]]);
      assert.equal(taken[1].trials[0], 35.5);
      for (const [at, side] of ["left", "right"].entries()) {
        for (const trial of [1, 2]) assert.ok(Math.abs(taken[at].trials[trial] - truth[side][trial]) <= NEAR);
      }
    } finally {
      await server.again();
    }
  });

  browser("does not read a wobbling hand, and reads it once it is still", async (page) => {
    const phone = await lunging(page);
    await phone.moves(4, (t) => shin(35 + 3 * Math.sin(t * 9)));
    assert.equal(await page.getAttribute("#incline", "data-stage"), "moving");
    assert.equal(await number(page, "left", 1), "");
    assert.match(await shown(page), /^3\d°$/);
    assert.equal(await page.innerText("#incline-state"), "moving");
    // Pushed about without turning, which only the acceleration tells.
    for (let push = 0; push < 40; push += 1) {
      await phone.put(shin(35), push % 2 ? 6 : 0);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    assert.equal(await number(page, "left", 1), "");
    await phone.holds(2, shin(35));
    await stage(page, "held");
    assert.ok(Math.abs(Number(await number(page, "left", 1)) - 35) <= NEAR);

    // Thrown away, it is gone from the form, and nothing is read until it is begun again.
    await page.click("#incline-discard");
    await stage(page, "waits");
    assert.equal(await number(page, "left", 1), "");
    await phone.holds(1.5, shin(40));
    assert.equal(await number(page, "left", 1), "");
    // Closed and opened again it goes on with the same zero.
    await page.keyboard.press("Escape");
    await page.waitForSelector("#incline", { state: "hidden" });
    await page.click("#phone-begin");
    await page.getByRole("button", { name: "Start" }).waitFor();
  });

  browser("warns of a phone that leans, and refuses one that leans too far", async (page) => {
    const phone = await lunging(page);
    await phone.holds(2, shin(35, 27));
    assert.match(await page.innerText("#incline-trouble"), /leans 27° to the side: not read/);
    assert.match(await page.textContent("#incline-says"), /^Not read: it leans 2[67]\.\d degrees/);
    assert.equal(await number(page, "left", 1), "");
    const refused = (await page.evaluate(() => globalThis.suppleNotes)).filter(({ hz }) => hz === 208);
    assert.equal(refused.length, 2, "heard once, as two low tones");
    await phone.holds(2, shin(35, 14));
    assert.match(await page.innerText("#incline-trouble"), /leans 14° to the side. Hold it straighter/);
    assert.match(await page.textContent("#incline-says"), /degrees, leaning/);
    assert.ok(Math.abs(Number(await number(page, "left", 1)) - 35) <= NEAR);
    await phone.holds(0.5, shin(35));
    assert.ok(await page.isHidden("#incline-trouble"));
    // Upside down on the shin: asked about.
    await phone.holds(2, then(about("x", -90), about("x", -35)));
    assert.match(await page.innerText("#incline-trouble"), /5 to 65° can be right. Is it on the same way round/);
  });

  browser("takes a leg that is lifted from the floor, from a zero on the body", async (page) => {
    const phone = await withPhone(page, "aslr", about("x", 4));
    await page.click("#incline-go");
    await stage(page, "placing");
    assert.match(await shown(page), /^[1-8] s$/);
    await stage(page, "zeroing");
    await phone.holds(1.6);
    await stage(page, "moving");
    await phone.moves(1.5, (t) => about("x", 4 + 50 * t));
    await phone.holds(1.6, about("x", 79));
    await stage(page, "held");
    assert.ok(Math.abs(Number(await number(page, "left", 1)) - 75) <= NEAR);
  });

  browser("falls back to typing where there is no sensor", async (page) => {
    await page.goto(`${url}measures/wblt_angle`);
    const began = Date.now();
    await page.click("#phone-begin");
    await page.locator("#phone-problem").waitFor();
    const waited = Date.now() - began;
    assert.ok(waited > 1_900 && waited < 9_000, `${waited} ms`);
    assert.match(await page.innerText("#phone-problem"), /reports no angles.*You can type the numbers below/s);
    assert.ok(await page.isHidden("#incline"));
    for (const trial of [1, 2, 3]) await page.fill(`input[name="left.${trial}"]`, "38");
    await page.locator(".choice").filter({ hasText: "Without a session" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Your results").waitFor();
  });

  browser("takes a no for the sensors kindly", async (page) => {
    await page.addInitScript(() => {
      globalThis.DeviceOrientationEvent.requestPermission = () => {
        globalThis.askedInATap = navigator.userActivation.isActive;
        return Promise.resolve("denied");
      };
    });
    await page.goto(`${url}measures/wblt_angle`);
    await page.click("#phone-begin");
    await page.locator("#phone-problem").waitFor();
    assert.match(await page.innerText("#phone-problem"), /were not allowed, and that is fine\. You can type.*reload this page/s);
    assert.ok(await page.evaluate(() => globalThis.askedInATap));
    assert.ok(await page.isHidden("#incline"));
    assert.ok(await page.isVisible('input[name="left.1"]'));
  });

  browser("shows nothing of it without a script, and nothing where a phone cannot measure", async (page, context) => {
    await page.goto(`${url}measures/wblt_cm`);
    assert.equal(await page.locator("#phone, #incline").count(), 0);
    // The page as the worker makes it, in a window in which no script ever runs.
    const html = await page.evaluate(async (to) => (await fetch(to)).text(), `${url}measures/wblt_angle`);
    const plain = await context.newPage();
    await plain.setContent(html.replaceAll(/<script.*?<\/script>/gs, ""));
    assert.equal(await plain.locator("#phone").count(), 1);
    assert.ok(await plain.isHidden("#phone") && await plain.isHidden("#incline"));
    assert.ok(await plain.isVisible('input[name="left.1"]'));
  });

  browser("can be used by everybody, in every look", async (page) => {
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(String(error)));
    const look = async (name) => {
      for (const [size, viewport] of Object.entries({ small: SMALL, phone: { width: 390, height: 844 }, side: { width: 740, height: 360 } })) {
        await page.setViewportSize(viewport);
        for (const colorScheme of ["light", "dark"]) {
          if (size === "side" && colorScheme === "dark") continue;
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          const where = `incline-${name}-${colorScheme}-${size}`;
          await page.screenshot({ path: join(SHOTS, `${where}.png`) });
          const found = await page.evaluate(() => {
            const visible = [...document.querySelectorAll("#incline button, #phone button")].filter((button) => button.checkVisibility());
            const boxes = visible.map((button) => [button.id, button.getBoundingClientRect()]);
            return [
              ...boxes.filter(([, { width, height }]) => width < 44 || height < 44).map(([id]) => `${id} is too small to tap`),
              ...(document.documentElement.scrollWidth > innerWidth ? ["it is wider than the window"] : []),
              ...[...document.querySelectorAll("#incline, #incline *")].filter((part) => part.getAnimations().length > 0).map(({ id }) => `${id} moves`),
            ];
          });
          wrong.push(...found.map((words) => `${where}: ${words}`));
          // What is needed is on the screen without scrolling.
          if (await page.isVisible("#incline")) {
            const hidden = await page.evaluate(() => ["incline-what", "incline-do", "incline-degrees", "incline-go"].filter((id) => {
              const part = document.getElementById(id);
              const { top, bottom } = part.getBoundingClientRect();
              return part.checkVisibility() && (top < 0 || bottom > innerHeight + 0.5);
            }));
            if (hidden.length) wrong.push(`${where}: one has to scroll to ${hidden}`);
            const over = await page.evaluate(() => {
              const parts = [...document.querySelectorAll("#incline > :not(.visually-hidden)")].filter((part) => part.checkVisibility({ visibilityProperty: true }));
              const boxes = parts.map((part) => [part.id || part.className, part.getBoundingClientRect()]);
              const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
              return boxes.flatMap(([one, a], at) => boxes.slice(at + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${one} and ${other}`));
            });
            wrong.push(...over.map((both) => `${where}: ${both} lie over each other`));
          }
          if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
          for (const { id, nodes } of violations) wrong.push(`${where}: ${id}: ${nodes.map((node) => node.target).slice(0, 3).join(", ")}`);
        }
      }
      await page.setViewportSize(SMALL);
    };
    const phone = await Phone.of(page, about("x", 20));
    await page.goto(`${url}measures/wblt_angle`);
    await page.locator("#phone").scrollIntoViewIfNeeded();
    await look("offer");
    await page.click("#phone-begin");
    await look("zero");
    await page.click("#incline-go");
    await phone.put(about("x", 0));
    await page.locator("#incline-trouble:not([hidden])").waitFor();
    await look("not-square");
    await phone.holds(2, UPRIGHT);
    await page.getByRole("button", { name: "Start" }).waitFor();
    await look("start");
    await onTheShin(page, phone);
    await lunge(page, phone, 33);
    await phone.moves(1.5, () => shin(35, 14));
    await phone.holds(1);
    await stage(page, "held");
    await look("held-leaning");
    await phone.moves(1, () => shin(2));
    await phone.holds(1.5, shin(36, 28));
    await look("refused");
    await phone.holds(0.5, shin(2));
    await phone.holds(2, shin(46));
    await phone.holds(0.5, shin(2));
    await page.getByText("one more tells").waitFor();
    await look("one-more");
    await phone.holds(2, shin(44));
    await phone.holds(0.5, shin(2));
    await stage(page, "waits");
    await look("right-side");
    await page.click("#incline-end");
    await look("filled");
    assert.deepEqual(wrong, []);
  });
});
