// A card: yes and not sure exclude each other, and "None of these" waits until the whole list was on the screen.
const form = document.querySelector("main form");
const none = form.querySelector("[data-none]");
const go = form.querySelector("[data-marked]");
const boxes = [...form.querySelectorAll('input[name="yes"], input[name="unsure"]')];
const unseen = new Set(form.querySelectorAll(".lines li:not(.heads)"));

function paint() {
  const marked = boxes.some((box) => box.checked);
  none.hidden = marked;
  none.disabled = marked || unseen.size > 0;
  go.hidden = !marked;
}

const watch = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    unseen.delete(entry.target);
    watch.unobserve(entry.target);
  }
  paint();
}, { threshold: 0.6, rootMargin: "0px 0px -96px 0px" });
unseen.forEach((line) => watch.observe(line));

for (const box of boxes) {
  box.addEventListener("change", () => {
    if (box.checked) for (const other of boxes) if (other !== box && other.value === box.value) other.checked = false;
    paint();
  });
}
paint();
