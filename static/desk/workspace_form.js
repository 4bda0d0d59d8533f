/* The form of the workspace: names and claims that are found while typing, stances by one key, what was recorded before.
   It sends nothing by itself but questions; `Workspace.Form` is opened and posted by workspace.js. */
"use strict";

(() => {
  const Workspace = window.Workspace;
  const PAUSE = 150; // milliseconds of no typing before the desk is asked

  const keys = [...document.querySelectorAll("[data-stance-code]")]; // the dialog of keys says which letter takes which
  const STANCES = Object.fromEntries(keys.map((line) => [line.dataset.letter, line.dataset.stanceCode]));

  const CLAIM_KINDS = "123456789"; // with Alt: a new claim of the kind at this place of the list

  const DESK_ACTS = { x: "rejectOpen", u: "undo" }; // of the text, that a key does from the form too

  const FIELDS = { w: "speaker", t: "said_on" }; // that a key goes to, with what stands in them selected

  /* An input with a list of offers (ARIA combobox). A known offer is marked by itself, a new one never is. */
  class Combo {
    constructor(box, { id, ask, extras, alwaysOpen, onChoice }) {
      this.box = box;
      this.input = box.querySelector("input");
      this.list = box.querySelector("[role=listbox]");
      this.id = id;
      this.ask = ask;
      this.extras = extras;
      this.alwaysOpen = alwaysOpen;
      this.onChoice = onChoice;
      this.pending = Promise.resolve();
      this.requests = 0;
      this.marked = null;
      this.moved = false; // whether an editor has gone to an offer by arrow
      this.asked = false; // whether an editor has typed or gone to the offers since coming here
      this.input.setAttribute("role", "combobox");
      this.input.setAttribute("autocomplete", "off");
      this.input.setAttribute("aria-autocomplete", "list");
      this.input.setAttribute("aria-controls", this.list.id);
      this.input.addEventListener("input", () => this.onInput());
      this.input.addEventListener("focus", () => this.onFocus());
      this.input.addEventListener("blur", () => {
        this.asked = false;
        this.show(false);
      });
      this.input.addEventListener("keydown", (event) => this.onKeydown(event));
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const option = event.target.closest("[role=option]");
        if (option) this.choose(option);
      });
      this.numberOptions();
      this.show(false);
    }

    get isSearching() {
      return this.list.hasAttribute("aria-busy");
    }

    get options() {
      return [...this.list.querySelectorAll("[role=option]")];
    }

    numberOptions() {
      this.options.forEach((option, index) => {
        option.id = `${this.list.id}_${index}`;
      });
      this.mark(this.options.find((option) => !option.dataset.new) || null);
    }

    mark(option) {
      this.marked = option;
      for (const each of this.options) each.setAttribute("aria-selected", String(each === option));
      this.onOffers?.();
      if (option) this.input.setAttribute("aria-activedescendant", option.id);
      else this.input.removeAttribute("aria-activedescendant");
    }

    show(open) {
      const shown = (open || (this.alwaysOpen && !this.id.value)) && this.options.length > 0;
      this.list.hidden = !shown;
      this.input.setAttribute("aria-expanded", String(shown));
      this.onShow?.();
    }

    onFocus() {
      if (this.id.value) return;
      if (this.options.length === 0 || this.input.value) this.search(this.input.value, 0);
      else this.show(true);
    }

    onInput() {
      this.moved = false;
      this.asked = true;
      this.id.value = "";
      this.onChoice(null);
      this.search(this.input.value, PAUSE);
      this.onOffers?.();
    }

    /* Asks for offers after a pause; `pending` is done when those for what was typed last are there. */
    search(typed, pause) {
      const number = ++this.requests;
      this.list.setAttribute("aria-busy", "true");
      const request = async () => {
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (number !== this.requests) return;
        const offers = await this.ask(typed);
        if (number === this.requests) this.showOffers(offers, typed);
      };
      const before = this.pending;
      this.pending = request().then(() => before);
    }

    showOffers(offers, typed) {
      this.list.removeAttribute("aria-busy");
      this.moved = false;
      this.list.replaceChildren(...offers.map(createOption), ...this.extras(typed).map(createOption));
      this.numberOptions();
      this.onOffers?.();
      // What stands in the field already is not covered until somebody types or goes to the offers.
      this.show(!this.id.value && document.activeElement === this.input && (this.asked || !typed));
    }

    onKeydown(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        this.moveMark(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter") {
        event.preventDefault();
        this.chooseMarked();
      } else if (event.key === "Tab" && !event.shiftKey) {
        if (!this.id.value || this.moved) this.chooseMarked();
      } else if (event.key === "Escape" && !this.list.hidden && !this.alwaysOpen) {
        event.stopPropagation();
        this.show(false);
      }
    }

    moveMark(by) {
      this.asked = true;
      this.show(true);
      const options = this.options;
      if (!options.length) return;
      const at = options.indexOf(this.marked);
      this.moved = true;
      this.mark(options[(at + by + options.length) % options.length]);
      const { offsetTop, offsetHeight } = this.marked;
      if (offsetTop < this.list.scrollTop || offsetTop + offsetHeight > this.list.scrollTop + this.list.clientHeight)
        this.list.scrollTop = offsetTop;
    }

    /* Takes the marked offer, once the offers for what was typed are there. */
    async chooseMarked() {
      if (this.input.value.trim() === "" && !this.marked) return;
      const typed = this.input.value;
      const open = !this.id.value && (typed || !this.alwaysOpen);
      if (!this.moved) await this.pending;
      if (this.marked && this.input.value === typed && (this.moved || open)) this.choose(this.marked);
    }

    choose(option) {
      this.requests++;
      this.moved = false;
      this.list.removeAttribute("aria-busy");
      this.input.value = option.dataset.name;
      this.id.value = option.dataset.id || "";
      this.show(false);
      this.onChoice(option);
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  /* The stance goes with the claim: what an editor chose stays, what was proposed towards another claim goes. */
  function proposeStance(row, kind, stance) {
    if (kind.value && kind.value !== row.dataset.proposed) return;
    kind.value = stance;
    if (stance) row.dataset.proposed = stance;
    else delete row.dataset.proposed;
  }

  /* Whether a row says of its claim that it is new: it names the question, of ours or a new one, that it answers. */
  function isNewClaim(part) {
    return Boolean(part("question").value || part("new_question").value.trim());
  }

  function createOption(offer) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.dataset.id = offer.id || "";
    option.dataset.name = offer.name;
    if (offer.new) option.dataset.new = offer.new;
    if (offer.stance) option.dataset.stanceProposed = offer.stance;
    if (offer.grade) option.dataset.grade = offer.grade;
    if (offer.said_on) option.dataset.saidOn = offer.said_on;
    if (offer.is_own_outlet) option.dataset.ownOutlet = "1";
    if (offer.maybe) option.dataset.maybe = offer.maybe;
    const name = document.createElement("bdi");
    name.textContent = offer.label || offer.name;
    const about = document.createElement("small");
    about.textContent = [offer.maybe && `may be the same: ${offer.maybe}`, offer.about].filter(Boolean).join(" · ");
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
      for (const button of element.querySelectorAll("[hidden][data-do], [hidden][data-dismiss]")) button.hidden = false;
      const context = element.querySelector("[data-context]");
      if (context) context.hidden = !context.querySelector(".ws-error");
      this.speaker = this.speakerCombo(element.querySelector("[data-combo=speaker]"));
      for (const row of element.querySelectorAll("[data-stance]")) this.addRow(row);
      this.summary = this.field("summary");
      this.summary.addEventListener("input", () => this.searchClaims());
      element.addEventListener("input", () => {
        this.dirty = true;
      });
      element.addEventListener("desk:add-row", (event) => {
        event.preventDefault();
        this.addStance();
      });
      element.addEventListener("keydown", (event) => this.onKeydown(event), true);
      element.addEventListener("click", (event) => this.onClick(event));
      this.field("said_on").addEventListener("input", () => this.showPrecision());
      this.field("mode").addEventListener("change", () => {
        this.modeChosen = true;
      });
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
        alwaysOpen: false,
        onChoice: (option) => {
          kinds.value = option?.dataset.new || "";
          this.showWhoItMayBe(box, combo, kinds.value);
          this.proposeDate(option?.dataset.saidOn, option?.dataset.ownOutlet);
          if (option?.dataset.ownOutlet) this.proposeDocument();
          if (option) this.checkDuplicates();
        },
      });
      combo.onShow = () => this.showWhoItMayBe(box, combo, kinds.value);
      this.combos.push(combo);
      return combo;
    }

    addRow(row) {
      const part = (name) => row.querySelector(`[name$="-${name}"]`);
      part("kind").addEventListener("change", () => {
        delete row.dataset.proposed;
      });
      const combo = new Combo(row.querySelector("[data-combo=claim]"), {
        id: part("claim_id"),
        ask: async (typed) => {
          const q = typed || this.summary.value;
          const { offers, stance } = await this.desk.look(this.claimQuestion(q));
          combo.stanceTowardsTyped = typed ? stance : "";
          const chosen = this.rows.map((row) => row.combo.id.value); // a statement takes one stance towards a claim
          return offers.filter((offer) => !chosen.includes(offer.id));
        },
        extras: (typed) =>
          typed.trim()
            ? [{ name: typed.trim(), label: `New claim: “${typed.trim()}”`, new: "claim", stance: combo.stanceTowardsTyped }]
            : [],
        alwaysOpen: true,
        onChoice: (option) => {
          if (option?.dataset.new) this.newClaim(row, part);
          else part("question").value = part("new_question").value = "";
          proposeStance(row, part("kind"), option?.dataset.stanceProposed || "");
          if (option) this.checkDuplicates();
        },
      });
      combo.onOffers = () => {
        this.takeTypedClaim(combo);
        this.showSureClaim(row, combo, part);
      };
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
      if (!isNewClaim(part)) question.value = this.likelyQuestion(question);
      const none = question.options.length < 2 ? part("new_question") : question;
      const open = !isNewClaim(part) ? none : part("claim_kind").value ? null : part("claim_kind");
      if (open) setTimeout(() => open.focus());
    }

    /* The question of a new claim where none was chosen: that of the claim before it in this article, or the only one. */
    likelyQuestion(question) {
      return this.element.dataset.lastQuestion || (question.options.length === 2 ? question.options[1].value : "");
    }

    /* The date of what the same speaker said here before, or of the outlet's own article, where none was typed or read. */
    proposeDate(date, own) {
      const input = this.field("said_on");
      if (!date || input.value) return;
      input.value = date;
      const why = own ? "the outlet’s own words: the article’s date" : "same as the speaker’s earlier words in this article; please check";
      this.element.querySelector("[data-precision]").textContent = `${date}: ${why}`;
    }

    /* What an outlet says in its own article is in a document, unless words of it are quoted or an editor chose. */
    proposeDocument() {
      const mode = this.field("mode");
      if (mode.value === "indirect" && !this.modeChosen) mode.value = "document";
    }

    /* The next way of saying it, or with Shift the one before, from any field. */
    changeMode(by) {
      const mode = this.field("mode");
      const count = mode.options.length;
      do mode.selectedIndex = (mode.selectedIndex + by + count) % count;
      while (!mode.value);
      this.modeChosen = this.dirty = true;
      mode.dispatchEvent(new Event("change", { bubbles: true }));
      this.desk.announce(mode.selectedOptions[0].text);
    }

    /* Below a name that nobody has been chosen for: who of those we have it may be, and what Tab takes. */
    showWhoItMayBe(box, combo, kind) {
      const line = box.querySelector("[data-maybe]");
      const name = combo.input.value.trim();
      line.hidden = !name || Boolean(combo.id.value) || !combo.list.hidden || combo.isSearching;
      if (line.hidden) return;
      const likely = combo.options.filter((each) => !each.dataset.new).slice(0, 3);
      const question = kind ? "New. Or is it one of these? " : "Is it one of these? Tab takes the first. ";
      const nobody = kind ? "" : "Nobody of this name is recorded. Alt Enter: new; ↓: of which kind. ";
      line.replaceChildren(likely.length ? question : nobody);
      for (const each of likely) {
        const use = Object.assign(document.createElement("button"), { type: "button", className: "ws-button", textContent: each.dataset.name });
        use.title = each.dataset.maybe || "";
        use.addEventListener("click", () => combo.choose(each));
        line.append(use, " ");
      }
    }

    /* The claim and stance that recording takes by itself: a marked claim that surely is the one, or that was gone to. */
    sureClaim({ part, combo }) {
      const { marked, input, id, moved } = combo;
      const open = marked && !marked.dataset.new && !id.value && !input.value.trim() && !isNewClaim(part);
      return open && !this.without && marked.dataset.stanceProposed && (moved || marked.dataset.grade === "same") ? marked : null;
    }

    /* A claim of ours that is typed in full is taken: nothing is left to choose. */
    takeTypedClaim(combo) {
      if (combo.isSearching || combo.id.value || !combo.input.value.trim()) return;
      const typed = combo.options.filter((option) => option.dataset.id && option.dataset.name === combo.input.value.trim());
      if (typed.length === 1) combo.choose(typed[0]);
    }

    showSureClaim(row, combo, part) {
      const line = row.querySelector("[data-sure]");
      const sure = this.element.dataset.editing ? null : this.sureClaim({ part, combo });
      const fresh = sure || this.element.dataset.editing ? null : this.newClaimOnScreen({ part, combo });
      line.hidden = !sure && !fresh;
      line.textContent = "";
      if (sure) line.textContent = `Ctrl Enter records: ${sure.dataset.stanceProposed} “${sure.dataset.name}”. Esc: without it.`;
      if (fresh) line.textContent = `New claim, ${fresh.stance}, under “${fresh.question}”: Alt Shift 1 … ${fresh.kinds} makes and records it.`;
    }

    /* The stance and the question of a new claim made of what is typed into the field, where both are known. */
    newClaimOnScreen({ part, combo }) {
      const { input, id, isSearching, stanceTowardsTyped: stance } = combo;
      if (!stance || isSearching || id.value || !input.value.trim() || isNewClaim(part)) return null;
      const value = this.likelyQuestion(part("question"));
      const option = [...part("question").options].find((each) => each.value === value);
      const kinds = [...part("claim_kind").options].filter((each) => each.value).length;
      return value && option ? { stance, question: option.text, kinds } : null;
    }

    /* Esc: the claim that would be taken by itself is not; false where there is none. */
    leaveSureClaim() {
      const last = this.rows[this.rows.length - 1];
      if (this.element.dataset.editing || !this.sureClaim(last)) return false;
      this.without = true;
      this.showSureClaim(last.row, last.combo, last.part);
      return true;
    }

    takeSureClaim() {
      const last = this.rows[this.rows.length - 1];
      const sure = !this.element.dataset.editing && this.sureClaim(last);
      if (!sure) return;
      const stance = sure.dataset.stanceProposed;
      last.combo.choose(sure);
      if (!last.part("kind").value) last.part("kind").value = stance;
    }

    /* A new actor of the name that is typed, in one chord: of the kind that is offered first. */
    makeActor() {
      const name = this.speaker.input.value.trim();
      if (!name || this.speaker.id.value) return;
      this.speaker.choose(createOption(newActors(name, this.field("speaker_new"))[0]));
      this.summary.focus();
    }

    /* A new claim and recording in one chord, where the form says so. What it does not say is chosen first. */
    async recordWithClaim(number) {
      const { part } = this.active;
      const seen = isNewClaim(part) || this.newClaimOnScreen(this.active);
      this.makeClaim(number);
      await this.choosing;
      if (seen && isNewClaim(part) && part("kind").value) return this.desk.post("record");
      return this.desk.announce("Not recorded yet: look at the question, and choose the stance; with Shift it records.", true);
    }

    /* A new claim of what is typed, in one chord: of the claim field, or else of what was said. */
    makeClaim(number) {
      const { row, part, combo } = this.active;
      const kind = part("claim_kind");
      const option = [...kind.options].filter((each) => each.value)[number];
      const text = combo.input.value.trim() || this.summary.value.trim();
      if (!option || !text) return;
      combo.requests++;
      combo.input.value = text;
      combo.id.value = "";
      combo.show(false);
      kind.value = option.value;
      this.newClaim(row, part);
      kind.dispatchEvent(new Event("change", { bubbles: true }));
      this.choosing = this.desk.look(this.claimQuestion(text)).then(({ stance }) => proposeStance(row, part("kind"), stance || ""));
    }

    claimQuestion(typed) {
      const place = this.proposes ? { capture: this.field("capture").value, occurrence: this.field("occurrence").value } : {};
      return { what: "claim", q: typed, words: this.field("exact").value, ...place };
    }

    /* Puts back what was typed before. */
    restore(values) {
      DeskDrafts.fill(this.element, values);
      for (const combo of this.combos) combo.show(false);
      for (const { row, part } of this.rows) if (isNewClaim(part)) row.querySelector("[data-new-claim]").open = true;
      this.showPrecision();
      this.summary.focus();
    }

    /* Where an editor has to type first. */
    focus() {
      const wrong = this.element.querySelector(".ws-invalid input:not([type=hidden]), .ws-invalid textarea, .ws-invalid select");
      if (wrong) wrong.focus();
      else if (!this.speaker.id.value && !this.field("speaker_new").value) this.select(this.speaker.input);
      else this.summary.focus();
    }

    /* Goes to a field so that typing replaces what stands there. */
    select(input) {
      input.focus();
      input.select();
    }

    get active() {
      const row = document.activeElement.closest?.("[data-stance]");
      return this.rows.find((entry) => entry.row === row) || this.rows[this.rows.length - 1];
    }

    searchClaims() {
      const { combo } = this.rows[this.rows.length - 1];
      if (!combo.id.value && !combo.input.value) combo.search("", PAUSE);
    }

    onKeydown(event) {
      const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.desk.post("record", event.shiftKey);
      } else if (event.altKey && !event.ctrlKey && STANCES[letter]) {
        event.preventDefault();
        if (event.shiftKey) this.recordWithStance(STANCES[letter]);
        else this.setStance(STANCES[letter]);
      } else if (event.altKey && !event.ctrlKey && DESK_ACTS[letter]) {
        event.preventDefault();
        this.desk[DESK_ACTS[letter]]();
      } else if (event.altKey && FIELDS[letter]) {
        event.preventDefault();
        this.select(this.field(FIELDS[letter]));
      } else if (event.altKey && event.key === "Enter") {
        event.preventDefault();
        this.makeActor();
      } else if (event.altKey && !event.ctrlKey && CLAIM_KINDS.includes(event.code.replace("Digit", "") || "-")) {
        event.preventDefault();
        const number = Number(event.code.replace("Digit", "")) - 1;
        if (event.shiftKey) this.recordWithClaim(number);
        else this.makeClaim(number);
      } else if (event.altKey && letter === "m") {
        event.preventDefault();
        this.changeMode(event.shiftKey ? -1 : 1);
      } else if (event.altKey && letter === "n") {
        event.preventDefault();
        this.addStance();
      } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        this.active.combo.moveMark(event.key === "ArrowDown" ? 1 : -1);
      }
    }

    /* The stance, and with it the marked claim where none was taken yet: the one that is on the screen now, unless
       something was typed into the field, for which the offers are waited for. */
    async setStance(kind) {
      this.dirty = true;
      this.desk.draft?.onTyped();
      const { part, combo } = this.active;
      part("kind").value = kind;
      delete this.active.row.dataset.proposed;
      if (combo.id.value || isNewClaim(part)) return;
      if (combo.input.value.trim() || !combo.marked) {
        this.choosing = combo.pending.then(() => {
          if (!combo.id.value && combo.marked) combo.choose(combo.marked);
        });
        await this.choosing;
      } else combo.choose(combo.marked);
    }

    /* The stance and recording in one chord, towards the claim that is on the screen now. One that is still being looked
       for takes the stance alone, so that nobody records what they have not seen. */
    async recordWithStance(kind) {
      const { part, combo } = this.active;
      const seen = combo.id.value || isNewClaim(part) || (combo.marked && !combo.isSearching);
      await this.setStance(kind);
      if (seen && (combo.id.value || isNewClaim(part))) return this.desk.post("record");
      return this.desk.announce("Not recorded yet: look at the claim, then press Ctrl Enter.", true);
    }

    addStance() {
      this.takeSureClaim();
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

    onClick(event) {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.do === "add-stance") this.addStance();
      if (button.dataset.do === "another") this.desk.post("record", true);
      if (button.dataset.do === "close") this.desk.close(false);
      if (button.dataset.dismiss) this.desk.dismissDuplicate(button.dataset.dismiss, this.field("exact").value, button.closest("li"));
    }

    /* What the date is read as: the desk reads it as it would be recorded. */
    async showPrecision() {
      const typed = this.field("said_on").value;
      const line = this.element.querySelector("[data-precision]");
      if (!/^(\d{4}(-\d\d){0,2}~?)?$/.test(typed.trim())) {
        clearTimeout(this.reading);
        this.reading = setTimeout(async () => {
          const { read } = await this.desk.look({ what: "date", q: typed });
          if (read !== undefined && this.field("said_on").value === typed) line.textContent = `read as ${read}`;
        }, PAUSE);
        return;
      }
      const date = this.field("said_on").value.trim().replace("~", "");
      const about = this.field("said_on").value.includes("~") ? "about " : "";
      const precision = { 4: "the year", 7: "the month", 10: "the day" }[date.length];
      line.textContent = precision ? `${about}${precision} ${date}` : "";
    }

    /* The same actor on the same claim, as soon as both are known. */
    async checkDuplicates() {
      const { combo } = this.active;
      const section = this.element.querySelector(".ws-duplicates");
      if (!this.speaker.id.value || !combo.id.value || this.element.dataset.editing || !section) return;
      const words = this.field("exact").value;
      const found = await this.desk.findDuplicates({ speaker: this.speaker.id.value, claim: combo.id.value, words });
      const list = section.querySelector("[data-duplicates]");
      const holder = document.createElement("ul");
      holder.innerHTML = found;
      const shown = new Set([...list.children].map((item) => item.dataset.duplicate));
      for (const item of [...holder.children]) {
        if (shown.has(item.dataset.duplicate)) continue;
        for (const hidden of item.querySelectorAll("[hidden]")) hidden.hidden = false;
        list.append(item);
      }
      section.hidden = list.children.length === 0;
      document.activeElement.scrollIntoView({ block: "nearest" });
    }

    /* The words of this form and who said them, for another statement in the same words. */
    valuesForAnother() {
      const names = ["exact", "prefix", "suffix", "occurrence", "proposal", "speaker_id", "said_on"];
      return Object.fromEntries(names.map((name) => [name, this.field(name).value]));
    }

    /* What would be posted, once all that is being looked for is there. */
    async values(act) {
      await Promise.all([this.choosing, ...this.combos.map((combo) => combo.pending)]);
      if (act === "record") this.takeSureClaim();
      const data = new FormData(this.element);
      data.set("act", act);
      return data;
    }
  }

  /* New actors of every kind; what begins with a small letter is an unnamed source or a group first. */
  function newActors(name, kinds) {
    const all = [...kinds.options].filter((option) => option.value);
    const first = /^\p{Lu}/u.test(name) ? ["person", "organisation"] : ["unnamed", "group"];
    const rank = (option) => (first.includes(option.value) ? first.indexOf(option.value) : 9);
    all.sort((a, b) => rank(a) - rank(b));
    return all.map((option) => ({ name, label: `New: “${name}”`, about: option.text, new: option.value }));
  }

  Workspace.Form = Form;
})();
