// Suggestions while typing, for search fields and for fields marked data-suggest: a combobox with a listbox
// (ARIA Authoring Practices 1.2, list autocomplete with manual selection). Without this file the forms work as they are.
"use strict";
(() => {
  const DELAY = 150; // milliseconds without a key before we ask
  const fields = document.querySelectorAll("form[role=search] input[name=q], input[data-suggest]");

  function enhance(field, number) {
    const kinds = (field.dataset.suggest || "").split(" ").filter(Boolean);
    const list = document.createElement("ul");
    const status = document.createElement("p");
    const wrapper = document.createElement("span");
    let options = [];
    let active = -1;
    let timer = 0;
    let request = null;

    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    wrapper.className = "combobox";
    field.replaceWith(wrapper);
    wrapper.append(field, list, status);
    field.type = "text"; // a search field may not be a combobox
    field.autocomplete = "off";
    field.enterKeyHint = "search";
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    })) {
      field.setAttribute(name, value);
    }

    function close() {
      clearTimeout(timer);
      request?.abort();
      list.hidden = true;
      highlight(-1);
      field.setAttribute("aria-expanded", "false");
    }

    function highlight(index) {
      active = index;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
      if (index < 0) {
        field.removeAttribute("aria-activedescendant");
      } else {
        field.setAttribute("aria-activedescendant", list.children[index].id);
        list.children[index].scrollIntoView({ block: "nearest" });
      }
    }

    function choose(index) {
      const chosen = options[index];
      close();
      if (kinds.length) {
        field.value = chosen.name;
      } else {
        location.assign(chosen.address);
      }
    }

    function show(answer) {
      options = answer.suggestions;
      list.setAttribute("aria-label", answer.title);
      list.replaceChildren(...options.map(createOption));
      status.textContent = answer.announcement;
      list.hidden = options.length === 0;
      field.setAttribute("aria-expanded", String(options.length > 0));
      highlight(-1);
    }

    function createOption(option, index) {
      const line = document.createElement("li");
      const words = document.createElement("bdi");
      const about = document.createElement("span");
      line.id = `${list.id}-${index}`;
      line.setAttribute("role", "option");
      for (const run of option.runs) {
        const part = document.createElement(run.marked ? "mark" : "span");
        part.textContent = run.text;
        words.append(part);
      }
      about.className = "suggestions__about";
      about.textContent = [option.matched && option.name, option.kind_words].filter(Boolean).join(" · ");
      line.append(words, about);
      line.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      line.addEventListener("click", () => choose(index));
      return line;
    }

    async function fetchSuggestions() {
      const typed = field.value.trim();
      if (typed.length < 2 && !/[\u2e80-\uffff]/.test(typed)) {
        close();
        return;
      }
      request?.abort();
      request = new AbortController();
      try {
        const answer = await fetch(addressFor(typed), { signal: request.signal });
        if (answer.ok && document.activeElement === field) {
          show(await answer.json());
        }
      } catch {
        close(); // no help is better than a wrong one: the form still works
      }
    }

    function addressFor(typed) {
      const language = document.documentElement.lang;
      const action = new URL(field.form.action);
      const path = action.pathname.replace(new RegExp(`/${language}/search$`), "/search");
      const address = new URL(path.replace(/search$/, "suggest.json"), location.origin);
      address.searchParams.set("q", typed);
      address.searchParams.set("language", language);
      kinds.forEach((kind) => address.searchParams.append("kind", kind));
      return address;
    }

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(fetchSuggestions, DELAY);
    });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      const count = options.length;
      const open = !list.hidden;
      if (event.isComposing) {
        return; // the keys belong to the input method
      }
      if (event.key === "ArrowDown" && !open && field.value) {
        fetchSuggestions();
      } else if (event.key === "ArrowDown" && open) {
        highlight(active === count - 1 ? -1 : active + 1);
      } else if (event.key === "ArrowUp" && open) {
        highlight(active < 0 ? count - 1 : active - 1);
      } else if (event.key === "Enter" && open && active >= 0) {
        choose(active);
      } else if (event.key === "Escape" && open) {
        close();
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  fields.forEach(enhance);
})();
