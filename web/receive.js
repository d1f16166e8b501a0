// What came behind the # goes into the form, and the form is sent. The service worker answers it on this device; what
// stands behind a # is never sent anywhere by a browser.
const form = document.querySelector("[data-receive]");
const text = location.hash.slice(1);
if (form && text.startsWith("supple")) {
  form.querySelector("textarea").value = text;
  // Going back does not send it again.
  history.replaceState(null, "", location.pathname + location.search);
  form.requestSubmit();
}
