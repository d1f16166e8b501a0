// Every page in a real browser, reached as a person reaches it: no violation that axe-core knows, in both themes, on a
// phone and on a desk, and a picture of each in screenshots/ to look at.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { open } from "./support/app.js";
import { launch } from "./support/chromium.js";
import { exportSite, serve } from "./support/site.js";

const SHOTS = join(import.meta.dirname, "screenshots");
const AXE = await readFile(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
/** Where a person can be before anything is entered. */
const PAGES = ["", "today", "screen", "plan", "history", "routines", "next-day", "clinician", "settings", "no-such-page"];
const SIZES = [
  ["phone", { width: 390, height: 844 }],
  ["desk", { width: 1280, height: 900 }],
];

let site, server;
before(async () => {
  site = await exportSite();
  server = await serve(site.folder);
  await mkdir(SHOTS, { recursive: true });
});
after(async () => {
  await server.stop();
  await site.remove();
});

for (const theme of ["light", "dark"]) {
  test(`every page can be used by everybody, ${theme}`, async () => {
    const { context, close } = await launch({ bypassCSP: true, colorScheme: theme, reducedMotion: "reduce" });
    try {
      const page = await open(context, server.url);
      const found = [];
      for (const path of PAGES) {
        for (const [name, size] of SIZES) {
          await page.setViewportSize(size);
          await page.goto(server.url + path);
          await page.getByRole("heading", { level: 1 }).first().waitFor();
          await page.screenshot({ path: join(SHOTS, `${path || "welcome"}-${theme}-${name}.png`), fullPage: name === "phone" });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) found.push(`${path || "welcome"} ${name}: ${wide} px wider than the window`);
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => globalThis.axe.run());
          for (const { id, help, nodes } of violations) {
            found.push(`${path || "welcome"} ${name}: ${id} (${help}): ${nodes.map((node) => node.target).slice(0, 3).join(", ")}`);
          }
        }
      }
      assert.deepEqual(found, []);
    } finally {
      await close();
    }
  });
}

test("no page writes an error to the console or asks another host", async () => {
  const { context, close } = await launch();
  try {
    const wrong = [];
    context.on("request", (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith("data:") && !request.url().startsWith("blob:")) {
        wrong.push(`asked ${request.url()}`);
      }
    });
    const page = await open(context, server.url);
    page.on("console", (message) => {
      // The browser itself reports an answer of 404, and the page that is not there has one.
      if (message.type() === "error" && !message.text().includes("404")) wrong.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error}`));
    for (const path of PAGES) {
      await page.goto(server.url + path);
      await page.waitForLoadState("load");
    }
    assert.deepEqual(wrong, []);
  } finally {
    await close();
  }
});
