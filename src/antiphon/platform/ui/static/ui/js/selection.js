// What a person marks inside [data-passage] is written, as places in its text counted in code points, into the
// inputs named by data-start-input and data-end-input (and the words themselves into data-text-output).
const codePoints = (text) => [...text].length;

function lengthBefore(passage, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(passage);
  range.setEnd(node, offset);
  return codePoints(range.toString());
}

function placesOf(passage, range) {
  const start = lengthBefore(passage, range.startContainer, range.startOffset);
  return { start, end: start + codePoints(range.toString()), text: range.toString() };
}

function write(id, value) {
  const target = id && document.getElementById(id);
  if (!target) return;
  if ("value" in target) target.value = value;
  else target.textContent = value;
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const passage = (around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement)?.closest("[data-passage]");
  if (!passage) return;
  const { start, end, text } = placesOf(passage, range);
  write(passage.dataset.startInput, start);
  write(passage.dataset.endInput, end);
  write(passage.dataset.textOutput, text);
  passage.dispatchEvent(new CustomEvent("passage-marked", { bubbles: true, detail: { start, end, text } }));
});
