// Keys a page declares: an element with data-key="j" is pressed or focused by that key, unless someone is typing.
// "?" opens the list of keys, built from data-key-label and from what parts of the page add on "keys-asked".
document.documentElement.classList.add("has-js");

// Where keyboards have no Ctrl-K, people know the key by another name.
const JUMP = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘K" : "Ctrl K";
document.querySelectorAll("[data-jump-key]").forEach((key) => { key.textContent = JUMP; });

const typing = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const shown = (element) => element.getClientRects().length > 0 && !element.disabled;
const withKey = (key) => [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(shown);

function press(element) {
  if (element.matches("summary")) {
    element.click();
    return element.parentElement.querySelector("button, a[href], input:not([type=hidden])")?.focus();
  }
  if (element.matches("input:not([type=checkbox], [type=radio]), textarea, select")) element.focus();
  else element.click();
}

function entry(key, words) {
  const term = document.createElement("dt");
  const mark = document.createElement("kbd");
  const meaning = document.createElement("dd");
  mark.textContent = key;
  meaning.textContent = words;
  term.append(mark);
  return [term, meaning];
}

function openKeys() {
  const dialog = document.getElementById("keys");
  const list = dialog?.querySelector("[data-keys-list]");
  if (!list || dialog.open) return;
  const declared = [...document.querySelectorAll("[data-key][data-key-label]")].filter(shown);
  const entries = new Map(declared.map((element) => [element.dataset.key, element.dataset.keyLabel]));
  document.dispatchEvent(new CustomEvent("keys-asked", { detail: entries }));
  if (document.querySelector("#jump, [data-search]")) entries.set(JUMP, list.dataset.searchLabel);
  entries.set("?", list.dataset.helpLabel);
  list.replaceChildren(...[...entries].flatMap(([key, words]) => entry(key, words)));
  dialog.showModal();
}

function focusSearch(event) {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !document.getElementById("jump")) return focusSearch(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") return openKeys();
  const element = withKey(event.key);
  if (!element) return;
  event.preventDefault();
  press(element);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) openKeys();
});
