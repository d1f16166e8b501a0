// Trainings from files, in the browser: dropped, looked at, written, undone; read by pieces in a worker, never sent anywhere.
import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { deflateRawSync, gzipSync } from "node:zlib";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { served } from "./support/site.js";
import { until } from "./support/until.js";

const SHOTS = join(import.meta.dirname, "screenshots");
const AXE = await readFile(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
const DAY = 86_400_000;

/** A run as a bicycle computer or a watch writes it down, so many days ago. */
function run(days, minutes = 30) {
  const start = new Date(Date.UTC(2026, 10, 20, 17) - days * DAY).toISOString().slice(0, 19);
  return `<?xml version="1.0"?><TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>${start}Z</Id>
<Lap StartTime="${start}Z"><TotalTimeSeconds>${minutes * 60}</TotalTimeSeconds><DistanceMeters>5000</DistanceMeters></Lap>
</Activity></Activities></TrainingCenterDatabase>`;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
const crc32 = (bytes) => ~bytes.reduce((sum, byte) => (sum >>> 8) ^ CRC[(sum ^ byte) & 255], -1) >>> 0;

/** A zip of `[name, bytes]`, as an export makes it. */
function zip(files) {
  const [parts, entries] = [[], []];
  let at = 0;
  for (const [name, text] of files) {
    const [bytes, called] = [Buffer.from(text), Buffer.from(name)];
    const packed = deflateRawSync(bytes);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt16LE(0x21, 8);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(called.length, 22);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    about.copy(central, 6);
    central.writeUInt32LE(at, 42);
    entries.push(central, called);
    parts.push(Buffer.from("PK\x03\x04"), about, called, packed);
    at += 30 + called.length + packed.length;
  }
  const size = entries.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...entries, end]);
}

const archive = (many) => zip([
  ...Array.from({ length: many }, (_, i) => [`activities/${i}.tcx.gz`, gzipSync(run(i))]),
  ["activities/broken.fit", Buffer.concat([Buffer.from([12, 0x20, 0x54, 8, 99, 0, 0, 0]), Buffer.from(".FIT")])],
]);

const bodies = async (page) => (await storedLines(page)).map((line) => JSON.parse(line).body);
const kinds = async (page) => {
  const counts = {};
  for (const { type } of await bodies(page)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};

/** Drops files onto the page, as from a folder. */
async function drop(page, files) {
  const data = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, base64 } of files) {
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    }
    return data;
  }, files.map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString("base64") })));
  await page.dispatchEvent(".drop", "dragover", { dataTransfer: data });
  await page.dispatchEvent(".drop", "drop", { dataTransfer: data });
}

const agree = async (page) => {
  await page.getByRole("button", { name: /^Write (it|them) down$/ }).click();
  await page.waitForURL(/training\?brought=/);
};

