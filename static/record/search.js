// Suggestions while typing, for search fields and for fields marked data-suggest: a combobox with a listbox
// (ARIA Authoring Practices 1.2, list autocomplete with manual selection). Without this file the forms work as they are.
"use strict";
(() => {
  const DELAY = 150; // milliseconds without a key before we ask
  const fields = document.querySelectorAll("form[role=search] input[name=q], input[data-suggest]");

  function enhance(field, number) {
    const kinds = (field.dataset.suggest || "").split(" ").filter(Boolean);
    const list = document.createElement("ul");
    const told = document.createElement("p");
    const frame = document.createElement("span");
    let options = [];
    let active = -1;
    let timer = 0;
    let asking = null;

    list.id = `suggestions-${number}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    frame.className = "combobox";
    field.replaceWith(frame);
    frame.append(field, list, told);
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
      asking?.abort();
      list.hidden = true;
      mark(-1);
      field.setAttribute("aria-expanded", "false");
    }

    function mark(place) {
      active = place;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
      if (place < 0) {
        field.removeAttribute("aria-activedescendant");
      } else {
        field.setAttribute("aria-activedescendant", list.children[place].id);
        list.children[place].scrollIntoView({ block: "nearest" });
      }
    }

    function choose(place) {
      const chosen = options[place];
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
      list.replaceChildren(...options.map(row));
      told.textContent = answer.announcement;
      list.hidden = options.length === 0;
      field.setAttribute("aria-expanded", String(options.length > 0));
      mark(-1);
    }

    function row(option, place) {
      const line = document.createElement("li");
      const words = document.createElement("bdi");
      const about = document.createElement("span");
      line.id = `${list.id}-${place}`;
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
      line.addEventListener("click", () => choose(place));
      return line;
    }

    async function ask() {
      const typed = field.value.trim();
      if (typed.length < 2 && !/[\u2e80-\uffff]/.test(typed)) {
        close();
        return;
      }
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(addressFor(typed), { signal: asking.signal });
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
      timer = setTimeout(ask, DELAY);
    });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      const many = options.length;
      const open = !list.hidden;
      if (event.isComposing) {
        return; // the keys belong to the input method
      }
      if (event.key === "ArrowDown" && !open && field.value) {
        ask();
      } else if (event.key === "ArrowDown" && open) {
        mark(active === many - 1 ? -1 : active + 1);
      } else if (event.key === "ArrowUp" && open) {
        mark(active < 0 ? many - 1 : active - 1);
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
