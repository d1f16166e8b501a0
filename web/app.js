// What every page needs: the service worker, so that the app answers without a network; the exchange with a server, if
// there is one; and the word that a new version is ready.

const { root, shell } = document.documentElement.dataset;
const inSession = document.body.classList.contains("page-session");
const workers = navigator.serviceWorker;

// A server that answers without a worker has no other way to know what day it is here.
if (shell === "server") {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.cookie = `tz=${encodeURIComponent(zone)}; path=${root}; max-age=31536000; SameSite=Strict`;
}

/** Made beforehand: nobody can answer a form before the worker is there. */
if (shell === "prerendered") waitForTheWorker();
if (workers) start();

async function start() {
  workers.addEventListener("message", ({ data }) => data?.type === "persist" && persist());
  let registration;
  try {
    registration = await workers.register(`${root}sw.js`, { scope: root, type: "module", updateViaCache: "none" });
  } catch (error) {
    if (!workers.controller) cannotStart(error);
    return;
  }
  // The worker is there, but this window was loaded around it, as a forced reload does.
  if (registration.active && !workers.controller) registration.active.postMessage({ type: "claim" });
  const installing = registration.installing;
  if (!workers.controller && installing) {
    installing.addEventListener("statechange", () => installing.state === "redundant" && cannotStart());
  }
  if (inSession) return;
  offerNewVersion(registration);
  hello();
  addEventListener("online", hello);
  // A first visit has no worker yet to say it to.
  workers.addEventListener("controllerchange", hello);
}

function hello() {
  workers.controller?.postMessage({ type: "hello" });
}

/** Asked once, after the first saved session; the answer is shown in Settings. */
async function persist() {
  await navigator.storage?.persist?.();
  workers.controller?.postMessage({ type: "persisted" });
}

// ---- a first visit -------------------------------------------------------------------------------------------------

function waitForTheWorker() {
  const opening = document.body.classList.contains("page-opening");
  const forms = [...document.forms];
  for (const form of forms) form.inert = true;
  if (!opening) say("Getting ready to work without a network …");
  const ready = () => {
    // The page that was asked for can be made now.
    if (opening) return location.reload();
    for (const form of forms) form.inert = false;
    say("Ready. From now on this works without a network.");
  };
  if (!workers) return cannotStart();
  if (workers.controller) return ready();
  workers.addEventListener("controllerchange", ready, { once: true });
}

function cannotStart(error) {
  if (shell !== "prerendered") return;
  const offline = navigator.onLine === false;
  say(
    offline
      ? "There is no network. Supple has to be fetched once; open it again when you are connected."
      : "Supple cannot keep anything in this window: it may be a private one, or the address does not begin with " +
          "https. Nothing you enter would be saved, so the forms are off. Open it in a normal window.",
  );
  if (error) console.warn(error);
}

function say(words) {
  const place = document.querySelector("#opening") ?? document.querySelector("#not-yet-here");
  if (!place) return;
  place.textContent = words;
  place.hidden = false;
}

// ---- what has a time today -------------------------------------------------------------------------------------------

/** A page that stays open shows what is due when its time is near, and no longer when it is over. */
function showWhatIsDue() {
  for (const line of document.querySelectorAll(".reminder")) {
    const { date, at, before, minutes } = line.dataset;
    const away = (new Date(`${date}T${at}`) - new Date()) / 60_000;
    line.hidden = away > Number(before) || away <= -Number(minutes);
  }
}
if (document.querySelector(".reminder")) {
  setInterval(showWhatIsDue, 20_000);
  document.addEventListener("visibilitychange", showWhatIsDue);
}

// ---- a new version ---------------------------------------------------------------------------------------------------

function offerNewVersion(registration) {
  const look = () => registration.waiting && workers.controller && showBanner(registration.waiting);
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
}

function showBanner(waiting) {
  if (document.querySelector("#new-version")) return;
  const banner = document.createElement("p");
  banner.id = "new-version";
  banner.className = "new-version";
  banner.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "use it";
  button.addEventListener("click", () => {
    workers.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage({ type: "use-new-version" });
    // It does not take over while a session is open in another window.
    setTimeout(() => {
      banner.textContent = "It starts by itself once every window of Supple is closed; a session is open in one.";
    }, 3000);
  });
  banner.append("A new version is ready · ", button);
  document.querySelector("main").before(banner);
}
