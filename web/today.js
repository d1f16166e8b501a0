// The body map writes into the fields of the list, so that the form is the same with and without this module.

// Not the first form of the page: spots that are asked after stand above it, each in a form of its own.
const form = document.getElementById("list")?.closest("form");
const sheet = document.getElementById("mark");
const halves = ["left", "right"];
let place = null;

const field = (kind, region, half) => form.elements.namedItem(`${kind}.${region}.${half}`);
const wanted = (region) => form.querySelector(`input[name="want"][value="${region}"]`);
const nameOf = (region) => document.getElementById(`place-${region}`).querySelector(".name").textContent;
const spots = () => [...form.querySelectorAll('input[name="spot"]')];
const other = (half) => (half === "left" ? "right" : "left");

/** Every look of the map, the numbers and the list of what is marked, from the fields. */
function paint() {
  for (const shape of document.querySelectorAll(".map [data-region]")) {
    const { region, side } = shape.dataset;
    const of = side === "midline" ? halves : [side];
    const sore = Math.max(0, ...of.map((half) => Number(field("sore", region, half)?.value || 0)));
    const tight = of.some((half) => field("tight", region, half)?.checked);
    shape.setAttribute("class", [sore ? `lvl-${sore}` : "", tight ? "tight" : "", wanted(region)?.checked ? "chosen" : "", wanted(region) ? "" : "apart"].filter(Boolean).join(" "));
    const where = `${nameOf(region)}${side === "midline" ? "" : ", " + side}`;
    const label = where + (sore ? `, sore ${sore}` : "") + (tight ? ", tight" : "");
    shape.setAttribute("aria-label", label);
    number(shape, sore);
  }
  dots();
  const list = document.getElementById("marked");
  const kept = [...list.querySelectorAll("li")].filter((item) => item.querySelector("[name=avoid]"));
  list.replaceChildren(...kept, ...marked().map(([text, region, half]) => chip(text, region, half)));
}

function number(shape, sore) {
  const svg = shape.ownerSVGElement;
  let layer = svg.querySelector(".bm-numbers");
  if (!layer) {
    layer = element("g", { class: "bm-numbers", "aria-hidden": "true" });
    svg.append(layer);
  }
  const key = `${shape.dataset.region}.${shape.dataset.side}`;
  for (const text of [...layer.children]) if (text.dataset.of === key || !text.dataset.of) text.remove();
  if (!sore) return;
  const [x, y] = middle(shape);
  layer.append(element("text", { x, y: y + 11, "data-of": key }, sore));
}

/** The middle of a shape in the units of the map, also where it is drawn mirrored. */
function middle(shape) {
  const outline = shape.querySelector("path, use");
  const box = outline.getBBox();
  const point = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
  const there = point.matrixTransform(shape.ownerSVGElement.getScreenCTM().inverse().multiply(outline.getScreenCTM()));
  return [Math.round(there.x), Math.round(there.y)];
}

function dots() {
  document.querySelectorAll(".map .bm-spot.new").forEach((dot) => dot.remove());
  spots().forEach((input, index) => {
    const [, , view, x, y] = input.value.split("|");
    const svg = document.querySelector(`.map [data-view="${view}"] svg`);
    const box = svg.viewBox.baseVal;
    const at = { cx: (Number(x) * box.width) / 1000, cy: (Number(y) * box.height) / 1000 };
    const dot = element("g", { class: "bm-spot new" });
    dot.append(element("circle", { ...at, r: 24 }), element("text", { x: at.cx, y: at.cy + 11 }, "+" + (index + 1)));
    svg.append(dot);
  });
}

function element(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** What is marked: words, region, half. */
function marked() {
  const found = [];
  for (const row of form.querySelectorAll(".list .place")) {
    const region = row.id.slice("place-".length);
    for (const half of halves) {
      const sore = Number(field("sore", region, half)?.value || 0);
      const tight = field("tight", region, half)?.checked;
      if (sore || tight) found.push([`${nameOf(region)}, ${half}${sore ? ` · sore ${sore}` : ""}${tight ? " · tight" : ""}`, region, half]);
    }
    if (wanted(region)?.checked) found.push([`${nameOf(region)} · roll it`, region, "left"]);
  }
  for (const input of spots()) {
    const [region, half, , , , lump, ...name] = input.value.split("|");
    found.push([`spot: ${name.join("|") || `${nameOf(region)}, ${half}`}${lump === "1" ? " · lump" : ""}`, region, half]);
  }
  return found;
}

function chip(text, region, half) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", () => open(region, half, null));
  item.append(button);
  return item;
}

