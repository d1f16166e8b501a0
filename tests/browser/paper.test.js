// Hand-outs as they come out of a printer: nothing hangs over the edge, and a code is large enough to be read.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launch } from "./support/chromium.js";
import { SUPPLE } from "./support/site.js";

const MM = 96 / 25.4;
/** Two sessions of a week with eight things to do, and one alone. */
const WEEK =
  "supple1:mobility/mo.th@20;t=foam_roller;a=calf;p=calf_roller.b.1x30.3,quad_roller.b.1x30.3,heel_raise.b.2x8,levator_stretch.b.2x30s,split_squat.b.1x6" +
  "/fr@18;t=foam_roller;a=calf;p=calf_roller.b.1x45.3,chin_tuck.m.1x6,heel_raise.b.2x8,calf_wall_straight.b.2x30s,bridge.b.1x6";
const ONE = "supple1:recovery/9;t=foam_roller;a=calf;p=calf_roller.b.1x30.3";
/** Name, paper, option, width in mm, and the most pages of the week. */
const LOOKS = [
  ["A4", "a4", "", 210, 5],
  ["Letter", "letter", "", 215.9, 5],
  ["A4 in large print", "a4", "--large", 210, 10],
];

/** Writes a hand-out with the program, opens it on paper of that width, and hands it on. */
async function printed(context, folder, text, paper, large) {
  const file = join(folder, "sheet.html");
  const args = ["print", text, "--paper", paper, "--at", "https://supple.example.org", "--out", file];
  await promisify(execFile)(SUPPLE, large ? [...args, large] : args);
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  return page;
}

describe("on paper:", () => {
  let context, close, folder;
  before(async () => {
    ({ context, close } = await launch());
    folder = await mkdtemp(join(tmpdir(), "supple-paper-"));
  });
  after(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [name, paper, large, wide, most] of LOOKS) {
    for (const [what, text] of [["a week", WEEK], ["one session", ONE]]) {
      test(`the code of ${what} lies wholly on the sheet and is large enough: ${name}`, async () => {
        const page = await printed(context, folder, text, paper, large);
        // The margins of @page are 14 mm on each side.
        await page.setViewportSize({ width: Math.round((wide - 28) * MM), height: 1000 });
        await page.emulateMedia({ media: "print" });
        const { code, sheet, modules } = await page.evaluate(() => {
          const box = (selector) => document.querySelector(selector).getBoundingClientRect().toJSON();
          const modules = Number(document.querySelector(".qr").getAttribute("viewBox").split(" ")[2]);
          return { code: box(".qr"), sheet: box(".handout"), modules };
        });
        // What lies outside the sheet's own box lies outside the printed area, and the printer cuts it off.
        for (const side of ["left", "top"]) assert.ok(code[side] >= sheet[side] - 0.5, `${side}: ${code[side]} < ${sheet[side]}`);
        for (const side of ["right", "bottom"]) assert.ok(code[side] <= sheet[side] + 0.5, `${side}: ${code[side]} > ${sheet[side]}`);
        assert.ok(code.width >= 46 * MM - 0.5 && code.height >= 46 * MM - 0.5, `${code.width} x ${code.height}`);
        assert.ok(code.width / modules >= 0.38 * MM, `${code.width / modules / MM} mm a module`);
        await page.close();
      });
    }

    test(`a week takes few pages, and no box begins on one page and ends on the next: ${name}`, async () => {
      const page = await printed(context, folder, WEEK, paper, large);
      const count = async () => {
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
        return pdf.match(/\/Type \/Page\b/g).length;
      };
      const pages = await count();
      assert.ok(pages > 1 && pages <= most, `${pages} pages`);
      for (const box of [".before", ".stop"]) {
        assert.equal(await page.$eval(box, (one) => getComputedStyle(one).breakInside), "avoid", box);
      }
      await page.close();
    });
  }
});
