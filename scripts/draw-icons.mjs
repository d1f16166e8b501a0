// Draws the icons of web/ as PNG from web/icon.svg, with the Chromium of the browser tests. Run it after a change of the
// drawing and commit what it writes; nothing else needs it.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launch } from "../tests/browser/support/chromium.js";

const web = join(import.meta.dirname, "../web");
const drawing = await readFile(join(web, "icon.svg"), "utf8");
// iOS rounds the corners itself, and Android cuts a maskable icon to a circle of 80 %.
const full = drawing.replace(' rx="14"', "");
const small = full.replace('<g id="picture">', '<g id="picture" transform="translate(7 7) scale(.78)">');
const icons = [
  ["icon-180.png", 180, full, false],
  ["icon-192.png", 192, drawing, true],
  ["icon-512.png", 512, drawing, true],
  ["icon-maskable-512.png", 512, small, false],
];

const { context, close } = await launch({ deviceScaleFactor: 1 });
const page = await context.newPage();
for (const [name, size, svg, see_through] of icons) {
  await page.setViewportSize({ width: size, height: size });
  const picture = svg.replace("<svg ", `<svg width="${size}" height="${size}" style="display:block" `);
  await page.setContent(`<body style="margin:0;background:transparent">${picture}`);
  await writeFile(join(web, name), await page.screenshot({ omitBackground: see_through }));
  console.log(`web/${name}`);
}
await close();
