// One Chromium with a profile of its own, as a phone sees the web.
import { mkdtemp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser's program. */
export function program() {
  const found = PLACES.find((place) => place && existsSync(place));
  if (!found) throw new Error("there is no Chromium; run scripts/install-missing browser, or set CHROMIUM to its program");
  return found;
}

/**
 * Starts it. Give `profile` to come back to what an earlier one stored. `close` ends it, and removes the profile if it
 * was made here.
 */
export async function launch({ profile, ...options } = {}) {
  const folder = profile ?? (await mkdtemp(join(tmpdir(), "supple-chromium-")));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: program(),
    headless: true,
    // The first start on a cold disk takes its time.
    timeout: 60_000,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    locale: "en-GB",
    // For the whole browser: what is set for a page alone is not known to a service worker that begins later.
    env: { ...process.env, TZ: "Europe/Berlin" },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
    ...options,
  });
  context.setDefaultTimeout(12_000);
  const close = async () => {
    await context.close();
    if (!profile) await rm(folder, { recursive: true, force: true });
  };
  return { context, close, folder };
}
