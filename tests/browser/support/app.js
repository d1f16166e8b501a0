// What every test does: open the app, wait until its worker answers, write something, read what is stored.
import { until } from "./until.js";

/** Opens the first page and waits until the worker answers in this window, and has all it needs without a network. */
export async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await until(() => page.evaluate(wholeEngineIsHere));
  return page;
}

/** In a page: whether the engine for what is opened now and then has come. */
export async function wholeEngineIsHere() {
  for (const name of await caches.keys()) {
    const held = await (await caches.open(name)).keys();
    if (held.some(({ url }) => url.includes("/assets/whole."))) return true;
  }
  return false;
}

/** The form that debug builds have for tests, answered by the worker. */
export const FORM = "form-for-the-test";

/** How many entries the page says there are. */
export async function entries(page, url) {
  await page.goto(url + FORM);
  return Number.parseInt(await page.textContent("h1"), 10);
}

/** Posts a form from inside a page and waits for the answer, which lies behind the redirect. */
export function post(page, url, action) {
  return page.evaluate(
    async ([to, action]) => {
      const answer = await fetch(to, { method: "POST", body: new URLSearchParams({ action, yes: "" }) });
      return { status: answer.status, redirected: answer.redirected, text: await answer.text() };
    },
    [url + FORM, action],
  );
}

/** Every line of the log, read past the app. */
export function storedLines(page, root = "/") {
  return page.evaluate(async (root) => {
    const opened = indexedDB.open(`supple ${root}`);
    const db = await new Promise((resolve, reject) => {
      opened.onsuccess = () => resolve(opened.result);
      opened.onerror = () => reject(opened.error);
    });
    const asked = db.transaction("events").objectStore("events").getAll();
    const lines = await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
    db.close();
    return lines;
  }, root);
}
