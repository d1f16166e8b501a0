// Trainings from files: the person chooses or drops them, a worker reads them piece by piece, the app shows what was found,
// and once the person agrees the events go to the log in small batches, each written before the next is sent.
//
//   file ─▶ import-worker.js ─▶ report ─▶ POST training/import/found ─▶ what the person sees
//                            └▶ events ─▶ POST training/import/events, one batch at a time
//
// The file goes nowhere; closing the page ends it, and what was written by then is known when it is chosen again.

const { root } = document.documentElement.dataset;
const form = document.querySelector("[data-import]");
const input = form.querySelector("input[type=file]");
const area = form.querySelector(".drop");
const running = document.querySelector("#import-running");
const words = document.querySelector("#import-words");
const bar = document.querySelector("#import-progress");
const stop = document.querySelector("#import-stop");
/** How long to wait before a batch that was not stored is sent again. */
const WAITS_MS = [500, 1_000, 2_000, 4_000];

/** What is read now: the worker, and the files with what the person said about them. */
let worker = null;
let chosen = { files: [], columns: {}, days: "" };

form.querySelector("[data-without-script]").hidden = true;
form.querySelector("[data-drop-words]").hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("change", () => choose([...input.files]));
for (const name of ["dragenter", "dragover"]) {
  area.addEventListener(name, (event) => {
    event.preventDefault();
    area.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("over"));
area.addEventListener("drop", (event) => {
  event.preventDefault();
  choose([...event.dataTransfer.files]);
});
stop.addEventListener("click", () => {
  end();
  say("Stopped. What was written by then stays; choose the same file to go on.");
});

function choose(files) {
  if (files.length === 0) return;
  // In the order of their names, as a folder in a terminal: together they are known again by it.
  files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  chosen = { files, columns: {}, days: "" };
  look();
}

async function look() {
  end();
  found().replaceChildren();
  show("Reading …", 0);
  const mine = start();
  try {
    const [known, { engines }] = await Promise.all([answered("training/known", "text"), answered("engine.json", "json")]);
    const about = JSON.stringify({
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
      offset_minutes: -new Date().getTimezoneOffset(),
      columns: chosen.columns,
      days: chosen.days,
    });
    const begin = `{"known":${known},${about.slice(1)}`;
    const { report } = await mine.ask({ look: { module: root + engines.import, begin, files: chosen.files } });
    const answer = await fetch(`${root}training/import/found`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ report, kept_as: "" }),
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const preview = page.querySelector("#import-found");
    if (!answer.ok || !preview) throw new Error("the app did not answer");
    if (worker !== mine) return;
    found().replaceWith(document.adoptNode(preview));
    listen();
    hide("");
    document.querySelector("#import-name").focus();
  } catch (error) {
    if (worker === mine) failed(error);
  }
}

/** What the preview asks for. */
function listen() {
  const agree = document.querySelector("[data-import-agree]");
  agree?.addEventListener("submit", (event) => {
    event.preventDefault();
    write(agree.dataset.name);
  });
  const again = document.querySelector("[data-import-again]");
  again?.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const [name, value] of new FormData(again)) {
      if (name === "days") chosen.days = value;
      else if (value !== "") chosen.columns[name.replace("column-", "")] = value;
    }
    look();
  });
}

async function write(name) {
  const mine = worker;
  found().replaceChildren();
  show("Writing …", 0);
  try {
    const { agreed } = await mine.ask({ agree: { batch: crypto.randomUUID(), name } });
    for (;;) {
      const { next } = await mine.ask({ next: true });
      if (next.events.length === 0) break;
      await store(next.events, mine);
      show("Writing …", (agreed.events - next.left) / agreed.events);
    }
    end();
    location.assign(`${root}training?brought=${encodeURIComponent(agreed.batch)}`);
  } catch (error) {
    if (worker === mine) failed(error, "It broke off while it was written");
  }
}

/** Posts a batch until it is on the disk. The same one twice is written once. */
async function store(events, mine) {
  const body = `{"action":"${crypto.randomUUID()}","events":[${events.join(",")}]}`;
  for (let again = 0; ; again += 1) {
    if (worker !== mine) throw new Error("stopped");
    const answer = await fetch(`${root}training/import/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (said?.stored) return;
    if (answer?.status === 422) throw new Error(said?.error ?? "the app refused it");
    if (again === WAITS_MS.length) throw new Error("the storage takes nothing more; it may be full");
    await new Promise((resolve) => setTimeout(resolve, WAITS_MS[again]));
  }
}

async function answered(path, as) {
  const answer = await fetch(root + path);
  if (!answer.ok) throw new Error("the app did not answer");
  return answer[as]();
}

// ---- the worker --------------------------------------------------------------------------------------------------

function start() {
  const one = new Worker(form.dataset.worker, { type: "module" });
  let answer = null;
  const settle = (how, value) => {
    answer?.[how](value);
    answer = null;
  };
  one.addEventListener("message", ({ data }) => {
    if (data.progress !== undefined) return show("Reading …", data.progress);
    if (data.failed !== undefined) return settle("reject", new Error(data.failed));
    settle("resolve", data);
  });
  one.addEventListener("error", () => settle("reject", new Error("the part that reads files did not start")));
  worker = {
    ask: (message) => new Promise((resolve, reject) => {
      answer = { resolve, reject };
      one.postMessage(message);
    }),
    end: () => one.terminate(),
  };
  return worker;
}

function end() {
  worker?.end();
  worker = null;
  input.value = "";
}

// ---- what is seen --------------------------------------------------------------------------------------------------

const found = () => document.querySelector("#import-found");

function show(what, part) {
  running.hidden = false;
  form.hidden = true;
  bar.hidden = stop.hidden = false;
  bar.value = part;
  if (words.textContent !== what) words.textContent = what;
}

function hide(what) {
  running.hidden = what === "";
  bar.hidden = stop.hidden = true;
  words.textContent = what;
}

function say(what) {
  hide(what);
  form.hidden = false;
}

function failed(error, before = "It could not be read") {
  end();
  const offline = navigator.onLine === false ? " There is no network: the part that reads files has to be fetched once." : "";
  say(`${before}: ${error.message}.${offline} Choose it again to go on; nothing is written twice.`);
}
