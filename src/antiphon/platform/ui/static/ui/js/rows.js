// Rows of a list: j and k move the focus from one to the next, Enter opens (it is a link), x ticks a row.
const table = () => document.querySelector("table[data-rows]");
const rows = () => [...(table()?.querySelectorAll("tbody tr") ?? [])];
const handle = (row) => row.querySelector("th a[href]") ?? row.querySelector("summary, button, input");
const box = (row) => row?.querySelector("input[type=checkbox]");
const here = () => rows().find((row) => row.contains(document.activeElement));
const writing = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

function move(step) {
  const all = rows().filter(handle);
  const at = all.indexOf(here());
  const next = at < 0 ? all.at(step > 0 ? 0 : -1) : all[at + step];
  if (!next) return;
  handle(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function tick() {
  const chosen = box(here());
  if (chosen) chosen.click();
}

const KEYS = { j: () => move(1), k: () => move(-1), x: tick };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (!table() || !KEYS[event.key] || writing(event.target) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  KEYS[event.key]();
});

// The list of keys asks every part of the page what it knows.
document.addEventListener("keys-asked", (event) => {
  const words = table()?.dataset;
  if (!words) return;
  const known = [["j", words.labelNext], ["k", words.labelBack], ["↵", words.labelOpen]];
  if (rows().some(box)) known.push(["x", words.labelTick]);
  for (const [key, label] of known) event.detail.set(key, label);
});
