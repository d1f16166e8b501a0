// An evening in which every question is answered and a session can be started: what a person would have tapped.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const KNOWLEDGE = join(import.meta.dirname, "../../../knowledge");
const CAUTIONS = join(KNOWLEDGE, "cautions");
const ADDED = "the-evening";

/**
 * The lines of its log, all of them a minute ago. `yes` are questions answered yes, `more`
 * what else was entered.
 */
export async function eveningLines({ minutes = 10, wants = ["calf", "rectus_femoris"], settings = {}, yes = [], more = [], version: shape = 2 } = {}) {
  const at = Date.now() - 60_000;
  const regions = (await readdir(join(KNOWLEDGE, "regions"))).map((name) => name.replace(".toml", ""));
  const areas = regions.map((region) => ({ region }));
  const bodies = [{ type: "profile_changed", age_years: 34, body_mass_kg: 70, tools: ["foam_roller", "massage_stick"] }];
  for (const name of (await readdir(CAUTIONS)).filter((name) => name.endsWith(".toml")).sort()) {
    const text = await readFile(join(CAUTIONS, name), "utf8");
    const version = Number(/^text_version\s*=\s*(\d+)/m.exec(text)?.[1] ?? 1);
    const marked = /^scope\s*=\s*"marked_area"/m.test(text);
    const caution = name.slice(0, -5);
    const answer = yes.includes(caution) ? "yes" : "no";
    const body = { type: "question_answered", caution, text_version: version, answer };
    bodies.push(marked ? { ...body, areas: answer === "no" ? areas : areas.slice(0, 1) } : body);
  }
  if (Object.keys(settings).length > 0) bodies.push({ type: "settings_changed", ...settings });
  bodies.push(...more);
  bodies.push({ type: "checked_in", goal: "recovery", minutes, soreness: [{ region: "calf", felt: 4 }], wants });
  const written = new Date(at).toISOString().replace("Z", "+00:00[UTC]");
  return bodies.map((body, index) =>
    JSON.stringify({
      id: `${ADDED}.${index}`, device: ADDED, seq: index + 1, logical_ms: at + index, at: written, version: shape, body,
    }));
}

/** Puts lines into the log of this browser, as an import does. */
export async function put(page, files, lines) {
  const module = files.find((name) => /^log\..*\.js$/.test(name));
  await page.evaluate(async ([path, lines]) => {
    const { Log, alone } = await import(path);
    const log = new Log("/");
    await alone("/", () => log.take(lines));
  }, [`/assets/${module}`, lines]);
}
