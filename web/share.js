// Printing and sending: buttons that need a module to do anything, so they show only here.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-share-text]")) {
  const text = document.getElementById(button.dataset.shareText).value;
  button.hidden = !navigator.share && !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) await navigator.share({ text });
      else {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      }
    } catch {
      // Closing the share sheet is no mistake.
    }
  });
}
