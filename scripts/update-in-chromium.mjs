// One update over a year of readings, 300 times in Chromium after the first: scripts/update-in-chromium builds it.
import { readFile } from "node:fs/promises";
const { launch } = await import("../tests/browser/support/chromium.js");

const wasm = (await readFile(process.argv[2])).toString("base64");
const { context, close } = await launch();
const page = await context.newPage();
const found = await page.evaluate(async (wasm) => {
  const bytes = Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  instance.exports.bench_prepare(1);
  const spans = [];
  let mean;
  for (let run = 0; run <= 300; run += 1) {
    const began = performance.now();
    mean = instance.exports.bench_update();
    spans.push(performance.now() - began);
  }
  const first = spans.shift();
  spans.sort((a, b) => a - b);
  return { mean, first, median: spans[150], slow: spans[270] };
}, wasm);
await close();
const ms = (span) => `${span.toFixed(2)} ms`;
console.log(
  `in Chromium: ${ms(found.first)} the first time, then ${ms(found.median)} at the median, ${ms(found.slow)} for nine of ten;` +
    ` mean gain ${found.mean.toFixed(9)}`,
);
