// Every page in a real browser, each over a log that makes it show itself: no violation that axe-core knows and nothing
// wider than the window, in both themes, on a phone and on a desk, and a picture of each in screenshots/ to look at.
import assert from "node:assert/strict";
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { eveningLines, put } from "./support/evening.js";
import { monthsLines } from "./support/months.js";
import { arm, eightDays, usedToIt } from "./support/experiment.js";
import { answersNo, checksIn, daysEarlier, marks } from "./support/person.js";
import { served } from "./support/site.js";
import { soundThatIsKept } from "./support/sound.js";

const SHOTS = join(import.meta.dirname, "screenshots");
const AXE = await readFile(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const THEMES = ["light", "dark"];
/** What this file draws, so that pages that are no more leave no pictures behind. */
const drawn = new Set();

const SPOT = { type: "spot_marked", spot: "outer-calf", region: "calf", side: "left", view: "back", x: 415, y: 760, name: "outer left calf", lump: false };
const PRESSED = [["before", 6], ["after", 4]].map(([when, tenderness]) => ({ type: "spot_pressed", spot: SPOT.spot, tenderness, when }));
const ROUTINE = { type: "routine_saved", routine: "evening-legs", name: "Evening legs", goal: "recovery", minutes: 10, tools: ["foam_roller"], wants: ["calf"] };

const TRAINED = { type: "trained", start: `${new Date(Date.now() - 20 * 3_600_000).toISOString().slice(0, 19)}+00:00[UTC]`, seconds: 2700, sport: "running", name: "Hills", effort: 7, unusual: true };
const PASSED_ON = "supple1:mobility/mo.th@12;t=foam_roller;a=calf;p=calf_roller.b.1x30.3,heel_raise.b.3x12";

describe("every page can be used by everybody:", () => {
  let server, url, assets, end;
  before(async () => {
    ({ server, url, assets, end } = await served());
    await mkdir(SHOTS, { recursive: true });
    for (const old of await readdir(SHOTS)) if (!/^(session|incline|weeks|import)-/.test(old)) await rm(join(SHOTS, old));
  });
  after(() => end());

  /** Looks at a page as it stands: it must be the one that is meant, in every theme and size. */
  async function look(page, found, name, cssClass, heading) {
    await page.waitForSelector(`body.${cssClass}`).catch(async () => {
      assert.fail(`${name} is ${page.url()}: ${await page.locator("body").getAttribute("class")}, ${await page.innerText("h1")}`);
    });
    if (heading) assert.match(await page.locator("h1:visible, h2:visible").first().innerText(), heading, name);
    assert.ok(!drawn.has(name), `${name} is drawn twice`);
    drawn.add(name);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const where = `${name}-${colorScheme}-${size}`;
        await page.screenshot({ path: join(SHOTS, `${where}.png`), fullPage: size === "phone" });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) found.push(`${where}: ${wide} px wider than the window`);
        if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
        // Only colours differ in the second theme: what is true of anything else was looked at in the first.
        const rules = colorScheme === THEMES[0] ? {} : { runOnly: ["color-contrast", "link-in-text-block"] };
        const { violations } = await page.evaluate((rules) => globalThis.axe.run({ resultTypes: ["violations"], ...rules }), rules);
        for (const { id, help, nodes } of violations) {
          found.push(`${where}: ${id} (${help}): ${nodes.map((node) => node.target).slice(0, 3).join(", ")}`);
        }
      }
    }
    await page.setViewportSize(SIZES.phone);
  }

  /** A test over a log, with `see(name, path, class, heading)`; at its end nothing may have been found. */
  function over(name, lines, work, options = {}) {
    test(name, async () => {
      const { context, close } = await launch({ bypassCSP: true, ...options });
      try {
        const page = await open(context, url);
        const wrong = [];
        context.on("request", (request) => {
          if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) wrong.push(`asked ${request.url()}`);
        });
        page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error}`));
        page.on("console", (message) => {
          // The browser itself reports an answer of 404 or 503, and some pages here have one.
          if (message.type() === "error" && !/404|503|422/.test(message.text())) wrong.push(`${page.url()}: ${message.text()}`);
        });
        await put(page, assets, await lines());
        const found = [];
        await work({
          page,
          context,
          look: (...what) => look(page, found, ...what),
          async see(name, path, ...what) {
            await page.goto(url + path);
            await look(page, found, name, ...what);
          },
        });
        assert.deepEqual(found, []);
        assert.deepEqual(wrong, []);
      } finally {
        await close();
      }
    });
  }

  over("before anything is entered", () => [], async ({ see, look, page, context }) => {
    await see("welcome", "", "page-welcome", /^Roll what needs it/);
    await see("today-empty", "today", "page-today", /^How is your body today/);
    await marks(page, "calf");
    await page.locator('[data-view="back"] [data-region="gluteus_maximus"][data-side="right"]').click();
    await page.locator("#mark .choice").filter({ hasText: "tender spot here" }).click();
    await look("today-sheet", "page-today");
    await page.locator("[data-done]").click();
    await page.locator("#list summary").click();
    await look("today-list", "page-today", /^How is your body today/);
    await see("history-empty", "history", "page-history", /History|Nothing/);
    await see("progress-empty", "progress", "page-progress", /^Progress/);
    await see("evidence", "evidence?goal=recovery", "page-evidence", /^What you may have read/);
    await see("claim", "evidence/breaks_up_adhesions", "page-claim", /^Rolling breaks up adhesions/);
    await see("measures", "measures", "page-measures", /^Measure/);
    await see("measure-at-a-place", "measures/ppt", "page-measure", /^Pressure until it first hurts/);
    await see("routines-empty", "routines", "page-routines", /^My routines/);
    await see("clinician-empty", "clinician", "page-clinician");
    await see("settings", "settings", "page-settings", /^Settings/);
    await see("about", "settings/about", "page-about");
    await see("answers-empty", "screen/all", "page-answers", /^Every answer/);
    await see("pair", "pair", "page-pair", /^Pair this device/);
    await see("pair-wrong", "pair?tried=wrong", "page-pair", /^Pair this device/);
    await see("not-here", "no-such-page", "page-trouble", /^There is no such page/);
    const [worker] = context.serviceWorkers();
    await worker.evaluate(() => {
      // A full disk, as IndexedDB reports it.
      IDBObjectStore.prototype.add = () => {
        throw new DOMException("no room", "QuotaExceededError");
      };
    });
    await page.goto(`${url}settings`);
    await page.locator('form[action$="settings/look"] button').first().click();
    await look("not-stored", "page-trouble", /^This is not saved yet/);
  });

  over("the cards of a first session", () => [], async ({ look, page }) => {
    await page.goto(`${url}today`);
    await checksIn(page, { minutes: 20 });
    let cards = 0;
    await page.waitForSelector("body.page-card");
    while (await page.locator("body.page-card").count()) {
      cards += 1;
      await look(`card-${cards}`, "page-card");
      const card = await page.inputValue('input[name="card"]');
      if (cards === 1) {
        await page.locator(".why summary").click();
        await page.locator('input[name="yes"]').first().check();
        await look("card-marked", "page-card");
        await page.locator('input[name="yes"]').first().uncheck();
      }
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.locator("[data-none]").click();
      await page.waitForFunction((card) => document.querySelector('input[name="card"]')?.value !== card, card);
    }
    assert.ok(cards >= 4, `${cards} cards`);
  });

  const answered = ["sp_hernia"];
  over("a day in which all is answered", () => eveningLines({ yes: answered, more: [SPOT, ...PRESSED, ROUTINE] }), async ({ see, look, page }) => {
    await see("today-summary", "today", "page-today", /Your day so far|Since last time/);
    await see("today-filled", "today?change=1", "page-today");
    await see("question", "screen/ask?id=rf_cardiac", "page-screen", /^The full question$/);
    await see("questions", "screen/ask?id=sp_hernia&id=sp_bruise&id=sp_breast_nodes", "page-screen", /^The full questions$/);
    await see("answers", "screen/all", "page-answers", /^Every answer/);
    await see("plan", "plan", "page-plan", /min|s$/);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));
    await look("plan-open", "page-plan");
    await see("clinician", "clinician", "page-clinician");
    await see("routines", "routines", "page-routines", /^My routines/);
    await see("spot", `spots/${SPOT.spot}`, "page-spot", /^Outer left calf/i);
    await page.goto(`${url}plan`);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForSelector("html[data-player=ready]");
    await page.goto(`${page.url()}/by-hand`);
    await look("by-hand", "page-by-hand", /^Your session, by hand/);
    await page.getByRole("button", { name: "Stop" }).first().click();
    await page.waitForLoadState();
    await look("by-hand-stop", "page-stop");
  });

  const first = { minutes: 10, wants: ["calf"] };
  over("an experiment from the question to its first session", async () => [...usedToIt(), ...(await eveningLines(first))], async ({ see, look, page }) => {
    await see("experiments", "experiments", "page-experiments", /^Experiments on yourself/);
    await see("experiment-own", "experiments/new/own", "page-experiment", /^Make your own/);
    await see("experiment-cannot", "experiments/new/roll_or_rest?region=calf&side=both&worth=0.1", "page-experiment", /^Roll or rest/);
    await see("experiment-design", "experiments/new/roll_or_rest?region=calf&side=both", "page-experiment", /^Roll or rest/);
    await page.getByRole("button", { name: "Begin", exact: true }).click();
    await page.locator(".due").waitFor();
    await look("experiment-measure", "page-experiment", /^Roll or rest/);
    assert.match(await page.locator(".due h2").innerText(), /^Measure first/);
    for (const trial of [1, 2, 3]) await page.locator(`input[name="trial.${trial}"]`).fill("10,5");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Show today's way" }).waitFor();
    await look("experiment-ready", "page-experiment");
    await page.getByRole("button", { name: "Show today's way" }).click();
    await page.locator(".due h2").filter({ hasText: "Today: " }).waitFor();
    await look("experiment-today", "page-experiment");
    const rest = /Rest/.test(await page.locator(".due h2").innerText());
    await see("experiment-plan", "plan", "page-plan", rest ? /^Nothing to roll today/ : /^3 min/);
    const lines = (await storedLines(page)).map((stored) => JSON.parse(stored.line ?? stored));
    const [designed] = lines.filter(({ body }) => body.type === "experiment_designed");
    const [shown] = lines.filter(({ body }) => body.type === "arm_revealed");
    assert.equal(shown.body.arm, arm(designed.body.seed, 0), "the order is the seed's, worked out a second time");
  });

  over("an experiment under way", async () => [...eightDays({ gains: [0.8, 0.1], running: true }), ...(await eveningLines(first))], async ({ see }) => {
    await see("experiment-running", "experiments/calves", "page-experiment", /^Roll or rest/);
    await see("experiments-running", "experiments", "page-experiments");
  });

  over("what an experiment found", async () => [...eightDays(), ...(await eveningLines(first))], async ({ see, look, page }) => {
    await see("experiment-result", "experiments/calves", "page-experiment", /^Roll or rest/);
    assert.match(await page.locator(".finding").innerText(), /“Roll for a minute” does more than “Rest”/);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));
    await look("experiment-result-open", "page-experiment");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Download as a zip").click()]);
    assert.equal(download.suggestedFilename(), "supple-experiment.zip");
  });

  over("a player and what comes after it", () => eveningLines({ minutes: 5, wants: ["calf"] }), async ({ look, page, context }) => {
    await page.goto(`${url}plan`);
    await page.addInitScript(soundThatIsKept);
    await page.clock.install();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForSelector("html[data-player=ready]");
    const state = async (phase, name) => {
      await page.waitForSelector(`#player[data-phase=${phase}]`);
      await look(name, "page-session");
    };
    await page.locator("#before").waitFor();
    await look("player-before", "page-session");
    await page.click("#begin");
    await state("set_up", "player-set-up");
    await page.keyboard.press(" ");
    for (let seconds = 0; (await page.getAttribute("#player", "data-phase")) === "lead_in" && seconds < 20; seconds += 1) await page.clock.runFor(1_000);
    await state("work", "player-working");
    await page.click("#pause");
    await state("paused", "player-paused");
    await page.click("#sound-button");
    await look("player-sound", "page-session");
    await page.click("#sound-close");
    await page.click("#stop");
    await state("stopped", "player-stopped");
    await page.click("[data-reason=mistake]");
    await page.click("#pause");
    for (let seconds = 0; !(await page.isVisible("#felt")); seconds += 1) {
      assert.ok(seconds < 240, "how it felt is never asked");
      await page.clock.runFor(1_000);
    }
    await look("player-asking", "page-session");
    await page.click("#stop");
    await page.click("[data-reason=unwell]");
    await page.locator("#urgent").waitFor();
    await look("player-unwell", "page-session");
    await page.close();
    assert.ok(context);
  });

  over("after a session", () => eveningLines({ minutes: 5, wants: ["calf"] }), async ({ look, see, page }) => {
    await page.goto(`${url}plan`);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForSelector("html[data-player=ready]");
    const path = new URL(page.url()).pathname.slice(1);
    // A block done by hand: without any pressure nothing is asked afterwards.
    await page.goto(`${url}${path}/by-hand`);
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await page.waitForLoadState();
    await page.goto(`${url}${path}`);
    await page.waitForSelector("html[data-player=ready]");
    await page.click("#begin");
    await page.click("#stop");
    await page.click("[data-reason=finished]");
    await page.locator("#over").waitFor();
    await look("player-over", "page-session", /./);
    await page.click("#leave");
    await look("after", "page-after");
    await page.locator(".choice").filter({ hasText: "About the same" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Noted").waitFor();
    await look("after-noted", "page-after");
    await see("session-is-over", path, "page-session-over", /^This session is over/);
    await see("today-done", "today", "page-today", /^Done for now/);
  });

  over("the days after", async () => [], async ({ see, look, page }) => {
    // A session done by hand today, as it would be had it been a few days ago, twice.
    await put(page, assets, await eveningLines({ minutes: 10, more: [SPOT, ...PRESSED, ROUTINE] }));
    await page.goto(`${url}plan`);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForSelector("html[data-player=ready]");
    const id = page.url().split("/").at(-1);
    await page.goto(`${page.url()}/by-hand`);
    for (let blocks = 0; await page.locator("body.page-by-hand").count(); blocks += 1) {
      assert.ok(blocks < 40, "it never ends");
      const block = await page.locator('input[name="block"]').first().inputValue();
      await page.locator('button[value="done"]').click();
      await page.waitForFunction((block) => document.querySelector('input[name="block"]')?.value !== block, block);
      await page.waitForLoadState();
    }
    await page.locator(".choice").filter({ hasText: "Better than before" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Noted").waitFor();
    const today = await storedLines(page);
    await forget(page);
    const before = daysEarlier(today, 6, "before").map((line) => line.replaceAll(id, `${id}-before`).replaceAll('"id":"', '"id":"before-'));
    await put(page, assets, [...before, ...daysEarlier(today, 1)]);
    await see("today-next-day", "today", "page-today", /^The day after/);
    await see("today-same", "today?same=1", "page-today");
    await see("next-day", "next-day", "page-next-day", /^The day after/);
    await see("history", "history", "page-history", /^History/);
    await see("history-session", `history/${id}`, "page-session-done");
    await see("spot-later", `spots/${SPOT.spot}`, "page-spot");
    await page.goto(`${url}today?same=1`);
    await marks(page, "hamstrings_medial", { sore: 2 });
    assert.match(await page.innerText("#marked"), /sore 2/, "the map works below what is asked first");
    await page.getByRole("button", { name: "Go on" }).click();
    await look("card-later", "page-card", /^Today/);
  });

  over("a test that was taken", () => [], async ({ see, look, page }) => {
    const take = async (left, right) => {
      await page.goto(`${url}measures/wblt_cm`);
      for (const [side, cm] of [["left", left], ["right", right]]) {
        for (const trial of [1, 2, 3]) await page.locator(`input[name="${side}.${trial}"]`).fill(String(cm));
      }
      await page.locator(".choice").filter({ hasText: "Without a session" }).click();
      await page.getByRole("button", { name: "Save" }).click();
    };
    await take(12, 8.5);
    await page.getByText("All of them").waitFor();
    await take(8.5, 12);
    await page.getByText("the right way round").waitFor();
    await look("measure-asked", "page-measure");
    await page.getByRole("button", { name: "Exchange left and right" }).click();
    await page.getByText("All of them").click();
    await look("measure", "page-measure", /^Knee to wall/);
    assert.match(await page.innerText(".results"), /Left 12\.0 cm/);
    await see("measures-taken", "measures", "page-measures", /^Measure/);
  });

  over("progress after two months", monthsLines, async ({ see, look, page }) => {
    await see("progress", "progress", "page-progress", /^Progress/);
    assert.equal(await page.locator("svg.ribbon").count(), 2, "a ribbon for each side");
    await page.setViewportSize({ width: 320, height: 640 });
    const wrong = await page.locator("svg.chart").evaluateAll((charts) => charts.flatMap((chart) => {
      const letters = [...chart.querySelectorAll("text")].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
      const touch = (a, b) => a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
      const over = letters.flatMap(({ words, box }, i) => letters.slice(i + 1).filter((other) => touch(box, other.box)).map((other) => `${words} lies on ${other.words}`));
      const { left, right } = chart.getBoundingClientRect();
      const outside = letters.filter(({ box }) => box.left < left - 1 || box.right > right + 1 || box.right > innerWidth);
      const small = letters.filter(({ box }) => box.height < 9);
      return [...over, ...outside.map(({ words }) => `${words} is cut off`), ...small.map(({ words }) => `${words} is too small`)];
    }));
    assert.deepEqual(wrong, [], "on the smallest phone");
    // By keyboard alone: to the numbers of the first chart, and to the test.
    await page.setViewportSize(SIZES.phone);
    await page.locator("h2 a").first().focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.ok(await page.locator("details.numbers").first().evaluate((details) => details.open), "Tab and Enter open the numbers");
    await look("progress-numbers", "page-progress");
    await page.locator("h2 a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("body.page-measure");
    await page.getByRole("link", { name: "What they say together" }).click();
    await page.waitForSelector("body.page-progress");
    assert.match(page.url(), /progress#wblt_cm$/);
  });

  over("how you move", () => eveningLines(), async ({ see, look, page }) => {
    await see("movement", "movement", "page-movement", /^How you move/);
    await see("movement-front", "movement?begin=yes", "page-movement", /^Overhead squat/);
    const next = async (seen = {}) => {
      if (Object.keys(seen).length === 0) {
        await page.getByRole("button", { name: "I looked" }).click();
        return page.waitForLoadState();
      }
      const ids = await page.locator('input[name="looked-for"]').evaluateAll((all) => all.map((one) => one.value));
      for (const id of ids) {
        await page.locator(`input[name="on.${id}"][value="${seen[id] ?? 0}"]`).check({ force: true });
      }
      await page.getByRole("button", { name: "Next", exact: true }).click();
      await page.waitForLoadState();
    };
    await next({ ohs_knees_in: 4 });
    await next({ ohs_heels_rise: 5, ohs_arms_forward: 3 });
    await next();
    await look("movement-retest", "page-movement");
    for (let looks = 0; !/movement\/result/.test(page.url()); looks += 1) {
      assert.ok(looks < 60, "it never ends");
      await next();
    }
    await look("movement-result", "page-movement", /^What was seen/);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));
    await look("movement-result-open", "page-movement");
  });

  over("moves and weeks", () => eveningLines(), async ({ see }) => {
    await see("moves", "moves", "page-moves", /^Moves/);
    await see("move", "moves/calf_wall_straight", "page-move", /^Calf/);
    await see("move-on-a-step", "moves/heel_raise", "page-move");
    await see("programme", "programme", "page-programme");
  });

  over("training and what is passed on", () => eveningLines({ more: [TRAINED, ROUTINE], version: 4 }), async ({ see }) => {
    await see("training", "training", "page-training", /^Training/);
    await see("share", "share", "page-share", /^Pass it on/);
    await see("handout", "handout", "page-handout");
    await see("summary", "summary", "page-summary", /^A summary for my coach/);
    await see("receive-empty", "receive", "page-receive", /^From a coach/);
    await see("receive", `receive#${PASSED_ON}`, "page-receive", /^From a coach/);
    await see("calendar", "calendar", "page-calendar", /^In my calendar/);
  });

  over("a path for special times, and soreness ahead", () => eveningLines({ yes: ["sp_breast_nodes"], more: [TRAINED], version: 4 }), async ({ see }) => {
    await see("paths", "paths", "page-paths");
    await see("path", "paths/after_breast_cancer", "page-path", /^After breast cancer treatment/);
    await see("forecast", "forecast", "page-forecast");
    await see("forecast-scored", "forecast/scored", "page-forecast");
  });

  over("help first", () => eveningLines({ yes: ["rf_cardiac"], settings: { country: "DE" } }), async ({ see }) => {
    await see("help-now", "help-first", "page-help", /^Please get medical help now/);
  });
  over("help today", () => eveningLines({ yes: ["rf_infection"] }), async ({ see }) => {
    await see("help-today", "help-first", "page-help", /^Please get medical help/);
  });
  over("not yet", () => eveningLines({ yes: ["sp_alcohol", "delphi_dvt"] }), async ({ see }) => {
    await see("not-yet", "not-yet", "page-help", /^Not yet/);
  });
  over("nothing to roll", () => eveningLines({ yes: ["sp_anticoagulant"] }), async ({ see }) => {
    await see("plan-nothing", "plan", "page-plan", /^Nothing to roll today/);
  });
  over("not sure", () => [], async ({ look, page }) => {
    await page.goto(`${url}today`);
    await checksIn(page);
    await page.waitForSelector("body.page-card");
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.locator("[data-none]").click();
    await page.getByText("alcohol, sedatives").waitFor();
    await page.locator(".lines li").filter({ hasText: "alcohol, sedatives" }).getByRole("checkbox", { name: /^Not sure/ }).check();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.locator(".question .choice").filter({ hasText: "Not sure" }).first().click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForSelector("body:not(.page-screen)");
    await answersNo(page);
    await look("not-sure", "page-help", /^Not yet/);
  });

  test("while it is fetched, and when it cannot be kept", async () => {
    const { context, close } = await launch({ bypassCSP: true, serviceWorkers: "block" });
    try {
      const page = await context.newPage();
      const found = [];
      await page.goto(`${url}history`);
      await look(page, found, "opening", "page-opening", /^One moment/);
      await page.goto(url);
      await look(page, found, "welcome-without-worker", "page-welcome");
      assert.deepEqual(found, []);
    } finally {
      await close();
    }
  });

  /** Deletes the log of this device, as Settings does. */
  async function forget(page) {
    const module = assets.find((name) => /^log\..*\.js$/.test(name));
    await page.evaluate(async (path) => {
      const { Log, alone } = await import(path);
      await alone("/", () => new Log("/").erase());
    }, `/assets/${module}`);
  }
});
