// A copy saved is a copy that can be brought back; deleting deletes; and two devices end up with the same.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { entries, open, post, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { served } from "./support/site.js";
import { until } from "./support/until.js";

describe("a person's data", () => {
  let site, url, end;
  before(async () => ({ site, url, end } = await served()));
  after(() => end());

  /** The functions of `data.js` in a page, by the name that it is served under. */
  const inData = async (page, work, argument) => {
    const { files } = JSON.parse(await readFile(join(site.folder, "supple-site.json"), "utf8"));
    const module = `/${files.find((file) => /^assets\/data\..*\.js$/.test(file))}`;
    return page.evaluate(
      async ([module, work, argument]) =>
        new Function("data", "argument", `return (${work})(data, argument)`)(await import(module), argument),
      [module, String(work), argument],
    );
  };

  test("an export brought back on another device gives an equal export", async () => {
    const [phone, laptop] = [await launch({ bypassCSP: true }), await launch({ bypassCSP: true })];
    try {
      const one = await open(phone.context, url);
      for (let i = 0; i < 5; i += 1) await post(one, url, `on-the-phone-${i}`);
      const saved = await inData(one, (data) => data.exported());
      assert.equal(saved.split("\n").length, 6);

      const other = await open(laptop.context, url);
      await post(other, url, "on-the-laptop");
      const stranger = '{"id":"x","device":"newer","seq":1,"logical_ms":5,"version":99,"body":{"type":"not known yet"}}';
      const aside = "something that an editor left behind";
      const bring = (text) => inData(other, (data, text) => data.bringBack(new File([text], "copy.jsonl")), text);
      assert.deepEqual(await bring(`\uFEFF${saved}\r\n${stranger}\r\n${aside}\n`), { added: 6, known: 0, setAside: 1 });
      assert.deepEqual(await bring(saved), { added: 0, known: 5, setAside: 0 });
      assert.equal(await entries(other, url), 8);
      await other.goto(url);

      const both = await inData(other, (data) => data.exported());
      await inData(one, (data, text) => data.bringBack(new File([text], "copy.jsonl")), both);
      assert.equal(await inData(one, (data) => data.exported()), both);
    } finally {
      await phone.close();
      await laptop.close();
    }
  });

  test("a file that is no log, or was edited, is refused as a whole", async () => {
    const { context, close } = await launch({ bypassCSP: true });
    try {
      const page = await open(context, url);
      await post(page, url, "what-is-here");
      const [line] = await storedLines(page);
      const refused = (text) => inData(page, (data, text) =>
        data.bringBack(new File([text], "x")).then(() => "taken", (error) => error.message), text);
      assert.match(await refused("name,minutes\nMonday,10\n"), /no Supple entries/);
      const other = JSON.stringify({ ...JSON.parse(line), id: "other", device: "other" });
      const edited = line.replace('"adult_present":true', '"adult_present":false');
      assert.notEqual(edited, line);
      assert.match(await refused(`${other}\n${edited}\n`), /disagrees .* 1 entry/);
      assert.equal((await storedLines(page)).length, 1, "nothing of it was taken");
    } finally {
      await close();
    }
  });

  test("six thousand entries are brought back in batches", async () => {
    const { context, close } = await launch({ bypassCSP: true });
    try {
      const page = await open(context, url);
      await post(page, url, "the-first-one");
      const event = JSON.parse((await storedLines(page))[0]);
      const many = Array.from({ length: 6000 }, (_, i) =>
        JSON.stringify({ ...event, id: `many-${i}`, device: "many", seq: i + 1, logical_ms: event.logical_ms + i }));
      const took = await inData(page, (data, text) => data.bringBack(new File([text], "x")), many.join("\n"));
      assert.deepEqual(took, { added: 6000, known: 0, setAside: 0 });
      assert.equal(await entries(page, url), 6001);
    } finally {
      await close();
    }
  });

  test("deleting leaves nothing, and the device begins a new series", async () => {
    const { context, close } = await launch({ bypassCSP: true });
    try {
      const page = await open(context, url);
      await post(page, url, "to-be-deleted");
      const before = JSON.parse((await storedLines(page))[0]).device;
      const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
      await page.evaluate(() => new Promise((resolve) => {
        // As player-store.js leaves it behind after a session.
        const opened = indexedDB.open("supple-player", 1);
        opened.onsuccess = () => resolve(opened.result.close());
      }));
      assert.ok((await databases()).includes("supple-player"));
      assert.equal(await inData(page, (data) => data.eraseEverything()), true);
      assert.ok(!(await databases()).includes("supple-player"), "nor anything of a running session");
      assert.equal(await entries(page, url), 0);
      await post(page, url, "afterwards");
      const [line] = await storedLines(page);
      assert.notEqual(JSON.parse(line).device, before);
      assert.equal(JSON.parse(line).seq, 1);
    } finally {
      await close();
    }
  });

  test("the copy that is saved is the export, under a name with the day", async () => {
    const { context, close, folder } = await launch({ bypassCSP: true, acceptDownloads: true });
    try {
      const page = await open(context, url);
      await post(page, url, "to-be-saved");
      const download = page.waitForEvent("download");
      await inData(page, (data) => data.saveCopy());
      const file = await download;
      assert.match(file.suggestedFilename(), /^supple-\d{4}-\d\d-\d\d\.jsonl$/);
      const kept = join(folder, "copy.jsonl");
      await file.saveAs(kept);
      assert.equal(await readFile(kept, "utf8"), await inData(page, (data) => data.exported()));
    } finally {
      await close();
    }
  });
});

