// What every page needs: the service worker, so that the app answers without a network.
const root = document.documentElement.dataset.root;
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register(root + "sw.js", { scope: root, type: "module" }).catch(() => {});
}
