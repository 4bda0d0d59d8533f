/* One key each in the review of the queue: p publishes, s sends back, n goes to the next. Where a word is missing, the
   key goes to its field. */
"use strict";

(() => {
  const KEYS = { p: "publish", s: "send-back", n: "next" };
  const review = document.querySelector("[data-review]");

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key.toLowerCase()] && review.querySelector(`[data-act="${KEYS[event.key.toLowerCase()]}"]`);
    if (!act) return;
    event.preventDefault();
    if (act.tagName === "A") return void act.click();
    const word = act.elements.word;
    if (word.value.trim()) act.requestSubmit();
    else word.focus();
  });
})();
