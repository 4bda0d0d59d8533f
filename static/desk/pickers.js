/* Labels every Select2 picker with its field's name, which Select2 leaves out for screen readers. */
"use strict";

(() => {
  function labelPickers(root) {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const label = select.labels[0];
      const selection = select.nextElementSibling?.querySelector(".select2-selection");
      if (!label || !selection) continue;
      const rendered = selection.querySelector(".select2-selection__rendered");
      label.id ||= `name-of-${select.id}`; // not "id_x_label": fields may be called so
      selection.setAttribute("aria-labelledby", `${label.id} ${rendered.id}`);
      rendered.setAttribute("aria-labelledby", label.id);
    }
  }

  // After the admin's own, which were registered before these and make the pickers. Pages without pickers have no jQuery.
  window.django?.jQuery(() => labelPickers(document));
  document.addEventListener("formset:added", (event) => labelPickers(event.target));
})();
