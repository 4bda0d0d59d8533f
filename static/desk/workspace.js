/* The workspace: keys in the text, proposals, the side panel, and what is sent. All of it works without this script
   through links and the form; the script saves reloading the page and gives every action a key. */
"use strict";

(() => {
  const { Words, Form } = window.Workspace;
  const PRESENCE_INTERVAL = 25_000; // milliseconds between two signs of presence; the desk forgets after a minute
  const SCRIPT = { "X-Workspace": "1" };

  class Desk {
    constructor(root) {
      this.root = root;
      this.text = root.querySelector("[data-text]");
      this.panel = root.querySelector("[data-panel]");
      this.status = root.querySelector("[data-status]");
      this.help = root.querySelector("[data-help]");
      this.proposalsHidden = false;
      this.proposal = null; // the key of the proposal that is current
      this.changing = ""; // the digest of the proposal whose words are being changed
      this.accepting = false; // whether an editor goes through the proposals: after each act the next form opens
      this.undoStack = []; // what can be undone, the last act last
      this.form = null;
      this.asked = 0; // how often a form was asked for, or what was asked for given up
      for (const button of root.querySelectorAll(".ws-bar [hidden][data-key]")) button.hidden = false;
      this.show(this.text.innerHTML, false);
      const query = new URLSearchParams(location.search);
      for (const name of ["proposal", "statement"])
        if (query.get(name)) this.setPosition(this.findNote(name, query.get(name)));
      if (root.querySelector(".ws-error, .desk-stale") || location.search.match(/statement|proposal/)) this.attachForm(false);
      else this.showHint();
      root.addEventListener("click", (event) => this.onClick(event));
      // A finger or a mouse on a key of the bar leaves the selected words selected, and the focus where it is.
      root.addEventListener("mousedown", (event) => event.target.closest("[data-key]") && event.preventDefault());
      root.addEventListener("submit", (event) => this.onSubmit(event));
      root.addEventListener("pointerdown", (event) => this.onPointerDown(event));
      document.addEventListener("mouseup", (event) => this.onDragEnd(event));
      // On the page, not in the workspace alone: what had the focus may be gone after an act.
      document.addEventListener("keydown", (event) => this.onKeydown(event));
      this.offerDrafts();
      this.sendPresence();
      setInterval(() => this.sendPresence(), PRESENCE_INTERVAL);
      document.addEventListener("visibilitychange", () => this.sendPresence());
      this.reader.focus({ preventScroll: true });
      const found = query.get("words") && this.words.find(query.get("words"), Number(query.get("occurrence")) || 1);
      if (found) this.words.select(found);
    }

    // Asking the desk

    async send(endpoint, values, method = "POST") {
      const address = this.root.dataset.address + endpoint;
      try {
        let answer = await this.request(address, values, method);
        const denied = answer.status === 403 && method === "POST"; // after signing in again the token is another one
        const fresh = denied && (await DeskDrafts.read(""));
        if (fresh && values instanceof FormData) values.set("csrfmiddlewaretoken", fresh.token);
        if (fresh) answer = await this.request(address, values, method);
        if (!answer.redirected && (fresh || !denied)) return answer;
        this.announce("You are signed out. Sign in in another tab, then try again: nothing that you typed is lost.", true);
      } catch {
        this.announce("The server could not be reached. Nothing is lost: try again.", true);
      }
      return null;
    }

    request(address, values, method) {
      if (method === "GET") return fetch(`${address}?${new URLSearchParams(values)}`, { headers: SCRIPT });
      const body = values instanceof FormData ? values : new URLSearchParams(values);
      return fetch(address, { method, body, headers: { ...SCRIPT, "X-CSRFToken": this.token } });
    }

    get token() {
      return this.root.querySelector("input[name=csrfmiddlewaretoken]").value;
    }

    /* What is offered for what was typed: `offers`, and for claims the `stance` towards what was typed. */
    async look(values) {
      const answer = await this.send("find/", { ...values, q: values.q.slice(0, 200), ...shortenWords(values) }, "GET");
      return answer?.ok ? answer.json() : { offers: [] };
    }

    async find(values) {
      return (await this.look(values)).offers;
    }

    async findDuplicates(values) {
      const answer = await this.send("duplicates/", { ...values, words: values.words.slice(0, 2000) }, "GET");
      return answer?.ok ? answer.text() : "";
    }

    // The text

    show(html, replace = true) {
      const selection = this.words?.selected();
      const place = this.words?.last; // the text is the same, so the place in it is
      const scrolled = this.reader?.scrollTop;
      const inside = this.text.contains(document.activeElement);
      if (replace) this.text.innerHTML = html;
      this.reader = this.text.querySelector("[data-reader]");
      if (inside) this.reader.focus({ preventScroll: true });
      this.words = new Words(this.reader);
      this.words.last = selection ? selection[0] : place;
      if (scrolled) this.reader.scrollTop = scrolled;
      this.highlightCurrent();
    }

    get proposals() {
      return this.proposalsHidden ? [] : [...this.text.querySelectorAll('.ws-note[data-state="proposed"]')];
    }

    goToProposal(by) {
      const notes = this.proposals;
      if (!notes.length)
        return this.announce(
          this.proposalsHidden ? "Proposals are hidden: press p to show them." : "No open proposals here.",
        );
      const at = notes.findIndex((note) => note.dataset.mark === this.proposal && this.startOf(note) === this.position);
      if (at >= 0) this.makeCurrent(notes[(at + by + notes.length) % notes.length]);
      else {
        const after = this.nextIndex(notes);
        const next = by > 0 ? after : (after < 0 ? notes.length : after) - 1;
        this.makeCurrent(notes[next] || (by > 0 ? notes[0] : notes[notes.length - 1]));
      }
      return null;
    }

    /* Where the editor is in the text. */
    get position() {
      return this.words.selected()?.[0] ?? this.words.last ?? 0;
    }

    startOf(note) {
      return (this.words.spanOf(note.dataset.mark) || [0])[0];
    }

    /* The number of the first proposal from where the editor is; -1 where none is. */
    nextIndex(notes) {
      return notes.findIndex((note) => this.startOf(note) >= this.position);
    }

    /* The note in the margin of a proposal (by its digest) or of a statement. */
    findNote(name, value) {
      return this.text.querySelector(`a[data-${name}="${CSS.escape(value)}"]`)?.closest(".ws-note");
    }

    /* Continues from where a note is in the text. */
    setPosition(note) {
      const span = note && this.words.spanOf(note.dataset.mark);
      if (span) this.words.last = span[0];
    }

    makeCurrent(note) {
      this.proposal = note.dataset.mark;
      this.changing = "";
      getSelection().removeAllRanges();
      const span = this.words.spanOf(this.proposal);
      this.setPosition(note);
      this.highlightCurrent();
      this.reader.focus({ preventScroll: true });
      const mark = this.text.querySelector("mark.ws-current");
      if (mark) window.Workspace.reveal(mark.getBoundingClientRect(), this.reader);
      const at = this.proposals.indexOf(note) + 1;
      const words = span ? this.words.text.slice(...span) : "";
      const speaker = note.querySelector("bdi").textContent;
      this.announce(`Proposal ${at} of ${this.proposals.length}: ${speaker}: ${words.slice(0, 200)}`);
    }

    highlightCurrent() {
      for (const element of this.text.querySelectorAll(".ws-current")) element.classList.remove("ws-current");
      if (!this.proposal) return;
      const key = CSS.escape(this.proposal);
      for (const element of this.text.querySelectorAll(`mark[data-marks~="${key}"], [data-mark="${key}"]`))
        element.classList.add("ws-current");
    }

    get note() {
      return this.proposals.find((note) => note.dataset.mark === this.proposal);
    }

    goToRecorded(by) {
      const notes = [...this.text.querySelectorAll(".ws-note:not([data-state=proposed]) a[data-statement]")];
      if (!notes.length) return this.announce("Nothing is recorded in this text yet.");
      const at = notes.indexOf(document.activeElement);
      const next = notes[(at + by + notes.length) % notes.length];
      next.focus({ preventScroll: true });
      window.Workspace.reveal(next.getBoundingClientRect(), this.reader);
      return null;
    }

    // Keys

    onKeydown(event) {
      if (this.help.open) return;
      const typing = event.target.closest("input, textarea, select, [data-panel]");
      if (event.key === "Escape") return this.escape(event);
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return null;
      const act = this.actionFor(event);
      if (!act) return null;
      event.preventDefault();
      return act();
    }

    actionFor(event) {
      if (event.key === "?") return () => this.help.showModal();
      const moves = { ArrowRight: ["word", 1], ArrowLeft: ["word", -1], ArrowDown: ["sentence", 1], ArrowUp: ["sentence", -1] };
      if (moves[event.key]) return () => this.words.move(...moves[event.key], event.shiftKey);
      const onLink = event.target.closest("a, button");
      if (event.key === "Enter") return onLink ? null : () => this.recordSelected();
      const letter = event.key.length === 1 ? event.key.toLowerCase() : "";
      const back = event.shiftKey ? -1 : 1;
      if (letter === "m") return () => this.goToRecorded(back);
      if (!this.root.dataset.writable) return null;
      const acts = {
        n: () => this.goToProposal(back),
        a: () => this.accept(),
        c: () => this.change(),
        x: () => this.reject(),
        r: () => this.recordSelected(),
        p: () => this.toggle(),
        d: () => this.closeRest("closed"),
        u: () => this.undo(),
      };
      return acts[letter] || null;
    }

    escape(event) {
      if (!this.form) return null;
      event.preventDefault();
      if (this.form.leaveSureClaim()) return this.announce("Without this claim, unless you choose it. Esc again closes the form.");
      return this.close(false);
    }

    // The panel

    /* Whether the open form may be replaced: not while it holds unsaved input. */
    canReplaceForm() {
      if (!this.form?.dirty) return true;
      this.announce("Record what you have typed, or close it with Esc, before opening another.", true);
      this.form.focus();
      return false;
    }

    async open(values, method) {
      if (!this.canReplaceForm()) return;
      const asked = (this.asked += 1);
      const answer = await this.send("form/", { capture: this.root.dataset.capture, ...values }, method);
      if (!answer || asked !== this.asked) return; // something was undone or closed meanwhile
      if (!answer.ok) return void this.announce((await refusal(answer)) || "This could not be opened.", true);
      this.draft?.discard();
      this.draft = null;
      this.panel.innerHTML = await answer.text();
      this.attachForm(true);
    }

    /* What was typed into forms of this workspace and not recorded, above the text. */
    async offerDrafts() {
      if (!this.root.dataset.writable) return;
      const address = this.root.dataset.address;
      DeskDrafts.offer(await DeskDrafts.drafts(address), this.root.querySelector(".ws-columns"), (draft) => this.restore(draft));
    }

    /* Opens the form in which a draft was typed, and puts back what was typed; the empty one where that is gone. */
    async restore(draft) {
      const value = (name) => draft.values.find(([each]) => each === name)?.[1] || "";
      const words = Object.fromEntries(["exact", "prefix", "suffix", "occurrence", "proposal"].map((name) => [name, value(name)]));
      const before = this.form;
      if (value("statement")) await this.open({ statement: value("statement"), passage: value("passage") }, "GET");
      else if (words.exact) await this.open(words);
      if (this.form === before) await this.open({}, "GET");
      if (this.form === before || !this.form) return false;
      this.draft.adopt(draft);
      this.form.restore(draft.values);
      return true;
    }

    attachForm(moveFocus) {
      const element = this.panel.querySelector("[data-form]");
      const before = this.draft;
      this.form = element ? new Form(element, this) : null;
      this.draft = element?.matches(":has(fieldset:enabled)") ? new DeskDrafts.Draft(element, this.root.dataset.address) : null;
      if (before?.over && this.draft) this.draft.adopt(before); // the same form again, with what was refused
      this.root.classList.add("ws-panel-open");
      if (moveFocus) this.form?.focus();
    }

    showHint() {
      this.draft?.discard();
      this.form = this.draft = null;
      this.root.classList.remove("ws-panel-open");
      if (!this.root.dataset.writable) return;
      this.panel.innerHTML =
        '<p class="quiet">Select words and press <kbd>r</kbd>, or go through the proposals with <kbd>n</kbd>. <kbd>?</kbd> shows all keys.</p>';
      const list = this.text.querySelector("[data-ranked]");
      if (list && !this.proposalsHidden) this.panel.append(list.content.cloneNode(true));
    }

    close(discard) {
      if (!discard && this.form?.dirty && !this.warned) {
        this.warned = true;
        this.announce("Press Esc again to discard what you have typed.", true);
        return;
      }
      this.warned = this.accepting = false;
      this.asked += 1;
      this.showHint();
      this.reader.focus({ preventScroll: true });
    }

    recordSelected() {
      const span = this.words.selected();
      if (!span) return this.announce("Select some words first: with the mouse, or with the arrow keys and Shift.", true);
      const proposal = this.changing;
      this.words.last = span[0];
      return this.open({ ...this.words.quote(span), proposal });
    }

    onPointerDown(event) {
      const text = event.pointerType === "mouse" && event.button === 0 && event.target.closest("[data-paragraph]");
      this.dragged = text ? [event.clientX, event.clientY] : null;
    }

    /* Words that a mouse was drawn over open the form, whole where it stopped within one. Several clicks, a finger and keys only select. */
    onDragEnd(event) {
      const from = this.dragged;
      this.dragged = null;
      if (!from || event.detail > 1 || !this.root.dataset.writable || this.form?.dirty) return;
      const moved = Math.abs(event.clientX - from[0]) + Math.abs(event.clientY - from[1]) > 3;
      const span = moved && this.words.selected();
      if (!span) return;
      this.words.select(this.words.wholeWords(span));
      this.recordSelected();
    }

    async accept() {
      if (!this.note) this.goToProposal(1);
      if (!this.note) return null;
      this.accepting = true;
      return this.open({ proposal: this.note.querySelector("[data-proposal]").dataset.proposal }, "GET");
    }

    change() {
      if (!this.note) return this.goToProposal(1);
      const span = this.words.spanOf(this.proposal);
      this.changing = this.note.querySelector("[data-proposal]").dataset.proposal;
      this.words.anchor = this.words.focus = span;
      this.words.select(span);
      return this.announce("Adjust the selection with the mouse or Shift and the arrow keys, then press r.");
    }

    async reject() {
      if (!this.note) return this.goToProposal(1);
      const proposal = this.note.querySelector("[data-proposal]").dataset.proposal;
      return this.decide(proposal, "rejected", "Rejected. Press u to restore it.");
    }

    async decide(proposal, decision, message) {
      const capture = this.root.dataset.capture;
      const answer = await this.send("decide/", { capture, proposal, decision });
      if (!(await this.applyAnswer(answer, message))) return false;
      if (decision === "rejected") {
        this.undoStack.push({ proposal });
        if (!this.form) this.showHint();
        this.advance();
      } else this.returnToProposal(proposal);
      return true;
    }

    /* Rejects the proposal whose form is open, and opens the next. */
    async rejectOpen() {
      const proposal = this.form?.field("proposal")?.value;
      if (!proposal) return this.announce("No proposal is open in the form: Esc closes it.", true);
      if (!this.canReplaceForm()) return null;
      this.setPosition(this.findNote("proposal", proposal));
      if (!(await this.decide(proposal, "rejected", "Rejected. Press Alt U to restore it."))) return null;
      return this.openCurrent();
    }

    /* Opens the form of the proposal that is current, or closes the form where none is left. */
    async openCurrent() {
      if (this.note) return this.accept();
      this.accepting = false;
      this.showHint();
      return this.reader.focus({ preventScroll: true });
    }

    /* Closes what is left of the proposals, or lets what was closed so wait again. */
    async closeRest(decision) {
      if (decision === "closed" && !this.text.querySelector(".ws-note[data-state=proposed]")) return this.announce("No open proposals here.");
      const answer = await this.send("decide/", { capture: this.root.dataset.capture, rest: "1", decision });
      if (!(await this.applyAnswer(answer))) return null;
      if (decision === "closed") this.undoStack.push({ rest: true });
      this.proposal = null;
      this.highlightCurrent();
      if (!this.form) this.showHint();
      return null;
    }

    async dismissDuplicate(duplicate, exact, row) {
      const answer = await this.send("decide/", { apart: duplicate, exact });
      if (!answer?.ok) return;
      row.remove();
      const list = this.panel.querySelector("[data-duplicates]");
      if (list && !list.children.length) list.closest(".ws-duplicates").hidden = true;
      this.announce("Marked as different. You will not be asked again.");
      this.form?.focus();
    }

    /* Shows the text as it is after an act; false, with the sentence said, where it was refused. */
    async applyAnswer(answer, message) {
      if (!answer) return false;
      if (!answer.ok) {
        this.announce((await refusal(answer)) || "The change was refused.", true);
        return false;
      }
      const { text, stamp, told: defaultMessage, statement } = await answer.json();
      this.root.dataset.version = stamp;
      this.show(text);
      this.announce(message || defaultMessage);
      this.recorded = statement;
      return true;
    }

    /* Posts the form. With `another`, the form opens again for the same words once it is recorded. */
    async post(act, another = false) {
      if (!this.form || this.posting) return;
      this.posting = true;
      this.panel.setAttribute("aria-busy", "true");
      const { draft } = this;
      try {
        await draft?.pause();
        const answer = await this.send("", await this.form.values(act));
        if (!answer) return;
        if (answer.status === 400 || answer.status === 409) {
          if ((answer.headers.get("content-type") || "").includes("json"))
            return void this.announce((await refusal(answer)) || "The change was refused.", true);
          this.panel.innerHTML = await answer.text();
          this.attachForm(true);
          this.form.dirty = this.draft.dirty = this.draft.unsent = true;
          draft.end();
          this.draft.resume();
          return void this.announce(this.panel.querySelector(".ws-errors, .desk-stale")?.innerText || "Refused.", true);
        }
        const proposal = this.form.field("proposal")?.value;
        const editing = this.form.element.dataset.editing;
        if (!(await this.applyAnswer(answer))) return;
        draft?.end();
        if (!editing) this.undoStack.push({ statement: this.recorded, proposal, place: this.words.last });
        const nextValues = another && !editing ? this.form.valuesForAnother() : null;
        this.showHint();
        this.changing = "";
        if (nextValues) return void (await this.open(nextValues));
        // Other words were recorded while a proposal was open: back to it, where it still waits.
        if (proposal || (this.accepting && !editing && !this.note)) this.advance();
        if (proposal || (this.accepting && !editing)) return void (await this.openCurrent());
        this.reader.focus({ preventScroll: true });
      } finally {
        this.posting = false;
        this.panel.removeAttribute("aria-busy");
        if (this.draft === draft) draft?.resume();
      }
    }

    /* Goes to the next proposal in the text; never wraps to the first by itself. */
    advance() {
      const message = this.status.textContent;
      const notes = this.proposals;
      this.proposal = null;
      if (!notes.length) return;
      const next = this.nextIndex(notes);
      if (next < 0) {
        this.highlightCurrent();
        this.reader.focus({ preventScroll: true });
        this.announce(`${message} No more open proposals below: press n for the first of the ${notes.length} above.`);
        return;
      }
      this.makeCurrent(notes[next]);
      this.announce(`${message} ${this.status.textContent}`);
    }

    /* Makes a reopened proposal the current one. */
    returnToProposal(proposal) {
      const message = this.status.textContent;
      const note = this.findNote("proposal", proposal);
      if (!note || this.proposalsHidden) return;
      this.makeCurrent(note);
      this.announce(`${message} ${this.status.textContent}`);
    }

    async undo() {
      if (!this.canReplaceForm()) return null;
      this.asked += 1;
      const last = this.undoStack.pop();
      if (!last) return this.announce("Nothing to undo here. Change earlier recordings on their own page.");
      if (this.form) this.close(true);
      if (last.rest) return this.closeRest("reopened");
      if (!last.statement) return this.decide(last.proposal, "reopened", "Restored.");
      const answer = await this.send("undo/", { statement: last.statement });
      if (!(await this.applyAnswer(answer))) return null;
      this.words.last = last.place;
      return last.proposal && this.returnToProposal(last.proposal);
    }

    toggle() {
      this.proposalsHidden = !this.proposalsHidden;
      this.proposal = null;
      this.root.classList.toggle("ws-no-proposals", this.proposalsHidden);
      this.root.querySelector("[data-key=p]")?.setAttribute("aria-pressed", String(!this.proposalsHidden));
      if (!this.form) this.showHint();
      this.announce(this.proposalsHidden ? "Proposals are hidden." : `Proposals are shown: ${this.proposals.length} open.`);
    }

    // Clicks and forms

    onClick(event) {
      const button = event.target.closest("[data-key]");
      if (button) this.actionFor({ key: button.dataset.key, target: this.reader })();
      const link = event.target.closest("a[data-statement], a[data-proposal]");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        if (link.dataset.proposal) {
          this.makeCurrent(this.findNote("proposal", link.dataset.proposal));
          this.accept();
        } else {
          this.form && (this.form.dirty = this.form.dirty && !link.closest(".desk-stale"));
          if (this.canReplaceForm()) this.setPosition(link.closest(".ws-note"));
          const { statement, passage = "" } = link.dataset;
          this.open(passage ? { statement, passage } : { statement }, "GET");
        }
        return;
      }
      const mark = event.target.closest("mark");
      if (mark && getSelection().isCollapsed) this.onMarkClick(mark);
    }

    /* A click on a mark, without selecting: its proposal becomes the current one, its statement opens. */
    onMarkClick(mark) {
      const keys = mark.dataset.marks.trim().split(/\s+/);
      const notes = keys.map((key) => this.text.querySelector(`[data-mark="${CSS.escape(key)}"]`)).filter(Boolean);
      const recorded = notes.find((note) => note.querySelector("[data-statement]"));
      if (recorded) recorded.querySelector("[data-statement]").click();
      else if (notes[0]?.dataset.state === "proposed" && !this.proposalsHidden) this.makeCurrent(notes[0]);
    }

    onSubmit(event) {
      const form = event.target;
      if (form.matches("[data-rest]")) {
        event.preventDefault();
        this.closeRest(event.submitter.value);
      } else if (form.matches("[data-undo]")) {
        event.preventDefault();
        const { statement } = Object.fromEntries(new FormData(form));
        this.send("undo/", { statement }).then(async (answer) => {
          if (await this.applyAnswer(answer)) this.close(true);
        });
      } else if (form.matches("[data-form]")) {
        event.preventDefault();
        const act = event.submitter?.name === "act" ? event.submitter.value : "record";
        if (event.submitter?.name === "decision") {
          this.rejectOpen();
        } else this.post(act);
      }
    }

    // Colleagues

    async sendPresence() {
      if (document.hidden) return;
      const answer = await this.send("presence/", { capture: this.root.dataset.capture });
      if (!answer?.ok) return;
      const { others, stamp } = await answer.json();
      const line = this.root.querySelector("[data-colleagues]");
      line.hidden = others.length === 0;
      const text = others.length ? `Also working here: ${others.join(", ")}` : "";
      if (line.textContent !== text) line.textContent = text;
      if (stamp !== this.root.dataset.version && !this.posting) await this.refresh(stamp);
    }

    async refresh(stamp) {
      const answer = await this.send("", { capture: this.root.dataset.capture }, "GET");
      if (!answer?.ok) return;
      this.root.dataset.version = stamp;
      this.show(await answer.text());
      this.announce("A colleague has changed what is recorded here. The text is up to date.");
    }

    announce(sentence, wrong = false) {
      this.status.textContent = sentence || "";
      this.status.classList.toggle("ws-warning", wrong);
    }
  }

  function shortenWords(values) {
    return values.words ? { words: values.words.slice(0, 1000) } : {};
  }

  async function refusal(answer) {
    const type = answer.headers.get("content-type") || "";
    return type.includes("json") ? (await answer.json()).refused : "";
  }

  const root = document.getElementById("workspace");
  if (root?.querySelector("[data-reader]")) new Desk(root);
})();
