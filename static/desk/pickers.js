/* Gives every picker of the admin the name of its field: Select2 leaves it without one for who listens to the page. */
"use strict";

(() => {
  function name(root) {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const label = select.labels[0];
      const selection = select.nextElementSibling?.querySelector(".select2-selection");
      if (!label || !selection) continue;
      const picked = selection.querySelector(".select2-selection__rendered");
      label.id ||= `name-of-${select.id}`; // not "id_x_label": fields may be called so
      selection.setAttribute("aria-labelledby", `${label.id} ${picked.id}`);
      picked.setAttribute("aria-labelledby", label.id);
    }
  }

  // After the admin's own, which were registered before these and make the pickers. Pages without pickers have no jQuery.
  window.django?.jQuery(() => name(document));
  document.addEventListener("formset:added", (event) => name(event.target));
})();
