/* The form of the workspace: names and claims that are found while typing, stances by one key, what was recorded before.
   It sends nothing by itself but questions; `Workspace.Form` is opened and posted by workspace.js. */
"use strict";

(() => {
  const Workspace = window.Workspace;
  const PAUSE = 150; // milliseconds of no typing before the desk is asked

  const keys = [...document.querySelectorAll("[data-takes]")]; // the dialog of keys says which letter takes which
  const STANCES = Object.fromEntries(keys.map((line) => [line.dataset.letter, line.dataset.takes]));

  const FIELDS = { w: "speaker", t: "said_on" }; // that a key goes to, with what stands in them selected

  /* An input with a list of offers (ARIA combobox). A known offer is marked by itself, a new one never is. */
  class Combo {
    constructor(box, { id, ask, extras, stays, picked }) {
      this.box = box;
      this.input = box.querySelector("input");
      this.list = box.querySelector("[role=listbox]");
      this.id = id;
      this.ask = ask;
      this.extras = extras;
      this.stays = stays;
      this.picked = picked;
      this.pending = Promise.resolve();
      this.asked = 0;
      this.marked = null;
      this.moved = false; // whether an editor has gone to an offer by arrow
      this.input.setAttribute("role", "combobox");
      this.input.setAttribute("autocomplete", "off");
      this.input.setAttribute("aria-autocomplete", "list");
      this.input.setAttribute("aria-controls", this.list.id);
      this.input.addEventListener("input", () => this.typed());
      this.input.addEventListener("focus", () => this.focused());
      this.input.addEventListener("blur", () => this.show(false));
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const option = event.target.closest("[role=option]");
        if (option) this.pick(option);
      });
      this.number();
      this.show(false);
    }

    get options() {
      return [...this.list.querySelectorAll("[role=option]")];
    }

    number() {
      this.options.forEach((option, index) => {
        option.id = `${this.list.id}_${index}`;
      });
      this.mark(this.options.find((option) => !option.dataset.new) || null);
    }

    mark(option) {
      this.marked = option;
      for (const one of this.options) one.setAttribute("aria-selected", String(one === option));
      if (option) this.input.setAttribute("aria-activedescendant", option.id);
      else this.input.removeAttribute("aria-activedescendant");
    }

    show(open) {
      const shown = (open || (this.stays && !this.id.value)) && this.options.length > 0;
      this.list.hidden = !shown;
      this.input.setAttribute("aria-expanded", String(shown));
    }

    focused() {
      if (this.id.value) return;
      if (this.options.length === 0 || this.input.value) this.look(this.input.value, 0);
      else this.show(true);
    }

    typed() {
      this.moved = false;
      this.id.value = "";
      this.picked(null);
      this.look(this.input.value, PAUSE);
    }

    /* Asks for offers after a pause; `pending` is done when those for what was typed last are there. */
    look(typed, pause) {
      const asked = ++this.asked;
      this.list.setAttribute("aria-busy", "true");
      const search = async () => {
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (asked !== this.asked) return;
        const offers = await this.ask(typed);
        if (asked === this.asked) this.offer(offers, typed);
      };
      const before = this.pending;
      this.pending = search().then(() => before);
    }

    offer(offers, typed) {
      this.list.removeAttribute("aria-busy");
      this.moved = false;
      this.list.replaceChildren(...offers.map(told), ...this.extras(typed).map(told));
      this.number();
      this.show(document.activeElement === this.input);
    }

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        this.step(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter") {
        event.preventDefault();
        this.take();
      } else if (event.key === "Tab" && !event.shiftKey) {
        if (!this.id.value || this.moved) this.take();
      } else if (event.key === "Escape" && !this.list.hidden && !this.stays) {
        event.stopPropagation();
        this.show(false);
      }
    }

    step(by) {
      this.show(true);
      const options = this.options;
      if (!options.length) return;
      const at = options.indexOf(this.marked);
      this.mark(options[(at + by + options.length) % options.length]);
      this.moved = true;
      const { offsetTop, offsetHeight } = this.marked;
      if (offsetTop < this.list.scrollTop || offsetTop + offsetHeight > this.list.scrollTop + this.list.clientHeight)
        this.list.scrollTop = offsetTop;
    }

    /* Takes the marked offer, once the offers for what was typed are there. */
    async take() {
      if (this.input.value.trim() === "" && !this.marked) return;
      const typed = this.input.value;
      const open = !this.id.value && (typed || !this.stays);
      if (!this.moved) await this.pending;
      if (this.marked && this.input.value === typed && (this.moved || open)) this.pick(this.marked);
    }

    pick(option) {
      this.asked++;
      this.moved = false;
      this.list.removeAttribute("aria-busy");
      this.input.value = option.dataset.name;
      this.id.value = option.dataset.id || "";
      this.show(false);
      this.picked(option);
    }
  }

  /* The stance goes with the claim: what an editor chose stays, what was proposed towards another claim goes. */
  function proposeStance(row, kind, stance) {
    if (kind.value && kind.value !== row.dataset.proposed) return;
    kind.value = stance;
    if (stance) row.dataset.proposed = stance;
    else delete row.dataset.proposed;
  }

  function told(offer) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.dataset.id = offer.id || "";
    option.dataset.name = offer.name;
    if (offer.new) option.dataset.new = offer.new;
    if (offer.stance) option.dataset.stanceProposed = offer.stance;
    const name = document.createElement("bdi");
    name.textContent = offer.label || offer.name;
    const about = document.createElement("small");
    about.textContent = offer.about || "";
    option.append(name, " ", about);
    return option;
  }

  class Form {
    constructor(element, desk) {
      this.element = element;
      this.desk = desk;
      this.dirty = false;
      this.combos = [];
      this.rows = [];
      this.proposes = "proposesStances" in element.dataset;
      for (const one of element.querySelectorAll("[hidden][data-do], [hidden][data-apart]")) one.hidden = false;
      const around = element.querySelector("[data-around]");
      if (around) around.hidden = !around.querySelector(".ws-error");
      this.speaker = this.speakerCombo(element.querySelector("[data-combo=speaker]"));
      for (const row of element.querySelectorAll("[data-stance]")) this.addRow(row);
      this.summary = this.field("summary");
      this.summary.addEventListener("input", () => this.likeClaims());
      element.addEventListener("input", () => {
        this.dirty = true;
      });
      element.addEventListener("keydown", (event) => this.key(event), true);
      element.addEventListener("click", (event) => this.clicked(event));
      this.field("said_on").addEventListener("input", () => this.tellPrecision());
    }

    field(name) {
      return this.element.elements.namedItem(name);
    }

    speakerCombo(box) {
      const kinds = this.field("speaker_new");
    kinds.tabIndex = -1; // the list of speakers offers every kind
      const combo = new Combo(box, {
        id: this.field("speaker_id"),
        ask: (typed) => this.desk.find({ what: "speaker", q: typed }),
        extras: (typed) => (typed.trim() ? newActors(typed.trim(), kinds) : []),
        stays: false,
        picked: (option) => {
          kinds.value = option?.dataset.new || "";
          if (option) this.askBefore();
        },
      });
      this.combos.push(combo);
      return combo;
    }

    addRow(row) {
      const part = (name) => row.querySelector(`[name$="-${name}"]`);
      let towardsTyped = ""; // the stance towards a claim made of what is typed
      part("kind").addEventListener("change", () => {
        delete row.dataset.proposed;
      });
      const combo = new Combo(row.querySelector("[data-combo=claim]"), {
        id: part("claim_id"),
        ask: async (typed) => {
          const q = typed || this.summary.value;
          const place = this.proposes ? { capture: this.field("capture").value, occurrence: this.field("occurrence").value } : {};
          const { offers, stance } = await this.desk.look({ what: "claim", q, words: this.field("exact").value, ...place });
          towardsTyped = typed ? stance : "";
          const taken = this.rows.map((one) => one.combo.id.value); // a statement takes one stance towards a claim
          return offers.filter((one) => !taken.includes(one.id));
        },
        extras: (typed) =>
          typed.trim()
            ? [{ name: typed.trim(), label: `New claim: “${typed.trim()}”`, new: "claim", stance: towardsTyped }]
            : [],
        stays: true,
        picked: (option) => {
          if (option?.dataset.new) this.newClaim(row, part);
          else part("question").value = "";
          proposeStance(row, part("kind"), option?.dataset.stanceProposed || "");
          if (option) this.askBefore();
        },
      });
      const figure = row.querySelector("[data-figure]");
      const figures = () => {
        figure.hidden = part("claim_kind").value !== "figure";
      };
      part("claim_kind").addEventListener("change", figures);
      figures();
      this.combos.push(combo);
      this.rows.push({ row, part, combo });
    }

    newClaim(row, part) {
      const details = row.querySelector("[data-new-claim]");
      details.open = true;
      const question = part("question");
      if (!question.value) question.value = this.element.dataset.lastQuestion || "";
      const open = [question, part("claim_kind")].find((one) => !one.value);
      if (open) setTimeout(() => open.focus());
    }

    /* Where an editor has to type first. */
    focus() {
      const wrong = this.element.querySelector(".ws-wrong input:not([type=hidden]), .ws-wrong textarea, .ws-wrong select");
      if (wrong) wrong.focus();
      else if (!this.speaker.id.value && this.field("speaker_new").value !== "label") this.select(this.speaker.input);
      else this.summary.focus();
    }

    /* Goes to a field so that typing replaces what stands there. */
    select(input) {
      input.focus();
      input.select();
    }

    get active() {
      const row = document.activeElement.closest?.("[data-stance]");
      return this.rows.find((one) => one.row === row) || this.rows[this.rows.length - 1];
    }

    likeClaims() {
      const { combo } = this.rows[this.rows.length - 1];
      if (!combo.id.value && !combo.input.value) combo.look("", PAUSE);
    }

    key(event) {
      const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.desk.post("record", event.shiftKey);
      } else if (event.altKey && !event.ctrlKey && STANCES[letter]) {
        event.preventDefault();
        this.takeStance(STANCES[letter]);
      } else if (event.altKey && FIELDS[letter]) {
        event.preventDefault();
        this.select(this.field(FIELDS[letter]));
      } else if (event.altKey && letter === "n") {
        event.preventDefault();
        this.oneMore();
      } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        this.active.combo.step(event.key === "ArrowDown" ? 1 : -1);
      }
    }

    /* The stance, and with it the marked claim where none was taken yet: the one that is on the screen now, unless
       something was typed into the field, for which the offers are waited for. */
    async takeStance(kind) {
      this.dirty = true;
      const { part, combo } = this.active;
      part("kind").value = kind;
      delete this.active.row.dataset.proposed;
      if (combo.id.value || part("question").value) return;
      if (combo.input.value.trim() || !combo.marked) {
        this.taking = combo.pending.then(() => {
          if (!combo.id.value && combo.marked) combo.pick(combo.marked);
        });
        await this.taking;
      } else combo.pick(combo.marked);
    }

    oneMore() {
      const total = this.field("stances-TOTAL_FORMS");
      const most = Number(this.field("stances-MAX_NUM_FORMS").value);
      if (Number(total.value) >= most) return;
      const template = this.element.querySelector("[data-empty-stance]");
      const holder = document.createElement("div");
      holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
      total.value = Number(total.value) + 1;
      const row = holder.firstElementChild;
      this.element.querySelector("[data-stances]").append(row);
      this.addRow(row);
      this.rows[this.rows.length - 1].combo.input.focus();
    }

    clicked(event) {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.do === "add-stance") this.oneMore();
      if (button.dataset.do === "another") this.desk.post("record", true);
      if (button.dataset.do === "close") this.desk.close(true);
      if (button.dataset.apart) this.desk.tellApart(button.dataset.apart, this.field("exact").value, button.closest("li"));
    }

    tellPrecision() {
      const written = this.field("said_on").value.trim().replace("~", "");
      const about = this.field("said_on").value.includes("~") ? "about " : "";
      const precision = { 4: "the year", 7: "the month", 10: "the day" }[written.length];
      this.element.querySelector("[data-precision]").textContent = precision ? `${about}${precision} ${written}` : "";
    }

    /* The same actor on the same claim, as soon as both are known. */
    async askBefore() {
      const { combo } = this.active;
      const section = this.element.querySelector(".ws-recorded");
      if (!this.speaker.id.value || !combo.id.value || this.element.dataset.standing || !section) return;
      const words = this.field("exact").value;
      const found = await this.desk.before({ speaker: this.speaker.id.value, claim: combo.id.value, words });
      const list = section.querySelector("[data-befores]");
      const holder = document.createElement("ul");
      holder.innerHTML = found;
      const shown = new Set([...list.children].map((one) => one.dataset.before));
      for (const one of [...holder.children]) {
        if (shown.has(one.dataset.before)) continue;
        for (const hidden of one.querySelectorAll("[hidden]")) hidden.hidden = false;
        list.append(one);
      }
      section.hidden = list.children.length === 0;
      document.activeElement.scrollIntoView({ block: "nearest" });
    }

    /* The words of this form and who said them, for another statement in the same words. */
    again() {
      const names = ["exact", "prefix", "suffix", "occurrence", "proposal", "speaker_id", "said_on"];
      return Object.fromEntries(names.map((name) => [name, this.field(name).value]));
    }

    /* What would be posted, once all that is being looked for is there. */
    async values(act) {
      await Promise.all([this.taking, ...this.combos.map((one) => one.pending)]);
      const data = new FormData(this.element);
      data.set("act", act);
      return data;
    }
  }

  /* New actors of every kind; what begins with a small letter is an unnamed source or a group first. */
  function newActors(name, kinds) {
    const all = [...kinds.options].filter((one) => one.value);
    const first = /^\p{Lu}/u.test(name) ? ["person", "organisation"] : ["unnamed", "group"];
    const rank = (one) => (first.includes(one.value) ? first.indexOf(one.value) : 9);
    all.sort((one, other) => rank(one) - rank(other));
    return all.map((one) => ({ name, label: `New: “${name}”`, about: one.text, new: one.value }));
  }

  Workspace.Form = Form;
})();