/** What axe-core knows against the page, and whether it is wider than the window, in both themes. */
async function looks(page, name) {
  await mkdir(SHOTS, { recursive: true });
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(SHOTS, `import-${name}-${colorScheme}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) found.push(`${wide} px too wide`);
    if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
    for (const { id, nodes } of violations) found.push(`${id}: ${nodes.map(({ target }) => target)}`);
  }
  assert.deepEqual(found, [], name);
}

describe("trainings from files:", () => {
  let server, url, end;
  before(async () => ({ server, url, end } = await served()));
  after(() => end());

  async function phone(work, options = {}) {
    const { context, close, folder } = await launch({ bypassCSP: true, ...options });
    try {
      const page = await open(context, url);
      const wrong = [];
      page.on("pageerror", (error) => wrong.push(String(error)));
      await page.goto(`${url}training/import`);
      await work(page, { context, folder });
      assert.deepEqual(wrong, []);
    } finally {
      await close();
    }
  }

  test("a zip is dropped, watched, agreed to, undone, and brought again", () => phone(async (page, { context }) => {
    await looks(page, "choose");
    const sent = [];
    context.on("request", (request) => sent.push([request.url(), request.postDataBuffer()?.length ?? 0]));
    await page.evaluate(() => {
      globalThis.seen = [];
      const bar = document.querySelector("#import-progress");
      new MutationObserver(() => globalThis.seen.push(bar.value)).observe(bar, { attributes: true });
    });
    const bytes = archive(1200);
    await drop(page, [["strava.zip", bytes]]);
    await page.getByText("1200 new trainings").waitFor({ timeout: 60_000 });
    const seen = await page.evaluate(() => globalThis.seen);
    assert.ok(seen.length > 1 && seen.every((part, i) => i === 0 || part >= seen[i - 1]), `the bar only grows: ${seen}`);
    assert.match(await page.innerText("#import-preview"), /Running\s*1200/);
    assert.match(await page.innerText("#import-preview"), /broken\.fit: it is cut short/);
    assert.deepEqual(await kinds(page), {}, "nothing is written before somebody agrees");
    await looks(page, "found");

    await agree(page);
    assert.match(await page.innerText(".notice"), /Written down: 1200 trainings from strava.zip/);
    await looks(page, "written");
    assert.deepEqual(await kinds(page), { imported: 1, trained: 1200 });
    const posts = sent.filter(([to]) => to.endsWith("/training/import/events"));
    assert.ok(posts.length >= 3, `${posts.length} batches`);
    assert.ok(sent.every(([, length]) => length < 300_000), "the file itself is never posted");

    await page.locator(".notice").getByRole("button", { name: "Undo this import" }).click();
    await page.getByText("Nothing yet.").waitFor();
    assert.deepEqual(await kinds(page), { imported: 1, trained: 1200, import_undone: 1 });

    await page.goto(`${url}training/import`);
    await drop(page, [["again.zip", bytes]]);
    await page.getByText("1200 new trainings").waitFor({ timeout: 60_000 });
  }));

  test("the same file again brings nothing; one that broke off goes on in its own batch", () => phone(async (page, { context }) => {
    const bytes = archive(900);
    await drop(page, [["a.zip", bytes]]);
    await page.getByText("900 new trainings").waitFor({ timeout: 60_000 });
    // The window is closed while the second batch is on its way.
    await page.evaluate(() => {
      const send = globalThis.fetch;
      let posts = 0;
      globalThis.fetch = (to, ...rest) => {
        if (String(to).endsWith("/events") && (posts += 1) > 1) return new Promise(() => {});
        return send(to, ...rest);
      };
    });
    await page.getByRole("button", { name: "Write them down" }).click();
    await until(async () => (await storedLines(page)).length > 0);
    await page.close();
    const next = await context.newPage();
    await next.goto(`${url}training/import`);
    const there = (await storedLines(next)).length - 1;
    assert.ok(there > 0 && there <= 500, `it broke off after ${there}`);
    await drop(next, [["a.zip", bytes]]);
    await next.getByText(`${900 - there} new trainings`).waitFor({ timeout: 60_000 });
    await next.getByText(`${there} trainings are in your log already`).waitFor();
    await agree(next);
    assert.deepEqual(await kinds(next), { imported: 1, trained: 900 });
    const batches = new Set((await bodies(next)).map((body) => body.batch ?? body.source.batch));
    assert.equal(batches.size, 1, "one import, to be undone as one");

    await next.goto(`${url}training/import`);
    await drop(next, [["renamed.zip", bytes]]);
    await next.getByText("Nothing new is in it.").waitFor({ timeout: 60_000 });
    assert.equal(await next.getByRole("button", { name: /Write/ }).count(), 0);
  }));

  test("files that mean harm or are broken are told one by one, and leave the log as it is", () => phone(async (page) => {
    const tell = async (files, words) => {
      await page.goto(`${url}training/import`);
      await drop(page, files);
      await page.locator("#import-preview .caution").filter({ hasText: words }).waitFor({ timeout: 60_000 });
    };
    await tell([["out.zip", zip([["../../out.tcx", run(1)]])]], /leads out of it/);
    await tell([["bomb.zip", zip([["a.tcx", run(1) + " ".repeat(40 << 20)]])]], /unpacks to more than 200 times/);
    await tell([["cut.zip", archive(20).subarray(0, 900)]], /cut short/);
    await tell([["a.fit", Buffer.from("no file of a watch")]], /no file that Supple can read/);
    await tell([["empty.fit", Buffer.alloc(0)]], /no file that Supple can read/);
    assert.deepEqual(await kinds(page), {});
    // One that is broken does not stop the others.
    await tell([["a.fit", Buffer.from("nothing")], ["b.tcx", run(2)]], /a\.fit/);
    await page.getByText("1 new training").waitFor();
  }));

  test("a table of one's own is asked about, then read", () => phone(async (page) => {
    await drop(page, [["mine.csv", "Wann;Dauer in Min;Was\n03/04/2026 18:00;45;Laufen\n05/04/2026 18:00;30;Radfahren\n"]]);
    await page.getByLabel("When it began").selectOption("Wann");
    await looks(page, "columns");
    await page.getByLabel("How long, in minutes").selectOption("Dauer in Min");
    await page.getByLabel("What it was").selectOption("Was");
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByLabel(/3 April/).check();
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByText("2 new trainings").waitFor();
    await agree(page);
    const starts = (await bodies(page)).filter(({ type }) => type === "trained").map(({ start }) => start.slice(0, 10));
    assert.deepEqual(starts, ["2026-04-03", "2026-04-05"]);
  }));

  test("a file that is far larger than what is held is read by pieces, and can be stopped", () => phone(async (page, { folder }) => {
    // Readings of months with a workout now and then, as Apple Health exports them: 115 MB.
    const reading = `<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" startDate="2026-01-01 10:00:00 +0100" value="61"/>\n`;
    const workout = (day) => `<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min" sourceName="Watch" startDate="2026-01-0${day} 10:00:00 +0100" endDate="2026-01-0${day} 10:30:00 +0100"/>\n`;
    const block = reading.repeat(250_000);
    const path = join(folder, "export.xml");
    await writeFile(path, `<?xml version="1.0"?>\n<HealthData locale="en_GB">\n`);
    for (let day = 1; day <= 4; day += 1) await writeFile(path, block + workout(day), { flag: "a" });
    await writeFile(path, "</HealthData>\n", { flag: "a" });

    await page.setInputFiles("input[type=file]", path);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Stopped.").waitFor();
    assert.deepEqual(await kinds(page), {});
    const before = await page.evaluate(() => performance.now());
    await page.setInputFiles("input[type=file]", path);
    await page.getByText("4 new trainings").waitFor({ timeout: 180_000 });
    console.log(`115 MB in a debug build: ${Math.round(await page.evaluate((before) => performance.now() - before, before))} ms`);
  }));

  test("the reader of files is fetched once, works without a network, and says so where it is not there", () => phone(async (page) => {
    const isHere = () => page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const held = await (await caches.open(name)).keys();
        if (held.some(({ url }) => /\/assets\/import\.\w+\.wasm$/.test(url))) return true;
      }
      return false;
    });
    assert.equal(await isHere(), false, "nobody fetches it who has no file");
    server.cutOff = /\.wasm$/;
    await drop(page, [["a.tcx", run(1)]]);
    await page.getByText(/It could not be read: .*Choose it again/).waitFor();
    server.cutOff = null;
    await drop(page, [["a.tcx", run(1)]]);
    await page.getByText("1 new training").waitFor();
    assert.equal(await isHere(), true);
    await page.context().setOffline(true);
    await page.goto(`${url}training/import`);
    await drop(page, [["b.tcx", run(2)]]);
    await page.getByText("1 new training").waitFor();
    await agree(page);
    assert.deepEqual(await kinds(page), { imported: 1, trained: 1 });
  }));

  test("every screenshot is of a page that is meant", async () => {
    const names = await readdir(SHOTS);
    for (const name of ["choose", "found", "written", "columns"]) {
      assert.ok(names.includes(`import-${name}-light.png`) && names.includes(`import-${name}-dark.png`), name);
    }
  });
});
