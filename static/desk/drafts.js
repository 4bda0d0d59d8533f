/* What is typed into a long form is sent to the desk after a short pause, and offered again when the form is opened:
   after a closed tab, a lost session or a server that was restarted. What could not be sent yet waits in this tab alone.
   Leaving a form with something typed in it is warned of. Without this script a form is what it was. */
"use strict";

(() => {
  const { address, editor } = document.currentScript.dataset;
  const PAUSE = 400; // milliseconds without typing before what is typed is sent
  const RETRY = 3000; // milliseconds before what could not be sent is sent again
  const MAX_LEAVING = 60_000; // bytes that a browser sends for a page that is being closed
  const STORE = "desk-drafts";
  const UNSENT = { csrfmiddlewaretoken: 1, form_draft: 1 };
  const watched = new Set();
  let touched = false; // whether anybody has typed or clicked: a page that is loading changes its own fields
  for (const kind of ["keydown", "pointerdown", "paste", "input"])
    addEventListener(kind, (event) => (touched ||= event.isTrusted), true);

  // What waits in this tab: {editor, drafts: {opening: {form, values, at}}}. Another editor's is not for this one.

  function waiting() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE) || "{}");
      return kept.editor === editor ? kept.drafts : {};
    } catch {
      return {};
    }
  }

  function wait(opening, draft) {
    const drafts = waiting();
    if (draft) drafts[opening] = draft;
    else if (drafts[opening]) delete drafts[opening];
    else return;
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ editor, drafts }));
    } catch {
      // A text too long for the browser's store: the desk has it, or the page still holds it.
    }
  }

  /* Puts the token of the session that stands into every form: after signing in again it is another one. */
  function renew(token) {
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  }

  const currentToken = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  /* The answer as JSON; null with the reason in `trouble` where the desk gave none. */
  async function ask(values, leaving = false) {
    const body = JSON.stringify(values);
    const send = (token) =>
      fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body,
        keepalive: leaving && body.length < MAX_LEAVING,
      });
    try {
      let answer = await send(currentToken());
      const fresh = answer.status === 403 && (await read("")); // after signing in again the token is another one
      if (fresh) answer = await send(fresh.token);
      return await judge(answer);
    } catch {
      return { trouble: "unreachable" };
    }
  }

  async function judge(answer) {
    if (answer.redirected || answer.status === 403) return { trouble: "signed out" };
    if (answer.status >= 500) return { trouble: "unreachable" };
    const found = await answer.json().catch(() => ({ refused: "This cannot be kept." }));
    if (found.token) renew(found.token);
    return found.refused ? { trouble: "refused", refused: found.refused } : found;
  }

  async function read(form) {
    try {
      const found = await judge(await fetch(`${address}?${new URLSearchParams({ form })}`));
      return found.trouble ? null : found;
    } catch {
      return null;
    }
  }

  // The controls of a form

  /* [name, value] of every control that can be typed in or chosen from, in their order; a choice with its label. */
  function valuesOf(element) {
    const values = [];
    for (const control of element.elements) {
      if (!control.name || UNSENT[control.name] || control.closest("[data-empty-stance], .empty-form")) continue;
      if (["file", "password", "submit", "button", "fieldset"].includes(control.type)) continue;
      if (control.type === "checkbox" || control.type === "radio") values.push([control.name, control.checked ? control.value : "", control.value]);
      else if (control.multiple) for (const option of control.selectedOptions) values.push([control.name, option.value, option.text]);
      else if (control.tagName === "SELECT") values.push([control.name, control.value, control.selectedOptions[0]?.text || ""]);
      else values.push([control.name, control.value]);
    }
    return values;
  }

  /* Puts values back, rows that an editor had added too. */
  function fill(element, values) {
    addRows(element, values);
    const seen = {};
    for (const name of new Set(values.map(([name]) => name))) {
      const control = element.elements.namedItem(name);
      if (control?.multiple) for (const option of control.options) option.selected = false;
    }
    for (const [name, value, label] of values) {
      const at = (seen[name] = (seen[name] ?? -1) + 1);
      const found = element.elements.namedItem(name);
      const control = found instanceof RadioNodeList ? found[at] : found;
      if (!control || UNSENT[name]) continue;
      if (control.type === "checkbox" || control.type === "radio") control.checked = value !== "";
      else if (control.tagName === "SELECT") choose(control, value, label || "");
      else control.value = value;
      if (control.tagName === "SELECT") control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function choose(list, value, label) {
    let option = [...list.options].find((each) => each.value === value);
    if (!option && value) list.append((option = new Option(label, value)));
    if (list.multiple && option) option.selected = true;
    else list.value = value;
  }

  function addRows(element, values) {
    for (const [name, total] of values) {
      const list = name.match(/^(.+)-TOTAL_FORMS$/)?.[1];
      const control = list && element.elements.namedItem(name);
      if (!control) continue;
      for (let tries = 0; Number(control.value) < Number(total) && tries < 500; tries++) {
        const more = document.querySelector(`#${CSS.escape(list)}-group .add-row a, #${CSS.escape(list)}-group .add-row button`);
        const adding = new CustomEvent("desk:add-row", { cancelable: true, detail: list });
        if (element.dispatchEvent(adding)) more?.click();
      }
    }
  }

  const comparable = (values) => JSON.stringify(values.map(([name, value]) => [name, value]).filter(([name]) => !name.endsWith("_FORMS")));

  // A form that is watched

  class Draft {
    /* `form` is the address by which drafts are found again; `say` shows a sentence at the form. */
    constructor(element, form) {
      this.element = element;
      this.form = form;
      this.opening = crypto.randomUUID ? crypto.randomUUID() : uuid();
      this.dirty = this.submitting = this.over = false;
      this.sending = null;
      const note = () => this.onTyped();
      element.addEventListener("input", note);
      element.addEventListener("change", note);
      if (window.django?.jQuery) django.jQuery(element).on("change", note);
      this.carry();
      watched.add(this);
    }

    /* The form says which draft is done with when it is saved. */
    carry() {
      let input = this.element.querySelector("input[name=form_draft]");
      if (!input) {
        input = Object.assign(document.createElement("input"), { type: "hidden", name: "form_draft" });
        this.element.append(input);
      }
      input.value = this.opening;
    }

    onTyped() {
      if (this.over || !touched) return;
      this.dirty = true;
      this.unsent = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), PAUSE);
    }

    /* Sends what stands in the form now. */
    async send(leaving = false) {
      clearTimeout(this.timer);
      if (this.over || !this.unsent) return {};
      if (this.sending && !leaving) {
        await this.sending;
        return this.send();
      }
      const values = valuesOf(this.element);
      this.unsent = false;
      wait(this.opening, { form: this.form, values, at: Date.now() });
      this.sending = ask({ form: this.form, opening: this.opening, values }, leaving);
      const answer = await this.sending;
      this.sending = null;
      if (!answer.trouble) {
        if (!this.unsent) wait(this.opening, null);
      } else if (answer.trouble !== "refused") {
        this.unsent = true;
        this.timer = setTimeout(() => this.send(), RETRY);
      }
      this.tell(answer);
      return answer;
    }

    tell(answer) {
      const sentence = {
        "signed out": "You are signed out. Sign in in another tab, then go on here: nothing that you typed is lost.",
        unreachable: "The server cannot be reached. What you typed is kept in this tab and sent as soon as it can be.",
        refused: `${answer.refused} Save the form before you leave it.`,
      }[answer.trouble];
      if (!sentence && !this.line) return;
      this.line ||= place(this.element, "desk-draft desk-draft-trouble");
      this.line.hidden = !sentence;
      this.line.replaceChildren(sentence || "");
      if (answer.trouble === "signed out") {
        const link = Object.assign(document.createElement("a"), { href: `${address.replace(/drafts\/$/, "")}login/`, target: "_blank", textContent: "Sign in" });
        this.line.append(" ", link);
      }
    }

    /* While the form is posted nothing of it is sent, lest the draft come after what was saved. */
    async pause() {
      clearTimeout(this.timer);
      this.over = true;
      await this.sending;
    }

    resume() {
      this.over = false;
      if (this.unsent) this.timer = setTimeout(() => this.send(), PAUSE);
    }

    /* The form was saved or its draft discarded: nothing of it is sent any more. */
    end() {
      this.over = true;
      this.dirty = false;
      clearTimeout(this.timer);
      wait(this.opening, null);
      watched.delete(this);
    }

    discard() {
      const had = this.dirty;
      this.end();
      if (had) return Promise.resolve(this.sending).then(() => ask({ form: this.form, opening: this.opening }));
      return Promise.resolve();
    }

    /* Goes on with a draft that was kept. */
    adopt(draft) {
      this.opening = draft.opening;
      this.carry();
    }
  }

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function place(before, classes) {
    const line = Object.assign(document.createElement("p"), { className: classes });
    line.setAttribute("role", "status");
    before.before(line);
    return line;
  }

  /* The drafts of a form that can be given back: those at the desk, and the newer ones of this tab. */
  async function drafts(form) {
    const found = ((await read(form))?.drafts || []).map((draft) => ({ ...draft, form }));
    for (const [opening, draft] of Object.entries(waiting())) {
      if (draft.form !== form) continue;
      const same = found.find((each) => each.opening === opening);
      const at = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
      if (same) same.values = draft.values;
      else found.push({ opening, form, values: draft.values, at: at.format(draft.at).replace(",", "") });
    }
    return found;
  }

  /* One line for each draft, with what to do with it; `restore` is called with the draft. */
  function offer(found, before, restore) {
    for (const draft of found) {
      const line = place(before, "desk-draft");
      const words = draft.values.map(([name, value]) => (/summary|text|name|headline|title/.test(name) ? value : "")).find((value) => value.trim());
      const about = words ? ` (“${words.trim().slice(0, 60)}${words.trim().length > 60 ? "…" : ""}”)` : "";
      const sentence = document.createElement("span");
      sentence.textContent = `What you typed on ${draft.at}${about} is here. `;
      line.append(sentence, button("Restore", async () => (await restore(draft)) === false || line.remove()), " ", button("Discard", () => {
        line.remove();
        wait(draft.opening, null);
        ask({ form: draft.form, opening: draft.opening });
      }));
    }
  }

  function button(text, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "desk-draft-button", textContent: text });
    made.addEventListener("click", act);
    return made;
  }

  /* A form of a page of its own: its drafts are offered above it, and it is posted once what is typed is at the desk. */
  async function watchPage(element) {
    const part = element.dataset.draft ? `#${element.dataset.draft}` : "";
    const form = location.pathname + part;
    const draft = new Draft(element, form);
    element.addEventListener("submit", (event) => onSubmit(event, draft));
    const found = await drafts(form);
    const now = comparable(valuesOf(element));
    const same = found.find((each) => comparable(each.values) === now);
    if (same && !draft.dirty) draft.adopt(same); // it was refused, and stands here as it was typed
    offer(found.filter((each) => each !== same), element, (each) => {
      draft.adopt(each);
      fill(element, each.values);
    });
  }

  async function onSubmit(event, draft) {
    if (event.defaultPrevented || draft.ready || !(draft.unsent || draft.sending)) {
      draft.submitting = !event.defaultPrevented;
      clearTimeout(draft.timer);
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    await draft.sending;
    const answer = await draft.send();
    if (["signed out", "unreachable"].includes(answer.trouble)) return;
    draft.ready = true;
    draft.element.requestSubmit(submitter);
    draft.ready = false;
  }

  addEventListener("beforeunload", (event) => {
    if ([...watched].some((draft) => draft.dirty && !draft.submitting)) event.preventDefault();
  });
  const leave = () => {
    for (const draft of watched) if (draft.unsent && !draft.submitting) draft.send(true);
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const draft of watched) draft.submitting = false;
  });

  window.DeskDrafts = { Draft, drafts, offer, fill, read, renew };

  const kept = JSON.parse(sessionStorage.getItem(STORE) || "{}");
  if (kept.editor && kept.editor !== editor) sessionStorage.removeItem(STORE);
  if (!document.body.classList.contains("app-auth"))
    for (const element of document.querySelectorAll("form[data-draft], .change-form #content-main > form[id$=_form]")) watchPage(element);
})();
