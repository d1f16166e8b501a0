// The player in a real browser: every cue at its time, stop from everywhere, killed and taken up, by keyboard alone.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { eveningLines, put } from "./support/evening.js";
import { served } from "./support/site.js";
import { engine, expectedNotes, soundThatIsKept } from "./support/sound.js";

/** Enough places for ten minutes of a first session, in which each gets half a minute. */
const LONG = ["calf", "rectus_femoris", "gluteus_maximus", "vastus_lateralis", "adductors", "tibialis_anterior", "lats", "thoracic_erectors"];
/** Screenshots go here; look at them. */
const SHOTS = process.env.SUPPLE_SHOTS ?? join(import.meta.dirname, "screenshots");

describe("a session", () => {
  let site, server, url, assets, wasm, end;
  before(async () => {
    ({ site, server, url, assets, end } = await served());
    wasm = join(site.folder, "assets", assets.find((name) => name.startsWith("whole.") && name.endsWith(".wasm")));
    await mkdir(SHOTS, { recursive: true });
  });
  after(() => end());

  const browser = (name, options, work) =>
    test(name, async () => {
      const { context, close, folder } = await launch(options);
      try {
        await work(context, folder);
      } finally {
        await close();
      }
    });

  /** Everything answered and a session started; the page is the player, not begun. */
  async function started(context, wishes) {
    const page = await open(context, url);
    await put(page, assets, await eveningLines(wishes));
    await page.evaluate(async (to) => {
      const answer = await fetch(to, { method: "POST", body: new URLSearchParams({ action: "start-of-the-test" }) });
      if (!answer.url.includes("/session/")) throw new Error(`it went to ${answer.url}`);
    }, `${url}session/start`);
    const path = "session/start-of-the-test";
    return { page, address: url + path };
  }

  const ready = (page) => page.waitForSelector("html[data-player=ready]");
  const phase = (page) => page.getAttribute("#player", "data-phase");
  const bodies = async (page) => (await storedLines(page)).map((line) => JSON.parse(line).body);

  /** A page whose clock is the test's. It begins at the whole second after now. */
  async function onATestsClock(context, wishes) {
    const { page, address } = await started(context, wishes);
    const clocked = await context.newPage();
    await page.close();
    await clocked.addInitScript(soundThatIsKept);
    await clocked.clock.install({ time: new Date() });
    await clocked.goto(address);
    await ready(clocked);
    await clocked.clock.pauseAt(new Date(Date.now() + 5_000));
    return clocked;
  }

  const nowOf = (page) => page.evaluate(() => Math.round(performance.now()));
  const pressed = async (page, input, act) => {
    const ms = await nowOf(page);
    await act();
    return { input, ms };
  };

  browser("of ten minutes has every cue at its time", {}, async (context) => {
    const page = await onATestsClock(context, { minutes: 13, wants: LONG });
    const data = JSON.parse(await page.textContent("#session-data"));
    const inputs = [await pressed(page, "tick", () => page.click("#begin"))];
    const began = inputs[0].ms;
    while ((await phase(page)) !== "ended") {
      if (await page.evaluate(() => document.getElementById("count").textContent === "Ready?")) {
        // Not in the very millisecond of another cue: one moment has one tone.
        await page.clock.runFor(137);
        inputs.push(await pressed(page, "ready", () => page.keyboard.press(" ")));
      }
      await page.clock.runFor(1_000);
      assert.ok((await nowOf(page)) - began < 1_300_000, "it never ends");
    }
    const lasted = ((await nowOf(page)) - began) / 60_000;
    assert.ok(lasted >= 9.5, `only ${lasted} minutes`);

    const call = await engine(wasm);
    const expected = expectedNotes(call, data.session, inputs, data.settings);
    assert.equal(expected.phase, "ended");
    const sounded = await page.evaluate(() => globalThis.suppleNotes.filter((note) => !note.takenBack));
    const heard = sounded.map(({ start, hz }) => ({ ms: start * 1000, hz })).sort((a, b) => a.ms - b.ms || a.hz - b.hz);
    assert.ok(expected.notes.length > 500, `${expected.notes.length} notes in ten minutes are too few`);
    const at = expected.notes.findIndex(({ ms }, i) => !heard[i] || Math.abs(heard[i].ms - ms) > 50);
    const near = (notes) => JSON.stringify(notes.slice(Math.max(0, at - 2), at + 4));
    assert.equal(at, -1, `expected ${near(expected.notes)}, heard ${near(heard)}`);
    assert.equal(heard.length, expected.notes.length, "no note more and none less");
    let worst = 0;
    for (const [i, { ms, hz, kind }] of expected.notes.entries()) {
      const off = Math.abs(heard[i].ms - ms);
      worst = Math.max(worst, off);
      assert.ok(off <= 50, `${JSON.stringify(kind)} is ${off} ms off at ${ms}`);
      assert.ok(Math.abs(heard[i].hz - hz) < 300, `${JSON.stringify(kind)} has another tone at ${ms}`);
    }
    console.log(`${expected.notes.length} notes, at most ${worst.toFixed(1)} ms off`);

    await page.waitForFunction(() => document.getElementById("over-unsaved").hidden);
    const log = await bodies(page);
    const blocks = log.filter((body) => body.type === "block_finished");
    assert.equal(blocks.length, data.blocks.length);
    assert.ok(log.some((body) => body.type === "session_ended" && body.completed));
  });

  browser("has a stop in every state that silences at once", {}, async (context) => {
    const page = await onATestsClock(context, { minutes: 5 });
    const run = (seconds) => page.clock.runFor(seconds * 1000);
    await page.click("#begin");
    const reach = {
      set_up: async () => {},
      lead_in: async () => page.keyboard.press(" "),
      work: async () => run(7),
      paused: async () => page.click("#pause"),
      rest: async () => { await page.click("#pause"); while (!["rest", "asking"].includes(await phase(page))) await run(1); },
      off: async () => { await page.keyboard.press("3"); },
    };
    for (const [name, act] of Object.entries(reach)) {
      await act();
      const before = await phase(page);
      assert.ok(await page.isVisible("#stop"), `${name}: the button is there`);
      await page.click("#stop");
      assert.equal(await phase(page), "stopped", `from ${before}`);
      assert.ok(await page.isVisible("#sheet-title"));
      const later = await page.evaluate(() =>
        globalThis.suppleNotes.filter((note) => !note.takenBack && note.start > performance.now() / 1000 + 1).length);
      // What comes by itself 20 s later is the first answer, and nothing before.
      assert.ok(later <= 12, `from ${before}: ${later} notes still to come`);
      await page.click("[data-reason=mistake]");
      assert.equal(await phase(page), before, "back to where it was");
    }
    await page.keyboard.press("s");
    assert.equal(await phase(page), "stopped");
    await run(21);
    assert.notEqual(await phase(page), "stopped", "no answer in 20 s counts");
    await page.waitForFunction(() => document.getElementById("over-unsaved").hidden);
    await assert.doesNotReject(async () => {
      for (let i = 0; i < 40; i++) {
        if ((await bodies(page)).some((body) => body.type === "stop_signalled" && body.signal === "sharp_or_electric")) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error("the stop is not in the log");
    });
  });

  test("killed in mid-block it goes on at the same second", async () => {
    const profile = await mkdtemp(join(tmpdir(), "supple-profile-"));
    try {
      const first = await launch({ profile });
      const { page, address } = await started(first.context, { minutes: 5 });
      await page.goto(address);
      await ready(page);
      await page.click("#begin");
      await page.keyboard.press(" ");
      await page.waitForSelector("#player[data-phase=work]", { timeout: 20_000 });
      await page.waitForTimeout(3_500);
      const left = Number(await page.textContent("#count"));
      const whole = await page.textContent("#whole");
      await killed(first);

      const second = await launch({ profile });
      try {
        const again = await second.context.newPage();
        await again.goto(address);
        await ready(again);
        assert.equal(await phase(again), "paused");
        const stands = Number(await again.textContent("#count"));
        assert.ok(stands >= left && stands <= left + 2, `${left} s were left, ${stands} are`);
        assert.equal((await again.textContent("#whole")).split(" · ")[0], whole.split(" · ")[0]);
        assert.equal(await again.textContent("#begin"), "Go on");
        await again.click("#begin");
        assert.equal(await phase(again), "work");
      } finally {
        await second.close();
      }
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  browser("is played by keyboard alone", {}, async (context) => {
    const page = await onATestsClock(context, { minutes: 5 });
    const press = (key) => page.keyboard.press(key);
    await press(" ");
    assert.equal(await phase(page), "set_up");
    await press(" ");
    assert.equal(await phase(page), "lead_in");
    await page.clock.runFor(6_000);
    assert.equal(await phase(page), "work");
    await press(" ");
    assert.equal(await phase(page), "paused");
    await press(" ");
    assert.equal(await phase(page), "work");
    await press("l");
    assert.match(await page.textContent("#note"), /Lighter/);
    await press("Escape");
    assert.equal(await phase(page), "stopped");
    await press("3");
    assert.equal(await phase(page), "off", "too strong: off, and lighter only when it has eased");
    await press(" ");
    assert.equal(await phase(page), "work");
    const block = await page.textContent("#whole");
    await press("n");
    assert.notEqual(await page.textContent("#whole"), block);
    await press("s");
    await press("5");
    assert.equal(await phase(page), "ended");
    await page.waitForFunction(() => document.getElementById("over-unsaved").hidden);
    assert.match(await page.getAttribute("#leave", "href"), /\/after\//);
  });

  browser("ends with help first when somebody is unwell, with the server gone", {}, async (context) => {
    const page = await onATestsClock(context, { minutes: 5 });
    await server.stop();
    try {
      await context.setOffline(true);
      await page.click("#begin");
      await page.click("#stop");
      await page.click("[data-reason=unwell]");
      assert.match(await page.innerText("#urgent"), /Please get medical help now/);
      assert.match(await page.getAttribute("#urgent a", "href"), /^tel:\d+$/);
    } finally {
      await context.setOffline(false);
      await server.again(Number(new URL(url).port));
    }
  });

  const SCREENS = { portrait: { width: 390, height: 844 }, landscape: { width: 844, height: 390 }, wide: { width: 1280, height: 800 }, small: { width: 320, height: 568 } };
  for (const theme of ["light", "dark"]) {
    browser(`can be looked at, ${theme}`, { colorScheme: theme }, async (context) => {
      const page = await onATestsClock(context, { minutes: 5 });
      const run = (seconds) => page.clock.runFor(seconds * 1000);
      const shots = async (name) => {
        for (const [screen, size] of Object.entries(SCREENS)) {
          await page.setViewportSize(size);
          await page.clock.runFor(20);
          await page.screenshot({ path: join(SHOTS, `session-${name}-${screen}-${theme}.png`) });
          if (name === "before" || name === "over" || name === "sheet") continue;
          const outside = await page.evaluate(() => [...document.querySelectorAll("#player button")].filter((button) => {
            const { left, right, top, bottom, width, height } = button.getBoundingClientRect();
            const small = !button.classList.contains("player-round") && Math.min(width, height) < 64;
            return button.checkVisibility() && (small || left < 0 || top < 0 || right > innerWidth || bottom > innerHeight);
          }).map((button) => button.textContent));
          assert.deepEqual(outside, [], `${name}, ${screen}: buttons outside the screen, or too small for a wet hand`);
        }
        await page.setViewportSize(SCREENS.portrait);
      };
      await shots("before");
      await page.click("#begin");
      await shots("set-up");
      await page.keyboard.press(" ");
      await run(2);
      await shots("lead-in");
      await run(8.4);
      await shots("work");
      await page.keyboard.press(" ");
      await shots("paused");
      await page.keyboard.press(" ");
      while (!["rest", "asking"].includes(await phase(page))) await run(1);
      await shots("rest");
      await page.click("#stop");
      await shots("sheet");
      await page.click("[data-reason=finished]");
      await shots("over");
    });
  }
});

/** Ends a browser as a phone that runs out of power does. */
async function killed({ context, folder }) {
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (line.includes(`--user-data-dir=${folder}`) && !line.includes("--type=")) process.kill(Number(pid), "SIGKILL");
  }
  await context.close().catch(() => {});
}
