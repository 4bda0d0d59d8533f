/* The workspace: keys in the text, proposals, the side panel, and what is sent. All of it works without this script
   through links and the form; the script saves loading the page and gives every act a key. */
"use strict";

(() => {
  const { Words, Form } = window.Workspace;
  const BEAT = 25_000; // milliseconds between two signs of presence; the desk forgets after a minute
  const SCRIPT = { "X-Workspace": "1" };

  class Desk {
    constructor(root) {
      this.root = root;
      this.text = root.querySelector("[data-text]");
      this.panel = root.querySelector("[data-panel]");
      this.status = root.querySelector("[data-status]");
      this.help = root.querySelector("[data-help]");
      this.token = root.querySelector("input[name=csrfmiddlewaretoken]").value;
      this.quiet = false;
      this.proposal = null; // the key of the proposal that is current
      this.changing = ""; // the digest of the proposal whose words are being changed
      this.done = []; // what can be undone, the last act last
      this.form = null;
      for (const one of root.querySelectorAll(".ws-bar [hidden][data-key]")) one.hidden = false;
      this.show(this.text.innerHTML, false);
      const asked = new URLSearchParams(location.search);
      for (const name of ["proposal", "statement"]) if (asked.get(name)) this.goTo(this.noteOf(name, asked.get(name)));
      if (root.querySelector(".ws-error, .desk-stale") || location.search.match(/statement|proposal/)) this.opened(false);
      else this.idle();
      root.addEventListener("click", (event) => this.clicked(event));
      // A finger or a mouse on a key of the bar leaves the selected words selected, and the focus where it is.
      root.addEventListener("mousedown", (event) => event.target.closest("[data-key]") && event.preventDefault());
      root.addEventListener("submit", (event) => this.submitted(event));
      // On the page, not in the workspace alone: what had the focus may be gone after an act.
      document.addEventListener("keydown", (event) => this.key(event));
      this.beat();
      setInterval(() => this.beat(), BEAT);
      document.addEventListener("visibilitychange", () => this.beat());
      this.read.focus({ preventScroll: true });
    }

    // Asking the desk

    async send(end, values, method = "POST") {
      const address = this.root.dataset.address + end;
      try {
        if (method === "GET") return await fetch(`${address}?${new URLSearchParams(values)}`, { headers: SCRIPT });
        const body = values instanceof FormData ? values : new URLSearchParams(values);
        return await fetch(address, { method, body, headers: { ...SCRIPT, "X-CSRFToken": this.token } });
      } catch {
        this.say("The server could not be reached. Nothing is lost: try again.", true);
        return null;
      }
    }

    /* What is offered for what was typed: `offers`, and for claims the `stance` towards what was typed. */
    async look(values) {
      const answer = await this.send("find/", { ...values, q: values.q.slice(0, 200), ...short(values) }, "GET");
      return answer?.ok ? answer.json() : { offers: [] };
    }

    async find(values) {
      return (await this.look(values)).offers;
    }

    async before(values) {
      const answer = await this.send("before/", { ...values, words: values.words.slice(0, 2000) }, "GET");
      return answer?.ok ? answer.text() : "";
    }

    // The text

    show(html, replace = true) {
      const kept = this.words?.selected();
      const place = this.words?.last; // the text is the same, so the place in it is
      const scrolled = this.read?.scrollTop;
      const inside = this.text.contains(document.activeElement);
      if (replace) this.text.innerHTML = html;
      this.read = this.text.querySelector("[data-read]");
      if (inside) this.read.focus({ preventScroll: true });
      this.words = new Words(this.read);
      this.words.last = kept ? kept[0] : place;
      if (scrolled) this.read.scrollTop = scrolled;
      this.markCurrent();
    }

    get proposals() {
      return this.quiet ? [] : [...this.text.querySelectorAll('.ws-note[data-state="proposed"]')];
    }

    go(by) {
      const notes = this.proposals;
      if (!notes.length) return this.say(this.quiet ? "Proposals are hidden: press p to show them." : "No open proposals here.");
      const at = notes.findIndex((one) => one.dataset.mark === this.proposal && this.start(one) === this.place);
      if (at >= 0) this.current(notes[(at + by + notes.length) % notes.length]);
      else {
        const after = this.after(notes);
        const next = by > 0 ? after : (after < 0 ? notes.length : after) - 1;
        this.current(notes[next] || (by > 0 ? notes[0] : notes[notes.length - 1]));
      }
      return null;
    }

    /* Where the editor is in the text. */
    get place() {
      return this.words.selected()?.[0] ?? this.words.last ?? 0;
    }

    start(note) {
      return (this.words.spanOf(note.dataset.mark) || [0])[0];
    }

    /* The number of the first proposal from where the editor is; -1 where none is. */
    after(notes) {
      return notes.findIndex((one) => this.start(one) >= this.place);
    }

    /* The note in the margin of a proposal (by its digest) or of a statement. */
    noteOf(name, value) {
      return this.text.querySelector(`a[data-${name}="${CSS.escape(value)}"]`)?.closest(".ws-note");
    }

    /* Makes where a note stands in the text the place from which one goes on. */
    goTo(note) {
      const span = note && this.words.spanOf(note.dataset.mark);
      if (span) this.words.last = span[0];
    }

    current(note) {
      this.proposal = note.dataset.mark;
      this.changing = "";
      getSelection().removeAllRanges();
      const span = this.words.spanOf(this.proposal);
      this.goTo(note);
      this.markCurrent();
      this.read.focus({ preventScroll: true });
      const mark = this.text.querySelector("mark.ws-current");
      if (mark) window.Workspace.reveal(mark.getBoundingClientRect(), this.read);
      const at = this.proposals.indexOf(note) + 1;
      const words = span ? this.words.text.slice(...span) : "";
      this.say(`Proposal ${at} of ${this.proposals.length}: ${note.querySelector("bdi").textContent}: ${words.slice(0, 200)}`);
    }

    markCurrent() {
      for (const one of this.text.querySelectorAll(".ws-current")) one.classList.remove("ws-current");
      if (!this.proposal) return;
      const key = CSS.escape(this.proposal);
      for (const one of this.text.querySelectorAll(`mark[data-marks~="${key}"], [data-mark="${key}"]`))
        one.classList.add("ws-current");
    }

    get note() {
      return this.proposals.find((one) => one.dataset.mark === this.proposal);
    }

    goRecorded(by) {
      const notes = [...this.text.querySelectorAll(".ws-note:not([data-state=proposed]) a[data-statement]")];
      if (!notes.length) return this.say("Nothing is recorded in this text yet.");
      const at = notes.indexOf(document.activeElement);
      const next = notes[(at + by + notes.length) % notes.length];
      next.focus({ preventScroll: true });
      window.Workspace.reveal(next.getBoundingClientRect(), this.read);
      return null;
    }

    // Keys

    key(event) {
      if (this.help.open) return;
      const typing = event.target.closest("input, textarea, select, [data-panel]");
      if (event.key === "Escape") return this.escape(event);
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return null;
      const act = this.keys(event);
      if (!act) return null;
      event.preventDefault();
      return act();
    }

    keys(event) {
      if (event.key === "?") return () => this.help.showModal();
      const moves = { ArrowRight: ["word", 1], ArrowLeft: ["word", -1], ArrowDown: ["sentence", 1], ArrowUp: ["sentence", -1] };
      if (moves[event.key]) return () => this.words.move(...moves[event.key], event.shiftKey);
      const onLink = event.target.closest("a, button");
      if (event.key === "Enter") return onLink ? null : () => this.recordSelected();
      const letter = event.key.length === 1 ? event.key.toLowerCase() : "";
      const back = event.shiftKey ? -1 : 1;
      if (letter === "m") return () => this.goRecorded(back);
      if (!this.root.dataset.writes) return null;
      const acts = {
        n: () => this.go(back),
        a: () => this.accept(),
        c: () => this.change(),
        x: () => this.reject(),
        r: () => this.recordSelected(),
        p: () => this.toggle(),
        u: () => this.undo(),
      };
      return acts[letter] || null;
    }

    escape(event) {
      if (!this.form) return null;
      event.preventDefault();
      return this.close(false);
    }

    // The panel

    /* Whether another form may take the place of the one that is open. */
    free() {
      if (!this.form?.dirty) return true;
      this.say("Record what you have typed, or close it with Esc, before opening another.", true);
      this.form.focus();
      return false;
    }

    async open(values, method) {
      if (!this.free()) return;
      const answer = await this.send("form/", { capture: this.root.dataset.capture, ...values }, method);
      if (!answer) return;
      if (!answer.ok) return void this.say((await refusal(answer)) || "This could not be opened.", true);
      this.panel.innerHTML = await answer.text();
      this.opened(true);
    }

    opened(focusing) {
      const element = this.panel.querySelector("[data-form]");
      this.form = element ? new Form(element, this) : null;
      this.root.classList.add("ws-open");
      if (focusing) this.form?.focus();
    }

    idle() {
      this.form = null;
      this.root.classList.remove("ws-open");
      if (!this.root.dataset.writes) return;
      this.panel.innerHTML =
        '<p class="quiet">Select words and press <kbd>r</kbd>, or go through the proposals with <kbd>n</kbd>. <kbd>?</kbd> shows all keys.</p>';
    }

    close(surely) {
      if (!surely && this.form?.dirty && !this.warned) {
        this.warned = true;
        this.say("Press Esc again to discard what you have typed.", true);
        return;
      }
      this.warned = false;
      this.idle();
      this.read.focus({ preventScroll: true });
    }

    recordSelected() {
      const span = this.words.selected();
      if (!span) return this.say("Select some words first: with the mouse, or with the arrow keys and Shift.", true);
      const quiet = this.quiet ? "1" : "";
      const proposal = this.changing;
      this.words.last = span[0];
      return this.open({ ...this.words.told(span), proposal, quiet });
    }

    accept() {
      if (!this.note) return this.go(1);
      return this.open({ proposal: this.note.querySelector("[data-proposal]").dataset.proposal }, "GET");
    }

    change() {
      if (!this.note) return this.go(1);
      const span = this.words.spanOf(this.proposal);
      this.changing = this.note.querySelector("[data-proposal]").dataset.proposal;
      this.words.anchor = this.words.focus = span;
      this.words.select(span);
      return this.say("Adjust the selection with the mouse or Shift and the arrow keys, then press r.");
    }

    async reject() {
      if (!this.note) return this.go(1);
      const proposal = this.note.querySelector("[data-proposal]").dataset.proposal;
      return this.decide(proposal, "rejected", "Rejected. Press u to restore it.");
    }

    async decide(proposal, decision, told) {
      const capture = this.root.dataset.capture;
      const answer = await this.send("decide/", { capture, proposal, decision });
      if (!(await this.took(answer, told))) return false;
      if (decision === "rejected") {
        this.done.push({ proposal });
        this.advance();
      } else this.putBack(proposal);
      return true;
    }

    async tellApart(apart, exact, row) {
      const answer = await this.send("decide/", { apart, exact });
      if (!answer?.ok) return;
      row.remove();
      const list = this.panel.querySelector("[data-befores]");
      if (list && !list.children.length) list.closest(".ws-recorded").hidden = true;
      this.say("Marked as different. You will not be asked again.");
      this.form?.focus();
    }

    /* Shows the text as it is after an act; false, with the sentence said, where it was refused. */
    async took(answer, told) {
      if (!answer) return false;
      if (!answer.ok) {
        this.say((await refusal(answer)) || "The change was refused.", true);
        return false;
      }
      const { text, stamp, told: said, statement } = await answer.json();
      this.root.dataset.stamp = stamp;
      this.show(text);
      this.say(told || said);
      this.recorded = statement;
      return true;
    }

    /* Posts the form. With `another`, the form opens again for the same words once it is recorded. */
    async post(act, another = false) {
      if (!this.form || this.posting) return;
      this.posting = true;
      try {
        const answer = await this.send("", await this.form.values(act));
        if (!answer) return;
        if (answer.status === 400 || answer.status === 409) {
          if ((answer.headers.get("content-type") || "").includes("json"))
            return void this.say((await refusal(answer)) || "The change was refused.", true);
          this.panel.innerHTML = await answer.text();
          this.opened(true);
          this.form.dirty = true;
          return void this.say(this.panel.querySelector(".ws-refused, .desk-stale")?.innerText || "Refused.", true);
        }
        const proposal = this.form.field("proposal")?.value;
        const standing = this.form.element.dataset.standing;
        if (!(await this.took(answer))) return;
        if (!standing) this.done.push({ statement: this.recorded, proposal, place: this.words.last });
        const again = another && !standing ? this.form.again() : null;
        this.idle();
        this.changing = "";
        if (again) return void (await this.open({ ...again, quiet: this.quiet ? "1" : "" }));
        if (proposal) this.advance();
        this.read.focus({ preventScroll: true });
      } finally {
        this.posting = false;
      }
    }

    /* On to the proposal after the one that was decided, in the order of the text; never back to the first by itself. */
    advance() {
      const said = this.status.textContent;
      const notes = this.proposals;
      this.proposal = null;
      if (!notes.length) return;
      const next = this.after(notes);
      if (next < 0) {
        this.markCurrent();
        this.read.focus({ preventScroll: true });
        this.say(`${said} No more open proposals below: press n for the first of the ${notes.length} above.`);
        return;
      }
      this.current(notes[next]);
      this.say(`${said} ${this.status.textContent}`);
    }

    /* Makes a proposal that waits again the current one. */
    putBack(proposal) {
      const said = this.status.textContent;
      const note = this.noteOf("proposal", proposal);
      if (!note || this.quiet) return;
      this.current(note);
      this.say(`${said} ${this.status.textContent}`);
    }

    async undo() {
      const last = this.done.pop();
      if (!last) return this.say("Nothing to undo here. Change earlier recordings on their own page.");
      if (!last.statement) return this.decide(last.proposal, "reopened", "Restored.");
      const answer = await this.send("back/", { statement: last.statement });
      if (!(await this.took(answer))) return null;
      this.words.last = last.place;
      return last.proposal && this.putBack(last.proposal);
    }

    toggle() {
      this.quiet = !this.quiet;
      this.proposal = null;
      this.root.classList.toggle("ws-quiet", this.quiet);
      this.root.querySelector("[data-key=p]")?.setAttribute("aria-pressed", String(!this.quiet));
      this.say(this.quiet ? "Proposals are hidden." : `Proposals are shown: ${this.proposals.length} open.`);
    }

    // Clicks and forms

    clicked(event) {
      const button = event.target.closest("[data-key]");
      if (button) this.keys({ key: button.dataset.key, target: this.read })();
      const link = event.target.closest("a[data-statement], a[data-proposal]");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        if (link.dataset.proposal) {
          this.current(link.closest(".ws-note"));
          this.accept();
        } else {
          this.form && (this.form.dirty = this.form.dirty && !link.closest(".desk-stale"));
          if (this.free()) this.goTo(link.closest(".ws-note"));
          const { statement, passage = "" } = link.dataset;
          this.open(passage ? { statement, passage } : { statement }, "GET");
        }
        return;
      }
      const mark = event.target.closest("mark");
      if (mark && getSelection().isCollapsed) this.pointed(mark);
    }

    /* A click on a mark, without selecting: its proposal becomes the current one, its statement opens. */
    pointed(mark) {
      const keys = mark.dataset.marks.trim().split(/\s+/);
      const notes = keys.map((key) => this.text.querySelector(`[data-mark="${CSS.escape(key)}"]`)).filter(Boolean);
      const recorded = notes.find((one) => one.querySelector("[data-statement]"));
      if (recorded) recorded.querySelector("[data-statement]").click();
      else if (notes[0]?.dataset.state === "proposed" && !this.quiet) this.current(notes[0]);
    }

    submitted(event) {
      const form = event.target;
      if (form.matches("[data-back]")) {
        event.preventDefault();
        const { statement } = Object.fromEntries(new FormData(form));
        this.send("back/", { statement }).then(async (answer) => {
          if (await this.took(answer)) this.close(true);
        });
      } else if (form.matches("[data-form]")) {
        event.preventDefault();
        const act = event.submitter?.name === "act" ? event.submitter.value : "record";
        if (event.submitter?.name === "decision") {
          const { proposal } = Object.fromEntries(new FormData(form));
          this.goTo(this.noteOf("proposal", proposal));
          this.decide(proposal, "rejected", "Rejected. Press u to restore it.").then((done) => done && this.idle());
        } else this.post(act);
      }
    }

    // Others

    async beat() {
      if (document.hidden) return;
      const answer = await this.send("present/", { capture: this.root.dataset.capture });
      if (!answer?.ok) return;
      const { others, stamp } = await answer.json();
      const line = this.root.querySelector("[data-others]");
      line.hidden = others.length === 0;
      const told = others.length ? `Also working here: ${others.join(", ")}` : "";
      if (line.textContent !== told) line.textContent = told;
      if (stamp !== this.root.dataset.stamp && !this.posting) await this.refresh(stamp);
    }

    async refresh(stamp) {
      const answer = await this.send("", { capture: this.root.dataset.capture }, "GET");
      if (!answer?.ok) return;
      this.root.dataset.stamp = stamp;
      this.show(await answer.text());
      this.say("A colleague has changed what is recorded here. The text is up to date.");
    }

    say(sentence, wrong = false) {
      this.status.textContent = sentence || "";
      this.status.classList.toggle("ws-warning", wrong);
    }
  }

  function short(values) {
    return values.words ? { words: values.words.slice(0, 1000) } : {};
  }

  async function refusal(answer) {
    const type = answer.headers.get("content-type") || "";
    return type.includes("json") ? (await answer.json()).refused : "";
  }

  const root = document.getElementById("workspace");
  if (root?.querySelector("[data-read]")) new Desk(root);
})();
