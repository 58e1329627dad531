// ⌘K or Ctrl-K goes anywhere: a dialog with what can be gone to, moved through with the arrow keys.
const dialog = document.getElementById("jump");
const field = dialog?.querySelector("input");
const found = () => [...dialog.querySelectorAll("#jump-found a")];

function open(event) {
  event.preventDefault();
  if (dialog.open) return field.select();
  document.querySelectorAll("dialog[open]").forEach((other) => other.close());
  dialog.showModal();
  field.value = "";
  window.htmx.trigger(field, "jump-opened");
}

function move(step) {
  const stops = [field, ...found()];
  const at = stops.indexOf(document.activeElement);
  stops[(at + step + stops.length) % stops.length].focus();
}

const KEYS = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };

if (dialog && window.htmx) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
  });
  document.addEventListener("click", (event) => event.target.closest("[data-jump-open]") && open(event));
  dialog.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.isComposing) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  // Enter goes to what stands first, once it is what was asked for.
  dialog.querySelector("form").addEventListener("submit", (event) => {
    const list = dialog.querySelector("[data-found]");
    if (list?.dataset.found !== field.value.trim()) return;
    event.preventDefault();
    found()[0]?.click();
  });
}
