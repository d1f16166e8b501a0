// Keeps the screen on while a session runs. Where that is refused the session goes on by its clocks all the same.

let lock = null;
let wanted = false;

export async function keepAwake(on) {
  wanted = on;
  if (!on) {
    await lock?.release().catch(() => {});
    lock = null;
    return true;
  }
  if (!navigator.wakeLock) return false;
  if (lock && !lock.released) return true;
  try {
    lock = await navigator.wakeLock.request("screen");
    return true;
  } catch {
    return false;
  }
}

document.addEventListener("visibilitychange", () => {
  if (wanted && document.visibilityState === "visible") keepAwake(true);
});
