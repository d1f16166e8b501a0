// What came behind the # goes into the form, and the form is sent. The service worker answers it on this device; what
// stands behind a # is never sent anywhere by a browser.
const form = document.querySelector("[data-receive]");

function take() {
  const text = location.hash.slice(1);
  if (!form || !text.startsWith("supple")) return;
  form.querySelector("textarea").value = text;
  // Going back does not send it again.
  history.replaceState(null, "", location.pathname + location.search);
  form.requestSubmit();
}

// A file holds the same line; only this device reads it.
const file = document.querySelector("[data-receive-file]");
if (form && file) {
  file.closest("[hidden]").hidden = false;
  file.addEventListener("change", async () => {
    if (!file.files[0]) return;
    form.querySelector("textarea").value = (await file.files[0].slice(0, 4000).text()).trim();
    form.requestSubmit();
  });
}

// Another link may be opened while the page is there.
addEventListener("hashchange", take);
take();
