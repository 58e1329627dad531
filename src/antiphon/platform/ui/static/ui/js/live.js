// When an answer does not come, the page says so in words; nothing typed is lost.
const region = document.getElementById("live");

function say(words) {
  if (!region || !words) return;
  const line = document.createElement("p");
  line.className = "flash flash-error";
  line.textContent = words;
  region.replaceChildren(line);
}

document.addEventListener("htmx:responseError", () => say(region?.dataset.failed));
document.addEventListener("htmx:sendError", () => say(region?.dataset.unreached));
document.addEventListener("htmx:beforeRequest", () => region?.replaceChildren());

// After an invalid form comes back, the eye and the reader land on what is wrong.
document.addEventListener("htmx:afterSwap", (event) => event.detail.elt?.querySelector?.(".errors")?.focus());
