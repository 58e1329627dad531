// A file input that also takes a dropped file and says which one it holds.
function showName(zone) {
  const line = zone.querySelector("[data-dropzone-name]");
  const files = [...zone.querySelector("input[type=file]").files];
  if (!line) return;
  line.textContent = files.map((file) => file.name).join(", ");
  line.hidden = files.length === 0;
}

for (const zone of document.querySelectorAll("[data-dropzone]")) {
  const input = zone.querySelector("input[type=file]");
  if (!input) continue;
  input.addEventListener("change", () => showName(zone));
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
