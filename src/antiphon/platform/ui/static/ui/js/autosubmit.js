// Filters are a form that asks for a page: a change sends it, so the button for it is not needed.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});

// Fields left empty stay out of the address.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-autosubmit]:not([hx-get])")) return;
  const empty = [...event.target.elements].filter((field) => field.name && field.value === "");
  for (const field of empty) field.disabled = true;
  window.addEventListener("pageshow", () => empty.forEach((field) => { field.disabled = false; }), { once: true });
});
