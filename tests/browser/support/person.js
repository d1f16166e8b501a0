// What a person does on the pages, and what they read and tap on the way.

/** Words read and things tapped, counted as somebody does who reads all that is visible, once a page. */
export class Effort {
  words = 0;
  cardWords = 0;
  cards = 0;
  taps = 0;
  pages = [];

  /** Everything that can be seen on this page; `whole` where somebody has to go through all of it. */
  async reads(page, name, { whole = false } = {}) {
    const words = await visibleWords(page, { whole });
    this.words += words;
    this.pages.push(`${name}: ${words} words`);
    return words;
  }

  /** At 200 words a minute, and two seconds a tap. */
  get seconds() {
    return (this.words / 200) * 60 + this.taps * 2;
  }
}

/**
 * Words of the page that can be seen: not what is folded away or lies under something else, and not what only a reader
 * of the screen says. `whole` counts what has to be scrolled to as well; else only what is on the screen.
 */
export function visibleWords(page, { whole = false, within = "main" } = {}) {
  return page.evaluate(([whole, within]) => {
    const onScreen = (node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const over = x >= 0 && x < innerWidth && y >= 0 && y < innerHeight ? document.elementFromPoint(x, y) : null;
      return over !== null && (over.contains(node) || node.parentElement.contains(over) || over.closest("label")?.contains(node));
    };
    const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
    let words = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest("script, style, title, select, .visually-hidden")) continue;
      if (!node.parentElement.checkVisibility({ visibilityProperty: true }) || !(whole || onScreen(node))) continue;
      words += node.data.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    }
    return words;
  }, [whole, within]);
}

/** Marks a place on the map: a tap on it, how sore it is, and Done. */
export async function marks(page, region, { view = "back", side = "left", sore = 4 } = {}, effort = new Effort()) {
  if (view === "back" && !(await page.locator('[data-view="back"]').isVisible())) {
    await page.getByText("Back", { exact: true }).click();
    effort.taps += 1;
  }
  await page.locator(`[data-view="${view}"] [data-region="${region}"][data-side="${side}"]`).click();
  await page.locator("#mark[open]").waitFor();
  await page.locator("#mark .felt label").filter({ hasText: new RegExp(`^${sore}$`) }).click();
  await page.locator("[data-done]").click();
  effort.taps += 3;
}

/** Fills in what *Today* asks of somebody new, and sends it. */
export async function checksIn(page, { places = ["calf"], minutes = 5, age = 34, tools = ["Foam roller"] } = {}, effort = new Effort()) {
  for (const place of places) await marks(page, place, {}, effort);
  await page.locator("fieldset .choice").filter({ hasText: new RegExp(`^${minutes}$`) }).last().click();
  effort.taps += 1;
  for (const tool of tools) {
    await page.locator("fieldset .choice").filter({ hasText: new RegExp(`^${tool}$`, "i") }).click();
    effort.taps += 1;
  }
  await page.locator('input[name="age"]').fill(String(age));
  // A tap into the field, and one a digit.
  effort.taps += 1 + String(age).length;
  await page.getByRole("button", { name: "Go on" }).click();
  effort.taps += 1;
}

/** Answers every open card with *None of these*, and says what held it back until all of it was seen. */
export async function answersNo(page, effort = new Effort()) {
  const early = [];
  await page.waitForLoadState();
  while (await page.locator("body.page-card").count()) {
    effort.cards += 1;
    const card = await page.inputValue('input[name="card"]');
    await effort.reads(page, `card ${effort.cards}`, { whole: true });
    effort.cardWords += await visibleWords(page, { whole: true, within: "main form" });
    const none = page.locator("[data-none]");
    const last = page.locator(".lines li").last();
    const hidden = await last.evaluate((line) => line.getBoundingClientRect().top >= innerHeight);
    if (hidden && (await none.isEnabled())) early.push(card);
    // A swipe to the end of the list, where it does not fit above the button.
    if (!(await none.isEnabled())) {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      effort.taps += 1;
    }
    await none.click();
    effort.taps += 1;
    await page.waitForFunction((card) => document.querySelector('input[name="card"]')?.value !== card, card);
    await page.waitForLoadState();
  }
  return { early };
}

/** Lines of a log as they would be had all of it happened so many days earlier, on devices of that name. */
export function daysEarlier(lines, days, device = "earlier") {
  const by = days * 86_400_000;
  return lines.map((line) => {
    const event = JSON.parse(line);
    const at = new Date(Date.parse(event.at.replace(/\[.*\]$/, "")) - by).toISOString().replace("Z", "+00:00[UTC]");
    return JSON.stringify({ ...event, device: `${device}-${event.device}`, logical_ms: event.logical_ms - by, at });
  });
}
