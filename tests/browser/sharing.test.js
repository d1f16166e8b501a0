// What goes to somebody else and comes from somebody else: a link is opened, nothing behind its # leaves the phone, and a
// hand-out is printed on both papers.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { open, storedLines } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { answersNo, checksIn } from "./support/person.js";
import { served } from "./support/site.js";

const PAPER = join(import.meta.dirname, "screenshots");
const CONTENT = "supple1:mobility/mo.th@12;t=foam_roller;a=calf;p=calf_roller.b.1x30.3,heel_raise.b.3x12";

describe("between two people:", () => {
  let url, end;
  before(async () => {
    ({ url, end } = await served());
    await mkdir(PAPER, { recursive: true });
  });
  after(() => end());

  test("a link shows what it holds, and nothing behind its # leaves the phone", async () => {
    const { context, close } = await launch();
    try {
      const page = await open(context, url);
      const asked = [];
      context.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
      await page.goto(`${url}receive#${CONTENT}`);
      await page.getByRole("heading", { name: "Mobility, 12 minutes" }).waitFor();
      assert.match(await page.innerText("main"), /Calf on the roller, left and right: 30 seconds, each side/);
      assert.match(await page.innerText("main"), /Your own answers come first/);
      // The worker answers forms of the page; what goes over the network is seen without a worker in between.
      const sent = asked.filter((one) => one.includes("supple1") && !one.startsWith(`${url}receive`));
      assert.deepEqual(sent, []);
      assert.ok(!page.url().includes("supple1"), "going back does not send it again");
      await page.getByRole("button", { name: "Save as my routine" }).click();
      await page.getByRole("heading", { name: "From a coach: Mobility, Mon and Thu" }).waitFor();
      const saved = (await storedLines(page)).map((line) => JSON.parse(line).body);
      assert.deepEqual(saved.map(({ type }) => type), ["routine_saved"]);
    } finally {
      await close();
    }
  });

  test("a link that is opened first of all is answered once the app is there", async () => {
    const { context, close } = await launch();
    try {
      const page = await context.newPage();
      await page.goto(`${url}receive#${CONTENT}`);
      await page.getByRole("heading", { name: "Mobility, 12 minutes" }).waitFor({ timeout: 30_000 });
    } finally {
      await close();
    }
  });

  test("today's plan goes out as a link and on paper, A4 and Letter, in large print too", async () => {
    const { context, close } = await launch();
    try {
      const page = await open(context, url);
      await page.goto(`${url}today`);
      await checksIn(page);
      await answersNo(page);
      await page.goto(`${url}share`);
      const link = await page.locator("#share-link").inputValue();
      assert.ok(link.startsWith(`${url}receive#supple1:`), link);
      assert.equal(await page.locator(".qr").count(), 1);
      await page.getByRole("link", { name: "Print it" }).click();
      await page.locator(".handout").waitFor();
      for (const [paper, large] of [["a4", ""], ["letter", ""], ["a4", "&large=1"]]) {
        const here = new URL(page.url());
        here.searchParams.set("paper", paper);
        await page.goto(`${here}${large}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no wider than the phone");
        await page.emulateMedia({ media: "print" });
        for (const hidden of [".bar", ".no-print", ".skip"]) {
          assert.equal(await page.locator(hidden).first().isVisible(), false, `${hidden} is not on paper`);
        }
        const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
        await writeFile(join(PAPER, `handout-${paper}${large ? "-large" : ""}.pdf`), pdf);
        // The size of a page in points, as the file says it.
        const [, width, height] = /\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString("latin1"));
        const [wide, high] = paper === "a4" ? [595, 842] : [612, 792];
        assert.ok(Math.abs(width - wide) < 1 && Math.abs(height - high) < 1, `${paper}: ${width} x ${height}`);
        await page.emulateMedia({ media: "screen" });
      }
    } finally {
      await close();
    }
  });
});