describe("two devices of one person", () => {
  test("write apart, exchange, and show the same; what was deleted stays deleted", async () => {
    const center = new Center();
    const { url, end } = await served({ api: (path, body) => center.answer(path, body) });
    const [phone, laptop] = [await launch(), await launch()];
    try {
      const one = await open(phone.context, url);
      await post(one, url, "on-the-phone-1");
      await until(() => center.lines.size === 1);
      // A device that has nothing asks before its first answer.
      const other = await open(laptop.context, url);
      assert.equal(await entries(other, url), 1);
      await post(other, url, "on-the-laptop-1");
      await until(() => center.lines.size === 2);

      // Apart: both go on writing.
      center.reachable = false;
      await post(one, url, "on-the-phone-2");
      await post(other, url, "on-the-laptop-2");
      center.reachable = true;
      await one.goto(url);
      await other.goto(url);
      await until(() => center.lines.size === 4);
      // What the other sent last may have come after one had asked: each asks again when it is looked at.
      await until(async () => {
        for (const page of [one, other]) await page.goto(url);
        return (await storedLines(one)).length === 4 && (await storedLines(other)).length === 4;
      });
      assert.deepEqual(await storedLines(one), await storedLines(other));

      // Deleted on one: gone from the other as well, and nobody brings it back.
      center.epoch = "after the deletion";
      center.lines.clear();
      await post(one, url, "after-the-deletion");
      await until(async () => (await storedLines(one)).length === 0);
      await post(other, url, "before-it-knew");
      await until(async () => (await storedLines(other)).length === 0);
      assert.equal(center.lines.size, 0);
    } finally {
      await phone.close();
      await laptop.close();
      await end();
    }
  });
});

/** The exchange as the server of Supple does it, in thirty lines. */
class Center {
  lines = new Map();
  epoch = "first";
  reachable = true;

  answer(path, body) {
    if (!this.reachable) return { status: 503, json: {} };
    if (path === "status") return { json: { server: true, paired: true, epoch: this.epoch } };
    if (body.epoch !== this.epoch) return { json: { epoch: this.epoch, have: {}, lines: [], more: false } };
    for (const line of body.lines) {
      const { device, seq } = JSON.parse(line);
      this.lines.set(JSON.stringify([device, seq]), line);
    }
    const have = {};
    const keys = [...this.lines.keys()].map((key) => JSON.parse(key)).sort((a, b) => a[1] - b[1]);
    for (const [device, seq] of keys) if (seq === (have[device] ?? 0) + 1) have[device] = seq;
    const missing = [...this.lines].filter(([key]) => {
      const [device, seq] = JSON.parse(key);
      return seq > (body.have[device] ?? 0);
    });
    // Small pieces, so that an exchange takes more than one round.
    const lines = missing.slice(0, 1).map(([, line]) => line);
    return { json: { epoch: this.epoch, have, lines, more: missing.length > 1 } };
  }
}
