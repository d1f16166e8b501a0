// A link and a code need to say where the app is. The pages are made without knowing it, so the page says it here.
const here = new URL(location.href);
if (!here.searchParams.has("at")) {
  here.searchParams.set("at", location.origin + document.documentElement.dataset.root);
  location.replace(here);
}
