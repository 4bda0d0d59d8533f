/* What was found in the text and not filled in is taken into its field by one click. */
"use strict";

(() => {
  for (const button of document.querySelectorAll("[data-use]")) {
    const field = document.getElementById(button.dataset.field);
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.value = button.dataset.use;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
})();
