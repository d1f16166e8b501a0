// Subscriptions are kept by a server. Where there is one and this device is paired with it, the way to it is shown.
import "./share.js";

const part = document.querySelector("[data-server-only]");
if (part) {
  try {
    const response = await fetch(`${document.documentElement.dataset.root}api/status`, { cache: "no-store" });
    const json = (response.headers.get("content-type") ?? "").startsWith("application/json");
    const status = response.ok && json ? await response.json() : null;
    part.hidden = !(status?.server && status.paired);
  } catch {
    // No network, or no server: then there is no way to it.
  }
}