/** Opens the sheet for one place; `at` is where the finger was, in thousandths of the picture. */
function open(region, side, at) {
  const half = side === "midline" ? "left" : side;
  place = { region, half, midline: side === "midline", at };
  sheet.querySelector("h2").textContent = place.midline ? nameOf(region) : `${nameOf(region)}, ${half}`;
  const sore = field("sore", region, half).value || "0";
  for (const radio of sheet.querySelectorAll('input[name="sheet_sore"]')) radio.checked = radio.value === sore;
  sheet.querySelector("[data-tight]").checked = field("tight", region, half).checked;
  const want = sheet.querySelector("[data-want]");
  want.closest("label").hidden = !wanted(region);
  want.checked = wanted(region)?.checked ?? false;
  const both = sheet.querySelector("[data-both]");
  both.closest("label").hidden = place.midline;
  both.checked = !place.midline && field("sore", region, other(half)).value === field("sore", region, half).value
    && field("tight", region, other(half)).checked === field("tight", region, half).checked && marks(region, half);
  const mine = spots().filter((input) => input.value.startsWith(`${region}|${half}|`));
  sheet.querySelector("[data-spot-row]").hidden = !at && mine.length === 0;
  const spot = sheet.querySelector("[data-spot]");
  spot.checked = mine.length > 0;
  sheet.querySelector("[data-spot-more]").hidden = !spot.checked;
  const [, , , , , lump, ...name] = (mine[0]?.value ?? "").split("|");
  sheet.querySelector("[data-spot-name]").value = name.join("|");
  sheet.querySelector("[data-spot-lump]").checked = lump === "1";
  sheet.showModal();
}

const marks = (region, half) => Boolean(field("sore", region, half).value) || field("tight", region, half).checked;

/** Writes the sheet into the fields. */
function keep() {
  if (!place) return;
  const { region, half, midline, at } = place;
  const sore = sheet.querySelector('input[name="sheet_sore"]:checked')?.value ?? "0";
  const tight = sheet.querySelector("[data-tight]").checked;
  const both = midline || sheet.querySelector("[data-both]").checked;
  for (const each of both ? halves : [half]) {
    field("sore", region, each).value = sore === "0" ? "" : sore;
    field("tight", region, each).checked = tight;
  }
  if (wanted(region)) wanted(region).checked = sheet.querySelector("[data-want]").checked;
  const mine = spots().filter((input) => input.value.startsWith(`${region}|${half}|`));
  if (!sheet.querySelector("[data-spot]").checked) {
    mine.forEach((input) => input.remove());
  } else {
    const name = sheet.querySelector("[data-spot-name]").value.trim();
    const lump = sheet.querySelector("[data-spot-lump]").checked ? "1" : "0";
    let input = mine[0];
    const [, , view, x, y] = input ? input.value.split("|") : [0, 0, at.view, at.x, at.y];
    if (!input) {
      input = Object.assign(document.createElement("input"), { type: "hidden", name: "spot" });
      form.append(input);
    }
    input.value = [region, half, view, x, y, lump, name].join("|");
  }
  paint();
}

if (form && sheet) {
  document.querySelector(".map").addEventListener("click", (event) => {
    const shape = event.target.closest("[data-region]");
    if (!shape) return;
    event.preventDefault();
    const svg = shape.ownerSVGElement;
    const view = svg.closest("[data-view]").dataset.view;
    const box = svg.viewBox.baseVal;
    const finger = event.clientX || event.clientY
      ? new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse())
      : new DOMPoint(...middle(shape));
    const thousandths = (value, whole) => Math.min(1000, Math.max(0, Math.round((value / whole) * 1000)));
    open(shape.dataset.region, shape.dataset.side, { view, x: thousandths(finger.x, box.width), y: thousandths(finger.y, box.height) });
  });
  sheet.addEventListener("change", () => {
    sheet.querySelector("[data-spot-more]").hidden = !sheet.querySelector("[data-spot]").checked;
  });
  // However it is closed, what it says is kept: there is nothing to confirm.
  // The event of closing comes a moment later, so a tap keeps it at once.
  sheet.addEventListener("close", keep);
  sheet.addEventListener("click", (event) => {
    if (event.target !== sheet && !event.target.closest("[data-done]")) return;
    keep();
    place = null;
    sheet.close();
  });
  form.querySelector(".list").addEventListener("change", paint);
  const typed = form.elements.namedItem("minutes_typed");
  for (const radio of form.querySelectorAll('input[name="minutes"]')) radio.addEventListener("change", () => { typed.value = ""; });
  document.documentElement.classList.add("has-map");
  paint();
}
